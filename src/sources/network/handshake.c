/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sources/network/handshake.h"

#include <string.h>

/* TLS records and messages, RFC 5246 */
#define RECORD_HEAD 5
#define RECORD_ALERT 21
#define RECORD_HANDSHAKE 22
#define ALERT_PROTOCOL_VERSION 70
#define HELLO_CLIENT 1
#define HELLO_SERVER 2
#define VERSION_MAJOR 3
#define VERSION_TLS_1_2 3
#define RANDOM_BYTES 32
/* A record's head, a message's type and length, a version */
#define ANSWER_BYTES (RECORD_HEAD + 6)

void
presync_handshake_clear (PresyncHandshake *self)
{
  g_clear_pointer (&self->certificate, presync_reach_certificate_free);
  g_clear_pointer (&self->reason, g_free);
}

/* (transfer full): DNS names of the certificate */
static char **
presync_handshake_list_names (GTlsCertificate *certificate)
{
  g_autoptr (GPtrArray) names = g_tls_certificate_get_dns_names (certificate);
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();

  for (guint i = 0; names != NULL && i < names->len; i++)
    {
      gsize size = 0;
      const char *data = g_bytes_get_data (g_ptr_array_index (names, i), &size);
      g_autofree char *name = g_strndup (data, size);

      if (g_utf8_validate (name, -1, NULL))
        g_strv_builder_add (builder, name);
    }
  return g_strv_builder_end (builder);
}

/* The name of who signed the last certificate that was sent: the root, which is seldom sent */
static char *
presync_handshake_dup_root (GTlsCertificate *certificate)
{
  GTlsCertificate *last = certificate;

  while (g_tls_certificate_get_issuer (last) != NULL)
    last = g_tls_certificate_get_issuer (last);
  return g_tls_certificate_get_issuer_name (last);
}

static PresyncReachCertificate *
presync_handshake_read_certificate (GTlsCertificate *certificate, GTlsCertificateFlags errors)
{
  PresyncReachCertificate *read = presync_reach_certificate_new ();

  read->subject = g_tls_certificate_get_subject_name (certificate);
  read->issuer = g_tls_certificate_get_issuer_name (certificate);
  read->root = presync_handshake_dup_root (certificate);
  read->names = presync_handshake_list_names (certificate);
  read->not_before = g_tls_certificate_get_not_valid_before (certificate);
  read->not_after = g_tls_certificate_get_not_valid_after (certificate);
  read->have_self_signed = TRUE;
  read->have_trusted = TRUE;
  read->self_signed = (g_tls_certificate_verify (certificate, NULL, certificate)
                       & (G_TLS_CERTIFICATE_UNKNOWN_CA | G_TLS_CERTIFICATE_GENERIC_ERROR))
                          == 0
                      && g_strcmp0 (read->subject, read->issuer) == 0;
  read->trusted = (errors
                   & (G_TLS_CERTIFICATE_UNKNOWN_CA | G_TLS_CERTIFICATE_REVOKED
                      | G_TLS_CERTIFICATE_INSECURE | G_TLS_CERTIFICATE_GENERIC_ERROR))
                  == 0;
  return read;
}

/* What is wrong with the chain. That a name or a date is wrong does not say that nothing else is.
 */
static GTlsCertificateFlags
presync_handshake_verify_chain (GTlsConnection *connection, GTlsCertificate *certificate)
{
  GTlsDatabase *given = g_tls_connection_get_database (connection);
  g_autoptr (GTlsDatabase) database
      = given != NULL ? g_object_ref (given)
                      : g_tls_backend_get_default_database (g_tls_backend_get_default ());

  return g_tls_database_verify_chain (database, certificate,
                                      G_TLS_DATABASE_PURPOSE_AUTHENTICATE_SERVER, NULL, NULL,
                                      G_TLS_DATABASE_VERIFY_NONE, NULL, NULL);
}

/* Always refuses; what it saw is what counts. */
static gboolean
presync_handshake_accept_cb (GTlsConnection *connection, GTlsCertificate *certificate,
                             GTlsCertificateFlags errors, gpointer user_data)
{
  PresyncHandshake *result = user_data;

  errors |= presync_handshake_verify_chain (connection, certificate);
  result->errors = errors;
  presync_reach_certificate_free (result->certificate);
  result->certificate = presync_handshake_read_certificate (certificate, errors);
  return FALSE;
}

/* An inspecting proxy shows the right name and good dates under an authority of its own; a name or
 * a date that is wrong says more than the authority. */
