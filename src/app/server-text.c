/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/server-text.h"

#include <glib/gi18n.h>

#include "app/account-text.h"
#include "app/relative-time.h"
#include "app/source-text.h"

char *
presync_server_text_dup_age (GDateTime *collected, GDateTime *now)
{
  guint days = 0;

  g_return_val_if_fail (collected != NULL && now != NULL, NULL);

  if (g_date_time_compare (now, collected) > 0)
    days = (guint) (g_date_time_difference (now, collected) / G_TIME_SPAN_DAY);
  if (days == 0)
    return g_strdup (_ ("Written less than a day ago"));
  return g_strdup_printf (ngettext ("Written %u day ago", "Written %u days ago", days), days);
}

char *
presync_server_text_dup_file (PresyncFactsReport *report)
{
  g_return_val_if_fail (PRESYNC_IS_FACTS_REPORT (report), NULL);

  return g_path_get_basename (presync_facts_report_get_path (report));
}

static PresyncFact *
presync_server_text_get_fact (PresyncAssessment *assessment, const char *key)
{
  GPtrArray *facts = presync_fact_set_lookup (presync_assessment_get_facts (assessment), key);

  return facts != NULL && facts->len > 0 ? g_ptr_array_index (facts, 0) : NULL;
}

/* (transfer full): lists one entry a line */
static char *
presync_server_text_dup_fact (PresyncFact *fact)
{
  if (presync_fact_get_unknown (fact) == PRESYNC_UNKNOWN_NONE
      && presync_fact_get_value_type (fact) == PRESYNC_FACT_LIST)
    {
      const char *const *list = presync_fact_get_list (fact);

      return *list != NULL ? g_strjoinv ("\n", (char **) list) : g_strdup (_ ("none"));
    }
  return presync_fact_describe (fact);
}

/* (transfer full) (nullable): what another source than @fact's tells of the same */
static char *
presync_server_text_dup_other (PresyncAssessment *assessment, PresyncFact *fact, const char *value)
{
  GPtrArray *layers = presync_fact_set_list_layers (presync_assessment_get_facts (assessment),
                                                    presync_fact_get_key (fact));
  const char *source = presync_origin_get_source (presync_fact_get_origin (fact));

  for (guint i = 0; layers != NULL && i < layers->len; i++)
    {
      GPtrArray *layer = g_ptr_array_index (layers, i);
      PresyncFact *other = layer->len > 0 ? g_ptr_array_index (layer, 0) : NULL;
      g_autofree char *text = NULL;
      g_autofree char *left = NULL;
      g_autofree char *right = NULL;

      if (other == NULL || presync_fact_get_unknown (other) != PRESYNC_UNKNOWN_NONE
          || g_str_equal (presync_origin_get_source (presync_fact_get_origin (other)), source))
        continue;
      text = presync_server_text_dup_fact (other);
      left = g_utf8_casefold (text, -1);
      right = g_utf8_casefold (value, -1);
      if (!g_str_equal (left, right))
        /* TRANSLATORS: a source, such as "Directory", and what it tells */
        return g_strdup_printf (
            _ ("%s tells: %s"),
            presync_source_title (presync_origin_get_source (presync_fact_get_origin (other))),
            text);
    }
  return NULL;
}

char *
presync_server_text_dup_value (PresyncAssessment *assessment, const char *key)
{
  PresyncFact *fact = presync_server_text_get_fact (assessment, key);
  g_autofree char *value = NULL;
  g_autofree char *other = NULL;

  if (fact == NULL)
    return NULL;
  value = presync_server_text_dup_fact (fact);
  if (presync_fact_get_unknown (fact) == PRESYNC_UNKNOWN_NONE)
    other = presync_server_text_dup_other (assessment, fact, value);
  return other != NULL ? g_strdup_printf ("%s\n%s", value, other) : g_steal_pointer (&value);
}

char *
presync_server_text_dup_origin (PresyncAssessment *assessment, const char *key)
{
  PresyncFact *fact = presync_server_text_get_fact (assessment, key);
  PresyncOrigin *origin = fact != NULL ? presync_fact_get_origin (fact) : NULL;
  g_autofree char *target = NULL;
  g_autofree char *at = NULL;

  if (origin == NULL)
    return NULL;
  at = presync_absolute_time_text (presync_origin_get_at (origin));
  target = presync_source_text_dup_place (presync_origin_get_target (origin));
  return g_strdup_printf ("%s · %s · %s", target, presync_origin_get_query (origin), at);
}

/* (transfer full) (nullable): the leading facts, if any was collected */
static char *
presync_server_text_dup_lead (PresyncAssessment *assessment, const PresyncServerTopic *topic)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < topic->n_lead; i++)
    {
      PresyncFact *fact = presync_server_text_get_fact (assessment, topic->keys[i]);
      const PresyncFactKey *key = presync_fact_key_find (topic->keys[i]);
      g_autofree char *value = fact != NULL ? presync_fact_describe (fact) : NULL;

      if (value == NULL || *value == '\0')
        continue;
      if (text->len > 0)
        g_string_append (text, " · ");
      /* "yes" alone says little where the topic has another name than the fact. */
      if (presync_fact_get_unknown (fact) == PRESYNC_UNKNOWN_NONE
          && key->type == PRESYNC_FACT_BOOLEAN && !g_str_equal (key->label, topic->title))
        g_string_append_printf (text, "%s: ", _ (key->label));
      if (presync_fact_get_unknown (fact) == PRESYNC_UNKNOWN_NONE
          && key->format == PRESYNC_FORMAT_NUMBER)
        /* TRANSLATORS: of an operating system: "build 20348" */
        g_string_append_printf (text, _ ("build %s"), value);
      else
        g_string_append (text, value);
      if (presync_fact_get_unknown (fact) != PRESYNC_UNKNOWN_NONE)
        break;
    }
  return text->len > 0 ? g_string_free (g_steal_pointer (&text), FALSE) : NULL;
}

char *
presync_server_text_dup_topic (PresyncAssessment *assessment, const PresyncServerTopic *topic,
                               GPtrArray *items)
{
  PresyncStatus worst = presync_account_worst (items);
  PresyncChecklistItem *first = NULL;
  g_autofree char *lead = presync_server_text_dup_lead (assessment, topic);
  g_autofree char *found = NULL;

  for (guint i = 0; first == NULL && i < items->len; i++)
    if (presync_checklist_item_get_status (g_ptr_array_index (items, i)) == worst)
      first = g_ptr_array_index (items, i);
  /* What is well is told by its value; what is not, by what was found and why that is not enough.
   */
  if (first == NULL || (lead != NULL && worst <= PRESYNC_STATUS_MET))
    return lead != NULL ? g_steal_pointer (&lead) : g_strdup (_ ("Not read yet"));
  found = presync_account_dup_found (first);
  if (*presync_checklist_item_get_found (first) != '\0'
      && (worst == PRESYNC_STATUS_NOT_MET || worst == PRESYNC_STATUS_ADVICE)
      && presync_checklist_item_get_reason (first) == NULL
      && presync_checklist_item_get_answer (first) == NULL)
    /* TRANSLATORS: what was found, and what a condition asks for */
    return g_strdup_printf (_ ("%s · needed: %s"), found,
                            presync_checklist_item_get_needed (first));
  return g_steal_pointer (&found);
}
