/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "catalogue/catalogue.h"
#include "facts/fact-set.h"

/* What tests of the rules share: a set of facts on a fixed day, and a condition by its id. */

typedef struct
{
  PresyncFactSet *facts;
  GDateTime *now;
  PresyncOrigin *whole;
  PresyncOrigin *part;   /* not everything was read */
  PresyncOrigin *server; /* of a facts file */
} RulesTest;

G_GNUC_UNUSED static void
rules_test_set_up (RulesTest *self, gconstpointer data)
{
  self->facts = presync_fact_set_new ();
  self->now = g_date_time_new_utc (2026, 11, 1, 12, 0, 0);
  self->whole = presync_origin_new ("directory", "test", "test", self->now, TRUE);
  self->part = presync_origin_new ("directory", "test", "test", self->now, FALSE);
  self->server = presync_origin_new ("server", "SYNC01.json", "test", self->now, TRUE);
}

G_GNUC_UNUSED static void
rules_test_tear_down (RulesTest *self, gconstpointer data)
{
  g_assert_finalize_object (self->facts);
  g_date_time_unref (self->now);
  g_object_unref (self->whole);
  g_object_unref (self->part);
  g_object_unref (self->server);
}

/* (transfer full): up to three facts of one source at once */
G_GNUC_UNUSED static void
rules_test_give (RulesTest *self, PresyncFact *a, PresyncFact *b, PresyncFact *c)
{
  PresyncFact *given[] = { a, b, c };
  g_autoptr (GPtrArray) facts = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < G_N_ELEMENTS (given); i++)
    if (given[i] != NULL)
      g_ptr_array_add (facts, given[i]);
  presync_fact_set_update (self->facts, facts);
}

/* (transfer full) (nullable): @edition: (nullable): of all times, the first */
G_GNUC_UNUSED static PresyncCondition *
rules_kit_find (PresyncCatalogue *catalogue, const char *id, const GDate *edition)
{
  for (guint option = 0; option < PRESYNC_N_OPTIONS; option++)
    {
      g_autoptr (GPtrArray) rows = presync_catalogue_list (catalogue, option);
      for (guint i = 0; i < rows->len; i++)
        {
          g_autoptr (GPtrArray) conditions
              = presync_requirement_list_conditions (g_ptr_array_index (rows, i), edition);
          for (guint j = 0; j < conditions->len; j++)
            if (g_str_equal (presync_condition_get_id (g_ptr_array_index (conditions, j)), id))
              return g_object_ref (g_ptr_array_index (conditions, j));
        }
    }
  return NULL;
}
