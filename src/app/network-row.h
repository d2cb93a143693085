/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "sources/network/reach.h"

G_BEGIN_DECLS

/**
 * PresyncNetworkRow: a row of the network's matrix: what was tried, and a drawn mark for each step;
 * or the head above the rows
 *
 * A row is repainted whenever its marks change. The list row around it is named for screen readers
 * with all that is drawn; opened, it tells what was found below its marks.
 */
#define PRESYNC_TYPE_NETWORK_ROW (presync_network_row_get_type ())
G_DECLARE_FINAL_TYPE (PresyncNetworkRow, presync_network_row, PRESYNC, NETWORK_ROW, GtkWidget)

/* @reach: (nullable): what the row tells of; %NULL: the head */
GtkWidget *presync_network_row_new (PresyncReach *reach);

/* (transfer none) (nullable) */
PresyncReach *presync_network_row_get_reach (PresyncNetworkRow *self);

/* @open: tell what was found in words too */
void presync_network_row_set_open (PresyncNetworkRow *self, gboolean open);

G_END_DECLS
