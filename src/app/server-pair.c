/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/server-pair.h"

#include <glib/gi18n.h>

#include "app/accessible.h"
#include "app/server-text.h"
#include "app/split-layout.h"
#include "app/status-style.h"

/* A half has room for "PowerShell execution policy (effective)" from this width on. */
#define HALF_FROM 260

typedef struct
{
  GtkWidget *card;
  GtkImage *icon;
  GtkLabel *word;
  GtkBox *values;
} PresyncServerHalf;

enum
{
  HALF_EFFECTIVE,
  HALF_DOCUMENTED,
  N_HALVES,
};

struct _PresyncServerPair
{
  GtkWidget parent_instance;

  const PresyncServerTopic *topic;
  PresyncServerHalf halves[N_HALVES];
};

G_DEFINE_FINAL_TYPE (PresyncServerPair, presync_server_pair, GTK_TYPE_WIDGET)

static GtkWidget *
presync_server_pair_new_label (const char *text, const char *css_class)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  if (css_class != NULL)
    gtk_widget_add_css_class (label, css_class);
  return label;
}

static void
presync_server_pair_add_value (PresyncServerHalf *half, PresyncAssessment *assessment,
                               const char *key)
{
  const PresyncFactKey *found = presync_fact_key_find (key);
  g_autofree char *value = presync_server_text_dup_value (assessment, key);
  g_autofree char *origin = presync_server_text_dup_origin (assessment, key);
  g_autofree char *name = NULL;
  GtkWidget *label = presync_server_pair_new_label (_ (found->label), "caption");
  GtkWidget *text
      = presync_server_pair_new_label (value != NULL ? value : _ ("Not read yet"), NULL);

  gtk_widget_add_css_class (label, "dim-label");
  gtk_label_set_selectable (GTK_LABEL (text), TRUE);
  name = g_strdup_printf (_ ("%s: %s"), _ (found->label),
                          value != NULL ? value : _ ("Not read yet"));
  presync_accessible_set_label (text, name);
  gtk_widget_set_tooltip_text (text, origin);
  gtk_box_append (half->values, label);
  gtk_box_append (half->values, text);
}

static gboolean
presync_server_pair_is_documented (const PresyncServerTopic *topic, const char *key)
{
  return g_strv_contains (topic->documented, key);
}

void
presync_server_pair_update (PresyncServerPair *self, PresyncAssessment *assessment,
                            GPtrArray *items)
{
  g_return_if_fail (PRESYNC_IS_SERVER_PAIR (self));

  for (guint i = 0; i < N_HALVES; i++)
    {
      PresyncServerHalf *half = &self->halves[i];
      const char *keys[PRESYNC_SERVER_MAX_KEYS] = { NULL };
      guint n = 0;
      GtkWidget *child = NULL;
      PresyncStatus status;

      while ((child = gtk_widget_get_first_child (GTK_WIDGET (half->values))) != NULL)
        gtk_box_remove (half->values, child);
      for (guint j = 0; j < PRESYNC_SERVER_MAX_KEYS && self->topic->keys[j] != NULL; j++)
        if (presync_server_pair_is_documented (self->topic, self->topic->keys[j])
            == (i == HALF_DOCUMENTED))
          keys[n++] = self->topic->keys[j];
      for (guint j = 0; j < n; j++)
        presync_server_pair_add_value (half, assessment, keys[j]);
      status = presync_server_status_of (assessment, items, keys);
      presync_status_set_image (half->icon, status);
      gtk_label_set_text (half->word, presync_status_title (status));
      presync_status_set_class (GTK_WIDGET (half->word), status);
      gtk_widget_set_visible (GTK_WIDGET (half->icon), status != PRESYNC_STATUS_NOT_APPLICABLE);
      gtk_widget_set_visible (GTK_WIDGET (half->word), status != PRESYNC_STATUS_NOT_APPLICABLE);
    }
}

static void
presync_server_pair_add_half (PresyncServerPair *self, PresyncServerHalf *half, const char *title)
{
  GtkWidget *head = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);
  GtkWidget *label = presync_server_pair_new_label (title, "heading");

  half->card = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  half->icon = GTK_IMAGE (gtk_image_new ());
  half->word = GTK_LABEL (gtk_label_new (NULL));
  half->values = GTK_BOX (gtk_box_new (GTK_ORIENTATION_VERTICAL, 2));
  gtk_widget_set_hexpand (label, TRUE);
  gtk_widget_add_css_class (GTK_WIDGET (half->word), "caption-heading");
  gtk_box_append (GTK_BOX (head), label);
  gtk_box_append (GTK_BOX (head), GTK_WIDGET (half->icon));
  gtk_box_append (GTK_BOX (head), GTK_WIDGET (half->word));
  gtk_box_append (GTK_BOX (half->card), head);
  gtk_box_append (GTK_BOX (half->card), GTK_WIDGET (half->values));
  gtk_widget_add_css_class (half->card, "server-half");
  gtk_widget_set_parent (half->card, GTK_WIDGET (self));
}

static void
presync_server_pair_dispose (GObject *object)
{
  PresyncServerPair *self = PRESYNC_SERVER_PAIR (object);

  for (guint i = 0; i < N_HALVES; i++)
    g_clear_pointer (&self->halves[i].card, gtk_widget_unparent);

  G_OBJECT_CLASS (presync_server_pair_parent_class)->dispose (object);
}

static void
presync_server_pair_class_init (PresyncServerPairClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = presync_server_pair_dispose;
  gtk_widget_class_set_accessible_role (GTK_WIDGET_CLASS (klass), GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
presync_server_pair_init (PresyncServerPair *self)
{
  gtk_widget_set_layout_manager (
      GTK_WIDGET (self), g_object_new (PRESYNC_TYPE_SPLIT_LAYOUT, "child-from", HALF_FROM, NULL));
  presync_server_pair_add_half (self, &self->halves[HALF_EFFECTIVE], _ ("Effective"));
  presync_server_pair_add_half (self, &self->halves[HALF_DOCUMENTED], _ ("As documented"));
}

GtkWidget *
presync_server_pair_new (const PresyncServerTopic *topic)
{
  PresyncServerPair *self = g_object_new (PRESYNC_TYPE_SERVER_PAIR, NULL);

  self->topic = topic;
  return GTK_WIDGET (self);
}
