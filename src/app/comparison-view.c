/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/comparison-view.h"

#include <glib/gi18n.h>

#include "app/accessible.h"
#include "app/change-groups.h"
#include "app/change-row.h"
#include "app/newest-first.h"
#include "app/run-text.h"
#include "app/split-layout.h"
#include "app/verdict-change.h"

struct _PresyncComparisonView
{
  AdwBin parent_instance;

  GtkDropDown *before;
  GtkDropDown *after;
  GtkWidget *verdicts;
  PresyncVerdictChange *cloud_sync;
  PresyncVerdictChange *connect_sync;
  GtkLabel *foreign;
  GtkStack *stack;
  GtkLabel *message;
  GtkSpinner *spinner;
  GtkListView *list;

  PresyncAssessment *assessment;
  GListStore *others;   /* PresyncRun, of other files */
  GHashTable *titles;   /* of @others: what their files are called */
  GListModel *runs;     /* the others, then those of the history, newest first; NULL before use */
  GCancellable *cancel; /* of the rows that are being read; NULL if none are */
  gboolean picked;      /* somebody picked runs: new ones do not change that */
};

G_DEFINE_FINAL_TYPE (PresyncComparisonView, presync_comparison_view, ADW_TYPE_BIN)

static PresyncHistory *
presync_comparison_view_get_history (PresyncComparisonView *self)
{
  return presync_assessment_get_history (self->assessment);
}

/* Showing */

static void
presync_comparison_view_set_child (PresyncComparisonView *self, const char *child)
{
  gboolean loading = g_str_equal (child, "loading");

  gtk_stack_set_visible_child_name (self->stack, child);
  gtk_spinner_set_spinning (self->spinner, loading);
  gtk_widget_set_visible (self->verdicts, g_str_equal (child, "rows"));
}

static void
presync_comparison_view_say (PresyncComparisonView *self, const char *text)
{
  gtk_list_view_set_model (self->list, NULL);
  gtk_label_set_text (self->message, text);
  presync_comparison_view_set_child (self, "message");
}

static void
presync_comparison_view_show (PresyncComparisonView *self, PresyncRun *before, PresyncRun *after)
{
  g_autoptr (PresyncComparison) comparison
      = presync_comparison_new (presync_assessment_get_catalogue (self->assessment), before, after);
  g_autoptr (GListModel) groups = presync_change_groups_new (comparison);
  g_autoptr (GtkSingleSelection) selection = gtk_single_selection_new (NULL);
  guint n_foreign = presync_comparison_get_n_foreign (comparison);

  presync_verdict_change_set_comparison (self->cloud_sync, comparison, PRESYNC_OPTION_CLOUD_SYNC);
  presync_verdict_change_set_comparison (self->connect_sync, comparison,
                                         PRESYNC_OPTION_CONNECT_SYNC);
  gtk_widget_set_visible (GTK_WIDGET (self->foreign), n_foreign > 0);
  if (n_foreign > 0)
    {
      g_autofree char *text = g_strdup_printf (
          ngettext ("%u condition is left out: this version of Presync does not know it.",
                    "%u conditions are left out: this version of Presync does not know them.",
                    n_foreign),
          n_foreign);

      gtk_label_set_text (self->foreign, text);
    }
  /* Order matters: a model that is set first has its first row selected. */
  gtk_single_selection_set_autoselect (selection, FALSE);
  gtk_single_selection_set_can_unselect (selection, TRUE);
  gtk_single_selection_set_model (selection, groups);
  gtk_list_view_set_model (self->list, GTK_SELECTION_MODEL (selection));
  presync_comparison_view_set_child (self, "rows");
}

/* Loading */

typedef struct
{
  PresyncComparisonView *view;
  PresyncRun *before;
  PresyncRun *after;
  GCancellable *cancel;
} Loading;

static void
presync_comparison_view_loading_free (Loading *loading)
{
  g_object_unref (loading->view);
  g_object_unref (loading->before);
  g_object_unref (loading->after);
  g_object_unref (loading->cancel);
  g_free (loading);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Loading, presync_comparison_view_loading_free)

