/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gi18n.h>

#include "base/error.h"
#include "sources/directory/certificate.h"
#include "sources/sql/helper/prelogin.h"
#include "sources/sql/helper/tds-stream.h"

/* Nothing is ever sent over this connection but the handshake. */
static gboolean
presync_sql_tls_accept_cb (GTlsConnection *connection, GTlsCertificate *certificate,
                           GTlsCertificateFlags flags, gpointer user_data)
{
  return TRUE;
}

static GTlsDatabase *
presync_sql_tls_load_roots (const char *ca_file, GError **error)
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

static const char *
presync_sql_tls_version (GTlsProtocolVersion version)
{
  if (version == G_TLS_PROTOCOL_VERSION_TLS_1_3)
    return "1.3";
  if (version == G_TLS_PROTOCOL_VERSION_TLS_1_2)
    return "1.2";
  return version == G_TLS_PROTOCOL_VERSION_TLS_1_1 ? "1.1" : "1.0";
}

static const char *
presync_sql_tls_problem (GTlsCertificate *certificate, GTlsCertificateFlags flags)
{
  static const struct
  {
    GTlsCertificateFlags flag;
    const char *word;
  } words[] = {
    { G_TLS_CERTIFICATE_BAD_IDENTITY, "other-name" },     { G_TLS_CERTIFICATE_EXPIRED, "expired" },
    { G_TLS_CERTIFICATE_NOT_ACTIVATED, "not-yet-valid" }, { G_TLS_CERTIFICATE_REVOKED, "revoked" },
    { G_TLS_CERTIFICATE_INSECURE, "insecure" },
  };

  if (flags == 0)
    return NULL;
  if ((flags & G_TLS_CERTIFICATE_UNKNOWN_CA) != 0)
    {
      g_autofree char *subject = g_tls_certificate_get_subject_name (certificate);
      g_autofree char *issuer = g_tls_certificate_get_issuer_name (certificate);
      return g_strcmp0 (subject, issuer) == 0 ? "self-signed" : "unknown-authority";
    }
  for (gsize i = 0; i < G_N_ELEMENTS (words); i++)
    if ((flags & words[i].flag) != 0)
      return words[i].word;
  return "other";
}

static void
presync_sql_tls_set_error (const PresyncSqlRequest *request, const GError *cause, GError **error)
{
  if (g_error_matches (cause, G_IO_ERROR, G_IO_ERROR_TIMED_OUT))
    g_set_error (error, PRESYNC_ERROR, PRESYNC_ERROR_TIMED_OUT,
                 _ ("%s stopped answering in the middle of the TLS handshake"), request->text);
  else
    g_set_error (error, PRESYNC_ERROR, PRESYNC_ERROR_NOT_SUPPORTED,
                 _ ("%s broke off the TLS handshake (%s); it has to offer TLS 1.2, older versions "
                    "are not safe"),
                 request->text, cause->message);
}

