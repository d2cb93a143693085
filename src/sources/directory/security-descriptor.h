/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sources/directory/sid.h"

G_BEGIN_DECLS

/**
 * PresyncGuid: a GUID, a plain value
 * @bytes: as it stands in an ACE and in schemaIDGUID: its first three parts little-endian
 *   ([MS-DTYP] 2.3.4.2); all zero is "none"
 */
typedef struct
{
  guint8 bytes[16];
} PresyncGuid;

/* "bf967aba-0de6-11d0-a285-00aa003049e2", any case; FALSE if it is none */
gboolean presync_guid_parse (const char *text, PresyncGuid *guid);
/* (transfer full): in small letters */
char *presync_guid_to_text (const PresyncGuid *guid);
gboolean presync_guid_equal (const PresyncGuid *a, const PresyncGuid *b);
gboolean presync_guid_is_none (const PresyncGuid *guid);

/**
 * PresyncAceEffect: what an access control entry does, as far as Presync can tell
 */
typedef enum
{
  PRESYNC_ACE_ALLOW,
  PRESYNC_ACE_DENY,
  PRESYNC_ACE_CONDITIONAL_ALLOW, /* callback types 9 and 11: depends on an expression */
  PRESYNC_ACE_CONDITIONAL_DENY,  /* 10 and 12 */
  PRESYNC_ACE_NONE,              /* audit, alarm, label, …: grants and denies nothing */
  PRESYNC_ACE_UNKNOWN,           /* a type that is not in [MS-DTYP] 2.4.4.1, or reserved */
} PresyncAceEffect;

/* AceFlags, [MS-DTYP] 2.4.4.1 */
#define PRESYNC_ACE_OBJECT_INHERIT 0x01
#define PRESYNC_ACE_CONTAINER_INHERIT 0x02
#define PRESYNC_ACE_NO_PROPAGATE 0x04
#define PRESYNC_ACE_INHERIT_ONLY 0x08
#define PRESYNC_ACE_INHERITED 0x10

/* Control, [MS-DTYP] 2.4.6 */
#define PRESYNC_CONTROL_DACL_PRESENT 0x0004
#define PRESYNC_CONTROL_DACL_PROTECTED 0x1000

/**
 * PresyncAce: an access control entry, a plain value
 * @type: AceType as it stands there
 * @mask: as it stands there, generic bits included
 * @object_type, @inherited_object_type: "none" if the entry has none
 * @trustee: "none" only if @effect is %PRESYNC_ACE_UNKNOWN
 *
 * An object type that is there but zero names nothing. It must not pass for "none", which stands
 * for everything: such an entry cannot be judged and has a conditional @effect.
 */
typedef struct
{
  guint8 type;
  guint8 flags;
  PresyncAceEffect effect;
  guint32 mask;
  PresyncGuid object_type;
  PresyncGuid inherited_object_type;
  PresyncSid trustee;
} PresyncAce;

/**
 * PresyncSecurityDescriptor: a self-relative security descriptor, taken apart. Immutable.
 */
typedef struct _PresyncSecurityDescriptor PresyncSecurityDescriptor;

/**
 * presync_security_descriptor_parse:
 * @value: nTSecurityDescriptor or msDS-GroupMSAMembership as read ([MS-DTYP] 2.4.6)
 *
 * Trusts nothing: offsets, sizes and counts are checked against the value. An entry of a type it
 * does not know is kept as such, never left out. The SACL is not looked at.
 *
 * Returns: (transfer full): %NULL with %PRESYNC_ERROR_BAD_INPUT, a translated sentence without a
 *   name: "The security descriptor is malformed: …"
 */
PresyncSecurityDescriptor *presync_security_descriptor_parse (GBytes *value, GError **error);
void presync_security_descriptor_free (PresyncSecurityDescriptor *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PresyncSecurityDescriptor, presync_security_descriptor_free)

/* (nullable): NULL if the descriptor does not tell */
const PresyncSid *presync_security_descriptor_get_owner (const PresyncSecurityDescriptor *self);
guint16 presync_security_descriptor_get_control (const PresyncSecurityDescriptor *self);
/* Inheritance is off: what the parent grants does not arrive (SE_DACL_PROTECTED) */
gboolean presync_security_descriptor_is_protected (const PresyncSecurityDescriptor *self);

/**
 * presync_security_descriptor_has_dacl:
 *
 * Returns: %FALSE if there is no DACL or a NULL one: then everything is granted to everybody
 *   ([MS-DTYP] 2.5.3.2); a DACL without entries grants nothing
 */
gboolean presync_security_descriptor_has_dacl (const PresyncSecurityDescriptor *self);

/* (transfer none): the DACL's entries in their order, @n of them */
const PresyncAce *presync_security_descriptor_get_aces (const PresyncSecurityDescriptor *self,
                                                        guint *n);

G_END_DECLS
