/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/network-row.h"

#include <glib/gi18n.h>

#include "app/accessible.h"
#include "app/network-marks.h"
#include "report/reach-text.h"

/* Least width of the name beside the marks */
#define NAME_WIDTH 80
#define GAP 8

struct _PresyncNetworkRow
{
  GtkWidget parent_instance;

  PresyncReach *reach; /* nullable */
  GtkWidget *name;
  GtkWidget *text; /* hidden unless the row is open */
};

G_DEFINE_FINAL_TYPE (PresyncNetworkRow, presync_network_row, GTK_TYPE_WIDGET)

static int
presync_network_row_marks_width (int width)
{
  return PRESYNC_N_REACH_STAGES * presync_network_marks_column (width);
}

static GtkSizeRequestMode
presync_network_row_get_request_mode (GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static void
presync_network_row_measure (GtkWidget *widget, GtkOrientation orientation, int for_size,
                             int *minimum, int *natural, int *minimum_baseline,
                             int *natural_baseline)
{
  PresyncNetworkRow *self = PRESYNC_NETWORK_ROW (widget);
  int height = 0;
  int text_height = 0;

  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    {
      *minimum = NAME_WIDTH + presync_network_row_marks_width (0);
      *natural = PRESYNC_NETWORK_MARKS_WIDE;
      return;
    }
  gtk_widget_measure (self->name, GTK_ORIENTATION_VERTICAL, -1, &height, NULL, NULL, NULL);
  if (gtk_widget_get_visible (self->text))
    gtk_widget_measure (self->text, GTK_ORIENTATION_VERTICAL, for_size, &text_height, NULL, NULL,
                        NULL);
  *minimum = *natural = height + text_height;
}

static void
presync_network_row_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  PresyncNetworkRow *self = PRESYNC_NETWORK_ROW (widget);
  gboolean rtl = gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL;
  int marks = presync_network_row_marks_width (width);
  int name_width = MAX (width - marks - GAP, 1);
  int name_height = 0;

  gtk_widget_measure (self->name, GTK_ORIENTATION_VERTICAL, -1, &name_height, NULL, NULL, NULL);
  gtk_widget_size_allocate (
      self->name, &(GtkAllocation){ rtl ? marks + GAP : 0, 0, name_width, name_height }, -1);
  if (gtk_widget_get_visible (self->text))
    gtk_widget_size_allocate (
        self->text, &(GtkAllocation){ 0, name_height, width, MAX (height - name_height, 1) }, -1);
}

static void
presync_network_row_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  PresyncNetworkRow *self = PRESYNC_NETWORK_ROW (widget);
  gboolean rtl = gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL;
  int width = gtk_widget_get_width (widget);
  int column = presync_network_marks_column (width);
  double y = gtk_widget_get_allocated_height (self->name) / 2.0;

  GTK_WIDGET_CLASS (presync_network_row_parent_class)->snapshot (widget, snapshot);
  for (PresyncReachStage stage = 0; stage < PRESYNC_N_REACH_STAGES; stage++)
    {
      double x = width - (PRESYNC_N_REACH_STAGES - stage - 0.5) * column;

      if (rtl)
        x = width - x;
      if (self->reach == NULL)
        presync_network_marks_draw_title (widget, snapshot, stage, x, y);
      else
        presync_network_marks_draw (widget, snapshot, presync_reach_get_mark (self->reach, stage),
                                    x, y);
    }
}

/* Only what is drawn and told; the row itself stays, with focus and selection. */
static void
presync_network_row_update (PresyncNetworkRow *self)
{
  GtkWidget *row = gtk_widget_get_ancestor (GTK_WIDGET (self), GTK_TYPE_LIST_BOX_ROW);
  g_autofree char *sentence = presync_reach_text_dup_sentence (self->reach);
  g_autofree char *marks = NULL;
  g_autofree char *label = NULL;
  g_autofree char *description = NULL;

  gtk_label_set_text (GTK_LABEL (self->text), sentence);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self), sentence);
  gtk_widget_queue_draw (GTK_WIDGET (self));
  if (row == NULL)
    return;
  marks = presync_reach_text_dup_marks (self->reach);
  label = presync_reach_text_dup_name (self->reach);
  description = g_strdup_printf ("%s. %s", sentence, marks);
  presync_accessible_set_label (row, label);
  presync_accessible_set_description (row, description);
}

