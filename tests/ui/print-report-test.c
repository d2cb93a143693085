/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What reaches a printer is what the PDF has, page by page; needs a display, but no printer. */
#include <adwaita.h>

#include "../unit/report-kit.h"
#include "app/print-report.h"

#define MARK "Strictly for Contoso"

typedef struct
{
  gboolean done;
  GtkPrintOperationResult result;
} Printing;

static void
print_test_done_cb (GtkPrintOperation *operation, GtkPrintOperationResult result,
                    Printing *printing)
{
  printing->done = TRUE;
  printing->result = result;
}

/* (transfer full): what a PDF tool says of the file; %NULL if there is no such tool */
static char *
print_test_ask (const char *tool, const char *option, const char *path, const char *output)
{
  g_autoptr (GSubprocess) process = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *program = g_find_program_in_path (tool);
  char *text = NULL;

  if (program == NULL)
    return NULL;
  process = g_subprocess_new (G_SUBPROCESS_FLAGS_STDOUT_PIPE, &error, program, option, path, output,
                              NULL);
  g_assert_no_error (error);
  g_subprocess_communicate_utf8 (process, NULL, NULL, &text, NULL, &error);
  g_assert_no_error (error);
  return text;
}

/* (transfer full) (nullable): the words of each page */
static GStrv
print_test_read (const char *path)
{
  g_autofree char *text = print_test_ask ("pdftotext", "-raw", path, "-");
  GStrv pages = NULL;

  if (text == NULL)
    {
      g_test_skip ("there is no pdftotext");
      return NULL;
    }
  pages = g_strsplit (text, "\f", -1);
  /* Each page ends with a form feed. */
  g_free (pages[g_strv_length (pages) - 1]);
  pages[g_strv_length (pages) - 1] = NULL;
  return pages;
}

/* Draws another page in place of @page, as a printer that begins with the last one wants them. */
static void
print_test_turn_cb (GtkPrintOperation *operation, GtkPrintContext *context, int page)
{
  int n = 0;

  g_object_get (operation, "n-pages", &n, NULL);
  g_signal_stop_emission_by_name (operation, "draw-page");
  GTK_PRINT_OPERATION_GET_CLASS (operation)->draw_page (operation, context, n - 1 - page);
}

/* Prints into the file, on @paper */
static void
print_test_print (ReportTest *self, const PresyncReportOptions *options, const char *paper,
                  gboolean backwards)
{
  g_autoptr (PresyncPrintReport) report
      = presync_print_report_new (self->assessment, options, self->at);
  GtkPrintOperation *operation = GTK_PRINT_OPERATION (report);
  g_autoptr (GtkPageSetup) setup = gtk_page_setup_new ();
  g_autoptr (GError) error = NULL;
  GtkPaperSize *size = gtk_paper_size_new (paper);
  Printing printing = { FALSE, GTK_PRINT_OPERATION_RESULT_ERROR };

  gtk_page_setup_set_paper_size (setup, size);
  gtk_paper_size_free (size);
  gtk_print_operation_set_print_settings (operation, NULL);
  gtk_print_operation_set_default_page_setup (operation, setup);
  gtk_print_operation_set_export_filename (operation, self->path);
  g_signal_connect (operation, "done", G_CALLBACK (print_test_done_cb), &printing);
  if (backwards)
    g_signal_connect (operation, "draw-page", G_CALLBACK (print_test_turn_cb), NULL);
  gtk_print_operation_run (operation, GTK_PRINT_OPERATION_ACTION_EXPORT, NULL, &error);
  g_assert_no_error (error);
  while (!printing.done)
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpint (printing.result, ==, GTK_PRINT_OPERATION_RESULT_APPLY);
}

/* (transfer full) (nullable): the words of each page of the PDF as it is saved */
static GStrv
print_test_save (ReportTest *self, const PresyncReportOptions *options)
{
  g_autoptr (PresyncReport) report = NULL;
  g_autoptr (GError) error = NULL;

  report = presync_report_new (self->assessment, options, self->at, NULL, &error);
  g_assert_no_error (error);
  presync_report_save_pdf (report, self->path, NULL, &error);
  g_assert_no_error (error);
  return print_test_read (self->path);
}

