/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * presync_certificate_dup_fingerprint:
 *
 * Returns: (transfer full) (nullable): SHA-256 of the DER form as "AB:CD:…"
 */
char *presync_certificate_dup_fingerprint (GTlsCertificate *certificate);

/**
 * presync_certificate_dup_flaws:
 * @name: the host name that was asked for
 * @errors: what is wrong, not 0
 *
 * Returns: (transfer full): every flaw, the end of a sentence: "it has expired, and it is not made
 *   out for “dc01.contoso.com”"
 */
char *presync_certificate_dup_flaws (const char *name, GTlsCertificate *certificate,
                                     GTlsCertificateFlags errors);

/**
 * presync_certificate_set_error:
 * @server: for the sentence
 * @name: the host name that was asked for
 * @errors: what is wrong, not 0
 *
 * Sets %PRESYNC_ERROR_CERTIFICATE with one sentence that tells every flaw, followed by subject,
 * issuer, dates and fingerprint.
 */
void presync_certificate_set_error (GError **error, const char *server, const char *name,
                                    GTlsCertificate *certificate, GTlsCertificateFlags errors);

G_END_DECLS
