/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/content-private.h"
#include "sources/directory/bounds.h"

#include <glib/gi18n.h>

/* Columns of domains in one table; a forest with more has several */
#define DOMAINS_BESIDE 3

/* A right in a domain, as a cell tells it */
typedef enum
{
  PRESYNC_RIGHT_NOT_READ,
  PRESYNC_RIGHT_NOT_NEEDED,
  PRESYNC_RIGHT_GRANTED,
  PRESYNC_RIGHT_BROKEN,
  PRESYNC_RIGHT_UNKNOWN,
  PRESYNC_RIGHT_MISSING,
} PresyncRightState;

GPtrArray *
presync_rights_lookup (const PresyncRights *self, const char *key)
{
  return presync_fact_set_lookup (presync_assessment_get_facts (self->content->assessment), key);
}

/* (nullable) (transfer none) */
static PresyncFact *
presync_rights_get_fact (const PresyncRights *self, const char *key, const char *domain)
{
  GPtrArray *facts = presync_rights_lookup (self, key);

  for (guint i = 0; facts != NULL && i < facts->len; i++)
    if (g_str_equal (presync_fact_get_subject (g_ptr_array_index (facts, i)), domain))
      return g_ptr_array_index (facts, i);
  return NULL;
}

PresyncStatus
presync_rights_get_status (const PresyncRights *self, const PresyncAccessRight *right)
{
  PresyncStatus status = PRESYNC_STATUS_NOT_APPLICABLE;

  for (guint i = 0; i < self->entry->items->len; i++)
    {
      PresyncChecklistItem *item = g_ptr_array_index (self->entry->items, i);

      if (presync_account_entry_tests (self->entry, item, right))
        status = MAX (status, presync_checklist_item_get_status (item));
    }
  return status;
}

gboolean
presync_rights_is_known (PresyncFact *fact)
{
  return fact != NULL && presync_fact_get_unknown (fact) == PRESYNC_UNKNOWN_NONE;
}

static PresyncRightState
presync_rights_get_state (const PresyncRights *self, const PresyncAccessRight *right,
                          const char *domain)
{
  PresyncFact *fact = presync_rights_get_fact (self, right->fact, domain);
  PresyncFact *gaps = presync_rights_get_fact (self, right->gaps, domain);

  if (presync_rights_get_status (self, right) == PRESYNC_STATUS_NOT_APPLICABLE)
    return PRESYNC_RIGHT_NOT_NEEDED;
  if (fact == NULL)
    return PRESYNC_RIGHT_NOT_READ;
  if (!presync_rights_is_known (fact))
    return PRESYNC_RIGHT_UNKNOWN;
  if (presync_fact_get_list (fact)[0] != NULL)
    return PRESYNC_RIGHT_MISSING;
  if (!presync_rights_is_known (gaps))
    return PRESYNC_RIGHT_UNKNOWN;
  if (presync_fact_get_list (gaps)[0] != NULL)
    return PRESYNC_RIGHT_BROKEN;
  /* what was read in part is never called granted */
  return presync_origin_get_complete (presync_fact_get_origin (fact))
                 && presync_origin_get_complete (presync_fact_get_origin (gaps))
             ? PRESYNC_RIGHT_GRANTED
             : PRESYNC_RIGHT_UNKNOWN;
}

static void
presync_rights_add_lacks (GPtrArray *prose, PresyncFact *fact)
{
  const char *const *lacks = presync_fact_get_list (fact);
  guint n = g_strv_length ((char **) lacks);

  presync_prose_add (prose, PRESYNC_SPAN_BOLD, _ ("missing"));
  for (guint i = 0; i < MIN (n, PRESYNC_CONTENT_SHOWN); i++)
    {
      g_autofree char *lack = presync_access_lack_describe (lacks[i]);
      g_autofree char *text
          /* Translators: follows “missing”; %s is a class of objects: "missing for user" */
          = i == 0 ? g_strdup_printf (_ ("for %s"), lack) : g_strdup (lack);

      presync_prose_add (prose, PRESYNC_SPAN_PLAIN, i > 0 ? "; " : " ");
      presync_prose_add (prose, PRESYNC_SPAN_PLAIN, text);
    }
}