static void
presync_network_row_root (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (presync_network_row_parent_class)->root (widget);
  /* The list row around it is there now. */
  if (PRESYNC_NETWORK_ROW (widget)->reach != NULL)
    presync_network_row_update (PRESYNC_NETWORK_ROW (widget));
}

static void
presync_network_row_dispose (GObject *object)
{
  PresyncNetworkRow *self = PRESYNC_NETWORK_ROW (object);

  g_clear_object (&self->reach);
  g_clear_pointer (&self->name, gtk_widget_unparent);
  g_clear_pointer (&self->text, gtk_widget_unparent);

  G_OBJECT_CLASS (presync_network_row_parent_class)->dispose (object);
}

static void
presync_network_row_class_init (PresyncNetworkRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = presync_network_row_dispose;
  widget_class->root = presync_network_row_root;
  widget_class->get_request_mode = presync_network_row_get_request_mode;
  widget_class->measure = presync_network_row_measure;
  widget_class->size_allocate = presync_network_row_size_allocate;
  widget_class->snapshot = presync_network_row_snapshot;
  gtk_widget_class_set_css_name (widget_class, "network-row");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_PRESENTATION);
}

static void
presync_network_row_init (PresyncNetworkRow *self)
{
  self->name = gtk_label_new (NULL);
  self->text = gtk_label_new (NULL);
  /* Beginning and end tell addresses of one service apart. */
  gtk_label_set_ellipsize (GTK_LABEL (self->name), PANGO_ELLIPSIZE_MIDDLE);
  gtk_label_set_xalign (GTK_LABEL (self->name), 0);
  gtk_label_set_xalign (GTK_LABEL (self->text), 0);
  gtk_label_set_wrap (GTK_LABEL (self->text), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (self->text), PANGO_WRAP_WORD_CHAR);
  gtk_widget_add_css_class (self->text, "caption");
  gtk_widget_set_visible (self->text, FALSE);
  gtk_widget_set_parent (self->name, GTK_WIDGET (self));
  gtk_widget_set_parent (self->text, GTK_WIDGET (self));
}

GtkWidget *
presync_network_row_new (PresyncReach *reach)
{
  PresyncNetworkRow *self = g_object_new (PRESYNC_TYPE_NETWORK_ROW, NULL);

  if (reach == NULL)
    {
      gtk_label_set_text (GTK_LABEL (self->name), _ ("Address"));
      gtk_widget_add_css_class (self->name, "caption-heading");
      return GTK_WIDGET (self);
    }
  self->reach = g_object_ref (reach);
  gtk_label_set_text (GTK_LABEL (self->name), presync_reach_get_subject (reach));
  for (gsize i = 0; i < 3; i++)
    {
      static const char *const signals[] = { "notify::marks", "notify::text", "notify::outcome" };

      g_signal_connect_object (reach, signals[i], G_CALLBACK (presync_network_row_update), self,
                               G_CONNECT_SWAPPED);
    }
  presync_network_row_update (self);
  return GTK_WIDGET (self);
}

PresyncReach *
presync_network_row_get_reach (PresyncNetworkRow *self)
{
  g_return_val_if_fail (PRESYNC_IS_NETWORK_ROW (self), NULL);
  return self->reach;
}

void
presync_network_row_set_open (PresyncNetworkRow *self, gboolean open)
{
  g_return_if_fail (PRESYNC_IS_NETWORK_ROW (self));
  gtk_widget_set_visible (self->text, open && self->reach != NULL);
}
