/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/content-private.h"

#include <glib/gi18n.h>

#include "assessment/sizing-lanes.h"

/* "more than 600,000" begins with 600,001 */
#define ROUND 1000
/* Ends of the scale, which is logarithmic: a figure at each power of ten */
#define SCALE_FROM 1000
#define SCALE_TO 1000000

/* "6 GB"; the table knows whole ones only */
static char *
presync_content_dup_size (gint64 bytes)
{
  g_autofree char *number = g_strdup_printf ("%" G_GINT64_FORMAT, bytes >> 30);

  /* Translators: a size of memory or disk */
  return g_strdup_printf (_ ("%s GB"), number);
}

static void
presync_content_add_sizing_lanes (PresyncScale *scale, const PresyncSizing *sizing)
{
  for (PresyncSizingLane lane = 0; lane < PRESYNC_N_SIZING_LANES; lane++)
    {
      g_autoptr (GArray) parts = presync_sizing_lane_list (lane);
      PresyncScaleLane *drawn = presync_scale_add_lane (scale, presync_sizing_lane_title (lane));

      for (guint i = 0; i < parts->len; i++)
        {
          const PresyncSizingPart *part = &g_array_index (parts, PresyncSizingPart, i);
          PresyncScaleCell *cell = presync_scale_lane_add_cell (
              drawn, presync_sizing_position (part->from), presync_sizing_position (part->to),
              part->label, part->brief, part->briefest);

          cell->active = presync_sizing_part_is_active (part, sizing);
        }
    }
  for (gint64 objects = SCALE_FROM; objects <= SCALE_TO; objects *= 10)
    {
      g_autofree char *figure = presync_sizing_dup_number (objects);

      presync_scale_add_tick (scale, presync_sizing_position (objects), figure);
    }
}

/* (transfer full): for those who do not see the bar */
static char *
presync_content_dup_sizing_alternate (const char *sentence)
{
  GString *text = g_string_new (sentence);
  gsize n = 0;
  const PresyncSizingLimit *limits = presync_sizing_limits (&n);

  for (gsize i = 0; i < n; i++)
    {
      g_autofree char *figure = presync_sizing_dup_number (limits[i].objects);

      g_string_append_printf (text, "%s %s: %s", i > 0 ? ";" : "", _ (limits[i].label), figure);
    }
  return g_string_free (text, FALSE);
}

static void
presync_content_add_sizing_bar (PresyncContent *self, const PresyncSizing *sizing,
                                const char *sentence)
{
  PresyncScale *scale = presync_document_add (self->document, PRESYNC_BLOCK_SCALE)->scale;

  if (sizing->objects >= 0)
    {
      g_autofree char *number = presync_sizing_dup_number (sizing->objects);

      scale->position = CLAMP (presync_sizing_position (sizing->objects), 0, 1);
      /* Translators: objects that were counted; more if a count is not complete */
      scale->label = sizing->complete ? g_strdup_printf (
                         ngettext ("%s object", "%s objects", (gulong) sizing->objects), number)
                                      : g_strdup_printf (_ ("at least %s objects"), number);
    }
  scale->caption = g_strdup (
      _ ("What the number of objects asks of the sync server, its database and the tenant"));
  scale->alternate = presync_content_dup_sizing_alternate (sentence);
  presync_content_add_sizing_lanes (scale, sizing);
}

/* (transfer full): "10,000 to 50,000" */
static char *
presync_content_dup_range (const PresyncSizingRow *rows, gsize n, gsize index)
{
  gint64 end = index + 1 < n ? rows[index + 1].from : 0;
  g_autofree char *from = presync_sizing_dup_number (rows[index].from / ROUND * ROUND);
  g_autofree char *to = presync_sizing_dup_number (end / ROUND * ROUND);

  if (index == 0)
    /* Translators: %s is a number of objects */
    return g_strdup_printf (_ ("fewer than %s"), to);
  if (end == 0)
    /* Translators: %s is a number of objects */
    return g_strdup_printf (_ ("more than %s"), from);
  if (end % ROUND != 0)
    /* Translators: numbers of objects, both included */
    return g_strdup_printf (_ ("%s to %s"), from, to);
  /* Translators: from a number of objects on, and below another */
  return g_strdup_printf (_ ("%s to below %s"), from, to);
}

static void
presync_content_add_sizing_table (PresyncContent *self, const PresyncSizing *sizing)
{
  PresyncBlock *table = presync_document_add_table (self->document, _ ("Sizing"));
  gsize n = 0;
  const PresyncSizingRow *rows = presync_sizing_rows (&n);

  presync_block_add_column (table, _ ("Objects"), 30);
  presync_block_add_column (table, _ ("Memory"), 15);
  presync_block_add_column (table, _ ("Disk"), 15);
  presync_block_add_column (table, _ ("Database"), 40);
  for (gsize i = 0; i < n; i++)
    {
      PresyncRow *row = presync_block_add_row (table);
      gboolean here = &rows[i] == sizing->row;
      PresyncSpanStyle style = here ? PRESYNC_SPAN_BOLD : PRESYNC_SPAN_PLAIN;
      g_autofree char *range = presync_content_dup_range (rows, n, i);
      g_autofree char *memory = presync_content_dup_size (rows[i].memory);
      g_autofree char *disk = presync_content_dup_size (rows[i].disk);

      row->marked = here;
      presync_row_add_text (row, style, range);
      presync_row_add_text (row, style, memory);
      presync_row_add_text (row, style, disk);
      presync_row_add_text (
          row, style, rows[i].own_sql ? _ ("a SQL Server of your own") : _ ("LocalDB is enough"));
    }
}

void
presync_content_add_sizing (PresyncContent *self)
{
  PresyncFactSet *set = presync_assessment_get_facts (self->assessment);
  PresyncSizing sizing = presync_sizing_get (set);
  GPtrArray *facts = presync_fact_set_lookup (set, "forest.objects");
  g_autofree char *sentence = presync_sizing_dup_text (&sizing);
  GPtrArray *prose = presync_prose_new_text (PRESYNC_SPAN_PLAIN, sentence);

  if (facts != NULL)
    presync_origin_list_add_facts (self->origins, prose, facts);
  presync_document_add_heading (self->document, 1, "sizing", _ ("Sizing"));
  presync_document_add_paragraph (self->document, prose);
  presync_content_add_sizing_bar (self, &sizing, sentence);
  presync_content_add_sizing_table (self, &sizing);
}
