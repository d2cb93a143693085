/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/source-log.h"

#include <glib/gi18n.h>

#include "app/relative-time.h"
#include "app/source-text.h"

/* What is not there to be read was looked for with success. */
static gboolean
presync_source_log_is_unread (PresyncFact *fact)
{
  PresyncUnknown reason = presync_fact_get_unknown (fact);

  return reason != PRESYNC_UNKNOWN_NONE && reason != PRESYNC_UNKNOWN_NOT_OFFERED;
}

GPtrArray *
presync_source_log_list (PresyncAssessment *assessment, const char *source)
{
  g_autoptr (GPtrArray) facts = NULL;
  g_autoptr (GPtrArray) origins = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);

  g_return_val_if_fail (PRESYNC_IS_ASSESSMENT (assessment), NULL);

  facts = presync_fact_set_list (presync_assessment_get_facts (assessment));
  for (guint i = 0; i < facts->len; i++)
    {
      PresyncFact *fact = g_ptr_array_index (facts, i);
      PresyncOrigin *origin = presync_fact_get_origin (fact);
      const char *query = presync_origin_get_query (origin);
      gpointer found = NULL;

      if (!g_str_equal (presync_origin_get_source (origin), source) || *query == '\0')
        continue;
      /* A source that fails tells of everything that it did not get to ask. */
      if (presync_fact_get_unknown (fact) != PRESYNC_UNKNOWN_NONE
          && !presync_origin_get_complete (origin))
        continue;
      if (!g_hash_table_lookup_extended (seen, query, NULL, &found))
        {
          g_hash_table_insert (seen, (gpointer) query, GUINT_TO_POINTER (origins->len));
          g_ptr_array_add (origins, g_object_ref (origin));
          continue;
        }
      /* One fact of a query may have been read again after the others. The key of the table stays
       * valid: the fact set keeps the older origin too. */
      if (g_date_time_compare (
              presync_origin_get_at (origin),
              presync_origin_get_at (g_ptr_array_index (origins, GPOINTER_TO_UINT (found))))
          > 0)
        g_set_object ((PresyncOrigin **) &g_ptr_array_index (origins, GPOINTER_TO_UINT (found)),
                      origin);
    }
  return g_steal_pointer (&origins);
}

void
presync_source_log_row_set (GtkWidget *row, PresyncOrigin *origin)
{
  g_autofree char *target = NULL;
  g_autofree char *at = NULL;
  g_autofree char *text = NULL;

  g_return_if_fail (ADW_IS_ACTION_ROW (row));
  g_return_if_fail (PRESYNC_IS_ORIGIN (origin));

  at = presync_absolute_time_text (presync_origin_get_at (origin));
  target = presync_source_text_dup_place (presync_origin_get_target (origin));
  if (presync_origin_get_complete (origin))
    text = g_strdup_printf ("%s · %s", target, at);
  else
    /* TRANSLATORS: server, time, and that the read stopped early */
    text = g_strdup_printf (_ ("%s · %s · not read to the end"), target, at);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), presync_origin_get_query (origin));
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), text);
}

GtkWidget *
presync_source_log_row_new (PresyncOrigin *origin)
{
  GtkWidget *row = adw_action_row_new ();

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_action_row_set_title_lines (ADW_ACTION_ROW (row), 0);
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (row), 0);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), FALSE);
  gtk_widget_add_css_class (row, "query");
  presync_source_log_row_set (row, origin);
  return row;
}

char *
presync_source_log_dup_summary (PresyncAssessment *assessment, const char *source)
{
  g_autoptr (GPtrArray) facts = NULL;
  g_autofree char *known = NULL;
  g_autofree char *failed = NULL;
  guint n = 0;
  guint n_unknown = 0;

  g_return_val_if_fail (PRESYNC_IS_ASSESSMENT (assessment), NULL);

  facts = presync_fact_set_list (presync_assessment_get_facts (assessment));
  for (guint i = 0; i < facts->len; i++)
    {
      PresyncFact *fact = g_ptr_array_index (facts, i);

      if (!g_str_equal (presync_origin_get_source (presync_fact_get_origin (fact)), source))
        continue;
      n++;
      if (presync_source_log_is_unread (fact))
        n_unknown++;
    }
  if (n == 0)
    return g_strdup ("");
  known
      = g_strdup_printf (ngettext ("%u fact read", "%u facts read", n - n_unknown), n - n_unknown);
  if (n_unknown == 0)
    return g_steal_pointer (&known);
  failed = g_strdup_printf (ngettext ("%u could not be read", "%u could not be read", n_unknown),
                            n_unknown);
  return g_strdup_printf ("%s · %s", known, failed);
}

GPtrArray *
presync_source_log_list_unread (PresyncAssessment *assessment, const char *source)
{
  g_autoptr (GPtrArray) facts = NULL;
  g_autoptr (GPtrArray) unread = g_ptr_array_new_with_free_func (g_object_unref);

  g_return_val_if_fail (PRESYNC_IS_ASSESSMENT (assessment), NULL);

  facts = presync_fact_set_list (presync_assessment_get_facts (assessment));
  for (guint i = 0; i < facts->len; i++)
    {
      PresyncFact *fact = g_ptr_array_index (facts, i);

      if (g_str_equal (presync_origin_get_source (presync_fact_get_origin (fact)), source)
          && presync_source_log_is_unread (fact))
        g_ptr_array_add (unread, g_object_ref (fact));
    }
  return g_steal_pointer (&unread);
}

GtkWidget *
presync_source_log_unread_row_new (void)
{
  GtkWidget *row = adw_action_row_new ();

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_action_row_set_title_lines (ADW_ACTION_ROW (row), 0);
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (row), 0);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), FALSE);
  return row;
}

void
presync_source_log_unread_row_set (GtkWidget *row, PresyncFact *fact)
{
  const PresyncFactKey *key = NULL;
  const char *label = NULL;
  const char *subject = NULL;
  g_autofree char *title = NULL;
  g_autofree char *reason = NULL;

  g_return_if_fail (ADW_IS_ACTION_ROW (row));
  g_return_if_fail (PRESYNC_IS_FACT (fact));

  key = presync_fact_key_find (presync_fact_get_key (fact));
  label = key != NULL ? _ (key->label) : presync_fact_get_key (fact);
  subject = presync_fact_get_subject (fact);
  title = *subject != '\0' ? g_strjoin (" · ", label, subject, NULL) : g_strdup (label);
  reason = presync_fact_describe (fact);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), reason);
}

GDateTime *
presync_source_log_dup_read_at (PresyncAssessment *assessment, const char *source)
{
  g_autoptr (GPtrArray) origins = presync_source_log_list (assessment, source);
  GDateTime *newest = NULL;

  for (guint i = 0; i < origins->len; i++)
    {
      GDateTime *at = presync_origin_get_at (g_ptr_array_index (origins, i));

      if (newest == NULL || g_date_time_compare (at, newest) > 0)
        newest = at;
    }
  return newest != NULL ? g_date_time_ref (newest) : NULL;
}
