/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Files of every version that there ever was are read by this one. kept/assessment-N.presync was
 * written by a Presync of file version N, kept/assessment-N.txt tells what is in it.
 *
 * "store-kept-test --make N" in the source folder of the tests writes those of a new version. They
 * are never written anew. */
#include "store-kit.h"

#include <string.h>
#include <glib/gstdio.h>

#include "store/schema.h"

static void
kept_test_make (const char *number)
{
  g_autofree char *path = g_strdup_printf ("kept/assessment-%s.presync", number);
  g_autofree char *dump_path = g_strdup_printf ("kept/assessment-%s.txt", number);
  g_autoptr (PresyncAssessment) assessment = store_kit_new ();
  g_autoptr (PresyncStore) store = NULL;
  g_autofree char *dump = NULL;
  g_autoptr (GError) error = NULL;

  store_kit_fill (assessment);
  store = presync_store_create (assessment, path, &error);
  g_assert_no_error (error);
  dump = store_kit_dump (assessment);
  presync_store_close (store, &error);
  g_assert_no_error (error);
  g_file_set_contents (dump_path, dump, -1, &error);
  g_assert_no_error (error);
}

/* All lines of @wanted are in @found: a newer Presync may tell more. */
static void
kept_test_assert_in (const char *wanted, const char *found)
{
  g_auto (GStrv) lines = g_strsplit (wanted, "\n", -1);
  g_auto (GStrv) others = g_strsplit (found, "\n", -1);

  g_assert_cmpuint (g_strv_length (lines), >, 100);
  for (guint i = 0; lines[i] != NULL; i++)
    if (!g_strv_contains ((const char *const *) others, lines[i]))
      g_error ("line %u is not there: %.300s", i + 1, lines[i]);
}

static void
kept_test_read (gconstpointer data)
{
  guint version = GPOINTER_TO_UINT (data);
  g_autofree char *name = g_strdup_printf ("assessment-%u.presync", version);
  g_autofree char *dump_name = g_strdup_printf ("assessment-%u.txt", version);
  g_autofree char *kept = g_test_build_filename (G_TEST_DIST, "store", "kept", name, NULL);
  g_autofree char *dump_path
      = g_test_build_filename (G_TEST_DIST, "store", "kept", dump_name, NULL);
  char *folder = store_kit_make_folder ();
  g_autofree char *path = g_build_filename (folder, name, NULL);
  g_autofree char *bytes = NULL;
  g_autofree char *wanted = NULL;
  gsize length = 0;
  g_autoptr (GError) error = NULL;

  g_file_get_contents (kept, &bytes, &length, &error);
  g_assert_no_error (error);
  g_file_get_contents (dump_path, &wanted, NULL, &error);
  g_assert_no_error (error);
  g_file_set_contents (path, bytes, (gssize) length, &error);
  g_assert_no_error (error);
  /* Once as it was, once after it was changed */
  for (guint i = 0; i < 2; i++)
    {
      g_autoptr (PresyncAssessment) assessment = store_kit_new ();
      g_autoptr (PresyncStore) store = presync_store_open (assessment, path, &error);
      g_autofree char *found = NULL;

      g_assert_no_error (error);
      g_assert_cmpint (presync_store_get_state (store), ==, PRESYNC_STORE_SAVED);
      found = store_kit_dump (assessment);
      kept_test_assert_in (wanted, found);
      store_kit_answer (assessment, "new", TRUE, "in a kept file");
      g_assert_true (presync_store_close (store, &error));
    }
  store_kit_remove_folder (folder);
}

int
main (int argc, char **argv)
{
  if (argc == 3 && g_str_equal (argv[1], "--make"))
    {
      kept_test_make (argv[2]);
      return 0;
    }
  g_test_init (&argc, &argv, NULL);
  for (guint version = 1; version <= PRESYNC_STORE_VERSION; version++)
    {
      g_autofree char *name = g_strdup_printf ("/store/kept/%u", version);

      g_test_add_data_func (name, GUINT_TO_POINTER (version), kept_test_read);
    }
  return g_test_run ();
}
