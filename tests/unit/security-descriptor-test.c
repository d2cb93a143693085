/* SPDX-License-Identifier: GPL-3.0-or-later */
/* PresyncSecurityDescriptor: what is read, and that nothing malformed passes */
#include "base/error.h"

#include "descriptor-kit.h"

/* Made by Samba: the head of a domain, a user with inherited entries, who may fetch a password */
static const char head[]
    = "AQAUjBQAAAAkAAAANAAAAPwAAAABAgAAAAAABSAAAAAgAgAAAQIAAAAAAAUgAAAAIAIAAAQAyAAFAAAAB0I4ACAA"
      "AAADAAAAvjsO8/Cf0RG2AwAA+ANnwaV6lr/mDdARooUAqgAwSeIBAQAAAAAAAQAAAAAHQjgAIAAAAAMAAAC/Ow7z"
      "8J/REbYDAAD4A2fBpXqWv+YN0BGihQCqADBJ4gEBAAAAAAABAAAAAAJAJAAAAQAAAQUAAAAAAAUVAAAA3PTcO4M9"
      "K0aCi6YoAQIAAAJAGAAAAQAAAQIAAAAAAAUgAAAAIAIAAAJAFAAgAAwAAQEAAAAAAAEAAAAABAD4By4AAAAFCjwA"
      "EAAAAAMAAAAAQhZMwCDQEadoAKoAbgUpFMwoSDcUvEWbB61vAV5fKAECAAAAAAAFIAAAACoCAAAFCjwAEAAAAAMA"
      "AAAAQhZMwCDQEadoAKoAbgUpunqWv+YN0BGihQCqADBJ4gECAAAAAAAFIAAAACoCAAAFCjwAEAAAAAMAAAAQICBf"
      "pXnQEZAgAMBPwtTPFMwoSDcUvEWbB61vAV5fKAECAAAAAAAFIAAAACoCAAAFCjwAEAAAAAMAAAAQICBfpXnQEZAg"
      "AMBPwtTPunqWv+YN0BGihQCqADBJ4gECAAAAAAAFIAAAACoCAAAFCjwAEAAAAAMAAABAwgq8qXnQEZAgAMBPwtTP"
      "FMwoSDcUvEWbB61vAV5fKAECAAAAAAAFIAAAACoCAAAFCjwAEAAAAAMAAABAwgq8qXnQEZAgAMBPwtTPunqWv+YN"
      "0BGihQCqADBJ4gECAAAAAAAFIAAAACoCAAAFCjwAEAAAAAMAAABCL7pZonnQEZAgAMBPwtPPFMwoSDcUvEWbB61v"
      "AV5fKAECAAAAAAAFIAAAACoCAAAFCjwAEAAAAAMAAABCL7pZonnQEZAgAMBPwtPPunqWv+YN0BGihQCqADBJ4gEC"
      "AAAAAAAFIAAAACoCAAAFCjwAEAAAAAMAAAD4iHAD4QrSEbQiAKDJaPk5FMwoSDcUvEWbB61vAV5fKAECAAAAAAAF"
      "IAAAACoCAAAFCjwAEAAAAAMAAAD4iHAD4QrSEbQiAKDJaPk5unqWv+YN0BGihQCqADBJ4gECAAAAAAAFIAAAACoC"
      "AAAFADgAAAEAAAEAAACq9jERB5zREfefAMBPwtzSAQUAAAAAAAUVAAAA3PTcO4M9K0aCi6Yo8gEAAAUAOAAAAQAA"
      "AQAAAK32MREHnNER958AwE/C3NIBBQAAAAAABRUAAADc9Nw7gz0rRoKLpigEAgAABQo4ABAAAAADAAAAbZ7Gt8cs"
      "0hGFTgCgyYP2CIZ6lr/mDdARooUAqgAwSeIBAQAAAAAABQkAAAAFCjgAEAAAAAMAAABtnsa3xyzSEYVOAKDJg/YI"
      "nHqWv+YN0BGihQCqADBJ4gEBAAAAAAAFCQAAAAUKOAAQAAAAAwAAAG2exrfHLNIRhU4AoMmD9gi6epa/5g3QEaKF"
      "AKoAMEniAQEAAAAAAAUJAAAABQAsAAABAAABAAAAdlvpiU1EYkyZGg+svtpkDAECAAAAAAAFIAAAACACAAAFACwA"
      "AAEAAAEAAACq9jERB5zREfefAMBPwtzSAQIAAAAAAAUgAAAAIAIAAAUALAAAAQAAAQAAAKv2MREHnNER958AwE/C"
      "3NIBAgAAAAAABSAAAAAgAgAABQAsAAABAAABAAAArPYxEQec0RH3nwDAT8Lc0gECAAAAAAAFIAAAACACAAAFACwA"
      "AAEAAAEAAACt9jERB5zREfefAMBPwtzSAQIAAAAAAAUgAAAAIAIAAAUALAAAAQAAAQAAAK72MREHnNER958AwE/C"
      "3NIBAgAAAAAABSAAAAAgAgAABQAsAAABAAABAAAAyW2j4heuw0e1i740xVumMwECAAAAAAAFIAAAAC0CAAAFACwA"
      "EAAAAAEAAABgc0DHvyDQEadoAKoAbgUpAQIAAAAAAAUgAAAAKgIAAAUALAAQAAAAAQAAANCfEbj2BGJHq3pJhsdr"
      "P5oBAgAAAAAABSAAAAAqAgAABQosAJQAAgACAAAAFMwoSDcUvEWbB61vAV5fKAECAAAAAAAFIAAAACoCAAAFCiwA"
      "lAACAAIAAACcepa/5g3QEaKFAKoAMEniAQIAAAAAAAUgAAAAKgIAAAUKLACUAAIAAgAAALp6lr/mDdARooUAqgAw"
      "SeIBAgAAAAAABSAAAAAqAgAABQAoAAABAAABAAAAXkzHBetNtEO9n4ZmTCp/1QEBAAAAAAAFCwAAAAUAKAAAAQAA"
      "AQAAAHZb6YlNRGJMmRoPrL7aZAwBAQAAAAAABQkAAAAFACgAAAEAAAEAAAB93MLMraZ6SohGwE48xTUBAQEAAAAA"
      "AAULAAAABQAoAAABAAABAAAAnDYPKMdnjkOumB1G88b1QQEBAAAAAAAFCwAAAAUAKAAAAQAAAQAAAKr2MREHnNER"
      "958AwE/C3NIBAQAAAAAABQkAAAAFACgAAAEAAAEAAACr9jERB5zREfefAMBPwtzSAQEAAAAAAAUJAAAABQAoAAAB"
      "AAABAAAArPYxEQec0RH3nwDAT8Lc0gEBAAAAAAAFCQAAAAUAKAAAAQAAAQAAAK72MREHnNER958AwE/C3NIBAQAA"
      "AAAABQkAAAAFACgAEAAAAAEAAADQnxG49gRiR6t6SYbHaz+aAQEAAAAAAAULAAAABQooADABAAABAAAA3kfmkW/Z"
      "cEuVV9Y/9PPM2AEBAAAAAAAFCgAAAAAAJAC9AQ4AAQUAAAAAAAUVAAAA3PTcO4M9K0aCi6YoAAIAAAACJAD/AQ8A"
      "AQUAAAAAAAUVAAAA3PTcO4M9K0aCi6YoBwIAAAAAGAAQAAIAAQIAAAAAAAUgAAAAKgIAAAACGAAEAAAAAQIAAAAA"
      "AAUgAAAAKgIAAAACGAC9AQ8AAQIAAAAAAAUgAAAAIAIAAAAAFAAQAAAAAQEAAAAAAAEAAAAAAAAUAJQAAgABAQAA"
      "AAAABQkAAAAAABQAlAACAAEBAAAAAAAFCwAAAAAAFAD/AQ8AAQEAAAAAAAUSAAAA";
