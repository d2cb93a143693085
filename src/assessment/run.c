/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "assessment/run.h"

#include <string.h>

struct _PresyncRun
{
  GObject parent_instance;
  gint64 id;
  GDateTime *at;
  GDate edition;
  PresyncRunTotals totals[PRESYNC_N_OPTIONS];
  GPtrArray *rows; /* nullable: not read yet */
};

G_DEFINE_FINAL_TYPE (PresyncRun, presync_run, G_TYPE_OBJECT)

static void
presync_run_finalize (GObject *object)
{
  PresyncRun *self = PRESYNC_RUN (object);

  g_clear_pointer (&self->at, g_date_time_unref);
  g_clear_pointer (&self->rows, g_ptr_array_unref);
  G_OBJECT_CLASS (presync_run_parent_class)->finalize (object);
}

static void
presync_run_class_init (PresyncRunClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = presync_run_finalize;
}

static void
presync_run_init (PresyncRun *self)
{
}

static void
presync_run_row_free (gpointer data)
{
  PresyncRunRow *self = data;

  g_free (self->condition);
  g_free (self->found);
  g_free (self);
}

GPtrArray *
presync_run_rows_new (void)
{
  return g_ptr_array_new_with_free_func (presync_run_row_free);
}

PresyncRunRow *
presync_run_row_new (PresyncOption option, const char *condition)
{
  PresyncRunRow *self = g_new0 (PresyncRunRow, 1);

  self->option = option;
  self->condition = g_strdup (condition);
  self->found = g_strdup ("");
  return self;
}

static int
presync_run_compare_keys_cb (gconstpointer a, gconstpointer b, gpointer user_data)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

/* (transfer none): the digest of what is known of @key, "" for nothing; @digests keeps it: many
 * conditions name the same keys, and some of them have many facts */
static const char *
presync_run_digest_key (PresyncFactSet *facts, const char *key, GHashTable *digests)
{
  char *digest = g_hash_table_lookup (digests, key);
  GPtrArray *found;

  if (digest != NULL)
    return digest;
  digest = g_malloc0 (PRESYNC_EVIDENCE_SIZE);
  found = presync_fact_set_lookup (facts, key);
  if (found != NULL)
    presync_evidence_digest (found, digest);
  g_hash_table_insert (digests, (gpointer) key, digest);
  return digest;
}

/* Editions may name other facts in the same condition. Only if all that any of them names is the
 * same, it was the edition that made a difference. */
static void
presync_run_digest_condition (PresyncChecklistItem *item, PresyncFactSet *facts,
                              GHashTable *digests, char digest[PRESYNC_EVIDENCE_SIZE])
{
  g_autoptr (GPtrArray) conditions
      = presync_requirement_list_conditions (presync_checklist_item_get_requirement (item), NULL);
  g_autoptr (GPtrArray) keys = g_ptr_array_new ();
  g_autoptr (GChecksum) sum = g_checksum_new (G_CHECKSUM_SHA256);
  gboolean any = FALSE;

  for (guint i = 0; i < conditions->len; i++)
    {
      PresyncCondition *condition = g_ptr_array_index (conditions, i);
      GPtrArray *named = presync_condition_get_fact_keys (condition);

      for (guint j = 0; j < named->len; j++)
        if (g_str_equal (presync_condition_get_id (condition), presync_checklist_item_get_id (item))
            && !g_ptr_array_find_with_equal_func (keys, named->pdata[j], g_str_equal, NULL))
          g_ptr_array_add (keys, named->pdata[j]);
    }
  g_ptr_array_sort_with_data (keys, presync_run_compare_keys_cb, NULL);
  for (guint i = 0; i < keys->len; i++)
    {
      const char *part = presync_run_digest_key (facts, keys->pdata[i], digests);

      any = any || part[0] != '\0';
      g_checksum_update (sum, keys->pdata[i], -1);
      g_checksum_update (sum, (const guchar *) "=", 1);
      g_checksum_update (sum, (const guchar *) part, -1);
    }
  g_strlcpy (digest, any ? g_checksum_get_string (sum) : "", PRESYNC_EVIDENCE_SIZE);
}

static PresyncRunRow *
presync_run_row_new_from_item (PresyncOption option, PresyncChecklistItem *item,
                               PresyncFactSet *facts, GHashTable *digests)
{
  PresyncRunRow *self = presync_run_row_new (option, presync_checklist_item_get_id (item));

  self->status = presync_checklist_item_get_status (item);
  self->measured = presync_checklist_item_get_measured_status (item);
  self->answered = presync_checklist_item_get_answered (item);
  self->waived = presync_checklist_item_get_waived (item);
  g_free (self->found);
  self->found = g_strdup (presync_checklist_item_get_found (item));
  presync_run_digest_condition (item, facts, digests, self->evidence);
  return self;
}

static void
presync_run_totals_set (PresyncRunTotals *self, PresyncChecklist *checklist)
{
  g_autoptr (PresyncSummary) summary = presync_summary_new (checklist, FALSE);

  self->verdict = summary->verdict;
  memcpy (self->requirements, summary->requirements, sizeof self->requirements);
  self->blockers = summary->blockers;
  self->open = summary->open;
  self->answered = summary->answered;
  self->waived = summary->waived;
}

