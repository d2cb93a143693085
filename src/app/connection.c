/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/connection.h"

#include <glib/gi18n.h>

#include "app/account-names.h"
#include "app/network-settings.h"
#include "app/server-facts.h"
#include "app/settings.h"
#include "app/sql-settings.h"
#include "app/tenant-settings.h"
#include "app/wake.h"
#include "assessment/history.h"
#include "assessment/statements.h"

/* Kept with an assessment that nothing may be connected for yet */
#define RESTING "presync-resting"
/* Kept with an assessment that nothing of the last one may be poured into */
#define APART "presync-apart"
/* Kept with an assessment whose directory was removed: PresyncDirectoryTarget its answers are of */
#define FORMER_TARGET "presync-former-target"

typedef struct
{
  PresyncAssessment *assessment;
  PresyncMessageFunc go_on;
  gpointer user_data;
  GDestroyNotify destroy;
} Switch;

static void
presync_connection_switch_free (gpointer data)
{
  Switch *change = data;

  if (change->destroy != NULL)
    change->destroy (change->user_data);
  g_object_unref (change->assessment);
  g_free (change);
}

static void
presync_connection_go_on_cb (gpointer user_data)
{
  Switch *change = user_data;

  change->go_on (change->user_data);
}

static void
presync_connection_forget_cb (gpointer user_data)
{
  Switch *change = user_data;
  g_autoptr (GPtrArray) answers = presync_assessment_list_answers (change->assessment);

  for (guint i = 0; i < answers->len; i++)
    {
      g_autofree char *condition
          = g_strdup (presync_answer_get_condition (g_ptr_array_index (answers, i)));

      presync_assessment_remove_answer (change->assessment, condition);
    }
  change->go_on (change->user_data);
}

void
presync_connection_take_live (PresyncSource *source)
{
  g_autoptr (GSettings) settings = presync_settings_new ();

  g_return_if_fail (PRESYNC_IS_SOURCE (source));

  presync_source_set_live (source, g_settings_get_boolean (settings, "live"));
}

PresyncDirectorySource *
presync_connection_get_directory (PresyncAssessment *assessment)
{
  GListModel *sources = NULL;

  g_return_val_if_fail (PRESYNC_IS_ASSESSMENT (assessment), NULL);

  sources = presync_runner_get_sources (presync_assessment_get_runner (assessment));
  for (guint i = 0; i < g_list_model_get_n_items (sources); i++)
    {
      g_autoptr (PresyncSource) source = g_list_model_get_item (sources, i);

      if (PRESYNC_IS_DIRECTORY_SOURCE (source))
        return PRESYNC_DIRECTORY_SOURCE (g_steal_pointer (&source));
    }
  return NULL;
}

gboolean
presync_connection_is_sample (PresyncAssessment *assessment)
{
  g_autoptr (PresyncDirectorySource) directory = presync_connection_get_directory (assessment);

  return directory != NULL
         && g_strcmp0 (presync_directory_source_get_target (directory)->ldif, PRESYNC_SAMPLE_LDIF)
                == 0;
}

void
presync_connection_rest (PresyncAssessment *assessment)
{
  g_return_if_fail (PRESYNC_IS_ASSESSMENT (assessment));

  g_object_set_data (G_OBJECT (assessment), RESTING, GINT_TO_POINTER (TRUE));
}

void
presync_connection_cancel_rest (PresyncAssessment *assessment)
{
  g_return_if_fail (PRESYNC_IS_ASSESSMENT (assessment));

  g_object_set_data (G_OBJECT (assessment), RESTING, NULL);
}

void
presync_connection_keep_apart (PresyncAssessment *assessment)
{
  g_return_if_fail (PRESYNC_IS_ASSESSMENT (assessment));

  g_object_set_data (G_OBJECT (assessment), APART, GINT_TO_POINTER (TRUE));
}

gboolean
presync_connection_is_apart (PresyncAssessment *assessment)
{
  g_return_val_if_fail (PRESYNC_IS_ASSESSMENT (assessment), FALSE);

  return g_object_get_data (G_OBJECT (assessment), APART) != NULL;
}

