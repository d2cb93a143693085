/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sources/directory/session.h"

#include <gio/gio.h>

#include "base/error.h"
#include "base/memory.h"
#include "base/worker.h"
#include "sources/directory/live.h"
#include "sources/directory/open.h"

/* Seconds to wait before the first, second, … try to mend a lost connection */
static const guint presync_session_pauses[] = { 1, 2, 5, 10, 30 };
/* A connection that lasted so long was good */
#define STEADY (60 * G_TIME_SPAN_SECOND)

struct _PresyncSession
{
  gatomicrefcount refs;
  GMainContext *context;
  PresyncDirectoryTarget *target;
  PresyncSessionTask kind;
  int live; /* atomic */
  /* Guarded by the mutex. The names are set in the main thread; what was read of others than these
   * is not told. */
  GMutex mutex;
  PresyncAccounts *accounts;
  PresyncFederation *federation;
  guint serials[PRESYNC_N_PROBES]; /* of its names */
  guint renamed;                   /* look at other names since they were run: a bit each */
  PresyncLdapDirectory *followed;  /* nullable */
  /* The session thread's */
  char *usn;      /* before the check began */
  gboolean whole; /* nothing is known: mending is to read the counts too */
  PresyncProbe running;
  GCancellable *cancellable;
  /* Touched in the main thread only */
  PresyncSessionFunc func;
  gpointer owner;
};

typedef struct
{
  PresyncSession *session;
  PresyncSessionEvent event;
  guint serial; /* of the probe's names, with facts */
} PresyncSessionPost;

static PresyncSession *
presync_session_ref (PresyncSession *self)
{
  g_atomic_ref_count_inc (&self->refs);
  return self;
}

static void
presync_session_unref (PresyncSession *self)
{
  if (!g_atomic_ref_count_dec (&self->refs))
    return;
  g_main_context_unref (self->context);
  presync_directory_target_free (self->target);
  g_object_unref (self->cancellable);
  presync_accounts_free (self->accounts);
  presync_federation_free (self->federation);
  g_mutex_clear (&self->mutex);
  g_free (self->usn);
  g_free (self);
}

static void
presync_session_post_free (PresyncSessionPost *post)
{
  g_clear_pointer (&post->event.text, g_free);
  g_clear_pointer (&post->event.facts, g_ptr_array_unref);
  g_clear_object (&post->event.certificate);
  g_clear_error (&post->event.error);
  presync_session_unref (post->session);
  g_free (post);
}

/* In the main thread, which alone changes the serials */
static gboolean
presync_session_post_is_stale (const PresyncSessionPost *post)
{
  return post->event.kind == PRESYNC_SESSION_FACTS
         && post->serial != post->session->serials[post->event.probe];
}

static gboolean
presync_session_post_cb (gpointer user_data)
{
  PresyncSessionPost *post = user_data;

  if (post->session->func != NULL && !presync_session_post_is_stale (post))
    post->session->func (post->session, &post->event, post->session->owner);
  return G_SOURCE_REMOVE;
}

static PresyncSessionPost *
presync_session_post_new (PresyncSession *self, PresyncSessionEventKind kind)
{
  PresyncSessionPost *post = g_new0 (PresyncSessionPost, 1);

  post->session = presync_session_ref (self);
  post->event.kind = kind;
  return post;
}

/* Always through the main loop: g_main_context_invoke() would call back on this thread while nobody
 * iterates the context. */
static void
presync_session_post (PresyncSessionPost *post)
{
  g_autoptr (GSource) source = g_idle_source_new ();

  g_source_set_priority (source, G_PRIORITY_DEFAULT);
  g_source_set_callback (source, presync_session_post_cb, post,
                         (GDestroyNotify) presync_session_post_free);
  g_source_attach (source, post->session->context);
}

static void
presync_session_stage_cb (const char *stage, PresyncStageState state, const char *text,
                          gpointer user_data)
{
  PresyncSessionPost *post = presync_session_post_new (user_data, PRESYNC_SESSION_STAGE);

  post->event.id = g_intern_string (stage);
  post->event.stage = state;
  post->event.text = g_strdup (text);
  presync_session_post (post);
}

static void
presync_session_tell_progress (PresyncSession *self, char *text, double fraction)
{
  PresyncSessionPost *post = presync_session_post_new (self, PRESYNC_SESSION_PROGRESS);

  post->event.text = text;
  post->event.fraction = fraction;
  presync_session_post (post);
}

static void
presync_session_count_cb (guint done, gpointer user_data)
{
  PresyncSession *self = user_data;
  g_autofree char *number = g_strdup_printf ("%'u", done);

  presync_session_tell_progress (
      self, g_strdup_printf ("%s: %s", presync_probe_title (self->running), number), -1.0);
}

