/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sources/directory/finder.h"

#include "base/error.h"
#include "base/worker.h"
#include "sources/directory/dn.h"
#include "sources/directory/filter.h"
#include "sources/directory/open.h"
#include "sources/directory/principal-search.h"

#include <string.h>

/* How long a connection is kept for the next search */
#define KEEP_SECONDS 60

/* What is looked at for the beginning that was typed. Ambiguous name resolution would be one word,
 * but a snapshot does not know it. */
static const char *const names[]
    = { "sAMAccountName", "cn", "displayName", "userPrincipalName", "sn", "ou" };

/**
 * PresyncFinderLink: the connection; all but its count is the worker thread's
 */
typedef struct
{
  PresyncDirectory *directory;
  PresyncForest *forest;
  PresyncDomains *domains;
} PresyncFinderLink;

struct _PresyncFinder
{
  GObject parent_instance;

  PresyncDirectoryTarget *target;
  PresyncWorker *worker;
  PresyncFinderLink *link;   /* an atomic box */
  GCancellable *cancellable; /* of the last search; nullable */
  guint idle;
};

G_DEFINE_FINAL_TYPE (PresyncFinder, presync_finder, G_TYPE_OBJECT)

/* One search, on its way to the thread and back. @more is the answer's. */
typedef struct
{
  PresyncDirectoryTarget *target;
  PresyncFinderLink *link;
  char *text;
  PresyncFinderKind kinds;
  gboolean more;
  GCancellable *outer; /* nullable */
  gulong outer_handler;
} PresyncFinderJob;

static void
presync_finder_link_close (PresyncFinderLink *link)
{
  g_clear_pointer (&link->domains, presync_domains_free);
  g_clear_pointer (&link->forest, presync_forest_free);
  g_clear_object (&link->directory);
}

static void
presync_finder_link_unref (PresyncFinderLink *link)
{
  g_atomic_rc_box_release_full (link, (GDestroyNotify) presync_finder_link_close);
}

static void
presync_finder_job_free (PresyncFinderJob *job)
{
  if (job->outer != NULL)
    g_cancellable_disconnect (job->outer, job->outer_handler);
  g_clear_object (&job->outer);
  presync_directory_target_free (job->target);
  presync_finder_link_unref (job->link);
  g_free (job->text);
  g_free (job);
}

static void
presync_finder_close_run (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  presync_finder_link_close (data);
  g_task_return_boolean (task, TRUE);
}

/* Ending a connection may block, so it is done where searches are. */
static void
presync_finder_close (PresyncFinder *self)
{
  g_autoptr (GTask) task = g_task_new (NULL, NULL, NULL, NULL);

  g_task_set_source_tag (task, presync_finder_close);
  g_task_set_task_data (task, g_atomic_rc_box_acquire (self->link),
                        (GDestroyNotify) presync_finder_link_unref);
  presync_worker_run (self->worker, task, presync_finder_close_run);
}

static gboolean
presync_finder_idle_cb (gpointer user_data)
{
  PresyncFinder *self = user_data;

  self->idle = 0;
  presync_finder_close (self);
  return G_SOURCE_REMOVE;
}

static void
presync_finder_dispose (GObject *object)
{
  PresyncFinder *self = PRESYNC_FINDER (object);

  g_clear_handle_id (&self->idle, g_source_remove);
  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  if (self->worker != NULL)
    presync_finder_close (self);
  g_clear_object (&self->worker);
  G_OBJECT_CLASS (presync_finder_parent_class)->dispose (object);
}

static void
presync_finder_finalize (GObject *object)
{
  PresyncFinder *self = PRESYNC_FINDER (object);

  g_clear_pointer (&self->link, presync_finder_link_unref);
  g_clear_pointer (&self->target, presync_directory_target_free);
  G_OBJECT_CLASS (presync_finder_parent_class)->finalize (object);
}

static void
presync_finder_class_init (PresyncFinderClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = presync_finder_dispose;
  G_OBJECT_CLASS (klass)->finalize = presync_finder_finalize;
}

static void
presync_finder_init (PresyncFinder *self)
{
  self->worker = presync_worker_new ("finder");
  self->link = g_atomic_rc_box_new0 (PresyncFinderLink);
}

PresyncFinder *
presync_finder_new (const PresyncDirectoryTarget *target)
{
  PresyncFinder *self;

  g_return_val_if_fail (target != NULL, NULL);
  self = g_object_new (PRESYNC_TYPE_FINDER, NULL);
  self->target = presync_directory_target_copy (target);
  return self;
}

