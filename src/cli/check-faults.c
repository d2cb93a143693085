/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/check-faults.h"

#include <glib/gi18n.h>

#include "cli/command.h"
#include "sources/directory/directory-source.h"
#include "sources/network/network-source.h"
#include "sources/server/server-source.h"
#include "sources/sql/sql-source.h"
#include "sources/tenant/tenant-source.h"

/* The fingerprint is what --sql-certificate wants. */
static void
presync_check_print_certificate (PresyncSqlSource *source)
{
  GTlsCertificate *certificate = presync_sql_source_get_certificate (source);
  GListModel *stages = presync_source_get_stages (PRESYNC_SOURCE (source));

  for (guint i = 0; certificate != NULL && i < g_list_model_get_n_items (stages); i++)
    {
      g_autoptr (PresyncStage) stage = g_list_model_get_item (stages, i);
      g_autofree char *text = NULL;

      if (g_strcmp0 (presync_stage_get_id (stage), "tls") != 0
          || presync_stage_get_state (stage) != PRESYNC_STAGE_FAILED)
        continue;
      text = presync_directory_describe_certificate (certificate);
      g_printerr ("%s\n", text);
    }
}

/* A sentence that was not @told yet; @sentence: (nullable) */
static void
presync_check_tell (GHashTable *told, const char *sentence)
{
  if (sentence != NULL && g_hash_table_add (told, g_strdup (sentence)))
    presync_command_say ("presync-cli: ", sentence);
}

static void
presync_check_tell_server (GHashTable *told, PresyncServerSource *source)
{
  const char *const *problems = presync_server_source_get_problems (source);
  GFile *folder = presync_server_source_get_folder (source);
  g_autofree char *name = NULL;
  g_autofree char *sentence = NULL;

  for (guint i = 0; problems != NULL && problems[i] != NULL; i++)
    presync_check_tell (told, problems[i]);
  if (folder == NULL || (problems != NULL && problems[0] != NULL)
      || presync_source_get_state (PRESYNC_SOURCE (source)) == PRESYNC_SOURCE_FAILED
      || g_list_model_get_n_items (presync_server_source_get_reports (source)) > 0)
    return;
  name = g_file_get_parse_name (folder);
  sentence = g_strdup_printf (_ ("There is no facts file in “%s”."), name);
  presync_check_tell (told, sentence);
}

/* A check that ended well may have lost the server on the way. @keys: what @source tells */
static void
presync_check_tell_lost (GHashTable *told, PresyncFactSet *facts, const char *const *keys,
                         const char *source)
{
  for (guint i = 0; keys[i] != NULL; i++)
    {
      GPtrArray *found = presync_fact_set_lookup_source (facts, keys[i], source);
      PresyncFact *fact = found != NULL && found->len > 0 ? g_ptr_array_index (found, 0) : NULL;
      PresyncUnknown unknown
          = fact != NULL ? presync_fact_get_unknown (fact) : PRESYNC_UNKNOWN_NONE;

      if (unknown == PRESYNC_UNKNOWN_UNREACHABLE || unknown == PRESYNC_UNKNOWN_TIMED_OUT)
        {
          presync_check_tell (told, presync_fact_get_detail (fact));
          return;
        }
    }
}

/* One address that does not answer is a finding; if nothing is known of any, something is wrong
 * with the network itself. */
static void
presync_check_tell_network (GHashTable *told, PresyncFactSet *facts)
{
  const char *const *keys = presync_network_fact_keys ();
  const char *detail = NULL;

  for (guint i = 0; keys[i] != NULL; i++)
    {
      GPtrArray *found = presync_fact_set_lookup_source (facts, keys[i], "network");

      for (guint j = 0; found != NULL && j < found->len; j++)
        {
          PresyncFact *fact = g_ptr_array_index (found, j);

          if (presync_fact_get_unknown (fact) == PRESYNC_UNKNOWN_NONE)
            return;
          if (detail == NULL)
            detail = presync_fact_get_detail (fact);
        }
    }
  presync_check_tell (told, detail);
}

/* What a source that did not fail has to say nevertheless */
static void
presync_check_tell_source (GHashTable *told, PresyncSource *source, PresyncFactSet *facts)
{
  if (PRESYNC_IS_SQL_SOURCE (source))
    presync_check_tell_lost (told, facts, presync_sql_fact_keys (), "sql");
  else if (PRESYNC_IS_TENANT_SOURCE (source))
    {
      g_autofree char *cloud
          = presync_tenant_source_dup_other_cloud (PRESYNC_TENANT_SOURCE (source));

      presync_check_tell (told, cloud);
      presync_check_tell (told, presync_tenant_source_get_skew (PRESYNC_TENANT_SOURCE (source)));
      presync_check_tell_lost (told, facts, presync_tenant_open_fact_keys (), "tenant");
      presync_check_tell_lost (told, facts, presync_tenant_signed_in_fact_keys (), "tenant");
    }
  else if (PRESYNC_IS_NETWORK_SOURCE (source))
    presync_check_tell_network (told, facts);
}

void
presync_check_print_faults (PresyncAssessment *assessment, const GError *error)
{
  GListModel *sources = presync_runner_get_sources (presync_assessment_get_runner (assessment));
  g_autoptr (GHashTable) told = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  if (error != NULL)
    presync_check_tell (told, error->message);
  for (guint i = 0; i < g_list_model_get_n_items (sources); i++)
    {
      g_autoptr (PresyncSource) source = g_list_model_get_item (sources, i);
      gboolean failed = presync_source_get_state (source) == PRESYNC_SOURCE_FAILED;

      if (failed)
        presync_check_tell (told, presync_source_get_message (source));
      if (PRESYNC_IS_SERVER_SOURCE (source))
        presync_check_tell_server (told, PRESYNC_SERVER_SOURCE (source));
      if (PRESYNC_IS_SQL_SOURCE (source) && failed)
        presync_check_print_certificate (PRESYNC_SQL_SOURCE (source));
      else
        presync_check_tell_source (told, source, presync_assessment_get_facts (assessment));
    }
}
