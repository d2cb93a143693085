/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/content-private.h"

#include <glib/gi18n.h>

#define COLUMN_FOUND 2
#define INDENT 10.0

void
presync_content_add_legend (PresyncContent *self)
{
  const struct
  {
    PresyncStatus status;
    const char *meaning;
  } meanings[] = {
    { PRESYNC_STATUS_MET, _ ("It was measured, or answered by hand, and is as it must be.") },
    { PRESYNC_STATUS_NOT_MET, _ ("It is required and is not as it must be: it blocks.") },
    { PRESYNC_STATUS_ADVICE, _ ("It is recommended, or deserves a word; it does not block.") },
    { PRESYNC_STATUS_NEEDS_ANSWER, _ ("No program has seen it yet; a person can say.") },
    { PRESYNC_STATUS_UNKNOWN,
      _ ("It could not be read, for the reason given. It is neither a pass nor a failure.") },
    { PRESYNC_STATUS_NOT_APPLICABLE, _ ("It belongs to something that is not planned.") },
  };
  PresyncBlock *list;
  GPtrArray *marks;

  presync_content_begin_part (self);
  presync_document_add_heading (self->document, 1, "legend", _ ("How to read the tables"));
  list = presync_document_add (self->document, PRESYNC_BLOCK_LIST);
  for (gsize i = 0; i < G_N_ELEMENTS (meanings); i++)
    {
      GPtrArray *prose
          = presync_prose_new_text (PRESYNC_SPAN_BOLD, presync_status_title (meanings[i].status));

      presync_prose_add (prose, PRESYNC_SPAN_PLAIN, "  ");
      presync_prose_add (prose, PRESYNC_SPAN_PLAIN, meanings[i].meaning);
      presync_block_add_item (list, (int) meanings[i].status, prose);
    }
  marks = presync_prose_new_text (
      PRESYNC_SPAN_PLAIN,
      _ ("Requirements with a bar at the left edge, and “Overview” at the right, stand in "
         "Microsoft’s overview of prerequisites; the others come from documents that it links "
         "to."));
  presync_prose_add (marks, PRESYNC_SPAN_PLAIN, " ");
  if (!self->origins->silent)
    presync_prose_add (marks, PRESYNC_SPAN_PLAIN,
                       _ ("Numbers in brackets lead to the appendix: [1] to what was asked, of "
                          "whom and when; [D1] "
                          "to the document that asks for it."));
  presync_document_add_paragraph (self->document, marks);
}

void
presync_content_describe_answer (GPtrArray *prose, PresyncChecklistItem *item)
{
  PresyncAnswer *answer = presync_checklist_item_get_answer (item);
  g_autofree char *text = presync_wording_dup_answer (answer);
  g_autofree char *contradiction = presync_wording_dup_contradiction (item);
  const char *note = presync_answer_get_note (answer);
  const char *found = presync_checklist_item_get_found (item);

  presync_prose_add (prose, PRESYNC_SPAN_BOLD, text);
  if (note != NULL && *note != '\0')
    {
      presync_prose_add (prose, PRESYNC_SPAN_PLAIN, "\n“");
      presync_prose_add (prose, PRESYNC_SPAN_PLAIN, note);
      presync_prose_add (prose, PRESYNC_SPAN_PLAIN, "”");
    }
  if (contradiction == NULL)
    return;
  presync_prose_add (prose, PRESYNC_SPAN_PLAIN, "\n");
  presync_prose_add (prose, PRESYNC_SPAN_BOLD, contradiction);
  if (*found != '\0')
    {
      presync_prose_add (prose, PRESYNC_SPAN_PLAIN, ", ");
      presync_prose_add (prose, PRESYNC_SPAN_PLAIN, found);
    }
}

static void
presync_content_add_status (PresyncContent *self, PresyncRow *row, PresyncChecklistItem *item)
{
  PresyncStatus status = presync_checklist_item_get_status (item);

  presync_row_add_cell (row, (int) status,
                        presync_prose_new_text (PRESYNC_SPAN_PLAIN, presync_status_title (status)))
      ->badge
      = presync_checklist_item_get_is_requirement (item)
            ? g_strdup (presync_checklist_item_get_waived (item) ? _ ("Waived") : NULL)
            : presync_content_dup_badge (self, item);
}

