/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/content-private.h"

#include "report/reach-text.h"
#include "sources/network/network-source.h"
#include <glib/gi18n.h>

/* What a table of addresses does not show: who signed, what the certificate lacks, the proxy */
static void
presync_content_add_network_finds (PresyncContent *self, PresyncBlock *table)
{
  static const char *const keys[]
      = { "network.proxy", "network.issuer", "network.adfs-missing-names",
          "network.adfs-missing-registration" };
  PresyncFactSet *set = presync_assessment_get_facts (self->assessment);

  for (gsize i = 0; i < G_N_ELEMENTS (keys); i++)
    {
      GPtrArray *facts = presync_fact_set_lookup_source (set, keys[i], "network");
      g_autofree char *text = NULL;

      if (facts == NULL || presync_fact_get_unknown (facts->pdata[0]) != PRESYNC_UNKNOWN_NONE)
        continue;
      text = presync_fact_describe (facts->pdata[0]);
      presync_content_add_pair (table, _ (presync_fact_key_find (keys[i])->label), text);
    }
}

static void
presync_content_add_network_notes (PresyncContent *self, PresyncNetworkSource *source,
                                   const PresyncReachCounts *counts)
{
  PresyncBlock *table = presync_content_begin_pairs (self);
  g_autofree char *time = NULL;
  g_autofree char *summary = NULL;

  if (presync_reach_text_is_seen_from (presync_assessment_get_facts (self->assessment), "server"))
    presync_content_add_pair (table, _ ("Seen from"), _ ("the sync server"));
  if (source == NULL)
    return;
  if (presync_network_source_get_target (source)->recording != NULL)
    presync_content_add_pair (table, _ ("Seen from"), _ ("a recording (not a real network)"));
  else
    presync_content_add_pair (table, _ ("Seen from"), _ ("this computer"));
  if (presync_network_source_get_at (source) != NULL)
    {
      time = presync_wording_dup_time (presync_network_source_get_at (source));
      presync_content_add_pair (table, _ ("Read at"), time);
    }
  summary = presync_reach_text_dup_summary (counts);
  presync_content_add_pair (table, _ ("Found"), summary);
  presync_content_add_network_finds (self, table);
}

/* The row above the addresses of a group */
static void
presync_content_add_reach_group (PresyncBlock *table, const char *group)
{
  PresyncRow *row = presync_block_add_row (table);

  row->group = TRUE;
  presync_row_add_text (row, PRESYNC_SPAN_BOLD, presync_reach_group_title (group));
  for (guint i = 0; i < PRESYNC_N_REACH_STAGES; i++)
    presync_row_add_text (row, PRESYNC_SPAN_PLAIN, NULL);
}

static void
presync_content_add_reach_mark (PresyncRow *row, PresyncReachMark mark)
{
  int status = mark == PRESYNC_REACH_GOOD      ? (int) PRESYNC_STATUS_MET
               : mark == PRESYNC_REACH_BAD     ? (int) PRESYNC_STATUS_NOT_MET
               : mark == PRESYNC_REACH_UNKNOWN ? (int) PRESYNC_STATUS_UNKNOWN
                                               : -1;

  if (mark == PRESYNC_REACH_NONE)
    presync_row_add_text (row, PRESYNC_SPAN_DIM, "–");
  else
    presync_row_add_cell (
        row, status, presync_prose_new_text (PRESYNC_SPAN_PLAIN, presync_reach_text_mark (mark)));
}

static void
presync_content_add_reach (PresyncBlock *table, PresyncReach *reach)
{
  PresyncRow *row = presync_block_add_row (table);

  presync_row_add_text (row, PRESYNC_SPAN_PLAIN, presync_reach_get_subject (reach));
  for (PresyncReachStage stage = 0; stage < PRESYNC_N_REACH_STAGES; stage++)
    presync_content_add_reach_mark (row, presync_reach_get_mark (reach, stage));
  if (presync_reach_get_outcome (reach) != PRESYNC_REACH_REACHED
      || presync_reach_get_stands_for (reach) != NULL)
    {
      g_autofree char *sentence = presync_reach_text_dup_sentence (reach);

      row->note = presync_prose_new_text (PRESYNC_SPAN_DIM, sentence);
    }
}

static void
presync_content_add_reaches (PresyncContent *self, GListModel *rows)
{
  PresyncBlock *table;
  const char *group = NULL;

  presync_document_add_heading (self->document, 2, "network-reach", _ ("What was tried"));
  table = presync_document_add_table (self->document, _ ("What was tried"));
  table->note_column = 0;
  presync_block_add_column (table, _ ("Address"), 44);
  for (PresyncReachStage stage = 0; stage < PRESYNC_N_REACH_STAGES; stage++)
    presync_block_add_column (table, presync_reach_text_stage (stage), 14);
  for (guint i = 0; i < g_list_model_get_n_items (rows); i++)
    {
      g_autoptr (PresyncReach) reach = g_list_model_get_item (rows, i);

      if (g_strcmp0 (group, presync_reach_get_group (reach)) != 0)
        presync_content_add_reach_group (table, presync_reach_get_group (reach));
      presync_content_add_reach (table, reach);
      group = g_intern_string (presync_reach_get_group (reach));
    }
}

void
presync_content_add_network (PresyncContent *self)
{
  PresyncFactSet *set = presync_assessment_get_facts (self->assessment);
  g_autoptr (PresyncSource) source = presync_assessment_dup_source (self->assessment, "network");
  PresyncNetworkSource *network = source != NULL ? PRESYNC_NETWORK_SOURCE (source) : NULL;
  GListModel *rows = network != NULL ? presync_network_source_get_rows (network) : NULL;
  gboolean has_groups;
  PresyncReachCounts counts = { 0 };
  gboolean tried;

  if (rows != NULL)
    counts = presync_reach_text_count (rows);
  tried = counts.reached + counts.bad + counts.unknown > 0;
  /* What this computer has seen stands in its rows already. */
  has_groups = tried ? presync_reach_text_is_seen_from (set, "server")
                     : presync_fact_groups_are_read (set, "network");
  if (!tried && !has_groups)
    return;
  presync_content_begin_part (self);
  presync_document_add_heading (self->document, 1, "network", _ ("Network"));
  presync_content_add_network_notes (self, tried ? network : NULL, &counts);
  if (tried)
    presync_content_add_reaches (self, rows);
  if (!has_groups)
    return;
  presync_document_add_heading (self->document, 2, "network-facts", _ ("What was found"));
  presync_content_add_fact_groups (self, "network", _ ("Network"));
}
