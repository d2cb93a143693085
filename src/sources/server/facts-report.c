/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sources/server/facts-report.h"

#include "base/error.h"
#include "base/host-name.h"
#include "sources/json.h"
#include "sources/server/facts-reading.h"
#include "sources/server/facts-schema.h"
#include "sources/server/probe-schema.h"

#include <string.h>
#include <glib/gi18n.h>

/* Clocks differ; a file from further ahead is dated wrongly, and its age would mean nothing. */
#define MAX_AHEAD (10 * G_TIME_SPAN_MINUTE)
#define VERSION_MEMBER "presync-server-facts"
/* So much of what is no host name is shown. */
#define SHOWN_NAME 64

struct _PresyncFactsReport
{
  GObject parent_instance;
  char *path;
  char *text;
  JsonNode *root;
  char *name;
  char *dns_name;
  char *domain;
  GDateTime *collected;
  GPtrArray *unknown;
};

G_DEFINE_FINAL_TYPE (PresyncFactsReport, presync_facts_report, G_TYPE_OBJECT)

static void
presync_facts_report_finalize (GObject *object)
{
  PresyncFactsReport *self = PRESYNC_FACTS_REPORT (object);

  g_clear_pointer (&self->path, g_free);
  g_clear_pointer (&self->text, g_free);
  g_clear_pointer (&self->root, json_node_unref);
  g_clear_pointer (&self->name, g_free);
  g_clear_pointer (&self->dns_name, g_free);
  g_clear_pointer (&self->domain, g_free);
  g_clear_pointer (&self->collected, g_date_time_unref);
  g_clear_pointer (&self->unknown, g_ptr_array_unref);
  G_OBJECT_CLASS (presync_facts_report_parent_class)->finalize (object);
}

static void
presync_facts_report_class_init (PresyncFactsReportClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = presync_facts_report_finalize;
}

static void
presync_facts_report_init (PresyncFactsReport *self)
{
  self->unknown = g_ptr_array_new_with_free_func (g_free);
}

/* The version comes first: of a newer file nothing else can be judged. */
static gboolean
presync_facts_report_check_version (PresyncFactsReport *self, GError **error)
{
  JsonNode *node = JSON_NODE_HOLDS_OBJECT (self->root)
                       ? json_object_get_member (json_node_get_object (self->root), VERSION_MEMBER)
                       : NULL;
  double version;

  if (node == NULL)
    {
      g_set_error (error, PRESYNC_ERROR, PRESYNC_ERROR_BAD_INPUT,
                   /* Translators: a file name, a member's name */
                   _ ("%s is no facts file of a server: it is JSON without the member “%s”."),
                   self->path, VERSION_MEMBER);
      return FALSE;
    }
  if (!JSON_NODE_HOLDS_VALUE (node)
      || (json_node_get_value_type (node) != G_TYPE_INT64
          && json_node_get_value_type (node) != G_TYPE_DOUBLE))
    {
      g_set_error (error, PRESYNC_ERROR, PRESYNC_ERROR_BAD_INPUT,
                   /* Translators: a file name, a member's name */
                   _ ("%s: %s is not a number."), self->path, VERSION_MEMBER);
      return FALSE;
    }
  version = json_node_get_double (node);
  if (version > PRESYNC_FACTS_FILE_VERSION)
    {
      g_set_error (error, PRESYNC_ERROR, PRESYNC_ERROR_BAD_INPUT,
                   /* Translators: a file name, the version of its format */
                   _ ("%s was written by a newer collector script (format %.15g); update Presync."),
                   self->path, version);
      return FALSE;
    }
  if (version < PRESYNC_FACTS_FILE_VERSION)
    {
      g_set_error (error, PRESYNC_ERROR, PRESYNC_ERROR_BAD_INPUT,
                   /* Translators: a file name, a member's name, a number */
                   _ ("%s: %s is %.15g, and there is no such format."), self->path, VERSION_MEMBER,
                   version);
      return FALSE;
    }
  return TRUE;
}

