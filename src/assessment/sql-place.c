/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "assessment/sql-place.h"

#include <gio/gio.h>
#include <glib/gi18n.h>
#include <string.h>

#include "base/host-name.h"
#include "sources/sql/sql-source.h"

/* (transfer full): without white space, brackets and the dot at the end, and in lower case */
static char *
presync_sql_place_normalize (const char *name)
{
  g_autofree char *plain = g_strstrip (g_ascii_strdown (name != NULL ? name : "", -1));
  gsize length = strlen (plain);

  if (length > 1 && plain[0] == '[' && plain[length - 1] == ']')
    return g_strndup (plain + 1, length - 2);
  if (length > 0 && plain[length - 1] == '.')
    plain[length - 1] = '\0';
  return g_steal_pointer (&plain);
}

/* An address tells no name, and every computer calls itself "localhost". */
static gboolean
presync_sql_place_tells (const char *name)
{
  gsize label = strcspn (name, ".");

  return *name != '\0' && !g_hostname_is_ip_address (name)
         && name[strspn (name, "0123456789.")] != '\0' && !g_str_equal (name, "(local)")
         && !(label == strlen ("localhost") && g_str_has_prefix (name, "localhost"))
         && !g_str_has_suffix (name, ".localhost");
}

static gboolean
presync_sql_place_has_domain (const char *name)
{
  return strchr (name, '.') != NULL;
}

PresyncSqlPlace
presync_sql_place_compare (const char *server, const char *sync_server, const char *dns_name)
{
  g_autofree char *name = presync_sql_place_normalize (server);
  g_autofree char *given = presync_sql_place_normalize (sync_server);
  g_autofree char *full = presync_sql_place_normalize (dns_name);
  gboolean has_given = presync_sql_place_tells (given);
  gboolean has_full = presync_sql_place_tells (full);

  if (!presync_sql_place_tells (name) || (!has_given && !has_full))
    return PRESYNC_SQL_PLACE_UNKNOWN;
  /* A name without a domain says less than the one with it. */
  if (has_full && presync_sql_place_has_domain (full) && presync_sql_place_has_domain (name)
      && !presync_sql_place_has_domain (given))
    has_given = FALSE;
  return (has_given && presync_host_name_is (name, given, NULL))
                 || (has_full && presync_host_name_is (name, full, NULL))
             ? PRESYNC_SQL_PLACE_SAME
             : PRESYNC_SQL_PLACE_OTHER;
}

PresyncSqlPlace
presync_sql_place_get (PresyncAssessment *assessment, const char *server)
{
  g_autoptr (PresyncSource) source = NULL;
  const char *sync_server;
  const char *dns_name = NULL;
  GPtrArray *facts;

  g_return_val_if_fail (PRESYNC_IS_ASSESSMENT (assessment), PRESYNC_SQL_PLACE_UNKNOWN);

  source = presync_assessment_dup_source (assessment, "sql");
  if (server == NULL && PRESYNC_IS_SQL_SOURCE (source))
    server = presync_sql_source_get_target (PRESYNC_SQL_SOURCE (source))->server;
  sync_server = presync_assessment_get_sync_server (assessment);
  facts = presync_fact_set_lookup (presync_assessment_get_facts (assessment), "server.name");
  if (sync_server != NULL && facts != NULL && facts->len > 0)
    {
      PresyncFact *fact = g_ptr_array_index (facts, 0);

      if (presync_fact_get_unknown (fact) == PRESYNC_UNKNOWN_NONE)
        dns_name = presync_fact_get_text (fact);
      /* What was read of another server, before this one was named */
      if (dns_name != NULL
          && presync_sql_place_compare (dns_name, sync_server, NULL) == PRESYNC_SQL_PLACE_OTHER)
        dns_name = NULL;
    }
  return presync_sql_place_compare (server, sync_server, dns_name);
}

char *
presync_sql_place_dup_text (PresyncAssessment *assessment, PresyncSqlPlace place)
{
  const char *sync_server;

  g_return_val_if_fail (PRESYNC_IS_ASSESSMENT (assessment), NULL);

  sync_server = presync_assessment_get_sync_server (assessment);
  if (place == PRESYNC_SQL_PLACE_OTHER)
    /* TRANSLATORS: of a SQL Server; %s is a server, such as SYNC01 */
    return g_strdup_printf (_ ("The names tell: the sync server is %s"), sync_server);
  if (place == PRESYNC_SQL_PLACE_SAME)
    /* TRANSLATORS: of a SQL Server; %s is a server, such as SYNC01 */
    return g_strdup_printf (_ ("The names tell: it is the sync server, %s"), sync_server);
  return NULL;
}

void
presync_sql_place_plan_own (PresyncAssessment *assessment, gboolean own)
{
  g_return_if_fail (PRESYNC_IS_ASSESSMENT (assessment));

  if (own && presync_assessment_get_feature (assessment, "own-sql"))
    return;
  /* In this order: where names tell, the assessment answers to "own-sql" with "remote-sql". */
  if (own)
    presync_assessment_set_feature (assessment, "remote-sql", TRUE);
  presync_assessment_set_feature (assessment, "own-sql", own);
  if (!own)
    presync_assessment_set_feature (assessment, "remote-sql", FALSE);
}
