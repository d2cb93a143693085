/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sources/network/network-target.h"
#include "sources/server/facts-report.h"
#include "sources/source.h"

G_BEGIN_DECLS

/**
 * PresyncServerSource: facts files of the sync server (source id "server")
 *
 * Files are added one by one, or found in a folder that is watched; of each server the newest
 * counts, whatever its file is called. Only the report of the named sync server yields facts; if
 * none is named and all files are of one server, it is that one. A file that appears, changes or
 * goes in the watched folder is read at once (within a minute, if another computer changes it on a
 * file share), whatever the property "live" says, and its facts are emitted; this needs no check. A
 * check reads all files again.
 *
 * Stages: "open", "read". Properties (readable, notify): "server" (string, nullable: name of the
 * server whose report yields the facts), "folder" (GFile, nullable), "problems" (strv, see
 * presync_server_source_get_problems()).
 * Forgets what an earlier file told of the network, if the one that counts now does not tell it.
 */
#define PRESYNC_TYPE_SERVER_SOURCE (presync_server_source_get_type ())
G_DECLARE_FINAL_TYPE (PresyncServerSource, presync_server_source, PRESYNC, SERVER_SOURCE,
                      PresyncSource)

PresyncServerSource *presync_server_source_new (void);

/* @sync_server: (nullable): the sync server as it was named; reports of others yield nothing */
void presync_server_source_set_sync_server (PresyncServerSource *self, const char *sync_server);
/* @target: (nullable): copied: what is known of the forest and the tenant, and what is planned;
 * what a facts file tells of the network is told anew if it changed */
void presync_server_source_set_target (PresyncServerSource *self,
                                       const PresyncNetworkTarget *target);
/* (nullable) */
const char *presync_server_source_get_server (PresyncServerSource *self);

/**
 * presync_server_source_add_file_async:
 * @file: a facts file
 *
 * Reads a facts file and, if it is the newest of its server, uses it. Emits its facts at once.
 */
void presync_server_source_add_file_async (PresyncServerSource *self, GFile *file,
                                           GCancellable *cancellable, GAsyncReadyCallback callback,
                                           gpointer user_data);

/**
 * presync_server_source_add_file_finish:
 *
 * Returns: (transfer full): the report; %NULL with %PRESYNC_ERROR_BAD_INPUT for a faulty file, with
 *   %PRESYNC_ERROR_REFUSED and both names for one of another host than the sync server, and with a
 *   sentence and both times for one that is older than what is there; nothing was lost then
 */
PresyncFactsReport *presync_server_source_add_file_finish (PresyncServerSource *self,
                                                           GAsyncResult *result, GError **error);

/* The same, blocking: for the command line, before a check */
gboolean presync_server_source_add_file (PresyncServerSource *self, GFile *file, GError **error);

/* @folder: (nullable): watched for facts files (*.json); %NULL: none */
void presync_server_source_set_folder (PresyncServerSource *self, GFile *folder);
GFile *presync_server_source_get_folder (PresyncServerSource *self);

/**
 * presync_server_source_remember: (in server/server-source-unread.c)
 * @files: (element-type GFile): facts files, as if they had been added
 * @folder: (nullable): as of presync_server_source_set_folder()
 *
 * Of a source that is empty. Nothing is read, looked for or followed before the next check, which
 * then does as if they had been named now; the state stays %PRESYNC_SOURCE_IDLE. What the check
 * does not tell, though an earlier session may have read it, is forgotten.
 */
void presync_server_source_remember (PresyncServerSource *self, GPtrArray *files, GFile *folder);
/**
 * presync_server_source_dup_saved: (in server/server-source-saved.c)
 *
 * Returns: (transfer full) (nullable): JSON, an object: what was read of the files, their texts as
 *   well as what was wrong, for presync_server_source_restore(); %NULL if none was read
 */
char *presync_server_source_dup_saved (PresyncServerSource *self);
/**
 * presync_server_source_restore: (in server/server-source-saved.c)
 * @json: of presync_server_source_dup_saved(), perhaps in another session; what is faulty, too
 * large or of a file that is not remembered is left out
 *
 * After presync_server_source_remember(). The reports and problems are those of then; nothing is
 * read, no facts are told, and the state stays %PRESYNC_SOURCE_IDLE.
 */
void presync_server_source_restore (PresyncServerSource *self, const char *json);
/* (transfer container) (element-type GFile): the files that were added, without those of the
 * folder, read or not */
GPtrArray *presync_server_source_list_files (PresyncServerSource *self);

/* (transfer none): GListModel of PresyncFactsReport: the newest of each server, also of others than
 * the sync server */
GListModel *presync_server_source_get_reports (PresyncServerSource *self);
/* (transfer none) (nullable): the report that yields the facts */
PresyncFactsReport *presync_server_source_get_report (PresyncServerSource *self);
/* (transfer none) (array zero-terminated=1): a sentence for each file that could not be used */
const char *const *presync_server_source_get_problems (PresyncServerSource *self);
/* %TRUE if there is neither a file nor a folder: it may be removed from the runner */
gboolean presync_server_source_is_empty (PresyncServerSource *self);

G_END_DECLS