static const char user[]
    = "AQAEhBQAAAAwAAAAAAAAAEwAAAABBQAAAAAABRUAAADc9Nw7gz0rRoKLpigAAgAAAQUAAAAAAAUVAAAA3PTcO4M9"
      "K0aCi6YoAAIAAAQAqAEJAAAABQA4ABAAAAABAAAAAEIWTMAg0BGnaACqAG4FKQEFAAAAAAAFFQAAANz03DuDPStG"
      "goumKCkCAAAFACgAAAEAAAEAAABTGnKrLx7QEZgZAKoAQFKbAQEAAAAAAAUKAAAABQAoADAAAAABAAAAhri1d0qU"
      "0RGuvQAA+ANnwQEBAAAAAAAFCgAAAAAAJAAAAAAQAQUAAAAAAAUVAAAA3PTcO4M9K0aCi6YoAAIAAAAAFAAAAAIA"
      "AQEAAAAAAAULAAAABQAoABAAAAABAAAAQi+6WaJ50BGQIADAT8LTzwEBAAAAAAAFCwAAAAYAKAAAAQAAAQAAAFMa"
      "cqsvHtARmBkAqgBAUpsBAQAAAAAAAQAAAAAFGkgAAAEAAAMAAABwlSkAbSTQEadoAKoAbgUpunqWv+YN0BGihQCq"
      "ADBJ4gEFAAAAAAAFFQAAANz03DuDPStGgoumKEEGAAAFEkgAIAAAAAMAAAC/DmMo1UHREanBAAD4A2fBunqWv+YN"
      "0BGihQCqADBJ4gEFAAAAAAAFFQAAANz03DuDPStGgoumKEEGAAA=";
