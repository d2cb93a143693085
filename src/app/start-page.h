/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/**
 * PresyncStartPage: where an assessment begins: a new one, a saved one, the sample; and the files
 * used last. Its buttons and rows activate actions of the window: "win.new-connection",
 * "win.open", "win.open-sample", "win.open-file" (s: URI).
 */
#define PRESYNC_TYPE_START_PAGE (presync_start_page_get_type ())
G_DECLARE_FINAL_TYPE (PresyncStartPage, presync_start_page, PRESYNC, START_PAGE, AdwBin)

G_END_DECLS
