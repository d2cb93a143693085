/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sources/network/network-target.h"
#include "sources/network/reach.h"

G_BEGIN_DECLS

/**
 * PresyncReachRun: tries rows, at most 16 at once, each on a thread, all before the deadline
 *
 * Belongs to the thread (the main context) that makes it; what it tells comes there too. A row gets
 * its share of the time that is left, from one to five seconds; what does not get its turn in time
 * ends as %PRESYNC_REACH_NOT_TRIED. Whose turn it is: see PresyncReachQueue.
 */
typedef struct _PresyncReachRun PresyncReachRun;

/* @row: (nullable): a row that just ended; %NULL: no row is left */
typedef void (*PresyncReachRunFunc) (PresyncReach *row, gpointer user_data);

/* @seconds: all rows end within so long, whenever they were added; at least 2 */
PresyncReachRun *presync_reach_run_new (guint seconds, PresyncReachRunFunc ended,
                                        gpointer user_data);
/**
 * presync_reach_run_stop:
 *
 * Cancels what is under way and tells nothing any more; nobody waits for the threads.
 */
void presync_reach_run_stop (PresyncReachRun *self);
/* Is there time enough for rows that were not there from the beginning? */
gboolean presync_reach_run_has_time (PresyncReachRun *self);
/* @row: (transfer none): pending; tried when its turn comes, never before the caller returns to the
 * main loop */
void presync_reach_run_add (PresyncReachRun *self, PresyncReach *row,
                            const PresyncNetworkTarget *target);
/* Forgets @row, wherever it stands. */
void presync_reach_run_drop (PresyncReachRun *self, PresyncReach *row);

G_END_DECLS
