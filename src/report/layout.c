/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/layout-private.h"

#include <glib/gi18n.h>

#define POINTS_PER_MM (72.0 / 25.4)
#define MARGIN 54.0
#define TOP 70.0
#define BOTTOM 66.0
#define HEAD_Y 36.0
#define FOOT_Y 40.0
/* characters of a name in the head */
#define MOST_EDGE 200

/* Before a paragraph */
#define NOTHING (-1)
#define BULLET (-2)
/* share of a page on which a part begins below another one */
#define MUCH_FREE 0.45

static void
presync_box_clear (PresyncBox *box)
{
  g_clear_pointer (&box->lines, presync_lines_unref);
  g_clear_pointer (&box->rows, g_free);
}

GArray *
presync_boxes_new (void)
{
  GArray *boxes = g_array_new (FALSE, TRUE, sizeof (PresyncBox));

  g_array_set_clear_func (boxes, (GDestroyNotify) presync_box_clear);
  return boxes;
}

void
presync_flow_new_page (PresyncFlow *self)
{
  self->page = presync_boxes_new ();
  g_ptr_array_add (self->layout->pages, self->page);
  self->y = self->layout->top;
}

double
presync_flow_room (const PresyncFlow *self)
{
  return self->layout->bottom - self->y;
}

gboolean
presync_flow_at_top (const PresyncFlow *self)
{
  return self->y <= self->layout->top + 0.01;
}

void
presync_flow_text (PresyncFlow *self, PresyncLines *lines, guint first, guint n, double x, double y)
{
  PresyncBox box = { .kind = PRESYNC_BOX_TEXT, .x = x, .y = y, .first = first, .n = n };

  box.lines = presync_lines_ref (lines);
  box.ink = lines->ink;
  box.width = lines->width;
  box.height = presync_lines_height (lines, first, n);
  g_array_append_val (self->page, box);
}

void
presync_flow_field (PresyncFlow *self, PresyncBoxKind kind, PresyncInk ink, double x, double y,
                    double width, double height, double radius)
{
  PresyncBox box = { .kind = kind, .ink = ink, .x = x, .y = y, .radius = radius };

  box.width = width;
  box.height = height;
  g_array_append_val (self->page, box);
}

void
presync_flow_symbol (PresyncFlow *self, int status, double x, double y, double size)
{
  PresyncBox box = { .kind = PRESYNC_BOX_SYMBOL, .status = status, .x = x, .y = y };

  box.width = size;
  box.height = size;
  g_array_append_val (self->page, box);
}

void
presync_flow_donut (PresyncFlow *self, const PresyncCard *card, double x, double y, double size)
{
  PresyncBox box = { .kind = PRESYNC_BOX_DONUT, .card = card, .x = x, .y = y };

  box.width = size;
  box.height = size;
  g_array_append_val (self->page, box);
}

void
presync_flow_open (PresyncFlow *self, const char *tag, const char *alternate)
{
  PresyncBox box = { .kind = PRESYNC_BOX_OPEN, .name = tag, .target = alternate };

  g_array_append_val (self->page, box);
}

void
presync_flow_close (PresyncFlow *self, const char *tag)
{
  PresyncBox box = { .kind = PRESYNC_BOX_CLOSE, .name = tag };

  g_array_append_val (self->page, box);
}

void
presync_flow_anchor (PresyncFlow *self, const char *anchor, const char *outline, int level)
{
  PresyncBox box = { .kind = PRESYNC_BOX_ANCHOR, .x = self->left, .y = self->y, .name = anchor };

  if (anchor == NULL)
    return;
  g_array_append_val (self->page, box);
  g_hash_table_insert (self->anchors, (gpointer) anchor,
                       GUINT_TO_POINTER (self->layout->pages->len));
  if (outline != NULL)
    {
      PresyncBox entry = { .kind = PRESYNC_BOX_OUTLINE, .name = outline, .target = anchor };

      entry.level = level;
      g_array_append_val (self->page, entry);
    }
}

void
presync_flow_reference (PresyncFlow *self, const char *anchor, double right, double y)
{
  PresyncReferenceBox reference = { self->layout->pages->len - 1, self->page->len, right, anchor };
  PresyncBox box = { .kind = PRESYNC_BOX_TEXT, .y = y };

  g_array_append_val (self->page, box);
  g_array_append_val (self->references, reference);
}

