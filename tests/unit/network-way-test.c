/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is certain about a way that fails: all addresses of a host, a handshake that is cut off. */
#include "network-peer-kit.h"

#include "sources/network/dial.h"
#include "sources/network/handshake.h"

#define PATIENCE (20 * G_USEC_PER_SEC)

/* A stream that can be read and written at once, and fails so */
#define TEST_TYPE_INPUT (test_input_get_type ())
G_DECLARE_FINAL_TYPE (TestInput, test_input, TEST, INPUT, GInputStream)

struct _TestInput
{
  GInputStream parent_instance;
  int code;
};

static void test_input_pollable_init (GPollableInputStreamInterface *interface);

G_DEFINE_FINAL_TYPE_WITH_CODE (TestInput, test_input, G_TYPE_INPUT_STREAM,
                               G_IMPLEMENT_INTERFACE (G_TYPE_POLLABLE_INPUT_STREAM,
                                                      test_input_pollable_init))

static gssize
test_input_read (GInputStream *stream, void *buffer, gsize count, GCancellable *cancellable,
                 GError **error)
{
  g_set_error_literal (error, G_IO_ERROR, TEST_INPUT (stream)->code, "what the system says");
  return -1;
}

static gssize
test_input_read_nonblocking (GPollableInputStream *stream, void *buffer, gsize count,
                             GError **error)
{
  return test_input_read (G_INPUT_STREAM (stream), buffer, count, NULL, error);
}

static gboolean
test_input_is_readable (GPollableInputStream *stream)
{
  return TRUE;
}

static GSource *
test_input_create_source (GPollableInputStream *stream, GCancellable *cancellable)
{
  GSource *always = g_timeout_source_new (0);
  GSource *source = g_pollable_source_new_full (stream, always, cancellable);

  g_source_unref (always);
  return source;
}

static void
test_input_pollable_init (GPollableInputStreamInterface *interface)
{
  interface->is_readable = test_input_is_readable;
  interface->create_source = test_input_create_source;
  interface->read_nonblocking = test_input_read_nonblocking;
}

static void
test_input_class_init (TestInputClass *klass)
{
  G_INPUT_STREAM_CLASS (klass)->read_fn = test_input_read;
}

static void
test_input_init (TestInput *self)
{
}

/* (transfer full): a connection on which everything can be said, and reading fails with @code */
static GIOStream *
create_failing (int code)
{
  g_autoptr (TestInput) input = g_object_new (TEST_TYPE_INPUT, NULL);
  g_autoptr (GOutputStream) output = g_memory_output_stream_new_resizable ();

  input->code = code;
  return g_simple_io_stream_new (G_INPUT_STREAM (input), output);
}

static void
assert_handshake (int code, PresyncReachOutcome outcome)
{
  g_autoptr (GIOStream) base = create_failing (code);
  g_auto (PresyncHandshake) handshake = { 0 };

  g_assert_null (presync_handshake_run (base, "localhost", 443, &handshake, NULL));
  g_test_message ("%s", handshake.reason);
  g_assert_cmpstr (presync_reach_outcome_id (handshake.outcome), ==,
                   presync_reach_outcome_id (outcome));
}

/* That the way was lost says nothing of the server. */
static void
test_lost (void)
{
  assert_handshake (G_IO_ERROR_HOST_UNREACHABLE, PRESYNC_REACH_NO_NETWORK);
  assert_handshake (G_IO_ERROR_NETWORK_UNREACHABLE, PRESYNC_REACH_NO_NETWORK);
  assert_handshake (G_IO_ERROR_TIMED_OUT, PRESYNC_REACH_SILENT);
}

static void
assert_second_look (int code, PresyncReachOutcome outcome)
{
  g_autoptr (GIOStream) base = create_failing (code);

  g_assert_cmpstr (
      presync_reach_outcome_id (presync_handshake_look_again (base, "localhost", NULL)), ==,
      presync_reach_outcome_id (outcome));
}

/* The second look adds to what is certain already, or nothing. */
static void
test_lost_again (void)
{
  assert_second_look (G_IO_ERROR_HOST_UNREACHABLE, PRESYNC_REACH_TLS_FAILED);
  assert_second_look (G_IO_ERROR_CONNECTION_CLOSED, PRESYNC_REACH_RESET);
}

/* (transfer full): addresses of one host, on loopback */
static GList *
create_addresses (const char *const *texts)
{
  GList *addresses = NULL;

  for (guint i = 0; texts[i] != NULL; i++)
    addresses = g_list_append (addresses, g_inet_address_new_from_string (texts[i]));
  return addresses;
}

/* That some addresses refuse is certain of the host only if all do. */
static void
test_all_addresses (void)
{
  static const char *const texts[]
      = { "127.0.0.2", "127.0.0.3", "127.0.0.4", "127.0.0.5", "127.0.0.1", NULL };
  Peer *peer = peer_start (PEER_MUTE, NULL);
  GList *addresses = create_addresses (texts);
  gint64 deadline = g_get_monotonic_time () + PATIENCE;
  g_autoptr (GError) error = NULL;
  g_autoptr (GSocketConnection) connection
      = presync_dial (addresses, peer->port, deadline, NULL, &error);

  g_assert_no_error (error);
  g_assert_nonnull (connection);
  g_clear_object (&connection);
  g_object_unref (g_list_last (addresses)->data);
  addresses = g_list_delete_link (addresses, g_list_last (addresses));
  g_assert_null (presync_dial (addresses, peer->port, deadline, NULL, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CONNECTION_REFUSED);
  g_resolver_free_addresses (addresses);
  peer_stop (peer);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/network-way/lost", test_lost);
  g_test_add_func ("/network-way/lost-again", test_lost_again);
  g_test_add_func ("/network-way/all-addresses", test_all_addresses);
  return g_test_run ();
}
