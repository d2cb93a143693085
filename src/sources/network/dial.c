/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sources/network/dial.h"

#include <string.h>

/* So many silent addresses are enough to take a host for silent. */
#define MAX_SILENT 3
#define MAX_HEAD_BYTES 8192

/* The one of two failures that says more: silence may hide a host that is there. */
static int
presync_dial_weigh (const GError *error)
{
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return 4;
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_TIMED_OUT))
    return 3;
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CONNECTION_REFUSED)
      || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CONNECTION_CLOSED))
    return 2;
  return 1;
}

/* (transfer full) (nullable): a connected socket that blocks */
static GSocket *
presync_dial_address (GInetAddress *address, guint16 port, gint64 until, GCancellable *cancellable,
                      GError **error)
{
  g_autoptr (GSocketAddress) to = g_inet_socket_address_new (address, port);
  g_autoptr (GSocket) socket = g_socket_new (g_inet_address_get_family (address),
                                             G_SOCKET_TYPE_STREAM, G_SOCKET_PROTOCOL_TCP, error);
  g_autoptr (GError) local = NULL;

  if (socket == NULL)
    return NULL;
  g_socket_set_blocking (socket, FALSE);
  if (!g_socket_connect (socket, to, cancellable, &local))
    {
      if (!g_error_matches (local, G_IO_ERROR, G_IO_ERROR_PENDING))
        {
          g_propagate_error (error, g_steal_pointer (&local));
          return NULL;
        }
      if (!g_socket_condition_timed_wait (
              socket, G_IO_OUT, MAX (until - g_get_monotonic_time (), 1), cancellable, error)
          || !g_socket_check_connect_result (socket, error))
        return NULL;
    }
  g_socket_set_blocking (socket, TRUE);
  return g_steal_pointer (&socket);
}

/* (transfer container): @addresses, the second of the other family */
static GList *
presync_dial_sort (GList *addresses)
{
  GList *sorted = g_list_append (NULL, addresses->data);
  GSocketFamily family = g_inet_address_get_family (addresses->data);

  for (GList *l = addresses->next; l != NULL; l = l->next)
    if (g_inet_address_get_family (l->data) != family)
      {
        sorted = g_list_append (sorted, l->data);
        break;
      }
  for (GList *l = addresses->next; l != NULL; l = l->next)
    if (g_list_find (sorted, l->data) == NULL)
      sorted = g_list_append (sorted, l->data);
  return sorted;
}

GSocketConnection *
presync_dial (GList *addresses, guint16 port, gint64 deadline, GCancellable *cancellable,
              GError **error)
{
  g_autoptr (GList) sorted = NULL;
  g_autoptr (GError) worst = NULL;
  guint n_silent = 0;

  g_return_val_if_fail (addresses != NULL, NULL);
  sorted = presync_dial_sort (addresses);
  for (GList *l = sorted; l != NULL && n_silent < MAX_SILENT; l = l->next)
    {
      gint64 now = g_get_monotonic_time ();
      guint left = MIN (g_list_length (l), MAX_SILENT - n_silent);
      g_autoptr (GError) local = NULL;
      g_autoptr (GSocket) socket = presync_dial_address (
          l->data, port, now + (deadline - now) / (gint64) left, cancellable, &local);

      if (socket != NULL)
        return g_socket_connection_factory_create_connection (socket);
      n_silent += g_error_matches (local, G_IO_ERROR, G_IO_ERROR_TIMED_OUT);
      if (worst == NULL || presync_dial_weigh (local) > presync_dial_weigh (worst))
        {
          g_clear_error (&worst);
          worst = g_steal_pointer (&local);
        }
      if (g_cancellable_is_cancelled (cancellable))
        break;
    }
  g_propagate_error (error, g_steal_pointer (&worst));
  return NULL;
}

/* "HTTP/1.1 407 …" -> 407 */
static guint
presync_dial_read_status (const char *head)
{
  guint64 status = 0;
  g_autofree char *digits = NULL;

  if (!g_str_has_prefix (head, "HTTP/1.") || !g_ascii_isdigit (head[7]) || head[8] != ' ')
    return 0;
  digits = g_strndup (head + 9, 3);
  if (strlen (digits) != 3 || !g_ascii_string_to_unsigned (digits, 10, 100, 599, &status, NULL))
    return 0;
  return (guint) status;
}

/* Through a proxy, a server's own 403 carries the proxy's Via; Squid's own says so besides. A proxy
 * that refuses by itself has nothing to say it came by. */
static void
presync_dial_judge_author (const char *text, PresyncDialHead *head)
{
  g_autofree char *lower = g_ascii_strdown (text, -1);

  head->by_squid = strstr (lower, "\nx-squid-error:") != NULL;
  head->by_proxy = head->by_squid || strstr (lower, "\nvia:") == NULL;
}

/* Is the head there whole? */
static gboolean
presync_dial_has_head (const GString *head)
{
  return strstr (head->str, "\r\n\r\n") != NULL || strstr (head->str, "\n\n") != NULL;
}

gboolean
presync_dial_ask (GIOStream *stream, const char *request, PresyncDialHead *head,
                  GCancellable *cancellable, GError **error)
{
  GInputStream *input = g_io_stream_get_input_stream (stream);
  GOutputStream *output = g_io_stream_get_output_stream (stream);
  g_autoptr (GString) text = g_string_new (NULL);
  char buffer[1024];

  memset (head, 0, sizeof *head);
  if (!g_output_stream_write_all (output, request, strlen (request), NULL, cancellable, error))
    return FALSE;
  while (text->len < MAX_HEAD_BYTES && !presync_dial_has_head (text))
    {
      /* Byte by byte would be slow, and more than the head does no harm: a tunnel is silent until
       * its client speaks. */
      gssize n = g_input_stream_read (input, buffer, sizeof buffer, cancellable, error);

      if (n < 0)
        return FALSE;
      if (n == 0)
        break;
      g_string_append_len (text, buffer, n);
      if (strlen (text->str) < text->len)
        break;
    }
  if (text->len == 0)
    {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_CONNECTION_CLOSED, "");
      return FALSE;
    }
  head->status = presync_dial_read_status (text->str);
  presync_dial_judge_author (text->str, head);
  return TRUE;
}
