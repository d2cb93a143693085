/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/content-private.h"

#include "sources/server/server-source.h"
#include <glib/gi18n.h>

/* (transfer full) */
static char *
presync_content_dup_file_name (PresyncFactsReport *report)
{
  const char *path = presync_facts_report_get_path (report);
  g_autofree char *name = presync_wording_dup_target (path);

  if (g_str_equal (name, path))
    return g_filename_display_name (path);
  /* Translators: %s is a file name */
  return g_strdup_printf (_ ("%s of the sample (not a real server)"), name);
}

/* (transfer full): when it was written, and how long before the report */
static char *
presync_content_dup_age (PresyncContent *self, GDateTime *collected)
{
  gint64 days = g_date_time_difference (self->at, collected) / G_TIME_SPAN_DAY;
  g_autofree char *time = presync_wording_dup_time (collected);

  if (days <= 0)
    return g_steal_pointer (&time);
  /* Translators: date and time, and how many days before the report that was */
  return g_strdup_printf (
      ngettext ("%s, %u day before this report", "%s, %u days before this report", (gulong) days),
      time, (guint) days);
}

/* Files of other servers, which yield nothing; and what could not be used */
static void
presync_content_add_other_files (PresyncContent *self, PresyncBlock *table,
                                 PresyncServerSource *source)
{
  GListModel *reports = presync_server_source_get_reports (source);
  const char *const *problems = presync_server_source_get_problems (source);
  guint told = 0;

  for (guint i = 0; i < g_list_model_get_n_items (reports); i++)
    {
      g_autoptr (PresyncFactsReport) report = g_list_model_get_item (reports, i);
      g_autofree char *file = NULL;
      g_autofree char *age = NULL;
      g_autofree char *text = NULL;

      if (report == presync_server_source_get_report (source) || told++ >= PRESYNC_CONTENT_SHOWN)
        continue;
      file = presync_content_dup_file_name (report);
      age = presync_content_dup_age (self, presync_facts_report_get_collected (report));
      /* Translators: a server, its facts file, and when that was written */
      text = g_strdup_printf (_ ("%s: %s, written at %s; not used, for it is another server"),
                              presync_facts_report_get_name (report), file, age);
      presync_content_add_pair (table, _ ("File of another server"), text);
    }
  for (guint i = 0; problems[i] != NULL && i < PRESYNC_CONTENT_SHOWN; i++)
    presync_content_add_pair (table, _ ("Not used"), problems[i]);
}

static void
presync_content_add_server_file (PresyncContent *self, PresyncBlock *table,
                                 PresyncServerSource *source)
{
  PresyncFactsReport *report = presync_server_source_get_report (source);
  const char *const *skipped;
  g_autofree char *file = NULL;
  g_autofree char *age = NULL;
  g_autofree char *members = NULL;

  if (report == NULL)
    {
      presync_content_add_pair (table, _ ("Facts file"), _ ("none of this server"));
      return;
    }
  file = presync_content_dup_file_name (report);
  age = presync_content_dup_age (self, presync_facts_report_get_collected (report));
  presync_content_add_pair (table, _ ("Facts file"), file);
  presync_content_add_pair (table, _ ("Written on"), presync_facts_report_get_name (report));
  presync_content_add_pair (table, _ ("Written at"), age);
  skipped = presync_facts_report_get_unknown_members (report);
  if (skipped == NULL || skipped[0] == NULL)
    return;
  members = g_strjoinv (", ", (char **) skipped);
  presync_content_add_pair (table, _ ("Members that Presync does not know"), members);
}

static void
presync_content_add_server_notes (PresyncContent *self)
{
  PresyncBlock *table = presync_content_begin_pairs (self);
  const char *server = presync_assessment_get_sync_server (self->assessment);
  g_autoptr (PresyncSource) source = presync_assessment_dup_source (self->assessment, "server");

  presync_content_add_pair (table, _ ("Sync server"), server != NULL ? server : _ ("not named"));
  if (source == NULL)
    {
      presync_content_add_pair (
          table, _ ("Facts file"),
          _ ("none: run the collector script on the server (page Sync server of the window)"));
      return;
    }
  presync_content_add_server_file (self, table, PRESYNC_SERVER_SOURCE (source));
  presync_content_add_other_files (self, table, PRESYNC_SERVER_SOURCE (source));
}

/* What each part of @pair does. @all: its facts are appended. Returns: a status for the cell, or -1
 */
