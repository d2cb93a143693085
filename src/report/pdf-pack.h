/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * PresyncPdfPack: takes a PDF 1.4 as cairo writes it, piece by piece, and makes a smaller one that
 * says more: the structure of a long table, a small object for each cell, is packed into compressed
 * streams (PDF 1.5 reference, 3.4.6), and what cairo cannot say is added: the language, the
 * alternate text of figures, that heads of tables are those of columns, that the title is to be
 * shown.
 */
typedef struct _PresyncPdfPack PresyncPdfPack;

PresyncPdfPack *presync_pdf_pack_new (void);
void presync_pdf_pack_free (PresyncPdfPack *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PresyncPdfPack, presync_pdf_pack_free)

void presync_pdf_pack_write (PresyncPdfPack *self, const guchar *data, gsize length);

/**
 * presync_pdf_pack_finish:
 * @language: (nullable): BCP 47
 * @alternates: (element-type utf8): alternate texts of its figures, in their order
 *
 * Returns: (transfer full) (nullable): the file; %NULL if what was written does not look as
 * expected
 */
GBytes *presync_pdf_pack_finish (PresyncPdfPack *self, const char *language,
                                 const GPtrArray *alternates);

G_END_DECLS
