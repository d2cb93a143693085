/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "assessment/assessment.h"
#include "sources/directory/target.h"
#include "sources/sql/sql-target.h"
#include "sources/tenant/tenant-target.h"

G_BEGIN_DECLS

/**
 * PresyncTargets: what an assessment's sources ask, without secrets. Plain data.
 * @directory, @sql, @tenant: (nullable); their passwords, accounts and federation are %NULL
 * @facts_files: (array zero-terminated=1): addresses (URIs) of facts files added one by one
 * @facts_folder: (nullable): URI of the folder that is watched
 * @server: there is a source of facts files, even if it has none now
 * @network: whether the network may be tried from here
 * @network_recording: (nullable): a recorded one instead
 * @network_proxy: (nullable): address of a proxy for the network; that of the tenant is its own
 *
 * And what the sources found that no fact tells, but a page or a report shows:
 * @facts_reports: (nullable): JSON, an object: of presync_server_source_dup_saved()
 * @network_rows: (nullable): JSON, an object: of presync_network_source_dup_saved()
 * @tenant_cloud: (nullable): the cloud that the tenant was found in
 */
typedef struct
{
  PresyncDirectoryTarget *directory;
  PresyncSqlTarget *sql;
  PresyncTenantTarget *tenant;
  char **facts_files;
  char *facts_folder;
  gboolean server;
  gboolean network;
  char *network_recording;
  char *network_proxy;
  char *facts_reports;
  char *network_rows;
  const PresyncCloud *tenant_cloud;
} PresyncTargets;

PresyncTargets *presync_targets_new (void);
void presync_targets_free (PresyncTargets *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PresyncTargets, presync_targets_free)

/* (transfer full): those of the sources that @assessment has now */
PresyncTargets *presync_targets_new_from_assessment (PresyncAssessment *assessment);

/**
 * presync_targets_apply:
 *
 * Makes the sources and sets them in @assessment's runner, which has none. Nothing is connected,
 * read or watched before the next check: whoever opens a file that he was sent must not be made to
 * speak to servers, or to read files, that it names. What they found then is shown, and faults in
 * it are passed over; it makes no facts.
 */
void presync_targets_apply (const PresyncTargets *self, PresyncAssessment *assessment);

G_END_DECLS