static void
presync_finder_append_kinds (GString *filter, PresyncFinderKind kinds)
{
  g_string_append (filter, "(|");
  if ((kinds & PRESYNC_FIND_PERSONS) != 0)
    g_string_append (filter, "(&(objectCategory=person)(objectClass=user))");
  if ((kinds & PRESYNC_FIND_SERVICES) != 0)
    g_string_append (filter, "(objectClass=msDS-GroupManagedServiceAccount)"
                             "(objectClass=msDS-ManagedServiceAccount)");
  if ((kinds & PRESYNC_FIND_UNITS) != 0)
    g_string_append (filter, "(objectClass=organizationalUnit)");
  g_string_append_c (filter, ')');
}

/* "CN=Ann" is the beginning of a name, and so is "CN=Ann,OU=St": then the first part is whole. */
static gboolean
presync_finder_is_dn (const char *text)
{
  const char *equals = strchr (text, '=');

  for (const char *p = text; equals != NULL && p < equals; p++)
    if (!g_ascii_isalnum (*p) && *p != '-')
      return FALSE;
  return equals != NULL && equals > text;
}

/* (transfer full) (nullable): NULL if nothing can fit */
static char *
presync_finder_dup_filter (const PresyncFinderJob *job)
{
  g_autoptr (GString) filter = g_string_new ("(&");
  const char *backslash = strchr (job->text, '\\');
  g_autofree char *text = presync_filter_escape (job->text);
  PresyncSid sid;

  presync_finder_append_kinds (filter, job->kinds);
  if (g_ascii_strncasecmp (job->text, "S-1-", 4) == 0 && presync_sid_parse (job->text, &sid))
    {
      g_autofree char *sids = presync_principal_dup_sid_filter (&sid, 1);
      g_string_append_printf (filter, "%s)", sids);
      return g_string_free (g_steal_pointer (&filter), FALSE);
    }
  if (presync_finder_is_dn (job->text))
    {
      g_autofree char *name = presync_dn_dup_name (job->text);
      g_autofree char *escaped = presync_filter_escape (name);
      const char *end = strchr (job->text, ',') == NULL ? "*" : "";
      g_string_append_printf (filter, "(|(cn=%s%s)(ou=%s%s)))", escaped, end, escaped, end);
      return g_string_free (g_steal_pointer (&filter), FALSE);
    }
  if (backslash != NULL)
    {
      g_autofree char *domain = g_strndup (job->text, (gsize) (backslash - job->text));
      g_autofree char *account = presync_filter_escape (backslash + 1);

      if (presync_domains_find (job->link->domains, domain)
          != presync_domains_own (job->link->domains))
        return NULL;
      g_string_append_printf (filter, "(sAMAccountName=%s*))", account);
      return g_string_free (g_steal_pointer (&filter), FALSE);
    }
  g_string_append (filter, "(|");
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    g_string_append_printf (filter, "(%s=%s*)", names[i], text);
  g_string_append (filter, "))");
  return g_string_free (g_steal_pointer (&filter), FALSE);
}

static gboolean
presync_finder_open (PresyncFinderJob *job, GCancellable *cancellable, GError **error)
{
  PresyncFinderLink *link = job->link;
  PresyncProbeRun run = { .cancellable = cancellable };

  if (link->directory != NULL)
    return TRUE;
  link->directory = presync_directory_open_forest (job->target, NULL, NULL, NULL, &link->forest,
                                                   cancellable, error);
  if (link->directory == NULL)
    return FALSE;
  run.directory = link->directory;
  run.forest = link->forest;
  link->domains = presync_domains_read (&run, error);
  if (link->domains == NULL)
    presync_finder_link_close (link);
  return link->directory != NULL;
}

typedef struct
{
  PresyncFinderJob *job;
  GPtrArray *found;
} PresyncFinderSink;

static gboolean
presync_finder_entry_cb (const PresyncEntry *entry, gpointer user_data)
{
  PresyncFinderSink *sink = user_data;
  PresyncFinderJob *job = sink->job;
  PresyncPrincipal *principal;

  if (presync_finder_is_dn (job->text))
    {
      g_autofree char *key = presync_dn_normalize (presync_entry_get_dn (entry));
      g_autofree char *beginning = presync_dn_normalize (job->text);
      if (!g_str_has_prefix (key, beginning))
        return TRUE;
    }
  principal = presync_principal_from_entry (entry, presync_domains_get_title (job->link->domains));
  /* A unit is no principal: it is known by its DN only. */
  if (presync_entry_has_text (entry, "objectClass", "organizationalUnit"))
    g_clear_pointer (&principal->name, g_free);
  g_ptr_array_add (sink->found, principal);
  return TRUE;
}

