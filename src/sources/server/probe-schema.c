/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sources/server/probe-schema.h"

#include "base/error.h"
#include "sources/network/reach.h"
#include "sources/proxy.h"
#include "sources/server/facts-reading.h"

#include <string.h>
#include <glib/gi18n.h>

#define GROUP "networkProbes"
/* A host name is no longer (RFC 1123, 2.1); of what is none, so much is shown. */
#define MAX_HOST_NAME 255
#define SHOWN 64

typedef struct
{
  const char *path;
  GHashTable *seen;
  GError **error;
} PresyncProbeCheck;

gboolean
presync_probe_schema_is_host (const char *name)
{
  gsize length = 0;

  g_return_val_if_fail (name != NULL, FALSE);
  while (name[length] != '\0'
         && (g_ascii_isalnum (name[length]) || strchr ("-._", name[length]) != NULL))
    length++;
  return name[length] == '\0' && length > 0 && length <= MAX_HOST_NAME;
}

/* (transfer full): so much of @text as fits into a sentence */
static char *
presync_probe_check_dup_shown (const char *text)
{
  g_autofree char *clean = presync_reading_clean_text (text);

  return g_utf8_substring (clean, 0, MIN (g_utf8_strlen (clean, -1), SHOWN));
}

/* (transfer none) (nullable): a text; %NULL with an error: @row has none */
static const char *
presync_probe_check_get_text (PresyncProbeCheck *self, JsonNode *row, const char *name,
                              const char *where)
{
  PresyncReading reading = presync_reading_get_member (row, name);

  if (reading.state == PRESYNC_READING_VALUE)
    return json_node_get_string (reading.node);
  g_set_error (self->error, PRESYNC_ERROR, PRESYNC_ERROR_BAD_INPUT,
               /* Translators: a file name, a JSON path */
               _ ("%s: %s.%s is missing."), self->path, where, name);
  return NULL;
}

static gboolean
presync_probe_check_kind (PresyncProbeCheck *self, JsonNode *row, const char *where)
{
  static const char *const kinds[] = { "record",  "name",    "domain",     "controller",
                                       "address", "sign-in", "federation", "federation-server",
                                       NULL };
  const char *kind = presync_probe_check_get_text (self, row, "kind", where);
  g_autofree char *shown = NULL;

  if (kind == NULL || g_strv_contains (kinds, kind))
    return kind != NULL;
  shown = presync_probe_check_dup_shown (kind);
  g_set_error (self->error, PRESYNC_ERROR, PRESYNC_ERROR_BAD_INPUT,
               /* Translators: a file name, a JSON path, a text */
               _ ("%s: %s.kind is “%s”, and Presync knows no such kind of probe."), self->path,
               where, shown);
  return FALSE;
}

static gboolean
presync_probe_check_host (PresyncProbeCheck *self, JsonNode *row, const char *where)
{
  const char *host = presync_probe_check_get_text (self, row, "host", where);
  g_autofree char *member = NULL;
  g_autofree char *shown = NULL;

  if (host == NULL || presync_probe_schema_is_host (host))
    return host != NULL;
  member = g_strconcat (where, ".host", NULL);
  shown = presync_probe_check_dup_shown (host);
  g_set_error (self->error, PRESYNC_ERROR, PRESYNC_ERROR_BAD_INPUT,
               _ ("%s: %s is “%s”, which is no host name."), self->path, member, shown);
  return FALSE;
}

static gboolean
presync_probe_check_outcome (PresyncProbeCheck *self, JsonNode *row, const char *where)
{
  const char *id = presync_probe_check_get_text (self, row, "outcome", where);
  PresyncReachOutcome outcome;
  g_autofree char *shown = NULL;

  if (id == NULL)
    return FALSE;
  if (presync_reach_outcome_from_id (id, &outcome) && outcome != PRESYNC_REACH_PENDING
      && outcome != PRESYNC_REACH_CANCELLED)
    return TRUE;
  shown = presync_probe_check_dup_shown (id);
  g_set_error (self->error, PRESYNC_ERROR, PRESYNC_ERROR_BAD_INPUT,
               /* Translators: a file name, a JSON path, a text */
               _ ("%s: %s.outcome is “%s”, and no probe ends so."), self->path, where, shown);
  return FALSE;
}

/* Two rows of one thing may contradict each other. */
static gboolean
presync_probe_check_once (PresyncProbeCheck *self, JsonNode *row, const char *where)
{
  JsonObject *object = json_node_get_object (row);
  const char *kind = json_object_get_string_member (object, "kind");
  g_autofree char *host = g_ascii_strdown (json_object_get_string_member (object, "host"), -1);
  PresyncReading reading = presync_reading_get_member (row, "port");
  gint64 port = 0;

  /* One controller stands for a domain, whatever its port. */
  if (!g_str_equal (kind, "domain"))
    presync_reading_get_integer (&reading, &port);
  /* The sign-in host is an address of the lists as well. */
  if (g_hash_table_add (self->seen,
                        g_strdup_printf ("%s %s %" G_GINT64_FORMAT,
                                         g_str_equal (kind, "sign-in") ? "address" : kind, host,
                                         port)))
    return TRUE;
  g_set_error (self->error, PRESYNC_ERROR, PRESYNC_ERROR_BAD_INPUT,
               /* Translators: a file name, a JSON path, a host name */
               _ ("%s: %s tells of %s, of which an earlier row tells already."), self->path, where,
               host);
  return FALSE;
}

