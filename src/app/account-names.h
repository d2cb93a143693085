/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "assessment/assessment.h"

G_BEGIN_DECLS

/**
 * presync_account_names_set:
 * @field: id of a #PresyncAccountField
 * @name: (nullable): any form of name; %NULL or "" for none
 *
 * Names an account: the assessment takes it, what it needs is planned with it (an account of one's
 * own needs custom settings), and both are kept for the next start.
 */
void presync_account_names_set (PresyncAssessment *assessment, const char *field, const char *name);

/**
 * presync_account_names_is_used:
 * @field: (nullable): id of a #PresyncAccountField
 *
 * Returns: %FALSE if the account of that name is made by an installer as planned: a name that was
 *   given is remembered, and not used
 */
gboolean presync_account_names_is_used (PresyncAssessment *assessment, const char *field);

/**
 * presync_account_names_follow:
 * @sample: whether the directory that is used now is the sample
 *
 * Gives @assessment the names that belong to its directory: the sample brings its own, and a plan
 * if there is none; the names and the plan of people are those of all others, and come back
 * whatever was planned for the sample.
 */
void presync_account_names_follow (PresyncAssessment *assessment, gboolean sample);

G_END_DECLS
