/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sources/directory/security-descriptor.h"

G_BEGIN_DECLS

/* Names and identifiers that are the same in every Active Directory, from tables. */

/**
 * presync_access_name_find:
 * @name: ldapDisplayName of a class ("user") or attribute ("lockoutTime"), or cn of an extended
 *   right or property set ("User-Force-Change-Password", "User-Account-Restrictions")
 *
 * Returns: %FALSE if the tables do not have it
 */
gboolean presync_access_name_find (const char *name, PresyncGuid *guid);

/* (transfer none) (nullable): the name of a GUID of the tables */
const char *presync_access_name_of (const PresyncGuid *guid);

/* "none" if the attribute belongs to no property set in Microsoft's schema */
void presync_access_name_property_set (const char *attribute, PresyncGuid *guid);

/**
 * presync_access_name_of_sid:
 *
 * Returns: (transfer none) (nullable): the English name of a well-known SID ("Everyone",
 *   "Authenticated Users", "BUILTIN\\Administrators"); %NULL for others, those of a domain included
 */
const char *presync_access_name_of_sid (const PresyncSid *sid);

/* (transfer full): the mask in words: "read property, control access"; unknown bits as hex */
char *presync_access_name_dup_mask (guint32 mask);

G_END_DECLS
