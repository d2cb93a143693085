/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/account-text.h"

#include <glib/gi18n.h>

#include "app/account-names.h"
#include "app/answer-text.h"
#include "facts/access-text.h"

/* Characters of what was found that a subtitle has room for */
#define MAX_ESSENCE 60
/* Characters of a name that leave room for what matters about the account */
#define MAX_NAME 40

static gboolean
presync_account_is_about (PresyncChecklistItem *item, const char *role)
{
  PresyncCondition *condition = presync_checklist_item_get_condition (item);

  return condition != NULL && g_strcmp0 (presync_condition_get_account (condition), role) == 0;
}

GPtrArray *
presync_account_list_items (PresyncAssessment *assessment, const PresyncAccountRole *role)
{
  GListModel *checklist
      = G_LIST_MODEL (presync_assessment_get_checklist (assessment, role->option));
  GPtrArray *items = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < g_list_model_get_n_items (checklist); i++)
    {
      g_autoptr (PresyncChecklistItem) requirement = g_list_model_get_item (checklist, i);
      GListModel *children = presync_checklist_item_get_children (requirement);

      for (guint j = 0; children != NULL && j < g_list_model_get_n_items (children); j++)
        {
          g_autoptr (PresyncChecklistItem) item = g_list_model_get_item (children, j);

          if (presync_account_is_about (item, role->id))
            g_ptr_array_add (items, g_steal_pointer (&item));
        }
    }
  return items;
}

PresyncStatus
presync_account_worst (GPtrArray *items)
{
  PresyncStatus worst = PRESYNC_STATUS_NOT_APPLICABLE;

  for (guint i = 0; i < items->len; i++)
    worst = MAX (worst, presync_checklist_item_get_status (g_ptr_array_index (items, i)));
  return worst;
}

/* (transfer none) (nullable): the first fact "connector.exists" and the like */
static PresyncFact *
presync_account_get_fact (PresyncAssessment *assessment, const PresyncAccountRole *role,
                          const char *name)
{
  g_autofree char *key = g_strconcat (role->field, ".", name, NULL);
  GPtrArray *facts = presync_fact_set_lookup (presync_assessment_get_facts (assessment), key);

  return facts != NULL && facts->len > 0 ? g_ptr_array_index (facts, 0) : NULL;
}

char *
presync_account_dup_name (PresyncAssessment *assessment, const PresyncAccountRole *role)
{
  const char *given;
  PresyncFact *fact;

  if (role->field == NULL || !presync_account_names_is_used (assessment, role->field))
    return NULL;
  given = presync_accounts_get (presync_assessment_get_accounts (assessment), role->field);
  if (given == NULL)
    return NULL;
  fact = presync_account_get_fact (assessment, role, "exists");
  if (fact != NULL && *presync_fact_get_subject (fact) != '\0')
    return g_strdup (presync_fact_get_subject (fact));
  return g_strdup (given);
}

/* (transfer full): the beginning and the end, which both tell names apart */
static char *
presync_account_shorten (const char *name)
{
  glong n = g_utf8_strlen (name, -1);
  g_autofree char *start = NULL;

  if (n <= MAX_NAME)
    return g_strdup (name);
  start = g_utf8_substring (name, 0, MAX_NAME / 2);
  return g_strconcat (start, "…", g_utf8_offset_to_pointer (name, n - MAX_NAME / 2), NULL);
}

/* (transfer full): what was found without the account's name before it: the row stands below that
 * of the account */
static char *
presync_account_dup_found_unnamed (PresyncChecklistItem *item)
{
  GPtrArray *facts = presync_checklist_item_get_facts (item);
  g_autoptr (GString) text = g_string_new (presync_checklist_item_get_found (item));

  for (guint i = 0; facts != NULL && i < facts->len; i++)
    {
      const char *subject = presync_fact_get_subject (g_ptr_array_index (facts, i));
      g_autofree char *prefix = g_strconcat (subject, ": ", NULL);

      /* Others are domains and servers, which tell findings apart. */
      if (strpbrk (subject, "\\@") != NULL)
        g_string_replace (text, prefix, "", 0);
    }
  return g_string_free (g_steal_pointer (&text), FALSE);
}

char *
presync_account_dup_found (PresyncChecklistItem *item)
{
  g_autofree char *found = presync_account_dup_found_unnamed (item);
  const char *reason = presync_checklist_item_get_reason (item);
  const char *needed = presync_checklist_item_get_needed (item);
  PresyncAnswer *answer = presync_checklist_item_get_answer (item);

  if (answer != NULL)
    return presync_answer_dup_text (answer);
  /* What is met with advice has found what it needs: the advice is the news. */
  if (presync_checklist_item_get_status (item) == PRESYNC_STATUS_ADVICE && reason != NULL)
    return *found != '\0' ? g_strdup_printf ("%s · %s", found, reason) : g_strdup (reason);
  /* Part of what is asked may be known; what matters is why the rest is not. */
  if (*found != '\0'
      && (presync_checklist_item_get_status (item) != PRESYNC_STATUS_UNKNOWN || reason == NULL))
    return g_steal_pointer (&found);
  if (reason != NULL && presync_checklist_item_get_status (item) != PRESYNC_STATUS_NEEDS_ANSWER)
    return g_strdup (reason);
  /* TRANSLATORS: %s is what a condition asks for */
  return g_strdup_printf (_ ("Needed: %s"), needed);
}

/* (transfer full) (nullable): by which groups an administrator is one */
static char *
presync_account_dup_membership (PresyncAssessment *assessment, const PresyncAccountRole *role)
{
  PresyncFact *fact = NULL;
  const char *const *paths;

  if (role->field == NULL || !g_str_equal (role->id, "installer"))
    return NULL;
  fact = presync_account_get_fact (assessment, role, "membership");
  if (fact == NULL || presync_fact_get_unknown (fact) != PRESYNC_UNKNOWN_NONE)
    return NULL;
  paths = presync_fact_get_list (fact);
  return *paths != NULL ? presync_access_path_describe (*paths) : NULL;
}

