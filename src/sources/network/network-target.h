/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "sources/federation.h"

G_BEGIN_DECLS

/**
 * PresyncNetworkTarget: what to look at from this computer. Plain data, copied between threads.
 * @recording: (nullable): recorded results (file name, "file:///" or "resource://" address) instead
 *   of a network
 * @cloud: id of the cloud whose addresses are tried, such as "worldwide" (PresyncCloud.id)
 * @login_host, @graph_host: of that cloud
 * @tenant_id: (nullable): for addresses that carry it
 * @tenant_named: somebody named the tenant, whether its id is known or not
 * @forest: (nullable): DNS name of the forest root
 * @domains, @controllers: (nullable) (array zero-terminated=1): DNS names; of the controllers those
 *   that are writable, of all domains
 * @catalogs: (nullable) (array zero-terminated=1): those of @controllers that are global catalogs;
 *   %NULL: not known
 * @all_controllers: plan for however many there are, since others tried them already
 * @domains_partial, @controllers_partial, @suffixes_partial: there may be more than these
 * @suffixes: (nullable) (array zero-terminated=1): UPN suffixes in use; the AD FS certificate must
 *   name enterpriseregistration.<suffix>
 * @offered: (nullable) (array zero-terminated=1): others, which a user may have or not
 * @features: (nullable) (array zero-terminated=1): what is planned, without "plan."
 * @federation: (nullable): the AD FS farm
 * @proxy: (nullable): address of a proxy; %NULL: the system's settings
 */
typedef struct
{
  char *recording;
  char *cloud;
  char *login_host;
  char *graph_host;
  char *tenant_id;
  gboolean tenant_named;
  char *forest;
  char **domains;
  char **controllers;
  char **catalogs;
  char **suffixes;
  char **offered;
  gboolean all_controllers;
  gboolean domains_partial;
  gboolean controllers_partial;
  gboolean suffixes_partial;
  char **features;
  PresyncFederation *federation;
  char *proxy;
} PresyncNetworkTarget;

PresyncNetworkTarget *presync_network_target_new (void);
/* (nullable) */
PresyncNetworkTarget *presync_network_target_copy (const PresyncNetworkTarget *self);
void presync_network_target_free (PresyncNetworkTarget *self);
gboolean presync_network_target_equal (const PresyncNetworkTarget *a,
                                       const PresyncNetworkTarget *b);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PresyncNetworkTarget, presync_network_target_free)

G_END_DECLS
