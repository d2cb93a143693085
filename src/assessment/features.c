/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "assessment/assessment.h"

#include <string.h>
#include <glib/gi18n.h>

#include "base/error.h"

#define PLAN_PREFIX "plan."

/* What is planned: facts "plan.…" of the source "plan". */

static gboolean
presync_assessment_is_feature (const char *feature)
{
  g_autofree char *key = g_strconcat (PLAN_PREFIX, feature, NULL);
  return presync_fact_key_find (key) != NULL;
}

static PresyncOrigin *
presync_assessment_plan_origin (PresyncAssessment *self)
{
  g_autoptr (GDateTime) now = presync_assessment_dup_now (self);
  return presync_origin_new ("plan", _ ("your plan"), _ ("planned features"), now, TRUE);
}

gboolean
presync_assessment_set_features (PresyncAssessment *self, const char *const *features,
                                 GError **error)
{
  gsize n = 0;
  const PresyncFactKey *keys = presync_fact_keys (&n);
  g_autoptr (PresyncOrigin) origin = NULL;
  g_autoptr (GPtrArray) facts = g_ptr_array_new_with_free_func (g_object_unref);

  g_return_val_if_fail (PRESYNC_IS_ASSESSMENT (self), FALSE);
  g_return_val_if_fail (features != NULL, FALSE);
  for (guint i = 0; features[i] != NULL; i++)
    if (features[i][0] != '\0' && !presync_assessment_is_feature (features[i]))
      {
        g_set_error (error, PRESYNC_ERROR, PRESYNC_ERROR_BAD_INPUT, _ ("There is no feature “%s”."),
                     features[i]);
        return FALSE;
      }
  origin = presync_assessment_plan_origin (self);
  for (gsize i = 0; i < n; i++)
    if (g_str_has_prefix (keys[i].id, PLAN_PREFIX))
      {
        gboolean planned = g_strv_contains (features, keys[i].id + strlen (PLAN_PREFIX));
        g_ptr_array_add (facts, presync_fact_new_boolean (keys[i].id, "", planned, origin));
      }
  presync_fact_set_update (presync_assessment_get_facts (self), facts);
  return TRUE;
}

gboolean
presync_assessment_get_feature (PresyncAssessment *self, const char *feature)
{
  GPtrArray *facts;
  g_autofree char *key = NULL;

  g_return_val_if_fail (PRESYNC_IS_ASSESSMENT (self), FALSE);
  g_return_val_if_fail (feature != NULL, FALSE);
  key = g_strconcat (PLAN_PREFIX, feature, NULL);
  facts = presync_fact_set_lookup (presync_assessment_get_facts (self), key);
  return facts != NULL && presync_fact_get_boolean (g_ptr_array_index (facts, 0));
}

void
presync_assessment_set_feature (PresyncAssessment *self, const char *feature, gboolean planned)
{
  g_autofree char *key = NULL;
  g_autoptr (PresyncOrigin) origin = NULL;
  g_autoptr (GPtrArray) facts = g_ptr_array_new_with_free_func (g_object_unref);

  g_return_if_fail (PRESYNC_IS_ASSESSMENT (self));
  g_return_if_fail (feature != NULL && presync_assessment_is_feature (feature));
  key = g_strconcat (PLAN_PREFIX, feature, NULL);
  origin = presync_assessment_plan_origin (self);
  g_ptr_array_add (facts, presync_fact_new_boolean (key, "", planned, origin));
  presync_fact_set_update (presync_assessment_get_facts (self), facts);
}
