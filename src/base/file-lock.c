/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/file-lock.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>
#include <glib/gstdio.h>

struct _PresyncFileLock
{
  char *path; /* of the lock file */
  char *name; /* of the file's identity, in names: %NULL if it is not */
  int fd;     /* -1: none could be had */
};

/* Those that this process has: also where no lock file can be had */
static GMutex mutex;
static GHashTable *names;

/* %FALSE if this process has it already */
static gboolean
presync_file_lock_note (PresyncFileLock *self, const char *name)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&mutex);

  if (names == NULL)
    names = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  if (!g_hash_table_add (names, g_strdup (name)))
    return FALSE;
  self->name = g_strdup (name);
  return TRUE;
}

static void
presync_file_lock_forget (PresyncFileLock *self)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&mutex);

  if (self->name != NULL)
    g_hash_table_remove (names, self->name);
  if (names != NULL && g_hash_table_size (names) == 0)
    g_clear_pointer (&names, g_hash_table_unref);
  g_free (self->name);
}

/* Is the open file still the one that @path names? Its last owner may have removed it meanwhile. */
static gboolean
presync_file_lock_is_current (int fd, const char *path)
{
  struct stat open_file, named;

  return fstat (fd, &open_file) == 0 && stat (path, &named) == 0 && open_file.st_dev == named.st_dev
         && open_file.st_ino == named.st_ino;
}

/* %FALSE if somebody else has it */
static gboolean
presync_file_lock_try (PresyncFileLock *self)
{
  while (TRUE)
    {
      self->fd = g_open (self->path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
      if (self->fd < 0)
        return TRUE;
      if (flock (self->fd, LOCK_EX | LOCK_NB) != 0)
        {
          gboolean taken = errno == EWOULDBLOCK;

          close (self->fd);
          self->fd = -1;
          return !taken;
        }
      if (presync_file_lock_is_current (self->fd, self->path))
        return TRUE;
      close (self->fd);
    }
}

PresyncFileLock *
presync_file_lock_take (const char *path)
{
  GStatBuf file;
  g_autofree char *folder = NULL;
  g_autofree char *name = NULL;
  g_autoptr (PresyncFileLock) self = NULL;

  g_return_val_if_fail (path != NULL, NULL);
  if (g_stat (path, &file) != 0)
    return NULL;
  self = g_new0 (PresyncFileLock, 1);
  self->fd = -1;
  folder = g_build_filename (g_get_user_runtime_dir (), "presync", NULL);
  name = g_strdup_printf ("%" G_GINT64_MODIFIER "x-%" G_GINT64_MODIFIER "x.lock",
                          (guint64) file.st_dev, (guint64) file.st_ino);
  self->path = g_build_filename (folder, name, NULL);
  g_mkdir_with_parents (folder, 0700);
  return presync_file_lock_note (self, name) && presync_file_lock_try (self)
             ? g_steal_pointer (&self)
             : NULL;
}

void
presync_file_lock_free (PresyncFileLock *self)
{
  if (self == NULL)
    return;
  if (self->fd >= 0)
    {
      /* While it is still locked: whoever waits for it sees that it is gone. */
      g_unlink (self->path);
      close (self->fd);
    }
  presync_file_lock_forget (self);
  g_free (self->path);
  g_free (self);
}
