/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A check that hangs in any of its steps ends soon after it was cancelled, and the main loop runs
 * on meanwhile. Argument: the misbehaving server's program. */
#include <gio/gio.h>

#include "sources/directory/directory-source.h"

/* From the cancel to the end: what a person takes for at once */
#define CANCEL_WITHIN (250 * G_TIME_SPAN_MILLISECOND)
/* The greatest gap between two turns of the main loop */
#define BLOCKED_AT_MOST (50 * G_TIME_SPAN_MILLISECOND)

static const char *program;

typedef struct
{
  GMainLoop *loop;
  GCancellable *cancellable;
  GError *error;
  gint64 cancelled_at;
  gint64 ended_at;
  gint64 last_turn;
  gint64 longest_gap;
} CancelRun;

static gboolean
cancel_now_cb (gpointer user_data)
{
  CancelRun *run = user_data;

  run->cancelled_at = g_get_monotonic_time ();
  g_cancellable_cancel (run->cancellable);
  return G_SOURCE_REMOVE;
}

static gboolean
cancel_turn_cb (gpointer user_data)
{
  CancelRun *run = user_data;
  gint64 now = g_get_monotonic_time ();

  if (run->last_turn != 0)
    run->longest_gap = MAX (run->longest_gap, now - run->last_turn);
  run->last_turn = now;
  return G_SOURCE_CONTINUE;
}

static void
cancel_ended_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  CancelRun *run = user_data;

  presync_source_check_finish (PRESYNC_SOURCE (object), result, &run->error);
  run->ended_at = g_get_monotonic_time ();
  g_main_loop_quit (run->loop);
}

/* (transfer full): the server, listening; @port and @authority are set */
static GSubprocess *
cancel_start_server (const char *mode, guint16 *port, char **authority)
{
  gboolean starttls = g_str_has_prefix (mode, "starttls-");
  g_autoptr (GError) error = NULL;
  g_autoptr (GSubprocess) server
      = g_subprocess_new (G_SUBPROCESS_FLAGS_STDOUT_PIPE, &error, program, mode,
                          starttls ? "--starttls" : "--ldaps", NULL);
  g_autoptr (GDataInputStream) output = NULL;
  g_autofree char *line = NULL;
  g_auto (GStrv) words = NULL;

  g_assert_no_error (error);
  output = g_data_input_stream_new (g_subprocess_get_stdout_pipe (server));
  line = g_data_input_stream_read_line (output, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_nonnull (line);
  words = g_strsplit (line, " ", 4);
  g_assert_cmpuint (g_strv_length (words), ==, 4);
  *port = (guint16) g_ascii_strtoull (words[2], NULL, 10);
  *authority = g_strdup (words[3]);
  return g_steal_pointer (&server);
}

static PresyncDirectoryTarget *
cancel_make_target (const char *mode, guint16 port, const char *authority)
{
  PresyncDirectoryTarget *target = presync_directory_target_new ();

  target->server = g_strdup ("127.0.0.1");
  target->port = port;
  target->starttls = g_str_has_prefix (mode, "starttls-");
  target->ldaps = !target->starttls;
  target->ca_file = g_str_equal (authority, "-") ? NULL : g_strdup (authority);
  target->name = g_strdup ("user@faulty.test");
  target->password = presync_secret_new ("secret");
  return target;
}

static void
cancel_test_mode (gconstpointer data)
{
  const char *mode = data;
  guint16 port = 0;
  g_autofree char *authority = NULL;
  g_autoptr (GSubprocess) server = cancel_start_server (mode, &port, &authority);
  g_autoptr (PresyncDirectoryTarget) target = cancel_make_target (mode, port, authority);
  g_autoptr (PresyncDirectorySource) source = presync_directory_source_new (target);
  g_autoptr (GMainLoop) loop = g_main_loop_new (NULL, FALSE);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  CancelRun run = { loop, cancellable, NULL, 0, 0, 0, 0 };
  guint turns = g_timeout_add (5, cancel_turn_cb, &run);

  presync_source_check_async (PRESYNC_SOURCE (source), FALSE, cancellable, cancel_ended_cb, &run);
  g_timeout_add (700, cancel_now_cb, &run);
  g_main_loop_run (loop);
  g_source_remove (turns);

  g_assert_cmpint (run.cancelled_at, >, 0);
  g_assert_error (run.error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_test_message ("%s: ended %d ms after the cancel, main loop blocked %d ms at most", mode,
                  (int) ((run.ended_at - run.cancelled_at) / 1000), (int) (run.longest_gap / 1000));
  g_assert_cmpint (run.ended_at - run.cancelled_at, <, CANCEL_WITHIN);
  g_assert_cmpint (run.longest_gap, <, 2 * BLOCKED_AT_MOST);
  g_clear_error (&run.error);
  presync_source_close (PRESYNC_SOURCE (source));
  g_subprocess_send_signal (server, 15);
  g_subprocess_wait (server, NULL, NULL);
}

int
main (int argc, char **argv)
{
  static const char *const modes[]
      = { "hang-accept", "hang-backlog", "hang-bind",     "hang-search",         "hang-after",
          "dribble",     "tls-hang",     "starttls-hang", "blackhole-after-page" };

  g_test_init (&argc, &argv, NULL);
  g_assert_cmpint (argc, ==, 2);
  program = argv[1];
  for (gsize i = 0; i < G_N_ELEMENTS (modes); i++)
    {
      g_autofree char *path = g_strconcat ("/cancel/", modes[i], NULL);

      g_test_add_data_func (path, modes[i], cancel_test_mode);
    }
  return g_test_run ();
}
