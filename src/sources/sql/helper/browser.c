/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sources/sql/helper/browser.h"

#include <string.h>
#include <glib/gi18n.h>

#include "base/error.h"

#define BROWSER_PORT 1434
#define ASK_ONE_INSTANCE 0x04 /* CLNT_UCAST_INST of [MC-SQLR] */
#define RESPONSE 0x05         /* SVR_RESP */
#define RESPONSE_HEAD 3       /* kind, and length of the text in two bytes, the low one first */
#define TRIES 2
#define WAIT_MICROSECONDS G_TIME_SPAN_SECOND

gboolean
presync_sql_browser_parse (const char *data, gsize length, const char *instance,
                           PresyncSqlBrowser *found)
{
  g_autofree char *text = NULL;
  g_auto (GStrv) parts = NULL;
  gboolean tcp = FALSE;
  gsize size;

  *found = (PresyncSqlBrowser){ FALSE, FALSE, 0 };
  if (length <= RESPONSE_HEAD || data[0] != RESPONSE)
    return FALSE;
  size = (guchar) data[1] | (gsize) (guchar) data[2] << 8;
  text = g_strndup (data + RESPONSE_HEAD, MIN (size, length - RESPONSE_HEAD));
  parts = g_strsplit (text, ";", 64);
  for (char **part = parts; part[0] != NULL && part[1] != NULL && **part != '\0'; part += 2)
    {
      guint64 number = 0;

      if (g_ascii_strcasecmp (part[0], "InstanceName") == 0)
        found->known = g_ascii_strcasecmp (part[1], instance) == 0;
      else if (found->known && g_ascii_strcasecmp (part[0], "np") == 0)
        found->named_pipes = part[1][0] != '\0';
      else if (found->known && g_ascii_strcasecmp (part[0], "tcp") == 0)
        {
          /* If the port makes no sense, it is not known that there is none. */
          tcp = TRUE;
          if (g_ascii_string_to_unsigned (part[1], 10, 1, G_MAXUINT16, &number, NULL))
            found->port = (guint16) number;
        }
    }
  found->named_pipes = found->named_pipes && !tcp;
  return found->known;
}

/* One datagram to one address, and its answer within a second. Anything wrong is "no answer". */
static gboolean
presync_sql_browser_try (GInetAddress *address, const char *instance, PresyncSqlBrowser *found)
{
  g_autoptr (GSocketAddress) peer = g_inet_socket_address_new (address, BROWSER_PORT);
  g_autoptr (GSocket) socket = g_socket_new (g_inet_address_get_family (address),
                                             G_SOCKET_TYPE_DATAGRAM, G_SOCKET_PROTOCOL_UDP, NULL);
  g_autofree char *question = g_strdup_printf ("%c%s", ASK_ONE_INSTANCE, instance);
  gint64 end = g_get_monotonic_time () + WAIT_MICROSECONDS;
  char answer[2048];

  /* Connected, so that only the server's own address is heard. */
  if (socket == NULL || !g_socket_connect (socket, peer, NULL, NULL)
      || g_socket_send (socket, question, strlen (question) + 1, NULL, NULL) < 0)
    return FALSE;
  while (g_get_monotonic_time () < end)
    {
      gssize length;

      if (!g_socket_condition_timed_wait (socket, G_IO_IN, end - g_get_monotonic_time (), NULL,
                                          NULL))
        return FALSE;
      length = g_socket_receive (socket, answer, sizeof answer, NULL, NULL);
      if (length < 0)
        return FALSE;
      if (presync_sql_browser_parse (answer, (gsize) length, instance, found))
        return TRUE;
    }
  return FALSE;
}

gboolean
presync_sql_browser_ask (GList *addresses, const char *instance, const char *text,
                         PresyncSqlBrowser *found, GError **error)
{
  gint64 end = g_get_monotonic_time () + TRIES * WAIT_MICROSECONDS;

  *found = (PresyncSqlBrowser){ FALSE, FALSE, 0 };

  for (guint i = 0; i < TRIES; i++)
    for (GList *l = addresses; l != NULL && g_get_monotonic_time () < end; l = l->next)
      {
        if (!presync_sql_browser_try (l->data, instance, found))
          continue;
        if (found->port != 0)
          return TRUE;
        g_set_error (error, PRESYNC_ERROR, PRESYNC_ERROR_NOT_SUPPORTED,
                     _ ("The SQL Server Browser of %s knows the instance, but it does not listen "
                        "on TCP; enable TCP/IP in the SQL Server Configuration Manager"),
                     text);
        return FALSE;
      }
  g_set_error (
      error, PRESYNC_ERROR, PRESYNC_ERROR_NOT_FOUND,
      _ ("The SQL Server Browser (UDP port %d) did not tell the port of %s: it does not "
         "run, is blocked, or does not know the instance; enter the port as well: %s,PORT"),
      BROWSER_PORT, text, text);
  return FALSE;
}
