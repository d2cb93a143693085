/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "assessment/comparison.h"

G_BEGIN_DECLS

/**
 * PresyncVerdictChange: an option's verdict in two runs, and how many conditions changed how
 */
#define PRESYNC_TYPE_VERDICT_CHANGE (presync_verdict_change_get_type ())
G_DECLARE_FINAL_TYPE (PresyncVerdictChange, presync_verdict_change, PRESYNC, VERDICT_CHANGE, AdwBin)

void presync_verdict_change_set_comparison (PresyncVerdictChange *self,
                                            PresyncComparison *comparison, PresyncOption option);

/**
 * presync_verdict_change_dup_counts:
 *
 * Returns: (transfer full): "New 1 · Mended 2", without what there is none of and what is
 *   unchanged; "Nothing changed"
 */
char *presync_verdict_change_dup_counts (PresyncComparison *comparison, PresyncOption option);

G_END_DECLS
