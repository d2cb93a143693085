/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "assessment/assessment.h"

#include <string.h>
#include <glib/gstdio.h>

#include "assessment/summary.h"
#include "base/error.h"

#define GB (G_GINT64_CONSTANT (1) << 30)

#define REST                                                                                       \
  "<fix><step>Mend it.</step></fix><find-out><step>Look.</step></find-out>"                        \
  "<source document=\"DOC\"/></condition>\n"
#define CONDITION(id, attributes, needed, test)                                                    \
  "<condition id=\"" id "\" " attributes "><title>" id "</title><needed>" needed "</needed>"       \
  "<test>" test "</test>"

static const char documents[]
    = "<documents><document id=\"DOC\" date=\"2026-10-06\"><title>A page</title>"
      "<url>https://example.com/</url></document></documents>";
static const char cloud_sync[]
    = "<catalogue option=\"cloud-sync\"><section id=\"hardware-and-software\">\n"
      "<requirement id=\"cs-a\" overview=\"true\"><title>A</title><why>w</why>\n" CONDITION (
          "cs-exists", "severity=\"required\"", "a tenant",
          "<is-true fact=\"tenant.exists\"/>") "<advice><unless><is-true "
                                               "fact=\"tenant.custom-domain\"/></unless>"
                                               "<text>Add a domain.</text></advice>" REST
                                                   CONDITION (
                                                       "cs-memory",
                                                       "severity=\"required\" until=\"2026-01-01\"",
                                                       "4 GB",
                                                       "<at-least fact=\"server.memory\" value=\"4 "
                                                       "GB\"/>")
                                                       REST CONDITION (
                                                           "cs-memory",
                                                           "severity=\"required\" "
                                                           "from=\"2026-01-01\"",
                                                           "8 GB",
                                                           "<at-least fact=\"server.memory\" "
                                                           "value=\"8 GB\"/>") REST
    "</requirement>\n"
    "<requirement id=\"cs-b\"><title>B</title><why>w</why>\n" CONDITION (
        "cs-esc", "severity=\"recommended\"", "off", "<is-false fact=\"server.ie-esc\"/>")
        REST CONDITION ("cs-federation", "severity=\"conditional\" feature=\"federation\"", "P1",
                        "<is-true fact=\"tenant.premium-licence\"/>")
            REST CONDITION ("cs-hand", "severity=\"required\"", "by hand", "<by-person/>") REST
    "</requirement>\n"
    "<requirement id=\"cs-new\"><title>New</title><why>w</why>\n" CONDITION (
        "cs-laps", "severity=\"recommended\" from=\"2026-01-01\"", "LAPS",
        "<is-true fact=\"server.laps\"/>") REST "</requirement>\n"
                                                "</section></catalogue>";
static const char connect_sync[]
    = "<catalogue option=\"connect-sync\"><section id=\"tenant\">\n"
      "<requirement id=\"cn-a\"><title>A</title><why>w</why>\n" CONDITION (
          "cn-exists", "severity=\"required\"", "a tenant", "<is-true fact=\"tenant.exists\"/>")
          REST "</requirement>\n"
               "</section></catalogue>";

typedef struct
{
  PresyncCatalogue *catalogue;
  PresyncAssessment *assessment;
  PresyncChecklist *list; /* of Cloud sync */
  GDateTime *now;
  guint n_updated;
} AssessmentTest;

static PresyncCatalogue *
assessment_test_catalogue (void)
{
  static const char *const texts[] = { documents, cloud_sync, connect_sync };
  char *paths[4] = { NULL, NULL, NULL, NULL };
  PresyncCatalogue *catalogue;
  g_autoptr (GError) error = NULL;
  g_autofree char *folder = g_dir_make_tmp ("presync-assessment-XXXXXX", &error);

  g_assert_no_error (error);
  for (guint i = 0; i < 3; i++)
    {
      g_autofree char *name = g_strdup_printf ("%u.xml", i);
      paths[i] = g_build_filename (folder, name, NULL);
      g_file_set_contents (paths[i], texts[i], -1, &error);
      g_assert_no_error (error);
    }
  catalogue = presync_catalogue_new_from_files ((const char *const *) paths, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < 3; i++)
    {
      g_remove (paths[i]);
      g_free (paths[i]);
    }
  g_rmdir (folder);
  return catalogue;
}

