/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "report-kit.h"

#include <sys/stat.h>
#include <unistd.h>

#include "report/logo-check.h"
#include "report/logo.h"

/* The logo: a file that nobody vouches for */

#define HEAD "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 100 50'>"

static char *
logo_test_write (ReportTest *self, const char *name, const char *data, gsize length)
{
  char *path = g_build_filename (self->folder, name, NULL);
  g_autoptr (GError) error = NULL;

  g_file_set_contents (path, data, (gssize) length, &error);
  g_assert_no_error (error);
  return path;
}

static cairo_status_t
logo_test_append_cb (void *closure, const unsigned char *data, unsigned int length)
{
  g_byte_array_append (closure, data, length);
  return CAIRO_STATUS_SUCCESS;
}

/* (transfer full): a PNG whose head says @width and @height, whatever it holds */
static GByteArray *
logo_test_new_png (guint width, guint height)
{
  GByteArray *data = g_byte_array_new ();
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_RGB24, 30, 20);
  const guint32 size[] = { GUINT32_TO_BE (width), GUINT32_TO_BE (height) };

  cairo_surface_write_to_png_stream (surface, logo_test_append_cb, data);
  cairo_surface_destroy (surface);
  if (width != 30 || height != 20)
    memcpy (data->data + 16, size, sizeof (size));
  return data;
}

/* (transfer full): the bytes of a summary with @path as its logo; @problem: (out) */
static GBytes *
logo_test_report (ReportTest *self, const char *path, char **problem)
{
  g_autoptr (PresyncReportOptions) options = presync_report_options_new ();
  g_autoptr (PresyncReport) report = NULL;
  g_autoptr (GError) error = NULL;
  char *data = NULL;
  gsize length;

  options->length = PRESYNC_REPORT_SUMMARY;
  options->logo = g_strdup (path);
  report = presync_report_new (self->assessment, options, self->at, NULL, &error);
  g_assert_no_error (error);
  *problem = g_strdup (presync_report_get_problem (report));
  presync_report_save_pdf (report, self->path, NULL, &error);
  g_assert_no_error (error);
  g_file_get_contents (self->path, &data, &length, &error);
  g_assert_no_error (error);
  return g_bytes_new_take (data, length);
}

/* A good logo is in the report, and the report is the same each time */
static void
logo_test_good (ReportTest *self, gconstpointer data)
{
  static const char drawing[]
      = HEAD "<defs><linearGradient id='g'><stop offset='0' stop-color='red'/></linearGradient>"
             "<circle id='c' r='9'/></defs><style>.a{fill:url(#g)}</style>"
             "<rect class='a' width='100' height='50'/><use href='#c' opacity='.5'/></svg>";
  g_autoptr (GByteArray) png = logo_test_new_png (30, 20);
  g_autofree char *svg_path = logo_test_write (self, "logo.svg", drawing, strlen (drawing));
  g_autofree char *png_path
      = logo_test_write (self, "logo.png", (const char *) png->data, png->len);
  const char *const paths[] = { svg_path, png_path };
  g_autofree char *no_problem = NULL;
  g_autoptr (GBytes) without = logo_test_report (self, NULL, &no_problem);

  g_assert_null (no_problem);
  for (gsize i = 0; i < G_N_ELEMENTS (paths); i++)
    {
      g_autofree char *first_problem = NULL;
      g_autofree char *second_problem = NULL;
      g_autoptr (GBytes) first = logo_test_report (self, paths[i], &first_problem);
      g_autoptr (GBytes) second = logo_test_report (self, paths[i], &second_problem);

      g_assert_cmpstr (first_problem, ==, NULL);
      g_assert_true (g_bytes_equal (first, second));
      g_assert_false (g_bytes_equal (first, without));
      g_remove (paths[i]);
    }
}

/* Each is told in one sentence that names the file, and the report is made without it */
static void
logo_test_assert_refused (ReportTest *self, const char *path, const char *why)
{
  g_autofree char *no_problem = NULL;
  g_autofree char *problem = NULL;
  g_autoptr (GBytes) without = logo_test_report (self, NULL, &no_problem);
  g_autoptr (GBytes) with = logo_test_report (self, path, &problem);

  g_assert_nonnull (problem);
  g_assert_nonnull (strstr (problem, path));
  if (strstr (problem, why) == NULL)
    g_error ("“%s” is not in “%s”", why, problem);
  g_assert_true (g_bytes_equal (with, without));
}

