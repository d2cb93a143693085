/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sources/directory/security-descriptor.h"

#include <glib/gi18n.h>
#include <string.h>

#include "base/error.h"

/* Revision, Sbz1, Control, and the offsets of owner, group, SACL and DACL ([MS-DTYP] 2.4.6) */
#define SD_HEAD 20
#define SD_OWNER 4
#define SD_GROUP 8
#define SD_DACL 16
#define CONTROL_SELF_RELATIVE 0x8000
/* AclRevision, Sbz1, AclSize, AceCount, Sbz2 ([MS-DTYP] 2.4.5) */
#define ACL_HEAD 8
/* AceType, AceFlags, AceSize ([MS-DTYP] 2.4.4.1) */
#define ACE_HEAD 4
/* Flags of an object ACE ([MS-DTYP] 2.4.4.3) */
#define OBJECT_TYPE_PRESENT 1u
#define INHERITED_OBJECT_TYPE_PRESENT 2u

struct _PresyncSecurityDescriptor
{
  guint16 control;
  gboolean has_owner;
  PresyncSid owner;
  GArray *aces; /* of PresyncAce; NULL: no DACL, or a NULL one */
};

/* A part of the value that may be read */
typedef struct
{
  const guint8 *data;
  gsize size;
} PresyncSdPart;

static guint16
presync_sd_read16 (const guint8 *p)
{
  return (guint16) (p[0] | p[1] << 8);
}

static guint32
presync_sd_read32 (const guint8 *p)
{
  return (guint32) p[0] | (guint32) p[1] << 8 | (guint32) p[2] << 16 | (guint32) p[3] << 24;
}

/* Takes @n bytes off the beginning of @part, if there are so many. */
static const guint8 *
presync_sd_take (PresyncSdPart *part, gsize n)
{
  const guint8 *data = part->data;

  if (part->size < n)
    return NULL;
  part->data += n;
  part->size -= n;
  return data;
}

static gboolean
presync_sd_refuse (GError **error, const char *why)
{
  g_set_error (error, PRESYNC_ERROR, PRESYNC_ERROR_BAD_INPUT,
               /* Translators: %s is what is wrong, such as "it is cut off" */
               _ ("The security descriptor is malformed: %s."), why);
  return FALSE;
}

/* What begins at @offset; the head cannot be pointed at. */
static gboolean
presync_sd_at (const PresyncSdPart *whole, gsize offset, PresyncSdPart *part, GError **error)
{
  if (offset < SD_HEAD || offset > whole->size)
    return presync_sd_refuse (error, _ ("a part of it lies outside"));
  part->data = whole->data + offset;
  part->size = whole->size - offset;
  return TRUE;
}

/* [MS-DTYP] 2.4.4.1; the types that are only reserved for alarms grant nothing either, whatever
 * they come to mean: they are for the SACL. */
static PresyncAceEffect
presync_sd_effect_of_type (guint8 type, gboolean *is_object)
{
  *is_object = FALSE;
  switch (type)
    {
    case 0x00:
      return PRESYNC_ACE_ALLOW;
    case 0x01:
      return PRESYNC_ACE_DENY;
    case 0x05:
      *is_object = TRUE;
      return PRESYNC_ACE_ALLOW;
    case 0x06:
      *is_object = TRUE;
      return PRESYNC_ACE_DENY;
    case 0x09:
      return PRESYNC_ACE_CONDITIONAL_ALLOW;
    case 0x0a:
      return PRESYNC_ACE_CONDITIONAL_DENY;
    case 0x0b:
      *is_object = TRUE;
      return PRESYNC_ACE_CONDITIONAL_ALLOW;
    case 0x0c:
      *is_object = TRUE;
      return PRESYNC_ACE_CONDITIONAL_DENY;
    case 0x07: /* audit and alarm of objects */
    case 0x08:
    case 0x0f:
    case 0x10:
      *is_object = TRUE;
      return PRESYNC_ACE_NONE;
    case 0x02: /* audit, alarm */
    case 0x03:
    case 0x0d:
    case 0x0e:
    case 0x11: /* mandatory label, resource attribute, scoped policy */
    case 0x12:
    case 0x13:
      return PRESYNC_ACE_NONE;
    default:
      return PRESYNC_ACE_UNKNOWN;
    }
}

/* The GUIDs of an object ACE ([MS-DTYP] 2.4.4.3) */
static gboolean
presync_sd_read_object_types (PresyncSdPart *body, PresyncAce *ace)
{
  const guint8 *p = presync_sd_take (body, 4);
  guint32 present;

  if (p == NULL)
    return FALSE;
  present = presync_sd_read32 (p);
  if ((present & OBJECT_TYPE_PRESENT) != 0)
    {
      p = presync_sd_take (body, sizeof ace->object_type.bytes);
      if (p == NULL)
        return FALSE;
      memcpy (ace->object_type.bytes, p, sizeof ace->object_type.bytes);
    }
  if ((present & INHERITED_OBJECT_TYPE_PRESENT) != 0)
    {
      p = presync_sd_take (body, sizeof ace->inherited_object_type.bytes);
      if (p == NULL)
        return FALSE;
      memcpy (ace->inherited_object_type.bytes, p, sizeof ace->inherited_object_type.bytes);
    }
  return TRUE;
}

