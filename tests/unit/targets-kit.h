/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* An assessment, a folder with a facts file that is listened at, and a port where nobody answers */
#include "facts-kit.h"
#include "wait-kit.h"

#include <sys/inotify.h>

#include "assessment/assessment.h"
#include "assessment/targets.h"
#include "sources/server/server-source.h"

typedef struct
{
  PresyncAssessment *assessment;
  char *folder;
  char *path; /* a facts file in it */
  GSocket *listener;
  guint16 port;
  int notify;
} TargetsTest;

static PresyncAssessment *
targets_test_assessment (void)
{
  g_autoptr (PresyncCatalogue) catalogue = presync_catalogue_new_built_in ();

  return presync_assessment_new (catalogue);
}

/* Whoever comes is not answered. */
static void
targets_test_listen (TargetsTest *self)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GInetAddress) loopback = g_inet_address_new_loopback (G_SOCKET_FAMILY_IPV4);
  g_autoptr (GSocketAddress) any = g_inet_socket_address_new (loopback, 0);
  g_autoptr (GSocketAddress) got = NULL;

  self->listener
      = g_socket_new (G_SOCKET_FAMILY_IPV4, G_SOCKET_TYPE_STREAM, G_SOCKET_PROTOCOL_TCP, &error);
  g_assert_no_error (error);
  g_socket_bind (self->listener, any, TRUE, &error);
  g_assert_no_error (error);
  g_socket_listen (self->listener, &error);
  g_assert_no_error (error);
  got = g_socket_get_local_address (self->listener, &error);
  g_assert_no_error (error);
  self->port = g_inet_socket_address_get_port (G_INET_SOCKET_ADDRESS (got));
}

static void
targets_test_set_up (TargetsTest *self, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  self->assessment = targets_test_assessment ();
  self->folder = g_dir_make_tmp ("presync-targets-XXXXXX", &error);
  g_assert_no_error (error);
  self->path = g_build_filename (self->folder, "SYNC01.json", NULL);
  g_file_set_contents (self->path, facts_kit_text, -1, &error);
  g_assert_no_error (error);
  self->notify = inotify_init1 (IN_NONBLOCK);
  g_assert_cmpint (self->notify, >=, 0);
  g_assert_cmpint (inotify_add_watch (self->notify, self->folder, IN_OPEN | IN_ACCESS), >=, 0);
  targets_test_listen (self);
}

static void
targets_test_tear_down (TargetsTest *self, gconstpointer data)
{
  g_autoptr (GDir) dir = g_dir_open (self->folder, 0, NULL);
  const char *name;

  g_clear_object (&self->assessment);
  g_clear_object (&self->listener);
  close (self->notify);
  while (g_main_context_iteration (NULL, FALSE))
    continue;
  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (self->folder, name, NULL);
      g_remove (path);
    }
  g_rmdir (self->folder);
  g_free (self->folder);
  g_free (self->path);
}

/* Did anybody open something in the folder, or the folder? */
static gboolean
targets_test_was_opened (TargetsTest *self)
{
  char events[4096];

  return read (self->notify, events, sizeof events) > 0;
}

static gboolean
targets_test_stop_cb (gpointer data)
{
  *(gboolean *) data = TRUE;
  return G_SOURCE_REMOVE;
}

/* Threads get their turn, too. */
static void
targets_test_let_run (void)
{
  gboolean stop = FALSE;

  g_timeout_add (300, targets_test_stop_cb, &stop);
  while (!stop)
    g_main_context_iteration (NULL, TRUE);
}

static void
targets_test_all_idle (PresyncAssessment *assessment, guint n)
{
  GListModel *sources = presync_runner_get_sources (presync_assessment_get_runner (assessment));

  g_assert_cmpuint (g_list_model_get_n_items (sources), ==, n);
  for (guint i = 0; i < n; i++)
    {
      g_autoptr (PresyncSource) source = g_list_model_get_item (sources, i);

      g_assert_cmpint (presync_source_get_state (source), ==, PRESYNC_SOURCE_IDLE);
      g_assert_cmpstr (presync_source_get_message (source), ==, NULL);
    }
}

static void
targets_test_checked_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  presync_runner_check_finish (PRESYNC_RUNNER (object), result, NULL);
  *(gboolean *) user_data = TRUE;
}

static void
targets_test_check (PresyncAssessment *assessment)
{
  gboolean done = FALSE;

  presync_runner_check_async (presync_assessment_get_runner (assessment), NULL,
                              targets_test_checked_cb, &done);
  WAIT_FOR (done);
}