static PresyncDirectory *
presync_session_open (PresyncSession *self, PresyncForest **forest, GError **error)
{
  g_autoptr (GTlsCertificate) certificate = NULL;
  PresyncDirectory *directory = presync_directory_open_forest (
      self->target, presync_session_stage_cb, self, &certificate, forest, self->cancellable, error);

  if (certificate != NULL)
    {
      PresyncSessionPost *post = presync_session_post_new (self, PRESYNC_SESSION_CERTIFICATE);
      post->event.certificate = g_steal_pointer (&certificate);
      presync_session_post (post);
    }
  if (directory != NULL)
    {
      PresyncSessionPost *post = presync_session_post_new (self, PRESYNC_SESSION_OPEN);
      post->event.text = g_strdup (presync_directory_get_target (directory));
      presync_session_post (post);
    }
  return directory;
}

/* Returns the serial of the names that @probe is to look at. @accounts, @federation: (out)
 * (transfer full) */
static guint
presync_session_begin_probe (PresyncSession *self, PresyncProbe probe, PresyncAccounts **accounts,
                             PresyncFederation **federation)
{
  guint serial;

  g_mutex_lock (&self->mutex);
  *accounts = presync_accounts_copy (self->accounts);
  *federation = presync_federation_copy (self->federation);
  serial = self->serials[probe];
  self->renamed &= ~PRESYNC_PROBE_BIT (probe);
  g_mutex_unlock (&self->mutex);
  return serial;
}

/* Runs the probe, if it has anything to look at, and tells its facts. */
static gboolean
presync_session_run_probe (PresyncSession *self, PresyncProbe probe, PresyncDirectory *directory,
                           const PresyncForest *forest, GError **error)
{
  g_autoptr (PresyncAccounts) accounts = NULL;
  g_autoptr (PresyncFederation) federation = NULL;
  guint serial = presync_session_begin_probe (self, probe, &accounts, &federation);
  PresyncProbeSubjects subjects = { self->target->sync_server, accounts, federation };
  PresyncSessionPost *post;
  GPtrArray *facts;

  if ((presync_probe_list_idle (&subjects) & PRESYNC_PROBE_BIT (probe)) != 0)
    return TRUE;
  self->running = probe;
  facts = presync_probe_run (probe, directory, forest, &subjects, presync_session_count_cb, self,
                             self->cancellable, error);
  if (facts == NULL)
    return FALSE;
  post = presync_session_post_new (self, PRESYNC_SESSION_FACTS);
  post->serial = serial;
  post->event.probe = probe;
  post->event.facts = facts;
  presync_session_post (post);
  return TRUE;
}

/* The set of probes that look at other names since they were run; @idle: (out): that look at none
 */
static guint
presync_session_take_renamed (guint *idle, gpointer user_data)
{
  PresyncSession *self = user_data;
  PresyncProbeSubjects subjects = { self->target->sync_server, NULL, NULL };
  guint renamed;

  g_mutex_lock (&self->mutex);
  subjects.accounts = self->accounts;
  subjects.federation = self->federation;
  *idle = presync_probe_list_idle (&subjects);
  renamed = self->renamed & ~*idle;
  self->renamed = 0;
  g_mutex_unlock (&self->mutex);
  return renamed;
}

/* Until what was read is of who is named now */
static gboolean
presync_session_read_renamed (PresyncSession *self, PresyncDirectory *directory,
                              const PresyncForest *forest, GError **error)
{
  guint idle, renamed;

  while ((renamed = presync_session_take_renamed (&idle, self)) != 0)
    for (guint probe = 0; probe < PRESYNC_N_PROBES; probe++)
      if ((renamed & PRESYNC_PROBE_BIT (probe)) != 0
          && !presync_session_run_probe (self, (PresyncProbe) probe, directory, forest, error))
        return FALSE;
  return TRUE;
}

/* @n: how many probes; the counts are the last */
static gboolean
presync_session_check (PresyncSession *self, PresyncDirectory *directory,
                       const PresyncForest *forest, guint n, GError **error)
{
  g_clear_pointer (&self->usn, g_free);
  if (g_atomic_int_get (&self->live) && PRESYNC_IS_LDAP_DIRECTORY (directory)
      && !presync_live_read_usn (PRESYNC_LDAP_DIRECTORY (directory), &self->usn, self->cancellable,
                                 error))
    return FALSE;
  for (guint probe = 0; probe < n; probe++)
    {
      presync_session_tell_progress (self, g_strdup (presync_probe_title (probe)),
                                     (double) probe / PRESYNC_N_PROBES);
      if (!presync_session_run_probe (self, (PresyncProbe) probe, directory, forest, error))
        return FALSE;
    }
  return presync_session_read_renamed (self, directory, forest, error);
}

