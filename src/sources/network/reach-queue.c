/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sources/network/reach-queue.h"

typedef struct
{
  GPtrArray *hosts; /* PresyncReachTurn, in the order they came */
  char *name;
  guint n_running;
  guint n_started;
} PresyncReachQueueGroup;

/* One host of a group */
struct _PresyncReachTurn
{
  PresyncReachQueueGroup *group;
  char *host;
  GQueue items;
  guint n_running;
  guint n_started;
  guint n_silent;
};

struct _PresyncReachQueue
{
  GPtrArray *groups; /* PresyncReachQueueGroup */
  guint length;
};

static void
presync_reach_queue_turn_free (gpointer data)
{
  PresyncReachTurn *turn = data;

  g_queue_clear (&turn->items);
  g_free (turn->host);
  g_free (turn);
}

static void
presync_reach_queue_group_free (gpointer data)
{
  PresyncReachQueueGroup *group = data;

  g_ptr_array_unref (group->hosts);
  g_free (group->name);
  g_free (group);
}

PresyncReachQueue *
presync_reach_queue_new (void)
{
  PresyncReachQueue *self = g_new0 (PresyncReachQueue, 1);

  self->groups = g_ptr_array_new_with_free_func (presync_reach_queue_group_free);
  return self;
}

void
presync_reach_queue_free (PresyncReachQueue *self)
{
  if (self == NULL)
    return;
  g_ptr_array_unref (self->groups);
  g_free (self);
}

/* (transfer none): made if there is none */
static PresyncReachQueueGroup *
presync_reach_queue_find_group (PresyncReachQueue *self, const char *name)
{
  PresyncReachQueueGroup *group;

  for (guint i = 0; i < self->groups->len; i++)
    {
      group = g_ptr_array_index (self->groups, i);
      if (g_str_equal (group->name, name))
        return group;
    }
  group = g_new0 (PresyncReachQueueGroup, 1);
  group->name = g_strdup (name);
  group->hosts = g_ptr_array_new_with_free_func (presync_reach_queue_turn_free);
  g_ptr_array_add (self->groups, group);
  return group;
}

/* (transfer none): made if there is none */
static PresyncReachTurn *
presync_reach_queue_find_turn (PresyncReachQueueGroup *group, const char *host)
{
  PresyncReachTurn *turn;

  /* What belongs together comes together. */
  for (guint i = group->hosts->len; i > 0; i--)
    {
      turn = g_ptr_array_index (group->hosts, i - 1);
      if (g_str_equal (turn->host, host))
        return turn;
    }
  turn = g_new0 (PresyncReachTurn, 1);
  turn->group = group;
  turn->host = g_strdup (host);
  g_queue_init (&turn->items);
  g_ptr_array_add (group->hosts, turn);
  return turn;
}

PresyncReachTurn *
presync_reach_queue_push (PresyncReachQueue *self, const char *group, const char *host,
                          gpointer item)
{
  PresyncReachTurn *turn;

  g_return_val_if_fail (self != NULL && group != NULL && host != NULL && item != NULL, NULL);
  turn = presync_reach_queue_find_turn (presync_reach_queue_find_group (self, group), host);
  g_queue_push_tail (&turn->items, item);
  self->length++;
  return turn;
}

static gboolean
presync_reach_queue_turn_is_before (const PresyncReachTurn *turn, const PresyncReachTurn *other)
{
  if (turn->n_silent != other->n_silent)
    return turn->n_silent < other->n_silent;
  if (turn->n_running != other->n_running)
    return turn->n_running < other->n_running;
  return turn->n_started < other->n_started;
}

/* (transfer none) (nullable): the host of @group whose turn it is */
static PresyncReachTurn *
presync_reach_queue_choose_turn (PresyncReachQueueGroup *group)
{
  PresyncReachTurn *first = NULL;

  for (guint i = 0; i < group->hosts->len; i++)
    {
      PresyncReachTurn *turn = g_ptr_array_index (group->hosts, i);

      if (!g_queue_is_empty (&turn->items)
          && (first == NULL || presync_reach_queue_turn_is_before (turn, first)))
        first = turn;
    }
  return first;
}

static gboolean
presync_reach_queue_group_is_before (const PresyncReachQueueGroup *group,
                                     const PresyncReachQueueGroup *other)
{
  if (group->n_running != other->n_running)
    return group->n_running < other->n_running;
  return group->n_started < other->n_started;
}

gpointer
presync_reach_queue_pop (PresyncReachQueue *self)
{
  PresyncReachTurn *first = NULL;

  g_return_val_if_fail (self != NULL, NULL);
  for (guint i = 0; i < self->groups->len; i++)
    {
      PresyncReachQueueGroup *group = g_ptr_array_index (self->groups, i);
      PresyncReachTurn *turn = presync_reach_queue_choose_turn (group);

      if (turn != NULL
          && (first == NULL || presync_reach_queue_group_is_before (group, first->group)))
        first = turn;
    }
  if (first == NULL)
    return NULL;
  first->n_running++;
  first->n_started++;
  first->group->n_running++;
  first->group->n_started++;
  self->length--;
  return g_queue_pop_head (&first->items);
}

void
presync_reach_queue_ended (PresyncReachQueue *self, PresyncReachTurn *turn, gboolean silent)
{
  g_return_if_fail (self != NULL && turn != NULL && turn->n_running > 0);
  turn->n_running--;
  turn->group->n_running--;
  turn->n_silent += silent;
}

gpointer
presync_reach_queue_take (PresyncReachQueue *self, gconstpointer data, GCompareFunc compare)
{
  g_return_val_if_fail (self != NULL && compare != NULL, NULL);
  for (guint i = 0; i < self->groups->len; i++)
    {
      PresyncReachQueueGroup *group = g_ptr_array_index (self->groups, i);

      for (guint j = 0; j < group->hosts->len; j++)
        {
          PresyncReachTurn *turn = g_ptr_array_index (group->hosts, j);
          GList *link = g_queue_find_custom (&turn->items, data, compare);
          gpointer item;

          if (link == NULL)
            continue;
          item = link->data;
          g_queue_delete_link (&turn->items, link);
          self->length--;
          return item;
        }
    }
  return NULL;
}

guint
presync_reach_queue_get_length (PresyncReachQueue *self)
{
  g_return_val_if_fail (self != NULL, 0);
  return self->length;
}
