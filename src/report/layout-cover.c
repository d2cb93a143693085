/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/layout-private.h"

#include "report/symbol.h"
#include <glib/gi18n.h>

#define MOST_TITLE_LINES 4
#define CARD_GAP 16.0
#define CARD_PAD 14.0
#define PILL_HEIGHT 19.0
#define PILL_SYMBOL 10.0
#define DONUT 92.0
#define LEGEND_GAP 10.0
#define LEGEND_LINE 15.5
#define LEGEND_WORD 36.0
#define CAPTION_GAP 3.0
#define CONTENTS_INDENT 6.0 /* as that of a table's cells */
#define CONTENTS_GAP 24.0
#define CONTENTS_SPACE 5.0
/* of the logo at most */
#define LOGO_WIDTH 150.0
#define LOGO_HEIGHT 58.0
#define LOGO_GAP 20.0
#define RISE 10.0 /* above where other pages begin */

static const PresyncStatus legend_order[PRESYNC_N_STATUSES] = {
  PRESYNC_STATUS_MET,          PRESYNC_STATUS_NOT_MET, PRESYNC_STATUS_ADVICE,
  PRESYNC_STATUS_NEEDS_ANSWER, PRESYNC_STATUS_UNKNOWN, PRESYNC_STATUS_NOT_APPLICABLE,
};

/* In the largest type that keeps a name to a few lines */
static PresyncLines *
presync_cover_set_title (PresyncType *type, const GPtrArray *prose, double width)
{
  static const PresyncTypeRole roles[]
      = { PRESYNC_ROLE_TITLE, PRESYNC_ROLE_HEADING1, PRESYNC_ROLE_HEADING2 };

  for (gsize i = 0; i < G_N_ELEMENTS (roles); i++)
    {
      g_autoptr (PresyncLines) lines = presync_type_set (type, roles[i], prose, width);

      if (lines->n_lines <= MOST_TITLE_LINES)
        return g_steal_pointer (&lines);
    }
  return presync_type_set (type, PRESYNC_ROLE_CELL, prose, width);
}

/* At the right of the title. Returns: the width that it leaves */
static double
presync_cover_place_logo (PresyncFlow *self)
{
  const PresyncDocument *document = self->layout->document;
  double aspect;
  double width;
  double height;

  if (document->logo == NULL)
    return self->width;
  aspect = presync_logo_get_aspect (document->logo);
  width = MIN (LOGO_WIDTH, LOGO_HEIGHT * aspect);
  height = width / aspect;
  presync_flow_open (self, "Figure", document->logo_alternate);
  presync_flow_logo (self, document->logo, self->left + self->width - width, self->y, width,
                     height);
  presync_flow_close (self, "Figure");
  return self->width - width - LOGO_GAP;
}

void
presync_flow_cover (PresyncFlow *self, const PresyncBlock *block)
{
  PresyncType *type = self->layout->type;
  double width;
  double least;
  guint page = self->layout->pages->len;
  g_autoptr (PresyncLines) above = NULL;
  g_autoptr (PresyncLines) title = NULL;

  /* it has no head but perhaps the classification */
  self->y -= RISE;
  width = presync_cover_place_logo (self);
  least = self->y + (self->layout->document->logo != NULL ? LOGO_HEIGHT : 0);
  presync_flow_field (self, PRESYNC_BOX_RULE, PRESYNC_INK_BLUE, self->left, self->y, 44, 3, 0);
  self->y += 15;
  if (block->title != NULL)
    {
      above = presync_type_set_text (type, PRESYNC_ROLE_BODY, PRESYNC_INK_DIM, block->title, width);
      presync_flow_open (self, "P", NULL);
      presync_flow_paragraph (self, above, self->left, -1);
      presync_flow_close (self, "P");
      self->y += 2;
    }
  title = presync_cover_set_title (type, block->prose, width);
  presync_flow_anchor (self, block->anchor, block->anchor != NULL ? block->title : NULL, 1);
  presync_flow_open (self, "H1", NULL);
  presync_flow_paragraph (self, title, self->left, -1);
  presync_flow_close (self, "H1");
  if (self->layout->pages->len == page)
    self->y = MAX (self->y, least);
  self->y += 16;
}

