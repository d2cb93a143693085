/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "assessment/assessment.h"
#include "sources/server/server-source.h"

G_BEGIN_DECLS

/* Facts files of the sync server, as the window takes and keeps them. */

/* (transfer full) (nullable): where the assessment's facts files are read */
PresyncServerSource *presync_server_facts_dup_source (PresyncAssessment *assessment);

/**
 * presync_server_facts_add:
 * @widget: in the window to show a message in, if need be
 * @files: (element-type GFile): facts files; a folder among them is watched from now on
 *
 * Reads @files, one after the other. Says whose facts were read and shows the page of the sync
 * server; says of each file that could not be used why, and loses nothing then.
 */
void presync_server_facts_add (GtkWidget *widget, PresyncAssessment *assessment, GSList *files);

/**
 * presync_server_facts_watch:
 * @folder: (nullable): is read now, and whenever a facts file in it appears or changes; %NULL: none
 *
 * Remembered for the next start, unless the sample is open.
 */
void presync_server_facts_watch (PresyncAssessment *assessment, GFile *folder);

/* Drops all facts files and what they told; nothing is watched any more. */
void presync_server_facts_remove (PresyncAssessment *assessment);

/* Brings back the folder that is watched, and the files that were added one by one. */
void presync_server_facts_restore (PresyncAssessment *assessment);

G_END_DECLS
