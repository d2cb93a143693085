/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/report.h"

#include "base/error.h"
#include "base/file-kind.h"
#include <errno.h>
#include <glib/gi18n.h>
#include <glib/gstdio.h>
#include <stdlib.h>

/* of Linux; those that GLib tells apart are far below */
#define LAST_ERRNO 133

/* For devices and pipes: they cannot be replaced. g_file_set_contents() would put a regular file in
 * place of a link to one, such as /dev/stdout. */
static gboolean
presync_report_save_in_place (const char *data, gsize length, const char *path, GError **error)
{
  FILE *file = g_fopen (path, "wb");
  gboolean written;
  int code;

  if (file == NULL)
    {
      code = errno;
      g_set_error_literal (error, G_FILE_ERROR, (int) g_file_error_from_errno (code),
                           g_strerror (code));
      return FALSE;
    }
  written = fwrite (data, 1, length, file) == length;
  code = errno;
  if (fclose (file) != 0 && written)
    {
      code = errno;
      written = FALSE;
    }
  if (!written)
    g_set_error_literal (error, G_FILE_ERROR, (int) g_file_error_from_errno (code),
                         g_strerror (code));
  return written;
}

/* What keeps a file from being written, in the system's words alone: GLib's sentence names a file
 * of its own beside it, which nobody knows. */
static const char *
presync_report_get_reason (const GError *error)
{
  if (error->domain == G_FILE_ERROR && error->code != G_FILE_ERROR_FAILED)
    for (int code = 1; code <= LAST_ERRNO; code++)
      if ((int) g_file_error_from_errno (code) == error->code)
        return g_strerror (code);
  return _ ("the file system does not allow it");
}

/* (transfer full): what @path leads to, or @path: a link stays one, and its file is replaced */
static char *
presync_report_follow (const char *path)
{
  char *real = realpath (path, NULL);
  g_autofree char *copy = g_strdup (real != NULL ? real : path);

  free (real);
  return g_steal_pointer (&copy);
}

/* Who may read the old file may read the new one, and nobody else. */
static gboolean
presync_report_replace (const char *data, gsize length, const char *path, GError **error)
{
  g_autofree char *real = presync_report_follow (path);
  GStatBuf status;
  int mode = g_stat (real, &status) == 0 ? (int) (status.st_mode & 0777) : 0644;

  if (!g_file_set_contents_full (real, data, (gssize) length, G_FILE_SET_CONTENTS_CONSISTENT, mode,
                                 error))
    return FALSE;
  /* What the umask took from the new one; it may not be ours to give. */
  if (mode != 0644)
    (void) g_chmod (real, mode);
  return TRUE;
}

/* A regular file is replaced as a whole, by a new one beside it that is renamed when it is
 * complete. */
gboolean
presync_report_save (GBytes *data, const char *path, GError **error)
{
  g_autoptr (GError) reason = NULL;
  g_autofree char *name = g_filename_display_name (path);
  gsize length;
  const char *bytes = g_bytes_get_data (data, &length);
  gboolean special
      = g_file_test (path, G_FILE_TEST_EXISTS) && !g_file_test (path, G_FILE_TEST_IS_REGULAR);
  gboolean saved;

  if (presync_file_is_assessment (path))
    {
      g_set_error (error, PRESYNC_ERROR, PRESYNC_ERROR_CANNOT_WRITE,
                   _ ("“%s” is an assessment, which nothing else replaces: give what is to be "
                      "written another name."),
                   name);
      return FALSE;
    }
  if (special)
    saved = presync_report_save_in_place (bytes, length, path, &reason);
  else
    saved = presync_report_replace (bytes, length, path, &reason);
  if (!saved)
    g_set_error (error, PRESYNC_ERROR, PRESYNC_ERROR_CANNOT_WRITE,
                 _ ("The file could not be saved as “%s”: %s"), name,
                 special ? reason->message : presync_report_get_reason (reason));
  return saved;
}
