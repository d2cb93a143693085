/* SPDX-License-Identifier: GPL-3.0-or-later */
/* PresyncEntry, names (DN) and security identifiers */
#include "sources/directory/dn.h"
#include "sources/directory/entry.h"
#include "sources/directory/sid.h"

#include <string.h>

static void
add (PresyncEntry *entry, const char *name, const char *value)
{
  presync_entry_add (entry, name, g_bytes_new (value, strlen (value)));
}

static void
test_values (void)
{
  g_autoptr (PresyncEntry) entry = presync_entry_new ("CN=a");
  g_autoptr (PresyncEntry) copy = NULL;
  g_autoptr (GPtrArray) names = NULL;
  g_auto (GStrv) texts = NULL;
  g_autofree char *text = NULL;

  add (entry, "Description", "one");
  add (entry, "description", "two");
  presync_entry_add (entry, "DESCRIPTION", g_bytes_new_static ("\xff", 1));
  presync_entry_add (entry, "photo", g_bytes_new_static ("\xff\xd8", 2));
  presync_entry_add (entry, "empty", g_bytes_new_static ("", 0));
  copy = presync_entry_copy (entry);
  g_assert_cmpstr (presync_entry_get_dn (copy), ==, "CN=a");
  g_assert_cmpuint (presync_entry_get_values (copy, "deSCription")->len, ==, 3);
  g_assert_null (presync_entry_get_values (copy, "sn"));
  texts = presync_entry_dup_texts (copy, "description");
  g_assert_cmpuint (g_strv_length (texts), ==, 2);
  g_assert_cmpstr (texts[1], ==, "two");
  g_assert_null (presync_entry_dup_text (copy, "photo"));
  text = presync_entry_dup_text (copy, "empty");
  g_assert_cmpstr (text, ==, "");
  names = presync_entry_list_attributes (copy);
  g_assert_cmpuint (names->len, ==, 3);
  g_assert_cmpstr (names->pdata[0], ==, "Description");
  g_assert_true (presync_entry_has_text (copy, "description", "TWO"));
  g_assert_false (presync_entry_has_text (copy, "description", "three"));
}

static void
test_numbers (void)
{
  static const struct
  {
    const char *text;
    gboolean ok;
    gint64 value;
  } cases[] = {
    { "0", TRUE, 0 },
    { "-2147483646", TRUE, -2147483646 },
    { "9223372036854775807", TRUE, G_MAXINT64 },
    { "9223372036854775808", FALSE, 0 },
    { "", FALSE, 0 },
    { " 1", FALSE, 0 },
    { "1 ", FALSE, 0 },
    { "1x", FALSE, 0 },
    { "0x10", FALSE, 0 },
  };
  gboolean flag;

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (PresyncEntry) entry = presync_entry_new ("");
      gint64 value = 0;

      add (entry, "n", cases[i].text);
      g_assert_cmpint (presync_entry_get_integer (entry, "n", &value), ==, cases[i].ok);
      if (cases[i].ok)
        g_assert_cmpint (value, ==, cases[i].value);
      g_assert_false (presync_entry_get_integer (entry, "m", &value));
      g_assert_false (presync_entry_get_boolean (entry, "n", &flag));
    }
}

static void
test_booleans (void)
{
  g_autoptr (PresyncEntry) entry = presync_entry_new ("");
  gboolean flag = FALSE;

  add (entry, "yes", "TRUE");
  add (entry, "no", "false");
  g_assert_true (presync_entry_get_boolean (entry, "yes", &flag));
  g_assert_true (flag);
  g_assert_true (presync_entry_get_boolean (entry, "no", &flag));
  g_assert_false (flag);
}