static void
logo_test_bad_png (ReportTest *self, gconstpointer data)
{
  static const struct
  {
    guint width;
    guint height;
    guint bytes;
    const char *why;
  } cases[] = {
    { 20000, 20000, 0, "20000 × 20000 pixels" }, { 0, 0, 0, "0 × 0 pixels" },
    { 4097, 1, 0, "4097 × 1 pixels" },           { 30, 20, 60, "not a whole PNG" },
    { 30, 20, 20, "not a whole PNG" },           { 4000, 4000, 0, "not a whole PNG" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GByteArray) png = logo_test_new_png (cases[i].width, cases[i].height);
      g_autofree char *path = logo_test_write (self, "logo.png", (const char *) png->data,
                                               cases[i].bytes > 0 ? cases[i].bytes : png->len);

      logo_test_assert_refused (self, path, cases[i].why);
      g_remove (path);
    }
}

static void
logo_test_bad_file (ReportTest *self, gconstpointer data)
{
  g_autofree char *missing = g_build_filename (self->folder, "missing.png", NULL);
  g_autofree char *pipe = g_build_filename (self->folder, "pipe.svg", NULL);
  g_autofree char *large = logo_test_write (self, "large.svg", "", 0);
  g_autofree char *other = logo_test_write (self, "other.png", "GIF89a", 6);

  g_assert_cmpint (mkfifo (pipe, 0600), ==, 0);
  g_assert_cmpint (truncate (large, 10 * 1024 * 1024 + 1), ==, 0);
  logo_test_assert_refused (self, missing, "No such file");
  logo_test_assert_refused (self, self->folder, "not a file");
  logo_test_assert_refused (self, pipe, "not a file");
  logo_test_assert_refused (self, large, "larger than 10 MB");
  logo_test_assert_refused (self, other, "neither a PNG picture nor an SVG drawing");
  g_remove (pipe);
  g_remove (large);
  g_remove (other);
}

/* (transfer full): @n groups, each of which uses the one before ten times */
static char *
logo_test_new_uses (guint n)
{
  GString *text = g_string_new (HEAD "<path id='a0' d='M0 0L1 1'/>");

  for (guint i = 1; i <= n; i++)
    {
      g_string_append_printf (text, "<g id='a%u'>", i);
      for (guint j = 0; j < 10; j++)
        g_string_append_printf (text, "<use href='#a%u'/>", i - 1);
      g_string_append (text, "</g>");
    }
  g_string_append (text, "</svg>");
  return g_string_free (text, FALSE);
}

/* (transfer full): @n times @text within a drawing, @end as often behind */
static char *
logo_test_new_many (guint n, const char *text, const char *end)
{
  GString *all = g_string_new (HEAD);

  for (guint i = 0; i < n; i++)
    g_string_append (all, text);
  for (guint i = 0; i < n; i++)
    g_string_append (all, end);
  g_string_append (all, "</svg>");
  return g_string_free (all, FALSE);
}

