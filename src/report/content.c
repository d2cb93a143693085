/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/content-private.h"

#include <glib/gi18n.h>
#include <string.h>

/* Bytes that are given up so that no word is cut */
#define MOST_WORD 16

char *
presync_content_dup_anchor (PresyncChecklistItem *item)
{
  PresyncOption option
      = presync_requirement_get_option (presync_checklist_item_get_requirement (item));

  return g_strdup_printf ("%s-%u-%s",
                          presync_checklist_item_get_is_requirement (item) ? "row" : "condition",
                          (guint) option, presync_checklist_item_get_id (item));
}

char *
presync_content_shorten (PresyncContent *self, const char *text, guint most)
{
  g_autofree char *valid = NULL;
  g_autofree char *start = NULL;
  char *space;

  if (!self->summary)
    return g_strdup (text);
  valid = g_utf8_make_valid (text, -1);
  if (g_utf8_strlen (valid, -1) <= (glong) most)
    return g_steal_pointer (&valid);
  start = g_utf8_substring (valid, 0, (glong) most - 1);
  space = strrchr (start, ' ');
  /* behind a word, if that does not cost much */
  if (space != NULL && strlen (space) < MOST_WORD)
    *space = '\0';
  return g_strconcat (g_strchomp (start), "…", NULL);
}

gboolean
presync_content_wants (PresyncContent *self, PresyncReportSection section)
{
  return (self->options->sections & section) != 0;
}

PresyncChecklistItem *
presync_content_find_item (PresyncContent *self, const char *condition)
{
  for (guint i = 0; i < PRESYNC_N_OPTIONS; i++)
    {
      PresyncChecklistItem *item = presync_checklist_find (
          presync_assessment_get_checklist (self->assessment, i), condition);

      if (item != NULL && !presync_checklist_item_get_is_requirement (item))
        return item;
    }
  return NULL;
}

void
presync_content_begin_part (PresyncContent *self)
{
  presync_document_add (self->document, PRESYNC_BLOCK_PAGE_BREAK)->level = 1;
}

void
presync_content_add_remark (PresyncContent *self, const char *text)
{
  presync_document_add_paragraph (self->document, presync_prose_new_text (PRESYNC_SPAN_DIM, text));
}

/* The contents are listed on the cover, but known only when all is written */
static void
presync_content_fill_contents (PresyncContent *self)
{
  PresyncBlock *contents = NULL;

  for (guint i = 0; i < self->document->blocks->len; i++)
    {
      PresyncBlock *block = g_ptr_array_index (self->document->blocks, i);
      PresyncItem *item;
      const PresyncSpan *span;

      if (block->kind == PRESYNC_BLOCK_CONTENTS)
        contents = block;
      if (contents == NULL || block->kind != PRESYNC_BLOCK_HEADING || block->level > 1)
        continue;
      span = g_ptr_array_index (block->prose, 0);
      item = presync_block_add_item (contents, -1, presync_prose_new ());
      g_autofree char *link = g_strconcat ("#", block->anchor, NULL);
      presync_prose_add_link (item->prose, PRESYNC_SPAN_PLAIN, span->text, link);
      item->anchor = g_strdup (block->anchor);
      item->level = block->level;
    }
}

static char *
presync_content_dup_language (void)
{
  g_autofree char *language = g_strdup (g_get_language_names ()[0]);

  language[strcspn (language, ".@")] = '\0';
  if (g_str_equal (language, "C") || g_str_equal (language, "POSIX"))
    return g_strdup ("en");
  return g_strdelimit (g_steal_pointer (&language), "_", '-');
}

static void
presync_content_collect_anchors (PresyncContent *self, GHashTable *anchors)
{
  for (guint i = 0; i < self->document->blocks->len; i++)
    {
      const PresyncBlock *block = g_ptr_array_index (self->document->blocks, i);

      if (block->anchor != NULL)
        g_hash_table_add (anchors, block->anchor);
      for (guint j = 0; block->kind == PRESYNC_BLOCK_TABLE && j < block->children->len; j++)
        {
          const PresyncRow *row = g_ptr_array_index (block->children, j);

          if (row->anchor != NULL)
            g_hash_table_add (anchors, row->anchor);
        }
    }
}

static void
presync_content_prune_prose (GPtrArray *prose, GHashTable *anchors)
{
  for (guint i = 0; prose != NULL && i < prose->len; i++)
    {
      PresyncSpan *span = g_ptr_array_index (prose, i);

      if (span->link != NULL && *span->link == '#'
          && !g_hash_table_contains (anchors, span->link + 1))
        g_clear_pointer (&span->link, g_free);
    }
}

/* What leads to a part that was left out leads nowhere: it is plain text then */
static void
presync_content_prune_links (PresyncContent *self)
{
  g_autoptr (GHashTable) anchors = g_hash_table_new (g_str_hash, g_str_equal);

  presync_content_collect_anchors (self, anchors);
  for (guint i = 0; i < self->document->blocks->len; i++)
    {
      const PresyncBlock *block = g_ptr_array_index (self->document->blocks, i);

      presync_content_prune_prose (block->prose, anchors);
      for (guint j = 0; block->kind == PRESYNC_BLOCK_TABLE && j < block->children->len; j++)
        {
          const PresyncRow *row = g_ptr_array_index (block->children, j);

          presync_content_prune_prose (row->note, anchors);
          for (guint k = 0; k < row->cells->len; k++)
            presync_content_prune_prose (
                ((const PresyncCell *) g_ptr_array_index (row->cells, k))->prose, anchors);
        }
    }
}

