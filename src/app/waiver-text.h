/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "assessment/waiver.h"

G_BEGIN_DECLS

/**
 * presync_day_text:
 *
 * Returns: (transfer full): a day in words, such as "1 March 2027"
 */
char *presync_day_text (const GDate *day);

/**
 * presync_day_parse:
 * @text: "2027-03-01" or "1.3.2027", with white space around it
 * @day: (out): the day, if there is one
 *
 * What may be read in two ways, such as "3/1/2027", is not taken.
 *
 * Returns: %FALSE if @text is no such day
 */
gboolean presync_day_parse (const char *text, GDate *day);

/**
 * presync_waiver_dup_text:
 *
 * Returns: (transfer full): who accepted it and how long it counts, a sentence; of one that expired
 *   before @now, that the condition is open again
 */
char *presync_waiver_dup_text (PresyncWaiver *waiver, GDateTime *now);

G_END_DECLS