/* "at least 4 GB [D1]", with what makes the condition less than required */
static GPtrArray *
presync_content_new_needed (PresyncContent *self, PresyncChecklistItem *item)
{
  PresyncCondition *condition = presync_checklist_item_get_condition (item);
  PresyncSeverity severity = presync_condition_get_severity (condition);
  GPtrArray *references = presync_condition_get_references (condition);
  g_autofree char *feature = presync_wording_dup_feature (condition);
  PresyncStatus status = presync_checklist_item_get_status (item);
  GPtrArray *prose = presync_prose_new ();

  presync_prose_add (prose, PRESYNC_SPAN_PLAIN, presync_checklist_item_get_needed (item));
  for (guint i = 0; i < references->len; i++)
    presync_origin_list_add_document (self->origins, prose, g_ptr_array_index (references, i));
  if (severity == PRESYNC_SEVERITY_RECOMMENDED)
    {
      presync_prose_add (prose, PRESYNC_SPAN_PLAIN, "\n");
      presync_prose_add (prose, PRESYNC_SPAN_DIM, presync_severity_title (severity));
    }
  /* where it is not planned, the reason says so */
  if (feature != NULL && status != PRESYNC_STATUS_NOT_APPLICABLE)
    {
      presync_prose_add (prose, PRESYNC_SPAN_PLAIN, "\n");
      presync_prose_add (prose, PRESYNC_SPAN_DIM, feature);
    }
  return prose;
}

static void
presync_content_add_figures (PresyncContent *self, GPtrArray *prose, PresyncCondition *condition)
{
  GPtrArray *figures = presync_condition_get_figures (condition);

  if (figures->len == 0)
    return;
  if (prose->len > 0)
    presync_prose_add (prose, PRESYNC_SPAN_PLAIN, "\n");
  presync_prose_add (prose, PRESYNC_SPAN_DIM, _ ("Microsoft’s pages differ:"));
  for (guint i = 0; i < figures->len; i++)
    {
      const PresyncFigure *figure = g_ptr_array_index (figures, i);

      presync_prose_add (prose, PRESYNC_SPAN_DIM, i == 0 ? " " : "; ");
      presync_prose_add (prose, PRESYNC_SPAN_DIM, figure->value);
      presync_origin_list_add_document (self->origins, prose, figure->reference);
    }
}

/* What a row says below its cells: why, who answered, where pages differ */
static GPtrArray *
presync_content_new_note (PresyncContent *self, PresyncChecklistItem *item)
{
  GPtrArray *prose = presync_prose_new ();
  const char *reason = presync_wording_get_reason (item);

  if (presync_checklist_item_get_answered (item))
    presync_content_describe_answer (prose, item);
  presync_content_describe_waiver (self, prose, item);
  if (prose->len > 0 && reason != NULL)
    presync_prose_add (prose, PRESYNC_SPAN_PLAIN, "\n");
  presync_prose_add (prose, PRESYNC_SPAN_DIM, reason);
  presync_content_add_figures (self, prose, presync_checklist_item_get_condition (item));
  return prose;
}

static void
presync_content_add_condition (PresyncContent *self, PresyncBlock *table,
                               PresyncChecklistItem *item, PresyncChecklistItem *alone)
{
  PresyncRow *row = presync_block_add_row (table);
  const char *title = presync_checklist_item_get_title (item);
  GPtrArray *origin = presync_prose_new ();
  GPtrArray *name = presync_prose_new ();

  row->anchor = presync_content_dup_anchor (item);
  presync_content_add_status (self, row, item);
  if (alone != NULL)
    {
      const char *requirement = presync_checklist_item_get_title (alone);

      presync_prose_add (name, PRESYNC_SPAN_BOLD, requirement);
      if (g_strcmp0 (requirement, title) != 0)
        {
          presync_prose_add (name, PRESYNC_SPAN_PLAIN, "\n");
          presync_prose_add (name, PRESYNC_SPAN_PLAIN, title);
        }
      row->outline = g_strdup (requirement);
      row->marked
          = presync_requirement_get_overview (presync_checklist_item_get_requirement (alone));
      if (row->marked)
        presync_prose_add (origin, PRESYNC_SPAN_DIM, _ ("Overview"));
    }
  else
    presync_prose_add (name, PRESYNC_SPAN_PLAIN, title);
  presync_row_add_cell (row, -1, name)->indent = alone != NULL ? 0 : INDENT;
  presync_content_add_found (self, row, item);
  presync_row_add_cell (row, -1, presync_content_new_needed (self, item));
  presync_origin_list_add_facts (self->origins, origin, presync_checklist_item_get_facts (item));
  presync_row_add_cell (row, -1, origin);
  row->note = presync_content_new_note (self, item);
}