static const char gmsa[]
    = "AQAEgBQAAAAAAAAAAAAAACQAAAABAgAAAAAABSAAAAAgAgAABABAAAIAAAAAACQAEAAAAAEFAAAAAAAFFQAAANz0"
      "3DuDPStGgoumKFEEAAAAABQA/wEPAAEBAAAAAAAFEgAAAA==";

static PresyncSecurityDescriptor *
parse_base64 (const char *text)
{
  gsize size;
  guchar *data = g_base64_decode (text, &size);

  return kit_parse (g_byte_array_new_take (data, size));
}

static void
refused (GByteArray *array)
{
  g_autoptr (GBytes) bytes = kit_bytes (array);
  g_autoptr (GError) error = NULL;

  g_assert_null (presync_security_descriptor_parse (bytes, &error));
  g_assert_error (error, PRESYNC_ERROR, PRESYNC_ERROR_BAD_INPUT);
  g_assert_true (g_str_has_prefix (error->message, "The security descriptor is malformed: "));
  g_assert_true (g_str_has_suffix (error->message, "."));
}

static void
is_sid (const PresyncSid *sid, const char *wanted)
{
  g_autofree char *text = presync_sid_to_text (sid);

  g_assert_cmpstr (text, ==, wanted);
}

static void
is_guid (const PresyncGuid *guid, const char *name)
{
  g_assert_cmpstr (presync_access_name_of (guid), ==, name);
}

