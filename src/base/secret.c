/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/secret.h"

#include <string.h>
#include <glib/gi18n.h>
#include <gio/gio.h>

#include "base/error.h"

#define PASSWORD_FILE_MAX 1024
#define BYTE_ORDER_MARK "\xef\xbb\xbf"

struct _PresyncSecret
{
  gatomicrefcount refs;
  gsize length;
  char *text;
};

/* A plain memset before free may be optimised away; a volatile store may not. */
static void
presync_secret_wipe (char *text, gsize length)
{
  volatile char *p = text;
  for (gsize i = 0; i < length; i++)
    p[i] = 0;
}

static PresyncSecret *
presync_secret_new_len (const char *text, gsize length)
{
  PresyncSecret *self = g_new0 (PresyncSecret, 1);
  g_atomic_ref_count_init (&self->refs);
  self->length = length;
  self->text = g_malloc0 (length + 1);
  if (length > 0)
    memcpy (self->text, text, length);
  return self;
}

PresyncSecret *
presync_secret_new (const char *text)
{
  return presync_secret_new_len (text, text != NULL ? strlen (text) : 0);
}

PresyncSecret *
presync_secret_ref (PresyncSecret *self)
{
  g_return_val_if_fail (self != NULL, NULL);
  g_atomic_ref_count_inc (&self->refs);
  return self;
}

void
presync_secret_unref (PresyncSecret *self)
{
  g_return_if_fail (self != NULL);
  if (!g_atomic_ref_count_dec (&self->refs))
    return;
  presync_secret_wipe (self->text, self->length);
  g_free (self->text);
  g_free (self);
}

const char *
presync_secret_peek (const PresyncSecret *self)
{
  g_return_val_if_fail (self != NULL, NULL);
  return self->text;
}

gsize
presync_secret_get_length (const PresyncSecret *self)
{
  g_return_val_if_fail (self != NULL, 0);
  return self->length;
}

/* (nullable): the first line of @text; NULL if it is empty (an empty password would sign in as
 * nobody), or no text */
static PresyncSecret *
presync_secret_new_first_line (const char *text, gsize length)
{
  const char *end = memchr (text, '\n', length);
  gsize line = end != NULL ? (gsize) (end - text) : length;

  if (line > 0 && text[line - 1] == '\r')
    line--;
  /* Editors of Windows put a byte order mark before the text. */
  if (line >= strlen (BYTE_ORDER_MARK)
      && memcmp (text, BYTE_ORDER_MARK, strlen (BYTE_ORDER_MARK)) == 0)
    {
      text += strlen (BYTE_ORDER_MARK);
      line -= strlen (BYTE_ORDER_MARK);
    }
  if (line == 0 || memchr (text, 0, line) != NULL || !g_utf8_validate (text, (gssize) line, NULL))
    return NULL;
  return presync_secret_new_len (text, line);
}

PresyncSecret *
presync_secret_read_file (const char *path, GError **error)
{
  char buffer[PASSWORD_FILE_MAX + 1];
  gsize length = 0;
  PresyncSecret *self = NULL;
  g_autoptr (GError) local = NULL;
  g_autoptr (GFile) file = NULL;
  g_autoptr (GFileInputStream) stream = NULL;

  g_return_val_if_fail (path != NULL, NULL);
  file = g_file_new_for_commandline_arg (path);
  stream = g_file_read (file, NULL, &local);
  if (stream == NULL
      || !g_input_stream_read_all (G_INPUT_STREAM (stream), buffer, sizeof buffer, &length, NULL,
                                   &local))
    {
      g_autofree char *reason = presync_error_dup_reason (local);

      presync_secret_wipe (buffer, length);
      g_set_error (error, PRESYNC_ERROR, PRESYNC_ERROR_BAD_INPUT,
                   _ ("The password file “%s” could not be read: %s"), path, reason);
      return NULL;
    }
  if (length <= PASSWORD_FILE_MAX)
    self = presync_secret_new_first_line (buffer, length);
  presync_secret_wipe (buffer, sizeof buffer);
  if (self == NULL)
    g_set_error (error, PRESYNC_ERROR, PRESYNC_ERROR_BAD_INPUT,
                 _ ("The password file “%s” must hold one line of UTF-8 text of at most %d bytes"),
                 path, PASSWORD_FILE_MAX);
  return self;
}