static PresyncReportOptions *
print_test_options (PresyncPaper paper)
{
  PresyncReportOptions *options = presync_report_options_new ();

  options->paper = paper;
  options->classification = g_strdup (MARK);
  return options;
}

static void
print_test_same_pages (ReportTest *self, gconstpointer data)
{
  g_autoptr (PresyncReportOptions) options = print_test_options (PRESYNC_PAPER_A4);
  g_auto (GStrv) saved = print_test_save (self, options);
  g_auto (GStrv) printed = NULL;

  if (saved == NULL)
    return;
  print_test_print (self, options, GTK_PAPER_NAME_A4, FALSE);
  printed = print_test_read (self->path);
  g_assert_cmpuint (g_strv_length (printed), ==, g_strv_length (saved));
  g_assert_cmpuint (g_strv_length (saved), >, 3);
  for (guint i = 0; saved[i] != NULL; i++)
    {
      g_assert_cmpstr (printed[i], ==, saved[i]);
      g_assert_nonnull (strstr (printed[i], MARK));
    }
}

/* The paper in the printer decides, not the one that was suggested. */
static void
print_test_other_paper (ReportTest *self, gconstpointer data)
{
  g_autoptr (PresyncReportOptions) options = print_test_options (PRESYNC_PAPER_LETTER);
  g_auto (GStrv) saved = print_test_save (self, options);
  g_auto (GStrv) printed = NULL;

  if (saved == NULL)
    return;
  options->paper = PRESYNC_PAPER_A4;
  print_test_print (self, options, GTK_PAPER_NAME_LETTER, FALSE);
  printed = print_test_read (self->path);
  g_assert_cmpuint (g_strv_length (printed), ==, g_strv_length (saved));
  for (guint i = 0; saved[i] != NULL; i++)
    g_assert_cmpstr (printed[i], ==, saved[i]);
}

/* A5 holds the pages of A4, at 71 per cent. */
static void
print_test_scaled (ReportTest *self, gconstpointer data)
{
  g_autoptr (PresyncReportOptions) options = print_test_options (PRESYNC_PAPER_A4);
  g_auto (GStrv) saved = print_test_save (self, options);
  g_auto (GStrv) printed = NULL;
  g_autofree char *info = NULL;

  if (saved == NULL)
    return;
  print_test_print (self, options, GTK_PAPER_NAME_A5, FALSE);
  printed = print_test_read (self->path);
  g_assert_cmpuint (g_strv_length (printed), ==, g_strv_length (saved));
  for (guint i = 0; saved[i] != NULL; i++)
    g_assert_nonnull (strstr (printed[i], MARK));
  info = print_test_ask ("pdfinfo", "-enc", "UTF-8", self->path);
  g_assert_nonnull (strstr (info, "Page size:       419."));
}

/* What came before a page is not missed: people print some pages alone, or backwards. */
static void
print_test_backwards (ReportTest *self, gconstpointer data)
{
  g_autoptr (PresyncReportOptions) options = print_test_options (PRESYNC_PAPER_A4);
  g_auto (GStrv) saved = print_test_save (self, options);
  g_auto (GStrv) printed = NULL;
  guint n;

  if (saved == NULL)
    return;
  n = g_strv_length (saved);
  print_test_print (self, options, GTK_PAPER_NAME_A4, TRUE);
  printed = print_test_read (self->path);
  g_assert_cmpuint (g_strv_length (printed), ==, n);
  for (guint i = 0; i < n; i++)
    g_assert_cmpstr (printed[i], ==, saved[n - 1 - i]);
}

int
main (int argc, char **argv)
{
  static const struct
  {
    const char *path;
    void (*run) (ReportTest *self, gconstpointer data);
  } tests[] = {
    { "/print-report/same-pages", print_test_same_pages },
    { "/print-report/other-paper", print_test_other_paper },
    { "/print-report/scaled", print_test_scaled },
    { "/print-report/backwards", print_test_backwards },
  };

  g_test_init (&argc, &argv, NULL);
  adw_init ();
  for (gsize i = 0; i < G_N_ELEMENTS (tests); i++)
    g_test_add (tests[i].path, ReportTest, NULL, report_test_set_up, tests[i].run,
                report_test_tear_down);
  return g_test_run ();
}
