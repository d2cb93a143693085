/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "app/server-topics.h"

G_BEGIN_DECLS

/**
 * PresyncServerPair: what is effective on the sync server beside what is set as Microsoft's pages
 * say, each with its own status; one below the other where there is little room
 */
#define PRESYNC_TYPE_SERVER_PAIR (presync_server_pair_get_type ())
G_DECLARE_FINAL_TYPE (PresyncServerPair, presync_server_pair, PRESYNC, SERVER_PAIR, GtkWidget)

/* @topic: one with documented facts */
GtkWidget *presync_server_pair_new (const PresyncServerTopic *topic);

/* @items: the topic's conditions */
void presync_server_pair_update (PresyncServerPair *self, PresyncAssessment *assessment,
                                 GPtrArray *items);

G_END_DECLS
