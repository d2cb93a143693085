/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/server-topic-row.h"

#include <glib/gi18n.h>

#include "app/accessible.h"
#include "app/account-text.h"
#include "app/condition-merge.h"
#include "app/condition-row.h"
#include "app/server-pair.h"
#include "app/server-text.h"
#include "app/status-style.h"
#include "app/value-row.h"

/* Characters that surely fit on the lines of the subtitle */
#define MAX_SUBTITLE 90
/* So many surely fit on one line. */
#define SHORT_SUBTITLE 12

struct _PresyncServerTopicRow
{
  AdwExpanderRow parent_instance;

  GtkImage *icon;
  GtkWidget *words; /* the status written out, where there is room */
  GtkLabel *pill;
  GBinding *folded;  /* nullable: hides the words in a narrow window */
  GtkWidget *header; /* nullable: the expander's own row */

  PresyncAssessment *assessment;
  const PresyncServerTopic *topic;
  GPtrArray *items;      /* nullable: PresyncChecklistItem, one an option where they agree */
  GPtrArray *conditions; /* their rows */
  GPtrArray *captions;   /* theirs: whether the option is named */
  GtkWidget *values[PRESYNC_SERVER_MAX_KEYS]; /* a row for each fact; NULL where the pair has it */
  PresyncServerPair *pair;                    /* nullable */
};

G_DEFINE_FINAL_TYPE (PresyncServerTopicRow, presync_server_topic_row, ADW_TYPE_EXPANDER_ROW)

static void
presync_server_topic_row_remove (PresyncServerTopicRow *self, GtkWidget *row)
{
  if (row != NULL && gtk_widget_get_parent (row) != NULL)
    adw_expander_row_remove (ADW_EXPANDER_ROW (self), row);
}

/* Conditions come first, and the values after them. */
static void
presync_server_topic_row_build (PresyncServerTopicRow *self)
{
  AdwExpanderRow *expander = ADW_EXPANDER_ROW (self);

  for (guint i = 0; i < self->conditions->len; i++)
    adw_expander_row_remove (expander, g_ptr_array_index (self->conditions, i));
  g_ptr_array_set_size (self->conditions, 0);
  for (guint i = 0; i < G_N_ELEMENTS (self->values); i++)
    presync_server_topic_row_remove (self, self->values[i]);
  for (guint i = 0; i < self->items->len; i++)
    {
      PresyncChecklistItem *item = g_ptr_array_index (self->items, i);
      PresyncOption option
          = presync_requirement_get_option (presync_checklist_item_get_requirement (item));
      GtkWidget *row = presync_condition_row_new (item);

      if (GPOINTER_TO_INT (g_ptr_array_index (self->captions, i)))
        presync_condition_row_set_caption (PRESYNC_CONDITION_ROW (row),
                                           presync_option_title (option));
      adw_expander_row_add_row (expander, row);
      g_ptr_array_add (self->conditions, row);
    }
  for (guint i = 0; i < G_N_ELEMENTS (self->values); i++)
    if (self->values[i] != NULL)
      adw_expander_row_add_row (expander, self->values[i]);
}

static void
presync_server_topic_row_update_items (PresyncServerTopicRow *self, GPtrArray *items)
{
  g_autoptr (GPtrArray) shown = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GPtrArray) captions = g_ptr_array_new ();

  presync_condition_merge (items, shown, captions);
  if (presync_condition_merge_same (self->items, shown)
      && presync_condition_merge_same (self->captions, captions))
    return;
  g_clear_pointer (&self->items, g_ptr_array_unref);
  g_clear_pointer (&self->captions, g_ptr_array_unref);
  self->items = g_steal_pointer (&shown);
  self->captions = g_steal_pointer (&captions);
  presync_server_topic_row_build (self);
}

