/* SPDX-License-Identifier: GPL-3.0-or-later */
/* PresyncSid: both forms, both ways; PresyncGuid; names of the tables */
#include "sources/directory/access-names.h"
#include "sources/directory/access.h"

#include <string.h>

static const guint8 domain_users[]
    = { 1, 5, 0, 0, 0, 0, 0, 5, 21, 0, 0, 0, 1, 0, 0, 0, 2, 0, 0, 0, 3, 0, 0, 0x80, 1, 2, 0, 0 };

static void
test_read (void)
{
  PresyncSid sid;
  g_autofree char *text = NULL;
  guint8 data[sizeof domain_users + 4] = { 0 };

  memcpy (data, domain_users, sizeof domain_users);
  g_assert_true (presync_sid_read (data, sizeof data, &sid));
  g_assert_cmpuint (sid.size, ==, 28);
  text = presync_sid_to_text (&sid);
  g_assert_cmpstr (text, ==, "S-1-5-21-1-2-2147483651-513");
  g_assert_cmpuint (presync_sid_get_rid (&sid), ==, 513);

  for (gsize size = 0; size < sizeof domain_users; size++)
    {
      g_autofree guint8 *cut = g_memdup2 (domain_users, size);
      g_assert_false (presync_sid_read (cut, size, &sid));
      g_assert_cmpuint (sid.size, ==, 0);
    }
  data[0] = 2;
  g_assert_false (presync_sid_read (data, sizeof data, &sid));
}

static void
test_most_parts (void)
{
  guint8 data[8 + 4 * 16] = { 1, 15, 0, 0, 0, 0, 0, 5 };
  PresyncSid sid, longer;

  g_assert_true (presync_sid_read (data, sizeof data, &sid));
  g_assert_cmpuint (sid.size, ==, PRESYNC_SID_MAX_SIZE);
  g_assert_false (presync_sid_append (&sid, 1, &longer));
  g_assert_cmpuint (longer.size, ==, 0);
  data[1] = 16;
  g_assert_false (presync_sid_read (data, sizeof data, &sid));
}

static void
test_whole_value (void)
{
  g_autoptr (GBytes) good = g_bytes_new_static (domain_users, sizeof domain_users);
  g_autoptr (GBytes) cut = g_bytes_new_static (domain_users, sizeof domain_users - 1);
  g_autoptr (GBytes) empty = g_bytes_new_static (NULL, 0);
  guint8 more[sizeof domain_users + 1] = { 0 };
  g_autoptr (GBytes) longer = NULL;
  PresyncSid sid;

  memcpy (more, domain_users, sizeof domain_users);
  longer = g_bytes_new_static (more, sizeof more);
  g_assert_true (presync_sid_from_bytes (good, &sid));
  g_assert_cmpuint (sid.size, ==, 28);
  g_assert_false (presync_sid_from_bytes (longer, &sid));
  g_assert_cmpuint (sid.size, ==, 0);
  g_assert_false (presync_sid_from_bytes (cut, &sid));
  g_assert_false (presync_sid_from_bytes (empty, &sid));
}

static void
test_text (void)
{
  static const struct
  {
    const char *text;
    const char *again; /* NULL: refused */
  } cases[] = {
    { "S-1-5-21-1-2-2147483651-513", "S-1-5-21-1-2-2147483651-513" },
    { " s-1-5-32-544\n", "S-1-5-32-544" },
    { "S-1-1-0", "S-1-1-0" },
    { "S-1-5", "S-1-5" },
    { "S-1-4294967295-1", "S-1-4294967295-1" },
    { "S-1-0x010000000000-7", "S-1-0x010000000000-7" },
    { "S-1-281474976710655-7", "S-1-0xffffffffffff-7" },
    { "S-1-281474976710656-7", NULL },
    { "S-1-0x1000000000000-7", NULL },
    { "S-1-5-4294967295", "S-1-5-4294967295" },
    { "S-1-5-4294967296", NULL },
    { "S-1-5-1-2-3-4-5-6-7-8-9-10-11-12-13-14-15", "S-1-5-1-2-3-4-5-6-7-8-9-10-11-12-13-14-15" },
    { "S-1-5-1-2-3-4-5-6-7-8-9-10-11-12-13-14-15-16", NULL },
    { "S-2-5-32", NULL },
    { "X-1-5-32", NULL },
    { "S-1", NULL },
    { "S-1-", NULL },
    { "S-1-5-", NULL },
    { "S-1-5--32", NULL },
    { "S-1-5-32-+5", NULL },
    { "S-1-5-32x", NULL },
    { "S-1-5 -32", NULL },
    { "", NULL },
    { "Everyone", NULL },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      PresyncSid sid, again;
      g_autofree char *text = NULL;

      g_test_message ("%s", cases[i].text);
      g_assert_cmpint (presync_sid_parse (cases[i].text, &sid), ==, cases[i].again != NULL);
      text = presync_sid_to_text (&sid);
      g_assert_cmpstr (text, ==, cases[i].again != NULL ? cases[i].again : "");
      g_assert_cmpint (presync_sid_read (sid.bytes, sid.size, &again), ==, cases[i].again != NULL);
      g_assert_true (presync_sid_equal (&sid, &again));
    }
}

