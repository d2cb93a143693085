/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/newest-first.h"

struct _PresyncNewestFirst
{
  GObject parent_instance;

  GListModel *model;
};

static GType
presync_newest_first_get_item_type (GListModel *list)
{
  return g_list_model_get_item_type (PRESYNC_NEWEST_FIRST (list)->model);
}

static guint
presync_newest_first_get_n_items (GListModel *list)
{
  return g_list_model_get_n_items (PRESYNC_NEWEST_FIRST (list)->model);
}

static gpointer
presync_newest_first_get_item (GListModel *list, guint position)
{
  GListModel *model = PRESYNC_NEWEST_FIRST (list)->model;
  guint n = g_list_model_get_n_items (model);

  return position < n ? g_list_model_get_item (model, n - 1 - position) : NULL;
}

static void
presync_newest_first_iface_init (GListModelInterface *iface)
{
  iface->get_item_type = presync_newest_first_get_item_type;
  iface->get_n_items = presync_newest_first_get_n_items;
  iface->get_item = presync_newest_first_get_item;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (PresyncNewestFirst, presync_newest_first, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL,
                                                      presync_newest_first_iface_init))

static void
presync_newest_first_changed_cb (PresyncNewestFirst *self, guint position, guint removed,
                                 guint added)
{
  guint n = g_list_model_get_n_items (self->model);

  g_list_model_items_changed (G_LIST_MODEL (self), n - position - added, removed, added);
}

static void
presync_newest_first_dispose (GObject *object)
{
  PresyncNewestFirst *self = PRESYNC_NEWEST_FIRST (object);

  if (self->model != NULL)
    g_signal_handlers_disconnect_by_data (self->model, self);

  G_OBJECT_CLASS (presync_newest_first_parent_class)->dispose (object);
}

/* Whoever still has the list may ask it until its end. */
static void
presync_newest_first_finalize (GObject *object)
{
  g_clear_object (&PRESYNC_NEWEST_FIRST (object)->model);

  G_OBJECT_CLASS (presync_newest_first_parent_class)->finalize (object);
}

static void
presync_newest_first_class_init (PresyncNewestFirstClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = presync_newest_first_dispose;
  G_OBJECT_CLASS (klass)->finalize = presync_newest_first_finalize;
}

static void
presync_newest_first_init (PresyncNewestFirst *self)
{
}

PresyncNewestFirst *
presync_newest_first_new (GListModel *model)
{
  PresyncNewestFirst *self = NULL;

  g_return_val_if_fail (G_IS_LIST_MODEL (model), NULL);

  self = g_object_new (PRESYNC_TYPE_NEWEST_FIRST, NULL);
  self->model = g_object_ref (model);
  g_signal_connect_object (model, "items-changed", G_CALLBACK (presync_newest_first_changed_cb),
                           self, G_CONNECT_SWAPPED);
  return self;
}
