/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/content-private.h"

#include "report/tenant-text.h"
#include <glib/gi18n.h>

static void
presync_content_add_tenant_notes (PresyncContent *self)
{
  PresyncBlock *table;
  g_autoptr (PresyncSource) source = presync_assessment_dup_source (self->assessment, "tenant");
  g_autofree char *target = source != NULL ? presync_source_dup_target (source) : NULL;

  if (source == NULL)
    return;
  table = presync_content_begin_pairs (self);
  presync_content_add_pair (table, _ ("Tenant"), target);
  if (presync_source_get_state (source) == PRESYNC_SOURCE_FAILED)
    presync_content_add_pair (table, _ ("Not read"), presync_source_get_message (source));
}

static void
presync_content_add_tenant_domain (PresyncContent *self, PresyncBlock *table, PresyncFact *fact)
{
  PresyncFactSet *set = presync_assessment_get_facts (self->assessment);
  PresyncFact *realm = presync_tenant_text_find_realm (set, presync_fact_get_subject (fact));
  PresyncRow *row = presync_block_add_row (table);
  PresyncStatus status;
  g_autofree char *owner = presync_tenant_text_dup_owner (set, fact, &status);
  g_autofree char *words = presync_tenant_text_dup_realm (realm);
  g_autoptr (GPtrArray) all = g_ptr_array_new ();
  GPtrArray *origin = presync_prose_new ();

  g_ptr_array_add (all, fact);
  if (realm != NULL)
    g_ptr_array_add (all, realm);
  presync_row_add_text (row, PRESYNC_SPAN_PLAIN, presync_fact_get_subject (fact));
  presync_row_add_cell (row, (int) status, presync_prose_new_text (PRESYNC_SPAN_PLAIN, owner));
  presync_row_add_text (row, PRESYNC_SPAN_PLAIN, words);
  presync_origin_list_add_facts (self->origins, origin, all);
  presync_row_add_cell (row, -1, origin);
}

static void
presync_content_add_tenant_domains (PresyncContent *self, GPtrArray *domains)
{
  PresyncBlock *table;

  if (domains->len == 0)
    return;
  presync_document_add_heading (self->document, 2, "tenant-domains",
                                _ ("Domains and UPN suffixes"));
  table = presync_document_add_table (self->document, _ ("Domains and UPN suffixes"));
  presync_block_add_column (table, _ ("Domain"), 28);
  presync_block_add_column (table, _ ("Owner"), 36);
  presync_block_add_column (table, _ ("Sign-in (not documented by Microsoft)"), 26);
  presync_block_add_column (table, _ ("Origin"), 10);
  for (guint i = 0; i < domains->len; i++)
    presync_content_add_tenant_domain (self, table, g_ptr_array_index (domains, i));
}

void
presync_content_add_tenant (PresyncContent *self)
{
  PresyncFactSet *set = presync_assessment_get_facts (self->assessment);
  g_autoptr (GPtrArray) domains = presync_tenant_text_list_domains (set);
  gboolean has_groups = presync_fact_groups_are_read (set, "tenant");

  if (domains->len == 0 && !has_groups)
    return;
  presync_content_begin_part (self);
  presync_document_add_heading (self->document, 1, "tenant", _ ("Microsoft Entra tenant"));
  presync_content_add_tenant_notes (self);
  presync_content_add_tenant_domains (self, domains);
  if (!has_groups)
    return;
  presync_document_add_heading (self->document, 2, "tenant-facts", _ ("What was found"));
  presync_content_add_fact_groups (self, "tenant", _ ("Microsoft Entra tenant"));
}
