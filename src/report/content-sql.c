/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/content-private.h"

#include "sources/sql/sql-facts.h"
#include "sources/sql/sql-source.h"
#include <glib/gi18n.h>

#define OPTION PRESYNC_OPTION_CONNECT_SYNC
#define ID_PREFIX "cn-sql-"

/* Where the database is to be */
static const char *
presync_content_get_database_plan (PresyncContent *self)
{
  if (!presync_assessment_get_feature (self->assessment, "own-sql"))
    return _ ("The sync database is planned in the LocalDB that Connect Sync brings: there is no "
              "server to connect to, and what is asked of one does not apply.");
  if (presync_assessment_get_feature (self->assessment, "remote-sql"))
    return _ ("The sync database is planned on a SQL Server of one’s own, on another computer "
              "than the sync server.");
  return _ ("The sync database is planned on a SQL Server of one’s own, on the sync server.");
}

/* (nullable) (transfer none): a fact of the SQL Server that tells which one it is */
static PresyncFact *
presync_content_get_sql_fact (PresyncContent *self)
{
  PresyncFactSet *set = presync_assessment_get_facts (self->assessment);
  const char *const *keys = presync_sql_fact_keys ();

  for (guint i = 0; keys[i] != NULL; i++)
    {
      GPtrArray *facts = presync_fact_set_lookup (set, keys[i]);

      if (facts != NULL && facts->len > 0)
        return g_ptr_array_index (facts, 0);
    }
  return NULL;
}

/* Which server, when, and what went wrong */
static void
presync_content_add_sql_target (PresyncContent *self)
{
  PresyncBlock *table;
  PresyncFact *fact = presync_content_get_sql_fact (self);
  g_autoptr (PresyncSource) source = presync_assessment_dup_source (self->assessment, "sql");
  g_autofree char *target = source != NULL ? presync_source_dup_target (source) : NULL;
  g_autofree char *time = NULL;
  const char *why = NULL;

  if (fact == NULL && target == NULL)
    {
      presync_document_add_paragraph (
          self->document,
          presync_prose_new_text (PRESYNC_SPAN_DIM, _ ("No SQL Server was named; none was read.")));
      return;
    }
  table = presync_content_begin_pairs (self);
  presync_content_add_pair (table, _ ("SQL Server"),
                            fact != NULL ? presync_fact_get_subject (fact) : target);
  if (fact != NULL)
    {
      time = presync_wording_dup_time (presync_origin_get_at (presync_fact_get_origin (fact)));
      presync_content_add_pair (table, _ ("Read at"), time);
    }
  else
    presync_content_add_pair (table, _ ("Read at"), _ ("not read yet"));
  if (source != NULL && presync_source_get_state (source) == PRESYNC_SOURCE_FAILED)
    why = presync_source_get_message (source);
  else if (source != NULL && presync_source_get_state (source) == PRESYNC_SOURCE_IDLE)
    /* Of a file, only the facts tell how the check went. */
    why = presync_sql_facts_find_failure (presync_assessment_get_facts (self->assessment));
  if (why != NULL)
    presync_content_add_pair (table, _ ("Not read"), why);
}

static void
presync_content_add_sql_condition (PresyncContent *self, PresyncBlock *table,
                                   PresyncChecklistItem *item)
{
  PresyncRow *row = presync_block_add_row (table);
  PresyncStatus status = presync_checklist_item_get_status (item);
  const char *reason = presync_wording_get_reason (item);

  presync_row_add_cell (row, (int) status,
                        presync_prose_new_text (PRESYNC_SPAN_PLAIN, presync_status_title (status)));
  presync_row_add_cell (row, -1, presync_content_name_condition (item));
  presync_content_add_found (self, row, item);
  presync_row_add_text (row, PRESYNC_SPAN_PLAIN, presync_checklist_item_get_needed (item));
  if (reason != NULL || presync_checklist_item_get_answered (item))
    row->note = presync_prose_new ();
  if (presync_checklist_item_get_answered (item))
    presync_content_describe_answer (row->note, item);
  if (row->note != NULL && row->note->len > 0 && reason != NULL)
    presync_prose_add (row->note, PRESYNC_SPAN_PLAIN, "\n");
  if (reason != NULL)
    presync_prose_add (row->note, PRESYNC_SPAN_DIM, reason);
}

/* The row of the overview about the built-in database stands among the software. */
static gboolean
presync_content_is_about_database (PresyncRequirement *requirement)
{
  return presync_requirement_get_section (requirement) == PRESYNC_SECTION_SQL_SERVER
         || g_str_has_prefix (presync_requirement_get_id (requirement), ID_PREFIX);
}

/* The conditions of the checklist about the database that apply, in their order */
static void
presync_content_add_sql_conditions (PresyncContent *self)
{
  GListModel *rows = G_LIST_MODEL (presync_assessment_get_checklist (self->assessment, OPTION));
  PresyncBlock *table = NULL;

  for (guint i = 0; i < g_list_model_get_n_items (rows); i++)
    {
      g_autoptr (PresyncChecklistItem) row = g_list_model_get_item (rows, i);
      PresyncRequirement *requirement = presync_checklist_item_get_requirement (row);
      GListModel *conditions = presync_checklist_item_get_children (row);

      if (!presync_content_is_about_database (requirement))
        continue;
      for (guint j = 0; j < g_list_model_get_n_items (conditions); j++)
        {
          g_autoptr (PresyncChecklistItem) item = g_list_model_get_item (conditions, j);

          if (presync_checklist_item_get_status (item) == PRESYNC_STATUS_NOT_APPLICABLE)
            continue;
          if (table == NULL)
            {
              presync_document_add_heading (self->document, 2, "sql-conditions",
                                            _ ("What is asked of the database"));
              table = presync_document_add_table (self->document,
                                                  _ ("What is asked of the database"));
              table->note_column = 2;
              presync_block_add_column (table, _ ("Status"), 18.5);
              presync_block_add_column (table, _ ("Condition"), 29.5);
              presync_block_add_column (table, _ ("Found"), 26);
              presync_block_add_column (table, _ ("Needed"), 26);
            }
          presync_content_add_sql_condition (self, table, item);
        }
    }
}

void
presync_content_add_sql (PresyncContent *self)
{
  gboolean own = presync_assessment_get_feature (self->assessment, "own-sql");
  const char *plan = presync_content_get_database_plan (self);

  presync_content_begin_part (self);
  presync_document_add_heading (self->document, 1, "sql-server", _ ("SQL Server"));
  presync_document_add_paragraph (self->document,
                                  presync_prose_new_text (PRESYNC_SPAN_PLAIN, plan));
  if (own)
    presync_content_add_sql_target (self);
  presync_content_add_sql_conditions (self);
  if (!own || presync_content_get_sql_fact (self) == NULL)
    return;
  presync_document_add_heading (self->document, 2, "sql-facts", _ ("What was found"));
  presync_content_add_fact_groups (self, "sql", _ ("SQL Server"));
}
