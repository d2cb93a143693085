/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sources/directory/tls.h"

#include <glib/gi18n.h>

#include "base/error.h"
#include "sources/directory/bounds.h"
#include "sources/directory/certificate.h"
#include "sources/directory/deadline.h"
#include "sources/directory/directory-source.h"
#include "sources/directory/starttls.h"

typedef struct
{
  GTlsCertificate *certificate;
  GTlsCertificateFlags errors;
} PresyncTlsSeen;

/* Called only for a certificate that does not verify. Never accepts. */
static gboolean
presync_tls_accept_cb (GTlsConnection *connection, GTlsCertificate *certificate,
                       GTlsCertificateFlags errors, gpointer user_data)
{
  PresyncTlsSeen *seen = user_data;

  g_set_object (&seen->certificate, certificate);
  seen->errors = errors;
  return FALSE;
}

static GTlsDatabase *
presync_tls_load_roots (const char *ca_file, GError **error)
{
  g_autofree char *path = g_canonicalize_filename (ca_file, NULL);
  g_autoptr (GError) local = NULL;
  GList *certificates = g_tls_certificate_list_new_from_file (path, &local);
  gboolean any = certificates != NULL;
  GTlsDatabase *database = NULL;

  g_list_free_full (certificates, g_object_unref);
  if (any)
    database = g_tls_file_database_new (path, &local);
  if (database == NULL)
    g_set_error (error, PRESYNC_ERROR, PRESYNC_ERROR_BAD_INPUT,
                 _ ("The CA file “%s” holds no certificate that can be used (%s)"), ca_file,
                 local != NULL ? local->message : _ ("it is empty"));
  return database;
}

static GTlsConnection *
presync_tls_new (PresyncOpening *opening, GIOStream *base, GError **error)
{
  g_autoptr (GSocketConnectable) identity = g_network_address_new (opening->server, opening->port);
  g_autoptr (GIOStream) stream = NULL;
  g_autoptr (GTlsDatabase) roots = NULL;
  g_autoptr (GError) local = NULL;

  if (opening->target->ca_file != NULL)
    {
      roots = presync_tls_load_roots (opening->target->ca_file, error);
      if (roots == NULL)
        return NULL;
    }
  stream = g_tls_client_connection_new (base, identity, &local);
  if (stream == NULL)
    {
      g_set_error (error, PRESYNC_ERROR, PRESYNC_ERROR_FAILED,
                   _ ("No encrypted connection to %s can be made on this computer (%s)"),
                   opening->text, local->message);
      return NULL;
    }
  if (roots != NULL)
    g_tls_connection_set_database (G_TLS_CONNECTION (stream), roots);
  return G_TLS_CONNECTION (g_steal_pointer (&stream));
}

