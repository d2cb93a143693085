/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sources/sql/helper/guard.h"

#include <arpa/inet.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "sources/sql/helper/wire.h"

/* Over real sockets: the test is the driver and the server. */

/* So long anything is waited for that comes at once if it comes at all. */
#define PATIENCE_SECONDS 20

/* A PRELOGIN answer: version 16.0.1000, and the byte that tells of encryption last */
#define ANSWER_HEAD                                                                                \
  0x00, 0x00, 0x0b, 0x00, 0x06, 0x01, 0x00, 0x11, 0x00, 0x01, 0xff, 0x10, 0x00, 0x03, 0xe8, 0x00,  \
      0x00
static const guint8 encrypts[] = { ANSWER_HEAD, 1 };
static const guint8 refuses[] = { ANSWER_HEAD, 0 };
static const guint8 question[] = { 0xff };

typedef struct
{
  GSocket *listener;
  PresyncTdsGuard *guard;
  guint16 port;
  GSocket *driver; /* our end */
  GSocket *server; /* our end */
} GuardTest;

static GSocketAddress *
guard_test_new_address (guint16 port)
{
  g_autoptr (GInetAddress) loopback = g_inet_address_new_loopback (G_SOCKET_FAMILY_IPV4);

  return g_inet_socket_address_new (loopback, port);
}

static GSocket *
guard_test_new_socket (void)
{
  g_autoptr (GError) error = NULL;
  GSocket *socket
      = g_socket_new (G_SOCKET_FAMILY_IPV4, G_SOCKET_TYPE_STREAM, G_SOCKET_PROTOCOL_TCP, &error);

  g_assert_no_error (error);
  g_socket_set_timeout (socket, PATIENCE_SECONDS);
  return socket;
}

static void
guard_test_start (GuardTest *self, guint seconds)
{
  g_autoptr (GSocketAddress) any = guard_test_new_address (0);
  g_autoptr (GSocketAddress) peer = NULL;
  g_autoptr (GError) error = NULL;

  self->listener = guard_test_new_socket ();
  g_assert_true (g_socket_bind (self->listener, any, FALSE, NULL));
  g_assert_true (g_socket_listen (self->listener, NULL));
  peer = g_socket_get_local_address (self->listener, NULL);
  self->guard = presync_tds_guard_new (peer, seconds, &self->port, &error);
  g_assert_no_error (error);
}

static void
guard_test_connect (GuardTest *self)
{
  g_autoptr (GSocketAddress) address = guard_test_new_address (self->port);
  g_autoptr (GError) error = NULL;

  self->driver = guard_test_new_socket ();
  g_socket_connect (self->driver, address, NULL, &error);
  g_assert_no_error (error);
}

static void
guard_test_accept (GuardTest *self)
{
  g_autoptr (GError) error = NULL;

  self->server = g_socket_accept (self->listener, NULL, &error);
  g_assert_no_error (error);
  g_socket_set_timeout (self->server, PATIENCE_SECONDS);
}

static void
guard_test_tear_down (GuardTest *self, gconstpointer data)
{
  g_clear_pointer (&self->guard, presync_tds_guard_free);
  g_clear_object (&self->driver);
  g_clear_object (&self->server);
  g_clear_object (&self->listener);
}

static void
guard_test_assert_message (GSocket *socket, const guint8 *body, gsize length)
{
  g_autoptr (GByteArray) got = g_byte_array_new ();
  g_autoptr (GError) error = NULL;
  guint8 first = 0;

  presync_tds_receive (socket, got, &first, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpmem (got->data, got->len, body, length);
}

/* The other side is closed, and nothing came. */
static void
guard_test_assert_end (GSocket *socket)
{
  g_autoptr (GError) error = NULL;
  char byte;
  gssize got = g_socket_receive (socket, &byte, 1, NULL, &error);

  if (got != 0)
    g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CONNECTION_CLOSED);
}

/* The driver asks, the server answers, and all that follows goes through, both ways. */
static void
guard_test_assert_serves (GuardTest *self)
{
  char data[5] = "";

  g_assert_true (
      presync_tds_send (self->driver, PRESYNC_TDS_PRELOGIN, question, sizeof question, NULL, NULL));
  guard_test_accept (self);
  guard_test_assert_message (self->server, question, sizeof question);
  g_assert_true (
      presync_tds_send (self->server, PRESYNC_TDS_RESPONSE, encrypts, sizeof encrypts, NULL, NULL));
  guard_test_assert_message (self->driver, encrypts, sizeof encrypts);
  g_assert_cmpint (g_socket_send (self->driver, "to", 2, NULL, NULL), ==, 2);
  g_assert_cmpint (g_socket_receive (self->server, data, 2, NULL, NULL), ==, 2);
  g_assert_cmpstr (data, ==, "to");
  g_assert_cmpint (g_socket_send (self->server, "from", 4, NULL, NULL), ==, 4);
  g_assert_cmpint (g_socket_receive (self->driver, data, 4, NULL, NULL), ==, 4);
  g_assert_cmpstr (data, ==, "from");
  g_assert_false (presync_tds_guard_get_refused (self->guard));
  g_assert_false (presync_tds_guard_get_unreached (self->guard));
}

