/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "rules/service-account.h"

#include "catalogue/catalogue.h"
#include "facts/fact-set.h"
#include "rules/judge.h"

/* The matrix of the ADSync service account, and that the catalogue's conditions agree with it. */

typedef struct
{
  gboolean on_domain_controller;
  gboolean custom;
  PresyncServiceSql sql;
} ServiceSituation;

static void
service_account_test_ids (void)
{
  for (guint i = 0; i < PRESYNC_N_SERVICE_KINDS; i++)
    g_assert_cmpint (presync_service_kind_from_id (presync_service_kind_id (i)), ==, (int) i);
  g_assert_cmpint (presync_service_kind_from_id (""), ==, PRESYNC_SERVICE_NONE);
  g_assert_cmpint (presync_service_kind_from_id ("GMSA"), ==, PRESYNC_SERVICE_NONE);
  g_assert_cmpint (presync_service_kind_from_id ("other"), ==, PRESYNC_SERVICE_NONE);
}

/* (transfer full): "vdg v -": the open kinds, the wizard's standard, what is recommended */
static char *
service_account_test_text (const ServiceSituation *at)
{
  static const char letters[] = "vldsg-";
  const PresyncServiceChoice *choice
      = presync_service_account_choice (at->on_domain_controller, at->custom, at->sql);
  g_autoptr (GString) text = g_string_new (NULL);

  if (choice == NULL)
    return g_strdup ("none");
  for (guint i = 0; i < PRESYNC_N_SERVICE_KINDS; i++)
    if (presync_service_choice_is_open (choice, i))
      g_string_append_c (text, letters[i]);
  g_string_append_printf (text, " %c %c", letters[choice->standard], letters[choice->recommended]);
  return g_string_free (g_steal_pointer (&text), FALSE);
}

