/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * PresyncEndpoint: an address of Microsoft's lists that a server must reach. Plain data.
 * @key: the fact that it decides, such as "network.cloud-run"
 * @clouds: ids of the clouds whose list has it, separated by blanks; "*": all
 * @feature: (nullable): only if this is planned (without "plan.")
 * @host: "{tenant}" in it is the tenant's id: without one nobody can try it
 * @port: 443 or 80
 * @stands_for: (nullable): the wildcard entry of the list that @host is a known member of
 *
 * Sources: requirements of Microsoft's pages CS-PRE, CS-TS, CN-CONN, CN-PORT, HEALTH, PTA.
 */
typedef struct
{
  const char *key;
  const char *clouds;
  const char *feature;
  const char *host;
  guint16 port;
  const char *stands_for;
} PresyncEndpoint;

/* (transfer none): the whole table; @n: (out) */
const PresyncEndpoint *presync_endpoints (gsize *n);

G_END_DECLS