static void
test_times (void)
{
  static const struct
  {
    const char *text;
    const char *iso; /* NULL: no time */
  } cases[] = {
    { "20261122101500.0Z", "2026-11-22T10:15:00Z" },
    { "20261122101500Z", "2026-11-22T10:15:00Z" },
    { "20261122101500.25+0130", "2026-11-22T08:45:00Z" },
    { "20261122101500-0100", "2026-11-22T11:15:00Z" },
    { "133774425000000000", "2024-11-30T12:15:00Z" },
    { "116444736000000000", "1970-01-01T00:00:00Z" },
    { "20261322101500.0Z", NULL },
    { "20260230101500.0Z", NULL },
    { "20261122101500.0", NULL },
    { "20261122101500.0ZZ", NULL },
    { "20261122101500+99", NULL },
    { "2026112210", "1601-01-01T00:03:22Z" }, /* nothing but digits is a FILETIME */
    { "0", NULL },
    { "-1", NULL },
    { "9223372036854775807", NULL },
    { "soon", NULL },
    { "", NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (PresyncEntry) entry = presync_entry_new ("");
      g_autoptr (GDateTime) time = NULL;
      g_autofree char *iso = NULL;

      add (entry, "t", cases[i].text);
      time = presync_entry_dup_time (entry, "t");
      if (time != NULL)
        iso = g_date_time_format_iso8601 (time);
      g_assert_cmpstr (iso, ==, cases[i].iso);
    }
}

static void
test_dn_equal (void)
{
  static const struct
  {
    const char *a, *b;
    gboolean equal;
  } cases[] = {
    { "DC=contoso,DC=com", "dc=Contoso,dc=COM", TRUE },
    { "CN=a, DC=b", "CN=a,DC=b", TRUE },
    { "CN = a ,DC= b ", "cn=a,dc=b", TRUE },
    { "CN=Lind\\, Eva,DC=b", "cn=lind\\2c eva,dc=B", TRUE },
    { "CN=Lind\\, Eva,DC=b", "CN=Lind,Eva,DC=b", FALSE },
    { "CN=\xc3\x84pfel,DC=b", "cn=\xc3\xa4pfel,dc=b", TRUE },
    { "CN=a\\ ,DC=b", "CN=a,DC=b", FALSE },
    { "CN=a\\20,DC=b", "CN=a\\ ,DC=b", TRUE },
    { "CN=a=b,DC=c", "CN=a\\=b,DC=c", TRUE },
    { "CN=x\\0ACNF:1,DC=c", "cn=x\\0acnf:1,dc=c", TRUE },
    { "CN=\xff,DC=c", "cn=\xff,DC=C", TRUE },
    { "", "", TRUE },
    { "", "DC=c", FALSE },
    { "CN=a\\", "CN=a", FALSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    g_assert_cmpint (presync_dn_equal (cases[i].a, cases[i].b), ==, cases[i].equal);
}

static void
test_dn_parts (void)
{
  g_autofree char *key = presync_dn_normalize ("CN=Lind\\, Eva,OU=People,DC=contoso,DC=com");
  g_autofree char *tricky = presync_dn_normalize ("CN=a\\,dc=com");
  g_autofree char *name = presync_dn_dup_name ("CN=Lind\\2C Eva,DC=com");
  g_autofree char *parent = presync_dn_dup_parent ("CN=Lind\\, Eva, DC=com");
  g_autofree char *domain = presync_dn_dup_domain ("CN=Schema,CN=Configuration,DC=contoso,DC=com");
  g_autofree char *none = presync_dn_dup_domain ("DC=x,CN=y");

  g_assert_cmpstr (presync_dn_key_parent (key), ==, "ou=people,dc=contoso,dc=com");
  g_assert_cmpstr (presync_dn_key_parent ("dc=com"), ==, "");
  g_assert_null (presync_dn_key_parent (""));
  g_assert_cmpuint (presync_dn_key_depth (key), ==, 4);
  g_assert_true (presync_dn_key_is_under (key, "dc=com"));
  g_assert_true (presync_dn_key_is_under (key, key));
  g_assert_false (presync_dn_key_is_under (key, "dc=om"));
  g_assert_false (presync_dn_key_is_under (tricky, "dc=com"));
  g_assert_cmpstr (name, ==, "Lind, Eva");
  g_assert_cmpstr (parent, ==, "DC=com");
  g_assert_null (presync_dn_dup_parent ("DC=com"));
  g_assert_cmpstr (domain, ==, "contoso.com");
  g_assert_cmpstr (none, ==, "");
}

static void
test_sid (void)
{
  static const guint8 domain_admins[]
      = { 1, 5, 0, 0, 0, 0, 0, 5, 21, 0, 0, 0, 1, 0, 0, 0, 2, 0, 0, 0, 3, 0, 0, 0, 0, 2, 0, 0 };
  g_autoptr (GBytes) good = g_bytes_new_static (domain_admins, sizeof domain_admins);
  g_autoptr (GBytes) cut = g_bytes_new_static (domain_admins, sizeof domain_admins - 1);
  g_autoptr (GBytes) empty = g_bytes_new_static ("", 0);
  g_autofree char *text = presync_sid_dup_text (good);

  g_assert_cmpstr (text, ==, "S-1-5-21-1-2-3-512");
  g_assert_null (presync_sid_dup_text (cut));
  g_assert_null (presync_sid_dup_text (empty));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/entry/values", test_values);
  g_test_add_func ("/entry/numbers", test_numbers);
  g_test_add_func ("/entry/booleans", test_booleans);
  g_test_add_func ("/entry/times", test_times);
  g_test_add_func ("/dn/equal", test_dn_equal);
  g_test_add_func ("/dn/parts", test_dn_parts);
  g_test_add_func ("/sid", test_sid);
  return g_test_run ();
}
