/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/content-private.h"

#include <glib/gi18n.h>
#include <string.h>

/**
 * PresyncRightsPlace: where rights do not arrive, for one reason
 * @rights: (element-type utf8) (transfer none): labels of those that need to
 */
typedef struct
{
  PresyncAccessGap *gap;
  GPtrArray *rights;
} PresyncRightsPlace;

static void
presync_rights_place_free (PresyncRightsPlace *self)
{
  presync_access_gap_free (self->gap);
  g_ptr_array_unref (self->rights);
  g_free (self);
}

/* What is told of the domain itself first, then many objects; what has as many, by name */
static int
presync_rights_place_compare_cb (gconstpointer a, gconstpointer b)
{
  const PresyncAccessGap *first = (*(PresyncRightsPlace *const *) a)->gap;
  const PresyncAccessGap *second = (*(PresyncRightsPlace *const *) b)->gap;

  if ((first->reason == PRESYNC_GAP_HEAD) != (second->reason == PRESYNC_GAP_HEAD))
    return first->reason == PRESYNC_GAP_HEAD ? -1 : 1;
  if (first->n_objects != second->n_objects)
    return first->n_objects > second->n_objects ? -1 : 1;
  if (first->reason != second->reason)
    return first->reason < second->reason ? -1 : 1;
  return strcmp (first->place, second->place);
}

static void
presync_rights_add_gap (GPtrArray *places, GHashTable *by_place, const char *text,
                        const char *label)
{
  g_autoptr (PresyncAccessGap) gap = presync_access_gap_parse (text);
  g_autofree char *key = NULL;
  PresyncRightsPlace *place;

  if (gap == NULL)
    return;
  key = g_strdup_printf ("%d\n%s", (int) gap->reason, gap->place);
  place = g_hash_table_lookup (by_place, key);
  if (place == NULL)
    {
      place = g_new0 (PresyncRightsPlace, 1);
      place->gap = g_steal_pointer (&gap);
      place->rights = g_ptr_array_new ();
      g_ptr_array_add (places, place);
      g_hash_table_insert (by_place, g_steal_pointer (&key), place);
    }
  else
    place->gap->n_objects = MAX (place->gap->n_objects, gap->n_objects);
  g_ptr_array_add (place->rights, (gpointer) label);
}

/* (transfer full) (element-type PresyncRightsPlace): most rights break at the same places: each is
 * told once */
static GPtrArray *
presync_rights_list_places (const PresyncRights *self)
{
  GPtrArray *places = g_ptr_array_new_with_free_func ((GDestroyNotify) presync_rights_place_free);
  g_autoptr (GHashTable) by_place = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (gsize i = 0; i < self->n_rights; i++)
    {
      const PresyncAccessRight *right = &self->rights[i];
      GPtrArray *facts = presync_rights_lookup (self, right->gaps);
      const PresyncFactKey *key = presync_fact_key_find (right->fact);

      if (presync_rights_get_status (self, right) == PRESYNC_STATUS_NOT_APPLICABLE)
        continue;
      for (guint j = 0; facts != NULL && j < facts->len; j++)
        {
          PresyncFact *fact = g_ptr_array_index (facts, j);
          const char *const *gaps
              = presync_rights_is_known (fact) ? presync_fact_get_list (fact) : NULL;

          for (guint k = 0; gaps != NULL && gaps[k] != NULL; k++)
            presync_rights_add_gap (places, by_place, gaps[k],
                                    key != NULL ? _ (key->label) : right->id);
        }
    }
  g_ptr_array_sort (places, presync_rights_place_compare_cb);
  return places;
}

static void
presync_rights_add_place (PresyncBlock *table, const PresyncRightsPlace *place)
{
  PresyncRow *row = presync_block_add_row (table);
  const PresyncAccessGap *gap = place->gap;
  GPtrArray *where = presync_prose_new_text (PRESYNC_SPAN_PLAIN, gap->place);
  GPtrArray *rights = presync_prose_new ();
  /* Of the domain's head: no object lacks it. */
  gboolean head = gap->reason == PRESYNC_GAP_HEAD;
  g_autofree char *n = head ? g_strdup ("–") : g_strdup_printf ("%u", gap->n_objects);

  if (!head && gap->example != NULL && !g_str_equal (gap->example, gap->place))
    {
      /* Translators: %s is the name of an object */
      g_autofree char *example = g_strdup_printf (_ ("for example %s"), gap->example);

      presync_prose_add (where, PRESYNC_SPAN_PLAIN, "\n");
      presync_prose_add (where, PRESYNC_SPAN_DIM, example);
    }
  presync_row_add_cell (row, -1, where);
  presync_row_add_text (row, PRESYNC_SPAN_PLAIN, presync_access_gap_reason_title (gap->reason));
  presync_row_add_text (row, PRESYNC_SPAN_PLAIN, n);
  for (guint i = 0; i < place->rights->len; i++)
    {
      presync_prose_add (rights, PRESYNC_SPAN_PLAIN, i > 0 ? ", " : NULL);
      presync_prose_add (rights, PRESYNC_SPAN_PLAIN, g_ptr_array_index (place->rights, i));
    }
  presync_row_add_cell (row, -1, rights);
}

void
presync_rights_add_places (const PresyncRights *self)
{
  g_autoptr (GPtrArray) places = presync_rights_list_places (self);
  PresyncBlock *table;

  if (places->len == 0)
    return;
  presync_document_add_heading (self->content->document, 3, NULL, _ ("Where rights do not arrive"));
  table = presync_document_add_table (self->content->document, _ ("Where rights do not arrive"));
  presync_block_add_column (table, _ ("Unit or object"), 40);
  presync_block_add_column (table, _ ("Why"), 19);
  presync_block_add_column (table, _ ("Objects"), 10);
  presync_block_add_column (table, _ ("Rights"), 31);
  for (guint i = 0; i < MIN (places->len, PRESYNC_CONTENT_SHOWN); i++)
    presync_rights_add_place (table, g_ptr_array_index (places, i));
  if (places->len > PRESYNC_CONTENT_SHOWN)
    {
      guint more = places->len - PRESYNC_CONTENT_SHOWN;
      g_autofree char *text
          = g_strdup_printf (ngettext ("and %u more place", "and %u more places", more), more);

      presync_document_add_paragraph (self->content->document,
                                      presync_prose_new_text (PRESYNC_SPAN_DIM, text));
    }
}