/* Word by word the page's table: member and controller, express and custom, and the databases. */
static void
service_account_test_table (void)
{
  static const struct
  {
    ServiceSituation at;
    const char *text;
  } rows[] = {
    { { FALSE, FALSE, PRESYNC_SERVICE_LOCAL_DB }, "v v -" },
    { { FALSE, FALSE, PRESYNC_SERVICE_SQL_LOCAL }, "none" },
    { { FALSE, FALSE, PRESYNC_SERVICE_SQL_REMOTE }, "none" },
    { { FALSE, TRUE, PRESYNC_SERVICE_LOCAL_DB }, "vldsg v -" },
    { { FALSE, TRUE, PRESYNC_SERVICE_SQL_LOCAL }, "vldsg v -" },
    { { FALSE, TRUE, PRESYNC_SERVICE_SQL_REMOTE }, "dg g -" },
    { { TRUE, FALSE, PRESYNC_SERVICE_LOCAL_DB }, "ds d -" },
    { { TRUE, FALSE, PRESYNC_SERVICE_SQL_LOCAL }, "none" },
    { { TRUE, FALSE, PRESYNC_SERVICE_SQL_REMOTE }, "none" },
    { { TRUE, TRUE, PRESYNC_SERVICE_LOCAL_DB }, "dsg d g" },
    { { TRUE, TRUE, PRESYNC_SERVICE_SQL_LOCAL }, "dsg d g" },
    { { TRUE, TRUE, PRESYNC_SERVICE_SQL_REMOTE }, "dg d g" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *text = service_account_test_text (&rows[i].at);
      g_assert_cmpstr (text, ==, rows[i].text);
    }
}

/* (transfer full): what the sources and the plan say of an account of that kind that can be used;
 * PRESYNC_SERVICE_NONE: of an object that is none */
static PresyncFactSet *
service_account_test_facts (const ServiceSituation *at, PresyncServiceKind kind)
{
  const struct
  {
    const char *key;
    gboolean value;
  } truths[] = { { "plan.custom-settings", at->custom },
                 { "plan.own-sql", at->sql != PRESYNC_SERVICE_LOCAL_DB },
                 { "plan.remote-sql", at->sql == PRESYNC_SERVICE_SQL_REMOTE },
                 { "server.domain-controller", at->on_domain_controller },
                 { "service.exists", TRUE },
                 { "service.enabled", TRUE },
                 { "service.server-may-use", TRUE } };
  PresyncFactSet *facts = presync_fact_set_new ();
  g_autoptr (GDateTime) now = g_date_time_new_utc (2026, 11, 1, 12, 0, 0);
  g_autoptr (PresyncOrigin) origin = presync_origin_new ("directory", "test", "test", now, TRUE);
  g_autoptr (GPtrArray) list = g_ptr_array_new_with_free_func (g_object_unref);
  const char *id = kind == PRESYNC_SERVICE_NONE ? "other" : presync_service_kind_id (kind);

  for (gsize i = 0; i < G_N_ELEMENTS (truths); i++)
    g_ptr_array_add (list, presync_fact_new_boolean (truths[i].key, "", truths[i].value, origin));
  g_ptr_array_add (list, presync_fact_new_text ("service.kind", "", id, origin));
  presync_fact_set_update (facts, list);
  return facts;
}

/* (nullable): the first condition about the service account that is not met */
static const char *
service_account_test_refused (PresyncCatalogue *catalogue, PresyncFactSet *facts, guint *n_judged)
{
  const char *refused = NULL;
  g_autoptr (GDateTime) now = g_date_time_new_utc (2026, 11, 1, 12, 0, 0);
  g_autoptr (GPtrArray) rows = presync_catalogue_list (catalogue, PRESYNC_OPTION_CONNECT_SYNC);

  for (guint i = 0; i < rows->len; i++)
    {
      g_autoptr (GPtrArray) conditions
          = presync_requirement_list_conditions (g_ptr_array_index (rows, i), NULL);
      for (guint j = 0; j < conditions->len; j++)
        {
          PresyncCondition *condition = g_ptr_array_index (conditions, j);
          g_autoptr (PresyncJudgement) judgement = NULL;
          if (g_strcmp0 (presync_condition_get_account (condition), "service") != 0)
            continue;
          judgement = presync_judge (condition, facts, now);
          *n_judged += judgement->status != PRESYNC_STATUS_NOT_APPLICABLE ? 1 : 0;
          if (judgement->status == PRESYNC_STATUS_NOT_MET && refused == NULL)
            refused = presync_condition_get_id (condition);
          g_assert_cmpint (judgement->status, !=, PRESYNC_STATUS_UNKNOWN);
          g_assert_cmpint (judgement->status, !=, PRESYNC_STATUS_NEEDS_ANSWER);
        }
    }
  return refused;
}

/* With custom settings the conditions accept just the kinds that are open. With express settings
 * nobody chooses, so nothing is judged. */
static void
service_account_test_agrees (void)
{
  guint n_open = 0;
  guint n_closed = 0;
  g_autoptr (PresyncCatalogue) catalogue = presync_catalogue_new_built_in ();

  for (guint i = 0; i < 4 * PRESYNC_N_SERVICE_SQL; i++)
    for (guint kind = 0; kind < PRESYNC_N_SERVICE_KINDS; kind++)
      {
        const ServiceSituation at = { (i & 1) != 0, (i & 2) != 0, i / 4 };
        const PresyncServiceChoice *choice
            = presync_service_account_choice (at.on_domain_controller, at.custom, at.sql);
        gboolean open = choice != NULL && presync_service_choice_is_open (choice, kind);
        guint n_judged = 0;
        g_autoptr (PresyncFactSet) facts = service_account_test_facts (&at, kind);
        const char *refused = service_account_test_refused (catalogue, facts, &n_judged);
        g_test_message ("controller %d, custom %d, sql %u, %s: %s", at.on_domain_controller,
                        at.custom, at.sql, presync_service_kind_id (kind),
                        refused != NULL ? refused : "accepted");
        if (open)
          g_assert_null (refused);
        else if (at.custom)
          g_assert_nonnull (refused);
        if (at.custom)
          g_assert_cmpuint (n_judged, >, 0);
        else if (at.sql != PRESYNC_SERVICE_SQL_REMOTE)
          g_assert_cmpuint (n_judged, ==, 0);
        n_open += open ? 1 : 0;
        n_closed += open ? 0 : 1;
      }
  g_assert_cmpuint (n_open, ==, 1 + 5 + 5 + 2 + 2 + 3 + 3 + 2);
  g_assert_cmpuint (n_closed, ==, 60 - n_open);
}

/* An object that is no service account, such as a computer, is accepted nowhere. */
static void
service_account_test_other (void)
{
  g_autoptr (PresyncCatalogue) catalogue = presync_catalogue_new_built_in ();

  for (guint i = 0; i < 2 * PRESYNC_N_SERVICE_SQL; i++)
    {
      const ServiceSituation at = { (i & 1) != 0, TRUE, i / 2 };
      guint n_judged = 0;
      g_autoptr (PresyncFactSet) facts = service_account_test_facts (&at, PRESYNC_SERVICE_NONE);

      g_assert_nonnull (service_account_test_refused (catalogue, facts, &n_judged));
    }
}

/* Every choice is one of those open, and its documents are documents of the catalogue. */
static void
service_account_test_sound (void)
{
  for (guint i = 0; i < 4 * PRESYNC_N_SERVICE_SQL; i++)
    {
      const PresyncServiceChoice *choice
          = presync_service_account_choice ((i & 1) != 0, (i & 2) != 0, i / 4);
      if (choice == NULL)
        continue;
      g_assert_true (presync_service_choice_is_open (choice, choice->standard));
      if (choice->recommended != PRESYNC_SERVICE_NONE)
        g_assert_true (presync_service_choice_is_open (choice, choice->recommended));
      if (choice->disputed != PRESYNC_SERVICE_NONE)
        g_assert_true (presync_service_choice_is_open (choice, choice->disputed));
      g_assert_cmpstr (choice->document, ==, "CN-ACC");
      g_assert_true ((choice->disputed == PRESYNC_SERVICE_NONE) == (choice->disputed_by == NULL));
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/service-account/ids", service_account_test_ids);
  g_test_add_func ("/service-account/table", service_account_test_table);
  g_test_add_func ("/service-account/sound", service_account_test_sound);
  g_test_add_func ("/service-account/agrees", service_account_test_agrees);
  g_test_add_func ("/service-account/other", service_account_test_other);
  return g_test_run ();
}
