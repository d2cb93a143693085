/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "assessment/assessment.h"
#include "sources/directory/target.h"

G_BEGIN_DECLS

/* The bundled sample forest, and the server in it that is to synchronize. */
#define PRESYNC_SAMPLE_LDIF "resource://" PRESYNC_RESOURCE_BASE "/sample/contoso.ldif"
#define PRESYNC_SAMPLE_SYNC_SERVER "SYNC01"
/* The accounts in it that are to be used */
#define PRESYNC_SAMPLE_ADMIN "CONTOSO.HQ\\eadmin"
#define PRESYNC_SAMPLE_HYBRID_ADMIN "hybrid.admin@contoso.onmicrosoft.com"
#define PRESYNC_SAMPLE_CONNECTOR "CONTOSO.HQ\\svc-adconnect"

/**
 * presync_sample_dup_target:
 * @sync_server: (nullable): the sample's own unless another is named
 *
 * Returns: (transfer full): the sample with its sync server and its accounts
 */
PresyncDirectoryTarget *presync_sample_dup_target (const char *sync_server);

/**
 * presync_sample_get_features:
 *
 * Returns: (transfer none) (array zero-terminated=1): what is planned in the sample unless somebody
 *   says otherwise, for presync_assessment_set_features()
 */
const char *const *presync_sample_get_features (void);

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

/**
 * presync_target_options_is_file:
 *
 * Returns: %TRUE if the directory is a file (an LDIF snapshot or the sample), no server
 */
gboolean presync_target_options_is_file (PresyncTargetOptions *self);

/**
 * presync_target_options_apply:
 * @usage: (out): %TRUE if the error is one of usage (exit status 64), not of a file's content (65)
 *
 * Sets the assessment's edition, features, sync server, accounts, answers and directory source as
 * named. Naming an account plans the feature that it is for. Reads the password file. Does not
 * connect.
 *
 * Returns: %FALSE with one clear sentence; nothing was connected
 */
gboolean presync_target_options_apply (PresyncTargetOptions *self, PresyncAssessment *assessment,
                                       gboolean *usage, GError **error);

/**
 * presync_target_options_apply_plan:
 *
 * What of presync_target_options_apply() is no directory and no answer: edition, features, sync
 * server and accounts as named. What was not named stays as it is; an account named "" is none.
 * May be called again, after something else has changed the plan.
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
