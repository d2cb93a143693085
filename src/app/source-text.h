/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sources/source.h"

G_BEGIN_DECLS

/* What @source told was read from a file: that is said until it is checked. */
void presync_source_text_mark_of_file (PresyncSource *source);

/**
 * presync_source_text_worst:
 * @sources: GListModel of PresyncSource
 *
 * Returns: (transfer full) (nullable): the source whose state is worth telling first; %NULL if
 *   there is none
 */
PresyncSource *presync_source_text_worst (GListModel *sources);

/**
 * presync_source_text_dup:
 * @source: (nullable)
 *
 * Returns: (transfer full): state and target in one line: "Live · dc1.contoso.test"; that nothing
 *   is connected for %NULL
 */
char *presync_source_text_dup (PresyncSource *source);

/**
 * presync_source_text_dup_place:
 * @target: what a source asks, or an origin's
 *
 * Returns: (transfer full): the same for people: files that come with the program have no address
 *   that would tell them anything
 */
char *presync_source_text_dup_place (const char *target);

/* (transfer none): the state in a word, translated: "Live" */
const char *presync_source_text_word (PresyncSource *source);
/* Icon name and CSS class for the state; @source: (nullable) */
const char *presync_source_text_icon (PresyncSource *source);
const char *presync_source_text_css_class (PresyncSource *source);

G_END_DECLS