/* Places what stands before an item of a list, whose first line is @height high; the item begins */
static void
presync_flow_label (PresyncFlow *self, int symbol, double height)
{
  presync_flow_open (self, "Lbl", NULL);
  if (symbol == BULLET)
    presync_flow_field (self, PRESYNC_BOX_FIELD, PRESYNC_INK_GREY, self->left + 3,
                        self->y + height / 2 - 1.5, 3, 3, 1.5);
  else
    presync_flow_symbol (self, symbol, self->left, self->y + height / 2 - 4.5, 9);
  presync_flow_close (self, "Lbl");
  presync_flow_open (self, "LBody", NULL);
}

void
presync_flow_paragraph (PresyncFlow *self, PresyncLines *lines, double x, int symbol)
{
  guint first = 0;

  while (first < lines->n_lines)
    {
      guint left = lines->n_lines - first;
      guint n = presync_lines_fit (lines, first, presync_flow_room (self));

      if (n < left && n < 2 && !presync_flow_at_top (self))
        n = 0;
      else if (n + 1 == left && n > 2)
        n--;
      if (n == 0 && presync_flow_at_top (self))
        n = 1;
      if (first == 0 && n > 0 && symbol != NOTHING)
        presync_flow_label (self, symbol, presync_lines_height (lines, 0, 1));
      if (n > 0)
        presync_flow_text (self, lines, first, n, x, self->y);
      self->y += presync_lines_height (lines, first, n);
      first += n;
      if (first < lines->n_lines)
        presync_flow_new_page (self);
    }
  if (symbol != NOTHING)
    presync_flow_close (self, "LBody");
}

/* Height of a heading with the space around it, and of what must not be parted from it */
static double
presync_flow_get_needed (PresyncFlow *self, guint index, PresyncTable **table)
{
  const GPtrArray *blocks = self->layout->document->blocks;
  double needed = 0;

  for (guint i = index; i < blocks->len; i++)
    {
      const PresyncBlock *block = g_ptr_array_index (blocks, i);

      if (block->kind == PRESYNC_BLOCK_TABLE)
        {
          double page_height = self->layout->bottom - self->layout->top;

          /* it is always the next table: what was measured for the heading above serves here */
          if (*table == NULL)
            *table = presync_table_new (self->layout->type, block, self->width);
          return needed + presync_table_get_start_height (*table, page_height);
        }
      if (block->kind == PRESYNC_BLOCK_CONTENTS)
        return needed + presync_contents_get_height (self->layout->type, block, self->width);
      if (block->kind == PRESYNC_BLOCK_SCALE)
        return needed + presync_scale_get_height (self->layout->type, block->scale, self->width);
      if (block->chart != NULL)
        return needed + presync_chart_get_height (self->layout->type, block, self->width);
      if (block->kind == PRESYNC_BLOCK_PARAGRAPH && i > index)
        needed += 48; /* a table often follows: keep its introduction with it */
      else if (block->kind == PRESYNC_BLOCK_HEADING)
        needed += block->level == 1 ? 48 : block->level == 2 ? 36 : 32;
      else
        return needed + 36;
    }
  return needed;
}

static void
presync_flow_heading (PresyncFlow *self, guint index, PresyncTable **table)
{
  static const char *const tags[] = { "H1", "H2", "H3" };
  static const double before[] = { 24, 20, 14 };
  static const double after[] = { 10, 7, 4 };
  const PresyncBlock *block = g_ptr_array_index (self->layout->document->blocks, index);
  int level = CLAMP (block->level, 1, 3);
  const PresyncBlock *above
      = index > 0 ? g_ptr_array_index (self->layout->document->blocks, index - 1) : NULL;
  const PresyncSpan *span = block->prose->len > 0 ? g_ptr_array_index (block->prose, 0) : NULL;
  g_autoptr (PresyncLines) lines = NULL;

  lines = presync_type_set (self->layout->type, PRESYNC_ROLE_HEADING1 + (guint) level - 1,
                            block->prose, self->width);
  if (!presync_flow_at_top (self)
      && presync_flow_get_needed (self, index, table) + presync_lines_height (lines, 1, 99)
             > presync_flow_room (self))
    presync_flow_new_page (self);
  /* less below another heading */
  if (!presync_flow_at_top (self))
    self->y += above != NULL && above->kind == PRESYNC_BLOCK_HEADING ? 2 : before[level - 1];
  presync_flow_anchor (self, block->anchor, span != NULL ? span->text : NULL, level);
  self->outline_level = level;
  presync_flow_open (self, tags[level - 1], NULL);
  presync_flow_paragraph (self, lines, self->left, -1);
  presync_flow_close (self, tags[level - 1]);
  self->y += after[level - 1];
}