/* A card, set: what it needs of height is known before it is drawn */
typedef struct
{
  const PresyncCard *card;
  PresyncLines *title;
  PresyncLines *subtitle;
  PresyncLines *verdict;
  PresyncLines *summary;
  PresyncLines *caption;                     /* of the legend: what it counts */
  PresyncLines *figures[PRESYNC_N_STATUSES]; /* NULL where there is nothing to count */
  PresyncLines *words[PRESYNC_N_STATUSES];
  double legend_height;
  double top; /* of the figure, below title, subtitle and verdict */
  double height;
} PresyncSetCard;

static double
presync_all_height (const PresyncLines *lines)
{
  return presync_lines_height (lines, 0, lines->n_lines);
}

static void
presync_card_set_legend (PresyncSetCard *self, PresyncType *type, double width)
{
  self->caption = presync_type_set_text (type, PRESYNC_ROLE_SMALL, PRESYNC_INK_DIM,
                                         _ ("Requirements"), width + LEGEND_WORD);
  self->legend_height = presync_all_height (self->caption) + CAPTION_GAP;
  for (gsize i = 0; i < G_N_ELEMENTS (legend_order); i++)
    {
      guint count = self->card->counts[legend_order[i]];
      g_autofree char *number = g_strdup_printf ("%u", count);

      if (count == 0)
        continue;
      self->figures[i]
          = presync_type_set_text (type, PRESYNC_ROLE_HEADING3, PRESYNC_INK_TEXT, number, 40);
      self->words[i] = presync_type_set_text (type, PRESYNC_ROLE_CELL, PRESYNC_INK_TEXT,
                                              presync_status_title (legend_order[i]), width);
      self->legend_height += MAX (LEGEND_LINE, presync_all_height (self->words[i]) + 4);
    }
}

static void
presync_card_set (PresyncSetCard *self, PresyncType *type, const PresyncCard *card, double width)
{
  double inner = width - 2 * CARD_PAD;
  g_autoptr (GPtrArray) verdict
      = presync_prose_new_text (PRESYNC_SPAN_BOLD, presync_verdict_title (card->verdict));

  self->card = card;
  self->title
      = presync_type_set_text (type, PRESYNC_ROLE_HEADING2, PRESYNC_INK_TEXT, card->title, inner);
  self->subtitle
      = presync_type_set_text (type, PRESYNC_ROLE_SMALL, PRESYNC_INK_DIM, card->subtitle, inner);
  self->verdict = presync_type_set (type, PRESYNC_ROLE_BODY, verdict, inner - 30);
  self->verdict->ink = presync_ink_of_verdict (card->verdict);
  self->summary = presync_type_set (type, PRESYNC_ROLE_CELL, card->summary, inner);
  presync_card_set_legend (self, type, inner - DONUT - LEGEND_GAP - LEGEND_WORD);
  self->top = CARD_PAD + presync_all_height (self->title) + presync_all_height (self->subtitle) + 8
              + PILL_HEIGHT + 14;
  self->height = self->top + MAX (DONUT, self->legend_height) + 12
                 + presync_all_height (self->summary) + CARD_PAD;
}

static void
presync_card_clear (PresyncSetCard *self)
{
  presync_lines_unref (self->title);
  presync_lines_unref (self->subtitle);
  presync_lines_unref (self->verdict);
  presync_lines_unref (self->summary);
  presync_lines_unref (self->caption);
  for (gsize i = 0; i < G_N_ELEMENTS (legend_order); i++)
    {
      g_clear_pointer (&self->figures[i], presync_lines_unref);
      g_clear_pointer (&self->words[i], presync_lines_unref);
    }
}

