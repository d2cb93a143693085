/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/content-private.h"

#include <glib/gi18n.h>

/* "Object class: computer", linked to the row of the condition; what is found of a right is told
 * below, in the tables of rights */
static void
presync_content_add_finding (GPtrArray *prose, const PresyncAccountEntry *entry,
                             PresyncChecklistItem *item)
{
  g_autofree char *anchor = presync_content_dup_anchor (item);
  g_autofree char *link = g_strconcat ("#", anchor, NULL);
  const char *found = presync_checklist_item_get_found (item);

  if (prose->len > 0)
    presync_prose_add (prose, PRESYNC_SPAN_PLAIN, "\n");
  presync_prose_add_link (prose, PRESYNC_SPAN_PLAIN, presync_checklist_item_get_title (item), link);
  if (*found == '\0' || presync_account_entry_tests (entry, item, NULL))
    return;
  presync_prose_add (prose, PRESYNC_SPAN_PLAIN, ": ");
  presync_prose_add (prose, PRESYNC_SPAN_PLAIN, found);
}

/* Of what groups it is, what is wrong with it, and how much is open; the rest is in the table of
 * the option */
static GPtrArray *
presync_content_new_essential (PresyncContent *self, const PresyncAccountEntry *entry)
{
  GPtrArray *prose = presync_prose_new ();
  g_autofree char *membership = presync_account_entry_dup_membership (entry, self->assessment);
  guint open = presync_account_entry_count (entry, PRESYNC_STATUS_NEEDS_ANSWER)
               + presync_account_entry_count (entry, PRESYNC_STATUS_UNKNOWN);
  guint met = presync_account_entry_count (entry, PRESYNC_STATUS_MET);

  presync_prose_add (prose, PRESYNC_SPAN_PLAIN, membership);
  for (guint i = 0; i < entry->items->len; i++)
    {
      PresyncChecklistItem *item = g_ptr_array_index (entry->items, i);
      PresyncStatus status = presync_checklist_item_get_status (item);

      if (status == PRESYNC_STATUS_NOT_MET || status == PRESYNC_STATUS_ADVICE)
        presync_content_add_finding (prose, entry, item);
    }
  if (prose->len > 0 && met + open > 0)
    presync_prose_add (prose, PRESYNC_SPAN_PLAIN, "\n");
  if (met > 0)
    {
      g_autofree char *text
          = g_strdup_printf (ngettext ("%u condition met", "%u conditions met", met), met);
      presync_prose_add (prose, PRESYNC_SPAN_DIM, text);
    }
  if (open > 0)
    {
      g_autofree char *text = g_strdup_printf (ngettext ("%u open", "%u open", open), open);
      presync_prose_add (prose, PRESYNC_SPAN_DIM, met > 0 ? " · " : NULL);
      presync_prose_add (prose, PRESYNC_SPAN_DIM, text);
    }
  if (prose->len == 0)
    presync_prose_add (prose, PRESYNC_SPAN_DIM, "–");
  return prose;
}

static void
presync_content_add_account (PresyncContent *self, PresyncBlock *table,
                             const PresyncAccountEntry *entry)
{
  PresyncRow *row = presync_block_add_row (table);
  GPtrArray *title = presync_prose_new_text (PRESYNC_SPAN_BOLD, _ (entry->role->title));
  GPtrArray *name = presync_prose_new_text (PRESYNC_SPAN_PLAIN, entry->name);

  row->anchor = g_strdup_printf ("account-%u-%s", (guint) entry->role->option, entry->role->id);
  row->outline = g_strdup (_ (entry->role->title));
  presync_row_add_cell (
      row, (int) entry->status,
      presync_prose_new_text (PRESYNC_SPAN_PLAIN, presync_status_title (entry->status)));
  presync_prose_add (title, PRESYNC_SPAN_PLAIN, "\n");
  presync_prose_add (title, PRESYNC_SPAN_DIM, _ (entry->role->meaning));
  presync_row_add_cell (row, -1, title);
  if (entry->name == NULL)
    presync_prose_add (name, PRESYNC_SPAN_DIM,
                       presync_account_entry_get_without_name (entry, self->assessment));
  if (entry->given != NULL)
    {
      g_autofree char *given
          /* Translators: %s is a name as a person wrote it */
          = g_strdup_printf (_ ("named as %s"), entry->given);
      presync_prose_add (name, PRESYNC_SPAN_PLAIN, "\n");
      presync_prose_add (name, PRESYNC_SPAN_DIM, given);
    }
  presync_row_add_cell (row, -1, name);
  presync_row_add_cell (row, -1, presync_content_new_essential (self, entry));
}