/* Bombs and what reads other files never reach the renderer */
static void
logo_test_bombs (void)
{
  static const struct
  {
    const char *text;
    const char *why;
  } cases[] = {
    { "<!DOCTYPE svg [<!ENTITY a 'b'><!ENTITY c '&a;&a;'>]>" HEAD "</svg>", "entities" },
    { "<?xml version='1.0' encoding='UTF-7'?>" HEAD "</svg>", "UTF-8" },
    { "<?xml-stylesheet href='http://x/'?>" HEAD "</svg>", "other files" },
    { HEAD "<image href='data:image/png;base64,AAAA'/></svg>", "pictures" },
    { HEAD "<use href='file:///etc/passwd#a'/></svg>", "other files" },
    { HEAD "<rect fill='url(http://x/#a)'/></svg>", "other files" },
    { HEAD "<include href='/etc/passwd'/></svg>", "other files" },
    { HEAD "<filter id='f'/></svg>", "filters" },
    { HEAD "<rect filter='blur(9000)'/></svg>", "filters" },
    { HEAD "<rect style='filter:blur(9000px)'/></svg>", "filters" },
    { HEAD "<style>rect{FILTER:blur(9000px)}</style></svg>", "filters" },
    { HEAD "<style>rect{\\66ilter:blur(9000px)}</style></svg>", "intricate" },
    { HEAD "<style><![CDATA[@import 'x.css';]]></style></svg>", "intricate" },
    { HEAD "<path stroke-dasharray='0.0001'/></svg>", "dashed" },
    { HEAD "<pattern id='p'/></svg>", "patterns" },
    { HEAD "<marker id='p'/></svg>", "markers" },
    { HEAD "<text>A</text></svg>", "text" },
    { HEAD "<g id='a'><use href='#a'/></g></svg>", "itself" },
    { HEAD "<g id='a'/><g id='a'/></svg>", "same name" },
    { HEAD "<path d='M0 0t1000000 0'/></svg>", "too large" },
    { HEAD "<path d='M0 0t1e9 0'/></svg>", "too large" },
    { HEAD "<g transform='scale(100000)'/></svg>", "too large" },
    { HEAD "<circle r='1e12'/></svg>", "too large" },
    { HEAD "<circle r='1e+12'/></svg>", "too large" },
    { HEAD "<circle style='r:123456'/></svg>", "too large" },
    { HEAD "<style>circle{r:99999px}</style></svg>", "too large" },
    { HEAD "<rect width='9000in'/></svg>", "too large" },
    { HEAD "<rect width='9em'/></svg>", "too large" },
    { HEAD "<g transform='scale(90)'><g transform='scale(90)'/></g></svg>", "too large" },
    { HEAD "<path transform='scale(99)' stroke-width='99'/></svg>", "too large" },
    { HEAD "<path stroke-width='101'/></svg>", "too large" },
    { HEAD "<path style='fill:none;stroke-width:101'/></svg>", "too large" },
    { HEAD "<path transform='skewX(89.99)'/></svg>", "too large" },
    { HEAD "<path transform='scale(inf)'/></svg>", "too large" },
    { HEAD "<path transform='grow(2)'/></svg>", "too large" },
    { HEAD "<path style='transform:scale(9)'/></svg>", "intricate" },
    { HEAD "<svg viewBox='0 0 4 4' width='9000'/></svg>", "drawings within" },
    { HEAD "<g transform='scale(.001)'><circle id='a' r='9999'/></g>"
           "<g transform='scale(50)'><use href='#a'/></g></svg>",
      "too large" },
    { "<svg viewBox='0 0 inf inf'></svg>", "too large" },
    { "<svg viewBox='0 0 0.001 0.001'></svg>", "too large" },
    { HEAD "<rect", "well-formed" },
  };
  g_autofree char *few = logo_test_new_uses (2);
  g_autofree char *uses = logo_test_new_uses (12);
  g_autofree char *many = logo_test_new_many (6000, "<rect/>", "");
  g_autofree char *deep = logo_test_new_many (5000, "<g>", "</g>");
  g_autofree char *numbers = g_strnfill (60000, '1');
  g_autofree char *path = NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      const char *problem = presync_logo_check_svg (cases[i].text, strlen (cases[i].text));

      if (problem == NULL || strstr (problem, cases[i].why) == NULL)
        g_error ("“%s” is not refused for “%s” but for “%s”", cases[i].text, cases[i].why,
                 problem != NULL ? problem : "nothing");
    }
  g_assert_cmpstr (presync_logo_check_svg (few, strlen (few)), ==, NULL);
  g_assert_cmpstr (presync_logo_check_svg (uses, strlen (uses)), ==,
                   "drawing it would take too long");
  g_assert_nonnull (strstr (presync_logo_check_svg (many, strlen (many)), "too many"));
  g_assert_nonnull (strstr (presync_logo_check_svg (deep, strlen (deep)), "too deeply"));
  for (gsize i = 1; i < 60000; i += 2)
    numbers[i] = ' ';
  path = g_strdup_printf (HEAD "<path d='M%s'/></svg>", numbers);
  g_assert_cmpstr (presync_logo_check_svg (path, strlen (path)), ==,
                   "drawing it would take too long");
}

/* What drawing programs write is let through. */
static void
logo_test_usual (void)
{
  static const char *const drawings[] = {
    HEAD "<path fill='#1e1e12' d='M1e-4,2.5h99c3 0 5-2 5-5z'/></svg>",
    HEAD
    "<path id='path12345678' style='fill:#123456;text-transform:none;stroke-width:.26'/></svg>",
    HEAD "<g transform='matrix(1.3333333,0,0,-1.3333333,0,1122.52)'><path d='M99 99'/></g></svg>",
    HEAD "<g transform='translate(0,1000) scale(0.1,-0.1)'><path d='M9999 9999'/></g></svg>",
    HEAD "<g inkscape:label='1234567' data-name='1234567' transform='rotate(-45 50 50)'/></svg>",
    "<svg xmlns='http://www.w3.org/2000/svg' width='210mm' height='297mm' viewBox='0 0 210 297'>"
    "<clipPath id='c12345678'><rect width='210' height='297'/></clipPath>"
    "<circle clip-path='url(#c12345678)' r='100%'/></svg>",
    HEAD "<clipPath id='c' clipPathUnits='objectBoundingBox'><rect width='1' height='.5'/>"
         "</clipPath></svg>",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (drawings); i++)
    {
      const char *problem = presync_logo_check_svg (drawings[i], strlen (drawings[i]));

      if (problem != NULL)
        g_error ("“%s” is refused: %s", drawings[i], problem);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/report-logo/good", ReportTest, NULL, report_test_set_up, logo_test_good,
              report_test_tear_down);
  g_test_add ("/report-logo/bad-png", ReportTest, NULL, report_test_set_up, logo_test_bad_png,
              report_test_tear_down);
  g_test_add ("/report-logo/bad-file", ReportTest, NULL, report_test_set_up, logo_test_bad_file,
              report_test_tear_down);
  g_test_add_func ("/report-logo/bombs", logo_test_bombs);
  g_test_add_func ("/report-logo/usual", logo_test_usual);
  return g_test_run ();
}
