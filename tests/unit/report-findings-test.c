/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "report-kit.h"

#include <json-glib/json-glib.h>

#include "assessment/sample.h"
#include "assessment/sizing.h"
#include "report/content.h"
#include "report/fact-groups.h"
#include "sources/directory/directory-source.h"

/* The sync server, the SQL Server and sizing, in all forms of a report */

/* Every key of these sources is told somewhere, and once. */
static void
findings_test_groups (void)
{
  /* told in the head of the section, and by name in the list beside it */
  static const char *const elsewhere[] = { "server.collected", "server.local-administrator-sids",
                                           "tenant.domain-tenant", "tenant.domain-realm", NULL };
  static const char *const subjects[] = { "server", "sql", "tenant", "network" };
  g_autoptr (GHashTable) told = g_hash_table_new (g_str_hash, g_str_equal);
  gsize n = 0;
  const PresyncFactPair *pairs = presync_fact_pairs (&n);
  const PresyncFactKey *keys;

  for (gsize i = 0; i < n; i++)
    {
      for (guint j = 0; j < PRESYNC_N_FACT_PARTS && pairs[i].effective[j].key != NULL; j++)
        g_assert_true (g_hash_table_add (told, (gpointer) pairs[i].effective[j].key));
      g_assert_true (g_hash_table_add (told, (gpointer) pairs[i].documented));
      g_assert_true (g_hash_table_add (told, (gpointer) pairs[i].values));
    }
  for (gsize i = 0; i < G_N_ELEMENTS (subjects); i++)
    {
      const PresyncFactGroup *groups = presync_fact_groups (subjects[i], &n);

      for (gsize j = 0; j < n; j++)
        for (guint k = 0; groups[j].keys[k] != NULL; k++)
          {
            g_assert_nonnull (presync_fact_key_find (groups[j].keys[k]));
            g_assert_true (g_str_has_prefix (groups[j].keys[k], subjects[i]));
            g_assert_true (g_hash_table_add (told, (gpointer) groups[j].keys[k]));
          }
    }
  keys = presync_fact_keys (&n);
  for (gsize i = 0; i < n; i++)
    {
      gboolean ours = g_str_has_prefix (keys[i].id, "server.")
                      || g_str_has_prefix (keys[i].id, "sql.")
                      || g_str_has_prefix (keys[i].id, "tenant.")
                      || g_str_has_prefix (keys[i].id, "network.");

      if (ours
          != (g_hash_table_contains (told, keys[i].id) || g_strv_contains (elsewhere, keys[i].id)))
        g_error ("%s is not told once", keys[i].id);
    }
}

/* (transfer full): all text of the document's blocks from heading @from on to heading @to */
static char *
findings_test_dup_part (ReportTest *self, const char *from, const char *to)
{
  g_autoptr (PresyncReportOptions) options = presync_report_options_new ();
  g_autoptr (PresyncDocument) document = presync_content_new (self->assessment, options, self->at);
  GString *text = g_string_new (NULL);
  gboolean inside = FALSE;

  for (guint i = 0; i < document->blocks->len; i++)
    {
      const PresyncBlock *block = g_ptr_array_index (document->blocks, i);

      if (block->kind == PRESYNC_BLOCK_HEADING && block->level == 1)
        inside = g_strcmp0 (block->anchor, from) == 0
                 || (inside && g_strcmp0 (block->anchor, to) != 0);
      if (!inside)
        continue;
      if (block->scale != NULL)
        g_string_append_printf (text, "|scale %s|", block->scale->label);
      for (guint j = 0; block->prose != NULL && j < block->prose->len; j++)
        g_string_append (text, ((PresyncSpan *) g_ptr_array_index (block->prose, j))->text);
      for (guint j = 0; block->kind == PRESYNC_BLOCK_TABLE && j < block->children->len; j++)
        {
          const PresyncRow *row = g_ptr_array_index (block->children, j);

          g_string_append (text, row->marked ? "\n*" : "\n");
          for (guint k = 0; k < row->cells->len; k++)
            {
              const PresyncCell *cell = g_ptr_array_index (row->cells, k);

              g_string_append (text, cell->status >= 0 ? "|?" : "|");
              for (guint l = 0; l < cell->prose->len; l++)
                g_string_append (text, ((PresyncSpan *) g_ptr_array_index (cell->prose, l))->text);
            }
          for (guint k = 0; row->note != NULL && k < row->note->len; k++)
            g_string_append (text, ((PresyncSpan *) g_ptr_array_index (row->note, k))->text);
        }
      g_string_append_c (text, '\n');
    }
  g_assert_cmpuint (text->len, >, 0);
  return g_string_free (text, FALSE);
}

