/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/undo-actions.h"

#include <glib/gi18n.h>

/* A menu does not cut its items. */
#define MAX_CHARS 48
/* How long a toast with a button stays: it must be found, by keyboard too. */
#define ACTION_SECONDS 10

struct _PresyncUndoActions
{
  GObject parent_instance;

  AdwToastOverlay *toasts; /* of the window, as this is */
  AdwToast *toast;         /* the one that is on screen; NULL if none is */
  GMenu *menu;
  GSimpleAction *undo;
  GSimpleAction *redo;
  PresyncStatements *statements;
};

G_DEFINE_FINAL_TYPE (PresyncUndoActions, presync_undo_actions, G_TYPE_OBJECT)

static void
presync_undo_actions_dismissed_cb (PresyncUndoActions *self, AdwToast *toast)
{
  if (self->toast == toast)
    g_clear_object (&self->toast);
}

/* A button that takes the last change back must not be there for the one before it. So the toast
 * that is on screen says the new thing: to dismiss it while it moves, and show another one, is
 * what libadwaita 1.2.2 does not survive. */
static void
presync_undo_actions_show_toast (PresyncUndoActions *self, const char *text, const char *label,
                                 const char *action)
{
  g_autofree char *escaped = g_markup_escape_text (text, -1);
  gboolean shown = self->toast != NULL;

  if (!shown)
    {
      self->toast = adw_toast_new (escaped);
      adw_toast_set_timeout (self->toast, ACTION_SECONDS);
      g_signal_connect_object (self->toast, "dismissed",
                               G_CALLBACK (presync_undo_actions_dismissed_cb), self,
                               G_CONNECT_SWAPPED);
    }
  adw_toast_set_title (self->toast, escaped);
  adw_toast_set_button_label (self->toast, label);
  adw_toast_set_action_name (self->toast, action);
  if (!shown)
    adw_toast_overlay_add_toast (self->toasts, g_object_ref (self->toast));
}

/* (transfer full): @what, cut where a menu would become too wide, and without mnemonics */
static char *
presync_undo_actions_dup_words (const char *what)
{
  g_autofree char *cut = NULL;
  g_auto (GStrv) parts = NULL;

  if (g_utf8_strlen (what, -1) > MAX_CHARS)
    {
      g_autofree char *start = g_utf8_substring (what, 0, MAX_CHARS - 1);

      cut = g_strconcat (start, "…", NULL);
      what = cut;
    }
  parts = g_strsplit (what, "_", -1);
  return g_strjoinv ("__", parts);
}

static void
presync_undo_actions_append (PresyncUndoActions *self, const char *label, const char *action,
                             const char *accel)
{
  g_autoptr (GMenuItem) item = g_menu_item_new (label, action);

  /* Not the application's: while a text is typed, the keys are the text's. */
  g_menu_item_set_attribute (item, "accel", "s", accel);
  g_menu_append_item (self->menu, item);
}

static void
presync_undo_actions_update (PresyncUndoActions *self)
{
  g_autofree char *undo_text = NULL;
  g_autofree char *redo_text = NULL;
  g_autofree char *undo = NULL;
  g_autofree char *redo = NULL;

  g_object_get (self->statements, "undo-text", &undo_text, "redo-text", &redo_text, NULL);
  g_simple_action_set_enabled (self->undo, undo_text != NULL);
  g_simple_action_set_enabled (self->redo, redo_text != NULL);
  if (undo_text != NULL)
    {
      g_autofree char *words = presync_undo_actions_dup_words (undo_text);

      /* TRANSLATORS: in a menu: "Undo: Answer of “Memory”"; the letter behind _ is its key */
      undo = g_strdup_printf (_ ("_Undo: %s"), words);
    }
  if (redo_text != NULL)
    {
      g_autofree char *words = presync_undo_actions_dup_words (redo_text);

      redo = g_strdup_printf (_ ("_Redo: %s"), words);
    }
  g_menu_remove_all (self->menu);
  presync_undo_actions_append (self, undo != NULL ? undo : _ ("_Undo"), "win.undo", "<Control>z");
  presync_undo_actions_append (self, redo != NULL ? redo : _ ("_Redo"), "win.redo",
                               "<Control><Shift>z");
}

static void
presync_undo_actions_undo_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  PresyncUndoActions *self = user_data;
  g_autofree char *what = NULL;
  g_autofree char *text = NULL;

  g_object_get (self->statements, "undo-text", &what, NULL);
  if (what == NULL || !presync_statements_undo (self->statements))
    return;
  text = g_strdup_printf (_ ("Undone: %s"), what);
  presync_undo_actions_show_toast (self, text, _ ("Redo"), "win.redo");
}

