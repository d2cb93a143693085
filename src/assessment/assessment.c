/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "assessment/assessment.h"

#include "assessment/checklist-private.h"
#include "assessment/history.h"
#include "assessment/source-names.h"
#include "assessment/sql-place.h"

/* Seconds: a computer that slept over midnight is not long behind. */
#define MAX_WAIT 300

struct _PresyncAssessment
{
  GObject parent_instance;
  PresyncCatalogue *catalogue;
  PresyncFactSet *facts;
  PresyncRunner *runner;
  PresyncChecklist *checklists[PRESYNC_N_OPTIONS];
  PresyncStatements *statements;
  PresyncHistory *history;
  GDate judged_on; /* the last day on which something was judged, where now is */
  guint day_timer; /* while waivers may end: until the next day, or a part of it */
  GDate edition;
  char *edition_text;
  char *name;
  char *sync_server;
  PresyncAccounts *accounts;
  PresyncFederation *federation; /* nullable */
  GDateTime *now;                /* NULL: the clock, here */
  PresyncSqlPlace sql_place;     /* of the SQL Server that was last named */
  guint64 n_judged;
};

enum
{
  PROP_0,
  PROP_NAME,
  PROP_EDITION_TEXT,
  PROP_ACCOUNTS,
  PROP_SYNC_SERVER,
  PROP_FEDERATION,
  N_PROPERTIES
};

static GParamSpec *properties[N_PROPERTIES];
static guint updated_signal;

G_DEFINE_FINAL_TYPE (PresyncAssessment, presync_assessment, G_TYPE_OBJECT)

static void presync_assessment_look_at_day (PresyncAssessment *self);

/* Is it another day than when something was judged last? Waivers end with a day. */
static gboolean
presync_assessment_note_day (PresyncAssessment *self, GDateTime *now)
{
  GDate before = self->judged_on;

  g_date_set_dmy (&self->judged_on, (GDateDay) g_date_time_get_day_of_month (now),
                  (GDateMonth) g_date_time_get_month (now), (GDateYear) g_date_time_get_year (now));
  return g_date_valid (&before) && g_date_compare (&before, &self->judged_on) != 0;
}

static gboolean
presync_assessment_day_cb (gpointer user_data)
{
  PresyncAssessment *self = user_data;

  self->day_timer = 0;
  presync_assessment_look_at_day (self);
  return G_SOURCE_REMOVE;
}

/* A waiver may end at midnight though nothing is read and nobody does anything. */
static void
presync_assessment_wait_for_day (PresyncAssessment *self, GDateTime *now)
{
  int passed = (g_date_time_get_hour (now) * 60 + g_date_time_get_minute (now)) * 60
               + g_date_time_get_second (now);
  int rest = 24 * 60 * 60 - passed;

  g_clear_handle_id (&self->day_timer, g_source_remove);
  if (self->now == NULL && presync_statements_has_waivers (self->statements))
    self->day_timer = g_timeout_add_seconds ((guint) CLAMP (rest, 1, MAX_WAIT),
                                             presync_assessment_day_cb, self);
}

/* @keys and @condition as of presync_checklist_judge() */
static void
presync_assessment_judge (PresyncAssessment *self, const char *const *keys, const char *condition)
{
  g_autoptr (GDateTime) now = presync_assessment_dup_now (self);

  if (presync_assessment_note_day (self, now) && presync_statements_has_waivers (self->statements))
    {
      keys = NULL;
      condition = NULL;
    }
  for (guint i = 0; i < PRESYNC_N_OPTIONS; i++)
    self->n_judged += presync_checklist_judge (self->checklists[i], keys, condition, self->facts,
                                               self->statements, now);
  presync_assessment_wait_for_day (self, now);
  g_signal_emit (self, updated_signal, 0);
}

static void
presync_assessment_look_at_day (PresyncAssessment *self)
{
  g_autoptr (GDateTime) now = presync_assessment_dup_now (self);

  if (presync_assessment_note_day (self, now))
    presync_assessment_judge (self, NULL, NULL);
  else
    presync_assessment_wait_for_day (self, now);
}