gboolean
presync_tds_prelogin_shake_hands (PresyncTdsPrelogin *self, const PresyncSqlRequest *request,
                                  guint16 port, GSocket *socket, GError **error)
{
  g_autoptr (GSocketConnectable) identity = g_network_address_new (request->server, port);
  g_autoptr (GIOStream) base = presync_tds_stream_new (socket);
  g_autoptr (GTlsDatabase) roots = NULL;
  g_autoptr (GIOStream) stream = NULL;
  g_autoptr (GError) local = NULL;
  GTlsConnection *connection;
  GTlsProtocolVersion version;

  if (request->ca_file != NULL)
    {
      roots = presync_sql_tls_load_roots (request->ca_file, error);
      if (roots == NULL)
        return FALSE;
    }
  stream = g_tls_client_connection_new (base, identity, &local);
  if (stream == NULL)
    {
      g_set_error (error, PRESYNC_ERROR, PRESYNC_ERROR_FAILED,
                   _ ("No encrypted connection to %s can be made on this computer (%s)"),
                   request->text, local->message);
      return FALSE;
    }
  connection = G_TLS_CONNECTION (stream);
  if (roots != NULL)
    g_tls_connection_set_database (connection, roots);
  g_signal_connect (connection, "accept-certificate", G_CALLBACK (presync_sql_tls_accept_cb), NULL);
  if (!g_tls_connection_handshake (connection, NULL, &local))
    {
      presync_sql_tls_set_error (request, local, error);
      return FALSE;
    }
  version = g_tls_connection_get_protocol_version (connection);
  self->tls = presync_sql_tls_version (version);
  self->flags = g_tls_connection_get_peer_certificate_errors (connection);
  g_set_object (&self->certificate, g_tls_connection_get_peer_certificate (connection));
  if (self->certificate == NULL)
    {
      g_set_error (error, PRESYNC_ERROR, PRESYNC_ERROR_CERTIFICATE, _ ("%s shows no certificate"),
                   request->text);
      return FALSE;
    }
  self->problem = presync_sql_tls_problem (self->certificate, self->flags);
  return TRUE;
}

static gboolean
presync_sql_tls_is_outside_dates (const PresyncTdsPrelogin *self)
{
  return (self->flags & (G_TLS_CERTIFICATE_EXPIRED | G_TLS_CERTIFICATE_NOT_ACTIVATED)) != 0;
}

/* One plain sentence: it becomes the reason of every fact. The certificate was shown already. */
static void
presync_sql_tls_set_refused (const PresyncTdsPrelogin *self, const PresyncSqlRequest *request,
                             GError **error)
{
  g_autofree char *flaws
      = presync_certificate_dup_flaws (request->server, self->certificate, self->flags);

  if (presync_sql_tls_is_outside_dates (self))
    g_set_error (error, PRESYNC_ERROR, PRESYNC_ERROR_CERTIFICATE,
                 _ ("The certificate of %s was refused: %s; it has to be replaced on the server"),
                 request->text, flaws);
  else
    g_set_error (error, PRESYNC_ERROR, PRESYNC_ERROR_CERTIFICATE,
                 _ ("The certificate of %s was refused: %s; look at it on the page SQL Server and "
                    "trust it, or let the system trust its issuer"),
                 request->text, flaws);
}

/* Whose certificate is not accepted may be anybody: what else it offers does not count. */
gboolean
presync_tds_prelogin_judge (const PresyncTdsPrelogin *self, const PresyncSqlRequest *request,
                            GError **error)
{
  g_autoptr (GByteArray) der = NULL;
  g_autofree char *sum = NULL;

  g_object_get (self->certificate, "certificate", &der, NULL);
  if (request->pin != NULL && der != NULL)
    sum = g_compute_checksum_for_data (G_CHECKSUM_SHA256, der->data, der->len);
  if (request->pin != NULL && g_strcmp0 (sum, request->pin) != 0)
    {
      g_set_error (error, PRESYNC_ERROR, PRESYNC_ERROR_CERTIFICATE,
                   _ ("%s shows another certificate than the one that was accepted; look at it on "
                      "the page SQL Server before you trust it"),
                   request->text);
      return FALSE;
    }
  /* That one certificate was seen and accepted; but no driver takes one outside its dates. */
  if (self->flags != 0 && (request->pin == NULL || presync_sql_tls_is_outside_dates (self)))
    {
      presync_sql_tls_set_refused (self, request, error);
      return FALSE;
    }
  if (!g_str_has_prefix (self->tls, "1.0") && !g_str_has_prefix (self->tls, "1.1"))
    return TRUE;
  g_set_error (error, PRESYNC_ERROR, PRESYNC_ERROR_NOT_SUPPORTED,
               _ ("%s offers only TLS %s; it has to offer TLS 1.2, older versions are not safe"),
               request->text, self->tls);
  return FALSE;
}
