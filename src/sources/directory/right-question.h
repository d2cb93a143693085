/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sources/directory/principal.h"
#include "sources/directory/probe-read.h"
#include "sources/directory/rights.h"

G_BEGIN_DECLS

/* What the files of the rights' probe share. Nobody else includes this. */

/* Class of the units that hold users and groups, and of a domain's head */
#define PRESYNC_RIGHT_UNIT_CLASS "organizationalUnit"
#define PRESYNC_RIGHT_HEAD_CLASS "domainDNS"

/**
 * PresyncRightRoot: an object that passes a right on to those below it
 * @key: of presync_dn_normalize()
 * @sd: (nullable): its security descriptor; %NULL: @reason and @problem tell why
 * @missing: it does not exist, or is hidden
 * @is_unit: its class is one that holds groups and users
 * @origin: (nullable): of its read
 */
typedef struct
{
  char *dn;
  char *key;
  PresyncSecurityDescriptor *sd;
  PresyncUnknown reason;
  char *problem;
  gboolean missing;
  gboolean is_unit;
  PresyncOrigin *origin;
} PresyncRightRoot;

/**
 * presync_right_root_read:
 *
 * Returns: (transfer full): %NULL only with an error that ends the connection
 */
PresyncRightRoot *presync_right_root_read (PresyncProbeRun *run, const char *dn, GError **error);
/* (transfer full): one that is not there; @problem: why */
PresyncRightRoot *presync_right_root_new_unknown (const char *dn, PresyncUnknown reason,
                                                  const char *problem);
void presync_right_root_free (PresyncRightRoot *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PresyncRightRoot, presync_right_root_free)

/**
 * PresyncRightQuestion: one part of a right, asked of one class of objects
 * @slot: number of the right among all that are judged; gaps are kept by it
 * @token: of the account; not owned
 * @root: not owned
 * @class: ldapDisplayName of the objects; static
 * @part: (nullable): what it is, where the right is several things
 * @on_root: asked of the root itself, else of what it passes on
 * @below: asked of the objects below the root too
 * @deletes: asks to delete children, of the class @child_guid: whoever may delete these objects
 *   themselves needs no right on their parent
 * @class_guid, @wanted: for presync_access_check()
 * @access, @lacking, @ace: what the root says; @ace may have no trustee
 * @n_looked_at: objects below the root that were judged; @n_lacking of them lack it, of
 *   @n_undecided it cannot be told
 * @undecided_dn, @undecided_ace: (nullable): the first of those that are undecided
 * @example: (nullable): DN of the first that was judged
 */
typedef struct
{
  guint slot;
  const PresyncToken *token;
  const PresyncRightRoot *root;
  const char *class;
  char *part;
  gboolean on_root;
  gboolean below;
  gboolean deletes;
  PresyncGuid child_guid;
  PresyncGuid class_guid;
  PresyncWanted wanted;
  PresyncAccess access;
  guint32 lacking;
  PresyncAce ace;
  guint n_looked_at;
  guint n_lacking;
  guint n_undecided;
  char *undecided_dn;
  PresyncAce undecided_ace;
  char *example;
} PresyncRightQuestion;

void presync_right_question_free (PresyncRightQuestion *self);

/**
 * presync_right_question_ask:
 * @inherited: ask what @sd passes on to descendants, else what it grants on its own object
 *
 * Deleting needs DELETE on the object or DELETE_CHILD on its parent (Microsoft, "Access Control and
 * Object Deletion"): where the latter is denied or missing, as "Protect from accidental deletion"
 * does it, the former is enough.
 *
 * Returns: the answer of @sd, which owns the entry in it
 */
PresyncAccessResult presync_right_question_ask (const PresyncRightQuestion *self,
                                                const PresyncSecurityDescriptor *sd,
                                                gboolean inherited);

/**
 * PresyncRightRoots: the roots of a domain
 * @head: the domain's
 * @group_unit: (nullable): the unit that group writeback writes to
 * @devices: (nullable): CN=RegisteredDevices of the domain
 * @registration: (nullable): the forest's device registration configuration; like the two before
 *   only needed for the connector account
 */
typedef struct
{
  PresyncRightRoot *head;
  PresyncRightRoot *group_unit;
  PresyncRightRoot *devices;
  PresyncRightRoot *registration;
} PresyncRightRoots;

void presync_right_roots_clear (PresyncRightRoots *self);

/**
 * presync_right_questions_add:
 * @questions: (element-type PresyncRightQuestion): they are added here, judged at their roots
 *
 * Adds the questions of @right. Those whose root could not be read are left out.
 *
 * Returns: (transfer none) (nullable): the root that could not be read; the right is unknown then
 */
const PresyncRightRoot *presync_right_questions_add (GPtrArray *questions,
                                                     const PresyncRight *right, guint slot,
                                                     const PresyncToken *token,
                                                     const PresyncRightRoots *roots);

G_END_DECLS
