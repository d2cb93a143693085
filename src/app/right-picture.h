/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/right-state.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * PresyncRightPicture: a drawing of where a right breaks: domain, unit, object
 *
 * From left to right where there is room, else from top to bottom. Screen readers are told the same
 * in words.
 */
#define PRESYNC_TYPE_RIGHT_PICTURE (presync_right_picture_get_type ())
G_DECLARE_FINAL_TYPE (PresyncRightPicture, presync_right_picture, PRESYNC, RIGHT_PICTURE, GtkWidget)

/* Draws what @cell says of @domain, a DNS name. */
void presync_right_picture_set (PresyncRightPicture *self, const char *domain,
                                const PresyncRightCell *cell);

G_END_DECLS
