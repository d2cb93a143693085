/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sources/sql/helper/reporter.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>
#include <glib/gi18n.h>

#include "base/error.h"

/* Presync takes at most 1 MB in all; stages and certificate are small. */
#define RESULT_MAX (900 * 1024)
/* If even the writing of an error hangs, the kernel ends the process so long after the limit. */
#define GRACE_SECONDS 2

struct _PresyncSqlReporter
{
  int descriptor;
  char *server;
  GThread *thread;
  GMutex mutex; /* guards all below, and the output */
  GCond cond;
  gint64 end;       /* monotonic */
  gint64 stage_end; /* monotonic; 0: no stage runs */
  guint seconds;
  guint stage_seconds;
  const char *stage;
  gboolean finished;
};

const char *
presync_sql_error_code (const GError *error)
{
  static const struct
  {
    PresyncError code;
    const char *name;
  } names[] = {
    { PRESYNC_ERROR_BAD_INPUT, "bad-input" },
    { PRESYNC_ERROR_UNREACHABLE, "unreachable" },
    { PRESYNC_ERROR_TIMED_OUT, "timed-out" },
    { PRESYNC_ERROR_CERTIFICATE, "certificate" },
    { PRESYNC_ERROR_SIGN_IN, "sign-in" },
    { PRESYNC_ERROR_NO_RIGHT, "no-right" },
    { PRESYNC_ERROR_NOT_SUPPORTED, "not-supported" },
    { PRESYNC_ERROR_REFUSED, "refused" },
    { PRESYNC_ERROR_NOT_FOUND, "not-found" },
    { PRESYNC_ERROR_LIMIT, "limit" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    if (g_error_matches (error, PRESYNC_ERROR, (int) names[i].code))
      return names[i].name;
  return "failed";
}

static void
presync_sql_reporter_write (PresyncSqlReporter *self, JsonNode *node)
{
  gsize length = 0;
  g_autofree char *json = NULL;
  g_autofree char *line = NULL;
  gsize at = 0;

  json = json_to_string (node, FALSE);
  line = g_strconcat (json, "\n", NULL);
  length = strlen (line);
  while (at < length)
    {
      gssize written = write (self->descriptor, line + at, length - at);
      if (written < 0 && errno == EINTR)
        continue;
      if (written <= 0)
        return; /* nobody reads any more */
      at += (gsize) written;
    }
}

static void
presync_sql_add_text (JsonObject *object, const char *name, const char *text)
{
  g_autofree char *valid = g_utf8_make_valid (text, -1);
  json_object_set_string_member (object, name, valid);
}

/* (transfer full): {"@name":@object}; takes @object */
static JsonNode *
presync_sql_wrap (const char *name, JsonObject *object)
{
  JsonNode *node = json_node_new (JSON_NODE_OBJECT);
  JsonObject *outer = json_object_new ();

  json_object_set_object_member (outer, name, object);
  json_node_take_object (node, outer);
  return node;
}

static void
presync_sql_reporter_write_stage (PresyncSqlReporter *self, const char *stage, const char *state,
                                  const char *text)
{
  g_autoptr (JsonNode) node = json_node_new (JSON_NODE_OBJECT);
  JsonObject *object = json_object_new ();

  json_object_set_string_member (object, "stage", stage);
  json_object_set_string_member (object, "state", state);
  if (text != NULL)
    presync_sql_add_text (object, "text", text);
  json_node_take_object (node, object);
  presync_sql_reporter_write (self, node);
}

/* With the mutex held. */
static void
presync_sql_reporter_write_error (PresyncSqlReporter *self, const GError *error)
{
  g_autoptr (JsonNode) node = NULL;
  JsonObject *object = json_object_new ();

  if (self->stage_end != 0)
    presync_sql_reporter_write_stage (self, self->stage, "failed", error->message);
  json_object_set_string_member (object, "stage", self->stage);
  json_object_set_string_member (object, "code", presync_sql_error_code (error));
  presync_sql_add_text (object, "message", error->message);
  node = presync_sql_wrap ("error", object);
  presync_sql_reporter_write (self, node);
  self->finished = TRUE;
}

static GError *
presync_sql_reporter_new_late (PresyncSqlReporter *self)
{
  gboolean stage = self->stage_end != 0 && self->stage_end < self->end;
  guint seconds = stage ? self->stage_seconds : self->seconds;

  if (!stage)
    return g_error_new (PRESYNC_ERROR, PRESYNC_ERROR_TIMED_OUT,
                        ngettext ("The check of %s did not end within %u second",
                                  "The check of %s did not end within %u seconds", seconds),
                        self->server, seconds);
  if (g_str_equal (self->stage, "sign-in"))
    return g_error_new (PRESYNC_ERROR, PRESYNC_ERROR_TIMED_OUT,
                        ngettext ("%s did not finish the sign-in within %u second",
                                  "%s did not finish the sign-in within %u seconds", seconds),
                        self->server, seconds);
  return g_error_new (PRESYNC_ERROR, PRESYNC_ERROR_TIMED_OUT,
                      ngettext ("%s did not answer within %u second",
                                "%s did not answer within %u seconds", seconds),
                      self->server, seconds);
}

static gpointer
presync_sql_reporter_watch (gpointer data)
{
  PresyncSqlReporter *self = data;
  gint64 until;

  g_mutex_lock (&self->mutex);
  while (!self->finished)
    {
      until = self->stage_end != 0 ? MIN (self->end, self->stage_end) : self->end;
      if (g_get_monotonic_time () >= until)
        {
          g_autoptr (GError) error = presync_sql_reporter_new_late (self);
          presync_sql_reporter_write_error (self, error);
          _exit (1); /* the other thread is inside a library that does not return */
        }
      g_cond_wait_until (&self->cond, &self->mutex, until);
    }
  g_mutex_unlock (&self->mutex);
  return NULL;
}

PresyncSqlReporter *
presync_sql_reporter_new (int descriptor, const char *server, guint seconds)
{
  PresyncSqlReporter *self = g_new0 (PresyncSqlReporter, 1);

  self->descriptor = descriptor;
  self->server = g_strdup (server);
  self->seconds = seconds;
  self->stage = "find";
  self->end = g_get_monotonic_time () + seconds * G_TIME_SPAN_SECOND;
  g_mutex_init (&self->mutex);
  g_cond_init (&self->cond);
  alarm (seconds + GRACE_SECONDS);
  self->thread = g_thread_new ("clock", presync_sql_reporter_watch, self);
  return self;
}

void
presync_sql_reporter_free (PresyncSqlReporter *self)
{
  g_mutex_lock (&self->mutex);
  self->finished = TRUE;
  g_cond_signal (&self->cond);
  g_mutex_unlock (&self->mutex);
  g_thread_join (self->thread);
  g_mutex_clear (&self->mutex);
  g_cond_clear (&self->cond);
  g_free (self->server);
  g_free (self);
}

void
presync_sql_reporter_begin (PresyncSqlReporter *self, const char *stage, guint limit)
{
  g_mutex_lock (&self->mutex);
  self->stage = stage;
  self->stage_seconds = limit;
  self->stage_end = g_get_monotonic_time () + limit * G_TIME_SPAN_SECOND;
  presync_sql_reporter_write_stage (self, stage, "running", NULL);
  g_cond_signal (&self->cond);
  g_mutex_unlock (&self->mutex);
}

void
presync_sql_reporter_done (PresyncSqlReporter *self, const char *text)
{
  g_mutex_lock (&self->mutex);
  self->stage_end = 0;
  presync_sql_reporter_write_stage (self, self->stage, "done", text);
  g_mutex_unlock (&self->mutex);
}

void
presync_sql_reporter_skip (PresyncSqlReporter *self, const char *stage)
{
  g_mutex_lock (&self->mutex);
  presync_sql_reporter_write_stage (self, stage, "skipped", NULL);
  g_mutex_unlock (&self->mutex);
}

void
presync_sql_reporter_show_certificate (PresyncSqlReporter *self, const char *pem)
{
  g_autoptr (JsonNode) node = json_node_new (JSON_NODE_OBJECT);
  JsonObject *object = json_object_new ();

  presync_sql_add_text (object, "certificate", pem);
  json_node_take_object (node, object);
  g_mutex_lock (&self->mutex);
  presync_sql_reporter_write (self, node);
  g_mutex_unlock (&self->mutex);
}

/* @object: (transfer full) */
static void
presync_sql_reporter_show (PresyncSqlReporter *self, const char *name, JsonObject *object)
{
  g_autoptr (JsonNode) node = presync_sql_wrap (name, object);

  g_mutex_lock (&self->mutex);
  presync_sql_reporter_write (self, node);
  g_mutex_unlock (&self->mutex);
}

void
presync_sql_reporter_show_prelogin (PresyncSqlReporter *self, JsonObject *prelogin)
{
  presync_sql_reporter_show (self, "prelogin", prelogin);
}

void
presync_sql_reporter_show_browser (PresyncSqlReporter *self, gboolean named_pipes)
{
  JsonObject *browser = json_object_new ();

  json_object_set_boolean_member (browser, "named-pipes", named_pipes);
  presync_sql_reporter_show (self, "browser", browser);
}

void
presync_sql_reporter_fail (PresyncSqlReporter *self, const GError *error)
{
  g_mutex_lock (&self->mutex);
  if (!self->finished)
    presync_sql_reporter_write_error (self, error);
  g_mutex_unlock (&self->mutex);
}

gboolean
presync_sql_reporter_finish (PresyncSqlReporter *self, JsonNode *result)
{
  g_autoptr (JsonNode) inner = result;
  g_autofree char *json = json_to_string (inner, FALSE);
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) node = NULL;

  if (strlen (json) > RESULT_MAX)
    {
      error
          = g_error_new (PRESYNC_ERROR, PRESYNC_ERROR_LIMIT,
                         _ ("%s answered with more than Presync is willing to take"), self->server);
      presync_sql_reporter_fail (self, error);
      return FALSE;
    }
  node = presync_sql_wrap ("result", json_node_dup_object (inner));
  g_mutex_lock (&self->mutex);
  if (!self->finished)
    presync_sql_reporter_write (self, node);
  self->finished = TRUE;
  g_mutex_unlock (&self->mutex);
  return TRUE;
}