static void
presync_flow_list (PresyncFlow *self, const PresyncBlock *block)
{
  const double indent = 15;

  presync_flow_open (self, "L", NULL);
  for (guint i = 0; i < block->children->len; i++)
    {
      const PresyncItem *item = g_ptr_array_index (block->children, i);
      g_autoptr (PresyncLines) lines = NULL;

      lines = presync_type_set (self->layout->type, PRESYNC_ROLE_BODY, item->prose,
                                self->width - indent);
      presync_flow_open (self, "LI", NULL);
      presync_flow_paragraph (self, lines, self->left + indent,
                              item->status >= 0 ? item->status : BULLET);
      presync_flow_close (self, "LI");
      self->y += 3;
    }
  presync_flow_close (self, "L");
  self->y += 5;
}

static void
presync_flow_block (PresyncFlow *self, guint index, PresyncTable **table)
{
  const PresyncBlock *block = g_ptr_array_index (self->layout->document->blocks, index);
  g_autoptr (PresyncLines) lines = NULL;

  switch (block->kind)
    {
    case PRESYNC_BLOCK_COVER:
      presync_flow_cover (self, block);
      break;
    case PRESYNC_BLOCK_VERDICTS:
      presync_flow_verdicts (self, block);
      break;
    case PRESYNC_BLOCK_CONTENTS:
      presync_flow_contents (self, block);
      break;
    case PRESYNC_BLOCK_LIST:
      presync_flow_list (self, block);
      break;
    case PRESYNC_BLOCK_HEADING:
      presync_flow_heading (self, index, table);
      break;
    case PRESYNC_BLOCK_TABLE:
      if (*table == NULL)
        *table = presync_table_new (self->layout->type, block, self->width);
      presync_table_place (*table, self);
      g_clear_pointer (table, presync_table_free);
      break;
    case PRESYNC_BLOCK_SCALE:
      presync_flow_scale (self, block);
      break;
    case PRESYNC_BLOCK_BARS:
    case PRESYNC_BLOCK_MAP:
    case PRESYNC_BLOCK_HISTORY:
      presync_flow_chart (self, block);
      break;
    case PRESYNC_BLOCK_PAGE_BREAK:
      if (!presync_flow_at_top (self)
          && (block->level == 0
              || presync_flow_room (self) < MUCH_FREE * (self->layout->bottom - self->layout->top)))
        presync_flow_new_page (self);
      break;
    case PRESYNC_BLOCK_PARAGRAPH:
    default:
      lines = presync_type_set (self->layout->type, PRESYNC_ROLE_BODY, block->prose, self->width);
      presync_flow_open (self, "P", NULL);
      presync_flow_paragraph (self, lines, self->left, -1);
      presync_flow_close (self, "P");
      self->y += 8;
      break;
    }
}

/* The page numbers of the contents, now that they are known */
static void
presync_flow_resolve (PresyncFlow *self)
{
  PresyncLayout *layout = self->layout;

  for (guint i = 0; i < self->references->len; i++)
    {
      PresyncReferenceBox *reference = &g_array_index (self->references, PresyncReferenceBox, i);
      GArray *page = g_ptr_array_index (layout->pages, reference->page);
      PresyncBox *box = &g_array_index (page, PresyncBox, reference->box);
      guint number = GPOINTER_TO_UINT (g_hash_table_lookup (self->anchors, reference->anchor));
      g_autofree char *text = number > 0 ? g_strdup_printf ("%u", number) : g_strdup ("");

      box->lines
          = presync_type_set_text (layout->type, PRESYNC_ROLE_BODY, PRESYNC_INK_DIM, text, 60);
      box->ink = PRESYNC_INK_DIM;
      box->n = 1;
      box->x = reference->right - box->lines->width;
    }
}

/* One line, shortened if there is no room for more: what stands in head and foot stands on the
 * cover in full */
PresyncLines *
presync_flow_set_edge (PresyncFlow *self, const char *text)
{
  /* the classification stands between what is at the left and at the right */
  double width = self->width / (self->layout->document->classification != NULL ? 3 : 2) - 10;
  g_autofree char *valid = g_utf8_make_valid (text, -1);
  g_autofree char *start = g_utf8_substring (valid, 0, MIN (g_utf8_strlen (valid, -1), MOST_EDGE));
  PresyncLines *lines = presync_type_set_text (self->layout->type, PRESYNC_ROLE_SMALL,
                                               PRESYNC_INK_DIM, start, width);
  glong n;

  if (lines->n_lines == 1 && g_str_equal (start, valid))
    return lines;
  n = g_utf8_strlen (lines->text, lines->lines[0].end);
  while (n > 0)
    {
      g_autofree char *cut = g_utf8_substring (start, 0, MIN (--n, g_utf8_strlen (start, -1)));
      g_autofree char *shortened = g_strconcat (cut, "…", NULL);

      presync_lines_unref (lines);
      lines = presync_type_set_text (self->layout->type, PRESYNC_ROLE_SMALL, PRESYNC_INK_DIM,
                                     shortened, width);
      if (lines->n_lines == 1)
        break;
    }
  return lines;
}

