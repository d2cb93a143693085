/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sources/directory/live.h"

/* One change often touches several objects: wait for the others before reading again. */
#define DEBOUNCE (50 * G_TIME_SPAN_MILLISECOND)
#define POLL (3 * G_TIME_SPAN_SECOND)
/* What is pushed is read again this often as well, if anything changed at all: a server tells
 * nothing of what the signed-in person may not see, and of a move only at the new place. */
#define CATCH_UP (30 * G_TIME_SPAN_SECOND)
/* Of the time, reading may take one part in so many, however often a busy domain changes */
#define LEISURE 10

/* Lives on the stack. Sets of probes hold a bit each, times are monotonic.
 * @ids: of the watches
 * @polled: read again after each poll that tells of a change; @pushed when a watch does
 * @missed: pushed, but something has changed since they were read
 * @due: to be read again at @read_at
 * @idle: have nothing to look at, whatever changes
 * @rest_until: the next read is not to begin before */
typedef struct
{
  PresyncLdapDirectory *directory;
  const PresyncForest *forest;
  const PresyncLiveReader *reader;
  GCancellable *cancellable;
  GPtrArray *watches;
  GArray *ids;
  guint polled;
  guint pushed;
  guint missed;
  guint due;
  guint idle;
  char *usn;
  gint64 next_poll;
  gint64 next_catch_up;
  gint64 read_at;
  gint64 rest_until;
} PresyncLive;

static void
presync_live_add_due (PresyncLive *self, guint probes, gint64 delay)
{
  probes &= ~self->idle;
  if (self->due == 0 && probes != 0)
    self->read_at = MAX (g_get_monotonic_time () + delay, self->rest_until);
  self->due |= probes;
}

static gboolean
presync_live_watch (PresyncLive *self, GError **error)
{
  for (guint i = 0; i < self->watches->len; i++)
    {
      const PresyncWatch *watch = g_ptr_array_index (self->watches, i);
      g_autoptr (GError) local = NULL;
      int id = 0; /* of no message */

      if (presync_ldap_directory_watch (self->directory, watch->base, watch->scope, &id, &local))
        self->pushed |= watch->probes;
      else
        self->polled |= watch->probes;
      g_array_append_val (self->ids, id);
      if (local != NULL)
        {
          g_propagate_error (error, g_steal_pointer (&local));
          return FALSE;
        }
    }
  /* What nothing watches is polled as well, and so are the traces, of which the watch of the domain
   * tells the password policy only. The counts take too long for that. The rights are read again
   * when the domain's head changes, or as often as what is pushed. */
  self->pushed |= PRESYNC_PROBE_BIT (PRESYNC_PROBE_RIGHTS);
  self->polled |= (PRESYNC_PROBE_BIT (PRESYNC_N_PROBES) - 1) & ~self->pushed;
  self->polled |= PRESYNC_PROBE_BIT (PRESYNC_PROBE_TRACES);
  self->polled &= ~PRESYNC_PROBE_BIT (PRESYNC_PROBE_COUNTS);
  return TRUE;
}

static gboolean
presync_live_usn_cb (const PresyncEntry *entry, gpointer user_data)
{
  char **usn = user_data;

  g_free (*usn);
  *usn = presync_entry_dup_text (entry, "highestCommittedUSN");
  return TRUE;
}

gboolean
presync_live_read_usn (PresyncLdapDirectory *directory, char **usn, GCancellable *cancellable,
                       GError **error)
{
  static const char *const attributes[] = { "highestCommittedUSN", NULL };
  const PresyncQuery query = { "", PRESYNC_SCOPE_BASE, "(objectClass=*)", attributes, 1, 0 };
  g_autofree char *found = NULL;

  if (!presync_directory_search (PRESYNC_DIRECTORY (directory), &query, presync_live_usn_cb, &found,
                                 NULL, cancellable, error))
    return FALSE;
  g_free (*usn);
  *usn = g_steal_pointer (&found);
  return TRUE;
}

