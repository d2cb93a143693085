/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "assessment/history.h"

#include <glib/gi18n.h>

#include "base/error.h"

struct _PresyncHistory
{
  GObject parent_instance;
  GWeakRef assessment;
  GPtrArray *runs; /* PresyncRun, oldest first */
  PresyncRunLoader loader;
  gpointer loader_data;
  GDestroyNotify loader_destroy;
};

static GType
presync_history_get_item_type (GListModel *model)
{
  return PRESYNC_TYPE_RUN;
}

static guint
presync_history_get_n_items (GListModel *model)
{
  return PRESYNC_HISTORY (model)->runs->len;
}

static gpointer
presync_history_get_item (GListModel *model, guint position)
{
  PresyncHistory *self = PRESYNC_HISTORY (model);

  return position < self->runs->len ? g_object_ref (g_ptr_array_index (self->runs, position))
                                    : NULL;
}

static void
presync_history_list_model_init (GListModelInterface *iface)
{
  iface->get_item_type = presync_history_get_item_type;
  iface->get_n_items = presync_history_get_n_items;
  iface->get_item = presync_history_get_item;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (PresyncHistory, presync_history, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL,
                                                      presync_history_list_model_init))

static void
presync_history_finalize (GObject *object)
{
  PresyncHistory *self = PRESYNC_HISTORY (object);

  presync_history_set_loader (self, NULL, NULL, NULL);
  g_weak_ref_clear (&self->assessment);
  g_ptr_array_unref (self->runs);
  G_OBJECT_CLASS (presync_history_parent_class)->finalize (object);
}

static void
presync_history_class_init (PresyncHistoryClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = presync_history_finalize;
}

static void
presync_history_init (PresyncHistory *self)
{
  self->runs = g_ptr_array_new_with_free_func (g_object_unref);
  g_weak_ref_init (&self->assessment, NULL);
}

PresyncHistory *
presync_history_new (PresyncAssessment *assessment)
{
  PresyncHistory *self = g_object_new (PRESYNC_TYPE_HISTORY, NULL);

  g_weak_ref_set (&self->assessment, assessment);
  return self;
}

void
presync_history_load (PresyncHistory *self, GPtrArray *runs)
{
  g_return_if_fail (PRESYNC_IS_HISTORY (self) && runs != NULL);
  for (guint i = 0; i < runs->len; i++)
    g_ptr_array_insert (self->runs, (int) i, g_object_ref (g_ptr_array_index (runs, i)));
  if (runs->len > 0)
    g_list_model_items_changed (G_LIST_MODEL (self), 0, 0, runs->len);
}

PresyncRun *
presync_history_add (PresyncHistory *self)
{
  PresyncRun *run;
  g_autoptr (PresyncAssessment) assessment = NULL;
  g_autoptr (GDateTime) now = NULL;

  g_return_val_if_fail (PRESYNC_IS_HISTORY (self), NULL);
  assessment = g_weak_ref_get (&self->assessment);
  g_return_val_if_fail (assessment != NULL, NULL);
  now = presync_assessment_dup_now (assessment);
  run = presync_run_new_from_assessment (assessment, now);
  g_ptr_array_add (self->runs, run);
  g_list_model_items_changed (G_LIST_MODEL (self), self->runs->len - 1, 0, 1);
  return run;
}

PresyncRun *
presync_history_get_last (PresyncHistory *self)
{
  g_return_val_if_fail (PRESYNC_IS_HISTORY (self), NULL);
  return self->runs->len > 0 ? g_ptr_array_index (self->runs, self->runs->len - 1) : NULL;
}

PresyncRun *
presync_history_get_previous (PresyncHistory *self)
{
  g_return_val_if_fail (PRESYNC_IS_HISTORY (self), NULL);
  return self->runs->len > 1 ? g_ptr_array_index (self->runs, self->runs->len - 2) : NULL;
}

void
presync_history_set_loader (PresyncHistory *self, PresyncRunLoader loader, gpointer user_data,
                            GDestroyNotify destroy)
{
  GDestroyNotify old_destroy;
  gpointer old_data;

  g_return_if_fail (PRESYNC_IS_HISTORY (self));
  old_destroy = self->loader_destroy;
  old_data = self->loader_data;
  self->loader = loader;
  self->loader_data = user_data;
  self->loader_destroy = destroy;
  if (old_destroy != NULL)
    old_destroy (old_data);
}

void
presync_history_load_rows_async (PresyncHistory *self, PresyncRun *run, GCancellable *cancellable,
                                 GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (PRESYNC_IS_HISTORY (self) && PRESYNC_IS_RUN (run));
  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, presync_history_load_rows_async);
  if (presync_run_get_rows (run) != NULL)
    g_task_return_boolean (task, TRUE);
  else if (self->loader != NULL)
    self->loader (run, g_steal_pointer (&task), self->loader_data);
  else
    g_task_return_new_error (task, PRESYNC_ERROR, PRESYNC_ERROR_NOT_FOUND, "%s",
                             _ ("The file that this run is in is not open any more."));
}

gboolean
presync_history_load_rows_finish (PresyncHistory *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);
  return g_task_propagate_boolean (G_TASK (result), error);
}

/* (nullable) (transfer none): the next one whose rows a report lacks */
static PresyncRun *
presync_history_find_unread (PresyncHistory *self)
{
  PresyncRun *runs[] = { presync_history_get_previous (self), presync_history_get_last (self) };

  for (gsize i = 0; i < G_N_ELEMENTS (runs); i++)
    if (runs[i] != NULL && presync_run_get_rows (runs[i]) == NULL)
      return runs[i];
  return NULL;
}

static void presync_history_load_next (GTask *task);

static void
presync_history_loaded_next_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;

  if (presync_history_load_rows_finish (PRESYNC_HISTORY (object), result, &error))
    presync_history_load_next (g_steal_pointer (&task));
  else
    g_task_return_error (task, error);
}

/* @task: (transfer full) */
static void
presync_history_load_next (GTask *task)
{
  PresyncHistory *self = g_task_get_source_object (task);
  PresyncRun *run = presync_history_find_unread (self);

  if (run != NULL)
    {
      presync_history_load_rows_async (self, run, g_task_get_cancellable (task),
                                       presync_history_loaded_next_cb, task);
      return;
    }
  g_task_return_boolean (task, TRUE);
  g_object_unref (task);
}

void
presync_history_load_last_async (PresyncHistory *self, GCancellable *cancellable,
                                 GAsyncReadyCallback callback, gpointer user_data)
{
  GTask *task;

  g_return_if_fail (PRESYNC_IS_HISTORY (self));
  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, presync_history_load_last_async);
  presync_history_load_next (task);
}

gboolean
presync_history_load_last_finish (PresyncHistory *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);
  return g_task_propagate_boolean (G_TASK (result), error);
}

gboolean
presync_history_has_last (PresyncHistory *self)
{
  g_return_val_if_fail (PRESYNC_IS_HISTORY (self), FALSE);
  return presync_history_find_unread (self) == NULL;
}
