/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/history-plot.h"

#include <adwaita.h>

#include "app/relative-time.h"
#include "app/status-style.h"

#define PLOT_HEIGHT 130
#define GAP 8
/* Half of a mark */
#define MARK 4.0
/* Runs that are nearer to each other have no marks, but the one that is chosen and the last. */
#define MARK_FROM 11.0
/* How much of a line the legend shows */
#define SAMPLE 30
/* Figures of the scale above 0, at most */
#define SCALE_PARTS 4
/* Below this width what was counted takes two lines. */
#define ONE_LINE_FROM 520

/* Dashes, for whoever does not see colours; 0: none */
static const double dashes[PRESYNC_N_RUN_LINES][2] = {
  [PRESYNC_RUN_LINE_MET] = { 0, 0 },
  [PRESYNC_RUN_LINE_NOT_MET] = { 7, 4 },
  [PRESYNC_RUN_LINE_OPEN] = { 2, 3 },
};

static guint
presync_history_plot_count (const PresyncHistoryPlot *self)
{
  return self->runs != NULL ? g_list_model_get_n_items (self->runs) : 0;
}

/* Words */

static PangoLayout *
presync_history_plot_layout (const PresyncHistoryPlot *self, const char *text, gboolean bold)
{
  PangoLayout *layout = gtk_widget_create_pango_layout (self->widget, text);
  g_autoptr (PangoAttrList) attributes = pango_attr_list_new ();

  pango_attr_list_insert (attributes, pango_attr_scale_new (PANGO_SCALE_SMALL));
  pango_attr_list_insert (attributes, pango_attr_font_features_new ("tnum=1"));
  if (bold)
    pango_attr_list_insert (attributes, pango_attr_weight_new (PANGO_WEIGHT_BOLD));
  pango_layout_set_attributes (layout, attributes);
  return layout;
}

static int
presync_history_plot_text_width (const PresyncHistoryPlot *self, const char *text)
{
  g_autoptr (PangoLayout) layout = presync_history_plot_layout (self, text, TRUE);
  int width = 0;

  pango_layout_get_pixel_size (layout, &width, NULL);
  return width;
}

static int
presync_history_plot_text_height (const PresyncHistoryPlot *self)
{
  g_autoptr (PangoLayout) layout = presync_history_plot_layout (self, "Ág0", TRUE);
  int height = 0;

  pango_layout_get_pixel_size (layout, NULL, &height);
  return height;
}

/* Geometry */

typedef struct
{
  const PresyncHistoryPlot *self;
  GtkSnapshot *snapshot;
  double width;
  double text;                     /* height of a line of text */
  double left, right, top, bottom; /* the lines' place, from left to right even in a mirrored one */
  guint n;
  guint max;
  guint step; /* of the scale */
  gboolean rtl;
  gboolean contrast;
  GdkRGBA text_color, track;
} Drawing;

/* A number of the scale that no figure exceeds */
static guint
presync_history_plot_max (const PresyncHistoryPlot *self, guint *step)
{
  guint most = 1;

  for (guint i = 0; i < presync_history_plot_count (self); i++)
    {
      g_autoptr (PresyncRun) run = g_list_model_get_item (self->runs, i);

      for (guint line = 0; line < PRESYNC_N_RUN_LINES; line++)
        most = MAX (most, presync_run_get_figure (run, self->option, (PresyncRunLine) line));
    }
  *step = presync_run_axis_step (most, SCALE_PARTS);
  return (most + *step - 1) / *step * *step;
}

static double
presync_history_plot_x (const Drawing *drawing, guint position)
{
  double share = drawing->n > 1 ? (double) position / (drawing->n - 1) : 0.5;
  double x = drawing->left + share * (drawing->right - drawing->left);

  return drawing->rtl ? drawing->width - x : x;
}

static double
presync_history_plot_y (const Drawing *drawing, guint figure)
{
  return drawing->bottom - (drawing->bottom - drawing->top) * figure / drawing->max;
}

static int
presync_history_plot_words_lines (int width)
{
  return width >= ONE_LINE_FROM ? 1 : 2;
}

