/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "assessment/assessment.h"

G_BEGIN_DECLS

/**
 * presync_wake_async:
 *
 * Gets an assessment of a file ready to be checked (see presync_connection_rest()): what its
 * sources sign in with comes from the keyring, for a file holds no secret, and the proxy is the
 * one of this computer. Nobody is asked anything yet. An assessment that does not rest is ready.
 */
void presync_wake_async (PresyncAssessment *assessment, GAsyncReadyCallback callback,
                         gpointer user_data);

/**
 * presync_wake_finish:
 *
 * Returns: %FALSE if the password of the directory must be asked for; the assessment rests on
 */
gboolean presync_wake_finish (GAsyncResult *result);

/**
 * presync_wake_check:
 *
 * Checks all sources, after presync_wake_async() if need be. How it went is told by the sources'
 * states, messages and facts.
 */
void presync_wake_check (PresyncAssessment *assessment);

G_END_DECLS
