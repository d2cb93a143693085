/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "app/right-state.h"

G_BEGIN_DECLS

/**
 * PresyncRightDetail: what one cell of the table of rights says at length: what is missing, a
 * picture of where, and the commands that mend it
 */
#define PRESYNC_TYPE_RIGHT_DETAIL (presync_right_detail_get_type ())
G_DECLARE_FINAL_TYPE (PresyncRightDetail, presync_right_detail, PRESYNC, RIGHT_DETAIL, AdwBin)

/**
 * presync_right_detail_set:
 * @domain: DNS name
 * @cell: copied where it is needed
 *
 * What stays the same stays on screen as it is, with focus and selection.
 */
void presync_right_detail_set (PresyncRightDetail *self, PresyncAssessment *assessment,
                               const PresyncAccountRole *role, const PresyncAccessRight *right,
                               const char *domain, const PresyncRightCell *cell);

G_END_DECLS