static void
assessment_test_updated_cb (PresyncAssessment *assessment, AssessmentTest *self)
{
  self->n_updated++;
}

static void
assessment_test_set_up (AssessmentTest *self, gconstpointer data)
{
  self->catalogue = assessment_test_catalogue ();
  self->assessment = presync_assessment_new (self->catalogue);
  self->list = presync_assessment_get_checklist (self->assessment, PRESYNC_OPTION_CLOUD_SYNC);
  self->now = g_date_time_new_utc (2026, 11, 1, 12, 0, 0);
  self->n_updated = 0;
  g_signal_connect (self->assessment, "updated", G_CALLBACK (assessment_test_updated_cb), self);
}

static void
assessment_test_tear_down (AssessmentTest *self, gconstpointer data)
{
  PresyncFactSet *facts = g_object_ref (presync_assessment_get_facts (self->assessment));
  PresyncRunner *runner = g_object_ref (presync_assessment_get_runner (self->assessment));
  PresyncChecklist *list = g_object_ref (self->list);
  PresyncChecklistItem *row = g_list_model_get_item (G_LIST_MODEL (list), 0);
  PresyncRequirement *requirement = g_object_ref (presync_checklist_item_get_requirement (row));

  g_assert_finalize_object (self->assessment);
  g_assert_finalize_object (runner);
  g_assert_finalize_object (facts);
  g_assert_finalize_object (list);
  g_assert_finalize_object (row);
  g_assert_finalize_object (self->catalogue);
  g_assert_finalize_object (requirement);
  g_date_time_unref (self->now);
}

static PresyncOrigin *
assessment_test_origin (AssessmentTest *self, const char *key)
{
  return presync_origin_new (presync_fact_key_find (key)->source, "test", "test", self->now, TRUE);
}

static void
assessment_test_update (AssessmentTest *self, PresyncFact *fact)
{
  g_autoptr (GPtrArray) facts = g_ptr_array_new_with_free_func (g_object_unref);

  g_ptr_array_add (facts, fact);
  presync_fact_set_update (presync_assessment_get_facts (self->assessment), facts);
}

static void
assessment_test_set_boolean (AssessmentTest *self, const char *key, gboolean value)
{
  g_autoptr (PresyncOrigin) origin = assessment_test_origin (self, key);
  assessment_test_update (self, presync_fact_new_boolean (key, "", value, origin));
}

static void
assessment_test_set_memory (AssessmentTest *self, gint64 value)
{
  g_autoptr (PresyncOrigin) origin = assessment_test_origin (self, "server.memory");
  assessment_test_update (self, presync_fact_new_integer ("server.memory", "A", value, origin));
}

static void
assessment_test_set_unknown (AssessmentTest *self, const char *key)
{
  g_autoptr (PresyncOrigin) origin = assessment_test_origin (self, key);
  assessment_test_update (self, presync_fact_new_unknown (key, "", PRESYNC_UNKNOWN_NO_RIGHT,
                                                          "No right to read.", origin));
}

static void
assessment_test_answer (AssessmentTest *self, const char *condition, gboolean met)
{
  g_autoptr (PresyncAnswer) answer = presync_answer_new (condition, met, "Ada", "seen", self->now);
  presync_assessment_set_answer (self->assessment, answer);
}

/* Everything as it should be. */
static void
assessment_test_make_ready (AssessmentTest *self)
{
  assessment_test_set_boolean (self, "tenant.exists", TRUE);
  assessment_test_set_boolean (self, "tenant.custom-domain", TRUE);
  assessment_test_set_memory (self, 8 * GB);
  assessment_test_set_boolean (self, "server.ie-esc", FALSE);
  assessment_test_set_boolean (self, "server.laps", TRUE);
  assessment_test_answer (self, "cs-hand", TRUE);
}

static void
assessment_test_assert_verdict (AssessmentTest *self, const char *verdict, const char *text)
{
  g_autoptr (PresyncSummary) summary = presync_summary_new (self->list, FALSE);
  g_autofree char *line = presync_summary_dup_text (summary);

  g_assert_cmpstr (presync_verdict_id (summary->verdict), ==, verdict);
  g_assert_cmpstr (line, ==, text);
}

