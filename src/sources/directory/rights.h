/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sources/directory/access.h"

G_BEGIN_DECLS

/**
 * PresyncRightPlace: where a right must stand
 */
typedef enum
{
  PRESYNC_PLACE_HEAD,              /* the domain's head, this object only */
  PRESYNC_PLACE_DESCENDANTS,       /* objects of the classes below the head */
  PRESYNC_PLACE_HEAD_AND_BELOW,    /* objects of the classes below the head; what creates and
                                      deletes children on the head and on all units */
  PRESYNC_PLACE_GROUP_UNIT,        /* objects of the classes below the named unit; what creates and
                                      deletes children on the unit */
  PRESYNC_PLACE_DEVICE_CONTAINERS, /* CN=RegisteredDevices of the domain and the device registration
                                      configuration of the forest */
} PresyncRightPlace;

#define PRESYNC_RIGHT_MAX_PARTS 4
#define PRESYNC_RIGHT_MAX_CLASSES 8

/**
 * PresyncRightPart: one right on one kind of thing
 * @mask: rights that are all needed
 * @object: (nullable): attribute, extended right or child class by name (access-names.h); %NULL for
 *   the object as a whole. A part that creates or deletes children is asked of the units that hold
 *   them, not of the right's classes; each of the two on its own.
 */
typedef struct
{
  guint32 mask;
  const char *object;
} PresyncRightPart;

/**
 * PresyncRight: a right that an account needs, as Microsoft's pages name it
 * @id: as in presync_access_rights(): the end of its facts' keys
 * @classes: ldapDisplayNames of the classes it applies to, each judged on its own
 * @schema_class: (nullable): applies only if the schema has this class or attribute
 */
typedef struct
{
  const char *id;
  PresyncRightPlace place;
  PresyncRightPart parts[PRESYNC_RIGHT_MAX_PARTS];
  const char *classes[PRESYNC_RIGHT_MAX_CLASSES];
  const char *schema_class;
} PresyncRight;

/**
 * presync_rights:
 * @role: "connector" (Microsoft, "Configure AD DS Connector account permissions") or "gmsa"
 * (Microsoft, "Set-AADCloudSyncPermissions")
 * @n: (out): how many
 *
 * Returns: (transfer none): the rights, as data
 */
const PresyncRight *presync_rights (const char *role, guint *n);

G_END_DECLS
