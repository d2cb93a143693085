/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sources/directory/connect.h"

#include <glib/gi18n.h>
#include <gio/gnetworking.h>

#include "base/error.h"
#include "sources/directory/bounds.h"
#include "sources/directory/deadline.h"
#include "sources/directory/tls.h"

void
presync_opening_tell (const PresyncOpening *self, const char *stage, PresyncStageState state,
                      const char *text)
{
  if (self->stage != NULL)
    self->stage (stage, state, text, self->stage_data);
}

static void
presync_connect_unref_addresses (gpointer addresses)
{
  g_list_free_full (addresses, g_object_unref);
}

static GList *
presync_connect_resolve (PresyncOpening *self, GError **error)
{
  g_autoptr (GResolver) resolver = g_resolver_get_default ();
  g_autoptr (PresyncDeadline) deadline = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) local = NULL;
  GList *addresses;

  if (g_hostname_is_ip_address (self->server))
    return g_list_append (NULL, g_inet_address_new_from_string (self->server));
  deadline = presync_deadline_new (PRESYNC_BOUND_RESOLVE, self->cancellable);
  g_resolver_lookup_by_name_async (resolver, self->server,
                                   presync_deadline_get_cancellable (deadline),
                                   presync_deadline_ready_cb, deadline);
  result = presync_deadline_wait (deadline);
  addresses = g_resolver_lookup_by_name_finish (resolver, result, &local);
  if (addresses != NULL)
    return addresses;
  if (presync_deadline_get_expired (deadline))
    g_set_error (error, PRESYNC_ERROR, PRESYNC_ERROR_TIMED_OUT,
                 _ ("DNS did not answer within %d seconds for the server name “%s”"),
                 PRESYNC_BOUND_RESOLVE, self->server);
  else if (g_error_matches (local, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    g_propagate_error (error, g_steal_pointer (&local));
  else
    g_set_error (error, PRESYNC_ERROR, PRESYNC_ERROR_UNREACHABLE,
                 _ ("The server name “%s” is not known to DNS (%s)"), self->server, local->message);
  return NULL;
}

static void
presync_connect_set_error (PresyncOpening *self, gboolean expired, GError *cause, GError **error)
{
  g_clear_error (error);
  if (expired)
    g_set_error (error, PRESYNC_ERROR, PRESYNC_ERROR_TIMED_OUT,
                 _ ("%s did not answer on port %u within %d seconds"), self->text, self->port,
                 PRESYNC_BOUND_CONNECT);
  else if (g_error_matches (cause, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    g_propagate_error (error, g_error_copy (cause));
  else if (g_error_matches (cause, G_IO_ERROR, G_IO_ERROR_CONNECTION_REFUSED))
    g_set_error (error, PRESYNC_ERROR, PRESYNC_ERROR_UNREACHABLE,
                 _ ("%s refuses connections on port %u: no directory service listens there, or a "
                    "firewall forbids it"),
                 self->text, self->port);
  else
    g_set_error (error, PRESYNC_ERROR, PRESYNC_ERROR_UNREACHABLE,
                 _ ("%s cannot be reached on port %u (%s)"), self->text, self->port,
                 cause->message);
}

static GSocketConnection *
presync_connect_address (PresyncOpening *self, GInetAddress *address, GError **error)
{
  g_autoptr (GSocketClient) client = g_socket_client_new ();
  g_autoptr (GSocketAddress) where = g_inet_socket_address_new (address, self->port);
  g_autoptr (PresyncDeadline) deadline = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) local = NULL;
  GSocketConnection *connection;
  GSocket *socket;

  /* Nothing may go anywhere but to the server that the user named. */
  g_socket_client_set_enable_proxy (client, FALSE);
  deadline = presync_deadline_new (PRESYNC_BOUND_CONNECT, self->cancellable);
  g_socket_client_connect_async (client, G_SOCKET_CONNECTABLE (where),
                                 presync_deadline_get_cancellable (deadline),
                                 presync_deadline_ready_cb, deadline);
  result = presync_deadline_wait (deadline);
  connection = g_socket_client_connect_finish (client, result, &local);
  if (connection == NULL)
    {
      presync_connect_set_error (self, presync_deadline_get_expired (deadline), local, error);
      return NULL;
    }
  socket = g_socket_connection_get_socket (connection);
  g_socket_set_option (socket, IPPROTO_TCP, TCP_NODELAY, 1, NULL);
  g_socket_set_keepalive (socket, TRUE);
  return connection;
}

static GSocketConnection *
presync_connect_any (PresyncOpening *self, GList *addresses, GError **error)
{
  guint tried = 0;

  for (GList *l = addresses; l != NULL && tried < PRESYNC_BOUND_ADDRESSES; l = l->next, tried++)
    {
      g_autoptr (GError) local = NULL;
      GSocketConnection *connection = presync_connect_address (self, l->data, &local);
      if (connection != NULL)
        {
          g_autofree char *text = g_inet_address_to_string (l->data);
          g_clear_error (error);
          presync_opening_tell (self, "connect", PRESYNC_STAGE_DONE, text);
          return connection;
        }
      if (error != NULL && *error == NULL)
        g_propagate_error (error, g_steal_pointer (&local));
      if (g_cancellable_is_cancelled (self->cancellable))
        break;
    }
  return NULL;
}

GIOStream *
presync_connect (PresyncOpening *self, GError **error)
{
  g_autoptr (GSocketConnection) connection = NULL;
  g_autoptr (GString) found = g_string_new (NULL);
  GList *addresses;

  presync_opening_tell (self, "resolve", PRESYNC_STAGE_RUNNING, self->server);
  addresses = presync_connect_resolve (self, error);
  if (addresses == NULL)
    return NULL;
  for (GList *l = addresses; l != NULL; l = l->next)
    {
      g_autofree char *text = g_inet_address_to_string (l->data);
      g_string_append_printf (found, "%s%s", found->len > 0 ? ", " : "", text);
    }
  presync_opening_tell (self, "resolve", PRESYNC_STAGE_DONE, found->str);
  presync_opening_tell (self, "connect", PRESYNC_STAGE_RUNNING, NULL);
  connection = presync_connect_any (self, addresses, error);
  presync_connect_unref_addresses (addresses);
  if (connection == NULL)
    return NULL;
  if (self->target->ldaps || self->target->starttls)
    return presync_tls_wrap (self, G_IO_STREAM (connection), error);
  presync_opening_tell (self, "tls", PRESYNC_STAGE_SKIPPED, NULL);
  return G_IO_STREAM (g_steal_pointer (&connection));
}

static gboolean
presync_connect_is_inside (const char *name, const char *domain)
{
  g_autofree char *suffix = g_strconcat (".", domain, NULL);
  g_autofree char *lower = g_ascii_strdown (name, -1);
  g_autofree char *lower_suffix = g_ascii_strdown (suffix, -1);

  return g_str_has_suffix (lower, lower_suffix);
}

char **
presync_connect_find_controllers (const char *domain, GCancellable *cancellable, GError **error)
{
  g_autoptr (GResolver) resolver = g_resolver_get_default ();
  g_autofree char *zone = g_strconcat ("dc._msdcs.", domain, NULL);
  g_autoptr (PresyncDeadline) deadline = presync_deadline_new (PRESYNC_BOUND_RESOLVE, cancellable);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) local = NULL;
  g_autoptr (GStrvBuilder) names = g_strv_builder_new ();
  guint n = 0;
  GList *targets;

  g_resolver_lookup_service_async (resolver, "ldap", "tcp", zone,
                                   presync_deadline_get_cancellable (deadline),
                                   presync_deadline_ready_cb, deadline);
  result = presync_deadline_wait (deadline);
  targets = g_resolver_lookup_service_finish (resolver, result, &local);
  if (targets == NULL && !presync_deadline_get_expired (deadline)
      && g_error_matches (local, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return NULL;
    }
  for (GList *l = targets; l != NULL && n < PRESYNC_BOUND_CONTROLLERS; l = l->next)
    {
      const char *name = g_srv_target_get_hostname (l->data);
      if (!presync_connect_is_inside (name, domain))
        continue;
      g_strv_builder_add (names, name);
      n++;
    }
  g_resolver_free_targets (targets);
  return g_strv_builder_end (names);
}
