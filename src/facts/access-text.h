/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The facts about an account's rights are lists of texts. Each text has fields parted by a tab, so
 * that facts stay plain data; these functions make them and take them apart. Who shows a fact to
 * people calls presync_fact_describe(), or these where it draws a table or a picture. */

/**
 * PresyncAccessRight: a right of an account, as two facts
 * @id: "reset-password"
 * @fact: key of the fact that tells what is missing: "connector.reset-password"
 * @gaps: key of the fact that tells where it does not arrive: "connector.reset-password-gaps"
 */
typedef struct
{
  const char *id;
  const char *fact;
  const char *gaps;
} PresyncAccessRight;

/**
 * presync_access_rights:
 * @role: "connector" or "gmsa"
 * @n: (out): how many
 *
 * Returns: (transfer none): its rights, in the order of a table
 */
const PresyncAccessRight *presync_access_rights (const char *role, gsize *n);

/**
 * presync_access_lack_format:
 * @class: ldapDisplayName of the class of objects on which the right is missing; "domainDNS" for
 *   the domain's head itself
 * @part: (nullable): what of it is missing, where it is several things ("lockoutTime"); %NULL: all
 * @denied_to: (nullable): the trustee of the entry that denies it; %NULL: nothing grants it
 *
 * Returns: (transfer full): a text of a fact "connector.read"
 */
char *presync_access_lack_format (const char *class, const char *part, const char *denied_to);

/**
 * PresyncAccessGapReason: why a right does not arrive at an object
 */
typedef enum
{
  PRESYNC_GAP_INHERITANCE_OFF, /* the object, or a unit above it, does not inherit */
  PRESYNC_GAP_PROTECTED,       /* adminCount is 1: AdminSDHolder sets its rights */
  PRESYNC_GAP_DENIED,          /* an entry below the domain denies it */
  PRESYNC_GAP_HEAD,  /* the domain's head itself lacks it, but all objects looked at have it */
  PRESYNC_GAP_OTHER, /* inherits, and yet it is not there */
} PresyncAccessGapReason;

/* "inheritance-off", "protected", "denied", "head", "other" */
const char *presync_access_gap_reason_id (PresyncAccessGapReason reason);

/**
 * presync_access_gap_format:
 * @place: DN of the unit or object where the right breaks
 * @n_objects: objects looked at that lack it because of this, the place itself included
 * @example: (nullable): DN of one of them
 *
 * Returns: (transfer full): a text of a fact "connector.read-gaps"
 */
char *presync_access_gap_format (const char *place, PresyncAccessGapReason reason, guint n_objects,
                                 const char *example);

/* Plain data; all of a text */
typedef struct
{
  char *place;
  PresyncAccessGapReason reason;
  guint n_objects;
  char *example; /* nullable */
} PresyncAccessGap;

/* (transfer full) (nullable): %NULL if @text is none */
PresyncAccessGap *presync_access_gap_parse (const char *text);
void presync_access_gap_free (PresyncAccessGap *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PresyncAccessGap, presync_access_gap_free)

/**
 * presync_access_path_format:
 * @names: (array zero-terminated=1): group, then the groups through which the account is in it, the
 *   outermost first: { "Enterprise Admins", "Tier 0 Admins", NULL }
 *
 * Returns: (transfer full): a text of a fact "cloud-admin.membership"
 */
char *presync_access_path_format (const char *const *names);

/* Each (transfer full): translated, for people: "user, group", "user (denied to CONTOSO\\Temps)";
 * "OU=VIP,DC=… (inheritance off, 12 objects)"; "Enterprise Admins, through Tier 0 Admins" */
char *presync_access_lack_describe (const char *text);
char *presync_access_gap_describe (const char *text);
char *presync_access_path_describe (const char *text);
/* Translated: "inheritance off" */
const char *presync_access_gap_reason_title (PresyncAccessGapReason reason);

G_END_DECLS
