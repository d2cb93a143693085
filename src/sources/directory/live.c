/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sources/directory/live.h"

#include <string.h>

/* AD allows five notifications a connection (MaxNotificationPerConn). Samba counts the one that it
 * is about to answer twice, and so ends every one of five at the first change. */
#define MAX_PUSHED 4
/* One change often touches several objects: wait for the others before reading again. */
#define DEBOUNCE 50
#define POLL 3000
/* Of the time, reading may take one part in so many, however often a busy domain changes */
#define LEISURE 10

typedef struct
{
  int id;
  PresyncProbe probe;
} PresyncLivePush;

/* Lives on the stack. @due: probes to read again, a bit each */
typedef struct
{
  PresyncLdapDirectory *directory;
  const PresyncForest *forest;
  const char *sync_server;
  PresyncLiveFunc func;
  gpointer user_data;
  GCancellable *cancellable;
  PresyncLivePush pushed[MAX_PUSHED];
  guint n_pushed;
  guint polled;
  guint due;
  char *state;
  gint64 next_poll;
} PresyncLive;

#define BIT(probe) (1u << (probe))

static gboolean
presync_live_watch (PresyncLive *self, GError **error)
{
  g_autoptr (GPtrArray) watches = presync_probe_list_watches (self->forest, NULL);
  guint watched = 0;

  for (guint i = 0; i < watches->len; i++)
    {
      const PresyncWatch *watch = g_ptr_array_index (watches, i);
      PresyncLivePush *push = &self->pushed[self->n_pushed];
      g_autoptr (GError) local = NULL;

      if (self->n_pushed < MAX_PUSHED
          && presync_ldap_directory_watch (self->directory, watch->base, watch->scope, &push->id,
                                           &local))
        {
          push->probe = watch->probe;
          self->n_pushed++;
        }
      else
        self->polled |= BIT (watch->probe);
      watched |= BIT (watch->probe);
      if (local != NULL)
        {
          g_propagate_error (error, g_steal_pointer (&local));
          return FALSE;
        }
    }
  /* What nothing watches is polled as well; the counts take too long for that. */
  self->polled |= (BIT (PRESYNC_N_PROBES) - 1) & ~watched;
  self->polled &= ~BIT (PRESYNC_PROBE_COUNTS);
  if (self->sync_server == NULL)
    self->polled &= ~BIT (PRESYNC_PROBE_SERVER);
  return TRUE;
}

static gboolean
presync_live_state_cb (const PresyncEntry *entry, gpointer user_data)
{
  GString *state = user_data;
  const char *const attributes[] = { "highestCommittedUSN", "forestFunctionality",
                                     "domainFunctionality", "domainControllerFunctionality", NULL };

  for (guint i = 0; attributes[i] != NULL; i++)
    {
      g_autofree char *value = presync_entry_dup_text (entry, attributes[i]);
      g_string_append_printf (state, "%s ", value != NULL ? value : "-");
    }
  return TRUE;
}

static gboolean
presync_live_poll (PresyncLive *self, GError **error)
{
  const char *const attributes[] = { "highestCommittedUSN", "forestFunctionality",
                                     "domainFunctionality", "domainControllerFunctionality", NULL };
  PresyncQuery query = { "", PRESYNC_SCOPE_BASE, "(objectClass=*)", attributes, 1, 0 };
  g_autoptr (GString) state = g_string_new (NULL);

  if (!presync_directory_search (PRESYNC_DIRECTORY (self->directory), &query, presync_live_state_cb,
                                 state, NULL, self->cancellable, error))
    return FALSE;
  if (self->state != NULL && strcmp (self->state, state->str) != 0)
    self->due |= self->polled;
  g_free (self->state);
  self->state = g_string_free (g_steal_pointer (&state), FALSE);
  self->next_poll = g_get_monotonic_time () + POLL * G_TIME_SPAN_MILLISECOND;
  return TRUE;
}

static gboolean
presync_live_read (PresyncLive *self, GError **error)
{
  gint64 start = g_get_monotonic_time ();
  guint due = self->due;

  self->due = 0;
  for (guint probe = 0; probe < PRESYNC_N_PROBES; probe++)
    {
      GPtrArray *facts;
      if ((due & BIT (probe)) == 0)
        continue;
      facts = presync_probe_run (probe, PRESYNC_DIRECTORY (self->directory), self->forest,
                                 self->sync_server, NULL, NULL, self->cancellable, error);
      if (facts == NULL)
        return FALSE;
      self->func (probe, facts, self->user_data);
    }
  if ((due & self->polled) != 0)
    self->next_poll = MAX (self->next_poll,
                           g_get_monotonic_time () + LEISURE * (g_get_monotonic_time () - start));
  return TRUE;
}

static void
presync_live_note (PresyncLive *self, PresyncLdapChange change, int id)
{
  for (guint i = 0; i < self->n_pushed; i++)
    {
      if (self->pushed[i].id != id)
        continue;
      /* A server may give a watch up just when it would have told of a change. */
      if (change != PRESYNC_LDAP_CHANGE_NONE)
        self->due |= BIT (self->pushed[i].probe);
      if (change == PRESYNC_LDAP_CHANGE_REFUSED)
        self->polled |= BIT (self->pushed[i].probe);
    }
}

static gboolean
presync_live_step (PresyncLive *self, GError **error)
{
  PresyncLdapChange change = PRESYNC_LDAP_CHANGE_NONE;
  gint64 left = (self->next_poll - g_get_monotonic_time ()) / G_TIME_SPAN_MILLISECOND;
  guint wait = self->due != 0 ? DEBOUNCE : (guint) MAX (left, 0) + 1;
  int id = 0;

  if (!presync_ldap_directory_wait_change (self->directory, wait, &change, &id, self->cancellable,
                                           error))
    return FALSE;
  presync_live_note (self, change, id);
  if (change != PRESYNC_LDAP_CHANGE_NONE && self->due != 0 && left > -POLL)
    return TRUE;
  if (g_get_monotonic_time () >= self->next_poll && !presync_live_poll (self, error))
    return FALSE;
  return self->due == 0 || presync_live_read (self, error);
}

void
presync_live_follow (PresyncLdapDirectory *directory, const PresyncForest *forest,
                     const char *sync_server, PresyncLiveFunc func, gpointer user_data,
                     GCancellable *cancellable, GError **error)
{
  PresyncLive self = { 0 };

  g_return_if_fail (PRESYNC_IS_LDAP_DIRECTORY (directory) && forest != NULL && func != NULL);
  self.directory = directory;
  self.forest = forest;
  self.sync_server = sync_server;
  self.func = func;
  self.user_data = user_data;
  self.cancellable = cancellable;
  if (presync_live_watch (&self, error) && presync_live_poll (&self, error))
    while (presync_live_step (&self, error))
      continue;
  g_free (self.state);
}
