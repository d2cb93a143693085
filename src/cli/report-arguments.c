/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/report-arguments.h"

#include <gio/gio.h>
#include <glib/gi18n.h>

#include "base/error.h"
#include "cli/command.h"

/* https://reproducible-builds.org/specs/source-date-epoch/ */
#define EPOCH_VARIABLE "SOURCE_DATE_EPOCH"
/* The end of the year 9999, the last that GDateTime has */
#define EPOCH_MAX G_GUINT64_CONSTANT (253402300799)

struct _PresyncReportArguments
{
  char *length;
  char *paper;
  char *sections;
  char *organisation;
  char *logo;
  char *prepared_by;
  char *classification;
  GOptionEntry *entries;
  PresyncReportOptions *options; /* after the check */
  GDateTime *date;               /* nullable */
};

PresyncReportArguments *
presync_report_arguments_new (void)
{
  return g_new0 (PresyncReportArguments, 1);
}

void
presync_report_arguments_free (PresyncReportArguments *self)
{
  if (self == NULL)
    return;
  g_free (self->length);
  g_free (self->paper);
  g_free (self->sections);
  g_free (self->organisation);
  g_free (self->logo);
  g_free (self->prepared_by);
  g_free (self->classification);
  g_free (self->entries);
  g_clear_pointer (&self->options, presync_report_options_free);
  g_clear_pointer (&self->date, g_date_time_unref);
  g_free (self);
}

const GOptionEntry *
presync_report_arguments_get_entries (PresyncReportArguments *self)
{
  const GOptionEntry entries[] = {
    { "length", 0, 0, G_OPTION_ARG_STRING, &self->length,
      N_ ("How long the PDF report is: summary or full"), N_ ("LENGTH") },
    { "paper", 0, 0, G_OPTION_ARG_STRING, &self->paper, N_ ("Its paper: a4 or letter"),
      N_ ("PAPER") },
    { "sections", 0, 0, G_OPTION_ARG_STRING, &self->sections,
      N_ ("Only these sections of a full report, separated by commas"), N_ ("LIST") },
    { "organisation", 0, 0, G_OPTION_ARG_STRING, &self->organisation,
      N_ ("Name on the cover, in place of the forest’s"), N_ ("NAME") },
    { "logo", 0, 0, G_OPTION_ARG_FILENAME, &self->logo, N_ ("Logo on the cover: a PNG or SVG file"),
      N_ ("FILE") },
    { "prepared-by", 0, 0, G_OPTION_ARG_STRING, &self->prepared_by, N_ ("Who prepared the report"),
      N_ ("NAME") },
    { "classification", 0, 0, G_OPTION_ARG_STRING, &self->classification,
      N_ ("Line in the head of each page, such as “Internal”"), N_ ("TEXT") },
    { NULL, 0, 0, 0, NULL, NULL, NULL },
  };

  g_return_val_if_fail (self != NULL, NULL);
  if (self->entries == NULL)
    self->entries = g_memdup2 (entries, sizeof entries);
  return self->entries;
}

static gboolean
presync_report_arguments_refuse (GError **error, char *sentence)
{
  g_set_error_literal (error, PRESYNC_ERROR, PRESYNC_ERROR_BAD_INPUT, sentence);
  g_free (sentence);
  return FALSE;
}

/* (transfer full): the ids of all sections, for people */
static char *
presync_report_arguments_dup_ids (void)
{
  gsize n = 0;
  const PresyncSectionInfo *sections = presync_report_sections (&n);
  GString *ids = g_string_new (NULL);

  for (gsize i = 0; i < n; i++)
    g_string_append_printf (ids, "%s%s", i > 0 ? ", " : "", sections[i].id);
  return g_string_free (ids, FALSE);
}

static gboolean
presync_report_arguments_parse_sections (PresyncReportArguments *self, GError **error)
{
  gsize n = 0;
  const PresyncSectionInfo *sections = presync_report_sections (&n);
  g_auto (GStrv) ids = g_strsplit (self->sections, ",", -1);

  self->options->sections = 0;
  for (guint i = 0; ids[i] != NULL; i++)
    {
      gsize j = 0;

      g_strstrip (ids[i]);
      while (j < n && !g_str_equal (sections[j].id, ids[i]))
        j++;
      if (ids[i][0] != '\0' && j == n)
        {
          g_autofree char *known = presync_report_arguments_dup_ids ();

          return presync_report_arguments_refuse (
              error, g_strdup_printf (_ ("“%s” is no section: there are %s."), ids[i], known));
        }
      if (j < n)
        self->options->sections |= sections[j].section;
    }
  if (self->options->sections == 0)
    return presync_report_arguments_refuse (error, g_strdup (_ ("--sections names at least one.")));
  return TRUE;
}

