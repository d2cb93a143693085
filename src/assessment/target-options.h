/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "assessment/assessment.h"
#include "assessment/sample.h"
#include "sources/directory/target.h"

G_BEGIN_DECLS

/**
 * PresyncTargetOptions: the TARGETS of a command line, the same for window and presync-cli
 */
typedef struct _PresyncTargetOptions PresyncTargetOptions;

PresyncTargetOptions *presync_target_options_new (void);
void presync_target_options_free (PresyncTargetOptions *self);

/**
 * presync_target_options_get_entries:
 *
 * Returns: (transfer none) (array zero-terminated=1): option table that writes into @self, to be
 *   added to a #GOptionContext or #GOptionGroup; valid as long as @self
 */
const GOptionEntry *presync_target_options_get_entries (PresyncTargetOptions *self);

/**
 * presync_target_options_has_directory:
 *
 * Returns: %TRUE if a directory (server, LDIF file or the sample) was named
 */
gboolean presync_target_options_has_directory (PresyncTargetOptions *self);

/* %TRUE if facts files, a database, a tenant or the network were named, which are no directory */
gboolean presync_target_options_has_other_sources (PresyncTargetOptions *self);

/* %TRUE if a tenant was named, and a client ID to sign in to it */
gboolean presync_target_options_may_sign_in (PresyncTargetOptions *self);

/**
 * presync_target_options_is_file:
 *
 * Returns: %TRUE if the directory is a file (an LDIF snapshot or the sample), no server
 */
gboolean presync_target_options_is_file (PresyncTargetOptions *self);

/**
 * presync_target_options_apply:
 * @usage: (out): %TRUE if the error is one of usage (exit status 64), not of a file's content (65)
 * or %PRESYNC_ERROR_REFUSED (77)
 *
 * Sets the assessment's edition, features, sync server, accounts, answers and sources as named: the
 * directory, facts files of the sync server, the SQL Server, the tenant, the network. Naming an
 * account, a SQL Server or an AD FS farm plans the feature that it is for. With the sample come its
 * own facts file and SQL Server, tenant and network (recorded, all of them), unless others are
 * named. Reads password and facts files. Does not connect.
 *
 * Returns: %FALSE with one clear sentence; nothing was connected
 */
gboolean presync_target_options_apply (PresyncTargetOptions *self, PresyncAssessment *assessment,
                                       gboolean *usage, GError **error);

/**
 * presync_target_options_apply_plan:
 *
 * What of presync_target_options_apply() is no source and no answer: edition, features, sync
 * server, accounts, AD FS farm and what a SQL Server or LocalDB plans. What was not named stays as
 * it is; an account named "" is none. May be called again, after something else has changed the
 * plan.
 *
 * Returns: %FALSE with one clear sentence about usage
 */
gboolean presync_target_options_apply_plan (PresyncTargetOptions *self,
                                            PresyncAssessment *assessment, GError **error);

/**
 * presync_target_options_dup_directory:
 *
 * Returns: (transfer full): the directory target that was named, for presync-cli record; %NULL with
 *   an error
 */
PresyncDirectoryTarget *presync_target_options_dup_directory (PresyncTargetOptions *self,
                                                              gboolean *usage, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PresyncTargetOptions, presync_target_options_free)

G_END_DECLS
