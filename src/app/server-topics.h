/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "assessment/assessment.h"

G_BEGIN_DECLS

/**
 * PresyncServerGroup: the parts of the Sync server page, in their order
 */
typedef enum
{
  PRESYNC_SERVER_SYSTEM,
  PRESYNC_SERVER_POWERSHELL,
  PRESYNC_SERVER_TLS,
  PRESYNC_SERVER_SECURITY,
  PRESYNC_SERVER_SOFTWARE,
} PresyncServerGroup;
#define PRESYNC_N_SERVER_GROUPS 5
#define PRESYNC_SERVER_MAX_KEYS 8

/**
 * PresyncServerTopic: one thing about the sync server: the facts that tell of it, and by them the
 * conditions of both options
 * @group: where it stands
 * @title: untranslated (marked N_): "Memory"
 * @n_lead: how many of @keys say it in a few words
 * @keys: (array zero-terminated=1): its facts, the leading ones first
 * @documented: (nullable) (array zero-terminated=1): those of @keys that tell whether it is set as
 *   Microsoft's pages say, where that is not the same as being so
 */
typedef struct
{
  PresyncServerGroup group;
  const char *title;
  guint n_lead;
  const char *keys[PRESYNC_SERVER_MAX_KEYS];
  const char *documented[3];
} PresyncServerTopic;

/* (transfer none): all topics, by group */
const PresyncServerTopic *presync_server_topics (guint *n);

/**
 * presync_server_topics_list_items:
 *
 * Returns: (transfer full) (element-type GPtrArray): for each topic, in their order, the
 *   #PresyncChecklistItem of the conditions of both options about it, in the order of the
 * checklists
 */
GPtrArray *presync_server_topics_list_items (PresyncAssessment *assessment);

/**
 * presync_server_status_of:
 * @items: (element-type PresyncChecklistItem): conditions
 * @keys: (array zero-terminated=1): facts
 *
 * What the conditions' own tests say of some of their facts alone: of what is documented, where
 * what is effective decides.
 *
 * Returns: the most urgent status of those parts; not applicable if no test is about @keys alone
 */
PresyncStatus presync_server_status_of (PresyncAssessment *assessment, GPtrArray *items,
                                        const char *const *keys);

/**
 * PresyncServerCounts: the numbers of the page. Plain data.
 * @not_met, @needs_answer, @unknown: topics whose worst condition is so
 */
typedef struct
{
  guint not_met;
  guint needs_answer;
  guint unknown;
} PresyncServerCounts;

void presync_server_count (PresyncAssessment *assessment, PresyncServerCounts *counts);

G_END_DECLS
