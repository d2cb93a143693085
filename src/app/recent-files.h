/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* The desktop's list of files that were used, as far as they are assessments. */

/* MIME type of a .presync file; see data/…mime.xml.in */
#define PRESYNC_MIME_TYPE "application/x-presync"

/**
 * presync_recent_files_list:
 * @at_most: how many
 *
 * Returns: (transfer container) (element-type GtkRecentInfo): those used last first
 */
GPtrArray *presync_recent_files_list (guint at_most);

/* @path was opened or saved just now. Calls of the manager's signal "changed" follow. */
void presync_recent_files_add (const char *path);
void presync_recent_files_remove (const char *uri);

/* (transfer full) (nullable): the local file; %NULL if it is on no path of this computer */
char *presync_recent_files_dup_path (GtkRecentInfo *info);
/* (transfer full): its name without the suffix */
char *presync_recent_files_dup_title (GtkRecentInfo *info);

G_END_DECLS
