/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib.h>
#include <string.h>

#include "report/document.h"
#include "report/type.h"

/* Plain text is set without Pango: it must look as if it were not */

/* Half of an em is 4 points: nobody sees this */
#define SMALLEST 0.05

static const char *const plain[] = {
  "",
  "x",
  "The directory was read; 14 of 16 requirements are met.",
  "Resolve the conflicting attribute values, then run the check again. A second sentence, "
  "somewhat longer, so that there are several lines: one, two, three, four, five, six; seven.",
  "CN=Vera Lindqvist 004711,OU=Staff,OU=People,DC=emea,DC=contoso,DC=com",
  "see CN=AAD_1,CN=Managed Service Accounts,DC=contoso,DC=com and 12 others",
  "„Grüße“ – “naïve café” … 10 € · Łódź, Čeština, Ångström: øl & smørrebrød",
  "state-of-the-art e-mail (well, almost) on/off and/or [see there] {or not} 3-4 1/2 100% +5 -3 $7",
  "What? Yes! \"Quoted\" 'too' 12:30, 3.14; 1,000,000 #5 *star* ~tilde^ a|b <tag> x=y C:\\Temp",
  "two  blanks   and three    and  more of them so that one of them stands at the end of a line",
  "line one\nline two, which is longer than the first one\nand a third",
  "Кто читал каталог, тот знает: два требования не выполнены, одно – неизвестно.",
  "Ελληνικά γράμματα σε μια αρκετά μεγάλη πρόταση, για να υπάρχουν δύο γραμμές.",
  "T. AV To WAVE Ty fi ffl -> => != www.contoso.com https://contoso.com/a/b?c=d&e=f",
  "user.000123@contoso.local is not routable, of 5 domains (2 of them trusted) none is verified",
};

static const char *const other[] = {
  "שלום עולם, זהו טקסט ארוך מספיק לשתי שורות",
  "مرحبا بالعالم، هذا نص طويل بما يكفي لسطرين",
  "漢字漢字漢字 かな 한글 漢字漢字漢字漢字漢字漢字漢字漢字",
  "combining: e\314\201 o\314\210, emoji \360\237\230\200, soft\302\255hyphen, no\302\240break",
  "Latin и кириллица together",
  "trailing blanks at the very end of what is too wide for the column, indeed          ",
  "aWordThatIsWiderThanAnyColumnOfATableAndHasHumps/and/parts/of/a/path\\and\\more_of_them",
  "\n\nempty\n\nlines\n",
  "\001\033[31mcontrol\177 \342\200\256turned\342\200\254 \342\200\250separated",
  "not valid: \377\376 \303",
};

static int
type_test_x (const PresyncLines *lines, guint line, int index)
{
  const PresyncLine *at = &lines->lines[line];
  int x = 0;

  if (lines->layout != NULL)
    {
      pango_layout_line_index_to_x (pango_layout_get_line_readonly (lines->layout, (int) line),
                                    index, FALSE, &x);
      return x;
    }
  for (const char *p = lines->text + at->start; p < lines->text + index;)
    {
      const char *next = g_utf8_next_char (p);
      guint scripts = 0;
      guint run = 0;
      int following = -1;

      while (lines->runs[run].end <= (guint) (p - lines->text))
        run++;
      if (next < lines->text + at->end
          && (next < lines->text + lines->runs[run].end
              || lines->runs[run + 1].face == lines->runs[run].face))
        following = presync_face_get_index (g_utf8_get_char (next), &scripts);
      x += presync_face_get_advance (
          lines->runs[run].face, presync_face_get_index (g_utf8_get_char (p), &scripts), following);
      p = next;
    }
  return x;
}

/* The letters are those of the same fonts: what Pango draws of a blank nobody sees */
static void
type_test_compare_glyphs (const PresyncLines *fast, const PresyncLines *slow, guint line)
{
  PangoLayoutLine *at = pango_layout_get_line_readonly (slow->layout, (int) line);
  guint run = 0;

  for (GSList *l = at->runs; l != NULL; l = l->next)
    {
      const PangoGlyphItem *item = l->data;

      for (int i = 0; i < item->glyphs->num_glyphs; i++)
        {
          guint offset = (guint) (item->item->offset + item->glyphs->log_clusters[i]);
          gunichar c = g_utf8_get_char (slow->text + offset);
          guint scripts = 0;

          while (fast->runs[run].end <= offset)
            run++;
          if (c != ' ')
            g_assert_cmpuint (
                presync_face_get_glyph (fast->runs[run].face, presync_face_get_index (c, &scripts)),
                ==, item->glyphs->glyphs[i].glyph);
        }
    }
}

