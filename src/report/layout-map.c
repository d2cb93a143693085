/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/layout-private.h"

/* The places that a synchronization runs through, in a row, with the line between them */

#define CIRCLE 40.0
#define ICON 18.0
#define SYMBOL 9.0
#define SYMBOL_ROOM 12.0
#define GAP 5.0
#define SIDE 5.0
#define LINE 1.2
#define MOST_LINES 3
#define AFTER 6.0

enum
{
  TEXT_TITLE,
  TEXT_NAME,
  TEXT_DETAIL,
  TEXT_STATUS,
  N_TEXTS,
};

typedef struct
{
  PresyncLines *texts[N_TEXTS];
  double height;
} PresyncSetNode;

/* What is longer than a few lines is cut: it stands in full in the scope */
static PresyncLines *
presync_map_set_text (PresyncType *type, PresyncTypeRole role, PresyncSpanStyle style,
                      const char *text, double width)
{
  g_autofree char *valid = g_utf8_make_valid (text, -1);
  glong n = g_utf8_strlen (valid, -1);

  for (glong most = 96;; most /= 2)
    {
      g_autofree char *start = g_utf8_substring (valid, 0, MIN (most, n));
      g_autofree char *cut = n > most ? g_strconcat (start, "…", NULL) : NULL;
      g_autoptr (GPtrArray) prose = presync_prose_new_text (style, cut != NULL ? cut : start);
      PresyncLines *lines = presync_type_set (type, role, prose, width);

      if (lines->n_lines <= MOST_LINES || most <= 4)
        return lines;
      presync_lines_unref (lines);
    }
}

static void
presync_set_node_init (PresyncSetNode *self, PresyncType *type, const PresyncMapNode *node,
                       double width)
{
  const char *status = presync_status_title (node->status);

  self->texts[TEXT_TITLE] = presync_map_set_text (type, PRESYNC_ROLE_CELL, PRESYNC_SPAN_BOLD,
                                                  presync_place_title (node->place), width);
  self->texts[TEXT_NAME]
      = presync_map_set_text (type, PRESYNC_ROLE_CELL, PRESYNC_SPAN_PLAIN, node->name, width);
  if (g_strcmp0 (node->detail, status) != 0)
    self->texts[TEXT_DETAIL]
        = presync_map_set_text (type, PRESYNC_ROLE_SMALL, PRESYNC_SPAN_DIM, node->detail, width);
  self->texts[TEXT_STATUS] = presync_map_set_text (type, PRESYNC_ROLE_CELL, PRESYNC_SPAN_PLAIN,
                                                   status, width - SYMBOL_ROOM);
  self->height = CIRCLE + GAP;
  for (guint i = 0; i < N_TEXTS; i++)
    if (self->texts[i] != NULL)
      self->height += presync_lines_height (self->texts[i], 0, self->texts[i]->n_lines);
}

static void
presync_set_node_clear (PresyncSetNode *self)
{
  for (guint i = 0; i < N_TEXTS; i++)
    g_clear_pointer (&self->texts[i], presync_lines_unref);
}

double
presync_map_get_height (PresyncType *type, const PresyncChart *chart, double width)
{
  double column = width / MAX (chart->nodes->len, 1);
  double height = 0;

  for (guint i = 0; i < chart->nodes->len; i++)
    {
      PresyncSetNode set = { { NULL }, 0 };

      presync_set_node_init (&set, type, g_ptr_array_index (chart->nodes, i), column - 2 * SIDE);
      height = MAX (height, set.height);
      presync_set_node_clear (&set);
    }
  return height + GAP;
}

static void
presync_set_node_place (const PresyncSetNode *self, PresyncFlow *flow, const PresyncMapNode *node,
                        double middle)
{
  PresyncInk ink = presync_ink_of_status (node->status);
  double x = middle - CIRCLE / 2;
  double y = flow->y;

  presync_flow_field (flow, PRESYNC_BOX_FIELD, presync_ink_behind_status (node->status), x, y,
                      CIRCLE, CIRCLE, CIRCLE / 2);
  presync_flow_field (flow, PRESYNC_BOX_FRAME, ink, x, y, CIRCLE, CIRCLE, CIRCLE / 2);
  presync_flow_place (flow, node->place, ink, middle - ICON / 2, y + (CIRCLE - ICON) / 2, ICON);
  y += CIRCLE + GAP;
  for (guint i = 0; i < N_TEXTS; i++)
    {
      PresyncLines *lines = self->texts[i];
      double left;

      if (lines == NULL)
        continue;
      left = middle - lines->width / 2 + (i == TEXT_STATUS ? SYMBOL_ROOM / 2 : 0);
      if (i == TEXT_STATUS)
        presync_flow_symbol (flow, (int) node->status, left - SYMBOL_ROOM,
                             y + (presync_lines_height (lines, 0, 1) - SYMBOL) / 2, SYMBOL);
      presync_flow_text (flow, lines, 0, lines->n_lines, left, y);
      y += presync_lines_height (lines, 0, lines->n_lines);
    }
}

void
presync_flow_map (PresyncFlow *self, const PresyncBlock *block)
{
  const PresyncChart *chart = block->chart;
  guint n = chart->nodes->len;
  double column = self->width / MAX (n, 1);
  double height = presync_map_get_height (self->layout->type, chart, self->width);

  self->y += GAP;
  if (height > presync_flow_room (self) && !presync_flow_at_top (self))
    presync_flow_new_page (self);
  presync_flow_open (self, "Figure", chart->alternate);
  for (guint i = 0; i + 1 < n; i++)
    presync_flow_field (self, PRESYNC_BOX_RULE, PRESYNC_INK_GREY,
                        self->left + (i + 0.5) * column + CIRCLE / 2 + 3,
                        self->y + (CIRCLE - LINE) / 2, column - CIRCLE - 6, LINE, 0);
  for (guint i = 0; i < n; i++)
    {
      const PresyncMapNode *node = g_ptr_array_index (chart->nodes, i);
      PresyncSetNode set = { { NULL }, 0 };

      presync_set_node_init (&set, self->layout->type, node, column - 2 * SIDE);
      presync_set_node_place (&set, self, node, self->left + (i + 0.5) * column);
      presync_set_node_clear (&set);
    }
  presync_flow_close (self, "Figure");
  self->y += height + AFTER;
}
