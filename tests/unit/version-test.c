/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/version.h"

static void
version_test_good (void)
{
  static const struct
  {
    const char *text;
    guint32 part[4];
  } cases[] = {
    { "0", { 0, 0, 0, 0 } },
    { "10", { 10, 0, 0, 0 } },
    { "10.0", { 10, 0, 0, 0 } },
    { "4.7.1", { 4, 7, 1, 0 } },
    { "10.0.20348.2700", { 10, 0, 20348, 2700 } },
    { "1.1.01", { 1, 1, 1, 0 } },
    { "4294967295.4294967295", { G_MAXUINT32, G_MAXUINT32, 0, 0 } },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      PresyncVersion version = { { 9, 9, 9, 9 } };
      g_assert_true (presync_version_parse (cases[i].text, &version));
      for (guint j = 0; j < 4; j++)
        g_assert_cmpuint (version.part[j], ==, cases[i].part[j]);
    }
}

static void
version_test_bad (void)
{
  static const char *const cases[] = { "",
                                       ".",
                                       "1.",
                                       ".1",
                                       "1..2",
                                       "1.2.3.4.5",
                                       "1.2.3.4.",
                                       "-1",
                                       "+1",
                                       " 1",
                                       "1 ",
                                       "1.2a",
                                       "v1",
                                       "0x10",
                                       "1,2",
                                       "1.2\n",
                                       "4294967296",
                                       "1.4294967296",
                                       "99999999999999999999999999999999",
                                       "10.0 (20348)",
                                       "１.２" };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      PresyncVersion version = { { 9, 8, 7, 6 } };
      g_test_message ("“%s”", cases[i]);
      g_assert_false (presync_version_parse (cases[i], &version));
      /* Nothing is written for a text that is none. */
      g_assert_cmpuint (version.part[0], ==, 9);
      g_assert_cmpuint (version.part[3], ==, 6);
    }
}

static int
version_test_order (const char *a, const char *b)
{
  PresyncVersion left, right;

  g_assert_true (presync_version_parse (a, &left));
  g_assert_true (presync_version_parse (b, &right));
  return presync_version_compare (&left, &right);
}

static void
version_test_compare (void)
{
  /* As numbers, not as text. */
  static const char *const ascending[]
      = { "0",     "0.0.0.1", "2.3.20.0", "2.4.18.0",        "2.4.129.0",
          "2.5.3", "2.10",    "10.0",     "10.0.14393.6796", "10.0.20348" };

  g_assert_cmpint (version_test_order ("10.0", "10.0.0.0"), ==, 0);
  g_assert_cmpint (version_test_order ("10", "10.0"), ==, 0);
  for (gsize i = 0; i < G_N_ELEMENTS (ascending); i++)
    for (gsize j = 0; j < G_N_ELEMENTS (ascending); j++)
      {
        int order = version_test_order (ascending[i], ascending[j]);
        g_assert_cmpint (CLAMP (order, -1, 1), ==, (i > j) - (i < j));
      }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/version/good", version_test_good);
  g_test_add_func ("/version/bad", version_test_bad);
  g_test_add_func ("/version/compare", version_test_compare);
  return g_test_run ();
}