static gboolean
presync_facts_report_read_time (PresyncFactsReport *self, GDateTime *now, GError **error)
{
  g_autoptr (GTimeZone) utc = g_time_zone_new_utc ();
  g_autoptr (GDateTime) time = NULL;
  PresyncReading reading = presync_facts_report_read (self, "collected");
  g_autofree char *text = presync_reading_dup_text (&reading);

  if (text != NULL)
    time = g_date_time_new_from_iso8601 (text, utc);
  /* The first and last moments of a far time zone have no name in UTC. */
  if (time != NULL)
    self->collected = g_date_time_to_utc (time);
  if (self->collected == NULL)
    {
      g_set_error (error, PRESYNC_ERROR, PRESYNC_ERROR_BAD_INPUT,
                   /* Translators: a file name, a JSON path, a text */
                   _ ("%s: %s is “%s”, which is no time such as 2026-10-28T09:14:03Z."), self->path,
                   "collected", text != NULL ? text : "");
      return FALSE;
    }
  if (g_date_time_difference (self->collected, now) > MAX_AHEAD)
    {
      g_autoptr (GDateTime) now_utc = g_date_time_to_utc (now);
      g_autofree char *written = g_date_time_format (self->collected, "%Y-%m-%dT%H:%M:%SZ");
      g_autofree char *here = g_date_time_format (now_utc, "%Y-%m-%dT%H:%M:%SZ");

      g_set_error (error, PRESYNC_ERROR, PRESYNC_ERROR_BAD_INPUT,
                   /* Translators: a file name and two times */
                   _ ("%s says that it was written at %s, but here it is %s; one of the two clocks "
                      "is wrong."),
                   self->path, written, here);
      return FALSE;
    }
  return TRUE;
}

/* (transfer full) (nullable): NULL for a text that is empty */
static char *
presync_facts_report_dup_name (PresyncFactsReport *self, const char *path)
{
  PresyncReading reading = presync_facts_report_read (self, path);
  g_autofree char *text = presync_reading_dup_text (&reading);

  if (text != NULL && g_strstrip (text)[0] != '\0')
    return g_steal_pointer (&text);
  return NULL;
}

/* @name: (nullable) */
static gboolean
presync_facts_report_check_host (PresyncFactsReport *self, const char *name, const char *where,
                                 GError **error)
{
  g_autofree char *shown = NULL;

  if (name == NULL || presync_probe_schema_is_host (name))
    return TRUE;
  shown = g_utf8_substring (name, 0, MIN (g_utf8_strlen (name, -1), SHOWN_NAME));
  g_set_error (error, PRESYNC_ERROR, PRESYNC_ERROR_BAD_INPUT,
               /* Translators: a file name, a JSON path, a text */
               _ ("%s: %s is “%s”, which is no host name."), self->path, where, shown);
  return FALSE;
}

static gboolean
presync_facts_report_read_names (PresyncFactsReport *self, GError **error)
{
  self->name = presync_facts_report_dup_name (self, "computer.name");
  self->dns_name = presync_facts_report_dup_name (self, "computer.dnsName");
  self->domain = presync_facts_report_dup_name (self, "computer.domain");
  if (self->name != NULL)
    return presync_facts_report_check_host (self, self->name, "computer.name", error)
           && presync_facts_report_check_host (self, self->dns_name, "computer.dnsName", error);
  g_set_error (error, PRESYNC_ERROR, PRESYNC_ERROR_BAD_INPUT, _ ("%s: %s is missing."), self->path,
               "computer.name");
  return FALSE;
}

static gboolean
presync_facts_report_check_size (const char *path, guint64 size, GError **error)
{
  if (size <= PRESYNC_FACTS_FILE_MAX_BYTES)
    return TRUE;
  g_set_error (error, PRESYNC_ERROR, PRESYNC_ERROR_LIMIT,
               /* Translators: a file name */
               _ ("%s is larger than 1 MB; a facts file is not."), path);
  return FALSE;
}

PresyncFactsReport *
presync_facts_report_parse (GBytes *data, const char *path, GDateTime *now, GError **error)
{
  g_autoptr (PresyncFactsReport) self = NULL;
  g_autofree char *text = NULL;
  gsize length = 0;

  g_return_val_if_fail (data != NULL && path != NULL && now != NULL, NULL);
  if (!presync_facts_report_check_size (path, g_bytes_get_size (data), error))
    return NULL;
  text = presync_json_decode (data, path, &length, error);
  if (text == NULL)
    return NULL;
  self = g_object_new (PRESYNC_TYPE_FACTS_REPORT, NULL);
  self->path = g_strdup (path);
  self->root = presync_json_parse (text, length, path, PRESYNC_FACTS_FILE_MAX_DEPTH, error);
  if (self->root == NULL || !presync_facts_report_check_version (self, error)
      || !presync_facts_schema_check (self->root, path, self->unknown, error)
      || !presync_probe_schema_check (self->root, path, error)
      || !presync_facts_report_read_names (self, error)
      || !presync_facts_report_read_time (self, now, error))
    return NULL;
  json_node_seal (self->root);
  g_ptr_array_add (self->unknown, NULL);
  self->text = g_steal_pointer (&text);
  return g_steal_pointer (&self);
}

