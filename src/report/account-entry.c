/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/account-entry.h"

#include <glib/gi18n.h>

/* The fact of the account's name @field, (nullable) (transfer none); there is at most one */
static PresyncFact *
presync_account_entry_get_fact (PresyncAssessment *assessment, const char *field, const char *what)
{
  g_autofree char *key = g_strconcat (field, ".", what, NULL);
  GPtrArray *facts = presync_fact_key_find (key) != NULL
                         ? presync_fact_set_lookup (presync_assessment_get_facts (assessment), key)
                         : NULL;

  return facts != NULL && facts->len > 0 ? g_ptr_array_index (facts, 0) : NULL;
}

/* Accounts that are made for you unless you plan to bring your own */
static const struct
{
  const char *field;
  const char *feature;
  const char *text;
} made[] = {
  { "gmsa", "custom-gmsa", N_ ("the installer makes it") },
  { "connector", "custom-settings", N_ ("the wizard makes it") },
  { "service", "custom-settings", N_ ("the wizard chooses it") },
  { "entra-connector", "custom-settings", N_ ("the wizard makes it") },
};

/* (transfer none) (nullable): who makes the account as planned, translated; %NULL if people bring
 * it */
static const char *
presync_account_entry_get_maker (const PresyncAccountEntry *self, PresyncAssessment *assessment)
{
  for (gsize i = 0; i < G_N_ELEMENTS (made); i++)
    if (g_strcmp0 (made[i].field, self->role->field) == 0
        && !presync_assessment_get_feature (assessment, made[i].feature))
      return _ (made[i].text);
  return NULL;
}

static void
presync_account_entry_name (PresyncAccountEntry *self, PresyncAssessment *assessment)
{
  const PresyncAccounts *accounts = presync_assessment_get_accounts (assessment);
  const char *given = self->role->field != NULL && accounts != NULL
                          ? presync_accounts_get (accounts, self->role->field)
                          : NULL;
  PresyncFact *exists;
  const char *shown;

  /* A name that is remembered and not used as planned says nothing of the account. */
  if (given == NULL || presync_account_entry_get_maker (self, assessment) != NULL)
    return;
  exists = presync_account_entry_get_fact (assessment, self->role->field, "exists");
  shown = exists != NULL ? presync_fact_get_subject (exists) : "";
  self->name = g_strdup (*shown != '\0' ? shown : given);
  if (g_ascii_strcasecmp (self->name, given) != 0)
    self->given = g_strdup (given);
}

static void
presync_account_entry_add_items (PresyncAccountEntry *self, PresyncChecklist *checklist)
{
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (checklist)); i++)
    {
      g_autoptr (PresyncChecklistItem) row = g_list_model_get_item (G_LIST_MODEL (checklist), i);
      GListModel *conditions = presync_checklist_item_get_children (row);

      for (guint j = 0; j < g_list_model_get_n_items (conditions); j++)
        {
          g_autoptr (PresyncChecklistItem) item = g_list_model_get_item (conditions, j);
          PresyncCondition *condition = presync_checklist_item_get_condition (item);

          if (g_strcmp0 (presync_condition_get_account (condition), self->role->id) != 0)
            continue;
          self->status = MAX (self->status, presync_checklist_item_get_status (item));
          g_ptr_array_add (self->items, g_steal_pointer (&item));
        }
    }
}

static void
presync_account_entry_free (PresyncAccountEntry *self)
{
  g_free (self->name);
  g_free (self->given);
  g_ptr_array_unref (self->items);
  g_free (self);
}

GPtrArray *
presync_account_entry_list (PresyncAssessment *assessment, PresyncOption option)
{
  GPtrArray *entries = g_ptr_array_new_with_free_func ((GDestroyNotify) presync_account_entry_free);
  guint n;
  const PresyncAccountRole *roles = presync_account_roles (&n);

  for (guint i = 0; i < n; i++)
    {
      PresyncAccountEntry *entry;

      if (roles[i].option != option)
        continue;
      entry = g_new0 (PresyncAccountEntry, 1);
      entry->role = &roles[i];
      entry->items = g_ptr_array_new_with_free_func (g_object_unref);
      entry->status = PRESYNC_STATUS_NOT_APPLICABLE;
      presync_account_entry_name (entry, assessment);
      presync_account_entry_add_items (entry,
                                       presync_assessment_get_checklist (assessment, option));
      g_ptr_array_add (entries, entry);
    }
  return entries;
}

const char *
presync_account_entry_get_without_name (const PresyncAccountEntry *self,
                                        PresyncAssessment *assessment)
{
  const char *maker = presync_account_entry_get_maker (self, assessment);

  if (self->role->field == NULL)
    return "–";
  return maker != NULL ? maker : _ ("not named");
}

char *
presync_account_entry_dup_membership (const PresyncAccountEntry *self,
                                      PresyncAssessment *assessment)
{
  PresyncFact *fact;

  if (self->name == NULL)
    return NULL;
  fact = presync_account_entry_get_fact (assessment, self->role->field, "membership");
  if (fact == NULL || presync_fact_get_unknown (fact) != PRESYNC_UNKNOWN_NONE
      || presync_fact_get_list (fact)[0] == NULL)
    return NULL;
  return presync_fact_describe (fact);
}

guint
presync_account_entry_count (const PresyncAccountEntry *self, PresyncStatus status)
{
  guint n = 0;

  for (guint i = 0; i < self->items->len; i++)
    n += presync_checklist_item_get_status (g_ptr_array_index (self->items, i)) == status ? 1 : 0;
  return n;
}

gboolean
presync_account_entry_tests (const PresyncAccountEntry *self, PresyncChecklistItem *item,
                             const PresyncAccessRight *right)
{
  GPtrArray *keys = presync_condition_get_fact_keys (presync_checklist_item_get_condition (item));
  const PresyncAccessRight *rights = NULL;
  gsize n = 0;

  if (self->role->rights != NULL)
    rights = presync_access_rights (self->role->rights, &n);
  for (gsize i = 0; i < n; i++)
    if ((right == NULL || right == &rights[i])
        && (g_ptr_array_find_with_equal_func (keys, rights[i].fact, g_str_equal, NULL)
            || g_ptr_array_find_with_equal_func (keys, rights[i].gaps, g_str_equal, NULL)))
      return TRUE;
  return FALSE;
}
