/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

/**
 * PresyncWaiver: a deviation that somebody accepted, of one condition. Immutable.
 *
 * It is a badge, never a pass: it changes no status and no verdict; it is counted and named beside
 * them. From the day after its expiry on it counts no more: the condition is open again.
 */
#define PRESYNC_TYPE_WAIVER (presync_waiver_get_type ())
G_DECLARE_FINAL_TYPE (PresyncWaiver, presync_waiver, PRESYNC, WAIVER, GObject)

/**
 * presync_waiver_new:
 * @condition: id of the condition, such as "cs-ram"
 * @reason: why it is accepted; not empty
 * @owner: who accepts it; not empty
 * @expires: (nullable): the last day on which it counts; %NULL: until it is removed
 * @at: when it was written
 */
PresyncWaiver *presync_waiver_new (const char *condition, const char *reason, const char *owner,
                                   const GDate *expires, GDateTime *at);
const char *presync_waiver_get_condition (PresyncWaiver *self);
const char *presync_waiver_get_reason (PresyncWaiver *self);
const char *presync_waiver_get_owner (PresyncWaiver *self);
/* (nullable) */
const GDate *presync_waiver_get_expires (PresyncWaiver *self);
GDateTime *presync_waiver_get_at (PresyncWaiver *self);
/* @now: in whose time zone the day counts: the user's, as presync_assessment_dup_now() has it; that
 * of a report for a given date is UTC, so that it says the same wherever it is made */
gboolean presync_waiver_get_expired (PresyncWaiver *self, GDateTime *now);
/* Do both say the same? @self, @other: (nullable) */
gboolean presync_waiver_equal (PresyncWaiver *self, PresyncWaiver *other);

G_END_DECLS
