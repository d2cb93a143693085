/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/rights-table.h"

#include <glib/gi18n.h>

#include "app/accessible.h"
#include "app/right-detail.h"
#include "app/status-style.h"

typedef struct
{
  GtkWidget *button;
  GtkWidget *icon;
  GtkWidget *label;
  PresyncRightCell *cell; /* nullable */
} PresyncRightsTableCell;

struct _PresyncRightsTable
{
  AdwBin parent_instance;

  GtkWidget *empty;
  GtkWidget *table;
  GtkGrid *titles;
  GtkWidget *scroller;
  GtkGrid *grid;
  GtkWidget *detail_part;
  PresyncRightDetail *detail;

  PresyncAssessment *assessment;
  const PresyncAccountRole *role;
  const PresyncAccessRight *rights;
  guint n_rights;
  GStrv domains;
  guint n_domains;
  PresyncRightsTableCell *cells; /* right by right, in each domain by domain; NULL if none */
  gboolean touched;              /* somebody has chosen a cell */
};

G_DEFINE_FINAL_TYPE (PresyncRightsTable, presync_rights_table, ADW_TYPE_BIN)

static PresyncRightsTableCell *
presync_rights_table_get_cell (PresyncRightsTable *self, guint right, guint domain)
{
  return &self->cells[right * self->n_domains + domain];
}

static gboolean
presync_rights_table_find (PresyncRightsTable *self, GtkWidget *button, guint *right, guint *domain)
{
  for (guint i = 0; i < self->n_rights * self->n_domains; i++)
    if (self->cells[i].button == button)
      {
        *right = i / self->n_domains;
        *domain = i % self->n_domains;
        return TRUE;
      }
  return FALSE;
}

/* The chosen cell at length */
static void
presync_rights_table_update_detail (PresyncRightsTable *self)
{
  for (guint i = 0; i < self->n_rights * self->n_domains; i++)
    {
      const PresyncRightsTableCell *cell = &self->cells[i];

      if (!gtk_toggle_button_get_active (GTK_TOGGLE_BUTTON (cell->button)))
        continue;
      presync_right_detail_set (self->detail, self->assessment, self->role,
                                &self->rights[i / self->n_domains],
                                self->domains[i % self->n_domains], cell->cell);
      gtk_widget_set_visible (self->detail_part, TRUE);
      return;
    }
  gtk_widget_set_visible (self->detail_part, FALSE);
}

static void
presync_rights_table_toggled_cb (PresyncRightsTable *self, GtkToggleButton *button)
{
  if (!gtk_toggle_button_get_active (button))
    return;
  self->touched = TRUE;
  presync_rights_table_update_detail (self);
}

/* The list around the table would take the arrow keys for its own rows. */
static gboolean
presync_rights_table_key_cb (PresyncRightsTable *self, guint key, guint code,
                             GdkModifierType modifiers)
{
  GtkWidget *widget = GTK_WIDGET (self);
  GtkRoot *root = gtk_widget_get_root (widget);
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;
  gboolean rtl = gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL;
  guint right = 0, domain = 0;
  int x = 0, y = 0;

  if (focus == NULL || !presync_rights_table_find (self, focus, &right, &domain))
    return GDK_EVENT_PROPAGATE;
  if (key == GDK_KEY_Up || key == GDK_KEY_KP_Up)
    y = -1;
  else if (key == GDK_KEY_Down || key == GDK_KEY_KP_Down)
    y = 1;
  else if (key == GDK_KEY_Left || key == GDK_KEY_KP_Left)
    x = rtl ? 1 : -1;
  else if (key == GDK_KEY_Right || key == GDK_KEY_KP_Right)
    x = rtl ? -1 : 1;
  else
    return GDK_EVENT_PROPAGATE;
  if ((int) right + y < 0 || (int) right + y >= (int) self->n_rights || (int) domain + x < 0
      || (int) domain + x >= (int) self->n_domains)
    return x != 0 ? GDK_EVENT_STOP : GDK_EVENT_PROPAGATE;
  gtk_widget_grab_focus (
      presync_rights_table_get_cell (self, (guint) ((int) right + y), (guint) ((int) domain + x))
          ->button);
  return GDK_EVENT_STOP;
}