/* Returns: whether anybody has read one of its facts */
static gboolean
presync_server_topic_row_update_values (PresyncServerTopicRow *self)
{
  PresyncFactSet *facts = presync_assessment_get_facts (self->assessment);
  gboolean any = FALSE;

  for (guint i = 0; i < PRESYNC_SERVER_MAX_KEYS && self->topic->keys[i] != NULL; i++)
    {
      const char *key = self->topic->keys[i];
      g_autofree char *value = presync_server_text_dup_value (self->assessment, key);
      g_autofree char *origin = presync_server_text_dup_origin (self->assessment, key);
      g_autofree char *name = NULL;

      any = any || presync_fact_set_lookup (facts, key) != NULL;
      if (self->values[i] == NULL || self->pair != NULL)
        continue;
      gtk_widget_set_visible (self->values[i], value != NULL);
      if (value == NULL)
        continue;
      name = g_strdup_printf (_ ("%s: %s"), _ (presync_fact_key_find (key)->label), value);
      adw_action_row_set_subtitle (ADW_ACTION_ROW (self->values[i]), value);
      gtk_widget_set_tooltip_text (self->values[i], origin);
      presync_accessible_set_label (self->values[i], name);
      presync_accessible_set_description (self->values[i], origin);
    }
  return any;
}

/* (transfer none) (nullable): the part of the expander that has the focus; libadwaita gives it the
 * title alone as its name */
static GtkWidget *
presync_server_topic_row_find_header (GtkWidget *widget)
{
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found
          = ADW_IS_ACTION_ROW (child) ? child : presync_server_topic_row_find_header (child);

      if (found != NULL)
        return found;
    }
  return NULL;
}

static void
presync_server_topic_row_update_head (PresyncServerTopicRow *self, GPtrArray *items)
{
  PresyncStatus status = presync_account_worst (items);
  g_autofree char *subtitle = presync_server_text_dup_topic (self->assessment, self->topic, items);
  g_autofree char *name = items->len > 0
                              ? g_strdup_printf ("%s: %s, %s", _ (self->topic->title),
                                                 presync_status_title (status), subtitle)
                              : g_strdup_printf ("%s: %s", _ (self->topic->title), subtitle);

  /* The row's name has the status. What nobody asks for has none. */
  gtk_image_set_from_icon_name (self->icon, presync_status_icon (status));
  presync_status_set_class (GTK_WIDGET (self->icon), status);
  gtk_widget_set_opacity (GTK_WIDGET (self->icon), items->len > 0 ? 1 : 0);
  gtk_label_set_text (self->pill, presync_status_title (status));
  presync_status_set_class (GTK_WIDGET (self->pill), status);
  gtk_widget_set_visible (GTK_WIDGET (self->pill), items->len > 0);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->icon),
                               items->len > 0 ? presync_status_title (status) : NULL);
  adw_expander_row_set_subtitle (ADW_EXPANDER_ROW (self), subtitle);
  presync_accessible_set_label (GTK_WIDGET (self), name);
  if (self->header == NULL)
    self->header = presync_server_topic_row_find_header (GTK_WIDGET (self));
  if (self->header != NULL)
    {
      /* GTK 4.8 complains of labels that may be cut and are shorter than "…". */
      adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (self->header),
                                         g_utf8_strlen (subtitle, -1) > SHORT_SUBTITLE ? 2 : 0);
      presync_accessible_set_label (self->header, name);
      gtk_widget_set_tooltip_text (self->header,
                                   g_utf8_strlen (subtitle, -1) > MAX_SUBTITLE ? subtitle : NULL);
    }
}

void
presync_server_topic_row_update (PresyncServerTopicRow *self, GPtrArray *items)
{
  gboolean any = FALSE;

  g_return_if_fail (PRESYNC_IS_SERVER_TOPIC_ROW (self));
  g_return_if_fail (items != NULL);

  presync_server_topic_row_update_items (self, items);
  any = presync_server_topic_row_update_values (self);
  if (self->pair != NULL)
    {
      presync_server_pair_update (self->pair, self->assessment, items);
      gtk_widget_set_visible (self->values[0], any);
    }
  presync_server_topic_row_update_head (self, items);
  gtk_widget_set_visible (GTK_WIDGET (self), any || items->len > 0);
}

