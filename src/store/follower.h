/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "store/changes.h"

G_BEGIN_DECLS

/**
 * PresyncFollower: notes what changes in an assessment. Lives in the main thread.
 *
 * Signal "dirty" (gboolean sure): something changed, or (not sure) may have: a source told news.
 */
#define PRESYNC_TYPE_FOLLOWER (presync_follower_get_type ())
G_DECLARE_FINAL_TYPE (PresyncFollower, presync_follower, PRESYNC, FOLLOWER, GObject)

/**
 * presync_follower_new:
 * @assessment: (transfer none): kept
 * @runs: (nullable) (element-type PresyncRun): runs that the file has
 *
 * What is planned and asked changes from what the assessment has now: what of it a file tells in
 * words that this Presync does not know, or refuses, stays there until somebody changes it.
 */
PresyncFollower *presync_follower_new (PresyncAssessment *assessment, GPtrArray *runs);

/* (transfer full): what changed since the last time, perhaps nothing */
PresyncChanges *presync_follower_gather (PresyncFollower *self);

/**
 * presync_follower_gather_all:
 * @with_runs: also those that were gathered before
 *
 * Returns: (transfer full): all that the assessment holds
 */
PresyncChanges *presync_follower_gather_all (PresyncFollower *self, gboolean with_runs);

/* Follows no more */
void presync_follower_stop (PresyncFollower *self);

G_END_DECLS