static int
presync_content_add_effective (PresyncContent *self, const PresyncFactPair *pair, GPtrArray *prose,
                               GPtrArray *all)
{
  PresyncFactSet *set = presync_assessment_get_facts (self->assessment);
  int status = -1;

  for (guint i = 0; i < PRESYNC_N_FACT_PARTS && pair->effective[i].key != NULL; i++)
    {
      GPtrArray *facts = presync_fact_set_lookup (set, pair->effective[i].key);
      int part;

      if (facts == NULL || facts->len == 0)
        continue;
      presync_prose_add (prose, PRESYNC_SPAN_PLAIN, prose->len > 0 ? "\n" : NULL);
      if (pair->effective[i].label != NULL)
        {
          presync_prose_add (prose, PRESYNC_SPAN_DIM, _ (pair->effective[i].label));
          presync_prose_add (prose, PRESYNC_SPAN_PLAIN, " ");
        }
      part = presync_content_add_fact_values (prose, facts);
      status = MAX (status, part);
      g_ptr_array_extend (all, facts, NULL, NULL);
    }
  return status;
}

static void
presync_content_add_fact_pair (PresyncContent *self, PresyncBlock *table,
                               const PresyncFactPair *pair)
{
  PresyncFactSet *set = presync_assessment_get_facts (self->assessment);
  PresyncRow *row = presync_block_add_row (table);
  g_autoptr (GPtrArray) all = g_ptr_array_new ();
  GPtrArray *effective = presync_prose_new ();
  GPtrArray *documented = presync_prose_new ();
  GPtrArray *origin = presync_prose_new ();
  GPtrArray *told = presync_fact_set_lookup (set, pair->documented);
  GPtrArray *values = presync_fact_set_lookup (set, pair->values);
  int status = presync_content_add_effective (self, pair, effective, all);
  int told_status = -1;

  if (told != NULL && told->len > 0)
    {
      told_status = presync_content_add_fact_values (documented, told);
      g_ptr_array_extend (all, told, NULL, NULL);
    }
  if (values != NULL && values->len > 0)
    {
      row->note = presync_prose_new ();
      presync_content_add_fact_values (row->note, values);
      for (guint i = 0; i < row->note->len; i++)
        ((PresyncSpan *) g_ptr_array_index (row->note, i))->style |= PRESYNC_SPAN_DIM;
      g_ptr_array_extend (all, values, NULL, NULL);
    }
  presync_row_add_text (row, PRESYNC_SPAN_BOLD, _ (pair->title));
  presync_row_add_cell (row, status, effective);
  presync_row_add_cell (row, told_status, documented);
  presync_origin_list_add_facts (self->origins, origin, all);
  presync_row_add_cell (row, -1, origin);
}

static void
presync_content_add_fact_pairs (PresyncContent *self)
{
  PresyncFactSet *set = presync_assessment_get_facts (self->assessment);
  PresyncBlock *table = NULL;
  gsize n = 0;
  const PresyncFactPair *pairs = presync_fact_pairs (&n);

  for (gsize i = 0; i < n; i++)
    {
      GPtrArray *facts = presync_fact_set_lookup (set, pairs[i].effective[0].key);

      if (facts == NULL || facts->len == 0)
        continue;
      if (table == NULL)
        {
          presync_document_add_heading (self->document, 2, "server-settings",
                                        _ ("In effect, and as documented"));
          table = presync_document_add_table (self->document, _ ("In effect, and as documented"));
          table->note_column = 1;
          presync_block_add_column (table, _ ("What"), 24);
          presync_block_add_column (table, _ ("In effect"), 38);
          presync_block_add_column (table, _ ("Set as documented"), 28);
          presync_block_add_column (table, _ ("Origin"), 10);
        }
      presync_content_add_fact_pair (self, table, &pairs[i]);
    }
}

void
presync_content_add_server (PresyncContent *self)
{
  presync_content_begin_part (self);
  presync_document_add_heading (self->document, 1, "sync-server", _ ("Sync server"));
  presync_document_add_paragraph (
      self->document,
      presync_prose_new_text (PRESYNC_SPAN_PLAIN,
                              _ ("The server that is to run the provisioning agent or Connect "
                                 "Sync, as it tells of itself in a facts file and as its computer "
                                 "object shows it. Whether that is enough stands in the tables of "
                                 "the options.")));
  presync_content_add_server_notes (self);
  presync_content_add_fact_pairs (self);
  presync_document_add_heading (self->document, 2, "server-facts", _ ("What was found"));
  if (!presync_content_add_fact_groups (self, "server", _ ("Sync server")))
    presync_document_add_paragraph (
        self->document, presync_prose_new_text (PRESYNC_SPAN_DIM, _ ("Nothing was read.")));
}
