/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "assessment/assessment.h"

G_BEGIN_DECLS

/**
 * PresyncCloudOptions: the targets of a command line that lie beyond the forest: the tenant, the
 * network and the AD FS farm. Plain data, filled by the option parser; for target-options.c.
 * @tenant: (nullable): as presync_tenant_target_parse_name() reads it
 * @cloud: (nullable): id of the cloud it is in; %NULL: worldwide
 * @client_id: (nullable): of the public client that a sign-in uses
 * @network: whether the network is to be tried
 * @proxy: (nullable): for tenant and network; %NULL: the system's
 * @federation_service, @federation_servers: (nullable)
 */
typedef struct
{
  char *tenant;
  char *cloud;
  char *client_id;
  gboolean network;
  char *proxy;
  char *federation_service;
  char **federation_servers;
} PresyncCloudOptions;

void presync_cloud_options_clear (PresyncCloudOptions *self);

/* Appends the table that writes into @self to @entries (element-type GOptionEntry). */
void presync_cloud_options_add_entries (PresyncCloudOptions *self, GArray *entries);

/* %FALSE with one clear sentence if options contradict each other or make no sense: usage */
gboolean presync_cloud_options_check (const PresyncCloudOptions *self, GError **error);

/* (transfer full) (nullable): the AD FS farm; %NULL if none was named. The options were checked. */
PresyncFederation *presync_cloud_options_dup_federation (const PresyncCloudOptions *self);

/* A farm that is named plans federation. The options were checked. */
void presync_cloud_options_plan (const PresyncCloudOptions *self, PresyncAssessment *assessment);

/* Sets the tenant and the network, as far as they were named, as sources of @assessment: each takes
 * the place of what is there. Does not connect. The options were checked. */
void presync_cloud_options_set (const PresyncCloudOptions *self, PresyncAssessment *assessment);

G_END_DECLS