static void
presync_session_tell_checked (PresyncSession *self, gboolean live)
{
  PresyncSessionPost *post = presync_session_post_new (self, PRESYNC_SESSION_CHECKED);

  post->event.live = live;
  presync_session_post (post);
}

static gboolean
presync_session_pause (PresyncSession *self, guint seconds)
{
  GPollFD fd = { -1, G_IO_IN, 0 };

  if (!g_cancellable_make_pollfd (self->cancellable, &fd))
    return FALSE;
  g_poll (&fd, 1, (int) seconds * 1000);
  g_cancellable_release_fd (self->cancellable);
  return !g_cancellable_is_cancelled (self->cancellable);
}

/* Another try with a password that was refused could lock the account. */
static gboolean
presync_session_may_try_again (PresyncSession *self, const GError *error)
{
  return self->target->sign_in == PRESYNC_SIGN_IN_KERBEROS
         || !g_error_matches (error, PRESYNC_ERROR, PRESYNC_ERROR_SIGN_IN);
}

/* @error: (transfer full) */
static void
presync_session_tell_failed (PresyncSession *self, GError *error)
{
  PresyncSessionPost *post = presync_session_post_new (self, PRESYNC_SESSION_FAILED);

  post->event.error = error;
  presync_session_post (post);
}

static void
presync_session_tell_lost (PresyncSession *self, const char *text)
{
  PresyncSessionPost *post = presync_session_post_new (self, PRESYNC_SESSION_LOST);

  post->event.text = g_strdup (text);
  presync_session_post (post);
}

/* Makes the connection anew and reads again what may have changed meanwhile. */
static PresyncDirectory *
presync_session_mend (PresyncSession *self, PresyncForest **forest, GError **error)
{
  g_autoptr (PresyncDirectory) directory = presync_session_open (self, forest, error);
  guint n = self->whole ? PRESYNC_N_PROBES : PRESYNC_PROBE_COUNTS;

  if (directory == NULL || !presync_session_check (self, directory, *forest, n, error))
    return NULL;
  self->whole = FALSE;
  presync_session_tell_checked (self, TRUE);
  return g_steal_pointer (&directory);
}

/* What presync_session_follow_once() lends to the live reader; lives on its stack */
typedef struct
{
  PresyncSession *session;
  PresyncDirectory *directory;
  const PresyncForest *forest;
} PresyncSessionLive;

static gboolean
presync_session_live_read_cb (PresyncProbe probe, gpointer user_data, GError **error)
{
  PresyncSessionLive *live = user_data;

  return presync_session_run_probe (live->session, probe, live->directory, live->forest, error);
}

static guint
presync_session_live_due_cb (guint *idle, gpointer user_data)
{
  PresyncSessionLive *live = user_data;

  return presync_session_take_renamed (idle, live->session);
}

/* @directory: (nullable): is to be woken when the names change */
static void
presync_session_set_followed (PresyncSession *self, PresyncLdapDirectory *directory)
{
  g_mutex_lock (&self->mutex);
  self->followed = directory;
  g_mutex_unlock (&self->mutex);
}

/* One connection's life, from mending it to its loss. Returns how long changes were followed. */
static gint64
presync_session_follow_once (PresyncSession *self, PresyncDirectory **directory,
                             PresyncForest **forest, GError **error)
{
  PresyncSessionLive live = { self, NULL, NULL };
  const PresyncLiveReader reader
      = { presync_session_live_read_cb, presync_session_live_due_cb, &live };
  gint64 start;

  if (*directory == NULL)
    *directory = presync_session_mend (self, forest, error);
  start = g_get_monotonic_time ();
  if (*directory != NULL)
    {
      live.directory = *directory;
      live.forest = *forest;
      presync_session_set_followed (self, PRESYNC_LDAP_DIRECTORY (*directory));
      presync_live_follow (PRESYNC_LDAP_DIRECTORY (*directory), *forest, &reader, self->usn,
                           self->cancellable, error);
      presync_session_set_followed (self, NULL);
    }
  g_clear_object (directory);
  g_clear_pointer (forest, presync_forest_free);
  return g_get_monotonic_time () - start;
}

/* Follows changes; a lost connection is mended, with longer and longer pauses between the tries.
 * @failures: how many tries have failed already */
static void
presync_session_follow (PresyncSession *self, PresyncDirectory **directory, PresyncForest **forest,
                        guint failures)
{
  while (TRUE)
    {
      g_autoptr (GError) error = NULL;

      if (failures > 0
          && !presync_session_pause (
              self,
              presync_session_pauses[MIN (failures, G_N_ELEMENTS (presync_session_pauses)) - 1]))
        return;
      if (presync_session_follow_once (self, directory, forest, &error) > STEADY)
        failures = 0;
      if (g_cancellable_is_cancelled (self->cancellable))
        return;
      if (!presync_session_may_try_again (self, error))
        {
          presync_session_tell_failed (self, g_steal_pointer (&error));
          return;
        }
      presync_session_tell_lost (self, error->message);
      failures++;
    }
}