static void
findings_test_has (const char *text, const char *wanted)
{
  if (strstr (text, wanted) == NULL)
    g_error ("“%s” is not in: %s", wanted, text);
}

static void
findings_test_server (ReportTest *self, gconstpointer data)
{
  static const char *const wanted[] = {
    "Sync server|sync01.contoso.com",
    "Clients: yes\nServers: yes\nStrong cryptography in .NET: yes|yes|",
    "|System||",
    "Memory|16 GB|[",
    "Local administrators|In force text\nanother member|[",
    "|Software||",
  };
  g_autofree char *none = findings_test_dup_part (self, "sync-server", "origins");
  g_autofree char *all = NULL;

  findings_test_has (none, "Facts file|none: run the collector");
  g_assert_null (strstr (none, "Memory|"));
  report_test_give_findings (self, "server", "SYNC01", "In force text");
  all = findings_test_dup_part (self, "sync-server", "origins");
  for (gsize i = 0; i < G_N_ELEMENTS (wanted); i++)
    findings_test_has (all, wanted[i]);
  /* the policy: in effect, as documented, and the scopes below */
  findings_test_has (all, "PowerShell execution policy|In force text|yes|[");
}

/* What the directory tells otherwise stands beside what the server tells; the same in another case
 * is no other. */
static void
findings_test_disagreement (ReportTest *self, gconstpointer data)
{
  g_autoptr (GPtrArray) facts = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (PresyncOrigin) origin = report_test_origin (self, "computer object");
  g_autofree char *all = NULL;
  g_autofree char *text = NULL;

  report_test_give_findings (self, "server", "SYNC01", "sync01.contoso.com");
  g_ptr_array_add (facts,
                   presync_fact_new_text ("server.name", "SYNC01", "SYNC01.CONTOSO.COM", origin));
  g_ptr_array_add (facts,
                   presync_fact_new_text ("server.domain", "SYNC01", "fabrikam.com", origin));
  presync_fact_set_update (presync_assessment_get_facts (self->assessment), facts);
  all = findings_test_dup_part (self, "sync-server", "origins");
  findings_test_has (all, "Domain of the server|sync01.contoso.com\nDirectory says: fabrikam.com|");
  findings_test_has (all, "Name of the server|sync01.contoso.com|");
  text = presync_report_dup_text (self->assessment, NULL, 100);
  findings_test_has (text, "Directory says: fabrikam.com");
  g_assert_null (strstr (text, "Directory says: SYNC01"));
}

static void
findings_test_sql (ReportTest *self, gconstpointer data)
{
  g_autofree char *local = NULL;
  g_autofree char *unread = NULL;
  g_autofree char *all = NULL;

  report_test_give_objects (self, 120000, TRUE);
  local = findings_test_dup_part (self, "sql-server", "sizing");
  findings_test_has (local, "planned in the LocalDB");
  findings_test_has (local, "|?Not met|");
  g_assert_null (strstr (local, "SQL Server|sql01"));
  presync_assessment_set_feature (self->assessment, "own-sql", TRUE);
  unread = findings_test_dup_part (self, "sql-server", "sizing");
  findings_test_has (unread, "No SQL Server was named; none was read.");
  g_assert_null (strstr (unread, "planned in the LocalDB"));
  report_test_give_findings (self, "sql", "sql01.contoso.com\\SYNC", "Latin1_General_CI_AS");
  all = findings_test_dup_part (self, "sql-server", "sizing");
  findings_test_has (all, "SQL Server|sql01.contoso.com\\SYNC");
  findings_test_has (all, "Read at|2026-11-22 10:15 UTC");
  findings_test_has (all, "Collation|Latin1_General_CI_AS|[");
  findings_test_has (all, "What is asked of the database");
  findings_test_has (all, "|?Met|Collation");
  presync_assessment_set_feature (self->assessment, "own-sql", FALSE);
  g_free (all);
  all = findings_test_dup_part (self, "sql-server", "sizing");
  g_assert_null (strstr (all, "Latin1_General_CI_AS"));
}

