/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/file-place.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include <glib/gi18n.h>
#include <glib/gstdio.h>

#include "base/error.h"
#include "store/schema.h"

#define JOURNAL "-journal"
#define HEAD_SIZE 100
#define LOG "-wal"
/* Far more than 500 runs and 100 000 facts take; it is read as a whole when it is opened. */
#define MAX_SIZE (G_GINT64_CONSTANT (256) * 1024 * 1024)

/* Half a sentence that tells why what lies there is no file for us; %NULL if it is one */
static const char *
presync_file_place_describe (const GStatBuf *file)
{
  if (S_ISDIR (file->st_mode))
    return _ ("it is a folder");
  if (!S_ISREG (file->st_mode))
    return _ ("it is no ordinary file");
  return NULL;
}

static void
presync_file_place_set_open_error (GError **error, int code, const char *path, const char *reason)
{
  g_autofree char *shown = g_filename_display_name (path);

  g_set_error (error, PRESYNC_ERROR, code, _ ("“%s” could not be opened: %s."), shown, reason);
}

static void
presync_file_place_set_save_error (GError **error, const char *path, const char *reason)
{
  g_autofree char *shown = g_filename_display_name (path);

  g_set_error (error, PRESYNC_ERROR, PRESYNC_ERROR_CANNOT_WRITE, _ ("“%s” could not be saved: %s."),
               shown, reason);
}

/* GLib has no realpath(). (transfer full) (nullable): errno tells why */
static char *
presync_file_place_resolve (const char *path)
{
  char *found = realpath (path, NULL);
  char *whole = g_strdup (found);

  free (found);
  return whole;
}

char *
presync_file_place_find (const char *path, GError **error)
{
  GStatBuf file;
  const char *reason;
  g_autofree char *whole = presync_file_place_resolve (path);

  if (whole == NULL || g_stat (whole, &file) != 0)
    {
      int number = errno;

      presync_file_place_set_open_error (
          error, number == ENOENT ? PRESYNC_ERROR_NOT_FOUND : PRESYNC_ERROR_REFUSED, path,
          g_strerror (number));
      return NULL;
    }
  reason = presync_file_place_describe (&file);
  if (reason == NULL && file.st_size == 0)
    reason = _ ("it is empty");
  if (reason == NULL && (gint64) file.st_size > MAX_SIZE)
    reason = _ ("it is larger than any assessment");
  if (reason == NULL)
    return g_steal_pointer (&whole);
  presync_file_place_set_open_error (error, PRESYNC_ERROR_BAD_INPUT, path, reason);
  return NULL;
}

/* (transfer full) (nullable): the folder of @path without links, and the name in it */
static char *
presync_file_place_resolve_new (const char *path, GError **error)
{
  g_autofree char *folder = g_path_get_dirname (path);
  g_autofree char *name = g_path_get_basename (path);
  g_autofree char *whole = presync_file_place_resolve (folder);

  if (whole != NULL)
    return g_build_filename (whole, name, NULL);
  presync_file_place_set_save_error (error, path, g_strerror (errno));
  return NULL;
}

char *
presync_file_place_find_new (const char *path, GError **error)
{
  GStatBuf file;
  g_autofree char *whole = NULL;
  g_autofree char *name = NULL;

  if (g_lstat (path, &file) == 0)
    {
      const char *reason = NULL;

      whole = presync_file_place_resolve (path);
      if (whole == NULL)
        reason = errno == ENOENT && S_ISLNK (file.st_mode) ? _ ("it is a link that leads nowhere")
                                                           : g_strerror (errno);
      else if (g_stat (whole, &file) == 0)
        reason = presync_file_place_describe (&file);
      /* Only its folder counts for replacing it; who protected it means it, though. */
      if (whole != NULL && reason == NULL && g_access (whole, W_OK) != 0)
        reason = errno == EACCES ? _ ("it may not be written") : g_strerror (errno);
      if (reason != NULL)
        {
          presync_file_place_set_save_error (error, path, reason);
          return NULL;
        }
    }
  else
    whole = presync_file_place_resolve_new (path, error);
  if (whole == NULL)
    return NULL;
  name = g_path_get_basename (whole);
  if (strlen (name) + strlen (JOURNAL) > NAME_MAX)
    {
      presync_file_place_set_save_error (error, path, g_strerror (ENAMETOOLONG));
      return NULL;
    }
  return g_steal_pointer (&whole);
}