static void
presync_content_add_requirement (PresyncContent *self, PresyncBlock *table,
                                 PresyncChecklistItem *item)
{
  GListModel *conditions = presync_checklist_item_get_children (item);
  guint n = g_list_model_get_n_items (conditions);
  PresyncRow *row;

  if (n == 1)
    {
      g_autoptr (PresyncChecklistItem) only = g_list_model_get_item (conditions, 0);

      presync_content_add_condition (self, table, only, item);
      return;
    }
  row = presync_block_add_row (table);
  row->group = n > 0;
  row->anchor = presync_content_dup_anchor (item);
  row->outline = g_strdup (presync_checklist_item_get_title (item));
  row->marked = presync_requirement_get_overview (presync_checklist_item_get_requirement (item));
  presync_content_add_status (self, row, item);
  presync_row_add_text (row, PRESYNC_SPAN_BOLD, presync_checklist_item_get_title (item));
  presync_row_add_text (row, PRESYNC_SPAN_PLAIN, presync_checklist_item_get_found (item));
  presync_row_add_text (row, PRESYNC_SPAN_PLAIN, presync_checklist_item_get_needed (item));
  presync_row_add_text (row, PRESYNC_SPAN_DIM, row->marked ? _ ("Overview") : NULL);
  for (guint i = 0; i < n; i++)
    {
      g_autoptr (PresyncChecklistItem) condition = g_list_model_get_item (conditions, i);

      presync_content_add_condition (self, table, condition, NULL);
    }
}

static PresyncBlock *
presync_content_begin_section (PresyncContent *self, PresyncOption option, PresyncSection section)
{
  g_autofree char *anchor
      = g_strdup_printf ("table-%u-%s", (guint) option, presync_section_id (section));
  g_autofree char *title = NULL;
  PresyncBlock *table;

  /* Translators: option and section: "Cloud sync – Accounts" */
  title = g_strdup_printf (_ ("%s – %s"), presync_option_title (option),
                           presync_section_title (section));
  presync_document_add_heading (self->document, 2, anchor, presync_section_title (section));
  table = presync_document_add_table (self->document, title);
  table->note_column = COLUMN_FOUND;
  presync_block_add_column (table, _ ("Status"), 18.5);
  presync_block_add_column (table, _ ("Requirement"), 27.5);
  presync_block_add_column (table, _ ("Found"), 20);
  presync_block_add_column (table, _ ("Needed"), 24);
  presync_block_add_column (table, _ ("Origin"), 10);
  return table;
}

static void
presync_content_add_option (PresyncContent *self, PresyncOption option)
{
  PresyncChecklist *checklist = presync_assessment_get_checklist (self->assessment, option);
  g_autofree char *anchor = g_strdup_printf ("table-%u", (guint) option);
  g_autofree char *summary = presync_summary_dup_text (self->summaries[option]);
  PresyncBlock *table = NULL;
  int section = -1;

  presync_content_begin_part (self);
  presync_document_add_heading (self->document, 1, anchor, presync_option_long_title (option));
  presync_document_add_paragraph (self->document,
                                  presync_prose_new_text (PRESYNC_SPAN_PLAIN, summary));
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (checklist)); i++)
    {
      g_autoptr (PresyncChecklistItem) item = g_list_model_get_item (G_LIST_MODEL (checklist), i);
      PresyncSection of
          = presync_requirement_get_section (presync_checklist_item_get_requirement (item));

      if (table == NULL || (int) of != section)
        table = presync_content_begin_section (self, option, of);
      section = (int) of;
      presync_content_add_requirement (self, table, item);
    }
}

void
presync_content_add_cloud_sync (PresyncContent *self)
{
  presync_content_add_option (self, PRESYNC_OPTION_CLOUD_SYNC);
}

void
presync_content_add_connect_sync (PresyncContent *self)
{
  presync_content_add_option (self, PRESYNC_OPTION_CONNECT_SYNC);
}