/* Whether the domain itself is one of the places where a right is not granted; no object lacks it
 * because of that */
static gboolean
presync_rights_has_head (const char *const *gaps)
{
  for (guint i = 0; gaps[i] != NULL; i++)
    {
      g_autoptr (PresyncAccessGap) gap = presync_access_gap_parse (gaps[i]);

      if (gap != NULL && gap->reason == PRESYNC_GAP_HEAD)
        return TRUE;
    }
  return FALSE;
}

static void
presync_rights_add_broken (GPtrArray *prose, PresyncFact *gaps)
{
  gboolean head = presync_rights_has_head (presync_fact_get_list (gaps));
  guint n = g_strv_length ((char **) presync_fact_get_list (gaps)) - (head ? 1 : 0);
  g_autofree char *text
      /* no more are named: there may be more */
      = n >= PRESYNC_BOUND_RIGHT_PLACES
            ? g_strdup_printf (_ ("at least %u places"), n)
            : g_strdup_printf (ngettext ("%u place", "%u places", n), n);

  if (head)
    presync_prose_add (prose, n > 0 ? PRESYNC_SPAN_PLAIN : PRESYNC_SPAN_BOLD,
                       presync_access_gap_reason_title (PRESYNC_GAP_HEAD));
  if (n == 0)
    return;
  presync_prose_add (prose, PRESYNC_SPAN_PLAIN, head ? "; " : NULL);
  presync_prose_add (prose, PRESYNC_SPAN_BOLD, _ ("broken below"));
  presync_prose_add (prose, PRESYNC_SPAN_PLAIN, ": ");
  presync_prose_add (prose, PRESYNC_SPAN_PLAIN, text);
}

static void
presync_rights_add_unknown (GPtrArray *prose, PresyncFact *fact, PresyncFact *gaps)
{
  PresyncFact *why = presync_rights_is_known (fact) && gaps != NULL ? gaps : fact;

  presync_prose_add (prose, PRESYNC_SPAN_BOLD, _ ("unknown"));
  presync_prose_add (prose, PRESYNC_SPAN_PLAIN, ": ");
  presync_prose_add (prose, PRESYNC_SPAN_PLAIN,
                     presync_rights_is_known (why) ? _ ("not all objects were read")
                                                   : presync_fact_get_detail (why));
}

/* A cell is never worse than the conditions that test its right. */
static int
presync_rights_cap (const PresyncRights *self, const PresyncAccessRight *right,
                    PresyncStatus status)
{
  return (int) MIN (status, presync_rights_get_status (self, right));
}

/* Appends what is known of a right in a domain; returns the symbol before it, -1 for none */
static int
presync_rights_describe (const PresyncRights *self, GPtrArray *prose,
                         const PresyncAccessRight *right, const char *domain)
{
  PresyncFact *fact = presync_rights_get_fact (self, right->fact, domain);
  PresyncFact *gaps = presync_rights_get_fact (self, right->gaps, domain);

  switch (presync_rights_get_state (self, right, domain))
    {
    case PRESYNC_RIGHT_NOT_NEEDED:
      presync_prose_add (prose, PRESYNC_SPAN_DIM, _ ("not needed"));
      return PRESYNC_STATUS_NOT_APPLICABLE;
    case PRESYNC_RIGHT_GRANTED:
      presync_prose_add (prose, PRESYNC_SPAN_PLAIN, _ ("granted"));
      return PRESYNC_STATUS_MET;
    case PRESYNC_RIGHT_BROKEN:
      presync_rights_add_broken (prose, gaps);
      return presync_rights_cap (self, right, PRESYNC_STATUS_ADVICE);
    case PRESYNC_RIGHT_UNKNOWN:
      presync_rights_add_unknown (prose, fact, gaps);
      return presync_rights_cap (self, right, PRESYNC_STATUS_UNKNOWN);
    case PRESYNC_RIGHT_MISSING:
      presync_rights_add_lacks (prose, fact);
      /* advice where the condition only recommends the right */
      return presync_rights_cap (self, right, PRESYNC_STATUS_NOT_MET);
    case PRESYNC_RIGHT_NOT_READ:
    default:
      presync_prose_add (prose, PRESYNC_SPAN_DIM, "–");
      return -1;
    }
}