/* What a proxy's address has of a name and password is not repeated. */
static gboolean
presync_probe_check_proxy (PresyncProbeCheck *self, JsonNode *row, const char *where)
{
  PresyncReading reading = presync_reading_get_member (row, "proxy");

  if (reading.state != PRESYNC_READING_VALUE
      || presync_proxy_check (json_node_get_string (reading.node), NULL))
    return TRUE;
  g_set_error (self->error, PRESYNC_ERROR, PRESYNC_ERROR_BAD_INPUT,
               /* Translators: a file name, a JSON path */
               _ ("%s: %s.proxy is not the address and port of a proxy, such as "
                  "http://proxy:8080."),
               self->path, where);
  return FALSE;
}

static gboolean
presync_probe_check_time (PresyncProbeCheck *self, JsonNode *certificate, const char *name,
                          const char *where)
{
  PresyncReading reading = presync_reading_get_member (certificate, name);
  g_autofree char *text = presync_reading_dup_text (&reading);
  g_autoptr (GDateTime) time = NULL;
  g_autofree char *member = NULL;
  g_autofree char *shown = NULL;

  if (text != NULL)
    time = g_date_time_new_from_iso8601 (text, NULL);
  if (text == NULL || time != NULL)
    return TRUE;
  member = g_strconcat (where, ".certificate.", name, NULL);
  shown = presync_probe_check_dup_shown (text);
  g_set_error (self->error, PRESYNC_ERROR, PRESYNC_ERROR_BAD_INPUT,
               _ ("%s: %s is “%s”, which is no time such as 2026-10-28T09:14:03Z."), self->path,
               member, shown);
  return FALSE;
}

static gboolean
presync_probe_check_length (PresyncProbeCheck *self, JsonArray *array, guint most,
                            const char *where)
{
  if (json_array_get_length (array) <= most)
    return TRUE;
  g_set_error (self->error, PRESYNC_ERROR, PRESYNC_ERROR_BAD_INPUT,
               /* Translators: a file name, a JSON path, two numbers */
               _ ("%s: %s has %u members, and no more than %u are taken."), self->path, where,
               json_array_get_length (array), most);
  return FALSE;
}

static gboolean
presync_probe_check_certificate (PresyncProbeCheck *self, JsonNode *row, const char *where)
{
  PresyncReading reading = presync_reading_get_member (row, "certificate");
  g_autofree char *member = g_strconcat (where, ".certificate.names", NULL);
  PresyncReading names;

  if (reading.state != PRESYNC_READING_VALUE)
    return TRUE;
  names = presync_reading_get_member (reading.node, "names");
  return (names.state != PRESYNC_READING_VALUE
          || presync_probe_check_length (self, json_node_get_array (names.node),
                                         PRESYNC_PROBE_MAX_NAMES, member))
         && presync_probe_check_time (self, reading.node, "notBefore", where)
         && presync_probe_check_time (self, reading.node, "notAfter", where);
}

static gboolean
presync_probe_check_cloud (PresyncProbeCheck *self, JsonNode *group)
{
  static const char *const clouds[]
      = { "worldwide", "us-government", "us-government-dod", "china", NULL };
  PresyncReading reading = presync_reading_get_member (group, "cloud");
  g_autofree char *shown = NULL;

  if (reading.state != PRESYNC_READING_VALUE
      || g_strv_contains (clouds, json_node_get_string (reading.node)))
    return TRUE;
  shown = presync_probe_check_dup_shown (json_node_get_string (reading.node));
  g_set_error (self->error, PRESYNC_ERROR, PRESYNC_ERROR_BAD_INPUT,
               /* Translators: a file name, a JSON path, a text */
               _ ("%s: %s is “%s”, and Presync knows no such cloud."), self->path, GROUP ".cloud",
               shown);
  return FALSE;
}

gboolean
presync_probe_schema_check (JsonNode *root, const char *path, GError **error)
{
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  PresyncProbeCheck self = { path, seen, error };
  PresyncReading group, rows;
  JsonArray *array;

  g_return_val_if_fail (root != NULL && path != NULL, FALSE);
  group = presync_reading_get_member (root, GROUP);
  if (group.state != PRESYNC_READING_VALUE)
    return TRUE;
  if (!presync_probe_check_cloud (&self, group.node))
    return FALSE;
  rows = presync_reading_get_member (group.node, "rows");
  array = presync_reading_get_array (&rows);
  if (array == NULL)
    return TRUE;
  if (!presync_probe_check_length (&self, array, PRESYNC_PROBE_MAX_ROWS, GROUP ".rows"))
    return FALSE;
  for (guint i = 0; i < json_array_get_length (array); i++)
    {
      JsonNode *row = json_array_get_element (array, i);
      g_autofree char *where = g_strdup_printf (GROUP ".rows[%u]", i);

      if (!presync_probe_check_kind (&self, row, where)
          || !presync_probe_check_host (&self, row, where)
          || !presync_probe_check_outcome (&self, row, where)
          || !presync_probe_check_once (&self, row, where)
          || !presync_probe_check_proxy (&self, row, where)
          || !presync_probe_check_certificate (&self, row, where))
        return FALSE;
    }
  return TRUE;
}
