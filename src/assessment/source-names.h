/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "assessment/assessment.h"

G_BEGIN_DECLS

/* What sources are told of names that a person gave or that another source found. For assessment.c
 * alone. */

/* @source was just set: hears what it has to tell beside facts. */
void presync_source_names_adopt (PresyncAssessment *assessment, PresyncSource *source);

/* Tells all sources the names that are known by now. A source to which they are no news does
 * nothing. */
void presync_source_names_tell (PresyncAssessment *assessment);

/* @keys: (array zero-terminated=1): of facts that changed: may a source have to be told of it? */
gboolean presync_source_names_concern (const char *const *keys);

/**
 * presync_source_names_list_stale:
 *
 * Returns: (transfer full) (array zero-terminated=1): beginnings of the keys of facts that are of
 *   accounts @before, and of others @after
 */
char **presync_source_names_list_stale (const PresyncAccounts *before,
                                        const PresyncAccounts *after);

G_END_DECLS
