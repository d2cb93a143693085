/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sources/server/facts-watch.h"
#include "sources/server/server-source.h"
#include "sources/server/server-telling.h"

G_BEGIN_DECLS

/* What the files that make up the source share. Nobody else includes this. */

struct _PresyncServerSource
{
  PresyncSource parent_instance;
  char *sync_server;
  GPtrArray *files; /* PresyncFactsFile: those that were added, then those of the folder */
  GListStore *reports;
  GStrv problems;
  /* what yields the facts */
  char *server;
  PresyncFactsReport *report;
  /* what the facts that were emitted last were made of */
  gboolean told;
  char *told_subject;
  PresyncFactsReport *told_report; /* nullable: they were unknown because of @told_why */
  char *told_why;
  PresyncServerTelling *telling;
  /* the watched folder */
  GFile *folder;
  GError *folder_problem;
  PresyncFactsWatch *watch; /* nullable: there is no folder, or it is not read before a check */
  /* presync_server_source_remember() was called, and no check has ended since */
  gboolean unread;
  gboolean restoring; /* nothing is told: the facts are there already */
  char *saved;        /* nullable: what the files come to, as text */
  /* the check under way */
  GTask *task;
  gboolean test_only;
  PresyncSourceState earlier_state;
  char *earlier_message;
};

/* Takes what was read of the folder: a #PresyncFactsWatchFunc for the source */
gboolean presync_server_source_scanned_cb (GPtrArray *scanned, const GError *problem,
                                           gpointer user_data);
/* Tells of another folder. */
void presync_server_source_notify_folder (PresyncServerSource *self);
/* A check that was no test has ended: what was remembered was read. Before what it read is told.
 * Returns: whether it was the first since */
gboolean presync_server_source_end_unread (PresyncServerSource *self);
/* Finds out anew what the files and names come to. @again: all facts are emitted anew */
void presync_server_source_update (PresyncServerSource *self, gboolean again);
/* Is the report that counts one of another session, with nothing read since? */
gboolean presync_server_source_is_restored (PresyncServerSource *self);

G_END_DECLS