static void
presync_comparison_view_loaded_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Loading) loading = user_data;
  PresyncComparisonView *self = loading->view;
  g_autoptr (GError) error = NULL;
  gboolean read = presync_history_load_rows_finish (PRESYNC_HISTORY (object), result, &error);

  /* Other runs were picked meanwhile, or nobody looks any more. */
  if (self->cancel != loading->cancel)
    return;
  if (read && presync_run_get_rows (loading->after) == NULL)
    {
      PresyncRun *after = loading->after;
      GCancellable *cancel = loading->cancel;

      presync_history_load_rows_async (PRESYNC_HISTORY (object), after, cancel,
                                       presync_comparison_view_loaded_cb,
                                       g_steal_pointer (&loading));
      return;
    }
  g_clear_object (&self->cancel);
  if (!read)
    presync_comparison_view_say (self, error->message);
  else if (presync_run_get_rows (loading->before) == NULL)
    presync_comparison_view_say (self, _ ("What this run found could not be read."));
  else
    presync_comparison_view_show (self, loading->before, loading->after);
}

static void
presync_comparison_view_load (PresyncComparisonView *self)
{
  PresyncRun *before = gtk_drop_down_get_selected_item (self->before);
  PresyncRun *after = gtk_drop_down_get_selected_item (self->after);
  Loading *loading;

  if (self->cancel != NULL)
    g_cancellable_cancel (self->cancel);
  g_clear_object (&self->cancel);
  if (before == NULL || after == NULL || g_list_model_get_n_items (self->runs) < 2)
    {
      presync_comparison_view_say (
          self, _ ("There is one run so far. After the next check the two can be compared."));
      return;
    }
  if (before == after)
    {
      presync_comparison_view_say (self, _ ("Both are the same run: pick another one."));
      return;
    }
  if (presync_run_get_rows (before) != NULL && presync_run_get_rows (after) != NULL)
    {
      presync_comparison_view_show (self, before, after);
      return;
    }
  presync_comparison_view_set_child (self, "loading");
  self->cancel = g_cancellable_new ();
  loading = g_new0 (Loading, 1);
  loading->view = g_object_ref (self);
  loading->before = g_object_ref (before);
  loading->after = g_object_ref (after);
  loading->cancel = g_object_ref (self->cancel);
  presync_history_load_rows_async (presync_comparison_view_get_history (self), before, self->cancel,
                                   presync_comparison_view_loaded_cb, loading);
}

/* Picking */

static void
presync_comparison_view_picked_cb (PresyncComparisonView *self)
{
  /* Of a single run GTK picks one itself. */
  self->picked = g_list_model_get_n_items (self->runs) > 1;
  presync_comparison_view_load (self);
}

/* @before, @after: positions in the list; both at once, so that they are compared once */
static void
presync_comparison_view_pick (PresyncComparisonView *self, guint before, guint after)
{
  g_signal_handlers_block_by_func (self->before, presync_comparison_view_picked_cb, self);
  g_signal_handlers_block_by_func (self->after, presync_comparison_view_picked_cb, self);
  gtk_drop_down_set_selected (self->before, before);
  gtk_drop_down_set_selected (self->after, after);
  g_signal_handlers_unblock_by_func (self->before, presync_comparison_view_picked_cb, self);
  g_signal_handlers_unblock_by_func (self->after, presync_comparison_view_picked_cb, self);
  presync_comparison_view_load (self);
}

/* The newest and the one before it, until somebody picks others */
static void
presync_comparison_view_changed_cb (PresyncComparisonView *self)
{
  guint n = g_list_model_get_n_items (self->runs);
  guint first = g_list_model_get_n_items (G_LIST_MODEL (self->others));

  if (!self->picked || n < 2)
    presync_comparison_view_pick (self, MIN (first + 1, n > 0 ? n - 1 : 0), first);
}

/* Is the run at @position of the same minute? Its time would be told in the same words. */
static gboolean
presync_comparison_view_is_twin (PresyncComparisonView *self, PresyncRun *run, guint position)
{
  g_autoptr (PresyncRun) other = g_list_model_get_item (self->runs, position);

  return other != NULL && other != run
         && g_date_time_to_unix (presync_run_get_at (other)) / 60
                == g_date_time_to_unix (presync_run_get_at (run)) / 60;
}