/* Where names tell whether SQL Server runs on the sync server, they decide; else the person does.
 */
static void
presync_assessment_place_sql (PresyncAssessment *self)
{
  g_autoptr (PresyncSource) source = presync_assessment_dup_source (self, "sql");
  PresyncSqlPlace before = self->sql_place;
  gboolean remote = presync_assessment_get_feature (self, "remote-sql");
  gboolean planned = remote;

  if (source == NULL)
    return;
  self->sql_place = presync_sql_place_get (self, NULL);
  if (self->sql_place != PRESYNC_SQL_PLACE_UNKNOWN)
    remote = self->sql_place == PRESYNC_SQL_PLACE_OTHER;
  else if (before == PRESYNC_SQL_PLACE_SAME && self->sync_server == NULL)
    /* No person said so, and what told it is gone. */
    remote = TRUE;
  if (remote != planned && presync_assessment_get_feature (self, "own-sql"))
    presync_assessment_set_feature (self, "remote-sql", remote);
}

static gboolean
presync_assessment_places_sql (const char *const *keys)
{
  return g_strv_contains (keys, "server.name") || g_strv_contains (keys, "plan.own-sql")
         || g_strv_contains (keys, "plan.remote-sql");
}

static void
presync_assessment_facts_changed_cb (PresyncFactSet *facts, const char *const *keys,
                                     PresyncAssessment *self)
{
  presync_assessment_judge (self, keys, NULL);
  if (self->name == NULL && g_strv_contains (keys, "forest.domains"))
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_NAME]);
  if (presync_assessment_places_sql (keys))
    presync_assessment_place_sql (self);
  if (presync_source_names_concern (keys))
    presync_source_names_tell (self);
}