/* The parts of a full report, in their order */
static void
presync_content_add_parts (PresyncContent *self)
{
  static const struct
  {
    PresyncReportSection section;
    void (*add[3]) (PresyncContent *);
  } parts[] = {
    { PRESYNC_REPORT_SECTION_BLOCKERS,
      { presync_content_add_blockers, presync_content_add_open, presync_content_add_advice } },
    { PRESYNC_REPORT_SECTION_CHANGES, { presync_content_add_changes } },
    { PRESYNC_REPORT_SECTION_CLOUD_SYNC | PRESYNC_REPORT_SECTION_CONNECT_SYNC,
      { presync_content_add_legend } },
    { PRESYNC_REPORT_SECTION_CLOUD_SYNC, { presync_content_add_cloud_sync } },
    { PRESYNC_REPORT_SECTION_CONNECT_SYNC, { presync_content_add_connect_sync } },
    { PRESYNC_REPORT_SECTION_ACCOUNTS, { presync_content_add_accounts } },
    { PRESYNC_REPORT_SECTION_SQL, { presync_content_add_sql, presync_content_add_sizing } },
    { PRESYNC_REPORT_SECTION_TENANT, { presync_content_add_tenant } },
    { PRESYNC_REPORT_SECTION_NETWORK, { presync_content_add_network } },
    { PRESYNC_REPORT_SECTION_SERVER, { presync_content_add_server } },
    { PRESYNC_REPORT_SECTION_STATEMENTS, { presync_content_add_statements } },
    { PRESYNC_REPORT_SECTION_EVIDENCE, { presync_content_prepare_evidence } },
    { PRESYNC_REPORT_SECTION_ORIGINS,
      { presync_content_add_origins, presync_content_add_documents } },
    { PRESYNC_REPORT_SECTION_EVIDENCE, { presync_content_add_evidence } },
  };

  presync_content_add_overview (self);
  for (gsize i = 0; i < G_N_ELEMENTS (parts); i++)
    for (gsize j = 0; j < G_N_ELEMENTS (parts[i].add) && parts[i].add[j] != NULL; j++)
      if (presync_content_wants (self, parts[i].section))
        parts[i].add[j](self);
  presync_content_fill_contents (self);
}

static void
presync_content_begin (PresyncContent *self)
{
  const char *name = presync_assessment_get_name (self->assessment);
  g_autoptr (GDateTime) utc = g_date_time_to_utc (self->at);
  g_autofree char *time = presync_wording_dup_time (self->at);
  const char *organisation = self->options->organisation;
  const char *about = *name != '\0' ? name : _ ("Active Directory");
  g_autofree char *subtitle = NULL;

  if (organisation != NULL && *organisation != '\0')
    about = organisation;
  subtitle = presync_content_shorten (self, about, 48);
  self->document = presync_document_new (
      self->summary ? _ ("Readiness summary") : _ ("Readiness report"), subtitle);
  self->document->at = g_date_time_format (utc, "%Y-%m-%dT%H:%M:%SZ");
  /* Translators: in the foot of each page; %s is a date */
  self->document->date = g_strdup_printf (_ ("Presync · %s"), time);
  self->document->language = presync_content_dup_language ();
  /* Translators: for those who do not see it; %s is an organisation */
  self->document->logo_alternate = g_strdup_printf (_ ("Logo of %s"), subtitle);
  if (self->options->classification != NULL && *self->options->classification != '\0')
    self->document->classification = g_strdup (self->options->classification);
}

PresyncDocument *
presync_content_new (PresyncAssessment *assessment, const PresyncReportOptions *options,
                     GDateTime *at)
{
  PresyncContent self = { .assessment = assessment, .options = options, .at = at };
  g_autoptr (PresyncOriginList) origins = presync_origin_list_new ();

  g_return_val_if_fail (PRESYNC_IS_ASSESSMENT (assessment), NULL);
  g_return_val_if_fail (options != NULL && at != NULL, NULL);
  self.summary = options->length == PRESYNC_REPORT_SUMMARY;
  self.origins = origins;
  origins->silent = !presync_content_wants (&self, PRESYNC_REPORT_SECTION_ORIGINS);
  presync_content_begin (&self);
  for (guint i = 0; i < PRESYNC_N_OPTIONS; i++)
    {
      self.summaries[i]
          = presync_summary_new (presync_assessment_get_checklist (assessment, i), FALSE);
      self.accounts[i] = presync_account_entry_list (assessment, i);
    }
  presync_content_add_cover (&self);
  if (self.summary)
    presync_content_add_summary (&self);
  else
    presync_content_add_parts (&self);
  presync_content_prune_links (&self);
  for (guint i = 0; i < PRESYNC_N_OPTIONS; i++)
    {
      presync_summary_free (self.summaries[i]);
      g_ptr_array_unref (self.accounts[i]);
    }
  return self.document;
}
