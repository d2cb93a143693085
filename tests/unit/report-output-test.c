/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "report-kit.h"

#include <json-glib/json-glib.h>
#include <glib/gstdio.h>

#include "base/error.h"

/* CSV, JSON and plain text */

/* One record of a CSV file; NULL at its end */
static GPtrArray *
report_test_read_record (const char **csv)
{
  g_autoptr (GPtrArray) cells = g_ptr_array_new_with_free_func (g_free);
  const char *p = *csv;

  if (*p == '\0')
    return NULL;
  while (TRUE)
    {
      g_autoptr (GString) cell = g_string_new (NULL);

      g_assert_cmpint (*p, ==, '"');
      for (p++; *p != '"' || p[1] == '"'; p++)
        {
          g_assert_cmpint (*p, !=, '\0');
          p += *p == '"' ? 1 : 0;
          g_string_append_c (cell, *p);
        }
      g_ptr_array_add (cells, g_string_free (g_steal_pointer (&cell), FALSE));
      if (*++p != ',')
        break;
      p++;
    }
  g_assert_true (g_str_has_prefix (p, "\r\n"));
  *csv = p + 2;
  return g_steal_pointer (&cells);
}

static void
report_test_csv (ReportTest *self, gconstpointer data)
{
  static const char *const formulas[] = { "=1+1", "+1", "-1", "@SUM(1)", "\t=1", "\r=1" };
  guint rows = 0;
  guint kept = 0;

  for (gsize i = 0; i < G_N_ELEMENTS (formulas); i++)
    {
      g_autofree char *csv = NULL;
      const char *p;

      report_test_answer (self, "cs-ram", formulas[i], "say \"no\",\nplease");
      csv = presync_report_dup_csv (self->assessment, NULL);
      g_assert_true (g_str_has_prefix (csv, "\357\273\277"));
      p = csv + 3;
      while (TRUE)
        {
          g_autoptr (GPtrArray) record = report_test_read_record (&p);

          if (record == NULL)
            break;
          rows++;
          g_assert_cmpuint (record->len, ==, 22);
          for (guint j = 0; j < record->len; j++)
            {
              const char *cell = g_ptr_array_index (record, j);

              g_assert_true (*cell == '\0' || strchr ("=+-@\t\r", *cell) == NULL);
              kept += g_str_equal (cell, "say \"no\",\nplease") ? 1 : 0;
            }
        }
    }
  g_assert_cmpuint (rows, >, 60);
  g_assert_cmpuint (kept, ==, G_N_ELEMENTS (formulas));
}

/* That an object has these members in this order and no other */
static JsonObject *
report_test_assert_members (JsonNode *node, const char *members)
{
  JsonObject *object;
  GList *list;
  g_autoptr (GString) joined = g_string_new (NULL);

  g_assert_true (JSON_NODE_HOLDS_OBJECT (node));
  object = json_node_get_object (node);
  list = json_object_get_members (object);
  for (GList *l = list; l != NULL; l = l->next)
    g_string_append_printf (joined, "%s%s", joined->len > 0 ? " " : "", (char *) l->data);
  g_list_free (list);
  g_assert_cmpstr (joined->str, ==, members);
  return object;
}

static void
report_test_assert_condition (JsonNode *node, guint *origins)
{
  JsonObject *condition
      = report_test_assert_members (node, "id status severity found needed reason answered origin");
  JsonNode *origin = json_object_get_member (condition, "origin");

  g_assert_false (json_object_get_null_member (condition, "needed"));
  g_assert_cmpstr (json_object_get_string_member_with_default (condition, "found", "none"), !=, "");
  if (JSON_NODE_HOLDS_NULL (origin))
    return;
  report_test_assert_members (origin, "source target query at complete");
  (*origins)++;
}

