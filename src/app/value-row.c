/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/value-row.h"

#include <glib/gi18n.h>

#include "app/accessible.h"
#include "facts/fact-key.h"

GtkWidget *
presync_value_row_new (const char *key)
{
  GtkWidget *row = adw_action_row_new ();

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), _ (presync_fact_key_find (key)->label));
  adw_action_row_set_title_lines (ADW_ACTION_ROW (row), 0);
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (row), 0);
  gtk_widget_add_css_class (row, "value");
  /* Below the titles of the conditions, beside their symbols */
  adw_action_row_add_prefix (ADW_ACTION_ROW (row), presync_accessible_new_ornament (NULL));
  return row;
}
