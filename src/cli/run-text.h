/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "assessment/run.h"

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/* What history and compare say of a run */

/* (transfer full): "Run 3 · 2026-11-22 10:15 UTC · edition of 2026-10-06" */
char *presync_run_dup_title (PresyncRun *run);
/* (transfer full): "Not ready · 2 blockers · 5 open · 1 waived" */
char *presync_run_dup_totals (PresyncRun *run, PresyncOption option);
/* Adds its members "run", "at" and "edition" to the object that was begun. */
void presync_run_add_json (JsonBuilder *builder, PresyncRun *run);

G_END_DECLS
