/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sources/sql/sql-helper.h"

#include <string.h>
#include <glib/gi18n.h>
#include <json-glib/json-glib.h>

#include "base/error.h"
#include "base/libexec.h"
#include "base/socket-pair.h"
#include "sources/sql/sql-json.h"

#define PROGRAM "presync-sql"
#define CHUNK_BYTES 65536
/* The program ends so many seconds earlier, with a better sentence. */
#define HEAD_START 5
/* How long a program that has said its last line may take to tidy up */
#define TIDY_SECONDS 3

struct _PresyncSqlHelper
{
  char *server; /* for sentences */
  char *stage;  /* nullable: what it is at */
  guint deadline_seconds;
  PresyncSqlHelperFunc func;
  gpointer user_data;
  GSubprocess *process;
  GCancellable *reading;
  GByteArray *pending; /* the beginning of a line */
  gsize total;
  GSource *deadline;
  gboolean ended; /* it has said its last line */
};

static void presync_sql_helper_read (PresyncSqlHelper *self);

/* Overwrites what held the password, in a way that is not optimized away */
static void
presync_sql_helper_wipe (char *text, gsize length)
{
  volatile char *p = text;

  while (length-- > 0)
    *p++ = '\0';
}

/* JSON text. It is written by hand: a builder would leave copies of the password behind. */
static void
presync_sql_helper_append_text (GString *request, const char *member, const char *value)
{
  static const char *const hex = "0123456789abcdef";

  if (value == NULL)
    return;
  g_string_append_printf (request, "\"%s\":\"", member);
  for (const guchar *p = (const guchar *) value; *p != '\0'; p++)
    {
      if (*p < 0x20 || *p == '"' || *p == '\\' || *p == 0x7f)
        {
          g_string_append (request, "\\u00");
          g_string_append_c (request, hex[*p >> 4]);
          g_string_append_c (request, hex[*p & 15]);
        }
      else
        g_string_append_c (request, (char) *p);
    }
  g_string_append (request, "\",");
}

/* Has room for all of it from the start, so that no smaller copy is left behind either */
static GString *
presync_sql_helper_write_request (const PresyncSqlTarget *target, gboolean test_only,
                                  guint deadline)
{
  gsize password = target->password != NULL ? presync_secret_get_length (target->password) : 0;
  GString *request = g_string_sized_new (
      8192 + 6 * password + (target->ca_file != NULL ? 6 * strlen (target->ca_file) : 0));

  g_string_append_c (request, '{');
  presync_sql_helper_append_text (request, "server", target->server);
  presync_sql_helper_append_text (request, "instance", target->instance);
  if (!target->kerberos)
    {
      presync_sql_helper_append_text (request, "login", target->login);
      if (target->password != NULL)
        presync_sql_helper_append_text (request, "password",
                                        presync_secret_peek (target->password));
    }
  presync_sql_helper_append_text (request, "ca-file", target->ca_file);
  presync_sql_helper_append_text (request, "pin", target->pin);
  g_string_append_printf (request, "\"port\":%u,\"kerberos\":%s,\"test-only\":%s,\"seconds\":%u}\n",
                          target->port, target->kerberos ? "true" : "false",
                          test_only ? "true" : "false",
                          deadline > HEAD_START ? deadline - HEAD_START : 1);
  return request;
}

/* A socket, since writing to a pipe whose reader has died would end this program too. The request
 * fits into its buffer, so this does not wait. */
static gboolean
presync_sql_helper_send (GSocket *socket, GString *request, GError **error)
{
  gsize sent = 0;

  g_socket_set_blocking (socket, FALSE);
  while (sent < request->len)
    {
      gssize n = g_socket_send (socket, request->str + sent, request->len - sent, NULL, error);
      if (n <= 0)
        return FALSE;
      sent += (gsize) n;
    }
  return g_socket_shutdown (socket, FALSE, TRUE, error);
}

/* Called after stop too: holds what it needs itself */
static gboolean
presync_sql_helper_tidied_cb (gpointer process)
{
  g_subprocess_force_exit (process);
  return G_SOURCE_REMOVE;
}

static void
presync_sql_helper_end_deadline (PresyncSqlHelper *self)
{
  if (self->deadline != NULL)
    g_source_destroy (self->deadline);
  g_clear_pointer (&self->deadline, g_source_unref);
}

