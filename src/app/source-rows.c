/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/source-rows.h"

#include <glib/gi18n.h>

#include "app/form.h"
#include "app/source-log.h"
#include "app/stage-row.h"

static void
presync_source_rows_clear (AdwExpanderRow *expander, GPtrArray *rows)
{
  for (guint i = 0; i < rows->len; i++)
    adw_expander_row_remove (expander, g_ptr_array_index (rows, i));
  g_ptr_array_set_size (rows, 0);
}

static void
presync_source_rows_add (AdwExpanderRow *expander, GPtrArray *rows, GtkWidget *row)
{
  adw_expander_row_add_row (expander, row);
  g_ptr_array_add (rows, row);
}

void
presync_source_rows_fill_stages (AdwExpanderRow *expander, GPtrArray *rows, GListModel *stages)
{
  presync_source_rows_clear (expander, rows);
  for (guint i = 0; i < g_list_model_get_n_items (stages); i++)
    {
      g_autoptr (PresyncStage) stage = g_list_model_get_item (stages, i);

      presync_source_rows_add (expander, rows, presync_stage_row_new (stage));
    }
}

static char *
presync_source_rows_dup_summary (const char *source, guint n)
{
  if (n == 0)
    return g_strdup (_ ("Nothing yet"));
  /* Facts files are no servers: nobody is asked. */
  if (g_str_equal (source, "server"))
    return g_strdup_printf (
        ngettext ("%u value of the facts file", "%u values of the facts file", n), n);
  /* A port that is tried is not asked anything. */
  if (g_str_equal (source, "network"))
    return g_strdup_printf (ngettext ("%u name or port, which was only tried",
                                      "%u names and ports, which were only tried", n),
                            n);
  return g_strdup_printf (
      ngettext ("%u query, which changes nothing", "%u queries, which change nothing", n), n);
}

gboolean
presync_source_rows_fill_queries (AdwExpanderRow *expander, GPtrArray *rows,
                                  PresyncAssessment *assessment, const char *source)
{
  g_autoptr (GPtrArray) origins = presync_source_log_list (assessment, source);
  g_autofree char *summary = NULL;
  gboolean expanded = FALSE;

  summary = presync_source_rows_dup_summary (source, origins->len);
  adw_expander_row_set_subtitle (expander, summary);
  expanded = adw_expander_row_get_expanded (expander);
  adw_expander_row_set_enable_expansion (expander, origins->len > 0);
  /* libadwaita opens what may be opened. */
  adw_expander_row_set_expanded (expander, expanded && origins->len > 0);
  if (!adw_expander_row_get_expanded (expander))
    return FALSE;
  if (rows->len > origins->len)
    presync_source_rows_clear (expander, rows);
  for (guint i = 0; i < rows->len; i++)
    presync_source_log_row_set (g_ptr_array_index (rows, i), g_ptr_array_index (origins, i));
  for (guint i = rows->len; i < origins->len; i++)
    presync_source_rows_add (expander, rows,
                             presync_source_log_row_new (g_ptr_array_index (origins, i)));
  return TRUE;
}

void
presync_source_rows_fill_unread (AdwExpanderRow *expander, GPtrArray *rows,
                                 PresyncAssessment *assessment, const char *source)
{
  g_autoptr (GPtrArray) facts = presync_source_log_list_unread (assessment, source);
  g_autofree char *title = g_strdup_printf (
      ngettext ("%u could not be read", "%u could not be read", facts->len), facts->len);

  gtk_widget_set_visible (GTK_WIDGET (expander), facts->len > 0);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (expander), title);
  presync_form_label_expander (expander);
  if (rows->len > facts->len)
    presync_source_rows_clear (expander, rows);
  for (guint i = 0; i < facts->len; i++)
    {
      if (i >= rows->len)
        presync_source_rows_add (expander, rows, presync_source_log_unread_row_new ());
      presync_source_log_unread_row_set (g_ptr_array_index (rows, i), g_ptr_array_index (facts, i));
    }
}
