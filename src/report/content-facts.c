/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/content-private.h"

#include <string.h>
#include <glib/gi18n.h>

/* How facts stand in a table: what, found, origin */

void
presync_content_add_long (GPtrArray *prose, PresyncSpanStyle style, const char *text, guint most)
{
  g_autofree char *valid = NULL;
  g_autofree char *number = NULL;
  g_autofree char *told = NULL;
  char *end;
  glong more;

  if (strlen (text) <= most)
    {
      presync_prose_add (prose, style, text);
      return;
    }
  valid = g_utf8_make_valid (text, -1);
  more = g_utf8_strlen (valid, -1) - (glong) most;
  if (more <= 0)
    {
      presync_prose_add (prose, style, valid);
      return;
    }
  end = g_utf8_offset_to_pointer (valid, most);
  *end = '\0';
  number = g_strdup_printf ("%'ld", more);
  /* Translators: behind the beginning of a very long text; %s is a number */
  told = g_strdup_printf (
      ngettext (" … and %s more character", " … and %s more characters", (gulong) more), number);
  presync_prose_add (prose, style, valid);
  presync_prose_add (prose, PRESYNC_SPAN_DIM, told);
}

void
presync_content_add_fact_value (GPtrArray *prose, PresyncFact *fact)
{
  const char *const *list;
  guint n;

  if (presync_fact_get_unknown (fact) != PRESYNC_UNKNOWN_NONE
      || presync_fact_get_value_type (fact) != PRESYNC_FACT_LIST)
    {
      g_autofree char *text = presync_fact_describe (fact);

      presync_content_add_long (prose, PRESYNC_SPAN_PLAIN, text, PRESYNC_CONTENT_VALUE);
      return;
    }
  list = presync_fact_get_list (fact);
  n = g_strv_length ((char **) list);
  if (n == 0)
    presync_prose_add (prose, PRESYNC_SPAN_DIM, _ ("none"));
  for (guint i = 0; i < MIN (n, PRESYNC_CONTENT_SHOWN); i++)
    {
      presync_prose_add (prose, PRESYNC_SPAN_PLAIN, i > 0 ? "\n" : NULL);
      presync_content_add_long (prose, PRESYNC_SPAN_PLAIN, list[i], PRESYNC_CONTENT_MEMBER);
    }
  if (n > PRESYNC_CONTENT_SHOWN)
    {
      guint more = n - PRESYNC_CONTENT_SHOWN;
      g_autofree char *text = g_strdup_printf (ngettext ("and %u more", "and %u more", more), more);

      presync_prose_add (prose, PRESYNC_SPAN_PLAIN, "\n");
      presync_prose_add (prose, PRESYNC_SPAN_DIM, text);
    }
}

int
presync_content_add_fact_values (GPtrArray *prose, GPtrArray *facts)
{
  int status = -1;

  for (guint i = 0; i < facts->len; i++)
    {
      PresyncFact *fact = g_ptr_array_index (facts, i);

      presync_prose_add (prose, PRESYNC_SPAN_PLAIN, i > 0 ? "\n" : NULL);
      if (facts->len > 1)
        {
          presync_content_add_long (prose, PRESYNC_SPAN_BOLD, presync_fact_get_subject (fact),
                                    PRESYNC_CONTENT_MEMBER);
          presync_prose_add (prose, PRESYNC_SPAN_PLAIN, "  ");
        }
      presync_content_add_fact_value (prose, fact);
      if (presync_fact_get_unknown (fact) != PRESYNC_UNKNOWN_NONE)
        status = PRESYNC_STATUS_UNKNOWN;
    }
  return status;
}

PresyncBlock *
presync_content_begin_facts (PresyncContent *self, const char *title)
{
  PresyncBlock *table = presync_document_add_table (self->document, title);

  presync_block_add_column (table, _ ("What"), 36);
  presync_block_add_column (table, _ ("Found"), 54);
  presync_block_add_column (table, _ ("Origin"), 10);
  return table;
}

void
presync_content_add_fact (PresyncContent *self, PresyncBlock *table, const char *key,
                          GPtrArray *facts)
{
  PresyncRow *row = presync_block_add_row (table);
  GPtrArray *prose = presync_prose_new ();
  GPtrArray *origin = presync_prose_new ();
  g_autoptr (GPtrArray) others
      = presync_fact_list_others (presync_assessment_get_facts (self->assessment), key);
  int status = presync_content_add_fact_values (prose, facts);

  for (guint i = 0; i < others->len; i++)
    {
      PresyncFact *fact = g_ptr_array_index (others, i);
      PresyncOrigin *from = presync_fact_get_origin (fact);
      g_autofree char *text = presync_fact_describe (fact);
      /* Translators: a source that tells otherwise, and what: "Directory says: SYNC02" */
      g_autofree char *told = g_strdup_printf (
          _ ("%s says: %s"), presync_source_title (presync_origin_get_source (from)), text);

      presync_prose_add (prose, PRESYNC_SPAN_PLAIN, "\n");
      presync_content_add_long (prose, PRESYNC_SPAN_BOLD, told, PRESYNC_CONTENT_VALUE);
    }
  presync_row_add_text (row, PRESYNC_SPAN_PLAIN, _ (presync_fact_key_find (key)->label));
  presync_row_add_cell (row, status, prose);
  presync_origin_list_add_facts (self->origins, origin, facts);
  presync_origin_list_add_facts (self->origins, origin, others);
  presync_row_add_cell (row, -1, origin);
}

