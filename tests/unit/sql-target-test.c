/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sources/sql/sql-target.h"

#include <string.h>

#include "base/error.h"
#include "sql-kit.h"

typedef struct
{
  const char *text;
  const char *server;
  const char *instance;
  guint16 port;
  const char *shown;
} NameCase;

static void
test_names (void)
{
  static const NameCase cases[] = {
    { "sql01.contoso.com", "sql01.contoso.com", NULL, 0, "sql01.contoso.com" },
    { "  sql01  ", "sql01", NULL, 0, "sql01" },
    { "sql01\\SYNC", "sql01", "SYNC", 0, "sql01\\SYNC" },
    { "sql01 \\ SYNC , 50123 ", "sql01", "SYNC", 50123, "sql01\\SYNC,50123" },
    { "sql01,1433", "sql01", NULL, 1433, "sql01,1433" },
    { "tcp:sql01,1433", "sql01", NULL, 1433, "sql01,1433" },
    { "TCP:sql01\\a_b$c#1", "sql01", "a_b$c#1", 0, "sql01\\a_b$c#1" },
    { "sql01\\MSSQLSERVER", "sql01", NULL, 0, "sql01" },
    { "sql01.contoso.com.", "sql01.contoso.com", NULL, 0, "sql01.contoso.com" },
    { "10.0.0.5,65535", "10.0.0.5", NULL, 65535, "10.0.0.5,65535" },
    { "[2001:db8::5]\\SYNC,1", "2001:db8::5", "SYNC", 1, "[2001:db8::5]\\SYNC,1" },
    { "[::1]", "::1", NULL, 0, "[::1]" },
    { "::1,1433", "::1", NULL, 1433, "[::1],1433" },
    { "sql\303\274.contoso.com", "xn--sql-joa.contoso.com", NULL, 0, "xn--sql-joa.contoso.com" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (PresyncSqlTarget) target = presync_sql_target_new ();
      g_autoptr (PresyncSqlTarget) again = presync_sql_target_new ();
      g_autoptr (GError) error = NULL;
      g_autofree char *shown = NULL;

      sql_kit_say (cases[i].text);
      presync_sql_target_parse_name (target, cases[i].text, &error);
      g_assert_no_error (error);
      g_assert_cmpstr (target->server, ==, cases[i].server);
      g_assert_cmpstr (target->instance, ==, cases[i].instance);
      g_assert_cmpuint (target->port, ==, cases[i].port);
      shown = presync_sql_target_dup_text (target);
      g_assert_cmpstr (shown, ==, cases[i].shown);
      /* What is shown can be typed. */
      g_assert_true (presync_sql_target_parse_name (again, shown, NULL));
      g_assert_cmpstr (again->server, ==, target->server);
      g_assert_cmpstr (again->instance, ==, target->instance);
      g_assert_cmpuint (again->port, ==, target->port);
    }
}

static void
assert_refused (const char *text, const char *part)
{
  g_autoptr (PresyncSqlTarget) target = presync_sql_target_new ();
  g_autoptr (GError) error = NULL;

  target->server = g_strdup ("before");
  target->instance = g_strdup ("BEFORE");
  target->port = 7;
  sql_kit_say (text);
  g_assert_false (presync_sql_target_parse_name (target, text, &error));
  g_assert_error (error, PRESYNC_ERROR, PRESYNC_ERROR_BAD_INPUT);
  g_assert_true (g_utf8_validate (error->message, -1, NULL));
  if (part != NULL && strstr (error->message, part) == NULL)
    g_error ("no “%s” in: %s", part, error->message);
  /* A refusal changes nothing. */
  g_assert_cmpstr (target->server, ==, "before");
  g_assert_cmpstr (target->instance, ==, "BEFORE");
  g_assert_cmpuint (target->port, ==, 7);
}

static void
test_refused_names (void)
{
  g_autofree char *label = g_strnfill (64, 'a');
  g_autofree char *long_text = g_strnfill (600, 'a');

  assert_refused ("", "enter a host name");
  assert_refused ("   ", "enter a host name");
  assert_refused ("(localdb)\\MSSQLLocalDB", "LocalDB");
  assert_refused ("(LocalDB)\\.\\ADSync2019", "LocalDB");
  assert_refused ("np:sql01", "named pipes");
  assert_refused ("np:\\\\sql01\\pipe\\sql\\query", "named pipes");
  assert_refused ("\\\\sql01\\pipe\\sql\\query", "named pipes");
  assert_refused ("\\\\.\\pipe\\LOCALDB#1\\tsql\\query", "named pipes");
  assert_refused ("lpc:sql01", "name of the computer");
  assert_refused (".\\SYNC", "name of the computer");
  assert_refused ("(local)", "name of the computer");
  assert_refused ("admin:sql01", "administrator connection");
  assert_refused ("sql01:1433", "comma");
  assert_refused ("[::1]:1433", "comma");
  assert_refused ("tcp:[2001:db8::5]:1433\\SYNC", "comma");
  assert_refused ("[::1]x", "enter a host name");
  assert_refused ("sql01,", "65535");
  assert_refused ("sql01,0", "65535");
  assert_refused ("sql01,65536", "65535");
  assert_refused ("sql01,-1", "65535");
  assert_refused ("sql01,+1", "65535");
  assert_refused ("sql01,1433,1", "65535");
  assert_refused ("sql01,1433;Encrypt=no", "65535");
  assert_refused ("sql01\\", "instance");
  assert_refused ("sql01\\1SYNC", "instance");
  assert_refused ("sql01\\SYNC\\X", "instance");
  assert_refused ("sql01\\aaaaaaaaaaaaaaaaa", "instance");
  assert_refused ("sql01\\S\303\234NC", "instance");
  assert_refused ("10.0.0.300", NULL);
  assert_refused ("-sql01", NULL);
  assert_refused ("sql01..contoso.com", NULL);
  assert_refused ("sql01..", NULL);
  assert_refused ("sql01.contoso.com..\\SYNC,1433", NULL);
  assert_refused ("[10.0.0.5]", NULL);
  assert_refused ("[::1", NULL);
  assert_refused ("[fe80::1%eth0]", NULL);
  assert_refused ("fe80::1%eth0", NULL);
  assert_refused ("[]", NULL);
  assert_refused (label, NULL);
  assert_refused (long_text, "too long");
  assert_refused ("sql\xff", "not text");
}

/* No character but letters, digits, dot, hyphen and colon may reach a connection string. */
static void
test_hostile_characters (void)
{
  for (int c = 1; c < 128; c++)
    {
      g_autofree char *host = g_strdup_printf ("sql%c01", c);
      g_autofree char *instance = g_strdup_printf ("sql01\\S%cC", c);
      g_autofree char *port = g_strdup_printf ("sql01,14%c33", c);
      g_autoptr (PresyncSqlTarget) target = presync_sql_target_new ();

      if (presync_sql_target_parse_name (target, host, NULL))
        g_assert_true (g_ascii_isalnum (c) || c == '.' || c == '-' || c == ',');
      /* "sql,01" is the way to say a port. */
      if (g_ascii_isalnum (c) || c == '.' || c == '-')
        g_assert_nonnull (target->server);
      else if (c != ',')
        assert_refused (host, NULL);
      if (g_ascii_isalnum (c) || strchr ("_$#", c) != NULL)
        g_assert_true (presync_sql_target_parse_name (target, instance, NULL));
      else if (c != ',')
        assert_refused (instance, NULL);
      if (!g_ascii_isdigit (c))
        assert_refused (port, NULL);
    }
}

static PresyncSqlTarget *
new_target (const char *login, const char *password)
{
  PresyncSqlTarget *target = presync_sql_target_new ();

  g_assert_true (presync_sql_target_parse_name (target, "sql01.contoso.com\\SYNC", NULL));
  target->login = g_strdup (login);
  target->password = password != NULL ? presync_secret_new (password) : NULL;
  return target;
}

static void
assert_invalid (PresyncSqlTarget *taken, PresyncError code, const char *part)
{
  g_autoptr (PresyncSqlTarget) target = taken;
  g_autoptr (GError) error = NULL;

  g_assert_false (presync_sql_target_validate (target, &error));
  g_assert_error (error, PRESYNC_ERROR, (int) code);
  if (strstr (error->message, part) == NULL)
    g_error ("no “%s” in: %s", part, error->message);
  if (target->password != NULL && presync_secret_get_length (target->password) > 3)
    g_assert_null (strstr (error->message, presync_secret_peek (target->password)));
}

static void
test_sign_in (void)
{
  static const char *const fine[]
      = { "a", "a;b=c", "{", "a}b", "}x", "}}x", "a\"b'c", "p\303\244ss w\303\266rd", ";", "=" };
  g_autofree char *long_text = g_strnfill (129, 'x');
  g_autoptr (GString) wide = g_string_new (NULL);

  for (guint i = 0; i < 65; i++)
    g_string_append (wide, "\360\237\224\221");
  for (gsize i = 0; i < G_N_ELEMENTS (fine); i++)
    {
      g_autoptr (PresyncSqlTarget) target = new_target ("presync", fine[i]);
      g_autoptr (GError) error = NULL;
      presync_sql_target_validate (target, &error);
      g_assert_no_error (error);
    }
  assert_invalid (new_target (NULL, "secret"), PRESYNC_ERROR_BAD_INPUT, "login is needed");
  assert_invalid (new_target ("", "secret"), PRESYNC_ERROR_BAD_INPUT, "login is needed");
  assert_invalid (new_target ("sa", NULL), PRESYNC_ERROR_BAD_INPUT, "password");
  assert_invalid (new_target ("sa", ""), PRESYNC_ERROR_BAD_INPUT, "password");
  assert_invalid (new_target ("CONTOSO\\admin", "secret"), PRESYNC_ERROR_REFUSED, "Kerberos");
  assert_invalid (new_target ("sa", "x};DumpFile=/tmp/x;APP={evil"), PRESYNC_ERROR_REFUSED, "“;”");
  assert_invalid (new_target ("sa", "secret}"), PRESYNC_ERROR_REFUSED, "ends with");
  /* The driver manager's "}" is the first, wherever the ";" comes. */
  assert_invalid (new_target ("sa", "a}b;DRIVER=c"), PRESYNC_ERROR_REFUSED, "“;”");
  assert_invalid (new_target ("sa", "a}b}c;"), PRESYNC_ERROR_REFUSED, "“;”");
  assert_invalid (new_target ("sa}b;c", "secret"), PRESYNC_ERROR_REFUSED, "login");
  assert_invalid (new_target ("sa", "sec\nret"), PRESYNC_ERROR_REFUSED, "control");
  assert_invalid (new_target ("sa", "sec\177ret"), PRESYNC_ERROR_REFUSED, "control");
  assert_invalid (new_target ("sa", "sec\302\205ret"), PRESYNC_ERROR_REFUSED, "control");
  assert_invalid (new_target ("sa", "secr\xff"), PRESYNC_ERROR_REFUSED, "not text");
  assert_invalid (new_target ("sa", long_text), PRESYNC_ERROR_REFUSED, "128");
  /* 65 characters, but SQL Server counts 130 */
  assert_invalid (new_target ("sa", wide->str), PRESYNC_ERROR_REFUSED, "128");
  assert_invalid (new_target ("sa};UID=x", "secret"), PRESYNC_ERROR_REFUSED, "login");
  assert_invalid (new_target ("sa}", "secret"), PRESYNC_ERROR_REFUSED, "login");
}

/* A target may come from settings and files as well, by hand. */
static void
test_other_members (void)
{
  g_autoptr (PresyncSqlTarget) kerberos = new_target (NULL, NULL);
  g_autoptr (PresyncSqlTarget) recording = presync_sql_target_new ();
  g_autofree char *shown = NULL;
  PresyncSqlTarget *target;

  kerberos->kerberos = TRUE;
  kerberos->pin = g_strnfill (64, 'a');
  kerberos->ca_file = g_strdup ("/etc/ssl/our roots.pem");
  g_assert_true (presync_sql_target_validate (kerberos, NULL));
  recording->recording = g_strdup ("/somewhere/sql01.json");
  g_assert_true (presync_sql_target_validate (recording, NULL));
  shown = presync_sql_target_dup_text (recording);
  g_assert_cmpstr (shown, ==, "sql01.json");

  assert_invalid (presync_sql_target_new (), PRESYNC_ERROR_BAD_INPUT, "No SQL Server");
  target = new_target ("sa", "secret");
  g_free (target->server);
  target->server = g_strdup ("sql01;Encrypt=no");
  assert_invalid (target, PRESYNC_ERROR_BAD_INPUT, "host");
  target = new_target ("sa", "secret");
  g_free (target->instance);
  target->instance = g_strdup ("S\nca file = x");
  assert_invalid (target, PRESYNC_ERROR_BAD_INPUT, "instance");
  target = new_target ("sa", "secret");
  target->ca_file = g_strdup ("/tmp/x\nencryption = off");
  assert_invalid (target, PRESYNC_ERROR_REFUSED, "control");
  target = new_target ("sa", "secret");
  target->pin = g_strdup ("AB:CD");
  assert_invalid (target, PRESYNC_ERROR_BAD_INPUT, "64");
  target = new_target ("sa", "secret");
  target->pin = g_strnfill (64, 'A');
  assert_invalid (target, PRESYNC_ERROR_BAD_INPUT, "64");
}

/* A recording is read where it is, and never fetched. */
static void
test_recordings (void)
{
  static const char *const fine[] = { "/somewhere/a:b.json", "sql01.json", "./x:y.json",
                                      "file:///somewhere/sql01.json", "resource:///sql01.json" };
  static const char *const refused[] = { "smb://files01/share/sql01.json",
                                         "http://localhost/sql01.json",
                                         "SFTP://x/y",
                                         "a:b.json",
                                         "file://files01/share/sql01.json",
                                         "" };

  for (gsize i = 0; i < G_N_ELEMENTS (fine); i++)
    {
      g_autoptr (PresyncSqlTarget) target = presync_sql_target_new ();
      g_autoptr (GError) error = NULL;
      target->recording = g_strdup (fine[i]);
      presync_sql_target_validate (target, &error);
      g_assert_no_error (error);
    }
  for (gsize i = 0; i < G_N_ELEMENTS (refused); i++)
    {
      PresyncSqlTarget *target = presync_sql_target_new ();
      target->recording = g_strdup (refused[i]);
      assert_invalid (target, PRESYNC_ERROR_BAD_INPUT, "file on this computer");
    }
}

static void
test_copy (void)
{
  g_autoptr (PresyncSqlTarget) target = new_target ("sa", "secret");
  g_autoptr (PresyncSqlTarget) copy = NULL;

  target->port = 50123;
  target->ca_file = g_strdup ("a.pem");
  target->pin = g_strnfill (64, 'b');
  copy = presync_sql_target_copy (target);
  g_assert_cmpstr (copy->server, ==, "sql01.contoso.com");
  g_assert_cmpstr (copy->instance, ==, "SYNC");
  g_assert_cmpuint (copy->port, ==, 50123);
  g_assert_cmpstr (copy->login, ==, "sa");
  g_assert_cmpstr (presync_secret_peek (copy->password), ==, "secret");
  g_assert_cmpstr (copy->ca_file, ==, "a.pem");
  g_assert_cmpstr (copy->pin, ==, target->pin);
  g_assert_null (presync_sql_target_copy (NULL));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/sql-target/names", test_names);
  g_test_add_func ("/sql-target/refused-names", test_refused_names);
  g_test_add_func ("/sql-target/hostile-characters", test_hostile_characters);
  g_test_add_func ("/sql-target/sign-in", test_sign_in);
  g_test_add_func ("/sql-target/other-members", test_other_members);
  g_test_add_func ("/sql-target/recordings", test_recordings);
  g_test_add_func ("/sql-target/copy", test_copy);
  return g_test_run ();
}
