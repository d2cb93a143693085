/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/account-picker.h"

#include <glib/gi18n.h>

#include "app/account-names.h"
#include "app/accessible.h"
#include "app/form.h"
#include "sources/directory/dn.h"

/* Nobody types so slowly that each letter deserves a search. */
#define DEBOUNCE_MS 200
#define MIN_CHARS 2
#define RESULTS_MIN_WIDTH 260
#define RESULTS_MAX_WIDTH 460

struct _PresyncAccountPicker
{
  AdwEntryRow parent_instance;

  GtkSpinner *spinner;
  GtkWidget *clear;
  GtkPopover *popover;
  GtkWidget *scroller;
  GtkListBox *results;
  GtkLabel *note;

  PresyncAssessment *assessment;
  const char *field;
  char *owner;
  PresyncFinder *finder; /* nullable */
  GCancellable *cancellable;
  guint search_id;
  gboolean filling; /* the text is being set, not typed */
};

G_DEFINE_FINAL_TYPE (PresyncAccountPicker, presync_account_picker, ADW_TYPE_ENTRY_ROW)

/* What each name may be; a name that is of the tenant is not looked up. */
static const struct
{
  const char *field;
  const char *title;
  PresyncFinderKind kinds;
} fields[] = {
  { "cloud-admin", N_ ("Account (DOMAIN\\name, UPN, DN or SID)"), PRESYNC_FIND_PERSONS },
  { "connect-admin", N_ ("Account (DOMAIN\\name, UPN, DN or SID)"), PRESYNC_FIND_PERSONS },
  { "hybrid-admin", N_ ("Account of the tenant (UPN)"), 0 },
  { "gmsa", N_ ("A gMSA of your own (name, DN or SID)"), PRESYNC_FIND_SERVICES },
  { "connector", N_ ("Account (DOMAIN\\name, UPN, DN or SID)"), PRESYNC_FIND_PERSONS },
  { "service", N_ ("Account (DOMAIN\\name, .\\name, UPN, DN or SID)"),
    (PresyncFinderKind) ((int) PRESYNC_FIND_PERSONS | (int) PRESYNC_FIND_SERVICES) },
  { "entra-connector", N_ ("Account of the tenant (UPN)"), 0 },
  { "group-unit", N_ ("Unit for group writeback (DN)"), PRESYNC_FIND_UNITS },
};

static gsize
presync_account_picker_get_index (PresyncAccountPicker *self)
{
  for (gsize i = 0; i < G_N_ELEMENTS (fields); i++)
    if (g_str_equal (fields[i].field, self->field))
      return i;
  g_return_val_if_reached (0);
}

static const char *
presync_account_picker_get_name (PresyncAccountPicker *self)
{
  const char *name
      = presync_accounts_get (presync_assessment_get_accounts (self->assessment), self->field);

  return name != NULL ? name : "";
}

static void
presync_account_picker_stop (PresyncAccountPicker *self)
{
  g_clear_handle_id (&self->search_id, g_source_remove);
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  gtk_spinner_stop (self->spinner);
  gtk_widget_set_visible (GTK_WIDGET (self->spinner), FALSE);
}

static void
presync_account_picker_fill (PresyncAccountPicker *self)
{
  const char *name = presync_account_picker_get_name (self);

  self->filling = TRUE;
  if (!g_str_equal (gtk_editable_get_text (GTK_EDITABLE (self)), name))
    gtk_editable_set_text (GTK_EDITABLE (self), name);
  /* libadwaita offers to apply whatever was ever set; this makes it forget. */
  adw_entry_row_set_show_apply_button (ADW_ENTRY_ROW (self), FALSE);
  adw_entry_row_set_show_apply_button (ADW_ENTRY_ROW (self), TRUE);
  self->filling = FALSE;
  gtk_widget_set_visible (self->clear, *name != '\0');
}

static void
presync_account_picker_commit (PresyncAccountPicker *self, const char *name)
{
  presync_account_picker_stop (self);
  gtk_popover_popdown (self->popover);
  presync_account_names_set (self->assessment, self->field, name);
  presync_account_picker_fill (self);
}

void
presync_account_picker_update (PresyncAccountPicker *self)
{
  const char *title;
  gboolean unused;
  g_autofree char *text = NULL;
  g_autofree char *name = NULL;

  g_return_if_fail (PRESYNC_IS_ACCOUNT_PICKER (self));

  title = _ (fields[presync_account_picker_get_index (self)].title);
  unused = *presync_account_picker_get_name (self) != '\0'
           && !presync_account_names_is_used (self->assessment, self->field);
  /* TRANSLATORS: of a name in an entry: it is remembered, but another account is planned */
  text = g_strdup (unused ? _ ("Not used as planned") : title);
  if (g_str_equal (adw_preferences_row_get_title (ADW_PREFERENCES_ROW (self)), text))
    return;
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self), text);
  /* TRANSLATORS: "AD DS Connector account: Account (DOMAIN\name, …)" */
  name = g_strdup_printf (_ ("%s: %s"), self->owner, text);
  presync_accessible_set_label (GTK_WIDGET (self), name);
  presync_accessible_set_label (GTK_WIDGET (gtk_editable_get_delegate (GTK_EDITABLE (self))), name);
  if (unused)
    gtk_widget_add_css_class (GTK_WIDGET (self), "dim-label");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self), "dim-label");
}