/* (transfer full) (nullable): what matters most about an account */
static char *
presync_account_dup_essence (PresyncAssessment *assessment, const PresyncAccountRole *role,
                             GPtrArray *items)
{
  PresyncStatus worst = presync_account_worst (items);
  PresyncChecklistItem *first = NULL;
  g_autofree char *found = NULL;
  guint n = 0;

  if (worst == PRESYNC_STATUS_NOT_APPLICABLE)
    return g_strdup (_ ("Not needed as planned"));
  for (guint i = 0; i < items->len; i++)
    {
      PresyncChecklistItem *item = g_ptr_array_index (items, i);

      if (presync_checklist_item_get_status (item) != worst)
        continue;
      if (first == NULL)
        first = item;
      n++;
    }
  if (worst == PRESYNC_STATUS_MET)
    return presync_account_dup_membership (assessment, role);
  if (worst == PRESYNC_STATUS_NEEDS_ANSWER && n > 1)
    return g_strdup_printf (ngettext ("%u needs an answer", "%u need an answer", n), n);
  if (worst == PRESYNC_STATUS_NEEDS_ANSWER)
    /* TRANSLATORS: %s is a condition, such as "Not a guest" */
    return g_strdup_printf (_ ("Needs an answer: %s"), presync_checklist_item_get_title (first));
  found = presync_account_dup_found (first);
  if (n > 1)
    /* TRANSLATORS: a status such as "Not met", a condition, and how many more there are */
    return g_strdup_printf (ngettext ("%s: %s, and %u more", "%s: %s, and %u more", n - 1),
                            presync_status_title (worst), presync_checklist_item_get_title (first),
                            n - 1);
  /* The row of the condition has the whole of a long text. */
  if (g_utf8_strlen (found, -1) > MAX_ESSENCE)
    return g_strdup_printf (_ ("%s: %s"), presync_status_title (worst),
                            presync_checklist_item_get_title (first));
  return g_strdup_printf (_ ("%s: %s"), presync_checklist_item_get_title (first), found);
}

/* Who makes an account that is not brought by people as planned */
static const char *
presync_account_get_maker (const PresyncAccountRole *role)
{
  if (g_str_equal (role->field, "gmsa"))
    return _ ("The installer makes it");
  return g_str_equal (role->field, "service") ? _ ("The wizard chooses it")
                                              : _ ("The wizard makes it");
}

char *
presync_account_dup_subtitle (PresyncAssessment *assessment, const PresyncAccountRole *role,
                              GPtrArray *items, gboolean whole)
{
  g_autofree char *given = presync_account_dup_name (assessment, role);
  g_autofree char *essence = presync_account_dup_essence (assessment, role, items);
  g_autofree char *name
      = given == NULL || whole ? g_steal_pointer (&given) : presync_account_shorten (given);
  gboolean matters = presync_account_worst (items) != PRESYNC_STATUS_NOT_APPLICABLE;

  if (!presync_account_names_is_used (assessment, role->field))
    {
      name = g_strdup (presync_account_get_maker (role));
      if (!matters)
        g_clear_pointer (&essence, g_free);
    }
  else if (role->field != NULL && name == NULL && matters)
    name = g_strdup (_ ("Not named yet"));
  if (name == NULL || essence == NULL)
    return g_strdup (name != NULL ? name : essence != NULL ? essence : _ (role->meaning));
  return g_strdup_printf ("%s · %s", name, essence);
}

void
presync_account_count (PresyncAssessment *assessment, PresyncAccountCounts *counts)
{
  guint n = 0;
  const PresyncAccountRole *roles = presync_account_roles (&n);

  *counts = (PresyncAccountCounts){ 0 };
  for (guint i = 0; i < n; i++)
    {
      g_autoptr (GPtrArray) items = presync_account_list_items (assessment, &roles[i]);
      PresyncStatus worst = presync_account_worst (items);

      counts->n += worst != PRESYNC_STATUS_NOT_APPLICABLE ? 1 : 0;
      counts->not_met += worst == PRESYNC_STATUS_NOT_MET ? 1 : 0;
      counts->needs_answer += worst == PRESYNC_STATUS_NEEDS_ANSWER ? 1 : 0;
      counts->unknown += worst == PRESYNC_STATUS_UNKNOWN ? 1 : 0;
    }
}

char *
presync_account_counts_dup_text (const PresyncAccountCounts *counts, gboolean brief)
{
  g_autoptr (GPtrArray) parts = g_ptr_array_new_with_free_func (g_free);
  guint n = counts->n;

  /* Where there is little room, what is wrong takes the place of the total. */
  if (!brief || counts->not_met + counts->unknown + counts->needs_answer == 0)
    g_ptr_array_add (parts, g_strdup_printf (ngettext ("%u account", "%u accounts", n), n));
  n = counts->not_met;
  if (n > 0)
    g_ptr_array_add (parts, g_strdup_printf (ngettext ("%u not met", "%u not met", n), n));
  n = counts->unknown;
  if (n > 0)
    g_ptr_array_add (parts, g_strdup_printf (ngettext ("%u unknown", "%u unknown", n), n));
  n = counts->needs_answer;
  if (n > 0)
    g_ptr_array_add (parts,
                     g_strdup_printf (ngettext ("%u needs an answer", "%u need an answer", n), n));
  g_ptr_array_add (parts, NULL);
  return g_strjoinv (" · ", (char **) parts->pdata);
}
