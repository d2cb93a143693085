/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Whose turn it is to be tried: groups share the places, and hosts take turns. */
#include "sources/network/network-source.h"
#include "sources/network/reach-queue.h"

typedef struct
{
  PresyncReachQueue *queue;
  GPtrArray *items;     /* Item */
  GPtrArray *under_way; /* Item, without a reference */
} Fixture;

typedef struct
{
  const char *group;
  char *host;
  PresyncReachTurn *turn;
} Item;

static void
item_free (gpointer data)
{
  g_free (((Item *) data)->host);
  g_free (data);
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->queue = presync_reach_queue_new ();
  fixture->items = g_ptr_array_new_with_free_func (item_free);
  fixture->under_way = g_ptr_array_new ();
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  presync_reach_queue_free (fixture->queue);
  g_ptr_array_unref (fixture->under_way);
  g_ptr_array_unref (fixture->items);
}

/* @ports items of each of @n hosts */
static void
push (Fixture *fixture, const char *group, guint n, guint ports)
{
  for (guint i = 0; i < n; i++)
    for (guint j = 0; j < ports; j++)
      {
        Item *item = g_new0 (Item, 1);

        item->group = group;
        item->host = g_strdup_printf ("%s%u", group, i);
        item->turn = presync_reach_queue_push (fixture->queue, group, item->host, item);
        g_ptr_array_add (fixture->items, item);
      }
}

/* Starts as many as there is place for, as a check does. */
static void
fill (Fixture *fixture)
{
  while (fixture->under_way->len < PRESYNC_NETWORK_AT_ONCE
         && presync_reach_queue_get_length (fixture->queue) > 0)
    g_ptr_array_add (fixture->under_way, presync_reach_queue_pop (fixture->queue));
}

/* Ends what is under way in @group. */
static void
end (Fixture *fixture, const char *group, gboolean silent)
{
  for (guint i = fixture->under_way->len; i > 0; i--)
    {
      Item *item = g_ptr_array_index (fixture->under_way, i - 1);

      if (!g_str_equal (item->group, group))
        continue;
      presync_reach_queue_ended (fixture->queue, item->turn, silent);
      g_ptr_array_remove_index (fixture->under_way, i - 1);
    }
}

static guint
count (GPtrArray *items, const char *group)
{
  guint n = 0;

  for (guint i = 0; i < items->len; i++)
    n += g_str_equal (((Item *) g_ptr_array_index (items, i))->group, group);
  return n;
}

/* Controllers that never answer hold their share of the places, and no more. */
static void
test_groups (Fixture *fixture, gconstpointer data)
{
  guint rounds = 0;

  push (fixture, "controllers", 50, 5);
  push (fixture, "internet", 20, 1);
  push (fixture, "lists", 10, 1);
  fill (fixture);
  g_assert_cmpuint (count (fixture->under_way, "internet"), >=, 5);
  g_assert_cmpuint (count (fixture->under_way, "lists"), >=, 5);
  while (count (fixture->under_way, "internet") + count (fixture->under_way, "lists") > 0)
    {
      end (fixture, "internet", FALSE);
      end (fixture, "lists", FALSE);
      fill (fixture);
      rounds++;
    }
  g_assert_cmpuint (rounds, <=, 5);
  /* What waits now is of controllers alone, and it goes on. */
  g_assert_cmpuint (presync_reach_queue_get_length (fixture->queue), ==,
                    250 - PRESYNC_NETWORK_AT_ONCE);
  g_assert_cmpuint (fixture->under_way->len, ==, PRESYNC_NETWORK_AT_ONCE);
}

/* Those that come later have their share at once. */
static void
test_late (Fixture *fixture, gconstpointer data)
{
  push (fixture, "controllers", 50, 5);
  fill (fixture);
  push (fixture, "federation", 3, 1);
  end (fixture, "controllers", TRUE);
  fill (fixture);
  g_assert_cmpuint (count (fixture->under_way, "federation"), ==, 3);
}

/* Every host has its turn before one has its second; those that were silent come last. */
static void
test_hosts (Fixture *fixture, gconstpointer data)
{
  static const char *const expected[] = { "x0", "x1", "x2", "x1", "x2", "x0", NULL };
  Item *item;

  push (fixture, "x", 3, 2);
  for (guint i = 0; expected[i] != NULL; i++)
    {
      item = presync_reach_queue_pop (fixture->queue);
      g_assert_cmpstr (item->host, ==, expected[i]);
      presync_reach_queue_ended (fixture->queue, item->turn, g_str_equal (item->host, "x0"));
    }
  g_assert_null (presync_reach_queue_pop (fixture->queue));
}

static int
compare_cb (gconstpointer item, gconstpointer host)
{
  return g_strcmp0 (((const Item *) item)->host, host);
}

static void
test_take (Fixture *fixture, gconstpointer data)
{
  Item *item;

  push (fixture, "x", 3, 1);
  item = presync_reach_queue_take (fixture->queue, "x1", compare_cb);
  g_assert_cmpstr (item->host, ==, "x1");
  g_assert_null (presync_reach_queue_take (fixture->queue, "x1", compare_cb));
  g_assert_cmpuint (presync_reach_queue_get_length (fixture->queue), ==, 2);
  item = presync_reach_queue_pop (fixture->queue);
  g_assert_cmpstr (item->host, ==, "x0");
  item = presync_reach_queue_pop (fixture->queue);
  g_assert_cmpstr (item->host, ==, "x2");
}

int
main (int argc, char **argv)
{
  static const struct
  {
    const char *path;
    void (*test) (Fixture *, gconstpointer);
  } tests[] = {
    { "/network-queue/groups", test_groups },
    { "/network-queue/late", test_late },
    { "/network-queue/hosts", test_hosts },
    { "/network-queue/take", test_take },
  };

  g_test_init (&argc, &argv, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (tests); i++)
    g_test_add (tests[i].path, Fixture, NULL, set_up, tests[i].test, tear_down);
  return g_test_run ();
}
