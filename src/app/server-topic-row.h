/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "app/server-topics.h"

G_BEGIN_DECLS

/**
 * PresyncServerTopicRow: one thing about the sync server; opens to the conditions about it and the
 * values found
 */
#define PRESYNC_TYPE_SERVER_TOPIC_ROW (presync_server_topic_row_get_type ())
G_DECLARE_FINAL_TYPE (PresyncServerTopicRow, presync_server_topic_row, PRESYNC, SERVER_TOPIC_ROW,
                      AdwExpanderRow)

GtkWidget *presync_server_topic_row_new (PresyncAssessment *assessment,
                                         const PresyncServerTopic *topic);

/* @items: the topic's conditions. Hides the row if there is nothing to tell. */
void presync_server_topic_row_update (PresyncServerTopicRow *self, GPtrArray *items);

G_END_DECLS
