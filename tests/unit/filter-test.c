/* SPDX-License-Identifier: GPL-3.0-or-later */
/* PresyncFilter: what matches, what is refused */
#include "base/error.h"
#include "sources/directory/filter.h"

#include <string.h>

static PresyncEntry *
computer (void)
{
  static const char *const lines[][2] = {
    { "objectClass", "top" },
    { "objectClass", "user" },
    { "objectClass", "computer" },
    { "objectCategory", "CN=Computer,CN=Schema,CN=Configuration,DC=contoso,DC=com" },
    { "cn", "SYNC01" },
    { "dNSHostName", "SYNC01.contoso.com" },
    { "userAccountControl", "4098" },
    { "groupType", "-2147483646" },
    { "description", "a (b) * c\\d" },
    { "displayName", "\xc3\x84pfel" },
    { "manager", "CN=Lind\\, Eva,DC=contoso,DC=com" },
    { "whenCreated", "20261122101500.0Z" },
  };
  PresyncEntry *entry = presync_entry_new ("CN=SYNC01,DC=contoso,DC=com");

  for (guint i = 0; i < G_N_ELEMENTS (lines); i++)
    presync_entry_add (entry, lines[i][0], g_bytes_new (lines[i][1], strlen (lines[i][1])));
  presync_entry_add (entry, "objectGUID", g_bytes_new_static ("\x01\x00\xff", 3));
  return entry;
}

static void
test_matches (void)
{
  static const struct
  {
    const char *filter;
    gboolean matches;
  } cases[] = {
    { "(cn=sync01)", TRUE },
    { "(CN=SYNC01)", TRUE },
    { "(cn=sync)", FALSE },
    { "(sn=x)", FALSE },
    { "(cn=*)", TRUE },
    { "(sn=*)", FALSE },
    { "(objectClass=*)", TRUE },
    { "(objectClass=Computer)", TRUE },
    { "(objectClass=group)", FALSE },
    { "(objectCategory=computer)", TRUE },
    { "(objectCategory=person)", FALSE },
    { "(objectCategory=cn=computer,CN=Schema,CN=Configuration,DC=contoso, DC=com)", TRUE },
    { "(&(objectCategory=computer)(dNSHostName=sync01.CONTOSO.com))", TRUE },
    { "(&(objectCategory=computer)(cn=other))", FALSE },
    { "(|(cn=other)(cn=sync01))", TRUE },
    { "(!(cn=other))", TRUE },
    { "(!(cn=sync01))", FALSE },
    { "(!(sn=x))", TRUE },
    { "(&)", TRUE },
    { "(|)", FALSE },
    { "(cn=sy*)", TRUE },
    { "(cn=*01)", TRUE },
    { "(cn=*nc*)", TRUE },
    { "(cn=s*n*1)", TRUE },
    { "(cn=s*1*1)", FALSE },
    { "(cn=sync01*sync01)", FALSE },
    { "(cn=*x*)", FALSE },
    { "(cn=**)", TRUE },
    { "(displayName=\\c3\\a4PFEL)", TRUE },
    { "(displayName=*PFEL)", TRUE },
    { "(description=a \\28b\\29 \\2a c\\5cd)", TRUE },
    { "(description=*\\2a*)", TRUE },
    { "(objectGUID=\\01\\00\\ff)", TRUE },
    { "(objectGUID=\\01\\00\\fe)", FALSE },
    { "(objectGUID=\\01*)", TRUE },
    { "(manager=cn=lind\\5c2c eva,dc=contoso,dc=com)", TRUE },
    { "(userAccountControl:1.2.840.113556.1.4.803:=2)", TRUE },
    { "(userAccountControl:1.2.840.113556.1.4.803:=4098)", TRUE },
    { "(userAccountControl:1.2.840.113556.1.4.803:=8194)", FALSE },
    { "(userAccountControl:1.2.840.113556.1.4.804:=8194)", TRUE },
    { "(userAccountControl:1.2.840.113556.1.4.804:=8192)", FALSE },
    { "(groupType:1.2.840.113556.1.4.803:=2147483648)", TRUE },
    { "(cn:1.2.840.113556.1.4.803:=2)", FALSE },
    { "(userAccountControl>=4098)", TRUE },
    { "(userAccountControl>=4099)", FALSE },
    { "(userAccountControl<=4098)", TRUE },
    { "(whenCreated>=20261101000000.0Z)", TRUE },
    { "(whenCreated<=20261101000000.0Z)", FALSE },
    { "(sn>=1)", FALSE },
  };
  g_autoptr (PresyncEntry) entry = computer ();

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (PresyncFilter) filter = presync_filter_parse (cases[i].filter, &error);

      g_assert_no_error (error);
      g_test_message ("%s", cases[i].filter);
      g_assert_cmpint (presync_filter_matches (filter, entry), ==, cases[i].matches);
    }
}

static void
test_refused (void)
{
  static const char *const cases[] = {
    "",
    "cn=x",
    "(cn=x",
    "(cn=x))",
    "()",
    "(=x)",
    "(cn)",
    "(cn=a(b)",
    "(cn=\\2)",
    "(cn=\\zz)",
    "(!(a=b)(c=d))",
    "(!)",
    "(&(a=b)",
    "(member:1.2.840.113556.1.4.1941:=cn=x)",
    "(cn:dn:=x)",
    "(a>=1*)",
    "(a b=c)",
    "(a=b) ",
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (presync_filter_parse (cases[i], &error));
      g_assert_error (error, PRESYNC_ERROR, PRESYNC_ERROR_BAD_INPUT);
    }
}

static void
test_deep (void)
{
  g_autoptr (GString) text = g_string_new (NULL);
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < 1000000; i++)
    g_string_append (text, "(!");
  g_assert_null (presync_filter_parse (text->str, &error));
  g_assert_error (error, PRESYNC_ERROR, PRESYNC_ERROR_BAD_INPUT);
}

static void
test_escape (void)
{
  g_autofree char *escaped = presync_filter_escape ("a*)(cn=\\x\n");
  g_autofree char *text = g_strdup_printf ("(cn=%s)", escaped);
  g_autoptr (PresyncFilter) filter = presync_filter_parse (text, NULL);
  g_autoptr (PresyncEntry) entry = presync_entry_new ("");

  g_assert_cmpstr (escaped, ==, "a\\2a\\29\\28cn=\\5cx\\0a");
  presync_entry_add (entry, "cn", g_bytes_new_static ("a*)(cn=\\x\n", 10));
  g_assert_true (presync_filter_matches (filter, entry));
}

static void
test_attributes (void)
{
  g_autoptr (PresyncFilter) filter = presync_filter_parse ("(&(a=1)(|(b=*)(A=2))(!(c>=3)))", NULL);
  g_auto (GStrv) names = presync_filter_list_attributes (filter);
  g_autofree char *joined = g_strjoinv (",", names);

  g_assert_cmpstr (joined, ==, "a,b,c");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/filter/matches", test_matches);
  g_test_add_func ("/filter/refused", test_refused);
  g_test_add_func ("/filter/deep", test_deep);
  g_test_add_func ("/filter/escape", test_escape);
  g_test_add_func ("/filter/attributes", test_attributes);
  return g_test_run ();
}
