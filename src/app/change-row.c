/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/change-row.h"

#include <glib/gi18n.h>

#include "app/accessible.h"
#include "app/status-change.h"

struct _PresyncChangeRow
{
  GtkWidget parent_instance;

  GtkLabel *option;
  GtkLabel *title;
  PresyncStatusChange *status;
  GtkLabel *found_before;
  GtkLabel *found_after;
};

G_DEFINE_FINAL_TYPE (PresyncChangeRow, presync_change_row, GTK_TYPE_WIDGET)

/* (transfer full): what was found, and whether somebody stated something; "" for nothing */
static char *
presync_change_row_dup_found (const PresyncRunRow *row)
{
  g_autoptr (GPtrArray) parts = g_ptr_array_new ();

  if (row == NULL)
    return g_strdup ("");
  if (*row->found != '\0')
    g_ptr_array_add (parts, row->found);
  if (row->answered)
    g_ptr_array_add (parts, _ ("answered by hand"));
  if (row->waived)
    g_ptr_array_add (parts, _ ("waived"));
  g_ptr_array_add (parts, NULL);
  return g_strjoinv (" · ", (char **) parts->pdata);
}

static const char *
presync_change_row_get_title (const PresyncComparisonRow *row)
{
  return row->condition != NULL ? presync_condition_get_title (row->condition)
                                : presync_requirement_get_title (row->requirement);
}

static const char *
presync_change_row_get_status (const PresyncRunRow *row)
{
  return row != NULL ? presync_status_title (row->status) : _ ("Not asked");
}

char *
presync_change_row_dup_name (const PresyncComparisonRow *row)
{
  g_autofree char *then = presync_change_row_dup_found (row->before);
  g_autofree char *now = presync_change_row_dup_found (row->after);
  g_autoptr (GString) name = g_string_new (NULL);

  /* TRANSLATORS: an option, a condition, its status in the first run, and in the second */
  g_string_append_printf (name, _ ("%s, %s: %s before, %s after"),
                          presync_option_title (row->option), presync_change_row_get_title (row),
                          presync_change_row_get_status (row->before),
                          presync_change_row_get_status (row->after));
  if (*then != '\0')
    g_string_append_printf (name, _ (". Found then: %s"), then);
  if (*now != '\0')
    g_string_append_printf (name, _ (". Found now: %s"), now);
  return g_string_free (g_steal_pointer (&name), FALSE);
}

static void
presync_change_row_dispose (GObject *object)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (object))) != NULL)
    gtk_widget_unparent (child);

  G_OBJECT_CLASS (presync_change_row_parent_class)->dispose (object);
}

static void
presync_change_row_class_init (PresyncChangeRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = presync_change_row_dispose;
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BOX_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "change-row");
}

static GtkLabel *
presync_change_row_new_label (GtkWidget *parent, const char *css_class)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_lines (GTK_LABEL (label), 3);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  if (css_class != NULL)
    gtk_widget_add_css_class (label, css_class);
  gtk_widget_set_parent (label, parent);
  return GTK_LABEL (label);
}

static void
presync_change_row_init (PresyncChangeRow *self)
{
  GtkLayoutManager *layout = gtk_widget_get_layout_manager (GTK_WIDGET (self));

  gtk_orientable_set_orientation (GTK_ORIENTABLE (layout), GTK_ORIENTATION_VERTICAL);
  gtk_box_layout_set_spacing (GTK_BOX_LAYOUT (layout), 4);
  self->option = presync_change_row_new_label (GTK_WIDGET (self), "caption");
  gtk_widget_add_css_class (GTK_WIDGET (self->option), "dim-label");
  self->title = presync_change_row_new_label (GTK_WIDGET (self), NULL);

  self->status = PRESYNC_STATUS_CHANGE (presync_status_change_new ());
  gtk_widget_set_parent (GTK_WIDGET (self->status), GTK_WIDGET (self));
  self->found_before = presync_change_row_new_label (GTK_WIDGET (self), "caption");
  self->found_after = presync_change_row_new_label (GTK_WIDGET (self), "caption");
}

GtkWidget *
presync_change_row_new (void)
{
  return g_object_new (PRESYNC_TYPE_CHANGE_ROW, NULL);
}

/* What the edition of a run does not know looks as what does not apply. */
static PresyncStatus
presync_change_row_get_style (const PresyncRunRow *row)
{
  return row != NULL ? row->status : PRESYNC_STATUS_NOT_APPLICABLE;
}

void
presync_change_row_set_row (PresyncChangeRow *self, const PresyncComparisonRow *row)
{
  g_autofree char *then = NULL;
  g_autofree char *now = NULL;
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;
  g_autofree char *name = NULL;

  g_return_if_fail (PRESYNC_IS_CHANGE_ROW (self));

  then = presync_change_row_dup_found (row->before);
  now = presync_change_row_dup_found (row->after);
  gtk_label_set_text (self->option, presync_option_title (row->option));
  gtk_label_set_text (self->title, presync_change_row_get_title (row));
  presync_status_change_set (self->status, presync_change_row_get_style (row->before),
                             presync_change_row_get_status (row->before),
                             presync_change_row_get_style (row->after),
                             presync_change_row_get_status (row->after));
  /* Of what says the same in both, one line is enough. */
  gtk_widget_set_visible (GTK_WIDGET (self->found_before),
                          *then != '\0' && !g_str_equal (then, now));
  gtk_widget_set_visible (GTK_WIDGET (self->found_after), *now != '\0');
  before = g_strdup_printf (_ ("Found then: %s"), then);
  after = g_strdup_printf (_ ("Found now: %s"), now);
  gtk_label_set_text (self->found_before, before);
  gtk_label_set_text (self->found_after, after);
  name = presync_change_row_dup_name (row);
  presync_accessible_set_label (GTK_WIDGET (self), name);
  presync_accessible_label_list_row (GTK_WIDGET (self), name);
}
