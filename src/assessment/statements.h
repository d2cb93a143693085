/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "assessment/answer.h"
#include "assessment/waiver.h"

G_BEGIN_DECLS

/**
 * PresyncStatements: what people stated of conditions: answers and waivers, at most one of each for
 * a condition, and the way back. Lives in the main thread; of an assessment
 * (presync_assessment_get_statements()), which judges anew on "changed".
 *
 * Properties (readable, notify): "undo-text", "redo-text" (string, nullable: what would be taken
 * back or done again, translated: "Answer of “Memory, at least 4 GB”"; %NULL if there is nothing).
 * Signal "changed" (const char *condition): after its answer or waiver changed; %NULL: any may have
 * (presync_statements_load()).
 */
#define PRESYNC_TYPE_STATEMENTS (presync_statements_get_type ())
G_DECLARE_FINAL_TYPE (PresyncStatements, presync_statements, PRESYNC, STATEMENTS, GObject)

/**
 * PresyncStatementsTitle: names a condition for people: its title, or its id where nobody knows
 * better
 *
 * Returns: (transfer full)
 */
typedef char *(*PresyncStatementsTitle) (const char *condition, gpointer user_data);

PresyncStatements *presync_statements_new (void);
/* For the two texts. @title: (nullable): conditions go by their ids */
void presync_statements_set_title (PresyncStatements *self, PresyncStatementsTitle title,
                                   gpointer user_data);

/* (nullable) (transfer none) */
PresyncAnswer *presync_statements_get_answer (PresyncStatements *self, const char *condition);
PresyncWaiver *presync_statements_get_waiver (PresyncStatements *self, const char *condition);
gboolean presync_statements_has_waivers (PresyncStatements *self);
/* (transfer container): by condition id */
GPtrArray *presync_statements_list_answers (PresyncStatements *self);
GPtrArray *presync_statements_list_waivers (PresyncStatements *self);

/* Each can be undone, and ends what could be done again. What is there already, or is not there, is
 * no change. @answer, @waiver: (nullable) (transfer none): %NULL: removed */
void presync_statements_set_answer (PresyncStatements *self, const char *condition,
                                    PresyncAnswer *answer);
void presync_statements_set_waiver (PresyncStatements *self, const char *condition,
                                    PresyncWaiver *waiver);

/* All at once, from a file: what was there goes, and there is nothing to undo. (element-type
 * PresyncAnswer), (element-type PresyncWaiver) */
void presync_statements_load (PresyncStatements *self, GPtrArray *answers, GPtrArray *waivers);

/* Takes the last change back, or does it again; %FALSE if there is none */
gboolean presync_statements_undo (PresyncStatements *self);
gboolean presync_statements_redo (PresyncStatements *self);

G_END_DECLS
