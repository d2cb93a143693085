/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sources/server/facts-scan.h"

G_BEGIN_DECLS

/* The folder is looked through so often. */
#define PRESYNC_FACTS_WATCH_SECONDS 60

/**
 * PresyncFactsWatch: follows a folder, and reads its facts files whenever something changes there.
 * What another computer changes on a file share makes no event here; so the folder is also looked
 * through every now and then, which reads only files whose time or size is another one. A folder
 * that cannot be read is looked for more often, and followed again once it is back.
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
 * @folder: read at once, and followed; nothing is asked of it on the calling thread
 * @seconds: it is looked through so often
 *
 * Returns: (transfer full): the watch; @func is called in the main context until
 *   presync_facts_watch_stop()
 */
PresyncFactsWatch *presync_facts_watch_new (GFile *folder, guint seconds,
                                            PresyncFactsWatchFunc func, gpointer user_data);

/* Reads the folder again in a while. */
void presync_facts_watch_look_again (PresyncFactsWatch *self);

/* Somebody else could not read the folder: it is looked for, and followed again once it is back. */
void presync_facts_watch_look_for (PresyncFactsWatch *self);

/* Frees @self; @func is called no more, not even from within @func. */
void presync_facts_watch_stop (PresyncFactsWatch *self);

G_END_DECLS
