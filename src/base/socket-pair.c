/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/socket-pair.h"

#include <errno.h>

#ifdef G_OS_UNIX
#include <fcntl.h>
#include <sys/socket.h>
#include <unistd.h>

gboolean
presync_socket_pair (GSocket **ours, int *theirs, GError **error)
{
  int ends[2] = { -1, -1 };

  g_return_val_if_fail (ours != NULL && theirs != NULL, FALSE);
  if (socketpair (AF_UNIX, SOCK_STREAM, 0, ends) != 0)
    {
      int code = errno;
      g_set_error_literal (error, G_IO_ERROR, g_io_error_from_errno (code), g_strerror (code));
      return FALSE;
    }
  fcntl (ends[0], F_SETFD, FD_CLOEXEC);
  fcntl (ends[1], F_SETFD, FD_CLOEXEC);
  *ours = g_socket_new_from_fd (ends[0], error);
  if (*ours == NULL)
    {
      close (ends[0]);
      close (ends[1]);
      return FALSE;
    }
  *theirs = ends[1];
  return TRUE;
}
#else
/* Windows has no socket pairs: listen on loopback, connect, accept. Another program might connect
 * first, so the accepted peer must be our own port. */
#include <winsock2.h>

static gboolean
presync_socket_pair_join (GSocket *listener, GSocket *client, GSocket **server, GError **error)
{
  g_autoptr (GSocketAddress) ours = NULL;
  g_autoptr (GSocketAddress) theirs = NULL;
  g_autoptr (GSocketAddress) address = g_socket_get_local_address (listener, error);

  if (address == NULL || !g_socket_connect (client, address, NULL, error))
    return FALSE;
  *server = g_socket_accept (listener, NULL, error);
  if (*server == NULL)
    return FALSE;
  ours = g_socket_get_local_address (client, error);
  theirs = g_socket_get_remote_address (*server, error);
  if (ours == NULL || theirs == NULL)
    return FALSE;
  if (g_inet_socket_address_get_port (G_INET_SOCKET_ADDRESS (ours))
      == g_inet_socket_address_get_port (G_INET_SOCKET_ADDRESS (theirs)))
    return TRUE;
  g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_CONNECTION_REFUSED, g_strerror (EACCES));
  return FALSE;
}

gboolean
presync_socket_pair (GSocket **ours, int *theirs, GError **error)
{
  g_autoptr (GInetAddress) loopback = g_inet_address_new_loopback (G_SOCKET_FAMILY_IPV4);
  g_autoptr (GSocketAddress) any = g_inet_socket_address_new (loopback, 0);
  g_autoptr (GSocket) server = NULL;
  g_autoptr (GSocket) client = NULL;
  g_autoptr (GSocket) listener = NULL;
  WSAPROTOCOL_INFOW copy;
  SOCKET handle;

  listener
      = g_socket_new (G_SOCKET_FAMILY_IPV4, G_SOCKET_TYPE_STREAM, G_SOCKET_PROTOCOL_TCP, error);
  client = g_socket_new (G_SOCKET_FAMILY_IPV4, G_SOCKET_TYPE_STREAM, G_SOCKET_PROTOCOL_TCP, error);
  if (listener == NULL || client == NULL || !g_socket_bind (listener, any, FALSE, error)
      || !g_socket_listen (listener, error)
      || !presync_socket_pair_join (listener, client, &server, error))
    return FALSE;
  /* GSocket owns its handle, so the library gets a duplicate. */
  if (WSADuplicateSocketW (g_socket_get_fd (client), GetCurrentProcessId (), &copy) != 0
      || (handle
          = WSASocketW (FROM_PROTOCOL_INFO, FROM_PROTOCOL_INFO, FROM_PROTOCOL_INFO, &copy, 0, 0))
             == INVALID_SOCKET)
    {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_FAILED, g_strerror (EIO));
      return FALSE;
    }
  *ours = g_steal_pointer (&server);
  *theirs = (int) handle;
  return TRUE;
}
#endif
