/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <json-glib/json-glib.h>
#include <glib/gi18n.h>

#include "assessment/comparison.h"
#include "base/error.h"
#include "cli/command.h"
#include "cli/run-text.h"
#include "cli/saved-file.h"
#include "report/json-output.h"
#include "report/terminal.h"

#define SCHEMA 1
#define LAST "last"

/* What was named: A [RUN] B [RUN], A RUN RUN, or A alone. Plain data; texts belong to the command
 * line.
 * @files: the second is NULL if both runs are of the first
 * @runs: NULL: the last; with one file and no run: the last two */
typedef struct
{
  const char *files[2];
  const char *runs[2];
} PresyncCompareArguments;

static gboolean
presync_compare_is_run (const char *text)
{
  return text != NULL
         && (g_str_equal (text, LAST)
             || g_ascii_string_to_unsigned (text, 10, 1, G_MAXINT64, NULL, NULL));
}

/* %FALSE: it is none of the three forms */
static gboolean
presync_compare_sort (PresyncCompareArguments *self, char **named)
{
  guint i = 1;

  self->files[0] = named[0];
  if (named[1] == NULL)
    return TRUE;
  if (presync_compare_is_run (named[i]))
    self->runs[0] = named[i++];
  if (presync_compare_is_run (named[i]))
    {
      self->runs[1] = named[i++];
      return named[i] == NULL;
    }
  if (named[i] == NULL)
    return FALSE;
  self->files[1] = named[i++];
  if (presync_compare_is_run (named[i]))
    self->runs[1] = named[i++];
  return named[i] == NULL;
}

/* (transfer none) (nullable): the run of @file that is called @name; @before: the one before the
 * last, where nobody said which */
static PresyncRun *
presync_compare_find (PresyncSavedFile *file, const char *name, gboolean before, GError **error)
{
  PresyncHistory *history = presync_assessment_get_history (file->assessment);
  g_autofree char *path = g_filename_display_name (file->path);
  guint64 id = 0;
  PresyncRun *run = NULL;

  if (name == NULL || g_str_equal (name, LAST))
    run = name == NULL && before ? presync_history_get_previous (history)
                                 : presync_history_get_last (history);
  else if (g_ascii_string_to_unsigned (name, 10, 1, G_MAXINT64, &id, NULL))
    for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (history)) && run == NULL; i++)
      {
        g_autoptr (PresyncRun) one = g_list_model_get_item (G_LIST_MODEL (history), i);

        run = presync_run_get_id (one) == (gint64) id ? one : NULL;
      }
  if (run != NULL)
    return presync_history_load_rows (history, run, error) ? run : NULL;
  if (id > 0)
    g_set_error (error, PRESYNC_ERROR, PRESYNC_ERROR_NOT_FOUND,
                 /* Translators: a file and the number of a run */
                 _ ("“%s” has no run %s; presync-cli history lists its runs."), path, name);
  else if (before && presync_history_get_last (history) != NULL)
    g_set_error (error, PRESYNC_ERROR, PRESYNC_ERROR_NOT_FOUND,
                 _ ("“%s” has only one run: there is nothing to compare it with."), path);
  else
    g_set_error (error, PRESYNC_ERROR, PRESYNC_ERROR_NOT_FOUND,
                 _ ("“%s” has no run yet: nothing was checked."), path);
  return NULL;
}

/* (transfer full) (nullable): the two runs that were named, compared */
static PresyncComparison *
presync_compare_runs (const PresyncCompareArguments *self, GPtrArray *files, GError **error)
{
  gboolean one = self->files[1] == NULL;
  PresyncRun *runs[2];

  for (guint i = 0; i < 2 && self->files[i] != NULL; i++)
    {
      PresyncSavedFile *file = presync_saved_file_open (self->files[i], error);

      if (file == NULL)
        return NULL;
      g_ptr_array_add (files, file);
    }
  for (guint i = 0; i < 2; i++)
    {
      runs[i] = presync_compare_find (g_ptr_array_index (files, one ? 0 : i), self->runs[i],
                                      one && i == 0, error);
      if (runs[i] == NULL)
        return NULL;
    }
  return presync_comparison_new (
      presync_assessment_get_catalogue (
          ((PresyncSavedFile *) g_ptr_array_index (files, 0))->assessment),
      runs[0], runs[1]);
}

/* (transfer full): the status, and who made it one. @row: (nullable) */
static char *
presync_compare_dup_status (const PresyncRunRow *row)
{
  GString *text;

  if (row == NULL)
    return g_strdup (_ ("not asked"));
  text = g_string_new (presync_status_title (row->status));
  if (row->answered)
    g_string_append_printf (text, " (%s)", _ ("answered by hand"));
  if (row->waived)
    g_string_append_printf (text, " (%s)", _ ("waived"));
  return g_string_free (text, FALSE);
}

