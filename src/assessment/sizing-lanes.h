/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "assessment/sizing.h"

G_BEGIN_DECLS

/**
 * PresyncSizingLane: what depends on the number of objects; each is one lane of the sizing bar, on
 * the page and in the report
 */
typedef enum
{
  PRESYNC_SIZING_DATABASE,
  PRESYNC_SIZING_MEMORY,
  PRESYNC_SIZING_DISK,
  PRESYNC_SIZING_TENANT,
  PRESYNC_N_SIZING_LANES,
} PresyncSizingLane;

/**
 * PresyncSizingPart: a part of a lane: what counts from so many objects on. Plain data.
 * @from: objects
 * @to: objects, not included; %G_MAXINT64 for the last
 * @label: as long as there is room
 * @brief: else
 * @briefest: (nullable): else
 */
typedef struct
{
  gint64 from;
  gint64 to;
  char *label;
  char *brief;
  char *briefest;
} PresyncSizingPart;

/* (transfer none): translated */
const char *presync_sizing_lane_title (PresyncSizingLane lane);

/**
 * presync_sizing_lane_list:
 *
 * Returns: (transfer full) (element-type PresyncSizingPart): the parts, smallest first; rows of the
 *   table that say the same are one
 */
GArray *presync_sizing_lane_list (PresyncSizingLane lane);

/* Are the objects that were counted in @self? */
gboolean presync_sizing_part_is_active (const PresyncSizingPart *self, const PresyncSizing *sizing);

/* (transfer full): in the user's number format */
char *presync_sizing_dup_number (gint64 number);

G_END_DECLS
