/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "assessment/checklist.h"

G_BEGIN_DECLS

/**
 * PresyncChecklistFilter: which conditions are shown
 */
typedef enum
{
  PRESYNC_FILTER_ALL,
  PRESYNC_FILTER_BLOCKERS,
  PRESYNC_FILTER_NEEDS_ANSWER,
  PRESYNC_FILTER_UNKNOWN,
  PRESYNC_FILTER_ADVICE,
  PRESYNC_FILTER_MET,
  PRESYNC_FILTER_WAIVED, /* waivers that count, and those that have expired */
} PresyncChecklistFilter;
#define PRESYNC_N_FILTERS 7

/**
 * PresyncChecklistRows: a checklist as the list shows it: section headings (GtkStringObject),
 * requirements below them and conditions (if several) below these, filtered by status, words and
 * overview
 */
#define PRESYNC_TYPE_CHECKLIST_ROWS (presync_checklist_rows_get_type ())
G_DECLARE_FINAL_TYPE (PresyncChecklistRows, presync_checklist_rows, PRESYNC, CHECKLIST_ROWS,
                      GObject)

/* @checklist: (transfer none) */
PresyncChecklistRows *presync_checklist_rows_new (PresyncChecklist *checklist);

/* (transfer none): GListModel of GtkTreeListRow */
GListModel *presync_checklist_rows_get_model (PresyncChecklistRows *self);

void presync_checklist_rows_set_filter (PresyncChecklistRows *self, PresyncChecklistFilter filter);
/* @words: all must occur, in any order and case, in title, found, needed or id; "" for no search */
void presync_checklist_rows_set_search (PresyncChecklistRows *self, const char *words);
void presync_checklist_rows_set_overview_only (PresyncChecklistRows *self, gboolean overview_only);

/**
 * presync_checklist_rows_find:
 * @id: of a condition or requirement; of the condition, where they share it
 *
 * Expands what hides the row, if need be. A requirement with a single condition has one row for
 * both.
 *
 * Returns: its position, or %GTK_INVALID_LIST_POSITION if a filter hides it
 */
guint presync_checklist_rows_find (PresyncChecklistRows *self, const char *id);
/* The same for @item itself: a requirement or condition of the checklist */
guint presync_checklist_rows_find_item (PresyncChecklistRows *self, PresyncChecklistItem *item);

G_END_DECLS