static void
presync_assessment_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  PresyncAssessment *self = PRESYNC_ASSESSMENT (object);

  switch (id)
    {
    case PROP_NAME:
      g_value_set_string (value, presync_assessment_get_name (self));
      break;
    case PROP_EDITION_TEXT:
      g_value_set_string (value, self->edition_text);
      break;
    case PROP_ACCOUNTS:
      g_value_set_boxed (value, self->accounts);
      break;
    case PROP_SYNC_SERVER:
      g_value_set_string (value, self->sync_server);
      break;
    case PROP_FEDERATION:
      g_value_set_boxed (value, self->federation);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
presync_assessment_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  if (id == PROP_NAME)
    presync_assessment_set_name (PRESYNC_ASSESSMENT (object), g_value_get_string (value));
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
presync_assessment_dispose (GObject *object)
{
  PresyncAssessment *self = PRESYNC_ASSESSMENT (object);

  g_clear_handle_id (&self->day_timer, g_source_remove);
  if (self->runner != NULL)
    presync_runner_close (self->runner);
  g_clear_object (&self->runner);
  G_OBJECT_CLASS (presync_assessment_parent_class)->dispose (object);
}

static void
presync_assessment_finalize (GObject *object)
{
  PresyncAssessment *self = PRESYNC_ASSESSMENT (object);

  for (guint i = 0; i < PRESYNC_N_OPTIONS; i++)
    g_clear_object (&self->checklists[i]);
  g_clear_object (&self->catalogue);
  g_clear_object (&self->facts);
  presync_statements_set_title (self->statements, NULL, NULL);
  g_clear_object (&self->statements);
  g_clear_object (&self->history);
  g_free (self->edition_text);
  g_free (self->name);
  g_free (self->sync_server);
  presync_accounts_free (self->accounts);
  presync_federation_free (self->federation);
  g_clear_pointer (&self->now, g_date_time_unref);
  G_OBJECT_CLASS (presync_assessment_parent_class)->finalize (object);
}

static void
presync_assessment_class_init (PresyncAssessmentClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = presync_assessment_dispose;
  object_class->finalize = presync_assessment_finalize;
  object_class->get_property = presync_assessment_get_property;
  object_class->set_property = presync_assessment_set_property;
  properties[PROP_NAME]
      = g_param_spec_string ("name", NULL, NULL, NULL,
                             G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  properties[PROP_EDITION_TEXT] = g_param_spec_string ("edition-text", NULL, NULL, NULL,
                                                       G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  properties[PROP_ACCOUNTS] = g_param_spec_boxed ("accounts", NULL, NULL, PRESYNC_TYPE_ACCOUNTS,
                                                  G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  properties[PROP_SYNC_SERVER] = g_param_spec_string ("sync-server", NULL, NULL, NULL,
                                                      G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  properties[PROP_FEDERATION] = g_param_spec_boxed (
      "federation", NULL, NULL, PRESYNC_TYPE_FEDERATION, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPERTIES, properties);
  updated_signal = g_signal_new ("updated", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                 NULL, NULL, G_TYPE_NONE, 0);
}

/* Whoever makes a source need not know the names: it gets them here, before it reads. */
static void
presync_assessment_sources_changed_cb (GListModel *sources, guint position, guint removed,
                                       guint added, PresyncAssessment *self)
{
  for (guint i = position; i < position + added; i++)
    {
      g_autoptr (PresyncSource) source = g_list_model_get_item (sources, i);

      presync_source_names_adopt (self, source);
    }
  /* The tenant names addresses that the network is to reach. */
  presync_source_names_tell (self);
  presync_assessment_place_sql (self);
}

static void
presync_assessment_statements_changed_cb (PresyncStatements *statements, const char *condition,
                                          PresyncAssessment *self)
{
  presync_assessment_judge (self, NULL, condition);
}

/* A check that read the same again may have judged nothing since midnight. */
static void
presync_assessment_ended_cb (PresyncRunner *runner, gboolean cancelled, PresyncAssessment *self)
{
  presync_assessment_look_at_day (self);
  if (!cancelled)
    presync_history_add (self->history);
}

/* (transfer full): how @condition is called in the edition that counts; else its id */
static char *
presync_assessment_dup_title (const char *condition, gpointer user_data)
{
  PresyncAssessment *self = user_data;

  for (guint i = 0; i < PRESYNC_N_OPTIONS; i++)
    {
      PresyncChecklistItem *item = presync_checklist_find (self->checklists[i], condition);

      if (item != NULL)
        return g_strdup (presync_checklist_item_get_title (item));
    }
  return g_strdup (condition);
}

static void
presync_assessment_init (PresyncAssessment *self)
{
  self->accounts = presync_accounts_new ();
  self->statements = presync_statements_new ();
  presync_statements_set_title (self->statements, presync_assessment_dup_title, self);
  g_signal_connect_object (self->statements, "changed",
                           G_CALLBACK (presync_assessment_statements_changed_cb), self, 0);
  self->history = presync_history_new (self);
  self->facts = presync_fact_set_new ();
  self->runner = presync_runner_new (self->facts);
  g_signal_connect_object (self->runner, "ended", G_CALLBACK (presync_assessment_ended_cb), self,
                           0);
  g_signal_connect_object (presync_runner_get_sources (self->runner), "items-changed",
                           G_CALLBACK (presync_assessment_sources_changed_cb), self, 0);
}

PresyncAssessment *
presync_assessment_new (PresyncCatalogue *catalogue)
{
  static const char *const nothing[] = { NULL };
  PresyncAssessment *self;

  g_return_val_if_fail (PRESYNC_IS_CATALOGUE (catalogue), NULL);
  self = g_object_new (PRESYNC_TYPE_ASSESSMENT, NULL);
  self->catalogue = g_object_ref (catalogue);
  for (guint i = 0; i < PRESYNC_N_OPTIONS; i++)
    self->checklists[i] = presync_checklist_new (catalogue, i);
  presync_assessment_set_features (self, nothing, NULL);
  presync_assessment_set_edition (self, presync_catalogue_get_newest (catalogue));
  g_signal_connect_object (self->facts, "changed", G_CALLBACK (presync_assessment_facts_changed_cb),
                           self, 0);
  /* The same values, read again: only "checked" is newer, and a rule may look at the clock. */
  g_signal_connect_object (self->facts, "refreshed",
                           G_CALLBACK (presync_assessment_facts_changed_cb), self, 0);
  return self;
}

PresyncCatalogue *
presync_assessment_get_catalogue (PresyncAssessment *self)
{
  g_return_val_if_fail (PRESYNC_IS_ASSESSMENT (self), NULL);
  return self->catalogue;
}

PresyncFactSet *
presync_assessment_get_facts (PresyncAssessment *self)
{
  g_return_val_if_fail (PRESYNC_IS_ASSESSMENT (self), NULL);
  return self->facts;
}

PresyncRunner *
presync_assessment_get_runner (PresyncAssessment *self)
{
  g_return_val_if_fail (PRESYNC_IS_ASSESSMENT (self), NULL);
  return self->runner;
}

PresyncChecklist *
presync_assessment_get_checklist (PresyncAssessment *self, PresyncOption option)
{
  g_return_val_if_fail (PRESYNC_IS_ASSESSMENT (self), NULL);
  g_return_val_if_fail (option < PRESYNC_N_OPTIONS, NULL);
  return self->checklists[option];
}

const char *
presync_assessment_get_name (PresyncAssessment *self)
{
  GPtrArray *domains;

  g_return_val_if_fail (PRESYNC_IS_ASSESSMENT (self), NULL);
  if (self->name != NULL)
    return self->name;
  domains = presync_fact_set_lookup (self->facts, "forest.domains");
  return domains != NULL ? presync_fact_get_subject (g_ptr_array_index (domains, 0)) : "";
}

void
presync_assessment_set_name (PresyncAssessment *self, const char *name)
{
  g_return_if_fail (PRESYNC_IS_ASSESSMENT (self));
  if (g_strcmp0 (self->name, name) == 0)
    return;
  g_free (self->name);
  self->name = g_strdup (name);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_NAME]);
}

const GDate *
presync_assessment_get_edition (PresyncAssessment *self)
{
  g_return_val_if_fail (PRESYNC_IS_ASSESSMENT (self), NULL);
  return &self->edition;
}

void
presync_assessment_set_edition (PresyncAssessment *self, const GDate *edition)
{
  char text[16];

  g_return_if_fail (PRESYNC_IS_ASSESSMENT (self));
  g_return_if_fail (edition != NULL && g_date_valid (edition));
  if (g_date_valid (&self->edition) && g_date_compare (&self->edition, edition) == 0)
    return;
  self->edition = *edition;
  g_date_strftime (text, sizeof text, "%Y-%m-%d", edition);
  g_free (self->edition_text);
  self->edition_text = g_strdup (text);
  for (guint i = 0; i < PRESYNC_N_OPTIONS; i++)
    presync_checklist_set_edition (self->checklists[i], edition);
  presync_assessment_judge (self, NULL, NULL);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_EDITION_TEXT]);
}

PresyncSource *
presync_assessment_dup_source (PresyncAssessment *self, const char *id)
{
  GListModel *sources;

  g_return_val_if_fail (PRESYNC_IS_ASSESSMENT (self), NULL);
  g_return_val_if_fail (id != NULL, NULL);
  sources = presync_runner_get_sources (self->runner);
  for (guint i = 0; i < g_list_model_get_n_items (sources); i++)
    {
      g_autoptr (PresyncSource) source = g_list_model_get_item (sources, i);
      if (g_str_equal (presync_source_get_id (source), id))
        return g_steal_pointer (&source);
    }
  return NULL;
}

const char *
presync_assessment_get_sync_server (PresyncAssessment *self)
{
  g_return_val_if_fail (PRESYNC_IS_ASSESSMENT (self), NULL);
  return self->sync_server;
}

void
presync_assessment_set_sync_server (PresyncAssessment *self, const char *sync_server)
{
  g_return_if_fail (PRESYNC_IS_ASSESSMENT (self));
  if (g_strcmp0 (self->sync_server, sync_server) == 0)
    return;
  g_free (self->sync_server);
  self->sync_server = g_strdup (sync_server);
  presync_source_names_tell (self);
  presync_assessment_place_sql (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SYNC_SERVER]);
  g_signal_emit (self, updated_signal, 0);
}

