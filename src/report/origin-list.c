/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/origin-list.h"

#include "report/document.h"
#include "sources/source.h"

PresyncOriginList *
presync_origin_list_new (void)
{
  PresyncOriginList *self = g_new0 (PresyncOriginList, 1);

  self->origins = g_ptr_array_new_with_free_func (g_object_unref);
  self->documents = g_ptr_array_new ();
  self->numbers = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  return self;
}

void
presync_origin_list_free (PresyncOriginList *self)
{
  g_ptr_array_unref (self->origins);
  g_ptr_array_unref (self->documents);
  g_hash_table_unref (self->numbers);
  g_free (self);
}

guint
presync_origin_list_number (PresyncOriginList *self, PresyncOrigin *origin)
{
  g_autofree char *at = presync_origin_dup_at_text (origin);
  g_autofree char *key = NULL;
  guint number;

  key = g_strjoin ("\n", "origin", presync_origin_get_source (origin),
                   presync_origin_get_target (origin), presync_origin_get_query (origin), at,
                   presync_origin_get_complete (origin) ? "whole" : "part", NULL);
  number = GPOINTER_TO_UINT (g_hash_table_lookup (self->numbers, key));
  if (number == 0)
    {
      g_ptr_array_add (self->origins, g_object_ref (origin));
      number = self->origins->len;
      g_hash_table_insert (self->numbers, g_steal_pointer (&key), GUINT_TO_POINTER (number));
    }
  return number;
}

guint
presync_origin_list_number_document (PresyncOriginList *self, const PresyncReference *reference)
{
  g_autofree char *key = g_strjoin ("\n", "document", reference->id, reference->date, NULL);
  guint number = GPOINTER_TO_UINT (g_hash_table_lookup (self->numbers, key));

  if (number == 0)
    {
      g_ptr_array_add (self->documents, (gpointer) reference);
      number = self->documents->len;
      g_hash_table_insert (self->numbers, g_steal_pointer (&key), GUINT_TO_POINTER (number));
    }
  return number;
}

char *
presync_origin_anchor (guint number)
{
  return g_strdup_printf ("origin-%u", number);
}

char *
presync_document_anchor (guint number)
{
  return g_strdup_printf ("document-%u", number);
}

static int
presync_origin_list_compare_cb (gconstpointer a, gconstpointer b)
{
  guint first = *(const guint *) a;
  guint second = *(const guint *) b;

  return first < second ? -1 : first > second ? 1 : 0;
}

/* "[3]", or "[3–6]" for a run of numbers; it leads to the first */
static void
presync_origin_list_add_run (GPtrArray *prose, guint first, guint last)
{
  g_autofree char *anchor = presync_origin_anchor (first);
  g_autofree char *link = g_strconcat ("#", anchor, NULL);
  g_autofree char *text
      = first == last ? g_strdup_printf ("[%u]", first) : g_strdup_printf ("[%u–%u]", first, last);

  if (prose->len > 0)
    presync_prose_add (prose, PRESYNC_SPAN_PLAIN, " ");
  presync_prose_add_link (prose, PRESYNC_SPAN_PLAIN, text, link);
}

/* "Directory, Sync server": each once */
static void
presync_origin_list_add_sources (GPtrArray *prose, GPtrArray *facts)
{
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < facts->len; i++)
    {
      PresyncOrigin *origin = presync_fact_get_origin (g_ptr_array_index (facts, i));
      const char *source = presync_origin_get_source (origin);

      if (!g_hash_table_add (seen, (gpointer) source))
        continue;
      if (prose->len > 0)
        presync_prose_add (prose, PRESYNC_SPAN_DIM, g_hash_table_size (seen) > 1 ? ", " : " ");
      presync_prose_add (prose, PRESYNC_SPAN_DIM, presync_source_title (source));
    }
}

void
presync_origin_list_add_facts (PresyncOriginList *self, GPtrArray *prose, GPtrArray *facts)
{
  g_autoptr (GArray) numbers = g_array_new (FALSE, FALSE, sizeof (guint));
  guint i = 0;

  if (self->silent)
    {
      presync_origin_list_add_sources (prose, facts);
      return;
    }
  for (guint j = 0; j < facts->len; j++)
    {
      PresyncOrigin *origin = presync_fact_get_origin (g_ptr_array_index (facts, j));
      guint number = presync_origin_list_number (self, origin);

      g_array_append_val (numbers, number);
    }
  g_array_sort (numbers, presync_origin_list_compare_cb);
  while (i < numbers->len)
    {
      guint first = g_array_index (numbers, guint, i);
      guint last = first;

      while (i + 1 < numbers->len && g_array_index (numbers, guint, i + 1) <= last + 1)
        last = g_array_index (numbers, guint, ++i);
      presync_origin_list_add_run (prose, first, last);
      i++;
    }
}

void
presync_origin_list_add_document (PresyncOriginList *self, GPtrArray *prose,
                                  const PresyncReference *reference)
{
  guint number;
  g_autofree char *anchor = NULL;
  g_autofree char *link = NULL;
  g_autofree char *text = NULL;

  if (self->silent)
    return;
  number = presync_origin_list_number_document (self, reference);
  anchor = presync_document_anchor (number);
  link = g_strconcat ("#", anchor, NULL);
  text = g_strdup_printf ("[D%u]", number);
  presync_prose_add (prose, PRESYNC_SPAN_PLAIN, " ");
  presync_prose_add_link (prose, PRESYNC_SPAN_PLAIN, text, link);
}
