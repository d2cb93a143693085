/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "assessment/assessment.h"

G_BEGIN_DECLS

/**
 * presync_command_fill:
 * @assessment: (nullable): whose named accounts, sync server and domain are filled in; %NULL for
 *   examples throughout
 * @command: a command of the catalogue. Its placeholders, such as @CONNECTOR@, stand in
 *   single-quoted strings of PowerShell
 *
 * Puts names in place of the placeholders. A name that is not known, or that holds a line break,
 * another control character, an invisible character, a double quote or (an account) a colon, is
 * refused: then an example such as "entraconnector" stands there. Quotes in a name are doubled, so
 * whatever it is, it stays text; a name is never looked at for placeholders.
 *
 * Returns: (transfer full): the command, ready to copy unless presync_command_has_examples()
 */
char *presync_command_fill (PresyncAssessment *assessment, const char *command);

/**
 * presync_command_has_examples:
 * @assessment: (nullable): as of presync_command_fill()
 * @command: a command of the catalogue
 *
 * Whether presync_command_fill() leaves an example in a command for which something was named: the
 * account itself, which could not be resolved (a UPN, a DN, a SID) or was refused, or another name
 * beside it. Such a command looks ready to copy and is not; say so. Where nothing was named all is
 * an example, as the text beside it is.
 *
 * Returns: %TRUE if the example names must be replaced by hand
 */
gboolean presync_command_has_examples (PresyncAssessment *assessment, const char *command);

G_END_DECLS