static void
test_serves (GuardTest *self, gconstpointer data)
{
  guard_test_start (self, PATIENCE_SECONDS);
  guard_test_connect (self);
  guard_test_assert_serves (self);
}

static void
test_refuses (GuardTest *self, gconstpointer data)
{
  guard_test_start (self, PATIENCE_SECONDS);
  guard_test_connect (self);
  presync_tds_send (self->driver, PRESYNC_TDS_PRELOGIN, question, sizeof question, NULL, NULL);
  guard_test_accept (self);
  guard_test_assert_message (self->server, question, sizeof question);
  presync_tds_send (self->server, PRESYNC_TDS_RESPONSE, refuses, sizeof refuses, NULL, NULL);
  guard_test_assert_end (self->driver);
  g_assert_true (presync_tds_guard_get_refused (self->guard));
}

/* Another process, with nothing but system calls after the fork: exits with 0 if it was sent away
 * and got nothing. */
static pid_t
guard_test_fork_stranger (guint16 port)
{
  struct sockaddr_in to = { .sin_family = AF_INET, .sin_port = htons (port) };
  pid_t child;

  to.sin_addr.s_addr = htonl (INADDR_LOOPBACK);
  child = fork ();
  if (child == 0)
    {
      int descriptor = socket (AF_INET, SOCK_STREAM, 0);
      char byte;

      alarm (PATIENCE_SECONDS);
      if (connect (descriptor, (struct sockaddr *) &to, sizeof to) != 0)
        _exit (2);
      _exit (read (descriptor, &byte, 1) > 0 ? 1 : 0);
    }
  return child;
}

/* Any program of this computer may find the port first. */
static void
test_stranger (GuardTest *self, gconstpointer data)
{
  guard_test_start (self, PATIENCE_SECONDS);
  for (guint i = 0; i < 3; i++)
    {
      int status = -1;
      pid_t child = guard_test_fork_stranger (self->port);

      g_assert_cmpint (waitpid (child, &status, 0), ==, child);
      g_assert_cmpint (status, ==, 0);
    }
  /* The server was not even asked. */
  g_assert_cmpint (g_socket_condition_check (self->listener, G_IO_IN), ==, 0);
  guard_test_connect (self);
  guard_test_assert_serves (self);
}

/* One that connects and says nothing is not waited for when the check ends, … */
static void
test_silent_stopped (GuardTest *self, gconstpointer data)
{
  guard_test_start (self, 0);
  guard_test_connect (self);
  guard_test_accept (self);
  g_usleep (G_USEC_PER_SEC / 10); /* it is about to wait by then */
  g_clear_pointer (&self->guard, presync_tds_guard_free);
  guard_test_assert_end (self->driver);
}

/* … nor for ever while it runs; half a message is no better. */
static void
test_silent_late (GuardTest *self, gconstpointer data)
{
  guard_test_start (self, 1);
  guard_test_connect (self);
  guard_test_accept (self);
  g_assert_cmpint (g_socket_send (self->driver, "\x12\x01", 2, NULL, NULL), ==, 2);
  guard_test_assert_end (self->driver);
}

static void
test_unreached (GuardTest *self, gconstpointer data)
{
  guard_test_start (self, PATIENCE_SECONDS);
  g_socket_close (self->listener, NULL);
  guard_test_connect (self);
  guard_test_assert_end (self->driver);
  g_assert_true (presync_tds_guard_get_unreached (self->guard));
  g_assert_false (presync_tds_guard_get_refused (self->guard));
}

int
main (int argc, char **argv)
{
  static const struct
  {
    const char *path;
    void (*run) (GuardTest *self, gconstpointer data);
  } tests[] = {
    { "/sql-guard/serves", test_serves },
    { "/sql-guard/refuses", test_refuses },
    { "/sql-guard/stranger", test_stranger },
    { "/sql-guard/silent-stopped", test_silent_stopped },
    { "/sql-guard/silent-late", test_silent_late },
    { "/sql-guard/unreached", test_unreached },
  };

  g_test_init (&argc, &argv, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (tests); i++)
    g_test_add (tests[i].path, GuardTest, NULL, NULL, tests[i].run, guard_test_tear_down);
  return g_test_run ();
}