static void
report_test_assert_option (JsonNode *node, guint *origins)
{
  JsonObject *option = report_test_assert_members (node, "id verdict counts requirements");
  JsonArray *requirements = json_object_get_array_member (option, "requirements");
  JsonObject *counts = report_test_assert_members (
      json_object_get_member (option, "counts"),
      "met not-met advice needs-answer unknown not-applicable waived");
  GList *values = json_object_get_values (counts);
  gint64 sum = 0;

  for (GList *l = values; l != NULL; l = l->next)
    sum += json_node_get_int (l->data);
  g_list_free (values);
  /* which is no status, and of conditions */
  sum -= json_object_get_int_member (counts, "waived");
  g_assert_cmpint (sum, ==, json_array_get_length (requirements));
  for (guint i = 0; i < json_array_get_length (requirements); i++)
    {
      JsonObject *requirement = report_test_assert_members (
          json_array_get_element (requirements, i), "id section status conditions");
      JsonArray *conditions = json_object_get_array_member (requirement, "conditions");

      g_assert_cmpuint (json_array_get_length (conditions), >, 0);
      for (guint j = 0; j < json_array_get_length (conditions); j++)
        report_test_assert_condition (json_array_get_element (conditions, j), origins);
    }
}

static void
report_test_json (ReportTest *self, gconstpointer data)
{
  const PresyncOption only = PRESYNC_OPTION_CONNECT_SYNC;
  g_autofree char *both = presync_report_dup_json (self->assessment, NULL);
  g_autofree char *one = presync_report_dup_json (self->assessment, &only);
  g_autoptr (JsonNode) root = json_from_string (both, NULL);
  g_autoptr (JsonNode) one_root = json_from_string (one, NULL);
  JsonObject *object = report_test_assert_members (
      root, "schema edition accounts options server sql tenant network sizing");
  JsonArray *options = json_object_get_array_member (object, "options");
  guint origins = 0;

  g_assert_cmpint (json_object_get_int_member (object, "schema"), ==, 1);
  g_assert_cmpuint (json_array_get_length (options), ==, 2);
  for (guint i = 0; i < 2; i++)
    report_test_assert_option (json_array_get_element (options, i), &origins);
  report_test_assert_members (json_object_get_member (object, "tenant"), "target facts");
  report_test_assert_members (json_object_get_member (object, "network"), "target facts rows");
  g_assert_cmpuint (origins, >, 0);
  options = json_object_get_array_member (json_node_get_object (one_root), "options");
  g_assert_cmpuint (json_array_get_length (options), ==, 1);
  g_assert_cmpstr (json_object_get_string_member (json_array_get_object_element (options, 0), "id"),
                   ==, "connect-sync");
}

static void
report_test_catalogue_json (ReportTest *self, gconstpointer data)
{
  g_autofree char *text = presync_report_dup_catalogue_json (self->assessment);
  g_autoptr (JsonNode) root = json_from_string (text, NULL);
  JsonObject *object = report_test_assert_members (root, "schema edition options");
  JsonArray *options = json_object_get_array_member (object, "options");

  for (guint i = 0; i < json_array_get_length (options); i++)
    {
      JsonObject *option = report_test_assert_members (json_array_get_element (options, i),
                                                       "id title requirements");
      JsonArray *requirements = json_object_get_array_member (option, "requirements");

      for (guint j = 0; j < json_array_get_length (requirements); j++)
        {
          JsonObject *requirement = report_test_assert_members (
              json_array_get_element (requirements, j), "id section overview title why conditions");
          JsonArray *conditions = json_object_get_array_member (requirement, "conditions");

          g_assert_cmpuint (json_array_get_length (conditions), >, 0);
          report_test_assert_members (json_array_get_element (conditions, 0),
                                      "id title severity feature needed test from until fix "
                                      "find_out figures sources");
        }
    }
}

static void
report_test_terminal (ReportTest *self, gconstpointer data)
{
  g_autofree char *text = NULL;
  g_autofree char *catalogue = NULL;
  g_auto (GStrv) lines = NULL;

  report_test_make_hostile (self);
  text = presync_report_dup_text (self->assessment, NULL, 60);
  catalogue = presync_report_dup_catalogue_text (self->assessment, 60);
  g_assert_true (g_utf8_validate (text, -1, NULL));
  g_assert_nonnull (strstr (catalogue, "Cloud Sync"));
  lines = g_strsplit (text, "\n", -1);
  for (gsize i = 0; lines[i] != NULL; i++)
    {
      g_assert_cmpint (g_utf8_strlen (lines[i], -1), <=, 60);
      for (const char *p = lines[i]; *p != '\0'; p = g_utf8_next_char (p))
        g_assert_false (g_unichar_iscntrl (g_utf8_get_char (p)));
    }
}

