/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "app/server-topics.h"

G_BEGIN_DECLS

/**
 * PresyncServerFiles: which server it is, where the facts about it come from and how old they are,
 * and what stood in the way of others
 */
#define PRESYNC_TYPE_SERVER_FILES (presync_server_files_get_type ())
G_DECLARE_FINAL_TYPE (PresyncServerFiles, presync_server_files, PRESYNC, SERVER_FILES, AdwBin)

/* @items: the conditions about the facts file */
void presync_server_files_update (PresyncServerFiles *self, PresyncAssessment *assessment,
                                  GPtrArray *items);

G_END_DECLS
