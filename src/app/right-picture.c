/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/right-picture.h"

#include <glib/gi18n.h>

#include "app/accessible.h"
#include "app/status-style.h"
#include "sources/directory/dn.h"

/* More would be a list, and the detail pane has that. */
#define MAX_BRANCHES 6
/* From this width on domain, unit and object stand side by side. */
#define WIDE_FROM 460
#define COLUMN_GAP 36
#define ROW_GAP 8
#define INDENT 28
#define LINE 2
#define CROSS 5
#define N_COLUMNS 3

typedef struct
{
  GtkWidget *nodes[2]; /* unit and object; either may be missing */
} PresyncRightBranch;

struct _PresyncRightPicture
{
  GtkWidget parent_instance;

  GtkWidget *root;
  PresyncRightBranch branches[MAX_BRANCHES];
  guint n_branches;
  GtkWidget *more; /* nullable */
  PresyncStatus status;
};

G_DEFINE_FINAL_TYPE (PresyncRightPicture, presync_right_picture, GTK_TYPE_WIDGET)

/* Layout */

static int
presync_right_picture_height_of (GtkWidget *node, int width)
{
  int height = 0;

  if (node != NULL)
    gtk_widget_measure (node, GTK_ORIENTATION_VERTICAL, width, &height, NULL, NULL, NULL);
  return height;
}

static void
presync_right_picture_place (PresyncRightPicture *self, GtkWidget *node, int x, int y, int width,
                             int height)
{
  int all = gtk_widget_get_width (GTK_WIDGET (self));

  if (gtk_widget_get_direction (GTK_WIDGET (self)) == GTK_TEXT_DIR_RTL)
    x = all - x - width;
  gtk_widget_size_allocate (node, &(GtkAllocation){ x, y, width, height }, -1);
}

static int
presync_right_picture_get_column (int width)
{
  return MAX ((width - (N_COLUMNS - 1) * COLUMN_GAP) / N_COLUMNS, 1);
}

/* Measures, and if @place places: both the same way. Returns the height. */
static int
presync_right_picture_lay_out_wide (PresyncRightPicture *self, int width, gboolean place)
{
  int column = presync_right_picture_get_column (width);
  int root = presync_right_picture_height_of (self->root, column);
  int y = 0;

  for (guint i = 0; i < self->n_branches; i++)
    {
      GtkWidget *const *nodes = self->branches[i].nodes;
      int height = MAX (presync_right_picture_height_of (nodes[0], column),
                        presync_right_picture_height_of (nodes[1], column));

      for (guint j = 0; place && j < G_N_ELEMENTS (self->branches[i].nodes); j++)
        if (nodes[j] != NULL)
          presync_right_picture_place (
              self, nodes[j], (int) (j + 1) * (column + COLUMN_GAP), y,
              j == 0 && nodes[1] == NULL ? 2 * column + COLUMN_GAP : column, height);
      y += height + ROW_GAP;
    }
  if (self->more != NULL)
    {
      int height = presync_right_picture_height_of (self->more, column);

      if (place)
        presync_right_picture_place (self, self->more, column + COLUMN_GAP, y, column, height);
      y += height + ROW_GAP;
    }
  y = MAX (y - ROW_GAP, root);
  if (place)
    presync_right_picture_place (self, self->root, 0, (y - root) / 2, column, root);
  return y;
}

static int
presync_right_picture_lay_out_narrow (PresyncRightPicture *self, int width, gboolean place)
{
  int y = presync_right_picture_height_of (self->root, width);

  if (place)
    presync_right_picture_place (self, self->root, 0, 0, width, y);
  for (guint i = 0; i < self->n_branches; i++)
    {
      int x = INDENT;

      for (guint j = 0; j < G_N_ELEMENTS (self->branches[i].nodes); j++)
        {
          GtkWidget *node = self->branches[i].nodes[j];
          int height;

          if (node == NULL)
            continue;
          height = presync_right_picture_height_of (node, MAX (width - x, 1));
          y += ROW_GAP;
          if (place)
            presync_right_picture_place (self, node, x, y, MAX (width - x, 1), height);
          y += height;
          x += INDENT;
        }
    }
  if (self->more != NULL)
    {
      int height = presync_right_picture_height_of (self->more, MAX (width - INDENT, 1));

      y += ROW_GAP;
      if (place)
        presync_right_picture_place (self, self->more, INDENT, y, MAX (width - INDENT, 1), height);
      y += height;
    }
  return y;
}

static int
presync_right_picture_lay_out (PresyncRightPicture *self, int width, gboolean place)
{
  if (self->root == NULL)
    return 0;
  return width >= WIDE_FROM ? presync_right_picture_lay_out_wide (self, width, place)
                            : presync_right_picture_lay_out_narrow (self, width, place);
}

