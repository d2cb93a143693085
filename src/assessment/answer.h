/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

/**
 * PresyncAnswer: what a person stated by hand of a condition. Immutable.
 */
#define PRESYNC_TYPE_ANSWER (presync_answer_get_type ())
G_DECLARE_FINAL_TYPE (PresyncAnswer, presync_answer, PRESYNC, ANSWER, GObject)

/**
 * presync_answer_new:
 * @condition: id of the condition, such as "cs-ram"
 * @met: what the person says
 * @name: who says so
 * @note: (nullable): why, evidence
 * @at: when
 */
PresyncAnswer *presync_answer_new (const char *condition, gboolean met, const char *name,
                                   const char *note, GDateTime *at);
const char *presync_answer_get_condition (PresyncAnswer *self);
gboolean presync_answer_get_met (PresyncAnswer *self);
const char *presync_answer_get_name (PresyncAnswer *self);
/* (transfer none): "" if there is none */
const char *presync_answer_get_note (PresyncAnswer *self);
GDateTime *presync_answer_get_at (PresyncAnswer *self);
/* Do both say the same? @self, @other: (nullable) */
gboolean presync_answer_equal (PresyncAnswer *self, PresyncAnswer *other);

G_END_DECLS