static void
presync_rights_table_clear (PresyncRightsTable *self)
{
  for (guint i = 0; self->cells != NULL && i < self->n_rights * self->n_domains; i++)
    presync_right_cell_free (self->cells[i].cell);
  g_clear_pointer (&self->cells, g_free);
  g_clear_pointer (&self->domains, g_strfreev);
  self->n_domains = 0;
}

static void
presync_rights_table_empty_grid (GtkGrid *grid)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (grid))) != NULL)
    gtk_grid_remove (grid, child);
}

static GtkWidget *
presync_rights_table_new_heading (const char *text, GtkAccessibleRole role)
{
  GtkWidget *label
      = g_object_new (GTK_TYPE_LABEL, "accessible-role", role, "label", text, "xalign", 0.0, NULL);

  gtk_widget_add_css_class (label, "right-heading");
  return label;
}

/* Where the cells are */
static GtkGrid *
presync_rights_table_get_grid (PresyncRightsTable *self)
{
  return self->n_domains == 1 ? self->titles : self->grid;
}

static void
presync_rights_table_add_cell (PresyncRightsTable *self, guint right, guint domain)
{
  PresyncRightsTableCell *cell = presync_rights_table_get_cell (self, right, domain);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);

  cell->icon = presync_accessible_new_ornament (NULL);
  cell->label = gtk_label_new (NULL);
  gtk_label_set_xalign (GTK_LABEL (cell->label), 0);
  gtk_label_set_wrap (GTK_LABEL (cell->label), self->n_domains == 1);
  gtk_box_append (GTK_BOX (box), cell->icon);
  gtk_box_append (GTK_BOX (box), cell->label);
  cell->button = gtk_toggle_button_new ();
  gtk_button_set_child (GTK_BUTTON (cell->button), box);
  gtk_widget_add_css_class (cell->button, "flat");
  gtk_widget_add_css_class (cell->button, "right-cell");
  gtk_widget_set_hexpand (cell->button, TRUE);
  if (right + domain > 0)
    gtk_toggle_button_set_group (GTK_TOGGLE_BUTTON (cell->button),
                                 GTK_TOGGLE_BUTTON (self->cells[0].button));
  g_signal_connect_object (cell->button, "toggled", G_CALLBACK (presync_rights_table_toggled_cb),
                           self, G_CONNECT_SWAPPED);
  gtk_grid_attach (presync_rights_table_get_grid (self), cell->button, (int) domain + 1,
                   (int) right + 1, 1, 1);
}

/* Beside one domain, which fits any window, the title of a right wraps. Several scroll, and their
 * titles stay where they are: in one line, as two grids agree on no other height. */
static void
presync_rights_table_add_row (PresyncRightsTable *self, guint right)
{
  gboolean alone = self->n_domains == 1;
  const char *title = presync_right_title (&self->rights[right]);
  GtkWidget *label = presync_rights_table_new_heading (title, GTK_ACCESSIBLE_ROLE_ROW_HEADER);

  gtk_label_set_width_chars (GTK_LABEL (label), 10);
  gtk_label_set_max_width_chars (GTK_LABEL (label), 40);
  gtk_widget_set_tooltip_text (label, title);
  for (guint i = 0; i < self->n_domains; i++)
    presync_rights_table_add_cell (self, right, i);
  if (alone)
    {
      gtk_label_set_wrap (GTK_LABEL (label), TRUE);
      gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
      gtk_grid_attach (self->titles, label, 0, (int) right + 1, 1, 1);
    }
  else
    {
      g_autoptr (GtkSizeGroup) group = gtk_size_group_new (GTK_SIZE_GROUP_VERTICAL);

      /* The end tells "Replicating Directory Changes" from "… All". */
      gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_MIDDLE);
      gtk_grid_attach (self->titles, label, 0, (int) right + 1, 1, 1);
      gtk_size_group_add_widget (group, label);
      gtk_size_group_add_widget (group, presync_rights_table_get_cell (self, right, 0)->button);
    }
}

