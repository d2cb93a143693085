/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sources/directory/ldap-search.h"

#include <string.h>
#include <glib/gi18n.h>

#include "base/error.h"
#include "sources/directory/bounds.h"
#include "sources/directory/ldap-ask.h"
#include "sources/directory/ldap-entry.h"

/* Of an entry whose values are not all here yet, and of those behind it in its page */
typedef struct
{
  PresyncEntry *entry;
  GPtrArray *ranges;
} PresyncLdapHeld;

/* A search on its way. Lives on the stack. */
typedef struct
{
  PresyncLdapConnection *connection;
  const PresyncLdapOffer *offer;
  const PresyncQuery *query;
  PresyncEntryFunc func;
  gpointer user_data;
  GCancellable *cancellable;
  guint64 n_entries;
  guint64 n_page;
  guint64 received;
  GQueue held;
  gsize held_bytes;
  GHashTable *first_dns;
  char *last_dn;
  gboolean repeated;
  gboolean stopped;
  char *partial;
} PresyncLdapSearch;

static void
presync_ldap_held_free (PresyncLdapHeld *held)
{
  g_clear_pointer (&held->entry, presync_entry_free);
  g_clear_pointer (&held->ranges, g_ptr_array_unref);
  g_free (held);
}

int
presync_ldap_scope (PresyncScope scope)
{
  return scope == PRESYNC_SCOPE_BASE        ? LDAP_SCOPE_BASE
         : scope == PRESYNC_SCOPE_ONE_LEVEL ? LDAP_SCOPE_ONELEVEL
                                            : LDAP_SCOPE_SUBTREE;
}

/* Ends the search early; only the first reason is told. */
static void
presync_ldap_search_stop (PresyncLdapSearch *self, char *partial)
{
  self->stopped = TRUE;
  if (self->partial == NULL)
    self->partial = partial;
  else
    g_free (partial);
}

static void
presync_ldap_search_deliver (PresyncLdapSearch *self, const PresyncEntry *entry)
{
  guint64 bound = self->query->max_entries > 0 ? self->query->max_entries : PRESYNC_BOUND_ENTRIES;

  if (self->stopped)
    return;
  if (self->n_entries >= bound)
    {
      g_autofree char *number = g_strdup_printf ("%" G_GUINT64_FORMAT, bound);
      presync_ldap_search_stop (self,
                                g_strdup_printf (_ ("The read of %s was stopped after %s objects"),
                                                 self->connection->text, number));
      return;
    }
  self->n_entries++;
  if (!self->func (entry, self->user_data))
    presync_ldap_search_stop (self, NULL);
}

/* A server that pages in a circle begins some page with an object that began one before. One that
 * repeats the last object of a page on the next tells it twice, and once is enough. Returns TRUE if
 * the entry is new. */
static gboolean
presync_ldap_search_note (PresyncLdapSearch *self, const char *dn)
{
  gboolean again = self->n_page == 0 && g_strcmp0 (self->last_dn, dn) == 0;

  if (self->n_page == 0 && self->query->scope != PRESYNC_SCOPE_BASE)
    self->repeated = !g_hash_table_add (self->first_dns, g_strdup (dn));
  self->n_page++;
  g_free (self->last_dn);
  self->last_dn = g_strdup (dn);
  return !again;
}

static gboolean
presync_ldap_search_entry_cb (LDAPMessage *message, gpointer user_data, GError **error)
{
  PresyncLdapSearch *self = user_data;
  g_autoptr (GPtrArray) ranges
      = g_ptr_array_new_with_free_func ((GDestroyNotify) presync_ldap_range_free);
  gsize bytes = 0;
  g_autoptr (PresyncEntry) entry
      = presync_ldap_entry_read (self->connection->ld, message, ranges, &bytes);

  if (entry == NULL)
    {
      g_set_error (error, PRESYNC_ERROR, PRESYNC_ERROR_BAD_INPUT,
                   _ ("%s sent a malformed entry when “%s” was read"), self->connection->text,
                   *self->query->base != '\0' ? self->query->base : "rootDSE");
      return FALSE;
    }
  if (!presync_ldap_search_note (self, presync_entry_get_dn (entry)) || self->repeated)
    return !self->repeated;
  if (ranges->len > 0 || self->held.length > 0)
    {
      PresyncLdapHeld *held = g_new0 (PresyncLdapHeld, 1);
      held->entry = g_steal_pointer (&entry);
      held->ranges = g_steal_pointer (&ranges);
      g_queue_push_tail (&self->held, held);
      self->held_bytes += bytes;
    }
  else
    presync_ldap_search_deliver (self, entry);
  if (self->held_bytes > PRESYNC_BOUND_HELD
      || presync_transport_get_received (self->connection->transport) - self->received
             > PRESYNC_BOUND_BYTES)
    presync_ldap_search_stop (
        self, g_strdup_printf (_ ("%s sent more data than Presync takes"), self->connection->text));
  return !self->stopped;
}