static void
assessment_test_assert_status (AssessmentTest *self, const char *id, const char *status)
{
  PresyncChecklistItem *item = presync_checklist_find (self->list, id);

  g_assert_nonnull (item);
  g_assert_cmpstr (presync_status_id (presync_checklist_item_get_status (item)), ==, status);
}

static void
assessment_test_verdicts (AssessmentTest *self, gconstpointer data)
{
  assessment_test_assert_verdict (self, "not-yet-known", "Not yet known · 3 open");
  assessment_test_make_ready (self);
  assessment_test_assert_verdict (self, "ready", "Ready · 1 answered by hand");
  /* Met, with a word to say. */
  assessment_test_set_boolean (self, "tenant.custom-domain", FALSE);
  assessment_test_assert_status (self, "cs-exists", "advice");
  assessment_test_assert_verdict (self, "ready-with-advice",
                                  "Ready with advice · 1 answered by hand");
  assessment_test_set_boolean (self, "tenant.custom-domain", TRUE);
  /* What is recommended never blocks, neither missing nor unknown. */
  assessment_test_set_boolean (self, "server.ie-esc", TRUE);
  assessment_test_assert_status (self, "cs-esc", "advice");
  assessment_test_assert_verdict (self, "ready-with-advice",
                                  "Ready with advice · 1 answered by hand");
  assessment_test_set_unknown (self, "server.ie-esc");
  assessment_test_assert_status (self, "cs-esc", "unknown");
  assessment_test_assert_verdict (self, "ready", "Ready · 1 answered by hand");
  assessment_test_set_unknown (self, "server.memory");
  assessment_test_assert_verdict (self, "not-yet-known",
                                  "Not yet known · 1 open · 1 answered by hand");
  /* One required that fails decides, whatever else is open. */
  assessment_test_set_boolean (self, "tenant.exists", FALSE);
  assessment_test_assert_verdict (self, "not-ready", "Not ready · 1 blocker · 1 answered by hand");
  assessment_test_set_memory (self, 4 * GB);
  assessment_test_assert_verdict (self, "not-ready", "Not ready · 2 blockers · 1 answered by hand");
  presync_assessment_remove_answer (self->assessment, "cs-hand");
  assessment_test_assert_verdict (self, "not-ready", "Not ready · 2 blockers");
}

static void
assessment_test_feature (AssessmentTest *self, gconstpointer data)
{
  assessment_test_make_ready (self);
  assessment_test_assert_status (self, "cs-federation", "not-applicable");
  presync_assessment_set_feature (self->assessment, "federation", TRUE);
  assessment_test_assert_status (self, "cs-federation", "needs-answer");
  assessment_test_assert_verdict (self, "not-yet-known",
                                  "Not yet known · 1 open · 1 answered by hand");
  assessment_test_set_boolean (self, "tenant.premium-licence", FALSE);
  assessment_test_assert_status (self, "cs-federation", "not-met");
  assessment_test_assert_verdict (self, "not-ready", "Not ready · 1 blocker · 1 answered by hand");
  presync_assessment_set_feature (self->assessment, "federation", FALSE);
  assessment_test_assert_verdict (self, "ready", "Ready · 1 answered by hand");
}

static void
assessment_test_features (AssessmentTest *self, gconstpointer data)
{
  static const char *const good[] = { "federation", "", "proxy", NULL };
  static const char *const bad[] = { "pass-through", "flying", NULL };
  static const char *const none[] = { NULL };
  g_autoptr (GError) error = NULL;
  guint64 judged;

  g_assert_true (presync_assessment_set_features (self->assessment, good, &error));
  g_assert_no_error (error);
  g_assert_true (presync_assessment_get_feature (self->assessment, "federation"));
  g_assert_true (presync_assessment_get_feature (self->assessment, "proxy"));
  g_assert_false (presync_assessment_get_feature (self->assessment, "pass-through"));
  judged = presync_assessment_get_n_judged (self->assessment);
  g_assert_false (presync_assessment_set_features (self->assessment, bad, &error));
  g_assert_error (error, PRESYNC_ERROR, PRESYNC_ERROR_BAD_INPUT);
  g_assert_nonnull (strstr (error->message, "“flying”"));
  /* Nothing of it was taken. */
  g_assert_true (presync_assessment_get_feature (self->assessment, "federation"));
  g_assert_false (presync_assessment_get_feature (self->assessment, "pass-through"));
  g_assert_false (presync_assessment_get_feature (self->assessment, "flying"));
  g_assert_cmpuint (presync_assessment_get_n_judged (self->assessment), ==, judged);
  g_assert_true (presync_assessment_set_features (self->assessment, none, NULL));
  g_assert_false (presync_assessment_get_feature (self->assessment, "federation"));
}

