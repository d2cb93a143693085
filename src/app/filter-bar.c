/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/filter-bar.h"

#include <glib/gi18n.h>

#include "app/wrap-layout.h"

struct _PresyncFilterBar
{
  AdwBin parent_instance;

  GtkToggleButton *chips[PRESYNC_N_FILTERS];
  GtkSearchEntry *search;
  GtkMenuButton *view_menu;

  gboolean overview_only;
};

G_DEFINE_FINAL_TYPE (PresyncFilterBar, presync_filter_bar, ADW_TYPE_BIN)

enum
{
  PROP_0,
  PROP_OVERVIEW_ONLY,
  N_PROPS,
};

enum
{
  SIGNAL_FILTER_CHANGED,
  SIGNAL_WORDS_CHANGED,
  SIGNAL_STOP_SEARCH,
  N_SIGNALS,
};

static GParamSpec *properties[N_PROPS];
static guint signals[N_SIGNALS];

static void
presync_filter_bar_chip_cb (PresyncFilterBar *self, GtkToggleButton *chip)
{
  /* Of the two chips that change, the one that is left says nothing. */
  if (gtk_toggle_button_get_active (chip))
    g_signal_emit (self, signals[SIGNAL_FILTER_CHANGED], 0);
}

static void
presync_filter_bar_search_cb (PresyncFilterBar *self)
{
  g_signal_emit (self, signals[SIGNAL_WORDS_CHANGED], 0);
}

static void
presync_filter_bar_stop_search_cb (PresyncFilterBar *self)
{
  gtk_editable_set_text (GTK_EDITABLE (self->search), "");
  g_signal_emit (self, signals[SIGNAL_STOP_SEARCH], 0);
}

/* Down leads from the words to what was found. */
static gboolean
presync_filter_bar_key_cb (PresyncFilterBar *self, guint keyval, guint keycode,
                           GdkModifierType state)
{
  if ((keyval != GDK_KEY_Down && keyval != GDK_KEY_KP_Down)
      || (state & gtk_accelerator_get_default_mod_mask ()) != 0)
    return FALSE;
  /* The entry tells of its text only a moment after the last key; the rows are wanted now. */
  g_signal_emit (self, signals[SIGNAL_WORDS_CHANGED], 0);
  g_signal_emit (self, signals[SIGNAL_STOP_SEARCH], 0);
  return TRUE;
}

static void
presync_filter_bar_set_overview_only (PresyncFilterBar *self, gboolean overview_only)
{
  if (self->overview_only == overview_only)
    return;
  self->overview_only = overview_only;
  /* Whoever misses a row shall see why. */
  if (overview_only)
    gtk_widget_add_css_class (GTK_WIDGET (self->view_menu), "accent");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self->view_menu), "accent");
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_OVERVIEW_ONLY]);
}

static void
presync_filter_bar_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  if (id == PROP_OVERVIEW_ONLY)
    g_value_set_boolean (value, PRESYNC_FILTER_BAR (object)->overview_only);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
presync_filter_bar_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  if (id == PROP_OVERVIEW_ONLY)
    presync_filter_bar_set_overview_only (PRESYNC_FILTER_BAR (object), g_value_get_boolean (value));
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
presync_filter_bar_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), PRESYNC_TYPE_FILTER_BAR);

  G_OBJECT_CLASS (presync_filter_bar_parent_class)->dispose (object);
}

static guint
presync_filter_bar_add_signal (GObjectClass *object_class, const char *name)
{
  return g_signal_new (name, G_TYPE_FROM_CLASS (object_class), G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                       NULL, G_TYPE_NONE, 0);
}

