/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "rules/status.h"

G_BEGIN_DECLS

/**
 * PresyncStatusPill: a status or verdict written out: symbol, word and colour
 */
#define PRESYNC_TYPE_STATUS_PILL (presync_status_pill_get_type ())
G_DECLARE_FINAL_TYPE (PresyncStatusPill, presync_status_pill, PRESYNC, STATUS_PILL, AdwBin)

void presync_status_pill_set_status (PresyncStatusPill *self, PresyncStatus status);

/**
 * presync_status_pill_set_verdict:
 * @text: the words to show, such as "Not ready · 2 blockers"
 */
void presync_status_pill_set_verdict (PresyncStatusPill *self, PresyncVerdict verdict,
                                      const char *text);

/* @explanation: more to say of the words, for tooltip and screen readers; goes with them */
void presync_status_pill_set_explanation (PresyncStatusPill *self, const char *explanation);

G_END_DECLS
