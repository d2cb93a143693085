/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "report-kit.h"

#include <unistd.h>

#include "base/error.h"
#include "report/content.h"
#include "report/painter.h"

/* The PDF: its bytes, its pages, and that nothing is lost or clipped */

static char *
report_test_write (ReportTest *self, GDateTime *at, gsize *length)
{
  g_autoptr (GError) error = NULL;
  char *data = NULL;

  report_test_save (self, self->path, at, NULL, &error);
  g_assert_no_error (error);
  g_file_get_contents (self->path, &data, length, &error);
  g_assert_no_error (error);
  return data;
}

static gboolean
report_test_holds (const char *data, gsize length, const char *text)
{
  gsize n = strlen (text);

  for (gsize i = 0; i + n <= length; i++)
    if (memcmp (data + i, text, n) == 0)
      return TRUE;
  return FALSE;
}

static void
report_test_same_bytes (ReportTest *self, gconstpointer data)
{
  g_autoptr (GDateTime) later = g_date_time_add_days (self->at, 1);
  gsize first_length;
  gsize second_length;
  gsize third_length;
  g_autofree char *first = report_test_write (self, self->at, &first_length);
  g_autofree char *second = report_test_write (self, self->at, &second_length);
  g_autofree char *third = report_test_write (self, later, &third_length);

  g_assert_cmpmem (first, first_length, second, second_length);
  g_assert_false (first_length == third_length && memcmp (first, third, first_length) == 0);
}

/* What cairo writes, and what is added to it: see pdf-pack.c */
static void
report_test_structure (ReportTest *self, gconstpointer data)
{
  static const char *const needed[]
      = { "/S /H1",  "/S /TH",   "/S /TD", "/S /LI",  "/S /LBody",   "/S /Figure",    "/Alt ",
          "/Lang (", "/Scope /", "/URI",   "/Title ", "/PageLabels", "/CreationDate", "/Outlines" };
  gsize length;
  g_autofree char *pdf = report_test_write (self, self->at, &length);
  g_autoptr (GSubprocess) process = NULL;
  g_autoptr (GBytes) plain = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_true (g_str_has_prefix (pdf, "%PDF-1.5\n"));
  process = g_subprocess_new (G_SUBPROCESS_FLAGS_STDOUT_PIPE, &error, "qpdf", "--qdf",
                              "--object-streams=disable", self->path, "-", NULL);
  g_assert_no_error (error);
  g_subprocess_communicate (process, NULL, NULL, &plain, NULL, &error);
  g_assert_no_error (error);
  for (gsize i = 0; i < G_N_ELEMENTS (needed); i++)
    if (!report_test_holds (g_bytes_get_data (plain, NULL), g_bytes_get_size (plain), needed[i]))
      g_error ("the PDF has no %s", needed[i]);
}

static void
report_test_cannot_write (ReportTest *self, gconstpointer data)
{
  g_autofree char *path = g_build_filename (self->folder, "missing", "report.pdf", NULL);
  g_autofree char *quoted = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GError) folder_error = NULL;

  g_assert_false (report_test_save (self, path, self->at, NULL, &error));
  g_assert_error (error, PRESYNC_ERROR, PRESYNC_ERROR_CANNOT_WRITE);
  /* the path that was given, and no file beside it that nobody knows */
  quoted = g_strdup_printf ("“%s”: ", path);
  g_assert_nonnull (strstr (error->message, quoted));
  g_assert_null (strstr (strstr (error->message, quoted) + strlen (quoted), self->folder));
  g_assert_false (report_test_save (self, self->folder, self->at, NULL, &folder_error));
  g_assert_error (folder_error, PRESYNC_ERROR, PRESYNC_ERROR_CANNOT_WRITE);
}

static void
report_test_full_device (ReportTest *self, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  if (!g_file_test ("/dev/full", G_FILE_TEST_EXISTS))
    {
      g_test_skip ("there is no /dev/full");
      return;
    }
  g_assert_false (report_test_save (self, "/dev/full", self->at, NULL, &error));
  g_assert_error (error, PRESYNC_ERROR, PRESYNC_ERROR_CANNOT_WRITE);
  g_assert_false (g_file_test ("/dev/full", G_FILE_TEST_IS_REGULAR));
}