static void
test_real_head (void)
{
  g_autoptr (PresyncSecurityDescriptor) sd = parse_base64 (head);
  const PresyncAce *aces;
  guint n;

  is_sid (presync_security_descriptor_get_owner (sd), "S-1-5-32-544");
  g_assert_false (presync_security_descriptor_is_protected (sd));
  aces = presync_security_descriptor_get_aces (sd, &n);
  g_assert_cmpuint (n, ==, 46);
  g_assert_cmpuint (aces[0].type, ==, 5);
  g_assert_cmpuint (aces[0].flags, ==, PRESYNC_ACE_CONTAINER_INHERIT | PRESYNC_ACE_INHERIT_ONLY);
  g_assert_cmpuint (aces[0].mask, ==, PRESYNC_RIGHT_READ_PROPERTY);
  is_guid (&aces[0].object_type, "User-Account-Restrictions");
  is_guid (&aces[0].inherited_object_type, "inetOrgPerson");
  is_sid (&aces[0].trustee, "S-1-5-32-554");
  is_guid (&aces[10].object_type, "DS-Replication-Get-Changes");
  g_assert_true (presync_guid_is_none (&aces[10].inherited_object_type));
  is_sid (&aces[10].trustee, KIT_DOMAIN "-498");
  g_assert_cmpuint (aces[45].type, ==, 0);
  g_assert_true (presync_guid_is_none (&aces[45].object_type));
  is_sid (&aces[45].trustee, "S-1-5-18");
}

static void
test_real_user (void)
{
  g_autoptr (PresyncSecurityDescriptor) sd = parse_base64 (user);
  const PresyncAce *aces;
  guint n;

  is_sid (presync_security_descriptor_get_owner (sd), KIT_DOMAIN "-512");
  aces = presync_security_descriptor_get_aces (sd, &n);
  g_assert_cmpuint (n, ==, 9);
  g_assert_cmpuint (aces[6].effect, ==, PRESYNC_ACE_DENY);
  is_guid (&aces[6].object_type, "User-Change-Password");
  g_assert_cmpuint (aces[8].flags, ==, PRESYNC_ACE_CONTAINER_INHERIT | PRESYNC_ACE_INHERITED);
  is_guid (&aces[8].object_type, "lockoutTime");
  is_guid (&aces[8].inherited_object_type, "user");
  is_sid (&aces[8].trustee, KIT_DOMAIN "-1601");
}

static void
test_real_membership (void)
{
  g_autoptr (PresyncSecurityDescriptor) sd = parse_base64 (gmsa);
  const PresyncAce *aces;
  guint n;

  aces = presync_security_descriptor_get_aces (sd, &n);
  g_assert_cmpuint (n, ==, 2);
  is_sid (&aces[0].trustee, KIT_DOMAIN "-1105");
  g_assert_cmpuint (aces[1].mask, ==, PRESYNC_RIGHT_FULL_CONTROL);
}

/* Cut anywhere, a real one is refused, or the cut did not touch the entries; never read beyond. */
static void
test_cut (void)
{
  static const char *const real[] = { head, user, gmsa };

  for (gsize i = 0; i < G_N_ELEMENTS (real); i++)
    {
      gsize size;
      g_autofree guchar *data = g_base64_decode (real[i], &size);

      for (gsize cut = 0; cut < size; cut++)
        refused (g_byte_array_append (g_byte_array_new (), data, (guint) cut));
    }
}

static void
test_owner_and_control (void)
{
  g_autoptr (PresyncSecurityDescriptor) sd
      = kit_parse (kit_descriptor (NULL, PRESYNC_CONTROL_DACL_PROTECTED, NULL, 0));
  guint n = 7;

  g_assert_null (presync_security_descriptor_get_owner (sd));
  g_assert_true (presync_security_descriptor_is_protected (sd));
  g_assert_cmpuint (presync_security_descriptor_get_control (sd), ==, 0x9004);
  g_assert_true (presync_security_descriptor_has_dacl (sd));
  g_assert_null (presync_security_descriptor_get_aces (sd, &n));
  g_assert_cmpuint (n, ==, 0);
}

static void
test_no_dacl (void)
{
  static const KitAce ace = { 0, 0, 0x10, "S-1-1-0", NULL, NULL };
  GByteArray *absent = kit_descriptor ("S-1-5-18", 0, &ace, 1);
  GByteArray *null = kit_descriptor ("S-1-5-18", 0, &ace, 1);
  g_autoptr (PresyncSecurityDescriptor) a = NULL;
  g_autoptr (PresyncSecurityDescriptor) b = NULL;

  kit_set (absent, 2, 0x8000, 2);
  kit_set (null, 16, 0, 4);
  a = kit_parse (absent);
  b = kit_parse (null);
  g_assert_false (presync_security_descriptor_has_dacl (a));
  g_assert_false (presync_security_descriptor_has_dacl (b));
}