static int
presync_finder_compare (gconstpointer a, gconstpointer b)
{
  const PresyncPrincipal *left = *(PresyncPrincipal *const *) a;
  const PresyncPrincipal *right = *(PresyncPrincipal *const *) b;
  const char *left_name = left->name != NULL ? left->name : left->dn;
  const char *right_name = right->name != NULL ? right->name : right->dn;
  g_autofree char *left_key = g_utf8_casefold (left_name, -1);
  g_autofree char *right_key = g_utf8_casefold (right_name, -1);

  return g_utf8_collate (left_key, right_key);
}

/* (transfer full) (nullable). The cancellable is not for what is on the way: it would take the
 * connection with it, and the next letter would need another. Each read is bounded anyway. */
static GPtrArray *
presync_finder_search (PresyncFinderJob *job, GCancellable *cancellable, GError **error)
{
  static const char *const attributes[] = { PRESYNC_PRINCIPAL_ATTRIBUTES, NULL };
  g_autoptr (GPtrArray) found
      = g_ptr_array_new_with_free_func ((GDestroyNotify) presync_principal_free);
  PresyncFinderSink sink = { job, found };
  PresyncQuery query = { .scope = PRESYNC_SCOPE_SUBTREE,
                         .attributes = attributes,
                         .max_entries = PRESYNC_FINDER_MAX + 1 };
  g_autofree char *filter = NULL;
  gboolean complete;

  if (!presync_finder_open (job, cancellable, error))
    return NULL;
  filter = presync_finder_dup_filter (job);
  if (filter == NULL)
    return g_steal_pointer (&found);
  query.base = job->link->forest->domain_dn;
  query.filter = filter;
  if (!presync_directory_search (job->link->directory, &query, presync_finder_entry_cb, &sink,
                                 &complete, NULL, error))
    return NULL;
  g_ptr_array_sort (found, presync_finder_compare);
  job->more = !complete || found->len > PRESYNC_FINDER_MAX;
  if (found->len > PRESYNC_FINDER_MAX)
    g_ptr_array_set_size (found, PRESYNC_FINDER_MAX);
  return g_steal_pointer (&found);
}

static void
presync_finder_search_run (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  PresyncFinderJob *job = data;
  gboolean kept = job->link->directory != NULL;
  g_autoptr (GError) error = NULL;
  GPtrArray *found = presync_finder_search (job, cancellable, &error);

  /* A connection that was kept may have ended in the meantime. */
  if (found == NULL && kept && !g_cancellable_is_cancelled (cancellable)
      && g_error_matches (error, PRESYNC_ERROR, PRESYNC_ERROR_UNREACHABLE))
    {
      g_clear_error (&error);
      presync_finder_link_close (job->link);
      found = presync_finder_search (job, cancellable, &error);
    }
  if (found != NULL)
    {
      g_task_return_pointer (task, found, (GDestroyNotify) g_ptr_array_unref);
      return;
    }
  presync_finder_link_close (job->link);
  g_task_return_error (task, g_steal_pointer (&error));
}

static void
presync_finder_cancel_cb (GCancellable *outer, GCancellable *inner)
{
  g_cancellable_cancel (inner);
}

void
presync_finder_search_async (PresyncFinder *self, const char *text, PresyncFinderKind kinds,
                             GCancellable *cancellable, GAsyncReadyCallback callback,
                             gpointer user_data)
{
  g_autoptr (GTask) task = NULL;
  PresyncFinderJob *job;

  g_return_if_fail (PRESYNC_IS_FINDER (self) && text != NULL);

  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  self->cancellable = g_cancellable_new ();
  g_clear_handle_id (&self->idle, g_source_remove);
  self->idle = g_timeout_add_seconds (KEEP_SECONDS, presync_finder_idle_cb, self);
  task = g_task_new (self, self->cancellable, callback, user_data);
  g_task_set_source_tag (task, presync_finder_search_async);
  job = g_new0 (PresyncFinderJob, 1);
  job->target = presync_directory_target_copy (self->target);
  job->link = g_atomic_rc_box_acquire (self->link);
  job->text = g_strstrip (g_strdup (text));
  job->kinds = kinds;
  if (cancellable != NULL)
    {
      job->outer = g_object_ref (cancellable);
      job->outer_handler
          = g_cancellable_connect (cancellable, G_CALLBACK (presync_finder_cancel_cb),
                                   g_object_ref (self->cancellable), g_object_unref);
    }
  g_task_set_task_data (task, job, (GDestroyNotify) presync_finder_job_free);
  presync_worker_run (self->worker, task, presync_finder_search_run);
}

GPtrArray *
presync_finder_search_finish (PresyncFinder *self, GAsyncResult *result, gboolean *more,
                              GError **error)
{
  GPtrArray *found;

  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  found = g_task_propagate_pointer (G_TASK (result), error);
  if (more != NULL)
    *more = found != NULL && ((PresyncFinderJob *) g_task_get_task_data (G_TASK (result)))->more;
  return found;
}
