/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "assessment/assessment.h"

G_BEGIN_DECLS

/**
 * presync_pages_create:
 * @page: id of a page of presync_page_title()
 * @settings: the program's settings
 *
 * Returns: (transfer floating): the page
 */
GtkWidget *presync_pages_create (const char *page, PresyncAssessment *assessment,
                                 GSettings *settings);

G_END_DECLS