static GtkSizeRequestMode
presync_right_picture_get_request_mode (GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static void
presync_right_picture_measure (GtkWidget *widget, GtkOrientation orientation, int for_size,
                               int *minimum, int *natural, int *minimum_baseline,
                               int *natural_baseline)
{
  PresyncRightPicture *self = PRESYNC_RIGHT_PICTURE (widget);

  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    {
      *minimum = 4 * INDENT;
      *natural = WIDE_FROM;
    }
  else
    *minimum = *natural
        = presync_right_picture_lay_out (self, for_size < 0 ? WIDE_FROM : for_size, FALSE);
}

static void
presync_right_picture_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  presync_right_picture_lay_out (PRESYNC_RIGHT_PICTURE (widget), width, TRUE);
}

/* Drawing */

static GdkRGBA
presync_right_picture_get_color (GtkWidget *widget, const char *name)
{
  GdkRGBA color = { 0.5, 0.5, 0.5, 1.0 };

  (void) gtk_style_context_lookup_color (gtk_widget_get_style_context (widget), name, &color);
  return color;
}

static void
presync_right_picture_draw_rect (GtkSnapshot *snapshot, const GdkRGBA *color, float x1, float y1,
                                 float x2, float y2)
{
  gtk_snapshot_append_color (
      snapshot, color,
      &GRAPHENE_RECT_INIT (MIN (x1, x2), MIN (y1, y2), ABS (x2 - x1), ABS (y2 - y1)));
}

/* A corner: from below or beside one node to the side of another */
static void
presync_right_picture_draw_corner (GtkSnapshot *snapshot, const GdkRGBA *color,
                                   const graphene_point_t *from, const graphene_point_t *to,
                                   float bend)
{
  float half = LINE / 2.0f;

  presync_right_picture_draw_rect (snapshot, color, from->x, from->y - half, bend, from->y + half);
  presync_right_picture_draw_rect (snapshot, color, bend - half, from->y, bend + half, to->y);
  presync_right_picture_draw_rect (snapshot, color, bend, to->y - half, to->x, to->y + half);
}

static void
presync_right_picture_draw_cross (GtkSnapshot *snapshot, const GdkRGBA *color, float x, float y)
{
  graphene_rect_t bounds = GRAPHENE_RECT_INIT (x - CROSS - LINE, y - CROSS - LINE,
                                               2 * (CROSS + LINE), 2 * (CROSS + LINE));
  cairo_t *cr = gtk_snapshot_append_cairo (snapshot, &bounds);

  gdk_cairo_set_source_rgba (cr, color);
  cairo_set_line_width (cr, LINE);
  cairo_set_line_cap (cr, CAIRO_LINE_CAP_ROUND);
  cairo_move_to (cr, x - CROSS, y - CROSS);
  cairo_line_to (cr, x + CROSS, y + CROSS);
  cairo_move_to (cr, x - CROSS, y + CROSS);
  cairo_line_to (cr, x + CROSS, y - CROSS);
  cairo_stroke (cr);
  cairo_destroy (cr);
}

/* Where a line leaves @from for @to, where it bends, and where it ends */
static gboolean
presync_right_picture_find_line (PresyncRightPicture *self, GtkWidget *from, GtkWidget *to,
                                 graphene_point_t *start, graphene_point_t *end, float *bend)
{
  GtkWidget *widget = GTK_WIDGET (self);
  gboolean rtl = gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL;
  gboolean wide = gtk_widget_get_width (widget) >= WIDE_FROM;
  graphene_rect_t a, b;

  if (!gtk_widget_compute_bounds (from, widget, &a) || !gtk_widget_compute_bounds (to, widget, &b))
    return FALSE;
  end->x = rtl ? b.origin.x + b.size.width : b.origin.x;
  end->y = b.origin.y + b.size.height / 2;
  if (wide)
    {
      start->x = rtl ? a.origin.x : a.origin.x + a.size.width;
      start->y = a.origin.y + a.size.height / 2;
      *bend = start->x + (rtl ? -1 : 1) * COLUMN_GAP / 2.0f;
    }
  else
    {
      start->x = rtl ? a.origin.x + a.size.width - INDENT / 2.0f : a.origin.x + INDENT / 2.0f;
      start->y = a.origin.y + a.size.height;
      *bend = start->x;
    }
  return TRUE;
}