static void
report_test_cancelled (ReportTest *self, gconstpointer data)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;

  g_file_set_contents (self->path, "old", -1, &error);
  g_assert_no_error (error);
  g_cancellable_cancel (cancellable);
  g_assert_false (report_test_save (self, self->path, self->at, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_file_get_contents (self->path, &text, NULL, NULL);
  g_assert_cmpstr (text, ==, "old");
}

/* The old file is not written into: another name of it keeps its content */
static void
report_test_replaced (ReportTest *self, gconstpointer data)
{
  g_autofree char *other = g_build_filename (self->folder, "other.pdf", NULL);
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;
  g_autofree char *pdf = NULL;
  gsize length;

  g_file_set_contents (self->path, "old", -1, &error);
  g_assert_no_error (error);
  g_assert_cmpint (link (self->path, other), ==, 0);
  pdf = report_test_write (self, self->at, &length);
  g_assert_true (g_str_has_prefix (pdf, "%PDF"));
  g_file_get_contents (other, &text, NULL, NULL);
  g_assert_cmpstr (text, ==, "old");
  g_remove (other);
}

/* Who could not read the old file cannot read the new one, and a link stays one */
static void
report_test_kept (ReportTest *self, gconstpointer data)
{
  g_autofree char *other = g_build_filename (self->folder, "link.pdf", NULL);
  g_autoptr (GBytes) old = g_bytes_new_static ("old", 3);
  g_autoptr (GBytes) new = g_bytes_new_static ("new", 3);
  static const guint modes[] = { 0600, 0664 };
  g_autoptr (GError) error = NULL;

  g_assert_true (presync_report_save (old, self->path, &error));
  g_assert_cmpint (symlink (self->path, other), ==, 0);
  for (gsize i = 0; i < G_N_ELEMENTS (modes); i++)
    {
      g_autofree char *text = NULL;
      GStatBuf status;

      g_assert_cmpint (g_chmod (self->path, (int) modes[i]), ==, 0);
      g_assert_true (presync_report_save (i == 0 ? new : old, other, &error));
      g_assert_no_error (error);
      g_assert_true (g_file_test (other, G_FILE_TEST_IS_SYMLINK));
      g_assert_cmpint (g_stat (self->path, &status), ==, 0);
      g_assert_cmpuint (status.st_mode & 0777, ==, modes[i]);
      g_file_get_contents (self->path, &text, NULL, NULL);
      g_assert_cmpstr (text, ==, i == 0 ? "new" : "old");
    }
  g_remove (other);
}

typedef struct
{
  GMainLoop *loop;
  GError *error;
  PresyncReport *report;
  gboolean written;
} ReportTestRun;

static void
report_test_written_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  ReportTestRun *run = user_data;

  run->written = presync_report_save_pdf_finish (PRESYNC_REPORT (object), result, &run->error);
  g_main_loop_quit (run->loop);
}

static void
report_test_set_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  ReportTestRun *run = user_data;

  run->report = presync_report_new_finish (result, &run->error);
  g_main_loop_quit (run->loop);
}

static void
report_test_in_thread (ReportTest *self, gconstpointer data)
{
  ReportTestRun run = { .loop = g_main_loop_new (NULL, FALSE) };
  g_autoptr (PresyncReportOptions) options = presync_report_options_new ();
  g_autofree char *here = NULL;
  g_autofree char *there = NULL;
  gsize here_length;
  gsize there_length;

  here = report_test_write (self, self->at, &here_length);
  presync_report_new_async (self->assessment, options, self->at, NULL, report_test_set_cb, &run);
  g_main_loop_run (run.loop);
  g_assert_no_error (run.error);
  presync_report_save_pdf_async (run.report, self->path, NULL, report_test_written_cb, &run);
  g_main_loop_run (run.loop);
  g_assert_no_error (run.error);
  g_assert_true (run.written);
  g_file_get_contents (self->path, &there, &there_length, NULL);
  g_assert_cmpmem (here, here_length, there, there_length);
  /* the thread may still let go of it */
  g_object_unref (run.report);
  g_main_loop_unref (run.loop);
}

static char *
report_test_without_blanks (const char *text)
{
  GString *out = g_string_new (NULL);

  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    if (!g_unichar_isspace (g_utf8_get_char (p)))
      g_string_append_unichar (out, g_utf8_get_char (p));
  return g_string_free (out, FALSE);
}

static char *
report_test_read_back (ReportTest *self)
{
  g_autoptr (GSubprocess) process = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;
  gsize length;
  g_autofree char *pdf = report_test_write (self, self->at, &length);

  process = g_subprocess_new (G_SUBPROCESS_FLAGS_STDOUT_PIPE, &error, "pdftotext", "-raw",
                              self->path, "-", NULL);
  g_assert_no_error (error);
  g_subprocess_communicate_utf8 (process, NULL, NULL, &text, NULL, &error);
  g_assert_no_error (error);
  return report_test_without_blanks (text);
}

