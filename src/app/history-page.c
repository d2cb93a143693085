/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/history-page.h"

#include <glib/gi18n.h>

#include "app/accessible.h"
#include "app/comparison-view.h"
#include "app/form.h"
#include "app/history-line.h"
#include "app/newest-first.h"
#include "app/other-run.h"
#include "app/run-item.h"
#include "assessment/history.h"
#include "store/store.h"

struct _PresyncHistoryPage
{
  AdwBin parent_instance;

  GtkStack *stack;
  GtkStack *views;
  GtkWidget *check;
  GtkToggleButton *cloud_sync;
  GtkToggleButton *connect_sync;
  PresyncHistoryLine *line;
  GtkListView *list;
  PresyncComparisonView *comparison;

  PresyncAssessment *assessment;
};

G_DEFINE_FINAL_TYPE (PresyncHistoryPage, presync_history_page, ADW_TYPE_BIN)

enum
{
  PROP_0,
  PROP_ASSESSMENT,
  N_PROPS,
};

static GParamSpec *properties[N_PROPS];

static GListModel *
presync_history_page_get_runs (PresyncHistoryPage *self)
{
  return G_LIST_MODEL (presync_assessment_get_history (self->assessment));
}

static void
presync_history_page_update (PresyncHistoryPage *self)
{
  guint n = g_list_model_get_n_items (presync_history_page_get_runs (self));

  gtk_stack_set_visible_child_name (self->stack, n > 0 ? "history" : "empty");
}

/* A button that cannot be pressed says why. */
static void
presync_history_page_sources_cb (PresyncHistoryPage *self)
{
  GListModel *sources
      = presync_runner_get_sources (presync_assessment_get_runner (self->assessment));
  const char *why = g_list_model_get_n_items (sources) > 0
                        ? NULL
                        : _ ("Connect to a directory first: there is nothing to check");

  gtk_widget_set_tooltip_text (self->check, why);
  presync_accessible_set_description (self->check, why != NULL ? why : "");
}

static void
presync_history_page_option_cb (PresyncHistoryPage *self, GtkToggleButton *button)
{
  if (gtk_toggle_button_get_active (button) && self->line != NULL)
    presync_history_line_set_option (self->line, button == self->connect_sync
                                                     ? PRESYNC_OPTION_CONNECT_SYNC
                                                     : PRESYNC_OPTION_CLOUD_SYNC);
}

/* What changed from the run before to this one; @position: of the history */
static void
presync_history_page_point_cb (PresyncHistoryPage *self, guint position)
{
  presync_comparison_view_compare (self->comparison, position);
  gtk_stack_set_visible_child_name (self->views, "comparison");
}

static void
presync_history_page_activated_cb (PresyncHistoryPage *self, guint position)
{
  guint n = g_list_model_get_n_items (presync_history_page_get_runs (self));

  if (position < n)
    presync_history_page_point_cb (self, n - 1 - position);
}

/* Another file */

static void
presync_history_page_other_read_cb (PresyncRun *run, const char *title, GObject *object)
{
  PresyncHistoryPage *self = PRESYNC_HISTORY_PAGE (object);

  /* The window may be closed by now. */
  if (self->comparison == NULL)
    return;
  presync_comparison_view_add_other (self->comparison, run, title);
  gtk_stack_set_visible_child_name (self->views, "comparison");
}

static void
presync_history_page_other_chosen_cb (const char *path, gpointer user_data)
{
  PresyncHistoryPage *self = user_data;
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));

  /* The window may be closed by now. */
  if (self->assessment == NULL)
    return;
  presync_other_run_read (GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL, self->assessment, path,
                          presync_history_page_other_read_cb, G_OBJECT (self));
}

static void
presync_history_page_other_cb (PresyncHistoryPage *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  const char *patterns[] = { "*" PRESYNC_STORE_SUFFIX, NULL };

  presync_form_choose_file (GTK_WINDOW (root), _ ("Compare With Another File"),
                            _ ("Presync assessments"), patterns, NULL, NULL,
                            presync_history_page_other_chosen_cb, G_OBJECT (self));
}

/* Rows */

static void
presync_history_page_setup_cb (PresyncHistoryPage *self, GtkListItem *list_item)
{
  gtk_list_item_set_child (list_item, presync_run_item_new ());
}

static void
presync_history_page_bind_cb (PresyncHistoryPage *self, GtkListItem *list_item)
{
  PresyncCatalogue *catalogue = presync_assessment_get_catalogue (self->assessment);
  guint n = g_list_model_get_n_items (presync_history_page_get_runs (self));

  presync_run_item_set_run (
      PRESYNC_RUN_ITEM (gtk_list_item_get_child (list_item)), gtk_list_item_get_item (list_item),
      n - gtk_list_item_get_position (list_item), presync_catalogue_get_newest (catalogue));
}

