/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "catalogue/catalogue.h"

#include <string.h>

#include "base/error.h"
#include "catalogue/account-role.h"
#include "facts/access-text.h"
#include "facts/fact-key.h"

/* The built-in catalogue: that it holds what the documents say. How a bad file is refused stands in
 * catalogue-reader-test.c. */

typedef struct
{
  PresyncCatalogue *catalogue;
  GDate overview; /* of the overview document */
  GDate newest;
} CatalogueTest;

static void
catalogue_test_set_up (CatalogueTest *self, gconstpointer data)
{
  self->catalogue = presync_catalogue_new_built_in ();
  g_assert_true (presync_edition_parse ("2023-03-01", &self->overview, NULL));
  self->newest = *presync_catalogue_get_newest (self->catalogue);
}

static void
catalogue_test_tear_down (CatalogueTest *self, gconstpointer data)
{
  g_assert_finalize_object (self->catalogue);
}

/* (transfer full): all conditions of @option that hold on @edition */
static GPtrArray *
catalogue_test_list (CatalogueTest *self, PresyncOption option, const GDate *edition)
{
  GPtrArray *all = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GPtrArray) rows = presync_catalogue_list (self->catalogue, option);

  for (guint i = 0; i < rows->len; i++)
    {
      g_autoptr (GPtrArray) conditions
          = presync_requirement_list_conditions (g_ptr_array_index (rows, i), edition);
      for (guint j = 0; j < conditions->len; j++)
        g_ptr_array_add (all, g_object_ref (g_ptr_array_index (conditions, j)));
    }
  return all;
}

/* (nullable) (transfer full): the one condition of that id on that day */
static PresyncCondition *
catalogue_test_find (CatalogueTest *self, const char *id, const GDate *edition)
{
  PresyncCondition *found = NULL;

  for (guint option = 0; option < PRESYNC_N_OPTIONS; option++)
    {
      g_autoptr (GPtrArray) all = catalogue_test_list (self, option, edition);
      for (guint i = 0; i < all->len; i++)
        if (g_str_equal (presync_condition_get_id (g_ptr_array_index (all, i)), id))
          {
            g_assert_null (found);
            found = g_object_ref (g_ptr_array_index (all, i));
          }
    }
  return found;
}

/* Every row of the overview document's tables, and under it every bullet, in its order. What stands
 * in one sentence there may be two conditions here. */
static const char *const overview_rows[PRESYNC_N_OPTIONS][32] = {
  [PRESYNC_OPTION_CLOUD_SYNC]
  = { "hardware-and-software cs-windows-server", /* Windows server 2016 or greater that is or has:
                                                  */
      "  cs-os-version", "  cs-ram",             /* 4 GB RAM or more */
      "  cs-dotnet",                             /* .NET 4.7.1 runtime or greater */
      "  cs-domain-joined",                      /* domain-joined */
      "  cs-ps-execution-policy",                /* execution policy Undefined or RemoteSigned */
      "  cs-tls12",                              /* TLS 1.2 enabled */
      "hardware-and-software cs-active-directory",
      "  cs-forest-functional-level", /* forest functional level 2003 or higher */
      "hardware-and-software cs-entra-tenant", "  cs-tenant", /* a tenant used to synchronize */
      "accounts cs-domain-administrator",                     /* Domain/Enterprise administrator */
      "  cs-admin-onprem", "accounts cs-hybrid-identity-administrator",
      "  cs-hybrid-identity-admin",
      "  cs-hybrid-identity-admin-guest", /* cannot be a guest account */
      "accounts cs-gmsa",                 /* gMSA service account */
      "  cs-gmsa-present-and-usable", NULL },
  [PRESYNC_OPTION_CONNECT_SYNC]
  = { "hardware-and-software cn-windows-server", /* Windows server 2016 or greater that is or has:
                                                  */
      "  cn-os-version",
      "  cn-ram-cpu-disk",        /* 4 GB RAM or more */
      "  cn-dotnet",              /* .NET 4.6.2 runtime or greater */
      "  cn-domain-joined",       /* domain-joined */
      "  cn-ps-execution-policy", /* execution policy RemoteSigned */
      "  cn-tls12",               /* TLS 1.2 enabled */
      "  cn-adfs",                /* federation: AD FS servers 2012 R2, certificates */
      "hardware-and-software cn-active-directory",
      "  cn-forest-functional-level", /* forest functional level 2003 or higher */
      "  cn-writable-dc",             /* a writable domain controller */
      "hardware-and-software cn-tenant",
      "  cn-tenant",                          /* a tenant used to synchronize */
      "hardware-and-software cn-sql-default", /* a SQL Server database; LocalDB by default */
      "  cn-sql-default",
      "accounts cn-enterprise-admin", /* Enterprise administrator */
      "  cn-enterprise-admin",
      "accounts cn-hybrid-identity-admin", /* Hybrid Identity administrator */
      "  cn-entra-admin",
      "  cn-entra-admin-guest",             /* cannot be a guest account */
      "  cn-entra-admin-microsoft-account", /* can't be a Microsoft account */
      "accounts cn-custom-settings",        /* Custom settings */
      "  cn-ad-connector-account",          /* AD DS Connector account */
      "  cn-adsync-service-account",        /* ADSync Service account */
      "  cn-entra-connector-account",       /* Microsoft Entra Connector account */
      NULL },
};

