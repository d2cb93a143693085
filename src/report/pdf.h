/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "report/layout.h"

G_BEGIN_DECLS

/**
 * presync_pdf_new:
 * @cancellable: (nullable)
 *
 * Draws all pages into a PDF: vectors, fonts embedded, with outline, links, metadata, structure
 * tags and page labels. The same layout gives the same bytes.
 *
 * Returns: (transfer full): the file, or %NULL with %G_IO_ERROR_CANCELLED or %PRESYNC_ERROR_FAILED
 */
GBytes *presync_pdf_new (const PresyncLayout *layout, GCancellable *cancellable, GError **error);

G_END_DECLS