/* Draws the lines of all branches, or the crosses on their first ones. */
static void
presync_right_picture_draw (PresyncRightPicture *self, GtkSnapshot *snapshot, const GdkRGBA *color,
                            gboolean crosses)
{
  for (guint i = 0; i < self->n_branches; i++)
    {
      GtkWidget *from = self->root;

      for (guint j = 0; j < G_N_ELEMENTS (self->branches[i].nodes); j++)
        {
          GtkWidget *to = self->branches[i].nodes[j];
          graphene_point_t start, end;
          float bend = 0;

          if (to == NULL || !presync_right_picture_find_line (self, from, to, &start, &end, &bend))
            continue;
          if (!crosses)
            presync_right_picture_draw_corner (snapshot, color, &start, &end, bend);
          else if (from == self->root)
            presync_right_picture_draw_cross (
                snapshot, color, end.x + (end.x > bend ? -1 : 1) * (float) (CROSS + 2 * LINE),
                end.y);
          from = to;
        }
    }
}

static void
presync_right_picture_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  PresyncRightPicture *self = PRESYNC_RIGHT_PICTURE (widget);
  GdkRGBA line = presync_right_picture_get_color (widget, "presync_line_color");
  GdkRGBA broken
      = presync_right_picture_get_color (widget, presync_status_color_name (self->status));

  /* Branches share lines, which would be darker for each of them. */
  gtk_snapshot_push_opacity (snapshot, line.alpha);
  line.alpha = 1;
  presync_right_picture_draw (self, snapshot, &line, FALSE);
  gtk_snapshot_pop (snapshot);
  presync_right_picture_draw (self, snapshot, &broken, TRUE);
  GTK_WIDGET_CLASS (presync_right_picture_parent_class)->snapshot (widget, snapshot);
}

/* Nodes */

static GtkWidget *
presync_right_picture_new_label (const char *text, const char *css_class)
{
  GtkWidget *label
      = g_object_new (GTK_TYPE_LABEL, "accessible-role", GTK_ACCESSIBLE_ROLE_PRESENTATION, "label",
                      text, "xalign", 0.0, "ellipsize", PANGO_ELLIPSIZE_END, "wrap", TRUE,
                      "wrap-mode", PANGO_WRAP_WORD_CHAR, "lines", 2, NULL);

  gtk_widget_add_css_class (label, css_class);
  return label;
}

/* @name: the whole name that @title is the short form of; @caption: (nullable) */
static GtkWidget *
presync_right_picture_add_node (PresyncRightPicture *self, const char *icon, const char *title,
                                const char *caption, const char *name)
{
  g_autofree char *tooltip = g_strjoin (caption != NULL ? "\n" : "", name, caption, NULL);
  GtkWidget *node = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);
  GtkWidget *texts = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);

  gtk_widget_add_css_class (node, "right-node");
  gtk_box_append (GTK_BOX (node), presync_accessible_new_ornament (icon));
  gtk_box_append (GTK_BOX (texts), presync_right_picture_new_label (title, "title"));
  if (caption != NULL)
    {
      GtkWidget *label = presync_right_picture_new_label (caption, "caption");

      gtk_widget_add_css_class (label, "dim-label");
      gtk_box_append (GTK_BOX (texts), label);
    }
  gtk_widget_set_valign (texts, GTK_ALIGN_CENTER);
  gtk_widget_set_hexpand (texts, TRUE);
  gtk_box_append (GTK_BOX (node), texts);
  gtk_widget_set_tooltip_text (node, tooltip);
  gtk_widget_set_parent (node, GTK_WIDGET (self));
  return node;
}

static void
presync_right_picture_clear (PresyncRightPicture *self)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL)
    gtk_widget_unparent (child);
  self->root = NULL;
  self->more = NULL;
  self->n_branches = 0;
  memset (self->branches, 0, sizeof self->branches);
}

static char *
presync_right_picture_dup_caption (const PresyncAccessGap *gap)
{
  g_autofree char *count = NULL;

  if (gap->n_objects <= 1)
    return g_strdup (presync_access_gap_reason_title (gap->reason));
  count = g_strdup_printf (ngettext ("%u object", "%u objects", gap->n_objects), gap->n_objects);
  return g_strdup_printf ("%s · %s", presync_access_gap_reason_title (gap->reason), count);
}

/* A place that is the only object itself has no unit that matters. */
static gboolean
presync_right_picture_is_object (const PresyncAccessGap *gap)
{
  return gap->n_objects <= 1
         && (gap->example == NULL || presync_dn_equal (gap->place, gap->example))
         && g_ascii_strncasecmp (gap->place, "OU=", 3) != 0;
}

/* What follows in the picture's name */
static void
presync_right_picture_append_words (PresyncRightPicture *self, GString *words, const char *text,
                                    const char *caption)
{
  g_string_append (words, self->n_branches > 0 ? "; " : " ");
  g_string_append (words, text);
  if (caption != NULL)
    g_string_append_printf (words, " (%s)", caption);
}