const PresyncAccounts *
presync_assessment_get_accounts (PresyncAssessment *self)
{
  g_return_val_if_fail (PRESYNC_IS_ASSESSMENT (self), NULL);
  return self->accounts;
}

void
presync_assessment_set_accounts (PresyncAssessment *self, const PresyncAccounts *accounts)
{
  g_auto (GStrv) stale = NULL;
  g_autoptr (PresyncAccounts) old = NULL;

  g_return_if_fail (PRESYNC_IS_ASSESSMENT (self));
  if (presync_accounts_equal (self->accounts, accounts))
    return;
  stale = presync_source_names_list_stale (self->accounts, accounts);
  old = g_steal_pointer (&self->accounts);
  self->accounts = accounts != NULL ? presync_accounts_copy (accounts) : presync_accounts_new ();
  if (!presync_fact_set_forget_prefixes (self->facts, (const char *const *) stale))
    g_signal_emit (self, updated_signal, 0);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_ACCOUNTS]);
  presync_source_names_tell (self);
}

const PresyncFederation *
presync_assessment_get_federation (PresyncAssessment *self)
{
  g_return_val_if_fail (PRESYNC_IS_ASSESSMENT (self), NULL);
  return self->federation;
}

void
presync_assessment_set_federation (PresyncAssessment *self, const PresyncFederation *federation)
{
  static const char *const stale[] = { "adfs.", NULL };
  g_autoptr (PresyncFederation) old = NULL;

  g_return_if_fail (PRESYNC_IS_ASSESSMENT (self));
  if (presync_federation_equal (self->federation, federation))
    return;
  old = g_steal_pointer (&self->federation);
  self->federation = presync_federation_copy (federation);
  if (!presync_fact_set_forget_prefixes (self->facts, stale))
    g_signal_emit (self, updated_signal, 0);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_FEDERATION]);
  presync_source_names_tell (self);
}

