/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "assessment/target-options.h"
#include "cli/command.h"

G_BEGIN_DECLS

/**
 * PresyncCheck: what the commands that check have in common: TARGETS, --option, --format, --save,
 * --report with what it is to be like, and their exit status
 */
typedef struct _PresyncCheck PresyncCheck;

PresyncCheck *presync_check_new (void);
void presync_check_free (PresyncCheck *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PresyncCheck, presync_check_free)

/* As presync_command_parse(), and whether the options make sense. %FALSE with an error of usage */
gboolean presync_check_parse (PresyncCheck *self, const char *name, const char *summary, int argc,
                              char **argv, GError **error);
/* (transfer none) */
PresyncTargetOptions *presync_check_get_targets (PresyncCheck *self);

/**
 * presync_check_open:
 * @status: (out): the exit status that the error means
 *
 * Makes the assessment with its sources. Does not connect.
 *
 * Returns: (transfer none) (nullable): the assessment
 */
PresyncAssessment *presync_check_open (PresyncCheck *self, PresyncExit *status, GError **error);

/* Checks all sources, tells on standard error what could not be used, prints, writes the report.
 * Returns: the exit status */
PresyncExit presync_check_run (PresyncCheck *self);

G_END_DECLS
