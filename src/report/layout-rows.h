/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "report/layout-private.h"

G_BEGIN_DECLS

/* For layout-table.c */

/**
 * PresyncRowsKeep: what is kept of a table with a source while it is set: on each page one box that
 * says where its rows begin, in place of the boxes of all rows
 */
struct _PresyncRowsKeep
{
  GArray *scratch; /* where the flow puts boxes that nobody needs; NULL: only one page is set */
  GArray *page;    /* (transfer none): where they would go */
  const PresyncBlock *block;
  guint n_columns;
};

typedef struct _PresyncRowsKeep PresyncRowsKeep;

/* The rows of @block begin where @flow is */
PresyncRowsKeep *presync_rows_keep_new (PresyncFlow *flow, const PresyncBlock *block,
                                        guint n_columns);
/* Ends what is set with this page */
PresyncRowsKeep *presync_rows_keep_new_page (void);
void presync_rows_keep_free (PresyncRowsKeep *self);
/* Begins a page with the rest of row @index; %FALSE if there is none */
gboolean presync_rows_keep_page (PresyncRowsKeep *self, PresyncFlow *flow, guint index,
                                 const guint *placed, guint note_placed);
/* What follows is kept as usual */
void presync_rows_keep_end (PresyncRowsKeep *self, PresyncFlow *flow);

G_END_DECLS
