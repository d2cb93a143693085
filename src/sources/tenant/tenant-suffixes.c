/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sources/tenant/tenant-suffixes.h"

#include <glib/gi18n.h>

#define MORE_THREADS (PRESYNC_TENANT_SUFFIXES_AT_ONCE - 1)

/* Shared by the threads that ask; all but the atomic members is read alone. @owners: as long as
 * @domains; each thread fills places of its own */
typedef struct
{
  PresyncTenantCheck *check;
  GPtrArray *domains; /* utf8 */
  GPtrArray *owners;  /* PresyncTenantOwner; NULL: is to be asked */
  GCancellable *cancellable;
  gint64 end;
  int next;      /* atomic */
  GError *error; /* atomic; nullable: it was cancelled */
} PresyncTenantSuffixes;

/* (transfer full) (nullable): of what was known before the check, or of the tenant's own domain */
static PresyncTenantOwner *
presync_tenant_suffixes_dup_known (PresyncTenantCheck *check, const char *domain)
{
  const GPtrArray *suffixes = check->earlier != NULL ? check->earlier->suffixes : NULL;

  if (g_ascii_strcasecmp (check->known->own->domain, domain) == 0)
    return presync_tenant_owner_ref (check->known->own);
  for (guint i = 0; suffixes != NULL && i < suffixes->len; i++)
    {
      PresyncTenantOwner *owner = g_ptr_array_index (suffixes, i);

      if (owner->discovery != NULL && g_ascii_strcasecmp (owner->domain, domain) == 0)
        return presync_tenant_owner_ref (owner);
    }
  return NULL;
}

/* (transfer full) (nullable): what needs no question; @place: of the suffix among all */
static PresyncTenantOwner *
presync_tenant_suffixes_spare (PresyncTenantCheck *check, PresyncHttp *http, const char *domain,
                               guint place)
{
  g_autoptr (GDateTime) now = presync_http_dup_now (http);
  PresyncTenantOwner *owner = presync_tenant_suffixes_dup_known (check, domain);

  if (owner == NULL)
    owner = presync_tenant_owner_new_impossible (domain, now);
  if (owner == NULL && place >= PRESYNC_TENANT_MAX_SUFFIXES)
    {
      g_autofree char *detail = g_strdup_printf (
          _ ("Only the first %d UPN suffixes are asked for."), PRESYNC_TENANT_MAX_SUFFIXES);

      owner = presync_tenant_owner_new_unknown (domain, PRESYNC_UNKNOWN_PARTIAL, detail, now);
    }
  return owner;
}