typedef struct
{
  PresyncLdapSearch *search;
  PresyncEntry *entry;
  const char *attribute;
  guint64 from;
  guint64 next;
  gboolean found;
} PresyncLdapMore;

static gboolean
presync_ldap_search_more_cb (LDAPMessage *message, gpointer user_data, GError **error)
{
  PresyncLdapMore *more = user_data;
  PresyncLdapSearch *self = more->search;
  g_autoptr (GPtrArray) ranges
      = g_ptr_array_new_with_free_func ((GDestroyNotify) presync_ldap_range_free);
  gsize bytes = 0;
  g_autoptr (PresyncEntry) entry
      = presync_ldap_entry_read (self->connection->ld, message, ranges, &bytes);
  GPtrArray *values = entry != NULL ? presync_entry_get_values (entry, more->attribute) : NULL;

  for (guint i = 0; values != NULL && i < values->len; i++)
    presync_entry_add (more->entry, more->attribute, g_bytes_ref (g_ptr_array_index (values, i)));
  /* Only what begins where the last ended: no value is missing in between, and none comes twice. */
  for (guint i = 0; values != NULL && values->len > 0 && i < ranges->len; i++)
    {
      PresyncLdapRange *range = g_ptr_array_index (ranges, i);
      if (g_ascii_strcasecmp (range->attribute, more->attribute) != 0)
        continue;
      more->found = range->first == more->from;
      more->next = range->next;
    }
  self->held_bytes += bytes;
  return FALSE;
}

/* Reads on from the first missing value until the server says "-*". */
static gboolean
presync_ldap_search_complete_range (PresyncLdapSearch *self, PresyncEntry *entry,
                                    const PresyncLdapRange *range, GError **error)
{
  PresyncLdapMore more
      = { self, entry, range->attribute, range->next, range->next, range->first == 0 };

  for (guint i = 0; more.next > 0 || !more.found; i++)
    {
      g_autofree char *name
          = g_strdup_printf ("%s;range=%" G_GUINT64_FORMAT "-*", range->attribute, more.next);
      const char *names[] = { name, NULL };
      PresyncLdapAsk ask = { 0 };
      g_auto (PresyncLdapAnswer) answer = { 0 };

      if (i >= PRESYNC_BOUND_RANGES || self->held_bytes > PRESYNC_BOUND_HELD || !more.found)
        {
          presync_ldap_search_stop (self,
                                    g_strdup_printf (_ ("%s did not give all values of %s of “%s”"),
                                                     self->connection->text, range->attribute,
                                                     presync_entry_get_dn (entry)));
          return TRUE;
        }
      ask.base = presync_entry_get_dn (entry);
      ask.scope = LDAP_SCOPE_BASE;
      ask.filter = "(objectClass=*)";
      ask.attributes = names;
      more.from = more.next;
      more.next = 0;
      more.found = FALSE;
      if (!presync_ldap_ask (self->connection, &ask, presync_ldap_search_more_cb, &more, &answer,
                             self->cancellable, error))
        return FALSE;
      /* No progress would be an endless loop, and a missing answer is missing values. */
      if (!more.found || (more.next > 0 && more.next <= more.from))
        {
          more.next = more.from;
          more.found = FALSE;
        }
    }
  return TRUE;
}