/* The document has a section that begins with heading @anchor */
static gboolean
findings_test_has_section (ReportTest *self, const char *anchor)
{
  g_autoptr (PresyncReportOptions) options = presync_report_options_new ();
  g_autoptr (PresyncDocument) document = presync_content_new (self->assessment, options, self->at);

  for (guint i = 0; i < document->blocks->len; i++)
    {
      const PresyncBlock *block = g_ptr_array_index (document->blocks, i);

      if (block->kind == PRESYNC_BLOCK_HEADING && g_strcmp0 (block->anchor, anchor) == 0)
        return TRUE;
    }
  return FALSE;
}

/* Both sections are there only if something of them was read. */
static void
findings_test_tenant_and_network (ReportTest *self, gconstpointer data)
{
  g_autofree char *none = presync_report_dup_text (self->assessment, NULL, 100);
  g_autofree char *text = NULL;
  g_autofree char *tenant = NULL;
  g_autofree char *network = NULL;

  g_assert_false (findings_test_has_section (self, "tenant"));
  g_assert_false (findings_test_has_section (self, "network"));
  g_assert_null (strstr (none, "\nMicrosoft Entra tenant\n═"));
  g_assert_null (strstr (none, "\nNetwork\n═"));
  report_test_give_findings (self, "tenant", "contoso.com", "4f1b2c8e");
  g_assert_true (findings_test_has_section (self, "tenant"));
  g_assert_false (findings_test_has_section (self, "network"));
  tenant = findings_test_dup_part (self, "tenant", "sizing");
  findings_test_has (tenant, "contoso.com|?This tenant|4f1b2c8e|[");
  findings_test_has (tenant, "|Administrator||");
  findings_test_has (tenant, "Tenant ID|4f1b2c8e|[");
  /* the facts file of the sync server tells of the network, too */
  report_test_give_findings (self, "server", "SYNC01", "text");
  network = findings_test_dup_part (self, "network", "sync-server");
  findings_test_has (network, "Seen from|the sync server");
  findings_test_has (network, "DNS port 53 answers|yes|[");
  g_assert_null (strstr (network, "What was tried"));
  text = presync_report_dup_text (self->assessment, NULL, 100);
  findings_test_has (text, "\nMicrosoft Entra tenant\n══════════════════════\n");
  findings_test_has (text, "  contoso.com: This tenant\n");
  findings_test_has (text, "\nNetwork\n═══════\n    Seen from: the sync server\n\nInternet\n");
}

/* One reason for many facts is told once. */
static void
findings_test_one_reason (ReportTest *self, gconstpointer data)
{
  const char *reason = "sql01 did not answer.";
  static const char *const keys[]
      = { "sql.version", "sql.edition", "sql.collation", "sql.transport" };
  g_autoptr (GPtrArray) facts = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (PresyncOrigin) origin = presync_origin_new ("sql", "sql01", "", self->at, TRUE);
  g_autofree char *text = NULL;
  g_autofree char *part = NULL;
  const char *start;

  presync_assessment_set_feature (self->assessment, "own-sql", TRUE);
  for (gsize i = 0; i < G_N_ELEMENTS (keys); i++)
    g_ptr_array_add (facts, presync_fact_new_unknown (keys[i], "sql01", PRESYNC_UNKNOWN_UNREACHABLE,
                                                      reason, origin));
  presync_fact_set_update (presync_assessment_get_facts (self->assessment), facts);
  text = presync_report_dup_text (self->assessment, NULL, 200);
  start = strstr (text, "\nSQL Server\n═");
  g_assert_nonnull (start);
  findings_test_has (start, "Not read: sql01 did not answer.");
  findings_test_has (start, "SQL Server build, SQL Server edition, Network transport, Collation");
  g_assert_null (strstr (strstr (start, reason) + strlen (reason), reason));
  part = findings_test_dup_part (self, "sql-server", "sizing");
  findings_test_has (part, "Not read|?sql01 did not answer.\nSQL Server build, ");
}

