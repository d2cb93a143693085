/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/sql-place.h"

#include <gio/gio.h>

/* (transfer full): without white space, the dot at the end, and in lower case */
static char *
presync_sql_place_normalize (const char *name)
{
  g_autofree char *plain = g_strstrip (g_ascii_strdown (name, -1));
  gsize length = strlen (plain);

  if (length > 0 && plain[length - 1] == '.')
    plain[length - 1] = '\0';
  return g_steal_pointer (&plain);
}

/* Does @whole begin with the labels of @part? */
static gboolean
presync_sql_place_begins (const char *whole, const char *part)
{
  gsize length = strlen (part);

  return g_str_has_prefix (whole, part) && (whole[length] == '\0' || whole[length] == '.');
}

PresyncSqlPlace
presync_sql_place_compare (const char *server, const char *sync_server)
{
  g_autofree char *a = NULL;
  g_autofree char *b = NULL;

  if (server == NULL || sync_server == NULL)
    return PRESYNC_SQL_PLACE_UNKNOWN;
  a = presync_sql_place_normalize (server);
  b = presync_sql_place_normalize (sync_server);
  if (*a == '\0' || *b == '\0' || g_hostname_is_ip_address (a) || g_hostname_is_ip_address (b)
      || g_str_equal (a, "localhost"))
    return PRESYNC_SQL_PLACE_UNKNOWN;
  return presync_sql_place_begins (a, b) || presync_sql_place_begins (b, a)
             ? PRESYNC_SQL_PLACE_HERE
             : PRESYNC_SQL_PLACE_ELSEWHERE;
}

void
presync_sql_place_plan (PresyncAssessment *assessment, const char *server)
{
  PresyncSqlPlace place = PRESYNC_SQL_PLACE_UNKNOWN;

  g_return_if_fail (PRESYNC_IS_ASSESSMENT (assessment));

  place = presync_sql_place_compare (server, presync_assessment_get_sync_server (assessment));
  if (place != PRESYNC_SQL_PLACE_UNKNOWN)
    presync_assessment_set_feature (assessment, "remote-sql", place == PRESYNC_SQL_PLACE_ELSEWHERE);
}
