/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/**
 * PresyncCertificateView: subject, issuer, dates and fingerprint of what a server showed
 */
#define PRESYNC_TYPE_CERTIFICATE_VIEW (presync_certificate_view_get_type ())
G_DECLARE_FINAL_TYPE (PresyncCertificateView, presync_certificate_view, PRESYNC, CERTIFICATE_VIEW,
                      AdwBin)

/**
 * presync_certificate_view_set:
 * @certificate: (nullable) (transfer none): %NULL hides the view
 * @refused: %TRUE if it was not accepted: says so, and opens the details
 */
void presync_certificate_view_set (PresyncCertificateView *self, GTlsCertificate *certificate,
                                   gboolean refused);

G_END_DECLS