gboolean
presync_report_arguments_read_date (PresyncReportArguments *self, GError **error)
{
  const char *text = g_getenv (EPOCH_VARIABLE);
  guint64 seconds = 0;

  g_return_val_if_fail (self != NULL, FALSE);
  if (text == NULL || self->date != NULL)
    return TRUE;
  if (!g_ascii_string_to_unsigned (text, 10, 0, EPOCH_MAX, &seconds, NULL))
    return presync_report_arguments_refuse (
        error, g_strdup_printf (_ ("%s is “%s”; it must be a number of seconds since 1970."),
                                EPOCH_VARIABLE, text));
  self->date = g_date_time_new_from_unix_utc ((gint64) seconds);
  return TRUE;
}

static gboolean
presync_report_arguments_parse (PresyncReportArguments *self, GError **error)
{
  PresyncReportOptions *options = presync_report_options_new ();

  self->options = options;
  if (g_strcmp0 (self->length, "summary") == 0)
    options->length = PRESYNC_REPORT_SUMMARY;
  else if (self->length != NULL && !g_str_equal (self->length, "full"))
    return presync_report_arguments_refuse (
        error, g_strdup_printf (_ ("“%s” is no length: it is “summary” or “full”."), self->length));
  if (self->paper != NULL && g_ascii_strcasecmp (self->paper, "letter") == 0)
    options->paper = PRESYNC_PAPER_LETTER;
  else if (self->paper != NULL && g_ascii_strcasecmp (self->paper, "a4") != 0)
    return presync_report_arguments_refuse (
        error, g_strdup_printf (_ ("“%s” is no paper: it is “a4” or “letter”."), self->paper));
  if (self->sections != NULL && options->length == PRESYNC_REPORT_SUMMARY)
    return presync_report_arguments_refuse (
        error, g_strdup (_ ("--sections goes with a full report, not with --length summary.")));
  options->organisation = g_strdup (self->organisation);
  options->logo = g_strdup (self->logo);
  options->prepared_by = g_strdup (self->prepared_by);
  options->classification = g_strdup (self->classification);
  return (self->sections == NULL || presync_report_arguments_parse_sections (self, error))
         && presync_report_arguments_read_date (self, error);
}

gboolean
presync_report_arguments_check (PresyncReportArguments *self, gboolean wanted, GError **error)
{
  g_return_val_if_fail (self != NULL && self->options == NULL, FALSE);
  if (wanted)
    return presync_report_arguments_parse (self, error);
  if (self->length == NULL && self->paper == NULL && self->sections == NULL
      && self->organisation == NULL && self->logo == NULL && self->prepared_by == NULL
      && self->classification == NULL)
    return TRUE;
  return presync_report_arguments_refuse (
      error, g_strdup (_ ("--length, --paper, --sections, --organisation, --logo, --prepared-by "
                          "and --classification go with a PDF report.")));
}

GDateTime *
presync_report_arguments_dup_date (PresyncReportArguments *self)
{
  g_return_val_if_fail (self != NULL, NULL);
  return self->date != NULL ? g_date_time_ref (self->date) : NULL;
}

gboolean
presync_report_arguments_write (PresyncReportArguments *self, PresyncAssessment *assessment,
                                const char *path, GError **error)
{
  g_autoptr (GDateTime) at = NULL;
  g_autoptr (PresyncReport) report = NULL;

  g_return_val_if_fail (self != NULL && self->options != NULL && path != NULL, FALSE);
  /* What depends on the clock is judged as of the report's date: else the cover would count what
   * has expired by then. */
  if (self->date != NULL)
    presync_assessment_set_now (assessment, self->date);
  at = presync_assessment_dup_now (assessment);
  report = presync_report_new (assessment, self->options, at, NULL, error);
  if (report == NULL)
    return FALSE;
  if (presync_report_get_problem (report) != NULL)
    presync_command_say ("presync-cli: ", presync_report_get_problem (report));
  return presync_report_save_pdf (report, path, NULL, error);
}