static void
presync_flow_place_edge (PresyncFlow *self, PresyncLines *lines, double y, gboolean right)
{
  double x = right ? self->left + self->width - lines->width : self->left;

  presync_flow_text (self, lines, 0, 1, x, y);
}

/* Head and foot of every page; the cover has no head */
static void
presync_flow_edges (PresyncFlow *self)
{
  PresyncLayout *layout = self->layout;
  double foot = layout->height - FOOT_Y;
  g_autoptr (PresyncLines) title = presync_flow_set_edge (self, layout->document->title);
  g_autoptr (PresyncLines) subtitle = presync_flow_set_edge (self, layout->document->subtitle);
  g_autoptr (PresyncLines) date = presync_flow_set_edge (self, layout->document->date);

  for (guint i = 0; i < layout->pages->len; i++)
    {
      /* Translators: page number and number of pages */
      g_autofree char *text = g_strdup_printf (_ ("Page %u of %u"), i + 1, layout->pages->len);
      g_autoptr (PresyncLines) number = presync_flow_set_edge (self, text);

      self->page = g_ptr_array_index (layout->pages, i);
      /* a screen reader passes over these */
      presync_flow_open (self, "Private", NULL);
      if (i > 0)
        {
          presync_flow_place_edge (self, title, HEAD_Y, FALSE);
          presync_flow_place_edge (self, subtitle, HEAD_Y, TRUE);
          presync_flow_field (self, PRESYNC_BOX_RULE, PRESYNC_INK_LINE, self->left, HEAD_Y + 15,
                              self->width, 0.5, 0);
        }
      presync_flow_classification (self, HEAD_Y);
      presync_flow_place_edge (self, date, foot, FALSE);
      presync_flow_place_edge (self, number, foot, TRUE);
      presync_flow_close (self, "Private");
    }
}

PresyncLayout *
presync_layout_new (const PresyncDocument *document, PresyncPaper paper, GCancellable *cancellable,
                    GError **error)
{
  g_autoptr (PresyncLayout) self = g_new0 (PresyncLayout, 1);
  g_autoptr (GHashTable) anchors = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GArray) references = g_array_new (FALSE, FALSE, sizeof (PresyncReferenceBox));
  PresyncFlow flow = { .layout = self, .anchors = anchors, .references = references };
  gboolean cancelled = FALSE;
  PresyncTable *table = NULL;

  if (g_cancellable_set_error_if_cancelled (cancellable, error))
    return NULL;
  flow.cancellable = cancellable;
  self->document = document;
  self->type = presync_type_new ();
  self->pages = g_ptr_array_new_with_free_func ((GDestroyNotify) g_array_unref);
  self->width = paper == PRESYNC_PAPER_LETTER ? 8.5 * 72 : 210 * POINTS_PER_MM;
  self->height = paper == PRESYNC_PAPER_LETTER ? 11 * 72 : 297 * POINTS_PER_MM;
  self->margin = MARGIN;
  self->top = TOP;
  self->bottom = self->height - BOTTOM;
  flow.left = MARGIN;
  flow.width = self->width - 2 * MARGIN;
  presync_flow_new_page (&flow);
  presync_flow_open (&flow, "Document", NULL);
  for (guint i = 0; i < document->blocks->len && !cancelled; i++)
    {
      presync_flow_block (&flow, i, &table);
      cancelled = g_cancellable_set_error_if_cancelled (cancellable, error);
    }
  g_clear_pointer (&table, presync_table_free);
  if (cancelled)
    return NULL;
  presync_flow_resolve (&flow);
  presync_flow_edges (&flow);
  presync_flow_close (&flow, "Document");
  return g_steal_pointer (&self);
}

void
presync_layout_free (PresyncLayout *self)
{
  g_clear_pointer (&self->pages, g_ptr_array_unref);
  g_clear_pointer (&self->spare, g_array_unref);
  g_clear_pointer (&self->last, presync_table_free);
  g_clear_pointer (&self->type, presync_type_free);
  g_free (self);
}
