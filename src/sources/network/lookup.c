/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sources/network/lookup.h"

#include "base/resolve.h"

typedef enum
{
  LOOKUP_HOST,
  LOOKUP_SERVICE,
  LOOKUP_PROXIES,
} PresyncLookupKind;

struct _PresyncLookup
{
  gatomicrefcount n_refs;
  GMutex mutex;
  GCond cond;          /* some answer came, or some wait was cancelled */
  GHashTable *entries; /* text -> PresyncLookupEntry */
  GThreadPool *threads;
};

/* Belongs to the table; its thread holds the whole lookup. */
typedef struct
{
  PresyncLookup *lookup; /* of the thread, from when it is wanted until it is done */
  PresyncLookupKind kind;
  char *name;
  guint n_waiting;
  gboolean begun; /* a thread has it, or will have it */
  gboolean done;
  GList *addresses;
  char *canonical;
  GList *targets;
  char **proxies;
  GError *error;
} PresyncLookupEntry;

static gpointer
presync_lookup_copy_target_cb (gconstpointer target, gpointer user_data)
{
  return g_srv_target_copy ((GSrvTarget *) target);
}

static gpointer
presync_lookup_ref_address_cb (gconstpointer address, gpointer user_data)
{
  return g_object_ref ((gpointer) address);
}

static void
presync_lookup_free_target_cb (gpointer target)
{
  g_srv_target_free (target);
}

static void
presync_lookup_entry_free (PresyncLookupEntry *entry)
{
  g_free (entry->name);
  g_list_free_full (entry->addresses, g_object_unref);
  g_free (entry->canonical);
  g_list_free_full (entry->targets, presync_lookup_free_target_cb);
  g_strfreev (entry->proxies);
  g_clear_error (&entry->error);
  g_free (entry);
}

static void presync_lookup_thread (gpointer data, gpointer user_data);

PresyncLookup *
presync_lookup_new (void)
{
  PresyncLookup *self = g_new0 (PresyncLookup, 1);

  g_atomic_ref_count_init (&self->n_refs);
  g_mutex_init (&self->mutex);
  g_cond_init (&self->cond);
  self->entries = g_hash_table_new_full (g_str_hash, g_str_equal, g_free,
                                         (GDestroyNotify) presync_lookup_entry_free);
  self->threads
      = g_thread_pool_new (presync_lookup_thread, NULL, PRESYNC_LOOKUP_AT_ONCE, FALSE, NULL);
  return self;
}

PresyncLookup *
presync_lookup_ref (PresyncLookup *self)
{
  g_atomic_ref_count_inc (&self->n_refs);
  return self;
}

void
presync_lookup_unref (PresyncLookup *self)
{
  if (!g_atomic_ref_count_dec (&self->n_refs))
    return;
  /* Whatever waits in there holds a reference: nothing does. */
  g_thread_pool_free (self->threads, FALSE, FALSE);
  g_hash_table_unref (self->entries);
  g_mutex_clear (&self->mutex);
  g_cond_clear (&self->cond);
  g_free (self);
}

/* Does anybody still want it? */
static gboolean
presync_lookup_is_wanted (PresyncLookup *self, PresyncLookupEntry *entry)
{
  gboolean wanted;

  g_mutex_lock (&self->mutex);
  wanted = entry->n_waiting > 0;
  entry->begun = wanted;
  g_mutex_unlock (&self->mutex);
  return wanted;
}

static void
presync_lookup_thread (gpointer data, gpointer user_data)
{
  PresyncLookupEntry *entry = data;
  g_autoptr (PresyncLookup) self = entry->lookup;
  GList *addresses = NULL, *targets = NULL;
  char *canonical = NULL;
  char **proxies = NULL;
  GError *error = NULL;

  if (!presync_lookup_is_wanted (self, entry))
    return;

  /* What the entry asks for never changes, so that it may be read without the lock. */
  if (entry->kind == LOOKUP_HOST)
    addresses = presync_resolve_host (entry->name, &canonical, &error);
  else if (entry->kind == LOOKUP_SERVICE)
    targets = presync_resolve_service (entry->name, &error);
  else
    proxies = g_proxy_resolver_lookup (g_proxy_resolver_get_default (), entry->name, NULL, &error);
  g_mutex_lock (&self->mutex);
  entry->addresses = addresses;
  entry->targets = targets;
  entry->canonical = canonical;
  entry->proxies = proxies;
  entry->error = error;
  entry->done = TRUE;
  g_cond_broadcast (&self->cond);
  g_mutex_unlock (&self->mutex);
}