gboolean
presync_connection_is_resting (PresyncAssessment *assessment)
{
  g_return_val_if_fail (PRESYNC_IS_ASSESSMENT (assessment), FALSE);

  return g_object_get_data (G_OBJECT (assessment), RESTING) != NULL;
}

gboolean
presync_connection_is_remembered (PresyncAssessment *assessment)
{
  return !presync_connection_is_sample (assessment) && !presync_connection_is_resting (assessment)
         && !presync_connection_is_apart (assessment);
}

gboolean
presync_connection_has_begun (PresyncAssessment *assessment)
{
  GListModel *sources = NULL;
  PresyncStatements *statements = NULL;
  g_autoptr (GPtrArray) answers = NULL;

  g_return_val_if_fail (PRESYNC_IS_ASSESSMENT (assessment), FALSE);

  sources = presync_runner_get_sources (presync_assessment_get_runner (assessment));
  statements = presync_assessment_get_statements (assessment);
  answers = presync_statements_list_answers (statements);
  return g_list_model_get_n_items (sources) > 0 || answers->len > 0
         || presync_statements_has_waivers (statements)
         || presync_history_get_last (presync_assessment_get_history (assessment)) != NULL;
}

/* (transfer full): @source, for the sync server that a facts file names if it has none; the
 * sample's file names none but the sample's */
static PresyncDirectorySource *
presync_connection_complete (PresyncAssessment *assessment, PresyncDirectorySource *source)
{
  const PresyncDirectoryTarget *target = presync_directory_source_get_target (source);
  g_autoptr (PresyncServerSource) server = presync_server_facts_dup_source (assessment);
  g_autoptr (PresyncDirectoryTarget) named = NULL;
  const char *name = server != NULL && !presync_sample_owns_server (server)
                         ? presync_server_source_get_server (server)
                         : NULL;

  if (target->sync_server != NULL || name == NULL)
    return g_object_ref (source);
  named = presync_directory_target_copy (target);
  named->sync_server = g_strdup (name);
  return presync_directory_source_new (named);
}

/* What people had before they opened the sample comes back. */
static void
presync_connection_leave_sample (PresyncAssessment *assessment)
{
  /* The sources first: their names would decide in the plan that comes back. */
  presync_sample_remove_sources (assessment);
  presync_account_names_follow (assessment, FALSE);
  presync_network_settings_follow (assessment, FALSE);
  if (presync_connection_is_apart (assessment))
    return;
  presync_server_facts_restore (assessment);
  presync_sql_settings_restore (assessment);
  presync_tenant_settings_restore (assessment);
  presync_network_settings_restore (assessment);
}

/* As it was before the sample came with its own */
static void
presync_connection_restore_sync_server (PresyncAssessment *assessment)
{
  g_autoptr (GSettings) settings = presync_settings_new ();
  g_autofree char *name = g_settings_get_string (settings, "sync-server");

  presync_assessment_set_sync_server (
      assessment, *name != '\0' && !presync_connection_is_apart (assessment) ? name : NULL);
}

void
presync_connection_use (PresyncAssessment *assessment, PresyncDirectorySource *given)
{
  PresyncRunner *runner = NULL;
  gboolean was_sample = FALSE;
  g_autoptr (PresyncDirectorySource) source = NULL;

  g_return_if_fail (PRESYNC_IS_ASSESSMENT (assessment));
  g_return_if_fail (PRESYNC_IS_DIRECTORY_SOURCE (given));

  source = presync_connection_complete (assessment, given);
  was_sample = presync_connection_is_sample (assessment);
  runner = presync_assessment_get_runner (assessment);
  presync_runner_cancel (runner);
  presync_assessment_set_sync_server (assessment,
                                      presync_directory_source_get_target (source)->sync_server);
  presync_connection_take_live (PRESYNC_SOURCE (source));
  presync_runner_set_source (runner, PRESYNC_SOURCE (source));
  g_object_set_data (G_OBJECT (assessment), FORMER_TARGET, NULL);
  if (was_sample && !presync_connection_is_sample (assessment))
    presync_connection_leave_sample (assessment);
  else if (!was_sample && presync_connection_is_sample (assessment))
    {
      presync_account_names_follow (assessment, TRUE);
      presync_network_settings_follow (assessment, TRUE);
      presync_sample_add_sources (assessment);
    }
  presync_wake_check (assessment);
}