/* Results */

static const char *
presync_account_picker_get_icon (PresyncPrincipalKind kind)
{
  switch (kind)
    {
    case PRESYNC_PRINCIPAL_SMSA:
    case PRESYNC_PRINCIPAL_GMSA:
      return "presync-service-account-symbolic";
    case PRESYNC_PRINCIPAL_COMPUTER:
      return "presync-server-symbolic";
    case PRESYNC_PRINCIPAL_GROUP:
      return "presync-accounts-symbolic";
    case PRESYNC_PRINCIPAL_OTHER:
      return "presync-unit-symbolic";
    case PRESYNC_PRINCIPAL_USER:
    case PRESYNC_PRINCIPAL_INETORGPERSON:
    case PRESYNC_PRINCIPAL_FOREIGN:
    default:
      return "presync-person-symbolic";
    }
}

static GtkWidget *
presync_account_picker_new_label (const char *text, const char *css_class)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_MIDDLE);
  if (css_class != NULL)
    gtk_widget_add_css_class (label, css_class);
  return label;
}

/* Only a DN tells an organizational unit from others of its name. */
static const char *
presync_account_picker_get_value (const PresyncPrincipal *principal)
{
  return principal->kind == PRESYNC_PRINCIPAL_OTHER ? principal->dn : principal->name;
}

static GtkWidget *
presync_account_picker_new_result (const PresyncPrincipal *principal)
{
  GtkWidget *row = gtk_list_box_row_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 10);
  GtkWidget *texts = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  gboolean unit = principal->kind == PRESYNC_PRINCIPAL_OTHER;
  g_autofree char *title = unit ? presync_dn_dup_name (principal->dn) : g_strdup (principal->name);
  const char *parts[] = { unit ? principal->dn : principal->display_name, principal->upn };
  g_autoptr (GString) more = g_string_new (NULL);
  g_autofree char *name = NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (parts); i++)
    if (parts[i] != NULL && *parts[i] != '\0')
      g_string_append_printf (more, "%s%s", more->len > 0 ? " · " : "", parts[i]);
  gtk_box_append (GTK_BOX (box), presync_accessible_new_ornament (
                                     presync_account_picker_get_icon (principal->kind)));
  gtk_box_append (GTK_BOX (texts), presync_account_picker_new_label (title, NULL));
  if (more->len > 0)
    {
      GtkWidget *label = presync_account_picker_new_label (more->str, "caption");

      gtk_widget_add_css_class (label, "dim-label");
      gtk_box_append (GTK_BOX (texts), label);
    }
  gtk_widget_set_hexpand (texts, TRUE);
  gtk_widget_set_valign (texts, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (box), texts);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
  gtk_widget_set_tooltip_text (row, principal->dn);
  g_object_set_data_full (G_OBJECT (row), "presync-value",
                          g_strdup (presync_account_picker_get_value (principal)), g_free);
  name = g_strjoin (more->len > 0 ? ", " : "", title, more->str, NULL);
  presync_accessible_set_label (row, name);
  return row;
}

static void
presync_account_picker_clear_results (PresyncAccountPicker *self)
{
  GtkListBoxRow *row;

  while ((row = gtk_list_box_get_row_at_index (self->results, 0)) != NULL)
    gtk_list_box_remove (self->results, GTK_WIDGET (row));
  gtk_widget_set_visible (self->scroller, FALSE);
}

/* @note: (nullable): what there is to say of the results, or instead of them */
static void
presync_account_picker_show (PresyncAccountPicker *self, const char *note)
{
  int width = gtk_widget_get_width (GTK_WIDGET (self)) - 24;

  gtk_label_set_text (self->note, note != NULL ? note : "");
  gtk_widget_set_visible (GTK_WIDGET (self->note), note != NULL);
  gtk_widget_set_size_request (gtk_popover_get_child (self->popover),
                               CLAMP (width, RESULTS_MIN_WIDTH, RESULTS_MAX_WIDTH), -1);
  if (gtk_widget_get_mapped (GTK_WIDGET (self)))
    gtk_popover_popup (self->popover);
}

