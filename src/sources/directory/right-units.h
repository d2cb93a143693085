/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "facts/access-text.h"
#include "sources/directory/right-question.h"

G_BEGIN_DECLS

/**
 * PresyncRightUnit: an organizational unit, or a container directly below the domain. Plain data.
 * @key: of presync_dn_normalize()
 * @sd: (nullable): its DACL; %NULL if it was not shown or is malformed
 * @closed: its contents may not be listed, or it is not known whether they may, by whoever signed
 *   in: it may hold objects that are not shown
 * @is_unit: an organizational unit that is not the system's own
 */
typedef struct
{
  char *dn;
  char *key;
  PresyncSecurityDescriptor *sd;
  gboolean closed;
  gboolean is_unit;
} PresyncRightUnit;

/**
 * PresyncRightUnits: those of a domain, by their keys
 * @units: (element-type PresyncRightUnit)
 * @signed_in: (nullable): what whoever signed in acts with; %NULL if the server does not tell
 * @complete: there are no more
 * @n_reads: how many reads it took
 */
typedef struct
{
  GPtrArray *units;
  GHashTable *by_key;
  PresyncToken *signed_in;
  gboolean complete;
  guint n_reads;
} PresyncRightUnits;

/* (transfer full): %NULL only with an error that ends the connection */
PresyncRightUnits *presync_right_units_read (PresyncProbeRun *run, GError **error);
void presync_right_units_free (PresyncRightUnits *self);

/* May whoever signed in list what the container @sd is of holds? Only "no" is certain. */
gboolean presync_right_units_may_list (const PresyncRightUnits *self,
                                       const PresyncSecurityDescriptor *sd);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PresyncRightUnits, presync_right_units_free)

/**
 * PresyncRightObject: an object below the domain, as far as an explanation needs it
 * @key: of presync_dn_normalize()
 * @is_protected: its own inheritance is off
 * @admin: its adminCount is 1
 */
typedef struct
{
  const char *dn;
  const char *key;
  gboolean is_protected;
  gboolean admin;
} PresyncRightObject;

/**
 * presync_right_units_explain:
 * @denied_by: (nullable): the entry of the object that denies what is asked
 * @reason: (out)
 *
 * Why does @object lack what @question asks for, although its root passes it on?
 *
 * Returns: (transfer none): the DN of the unit or object where it breaks
 */
const char *presync_right_units_explain (const PresyncRightUnits *self,
                                         const PresyncRightQuestion *question,
                                         const PresyncRightObject *object,
                                         const PresyncAce *denied_by,
                                         PresyncAccessGapReason *reason);

G_END_DECLS