static char *
catalogue_test_outline (CatalogueTest *self, PresyncOption option, const GDate *edition)
{
  g_autoptr (GPtrArray) rows = presync_catalogue_list (self->catalogue, option);
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < rows->len; i++)
    {
      PresyncRequirement *row = g_ptr_array_index (rows, i);
      g_autoptr (GPtrArray) conditions = presync_requirement_list_conditions (row, edition);
      if (!presync_requirement_get_overview (row))
        continue;
      g_string_append_printf (text, "%s %s\n",
                              presync_section_id (presync_requirement_get_section (row)),
                              presync_requirement_get_id (row));
      for (guint j = 0; j < conditions->len; j++)
        g_string_append_printf (text, "  %s\n",
                                presync_condition_get_id (g_ptr_array_index (conditions, j)));
    }
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static void
catalogue_test_overview (CatalogueTest *self, gconstpointer data)
{
  const GDate *editions[] = { &self->overview, &self->newest };

  for (guint option = 0; option < PRESYNC_N_OPTIONS; option++)
    for (guint i = 0; i < G_N_ELEMENTS (editions); i++)
      {
        g_autofree char *joined = g_strjoinv ("\n", (char **) overview_rows[option]);
        g_autofree char *expected = g_strconcat (joined, "\n", NULL);
        g_autofree char *outline = catalogue_test_outline (self, option, editions[i]);
        g_assert_cmpstr (outline, ==, expected);
      }
}

/* Sections in their order, and in each the overview's rows first. */
static void
catalogue_test_order (CatalogueTest *self, gconstpointer data)
{
  for (guint option = 0; option < PRESYNC_N_OPTIONS; option++)
    {
      int last = -1;
      g_autoptr (GHashTable) sections = g_hash_table_new (NULL, NULL);
      g_autoptr (GPtrArray) rows = presync_catalogue_list (self->catalogue, option);
      for (guint i = 0; i < rows->len; i++)
        {
          PresyncRequirement *row = g_ptr_array_index (rows, i);
          PresyncSection section = presync_requirement_get_section (row);
          int rank = (int) section * 2 + (presync_requirement_get_overview (row) ? 0 : 1);
          g_assert_cmpint (rank, >=, last);
          g_assert_true (presync_requirement_get_option (row) == option);
          g_hash_table_add (sections, GINT_TO_POINTER (section));
          last = rank;
        }
      g_assert_cmpuint (rows->len, >, 15);
      g_assert_cmpuint (g_hash_table_size (sections), >=, 4);
    }
}

static void
catalogue_test_assert_text (const char *id, const char *text, glong max)
{
  if (text == NULL || text[0] == '\0' || g_utf8_strlen (text, -1) > max
      || strstr (text, "  ") != NULL || strchr (text, '\n') != NULL || g_ascii_isspace (text[0]))
    g_error ("%s: “%s”", id, text);
}

static void
catalogue_test_assert_steps (const char *id, GPtrArray *steps)
{
  gboolean sentence = FALSE;

  for (guint i = 0; i < steps->len; i++)
    {
      PresyncStep *step = g_ptr_array_index (steps, i);
      g_assert_cmpstr (step->text, !=, "");
      sentence |= !step->is_command;
      if (!step->is_command)
        catalogue_test_assert_text (id, step->text, 600);
    }
  /* A command alone tells nobody where to type it. */
  if (!sentence)
    g_error ("%s: no sentence among the steps", id);
}