static void
presync_account_picker_found_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (PresyncAccountPicker) self = user_data;
  g_autoptr (GPtrArray) found = NULL;
  g_autoptr (GError) error = NULL;
  gboolean more = FALSE;

  found = presync_finder_search_finish (PRESYNC_FINDER (object), result, &more, &error);
  /* Another search took its place, or the name was taken meanwhile. */
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) || self->cancellable == NULL
      || self->results == NULL)
    return;
  presync_account_picker_stop (self);
  presync_account_picker_clear_results (self);
  if (found == NULL)
    {
      presync_account_picker_show (self, error->message);
      return;
    }
  for (guint i = 0; i < found->len; i++)
    gtk_list_box_append (self->results,
                         presync_account_picker_new_result (g_ptr_array_index (found, i)));
  gtk_widget_set_visible (self->scroller, found->len > 0);
  if (more)
    {
      g_autofree char *note = g_strdup_printf (_ ("More than %d: type on"), PRESYNC_FINDER_MAX);

      presync_account_picker_show (self, note);
    }
  else
    presync_account_picker_show (self, found->len == 0 ? _ ("Nothing found") : NULL);
}

static gboolean
presync_account_picker_search_cb (gpointer user_data)
{
  PresyncAccountPicker *self = user_data;
  g_autofree char *text = presync_form_dup_text (ADW_ENTRY_ROW (self));

  self->search_id = 0;
  if (text == NULL)
    return G_SOURCE_REMOVE;
  self->cancellable = g_cancellable_new ();
  gtk_widget_set_visible (GTK_WIDGET (self->spinner), TRUE);
  gtk_spinner_start (self->spinner);
  presync_finder_search_async (
      self->finder, text, fields[presync_account_picker_get_index (self)].kinds, self->cancellable,
      presync_account_picker_found_cb, g_object_ref (self));
  return G_SOURCE_REMOVE;
}

static void
presync_account_picker_changed_cb (PresyncAccountPicker *self)
{
  g_autofree char *text = NULL;

  if (self->filling || self->field == NULL)
    return;
  text = presync_form_dup_text (ADW_ENTRY_ROW (self));
  presync_account_picker_stop (self);
  if (text == NULL || g_utf8_strlen (text, -1) < MIN_CHARS
      || fields[presync_account_picker_get_index (self)].kinds == 0)
    {
      gtk_popover_popdown (self->popover);
      return;
    }
  if (self->finder == NULL)
    {
      presync_account_picker_clear_results (self);
      presync_account_picker_show (self, _ ("Connect to a directory to search"));
      return;
    }
  self->search_id = g_timeout_add (DEBOUNCE_MS, presync_account_picker_search_cb, self);
}

static void
presync_account_picker_result_cb (PresyncAccountPicker *self, GtkListBoxRow *row)
{
  g_autofree char *value = g_strdup (g_object_get_data (G_OBJECT (row), "presync-value"));

  gtk_widget_grab_focus (GTK_WIDGET (self));
  presync_account_picker_commit (self, value);
}

/* Typing */

static void
presync_account_picker_apply_cb (PresyncAccountPicker *self)
{
  g_autofree char *text = presync_form_dup_text (ADW_ENTRY_ROW (self));

  presync_account_picker_commit (self, text);
}

static void
presync_account_picker_clear_cb (PresyncAccountPicker *self)
{
  gtk_widget_grab_focus (GTK_WIDGET (self));
  presync_account_picker_commit (self, NULL);
}

/* Who goes on to something else has finished typing. */
static void
presync_account_picker_leave_cb (PresyncAccountPicker *self)
{
  g_autofree char *text = NULL;

  /* The page is going away. */
  if (self->assessment == NULL)
    return;
  text = presync_form_dup_text (ADW_ENTRY_ROW (self));
  gtk_popover_popdown (self->popover);
  if (!g_str_equal (text != NULL ? text : "", presync_account_picker_get_name (self)))
    presync_account_picker_commit (self, text);
}

static gboolean
presync_account_picker_key_cb (PresyncAccountPicker *self, guint key, guint code,
                               GdkModifierType modifiers)
{
  GtkListBoxRow *first = gtk_list_box_get_row_at_index (self->results, 0);
  gboolean shown = gtk_widget_get_visible (GTK_WIDGET (self->popover));
  gboolean inside = gtk_widget_get_focus_child (GTK_WIDGET (self->popover)) != NULL;

  if (key == GDK_KEY_Escape && shown)
    {
      presync_account_picker_stop (self);
      if (inside)
        gtk_widget_grab_focus (GTK_WIDGET (self));
      gtk_popover_popdown (self->popover);
      return GDK_EVENT_STOP;
    }
  if (key == GDK_KEY_Escape
      && !g_str_equal (gtk_editable_get_text (GTK_EDITABLE (self)),
                       presync_account_picker_get_name (self)))
    {
      presync_account_picker_stop (self);
      presync_account_picker_fill (self);
      return GDK_EVENT_STOP;
    }
  if ((key == GDK_KEY_Down || key == GDK_KEY_KP_Down) && shown && !inside && first != NULL)
    {
      gtk_widget_grab_focus (GTK_WIDGET (first));
      return GDK_EVENT_STOP;
    }
  if ((key == GDK_KEY_Up || key == GDK_KEY_KP_Up) && inside
      && gtk_widget_get_focus_child (GTK_WIDGET (self->results)) == GTK_WIDGET (first))
    {
      gtk_widget_grab_focus (GTK_WIDGET (self));
      return GDK_EVENT_STOP;
    }
  return GDK_EVENT_PROPAGATE;
}

