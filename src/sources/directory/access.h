/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sources/directory/security-descriptor.h"

G_BEGIN_DECLS

/* Access mask of directory objects, [MS-ADTS] 5.1.3.2 */
#define PRESYNC_RIGHT_CREATE_CHILD 0x00000001
#define PRESYNC_RIGHT_DELETE_CHILD 0x00000002
#define PRESYNC_RIGHT_LIST 0x00000004
#define PRESYNC_RIGHT_SELF 0x00000008
#define PRESYNC_RIGHT_READ_PROPERTY 0x00000010
#define PRESYNC_RIGHT_WRITE_PROPERTY 0x00000020
#define PRESYNC_RIGHT_DELETE_TREE 0x00000040
#define PRESYNC_RIGHT_LIST_OBJECT 0x00000080
#define PRESYNC_RIGHT_CONTROL_ACCESS 0x00000100
#define PRESYNC_RIGHT_DELETE 0x00010000
#define PRESYNC_RIGHT_READ_CONTROL 0x00020000
#define PRESYNC_RIGHT_WRITE_DAC 0x00040000
#define PRESYNC_RIGHT_WRITE_OWNER 0x00080000
#define PRESYNC_RIGHT_FULL_CONTROL 0x000f01ff

/**
 * PresyncToken: the security identifiers that an account acts with. Owned by who holds it.
 */
typedef struct _PresyncToken PresyncToken;

PresyncToken *presync_token_new (void);
void presync_token_free (PresyncToken *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PresyncToken, presync_token_free)
void presync_token_add (PresyncToken *self, const PresyncSid *sid);
gboolean presync_token_has (const PresyncToken *self, const PresyncSid *sid);
guint presync_token_get_size (const PresyncToken *self);
/* (transfer full): "S-1-5-21-…", in the order of the alphabet: servers give them in any order */
GStrv presync_token_dup_texts (const PresyncToken *self);

/**
 * PresyncAccess: does a token have a right?
 */
typedef enum
{
  PRESYNC_ACCESS_GRANTED,
  PRESYNC_ACCESS_MISSING,   /* nothing grants it */
  PRESYNC_ACCESS_DENIED,    /* an entry denies it */
  PRESYNC_ACCESS_UNDECIDED, /* an entry that cannot be judged (conditional, unknown type) decides */
} PresyncAccess;

/**
 * PresyncWanted: a right that is asked for, a plain value
 * @mask: rights, without generic bits; all must be granted
 * @object_type: the attribute, extended right or child class that the rights are asked for; "none"
 *   for the object as a whole: all its properties, all extended rights, children of any class
 * @property_set: of an attribute: the property set it belongs to (attributeSecurityGUID); "none" if
 *   it belongs to none
 */
typedef struct
{
  guint32 mask;
  PresyncGuid object_type;
  PresyncGuid property_set;
} PresyncWanted;

/**
 * PresyncAccessResult: what came of it
 * @ace: (nullable): the entry that denies it or cannot be judged, or the last that granted a part;
 *   owned by the descriptor
 * @lacking: the part of the mask that is not granted
 */
typedef struct
{
  PresyncAccess access;
  const PresyncAce *ace;
  guint32 lacking;
} PresyncAccessResult;

/**
 * presync_access_check:
 * @class_guid: schemaIDGUID of the object's class: an entry whose object type is the class itself
 *   stands for the whole object, but not for its children (there it is the class of a child) nor
 *   for extended rights and validated writes ([MS-ADTS] 5.1.3.3.3 to 5.1.3.3.5)
 *
 * Does @token have @wanted on the object whose descriptor is @sd? As Windows decides ([MS-DTYP]
 * 2.5.3.2, [MS-ADTS] 5.1.3.3): entries in their order, each bit decided by the first that names it;
 * inherit-only entries do not count; generic bits stand for the rights of [MS-ADTS] 5.1.3.2; the
 * entry must name the object as a whole, the wanted type or its property set. Where the whole
 * object is wanted, an entry that denies any property (or right, or class) denies the whole, unless
 * one before it grants the same one. The owner has READ_CONTROL and WRITE_DAC, or what entries for
 * OWNER RIGHTS say. SELF counts if the token has it: who asks knows whose object it is. An entry
 * that cannot be judged and could change the result leaves it undecided: a conditional or unknown
 * one never grants, and never goes unnoticed.
 */
PresyncAccessResult presync_access_check (const PresyncSecurityDescriptor *sd,
                                          const PresyncToken *token, const PresyncGuid *class_guid,
                                          const PresyncWanted *wanted);

/**
 * presync_access_check_descendant:
 * @sd: of a container, such as the head of a domain
 * @class_guid: class of the descendants
 *
 * Would @token have @wanted on a descendant of that class, at any depth, from what it inherits of
 * @sd alone ([MS-DTYP] 2.5.3.4.2)? Entries count that containers inherit (CONTAINER_INHERIT,
 * without NO_PROPAGATE) and whose inherited object type is none or exactly the class. A
 * descendant's owner is not known: nothing comes of CREATOR OWNER and OWNER RIGHTS. A NULL DACL
 * passes nothing on.
 */
PresyncAccessResult presync_access_check_descendant (const PresyncSecurityDescriptor *sd,
                                                     const PresyncToken *token,
                                                     const PresyncGuid *class_guid,
                                                     const PresyncWanted *wanted);

G_END_DECLS
