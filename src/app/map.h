/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "assessment/assessment.h"

G_BEGIN_DECLS

/**
 * PresyncMap: forest, sync server, SQL Server and tenant with the lines between them, each in the
 * colour of its most urgent status; in a row where there is room, else in a column
 */
#define PRESYNC_TYPE_MAP (presync_map_get_type ())
G_DECLARE_FINAL_TYPE (PresyncMap, presync_map, PRESYNC, MAP, GtkWidget)

/**
 * presync_map_update:
 *
 * Shows @assessment as it is now.
 */
void presync_map_update (PresyncMap *self, PresyncAssessment *assessment);

G_END_DECLS