static void
assessment_test_assert_answer (AssessmentTest *self, const char *id, const char *status,
                               const char *measured, gboolean contradicted)
{
  PresyncChecklistItem *item = presync_checklist_find (self->list, id);

  assessment_test_assert_status (self, id, status);
  g_assert_cmpstr (presync_status_id (presync_checklist_item_get_measured_status (item)), ==,
                   measured);
  g_assert_true (presync_checklist_item_get_contradicted (item) == contradicted);
}

static void
assessment_test_answers (AssessmentTest *self, gconstpointer data)
{
  g_autoptr (PresyncSummary) summary = NULL;

  assessment_test_make_ready (self);
  /* It decides what nobody could measure, … */
  assessment_test_answer (self, "cs-hand", FALSE);
  assessment_test_assert_answer (self, "cs-hand", "not-met", "needs-answer", FALSE);
  assessment_test_set_unknown (self, "server.memory");
  assessment_test_answer (self, "cs-memory", TRUE);
  assessment_test_assert_answer (self, "cs-memory", "met", "unknown", FALSE);
  /* … and what was measured otherwise, which is told. */
  assessment_test_set_memory (self, GB);
  assessment_test_assert_answer (self, "cs-memory", "met", "not-met", TRUE);
  assessment_test_answer (self, "cs-exists", FALSE);
  assessment_test_assert_answer (self, "cs-exists", "not-met", "met", TRUE);
  /* "Met" of what is met and earns advice is no contradiction, and the advice still holds. */
  assessment_test_answer (self, "cs-exists", TRUE);
  assessment_test_set_boolean (self, "tenant.custom-domain", FALSE);
  assessment_test_assert_answer (self, "cs-exists", "advice", "advice", FALSE);
  /* Of what is recommended, "not met" is advice. */
  assessment_test_answer (self, "cs-esc", FALSE);
  assessment_test_assert_answer (self, "cs-esc", "advice", "met", TRUE);
  assessment_test_set_boolean (self, "server.ie-esc", TRUE);
  assessment_test_assert_answer (self, "cs-esc", "advice", "advice", FALSE);
  summary = presync_summary_new (self->list, FALSE);
  g_assert_cmpuint (summary->answered, ==, 4);
  g_assert_cmpuint (summary->contradicted, ==, 1);
  g_assert_cmpuint (summary->blockers, ==, 1);
  assessment_test_assert_verdict (
      self, "not-ready", "Not ready · 1 blocker · 4 answered by hand · 1 against a measurement");
  /* Without it, the measurement counts again. */
  presync_assessment_remove_answer (self->assessment, "cs-memory");
  assessment_test_assert_answer (self, "cs-memory", "not-met", "not-met", FALSE);
  g_assert_null (
      presync_checklist_item_get_answer (presync_checklist_find (self->list, "cs-memory")));
}

/* An answer says nothing of what does not apply, and counts again when it does. */
static void
assessment_test_answer_not_applicable (AssessmentTest *self, gconstpointer data)
{
  PresyncChecklistItem *item = presync_checklist_find (self->list, "cs-federation");

  assessment_test_answer (self, "cs-federation", FALSE);
  assessment_test_assert_answer (self, "cs-federation", "not-applicable", "not-applicable", FALSE);
  g_assert_false (presync_checklist_item_get_answered (item));
  presync_assessment_set_feature (self->assessment, "federation", TRUE);
  assessment_test_assert_answer (self, "cs-federation", "not-met", "needs-answer", FALSE);
  g_assert_true (presync_checklist_item_get_answered (item));
}

