/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "facts/fact.h"
#include "sources/server/facts-scan.h"

G_BEGIN_DECLS

/* Which of many facts files counts. Pure; @files are always (element-type PresyncFactsFile). */

/* (transfer none): the host's full name, or its short one where it has no other */
const char *presync_facts_choice_get_host (PresyncFactsReport *report);

/* (transfer full) (element-type PresyncFactsReport): the newest of each server, by name */
GPtrArray *presync_facts_choice_list_newest (GPtrArray *files);

/* (transfer none) (nullable): of @newest that of @sync_server; where that is %NULL, the only one. A
 * short name that several servers have is none of them. */
PresyncFactsReport *presync_facts_choice_find (GPtrArray *newest, const char *sync_server);

/* Makes @reports hold what @newest does; tells of no change if there is none. */
void presync_facts_choice_fill (GListStore *reports, GPtrArray *newest);

/* (transfer full): a sentence for each file that tells nothing */
GStrv presync_facts_choice_list_problems (GPtrArray *files, const GError *folder_problem);

/**
 * presync_facts_choice_dup_why:
 * @sync_server: (nullable): as it was named
 * @was_there: there was a report of it
 * @reason: (out)
 *
 * Returns: (transfer full) (nullable): why no report yields facts, a sentence; %NULL if there never
 *   was a file. What is wrong with a file is the reason only if no other could be read.
 */
char *presync_facts_choice_dup_why (GPtrArray *files, const char *sync_server, gboolean was_there,
                                    PresyncUnknown *reason);

/**
 * presync_facts_choice_may_add:
 * @server: (nullable): the sync server
 *
 * Returns: %FALSE with %PRESYNC_ERROR_REFUSED if @report is of another host, or older than what
 *   there is
 */
gboolean presync_facts_choice_may_add (GPtrArray *files, const char *server,
                                       PresyncFactsReport *report, GError **error);

/* Adds @file (transfer full), which tells something, in the place of the older ones of its server
 * that were added. */
void presync_facts_choice_add (GPtrArray *files, PresyncFactsFile *file);

/* The files could not be read in time: what was read of them earlier counts no more. */
void presync_facts_choice_fail (GPtrArray *files, const GError *error);

/**
 * presync_facts_choice_merge:
 * @scanned: (element-type PresyncFactsFile): what was read again; is emptied
 * @tell: a file that may be half written and has no earlier report is a problem at once
 *
 * Files of the folder that were not read again are gone. What is half written keeps its earlier
 * report until it is written.
 *
 * Returns: %TRUE if there is such a file: look again in a while
 */
gboolean presync_facts_choice_merge (GPtrArray *files, GPtrArray *scanned, gboolean tell);

G_END_DECLS
