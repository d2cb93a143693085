/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "facts/fact-list.h"

/* Up to so many, looking through them is quicker than a table of them. */
#define FEW 16

void
presync_fact_list_add (GPtrArray *list, GPtrArray *more)
{
  g_autoptr (GHashTable) seen = NULL;

  g_return_if_fail (list != NULL && more != NULL);
  if (list->len + more->len > FEW)
    {
      seen = g_hash_table_new (NULL, NULL);
      for (guint i = 0; i < list->len; i++)
        g_hash_table_add (seen, g_ptr_array_index (list, i));
    }
  for (guint i = 0; i < more->len; i++)
    {
      gpointer fact = g_ptr_array_index (more, i);

      if (seen != NULL ? g_hash_table_add (seen, fact) : !g_ptr_array_find (list, fact, NULL))
        g_ptr_array_add (list, g_object_ref (fact));
    }
}
