/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/right-state.h"

#include <glib/gi18n.h>

const char *
presync_right_state_title (PresyncRightState state)
{
  switch (state)
    {
    case PRESYNC_RIGHT_GRANTED:
      return _ ("granted");
    case PRESYNC_RIGHT_BROKEN:
      return _ ("broken below");
    case PRESYNC_RIGHT_MISSING:
      return _ ("missing");
    case PRESYNC_RIGHT_NOT_NEEDED:
      return _ ("not needed");
    case PRESYNC_RIGHT_UNKNOWN:
    default:
      return _ ("unknown");
    }
}

static PresyncStatus
presync_right_state_borrow (PresyncRightState state)
{
  switch (state)
    {
    case PRESYNC_RIGHT_GRANTED:
      return PRESYNC_STATUS_MET;
    case PRESYNC_RIGHT_BROKEN:
      return PRESYNC_STATUS_ADVICE;
    case PRESYNC_RIGHT_MISSING:
      return PRESYNC_STATUS_NOT_MET;
    case PRESYNC_RIGHT_NOT_NEEDED:
      return PRESYNC_STATUS_NOT_APPLICABLE;
    case PRESYNC_RIGHT_UNKNOWN:
    default:
      return PRESYNC_STATUS_UNKNOWN;
    }
}

PresyncStatus
presync_right_state_status (PresyncRightState state, GPtrArray *items)
{
  PresyncStatus status = presync_right_state_borrow (state);

  return items->len > 0 ? MIN (status, presync_account_worst (items)) : status;
}

const char *
presync_right_title (const PresyncAccessRight *right)
{
  const PresyncFactKey *key = presync_fact_key_find (right->fact);

  return key != NULL ? _ (key->label) : right->id;
}

static void
presync_right_add_domains (GStrvBuilder *builder, GHashTable *seen, GPtrArray *facts)
{
  for (guint i = 0; facts != NULL && i < facts->len; i++)
    {
      const char *domain = presync_fact_get_subject (g_ptr_array_index (facts, i));

      if (g_hash_table_add (seen, (gpointer) domain))
        g_strv_builder_add (builder, domain);
    }
}

GStrv
presync_right_list_domains (PresyncAssessment *assessment, const char *prefix)
{
  PresyncFactSet *facts = presync_assessment_get_facts (assessment);
  gsize n = 0;
  const PresyncAccessRight *rights = presync_access_rights (prefix, &n);
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);

  for (gsize i = 0; i < n; i++)
    presync_right_add_domains (builder, seen, presync_fact_set_lookup (facts, rights[i].fact));
  return g_strv_builder_end (builder);
}

GPtrArray *
presync_right_list_items (PresyncAssessment *assessment, const PresyncAccountRole *role,
                          const PresyncAccessRight *right)
{
  g_autoptr (GPtrArray) all = presync_account_list_items (assessment, role);
  GPtrArray *items = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < all->len; i++)
    {
      PresyncChecklistItem *item = g_ptr_array_index (all, i);
      GPtrArray *keys
          = presync_condition_get_fact_keys (presync_checklist_item_get_condition (item));

      if (g_ptr_array_find_with_equal_func (keys, right->fact, g_str_equal, NULL))
        g_ptr_array_add (items, g_object_ref (item));
    }
  return items;
}

/* (transfer none) (nullable) */
static PresyncFact *
presync_right_get_fact (PresyncAssessment *assessment, const char *key, const char *domain)
{
  GPtrArray *facts = presync_fact_set_lookup (presync_assessment_get_facts (assessment), key);

  for (guint i = 0; facts != NULL && i < facts->len; i++)
    {
      PresyncFact *fact = g_ptr_array_index (facts, i);

      if (g_str_equal (presync_fact_get_subject (fact), domain))
        return fact;
    }
  return NULL;
}

/* (transfer full): the texts of a fact; empty, and a reason, if it has none */
static GStrv
presync_right_dup_list (PresyncFact *fact, char **reason)
{
  if (fact != NULL && presync_fact_get_unknown (fact) == PRESYNC_UNKNOWN_NONE)
    {
      /* A partial read never yields "granted". */
      if (!presync_origin_get_complete (presync_fact_get_origin (fact)) && *reason == NULL)
        *reason = g_strdup (_ ("It was read only in part."));
      return g_strdupv ((char **) presync_fact_get_list (fact));
    }
  if (*reason == NULL)
    *reason = g_strdup (fact != NULL ? presync_fact_get_detail (fact) : _ ("It was not read."));
  return g_new0 (char *, 1);
}

