/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sources/directory/domains.h"
#include "sources/directory/right-scan.h"

G_BEGIN_DECLS

/**
 * PresyncRightJudge: what a verdict about a right is made of. Nothing is owned.
 * @questions: (element-type PresyncRightQuestion)
 * @names: SIDs as text to names for people, both owned by the table; those looked up are added
 */
typedef struct
{
  PresyncProbeRun *run;
  const PresyncDomains *domains;
  GPtrArray *questions;
  const PresyncRightScan *scan;
  GHashTable *names;
} PresyncRightJudge;

/**
 * presync_right_judge_add_facts:
 * @keys: of the right's two facts
 * @slot: of the right's questions, at least one
 *
 * Adds the two facts to the run. Class by class: what the root grants and objects lack is a gap;
 * what the root does not grant is missing, unless all objects that were looked at have it.
 *
 * Returns: %FALSE only with an error that ends the connection
 */
gboolean presync_right_judge_add_facts (const PresyncRightJudge *self,
                                        const PresyncAccessRight *keys, guint slot, GError **error);

G_END_DECLS
