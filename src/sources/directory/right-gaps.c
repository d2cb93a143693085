/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sources/directory/right-gaps.h"

#include <string.h>

#include "sources/directory/bounds.h"

struct _PresyncRightGaps
{
  GHashTable *gaps; /* set of PresyncAccessGap */
  guint n_more;     /* that are not in it */
};

static guint
presync_right_gaps_hash (gconstpointer key)
{
  const PresyncAccessGap *gap = key;

  return g_str_hash (gap->place) * 31 + gap->reason;
}

static gboolean
presync_right_gaps_equal (gconstpointer a, gconstpointer b)
{
  const PresyncAccessGap *one = a;
  const PresyncAccessGap *other = b;

  return one->reason == other->reason && strcmp (one->place, other->place) == 0;
}

PresyncRightGaps *
presync_right_gaps_new (void)
{
  PresyncRightGaps *self = g_new0 (PresyncRightGaps, 1);

  self->gaps = g_hash_table_new_full (presync_right_gaps_hash, presync_right_gaps_equal,
                                      (GDestroyNotify) presync_access_gap_free, NULL);
  return self;
}

void
presync_right_gaps_free (PresyncRightGaps *self)
{
  g_hash_table_unref (self->gaps);
  g_free (self);
}

void
presync_right_gaps_add (PresyncRightGaps *self, const char *place, PresyncAccessGapReason reason,
                        guint n, const char *example)
{
  PresyncAccessGap wanted = { (char *) place, reason, 0, NULL };
  PresyncAccessGap *gap = g_hash_table_lookup (self->gaps, &wanted);

  if (gap == NULL && g_hash_table_size (self->gaps) >= PRESYNC_BOUND_RIGHT_PLACES_HELD)
    {
      self->n_more++;
      return;
    }
  if (gap == NULL)
    {
      gap = g_new0 (PresyncAccessGap, 1);
      gap->place = g_strdup (place);
      gap->reason = reason;
      gap->example = g_strdup (example);
      g_hash_table_add (self->gaps, gap);
    }
  gap->n_objects += n;
}

guint
presync_right_gaps_get_size (const PresyncRightGaps *self)
{
  return g_hash_table_size (self->gaps) + self->n_more;
}

static int
presync_right_gaps_compare (gconstpointer a, gconstpointer b)
{
  const PresyncAccessGap *one = *(const PresyncAccessGap *const *) a;
  const PresyncAccessGap *other = *(const PresyncAccessGap *const *) b;

  if (one->n_objects != other->n_objects)
    return one->n_objects > other->n_objects ? -1 : 1;
  if (one->reason != other->reason && strcmp (one->place, other->place) == 0)
    return one->reason < other->reason ? -1 : 1;
  return strcmp (one->place, other->place);
}

char **
presync_right_gaps_list (const PresyncRightGaps *self, guint max)
{
  g_autoptr (GPtrArray) gaps = g_ptr_array_new ();
  g_autoptr (GPtrArray) texts = g_ptr_array_new ();
  GHashTableIter iter;
  gpointer gap;

  g_hash_table_iter_init (&iter, self->gaps);
  while (g_hash_table_iter_next (&iter, &gap, NULL))
    g_ptr_array_add (gaps, gap);
  g_ptr_array_sort (gaps, presync_right_gaps_compare);
  for (guint i = 0; i < gaps->len && i < max; i++)
    {
      const PresyncAccessGap *one = g_ptr_array_index (gaps, i);
      g_ptr_array_add (
          texts, presync_access_gap_format (one->place, one->reason, one->n_objects, one->example));
    }
  g_ptr_array_add (texts, NULL);
  return (char **) g_ptr_array_steal (texts, NULL);
}