static void
presync_rights_table_build (PresyncRightsTable *self)
{
  GtkWidget *corner = presync_rights_table_new_heading ("", GTK_ACCESSIBLE_ROLE_PRESENTATION);

  presync_rights_table_empty_grid (self->titles);
  presync_rights_table_empty_grid (self->grid);
  self->cells = g_new0 (PresyncRightsTableCell, self->n_rights * self->n_domains);
  gtk_grid_attach (self->titles, corner, 0, 0, 1, 1);
  gtk_widget_set_visible (self->scroller, self->n_domains > 1);
  for (guint i = 0; i < self->n_domains; i++)
    {
      GtkWidget *label
          = presync_rights_table_new_heading (self->domains[i], GTK_ACCESSIBLE_ROLE_COLUMN_HEADER);

      gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
      gtk_label_set_max_width_chars (GTK_LABEL (label), 24);
      gtk_label_set_width_chars (GTK_LABEL (label), 12);
      gtk_widget_set_tooltip_text (label, self->domains[i]);
      gtk_widget_add_css_class (label, "dim-label");
      gtk_grid_attach (presync_rights_table_get_grid (self), label, (int) i + 1, 0, 1, 1);
    }
  for (guint i = 0; i < self->n_rights; i++)
    presync_rights_table_add_row (self, i);
}

static void
presync_rights_table_update_cell (PresyncRightsTable *self, guint right, guint domain,
                                  GPtrArray *items)
{
  PresyncRightsTableCell *shown = presync_rights_table_get_cell (self, right, domain);
  g_autoptr (PresyncRightCell) cell = presync_right_cell_new (
      self->assessment, items, &self->rights[right], self->domains[domain]);
  const char *word = presync_right_state_title (cell->state);
  g_autofree char *name = NULL;
  g_autofree char *text = NULL;

  if (presync_right_cell_equal (shown->cell, cell))
    return;
  name = g_strdup_printf (_ ("%s, %s: %s"), presync_right_title (&self->rights[right]),
                          self->domains[domain], word);
  text = presync_right_cell_dup_text (cell);
  gtk_image_set_from_icon_name (GTK_IMAGE (shown->icon), presync_status_icon (cell->status));
  presync_status_set_class (shown->icon, cell->status);
  gtk_label_set_text (GTK_LABEL (shown->label), word);
  gtk_widget_set_tooltip_text (shown->button, text);
  presync_accessible_set_label (shown->button, name);
  presync_accessible_set_description (shown->button, text);
  presync_right_cell_free (shown->cell);
  shown->cell = g_steal_pointer (&cell);
}

/* Until somebody chooses, the worst cell shows what there is to see. */
static void
presync_rights_table_choose (PresyncRightsTable *self)
{
  PresyncRightsTableCell *worst = NULL;

  for (guint i = 0; i < self->n_rights * self->n_domains; i++)
    {
      PresyncRightsTableCell *cell = &self->cells[i];

      if (gtk_toggle_button_get_active (GTK_TOGGLE_BUTTON (cell->button)))
        return;
      if ((cell->cell->state == PRESYNC_RIGHT_MISSING || cell->cell->state == PRESYNC_RIGHT_BROKEN)
          && (worst == NULL || cell->cell->state > worst->cell->state))
        worst = cell;
    }
  if (worst != NULL && !self->touched)
    {
      gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (worst->button), TRUE);
      self->touched = FALSE;
    }
}

static const char *
presync_rights_table_get_empty_text (PresyncRightsTable *self)
{
  const PresyncAccounts *accounts = presync_assessment_get_accounts (self->assessment);

  return presync_accounts_get (accounts, self->role->field) != NULL
             ? _ ("Its rights have not been read yet.")
             : _ ("Name the account to see its rights in each domain.");
}