static void
type_test_compare (const PresyncLines *fast, const PresyncLines *slow)
{
  g_assert_cmpstr (fast->text, ==, slow->text);
  g_assert_cmpuint (fast->n_lines, ==, slow->n_lines);
  g_assert_cmpfloat_with_epsilon (fast->width, slow->width, SMALLEST);
  for (guint i = 0; i < fast->n_lines; i++)
    {
      const PresyncLine *a = &fast->lines[i];
      const PresyncLine *b = &slow->lines[i];

      g_assert_cmpint (a->start, ==, b->start);
      g_assert_cmpint (a->end, ==, b->end);
      g_assert_cmpfloat_with_epsilon (a->top, b->top, SMALLEST);
      g_assert_cmpfloat_with_epsilon (a->bottom, b->bottom, SMALLEST);
      g_assert_cmpfloat_with_epsilon (a->baseline, b->baseline, SMALLEST);
      g_assert_cmpfloat_with_epsilon (a->left, b->left, SMALLEST);
      for (int at = a->start; at < a->end;
           at = (int) (g_utf8_next_char (fast->text + at) - fast->text))
        g_assert_cmpfloat_with_epsilon (pango_units_to_double (type_test_x (fast, i, at)),
                                        pango_units_to_double (type_test_x (slow, i, at)),
                                        SMALLEST);
      type_test_compare_glyphs (fast, slow, i);
    }
}

/* Sets @prose both ways in each role and many widths; returns how often without Pango */
static guint
type_test_set (PresyncType *type, const GPtrArray *prose)
{
  static const double widths[] = { 61.7, 90, 123.4, 170, 240, 487 };
  guint n = 0;

  for (guint role = PRESYNC_ROLE_TITLE; role <= PRESYNC_ROLE_FIGURE; role++)
    for (gsize i = 0; i < G_N_ELEMENTS (widths); i++)
      {
        g_autoptr (PresyncLines) fast = NULL;
        g_autoptr (PresyncLines) slow = NULL;

        presync_type_set_slow (type, FALSE);
        fast = presync_type_set (type, role, prose, widths[i]);
        presync_type_set_slow (type, TRUE);
        slow = presync_type_set (type, role, prose, widths[i]);
        g_assert_nonnull (slow->layout);
        if (fast->layout == NULL)
          type_test_compare (fast, slow);
        n += fast->layout == NULL;
      }
  return n;
}

static void
type_test_plain (void)
{
  g_autoptr (PresyncType) type = presync_type_new ();

  for (gsize i = 0; i < G_N_ELEMENTS (plain); i++)
    for (guint style = 0; style < 8; style++)
      {
        g_autoptr (GPtrArray) prose = presync_prose_new_text (style, plain[i]);
        guint n = type_test_set (type, prose);

        if (n == 0 && i != 11 && i != 12) /* another font may have to draw these */
          g_error ("not set as plain text: %s", plain[i]);
      }
}

/* Pieces of all styles in one text, cut anywhere */
static void
type_test_mixed (void)
{
  g_autoptr (PresyncType) type = presync_type_new ();
  guint set = 0;

  for (gsize i = 1; i < G_N_ELEMENTS (plain); i++)
    for (guint cut = 3; cut < 23; cut += 7)
      {
        g_autoptr (GPtrArray) prose = presync_prose_new ();
        const char *p = plain[i];

        for (guint piece = 0; *p != '\0'; piece++)
          {
            const char *end = p;
            g_autofree char *text = NULL;

            for (guint n = 0; n < cut && *end != '\0'; n++)
              end = g_utf8_next_char (end);
            text = g_strndup (p, (gsize) (end - p));
            presync_prose_add_link (prose, (PresyncSpanStyle) (piece % 8), text,
                                    piece % 5 == 4 ? "#there" : NULL);
            p = end;
          }
        set += type_test_set (type, prose);
      }
  g_assert_cmpuint (set, >, 300);
}

static void
type_test_other (void)
{
  g_autoptr (PresyncType) type = presync_type_new ();

  for (gsize i = 0; i < G_N_ELEMENTS (other); i++)
    {
      g_autoptr (GPtrArray) prose = presync_prose_new_text (PRESYNC_SPAN_PLAIN, other[i]);

      type_test_set (type, prose);
    }
}

/* Words of random letters and signs: line breaks are the hard part */
static void
type_test_random (void)
{
  static const char signs[] = "aaaeeioutnsrTAVWy0123456789      .,;:!?-/()[]{}\"'%$+&*#<>=@_\\|~^`";
  g_autoptr (PresyncType) type = presync_type_new ();
  g_autoptr (GRand) random = g_rand_new_with_seed (20261123);
  guint set = 0;

  for (guint i = 0; i < 60; i++)
    {
      g_autoptr (GString) text = g_string_new ("x");
      g_autoptr (GPtrArray) prose = NULL;

      while (text->len < 90)
        {
          /* words of a few letters: those that are wider than the column are Pango's */
          if (text->len % 7 == 0)
            g_string_append_c (text, ' ');
          g_string_append_c (text, signs[g_rand_int_range (random, 0, (int) sizeof signs - 1)]);
        }
      prose = presync_prose_new_text (PRESYNC_SPAN_PLAIN, text->str);
      set += type_test_set (type, prose);
    }
  g_assert_cmpuint (set, >, 1200);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/report/type/plain", type_test_plain);
  g_test_add_func ("/report/type/mixed", type_test_mixed);
  g_test_add_func ("/report/type/other", type_test_other);
  g_test_add_func ("/report/type/random", type_test_random);
  return g_test_run ();
}
