/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/right-detail.h"

#include <glib/gi18n.h>

#include "app/command-card.h"
#include "app/right-picture.h"
#include "app/status-style.h"
#include "assessment/command-text.h"

struct _PresyncRightDetail
{
  AdwBin parent_instance;

  GtkImage *icon;
  GtkLabel *title;
  GtkLabel *text;
  PresyncRightPicture *picture;
  GtkWidget *fix_heading;
  GtkBox *commands;

  char *shown_picture;  /* what the picture was drawn from */
  char *shown_commands; /* what the cards were made from */
};

G_DEFINE_FINAL_TYPE (PresyncRightDetail, presync_right_detail, ADW_TYPE_BIN)

/* Conditions may share a command; each is shown once. */
static void
presync_right_detail_add_commands (GStrvBuilder *builder, GHashTable *seen, GHashTable *examples,
                                   PresyncAssessment *assessment, PresyncChecklistItem *item)
{
  GPtrArray *steps = presync_condition_get_fix (presync_checklist_item_get_condition (item));

  for (guint i = 0; i < steps->len; i++)
    {
      const PresyncStep *step = g_ptr_array_index (steps, i);
      g_autofree char *command = NULL;

      if (!step->is_command)
        continue;
      command = presync_command_fill (assessment, step->text);
      if (!g_hash_table_contains (seen, command))
        {
          g_strv_builder_add (builder, command);
          if (presync_command_has_examples (assessment, step->text))
            g_hash_table_add (examples, g_strdup (command));
          g_hash_table_add (seen, g_steal_pointer (&command));
        }
    }
}

static void
presync_right_detail_update_commands (PresyncRightDetail *self, PresyncAssessment *assessment,
                                      GPtrArray *items, gboolean wrong)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GHashTable) examples = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_auto (GStrv) commands = NULL;
  g_autofree char *key = NULL;
  GtkWidget *child;

  for (guint i = 0; wrong && i < items->len; i++)
    presync_right_detail_add_commands (builder, seen, examples, assessment,
                                       g_ptr_array_index (items, i));
  commands = g_strv_builder_end (builder);
  gtk_widget_set_visible (self->fix_heading, commands[0] != NULL);
  gtk_widget_set_visible (GTK_WIDGET (self->commands), commands[0] != NULL);
  key = g_strjoinv ("\n\n", commands);
  if (g_strcmp0 (key, self->shown_commands) == 0)
    return;
  g_free (self->shown_commands);
  self->shown_commands = g_steal_pointer (&key);
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->commands))) != NULL)
    gtk_box_remove (self->commands, child);
  for (guint i = 0; commands[i] != NULL; i++)
    gtk_box_append (
        self->commands,
        presync_command_card_new (commands[i], g_hash_table_contains (examples, commands[i])));
}

static void
presync_right_detail_update_picture (PresyncRightDetail *self, const char *domain,
                                     const PresyncRightCell *cell)
{
  g_autofree char *lacks = g_strjoinv ("\n", cell->lacks);
  g_autofree char *gaps = g_strjoinv ("\n", cell->gaps);
  g_autofree char *key
      = g_strdup_printf ("%s\n%d\n\n%s\n\n%s", domain, (int) cell->status, lacks, gaps);
  gboolean broken = cell->lacks[0] != NULL || cell->gaps[0] != NULL;

  gtk_widget_set_visible (GTK_WIDGET (self->picture), broken);
  if (!broken || g_strcmp0 (key, self->shown_picture) == 0)
    return;
  g_free (self->shown_picture);
  self->shown_picture = g_steal_pointer (&key);
  presync_right_picture_set (self->picture, domain, cell);
}

void
presync_right_detail_set (PresyncRightDetail *self, PresyncAssessment *assessment,
                          const PresyncAccountRole *role, const PresyncAccessRight *right,
                          const char *domain, const PresyncRightCell *cell)
{
  g_autoptr (GPtrArray) items = NULL;
  g_autofree char *title = NULL;
  g_autofree char *text = NULL;

  g_return_if_fail (PRESYNC_IS_RIGHT_DETAIL (self));

  items = presync_right_list_items (assessment, role, right);
  text = presync_right_cell_dup_text (cell);
  /* TRANSLATORS: a right, a domain, and "granted", "missing" or the like */
  title = g_strdup_printf (_ ("%s, %s: %s"), presync_right_title (right), domain,
                           presync_right_state_title (cell->state));
  gtk_image_set_from_icon_name (self->icon, presync_status_icon (cell->status));
  presync_status_set_class (GTK_WIDGET (self->icon), cell->status);
  gtk_label_set_text (self->title, title);
  gtk_label_set_text (self->text, text);
  presync_right_detail_update_picture (self, domain, cell);
  presync_right_detail_update_commands (self, assessment, items,
                                        cell->state == PRESYNC_RIGHT_MISSING
                                            || cell->state == PRESYNC_RIGHT_BROKEN);
}

static void
presync_right_detail_dispose (GObject *object)
{
  PresyncRightDetail *self = PRESYNC_RIGHT_DETAIL (object);

  g_clear_pointer (&self->shown_picture, g_free);
  g_clear_pointer (&self->shown_commands, g_free);
  gtk_widget_dispose_template (GTK_WIDGET (self), PRESYNC_TYPE_RIGHT_DETAIL);

  G_OBJECT_CLASS (presync_right_detail_parent_class)->dispose (object);
}

static void
presync_right_detail_class_init (PresyncRightDetailClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = presync_right_detail_dispose;

  g_type_ensure (PRESYNC_TYPE_RIGHT_PICTURE);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               PRESYNC_RESOURCE_BASE "/right-detail.ui");
  gtk_widget_class_bind_template_child (widget_class, PresyncRightDetail, icon);
  gtk_widget_class_bind_template_child (widget_class, PresyncRightDetail, title);
  gtk_widget_class_bind_template_child (widget_class, PresyncRightDetail, text);
  gtk_widget_class_bind_template_child (widget_class, PresyncRightDetail, picture);
  gtk_widget_class_bind_template_child (widget_class, PresyncRightDetail, fix_heading);
  gtk_widget_class_bind_template_child (widget_class, PresyncRightDetail, commands);
}

static void
presync_right_detail_init (PresyncRightDetail *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
