/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "assessment/assessment.h"

G_BEGIN_DECLS

/* What a person set, but for statements and facts, as texts of JSON, each under a name: "plan"
 * (name, edition, accounts, sync server, federation) and, for each source, the source's id
 * (targets-json.h). */

/* The piece that is there in every file */
#define PRESYNC_PLAN_PIECE "plan"

/* Does this Presync know the piece @name? */
gboolean presync_plan_json_is_known (const char *name);

/* (transfer full): name -> JSON text: what @assessment has now; sources that it has not are left
 * out */
GHashTable *presync_plan_json_dup (PresyncAssessment *assessment);

/**
 * presync_plan_json_parse:
 * @pieces: name -> JSON text; what this Presync does not know in them is left alone
 *
 * Returns: (transfer full) (nullable): name -> #JsonNode, but for what was found
 *   (presync_targets_json_is_found()); %NULL with %PRESYNC_ERROR_BAD_INPUT
 */
GHashTable *presync_plan_json_parse (GHashTable *pieces, GError **error);

/* @parsed: @pieces, of presync_plan_json_parse(). Sets name, edition, accounts, sync server,
 * federation and sources of a new assessment. What cannot be is left out. */
void presync_plan_json_apply (GHashTable *pieces, GHashTable *parsed,
                              PresyncAssessment *assessment);

G_END_DECLS