static Drawing
presync_history_plot_get_drawing (const PresyncHistoryPlot *self)
{
  GtkStyleContext *context = gtk_widget_get_style_context (self->widget);
  Drawing drawing = { .self = self, .n = presync_history_plot_count (self) };
  g_autofree char *most = NULL;
  int scale;

  drawing.width = gtk_widget_get_width (self->widget);
  drawing.text = presync_history_plot_text_height (self);
  drawing.max = presync_history_plot_max (self, &drawing.step);
  drawing.rtl = gtk_widget_get_direction (self->widget) == GTK_TEXT_DIR_RTL;
  drawing.contrast = adw_style_manager_get_high_contrast (adw_style_manager_get_default ());
  most = g_strdup_printf ("%u", drawing.max);
  scale = presync_history_plot_text_width (self, most);
  drawing.left = scale + GAP + MARK;
  drawing.right = MAX (drawing.left, drawing.width - scale - GAP - 2 * MARK);
  drawing.top = presync_history_plot_words_lines ((int) drawing.width) * drawing.text + GAP + MARK;
  drawing.bottom = drawing.top + PLOT_HEIGHT;
  drawing.text_color = drawing.track = (GdkRGBA){ 0.5, 0.5, 0.5, 1.0 };
  (void) gtk_style_context_lookup_color (context, "window_fg_color", &drawing.text_color);
  (void) gtk_style_context_lookup_color (context, "presync_line_color", &drawing.track);
  return drawing;
}

/* Drawing */

/* @x: where the words begin; from the right where people read so */
static void
presync_history_plot_draw_text (const Drawing *drawing, const char *text, gboolean bold, double x,
                                double y, const GdkRGBA *color)
{
  g_autoptr (PangoLayout) layout = presync_history_plot_layout (drawing->self, text, bold);
  int width = 0;

  pango_layout_get_pixel_size (layout, &width, NULL);
  if (drawing->rtl)
    x = drawing->width - x - width;
  gtk_snapshot_save (drawing->snapshot);
  gtk_snapshot_translate (drawing->snapshot, &GRAPHENE_POINT_INIT ((float) x, (float) y));
  gtk_snapshot_append_layout (drawing->snapshot, layout, color);
  gtk_snapshot_restore (drawing->snapshot);
}

static void
presync_history_plot_get_color (const PresyncHistoryPlot *self, PresyncRunLine line, GdkRGBA *color)
{
  GtkStyleContext *context = gtk_widget_get_style_context (self->widget);

  *color = (GdkRGBA){ 0.5, 0.5, 0.5, 1.0 };
  (void) gtk_style_context_lookup_color (
      context, presync_status_color_name (presync_run_line_status (line)), color);
}

/* Circle, square, triangle */
static void
presync_history_plot_draw_mark (cairo_t *cr, PresyncRunLine line, double x, double y, double size)
{
  cairo_new_path (cr);
  if (line == PRESYNC_RUN_LINE_MET)
    cairo_arc (cr, x, y, size, 0, 2 * G_PI);
  else if (line == PRESYNC_RUN_LINE_NOT_MET)
    cairo_rectangle (cr, x - size, y - size, 2 * size, 2 * size);
  else
    {
      cairo_move_to (cr, x, y - size - 1);
      cairo_line_to (cr, x + size + 1, y + size);
      cairo_line_to (cr, x - size - 1, y + size);
      cairo_close_path (cr);
    }
  cairo_fill (cr);
}

static void
presync_history_plot_draw_line (const Drawing *drawing, cairo_t *cr, PresyncRunLine line)
{
  const PresyncHistoryPlot *self = drawing->self;
  double apart = drawing->n > 1 ? (drawing->right - drawing->left) / (drawing->n - 1) : MARK_FROM;
  GdkRGBA color;

  presync_history_plot_get_color (self, line, &color);
  gdk_cairo_set_source_rgba (cr, &color);
  cairo_set_line_width (cr, drawing->contrast ? 3 : 2);
  cairo_set_dash (cr, dashes[line], dashes[line][0] > 0 ? 2 : 0, 0);
  cairo_new_path (cr);
  for (guint i = 0; i < drawing->n; i++)
    {
      g_autoptr (PresyncRun) run = g_list_model_get_item (self->runs, i);

      cairo_line_to (
          cr, presync_history_plot_x (drawing, i),
          presync_history_plot_y (drawing, presync_run_get_figure (run, self->option, line)));
    }
  cairo_stroke (cr);
  for (guint i = 0; i < drawing->n; i++)
    {
      g_autoptr (PresyncRun) run = NULL;

      if (apart < MARK_FROM && i != self->selected && i != drawing->n - 1)
        continue;
      run = g_list_model_get_item (self->runs, i);
      presync_history_plot_draw_mark (
          cr, line, presync_history_plot_x (drawing, i),
          presync_history_plot_y (drawing, presync_run_get_figure (run, self->option, line)),
          i == self->selected ? MARK + 1.5 : MARK - 0.5);
    }
}

