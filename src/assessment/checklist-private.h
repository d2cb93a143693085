/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "assessment/checklist.h"
#include "assessment/statements.h"
#include "catalogue/catalogue.h"

G_BEGIN_DECLS

PresyncChecklist *presync_checklist_new (PresyncCatalogue *catalogue, PresyncOption option);

/* Reads the catalogue as of @edition: all rows are made anew and stand unjudged. */
void presync_checklist_set_edition (PresyncChecklist *self, const GDate *edition);

/**
 * presync_checklist_judge:
 * @keys: (nullable): judge only the conditions that name one of these facts; %NULL for all
 * @condition: (nullable): judge only this condition
 * @statements: answers and waivers
 *
 * Returns: how many conditions were judged
 */
guint presync_checklist_judge (PresyncChecklist *self, const char *const *keys,
                               const char *condition, PresyncFactSet *facts,
                               PresyncStatements *statements, GDateTime *now);

G_END_DECLS