static void
findings_test_sizing (ReportTest *self, gconstpointer data)
{
  static const struct
  {
    gint64 objects;
    gboolean complete;
    const char *label;
    const char *row;
  } cases[] = {
    { 9999, TRUE, "|scale 9999 objects|", "*|fewer than 10000|6 GB|70 GB|LocalDB is enough" },
    { 10000, TRUE, "|scale 10000 objects|", "*|10000 to below 50000|6 GB|" },
    { 99999, FALSE, "|scale at least 99999 objects|", "*|50000 to below 100000|16 GB|" },
    { 100000, TRUE, "|scale 100000 objects|",
      "*|100000 to below 300000|32 GB|300 GB|a SQL Server of your own" },
    { 600000, TRUE, "|scale 600000 objects|", "*|300000 to 600000|32 GB|450 GB|" },
    { 600001, TRUE, "|scale 600001 objects|", "*|more than 600000|32 GB|500 GB|" },
    { 9000000, TRUE, "|scale 9000000 objects|", "*|more than 600000|32 GB|500 GB|" },
  };
  g_autofree char *none = findings_test_dup_part (self, "sizing", "sync-server");

  findings_test_has (none, "|scale (null)|");
  g_assert_null (strstr (none, "\n*|"));
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *text = NULL;

      report_test_give_objects (self, cases[i].objects, cases[i].complete);
      text = findings_test_dup_part (self, "sizing", "sync-server");
      findings_test_has (text, cases[i].label);
      findings_test_has (text, cases[i].row);
    }
}

static JsonObject *
findings_test_find_fact (JsonObject *parent, const char *key, const char *source)
{
  JsonArray *facts = json_object_get_array_member (parent, "facts");

  for (guint i = 0; i < json_array_get_length (facts); i++)
    {
      JsonObject *fact = json_array_get_object_element (facts, i);
      JsonObject *origin = json_object_get_object_member (fact, "origin");

      if (g_str_equal (json_object_get_string_member (fact, "key"), key)
          && g_str_equal (json_object_get_string_member (origin, "source"), source))
        return fact;
    }
  return NULL;
}

static void
findings_test_json (ReportTest *self, gconstpointer data)
{
  g_autofree char *empty = presync_report_dup_json (self->assessment, NULL);
  g_autofree char *full = NULL;
  g_autoptr (JsonNode) node = json_from_string (empty, NULL);
  JsonObject *root = json_node_get_object (node);
  JsonObject *server = json_object_get_object_member (root, "server");
  JsonObject *sizing = json_object_get_object_member (root, "sizing");
  JsonObject *sql;
  JsonObject *fact;

  g_assert_cmpstr (json_object_get_string_member (server, "name"), ==, "sync01.contoso.com");
  g_assert_true (json_object_get_null_member (server, "file"));
  g_assert_true (json_object_get_null_member (sizing, "objects"));
  g_assert_true (json_object_get_null_member (sizing, "own-sql"));
  sql = json_object_get_object_member (root, "sql");
  g_assert_cmpstr (json_object_get_string_member (sql, "database"), ==, "localdb");
  /* unknown, and why */
  fact = findings_test_find_fact (server, "server.os-build", "directory");
  g_assert_nonnull (fact);
  g_assert_true (json_object_get_null_member (fact, "value"));
  g_assert_nonnull (strstr (json_object_get_string_member (fact, "reason"), "no right"));

  report_test_give_findings (self, "server", "SYNC01", "text");
  report_test_give_findings (self, "sql", "sql01", "text");
  report_test_give_objects (self, 100000, TRUE);
  full = presync_report_dup_json (self->assessment, NULL);
  json_node_unref (node);
  node = json_from_string (full, NULL);
  root = json_node_get_object (node);
  server = json_object_get_object_member (root, "server");
  sql = json_object_get_object_member (root, "sql");
  sizing = json_object_get_object_member (root, "sizing");
  fact = findings_test_find_fact (server, "server.memory", "server");
  g_assert_cmpint (json_object_get_int_member (fact, "value"), ==, 17179869184);
  g_assert_true (json_object_get_null_member (fact, "reason"));
  fact = findings_test_find_fact (server, "server.fips", "server");
  g_assert_true (json_object_get_boolean_member (fact, "value"));
  fact = findings_test_find_fact (server, "server.software", "server");
  g_assert_cmpuint (json_array_get_length (json_object_get_array_member (fact, "value")), ==, 2);
  fact = findings_test_find_fact (server, "server.collected", "server");
  g_assert_cmpstr (json_object_get_string_member (fact, "value"), ==, "2026-11-22T10:15:00Z");
  /* both layers of what two sources tell */
  g_assert_nonnull (findings_test_find_fact (server, "server.os-build", "server"));
  g_assert_nonnull (findings_test_find_fact (server, "server.os-build", "directory"));
  fact = findings_test_find_fact (sql, "sql.version", "sql");
  g_assert_cmpstr (json_object_get_string_member (fact, "value"), ==, "15.0.4375.4");
  g_assert_cmpstr (json_object_get_string_member (sql, "database"), ==, "own");
  g_assert_cmpint (json_object_get_int_member (sizing, "objects"), ==, 100000);
  g_assert_true (json_object_get_boolean_member (sizing, "own-sql"));
  g_assert_cmpint (json_object_get_int_member (sizing, "memory"), ==,
                   32 * G_GINT64_CONSTANT (1073741824));
}