/* If all facts of a domain are unknown for one reason, it is said once and not in every cell. */
static PresyncFact *
presync_rights_get_common_reason (const PresyncRights *self, const char *domain)
{
  PresyncFact *first = NULL;

  for (gsize i = 0; i < self->n_rights; i++)
    {
      PresyncFact *fact = presync_rights_get_fact (self, self->rights[i].fact, domain);

      if (fact == NULL)
        continue;
      if (presync_rights_is_known (fact)
          || (first != NULL
              && g_strcmp0 (presync_fact_get_detail (fact), presync_fact_get_detail (first)) != 0))
        return NULL;
      first = fact;
    }
  return first;
}

static void
presync_rights_find_domains (PresyncRights *self)
{
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);

  self->domains = g_ptr_array_new ();
  self->unread = g_ptr_array_new ();
  for (gsize i = 0; i < self->n_rights; i++)
    {
      GPtrArray *facts = presync_rights_lookup (self, self->rights[i].fact);

      for (guint j = 0; facts != NULL && j < facts->len; j++)
        {
          const char *domain = presync_fact_get_subject (g_ptr_array_index (facts, j));
          PresyncFact *reason;

          if (!g_hash_table_add (seen, (gpointer) domain))
            continue;
          reason = presync_rights_get_common_reason (self, domain);
          g_ptr_array_add (reason != NULL ? self->unread : self->domains,
                           reason != NULL ? (gpointer) reason : (gpointer) domain);
        }
    }
}

/* Rights × domains, of the domains from @first on that find room beside each other */
static void
presync_rights_add_table (const PresyncRights *self, guint first)
{
  guint n = MIN (self->domains->len - first, DOMAINS_BESIDE);
  PresyncBlock *table
      = presync_document_add_table (self->content->document, _ (self->entry->role->title));

  presync_block_add_column (table, _ ("Right"), 30);
  for (guint i = 0; i < n; i++)
    presync_block_add_column (table, g_ptr_array_index (self->domains, first + i), 70.0 / n);
  for (gsize i = 0; i < self->n_rights; i++)
    {
      const PresyncAccessRight *right = &self->rights[i];
      const PresyncFactKey *key = presync_fact_key_find (right->fact);
      PresyncRow *row = presync_block_add_row (table);

      presync_row_add_text (row, PRESYNC_SPAN_PLAIN, key != NULL ? _ (key->label) : right->id);
      for (guint j = 0; j < n; j++)
        {
          GPtrArray *prose = presync_prose_new ();
          int status = presync_rights_describe (self, prose, right,
                                                g_ptr_array_index (self->domains, first + j));

          presync_row_add_cell (row, status, prose);
        }
    }
}

static void
presync_rights_add_unread (const PresyncRights *self)
{
  PresyncBlock *list;

  if (self->unread->len == 0)
    return;
  list = presync_document_add (self->content->document, PRESYNC_BLOCK_LIST);
  for (guint i = 0; i < self->unread->len; i++)
    {
      PresyncFact *fact = g_ptr_array_index (self->unread, i);
      GPtrArray *prose
          = presync_prose_new_text (PRESYNC_SPAN_BOLD, presync_fact_get_subject (fact));

      presync_prose_add (prose, PRESYNC_SPAN_PLAIN, prose->len > 0 ? "  " : NULL);
      presync_prose_add (prose, PRESYNC_SPAN_PLAIN, presync_fact_get_detail (fact));
      presync_block_add_item (list, PRESYNC_STATUS_UNKNOWN, prose);
    }
}

