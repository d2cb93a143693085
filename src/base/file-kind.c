/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/file-kind.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <glib/gstdio.h>

#define SQLITE_HEAD "SQLite format 3"
#define ID_PLACE 68

gboolean
presync_file_is_assessment (const char *path)
{
  guchar head[ID_PLACE + 4];
  guint32 id;
  gsize n;
  FILE *file;

  /* A pipe would wait for somebody to write. */
  if (path == NULL || !g_file_test (path, G_FILE_TEST_IS_REGULAR))
    return FALSE;
  file = g_fopen (path, "rb");
  if (file == NULL)
    return FALSE;
  n = fread (head, 1, sizeof head, file);
  fclose (file);
  memcpy (&id, head + ID_PLACE, sizeof id);
  return n == sizeof head && memcmp (head, SQLITE_HEAD, sizeof SQLITE_HEAD) == 0
         && GUINT32_FROM_BE (id) == PRESYNC_FILE_APPLICATION_ID;
}

/* (transfer full): @path without links in its folder */
static char *
presync_file_dup_whole (const char *path)
{
  g_autofree char *absolute = g_canonicalize_filename (path, NULL);
  g_autofree char *folder = g_path_get_dirname (absolute);
  g_autofree char *name = g_path_get_basename (absolute);
  char *real = realpath (folder, NULL);
  char *whole = g_build_filename (real != NULL ? real : folder, name, NULL);

  free (real);
  return whole;
}

gboolean
presync_file_is_same (const char *a, const char *b)
{
  g_autofree char *whole_a = NULL;
  g_autofree char *whole_b = NULL;
  GStatBuf stat_a, stat_b;

  g_return_val_if_fail (a != NULL && b != NULL, FALSE);
  if (g_stat (a, &stat_a) == 0 && g_stat (b, &stat_b) == 0)
    return stat_a.st_dev == stat_b.st_dev && stat_a.st_ino == stat_b.st_ino;
  whole_a = presync_file_dup_whole (a);
  whole_b = presync_file_dup_whole (b);
  return g_str_equal (whole_a, whole_b);
}