static guint64
assessment_test_judged (AssessmentTest *self)
{
  static guint64 last;
  guint64 before = last;

  last = presync_assessment_get_n_judged (self->assessment);
  return last - before;
}

/* Only conditions that name a changed fact, in test, advice or feature. */
static void
assessment_test_judged_again (AssessmentTest *self, gconstpointer data)
{
  assessment_test_judged (self);
  self->n_updated = 0;
  assessment_test_set_memory (self, GB);
  g_assert_cmpuint (assessment_test_judged (self), ==, 1);
  assessment_test_set_boolean (self, "tenant.exists", TRUE); /* one of each option */
  g_assert_cmpuint (assessment_test_judged (self), ==, 2);
  assessment_test_set_boolean (self, "tenant.custom-domain", TRUE);
  g_assert_cmpuint (assessment_test_judged (self), ==, 1);
  assessment_test_set_boolean (self, "forest.recycle-bin", TRUE);
  g_assert_cmpuint (assessment_test_judged (self), ==, 0);
  presync_assessment_set_feature (self->assessment, "federation", TRUE);
  g_assert_cmpuint (assessment_test_judged (self), ==, 1);
  assessment_test_answer (self, "cs-hand", TRUE);
  g_assert_cmpuint (assessment_test_judged (self), ==, 1);
  /* Read again: the same status, newly checked. */
  assessment_test_set_memory (self, GB);
  g_assert_cmpuint (assessment_test_judged (self), ==, 1);
  presync_assessment_remove_answer (self->assessment, "cs-exists");
  g_assert_cmpuint (assessment_test_judged (self), ==, 0);
  presync_fact_set_forget_source (presync_assessment_get_facts (self->assessment), "server");
  g_assert_cmpuint (assessment_test_judged (self), ==, 1);
  assessment_test_assert_status (self, "cs-memory", "needs-answer");
  g_assert_cmpuint (self->n_updated, ==, 8);
}

static void
assessment_test_count_cb (gpointer object, guint *count)
{
  (*count)++;
}

/* Views hear of the rows that were judged, and of no other. */
static void
assessment_test_rows_tell (AssessmentTest *self, gconstpointer data)
{
  guint told[4] = { 0, 0, 0, 0 };
  static const char *const ids[] = { "cs-memory", "cs-a", "cs-exists", "cs-b" };

  for (guint i = 0; i < G_N_ELEMENTS (ids); i++)
    g_signal_connect (presync_checklist_find (self->list, ids[i]), "updated",
                      G_CALLBACK (assessment_test_count_cb), &told[i]);
  assessment_test_set_memory (self, 8 * GB);
  g_assert_cmpuint (told[0], ==, 1);
  g_assert_cmpuint (told[1], ==, 1);
  g_assert_cmpuint (told[2], ==, 0);
  g_assert_cmpuint (told[3], ==, 0);
}

typedef struct
{
  guint n;
  guint position;
  guint removed;
  guint added;
} AssessmentItems;

static void
assessment_test_items_cb (GListModel *model, guint position, guint removed, guint added,
                          AssessmentItems *items)
{
  items->n++;
  items->position = position;
  items->removed = removed;
  items->added = added;
  g_assert_cmpuint (g_list_model_get_n_items (model), ==, added);
}