static gboolean
presync_session_do_task (PresyncSession *self, PresyncDirectory *directory,
                         const PresyncForest *forest, GError **error)
{
  if (self->kind == PRESYNC_SESSION_CHECK)
    return presync_session_check (self, directory, forest, PRESYNC_N_PROBES, error);
  if (self->kind == PRESYNC_SESSION_NAMES)
    return presync_session_read_renamed (self, directory, forest, error);
  return TRUE;
}

static void
presync_session_open_and_do (PresyncSession *self)
{
  g_autoptr (PresyncDirectory) directory = NULL;
  g_autoptr (PresyncForest) forest = NULL;
  gboolean live;
  GError *error = NULL;

  directory = presync_session_open (self, &forest, &error);
  if (directory == NULL || !presync_session_do_task (self, directory, forest, &error))
    {
      g_clear_object (&directory);
      presync_session_tell_failed (self, error);
      return;
    }
  live = g_atomic_int_get (&self->live) && self->kind == PRESYNC_SESSION_CHECK
         && PRESYNC_IS_LDAP_DIRECTORY (directory);
  /* Before it is told: who waits for that may end the program, and the Kerberos library aborts when
   * a connection is closed while the program ends. */
  if (!live)
    g_clear_object (&directory);
  presync_memory_give_back ();
  presync_session_tell_checked (self, live);
  if (live)
    presync_session_follow (self, &directory, &forest, 0);
}

static void
presync_session_run (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  PresyncSession *self = task_data;
  g_autoptr (PresyncDirectory) directory = NULL;
  g_autoptr (PresyncForest) forest = NULL;

  if (self->kind == PRESYNC_SESSION_MEND)
    presync_session_follow (self, &directory, &forest, 1);
  else
    presync_session_open_and_do (self);
  g_task_return_boolean (task, TRUE);
}

PresyncSession *
presync_session_start (const PresyncDirectoryTarget *target, PresyncSessionTask kind, gboolean live,
                       guint names, PresyncSessionFunc func, gpointer owner)
{
  PresyncSession *self = g_new0 (PresyncSession, 1);
  g_autoptr (PresyncWorker) worker = presync_worker_new ("directory");
  g_autoptr (GTask) task = NULL;

  g_atomic_ref_count_init (&self->refs);
  self->context = g_main_context_ref_thread_default ();
  self->target = presync_directory_target_copy (target);
  g_mutex_init (&self->mutex);
  self->accounts = g_steal_pointer (&self->target->accounts);
  self->federation = g_steal_pointer (&self->target->federation);
  self->renamed = names;
  self->kind = kind;
  self->whole = kind == PRESYNC_SESSION_MEND;
  self->live = live;
  self->cancellable = g_cancellable_new ();
  self->func = func;
  self->owner = owner;
  task = g_task_new (NULL, NULL, NULL, NULL);
  g_task_set_source_tag (task, presync_session_start);
  g_task_set_task_data (task, presync_session_ref (self), (GDestroyNotify) presync_session_unref);
  /* The worker's thread ends with this one job. */
  presync_worker_run (worker, task, presync_session_run);
  return self;
}

void
presync_session_set_live (PresyncSession *self, gboolean live)
{
  g_return_if_fail (self != NULL);
  g_atomic_int_set (&self->live, live);
}

void
presync_session_set_names (PresyncSession *self, const PresyncAccounts *accounts,
                           const PresyncFederation *federation)
{
  PresyncProbeSubjects before = { 0 };
  PresyncProbeSubjects after = { NULL, accounts, federation };
  guint renamed;
  g_autoptr (PresyncAccounts) old = NULL;
  g_autoptr (PresyncFederation) old_farm = NULL;

  g_return_if_fail (self != NULL);
  g_mutex_lock (&self->mutex);
  before.accounts = old = g_steal_pointer (&self->accounts);
  before.federation = old_farm = g_steal_pointer (&self->federation);
  self->accounts = presync_accounts_copy (accounts);
  self->federation = presync_federation_copy (federation);
  renamed = presync_probe_list_renamed (&before, &after);
  for (guint probe = 0; probe < PRESYNC_N_PROBES; probe++)
    if ((renamed & PRESYNC_PROBE_BIT (probe)) != 0)
      self->serials[probe]++;
  self->renamed |= renamed;
  if (self->followed != NULL)
    presync_ldap_directory_wake (self->followed);
  g_mutex_unlock (&self->mutex);
}

void
presync_session_stop (PresyncSession *self)
{
  g_return_if_fail (self != NULL);
  self->func = NULL;
  self->owner = NULL;
  g_cancellable_cancel (self->cancellable);
  presync_session_unref (self);
}
