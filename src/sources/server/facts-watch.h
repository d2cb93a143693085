/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sources/server/facts-scan.h"

G_BEGIN_DECLS

/**
 * PresyncFactsWatch: follows a folder, and reads its facts files whenever something changes there
 */
typedef struct _PresyncFactsWatch PresyncFactsWatch;

/**
 * PresyncFactsWatchFunc:
 * @scanned: (nullable) (element-type PresyncFactsFile): as presync_facts_scan_finish() gives them;
 *   may be emptied
 * @problem: (nullable): what is wrong with the folder
 *
 * Returns: %TRUE to have the folder read again in a while: a file may be half written
 */
typedef gboolean (*PresyncFactsWatchFunc) (GPtrArray *scanned, const GError *problem,
                                           gpointer user_data);

/**
 * presync_facts_watch_new:
 * @folder: read at once, and followed
 *
 * Returns: (transfer full) (nullable): %NULL with %PRESYNC_ERROR_NOT_SUPPORTED if it cannot be
 *   followed; @func is called in the main context until presync_facts_watch_stop()
 */
PresyncFactsWatch *presync_facts_watch_new (GFile *folder, PresyncFactsWatchFunc func,
                                            gpointer user_data, GError **error);

/* Reads the folder again in a while. */
void presync_facts_watch_look_again (PresyncFactsWatch *self);

/* Frees @self; @func is called no more, not even from within @func. */
void presync_facts_watch_stop (PresyncFactsWatch *self);

G_END_DECLS