PresyncRun *
presync_run_new_from_assessment (PresyncAssessment *assessment, GDateTime *at)
{
  PresyncRunTotals totals[PRESYNC_N_OPTIONS] = { 0 };
  g_autoptr (GHashTable) digests = NULL;
  PresyncFactSet *facts;
  GPtrArray *rows;

  g_return_val_if_fail (PRESYNC_IS_ASSESSMENT (assessment) && at != NULL, NULL);
  digests = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, g_free);
  facts = presync_assessment_get_facts (assessment);
  rows = presync_run_rows_new ();
  for (guint option = 0; option < PRESYNC_N_OPTIONS; option++)
    {
      PresyncChecklist *checklist = presync_assessment_get_checklist (assessment, option);

      presync_run_totals_set (&totals[option], checklist);
      for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (checklist)); i++)
        {
          g_autoptr (PresyncChecklistItem) row
              = g_list_model_get_item (G_LIST_MODEL (checklist), i);
          GListModel *children = presync_checklist_item_get_children (row);

          for (guint j = 0; j < g_list_model_get_n_items (children); j++)
            {
              g_autoptr (PresyncChecklistItem) item = g_list_model_get_item (children, j);
              g_ptr_array_add (rows, presync_run_row_new_from_item (option, item, facts, digests));
            }
        }
    }
  return presync_run_new (0, at, presync_assessment_get_edition (assessment), totals, rows);
}

PresyncRun *
presync_run_new (gint64 id, GDateTime *at, const GDate *edition, const PresyncRunTotals *totals,
                 GPtrArray *rows)
{
  PresyncRun *self;

  g_return_val_if_fail (at != NULL && totals != NULL, NULL);
  g_return_val_if_fail (edition != NULL && g_date_valid (edition), NULL);
  self = g_object_new (PRESYNC_TYPE_RUN, NULL);
  self->id = id;
  self->at = g_date_time_to_utc (at);
  self->edition = *edition;
  memcpy (self->totals, totals, sizeof self->totals);
  self->rows = rows;
  return self;
}

gint64
presync_run_get_id (PresyncRun *self)
{
  g_return_val_if_fail (PRESYNC_IS_RUN (self), 0);
  return self->id;
}

GDateTime *
presync_run_get_at (PresyncRun *self)
{
  g_return_val_if_fail (PRESYNC_IS_RUN (self), NULL);
  return self->at;
}

const GDate *
presync_run_get_edition (PresyncRun *self)
{
  g_return_val_if_fail (PRESYNC_IS_RUN (self), NULL);
  return &self->edition;
}

const PresyncRunTotals *
presync_run_get_totals (PresyncRun *self, PresyncOption option)
{
  g_return_val_if_fail (PRESYNC_IS_RUN (self), NULL);
  g_return_val_if_fail (option < PRESYNC_N_OPTIONS, NULL);
  return &self->totals[option];
}

PresyncStatus
presync_run_line_status (PresyncRunLine line)
{
  static const PresyncStatus statuses[PRESYNC_N_RUN_LINES] = {
    [PRESYNC_RUN_LINE_MET] = PRESYNC_STATUS_MET,
    [PRESYNC_RUN_LINE_NOT_MET] = PRESYNC_STATUS_NOT_MET,
    [PRESYNC_RUN_LINE_OPEN] = PRESYNC_STATUS_UNKNOWN,
  };

  g_return_val_if_fail ((guint) line < PRESYNC_N_RUN_LINES, PRESYNC_STATUS_UNKNOWN);
  return statuses[line];
}

guint
presync_run_get_figure (PresyncRun *self, PresyncOption option, PresyncRunLine line)
{
  const PresyncRunTotals *totals = presync_run_get_totals (self, option);
  guint64 figure;

  g_return_val_if_fail (totals != NULL, 0);
  figure = totals->requirements[presync_run_line_status (line)];
  if (line == PRESYNC_RUN_LINE_OPEN)
    figure += totals->requirements[PRESYNC_STATUS_NEEDS_ANSWER];
  return (guint) MIN (figure, PRESYNC_RUN_MOST);
}

guint
presync_run_axis_step (guint most, guint parts)
{
  static const guint factors[] = { 1, 2, 5 };
  guint ten = 1;

  g_return_val_if_fail (parts > 0, PRESYNC_RUN_MOST);
  most = MIN (most, PRESYNC_RUN_MOST);
  for (; ten < PRESYNC_RUN_MOST; ten *= 10)
    for (guint i = 0; i < G_N_ELEMENTS (factors); i++)
      {
        guint step = ten * factors[i];

        /* without a product that might be too large */
        if (most / step + (most % step > 0) <= parts)
          return step;
      }
  return ten;
}

GPtrArray *
presync_run_get_rows (PresyncRun *self)
{
  g_return_val_if_fail (PRESYNC_IS_RUN (self), NULL);
  return self->rows;
}

void
presync_run_set_id (PresyncRun *self, gint64 id)
{
  g_return_if_fail (PRESYNC_IS_RUN (self));
  self->id = id;
}

void
presync_run_set_rows (PresyncRun *self, GPtrArray *rows)
{
  g_return_if_fail (PRESYNC_IS_RUN (self) && rows != NULL);
  /* Two may have asked for them at a time; who has the first must not lose them. */
  if (self->rows != NULL)
    g_ptr_array_unref (rows);
  else
    self->rows = rows;
}