static PresyncReachOutcome
presync_handshake_judge (PresyncHandshake *result)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_utc ();
  const PresyncReachCertificate *certificate = result->certificate;

  if ((result->errors & G_TLS_CERTIFICATE_BAD_IDENTITY) != 0)
    return PRESYNC_REACH_WRONG_NAME;
  result->not_yet
      = certificate->not_before != NULL && g_date_time_compare (certificate->not_before, now) > 0;
  if (result->not_yet
      || (certificate->not_after != NULL && g_date_time_compare (certificate->not_after, now) < 0)
      || (result->errors & (G_TLS_CERTIFICATE_EXPIRED | G_TLS_CERTIFICATE_NOT_ACTIVATED)) != 0)
    return PRESYNC_REACH_EXPIRED;
  if ((result->errors & G_TLS_CERTIFICATE_UNKNOWN_CA) != 0)
    return PRESYNC_REACH_INTERCEPTED;
  return PRESYNC_REACH_TLS_FAILED;
}

static PresyncReachOutcome
presync_handshake_judge_error (const GError *error)
{
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED)
      || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_TIMED_OUT))
    return PRESYNC_REACH_SILENT;
  /* Not connected: it broke off before anything was sent. */
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CONNECTION_CLOSED)
      || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_NOT_CONNECTED))
    return PRESYNC_REACH_RESET;
  /* Anything else is the way's fault, not the server's. */
  return error->domain == G_TLS_ERROR ? PRESYNC_REACH_TLS_FAILED : PRESYNC_REACH_NO_NETWORK;
}

GIOStream *
presync_handshake_run (GIOStream *base, const char *host, guint16 port, PresyncHandshake *result,
                       GCancellable *cancellable)
{
  g_autoptr (GSocketConnectable) identity = g_network_address_new (host, port);
  g_autoptr (GError) error = NULL;
  /* Not the socket's connection itself: glib-networking 2.74 asks that for its peer, and takes it
   * badly if there is none any more, since it broke the connection off. */
  g_autoptr (GIOStream) plain = g_simple_io_stream_new (g_io_stream_get_input_stream (base),
                                                        g_io_stream_get_output_stream (base));
  g_autoptr (GIOStream) stream = g_tls_client_connection_new (plain, identity, &error);
  GTlsConnection *connection;

  memset (result, 0, sizeof *result);
  if (stream == NULL)
    {
      result->outcome = PRESYNC_REACH_TLS_FAILED;
      result->reason = g_strdup (error->message);
      return NULL;
    }
  connection = G_TLS_CONNECTION (stream);
  g_signal_connect (connection, "accept-certificate", G_CALLBACK (presync_handshake_accept_cb),
                    result);
  if (!g_tls_connection_handshake (connection, cancellable, &error))
    {
      result->outcome = result->certificate != NULL ? presync_handshake_judge (result)
                                                    : presync_handshake_judge_error (error);
      result->reason = g_strdup (error->message);
      return NULL;
    }
  result->certificate
      = presync_handshake_read_certificate (g_tls_connection_get_peer_certificate (connection), 0);
  result->outcome
      = g_tls_connection_get_protocol_version (connection) < G_TLS_PROTOCOL_VERSION_TLS_1_2
            ? PRESYNC_REACH_NO_TLS12
            : PRESYNC_REACH_REACHED;
  return result->outcome == PRESYNC_REACH_REACHED ? g_steal_pointer (&stream) : NULL;
}

static void
presync_handshake_add_16 (GByteArray *bytes, gsize value)
{
  const guint8 pair[] = { (guint8) (value >> 8), (guint8) value };

  g_byte_array_append (bytes, pair, sizeof pair);
}

/* (transfer full): the extensions: whose name is meant, and what may sign and agree on keys */
static GByteArray *
presync_handshake_build_extensions (const char *host)
{
  /* supported_groups: x25519, secp256r1, secp384r1; ec_point_formats: uncompressed;
   * signature_algorithms: RSA and ECDSA with SHA-256, SHA-384, SHA-1 */
  static const guint8 rest[] = { 0, 10, 0, 8,  0, 6,  0, 29, 0, 23, 0, 24, 0, 11, 0, 2, 1, 0,
                                 0, 13, 0, 14, 0, 12, 4, 1,  4, 3,  5, 1,  5, 3,  2, 1, 2, 3 };
  GByteArray *bytes = g_byte_array_new ();
  gsize length = strlen (host);
  const guint8 type = 0;

  presync_handshake_add_16 (bytes, 0);
  presync_handshake_add_16 (bytes, length + 5);
  presync_handshake_add_16 (bytes, length + 3);
  g_byte_array_append (bytes, &type, 1);
  presync_handshake_add_16 (bytes, length);
  g_byte_array_append (bytes, (const guint8 *) host, (guint) length);
  g_byte_array_append (bytes, rest, sizeof rest);
  return bytes;
}

