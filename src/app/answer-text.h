/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "assessment/answer.h"

G_BEGIN_DECLS

/**
 * presync_answer_dup_text:
 *
 * Returns: (transfer full): who answered what and when, a sentence
 */
char *presync_answer_dup_text (PresyncAnswer *answer);

G_END_DECLS
