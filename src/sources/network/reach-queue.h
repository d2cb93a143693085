/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * PresyncReachQueue: what waits to be tried, in a fair order
 *
 * Groups share the places: the next comes from the group that has the fewest under way. Within a
 * group the hosts take turns, those first that were not silent yet, so that neither a host nor a
 * group that keeps silent holds up the others. Apart from that, first come, first served.
 */
typedef struct _PresyncReachQueue PresyncReachQueue;

/* Where something in the queue belongs; the queue owns it. */
typedef struct _PresyncReachTurn PresyncReachTurn;

PresyncReachQueue *presync_reach_queue_new (void);
/* What still waits is not freed: it is the caller's. */
void presync_reach_queue_free (PresyncReachQueue *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PresyncReachQueue, presync_reach_queue_free)

/**
 * presync_reach_queue_push:
 * @item: (not nullable)
 *
 * Returns: (transfer none): its turn, for presync_reach_queue_ended()
 */
PresyncReachTurn *presync_reach_queue_push (PresyncReachQueue *self, const char *group,
                                            const char *host, gpointer item);
/* (nullable): the next; %NULL: none waits. It is under way from now on. */
gpointer presync_reach_queue_pop (PresyncReachQueue *self);
/* @turn: of something that was popped; @silent: its host did not answer in time */
void presync_reach_queue_ended (PresyncReachQueue *self, PresyncReachTurn *turn, gboolean silent);
/* @compare: of an item and @data; 0 is a match
 * (nullable): what matches first, which does not wait any more; %NULL: nothing does */
gpointer presync_reach_queue_take (PresyncReachQueue *self, gconstpointer data,
                                   GCompareFunc compare);
guint presync_reach_queue_get_length (PresyncReachQueue *self);

G_END_DECLS
