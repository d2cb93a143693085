/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "assessment/command-text.h"

#include <string.h>

#include "catalogue/account-role.h"

typedef struct
{
  PresyncAssessment *assessment;
} CommandTest;

static void
command_test_set_up (CommandTest *self, gconstpointer data)
{
  g_autoptr (PresyncCatalogue) catalogue = presync_catalogue_new_built_in ();
  self->assessment = presync_assessment_new (catalogue);
}

static void
command_test_tear_down (CommandTest *self, gconstpointer data)
{
  g_assert_finalize_object (self->assessment);
}

static void
command_test_name (CommandTest *self, const char *field, const char *name)
{
  g_autoptr (PresyncAccounts) accounts
      = presync_accounts_copy (presync_assessment_get_accounts (self->assessment));

  presync_accounts_set (accounts, field, name);
  presync_assessment_set_accounts (self->assessment, accounts);
}

static void
command_test_fact (CommandTest *self, const char *key, const char *subject)
{
  g_autoptr (GDateTime) now = g_date_time_new_utc (2026, 11, 1, 12, 0, 0);
  g_autoptr (PresyncOrigin) origin = presync_origin_new ("directory", "test", "test", now, TRUE);
  g_autoptr (GPtrArray) facts = g_ptr_array_new_with_free_func (g_object_unref);
  gboolean boolean = presync_fact_key_find (key)->type == PRESYNC_FACT_BOOLEAN;

  g_ptr_array_add (facts, boolean ? presync_fact_new_boolean (key, subject, TRUE, origin)
                                  : presync_fact_new_integer (key, subject, 7, origin));
  presync_fact_set_update (presync_assessment_get_facts (self->assessment), facts);
}

static void
command_test_assert (CommandTest *self, const char *command, const char *expected)
{
  g_autofree char *filled = presync_command_fill (self->assessment, command);
  g_assert_cmpstr (filled, ==, expected);
}

#define ALL                                                                                        \
  "'@CONNECTOR@' '@CONNECTOR-DOMAIN@' '@DOMAIN@' '@DOMAIN-DN@' '@GMSA@' '@SERVER@$' "              \
  "'@GROUP-UNIT@' '@SERVICE@' '@CLOUD-ADMIN@' '@CONNECT-ADMIN-DOMAIN@\\@CONNECT-ADMIN@' "          \
  "'@GMSA-DOMAIN@\\@GMSA@$'"

static void
command_test_examples (CommandTest *self, gconstpointer data)
{
  static const char examples[]
      = "'entraconnector' 'example.com' 'example.com' 'DC=example,DC=com' 'provAgentgMSA' "
        "'SYNC01$' 'OU=Groups,DC=example,DC=com' 'adsync' 'anna' 'EXAMPLE\\anna' "
        "'EXAMPLE\\provAgentgMSA$'";
  g_autofree char *without = presync_command_fill (NULL, ALL);

  g_assert_cmpstr (without, ==, examples);
  command_test_assert (self, ALL, examples);
}

static void
command_test_names (CommandTest *self, gconstpointer data)
{
  presync_assessment_set_sync_server (self->assessment, "sync7.contoso.com");
  command_test_name (self, "connector", "svc@contoso.com");
  command_test_name (self, "gmsa", "provAgent7");
  command_test_name (self, "service", "CONTOSO\\adsync7$");
  command_test_name (self, "cloud-admin", "CONTOSO\\ida");
  command_test_name (self, "connect-admin", "CN=Ida,DC=contoso,DC=com");
  command_test_name (self, "group-unit", "OU=Back,DC=contoso,DC=com");
  command_test_fact (self, "domain.functional-level", "contoso.com");
  command_test_fact (self, "connector.exists", "CHILD\\svc");
  command_test_fact (self, "connect-admin.exists", "CONTOSO\\ida2");
  command_test_assert (self, ALL,
                       "'svc' 'CHILD' 'contoso.com' 'DC=contoso,DC=com' 'provAgent7' 'sync7$' "
                       "'OU=Back,DC=contoso,DC=com' 'adsync7' 'ida' 'CONTOSO\\ida2' "
                       "'contoso.com\\provAgent7$'");
}