PresyncStatements *
presync_assessment_get_statements (PresyncAssessment *self)
{
  g_return_val_if_fail (PRESYNC_IS_ASSESSMENT (self), NULL);
  return self->statements;
}

PresyncHistory *
presync_assessment_get_history (PresyncAssessment *self)
{
  g_return_val_if_fail (PRESYNC_IS_ASSESSMENT (self), NULL);
  return self->history;
}

void
presync_assessment_set_answer (PresyncAssessment *self, PresyncAnswer *answer)
{
  g_return_if_fail (PRESYNC_IS_ASSESSMENT (self));
  g_return_if_fail (PRESYNC_IS_ANSWER (answer));
  presync_statements_set_answer (self->statements, presync_answer_get_condition (answer), answer);
}

void
presync_assessment_remove_answer (PresyncAssessment *self, const char *condition)
{
  g_return_if_fail (PRESYNC_IS_ASSESSMENT (self));
  g_return_if_fail (condition != NULL);
  presync_statements_set_answer (self->statements, condition, NULL);
}

GPtrArray *
presync_assessment_list_answers (PresyncAssessment *self)
{
  g_return_val_if_fail (PRESYNC_IS_ASSESSMENT (self), NULL);
  return presync_statements_list_answers (self->statements);
}

guint64
presync_assessment_get_n_judged (PresyncAssessment *self)
{
  g_return_val_if_fail (PRESYNC_IS_ASSESSMENT (self), 0);
  return self->n_judged;
}

void
presync_assessment_set_now (PresyncAssessment *self, GDateTime *now)
{
  g_return_if_fail (PRESYNC_IS_ASSESSMENT (self));
  if (now != NULL)
    g_date_time_ref (now);
  g_clear_pointer (&self->now, g_date_time_unref);
  self->now = now;
  presync_assessment_judge (self, NULL, NULL);
}

GDateTime *
presync_assessment_dup_now (PresyncAssessment *self)
{
  g_return_val_if_fail (PRESYNC_IS_ASSESSMENT (self), NULL);
  return self->now != NULL ? g_date_time_ref (self->now) : g_date_time_new_now_local ();
}