static void
assessment_test_edition (AssessmentTest *self, gconstpointer data)
{
  GDate day;
  AssessmentItems items = { 0, 9, 9, 9 };
  g_autofree char *text = NULL;

  assessment_test_make_ready (self);
  assessment_test_set_memory (self, 4 * GB);
  assessment_test_assert_verdict (self, "not-ready", "Not ready · 1 blocker · 1 answered by hand");
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (self->list)), ==, 3);
  g_signal_connect (self->list, "items-changed", G_CALLBACK (assessment_test_items_cb), &items);
  g_assert_true (presync_edition_parse ("2023-03-01", &day, NULL));
  presync_assessment_set_edition (self->assessment, &day);
  g_object_get (self->assessment, "edition-text", &text, NULL);
  g_assert_cmpstr (text, ==, "2023-03-01");
  /* A requirement without conditions on that day is no row. */
  g_assert_cmpuint (items.n, ==, 1);
  g_assert_cmpuint (items.position, ==, 0);
  g_assert_cmpuint (items.removed, ==, 3);
  g_assert_cmpuint (items.added, ==, 2);
  g_assert_null (presync_checklist_find (self->list, "cs-laps"));
  assessment_test_assert_status (self, "cs-memory", "met");
  g_assert_cmpstr (
      presync_checklist_item_get_needed (presync_checklist_find (self->list, "cs-memory")), ==,
      "4 GB");
  /* Facts and answers stay. */
  assessment_test_assert_verdict (self, "ready", "Ready · 1 answered by hand");
  presync_assessment_set_edition (self->assessment, &day);
  g_assert_cmpuint (items.n, ==, 1);
}

static void
assessment_test_find (AssessmentTest *self, gconstpointer data)
{
  PresyncChecklistItem *row = presync_checklist_find (self->list, "cs-b");
  PresyncChecklistItem *item = presync_checklist_find (self->list, "cs-hand");
  g_autofree char *nick = NULL;
  g_autofree char *title = NULL;

  g_assert_true (presync_checklist_item_get_is_requirement (row));
  g_assert_null (presync_checklist_item_get_condition (row));
  g_assert_cmpuint (g_list_model_get_n_items (presync_checklist_item_get_children (row)), ==, 3);
  g_assert_false (presync_checklist_item_get_is_requirement (item));
  g_assert_null (presync_checklist_item_get_children (item));
  g_assert_true (presync_checklist_item_get_requirement (item)
                 == presync_checklist_item_get_requirement (row));
  g_object_get (item, "status-nick", &nick, "title", &title, NULL);
  g_assert_cmpstr (nick, ==, "needs-answer");
  g_assert_cmpstr (title, ==, "cs-hand");
  /* Of the other option, and of nothing. */
  g_assert_null (presync_checklist_find (self->list, "cn-exists"));
  g_assert_null (presync_checklist_find (self->list, ""));
}

/* A row takes status and reason from its most urgent condition. */
static void
assessment_test_rows (AssessmentTest *self, gconstpointer data)
{
  PresyncChecklistItem *a = presync_checklist_find (self->list, "cs-a");
  PresyncChecklistItem *b = presync_checklist_find (self->list, "cs-b");
  PresyncChecklistItem *last = presync_checklist_find (self->list, "cs-new");

  assessment_test_make_ready (self);
  g_assert_cmpstr (presync_checklist_item_get_found (a), ==, "2 of 2 met");
  g_assert_null (presync_checklist_item_get_reason (a));
  /* One of three does not apply: that is not the row's reason. */
  assessment_test_assert_status (self, "cs-b", "met");
  g_assert_cmpstr (presync_checklist_item_get_found (b), ==, "2 of 2 met");
  g_assert_null (presync_checklist_item_get_reason (b));
  g_assert_true (presync_checklist_item_get_answered (b));
  /* With one condition only, the row shows what it shows. */
  g_assert_cmpstr (presync_checklist_item_get_needed (last), ==, "LAPS");
  assessment_test_set_boolean (self, "tenant.custom-domain", FALSE);
  assessment_test_assert_status (self, "cs-a", "advice");
  g_assert_cmpstr (presync_checklist_item_get_reason (a), ==, "Add a domain.");
  assessment_test_set_unknown (self, "server.memory");
  assessment_test_assert_status (self, "cs-a", "unknown");
  g_assert_cmpstr (presync_checklist_item_get_reason (a), ==, "No right to read.");
  g_assert_cmpint (g_date_time_compare (presync_checklist_item_get_checked_at (a), self->now), ==,
                   0);
}