/* Numbers at the end of the lines, moved apart where they would touch */
static void
presync_history_plot_draw_ends (const Drawing *drawing)
{
  g_autoptr (PresyncRun) last = g_list_model_get_item (drawing->self->runs, drawing->n - 1);
  PresyncRunLine order[PRESYNC_N_RUN_LINES];
  double y[PRESYNC_N_RUN_LINES];
  double below = -G_MAXDOUBLE;

  for (guint i = 0; i < PRESYNC_N_RUN_LINES; i++)
    {
      PresyncRunLine line = (PresyncRunLine) i;
      guint at = i;

      y[i] = presync_history_plot_y (drawing,
                                     presync_run_get_figure (last, drawing->self->option, line));
      while (at > 0 && y[order[at - 1]] > y[i])
        {
          order[at] = order[at - 1];
          at--;
        }
      order[at] = line;
    }
  for (guint i = 0; i < PRESYNC_N_RUN_LINES; i++)
    {
      guint figure = presync_run_get_figure (last, drawing->self->option, order[i]);
      g_autofree char *text = g_strdup_printf ("%u", figure);
      GdkRGBA color;
      double middle = MAX (y[order[i]], below + drawing->text * 0.85);

      below = middle;
      presync_history_plot_get_color (drawing->self, order[i], &color);
      presync_history_plot_draw_text (drawing, text, TRUE, drawing->right + 2 * MARK + 2,
                                      middle - drawing->text / 2, &color);
    }
}

static void
presync_history_plot_draw_scale (const Drawing *drawing, cairo_t *cr)
{
  const PresyncHistoryPlot *self = drawing->self;
  double x = presync_history_plot_x (drawing, self->selected);

  gdk_cairo_set_source_rgba (cr, &drawing->track);
  cairo_set_line_width (cr, 1);
  for (guint figure = 0; figure <= drawing->max; figure += drawing->step)
    {
      g_autofree char *text = g_strdup_printf ("%u", figure);
      double y = presync_history_plot_y (drawing, figure);
      int width = presync_history_plot_text_width (self, text);

      cairo_move_to (cr, drawing->rtl ? drawing->width - drawing->left : drawing->left,
                     floor (y) + 0.5);
      cairo_line_to (cr, drawing->rtl ? drawing->width - drawing->right : drawing->right,
                     floor (y) + 0.5);
      cairo_stroke (cr);
      presync_history_plot_draw_text (drawing, text, FALSE, drawing->left - GAP - MARK - width,
                                      y - drawing->text / 2, &drawing->text_color);
    }
  /* The run that is chosen */
  gdk_cairo_set_source_rgba (cr, &drawing->text_color);
  cairo_move_to (cr, floor (x) + 0.5, drawing->top - MARK);
  cairo_line_to (cr, floor (x) + 0.5, drawing->bottom);
  cairo_stroke (cr);
}

/* What the chosen run counted, above; first and last day, below */
static void
presync_history_plot_draw_words (const Drawing *drawing)
{
  const PresyncHistoryPlot *self = drawing->self;
  g_autoptr (PresyncRun) run = g_list_model_get_item (self->runs, self->selected);
  g_autoptr (PresyncRun) first = g_list_model_get_item (self->runs, 0);
  g_autoptr (PresyncRun) last = g_list_model_get_item (self->runs, drawing->n - 1);
  g_autofree char *title = presync_run_dup_title (run, NULL);
  g_autofree char *figures = presync_run_dup_figures (run, self->option);
  g_autofree char *from = presync_absolute_time_text (presync_run_get_at (first));
  g_autofree char *to = presync_absolute_time_text (presync_run_get_at (last));
  double second = presync_history_plot_text_width (self, title) + 2 * GAP;
  double y = drawing->bottom + GAP / 2.0;
  int from_width = presync_history_plot_text_width (self, from);
  int to_width = presync_history_plot_text_width (self, to);

  presync_history_plot_draw_text (drawing, title, TRUE, 0, 0, &drawing->text_color);
  if (presync_history_plot_words_lines ((int) drawing->width) == 1)
    presync_history_plot_draw_text (drawing, figures, FALSE, second, 0, &drawing->text_color);
  else
    presync_history_plot_draw_text (drawing, figures, FALSE, 0, drawing->text,
                                    &drawing->text_color);
  if (drawing->n > 1 && from_width + to_width + 2 * GAP < drawing->right - drawing->left)
    presync_history_plot_draw_text (drawing, from, FALSE, drawing->left, y, &drawing->text_color);
  if (drawing->n > 1)
    presync_history_plot_draw_text (drawing, to, FALSE, MAX (0, drawing->right - to_width), y,
                                    &drawing->text_color);
}