/* A target never changes; the same one with another server takes its place. */
static void
presync_connection_follow (PresyncAssessment *assessment)
{
  g_autoptr (PresyncDirectorySource) old = presync_connection_get_directory (assessment);
  g_autoptr (PresyncDirectorySource) fresh = NULL;
  g_autoptr (PresyncDirectoryTarget) target = NULL;
  const char *name = presync_assessment_get_sync_server (assessment);

  if (old == NULL || presync_connection_is_resting (assessment)
      || g_strcmp0 (presync_directory_source_get_target (old)->sync_server, name) == 0)
    return;
  target = presync_directory_target_copy (presync_directory_source_get_target (old));
  g_free (target->sync_server);
  target->sync_server = g_strdup (name);
  fresh = presync_directory_source_new (target);
  presync_connection_use (assessment, fresh);
}

void
presync_connection_wake (PresyncAssessment *assessment)
{
  g_autoptr (PresyncDirectorySource) directory = NULL;

  g_return_if_fail (PRESYNC_IS_ASSESSMENT (assessment));

  if (!presync_connection_is_resting (assessment))
    return;
  g_object_set_data (G_OBJECT (assessment), RESTING, NULL);
  directory = presync_connection_get_directory (assessment);
  if (directory != NULL)
    presync_connection_take_live (PRESYNC_SOURCE (directory));
  presync_connection_follow (assessment);
}

void
presync_connection_set_sync_server (PresyncAssessment *assessment, const char *sync_server)
{
  const char *name = sync_server != NULL && *sync_server != '\0' ? sync_server : NULL;

  g_return_if_fail (PRESYNC_IS_ASSESSMENT (assessment));

  if (g_strcmp0 (presync_assessment_get_sync_server (assessment), name) == 0)
    return;

  presync_assessment_set_sync_server (assessment, name);
  presync_connection_follow (assessment);
  /* Its name may have told where SQL Server runs. */
  presync_settings_save (assessment);
}

void
presync_connection_name_sync_server (PresyncAssessment *assessment, const char *sync_server)
{
  g_autoptr (GSettings) settings = presync_settings_new ();

  g_return_if_fail (PRESYNC_IS_ASSESSMENT (assessment));

  /* The sample's own must not turn up in the next real assessment. */
  if (presync_connection_is_remembered (assessment))
    g_settings_set_string (settings, "sync-server", sync_server != NULL ? sync_server : "");
  presync_connection_set_sync_server (assessment, sync_server);
}

static gboolean
presync_connection_named_idle_cb (gpointer user_data)
{
  PresyncAssessment *assessment = user_data;

  presync_connection_name_sync_server (assessment, presync_assessment_get_sync_server (assessment));
  presync_connection_follow (assessment);
  presync_settings_save (assessment);
  return G_SOURCE_REMOVE;
}

/* Later: a directory that is about to be used may be what named it. */
static void
presync_connection_named_cb (PresyncAssessment *assessment)
{
  g_autoptr (PresyncServerSource) server = presync_server_facts_dup_source (assessment);
  const char *name = presync_assessment_get_sync_server (assessment);

  if (name != NULL && server != NULL
      && g_strcmp0 (presync_server_source_get_server (server), name) == 0)
    g_idle_add_full (G_PRIORITY_DEFAULT, presync_connection_named_idle_cb,
                     g_object_ref (assessment), g_object_unref);
}

void
presync_connection_watch_sync_server (PresyncAssessment *assessment)
{
  g_return_if_fail (PRESYNC_IS_ASSESSMENT (assessment));

  g_signal_connect (assessment, "notify::sync-server", G_CALLBACK (presync_connection_named_cb),
                    NULL);
  presync_connection_follow (assessment);
}

