/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sources/directory/connect.h"

G_BEGIN_DECLS

/**
 * presync_tls_wrap:
 * @opening: its target tells StartTLS and the CA file; gets the certificate
 * @base: (transfer none): a fresh connection
 *
 * Stage "tls": asks for StartTLS if wanted, shakes hands and judges the certificate. TLS 1.2 is the
 * floor.
 *
 * Returns: (transfer full): the encrypted connection
 */
GIOStream *presync_tls_wrap (PresyncOpening *opening, GIOStream *base, GError **error);

G_END_DECLS