static void
presync_sql_helper_schedule (PresyncSqlHelper *self, GSource **source, guint seconds,
                             GSourceFunc callback, gpointer data, GDestroyNotify notify)
{
  g_autoptr (GMainContext) context = g_main_context_ref_thread_default ();

  *source = g_timeout_source_new_seconds (seconds);
  g_source_set_callback (*source, callback, data, notify);
  g_source_attach (*source, context);
}

void
presync_sql_helper_stop (PresyncSqlHelper *self)
{
  g_return_if_fail (self != NULL);
  presync_sql_helper_end_deadline (self);
  g_cancellable_cancel (self->reading);
  if (self->ended)
    {
      g_autoptr (GSource) tidy = NULL;
      presync_sql_helper_schedule (self, &tidy, TIDY_SECONDS, presync_sql_helper_tidied_cb,
                                   g_object_ref (self->process), g_object_unref);
    }
  else
    g_subprocess_force_exit (self->process);
  g_object_unref (self->process);
  g_object_unref (self->reading);
  g_byte_array_unref (self->pending);
  g_free (self->server);
  g_free (self->stage);
  g_free (self);
}

/* Last act: @self may be gone afterwards */
static void
presync_sql_helper_fail (PresyncSqlHelper *self, PresyncError code, char *sentence)
{
  g_autoptr (GError) error = g_error_new_literal (PRESYNC_ERROR, code, sentence);

  g_free (sentence);
  presync_sql_helper_end_deadline (self);
  g_subprocess_force_exit (self->process);
  self->func (self, NULL, error, self->user_data);
}

static char *
presync_sql_helper_dup_stage_title (PresyncSqlHelper *self)
{
  if (g_strcmp0 (self->stage, "find") == 0)
    return g_strdup (_ ("while it was looked for"));
  if (g_strcmp0 (self->stage, "connect") == 0)
    return g_strdup (_ ("while connecting"));
  if (g_strcmp0 (self->stage, "tls") == 0)
    return g_strdup (_ ("while the connection was being encrypted"));
  if (g_strcmp0 (self->stage, "sign-in") == 0)
    return g_strdup (_ ("during the sign-in"));
  if (g_strcmp0 (self->stage, "read") == 0)
    return g_strdup (_ ("while it was read"));
  return g_strdup (_ ("before the first step"));
}

static gboolean
presync_sql_helper_deadline_cb (gpointer user_data)
{
  PresyncSqlHelper *self = user_data;
  g_autofree char *stage = presync_sql_helper_dup_stage_title (self);

  presync_sql_helper_fail (
      self, PRESYNC_ERROR_TIMED_OUT,
      /* Translators: server, number of seconds, “while connecting” or the like */
      g_strdup_printf (_ ("The check of %s did not end within %u seconds and was stopped %s"),
                       self->server, self->deadline_seconds, stage));
  return G_SOURCE_REMOVE;
}

/* %FALSE: that was the last, and @self may be gone */
static gboolean
presync_sql_helper_take_line (PresyncSqlHelper *self, const char *text, gsize length)
{
  g_autoptr (GError) local = NULL;
  g_autoptr (GCancellable) reading = g_object_ref (self->reading);
  g_autoptr (PresyncSqlLine) line = presync_sql_line_parse (text, length, &local);

  if (line == NULL)
    {
      presync_sql_helper_fail (
          self, PRESYNC_ERROR_FAILED,
          g_strdup_printf (_ ("The program that reads %s said something that makes no sense: %s"),
                           self->server, local->message));
      return FALSE;
    }
  if (line->stage != NULL && line->error == NULL && line->state == PRESYNC_STAGE_RUNNING)
    {
      g_free (self->stage);
      self->stage = g_strdup (line->stage);
    }
  self->ended = line->error != NULL || line->result != NULL;
  if (self->ended)
    {
      presync_sql_helper_end_deadline (self);
      self->func (self, line, NULL, self->user_data);
      return FALSE;
    }
  self->func (self, line, NULL, self->user_data);
  return !g_cancellable_is_cancelled (reading);
}