static gboolean
presync_ldap_search_release (PresyncLdapSearch *self, GError **error)
{
  while (self->held.length > 0)
    {
      PresyncLdapHeld *held = g_queue_pop_head (&self->held);
      gboolean good = TRUE;

      for (guint i = 0; good && !self->stopped && i < held->ranges->len; i++)
        good = presync_ldap_search_complete_range (self, held->entry,
                                                   g_ptr_array_index (held->ranges, i), error);
      if (good)
        presync_ldap_search_deliver (self, held->entry);
      presync_ldap_held_free (held);
      if (!good)
        return FALSE;
    }
  self->held_bytes = 0;
  return TRUE;
}

/* After a page: may the next be asked for? Sets the reason if the answer is not to be trusted. */
static gboolean
presync_ldap_search_may_go_on (PresyncLdapSearch *self, const PresyncLdapAnswer *answer,
                               gboolean paged, guint *empty)
{
  const char *text = self->connection->text;
  char *why = NULL;

  *empty = self->n_page == 0 ? *empty + 1 : 0;
  if (answer->partial != NULL)
    why = g_strdup (answer->partial);
  else if (self->repeated)
    why = g_strdup_printf (_ ("%s gives the same objects again and again"), text);
  else if (paged && !answer->has_cookie)
    why = g_strdup_printf (_ ("%s ended a page without telling whether more follow"), text);
  else if (paged && answer->cookie != NULL && *empty >= PRESYNC_BOUND_EMPTY_PAGES)
    why = g_strdup_printf (_ ("%s gives empty pages without an end"), text);
  if (why != NULL)
    {
      presync_ldap_search_stop (self, why);
      return FALSE;
    }
  return !self->stopped && paged && answer->cookie != NULL;
}

static gboolean
presync_ldap_search_run (PresyncLdapSearch *self, GError **error)
{
  const PresyncQuery *query = self->query;
  PresyncLdapAsk ask = { 0 };
  g_autoptr (GBytes) cookie = NULL;
  gboolean more = TRUE;
  guint empty = 0;

  ask.base = query->base;
  ask.scope = presync_ldap_scope (query->scope);
  ask.filter = query->filter;
  ask.attributes = query->attributes;
  ask.sd_flags = self->offer->sd_flags ? query->sd_flags : 0;
  ask.paged = self->offer->paging && query->scope != PRESYNC_SCOPE_BASE;
  while (more)
    {
      g_auto (PresyncLdapAnswer) answer = { 0 };
      ask.cookie = cookie;
      self->n_page = 0;
      if (!presync_ldap_ask (self->connection, &ask, presync_ldap_search_entry_cb, self, &answer,
                             self->cancellable, error))
        return FALSE;
      if (!presync_ldap_search_release (self, error))
        return FALSE;
      more = presync_ldap_search_may_go_on (self, &answer, ask.paged, &empty);
      g_clear_pointer (&cookie, g_bytes_unref);
      cookie = g_steal_pointer (&answer.cookie);
    }
  return TRUE;
}

gboolean
presync_ldap_search (PresyncLdapConnection *connection, const PresyncLdapOffer *offer,
                     const PresyncQuery *query, PresyncEntryFunc func, gpointer user_data,
                     gboolean *complete, char **partial, GCancellable *cancellable, GError **error)
{
  PresyncLdapSearch self = { 0 };
  gulong guard;
  gboolean good;

  *complete = FALSE;
  *partial = NULL;
  self.connection = connection;
  self.offer = offer;
  self.query = query;
  self.func = func;
  self.user_data = user_data;
  self.cancellable = cancellable;
  self.received = presync_transport_get_received (connection->transport);
  self.first_dns = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_queue_init (&self.held);
  guard = presync_ldap_connection_guard (connection, cancellable);
  good = presync_ldap_search_run (&self, error);
  if (cancellable != NULL)
    g_cancellable_disconnect (cancellable, guard);
  g_queue_clear_full (&self.held, (GDestroyNotify) presync_ldap_held_free);
  g_hash_table_unref (self.first_dns);
  g_free (self.last_dn);
  *complete = good && !self.stopped;
  *partial = self.partial;
  return good;
}
