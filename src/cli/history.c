/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <json-glib/json-glib.h>
#include <glib/gi18n.h>

#include "cli/command.h"
#include "cli/run-text.h"
#include "cli/saved-file.h"
#include "report/json-output.h"

/* Of the JSON that is described in README, "Command line" */
#define SCHEMA 1

static char *
presync_history_dup_text (PresyncHistory *history)
{
  GListModel *runs = G_LIST_MODEL (history);
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < g_list_model_get_n_items (runs); i++)
    {
      g_autoptr (PresyncRun) run = g_list_model_get_item (runs, i);
      g_autofree char *title = presync_run_dup_title (run);

      g_string_append_printf (text, "%s\n", title);
      for (guint option = 0; option < PRESYNC_N_OPTIONS; option++)
        {
          g_autofree char *totals = presync_run_dup_totals (run, option);

          g_string_append_printf (text, "  %s: %s\n", presync_option_title (option), totals);
        }
    }
  if (text->len == 0)
    g_string_append_printf (text, "%s\n", _ ("There is no run yet: nothing was checked."));
  return g_string_free (text, FALSE);
}

static void
presync_history_add_totals (JsonBuilder *builder, const PresyncRunTotals *totals)
{
  json_builder_set_member_name (builder, "counts");
  json_builder_begin_object (builder);
  for (guint status = 0; status < PRESYNC_N_STATUSES; status++)
    {
      json_builder_set_member_name (builder, presync_status_id (status));
      json_builder_add_int_value (builder, totals->requirements[status]);
    }
  json_builder_set_member_name (builder, "waived");
  json_builder_add_int_value (builder, totals->waived);
  json_builder_end_object (builder);
  json_builder_set_member_name (builder, "blockers");
  json_builder_add_int_value (builder, totals->blockers);
  json_builder_set_member_name (builder, "open");
  json_builder_add_int_value (builder, totals->open);
  json_builder_set_member_name (builder, "answered");
  json_builder_add_int_value (builder, totals->answered);
}

static char *
presync_history_dup_json (PresyncHistory *history)
{
  GListModel *runs = G_LIST_MODEL (history);
  g_autoptr (JsonBuilder) builder = json_builder_new ();

  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "schema");
  json_builder_add_int_value (builder, SCHEMA);
  json_builder_set_member_name (builder, "runs");
  json_builder_begin_array (builder);
  for (guint i = 0; i < g_list_model_get_n_items (runs); i++)
    {
      g_autoptr (PresyncRun) run = g_list_model_get_item (runs, i);

      json_builder_begin_object (builder);
      presync_run_add_json (builder, run);
      json_builder_set_member_name (builder, "options");
      json_builder_begin_array (builder);
      for (guint option = 0; option < PRESYNC_N_OPTIONS; option++)
        {
          const PresyncRunTotals *totals = presync_run_get_totals (run, option);

          json_builder_begin_object (builder);
          json_builder_set_member_name (builder, "id");
          json_builder_add_string_value (builder, presync_option_id (option));
          json_builder_set_member_name (builder, "verdict");
          json_builder_add_string_value (builder, presync_verdict_id (totals->verdict));
          presync_history_add_totals (builder, totals);
          json_builder_end_object (builder);
        }
      json_builder_end_array (builder);
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
  return presync_json_end (builder);
}

/* RFC 4180 with a byte order mark, as the checklists; none of these cells can be a formula. */
static char *
presync_history_dup_csv (PresyncHistory *history)
{
  GListModel *runs = G_LIST_MODEL (history);
  GString *csv = g_string_new ("\357\273\277");

  g_string_append_printf (csv, "\"%s\",\"%s\",\"%s\",\"%s\",\"%s\"", _ ("Run"), _ ("Checked at"),
                          _ ("Edition"), _ ("Option"), _ ("Verdict"));
  for (guint status = PRESYNC_N_STATUSES; status > 0; status--)
    g_string_append_printf (csv, ",\"%s\"", presync_status_title (status - 1));
  g_string_append_printf (csv, ",\"%s\",\"%s\",\"%s\",\"%s\"\r\n", _ ("Blockers"), _ ("Open"),
                          _ ("Answered"), _ ("Waived"));
  for (guint i = 0; i < g_list_model_get_n_items (runs) * PRESYNC_N_OPTIONS; i++)
    {
      PresyncOption option = i % PRESYNC_N_OPTIONS;
      g_autoptr (PresyncRun) run = g_list_model_get_item (runs, i / PRESYNC_N_OPTIONS);
      const PresyncRunTotals *totals = presync_run_get_totals (run, option);
      g_autofree char *at = g_date_time_format (presync_run_get_at (run), "%Y-%m-%dT%H:%M:%SZ");
      char edition[16];

      g_date_strftime (edition, sizeof edition, "%Y-%m-%d", presync_run_get_edition (run));
      g_string_append_printf (csv, "\"%" G_GINT64_FORMAT "\",\"%s\",\"%s\",\"%s\",\"%s\"",
                              presync_run_get_id (run), at, edition, presync_option_id (option),
                              presync_verdict_id (totals->verdict));
      for (guint status = PRESYNC_N_STATUSES; status > 0; status--)
        g_string_append_printf (csv, ",\"%u\"", totals->requirements[status - 1]);
      g_string_append_printf (csv, ",\"%u\",\"%u\",\"%u\",\"%u\"\r\n", totals->blockers,
                              totals->open, totals->answered, totals->waived);
    }
  return g_string_free (csv, FALSE);
}

/* The verdict of the newest run: nothing is known before the first. */
static PresyncExit
presync_history_exit (PresyncHistory *history)
{
  PresyncRun *last = presync_history_get_last (history);
  PresyncVerdict verdicts[PRESYNC_N_OPTIONS];

  if (last == NULL)
    return PRESYNC_EXIT_NOT_YET_KNOWN;
  for (guint option = 0; option < PRESYNC_N_OPTIONS; option++)
    verdicts[option] = presync_run_get_totals (last, option)->verdict;
  return presync_exit_from_verdicts (verdicts, NULL);
}

PresyncExit
presync_command_history (int argc, char **argv)
{
  static const char *const formats[] = { "text", "json", "csv", NULL };
  g_autofree char *format = NULL;
  g_autofree char *text = NULL;
  const GOptionEntry entries[] = {
    { "format", 0, 0, G_OPTION_ARG_STRING, &format, N_ ("How to print: text, json or csv"),
      N_ ("FORMAT") },
    { NULL, 0, 0, 0, NULL, NULL, NULL },
  };
  g_auto (GStrv) named = NULL;
  g_autoptr (PresyncSavedFile) file = NULL;
  g_autoptr (GError) error = NULL;
  PresyncHistory *history;

  if (!presync_command_parse_named ("history", "FILE.presync",
                                    _ ("Lists the runs of a saved assessment, the oldest first."),
                                    entries, NULL, 1, 1, argc, argv, &named, &error)
      || !presync_command_check_format (format, formats, &error))
    return presync_command_fail (PRESYNC_EXIT_USAGE, error);
  file = presync_saved_file_open (named[0], &error);
  if (file == NULL)
    return presync_command_fail (presync_exit_from_error (error), error);
  history = presync_assessment_get_history (file->assessment);
  text = format == NULL || g_str_equal (format, "text") ? presync_history_dup_text (history)
         : g_str_equal (format, "json")                 ? presync_history_dup_json (history)
                                                        : presync_history_dup_csv (history);
  if (!presync_command_print (text, NULL, &error))
    return presync_command_fail (presync_exit_from_error (error), error);
  return presync_history_exit (history);
}