static void
presync_server_topic_row_add_parts (PresyncServerTopicRow *self)
{
  const char *const *keys = self->topic->keys;

  if (*self->topic->documented != NULL)
    {
      GtkWidget *row = adw_preferences_row_new ();
      GtkWidget *pair = presync_server_pair_new (self->topic);

      gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), FALSE);
      gtk_widget_set_focusable (row, FALSE);
      gtk_widget_add_css_class (pair, "account-part");
      gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), pair);
      presync_accessible_set_label (row, _ ("Effective and as documented"));
      self->pair = PRESYNC_SERVER_PAIR (pair);
      self->values[0] = g_object_ref_sink (row);
      return;
    }
  for (guint i = 0; i < PRESYNC_SERVER_MAX_KEYS && keys[i] != NULL; i++)
    /* SIDs are there to be compared; people read the names. */
    if (!g_str_has_suffix (keys[i], "-sids"))
      self->values[i] = g_object_ref_sink (presync_value_row_new (keys[i]));
}

static void
presync_server_topic_row_root (GtkWidget *widget)
{
  PresyncServerTopicRow *self = PRESYNC_SERVER_TOPIC_ROW (widget);
  GtkWidget *leaflet;

  GTK_WIDGET_CLASS (presync_server_topic_row_parent_class)->root (widget);
  leaflet = gtk_widget_get_ancestor (widget, ADW_TYPE_LEAFLET);
  if (leaflet != NULL)
    self->folded = g_object_bind_property (leaflet, "folded", self->words, "visible",
                                           G_BINDING_SYNC_CREATE | G_BINDING_INVERT_BOOLEAN);
}

static void
presync_server_topic_row_unroot (GtkWidget *widget)
{
  PresyncServerTopicRow *self = PRESYNC_SERVER_TOPIC_ROW (widget);

  g_clear_pointer (&self->folded, g_binding_unbind);
  GTK_WIDGET_CLASS (presync_server_topic_row_parent_class)->unroot (widget);
}

static void
presync_server_topic_row_dispose (GObject *object)
{
  PresyncServerTopicRow *self = PRESYNC_SERVER_TOPIC_ROW (object);

  g_clear_object (&self->assessment);
  g_clear_pointer (&self->items, g_ptr_array_unref);
  g_clear_pointer (&self->captions, g_ptr_array_unref);
  g_clear_pointer (&self->conditions, g_ptr_array_unref);
  for (guint i = 0; i < G_N_ELEMENTS (self->values); i++)
    g_clear_object (&self->values[i]);
  gtk_widget_dispose_template (GTK_WIDGET (self), PRESYNC_TYPE_SERVER_TOPIC_ROW);

  G_OBJECT_CLASS (presync_server_topic_row_parent_class)->dispose (object);
}

static void
presync_server_topic_row_class_init (PresyncServerTopicRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = presync_server_topic_row_dispose;

  widget_class->root = presync_server_topic_row_root;
  widget_class->unroot = presync_server_topic_row_unroot;

  gtk_widget_class_set_template_from_resource (widget_class,
                                               PRESYNC_RESOURCE_BASE "/server-topic-row.ui");
  gtk_widget_class_bind_template_child (widget_class, PresyncServerTopicRow, words);
  gtk_widget_class_bind_template_child (widget_class, PresyncServerTopicRow, pill);
  gtk_widget_class_bind_template_child (widget_class, PresyncServerTopicRow, icon);
}

static void
presync_server_topic_row_init (PresyncServerTopicRow *self)
{
  self->conditions = g_ptr_array_new ();
  self->captions = g_ptr_array_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
presync_server_topic_row_new (PresyncAssessment *assessment, const PresyncServerTopic *topic)
{
  PresyncServerTopicRow *self = g_object_new (PRESYNC_TYPE_SERVER_TOPIC_ROW, NULL);

  self->assessment = g_object_ref (assessment);
  self->topic = topic;
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self), _ (topic->title));
  presync_server_topic_row_add_parts (self);
  return GTK_WIDGET (self);
}