/* How to mend the rights that are not as they must be: the whole fix of each condition */
static void
presync_rights_add_fixes (const PresyncRights *self)
{
  PresyncBlock *table = NULL;

  for (guint i = 0; i < self->entry->items->len; i++)
    {
      PresyncChecklistItem *item = g_ptr_array_index (self->entry->items, i);
      PresyncStatus status = presync_checklist_item_get_status (item);
      PresyncRow *row;

      if (!presync_account_entry_tests (self->entry, item, NULL)
          || (status != PRESYNC_STATUS_NOT_MET && status != PRESYNC_STATUS_ADVICE))
        continue;
      if (table == NULL)
        {
          presync_document_add_heading (self->content->document, 3, NULL, _ ("How to mend it"));
          table = presync_document_add_table (self->content->document, _ ("How to mend it"));
          presync_block_add_column (table, _ ("Condition"), 34);
          presync_block_add_column (table, _ ("Steps"), 66);
        }
      row = presync_block_add_row (table);
      presync_row_add_cell (row, (int) status, presync_content_name_condition (item));
      presync_row_add_cell (
          row, -1,
          presync_content_new_steps (
              self->content,
              presync_condition_get_fix (presync_checklist_item_get_condition (item)), G_MAXUINT));
    }
}

/* Whose rights they are, and where that was read */
static void
presync_rights_add_lead (const PresyncRights *self)
{
  GPtrArray *prose = presync_prose_new_text (PRESYNC_SPAN_BOLD, self->entry->name);
  g_autoptr (GPtrArray) read = g_ptr_array_new ();

  for (gsize i = 0; i < self->n_rights; i++)
    {
      GPtrArray *facts = presync_rights_lookup (self, self->rights[i].fact);
      GPtrArray *gaps = presync_rights_lookup (self, self->rights[i].gaps);

      if (facts != NULL)
        g_ptr_array_extend (read, facts, NULL, NULL);
      if (gaps != NULL)
        g_ptr_array_extend (read, gaps, NULL, NULL);
    }
  if (self->domains->len > 0)
    {
      presync_prose_add (prose, PRESYNC_SPAN_PLAIN, ". ");
      presync_prose_add (prose, PRESYNC_SPAN_PLAIN,
                         _ ("Judged from the security descriptors of each domain and of the "
                            "objects below it, with all groups that the account is in."));
    }
  presync_origin_list_add_facts (self->content->origins, prose, read);
  presync_document_add_paragraph (self->content->document, prose);
}

static char *
presync_rights_dup_anchor (const PresyncAccountEntry *entry)
{
  return g_strdup_printf ("rights-%u-%s", (guint) entry->role->option, entry->role->id);
}

static void
presync_rights_close (PresyncRights *self)
{
  g_ptr_array_unref (self->domains);
  g_ptr_array_unref (self->unread);
}

/* Whether anything is known, or known to be unknown, of the rights of the account; to be closed
 * then */
static gboolean
presync_rights_open (PresyncRights *self)
{
  if (self->entry->role->rights == NULL || self->entry->name == NULL)
    return FALSE;
  self->rights = presync_access_rights (self->entry->role->rights, &self->n_rights);
  presync_rights_find_domains (self);
  if (self->domains->len + self->unread->len > 0)
    return TRUE;
  presync_rights_close (self);
  return FALSE;
}

void
presync_content_add_rights (PresyncContent *self, const PresyncAccountEntry *entry)
{
  PresyncRights rights = { .content = self, .entry = entry };
  g_autofree char *title = NULL;
  g_autofree char *anchor = presync_rights_dup_anchor (entry);

  if (!presync_rights_open (&rights))
    return;
  /* Translators: %s is what an account is for: "AD DS Connector account" */
  title = g_strdup_printf (_ ("%s: rights"), _ (entry->role->title));
  presync_document_add_heading (self->document, 3, anchor, title);
  presync_rights_add_lead (&rights);
  for (guint i = 0; i < rights.domains->len; i += DOMAINS_BESIDE)
    presync_rights_add_table (&rights, i);
  presync_rights_add_unread (&rights);
  presync_rights_add_places (&rights);
  presync_rights_add_fixes (&rights);
  presync_rights_close (&rights);
}