/* Symbol and word on a tinted field */
static void
presync_card_place_verdict (const PresyncSetCard *self, PresyncFlow *flow, double x, double y)
{
  double word = presync_all_height (self->verdict);

  presync_flow_field (flow, PRESYNC_BOX_FIELD, presync_ink_behind_verdict (self->card->verdict), x,
                      y, self->verdict->width + 31, PILL_HEIGHT, PILL_HEIGHT / 2);
  presync_flow_symbol (flow, (int) presync_symbol_of_verdict (self->card->verdict), x + 8,
                       y + (PILL_HEIGHT - PILL_SYMBOL) / 2, PILL_SYMBOL);
  presync_flow_open (flow, "P", NULL);
  presync_flow_text (flow, self->verdict, 0, self->verdict->n_lines, x + 22,
                     y + (PILL_HEIGHT - word) / 2);
  presync_flow_close (flow, "P");
}

static void
presync_card_place_donut (const PresyncSetCard *self, PresyncFlow *flow, double x, double y)
{
  PresyncType *type = flow->layout->type;
  g_autofree char *share = NULL;
  g_autoptr (PresyncLines) number = NULL;
  g_autoptr (PresyncLines) word = NULL;
  double height;

  share = g_strdup_printf ("%u/%u", self->card->counts[PRESYNC_STATUS_MET], self->card->total);
  number = presync_type_set_text (type, PRESYNC_ROLE_FIGURE, PRESYNC_INK_TEXT, share, DONUT);
  /* Translators: below "13/16" in the figure: requirements that are met */
  word = presync_type_set_text (type, PRESYNC_ROLE_SMALL, PRESYNC_INK_DIM, _ ("met"), DONUT);
  height = presync_all_height (number) + presync_all_height (word) - 2;
  presync_flow_open (flow, "Figure", self->card->alternate);
  presync_flow_donut (flow, self->card, x, y, DONUT);
  presync_flow_text (flow, number, 0, 1, x + (DONUT - number->width) / 2, y + (DONUT - height) / 2);
  presync_flow_text (flow, word, 0, 1, x + (DONUT - word->width) / 2,
                     y + (DONUT - height) / 2 + presync_all_height (number) - 2);
  presync_flow_close (flow, "Figure");
}

static void
presync_card_place_legend (const PresyncSetCard *self, PresyncFlow *flow, double x, double y)
{
  y += MAX (DONUT - self->legend_height, 0) / 2;
  presync_flow_open (flow, "P", NULL);
  presync_flow_text (flow, self->caption, 0, self->caption->n_lines, x, y);
  presync_flow_close (flow, "P");
  y += presync_all_height (self->caption) + CAPTION_GAP;
  presync_flow_open (flow, "L", NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (legend_order); i++)
    {
      PresyncLines *figure = self->figures[i];
      PresyncLines *word = self->words[i];

      if (word == NULL)
        continue;
      presync_flow_open (flow, "LI", NULL);
      presync_flow_symbol (flow, (int) legend_order[i], x, y + 2.5, 9);
      presync_flow_text (flow, figure, 0, 1, x + LEGEND_WORD - 6 - figure->width, y);
      presync_flow_text (flow, word, 0, word->n_lines, x + LEGEND_WORD,
                         y + figure->lines[0].baseline - word->lines[0].baseline);
      presync_flow_close (flow, "LI");
      y += MAX (LEGEND_LINE, presync_all_height (word) + 4);
    }
  presync_flow_close (flow, "L");
}

static void
presync_card_place (const PresyncSetCard *self, PresyncFlow *flow, double x, double width,
                    double height)
{
  double inner = x + CARD_PAD;
  double y = flow->y + CARD_PAD;

  presync_flow_field (flow, PRESYNC_BOX_FRAME, PRESYNC_INK_LINE, x, flow->y, width, height, 8);
  presync_flow_open (flow, "Sect", NULL);
  presync_flow_open (flow, "H2", NULL);
  presync_flow_text (flow, self->title, 0, self->title->n_lines, inner, y);
  presync_flow_close (flow, "H2");
  y += presync_all_height (self->title);
  presync_flow_open (flow, "P", NULL);
  presync_flow_text (flow, self->subtitle, 0, self->subtitle->n_lines, inner, y);
  presync_flow_close (flow, "P");
  y += presync_all_height (self->subtitle) + 8;
  presync_card_place_verdict (self, flow, inner, y);
  y = flow->y + self->top;
  presync_card_place_donut (self, flow, inner, y);
  presync_card_place_legend (self, flow, inner + DONUT + LEGEND_GAP, y);
  y = flow->y + height - CARD_PAD - presync_all_height (self->summary);
  presync_flow_open (flow, "P", NULL);
  presync_flow_text (flow, self->summary, 0, self->summary->n_lines, inner, y);
  presync_flow_close (flow, "P");
  presync_flow_close (flow, "Sect");
}