/* A type that is there but zero names nothing that exists. That must not be taken for an entry
 * without a type, which means everything: it cannot be judged. */
static void
presync_sd_doubt_zero_types (PresyncAce *ace, guint32 present)
{
  if (((present & OBJECT_TYPE_PRESENT) == 0 || !presync_guid_is_none (&ace->object_type))
      && ((present & INHERITED_OBJECT_TYPE_PRESENT) == 0
          || !presync_guid_is_none (&ace->inherited_object_type)))
    return;
  if (ace->effect == PRESYNC_ACE_ALLOW)
    ace->effect = PRESYNC_ACE_CONDITIONAL_ALLOW;
  else if (ace->effect == PRESYNC_ACE_DENY)
    ace->effect = PRESYNC_ACE_CONDITIONAL_DENY;
}

/* Reads the entry that @acl begins with, and takes it off. What follows the trustee within the
 * entry is application data, such as a condition. */
static gboolean
presync_sd_read_ace (PresyncSdPart *acl, PresyncAce *ace, GError **error)
{
  gboolean is_object;
  PresyncSdPart body;
  const guint8 *p;
  gsize size;

  memset (ace, 0, sizeof *ace);
  if (acl->size < ACE_HEAD)
    return presync_sd_refuse (error, _ ("an access control entry is cut off"));
  ace->type = acl->data[0];
  ace->flags = acl->data[1];
  size = presync_sd_read16 (acl->data + 2);
  if (size < ACE_HEAD || size % 4 != 0 || size > acl->size)
    return presync_sd_refuse (error, _ ("the size of an access control entry is wrong"));
  body.data = acl->data + ACE_HEAD;
  body.size = size - ACE_HEAD;
  presync_sd_take (acl, size);

  ace->effect = presync_sd_effect_of_type (ace->type, &is_object);
  if (ace->effect == PRESYNC_ACE_UNKNOWN)
    return TRUE;
  p = presync_sd_take (&body, 4);
  if (p == NULL)
    return presync_sd_refuse (error, _ ("an access control entry has no access mask"));
  ace->mask = presync_sd_read32 (p);
  if (is_object && !presync_sd_read_object_types (&body, ace))
    return presync_sd_refuse (error, _ ("an access control entry has no object type"));
  if (is_object)
    presync_sd_doubt_zero_types (ace, presync_sd_read32 (p + 4));
  if (!presync_sid_read (body.data, body.size, &ace->trustee))
    return presync_sd_refuse (error, _ ("an access control entry has no trustee"));
  return TRUE;
}

static gboolean
presync_sd_read_dacl (PresyncSecurityDescriptor *self, PresyncSdPart acl, GError **error)
{
  const guint8 *head = presync_sd_take (&acl, ACL_HEAD);
  gsize size;
  guint count;

  if (head == NULL)
    return presync_sd_refuse (error, _ ("the access control list is cut off"));
  /* 2, and 4 where there are object entries; 3 was once in use ([MS-DTYP] 2.4.5) */
  if (head[0] < 2 || head[0] > 4)
    return presync_sd_refuse (error, _ ("the access control list is of an unknown revision"));
  size = presync_sd_read16 (head + 2);
  count = presync_sd_read16 (head + 4);
  if (size < ACL_HEAD || size - ACL_HEAD > acl.size)
    return presync_sd_refuse (error, _ ("the size of the access control list is wrong"));
  /* Active Directory leaves room behind the last entry. */
  acl.size = size - ACL_HEAD;
  if (count > acl.size / ACE_HEAD)
    return presync_sd_refuse (error, _ ("the access control list is shorter than it says"));

  self->aces = g_array_sized_new (FALSE, FALSE, sizeof (PresyncAce), count);
  for (guint i = 0; i < count; i++)
    {
      PresyncAce ace;

      if (!presync_sd_read_ace (&acl, &ace, error))
        return FALSE;
      g_array_append_val (self->aces, ace);
    }
  return TRUE;
}

static gboolean
presync_sd_read_sid (const PresyncSdPart *whole, guint32 offset, PresyncSid *sid, GError **error)
{
  PresyncSdPart part;

  if (!presync_sd_at (whole, offset, &part, error))
    return FALSE;
  if (!presync_sid_read (part.data, part.size, sid))
    return presync_sd_refuse (error, _ ("its owner or group is no security identifier"));
  return TRUE;
}