/* "Reset Password: missing for user", a line for each right that is not granted everywhere */
static void
presync_rights_add_found (const PresyncRights *self, GPtrArray *prose, PresyncChecklistItem *item)
{
  for (gsize i = 0; i < self->n_rights; i++)
    {
      const PresyncFactKey *key = presync_fact_key_find (self->rights[i].fact);

      if (!presync_account_entry_tests (self->entry, item, &self->rights[i]))
        continue;
      for (guint j = 0; j < self->domains->len; j++)
        {
          const char *domain = g_ptr_array_index (self->domains, j);
          PresyncRightState state = presync_rights_get_state (self, &self->rights[i], domain);

          if (state == PRESYNC_RIGHT_GRANTED || state == PRESYNC_RIGHT_NOT_NEEDED)
            continue;
          presync_prose_add (prose, PRESYNC_SPAN_PLAIN, prose->len > 0 ? "\n" : NULL);
          presync_prose_add (prose, PRESYNC_SPAN_PLAIN, _ (key->label));
          if (self->domains->len > 1)
            {
              presync_prose_add (prose, PRESYNC_SPAN_PLAIN, ", ");
              presync_prose_add (prose, PRESYNC_SPAN_PLAIN, domain);
            }
          presync_prose_add (prose, PRESYNC_SPAN_PLAIN, ": ");
          presync_rights_describe (self, prose, &self->rights[i], domain);
        }
    }
}

GPtrArray *
presync_content_new_rights_found (PresyncContent *self, PresyncChecklistItem *item)
{
  PresyncCondition *condition = presync_checklist_item_get_condition (item);
  const char *account = presync_condition_get_account (condition);
  PresyncOption option
      = presync_requirement_get_option (presync_checklist_item_get_requirement (item));
  GPtrArray *prose = NULL;

  if (presync_checklist_item_get_status (item) == PRESYNC_STATUS_NOT_APPLICABLE)
    return NULL;
  for (guint i = 0; account != NULL && i < self->accounts[option]->len; i++)
    {
      PresyncRights rights
          = { .content = self, .entry = g_ptr_array_index (self->accounts[option], i) };
      g_autofree char *anchor = presync_rights_dup_anchor (rights.entry);
      g_autofree char *link = g_strconcat ("#", anchor, NULL);

      if (!g_str_equal (rights.entry->role->id, account)
          || !presync_account_entry_tests (rights.entry, item, NULL)
          || !presync_rights_open (&rights))
        continue;
      prose = presync_prose_new ();
      presync_rights_add_found (&rights, prose, item);
      if (prose->len == 0 && rights.domains->len > 0)
        presync_prose_add (prose, PRESYNC_SPAN_PLAIN, _ ("granted"));
      for (guint j = 0; j < rights.unread->len; j++)
        {
          const char *domain = presync_fact_get_subject (g_ptr_array_index (rights.unread, j));

          presync_prose_add (prose, PRESYNC_SPAN_PLAIN, prose->len > 0 ? "\n" : NULL);
          presync_prose_add (prose, PRESYNC_SPAN_PLAIN, domain);
          presync_prose_add (prose, PRESYNC_SPAN_PLAIN, *domain != '\0' ? ": " : NULL);
          presync_prose_add (prose, PRESYNC_SPAN_BOLD, _ ("unknown"));
        }
      presync_prose_add (prose, PRESYNC_SPAN_PLAIN, prose->len > 0 ? "\n" : NULL);
      presync_prose_add_link (prose, PRESYNC_SPAN_PLAIN, _ ("see the rights"), link);
      presync_rights_close (&rights);
    }
  return prose;
}