static void
findings_test_text (ReportTest *self, gconstpointer data)
{
  const PresyncOption cloud = PRESYNC_OPTION_CLOUD_SYNC;
  g_autofree char *none = presync_report_dup_text (self->assessment, NULL, 100);
  g_autofree char *all = NULL;
  g_autofree char *one = NULL;

  g_assert_null (strstr (none, "\nSQL Server\n═"));
  g_assert_null (strstr (none, "\nSizing\n═"));
  report_test_give_findings (self, "server", "SYNC01", "text");
  report_test_give_findings (self, "sql", "sql01", "text");
  report_test_give_objects (self, 100000, TRUE);
  all = presync_report_dup_text (self->assessment, NULL, 100);
  findings_test_has (all, "\nSQL Server\n══════════\n\nEngine\n");
  findings_test_has (all, "\nSizing\n══════\n");
  findings_test_has (all, "\nSync server\n═══════════\n");
  findings_test_has (all, "  Memory: 16 GB\n");
  findings_test_has (all, "  TLS 1.2 set explicitly, as documented: yes\n");
  one = presync_report_dup_text (self->assessment, &cloud, 100);
  g_assert_null (strstr (one, "\nSQL Server\n═"));
  g_assert_null (strstr (one, "\nSizing\n═"));
  findings_test_has (one, "\nSync server\n═══════════\n");
}

typedef struct
{
  GMainLoop *loop;
  GError *error;
} FindingsRun;

static void
findings_test_checked_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  FindingsRun *run = user_data;

  presync_runner_check_finish (PRESYNC_RUNNER (object), result, &run->error);
  g_main_loop_quit (run->loop);
}

/* The summary of the sample is what people see first: two pages of either paper, both full */
static void
findings_test_fits (ReportTest *self)
{
  g_autoptr (PresyncReportOptions) options = presync_report_options_new ();
  g_autoptr (GPtrArray) nothing = g_ptr_array_new ();

  options->length = PRESYNC_REPORT_SUMMARY;
  presync_statements_load (presync_assessment_get_statements (self->assessment), nothing, nothing);
  for (guint paper = PRESYNC_PAPER_A4; paper <= PRESYNC_PAPER_LETTER; paper++)
    {
      g_autoptr (PresyncReport) report = NULL;

      options->paper = paper;
      report = presync_report_new (self->assessment, options, self->at, NULL, NULL);
      g_assert_nonnull (report);
      g_assert_cmpuint (presync_report_get_n_pages (report), ==, 2);
    }
}

/* Of the sample every fact of both sources is known or tells why, and the origins name the files.
 */
