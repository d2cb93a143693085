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
 * another control character, an invisible character or a double quote, is refused: then an example
 * such as "entraconnector" stands there. Quotes in a name are doubled, so whatever it is, it stays
 * text; a name is never looked at for placeholders.
 *
 * Returns: (transfer full): the command, ready to copy
 */
char *presync_command_fill (PresyncAssessment *assessment, const char *command);

G_END_DECLS