void
presync_flow_verdicts (PresyncFlow *self, const PresyncBlock *block)
{
  guint n = block->children->len;
  double width = (self->width - CARD_GAP * (MAX (n, 1) - 1)) / MAX (n, 1);
  g_autofree PresyncSetCard *cards = g_new0 (PresyncSetCard, MAX (n, 1));
  double height = 0;

  for (guint i = 0; i < n; i++)
    {
      presync_card_set (&cards[i], self->layout->type, g_ptr_array_index (block->children, i),
                        width);
      height = MAX (height, cards[i].height);
    }
  if (height > presync_flow_room (self) && !presync_flow_at_top (self))
    presync_flow_new_page (self);
  for (guint i = 0; i < n; i++)
    {
      presync_card_place (&cards[i], self, self->left + i * (width + CARD_GAP), width, height);
      presync_card_clear (&cards[i]);
    }
  self->y += height + 10;
}

/* Places an entry in its column */
static void
presync_contents_place (PresyncFlow *flow, const PresyncItem *item, PresyncLines *lines, double x,
                        double width)
{
  presync_flow_open (flow, "TOCI", NULL);
  presync_flow_text (flow, lines, 0, lines->n_lines, x + CONTENTS_INDENT, flow->y);
  presync_flow_reference (flow, item->anchor, x + width - CONTENTS_INDENT, flow->y);
  presync_flow_close (flow, "TOCI");
  flow->y += presync_all_height (lines) + CONTENTS_SPACE;
  presync_flow_field (flow, PRESYNC_BOX_RULE, PRESYNC_INK_LINE, x, flow->y - 3, width, 0.5, 0);
}

/* (transfer full) (element-type PresyncLines): the entries, set. @height: (out): of both columns */
static GPtrArray *
presync_contents_set (PresyncType *type, const PresyncBlock *block, double width, double *height)
{
  GPtrArray *set = g_ptr_array_new_with_free_func ((GDestroyNotify) presync_lines_unref);
  guint half = (block->children->len + 1) / 2;
  double columns[2] = { 0, 0 };

  for (guint i = 0; i < block->children->len; i++)
    {
      const PresyncItem *item = g_ptr_array_index (block->children, i);
      PresyncLines *lines = presync_type_set (type, PRESYNC_ROLE_BODY, item->prose,
                                              (width - CONTENTS_GAP) / 2 - CONTENTS_INDENT - 30);

      g_ptr_array_add (set, lines);
      columns[i >= half] += presync_all_height (lines) + CONTENTS_SPACE;
    }
  *height = MAX (columns[0], columns[1]);
  return set;
}

double
presync_contents_get_height (PresyncType *type, const PresyncBlock *block, double width)
{
  double height;
  g_autoptr (GPtrArray) set = presync_contents_set (type, block, width, &height);

  return height;
}

/* In two columns, the first of which is read down to its end */
void
presync_flow_contents (PresyncFlow *self, const PresyncBlock *block)
{
  double width = (self->width - CONTENTS_GAP) / 2;
  double height;
  guint half = (block->children->len + 1) / 2;
  g_autoptr (GPtrArray) set
      = presync_contents_set (self->layout->type, block, self->width, &height);
  double top;

  if (height > presync_flow_room (self) && !presync_flow_at_top (self))
    presync_flow_new_page (self);
  top = self->y;
  presync_flow_open (self, "TOC", NULL);
  for (guint i = 0; i < set->len; i++)
    {
      if (i == half)
        self->y = top;
      presync_contents_place (self, g_ptr_array_index (block->children, i),
                              g_ptr_array_index (set, i),
                              self->left + (i >= half ? width + CONTENTS_GAP : 0), width);
    }
  presync_flow_close (self, "TOC");
  self->y = top + height + 8;
}