/* (transfer full): a ClientHello whose newest version is TLS 1.2 */
static GByteArray *
presync_handshake_build_hello (const char *host)
{
  /* ECDHE and RSA, with AES in GCM and CBC: what any server of the last fifteen years knows */
  static const guint8 suites[]
      = { 0,    22,   0xc0, 0x2f, 0xc0, 0x2b, 0xc0, 0x30, 0xc0, 0x2c, 0xc0, 0x13, 0xc0,
          0x14, 0xc0, 0x0a, 0xc0, 0x09, 0,    0x9c, 0,    0x2f, 0,    0x35, 1,    0 };
  g_autoptr (GByteArray) extensions = presync_handshake_build_extensions (host);
  g_autoptr (GByteArray) body = g_byte_array_new ();
  GByteArray *hello = g_byte_array_new ();
  const guint8 version[] = { VERSION_MAJOR, VERSION_TLS_1_2 };
  const guint8 no_session = 0;
  guint8 head[] = { RECORD_HANDSHAKE, VERSION_MAJOR, 1, 0, 0, HELLO_CLIENT, 0 };

  g_byte_array_append (body, version, sizeof version);
  for (int i = 0; i < RANDOM_BYTES / 4; i++)
    {
      guint32 chance = g_random_int ();
      g_byte_array_append (body, (const guint8 *) &chance, sizeof chance);
    }
  g_byte_array_append (body, &no_session, 1);
  g_byte_array_append (body, suites, sizeof suites);
  presync_handshake_add_16 (body, extensions->len);
  g_byte_array_append (body, extensions->data, extensions->len);
  head[3] = (guint8) ((body->len + 4) >> 8);
  head[4] = (guint8) (body->len + 4);
  g_byte_array_append (hello, head, sizeof head);
  presync_handshake_add_16 (hello, body->len);
  g_byte_array_append (hello, body->data, body->len);
  return hello;
}

/* Does a server that begins its answer so choose an old version, or refuse ours? */
static gboolean
presync_handshake_is_old (const guint8 *answer, gsize n)
{
  if (n < RECORD_HEAD + 2 || answer[1] != VERSION_MAJOR)
    return FALSE;
  if (answer[0] == RECORD_ALERT)
    return answer[RECORD_HEAD + 1] == ALERT_PROTOCOL_VERSION;
  return answer[0] == RECORD_HANDSHAKE && answer[RECORD_HEAD] == HELLO_SERVER && n == ANSWER_BYTES
         && answer[RECORD_HEAD + 4] == VERSION_MAJOR && answer[RECORD_HEAD + 5] < VERSION_TLS_1_2;
}

/* What the second look tells that ended without a word. @error: (nullable) */
static PresyncReachOutcome
presync_handshake_judge_end (const GError *error)
{
  return error == NULL || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CONNECTION_CLOSED)
             ? PRESYNC_REACH_RESET
             : PRESYNC_REACH_TLS_FAILED;
}

PresyncReachOutcome
presync_handshake_look_again (GIOStream *base, const char *host, GCancellable *cancellable)
{
  g_autoptr (GByteArray) hello = presync_handshake_build_hello (host);
  guint8 answer[ANSWER_BYTES] = { 0 };
  gsize n = 0;
  g_autoptr (GError) error = NULL;

  if (!g_output_stream_write_all (g_io_stream_get_output_stream (base), hello->data, hello->len,
                                  NULL, cancellable, &error))
    return presync_handshake_judge_end (error);
  while (n < sizeof answer)
    {
      gssize more = g_input_stream_read (g_io_stream_get_input_stream (base), answer + n,
                                         sizeof answer - n, cancellable, &error);

      if (more <= 0)
        break;
      n += (gsize) more;
      /* An alert is shorter, and nothing need come after it. */
      if (answer[0] == RECORD_ALERT && n >= RECORD_HEAD + 2)
        break;
    }
  if (n == 0)
    return presync_handshake_judge_end (error);
  return presync_handshake_is_old (answer, n) ? PRESYNC_REACH_NO_TLS12 : PRESYNC_REACH_TLS_FAILED;
}