/* (transfer full): for the drop-downs */
static char *
presync_comparison_view_dup_title (PresyncComparisonView *self, PresyncRun *run, guint position)
{
  PresyncCatalogue *catalogue = presync_assessment_get_catalogue (self->assessment);
  const char *file = g_hash_table_lookup (self->titles, run);
  g_autofree char *number
      = presync_run_dup_number (run, g_list_model_get_n_items (self->runs) - position);
  g_autofree char *at = presync_run_dup_title (run, presync_catalogue_get_newest (catalogue));
  g_autofree char *title = g_strjoin (" · ", number, at, NULL);
  g_autoptr (GDateTime) local = NULL;
  g_autofree char *seconds = NULL;

  if (file != NULL)
    return g_strjoin (" · ", file, title, NULL);
  /* They are in the order of their times. */
  if (!presync_comparison_view_is_twin (self, run, position + 1)
      && (position == 0 || !presync_comparison_view_is_twin (self, run, position - 1)))
    return g_steal_pointer (&title);
  local = g_date_time_to_local (presync_run_get_at (run));
  /* TRANSLATORS: seconds, behind a time of day: "2026-11-23 16:41 (:07)" */
  seconds = g_date_time_format (local, _ ("(:%S)"));
  return g_strjoin (" ", title, seconds, NULL);
}

/* GtkDropDown's own rows are four widgets each, and it makes two hundred of them at once. */
static void
presync_comparison_view_setup_run_cb (PresyncComparisonView *self, GtkListItem *list_item)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_widget_add_css_class (label, "numeric");
  gtk_list_item_set_child (list_item, label);
}

static void
presync_comparison_view_bind_run_cb (PresyncComparisonView *self, GtkListItem *list_item)
{
  GtkWidget *label = gtk_list_item_get_child (list_item);
  g_autofree char *title = presync_comparison_view_dup_title (
      self, gtk_list_item_get_item (list_item), gtk_list_item_get_position (list_item));

  gtk_label_set_text (GTK_LABEL (label), title);
}

static void
presync_comparison_view_set_up_drop_down (PresyncComparisonView *self, GtkDropDown *drop_down)
{
  g_autoptr (GtkListItemFactory) factory = gtk_signal_list_item_factory_new ();

  g_signal_connect_object (factory, "setup", G_CALLBACK (presync_comparison_view_setup_run_cb),
                           self, G_CONNECT_SWAPPED);
  g_signal_connect_object (factory, "bind", G_CALLBACK (presync_comparison_view_bind_run_cb), self,
                           G_CONNECT_SWAPPED);
  gtk_drop_down_set_factory (drop_down, factory);
  gtk_drop_down_set_model (drop_down, self->runs);
  g_signal_connect_object (drop_down, "notify::selected-item",
                           G_CALLBACK (presync_comparison_view_picked_cb), self, G_CONNECT_SWAPPED);
}

/* Lists of hundreds of runs are filled when somebody wants to compare them. */
static void
presync_comparison_view_ensure (PresyncComparisonView *self)
{
  g_autoptr (GListStore) parts = NULL;
  g_autoptr (PresyncNewestFirst) newest_first = NULL;

  if (self->runs != NULL || self->assessment == NULL)
    return;
  parts = g_list_store_new (G_TYPE_LIST_MODEL);
  newest_first
      = presync_newest_first_new (G_LIST_MODEL (presync_comparison_view_get_history (self)));
  g_list_store_append (parts, self->others);
  g_list_store_append (parts, newest_first);
  self->runs = G_LIST_MODEL (gtk_flatten_list_model_new (G_LIST_MODEL (g_steal_pointer (&parts))));
  presync_comparison_view_set_up_drop_down (self, self->before);
  presync_comparison_view_set_up_drop_down (self, self->after);
  g_signal_connect_object (self->runs, "items-changed",
                           G_CALLBACK (presync_comparison_view_changed_cb), self,
                           G_CONNECT_SWAPPED | G_CONNECT_AFTER);
  presync_comparison_view_changed_cb (self);
}

static void
presync_comparison_view_map (GtkWidget *widget)
{
  presync_comparison_view_ensure (PRESYNC_COMPARISON_VIEW (widget));
  GTK_WIDGET_CLASS (presync_comparison_view_parent_class)->map (widget);
}

/* Rows */