/* The row above the facts of a group */
static void
presync_content_add_group_head (PresyncBlock *table, const char *title)
{
  PresyncRow *row = presync_block_add_row (table);

  row->group = TRUE;
  presync_row_add_text (row, PRESYNC_SPAN_BOLD, title);
  presync_row_add_text (row, PRESYNC_SPAN_PLAIN, NULL);
  presync_row_add_text (row, PRESYNC_SPAN_PLAIN, NULL);
}

/* What was not read, all for one reason: the reason once, with the names */
static void
presync_content_add_unread (PresyncContent *self, PresyncBlock *table, GPtrArray *keys)
{
  const PresyncFactKey *first = g_ptr_array_index (keys, 0);
  GPtrArray *facts
      = presync_fact_set_lookup (presync_assessment_get_facts (self->assessment), first->id);
  PresyncRow *row = presync_block_add_row (table);
  GPtrArray *prose = presync_prose_new ();
  GPtrArray *origin = presync_prose_new ();
  g_autofree char *labels = presync_fact_groups_dup_labels (keys);

  presync_row_add_text (row, PRESYNC_SPAN_PLAIN, _ ("Not read"));
  presync_content_add_fact_value (prose, g_ptr_array_index (facts, 0));
  presync_prose_add (prose, PRESYNC_SPAN_PLAIN, "\n");
  presync_prose_add (prose, PRESYNC_SPAN_DIM, labels);
  presync_row_add_cell (row, PRESYNC_STATUS_UNKNOWN, prose);
  presync_origin_list_add_facts (self->origins, origin, facts);
  presync_row_add_cell (row, -1, origin);
}

/* One fact of a group, or all that are unknown for the same reason, with the first of them */
static void
presync_content_add_group_fact (PresyncContent *self, PresyncBlock *table, const char *key,
                                GHashTable *reasons)
{
  PresyncFactSet *set = presync_assessment_get_facts (self->assessment);
  const char *reason = presync_fact_groups_get_reason (set, reasons, key);
  GPtrArray *keys = reason != NULL ? g_hash_table_lookup (reasons, reason) : NULL;

  if (keys == NULL)
    presync_content_add_fact (self, table, key, presync_fact_set_lookup (set, key));
  else if (g_str_equal (((const PresyncFactKey *) g_ptr_array_index (keys, 0))->id, key))
    presync_content_add_unread (self, table, keys);
}

/* Is there anything in a group that is not told with another? */
static gboolean
presync_content_has_group (PresyncContent *self, const PresyncFactGroup *group, GHashTable *reasons)
{
  PresyncFactSet *set = presync_assessment_get_facts (self->assessment);

  for (guint i = 0; group->keys[i] != NULL; i++)
    {
      GPtrArray *facts = presync_fact_set_lookup (set, group->keys[i]);
      const char *reason = presync_fact_groups_get_reason (set, reasons, group->keys[i]);
      GPtrArray *keys = reason != NULL ? g_hash_table_lookup (reasons, reason) : NULL;

      if (facts != NULL && facts->len > 0
          && (keys == NULL
              || g_str_equal (((const PresyncFactKey *) g_ptr_array_index (keys, 0))->id,
                              group->keys[i])))
        return TRUE;
    }
  return FALSE;
}

gboolean
presync_content_add_fact_groups (PresyncContent *self, const char *subject, const char *title)
{
  PresyncFactSet *set = presync_assessment_get_facts (self->assessment);
  g_autoptr (GHashTable) reasons = presync_fact_groups_list_reasons (set, subject);
  PresyncBlock *table = NULL;
  gsize n = 0;
  const PresyncFactGroup *groups = presync_fact_groups (subject, &n);

  for (gsize i = 0; i < n; i++)
    {
      if (!presync_content_has_group (self, &groups[i], reasons))
        continue;
      if (table == NULL)
        table = presync_content_begin_facts (self, title);
      presync_content_add_group_head (table, _ (groups[i].title));
      for (gsize j = 0; groups[i].keys[j] != NULL; j++)
        {
          GPtrArray *facts = presync_fact_set_lookup (set, groups[i].keys[j]);

          if (facts != NULL && facts->len > 0)
            presync_content_add_group_fact (self, table, groups[i].keys[j], reasons);
        }
    }
  return table != NULL;
}

void
presync_content_add_pair (PresyncBlock *table, const char *name, const char *value)
{
  PresyncRow *row = presync_block_add_row (table);

  presync_row_add_text (row, PRESYNC_SPAN_DIM, name);
  presync_row_add_text (row, PRESYNC_SPAN_PLAIN, value);
}

PresyncBlock *
presync_content_begin_pairs (PresyncContent *self)
{
  PresyncBlock *table = presync_document_add_table (self->document, NULL);

  presync_block_add_column (table, NULL, 26);
  presync_block_add_column (table, NULL, 74);
  return table;
}