static void
test_effects (void)
{
  static const PresyncAceEffect wanted[] = {
    PRESYNC_ACE_ALLOW,
    PRESYNC_ACE_DENY,
    PRESYNC_ACE_NONE,
    PRESYNC_ACE_NONE,
    PRESYNC_ACE_UNKNOWN,
    PRESYNC_ACE_ALLOW,
    PRESYNC_ACE_DENY,
    PRESYNC_ACE_NONE,
    PRESYNC_ACE_NONE,
    PRESYNC_ACE_CONDITIONAL_ALLOW,
    PRESYNC_ACE_CONDITIONAL_DENY,
    PRESYNC_ACE_CONDITIONAL_ALLOW,
    PRESYNC_ACE_CONDITIONAL_DENY,
    PRESYNC_ACE_NONE,
    PRESYNC_ACE_NONE,
    PRESYNC_ACE_NONE,
    PRESYNC_ACE_NONE,
    PRESYNC_ACE_NONE,
    PRESYNC_ACE_NONE,
    PRESYNC_ACE_NONE,
    PRESYNC_ACE_UNKNOWN,
    PRESYNC_ACE_UNKNOWN,
  };
  KitAce aces[G_N_ELEMENTS (wanted) + 1];
  g_autoptr (PresyncSecurityDescriptor) sd = NULL;
  const PresyncAce *found;
  guint n;

  for (guint i = 0; i < G_N_ELEMENTS (aces); i++)
    aces[i] = (KitAce){ (guint8) i, 0, 0x10 + i, "S-1-1-0", "mail", "user" };
  aces[G_N_ELEMENTS (wanted)].type = 0xff;
  sd = kit_parse (kit_descriptor (NULL, 0, aces, G_N_ELEMENTS (aces)));
  found = presync_security_descriptor_get_aces (sd, &n);
  g_assert_cmpuint (n, ==, G_N_ELEMENTS (aces));
  for (guint i = 0; i < n; i++)
    {
      PresyncAceEffect effect = i < G_N_ELEMENTS (wanted) ? wanted[i] : PRESYNC_ACE_UNKNOWN;

      g_assert_cmpuint (found[i].effect, ==, effect);
      g_assert_cmpuint (found[i].type, ==, aces[i].type);
      if (effect == PRESYNC_ACE_UNKNOWN)
        {
          g_assert_cmpuint (found[i].trustee.size, ==, 0);
          continue;
        }
      g_assert_cmpuint (found[i].mask, ==, 0x10 + i);
      is_sid (&found[i].trustee, "S-1-1-0");
    }
  is_guid (&found[11].object_type, "mail");
  is_guid (&found[11].inherited_object_type, "user");
  g_assert_true (presync_guid_is_none (&found[9].object_type));
}

/* Zero is no type, but not "everything" either. */
static void
test_zero_type (void)
{
  static const char zero[] = "00000000-0000-0000-0000-000000000000";
  const KitAce aces[] = {
    { 5, 0, 0x10, "S-1-1-0", zero, NULL },   { 6, 0, 0x10, "S-1-1-0", zero, NULL },
    { 5, 0, 0x10, "S-1-1-0", "mail", zero }, { 5, 0, 0x10, "S-1-1-0", NULL, NULL },
    { 6, 0, 0x10, "S-1-1-0", "mail", NULL },
  };
  g_autoptr (PresyncSecurityDescriptor) sd
      = kit_parse (kit_descriptor (NULL, 0, aces, G_N_ELEMENTS (aces)));
  const PresyncAce *found;
  guint n;

  found = presync_security_descriptor_get_aces (sd, &n);
  g_assert_cmpuint (found[0].effect, ==, PRESYNC_ACE_CONDITIONAL_ALLOW);
  g_assert_cmpuint (found[1].effect, ==, PRESYNC_ACE_CONDITIONAL_DENY);
  g_assert_cmpuint (found[2].effect, ==, PRESYNC_ACE_CONDITIONAL_ALLOW);
  g_assert_cmpuint (found[3].effect, ==, PRESYNC_ACE_ALLOW);
  g_assert_cmpuint (found[4].effect, ==, PRESYNC_ACE_DENY);
}