/* Returns: the height of the legend at that width; draws it if @drawing is there */
static double
presync_history_plot_run_legend (const PresyncHistoryPlot *self, int width, double text,
                                 const Drawing *drawing, cairo_t *cr, double top)
{
  double x = 0;
  double y = 0;

  for (guint i = 0; i < PRESYNC_N_RUN_LINES; i++)
    {
      PresyncRunLine line = (PresyncRunLine) i;
      double item
          = SAMPLE + GAP + presync_history_plot_text_width (self, presync_run_line_title (line));

      if (x > 0 && x + item > width)
        {
          x = 0;
          y += text + 2;
        }
      if (drawing != NULL)
        {
          double from = drawing->rtl ? drawing->width - x - SAMPLE : x;
          double middle = top + y + text / 2;
          GdkRGBA color;

          presync_history_plot_get_color (self, line, &color);
          gdk_cairo_set_source_rgba (cr, &color);
          cairo_set_line_width (cr, drawing->contrast ? 3 : 2);
          cairo_set_dash (cr, dashes[line], dashes[line][0] > 0 ? 2 : 0, 0);
          cairo_move_to (cr, from, middle);
          cairo_line_to (cr, from + SAMPLE, middle);
          cairo_stroke (cr);
          presync_history_plot_draw_mark (cr, line, from + SAMPLE / 2.0, middle, MARK);
          presync_history_plot_draw_text (drawing, presync_run_line_title (line), FALSE,
                                          x + SAMPLE + GAP, top + y, &drawing->text_color);
        }
      x += item + 2 * GAP;
    }
  return y + text;
}

void
presync_history_plot_draw (const PresyncHistoryPlot *self, GtkSnapshot *snapshot)
{
  Drawing drawing;
  cairo_t *cr;

  if (presync_history_plot_count (self) == 0)
    return;
  drawing = presync_history_plot_get_drawing (self);
  drawing.snapshot = snapshot;
  cr = gtk_snapshot_append_cairo (
      snapshot, &GRAPHENE_RECT_INIT (0, 0, (float) drawing.width,
                                     (float) gtk_widget_get_height (self->widget)));
  presync_history_plot_draw_scale (&drawing, cr);
  for (guint line = 0; line < PRESYNC_N_RUN_LINES; line++)
    presync_history_plot_draw_line (&drawing, cr, (PresyncRunLine) line);
  (void) presync_history_plot_run_legend (self, (int) drawing.width, drawing.text, &drawing, cr,
                                          drawing.bottom + drawing.text + 2 * GAP);
  cairo_destroy (cr);
  presync_history_plot_draw_ends (&drawing);
  presync_history_plot_draw_words (&drawing);
}

int
presync_history_plot_height (const PresyncHistoryPlot *self, int width)
{
  int text = presync_history_plot_text_height (self);

  return presync_history_plot_words_lines (width) * text + (int) MARK + PLOT_HEIGHT + text + 3 * GAP
         + (int) ceil (presync_history_plot_run_legend (self, width, text, NULL, NULL, 0));
}

guint
presync_history_plot_at (const PresyncHistoryPlot *self, double x)
{
  Drawing drawing = presync_history_plot_get_drawing (self);
  double span = drawing.right - drawing.left;

  if (drawing.n < 2 || span <= 0)
    return 0;
  if (drawing.rtl)
    x = drawing.width - x;
  return (guint) floor (CLAMP ((x - drawing.left) / span, 0, 1) * (drawing.n - 1) + 0.5);
}
