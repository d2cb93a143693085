/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/text-facts.h"

#include "assessment/sizing.h"
#include "report/fact-groups.h"
#include "report/reach-text.h"
#include "report/tenant-text.h"
#include "report/terminal.h"
#include "report/wording.h"
#include "sources/network/network-source.h"
#include "sources/server/server-source.h"
#include <glib/gi18n.h>

#define INDENT 2
#define HANG 4

static void
presync_text_add_value (GString *out, const char *label, const char *value, guint width)
{
  /* Translators: a label before its value, such as "Memory: 16 GB" */
  g_autofree char *before = g_strdup_printf (_ ("%s: "), label);
  g_autofree char *all = NULL;

  if (INDENT + presync_terminal_width (before) < width)
    {
      presync_terminal_append (out, INDENT, before, HANG, value, width);
      return;
    }
  all = g_strconcat (before, value, NULL);
  presync_terminal_append (out, INDENT, "", HANG, all, width);
}

static void
presync_text_add_fact (GString *out, PresyncFactSet *set, const char *label, const char *key,
                       guint width)
{
  GPtrArray *facts = presync_fact_set_lookup (set, key);
  g_autoptr (GPtrArray) others = presync_fact_list_others (set, key);

  for (guint i = 0; facts != NULL && i < facts->len; i++)
    {
      PresyncFact *fact = g_ptr_array_index (facts, i);
      g_autofree char *text = presync_fact_describe (fact);
      g_autofree char *told
          = facts->len > 1 ? g_strdup_printf ("%s  %s", presync_fact_get_subject (fact), text)
                           : NULL;

      presync_text_add_value (out, label, told != NULL ? told : text, width);
    }
  for (guint i = 0; i < others->len; i++)
    {
      PresyncFact *fact = g_ptr_array_index (others, i);
      PresyncOrigin *origin = presync_fact_get_origin (fact);
      g_autofree char *text = presync_fact_describe (fact);
      /* Translators: a source that tells otherwise, and what: "Directory says: SYNC02" */
      g_autofree char *told = g_strdup_printf (
          _ ("%s says: %s"), presync_source_title (presync_origin_get_source (origin)), text);

      presync_terminal_append (out, HANG, "", HANG, told, width);
    }
}

/* What was not read, all for one reason: the reason once, with the names */
static void
presync_text_add_unread (GString *out, const char *reason, GPtrArray *keys, guint width)
{
  g_autofree char *labels = presync_fact_groups_dup_labels (keys);

  presync_text_add_value (out, _ ("Not read"), reason, width);
  presync_terminal_append (out, HANG, "", HANG, labels, width);
}

static void
presync_text_add_group (GString *out, PresyncFactSet *set, const PresyncFactGroup *group,
                        GHashTable *reasons, guint width)
{
  gboolean begun = FALSE;

  for (guint i = 0; group->keys[i] != NULL; i++)
    {
      const PresyncFactKey *key = presync_fact_key_find (group->keys[i]);
      const char *reason = presync_fact_groups_get_reason (set, reasons, key->id);
      GPtrArray *keys = reason != NULL ? g_hash_table_lookup (reasons, reason) : NULL;

      if (presync_fact_set_lookup (set, key->id) == NULL
          || (keys != NULL && g_ptr_array_index (keys, 0) != key))
        continue;
      if (!begun)
        {
          g_string_append_c (out, '\n');
          presync_terminal_append (out, 0, "", 0, _ (group->title), width);
        }
      begun = TRUE;
      if (keys != NULL)
        presync_text_add_unread (out, reason, keys, width);
      else
        presync_text_add_fact (out, set, _ (key->label), key->id, width);
    }
}

static void
presync_text_add_groups (GString *out, PresyncFactSet *set, const char *subject, guint width)
{
  g_autoptr (GHashTable) reasons = presync_fact_groups_list_reasons (set, subject);
  gsize n = 0;
  const PresyncFactGroup *groups = presync_fact_groups (subject, &n);

  for (gsize i = 0; i < n; i++)
    presync_text_add_group (out, set, &groups[i], reasons, width);
}

void
presync_text_add_sql (GString *out, PresyncAssessment *assessment, guint width)
{
  PresyncFactSet *set = presync_assessment_get_facts (assessment);
  g_autoptr (PresyncSource) source = presync_assessment_dup_source (assessment, "sql");
  g_autofree char *target = source != NULL ? presync_source_dup_target (source) : NULL;

  if (!presync_assessment_get_feature (assessment, "own-sql")
      || !presync_fact_groups_are_read (set, "sql"))
    return;
  presync_terminal_append_heading (out, _ ("SQL Server"), width);
  if (target != NULL)
    presync_text_add_value (out, _ ("SQL Server"), target, width);
  presync_text_add_groups (out, set, "sql", width);
  g_string_append_c (out, '\n');
}

/* Like a label and its value, but the name comes from elsewhere and may be of any length */
static void
presync_text_add_named (GString *out, const char *name, const char *value, guint width)
{
  g_autofree char *text = g_strdup_printf (_ ("%s: %s"), name, value);

  presync_terminal_append (out, INDENT, "", HANG, text, width);
}