/* Takes the lines that are whole; %FALSE: @self may be gone */
static gboolean
presync_sql_helper_take (PresyncSqlHelper *self, GBytes *bytes)
{
  gsize size;
  const guint8 *data = g_bytes_get_data (bytes, &size);
  g_autoptr (GByteArray) pending = g_byte_array_ref (self->pending);
  const guint8 *end;
  gsize begin = 0;

  self->total += size;
  if (self->total > PRESYNC_SQL_OUTPUT_MAX_BYTES)
    {
      presync_sql_helper_fail (
          self, PRESYNC_ERROR_LIMIT,
          g_strdup_printf (_ ("%s answered more than 1 MiB, and was left"), self->server));
      return FALSE;
    }
  g_byte_array_append (pending, data, (guint) size);
  while (begin < pending->len
         && (end = memchr (pending->data + begin, '\n', pending->len - begin)) != NULL)
    {
      gsize length = (gsize) (end - pending->data) - begin;
      if (!presync_sql_helper_take_line (self, (const char *) pending->data + begin, length))
        return FALSE;
      begin += length + 1;
    }
  if (begin > 0)
    g_byte_array_remove_range (pending, 0, (guint) begin);
  return TRUE;
}

static void
presync_sql_helper_read_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  PresyncSqlHelper *self = user_data;
  g_autoptr (GError) local = NULL;
  g_autoptr (GBytes) bytes
      = g_input_stream_read_bytes_finish (G_INPUT_STREAM (object), result, &local);

  /* Stopped: @self is gone */
  if (g_error_matches (local, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  if (bytes == NULL || g_bytes_get_size (bytes) == 0)
    presync_sql_helper_fail (
        self, PRESYNC_ERROR_FAILED,
        g_strdup_printf (_ ("The program that reads %s ended before it was done"), self->server));
  else if (presync_sql_helper_take (self, bytes))
    presync_sql_helper_read (self);
}

static void
presync_sql_helper_read (PresyncSqlHelper *self)
{
  g_input_stream_read_bytes_async (g_subprocess_get_stdout_pipe (self->process), CHUNK_BYTES,
                                   G_PRIORITY_DEFAULT, self->reading, presync_sql_helper_read_cb,
                                   self);
}

/* (transfer full) (nullable) */
static GSubprocess *
presync_sql_helper_spawn (const PresyncSqlTarget *target, gboolean test_only, guint deadline,
                          GError **error)
{
  g_autofree char *program = presync_libexec_find (PROGRAM);
  /* What a driver says on standard error is not for people. */
  g_autoptr (GSubprocessLauncher) launcher = g_subprocess_launcher_new (
      G_SUBPROCESS_FLAGS_STDOUT_PIPE | G_SUBPROCESS_FLAGS_STDERR_SILENCE);
  g_autoptr (GSubprocess) process = NULL;
  g_autoptr (GSocket) ours = NULL;
  g_autoptr (GError) local = NULL;
  GString *request;
  int theirs;

  if (!presync_socket_pair (&ours, &theirs, error))
    return NULL;
  g_subprocess_launcher_take_stdin_fd (launcher, theirs);
  process = g_subprocess_launcher_spawn (launcher, &local, program, NULL);
  if (process == NULL)
    {
      g_set_error (error, PRESYNC_ERROR, PRESYNC_ERROR_FAILED,
                   _ ("The program “%s”, which reads a SQL Server, could not be started: %s"),
                   program, local->message);
      return NULL;
    }
  /* Our copy of its end must go, or its death would not be noticed. */
  g_subprocess_launcher_close (launcher);
  request = presync_sql_helper_write_request (target, test_only, deadline);
  /* If it is dead already, the end of its output tells. */
  presync_sql_helper_send (ours, request, NULL);
  presync_sql_helper_wipe (request->str, request->len);
  g_string_free (request, TRUE);
  return g_steal_pointer (&process);
}

PresyncSqlHelper *
presync_sql_helper_start (const PresyncSqlTarget *target, gboolean test_only, guint deadline,
                          PresyncSqlHelperFunc func, gpointer user_data, GError **error)
{
  g_autoptr (GSubprocess) process = NULL;
  PresyncSqlHelper *self;

  g_return_val_if_fail (target != NULL && target->server != NULL && func != NULL, NULL);
  process = presync_sql_helper_spawn (target, test_only, deadline, error);
  if (process == NULL)
    return NULL;
  self = g_new0 (PresyncSqlHelper, 1);
  self->server = presync_sql_target_dup_text (target);
  self->deadline_seconds = deadline;
  self->func = func;
  self->user_data = user_data;
  self->process = g_steal_pointer (&process);
  self->reading = g_cancellable_new ();
  self->pending = g_byte_array_new ();
  presync_sql_helper_schedule (self, &self->deadline, deadline, presync_sql_helper_deadline_cb,
                               self, NULL);
  presync_sql_helper_read (self);
  return self;
}