/* A change of the bytes at an offset, and whether what comes of it is still taken */
static void
test_damage (void)
{
  static const struct
  {
    const char *what;
    guint at, bytes;
    guint32 value;
    gboolean taken;
  } cases[] = {
    /* head 20, owner 16, then the list at 36 (8), an entry at 44 (20), one at 64 (40) */
    { "as it is", 0, 1, 1, TRUE },
    { "revision", 0, 1, 2, FALSE },
    { "not self-relative", 2, 2, 4, FALSE },
    { "owner in the head", 4, 4, 19, FALSE },
    { "owner at the end", 4, 4, 104, FALSE },
    { "owner beyond", 4, 4, 105, FALSE },
    { "owner far beyond", 4, 4, 0xffffffff, FALSE },
    { "owner not one", 4, 4, 36, FALSE },
    { "group not one", 8, 4, 36, FALSE },
    { "group the owner", 8, 4, 20, TRUE },
    { "group beyond", 8, 4, 0x7fffffff, FALSE },
    { "SACL not looked at", 12, 4, 0xffffffff, TRUE },
    { "DACL in the head", 16, 4, 12, FALSE },
    { "DACL beyond", 16, 4, 105, FALSE },
    { "DACL far beyond", 16, 4, 0xfffffff0, FALSE },
    { "list revision 1", 36, 1, 1, FALSE },
    { "list revision 2", 36, 1, 2, TRUE },
    { "list revision 3", 36, 1, 3, TRUE },
    { "list revision 5", 36, 1, 5, FALSE },
    { "list smaller than its head", 38, 2, 7, FALSE },
    { "list without room for entries", 38, 2, 8, FALSE },
    { "list one byte short", 38, 2, 67, FALSE },
    { "list larger than what is there", 38, 2, 69, FALSE },
    { "fewer entries than fit", 40, 2, 1, TRUE },
    { "one entry more than there are", 40, 2, 3, FALSE },
    { "many entries more", 40, 2, 0xffff, FALSE },
    { "entry of no size", 46, 2, 0, FALSE },
    { "entry smaller than its head", 46, 2, 3, FALSE },
    { "entry of only a head", 46, 2, 4, FALSE },
    { "entry without a trustee", 46, 2, 8, FALSE },
    { "entry with half a trustee", 46, 2, 16, FALSE },
    { "entry not a multiple of four", 46, 2, 21, FALSE },
    { "entry beyond the list", 66, 2, 44, FALSE },
    { "object entry without its GUID", 66, 2, 12, FALSE },
    { "object entry with half its GUID", 66, 2, 24, FALSE },
    { "trustee of another revision", 52, 1, 2, FALSE },
    { "trustee longer than the entry", 53, 1, 2, FALSE },
    { "trustee of 16 parts", 53, 1, 16, FALSE },
    { "two GUIDs where there is room for one", 72, 4, 3, FALSE },
    { "no GUID: the trustee is none then", 72, 4, 0, FALSE },
  };
  static const KitAce aces[]
      = { { 0, 0, 0x10, "S-1-1-0", NULL, NULL }, { 5, 0, 0x10, "S-1-1-0", "mail", NULL } };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      GByteArray *array = kit_descriptor ("S-1-5-32-544", 0, aces, 2);

      g_test_message ("%s", cases[i].what);
      g_assert_cmpuint (array->len, ==, 104);
      kit_set (array, cases[i].at, cases[i].value, cases[i].bytes);
      if (cases[i].taken)
        presync_security_descriptor_free (kit_parse (array));
      else
        refused (array);
    }
}