/* The lock is held. (transfer none): the entry, whose thread runs, ran or will run */
static PresyncLookupEntry *
presync_lookup_find (PresyncLookup *self, PresyncLookupKind kind, const char *name)
{
  g_autofree char *key = g_strdup_printf ("%d %s", (int) kind, name);
  PresyncLookupEntry *entry = g_hash_table_lookup (self->entries, key);

  if (entry == NULL)
    {
      entry = g_new0 (PresyncLookupEntry, 1);
      entry->kind = kind;
      entry->name = g_strdup (name);
      g_hash_table_insert (self->entries, g_steal_pointer (&key), entry);
    }
  if (!entry->begun)
    {
      entry->begun = TRUE;
      entry->lookup = presync_lookup_ref (self);
      g_thread_pool_push (self->threads, entry, NULL);
    }
  return entry;
}

static void
presync_lookup_cancelled_cb (GCancellable *cancellable, gpointer user_data)
{
  PresyncLookup *self = user_data;

  g_mutex_lock (&self->mutex);
  g_cond_broadcast (&self->cond);
  g_mutex_unlock (&self->mutex);
}

/* Takes the lock and keeps it. Returns: (transfer none) (nullable): an entry that is done; %NULL
 * with @error */
static PresyncLookupEntry *
presync_lookup_wait (PresyncLookup *self, PresyncLookupKind kind, const char *name,
                     GCancellable *cancellable, GError **error)
{
  PresyncLookupEntry *entry;

  g_mutex_lock (&self->mutex);
  entry = presync_lookup_find (self, kind, name);
  entry->n_waiting++;
  while (!entry->done && !g_cancellable_is_cancelled (cancellable))
    g_cond_wait (&self->cond, &self->mutex);
  entry->n_waiting--;
  if (g_cancellable_set_error_if_cancelled (cancellable, error))
    return NULL;
  if (entry->error != NULL)
    {
      g_propagate_error (error, g_error_copy (entry->error));
      return NULL;
    }
  return entry;
}

GList *
presync_lookup_host (PresyncLookup *self, const char *host, char **canonical,
                     GCancellable *cancellable, GError **error)
{
  /* Not while the lock is held: cancelling takes it. */
  gulong handler
      = g_cancellable_connect (cancellable, G_CALLBACK (presync_lookup_cancelled_cb), self, NULL);
  PresyncLookupEntry *entry = presync_lookup_wait (self, LOOKUP_HOST, host, cancellable, error);
  GList *addresses = NULL;

  if (canonical != NULL)
    *canonical = entry != NULL ? g_strdup (entry->canonical) : NULL;
  if (entry != NULL)
    addresses = g_list_copy_deep (entry->addresses, presync_lookup_ref_address_cb, NULL);
  g_mutex_unlock (&self->mutex);
  g_cancellable_disconnect (cancellable, handler);
  return addresses;
}

GList *
presync_lookup_service (PresyncLookup *self, const char *record, GCancellable *cancellable,
                        GError **error)
{
  gulong handler
      = g_cancellable_connect (cancellable, G_CALLBACK (presync_lookup_cancelled_cb), self, NULL);
  PresyncLookupEntry *entry
      = presync_lookup_wait (self, LOOKUP_SERVICE, record, cancellable, error);
  GList *targets = NULL;

  if (entry != NULL)
    targets = g_list_copy_deep (entry->targets, presync_lookup_copy_target_cb, NULL);
  g_mutex_unlock (&self->mutex);
  g_cancellable_disconnect (cancellable, handler);
  return targets;
}

char **
presync_lookup_proxies (PresyncLookup *self, const char *url, GCancellable *cancellable,
                        GError **error)
{
  gulong handler
      = g_cancellable_connect (cancellable, G_CALLBACK (presync_lookup_cancelled_cb), self, NULL);
  PresyncLookupEntry *entry = presync_lookup_wait (self, LOOKUP_PROXIES, url, cancellable, error);
  char **proxies = entry != NULL ? g_strdupv (entry->proxies) : NULL;

  g_mutex_unlock (&self->mutex);
  g_cancellable_disconnect (cancellable, handler);
  return proxies;
}
