/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/message.h"
#include "assessment/target-options.h"
#include "sources/directory/directory-source.h"

G_BEGIN_DECLS

/* Follows changes after the next check, or not, as the settings say. */
void presync_connection_take_live (PresyncSource *source);

/**
 * presync_connection_use:
 * @source: (transfer none): becomes the assessment's directory; one that names no sync server is
 *   replaced by its like for the server that a facts file names
 *
 * Takes the sync server from the source's target, closes the directory used so far, and starts a
 * check.
 */
void presync_connection_use (PresyncAssessment *assessment, PresyncDirectorySource *source);

/**
 * presync_connection_ask:
 * @target: what shall be used next
 * @leaving: %TRUE to ask too before a server's connection ends, with no answer at stake
 * @go_on: called, at once or later, if @target may be used; the answers are then as the person
 *   wants them. Never called if the person cancels: nothing has changed then.
 * @user_data: (scope notified): for @go_on
 * @destroy: (nullable): frees @user_data, in any case
 *
 * Answers were given of one directory: before another takes its place, asks whether to keep them.
 */
void presync_connection_ask (GtkWindow *parent, PresyncAssessment *assessment,
                             const PresyncDirectoryTarget *target, gboolean leaving,
                             PresyncMessageFunc go_on, gpointer user_data, GDestroyNotify destroy);

/**
 * presync_connection_rest:
 *
 * @assessment comes from a file: until a person connects or checks, nothing is connected by itself,
 * and nothing of it is remembered for new assessments.
 */
void presync_connection_rest (PresyncAssessment *assessment);
/**
 * presync_connection_keep_apart:
 *
 * @assessment is a file's, or was begun as a new one beside others: nothing that was used last for
 * another is poured into it, not even when the sample is left, and nothing of it is remembered for
 * others.
 */
void presync_connection_keep_apart (PresyncAssessment *assessment);
gboolean presync_connection_is_apart (PresyncAssessment *assessment);

/* There was nothing to be read: as if presync_connection_rest() had not been called */
void presync_connection_cancel_rest (PresyncAssessment *assessment);
gboolean presync_connection_is_resting (PresyncAssessment *assessment);

/**
 * presync_connection_wake:
 *
 * Ends that, before the first check: changes are followed as the settings say, and the sync server
 * is looked for if another was named meanwhile. Asks nobody anything yet.
 */
void presync_connection_wake (PresyncAssessment *assessment);

/* Is anything of it to be remembered for new assessments? Not of the sample, nor of one that rests,
 * nor of one that is kept apart, such as a file that somebody sent */
gboolean presync_connection_is_remembered (PresyncAssessment *assessment);

/* Is there anything in the assessment yet: a source, a statement, a run? */
gboolean presync_connection_has_begun (PresyncAssessment *assessment);

/* Is the sample the directory that is used now? */
gboolean presync_connection_is_sample (PresyncAssessment *assessment);

/* Drops the assessment's directory; its answers stay, and it is remembered whose they are. Names
 * of the sample go with it. */
void presync_connection_remove (PresyncAssessment *assessment);

/**
 * presync_connection_get_directory:
 *
 * Returns: (transfer full) (nullable): the assessment's directory source
 */
PresyncDirectorySource *presync_connection_get_directory (PresyncAssessment *assessment);

/**
 * presync_connection_set_sync_server:
 * @sync_server: (nullable): host name; "" is none
 *
 * Names the sync server. The directory is asked again, as its computer object is read there.
 */
void presync_connection_set_sync_server (PresyncAssessment *assessment, const char *sync_server);

/* The same, and it is remembered for the next start unless the sample is open. */
void presync_connection_name_sync_server (PresyncAssessment *assessment, const char *sync_server);

/**
 * presync_connection_watch_sync_server:
 *
 * From now on, a sync server that a facts file names is remembered, and looked at in the directory
 * too.
 */
void presync_connection_watch_sync_server (PresyncAssessment *assessment);

G_END_DECLS
