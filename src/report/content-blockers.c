/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/content-private.h"

#include "assessment/command-text.h"
#include <glib/gi18n.h>
#include <string.h>

/* Commands of more characters would make a narrow cell very high */
#define MOST_IN_CELL 100

GPtrArray *
presync_content_name_condition (PresyncChecklistItem *item)
{
  GPtrArray *prose = presync_prose_new ();
  g_autofree char *anchor = presync_content_dup_anchor (item);
  g_autofree char *link = g_strconcat ("#", anchor, NULL);
  const char *requirement
      = presync_requirement_get_title (presync_checklist_item_get_requirement (item));
  const char *title = presync_checklist_item_get_title (item);

  presync_prose_add_link (prose, PRESYNC_SPAN_BOLD, title, link);
  if (g_strcmp0 (requirement, title) != 0)
    {
      presync_prose_add (prose, PRESYNC_SPAN_PLAIN, "\n");
      presync_prose_add (prose, PRESYNC_SPAN_DIM, requirement);
    }
  return prose;
}

GPtrArray *
presync_content_new_steps (PresyncContent *self, GPtrArray *steps, guint most)
{
  guint n = MIN (steps->len, most);
  gboolean examples = FALSE; /* in the commands since the last text */
  GPtrArray *prose = presync_prose_new ();

  for (guint i = 0; i < n; i++)
    {
      const PresyncStep *step = g_ptr_array_index (steps, i);
      const PresyncStep *next = i + 1 < n ? g_ptr_array_index (steps, i + 1) : NULL;
      g_autofree char *command
          = step->is_command ? presync_command_fill (self->assessment, step->text) : NULL;

      presync_prose_add (prose, PRESYNC_SPAN_PLAIN, i > 0 ? "\n" : NULL);
      presync_prose_add (prose, command != NULL ? PRESYNC_SPAN_MONO : PRESYNC_SPAN_PLAIN,
                         command != NULL ? command : step->text);
      if (command == NULL)
        continue;
      examples |= presync_command_has_examples (self->assessment, step->text);
      if (!examples || (next != NULL && next->is_command))
        continue;
      presync_prose_add (prose, PRESYNC_SPAN_PLAIN, "\n");
      /* TRANSLATORS: below commands with names such as example.com */
      presync_prose_add (prose, PRESYNC_SPAN_DIM, _ ("Replace the example names."));
      examples = FALSE;
    }
  return prose;
}

/* Below the row, across all columns: appends to what stands there */
static void
presync_content_add_note (PresyncRow *row, GPtrArray *prose)
{
  if (row->note == NULL)
    row->note = presync_prose_new ();
  presync_prose_add (row->note, PRESYNC_SPAN_PLAIN, row->note->len > 0 ? "\n" : NULL);
  g_ptr_array_extend_and_steal (row->note, prose);
}

/* How long @n commands of @steps are, from the second step on */
static gsize
presync_content_measure_commands (GPtrArray *steps, guint n)
{
  gsize length = 0;

  for (guint i = 1; i < n; i++)
    length += strlen (((const PresyncStep *) g_ptr_array_index (steps, i))->text);
  return length;
}

/* @steps: (element-type PresyncStep): the first, with the commands it announces, or what stands in
 * for it; long commands stand below the row, where they have the width of the page */
static void
presync_content_add_first_step (PresyncContent *self, PresyncRow *row, GPtrArray *steps,
                                const char *otherwise)
{
  guint n = 1;
  gboolean below;
  GPtrArray *prose;

  while (n < steps->len && ((const PresyncStep *) g_ptr_array_index (steps, n))->is_command)
    n++;
  below = n <= steps->len && presync_content_measure_commands (steps, n) > MOST_IN_CELL;
  prose = presync_content_new_steps (self, steps, below ? 1 : n);
  if (prose->len == 0)
    presync_prose_add (prose, PRESYNC_SPAN_DIM, otherwise);
  presync_row_add_cell (row, -1, prose);
  if (below)
    {
      g_autoptr (GPtrArray) commands = g_ptr_array_new ();

      for (guint i = 1; i < n; i++)
        g_ptr_array_add (commands, g_ptr_array_index (steps, i));
      presync_content_add_note (row, presync_content_new_steps (self, commands, commands->len));
    }
}