static void
report_test_assert_text (const char *all, const char *text)
{
  g_autofree char *wanted = report_test_without_blanks (text);

  if (strstr (all, wanted) == NULL)
    g_error ("“%s” is not in the report", text);
}

static void
report_test_nothing_lost (ReportTest *self, gconstpointer data)
{
  g_autofree char *program = g_find_program_in_path ("pdftotext");
  g_autofree char *all = NULL;

  if (program == NULL)
    {
      g_test_skip ("there is no pdftotext");
      return;
    }
  all = report_test_read_back (self);
  for (guint i = 0; i < PRESYNC_N_OPTIONS; i++)
    {
      GListModel *rows = G_LIST_MODEL (presync_assessment_get_checklist (self->assessment, i));

      g_assert_cmpuint (g_list_model_get_n_items (rows), >, 0);
      for (guint j = 0; j < g_list_model_get_n_items (rows); j++)
        {
          g_autoptr (PresyncChecklistItem) row = g_list_model_get_item (rows, j);
          GListModel *conditions = presync_checklist_item_get_children (row);

          report_test_assert_text (all, presync_checklist_item_get_title (row));
          for (guint k = 0; k < g_list_model_get_n_items (conditions); k++)
            {
              g_autoptr (PresyncChecklistItem) item = g_list_model_get_item (conditions, k);

              report_test_assert_text (all, presync_checklist_item_get_title (item));
              report_test_assert_text (all, presync_checklist_item_get_needed (item));
            }
        }
    }
  report_test_assert_text (all, "Answered by hand: met – Jane Doe, 2026-11-22 10:15 UTC");
  report_test_assert_text (all, "looked at it in Task Manager");
  report_test_assert_text (all, "“jane” has no right to read operatingSystem.");
  report_test_assert_text (all, "https://learn.microsoft.com/");
  report_test_assert_text (all, "What is advised");
  report_test_assert_text (all, "Answered by hand: not met – Jane Doe, 2026-11-22 10:15 UTC");
}

/* The place of the first @text behind @start in @all, blanks left out; it must be there */
static const char *
report_test_find_behind (const char *all, const char *start, const char *text)
{
  g_autofree char *wanted_start = report_test_without_blanks (start);
  g_autofree char *wanted = report_test_without_blanks (text);
  const char *from = g_strrstr (all, wanted_start);
  const char *found = from != NULL ? strstr (from, wanted) : NULL;

  if (found == NULL)
    g_error ("“%s” is not behind the last “%s” of the report", text, start);
  return found;
}

/* The accounts: who was named, what they may do, where they may not, and how to mend that */
static void
report_test_accounts (ReportTest *self, gconstpointer data)
{
  static const char *const wanted[] = {
    "CONTOSO\\eadmin",
    "named as eadmin@contoso.com",
    "Enterprise Admins, through Tier 0 Admins",
    "CONTOSO\\svc-adconnect",
    "AD DS Connector account: rights",
    "Replicating Directory Changes All granted unknown: not all objects were read",
    "missing for user; inetOrgPerson: lockoutTime",
    "Write lockoutTime broken below: at least 200 places",
    "Write pwdLastSet not granted at the domain itself",
    "Write mail attributes not needed",
    "Right north.contoso.com",
    "child.contoso.com Connect to child.contoso.com to see its rights.",
    "Where rights do not arrive",
    "DC=contoso,DC=com not granted at the domain itself – Write pwdLastSet",
    "OU=Unit 199,OU=Staff,DC=contoso,DC=com",
    "OU=Unit 198,OU=Staff,DC=contoso,DC=com",
    "OU=Unit 176,OU=Staff,DC=contoso,DC=com",
    "and 176 more places",
    "How to mend it",
    "Set-ADSyncPasswordWritebackPermissions -ADConnectorAccountName 'svc-adconnect' "
    "-ADConnectorAccountDomain 'CONTOSO'",
    "Already in this forest",
    "Key of AZUREADSSOACC changed",
    "Appendix: Origins",
  };
  g_autofree char *program = g_find_program_in_path ("pdftotext");
  g_autofree char *all = NULL;
  g_autofree char *none = NULL;
  const char *before = NULL;

  if (program == NULL)
    {
      g_test_skip ("there is no pdftotext");
      return;
    }
  none = report_test_read_back (self);
  g_assert_null (strstr (none, "AccountDSConnectoraccount:rights"));
  report_test_assert_text (none, "not named");
  report_test_give_accounts (self, "CONTOSO\\eadmin", "CONTOSO\\svc-adconnect");
  report_test_give_rights (self, "CONTOSO\\Temps", "OU=Staff");
  all = report_test_read_back (self);
  for (gsize i = 0; i < G_N_ELEMENTS (wanted); i++)
    {
      const char *found = report_test_find_behind (
          all, "Who installs each option, who configures it, and what it runs as.", wanted[i]);

      if (before != NULL && found < before)
        g_error ("“%s” stands before “%s”", wanted[i], wanted[i - 1]);
      before = found;
    }
  g_assert_null (strstr (all, "OU=Unit04,"));
}