static void
presync_right_picture_add_gap (PresyncRightPicture *self, const char *text, GString *words)
{
  g_autoptr (PresyncAccessGap) gap = presync_access_gap_parse (text);
  g_autofree char *place = NULL;
  g_autofree char *caption = NULL;
  PresyncRightBranch *branch = &self->branches[self->n_branches];

  if (gap == NULL)
    return;
  if (gap->reason == PRESYNC_GAP_HEAD)
    {
      /* Nothing below lacks it. */
      const char *title = presync_access_gap_reason_title (gap->reason);

      branch->nodes[0]
          = presync_right_picture_add_node (self, "presync-directory-symbolic", title, NULL, title);
      presync_right_picture_append_words (self, words, title, NULL);
      self->n_branches++;
      return;
    }
  place = presync_dn_dup_name (gap->place);
  caption = presync_right_picture_dup_caption (gap);
  if (presync_right_picture_is_object (gap))
    branch->nodes[1] = presync_right_picture_add_node (self, "presync-person-symbolic", place,
                                                       caption, gap->place);
  else
    branch->nodes[0] = presync_right_picture_add_node (self, "presync-unit-symbolic", place,
                                                       caption, gap->place);
  presync_right_picture_append_words (self, words, place, caption);
  if (branch->nodes[0] != NULL && gap->example != NULL
      && !presync_dn_equal (gap->place, gap->example))
    {
      g_autofree char *example = presync_dn_dup_name (gap->example);

      branch->nodes[1] = presync_right_picture_add_node (
          self, "presync-person-symbolic", example, gap->n_objects > 1 ? _ ("for example") : NULL,
          gap->example);
      /* TRANSLATORS: a place, then one of the objects in it */
      g_string_append_printf (words, _ (", for example %s"), example);
    }
  self->n_branches++;
}

static void
presync_right_picture_add_lack (PresyncRightPicture *self, const char *text, GString *words)
{
  g_autofree char *lack = presync_access_lack_describe (text);

  self->branches[self->n_branches].nodes[0]
      = presync_right_picture_add_node (self, presync_status_icon (self->status), lack,
                                        presync_right_state_title (PRESYNC_RIGHT_MISSING), lack);
  presync_right_picture_append_words (self, words, lack,
                                      presync_right_state_title (PRESYNC_RIGHT_MISSING));
  self->n_branches++;
}

void
presync_right_picture_set (PresyncRightPicture *self, const char *domain,
                           const PresyncRightCell *cell)
{
  g_autoptr (GString) words = g_string_new (NULL);
  guint total;

  g_return_if_fail (PRESYNC_IS_RIGHT_PICTURE (self));
  g_return_if_fail (domain != NULL && cell != NULL);

  presync_right_picture_clear (self);
  self->status = cell->status;
  self->root
      = presync_right_picture_add_node (self, "presync-directory-symbolic", domain, NULL, domain);
  /* TRANSLATORS: %s is a domain; places and objects follow */
  g_string_append_printf (words, _ ("Where the right breaks in %s:"), domain);
  for (guint i = 0; cell->lacks[i] != NULL && self->n_branches < MAX_BRANCHES; i++)
    presync_right_picture_add_lack (self, cell->lacks[i], words);
  for (guint i = 0; cell->gaps[i] != NULL && self->n_branches < MAX_BRANCHES; i++)
    presync_right_picture_add_gap (self, cell->gaps[i], words);
  total = g_strv_length (cell->lacks) + g_strv_length (cell->gaps);
  if (total > self->n_branches)
    {
      guint n = total - self->n_branches;
      g_autofree char *more = g_strdup_printf (ngettext ("and %u more", "and %u more", n), n);

      self->more = presync_right_picture_new_label (more, "dim-label");
      gtk_widget_set_parent (self->more, GTK_WIDGET (self));
      g_string_append_printf (words, "; %s", more);
    }
  presync_accessible_set_label (GTK_WIDGET (self), words->str);
  gtk_widget_queue_resize (GTK_WIDGET (self));
}

/* Object */

static void
presync_right_picture_dispose (GObject *object)
{
  presync_right_picture_clear (PRESYNC_RIGHT_PICTURE (object));

  G_OBJECT_CLASS (presync_right_picture_parent_class)->dispose (object);
}

static void
presync_right_picture_class_init (PresyncRightPictureClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = presync_right_picture_dispose;
  widget_class->get_request_mode = presync_right_picture_get_request_mode;
  widget_class->measure = presync_right_picture_measure;
  widget_class->size_allocate = presync_right_picture_size_allocate;
  widget_class->snapshot = presync_right_picture_snapshot;
  gtk_widget_class_set_css_name (widget_class, "right-picture");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
}

static void
presync_right_picture_init (PresyncRightPicture *self)
{
}