static void
presync_undo_actions_redo_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  PresyncUndoActions *self = user_data;
  g_autofree char *what = NULL;
  g_autofree char *text = NULL;

  g_object_get (self->statements, "redo-text", &what, NULL);
  if (what == NULL || !presync_statements_redo (self->statements))
    return;
  text = g_strdup_printf (_ ("Redone: %s"), what);
  presync_undo_actions_show_toast (self, text, _ ("Undo"), "win.undo");
}

static void
presync_undo_actions_toast_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  presync_undo_actions_show_toast (user_data, g_variant_get_string (parameter, NULL), _ ("Undo"),
                                   "win.undo");
}

static gboolean
presync_undo_actions_key_cb (GtkWidget *widget, GVariant *args, gpointer action)
{
  GtkWidget *focus = gtk_window_get_focus (GTK_WINDOW (widget));

  /* Whoever takes back what is typed, once too often, does not mean an answer given before. */
  if (GTK_IS_TEXT (focus) || GTK_IS_TEXT_VIEW (focus))
    return TRUE;
  return gtk_widget_activate_action (widget, action, NULL);
}

static void
presync_undo_actions_add_key (GtkEventController *keys, const char *trigger, const char *action)
{
  gtk_shortcut_controller_add_shortcut (
      GTK_SHORTCUT_CONTROLLER (keys),
      gtk_shortcut_new (
          gtk_shortcut_trigger_parse_string (trigger),
          gtk_callback_action_new (presync_undo_actions_key_cb, (gpointer) action, NULL)));
}

static GSimpleAction *
presync_undo_actions_add_action (PresyncUndoActions *self, GActionMap *map, const char *name,
                                 const GVariantType *type, GCallback callback)
{
  g_autoptr (GSimpleAction) action = g_simple_action_new (name, type);

  g_signal_connect_object (action, "activate", callback, self, 0);
  g_action_map_add_action (map, G_ACTION (action));
  return g_steal_pointer (&action);
}

/* Object */

static void
presync_undo_actions_dispose (GObject *object)
{
  PresyncUndoActions *self = PRESYNC_UNDO_ACTIONS (object);

  g_clear_object (&self->toast);
  g_clear_object (&self->menu);
  g_clear_object (&self->undo);
  g_clear_object (&self->redo);
  g_clear_object (&self->statements);

  G_OBJECT_CLASS (presync_undo_actions_parent_class)->dispose (object);
}

static void
presync_undo_actions_class_init (PresyncUndoActionsClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = presync_undo_actions_dispose;
}

static void
presync_undo_actions_init (PresyncUndoActions *self)
{
}

PresyncUndoActions *
presync_undo_actions_new (AdwApplicationWindow *window, AdwToastOverlay *toasts, GMenu *menu,
                          PresyncAssessment *assessment)
{
  g_autoptr (PresyncUndoActions) self = g_object_new (PRESYNC_TYPE_UNDO_ACTIONS, NULL);
  GtkEventController *keys = gtk_shortcut_controller_new ();
  GActionMap *map = G_ACTION_MAP (window);
  g_autoptr (GSimpleAction) toast = NULL;

  self->toasts = toasts;
  self->menu = g_object_ref (menu);
  self->statements = g_object_ref (presync_assessment_get_statements (assessment));
  self->undo = presync_undo_actions_add_action (self, map, "undo", NULL,
                                                G_CALLBACK (presync_undo_actions_undo_cb));
  self->redo = presync_undo_actions_add_action (self, map, "redo", NULL,
                                                G_CALLBACK (presync_undo_actions_redo_cb));
  toast = presync_undo_actions_add_action (self, map, "toast-undo", G_VARIANT_TYPE_STRING,
                                           G_CALLBACK (presync_undo_actions_toast_cb));

  presync_undo_actions_add_key (keys, "<Control>z", "win.undo");
  presync_undo_actions_add_key (keys, "<Control><Shift>z", "win.redo");
  presync_undo_actions_add_key (keys, "<Control>y", "win.redo");
  gtk_widget_add_controller (GTK_WIDGET (window), keys);

  g_signal_connect_object (self->statements, "notify", G_CALLBACK (presync_undo_actions_update),
                           self, G_CONNECT_SWAPPED);
  presync_undo_actions_update (self);
  return g_steal_pointer (&self);
}
