/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sources/network/reach-run.h"

G_BEGIN_DECLS

/* (transfer full) (element-type PresyncReach): all rows of a model of them */
GPtrArray *presync_reach_rows_list (GListModel *model);
/* (transfer full) (element-type PresyncReach): those that are pending */
GPtrArray *presync_reach_rows_list_pending (GListModel *model);
gboolean presync_reach_rows_has_pending (GListModel *model);
/* (transfer full) (array zero-terminated=1): keys of @row of which no row is pending */
char **presync_reach_rows_list_whole_keys (GListModel *model, PresyncReach *row);

/**
 * presync_reach_rows_replace:
 * @planned: (element-type PresyncReach): what is to be there
 * @before, @after: targets
 * @run: (nullable): what tries rows just now; it forgets those that go and gets those that come, as
 *   long as it has time for them
 *
 * Puts @planned in the place of what there is. A row that is there already stays, with what was
 * found and the new keys, unless it would be tried otherwise now: then it waits again.
 */
void presync_reach_rows_replace (GListStore *store, GPtrArray *planned,
                                 const PresyncNetworkTarget *before,
                                 const PresyncNetworkTarget *after, PresyncReachRun *run);

/* Will any row of @model tell of @key, or has one? What is told beside a row's own keys counts as
 * long as it may be told. */
gboolean presync_reach_rows_may_tell (GListModel *model, const char *key);

G_END_DECLS