/* The program's own rules rest on no page of Microsoft; each says so. */
static gboolean
catalogue_test_is_own (const char *id)
{
  static const char *const own[] = { "cs-facts-file-age", "cs-facts-file-directory",
                                     "cn-facts-file-age", "cn-facts-file-directory",
                                     "cn-sql-encryption", "cs-tenant-join",
                                     "cn-tenant-join",    NULL };

  return g_strv_contains (own, id);
}

static void
catalogue_test_assert_complete (PresyncCondition *condition)
{
  const char *id = presync_condition_get_id (condition);
  GPtrArray *references = presync_condition_get_references (condition);
  GPtrArray *keys = presync_condition_get_fact_keys (condition);

  catalogue_test_assert_text (id, presync_condition_get_title (condition), 60);
  catalogue_test_assert_text (id, presync_condition_get_needed (condition), 80);
  if (presync_condition_get_why (condition) != NULL)
    catalogue_test_assert_text (id, presync_condition_get_why (condition), 400);
  catalogue_test_assert_steps (id, presync_condition_get_fix (condition));
  catalogue_test_assert_steps (id, presync_condition_get_find_out (condition));
  g_assert_true (catalogue_test_is_own (id) == (references->len == 0));
  if (references->len == 0)
    {
      g_assert_cmpint (presync_condition_get_severity (condition), ==,
                       PRESYNC_SEVERITY_RECOMMENDED);
      g_assert_nonnull (strstr (presync_condition_get_why (condition), "a rule of this program"));
    }
  for (guint i = 0; i < references->len; i++)
    {
      GDate date;
      const PresyncReference *reference = g_ptr_array_index (references, i);
      g_assert_true (g_str_has_prefix (reference->url, "https://"));
      g_assert_true (presync_edition_parse (reference->date, &date, NULL));
      catalogue_test_assert_text (reference->id, reference->title, 120);
    }
  for (guint i = 0; i < keys->len; i++)
    g_assert_nonnull (presync_fact_key_find (g_ptr_array_index (keys, i)));
}

static void
catalogue_test_complete (CatalogueTest *self, gconstpointer data)
{
  for (guint option = 0; option < PRESYNC_N_OPTIONS; option++)
    {
      g_autoptr (GPtrArray) rows = presync_catalogue_list (self->catalogue, option);
      g_autoptr (GPtrArray) all = catalogue_test_list (self, option, NULL);
      for (guint i = 0; i < rows->len; i++)
        {
          PresyncRequirement *row = g_ptr_array_index (rows, i);
          const char *id = presync_requirement_get_id (row);
          g_assert_true (
              g_str_has_prefix (id, option == PRESYNC_OPTION_CLOUD_SYNC ? "cs-" : "cn-"));
          catalogue_test_assert_text (id, presync_requirement_get_title (row), 60);
          catalogue_test_assert_text (id, presync_requirement_get_why (row), 400);
        }
      for (guint i = 0; i < all->len; i++)
        catalogue_test_assert_complete (g_ptr_array_index (all, i));
      g_assert_cmpuint (all->len, >, 40);
    }
}

