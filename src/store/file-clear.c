/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/file-clear.h"

#include <errno.h>
#include <sys/stat.h>
#include <glib/gi18n.h>
#include <glib/gstdio.h>

#include "base/error.h"
#include "store/assessment-file-private.h"
#include "store/file-place.h"

static const char *const presync_file_clear_names[] = { "-journal", "-wal", "-shm", NULL };

/* %FALSE if another program is at it, or if it cannot be brought back now. That it is no file of
 * SQLite, or damaged, is no matter. */
static gboolean
presync_file_clear_recover (const char *whole, GError **error)
{
  GStatBuf file;
  int code;
  g_autoptr (GError) reason = NULL;
  g_autoptr (sqlite3) db = NULL;

  if (g_stat (whole, &file) != 0 || !S_ISREG (file.st_mode)
      || !presync_file_place_check_journal (whole, whole, NULL))
    return TRUE;
  db = presync_assessment_file_connect (whole, SQLITE_OPEN_READWRITE, NULL);
  /* Nobody else may be writing, from whatever computer. */
  if (db == NULL
      || (presync_statement_execute (db, "BEGIN EXCLUSIVE", &reason)
          && presync_statement_execute (db, "ROLLBACK", &reason)))
    return TRUE;
  code = sqlite3_errcode (db) & 0xff;
  if (code == SQLITE_NOTADB || code == SQLITE_CORRUPT)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&reason));
  return FALSE;
}

gboolean
presync_file_clear (const char *whole, gboolean *any, GError **error)
{
  gboolean recovered = FALSE;
  GStatBuf file;

  for (guint i = 0; presync_file_clear_names[i] != NULL; i++)
    {
      g_autofree char *path = g_strconcat (whole, presync_file_clear_names[i], NULL);

      if (g_lstat (path, &file) != 0)
        continue;
      if (!recovered && !presync_file_clear_recover (whole, error))
        return FALSE;
      recovered = TRUE;
      if (g_unlink (path) == 0)
        *any = TRUE;
      else if (errno != ENOENT)
        {
          g_set_error_literal (error, PRESYNC_ERROR, PRESYNC_ERROR_CANNOT_WRITE,
                               g_strerror (errno));
          return FALSE;
        }
    }
  return TRUE;
}