/* Nothing is left out in silence. */
static void
presync_compare_add_foreign (GString *text, PresyncComparison *comparison, guint width)
{
  guint n = presync_comparison_get_n_foreign (comparison);
  g_autofree char *sentence = NULL;

  if (n == 0)
    return;
  sentence = g_strdup_printf (
      ngettext ("%u condition is left out: this version of Presync does not know it.",
                "%u conditions are left out: this version of Presync does not know them.", n),
      n);
  presync_terminal_append (text, 0, "", 0, sentence, width);
  g_string_append_c (text, '\n');
}

static void
presync_compare_add_change (GString *text, PresyncComparison *comparison, PresyncChange change,
                            guint width)
{
  GPtrArray *rows = presync_comparison_get_rows (comparison);

  presync_terminal_append_heading (text, presync_change_title (change), width);
  for (guint i = 0; i < rows->len; i++)
    {
      const PresyncComparisonRow *row = g_ptr_array_index (rows, i);
      g_autofree char *title = NULL;
      g_autofree char *then = NULL;
      g_autofree char *now = NULL;
      g_autofree char *became = NULL;

      if (row->change != change)
        continue;
      title = g_strdup_printf ("%s · %s – %s", presync_option_title (row->option),
                               presync_requirement_get_title (row->requirement),
                               presync_condition_get_title (row->condition));
      then = presync_compare_dup_status (row->before);
      now = presync_compare_dup_status (row->after);
      became = g_strdup_printf ("%s → %s", then, now);
      presync_terminal_append (text, 2, "", 2, title, width);
      presync_terminal_append (text, 4, "", 4, became, width);
      if (row->before != NULL && row->after != NULL
          && !g_str_equal (row->before->found, row->after->found))
        {
          presync_terminal_append (text, 4, _ ("Before: "), 6, row->before->found, width);
          presync_terminal_append (text, 4, _ ("Now: "), 6, row->after->found, width);
        }
    }
  g_string_append_c (text, '\n');
}

static char *
presync_compare_dup_text (PresyncComparison *comparison)
{
  guint width = presync_command_get_width ();
  GString *text = g_string_new (NULL);
  PresyncRun *runs[]
      = { presync_comparison_get_before (comparison), presync_comparison_get_after (comparison) };

  for (gsize i = 0; i < G_N_ELEMENTS (runs); i++)
    {
      g_autofree char *title = presync_run_dup_title (runs[i]);

      presync_terminal_append (text, 0, "", 0, title, width);
      for (guint option = 0; option < PRESYNC_N_OPTIONS; option++)
        {
          g_autofree char *totals = presync_run_dup_totals (runs[i], option);
          g_autofree char *line = g_strdup_printf ("%s: %s", presync_option_title (option), totals);

          presync_terminal_append (text, 2, "", 2, line, width);
        }
    }
  g_string_append_c (text, '\n');
  for (guint change = 0; change < PRESYNC_N_CHANGES; change++)
    g_string_append_printf (text, "%s: %u\n", presync_change_title (change),
                            presync_comparison_count (comparison, change));
  g_string_append_c (text, '\n');
  presync_compare_add_foreign (text, comparison, width);
  for (guint change = 0; change < PRESYNC_CHANGE_UNCHANGED; change++)
    if (presync_comparison_count (comparison, change) > 0)
      presync_compare_add_change (text, comparison, change, width);
  return g_string_free (text, FALSE);
}

/* @row: (nullable) */
static void
presync_compare_add_row (JsonBuilder *builder, const char *name, const PresyncRunRow *row)
{
  json_builder_set_member_name (builder, name);
  if (row == NULL)
    {
      json_builder_add_null_value (builder);
      return;
    }
  json_builder_begin_object (builder);
  presync_json_add_text (builder, "status", presync_status_id (row->status));
  presync_json_add_text (builder, "found", row->found[0] != '\0' ? row->found : NULL);
  json_builder_set_member_name (builder, "answered");
  json_builder_add_boolean_value (builder, row->answered);
  json_builder_set_member_name (builder, "waived");
  json_builder_add_boolean_value (builder, row->waived);
  json_builder_end_object (builder);
}