/* The first or last bytes of a file. Returns how many, or -1 with errno */
static gssize
presync_file_place_read (const char *whole, goffset offset, int whence, char *bytes, gsize size)
{
  gsize done = 0;
  int number = 0;
  int fd = g_open (whole, O_RDONLY | O_NONBLOCK | O_CLOEXEC | O_NOCTTY, 0);

  if (fd < 0)
    return -1;
  if (lseek (fd, offset, whence) < 0)
    size = 0;
  while (done < size)
    {
      gssize n = read (fd, bytes + done, size - done);

      if (n < 0 && errno == EINTR)
        continue;
      if (n < 0)
        number = errno;
      if (n <= 0)
        break;
      done += (gsize) n;
    }
  close (fd);
  errno = number;
  return number != 0 ? -1 : (gssize) done;
}

static guint32
presync_file_place_get_number (const char *bytes)
{
  guint32 number;

  memcpy (&number, bytes, sizeof number);
  return GUINT32_FROM_BE (number);
}

/* Format: https://www.sqlite.org/fileformat2.html, "The Database Header" */
gboolean
presync_file_place_check_head (const char *whole, const char *path, int *version, GError **error)
{
  char head[HEAD_SIZE] = { 0 };
  gssize size = presync_file_place_read (whole, 0, SEEK_SET, head, sizeof head);

  if (size < 0)
    {
      presync_file_place_set_open_error (error, PRESYNC_ERROR_REFUSED, path, g_strerror (errno));
      return FALSE;
    }
  if (size < HEAD_SIZE || memcmp (head, "SQLite format 3", 16) != 0
      || presync_file_place_get_number (head + 68) != PRESYNC_STORE_APPLICATION_ID)
    {
      presync_file_place_set_open_error (error, PRESYNC_ERROR_BAD_INPUT, path,
                                         _ ("it is no assessment of Presync"));
      return FALSE;
    }
  *version = (int) presync_file_place_get_number (head + 60);
  /* No version, or a write-ahead log, which would make files of its own beside it */
  if (*version <= 0 || head[18] != 1 || head[19] != 1)
    {
      presync_file_place_set_open_error (error, PRESYNC_ERROR_BAD_INPUT, path, _ ("it is damaged"));
      return FALSE;
    }
  return TRUE;
}

gboolean
presync_file_place_has_journal (const char *whole)
{
  g_autofree char *journal = g_strconcat (whole, JOURNAL, NULL);

  return g_file_test (journal, G_FILE_TEST_EXISTS);
}

/* A journal that ends with the journal's magic names a "super-journal", which SQLite deletes after
 * it went back. Only transactions over several files have one: ours never do. */
gboolean
presync_file_place_check_journal (const char *whole, const char *path, GError **error)
{
  static const char magic[8] = { '\xd9', '\xd5', '\x05', '\xf9', '\x20', '\xa1', '\x63', '\xd7' };
  GStatBuf file;
  char tail[sizeof magic];
  g_autofree char *journal = g_strconcat (whole, JOURNAL, NULL);
  g_autofree char *log = g_strconcat (whole, LOG, NULL);
  /* SQLite reads it whatever the file says. */
  gboolean any = g_lstat (log, &file) == 0 && (!S_ISREG (file.st_mode) || file.st_size > 0);

  if (!any && g_lstat (journal, &file) != 0)
    return TRUE;
  if (!any && S_ISREG (file.st_mode)
      && (file.st_size <= (goffset) sizeof tail
          || (presync_file_place_read (journal, -(goffset) sizeof tail, SEEK_END, tail, sizeof tail)
                  == (gssize) sizeof tail
              && memcmp (tail, magic, sizeof magic) != 0)))
    return TRUE;
  presync_file_place_set_open_error (error, PRESYNC_ERROR_BAD_INPUT, path,
                                     _ ("beside it lies a journal that Presync did not write"));
  return FALSE;
}
