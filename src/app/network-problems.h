/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/**
 * PresyncNetworkProblems: follows the rows of the network: which of them ended without an answer
 *
 * Signal "changed": some rows ended, came or went; once for many.
 */
#define PRESYNC_TYPE_NETWORK_PROBLEMS (presync_network_problems_get_type ())
G_DECLARE_FINAL_TYPE (PresyncNetworkProblems, presync_network_problems, PRESYNC, NETWORK_PROBLEMS,
                      GObject)

/* @rows: (transfer none): GListModel of PresyncReach */
PresyncNetworkProblems *presync_network_problems_new (GListModel *rows);

/* (transfer none): GListModel of PresyncReach: those without an answer */
GListModel *presync_network_problems_get_model (PresyncNetworkProblems *self);

/* For gtk_list_box_bind_model(): a row that tells of a PresyncReach and why, and follows it */
GtkWidget *presync_network_problems_create_row (gpointer item, gpointer user_data);

G_END_DECLS