void
presync_content_add_found (PresyncContent *self, PresyncRow *row, PresyncChecklistItem *item)
{
  const char *found = presync_checklist_item_get_found (item);
  GPtrArray *rights = presync_content_new_rights_found (self, item);

  if (rights != NULL)
    presync_row_add_cell (row, -1, rights);
  else if (*found != '\0')
    presync_row_add_text (row, PRESYNC_SPAN_PLAIN, found);
  else
    presync_row_add_text (row, PRESYNC_SPAN_DIM, "–");
}

/* Who answered, and who accepted it */
static void
presync_content_add_stated_note (PresyncContent *self, PresyncRow *row, PresyncChecklistItem *item)
{
  GPtrArray *prose = presync_prose_new ();

  if (presync_checklist_item_get_answered (item))
    presync_content_describe_answer (prose, item);
  presync_content_describe_waiver (self, prose, item);
  if (prose->len > 0)
    presync_content_add_note (row, prose);
  else
    g_ptr_array_unref (prose);
}

static void
presync_content_add_blocker (PresyncContent *self, PresyncBlock *table, PresyncChecklistItem *item)
{
  PresyncRow *row = presync_block_add_row (table);
  PresyncCondition *condition = presync_checklist_item_get_condition (item);

  presync_row_add_cell (row, (int) presync_checklist_item_get_status (item),
                        presync_content_name_condition (item))
      ->badge
      = presync_content_dup_badge (self, item);
  presync_content_add_found (self, row, item);
  presync_row_add_text (row, PRESYNC_SPAN_PLAIN, presync_checklist_item_get_needed (item));
  presync_content_add_first_step (self, row, presync_condition_get_fix (condition),
                                  _ ("see the document named in the table"));
  presync_content_add_stated_note (self, row, item);
}

/* One sentence with its symbol, where there is nothing to list */
static void
presync_content_add_nothing (PresyncContent *self, PresyncStatus status, const char *text)
{
  PresyncBlock *list = presync_document_add (self->document, PRESYNC_BLOCK_LIST);

  presync_block_add_item (list, (int) status, presync_prose_new_text (PRESYNC_SPAN_PLAIN, text));
}

static void
presync_content_add_option_heading (PresyncContent *self, const char *part, guint option)
{
  g_autofree char *anchor = g_strdup_printf ("%s-%u", part, option);

  presync_document_add_heading (self->document, 2, anchor, presync_option_title (option));
}

void
presync_content_add_blockers (PresyncContent *self)
{
  presync_content_begin_part (self);
  presync_document_add_heading (self->document, 1, "blockers", _ ("What blocks us"));
  for (guint i = 0; i < PRESYNC_N_OPTIONS; i++)
    {
      g_autoptr (GPtrArray) blockers = presync_checklist_list_blockers (
          presync_assessment_get_checklist (self->assessment, i));
      PresyncBlock *table;

      presync_content_add_option_heading (self, "blockers", i);
      if (blockers->len == 0)
        {
          presync_content_add_nothing (
              self, PRESYNC_STATUS_MET,
              _ ("Nothing that was measured or answered stands in the way."));
          continue;
        }
      table = presync_document_add_table (self->document, presync_option_title (i));
      presync_block_add_column (table, _ ("Condition"), 29);
      presync_block_add_column (table, _ ("Found"), 20);
      presync_block_add_column (table, _ ("Needed"), 20);
      presync_block_add_column (table, _ ("Next step"), 31);
      for (guint j = 0; j < blockers->len; j++)
        presync_content_add_blocker (self, table, g_ptr_array_index (blockers, j));
    }
}