/* Elsewhere a right is told in short, and the command with the names all the same. */
static void
report_test_rights_in_short (ReportTest *self, gconstpointer data)
{
  g_autofree char *program = g_find_program_in_path ("pdftotext");
  g_autofree char *all = NULL;
  g_autofree char *blockers = NULL;
  const char *start;
  const char *end;

  if (program == NULL)
    {
      g_test_skip ("there is no pdftotext");
      return;
    }
  report_test_give_accounts (self, "CONTOSO\\eadmin", "CONTOSO\\svc-adconnect");
  report_test_give_rights (self, "CONTOSO\\Temps", "OU=Staff");
  all = report_test_read_back (self);
  start = report_test_find_behind (all, "What blocks us", "Right: password writeback");
  end = strstr (start, "Whatisstillopen");
  g_assert_nonnull (end);
  blockers = g_strndup (start, (gsize) (end - start));
  report_test_assert_text (blockers, "Reset Password, contoso.com: missing for user");
  report_test_assert_text (blockers,
                           "Write lockoutTime, contoso.com: broken below: at least 200 places");
  report_test_assert_text (blockers, "child.contoso.com: unknown see the rights");
  report_test_assert_text (blockers, "-ADConnectorAccountName 'svc-adconnect'");
  g_assert_null (strstr (blockers, "OU=Unit"));
  g_assert_null (strstr (blockers, "Writemailattributes"));
}

/* Says which part of @text stands on the first line of a cell of @width points */
static char *
report_test_set_first_line (const char *text, double width)
{
  g_autoptr (PresyncType) type = presync_type_new ();
  g_autoptr (PresyncLines) lines
      = presync_type_set_text (type, PRESYNC_ROLE_CELL, PRESYNC_INK_TEXT, text, width);

  g_assert_cmpfloat (lines->width, <=, width + 0.1);
  return g_strndup (lines->text + lines->lines[0].start,
                    (gsize) (lines->lines[0].end - lines->lines[0].start));
}

/* What is wider than its cell breaks between its parts; a word becomes a little smaller first */
static void
report_test_long_words (void)
{
  static const char *const words[] = { "Gesamtstrukturfunktionsebene", "Gesamtstruktur" };
  g_autofree char *folder = report_test_set_first_line ("HKEY\\SYSTEM\\CurrentControlSet", 80);
  g_autofree char *hump = report_test_set_first_line ("ExternalDirectoryObjectId", 80);

  g_assert_true (g_str_has_suffix (folder, "\\") || g_str_has_suffix (folder, "Current"));
  g_assert_cmpstr (hump, ==, "ExternalDirectory");
  for (gsize i = 0; i < G_N_ELEMENTS (words); i++)
    {
      g_autoptr (PresyncType) type = presync_type_new ();
      g_autoptr (PresyncLines) whole
          = presync_type_set_text (type, PRESYNC_ROLE_CELL, PRESYNC_INK_TEXT, words[i], 1000);
      g_autofree char *line = report_test_set_first_line (words[i], whole->width * 0.9);

      g_assert_cmpstr (line, ==, words[i]);
    }
}

static void
report_test_assert_inside (const PresyncLayout *layout, guint page)
{
  const cairo_rectangle_t sheet = { 0, 0, layout->width, layout->height };
  cairo_surface_t *surface = cairo_recording_surface_create (CAIRO_CONTENT_COLOR_ALPHA, &sheet);
  cairo_t *cr = cairo_create (surface);
  double x;
  double y;
  double width;
  double height;

  presync_painter_draw_page (layout, page, cr);
  g_assert_cmpint (cairo_status (cr), ==, CAIRO_STATUS_SUCCESS);
  cairo_recording_surface_ink_extents (surface, &x, &y, &width, &height);
  /* letters may reach a little over their advance */
  g_assert_cmpfloat (x, >=, layout->margin - 3);
  g_assert_cmpfloat (x + width, <=, layout->width - layout->margin + 3);
  g_assert_cmpfloat (y, >=, 30);
  g_assert_cmpfloat (y + height, <=, layout->height - 24);
  cairo_destroy (cr);
  cairo_surface_destroy (surface);
}

