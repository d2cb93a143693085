/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/content-private.h"

#include <glib/gi18n.h>

/* What is read while a report is set on pages, in another thread: facts are immutable */
typedef struct _PresyncEvidence
{
  GPtrArray *facts;
  guint *origins; /* number of each one's origin; NULL if origins are not listed */
} PresyncEvidence;

static void
presync_evidence_free (gpointer data)
{
  PresyncEvidence *self = data;

  g_ptr_array_unref (self->facts);
  g_free (self->origins);
  g_free (self);
}

void
presync_content_prepare_evidence (PresyncContent *self)
{
  PresyncEvidence *evidence = g_new0 (PresyncEvidence, 1);
  GPtrArray *facts = presync_fact_set_list_all (presync_assessment_get_facts (self->assessment));

  evidence->facts = facts;
  if (!self->origins->silent)
    {
      evidence->origins = g_new0 (guint, facts->len);
      for (guint i = 0; i < facts->len; i++)
        evidence->origins[i] = presync_origin_list_number (
            self->origins, presync_fact_get_origin (g_ptr_array_index (facts, i)));
    }
  self->evidence = evidence;
}

static void
presync_evidence_add_origin (PresyncRow *row, const PresyncEvidence *evidence, guint index)
{
  GPtrArray *prose = presync_prose_new ();

  if (evidence->origins != NULL)
    {
      g_autofree char *anchor = presync_origin_anchor (evidence->origins[index]);
      g_autofree char *link = g_strconcat ("#", anchor, NULL);
      g_autofree char *text = g_strdup_printf ("[%u]", evidence->origins[index]);

      presync_prose_add_link (prose, PRESYNC_SPAN_PLAIN, text, link);
    }
  else
    {
      PresyncOrigin *origin = presync_fact_get_origin (g_ptr_array_index (evidence->facts, index));

      presync_prose_add (prose, PRESYNC_SPAN_PLAIN,
                         presync_source_title (presync_origin_get_source (origin)));
    }
  presync_row_add_cell (row, -1, prose);
}

static void
presync_evidence_fill (PresyncRow *row, guint index, gpointer data)
{
  const PresyncEvidence *evidence = data;
  PresyncFact *fact = g_ptr_array_index (evidence->facts, index);
  const char *id = presync_fact_get_key (fact);
  const PresyncFactKey *key = presync_fact_key_find (id);
  const char *subject = presync_fact_get_subject (fact);
  GPtrArray *value = presync_prose_new ();

  presync_row_add_text (row, PRESYNC_SPAN_PLAIN, key != NULL ? _ (key->label) : id);
  if (*subject != '\0')
    {
      GPtrArray *about = presync_prose_new ();

      presync_content_add_long (about, PRESYNC_SPAN_PLAIN, subject, PRESYNC_CONTENT_MEMBER);
      presync_row_add_cell (row, -1, about);
    }
  else
    presync_row_add_text (row, PRESYNC_SPAN_DIM, "–");
  presync_content_add_fact_value (value, fact);
  presync_row_add_cell (
      row,
      presync_fact_get_unknown (fact) != PRESYNC_UNKNOWN_NONE ? (int) PRESYNC_STATUS_UNKNOWN : -1,
      value);
  presync_evidence_add_origin (row, evidence, index);
}

void
presync_content_add_evidence (PresyncContent *self)
{
  PresyncEvidence *evidence = g_steal_pointer (&self->evidence);
  PresyncBlock *table;

  presync_content_begin_part (self);
  presync_document_add_heading (self->document, 1, "evidence", _ ("Appendix: Evidence"));
  if (evidence->facts->len == 0)
    {
      presync_content_add_remark (self, _ ("Nothing was read."));
      presync_evidence_free (evidence);
      return;
    }
  presync_document_add_paragraph (
      self->document,
      presync_prose_new_text (PRESYNC_SPAN_PLAIN, _ ("All that was read, each fact by itself.")));
  table = presync_document_add_table (self->document, _ ("Evidence"));
  presync_block_add_column (table, _ ("What"), 27);
  presync_block_add_column (table, _ ("About"), 25);
  presync_block_add_column (table, _ ("Found"), 38);
  presync_block_add_column (table, _ ("Origin"), 10);
  presync_block_set_source (table, evidence->facts->len, presync_evidence_fill, evidence,
                            presync_evidence_free);
}
