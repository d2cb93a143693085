/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "assessment/assessment.h"

G_BEGIN_DECLS

/**
 * PresyncServerPage: all that is known of the sync server, where it comes from, and what of it is
 * asked for
 *
 * Property "assessment" (PresyncAssessment, construct only). Actions: "server.add-file",
 * "server.watch", "server.stop-watching".
 */
#define PRESYNC_TYPE_SERVER_PAGE (presync_server_page_get_type ())
G_DECLARE_FINAL_TYPE (PresyncServerPage, presync_server_page, PRESYNC, SERVER_PAGE, AdwBin)

GtkWidget *presync_server_page_new (PresyncAssessment *assessment);

G_END_DECLS