/* What has changed since the overview document: the same question with another threshold. */
static void
catalogue_test_editions (CatalogueTest *self, gconstpointer data)
{
  static const struct
  {
    const char *id;
    const char *overview;
    const char *newest;
  } changes[] = {
    { "cn-dotnet", "server.dotnet-release at-least 394802",
      "server.dotnet-release at-least 461808" },
    /* 4 GB, and 6 GB with more for a larger directory; 3 % are the firmware's */
    { "cn-ram-cpu-disk", "server.memory at-least 4166118280",
      "all (server.memory at-least 6249177417, "
      "any (forest.objects at-most 49999, server.memory at-least 16664473111), "
      "any (forest.objects at-most 99999, server.memory at-least 33328946219))" },
    { "cn-os-version",
      "all (server.os contains Server, server.os-build at-least 14393, server.os-is-server "
      "is-true)",
      "all (server.os contains Server, server.os-build at-least 14393, server.os-is-server "
      "is-true, "
      "any (server.os-build at-most 26099, server.os-build at-least 26101, "
      "server.os-ubr at-least 6901))" },
    { "cs-os-version",
      "all (server.os contains Server, server.os-build at-least 14393, server.os-is-server "
      "is-true)",
      "all (server.os contains Server, server.os-build at-least 14393, server.os-is-server "
      "is-true, "
      "any (server.os-build at-most 26099, server.os-build at-least 26101, "
      "server.os-ubr at-least 6901))" },
    /* These stay as they were. */
    { "cs-dotnet", "server.dotnet-release at-least 461308",
      "server.dotnet-release at-least 461308" },
    { "cs-ram", "server.memory at-least 4166118280", "server.memory at-least 4166118280" },
    { "cs-forest-functional-level", "forest.functional-level at-least 2",
      "forest.functional-level at-least 2" },
    { "cs-ps-execution-policy",
      "all (server.execution-policy one-of Undefined|RemoteSigned, "
      "server.execution-policy-documented is-true)",
      "all (server.execution-policy one-of Undefined|RemoteSigned, "
      "server.execution-policy-documented is-true)" },
    { "cn-local-admin",
      "any (server.local-administrator-sids shares connect-admin.sids, "
      "all (server.local-administrators is-known, "
      "server.local-administrator-sids shares connect-admin.sids))",
      "any (server.local-administrator-sids shares connect-admin.sids, "
      "all (server.local-administrators is-known, "
      "server.local-administrator-sids shares connect-admin.sids))" },
    { "cn-facts-file-directory",
      "all (server.name agrees, server.domain agrees, server.os-build agrees, "
      "server.domain-controller agrees)",
      "all (server.name agrees, server.domain agrees, server.os-build agrees, "
      "server.domain-controller agrees)" },
    /* Newer than the overview document. */
    { "cs-schema-extdirobjid", NULL, "schema.external-directory-object-id is-true" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (changes); i++)
    {
      g_autoptr (PresyncCondition) old = catalogue_test_find (self, changes[i].id, &self->overview);
      g_autoptr (PresyncCondition) new = catalogue_test_find (self, changes[i].id, &self->newest);
      g_autofree char *text = NULL;
      g_autofree char *newer = NULL;
      g_assert_nonnull (new);
      g_assert_true ((old == NULL) == (changes[i].overview == NULL));
      text = old != NULL ? presync_test_dup_text (presync_condition_get_test (old)) : NULL;
      newer = presync_test_dup_text (presync_condition_get_test (new));
      g_assert_cmpstr (text, ==, changes[i].overview);
      g_assert_cmpstr (newer, ==, changes[i].newest);
    }
}

/* "from" is the first day, "until" the first that is not. */
static void
catalogue_test_edition_boundary (CatalogueTest *self, gconstpointer data)
{
  GDate day;
  g_autoptr (PresyncCondition) before = NULL;
  g_autoptr (PresyncCondition) on = NULL;

  g_assert_true (presync_edition_parse ("2026-01-15", &day, NULL));
  before = catalogue_test_find (self, "cn-dotnet", &day);
  g_assert_cmpstr (presync_condition_get_needed (before), ==, "4.6.2 or later");
  g_assert_true (presync_edition_parse ("2026-01-16", &day, NULL));
  on = catalogue_test_find (self, "cn-dotnet", &day);
  g_assert_cmpstr (presync_condition_get_needed (on), ==, "4.7.2 or later");
  g_assert_cmpint (g_date_compare (presync_condition_get_from (on), &day), ==, 0);
  g_assert_cmpint (g_date_compare (presync_condition_get_until (before), &day), ==, 0);
  g_assert_null (presync_condition_get_from (before));
}

/* Where the pages disagree the stricter figure decides, and both are there to be shown. */
static void
catalogue_test_figures (CatalogueTest *self, gconstpointer data)
{
  g_autoptr (PresyncCondition) memory
      = catalogue_test_find (self, "cn-ram-cpu-disk", &self->newest);
  GPtrArray *figures = presync_condition_get_figures (memory);
  PresyncFigure *first = g_ptr_array_index (figures, 0);
  PresyncFigure *second = g_ptr_array_index (figures, 1);

  g_assert_cmpuint (figures->len, ==, 2);
  g_assert_cmpstr (first->value, ==, "4 GB");
  g_assert_cmpstr (first->reference->id, ==, "SEED");
  g_assert_cmpstr (first->reference->date, ==, "2023-03-01");
  g_assert_cmpstr (second->reference->id, ==, "CN-PRE");
  g_assert_cmpstr (second->reference->date, ==, "2026-01-16");
}

/* Who a condition is about: what the accounts page groups by */
static void
catalogue_test_accounts (CatalogueTest *self, gconstpointer data)
{
  static const struct
  {
    const char *condition;
    const char *account;
  } cases[] = {
    { "cs-admin-onprem", "installer" },
    { "cs-hybrid-identity-admin", "hybrid-admin" },
    { "cs-gmsa-present-and-usable", "gmsa" },
    { "cs-gmsa-permissions", "gmsa" },
    { "cs-kds-root-key", "gmsa" },
    { "cs-kds-root-key-age", "gmsa" },
    { "cs-schema-2012", "gmsa" },
    { "cs-dc-2012", "gmsa" },
    { "cs-provision-to-ad-rights", "gmsa" },
    { "cs-schema-extdirobjid", NULL },
    { "cs-tenant", NULL },
    { "cn-enterprise-admin", "installer" },
    { "cn-local-admin", "installer" },
    { "cn-entra-admin", "hybrid-admin" },
    { "cn-ad-connector-account", "connector" },
    { "cn-connector-rights-basic", "connector" },
    { "cn-adsync-service-account", "service" },
    { "cn-adsync-account-usable", "service" },
    { "cn-entra-connector-account", "entra-connector" },
    { "cn-adfs-accounts", "adfs" },
    { "cn-seamless-sso-key", "sso" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (PresyncCondition) condition
          = catalogue_test_find (self, cases[i].condition, &self->newest);
      g_assert_nonnull (condition);
      g_assert_cmpstr (presync_condition_get_account (condition), ==, cases[i].account);
    }
}

/* (transfer container): keys of all facts that conditions about that account test */
static GHashTable *
catalogue_test_keys_of (CatalogueTest *self, const PresyncAccountRole *role)
{
  GHashTable *keys = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GPtrArray) all = catalogue_test_list (self, role->option, NULL);

  for (guint i = 0; i < all->len; i++)
    {
      PresyncCondition *condition = g_ptr_array_index (all, i);
      GPtrArray *of_condition = presync_condition_get_fact_keys (condition);
      if (g_strcmp0 (presync_condition_get_account (condition), role->id) != 0)
        continue;
      g_hash_table_add (keys, (gpointer) "");
      for (guint j = 0; j < of_condition->len; j++)
        g_hash_table_add (keys, g_ptr_array_index (of_condition, j));
    }
  return keys;
}

/* Every account has conditions, every account of a condition is one, and no right is read in vain:
 * what is missing and where it does not arrive both decide. */
static void
catalogue_test_roles (CatalogueTest *self, gconstpointer data)
{
  guint n = 0;
  const PresyncAccountRole *roles = presync_account_roles (&n);

  g_assert_cmpuint (n, ==, 10);
  for (guint i = 0; i < n; i++)
    {
      gsize n_rights = 0;
      const PresyncAccessRight *rights = NULL;
      g_autoptr (GHashTable) keys = catalogue_test_keys_of (self, &roles[i]);
      g_assert_true (presync_account_role_find (roles[i].option, roles[i].id) == &roles[i]);
      g_assert_true (i == 0 || roles[i].option >= roles[i - 1].option);
      catalogue_test_assert_text (roles[i].id, roles[i].title, 60);
      catalogue_test_assert_text (roles[i].id, roles[i].meaning, 120);
      g_assert_true (g_hash_table_contains (keys, ""));
      if (roles[i].rights != NULL)
        rights = presync_access_rights (roles[i].rights, &n_rights);
      for (gsize j = 0; j < n_rights; j++)
        {
          /* They stand on the domain's head alone. */
          gboolean head = g_str_has_prefix (rights[j].id, "replicate");
          if (!g_hash_table_contains (keys, rights[j].fact)
              || (!head && !g_hash_table_contains (keys, rights[j].gaps)))
            g_error ("no condition asks for %s", rights[j].fact);
        }
    }
  g_assert_null (presync_account_role_find (PRESYNC_OPTION_CLOUD_SYNC, "connector"));
  g_assert_null (presync_account_role_find (PRESYNC_OPTION_CONNECT_SYNC, "gmsa"));
}

static void
catalogue_test_accounts_complete (CatalogueTest *self, gconstpointer data)
{
  for (guint option = 0; option < PRESYNC_N_OPTIONS; option++)
    {
      g_autoptr (GPtrArray) rows = presync_catalogue_list (self->catalogue, option);
      for (guint i = 0; i < rows->len; i++)
        {
          PresyncRequirement *row = g_ptr_array_index (rows, i);
          g_autoptr (GPtrArray) conditions = presync_requirement_list_conditions (row, NULL);
          for (guint j = 0; j < conditions->len; j++)
            {
              const char *account
                  = presync_condition_get_account (g_ptr_array_index (conditions, j));
              if (presync_requirement_get_section (row) == PRESYNC_SECTION_ACCOUNTS
                  && account == NULL)
                g_error ("%s is about no account", presync_requirement_get_id (row));
              if (account != NULL)
                g_assert_nonnull (presync_account_role_find (option, account));
            }
        }
    }
}

static void
catalogue_test_newest (CatalogueTest *self, gconstpointer data)
{
  char text[16];

  g_date_strftime (text, sizeof text, "%Y-%m-%d", &self->newest);
  g_assert_cmpstr (text, ==, "2026-10-06");
}

static void
catalogue_test_edition_parse (void)
{
  static const char *const bad[]
      = { "",           "2026",       "2026-13-01", "2026-02-30",  "2026-00-10", "2026-1-006",
          "202-10-006", "26-10-06",   "2026/10/06", "2026-10-06 ", "+026-10-06", "2026-10-6",
          "06-10-2026", "2026-10-0x", "-026-10-06", "2025-02-29" };
  GDate day;

  g_assert_true (presync_edition_parse ("2024-02-29", &day, NULL));
  g_assert_cmpuint (g_date_get_day (&day), ==, 29);
  g_assert_cmpuint (g_date_get_month (&day), ==, 2);
  for (gsize i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autoptr (GError) error = NULL;
      if (presync_edition_parse (bad[i], &day, &error))
        g_error ("“%s” was taken for a date", bad[i]);
      g_assert_error (error, PRESYNC_ERROR, PRESYNC_ERROR_BAD_INPUT);
      /* What was there is left alone. */
      g_assert_cmpuint (g_date_get_year (&day), ==, 2024);
    }
}

static void
catalogue_test_names (void)
{
  PresyncOption option;
  PresyncSection section;

  for (guint i = 0; i < PRESYNC_N_OPTIONS; i++)
    g_assert_true (presync_option_from_id (presync_option_id (i), &option) && option == i);
  for (guint i = 0; i < PRESYNC_N_SECTIONS; i++)
    g_assert_true (presync_section_from_id (presync_section_id (i), &section) && section == i);
  g_assert_false (presync_option_from_id ("Cloud sync", &option));
  g_assert_false (presync_section_from_id ("", &section));
}

#define CATALOGUE_ADD(name, func)                                                                  \
  g_test_add ("/catalogue/" name, CatalogueTest, NULL, catalogue_test_set_up, func,                \
              catalogue_test_tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  CATALOGUE_ADD ("overview", catalogue_test_overview);
  CATALOGUE_ADD ("order", catalogue_test_order);
  CATALOGUE_ADD ("complete", catalogue_test_complete);
  CATALOGUE_ADD ("editions", catalogue_test_editions);
  CATALOGUE_ADD ("edition-boundary", catalogue_test_edition_boundary);
  CATALOGUE_ADD ("figures", catalogue_test_figures);
  CATALOGUE_ADD ("accounts", catalogue_test_accounts);
  CATALOGUE_ADD ("accounts-complete", catalogue_test_accounts_complete);
  CATALOGUE_ADD ("roles", catalogue_test_roles);
  CATALOGUE_ADD ("newest", catalogue_test_newest);
  g_test_add_func ("/catalogue/edition-parse", catalogue_test_edition_parse);
  g_test_add_func ("/catalogue/names", catalogue_test_names);
  return g_test_run ();
}