static PresyncRightState
presync_right_cell_find_state (const PresyncRightCell *self, GPtrArray *items)
{
  if (items->len > 0 && presync_account_worst (items) == PRESYNC_STATUS_NOT_APPLICABLE)
    return PRESYNC_RIGHT_NOT_NEEDED;
  if (self->lacks[0] != NULL)
    return PRESYNC_RIGHT_MISSING;
  if (self->reason != NULL)
    return PRESYNC_RIGHT_UNKNOWN;
  return self->gaps[0] != NULL ? PRESYNC_RIGHT_BROKEN : PRESYNC_RIGHT_GRANTED;
}

PresyncRightCell *
presync_right_cell_new (PresyncAssessment *assessment, GPtrArray *items,
                        const PresyncAccessRight *right, const char *domain)
{
  PresyncRightCell *self = g_new0 (PresyncRightCell, 1);

  self->lacks = presync_right_dup_list (presync_right_get_fact (assessment, right->fact, domain),
                                        &self->reason);
  self->gaps = presync_right_dup_list (presync_right_get_fact (assessment, right->gaps, domain),
                                       &self->reason);
  self->state = presync_right_cell_find_state (self, items);
  self->status = presync_right_state_status (self->state, items);
  return self;
}

void
presync_right_cell_free (PresyncRightCell *self)
{
  if (self == NULL)
    return;
  g_strfreev (self->lacks);
  g_strfreev (self->gaps);
  g_free (self->reason);
  g_free (self);
}

gboolean
presync_right_cell_equal (const PresyncRightCell *a, const PresyncRightCell *b)
{
  if (a == NULL || b == NULL)
    return a == b;
  return a->state == b->state && a->status == b->status && g_strcmp0 (a->reason, b->reason) == 0
         && g_strv_equal ((const char *const *) a->lacks, (const char *const *) b->lacks)
         && g_strv_equal ((const char *const *) a->gaps, (const char *const *) b->gaps);
}

static void
presync_right_cell_append_lacks (const PresyncRightCell *self, GString *text)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_auto (GStrv) lacks = NULL;
  g_autofree char *list = NULL;

  for (guint i = 0; self->lacks[i] != NULL; i++)
    {
      g_autofree char *lack = presync_access_lack_describe (self->lacks[i]);

      g_strv_builder_add (builder, lack);
    }
  lacks = g_strv_builder_end (builder);
  list = g_strjoinv ("; ", lacks);
  /* TRANSLATORS: classes of objects, such as "user; group" */
  g_string_append_printf (text, _ ("Missing for: %s."), list);
}

/* How many objects lack the right; @head: (out): how many have it although the domain itself does
 * not grant it, 0 if that is not so */
static guint
presync_right_count_objects (const PresyncRightCell *self, guint *head)
{
  guint n = 0;

  *head = 0;

  for (guint i = 0; self->gaps[i] != NULL; i++)
    {
      g_autoptr (PresyncAccessGap) gap = presync_access_gap_parse (self->gaps[i]);

      if (gap != NULL && gap->reason == PRESYNC_GAP_HEAD)
        *head = MAX (gap->n_objects, 1);
      else if (gap != NULL)
        n += gap->n_objects;
    }
  return n;
}

static void
presync_right_cell_append_gaps (const PresyncRightCell *self, GString *text)
{
  guint head = 0;
  guint n = presync_right_count_objects (self, &head);

  if (head > 0)
    {
      g_string_append (text, text->len > 0 ? " " : "");
      g_string_append_printf (
          text,
          /* TRANSLATORS: "it" is a right; %u are all objects that were looked at */
          ngettext (
              "The domain itself does not grant it; the %u object looked at has it otherwise.",
              "The domain itself does not grant it; all %u objects looked at have it "
              "otherwise.",
              head),
          head);
    }
  if (n > 0)
    {
      g_string_append (text, text->len > 0 ? " " : "");
      g_string_append_printf (
          text,
          ngettext ("It does not arrive everywhere below the domain: %u object lacks it.",
                    "It does not arrive everywhere below the domain: %u objects lack it.", n),
          n);
    }
}

char *
presync_right_cell_dup_text (const PresyncRightCell *self)
{
  g_autoptr (GString) text = g_string_new (NULL);

  if (self->lacks[0] != NULL)
    presync_right_cell_append_lacks (self, text);
  presync_right_cell_append_gaps (self, text);
  if (self->reason != NULL)
    g_string_append_printf (text, "%s%s", text->len > 0 ? " " : "", self->reason);
  if (text->len == 0)
    g_string_append (text, _ ("The account has this right everywhere in the domain."));
  if (self->state == PRESYNC_RIGHT_NOT_NEEDED)
    g_string_append_printf (text, " %s", _ ("No planned feature needs it."));
  return g_string_free (g_steal_pointer (&text), FALSE);
}