static void
presync_content_add_open_row (PresyncContent *self, PresyncBlock *table, PresyncChecklistItem *item)
{
  PresyncRow *row = presync_block_add_row (table);
  PresyncStatus status = presync_checklist_item_get_status (item);
  PresyncCondition *condition = presync_checklist_item_get_condition (item);
  const char *reason = presync_checklist_item_get_reason (item);

  presync_row_add_text (row, PRESYNC_SPAN_PLAIN, presync_status_title (status));
  ((PresyncCell *) g_ptr_array_index (row->cells, 0))->status = (int) status;
  presync_row_add_cell (row, -1, presync_content_name_condition (item))->badge
      = presync_content_dup_badge (self, item);
  presync_row_add_text (row, PRESYNC_SPAN_PLAIN, presync_checklist_item_get_needed (item));
  /* what could not be read says why; what nobody can read says how a person finds out */
  if (status == PRESYNC_STATUS_UNKNOWN && reason != NULL)
    presync_row_add_text (row, PRESYNC_SPAN_PLAIN, reason);
  else
    presync_content_add_first_step (self, row, presync_condition_get_find_out (condition),
                                    reason != NULL ? reason : "–");
}

void
presync_content_add_open (PresyncContent *self)
{
  presync_document_add_heading (self->document, 1, "open", _ ("What is still open"));
  for (guint i = 0; i < PRESYNC_N_OPTIONS; i++)
    {
      g_autoptr (GPtrArray) open
          = presync_checklist_list_open (presync_assessment_get_checklist (self->assessment, i));
      PresyncBlock *table;

      presync_content_add_option_heading (self, "open", i);
      if (open->len == 0)
        {
          presync_content_add_nothing (self, PRESYNC_STATUS_MET,
                                       _ ("Every required condition was measured or answered."));
          continue;
        }
      table = presync_document_add_table (self->document, presync_option_title (i));
      presync_block_add_column (table, _ ("Status"), 19);
      presync_block_add_column (table, _ ("Condition"), 27);
      presync_block_add_column (table, _ ("Needed"), 22);
      presync_block_add_column (table, _ ("Why, or how to find out"), 32);
      for (guint j = 0; j < open->len; j++)
        presync_content_add_open_row (self, table, g_ptr_array_index (open, j));
    }
}

static void
presync_content_add_advice_row (PresyncContent *self, PresyncBlock *table,
                                PresyncChecklistItem *item)
{
  PresyncRow *row = presync_block_add_row (table);
  PresyncCondition *condition = presync_checklist_item_get_condition (item);
  const char *advice = presync_wording_get_reason (item);

  presync_row_add_cell (row, (int) presync_checklist_item_get_status (item),
                        presync_content_name_condition (item))
      ->badge
      = presync_content_dup_badge (self, item);
  presync_content_add_found (self, row, item);
  /* what is recommended and not met says so by what it needs */
  presync_row_add_text (row, PRESYNC_SPAN_PLAIN,
                        advice != NULL ? advice : presync_checklist_item_get_needed (item));
  presync_content_add_first_step (self, row, presync_condition_get_fix (condition),
                                  _ ("see the document named in the table"));
  presync_content_add_stated_note (self, row, item);
}

void
presync_content_add_advice (PresyncContent *self)
{
  presync_document_add_heading (self->document, 1, "advice", _ ("What is advised"));
  for (guint i = 0; i < PRESYNC_N_OPTIONS; i++)
    {
      g_autoptr (GPtrArray) advice
          = presync_checklist_list_advice (presync_assessment_get_checklist (self->assessment, i));
      PresyncBlock *table;

      presync_content_add_option_heading (self, "advice", i);
      if (advice->len == 0)
        {
          presync_content_add_nothing (
              self, PRESYNC_STATUS_MET,
              _ ("Nothing that was measured or answered calls for advice."));
          continue;
        }
      table = presync_document_add_table (self->document, presync_option_title (i));
      presync_block_add_column (table, _ ("Condition"), 27);
      presync_block_add_column (table, _ ("Found"), 19);
      presync_block_add_column (table, _ ("Advice, or what is needed"), 28);
      presync_block_add_column (table, _ ("Next step"), 26);
      for (guint j = 0; j < advice->len; j++)
        presync_content_add_advice_row (self, table, g_ptr_array_index (advice, j));
    }
}