static void
findings_test_sample (ReportTest *self, gconstpointer data)
{
  g_autoptr (PresyncDirectoryTarget) target = presync_sample_dup_target (NULL);
  g_autoptr (PresyncDirectorySource) directory = presync_directory_source_new (target);
  PresyncRunner *runner = presync_assessment_get_runner (self->assessment);
  FindingsRun run = { g_main_loop_new (NULL, FALSE), NULL };
  g_autofree char *part = NULL;

  presync_assessment_set_sync_server (self->assessment, target->sync_server);
  presync_assessment_set_features (self->assessment, presync_sample_get_features (), NULL);
  presync_runner_set_source (runner, PRESYNC_SOURCE (directory));
  presync_sample_add_sources (self->assessment);
  presync_runner_check_async (runner, NULL, findings_test_checked_cb, &run);
  g_main_loop_run (run.loop);
  g_main_loop_unref (run.loop);
  g_assert_no_error (run.error);
  part = findings_test_dup_part (self, "sync-server", "documents");
  findings_test_has (part, "Facts file|SYNC01.json of the sample (not a real server)");
  findings_test_has (part, "Written at|2026-10-28 09:14 UTC, 25 days before this report");
  findings_test_has (part, "PowerShell execution policy|Unrestricted|no|[");
  findings_test_has (part, "|Sync server|SYNC01.json|hardware.memoryBytes|");
  g_assert_null (strstr (part, "Directory says"));
  g_free (part);
  part = findings_test_dup_part (self, "sql-server", "sizing");
  findings_test_has (part, "SQL Server|sql01.contoso.com\\SYNC");
  findings_test_has (part, "|?Met|SQL Server on Windows");
  findings_test_has (part, "|?Not met|Rights");
  g_assert_null (strstr (part, "|?Unknown|"));
  g_free (part);
  part = findings_test_dup_part (self, "tenant", "network");
  findings_test_has (part, "contoso.com|?This tenant|");
  findings_test_has (part, "contoso.local|?Nobody’s");
  g_free (part);
  part = findings_test_dup_part (self, "network", "sync-server");
  findings_test_has (part, "Seen from|a recording (not a real network)");
  findings_test_has (part, "dc01.contoso.com:88|?works|?works|–|–");
  findings_test_has (part, "dc02.contoso.com:445|?works|?not known|–|–");
  findings_test_has (part, "refuses aadcdn.msftauth.net (403).");
  findings_test_has (part, "Proxy in use|http://proxy.contoso.com:8080");
  findings_test_has (part, "Issuer of the certificate|DigiCert Global Root G2 (DigiCert Inc)");
  /* Each row is told once. */
  g_assert_null (strstr (part, "Kerberos port 88 answers"));
  g_assert_null (strstr (part, "What was found"));
  g_free (part);
  part = presync_report_dup_text (self->assessment, NULL, 200);
  findings_test_has (part, "1 of 21 failed: aadcdn.msftauth.net:443 – The proxy "
                           "http://proxy.contoso.com:8080 refuses aadcdn.msftauth.net (403)");
  findings_test_has (part, "Answers · stands for *.msappproxy.net");
  g_free (part);
  part = findings_test_dup_part (self, "blockers", "open");
  findings_test_has (part, "|1 of 21 failed: aadcdn.msftauth.net:443 – The proxy ");
  findings_test_fits (self);
  presync_sample_remove_sources (self->assessment);
  g_assert_null (presync_assessment_dup_source (self->assessment, "server"));
  g_assert_null (presync_assessment_dup_source (self->assessment, "sql"));
  presync_runner_close (runner);
}

int
main (int argc, char **argv)
{
  static const struct
  {
    const char *path;
    void (*run) (ReportTest *, gconstpointer);
  } tests[] = {
    { "/report-findings/server", findings_test_server },
    { "/report-findings/disagreement", findings_test_disagreement },
    { "/report-findings/sql", findings_test_sql },
    { "/report-findings/tenant-and-network", findings_test_tenant_and_network },
    { "/report-findings/one-reason", findings_test_one_reason },
    { "/report-findings/sizing", findings_test_sizing },
    { "/report-findings/json", findings_test_json },
    { "/report-findings/text", findings_test_text },
    { "/report-findings/sample", findings_test_sample },
  };

  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/report-findings/groups", findings_test_groups);
  for (gsize i = 0; i < G_N_ELEMENTS (tests); i++)
    g_test_add (tests[i].path, ReportTest, NULL, report_test_set_up, tests[i].run,
                report_test_tear_down);
  return g_test_run ();
}