static void
presync_comparison_view_bind_heading (GtkListItem *list_item, GtkTreeListRow *row,
                                      PresyncChangeItem *item)
{
  GtkWidget *child = gtk_list_item_get_child (list_item);
  const char *title = presync_change_title (presync_change_item_get_change (item));
  g_autofree char *count = g_strdup_printf ("%u", presync_change_item_get_count (item));
  g_autofree char *name = g_strdup_printf (
      /* TRANSLATORS: a kind of change, such as "Mended", and how many conditions */
      ngettext ("%s: %u condition", "%s: %u conditions", presync_change_item_get_count (item)),
      title, presync_change_item_get_count (item));
  GtkWidget *box;

  if (!GTK_IS_TREE_EXPANDER (child))
    {
      GtkWidget *badge = gtk_label_new (NULL);

      child = gtk_tree_expander_new ();
      box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);
      gtk_box_append (GTK_BOX (box), gtk_label_new (NULL));
      gtk_widget_set_valign (badge, GTK_ALIGN_CENTER);
      gtk_widget_add_css_class (badge, "badge");
      gtk_widget_add_css_class (badge, "numeric");
      gtk_box_append (GTK_BOX (box), badge);
      gtk_widget_add_css_class (child, "change-heading");
      gtk_tree_expander_set_child (GTK_TREE_EXPANDER (child), box);
      gtk_list_item_set_child (list_item, child);
    }
  box = gtk_tree_expander_get_child (GTK_TREE_EXPANDER (child));
  gtk_tree_expander_set_list_row (GTK_TREE_EXPANDER (child), row);
  gtk_label_set_text (GTK_LABEL (gtk_widget_get_first_child (box)), title);
  gtk_label_set_text (GTK_LABEL (gtk_widget_get_last_child (box)), count);
  presync_accessible_set_label (child, name);
  presync_accessible_label_list_row (child, name);
}

static void
presync_comparison_view_bind_cb (PresyncComparisonView *self, GtkListItem *list_item)
{
  GtkTreeListRow *row = gtk_list_item_get_item (list_item);
  g_autoptr (PresyncChangeItem) item = gtk_tree_list_row_get_item (row);
  GtkWidget *child = gtk_list_item_get_child (list_item);

  if (presync_change_item_get_row (item) == NULL)
    {
      presync_comparison_view_bind_heading (list_item, row, item);
      return;
    }
  if (!PRESYNC_IS_CHANGE_ROW (child))
    {
      child = presync_change_row_new ();
      gtk_list_item_set_child (list_item, child);
    }
  presync_change_row_set_row (PRESYNC_CHANGE_ROW (child), presync_change_item_get_row (item));
}

static void
presync_comparison_view_unbind_cb (PresyncComparisonView *self, GtkListItem *list_item)
{
  GtkWidget *child = gtk_list_item_get_child (list_item);

  if (GTK_IS_TREE_EXPANDER (child))
    gtk_tree_expander_set_list_row (GTK_TREE_EXPANDER (child), NULL);
}

/* A heading opens and closes; a condition leads to its place, if it is still asked. */
static void
presync_comparison_view_activated_cb (PresyncComparisonView *self, guint position)
{
  g_autoptr (GtkTreeListRow) tree_row
      = g_list_model_get_item (G_LIST_MODEL (gtk_list_view_get_model (self->list)), position);
  g_autoptr (PresyncChangeItem) item
      = tree_row != NULL ? gtk_tree_list_row_get_item (tree_row) : NULL;
  const PresyncComparisonRow *row = item != NULL ? presync_change_item_get_row (item) : NULL;
  const char *id;

  if (item == NULL)
    return;
  if (row == NULL)
    {
      gtk_tree_list_row_set_expanded (tree_row, !gtk_tree_list_row_get_expanded (tree_row));
      return;
    }
  id = row->after != NULL ? row->after->condition : row->before->condition;
  if (presync_checklist_find (presync_assessment_get_checklist (self->assessment, row->option), id)
      == NULL)
    gtk_widget_activate_action (GTK_WIDGET (self), "win.toast", "s",
                                _ ("The edition that is chosen now does not ask it"));
  else
    gtk_widget_activate_action (GTK_WIDGET (self), "win.show-item", "(ss)",
                                presync_option_id (row->option), id);
}

/* Object */

static void
presync_comparison_view_dispose (GObject *object)
{
  PresyncComparisonView *self = PRESYNC_COMPARISON_VIEW (object);

  if (self->cancel != NULL)
    g_cancellable_cancel (self->cancel);
  g_clear_object (&self->cancel);
  if (self->runs != NULL)
    g_signal_handlers_disconnect_by_data (self->runs, self);
  if (self->before != NULL)
    {
      g_signal_handlers_disconnect_by_data (self->before, self);
      g_signal_handlers_disconnect_by_data (self->after, self);
    }
  gtk_widget_dispose_template (GTK_WIDGET (self), PRESYNC_TYPE_COMPARISON_VIEW);

  G_OBJECT_CLASS (presync_comparison_view_parent_class)->dispose (object);
}

static void
presync_comparison_view_finalize (GObject *object)
{
  PresyncComparisonView *self = PRESYNC_COMPARISON_VIEW (object);

  g_clear_object (&self->runs);
  g_clear_object (&self->others);
  g_clear_pointer (&self->titles, g_hash_table_unref);
  g_clear_object (&self->assessment);

  G_OBJECT_CLASS (presync_comparison_view_parent_class)->finalize (object);
}

