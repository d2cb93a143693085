/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * presync_bidi_dup_isolated:
 * @name: of a person or a file, to stand within a sentence
 *
 * Returns: (transfer full): @name; with letters that run from right to left it is isolated (Unicode
 *   TR 9), so that the sentence around it keeps its order
 */
char *presync_bidi_dup_isolated (const char *name);

G_END_DECLS