void
presync_text_add_tenant (GString *out, PresyncAssessment *assessment, guint width)
{
  PresyncFactSet *set = presync_assessment_get_facts (assessment);
  g_autoptr (GPtrArray) domains = presync_tenant_text_list_domains (set);

  if (domains->len == 0 && !presync_fact_groups_are_read (set, "tenant"))
    return;
  presync_terminal_append_heading (out, _ ("Microsoft Entra tenant"), width);
  for (guint i = 0; i < domains->len; i++)
    {
      PresyncFact *fact = g_ptr_array_index (domains, i);
      const char *domain = presync_fact_get_subject (fact);
      PresyncStatus status;
      g_autofree char *owner = presync_tenant_text_dup_owner (set, fact, &status);

      presync_text_add_named (out, domain, owner, width);
    }
  presync_text_add_groups (out, set, "tenant", width);
  g_string_append_c (out, '\n');
}

static void
presync_text_add_reaches (GString *out, GListModel *rows, guint width)
{
  const char *group = NULL;

  for (guint i = 0; i < g_list_model_get_n_items (rows); i++)
    {
      g_autoptr (PresyncReach) reach = g_list_model_get_item (rows, i);
      g_autofree char *sentence = presync_reach_text_dup_sentence (reach);

      if (g_strcmp0 (group, presync_reach_get_group (reach)) != 0)
        {
          g_string_append_c (out, '\n');
          presync_terminal_append (
              out, 0, "", 0, presync_reach_group_title (presync_reach_get_group (reach)), width);
        }
      presync_text_add_named (out, presync_reach_get_subject (reach), sentence, width);
      group = g_intern_string (presync_reach_get_group (reach));
    }
}

void
presync_text_add_network (GString *out, PresyncAssessment *assessment, guint width)
{
  PresyncFactSet *set = presync_assessment_get_facts (assessment);
  g_autoptr (PresyncSource) source = presync_assessment_dup_source (assessment, "network");
  GListModel *rows
      = source != NULL ? presync_network_source_get_rows (PRESYNC_NETWORK_SOURCE (source)) : NULL;
  PresyncReachCounts counts = { 0 };
  g_autofree char *summary = NULL;

  if (rows != NULL)
    counts = presync_reach_text_count (rows);
  if (counts.reached + counts.bad + counts.unknown == 0)
    {
      if (!presync_fact_groups_are_read (set, "network"))
        return;
      presync_terminal_append_heading (out, _ ("Network"), width);
      if (presync_reach_text_is_seen_from (set, "server"))
        presync_text_add_named (out, _ ("Seen from"), _ ("the sync server"), width);
      presync_text_add_groups (out, set, "network", width);
      g_string_append_c (out, '\n');
      return;
    }
  summary = presync_reach_text_dup_summary (&counts);
  presync_terminal_append_heading (out, _ ("Network"), width);
  presync_terminal_append (out, INDENT, "", INDENT, summary, width);
  presync_text_add_reaches (out, rows, width);
  /* What this computer has seen stands in its rows already. */
  if (presync_reach_text_is_seen_from (set, "server"))
    {
      g_string_append_c (out, '\n');
      presync_text_add_named (out, _ ("Seen from"), _ ("the sync server"), width);
      presync_text_add_groups (out, set, "network", width);
    }
  g_string_append_c (out, '\n');
}

void
presync_text_add_sizing (GString *out, PresyncAssessment *assessment, guint width)
{
  PresyncSizing sizing = presync_sizing_get (presync_assessment_get_facts (assessment));
  g_autofree char *sentence = NULL;

  if (sizing.objects < 0)
    return;
  sentence = presync_sizing_dup_text (&sizing);
  presync_terminal_append_heading (out, _ ("Sizing"), width);
  presync_terminal_append (out, INDENT, "", INDENT, sentence, width);
  g_string_append_c (out, '\n');
}

static void
presync_text_add_pairs (GString *out, PresyncFactSet *set, guint width)
{
  gsize n = 0;
  const PresyncFactPair *pairs = presync_fact_pairs (&n);

  for (gsize i = 0; i < n; i++)
    {
      if (presync_fact_set_lookup (set, pairs[i].effective[0].key) == NULL)
        continue;
      g_string_append_c (out, '\n');
      presync_terminal_append (out, 0, "", 0, _ (pairs[i].title), width);
      for (guint j = 0; j < PRESYNC_N_FACT_PARTS && pairs[i].effective[j].key != NULL; j++)
        presync_text_add_fact (out, set,
                               _ (presync_fact_key_find (pairs[i].effective[j].key)->label),
                               pairs[i].effective[j].key, width);
      presync_text_add_fact (out, set, _ (presync_fact_key_find (pairs[i].documented)->label),
                             pairs[i].documented, width);
    }
}

void
presync_text_add_server (GString *out, PresyncAssessment *assessment, guint width)
{
  PresyncFactSet *set = presync_assessment_get_facts (assessment);
  g_autoptr (PresyncSource) source = presync_assessment_dup_source (assessment, "server");
  PresyncFactsReport *report
      = source != NULL ? presync_server_source_get_report (PRESYNC_SERVER_SOURCE (source)) : NULL;

  if (!presync_fact_groups_are_read (set, "server"))
    return;
  presync_terminal_append_heading (out, _ ("Sync server"), width);
  if (report != NULL)
    {
      g_autofree char *path = presync_wording_dup_target (presync_facts_report_get_path (report));

      presync_text_add_value (out, _ ("Facts file"), path, width);
      presync_text_add_fact (out, set, _ ("Written at"), "server.collected", width);
    }
  presync_text_add_pairs (out, set, width);
  presync_text_add_groups (out, set, "server", width);
  g_string_append_c (out, '\n');
}