static gboolean
presync_live_poll (PresyncLive *self, GError **error)
{
  g_autofree char *before = g_steal_pointer (&self->usn);
  gint64 now;

  if (!presync_live_read_usn (self->directory, &self->usn, self->cancellable, error))
    return FALSE;
  now = g_get_monotonic_time ();
  self->next_poll = MAX (now + POLL, self->rest_until);
  /* A server that tells no number has always changed. */
  if (self->usn == NULL || g_strcmp0 (before, self->usn) != 0)
    {
      presync_live_add_due (self, self->polled, 0);
      self->missed |= self->pushed;
    }
  if (now >= self->next_catch_up)
    {
      presync_live_add_due (self, self->missed, 0);
      self->next_catch_up = now + CATCH_UP;
    }
  return TRUE;
}

static gboolean
presync_live_read (PresyncLive *self, guint probes, GError **error)
{
  gint64 start = g_get_monotonic_time ();
  gint64 end;

  self->due &= ~probes;
  self->missed &= ~probes;
  for (guint probe = 0; probe < PRESYNC_N_PROBES; probe++)
    if ((probes & PRESYNC_PROBE_BIT (probe)) != 0
        && !self->reader->read ((PresyncProbe) probe, self->reader->user_data, error))
      return FALSE;
  end = g_get_monotonic_time ();
  self->rest_until = end + LEISURE * (end - start);
  return TRUE;
}

static void
presync_live_note (PresyncLive *self, PresyncLdapChange change, int id, const char *dn)
{
  for (guint i = 0; change != PRESYNC_LDAP_CHANGE_NONE && i < self->ids->len; i++)
    {
      const PresyncWatch *watch = g_ptr_array_index (self->watches, i);
      guint probes = watch->probes;

      if (g_array_index (self->ids, int, i) != id)
        continue;
      if (change == PRESYNC_LDAP_CHANGE_REFUSED)
        self->polled |= probes;
      else if (dn != NULL)
        probes &= presync_probe_affected (self->forest, dn);
      /* A server may give a watch up just when it would have told of a change. */
      presync_live_add_due (self, probes, DEBOUNCE);
    }
}

static gboolean
presync_live_step (PresyncLive *self, GError **error)
{
  PresyncLdapChange change = PRESYNC_LDAP_CHANGE_NONE;
  gint64 until = self->due != 0 ? MIN (self->read_at, self->next_poll) : self->next_poll;
  gint64 left = MAX (until - g_get_monotonic_time (), 0) / G_TIME_SPAN_MILLISECOND;
  g_autofree char *dn = NULL;
  guint named;
  int id = 0;

  if (!presync_ldap_directory_wait_change (self->directory, (guint) left + 1, &change, &id, &dn,
                                           self->cancellable, error))
    return FALSE;
  presync_live_note (self, change, id, dn);
  /* Somebody waits for these: no leisure. */
  named = self->reader->take_due (&self->idle, self->reader->user_data);
  self->due &= ~self->idle;
  if (named != 0 && !presync_live_read (self, named, error))
    return FALSE;
  if (g_get_monotonic_time () >= self->next_poll && !presync_live_poll (self, error))
    return FALSE;
  if (self->due == 0 || g_get_monotonic_time () < self->read_at)
    return TRUE;
  return presync_live_read (self, self->due, error);
}

void
presync_live_follow (PresyncLdapDirectory *directory, const PresyncForest *forest,
                     const PresyncLiveReader *reader, const char *usn, GCancellable *cancellable,
                     GError **error)
{
  PresyncLive self = { 0 };

  g_return_if_fail (PRESYNC_IS_LDAP_DIRECTORY (directory) && forest != NULL && reader != NULL);
  self.directory = directory;
  self.forest = forest;
  self.reader = reader;
  self.cancellable = cancellable;
  self.watches = presync_probe_list_watches (forest);
  self.ids = g_array_new (FALSE, FALSE, sizeof (int));
  self.usn = g_strdup (usn);
  presync_live_add_due (&self, reader->take_due (&self.idle, reader->user_data), 0);
  /* The first poll tells of what changed before the watches were set. */
  if (presync_live_watch (&self, error) && presync_live_poll (&self, error))
    while (presync_live_step (&self, error))
      continue;
  g_ptr_array_unref (self.watches);
  g_array_unref (self.ids);
  g_free (self.usn);
}
