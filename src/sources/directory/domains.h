/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sources/directory/probe-read.h"

G_BEGIN_DECLS

/**
 * PresyncDomain: a domain of the forest, as CN=Partitions names it. Plain data.
 * @netbios: (nullable): NULL if it was not shown
 */
typedef struct
{
  char *dns;
  char *netbios;
} PresyncDomain;

/**
 * PresyncDomains: the domains of the forest by name
 * @list: (element-type PresyncDomain): always has the domain that was asked, first
 * @whole: all domains of the forest are in @list
 */
typedef struct
{
  GPtrArray *list;
  gboolean whole;
  PresyncOrigin *origin;
} PresyncDomains;

/**
 * presync_domains_read:
 *
 * One read of CN=Partitions.
 *
 * Returns: (transfer full): %NULL only with an error that ends the connection
 */
PresyncDomains *presync_domains_read (PresyncProbeRun *run, GError **error);
void presync_domains_free (PresyncDomains *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PresyncDomains, presync_domains_free)

/* (transfer none) (nullable): @name is a NetBIOS or DNS name, in any case */
const PresyncDomain *presync_domains_find (const PresyncDomains *self, const char *name);

/* (transfer none): the domain that was asked */
const PresyncDomain *presync_domains_own (const PresyncDomains *self);

/* Is a domain that was asked surely the only one of its forest? */
gboolean presync_domains_is_only (const PresyncDomains *self);

G_END_DECLS
