/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "assessment/checklist-private.h"

#include "assessment/checklist-item-private.h"

struct _PresyncChecklist
{
  GObject parent_instance;
  PresyncOption option;
  GPtrArray *requirements; /* PresyncRequirement, of all editions */
  GPtrArray *rows;         /* PresyncChecklistItem, requirement rows */
};

static guint updated_signal;

static GType
presync_checklist_get_item_type (GListModel *model)
{
  return PRESYNC_TYPE_CHECKLIST_ITEM;
}

static guint
presync_checklist_get_n_items (GListModel *model)
{
  return PRESYNC_CHECKLIST (model)->rows->len;
}

static gpointer
presync_checklist_get_item (GListModel *model, guint position)
{
  PresyncChecklist *self = PRESYNC_CHECKLIST (model);

  return position < self->rows->len ? g_object_ref (g_ptr_array_index (self->rows, position))
                                    : NULL;
}

static void
presync_checklist_list_model_init (GListModelInterface *iface)
{
  iface->get_item_type = presync_checklist_get_item_type;
  iface->get_n_items = presync_checklist_get_n_items;
  iface->get_item = presync_checklist_get_item;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (PresyncChecklist, presync_checklist, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL,
                                                      presync_checklist_list_model_init))

static void
presync_checklist_finalize (GObject *object)
{
  PresyncChecklist *self = PRESYNC_CHECKLIST (object);

  g_clear_pointer (&self->requirements, g_ptr_array_unref);
  g_ptr_array_unref (self->rows);
  G_OBJECT_CLASS (presync_checklist_parent_class)->finalize (object);
}

static void
presync_checklist_class_init (PresyncChecklistClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = presync_checklist_finalize;
  updated_signal = g_signal_new ("updated", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                 NULL, NULL, G_TYPE_NONE, 0);
}

static void
presync_checklist_init (PresyncChecklist *self)
{
  self->rows = g_ptr_array_new_with_free_func (g_object_unref);
}

PresyncChecklist *
presync_checklist_new (PresyncCatalogue *catalogue, PresyncOption option)
{
  PresyncChecklist *self = g_object_new (PRESYNC_TYPE_CHECKLIST, NULL);

  self->option = option;
  self->requirements = presync_catalogue_list (catalogue, option);
  return self;
}

PresyncOption
presync_checklist_get_option (PresyncChecklist *self)
{
  g_return_val_if_fail (PRESYNC_IS_CHECKLIST (self), PRESYNC_OPTION_CLOUD_SYNC);
  return self->option;
}

void
presync_checklist_set_edition (PresyncChecklist *self, const GDate *edition)
{
  guint removed = self->rows->len;

  g_ptr_array_set_size (self->rows, 0);
  for (guint i = 0; i < self->requirements->len; i++)
    {
      PresyncRequirement *requirement = g_ptr_array_index (self->requirements, i);
      g_autoptr (GPtrArray) conditions = presync_requirement_list_conditions (requirement, edition);
      if (conditions->len > 0)
        g_ptr_array_add (self->rows, presync_checklist_item_new (requirement, conditions));
    }
  g_list_model_items_changed (G_LIST_MODEL (self), 0, removed, self->rows->len);
}

static gboolean
presync_checklist_names_fact (PresyncCondition *condition, const char *const *keys)
{
  GPtrArray *named = presync_condition_get_fact_keys (condition);

  for (guint i = 0; i < named->len; i++)
    if (g_strv_contains (keys, g_ptr_array_index (named, i)))
      return TRUE;
  return FALSE;
}

static gboolean
presync_checklist_wants (PresyncCondition *condition, const char *const *keys, const char *id)
{
  if (keys != NULL)
    return presync_checklist_names_fact (condition, keys);
  return id == NULL || g_str_equal (presync_condition_get_id (condition), id);
}

static guint
presync_checklist_judge_row (PresyncChecklistItem *row, const char *const *keys, const char *id,
                             PresyncFactSet *facts, PresyncStatements *statements, GDateTime *now,
                             gboolean *changed)
{
  guint judged = 0;
  GListModel *children = presync_checklist_item_get_children (row);

  for (guint i = 0; i < g_list_model_get_n_items (children); i++)
    {
      g_autoptr (PresyncChecklistItem) child = g_list_model_get_item (children, i);
      PresyncCondition *condition = presync_checklist_item_get_condition (child);
      const char *name = presync_condition_get_id (condition);
      if (!presync_checklist_wants (condition, keys, id))
        continue;
      *changed
          |= presync_checklist_item_judge (child, presync_judge (condition, facts, now),
                                           presync_statements_get_answer (statements, name),
                                           presync_statements_get_waiver (statements, name), now);
      presync_checklist_item_tell (child);
      judged++;
    }
  if (judged > 0)
    {
      presync_checklist_item_sum_up (row);
      presync_checklist_item_tell (row);
    }
  return judged;
}

guint
presync_checklist_judge (PresyncChecklist *self, const char *const *keys, const char *condition,
                         PresyncFactSet *facts, PresyncStatements *statements, GDateTime *now)
{
  guint judged = 0;
  gboolean changed = FALSE;

  g_return_val_if_fail (PRESYNC_IS_CHECKLIST (self), 0);
  for (guint i = 0; i < self->rows->len; i++)
    judged += presync_checklist_judge_row (g_ptr_array_index (self->rows, i), keys, condition,
                                           facts, statements, now, &changed);
  if (changed)
    g_signal_emit (self, updated_signal, 0);
  return judged;
}

PresyncChecklistItem *
presync_checklist_find (PresyncChecklist *self, const char *id)
{
  PresyncChecklistItem *requirement = NULL;

  g_return_val_if_fail (PRESYNC_IS_CHECKLIST (self), NULL);
  g_return_val_if_fail (id != NULL, NULL);
  for (guint i = 0; i < self->rows->len; i++)
    {
      PresyncChecklistItem *row = g_ptr_array_index (self->rows, i);
      GListModel *children = presync_checklist_item_get_children (row);
      /* A condition and its requirement may share an id: the condition is what ids are about. */
      for (guint j = 0; j < g_list_model_get_n_items (children); j++)
        {
          g_autoptr (PresyncChecklistItem) child = g_list_model_get_item (children, j);
          if (g_str_equal (presync_checklist_item_get_id (child), id))
            return child;
        }
      if (g_str_equal (presync_checklist_item_get_id (row), id))
        requirement = row;
    }
  return requirement;
}
