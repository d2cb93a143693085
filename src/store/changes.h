/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "assessment/history.h"

G_BEGIN_DECLS

/**
 * PresyncChanges: what is to be written: references to what never changes, so that a worker may
 * write it. Plain data.
 * @all: everything: what the file has beside of these kinds, and this Presync knows, goes
 * @pieces: name -> JSON text, %NULL: removed (plan-json.h)
 * @facts: key -> (element-type GPtrArray) layers of a #PresyncFactSet, %NULL: none
 * @answers: condition -> #PresyncAnswer, %NULL: removed
 * @waivers: condition -> #PresyncWaiver, %NULL: removed
 * @runs: (element-type PresyncRun): to be added
 */
typedef struct
{
  gboolean all;
  GHashTable *pieces;
  GHashTable *facts;
  GHashTable *answers;
  GHashTable *waivers;
  GPtrArray *runs;
} PresyncChanges;

PresyncChanges *presync_changes_new (void);
void presync_changes_free (PresyncChanges *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PresyncChanges, presync_changes_free)

gboolean presync_changes_is_empty (const PresyncChanges *self);
/* @newer: (transfer full): what came after; it counts where both tell of the same */
void presync_changes_merge (PresyncChanges *self, PresyncChanges *newer);

/* @json, @answer, @waiver: (nullable) (transfer none) */
void presync_changes_set_piece (PresyncChanges *self, const char *name, const char *json);
void presync_changes_set_answer (PresyncChanges *self, const char *condition,
                                 PresyncAnswer *answer);
void presync_changes_set_waiver (PresyncChanges *self, const char *condition,
                                 PresyncWaiver *waiver);
/* What all sources tell of @key now. The fact set never changes a layer, only replaces it. */
void presync_changes_set_facts (PresyncChanges *self, PresyncFactSet *facts, const char *key);

G_END_DECLS
