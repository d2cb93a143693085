/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/run-text.h"

#include <glib/gi18n.h>

char *
presync_run_dup_title (PresyncRun *run)
{
  g_autofree char *at = g_date_time_format (presync_run_get_at (run), _ ("%Y-%m-%d %H:%M UTC"));
  g_autofree char *number = g_strdup_printf ("%" G_GINT64_FORMAT, presync_run_get_id (run));
  char edition[16];

  g_date_strftime (edition, sizeof edition, "%Y-%m-%d", presync_run_get_edition (run));
  /* Translators: a number, a moment, a date of the catalogue */
  return g_strdup_printf (_ ("Run %s · %s · edition of %s"), number, at, edition);
}

char *
presync_run_dup_totals (PresyncRun *run, PresyncOption option)
{
  const PresyncRunTotals *totals = presync_run_get_totals (run, option);
  PresyncSummary summary = { .verdict = totals->verdict,
                             .blockers = totals->blockers,
                             .open = totals->open,
                             .answered = totals->answered,
                             .waived = totals->waived };
  g_autofree char *words = presync_summary_dup_text (&summary);
  guint met = totals->requirements[PRESYNC_STATUS_MET];
  guint applicable = 0;

  for (guint status = 0; status < PRESYNC_N_STATUSES; status++)
    if (status != PRESYNC_STATUS_NOT_APPLICABLE)
      applicable += totals->requirements[status];
  /* Translators: "Not ready · 2 blockers", then requirements of an option */
  return g_strdup_printf (ngettext ("%s · %u of %u met", "%s · %u of %u met", applicable), words,
                          met, applicable);
}

void
presync_run_add_json (JsonBuilder *builder, PresyncRun *run)
{
  g_autofree char *at = g_date_time_format (presync_run_get_at (run), "%Y-%m-%dT%H:%M:%SZ");
  char edition[16];

  g_date_strftime (edition, sizeof edition, "%Y-%m-%d", presync_run_get_edition (run));
  json_builder_set_member_name (builder, "run");
  json_builder_add_int_value (builder, presync_run_get_id (run));
  json_builder_set_member_name (builder, "at");
  json_builder_add_string_value (builder, at);
  json_builder_set_member_name (builder, "edition");
  json_builder_add_string_value (builder, edition);
}