/* Object */

static void
presync_history_page_constructed (GObject *object)
{
  PresyncHistoryPage *self = PRESYNC_HISTORY_PAGE (object);
  GListModel *runs = presync_history_page_get_runs (self);
  g_autoptr (GtkSingleSelection) selection = gtk_single_selection_new (NULL);
  g_autoptr (PresyncNewestFirst) newest_first = presync_newest_first_new (runs);

  G_OBJECT_CLASS (presync_history_page_parent_class)->constructed (object);

  /* Order matters: a model that is set first has its first row selected. */
  gtk_single_selection_set_autoselect (selection, FALSE);
  gtk_single_selection_set_can_unselect (selection, TRUE);
  gtk_single_selection_set_model (selection, G_LIST_MODEL (newest_first));
  gtk_list_view_set_model (self->list, GTK_SELECTION_MODEL (selection));
  presync_history_line_set_runs (self->line, runs);
  presync_comparison_view_set_assessment (self->comparison, self->assessment);
  g_signal_connect_object (runs, "items-changed", G_CALLBACK (presync_history_page_update), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (
      presync_runner_get_sources (presync_assessment_get_runner (self->assessment)),
      "items-changed", G_CALLBACK (presync_history_page_sources_cb), self, G_CONNECT_SWAPPED);
  presync_history_page_sources_cb (self);
  presync_history_page_update (self);
}

static void
presync_history_page_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  if (id == PROP_ASSESSMENT)
    g_value_set_object (value, PRESYNC_HISTORY_PAGE (object)->assessment);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
presync_history_page_set_property (GObject *object, guint id, const GValue *value,
                                   GParamSpec *pspec)
{
  if (id == PROP_ASSESSMENT)
    PRESYNC_HISTORY_PAGE (object)->assessment = g_value_dup_object (value);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
presync_history_page_dispose (GObject *object)
{
  PresyncHistoryPage *self = PRESYNC_HISTORY_PAGE (object);

  /* AdwBin would take away once more what the template has let go of. */
  adw_bin_set_child (ADW_BIN (self), NULL);
  gtk_widget_dispose_template (GTK_WIDGET (self), PRESYNC_TYPE_HISTORY_PAGE);
  g_clear_object (&self->assessment);

  G_OBJECT_CLASS (presync_history_page_parent_class)->dispose (object);
}

static void
presync_history_page_class_init (PresyncHistoryPageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->constructed = presync_history_page_constructed;
  object_class->get_property = presync_history_page_get_property;
  object_class->set_property = presync_history_page_set_property;
  object_class->dispose = presync_history_page_dispose;

  properties[PROP_ASSESSMENT]
      = g_param_spec_object ("assessment", NULL, NULL, PRESYNC_TYPE_ASSESSMENT,
                             G_PARAM_READWRITE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  g_type_ensure (PRESYNC_TYPE_COMPARISON_VIEW);
  g_type_ensure (PRESYNC_TYPE_HISTORY_LINE);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               PRESYNC_RESOURCE_BASE "/history-page.ui");
  gtk_widget_class_bind_template_child (widget_class, PresyncHistoryPage, stack);
  gtk_widget_class_bind_template_child (widget_class, PresyncHistoryPage, views);
  gtk_widget_class_bind_template_child (widget_class, PresyncHistoryPage, check);
  gtk_widget_class_bind_template_child (widget_class, PresyncHistoryPage, cloud_sync);
  gtk_widget_class_bind_template_child (widget_class, PresyncHistoryPage, connect_sync);
  gtk_widget_class_bind_template_child (widget_class, PresyncHistoryPage, line);
  gtk_widget_class_bind_template_child (widget_class, PresyncHistoryPage, list);
  gtk_widget_class_bind_template_child (widget_class, PresyncHistoryPage, comparison);
  gtk_widget_class_bind_template_callback (widget_class, presync_history_page_option_cb);
  gtk_widget_class_bind_template_callback (widget_class, presync_history_page_point_cb);
  gtk_widget_class_bind_template_callback (widget_class, presync_history_page_activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, presync_history_page_other_cb);
  gtk_widget_class_bind_template_callback (widget_class, presync_history_page_setup_cb);
  gtk_widget_class_bind_template_callback (widget_class, presync_history_page_bind_cb);
}

static void
presync_history_page_init (PresyncHistoryPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
presync_history_page_new (PresyncAssessment *assessment)
{
  return g_object_new (PRESYNC_TYPE_HISTORY_PAGE, "assessment", assessment, NULL);
}