/* @reason: (transfer full) */
static PresyncFactsReport *
presync_facts_report_fail_read (const char *path, GError *reason, GError **error)
{
  g_autofree char *why = presync_error_dup_reason (reason);

  if (g_error_matches (reason, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      g_propagate_error (error, reason);
      return NULL;
    }
  g_set_error (error, PRESYNC_ERROR, PRESYNC_ERROR_BAD_INPUT, _ ("“%s” cannot be read: %s"), path,
               why);
  g_error_free (reason);
  return NULL;
}

PresyncFactsReport *
presync_facts_report_load (GFile *file, GDateTime *now, GCancellable *cancellable, GError **error)
{
  g_autoptr (GFileInfo) info = NULL;
  g_autoptr (GFileInputStream) stream = NULL;
  g_autoptr (GBytes) bytes = NULL;
  g_autofree char *path = NULL;
  g_autofree char *data = NULL;
  gsize size = 0;
  GError *reason = NULL;

  g_return_val_if_fail (G_IS_FILE (file), NULL);
  path = g_file_get_parse_name (file);
  info = g_file_query_info (file, G_FILE_ATTRIBUTE_STANDARD_TYPE "," G_FILE_ATTRIBUTE_STANDARD_SIZE,
                            G_FILE_QUERY_INFO_NONE, cancellable, &reason);
  if (info == NULL)
    return presync_facts_report_fail_read (path, reason, error);
  /* Opening a pipe would wait for somebody to write. */
  if (g_file_info_get_file_type (info) != G_FILE_TYPE_REGULAR)
    {
      g_set_error (error, PRESYNC_ERROR, PRESYNC_ERROR_BAD_INPUT, _ ("“%s” is no ordinary file."),
                   path);
      return NULL;
    }
  if (!presync_facts_report_check_size (path, (guint64) g_file_info_get_size (info), error))
    return NULL;
  stream = g_file_read (file, cancellable, &reason);
  if (stream == NULL)
    return presync_facts_report_fail_read (path, reason, error);
  /* It may have grown, or say nothing of its size: one byte more tells. */
  data = g_malloc (PRESYNC_FACTS_FILE_MAX_BYTES + 1);
  if (!g_input_stream_read_all (G_INPUT_STREAM (stream), data, PRESYNC_FACTS_FILE_MAX_BYTES + 1,
                                &size, cancellable, &reason))
    return presync_facts_report_fail_read (path, reason, error);
  bytes = g_bytes_new_take (g_steal_pointer (&data), size);
  return presync_facts_report_parse (bytes, path, now, error);
}

JsonNode *
presync_facts_report_get_root (PresyncFactsReport *self)
{
  return self->root;
}

gboolean
presync_facts_report_equal (PresyncFactsReport *a, PresyncFactsReport *b)
{
  return g_strcmp0 (a->path, b->path) == 0 && json_node_equal (a->root, b->root);
}

const char *
presync_facts_report_get_path (PresyncFactsReport *self)
{
  g_return_val_if_fail (PRESYNC_IS_FACTS_REPORT (self), NULL);
  return self->path;
}

const char *
presync_facts_report_get_text (PresyncFactsReport *self)
{
  g_return_val_if_fail (PRESYNC_IS_FACTS_REPORT (self), NULL);
  return self->text;
}

const char *
presync_facts_report_get_name (PresyncFactsReport *self)
{
  g_return_val_if_fail (PRESYNC_IS_FACTS_REPORT (self), NULL);
  return self->name;
}

const char *
presync_facts_report_get_dns_name (PresyncFactsReport *self)
{
  g_return_val_if_fail (PRESYNC_IS_FACTS_REPORT (self), NULL);
  return self->dns_name;
}

GDateTime *
presync_facts_report_get_collected (PresyncFactsReport *self)
{
  g_return_val_if_fail (PRESYNC_IS_FACTS_REPORT (self), NULL);
  return self->collected;
}

const char *const *
presync_facts_report_get_unknown_members (PresyncFactsReport *self)
{
  g_return_val_if_fail (PRESYNC_IS_FACTS_REPORT (self), NULL);
  return (const char *const *) self->unknown->pdata;
}

gboolean
presync_facts_report_is_of (PresyncFactsReport *self, const char *server)
{
  const char *domain;

  g_return_val_if_fail (PRESYNC_IS_FACTS_REPORT (self), FALSE);
  g_return_val_if_fail (server != NULL, FALSE);
  domain = self->domain != NULL ? self->domain : "";
  /* Windows may have cut its own name to 15 characters. */
  return presync_host_name_is (server, self->name, domain)
         || (self->dns_name != NULL && presync_host_name_is (server, self->dns_name, domain));
}