/* Another account was named elsewhere; what is being typed here is left alone. */
static void
presync_account_picker_accounts_cb (PresyncAccountPicker *self)
{
  if (gtk_widget_get_focus_child (GTK_WIDGET (self)) == NULL)
    presync_account_picker_fill (self);
}

void
presync_account_picker_set_finder (PresyncAccountPicker *self, PresyncFinder *finder)
{
  g_return_if_fail (PRESYNC_IS_ACCOUNT_PICKER (self));

  if (!g_set_object (&self->finder, finder))
    return;
  presync_account_picker_stop (self);
  gtk_popover_popdown (self->popover);
}

/* Object */

static void
presync_account_picker_dispose (GObject *object)
{
  PresyncAccountPicker *self = PRESYNC_ACCOUNT_PICKER (object);

  if (self->popover != NULL)
    {
      presync_account_picker_stop (self);
      gtk_widget_unparent (GTK_WIDGET (self->popover));
    }
  g_clear_object (&self->finder);
  g_clear_object (&self->assessment);
  g_clear_pointer (&self->owner, g_free);
  gtk_widget_dispose_template (GTK_WIDGET (self), PRESYNC_TYPE_ACCOUNT_PICKER);

  G_OBJECT_CLASS (presync_account_picker_parent_class)->dispose (object);
}

static void
presync_account_picker_class_init (PresyncAccountPickerClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = presync_account_picker_dispose;

  gtk_widget_class_set_template_from_resource (widget_class,
                                               PRESYNC_RESOURCE_BASE "/account-picker.ui");
  gtk_widget_class_bind_template_child (widget_class, PresyncAccountPicker, spinner);
  gtk_widget_class_bind_template_child (widget_class, PresyncAccountPicker, clear);
  gtk_widget_class_bind_template_child (widget_class, PresyncAccountPicker, popover);
  gtk_widget_class_bind_template_child (widget_class, PresyncAccountPicker, scroller);
  gtk_widget_class_bind_template_child (widget_class, PresyncAccountPicker, results);
  gtk_widget_class_bind_template_child (widget_class, PresyncAccountPicker, note);
  gtk_widget_class_bind_template_callback (widget_class, presync_account_picker_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, presync_account_picker_apply_cb);
  gtk_widget_class_bind_template_callback (widget_class, presync_account_picker_clear_cb);
  gtk_widget_class_bind_template_callback (widget_class, presync_account_picker_leave_cb);
  gtk_widget_class_bind_template_callback (widget_class, presync_account_picker_key_cb);
  gtk_widget_class_bind_template_callback (widget_class, presync_account_picker_result_cb);
}

static void
presync_account_picker_init (PresyncAccountPicker *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_widget_set_parent (GTK_WIDGET (self->popover), GTK_WIDGET (self));
}

/* libadwaita 1.2 leaves its own button without a name. */
static void
presync_account_picker_label_apply (GtkWidget *widget)
{
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      if (GTK_IS_BUTTON (child) && gtk_widget_has_css_class (child, "suggested-action"))
        presync_accessible_set_label (child, _ ("Take this name"));
      else
        presync_account_picker_label_apply (child);
    }
}

GtkWidget *
presync_account_picker_new (PresyncAssessment *assessment, const char *field, const char *owner)
{
  PresyncAccountPicker *self = g_object_new (PRESYNC_TYPE_ACCOUNT_PICKER, NULL);
  g_autofree char *clear = NULL;

  self->assessment = g_object_ref (assessment);
  self->field = field;
  self->owner = g_strdup (owner);
  presync_account_picker_update (self);
  presync_account_picker_label_apply (GTK_WIDGET (self));
  /* TRANSLATORS: %s is a kind of account */
  clear = g_strdup_printf (_ ("Name none as %s"), owner);
  gtk_widget_set_tooltip_text (self->clear, clear);
  presync_accessible_set_label (self->clear, clear);
  g_signal_connect_object (assessment, "notify::accounts",
                           G_CALLBACK (presync_account_picker_accounts_cb), self,
                           G_CONNECT_SWAPPED);
  presync_account_picker_fill (self);
  return GTK_WIDGET (self);
}