/* No text ends below the body of its page, and every line is placed exactly once */
static void
report_test_assert_whole (const PresyncLayout *layout)
{
  g_autoptr (GHashTable) placed = g_hash_table_new (NULL, NULL);
  GHashTableIter iter;
  gpointer key;
  gpointer value;

  for (guint i = 0; i < layout->pages->len; i++)
    {
      const GArray *boxes = g_ptr_array_index (layout->pages, i);

      for (guint j = 0; j < boxes->len; j++)
        {
          const PresyncBox *box = &g_array_index (boxes, PresyncBox, j);
          guint n;

          if (box->kind != PRESYNC_BOX_TEXT)
            continue;
          n = GPOINTER_TO_UINT (g_hash_table_lookup (placed, box->lines));
          if (box->first > 0)
            g_assert_cmpuint (box->first, ==, n);
          if (box->y >= layout->top && box->y < layout->bottom)
            g_assert_cmpfloat (box->y + box->height, <=, layout->bottom + 0.1);
          g_hash_table_insert (placed, box->lines, GUINT_TO_POINTER (box->first + box->n));
        }
    }
  g_hash_table_iter_init (&iter, placed);
  while (g_hash_table_iter_next (&iter, &key, &value))
    g_assert_cmpuint (GPOINTER_TO_UINT (value), ==, ((PresyncLines *) key)->n_lines);
}

/* No text stands on another: cells keep to their columns */
static void
report_test_assert_apart (const GArray *boxes)
{
  for (guint i = 0; i < boxes->len; i++)
    for (guint j = 0; j < i; j++)
      {
        const PresyncBox *a = &g_array_index (boxes, PresyncBox, i);
        const PresyncBox *b = &g_array_index (boxes, PresyncBox, j);
        double x = MIN (a->x + a->width, b->x + b->width) - MAX (a->x, b->x);
        double y = MIN (a->y + a->height, b->y + b->height) - MAX (a->y, b->y);

        if (a->kind == PRESYNC_BOX_TEXT && b->kind == PRESYNC_BOX_TEXT && a->n > 0 && b->n > 0)
          g_assert_false (x > 0.1 && y > 3);
      }
}

static void
report_test_margins (ReportTest *self, gconstpointer data)
{
  for (guint paper = PRESYNC_PAPER_A4; paper <= PRESYNC_PAPER_LETTER; paper++)
    {
      g_autoptr (PresyncReportOptions) options = presync_report_options_new ();
      g_autoptr (PresyncDocument) document
          = presync_content_new (self->assessment, options, self->at);
      g_autoptr (PresyncLayout) layout = NULL;
      g_autoptr (GError) error = NULL;

      layout = presync_layout_new (document, paper, NULL, &error);
      g_assert_no_error (error);
      g_assert_cmpuint (layout->pages->len, >, 1);
      report_test_assert_whole (layout);
      for (guint i = 0; i < layout->pages->len; i++)
        {
          report_test_assert_inside (layout, i);
          report_test_assert_apart (g_ptr_array_index (layout->pages, i));
        }
    }
}

static void
report_test_hostile_margins (ReportTest *self, gconstpointer data)
{
  report_test_make_hostile (self);
  report_test_margins (self, data);
}

int
main (int argc, char **argv)
{
  static const struct
  {
    const char *path;
    void (*run) (ReportTest *, gconstpointer);
  } tests[] = {
    { "/report/same-bytes", report_test_same_bytes },
    { "/report/structure", report_test_structure },
    { "/report/cannot-write", report_test_cannot_write },
    { "/report/full-device", report_test_full_device },
    { "/report/cancelled", report_test_cancelled },
    { "/report/replaced", report_test_replaced },
    { "/report/kept", report_test_kept },
    { "/report/in-thread", report_test_in_thread },
    { "/report/nothing-lost", report_test_nothing_lost },
    { "/report/accounts", report_test_accounts },
    { "/report/rights-in-short", report_test_rights_in_short },
    { "/report/margins", report_test_margins },
    { "/report/hostile-margins", report_test_hostile_margins },
  };

  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/report/long-words", report_test_long_words);
  for (gsize i = 0; i < G_N_ELEMENTS (tests); i++)
    g_test_add (tests[i].path, ReportTest, NULL, report_test_set_up, tests[i].run,
                report_test_tear_down);
  return g_test_run ();
}
