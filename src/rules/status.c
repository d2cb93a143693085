/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "rules/status.h"

#include <glib/gi18n.h>

typedef struct
{
  const char *id;
  const char *title;
  const char *icon;
} PresyncNamedStatus;

static const PresyncNamedStatus statuses[PRESYNC_N_STATUSES] = {
  [PRESYNC_STATUS_NOT_APPLICABLE]
  = { "not-applicable", N_ ("Not applicable"), "presync-not-applicable-symbolic" },
  [PRESYNC_STATUS_MET] = { "met", N_ ("Met"), "presync-met-symbolic" },
  [PRESYNC_STATUS_ADVICE] = { "advice", N_ ("Advice"), "presync-advice-symbolic" },
  [PRESYNC_STATUS_NEEDS_ANSWER]
  = { "needs-answer", N_ ("Needs an answer"), "presync-needs-answer-symbolic" },
  [PRESYNC_STATUS_UNKNOWN] = { "unknown", N_ ("Unknown"), "presync-unknown-symbolic" },
  [PRESYNC_STATUS_NOT_MET] = { "not-met", N_ ("Not met"), "presync-not-met-symbolic" },
};

static const PresyncNamedStatus verdicts[] = {
  [PRESYNC_VERDICT_READY] = { "ready", N_ ("Ready"), NULL },
  [PRESYNC_VERDICT_READY_WITH_ADVICE] = { "ready-with-advice", N_ ("Ready with advice"), NULL },
  [PRESYNC_VERDICT_NOT_YET_KNOWN] = { "not-yet-known", N_ ("Not yet known"), NULL },
  [PRESYNC_VERDICT_NOT_READY] = { "not-ready", N_ ("Not ready"), NULL },
};

const char *
presync_status_id (PresyncStatus status)
{
  g_return_val_if_fail (status < PRESYNC_N_STATUSES, NULL);
  return statuses[status].id;
}

const char *
presync_status_title (PresyncStatus status)
{
  g_return_val_if_fail (status < PRESYNC_N_STATUSES, NULL);
  return _ (statuses[status].title);
}

const char *
presync_status_icon (PresyncStatus status)
{
  g_return_val_if_fail (status < PRESYNC_N_STATUSES, NULL);
  return statuses[status].icon;
}

const char *
presync_verdict_id (PresyncVerdict verdict)
{
  g_return_val_if_fail (verdict < G_N_ELEMENTS (verdicts), NULL);
  return verdicts[verdict].id;
}

const char *
presync_verdict_title (PresyncVerdict verdict)
{
  g_return_val_if_fail (verdict < G_N_ELEMENTS (verdicts), NULL);
  return _ (verdicts[verdict].title);
}
