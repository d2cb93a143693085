/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

/**
 * PresyncStatus: of a condition or requirement; the order is that of urgency, most urgent last
 */
typedef enum
{
  PRESYNC_STATUS_NOT_APPLICABLE,
  PRESYNC_STATUS_MET,
  PRESYNC_STATUS_ADVICE,
  PRESYNC_STATUS_NEEDS_ANSWER,
  PRESYNC_STATUS_UNKNOWN,
  PRESYNC_STATUS_NOT_MET,
} PresyncStatus;
#define PRESYNC_N_STATUSES 6

/**
 * PresyncVerdict: of an option
 */
typedef enum
{
  PRESYNC_VERDICT_READY,
  PRESYNC_VERDICT_READY_WITH_ADVICE,
  PRESYNC_VERDICT_NOT_YET_KNOWN,
  PRESYNC_VERDICT_NOT_READY,
} PresyncVerdict;

/* For programs: "met", "not-met", "advice", "needs-answer", "unknown", "not-applicable" */
const char *presync_status_id (PresyncStatus status);
/* Translated: "Met", "Not met", "Advice", "Needs an answer", "Unknown", "Not applicable" */
const char *presync_status_title (PresyncStatus status);
/* Icon name of our own symbols: "presync-met-symbolic", … (presync-<id>-symbolic) */
const char *presync_status_icon (PresyncStatus status);
/* "ready", "ready-with-advice", "not-ready", "not-yet-known" */
const char *presync_verdict_id (PresyncVerdict verdict);
/* Translated: "Ready", "Ready with advice", "Not ready", "Not yet known" */
const char *presync_verdict_title (PresyncVerdict verdict);

G_END_DECLS