void
presync_connection_remove (PresyncAssessment *assessment)
{
  g_autoptr (PresyncDirectorySource) directory = NULL;
  gboolean sample = FALSE;

  g_return_if_fail (PRESYNC_IS_ASSESSMENT (assessment));

  directory = presync_connection_get_directory (assessment);
  if (directory == NULL)
    return;
  g_object_set_data_full (
      G_OBJECT (assessment), FORMER_TARGET,
      presync_directory_target_copy (presync_directory_source_get_target (directory)),
      (GDestroyNotify) presync_directory_target_free);
  sample = presync_connection_is_sample (assessment);
  presync_runner_remove_source (presync_assessment_get_runner (assessment),
                                presync_source_get_id (PRESYNC_SOURCE (directory)));
  if (!sample)
    return;
  presync_sample_remove_sources (assessment);
  presync_connection_restore_sync_server (assessment);
  presync_connection_leave_sample (assessment);
}

/* (transfer none) (nullable): the directory that the assessment's answers are of */
static const PresyncDirectoryTarget *
presync_connection_get_target (PresyncAssessment *assessment)
{
  g_autoptr (PresyncDirectorySource) directory = presync_connection_get_directory (assessment);

  /* The runner keeps it alive. */
  if (directory != NULL)
    return presync_directory_source_get_target (directory);
  return g_object_get_data (G_OBJECT (assessment), FORMER_TARGET);
}

static gboolean
presync_connection_is_same (const PresyncDirectoryTarget *a, const PresyncDirectoryTarget *b)
{
  g_autofree char *a_text = presync_directory_target_dup_text (a);
  g_autofree char *b_text = presync_directory_target_dup_text (b);

  return g_strcmp0 (a->ldif, b->ldif) == 0 && g_str_equal (a_text, b_text);
}

static void
presync_connection_ask_answers (GtkWindow *parent, Switch *change, guint n, const char *present)
{
  const char *name = presync_assessment_get_name (change->assessment);
  g_autofree char *body = NULL;

  /* TRANSLATORS: %s is a forest, such as contoso.com, or a server */
  body = g_strdup_printf (
      ngettext ("%u answer was given for %s. It may not be true of another directory.",
                "%u answers were given for %s. They may not be true of another directory.", n),
      n, *name != '\0' ? name : present);
  presync_message_choose (parent, _ ("Keep the answers given by hand?"), body, _ ("_Forget them"),
                          _ ("_Keep"), presync_connection_forget_cb, presync_connection_go_on_cb,
                          change, presync_connection_switch_free);
}

void
presync_connection_ask (GtkWindow *parent, PresyncAssessment *assessment,
                        const PresyncDirectoryTarget *target, gboolean leaving,
                        PresyncMessageFunc go_on, gpointer user_data, GDestroyNotify destroy)
{
  g_autoptr (GPtrArray) answers = NULL;
  g_autoptr (PresyncDirectorySource) directory = NULL;
  g_autofree char *present = NULL;
  const PresyncDirectoryTarget *old = NULL;
  Switch *change = NULL;

  g_return_if_fail (PRESYNC_IS_ASSESSMENT (assessment));
  g_return_if_fail (target != NULL && go_on != NULL);

  change = g_new0 (Switch, 1);
  change->assessment = g_object_ref (assessment);
  change->go_on = go_on;
  change->user_data = user_data;
  change->destroy = destroy;
  answers = presync_assessment_list_answers (assessment);
  directory = presync_connection_get_directory (assessment);
  old = presync_connection_get_target (assessment);
  if (old != NULL)
    present = presync_directory_target_dup_text (old);

  if (old != NULL && answers->len > 0 && !presync_connection_is_same (old, target))
    presync_connection_ask_answers (parent, change, answers->len, present);
  else if (leaving && directory != NULL && old->ldif == NULL)
    {
      g_autofree char *heading = g_strdup_printf (_ ("Leave %s?"), present);

      presync_message_ask (parent, heading,
                           _ ("The connection is closed, and the sample takes its place."),
                           _ ("_Open the sample"), FALSE, presync_connection_go_on_cb, change,
                           presync_connection_switch_free);
    }
  else
    {
      go_on (user_data);
      presync_connection_switch_free (change);
    }
}