static gboolean
presync_sd_read (PresyncSecurityDescriptor *self, const PresyncSdPart *whole, GError **error)
{
  guint32 owner, group, dacl;
  PresyncSid unused;
  PresyncSdPart acl;

  if (whole->size < SD_HEAD)
    return presync_sd_refuse (error, _ ("it is cut off"));
  self->control = presync_sd_read16 (whole->data + 2);
  if (whole->data[0] != 1 || (self->control & CONTROL_SELF_RELATIVE) == 0)
    return presync_sd_refuse (error, _ ("it is of an unknown revision or form"));
  owner = presync_sd_read32 (whole->data + SD_OWNER);
  group = presync_sd_read32 (whole->data + SD_GROUP);
  dacl = presync_sd_read32 (whole->data + SD_DACL);
  if (owner != 0 && !presync_sd_read_sid (whole, owner, &self->owner, error))
    return FALSE;
  self->has_owner = owner != 0;
  if (group != 0 && !presync_sd_read_sid (whole, group, &unused, error))
    return FALSE;
  if ((self->control & PRESYNC_CONTROL_DACL_PRESENT) == 0 || dacl == 0)
    return TRUE;
  return presync_sd_at (whole, dacl, &acl, error) && presync_sd_read_dacl (self, acl, error);
}

PresyncSecurityDescriptor *
presync_security_descriptor_parse (GBytes *value, GError **error)
{
  g_autoptr (PresyncSecurityDescriptor) self = g_new0 (PresyncSecurityDescriptor, 1);
  PresyncSdPart whole;

  whole.data = g_bytes_get_data (value, &whole.size);
  if (!presync_sd_read (self, &whole, error))
    return NULL;
  return g_steal_pointer (&self);
}

void
presync_security_descriptor_free (PresyncSecurityDescriptor *self)
{
  g_clear_pointer (&self->aces, g_array_unref);
  g_free (self);
}

const PresyncSid *
presync_security_descriptor_get_owner (const PresyncSecurityDescriptor *self)
{
  return self->has_owner ? &self->owner : NULL;
}

guint16
presync_security_descriptor_get_control (const PresyncSecurityDescriptor *self)
{
  return self->control;
}

gboolean
presync_security_descriptor_is_protected (const PresyncSecurityDescriptor *self)
{
  return (self->control & PRESYNC_CONTROL_DACL_PROTECTED) != 0;
}

gboolean
presync_security_descriptor_has_dacl (const PresyncSecurityDescriptor *self)
{
  return self->aces != NULL;
}

const PresyncAce *
presync_security_descriptor_get_aces (const PresyncSecurityDescriptor *self, guint *n)
{
  *n = self->aces != NULL ? self->aces->len : 0;
  return *n > 0 ? &g_array_index (self->aces, PresyncAce, 0) : NULL;
}

/* The order of the bytes in the text: the first three parts are little-endian ([MS-DTYP] 2.3.4) */
static const guint8 guid_order[16] = { 3, 2, 1, 0, 5, 4, 7, 6, 8, 9, 10, 11, 12, 13, 14, 15 };

gboolean
presync_guid_parse (const char *text, PresyncGuid *guid)
{
  const char *p = text;

  memset (guid, 0, sizeof *guid);
  if (strlen (text) != 36)
    return FALSE;
  for (guint i = 0; i < G_N_ELEMENTS (guid_order); i++)
    {
      if ((i == 4 || i == 6 || i == 8 || i == 10) && *p++ != '-')
        break;
      if (!g_ascii_isxdigit (p[0]) || !g_ascii_isxdigit (p[1]))
        break;
      guid->bytes[guid_order[i]]
          = (guint8) (g_ascii_xdigit_value (p[0]) << 4 | g_ascii_xdigit_value (p[1]));
      p += 2;
    }
  if (p == text + 36)
    return TRUE;
  memset (guid, 0, sizeof *guid);
  return FALSE;
}

char *
presync_guid_to_text (const PresyncGuid *guid)
{
  g_autoptr (GString) text = g_string_sized_new (37);

  for (guint i = 0; i < G_N_ELEMENTS (guid_order); i++)
    {
      if (i == 4 || i == 6 || i == 8 || i == 10)
        g_string_append_c (text, '-');
      g_string_append_printf (text, "%02x", guid->bytes[guid_order[i]]);
    }
  return g_string_free (g_steal_pointer (&text), FALSE);
}

gboolean
presync_guid_equal (const PresyncGuid *a, const PresyncGuid *b)
{
  return memcmp (a->bytes, b->bytes, sizeof a->bytes) == 0;
}

gboolean
presync_guid_is_none (const PresyncGuid *guid)
{
  static const PresyncGuid none = { { 0 } };

  return presync_guid_equal (guid, &none);
}
