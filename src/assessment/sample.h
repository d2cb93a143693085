/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "assessment/assessment.h"
#include "sources/directory/target.h"
#include "sources/server/server-source.h"

G_BEGIN_DECLS

/* The bundled sample forest, and the server in it that is to synchronize. */
#define PRESYNC_SAMPLE_LDIF "resource://" PRESYNC_RESOURCE_BASE "/sample/contoso.ldif"
#define PRESYNC_SAMPLE_SYNC_SERVER "SYNC01"
/* What was written on that server, and what its SQL Server answered */
#define PRESYNC_SAMPLE_FACTS "resource://" PRESYNC_RESOURCE_BASE "/sample/SYNC01.json"
#define PRESYNC_SAMPLE_SQL "resource://" PRESYNC_RESOURCE_BASE "/sample/sql01.json"
/* What the tenant answered, and what could be reached from the sample's office */
#define PRESYNC_SAMPLE_TENANT "resource://" PRESYNC_RESOURCE_BASE "/sample/tenant.json"
#define PRESYNC_SAMPLE_TENANT_NAME "contoso.com"
#define PRESYNC_SAMPLE_NETWORK "resource://" PRESYNC_RESOURCE_BASE "/sample/network.json"
#define PRESYNC_SAMPLE_SQL_NAME "sql01.contoso.com\\SYNC"
/* The accounts in it that are to be used */
#define PRESYNC_SAMPLE_ADMIN "CONTOSO.HQ\\eadmin"
#define PRESYNC_SAMPLE_HYBRID_ADMIN "hybrid.admin@contoso.onmicrosoft.com"
#define PRESYNC_SAMPLE_CONNECTOR "CONTOSO.HQ\\svc-adconnect"

/**
 * presync_sample_dup_target:
 * @sync_server: (nullable): the sample's own unless another is named
 *
 * Returns: (transfer full): the sample with its sync server and its accounts
 */
PresyncDirectoryTarget *presync_sample_dup_target (const char *sync_server);

/**
 * presync_sample_get_features:
 *
 * Returns: (transfer none) (array zero-terminated=1): what is planned in the sample unless somebody
 *   says otherwise, for presync_assessment_set_features()
 */
const char *const *presync_sample_get_features (void);

/**
 * presync_sample_add_sources:
 *
 * Sets the sample's facts file, and its recorded SQL Server, tenant and network, as sources
 * "server", "sql", "tenant" and "network" of @assessment's runner; its directory is set by who
 * opens it (presync_sample_dup_target()). None of them uses a network.
 */
void presync_sample_add_sources (PresyncAssessment *assessment);

/* Are all files of @source the sample's? */
gboolean presync_sample_owns_server (PresyncServerSource *source);

/* Removes those that are the sample's: another directory takes its place. */
void presync_sample_remove_sources (PresyncAssessment *assessment);

G_END_DECLS