static void
presync_filter_bar_class_init (PresyncFilterBarClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  static const char *const chips[PRESYNC_N_FILTERS] = {
    "chip_all",    "chip_blockers", "chip_needs_answer", "chip_unknown",
    "chip_advice", "chip_met",      "chip_waived",
  };

  object_class->get_property = presync_filter_bar_get_property;
  object_class->set_property = presync_filter_bar_set_property;
  object_class->dispose = presync_filter_bar_dispose;

  properties[PROP_OVERVIEW_ONLY]
      = g_param_spec_boolean ("overview-only", NULL, NULL, FALSE,
                              G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
  signals[SIGNAL_FILTER_CHANGED] = presync_filter_bar_add_signal (object_class, "filter-changed");
  signals[SIGNAL_WORDS_CHANGED] = presync_filter_bar_add_signal (object_class, "words-changed");
  signals[SIGNAL_STOP_SEARCH] = presync_filter_bar_add_signal (object_class, "stop-search");

  g_type_ensure (PRESYNC_TYPE_WRAP_LAYOUT);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               PRESYNC_RESOURCE_BASE "/filter-bar.ui");
  gtk_widget_class_bind_template_child (widget_class, PresyncFilterBar, search);
  gtk_widget_class_bind_template_child (widget_class, PresyncFilterBar, view_menu);
  for (guint i = 0; i < PRESYNC_N_FILTERS; i++)
    gtk_widget_class_bind_template_child_full (
        widget_class, chips[i], FALSE,
        (gssize) (G_STRUCT_OFFSET (PresyncFilterBar, chips) + i * sizeof (GtkToggleButton *)));
  gtk_widget_class_bind_template_callback (widget_class, presync_filter_bar_chip_cb);
  gtk_widget_class_bind_template_callback (widget_class, presync_filter_bar_search_cb);
  gtk_widget_class_bind_template_callback (widget_class, presync_filter_bar_stop_search_cb);
  gtk_widget_class_bind_template_callback (widget_class, presync_filter_bar_key_cb);
}

static void
presync_filter_bar_init (PresyncFilterBar *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

void
presync_filter_bar_update (PresyncFilterBar *self, const PresyncSummary *summary)
{
  const struct
  {
    const char *title;
    guint count;
  } chips[PRESYNC_N_FILTERS] = {
    [PRESYNC_FILTER_ALL] = { _ ("All"), summary->n_conditions },
    [PRESYNC_FILTER_BLOCKERS] = { _ ("Blockers"), summary->conditions[PRESYNC_STATUS_NOT_MET] },
    [PRESYNC_FILTER_NEEDS_ANSWER]
    = { _ ("Needs an answer"), summary->conditions[PRESYNC_STATUS_NEEDS_ANSWER] },
    [PRESYNC_FILTER_UNKNOWN] = { _ ("Unknown"), summary->conditions[PRESYNC_STATUS_UNKNOWN] },
    [PRESYNC_FILTER_ADVICE] = { _ ("Advice"), summary->conditions[PRESYNC_STATUS_ADVICE] },
    [PRESYNC_FILTER_MET] = { _ ("Met"), summary->conditions[PRESYNC_STATUS_MET] },
    [PRESYNC_FILTER_WAIVED] = { _ ("Waived"), summary->waived + summary->expired },
  };

  g_return_if_fail (PRESYNC_IS_FILTER_BAR (self));

  for (guint i = 0; i < PRESYNC_N_FILTERS; i++)
    {
      g_autofree char *label = g_strdup_printf ("%s %u", chips[i].title, chips[i].count);

      if (g_strcmp0 (gtk_button_get_label (GTK_BUTTON (self->chips[i])), label) != 0)
        gtk_button_set_label (GTK_BUTTON (self->chips[i]), label);
      /* What there is none of takes no room, unless it is what the person looks at. */
      gtk_widget_set_visible (GTK_WIDGET (self->chips[i]),
                              i == PRESYNC_FILTER_ALL || chips[i].count > 0
                                  || gtk_toggle_button_get_active (self->chips[i]));
    }
}

PresyncChecklistFilter
presync_filter_bar_get_filter (PresyncFilterBar *self)
{
  g_return_val_if_fail (PRESYNC_IS_FILTER_BAR (self), PRESYNC_FILTER_ALL);

  for (guint i = 0; i < PRESYNC_N_FILTERS; i++)
    {
      if (gtk_toggle_button_get_active (self->chips[i]))
        return (PresyncChecklistFilter) i;
    }
  return PRESYNC_FILTER_ALL;
}

const char *
presync_filter_bar_get_words (PresyncFilterBar *self)
{
  g_return_val_if_fail (PRESYNC_IS_FILTER_BAR (self), "");

  return gtk_editable_get_text (GTK_EDITABLE (self->search));
}

void
presync_filter_bar_reset (PresyncFilterBar *self)
{
  g_return_if_fail (PRESYNC_IS_FILTER_BAR (self));

  gtk_editable_set_text (GTK_EDITABLE (self->search), "");
  gtk_toggle_button_set_active (self->chips[PRESYNC_FILTER_ALL], TRUE);
  /* The entry tells of its text only a moment after the last key; here it is certain. */
  g_signal_emit (self, signals[SIGNAL_WORDS_CHANGED], 0);
}

void
presync_filter_bar_focus_search (PresyncFilterBar *self)
{
  g_return_if_fail (PRESYNC_IS_FILTER_BAR (self));

  gtk_widget_grab_focus (GTK_WIDGET (self->search));
}