/* Active Directory leaves room behind the last entry, within the list and behind it. */
static void
test_room (void)
{
  static const KitAce ace = { 0, 0, 0x10, "S-1-1-0", NULL, NULL };
  GByteArray *array = kit_descriptor (NULL, 0, &ace, 1);
  g_autoptr (PresyncSecurityDescriptor) sd = NULL;
  guint n;

  kit_put (array, 0xffffffffffffffff, 8);
  kit_put (array, 0xffffffffffffffff, 6);
  kit_set (array, 22, 8 + 20 + 11, 2);
  sd = kit_parse (array);
  presync_security_descriptor_get_aces (sd, &n);
  g_assert_cmpuint (n, ==, 1);
}

/* What would be read well, but for the rule */
static void
test_rules (void)
{
  static const KitAce ace = { 9, 0, 0x10, "S-1-1-0", NULL, NULL };
  GByteArray *head_as_owner = kit_descriptor (NULL, 0, &ace, 1);
  GByteArray *odd_size = kit_descriptor (NULL, 0, &ace, 1);

  kit_set (head_as_owner, 12, 1, 4); /* the offset of the SACL: revision 1, no parts */
  presync_security_descriptor_free (kit_parse (
      g_byte_array_append (g_byte_array_new (), head_as_owner->data, head_as_owner->len)));
  kit_set (head_as_owner, 4, 12, 4);
  refused (head_as_owner);
  kit_set (odd_size, 28 + 2, 23, 2); /* one byte less of the condition */
  refused (odd_size);
}

static void
test_large (void)
{
  const guint n = 819; /* 80 bytes each: just below 64 KB */
  g_autofree KitAce *aces = g_new (KitAce, n);
  g_autoptr (PresyncSecurityDescriptor) sd = NULL;
  const PresyncAce *found;
  guint count;

  for (guint i = 0; i < n; i++)
    aces[i] = (KitAce){ 0, 0, i, "S-1-5-1-2-3-4-5-6-7-8-9-10-11-12-13-14-4294967295", NULL, NULL };
  for (guint i = 0; i < n; i++)
    aces[i].sid = i % 2 == 0 ? aces[i].sid : "S-1-5-1-2-3-4-5-6-7-8-9-10-11-12-13-14-15";
  sd = kit_parse (kit_descriptor (NULL, 0, aces, n));
  found = presync_security_descriptor_get_aces (sd, &count);
  g_assert_cmpuint (count, ==, n);
  g_assert_cmpuint (found[n - 1].mask, ==, n - 1);
  g_assert_cmpuint (found[n - 1].trustee.size, ==, PRESYNC_SID_MAX_SIZE);
  is_sid (&found[n - 1].trustee, aces[n - 1].sid);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/security-descriptor/real-head", test_real_head);
  g_test_add_func ("/security-descriptor/real-user", test_real_user);
  g_test_add_func ("/security-descriptor/real-membership", test_real_membership);
  g_test_add_func ("/security-descriptor/cut", test_cut);
  g_test_add_func ("/security-descriptor/owner-and-control", test_owner_and_control);
  g_test_add_func ("/security-descriptor/no-dacl", test_no_dacl);
  g_test_add_func ("/security-descriptor/effects", test_effects);
  g_test_add_func ("/security-descriptor/zero-type", test_zero_type);
  g_test_add_func ("/security-descriptor/damage", test_damage);
  g_test_add_func ("/security-descriptor/room", test_room);
  g_test_add_func ("/security-descriptor/rules", test_rules);
  g_test_add_func ("/security-descriptor/large", test_large);
  return g_test_run ();
}