/* (transfer full) (nullable): who owns a suffix, or why that is not known; %NULL if cancelled */
static PresyncTenantOwner *
presync_tenant_suffixes_ask (PresyncTenantSuffixes *self, PresyncHttp *http, const char *domain,
                             GError **error)
{
  g_autoptr (GDateTime) now = presync_http_dup_now (http);
  g_autoptr (GError) local = NULL;
  g_autofree char *ascii = g_hostname_to_ascii (domain);
  PresyncDiscovery *found = NULL;
  gboolean late = g_get_monotonic_time () > self->end || presync_tenant_check_is_late (self->check);

  if (!late)
    found = presync_discover (http, self->check->target->cloud, ascii, self->cancellable, &local);
  if (found != NULL)
    {
      /* As people write it, not as it is asked for */
      g_free (found->domain);
      found->domain = g_strdup (domain);
      return presync_tenant_owner_new (found, now);
    }
  if (local != NULL && !g_error_matches (local, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return presync_tenant_owner_new_unknown (domain, presync_tenant_judge_error (local),
                                             local->message, now);
  if (late || presync_tenant_check_is_late (self->check))
    return presync_tenant_owner_new_unknown (domain, PRESYNC_UNKNOWN_TIMED_OUT,
                                             presync_tenant_check_get_late (), now);
  g_propagate_error (error, g_steal_pointer (&local));
  return NULL;
}

/* Asks for one suffix after the other, as long as there is one that nobody asks for. */
static void
presync_tenant_suffixes_work (PresyncTenantSuffixes *self, PresyncHttp *http)
{
  while (g_atomic_pointer_get (&self->error) == NULL)
    {
      guint i = (guint) g_atomic_int_add (&self->next, 1);
      GError *error = NULL;

      if (i >= self->domains->len)
        return;
      if (g_ptr_array_index (self->owners, i) != NULL)
        continue;
      g_ptr_array_index (self->owners, i)
          = presync_tenant_suffixes_ask (self, http, g_ptr_array_index (self->domains, i), &error);
      if (error != NULL
          && !g_atomic_pointer_compare_and_exchange (&self->error, (GError *) NULL, error))
        g_error_free (error);
    }
}

static gpointer
presync_tenant_suffixes_thread (gpointer data)
{
  PresyncTenantSuffixes *self = data;
  g_autoptr (PresyncHttp) http = presync_http_new (self->check->target);

  presync_tenant_suffixes_work (self, http);
  return NULL;
}

static void
presync_tenant_suffixes_ask_all (PresyncTenantSuffixes *self, PresyncHttp *http)
{
  GThread *threads[MORE_THREADS] = { NULL };
  guint waiting = 0;

  for (guint i = 0; i < self->owners->len; i++)
    waiting += g_ptr_array_index (self->owners, i) == NULL;
  /* A recording answers at once. If no more threads can be had, those that are there ask. */
  for (guint i = 0; self->check->target->recording == NULL && i < MORE_THREADS && i + 1 < waiting;
       i++)
    {
      threads[i] = g_thread_try_new ("presync-suffix", presync_tenant_suffixes_thread, self, NULL);
      if (threads[i] == NULL)
        break;
    }
  presync_tenant_suffixes_work (self, http);
  for (guint i = 0; i < MORE_THREADS && threads[i] != NULL; i++)
    g_thread_join (threads[i]);
}

static void
presync_tenant_suffixes_free_owner (gpointer owner)
{
  presync_tenant_owner_unref (owner);
}

/* @suffixes: (nullable) */
static void
presync_tenant_suffixes_add (PresyncTenantSuffixes *self, PresyncHttp *http, char **suffixes)
{
  for (guint i = 0; suffixes != NULL && suffixes[i] != NULL; i++)
    {
      g_autofree char *domain = g_utf8_strdown (suffixes[i], -1);

      if (domain[0] == '\0'
          || g_ptr_array_find_with_equal_func (self->domains, domain, g_str_equal, NULL))
        continue;
      g_ptr_array_add (self->owners, presync_tenant_suffixes_spare (self->check, http, domain,
                                                                    self->domains->len));
      g_ptr_array_add (self->domains, g_steal_pointer (&domain));
    }
}

GPtrArray *
presync_tenant_suffixes_find (PresyncTenantCheck *check, PresyncHttp *http, guint seconds,
                              guint *n_offered, GCancellable *cancellable, GError **error)
{
  g_autoptr (GPtrArray) domains = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GPtrArray) owners
      = g_ptr_array_new_with_free_func (presync_tenant_suffixes_free_owner);
  PresyncTenantSuffixes self = { .check = check,
                                 .domains = domains,
                                 .owners = owners,
                                 .cancellable = cancellable,
                                 .end = g_get_monotonic_time () + seconds * G_USEC_PER_SEC };
  guint n_used;

  g_return_val_if_fail (check != NULL, NULL);
  presync_tenant_suffixes_add (&self, http, check->suffixes);
  n_used = domains->len;
  presync_tenant_suffixes_add (&self, http, check->offered);
  presync_tenant_suffixes_ask_all (&self, http);
  if (self.error == NULL)
    {
      *n_offered = owners->len - n_used;
      return g_steal_pointer (&owners);
    }
  g_propagate_error (error, self.error);
  return NULL;
}