static void
presync_tls_set_error (PresyncOpening *opening, PresyncTlsSeen *seen, gboolean expired,
                       GError *cause, GError **error)
{
  if (expired)
    g_set_error (error, PRESYNC_ERROR, PRESYNC_ERROR_TIMED_OUT,
                 _ ("%s did not finish the TLS handshake within %d seconds"), opening->text,
                 PRESYNC_BOUND_TLS);
  else if (g_error_matches (cause, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    g_propagate_error (error, g_error_copy (cause));
  else if (seen->errors != 0 && seen->certificate != NULL)
    presync_certificate_set_error (error, opening->text, opening->server, seen->certificate,
                                   seen->errors);
  else if (g_error_matches (cause, G_TLS_ERROR, G_TLS_ERROR_NOT_TLS))
    g_set_error (error, PRESYNC_ERROR, PRESYNC_ERROR_UNREACHABLE,
                 _ ("%s does not speak TLS on port %u, or closed the connection at once"),
                 opening->text, opening->port);
  else if (g_error_matches (cause, G_TLS_ERROR, G_TLS_ERROR_CERTIFICATE_REQUIRED))
    g_set_error (error, PRESYNC_ERROR, PRESYNC_ERROR_NOT_SUPPORTED,
                 _ ("%s demands a certificate of the client, which Presync does not have"),
                 opening->text);
  else
    g_set_error (error, PRESYNC_ERROR, PRESYNC_ERROR_UNREACHABLE,
                 _ ("%s broke off the TLS handshake (%s)"), opening->text, cause->message);
}

static const char *
presync_tls_version_text (GTlsProtocolVersion version)
{
  return version == G_TLS_PROTOCOL_VERSION_TLS_1_2   ? "TLS 1.2"
         : version == G_TLS_PROTOCOL_VERSION_TLS_1_3 ? "TLS 1.3"
                                                     : "TLS";
}

static gboolean
presync_tls_shake_hands (PresyncOpening *opening, GTlsConnection *connection, GError **error)
{
  g_autoptr (PresyncDeadline) deadline
      = presync_deadline_new (PRESYNC_BOUND_TLS, opening->cancellable);
  PresyncTlsSeen seen = { NULL, 0 };
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) local = NULL;
  GTlsProtocolVersion version;
  gulong handler = g_signal_connect (connection, "accept-certificate",
                                     G_CALLBACK (presync_tls_accept_cb), &seen);
  gboolean good;

  g_tls_connection_handshake_async (connection, G_PRIORITY_DEFAULT,
                                    presync_deadline_get_cancellable (deadline),
                                    presync_deadline_ready_cb, deadline);
  result = presync_deadline_wait (deadline);
  good = g_tls_connection_handshake_finish (connection, result, &local);
  g_signal_handler_disconnect (connection, handler);
  if (good)
    g_set_object (&seen.certificate, g_tls_connection_get_peer_certificate (connection));
  g_set_object (&opening->certificate, seen.certificate);
  version = g_tls_connection_get_protocol_version (connection);
  if (!good)
    presync_tls_set_error (opening, &seen, presync_deadline_get_expired (deadline), local, error);
  else if (version < G_TLS_PROTOCOL_VERSION_TLS_1_2 || version > G_TLS_PROTOCOL_VERSION_TLS_1_3)
    {
      g_set_error (error, PRESYNC_ERROR, PRESYNC_ERROR_NOT_SUPPORTED,
                   _ ("%s offers only TLS versions older than 1.2, which are not safe"),
                   opening->text);
      good = FALSE;
    }
  g_clear_object (&seen.certificate);
  return good;
}

/* glib-networking asks for the peer's address and does not expect that there is none any more. */
static gboolean
presync_tls_still_connected (PresyncOpening *opening, GIOStream *base, GError **error)
{
  g_autoptr (GSocketAddress) peer = NULL;

  if (G_IS_SOCKET_CONNECTION (base))
    peer = g_socket_connection_get_remote_address (G_SOCKET_CONNECTION (base), NULL);
  if (peer != NULL)
    return TRUE;
  g_set_error (error, PRESYNC_ERROR, PRESYNC_ERROR_UNREACHABLE,
               _ ("%s closed the connection at once"), opening->text);
  return FALSE;
}

GIOStream *
presync_tls_wrap (PresyncOpening *opening, GIOStream *base, GError **error)
{
  g_autoptr (GTlsConnection) connection = NULL;
  g_autofree char *described = NULL;
  g_autofree char *text = NULL;

  presync_opening_tell (opening, "tls", PRESYNC_STAGE_RUNNING, NULL);
  if (opening->target->starttls
      && !presync_starttls_request (base, opening->text, PRESYNC_BOUND_TLS, opening->cancellable,
                                    error))
    return NULL;
  connection = presync_tls_new (opening, base, error);
  if (connection == NULL || !presync_tls_still_connected (opening, base, error)
      || !presync_tls_shake_hands (opening, connection, error))
    return NULL;
  if (opening->certificate != NULL)
    described = presync_directory_describe_certificate (opening->certificate);
  text = g_strdup_printf (
      "%s\n%s", presync_tls_version_text (g_tls_connection_get_protocol_version (connection)),
      described != NULL ? described : "");
  presync_opening_tell (opening, "tls", PRESYNC_STAGE_DONE, text);
  return G_IO_STREAM (g_steal_pointer (&connection));
}