static void
presync_content_add_option_accounts (PresyncContent *self, PresyncOption option)
{
  GPtrArray *entries = self->accounts[option];
  g_autofree char *anchor = g_strdup_printf ("accounts-%u", (guint) option);
  g_autofree char *title = NULL;
  PresyncBlock *table;

  /* Translators: option and section: "Cloud sync – Accounts" */
  title = g_strdup_printf (_ ("%s – %s"), presync_option_title (option), _ ("Accounts"));
  presync_document_add_heading (self->document, 2, anchor, presync_option_title (option));
  table = presync_document_add_table (self->document, title);
  presync_block_add_column (table, _ ("Status"), 18.5);
  presync_block_add_column (table, _ ("Account"), 28);
  presync_block_add_column (table, _ ("Named"), 24);
  presync_block_add_column (table, _ ("Found"), 29.5);
  for (guint i = 0; i < entries->len; i++)
    presync_content_add_account (self, table, g_ptr_array_index (entries, i));
  for (guint i = 0; i < entries->len; i++)
    presync_content_add_rights (self, g_ptr_array_index (entries, i));
}

/* What an earlier synchronization left: keys of facts */
static const char *const traces[] = {
  "domain.connect-accounts", "domain.adsync-accounts", "domain.agent-gmsas", "forest.sso-account",
  "forest.sso-key-changed",  "forest.join-tenant",     "forest.join-domain",
};

/* A moment of what is not there is unknown only because nothing is. */
static gboolean
presync_content_trace_matters (PresyncContent *self, const char *key)
{
  GPtrArray *facts;

  if (!g_str_equal (key, "forest.sso-key-changed"))
    return TRUE;
  facts = presync_fact_set_lookup (presync_assessment_get_facts (self->assessment),
                                   "forest.sso-account");
  return facts == NULL || facts->len == 0
         || presync_fact_get_unknown (g_ptr_array_index (facts, 0)) != PRESYNC_UNKNOWN_NONE
         || presync_fact_get_boolean (g_ptr_array_index (facts, 0));
}

static void
presync_content_add_traces (PresyncContent *self)
{
  PresyncFactSet *set = presync_assessment_get_facts (self->assessment);
  PresyncBlock *table = NULL;

  presync_document_add_heading (self->document, 2, "traces", _ ("Already in this forest"));
  for (gsize i = 0; i < G_N_ELEMENTS (traces); i++)
    {
      GPtrArray *facts = presync_fact_set_lookup (set, traces[i]);

      if (facts == NULL || facts->len == 0 || !presync_content_trace_matters (self, traces[i]))
        continue;
      if (table == NULL)
        table = presync_content_begin_facts (self, _ ("Already in this forest"));
      presync_content_add_fact (self, table, traces[i], facts);
    }
  if (table == NULL)
    presync_document_add_paragraph (
        self->document, presync_prose_new_text (PRESYNC_SPAN_DIM, _ ("Nothing was read.")));
}

void
presync_content_add_accounts (PresyncContent *self)
{
  presync_content_begin_part (self);
  presync_document_add_heading (self->document, 1, "accounts", _ ("Accounts"));
  presync_document_add_paragraph (
      self->document,
      presync_prose_new_text (
          PRESYNC_SPAN_PLAIN,
          _ ("Who installs each option, who configures it, and what it runs as. The status of an "
             "account is the most urgent of its conditions, which stand in the tables above.")));
  for (guint i = 0; i < PRESYNC_N_OPTIONS; i++)
    presync_content_add_option_accounts (self, i);
  presync_content_add_traces (self);
}