void
presync_rights_table_update (PresyncRightsTable *self)
{
  g_auto (GStrv) domains = NULL;

  g_return_if_fail (PRESYNC_IS_RIGHTS_TABLE (self));

  domains = presync_right_list_domains (self->assessment, self->role->rights);
  gtk_label_set_text (GTK_LABEL (self->empty), presync_rights_table_get_empty_text (self));
  gtk_widget_set_visible (self->empty, domains[0] == NULL);
  gtk_widget_set_visible (self->table, domains[0] != NULL);
  if (self->domains == NULL
      || !g_strv_equal ((const char *const *) domains, (const char *const *) self->domains))
    {
      presync_rights_table_clear (self);
      self->domains = g_steal_pointer (&domains);
      self->n_domains = g_strv_length (self->domains);
      if (self->n_domains > 0)
        presync_rights_table_build (self);
    }
  for (guint i = 0; i < self->n_rights && self->n_domains > 0; i++)
    {
      g_autoptr (GPtrArray) items
          = presync_right_list_items (self->assessment, self->role, &self->rights[i]);

      for (guint j = 0; j < self->n_domains; j++)
        presync_rights_table_update_cell (self, i, j, items);
    }
  presync_rights_table_choose (self);
  presync_rights_table_update_detail (self);
}

static void
presync_rights_table_dispose (GObject *object)
{
  PresyncRightsTable *self = PRESYNC_RIGHTS_TABLE (object);

  presync_rights_table_clear (self);
  g_clear_object (&self->assessment);
  gtk_widget_dispose_template (GTK_WIDGET (self), PRESYNC_TYPE_RIGHTS_TABLE);

  G_OBJECT_CLASS (presync_rights_table_parent_class)->dispose (object);
}

static void
presync_rights_table_class_init (PresyncRightsTableClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = presync_rights_table_dispose;

  g_type_ensure (PRESYNC_TYPE_RIGHT_DETAIL);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               PRESYNC_RESOURCE_BASE "/rights-table.ui");
  gtk_widget_class_bind_template_child (widget_class, PresyncRightsTable, empty);
  gtk_widget_class_bind_template_child (widget_class, PresyncRightsTable, table);
  gtk_widget_class_bind_template_child (widget_class, PresyncRightsTable, titles);
  gtk_widget_class_bind_template_child (widget_class, PresyncRightsTable, scroller);
  gtk_widget_class_bind_template_child (widget_class, PresyncRightsTable, grid);
  gtk_widget_class_bind_template_child (widget_class, PresyncRightsTable, detail_part);
  gtk_widget_class_bind_template_child (widget_class, PresyncRightsTable, detail);
  gtk_widget_class_bind_template_callback (widget_class, presync_rights_table_key_cb);
}

/* GTK's scrolled window takes every turn of the wheel, even along the axis it never scrolls: the
 * page would stand still while the pointer is over the table. */
static void
presync_rights_table_leave_wheel (GtkWidget *scroller)
{
  g_autoptr (GListModel) controllers = gtk_widget_observe_controllers (scroller);
  guint n = g_list_model_get_n_items (controllers);

  for (guint i = 0; i < n; i++)
    {
      g_autoptr (GtkEventController) controller = g_list_model_get_item (controllers, i);
      if (GTK_IS_EVENT_CONTROLLER_SCROLL (controller))
        gtk_event_controller_scroll_set_flags (GTK_EVENT_CONTROLLER_SCROLL (controller),
                                               GTK_EVENT_CONTROLLER_SCROLL_HORIZONTAL
                                                   | GTK_EVENT_CONTROLLER_SCROLL_KINETIC);
    }
}

static void
presync_rights_table_init (PresyncRightsTable *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  presync_rights_table_leave_wheel (self->scroller);
}

GtkWidget *
presync_rights_table_new (PresyncAssessment *assessment, const PresyncAccountRole *role)
{
  PresyncRightsTable *self = g_object_new (PRESYNC_TYPE_RIGHTS_TABLE, NULL);
  gsize n = 0;

  self->assessment = g_object_ref (assessment);
  self->role = role;
  self->rights = presync_access_rights (role->rights, &n);
  self->n_rights = (guint) n;
  presync_rights_table_update (self);
  return GTK_WIDGET (self);
}
