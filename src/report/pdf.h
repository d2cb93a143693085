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

/**
 * presync_pdf_complete: (in report/pdf-complete.c)
 * @pdf: (transfer none): a PDF 1.4 as cairo writes it
 * @language: (nullable): BCP 47
 * @alternates: (element-type utf8): alternate texts of its figures, in their order
 *
 * Adds what cairo cannot say: the language, the alternate text of figures, that heads of tables are
 * those of columns, that the title is to be shown. It is an incremental update; if the file does
 * not look as expected it is left as it is.
 *
 * Returns: (transfer full): the completed file
 */
GBytes *presync_pdf_complete (GBytes *pdf, const char *language, const GPtrArray *alternates);

G_END_DECLS