/* Forms that do not tell the account's name, before the directory resolved them */
static void
command_test_unresolved (CommandTest *self, gconstpointer data)
{
  static const char *const names[] = { "svc@contoso.com",     "CN=svc,DC=contoso,DC=com",
                                       "S-1-5-21-1-2-3-1103", "s-1-5-18",
                                       "NT SERVICE\\ADSync",  ".\\adsync",
                                       "BUILTIN\\Users",      "A\\B\\C" };

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    {
      command_test_name (self, "connector", names[i]);
      command_test_assert (self, "x '@CONNECTOR@' '@CONNECTOR-DOMAIN@'",
                           "x 'entraconnector' 'example.com'");
    }
  /* A bare name is one of the domain that is read. */
  command_test_name (self, "connector", "svc");
  command_test_assert (self, "'@CONNECTOR@' '@CONNECTOR-DOMAIN@'", "'svc' 'example.com'");
  command_test_fact (self, "domain.functional-level", "contoso.com");
  command_test_assert (self, "'@CONNECTOR@' '@CONNECTOR-DOMAIN@'", "'svc' 'contoso.com'");
  presync_assessment_set_sync_server (self->assessment, "192.0.2.7");
  command_test_assert (self, "'@SERVER@'", "'SYNC01'");
}

/* A name stays text, whatever it is. */
static void
command_test_hostile (CommandTest *self, gconstpointer data)
{
  static const struct
  {
    const char *name;
    const char *filled;
  } cases[] = {
    { "O'Hara", "'O''Hara'" },
    { "'; Remove-Item *", "'''; Remove-Item *'" },
    { "$(x)", "'$(x)'" },
    { "a`b", "'a`b'" },
    { "a b & <c> | %PATH% ${x}", "'a b & <c> | %PATH% ${x}'" },
    /* PowerShell takes these for single quotes. */
    { "\xe2\x80\x98; x", "'\xe2\x80\x98\xe2\x80\x98; x'" },
    { "\xe2\x80\x99; x", "'\xe2\x80\x99\xe2\x80\x99; x'" },
    { "\xe2\x80\x9a; x", "'\xe2\x80\x9a\xe2\x80\x9a; x'" },
    { "\xe2\x80\x9b; x", "'\xe2\x80\x9b\xe2\x80\x9b; x'" },
    { "J\xc3\xb6rg", "'J\xc3\xb6rg'" },
    /* Refused: the example stays. */
    { "a\nRemove-Item *", "'entraconnector'" },
    { "a\rb", "'entraconnector'" },
    { "a\tb", "'entraconnector'" },
    { "a\x1b[2Jb", "'entraconnector'" },
    { "a\xc2\x85"
      "b",
      "'entraconnector'" },
    { "a\xe2\x80\xa8"
      "b",
      "'entraconnector'" },
    { "a\xe2\x80\xae"
      "b",
      "'entraconnector'" },
    { "a\"b", "'entraconnector'" },
    { "x:GA", "'entraconnector'" },
    { "C:GA\\x", "'entraconnector'" },
    { "a\xff", "'entraconnector'" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      command_test_name (self, "connector", cases[i].name);
      command_test_assert (self, "'@CONNECTOR@'", cases[i].filled);
    }
  /* No half of a refused name is used. */
  command_test_name (self, "connector", "CON\nTOSO\\svc");
  command_test_assert (self, "'@CONNECTOR@' '@CONNECTOR-DOMAIN@'",
                       "'entraconnector' 'example.com'");
  command_test_fact (self, "connector.exists", "CONTOSO\\$(x)'\n");
  command_test_assert (self, "'@CONNECTOR@' '@CONNECTOR-DOMAIN@'",
                       "'entraconnector' 'example.com'");
}

static void
command_test_hostile_unit (CommandTest *self, gconstpointer data)
{
  static const struct
  {
    const char *unit;
    const char *filled;
  } cases[] = {
    { "OU=A'B,DC=c", "'OU=A''B,DC=c'" },
    { "ou=a,DC=c", "'ou=a,DC=c'" },
    { "/G x=y", "'OU=Groups,DC=example,DC=com'" },
    { "-x=y", "'OU=Groups,DC=example,DC=com'" },
    { "OU=a\\", "'OU=Groups,DC=example,DC=com'" },
    { "OU=a\" /G \"x:GA,DC=c", "'OU=Groups,DC=example,DC=com'" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      command_test_name (self, "group-unit", cases[i].unit);
      command_test_assert (self, "'@GROUP-UNIT@'", cases[i].filled);
    }
}

/* Names are not looked at for placeholders, and what is none stays as it is. */
static void
command_test_once (CommandTest *self, gconstpointer data)
{
  command_test_name (self, "gmsa", "@SERVER");
  command_test_name (self, "group-unit", "OU=@GMSA@,DC=c");
  presync_assessment_set_sync_server (self->assessment, "@GMSA@");
  command_test_assert (self, "'@GROUP-UNIT@' '@SERVER@'", "'OU=@GMSA@,DC=c' '@GMSA@'");
  command_test_assert (self, "", "");
  command_test_assert (self, "@", "@");
  command_test_assert (self, "@@ @NOBODY@ @gmsa@ @GMSA @(1) @{a=1} Split('@')[1]",
                       "@@ @NOBODY@ @gmsa@ @GMSA @(1) @{a=1} Split('@')[1]");
  command_test_assert (self, "@@SERVER@@", "@@GMSA@@");
}

static void
command_test_assert_examples (CommandTest *self, const char *command, gboolean has)
{
  g_assert_true (presync_command_has_examples (self->assessment, command) == has);
}

/* What looks ready to copy and is not, is told. */
static void
command_test_has_examples (CommandTest *self, gconstpointer data)
{
  static const char *const useless[]
      = { "svc@contoso.com", "CN=Svc,DC=contoso,DC=com", "S-1-5-21-1-2-3-1105", "a\nb", "x:GA" };

  /* Nothing was named: all is an example. */
  g_assert_false (presync_command_has_examples (NULL, ALL));
  command_test_assert_examples (self, ALL, FALSE);
  for (gsize i = 0; i < G_N_ELEMENTS (useless); i++)
    {
      command_test_name (self, "connector", useless[i]);
      command_test_assert_examples (self, "x '@CONNECTOR@'", TRUE);
      command_test_assert_examples (self, "x '@GMSA@' '@DOMAIN@' '@SERVER@$' '@GROUP-UNIT@'",
                                    FALSE);
    }
  command_test_name (self, "connector", "svc");
  command_test_assert_examples (self, "x '@CONNECTOR@'", FALSE);
  command_test_assert_examples (self, "Get-ADUser", FALSE);
  /* Half of it: a name beside an example. */
  command_test_assert_examples (self, "x '@CONNECTOR-DOMAIN@\\@CONNECTOR@'", TRUE);
  command_test_assert_examples (self, "x '@DOMAIN-DN@' '@CONNECTOR@'", TRUE);
  command_test_assert_examples (self, "x '@DOMAIN-DN@'", FALSE);
  command_test_fact (self, "domain.functional-level", "contoso.com");
  command_test_assert_examples (self, "x '@CONNECTOR-DOMAIN@\\@CONNECTOR@' '@DOMAIN-DN@'", FALSE);
  /* Resolved, a UPN tells its name. */
  command_test_name (self, "connector", "svc@contoso.com");
  command_test_fact (self, "connector.exists", "CONTOSO\\svc");
  command_test_assert_examples (self, "x '@CONNECTOR-DOMAIN@\\@CONNECTOR@'", FALSE);
  presync_assessment_set_sync_server (self->assessment, "192.0.2.7");
  command_test_assert_examples (self, "'@SERVER@'", TRUE);
  presync_assessment_set_sync_server (self->assessment, "sync7.contoso.com");
  command_test_assert_examples (self, "'@SERVER@'", FALSE);
  command_test_name (self, "group-unit", "Groups");
  command_test_assert_examples (self, "'@GROUP-UNIT@'", TRUE);
}

/* (nullable): the first command of @steps that begins with @verb */
static const char *
command_test_find_command (GPtrArray *steps, const char *verb)
{
  for (guint i = 0; i < steps->len; i++)
    {
      PresyncStep *step = g_ptr_array_index (steps, i);
      if (step->is_command && g_str_has_prefix (step->text, verb))
        return step->text;
    }
  return NULL;
}

/* What is refused for its kind is there already: what is made in its place has another name. */
static void
command_test_check_new (PresyncCondition *condition)
{
  GPtrArray *fix = presync_condition_get_fix (condition);
  GPtrArray *keys = presync_condition_get_fact_keys (condition);
  static const char *const kinds[]
      = { "connector.plain-user", "service.kind", "gmsa.password-interval" };
  const char *commands[] = { command_test_find_command (fix, "New-ADUser"),
                             command_test_find_command (fix, "New-ADServiceAccount") };

  for (gsize i = 0; i < G_N_ELEMENTS (commands); i++)
    for (gsize j = 0; commands[i] != NULL && j < G_N_ELEMENTS (kinds); j++)
      if (g_ptr_array_find_with_equal_func (keys, kinds[j], g_str_equal, NULL)
          && (strstr (commands[i], "@CONNECTOR@") != NULL || strstr (commands[i], "@GMSA@") != NULL
              || strstr (commands[i], "@SERVICE@") != NULL))
        g_error ("%s makes what is there: %s", presync_condition_get_id (condition), commands[i]);
}

static void
command_test_check_command (const char *id, const char *command)
{
  gboolean quoted = FALSE;
  gboolean inside = FALSE;
  g_autofree char *filled = presync_command_fill (NULL, command);
  g_autoptr (GRegex) placeholder = g_regex_new ("@[A-Z-]+@", 0, 0, NULL);

  if (g_regex_match (placeholder, filled, 0, NULL))
    g_error ("%s: no such placeholder: %s", id, filled);
  if (!g_regex_match (placeholder, command, 0, NULL))
    return;
  for (const char *p = command; *p != '\0'; p++)
    {
      if (*p == '\'')
        quoted = !quoted;
      inside = *p == '@' && g_ascii_isupper (p[1]);
      if (inside && !quoted)
        g_error ("%s: a placeholder stands outside of single quotes: %s", id, command);
      if (*p == '"')
        g_error ("%s: a double quote beside a placeholder: %s", id, command);
    }
  g_assert_false (quoted);
}

/* Every placeholder of the catalogue is known and stands where a name stays text. */
static void
command_test_catalogue (CommandTest *self, gconstpointer data)
{
  guint n = 0;
  PresyncCatalogue *catalogue = presync_assessment_get_catalogue (self->assessment);

  for (guint option = 0; option < PRESYNC_N_OPTIONS; option++)
    {
      g_autoptr (GPtrArray) rows = presync_catalogue_list (catalogue, option);
      for (guint i = 0; i < rows->len; i++)
        {
          g_autoptr (GPtrArray) conditions
              = presync_requirement_list_conditions (g_ptr_array_index (rows, i), NULL);
          for (guint j = 0; j < conditions->len; j++)
            {
              PresyncCondition *condition = g_ptr_array_index (conditions, j);
              GPtrArray *lists[] = { presync_condition_get_fix (condition),
                                     presync_condition_get_find_out (condition) };
              command_test_check_new (condition);
              for (gsize k = 0; k < 2; k++)
                for (guint l = 0; l < lists[k]->len; l++)
                  {
                    PresyncStep *step = g_ptr_array_index (lists[k], l);
                    if (step->is_command)
                      command_test_check_command (presync_condition_get_id (condition), step->text);
                    else
                      g_assert_null (strstr (step->text, "@DOMAIN"));
                    n++;
                  }
            }
        }
    }
  g_assert_cmpuint (n, >, 300);
}

/* The table of roles lies below the one of names and cannot see it. */
static void
command_test_fields (CommandTest *self, gconstpointer data)
{
  guint n = 0;
  gsize n_fields = 0;
  const PresyncAccountRole *roles = presync_account_roles (&n);
  const PresyncAccountField *fields = presync_account_fields (&n_fields);

  for (guint i = 0; i < n; i++)
    {
      gboolean found = roles[i].field == NULL;
      for (gsize j = 0; !found && j < n_fields; j++)
        found = g_str_equal (fields[j].id, roles[i].field);
      if (!found)
        g_error ("%s: there is no name %s", roles[i].id, roles[i].field);
    }
}

#define COMMAND_ADD(name, func)                                                                    \
  g_test_add ("/command-text/" name, CommandTest, NULL, command_test_set_up, func,                 \
              command_test_tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  COMMAND_ADD ("examples", command_test_examples);
  COMMAND_ADD ("names", command_test_names);
  COMMAND_ADD ("unresolved", command_test_unresolved);
  COMMAND_ADD ("hostile", command_test_hostile);
  COMMAND_ADD ("hostile-unit", command_test_hostile_unit);
  COMMAND_ADD ("once", command_test_once);
  COMMAND_ADD ("has-examples", command_test_has_examples);
  COMMAND_ADD ("fields", command_test_fields);
  COMMAND_ADD ("catalogue", command_test_catalogue);
  return g_test_run ();
}