static void
presync_compare_add_option (JsonBuilder *builder, PresyncComparison *comparison,
                            PresyncOption option)
{
  GPtrArray *rows = presync_comparison_get_rows (comparison);

  json_builder_begin_object (builder);
  presync_json_add_text (builder, "id", presync_option_id (option));
  json_builder_set_member_name (builder, "counts");
  json_builder_begin_object (builder);
  for (guint change = 0; change < PRESYNC_N_CHANGES; change++)
    {
      json_builder_set_member_name (builder, presync_change_id (change));
      json_builder_add_int_value (builder,
                                  presync_comparison_count_option (comparison, option, change));
    }
  json_builder_end_object (builder);
  json_builder_set_member_name (builder, "conditions");
  json_builder_begin_array (builder);
  for (guint i = 0; i < rows->len; i++)
    {
      const PresyncComparisonRow *row = g_ptr_array_index (rows, i);

      if (row->option != option)
        continue;
      json_builder_begin_object (builder);
      presync_json_add_text (builder, "id", presync_condition_get_id (row->condition));
      presync_json_add_text (builder, "change", presync_change_id (row->change));
      presync_compare_add_row (builder, "before", row->before);
      presync_compare_add_row (builder, "after", row->after);
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
  json_builder_end_object (builder);
}

static char *
presync_compare_dup_json (PresyncComparison *comparison)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();

  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "schema");
  json_builder_add_int_value (builder, SCHEMA);
  json_builder_set_member_name (builder, "before");
  json_builder_begin_object (builder);
  presync_run_add_json (builder, presync_comparison_get_before (comparison));
  json_builder_end_object (builder);
  json_builder_set_member_name (builder, "after");
  json_builder_begin_object (builder);
  presync_run_add_json (builder, presync_comparison_get_after (comparison));
  json_builder_end_object (builder);
  json_builder_set_member_name (builder, "options");
  json_builder_begin_array (builder);
  for (guint option = 0; option < PRESYNC_N_OPTIONS; option++)
    presync_compare_add_option (builder, comparison, option);
  json_builder_end_array (builder);
  /* conditions of another version of the program, which this one cannot compare */
  json_builder_set_member_name (builder, "foreign");
  json_builder_add_int_value (builder, presync_comparison_get_n_foreign (comparison));
  return presync_json_end (builder);
}

/* Is anything worse than it was? What is only not known any more is no new problem. */
static PresyncExit
presync_compare_exit (PresyncComparison *comparison)
{
  if (presync_comparison_count (comparison, PRESYNC_CHANGE_NEW) > 0)
    return PRESYNC_EXIT_NOT_READY;
  if (presync_comparison_count (comparison, PRESYNC_CHANGE_LOST) > 0)
    return PRESYNC_EXIT_NOT_YET_KNOWN;
  return PRESYNC_EXIT_READY;
}

PresyncExit
presync_command_compare (int argc, char **argv)
{
  static const char *const formats[] = { "text", "json", NULL };
  g_autofree char *format = NULL;
  g_autofree char *text = NULL;
  const GOptionEntry entries[] = {
    { "format", 0, 0, G_OPTION_ARG_STRING, &format, N_ ("How to print: text or json"),
      N_ ("FORMAT") },
    { NULL, 0, 0, 0, NULL, NULL, NULL },
  };
  g_auto (GStrv) named = NULL;
  g_autoptr (GPtrArray) files
      = g_ptr_array_new_with_free_func ((GDestroyNotify) presync_saved_file_free);
  g_autoptr (PresyncComparison) comparison = NULL;
  g_autoptr (GError) error = NULL;
  PresyncCompareArguments arguments = { 0 };

  if (!presync_command_parse_named (
          "compare", "A.presync [RUN] [B.presync] [RUN]",
          _ ("Compares two runs, of two saved assessments or of one. RUN is a number as "
             "presync-cli history lists it, or “last”. Without it, the last run of each counts, "
             "and of one assessment the last two."),
          entries, NULL, 1, 4, argc, argv, &named, &error)
      || !presync_command_check_format (format, formats, &error))
    return presync_command_fail (PRESYNC_EXIT_USAGE, error);
  if (!presync_compare_sort (&arguments, named))
    {
      g_set_error_literal (&error, PRESYNC_ERROR, PRESYNC_ERROR_BAD_INPUT,
                           _ ("Name A.presync [RUN] B.presync [RUN], A.presync RUN RUN, or "
                              "A.presync alone."));
      return presync_command_fail (PRESYNC_EXIT_USAGE, error);
    }
  comparison = presync_compare_runs (&arguments, files, &error);
  if (comparison == NULL)
    return presync_command_fail (presync_exit_from_error (error), error);
  text = g_strcmp0 (format, "json") == 0 ? presync_compare_dup_json (comparison)
                                         : presync_compare_dup_text (comparison);
  if (!presync_command_print (text, NULL, &error))
    return presync_command_fail (presync_exit_from_error (error), error);
  return presync_compare_exit (comparison);
}