static void
assessment_test_lists (AssessmentTest *self, gconstpointer data)
{
  g_autoptr (PresyncSummary) all = NULL;
  g_autoptr (PresyncSummary) overview = NULL;
  g_autoptr (GPtrArray) blockers = NULL;
  g_autoptr (GPtrArray) open = NULL;
  g_autoptr (GPtrArray) advice = NULL;

  assessment_test_set_boolean (self, "tenant.exists", FALSE);
  assessment_test_set_boolean (self, "server.ie-esc", TRUE);
  assessment_test_set_memory (self, 1);
  blockers = presync_checklist_list_blockers (self->list);
  open = presync_checklist_list_open (self->list);
  advice = presync_checklist_list_advice (self->list);
  g_assert_cmpuint (blockers->len, ==, 2);
  g_assert_cmpstr (presync_checklist_item_get_id (g_ptr_array_index (blockers, 0)), ==,
                   "cs-exists");
  g_assert_cmpuint (open->len, ==, 1); /* cs-laps is open too, and only recommended */
  g_assert_cmpstr (presync_checklist_item_get_id (g_ptr_array_index (open, 0)), ==, "cs-hand");
  g_assert_cmpuint (advice->len, ==, 1);
  all = presync_summary_new (self->list, FALSE);
  overview = presync_summary_new (self->list, TRUE);
  g_assert_cmpuint (all->n_conditions, ==, 6);
  g_assert_cmpuint (all->n_requirements, ==, 3);
  g_assert_cmpuint (all->conditions[PRESYNC_STATUS_NOT_MET], ==, 2);
  g_assert_cmpuint (all->conditions[PRESYNC_STATUS_NEEDS_ANSWER], ==, 2);
  g_assert_cmpuint (all->conditions[PRESYNC_STATUS_NOT_APPLICABLE], ==, 1);
  g_assert_cmpuint (all->requirements[PRESYNC_STATUS_NOT_MET], ==, 1);
  g_assert_cmpint (g_date_time_compare (all->oldest, self->now), ==, 0);
  g_assert_cmpuint (overview->n_requirements, ==, 1);
  g_assert_cmpuint (overview->n_conditions, ==, 2);
}

static void
assessment_test_notify_cb (GObject *object, GParamSpec *pspec, guint *count)
{
  (*count)++;
}

static void
assessment_test_name (AssessmentTest *self, gconstpointer data)
{
  static const char *const domains[] = { "contoso.com", NULL };
  guint notified = 0;
  g_autoptr (PresyncOrigin) origin = assessment_test_origin (self, "forest.domains");

  g_signal_connect (self->assessment, "notify::name", G_CALLBACK (assessment_test_notify_cb),
                    &notified);
  g_assert_cmpstr (presync_assessment_get_name (self->assessment), ==, "");
  assessment_test_update (self,
                          presync_fact_new_list ("forest.domains", "contoso.com", domains, origin));
  g_assert_cmpstr (presync_assessment_get_name (self->assessment), ==, "contoso.com");
  presync_assessment_set_name (self->assessment, "Contoso, Berlin");
  g_assert_cmpstr (presync_assessment_get_name (self->assessment), ==, "Contoso, Berlin");
  presync_assessment_set_name (self->assessment, NULL);
  g_assert_cmpstr (presync_assessment_get_name (self->assessment), ==, "contoso.com");
  g_assert_cmpuint (notified, ==, 3);
}

#define ASSESSMENT_ADD(name, func)                                                                 \
  g_test_add ("/assessment/" name, AssessmentTest, NULL, assessment_test_set_up, func,             \
              assessment_test_tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ASSESSMENT_ADD ("verdicts", assessment_test_verdicts);
  ASSESSMENT_ADD ("feature", assessment_test_feature);
  ASSESSMENT_ADD ("features", assessment_test_features);
  ASSESSMENT_ADD ("answers", assessment_test_answers);
  ASSESSMENT_ADD ("answer-not-applicable", assessment_test_answer_not_applicable);
  ASSESSMENT_ADD ("judged-again", assessment_test_judged_again);
  ASSESSMENT_ADD ("rows-tell", assessment_test_rows_tell);
  ASSESSMENT_ADD ("edition", assessment_test_edition);
  ASSESSMENT_ADD ("find", assessment_test_find);
  ASSESSMENT_ADD ("rows", assessment_test_rows);
  ASSESSMENT_ADD ("lists", assessment_test_lists);
  ASSESSMENT_ADD ("name", assessment_test_name);
  return g_test_run ();
}