static void
presync_comparison_view_class_init (PresyncComparisonViewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = presync_comparison_view_dispose;
  G_OBJECT_CLASS (klass)->finalize = presync_comparison_view_finalize;
  widget_class->map = presync_comparison_view_map;

  g_type_ensure (PRESYNC_TYPE_SPLIT_LAYOUT);
  g_type_ensure (PRESYNC_TYPE_VERDICT_CHANGE);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               PRESYNC_RESOURCE_BASE "/comparison-view.ui");
  gtk_widget_class_bind_template_child (widget_class, PresyncComparisonView, before);
  gtk_widget_class_bind_template_child (widget_class, PresyncComparisonView, after);
  gtk_widget_class_bind_template_child (widget_class, PresyncComparisonView, verdicts);
  gtk_widget_class_bind_template_child (widget_class, PresyncComparisonView, cloud_sync);
  gtk_widget_class_bind_template_child (widget_class, PresyncComparisonView, connect_sync);
  gtk_widget_class_bind_template_child (widget_class, PresyncComparisonView, foreign);
  gtk_widget_class_bind_template_child (widget_class, PresyncComparisonView, stack);
  gtk_widget_class_bind_template_child (widget_class, PresyncComparisonView, message);
  gtk_widget_class_bind_template_child (widget_class, PresyncComparisonView, spinner);
  gtk_widget_class_bind_template_child (widget_class, PresyncComparisonView, list);
  gtk_widget_class_bind_template_callback (widget_class, presync_comparison_view_bind_cb);
  gtk_widget_class_bind_template_callback (widget_class, presync_comparison_view_unbind_cb);
  gtk_widget_class_bind_template_callback (widget_class, presync_comparison_view_activated_cb);
}

static void
presync_comparison_view_init (PresyncComparisonView *self)
{
  self->others = g_list_store_new (PRESYNC_TYPE_RUN);
  self->titles = g_hash_table_new_full (NULL, NULL, NULL, g_free);
  gtk_widget_init_template (GTK_WIDGET (self));
}

void
presync_comparison_view_set_assessment (PresyncComparisonView *self, PresyncAssessment *assessment)
{
  g_return_if_fail (PRESYNC_IS_COMPARISON_VIEW (self));
  g_return_if_fail (self->assessment == NULL);

  self->assessment = g_object_ref (assessment);
}

void
presync_comparison_view_compare (PresyncComparisonView *self, guint position)
{
  guint first;
  guint n;
  guint after;

  g_return_if_fail (PRESYNC_IS_COMPARISON_VIEW (self));

  presync_comparison_view_ensure (self);
  first = g_list_model_get_n_items (G_LIST_MODEL (self->others));
  n = g_list_model_get_n_items (self->runs);
  g_return_if_fail (position < n - first);

  /* Newest first; the oldest has none before it. */
  after = n - 1 - position;
  self->picked = TRUE;
  if (after == n - 1 && after > first)
    after--;
  presync_comparison_view_pick (self, MIN (after + 1, n - 1), after);
}

/* A file that is read once more: its run stands in the list once. */
static void
presync_comparison_view_drop_other (PresyncComparisonView *self, PresyncRun *run, const char *title)
{
  for (guint i = g_list_model_get_n_items (G_LIST_MODEL (self->others)); i > 0; i--)
    {
      g_autoptr (PresyncRun) other = g_list_model_get_item (G_LIST_MODEL (self->others), i - 1);

      if (g_strcmp0 (g_hash_table_lookup (self->titles, other), title) != 0
          || !g_date_time_equal (presync_run_get_at (other), presync_run_get_at (run)))
        continue;
      g_list_store_remove (self->others, i - 1);
      g_hash_table_remove (self->titles, other);
    }
}

void
presync_comparison_view_add_other (PresyncComparisonView *self, PresyncRun *run, const char *title)
{
  g_return_if_fail (PRESYNC_IS_COMPARISON_VIEW (self));
  g_return_if_fail (PRESYNC_IS_RUN (run));

  presync_comparison_view_ensure (self);
  self->picked = TRUE;
  presync_comparison_view_drop_other (self, run, title);
  g_hash_table_insert (self->titles, run, g_strdup (title));
  g_list_store_insert (self->others, 0, run);
  presync_comparison_view_pick (self, 0, g_list_model_get_n_items (G_LIST_MODEL (self->others)));
}
