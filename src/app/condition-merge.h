/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "assessment/checklist-item.h"

G_BEGIN_DECLS

/**
 * presync_condition_merge:
 * @items: (element-type PresyncChecklistItem): conditions of both options
 * @shown: (element-type PresyncChecklistItem): gets @items, once where the options agree
 * @captions: (element-type gboolean): gets for each of @shown whether to name its option:
 *   GINT_TO_POINTER (TRUE) where they do not agree
 */
void presync_condition_merge (GPtrArray *items, GPtrArray *shown, GPtrArray *captions);

/**
 * presync_condition_merge_same:
 * @a: (nullable): what was shown; @b: what is to be shown: of the same kind
 *
 * Returns: whether both hold the same pointers
 */
gboolean presync_condition_merge_same (GPtrArray *a, GPtrArray *b);

G_END_DECLS
