/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/**
 * PresyncNetworkMatrix: what was tried of the network, row by row, with a drawn mark for each step
 *
 * Rows stand in groups. The arrow keys move from row to row; the chosen one tells in words what was
 * found. Rows come and go as the model says; those that stay are repainted alone.
 */
#define PRESYNC_TYPE_NETWORK_MATRIX (presync_network_matrix_get_type ())
G_DECLARE_FINAL_TYPE (PresyncNetworkMatrix, presync_network_matrix, PRESYNC, NETWORK_MATRIX, AdwBin)

/* @rows: (nullable) (transfer none): GListModel of PresyncReach, those of a group together */
void presync_network_matrix_set_rows (PresyncNetworkMatrix *self, GListModel *rows);

G_END_DECLS
