/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sources/directory/rights.h"

#include <string.h>

#define RP PRESYNC_RIGHT_READ_PROPERTY
#define WP PRESYNC_RIGHT_WRITE_PROPERTY
#define CR PRESYNC_RIGHT_CONTROL_ACCESS
#define CC PRESYNC_RIGHT_CREATE_CHILD
#define DC PRESYNC_RIGHT_DELETE_CHILD
#define SD PRESYNC_RIGHT_DELETE
#define DT PRESYNC_RIGHT_DELETE_TREE
/* GENERIC_WRITE, as [MS-ADTS] 5.1.3.2 maps it */
#define GW (PRESYNC_RIGHT_READ_CONTROL | WP | PRESYNC_RIGHT_SELF)

#define HEAD PRESYNC_PLACE_HEAD
#define BELOW PRESYNC_PLACE_DESCENDANTS

/* clang-format off */

/* Both options name the same rights here. "device" is the class of that name, as in the cmdlets, not
 * msDS-Device.
 *
 * Microsoft's tutorial wants Unexpire-Password on the domain "and all descendant objects", but it is
 * a right on domainDNS only (its appliesTo), and AD grants it there to Authenticated Users without
 * passing it on: it is asked of the head. */
#define COMMON                                                                                     \
  { "read", BELOW, { { RP, NULL } },                                                               \
    { "user", "inetOrgPerson", "group", "contact", "computer", "foreignSecurityPrincipal",         \
      "device" }, NULL },                                                                          \
  { "replicate", HEAD, { { CR, "DS-Replication-Get-Changes" } }, { "domainDNS" }, NULL },          \
  { "replicate-all", HEAD, { { CR, "DS-Replication-Get-Changes-All" } }, { "domainDNS" }, NULL },  \
  { "reset-password", BELOW, { { CR, "User-Force-Change-Password" } }, { "user" }, NULL },         \
  { "lockout-time", BELOW, { { WP, "lockoutTime" } }, { "user" }, NULL },                          \
  { "pwd-last-set", BELOW, { { WP, "pwdLastSet" } }, { "user" }, NULL },                           \
  { "unexpire", HEAD, { { CR, "Unexpire-Password" } }, { "domainDNS" }, NULL },                    \
  { "exchange", BELOW, { { RP | WP, NULL } }, { "user", "inetOrgPerson", "group", "contact" },     \
    NULL },                                                                                        \
  { "public-folders", BELOW, { { RP, NULL } }, { "publicFolder" }, "publicFolder" }

/* Microsoft, "Configure AD DS Connector account permissions" and "Enable device writeback". */
static const PresyncRight connector_rights[] = {
  COMMON,
  { "anchor", BELOW, { { RP | WP, "mS-DS-ConsistencyGuid" } }, { "user" }, NULL },
  { "groups", PRESYNC_PLACE_GROUP_UNIT,
    { { RP | WP | SD | DT, NULL }, { CC | DC, "group" } }, { "group" }, NULL },
  { "devices", PRESYNC_PLACE_DEVICE_CONTAINERS,
    { { PRESYNC_RIGHT_FULL_CONTROL, NULL } }, { "msDS-Device" }, "msDS-Device" },
};

/* Microsoft, "Microsoft Entra Connect cloud provisioning agent gMSA PowerShell cmdlets". */
static const PresyncRight gmsa_rights[] = {
  COMMON,
  { "anchor", BELOW, { { WP, "mS-DS-ConsistencyGuid" } }, { "user", "group" }, NULL },
  { "create-delete", PRESYNC_PLACE_HEAD_AND_BELOW,
    { { GW | SD | DT, NULL }, { CC | DC, "user" }, { CC | DC, "group" } }, { "user", "group" },
    NULL },
  { "credential-link", BELOW, { { WP, "msDS-KeyCredentialLink" } }, { "user", "device" },
    "msDS-KeyCredentialLink" },
};
/* clang-format on */

const PresyncRight *
presync_rights (const char *role, guint *n)
{
  g_return_val_if_fail (role != NULL && n != NULL, NULL);
  *n = 0;
  if (strcmp (role, "connector") == 0)
    {
      *n = G_N_ELEMENTS (connector_rights);
      return connector_rights;
    }
  g_return_val_if_fail (strcmp (role, "gmsa") == 0, NULL);
  *n = G_N_ELEMENTS (gmsa_rights);
  return gmsa_rights;
}
