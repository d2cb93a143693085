/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "rules/status.h"

G_BEGIN_DECLS

/**
 * presync_status_css_class:
 *
 * Returns: (transfer none): the class that gives @status its colour: "status-met", …
 */
const char *presync_status_css_class (PresyncStatus status);

/**
 * presync_status_color_name:
 *
 * Returns: (transfer none): the named colour of style.css for drawings: "presync_met_color", …
 */
const char *presync_status_color_name (PresyncStatus status);

/**
 * presync_verdict_status:
 *
 * Returns: the status whose symbol and colour a verdict borrows; its word is its own
 */
PresyncStatus presync_verdict_status (PresyncVerdict verdict);

/**
 * presync_status_set_class:
 *
 * Gives @widget the colour of @status and takes that of any other.
 */
void presync_status_set_class (GtkWidget *widget, PresyncStatus status);

/**
 * presync_status_set_image:
 *
 * Makes @image the symbol of @status: shape, colour, and the word as tooltip and accessible name.
 */
void presync_status_set_image (GtkImage *image, PresyncStatus status);

G_END_DECLS
