/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "assessment/assessment.h"

G_BEGIN_DECLS

/* The lists of the detail pane, filled anew. Directory strings are shown as they are, never as
 * markup. */

/**
 * presync_detail_fill_found:
 *
 * What was found: the value, the reason, each fact with its subject, and where it comes from.
 */
void presync_detail_fill_found (GtkListBox *list, PresyncChecklistItem *item);

/**
 * presync_detail_fill_needed:
 * @condition: (nullable): whose figures to show beside @needed where Microsoft's pages disagree
 */
void presync_detail_fill_needed (GtkListBox *list, const char *needed, PresyncCondition *condition);

/**
 * presync_detail_fill_steps:
 * @steps: (element-type PresyncStep): numbered, commands as cards to copy
 * @assessment: (nullable): whose names are filled into the commands
 */
void presync_detail_fill_steps (GtkBox *box, GPtrArray *steps, PresyncAssessment *assessment);

/**
 * presync_detail_fill_references:
 *
 * The documents that a condition, or all conditions of a requirement, rest on.
 */
void presync_detail_fill_references (GtkListBox *list, PresyncChecklistItem *item);

/**
 * presync_detail_fill_conditions:
 * @item: a requirement row: its conditions, each a way to its own row
 */
void presync_detail_fill_conditions (GtkListBox *list, PresyncChecklistItem *item);

G_END_DECLS