static void
test_domain (void)
{
  PresyncSid sid, domain, again, other;
  g_autofree char *text = NULL;

  presync_sid_read (domain_users, sizeof domain_users, &sid);
  g_assert_true (presync_sid_get_domain (&sid, &domain));
  text = presync_sid_to_text (&domain);
  g_assert_cmpstr (text, ==, "S-1-5-21-1-2-2147483651");
  g_assert_true (presync_sid_append (&domain, 513, &again));
  g_assert_true (presync_sid_equal (&sid, &again));
  g_assert_true (presync_sid_append (&domain, 512, &other));
  g_assert_false (presync_sid_equal (&sid, &other));
  g_assert_false (presync_sid_equal (&sid, &domain));

  g_assert_true (presync_sid_parse ("S-1-5", &sid));
  g_assert_cmpuint (presync_sid_get_rid (&sid), ==, 0);
  g_assert_false (presync_sid_get_domain (&sid, &domain));
  g_assert_cmpuint (domain.size, ==, 0);
  memset (&sid, 0, sizeof sid);
  g_assert_false (presync_sid_append (&sid, 1, &other));
  g_assert_cmpuint (presync_sid_get_rid (&sid), ==, 0);
}

static void
test_filter (void)
{
  PresyncSid sid;
  g_autofree char *text = NULL;

  g_assert_true (presync_sid_parse ("S-1-5-32-544", &sid));
  text = presync_sid_dup_filter (&sid);
  g_assert_cmpstr (text, ==, "\\01\\02\\00\\00\\00\\00\\00\\05\\20\\00\\00\\00\\20\\02\\00\\00");
}

static void
test_guid (void)
{
  static const guint8 user[] = { 0xba, 0x7a, 0x96, 0xbf, 0xe6, 0x0d, 0xd0, 0x11,
                                 0xa2, 0x85, 0,    0xaa, 0,    0x30, 0x49, 0xe2 };
  static const char *const bad[] = { "",
                                     "bf967aba",
                                     "bf967aba-0de6-11d0-a285-00aa003049e",
                                     "bf967aba-0de6-11d0-a285-00aa003049e22",
                                     "bf967aba-0de6-11d0-a285+00aa003049e2",
                                     "bf967abag0de6-11d0-a285-00aa003049e2",
                                     "{f967aba-0de6-11d0-a285-00aa003049e2" };
  PresyncGuid guid, other;
  g_autofree char *text = NULL;

  g_assert_true (presync_guid_parse ("BF967ABA-0de6-11D0-a285-00aa003049e2", &guid));
  g_assert_cmpmem (guid.bytes, 16, user, 16);
  text = presync_guid_to_text (&guid);
  g_assert_cmpstr (text, ==, "bf967aba-0de6-11d0-a285-00aa003049e2");
  g_assert_false (presync_guid_is_none (&guid));
  for (gsize i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_test_message ("%s", bad[i]);
      g_assert_false (presync_guid_parse (bad[i], &other));
      g_assert_true (presync_guid_is_none (&other));
      g_assert_false (presync_guid_equal (&guid, &other));
    }
}

static void
test_names (void)
{
  PresyncGuid guid, set;
  g_autofree char *text = NULL;

  g_assert_true (presync_access_name_find ("pwdlastset", &guid));
  text = presync_guid_to_text (&guid);
  g_assert_cmpstr (text, ==, "bf967a0a-0de6-11d0-a285-00aa003049e2");
  g_assert_cmpstr (presync_access_name_of (&guid), ==, "pwdLastSet");
  presync_access_name_property_set ("pwdLastSet", &set);
  g_assert_cmpstr (presync_access_name_of (&set), ==, "User-Account-Restrictions");
  presync_access_name_property_set ("userPrincipalName", &set);
  g_assert_cmpstr (presync_access_name_of (&set), ==, "Public-Information");
  presync_access_name_property_set ("lockoutTime", &set);
  g_assert_true (presync_guid_is_none (&set));
  presync_access_name_property_set ("noSuchAttribute", &set);
  g_assert_true (presync_guid_is_none (&set));
  g_assert_false (presync_access_name_find ("noSuchAttribute", &guid));
  g_assert_true (presync_guid_is_none (&guid));
  g_assert_null (presync_access_name_of (&guid));
  /* an attribute and a validated write of one GUID */
  g_assert_true (presync_access_name_find ("Self-Membership", &guid));
  g_assert_cmpstr (presync_access_name_of (&guid), ==, "member");
}

static void
test_names_of_sids (void)
{
  PresyncSid sid;

  g_assert_true (presync_sid_parse ("S-1-5-32-544", &sid));
  g_assert_cmpstr (presync_access_name_of_sid (&sid), ==, "BUILTIN\\Administrators");
  g_assert_true (presync_sid_parse ("S-1-1-0", &sid));
  g_assert_cmpstr (presync_access_name_of_sid (&sid), ==, "Everyone");
  g_assert_true (presync_sid_parse ("S-1-5-21-1-2-3-512", &sid));
  g_assert_null (presync_access_name_of_sid (&sid));
  memset (&sid, 0, sizeof sid);
  g_assert_null (presync_access_name_of_sid (&sid));
}

static void
test_masks (void)
{
  static const struct
  {
    guint32 mask;
    const char *words;
  } cases[] = {
    { 0, "" },
    { 0x10, "read property" },
    { 0x130, "read property, write property, control access" },
    { 0xf01ff, "full control" },
    { 0x10000000, "generic all" },
    { 0x300010, "read property, 0x300000" },
    { 0x100000, "0x100000" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *words = presync_access_name_dup_mask (cases[i].mask);
      g_assert_cmpstr (words, ==, cases[i].words);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/sid/read", test_read);
  g_test_add_func ("/sid/most-parts", test_most_parts);
  g_test_add_func ("/sid/whole-value", test_whole_value);
  g_test_add_func ("/sid/text", test_text);
  g_test_add_func ("/sid/domain", test_domain);
  g_test_add_func ("/sid/filter", test_filter);
  g_test_add_func ("/sid/guid", test_guid);
  g_test_add_func ("/sid/names", test_names);
  g_test_add_func ("/sid/names-of-sids", test_names_of_sids);
  g_test_add_func ("/sid/masks", test_masks);
  return g_test_run ();
}