/* The accounts that were named stand at the end, with their statuses; of others nothing is said */
static void
report_test_terminal_accounts (ReportTest *self, gconstpointer data)
{
  const PresyncOption cloud = PRESYNC_OPTION_CLOUD_SYNC;
  g_autofree char *none = presync_report_dup_text (self->assessment, NULL, 100);
  g_autofree char *other = NULL;
  g_autofree char *text = NULL;
  const char *block;

  g_assert_null (strstr (none, "\nAccounts\n═"));
  report_test_give_accounts (self, "CONTOSO\\eadmin", "CONTOSO\\svc-adconnect");
  report_test_give_rights (self, "CONTOSO\\Temps", "OU=Staff");
  text = presync_report_dup_text (self->assessment, NULL, 100);
  other = presync_report_dup_text (self->assessment, &cloud, 100);
  g_assert_null (strstr (other, "\nAccounts\n═"));
  block = strstr (text, "\nAccounts\n════════\n\nConnect Sync\n");
  g_assert_nonnull (block);
  g_assert_nonnull (
      strstr (block, " CONTOSO\\eadmin · Enterprise Admins, through Tier 0 Admins\n"));
  block = strstr (block, "  Not met");
  g_assert_nonnull (block);
  g_assert_nonnull (strstr (block, " AD DS Connector account\n"));
  g_assert_nonnull (strstr (block, " CONTOSO\\svc-adconnect\n"));
  g_assert_null (strstr (block, "ADSync service account"));
}

/* An assessment is known by what it is, not by its name; what only looks alike is replaced. */
static void
report_test_no_assessment (ReportTest *self, gconstpointer data)
{
  static const struct
  {
    const char *name;
    const char *head;
    const char *id;
    gboolean saved;
  } files[] = {
    { "a.presync", "SQLite format 3", "PSYN", FALSE },
    { "a.pdf", "SQLite format 3", "PSYN", FALSE },
    { "b.presync", "SQLite format 3", "GPKG", TRUE },
    { "b.pdf", "SQLite format 4", "PSYN", TRUE },
    { "none.presync", NULL, NULL, TRUE },
  };
  g_autofree char *folder = g_dir_make_tmp ("presync-report-XXXXXX", NULL);
  g_autoptr (GBytes) bytes = g_bytes_new_static ("%PDF-", 5);

  for (gsize i = 0; i < G_N_ELEMENTS (files); i++)
    {
      g_autofree char *path = g_build_filename (folder, files[i].name, NULL);
      g_autofree char *found = NULL;
      g_autoptr (GError) error = NULL;
      char content[100] = { 0 };

      if (files[i].head != NULL)
        {
          memcpy (content, files[i].head, strlen (files[i].head));
          memcpy (content + 68, files[i].id, 4);
          g_assert_true (g_file_set_contents (path, content, sizeof content, NULL));
        }
      g_assert_cmpint (presync_report_save (bytes, path, &error), ==, files[i].saved);
      if (!files[i].saved)
        {
          g_assert_error (error, PRESYNC_ERROR, PRESYNC_ERROR_CANNOT_WRITE);
          g_assert_nonnull (strstr (error->message, files[i].name));
        }
      g_assert_true (g_file_get_contents (path, &found, NULL, NULL));
      g_assert_cmpstr (found, ==, files[i].saved ? "%PDF-" : files[i].head);
      g_remove (path);
    }
  g_rmdir (folder);
}

int
main (int argc, char **argv)
{
  static const struct
  {
    const char *path;
    void (*run) (ReportTest *, gconstpointer);
  } tests[] = {
    { "/report-output/csv", report_test_csv },
    { "/report-output/json", report_test_json },
    { "/report-output/save", report_test_no_assessment },
    { "/report-output/catalogue-json", report_test_catalogue_json },
    { "/report-output/terminal", report_test_terminal },
    { "/report-output/terminal-accounts", report_test_terminal_accounts },
  };

  g_test_init (&argc, &argv, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (tests); i++)
    g_test_add (tests[i].path, ReportTest, NULL, report_test_set_up, tests[i].run,
                report_test_tear_down);
  return g_test_run ();
}
