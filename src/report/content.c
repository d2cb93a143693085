/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/content-private.h"

#include <glib/gi18n.h>
#include <string.h>

char *
presync_content_dup_anchor (PresyncChecklistItem *item)
{
  PresyncOption option
      = presync_requirement_get_option (presync_checklist_item_get_requirement (item));

  return g_strdup_printf ("%s-%u-%s",
                          presync_checklist_item_get_is_requirement (item) ? "row" : "condition",
                          (guint) option, presync_checklist_item_get_id (item));
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

PresyncDocument *
presync_content_new (PresyncAssessment *assessment, GDateTime *at)
{
  const char *name;
  PresyncContent self = { .assessment = assessment, .at = at };
  g_autoptr (GDateTime) utc = NULL;
  g_autofree char *time = NULL;
  g_autoptr (PresyncOriginList) origins = presync_origin_list_new ();

  g_return_val_if_fail (PRESYNC_IS_ASSESSMENT (assessment) && at != NULL, NULL);
  name = presync_assessment_get_name (assessment);
  utc = g_date_time_to_utc (at);
  time = presync_wording_dup_time (at);
  self.origins = origins;
  self.document = presync_document_new (_ ("Readiness report"),
                                        *name != '\0' ? name : _ ("Active Directory"));
  self.document->at = g_date_time_format (utc, "%Y-%m-%dT%H:%M:%SZ");
  /* Translators: in the foot of each page; %s is a date */
  self.document->date = g_strdup_printf (_ ("Presync · %s"), time);
  self.document->language = presync_content_dup_language ();
  for (guint i = 0; i < PRESYNC_N_OPTIONS; i++)
    {
      self.summaries[i]
          = presync_summary_new (presync_assessment_get_checklist (assessment, i), FALSE);
      self.accounts[i] = presync_account_entry_list (assessment, i);
    }
  presync_content_add_cover (&self);
  presync_content_add_blockers (&self);
  presync_content_add_open (&self);
  presync_content_add_advice (&self);
  presync_content_add_legend (&self);
  for (guint i = 0; i < PRESYNC_N_OPTIONS; i++)
    presync_content_add_option (&self, i);
  presync_content_add_accounts (&self);
  presync_content_add_sql (&self);
  presync_content_add_tenant (&self);
  presync_content_add_network (&self);
  presync_content_add_sizing (&self);
  presync_content_add_server (&self);
  presync_content_add_origins (&self);
  presync_content_add_documents (&self);
  presync_content_fill_contents (&self);
  for (guint i = 0; i < PRESYNC_N_OPTIONS; i++)
    {
      presync_summary_free (self.summaries[i]);
      g_ptr_array_unref (self.accounts[i]);
    }
  return self.document;
}
