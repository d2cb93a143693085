/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "assessment/assessment.h"

G_BEGIN_DECLS

/* Says on standard error why sources could not be used, @error (nullable) first, and which facts
 * files could not. Nothing is said twice. */
void presync_check_print_faults (PresyncAssessment *assessment, const GError *error);

G_END_DECLS
