/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sources/directory/ldif-reader.h"

#include "base/error.h"
#include "sources/directory/ldif-mark.h"

#include <string.h>
#include <glib/gi18n.h>

/* A folded line in base64 of a value of the greatest size, and its attribute's name */
#define MAX_LINE (PRESYNC_LDIF_MAX_VALUE / 3 * 4 + 4096)
#define MAX_NAME 256
#define MAX_DN 8192
#define MAX_ATTRIBUTES 4096

typedef struct
{
  const char *name;
  const char *at, *end;
  guint line;          /* of the physical line that was read last */
  GString *logical;    /* line without its folds */
  guint logical_line;  /* where it begins */
  gboolean cut;        /* the last line has no end */
  PresyncEntry *entry; /* being filled */
  gboolean trailer;    /* in a record of ldapsearch's own: result, reference */
  GPtrArray *entries;
  guint n_attributes; /* different ones of this entry */
  guint n_values;
  gboolean ended_early; /* as ldapsearch says */
  gboolean mark_begin;  /* a snapshot of ours, */
  gboolean mark_end;    /* with its end, */
  guint64 mark_n;       /* and so many entries */
  GError **error;
} PresyncLdifReader;

typedef enum
{
  LDIF_LINE,
  LDIF_BLANK,
  LDIF_END,
  LDIF_ERROR,
} PresyncLdifToken;

/* "“%s”, line %u: …", whole translated sentences */
static gboolean
presync_ldif_fail (PresyncLdifReader *self, guint line, const char *what)
{
  g_set_error (self->error, PRESYNC_ERROR, PRESYNC_ERROR_BAD_INPUT, "%s:%u: %s", self->name, line,
               what);
  return FALSE;
}

/* Next physical line, without its end; FALSE at the end of the file */
static gboolean
presync_ldif_physical (PresyncLdifReader *self, const char **start, gsize *length)
{
  const char *newline;

  if (self->at == self->end)
    return FALSE;
  newline = memchr (self->at, '\n', (gsize) (self->end - self->at));
  *start = self->at;
  *length = (gsize) ((newline == NULL ? self->end : newline) - self->at);
  self->at = newline == NULL ? self->end : newline + 1;
  self->cut = newline == NULL;
  self->line++;
  if (*length > 0 && (*start)[*length - 1] == '\r')
    (*length)--;
  return TRUE;
}

static gboolean
presync_ldif_folded (PresyncLdifReader *self)
{
  return self->at < self->end && *self->at == ' ';
}

/* The rest of the line that begins with @start, its folds undone */
static gboolean
presync_ldif_unfold (PresyncLdifReader *self, const char *start, gsize length)
{
  g_string_truncate (self->logical, 0);
  self->logical_line = self->line;
  for (;;)
    {
      if (memchr (start, '\0', length) != NULL)
        return presync_ldif_fail (self, self->line, _ ("The line contains a zero byte."));
      if (self->logical->len + length > MAX_LINE)
        return presync_ldif_fail (self, self->logical_line, _ ("The value is longer than 10 MB."));
      g_string_append_len (self->logical, start, (gssize) length);
      if (!presync_ldif_folded (self))
        return TRUE;
      presync_ldif_physical (self, &start, &length);
      start++;
      length = length == 0 ? 0 : length - 1; /* " \r" is a fold of nothing */
    }
}

/* @comment: a line from its "#" on, without its end */
static void
presync_ldif_note_mark (PresyncLdifReader *self, const char *comment, gsize length)
{
  g_autofree char *text = g_strndup (comment, MIN (length, MAX_NAME));
  g_autofree char *digits = NULL;
  gsize size;

  if (strcmp (text, PRESYNC_LDIF_MARK_BEGIN) == 0)
    self->mark_begin = TRUE;
  if (!g_str_has_prefix (text, PRESYNC_LDIF_MARK_END)
      || !g_str_has_suffix (text, PRESYNC_LDIF_MARK_UNIT))
    return;
  size = strlen (text) - strlen (PRESYNC_LDIF_MARK_UNIT);
  if (size <= strlen (PRESYNC_LDIF_MARK_END))
    return;
  digits = g_strndup (text + strlen (PRESYNC_LDIF_MARK_END), size - strlen (PRESYNC_LDIF_MARK_END));
  self->mark_end
      = g_ascii_string_to_unsigned (digits, 10, 0, PRESYNC_LDIF_MAX_ENTRIES, &self->mark_n, NULL);
}

static PresyncLdifToken
presync_ldif_next (PresyncLdifReader *self)
{
  const char *start;
  gsize length;

  while (presync_ldif_physical (self, &start, &length))
    {
      if (length == 0)
        return LDIF_BLANK;
      if (*start == '#') /* a comment may be folded too */
        {
          presync_ldif_note_mark (self, start, length);
          while (presync_ldif_folded (self))
            presync_ldif_physical (self, &start, &length);
          continue;
        }
      if (*start == ' ')
        {
          presync_ldif_fail (self, self->line, _ ("A continued line has nothing before it."));
          return LDIF_ERROR;
        }
      return presync_ldif_unfold (self, start, length) ? LDIF_LINE : LDIF_ERROR;
    }
  return LDIF_END;
}

/* Strict, unlike g_base64_decode(), which skips what it does not know */
static GBytes *
presync_ldif_decode (const char *text, gsize length)
{
  gsize padding = 0;
  gsize size;
  guchar *data;

  if (length % 4 != 0)
    return NULL;
  for (gsize i = 0; i < length; i++)
    {
      if (text[i] == '=' && i + 2 >= length)
        padding++;
      else if (padding > 0 || !(g_ascii_isalnum (text[i]) || text[i] == '+' || text[i] == '/'))
        return NULL;
    }
  if (length == 0)
    return g_bytes_new_static ("", 0);
  data = g_base64_decode (text, &size);
  return g_bytes_new_take (data, size);
}

/* (transfer full) (nullable): the value behind the colon at @colon */
static GBytes *
presync_ldif_value (PresyncLdifReader *self, const char *colon)
{
  const char *value = colon + 1;
  gboolean base64 = *value == ':';
  gsize length;
  g_autoptr (GBytes) bytes = NULL;

  if (*value == '<')
    {
      presync_ldif_fail (self, self->logical_line,
                         _ ("The value is kept in another file, which Presync does not open."));
      return NULL;
    }
  if (base64)
    value++;
  while (*value == ' ')
    value++;
  length = self->logical->len - (gsize) (value - self->logical->str);
  if (base64)
    {
      while (length > 0 && value[length - 1] == ' ')
        g_string_truncate (self->logical, self->logical->len - 1), length--;
      bytes = presync_ldif_decode (value, length);
      if (bytes == NULL)
        presync_ldif_fail (self, self->logical_line,
                           self->cut ? _ ("The file ends within a base64 value.")
                                     : _ ("The value is not valid base64."));
    }
  else
    bytes = g_bytes_new (value, length);
  if (bytes != NULL && g_bytes_get_size (bytes) > PRESYNC_LDIF_MAX_VALUE)
    {
      presync_ldif_fail (self, self->logical_line, _ ("The value is longer than 10 MB."));
      return NULL;
    }
  return g_steal_pointer (&bytes);
}

/* (transfer full) (nullable): the attribute's name before @colon; a range of values is not part */
static char *
presync_ldif_name (PresyncLdifReader *self, const char *colon)
{
  gsize length = (gsize) (colon - self->logical->str);
  g_autofree char *name = NULL;
  char *range;

  if (length == 0 || length > MAX_NAME)
    return NULL;
  for (gsize i = 0; i < length; i++)
    if (!g_ascii_isalnum (self->logical->str[i])
        && strchr ("-.;_=*", self->logical->str[i]) == NULL)
      return NULL;
  name = g_strndup (self->logical->str, length);
  range = strstr (name, ";range=");
  if (range != NULL)
    *range = '\0';
  if (name[0] == '\0' || strpbrk (name, "=*") != NULL)
    return NULL;
  return g_steal_pointer (&name);
}

static gboolean
presync_ldif_begin_entry (PresyncLdifReader *self, GBytes *value)
{
  gsize size;
  const char *data = g_bytes_get_data (value, &size);
  g_autofree char *dn = NULL;

  if (self->entry != NULL)
    return presync_ldif_fail (self, self->logical_line,
                              _ ("An empty line is missing before this entry."));
  if (size > 0 && memchr (data, '\0', size) != NULL)
    return presync_ldif_fail (self, self->logical_line, _ ("The name contains a zero byte."));
  if (size > MAX_DN)
    return presync_ldif_fail (self, self->logical_line,
                              _ ("The name of the entry is longer than 8 KB."));
  self->n_attributes = 0;
  dn = g_strndup (size == 0 ? "" : data, size);
  self->entry = presync_entry_new (dn);
  return TRUE;
}

/* A line before any "dn:" of its record */
static gboolean
presync_ldif_outside (PresyncLdifReader *self, const char *name, GBytes *value)
{
  gsize size;
  const char *data = g_bytes_get_data (value, &size);
  g_autofree char *text = g_strndup (size == 0 ? "" : data, size);

  if (g_ascii_strcasecmp (name, "version") == 0 && self->entries->len == 0)
    {
      if (strcmp (g_strstrip (text), "1") == 0)
        return TRUE;
      return presync_ldif_fail (self, self->logical_line,
                                _ ("Only version 1 of the LDIF format is understood."));
    }
  /* What ldapsearch writes of its own, without -LLL */
  if (self->trailer || strcmp (name, "search") == 0 || strcmp (name, "ref") == 0
      || strcmp (name, "result") == 0)
    {
      self->trailer = TRUE;
      /* 0 success, 10 referral, 32 no such object: nothing was cut off */
      if (strcmp (name, "result") == 0)
        {
          guint64 code = g_ascii_strtoull (text, NULL, 10);
          if (code != 0 && code != 10 && code != 32)
            self->ended_early = TRUE;
        }
      return TRUE;
    }
  return presync_ldif_fail (self, self->logical_line,
                            _ ("The entry does not begin with a “dn:” line."));
}

/* ldifde writes "changetype: add" in every record of an export. */
static gboolean
presync_ldif_is_export (GBytes *value)
{
  gsize size;
  const char *data = g_bytes_get_data (value, &size);

  return size == 3 && g_ascii_strncasecmp (data, "add", 3) == 0;
}

static gboolean
presync_ldif_line (PresyncLdifReader *self)
{
  const char *colon = strchr (self->logical->str, ':');
  g_autofree char *name = NULL;
  g_autoptr (GBytes) value = NULL;

  if (colon == NULL)
    return presync_ldif_fail (self, self->logical_line,
                              self->cut ? _ ("The file ends within a line.")
                                        : _ ("The line has no colon."));
  name = presync_ldif_name (self, colon);
  if (name == NULL)
    return presync_ldif_fail (self, self->logical_line,
                              _ ("The line does not begin with the name of an attribute."));
  value = presync_ldif_value (self, colon);
  if (value == NULL)
    return FALSE;
  if (g_ascii_strcasecmp (name, "dn") == 0)
    return presync_ldif_begin_entry (self, value);
  if (self->entry == NULL)
    return presync_ldif_outside (self, name, value);
  if (g_ascii_strcasecmp (name, "control") == 0
      || (g_ascii_strcasecmp (name, "changetype") == 0 && !presync_ldif_is_export (value)))
    return presync_ldif_fail (self, self->logical_line,
                              _ ("This is a list of changes, not an export of a directory."));
  if (g_ascii_strcasecmp (name, "changetype") == 0)
    return TRUE;
  if (++self->n_values > PRESYNC_LDIF_MAX_VALUES)
    return presync_ldif_fail (self, self->logical_line,
                              _ ("There are more than 2 million values."));
  if (presync_entry_get_values (self->entry, name) == NULL && ++self->n_attributes > MAX_ATTRIBUTES)
    return presync_ldif_fail (self, self->logical_line,
                              _ ("The entry has more than 4096 attributes."));
  presync_entry_add (self->entry, name, g_steal_pointer (&value));
  return TRUE;
}

static gboolean
presync_ldif_end_record (PresyncLdifReader *self)
{
  self->trailer = FALSE;
  if (self->entry == NULL)
    return TRUE;
  if (self->entries->len == PRESYNC_LDIF_MAX_ENTRIES)
    return presync_ldif_fail (self, self->line, _ ("There are more than 500 000 entries."));
  g_ptr_array_add (self->entries, g_steal_pointer (&self->entry));
  return TRUE;
}

/* Byte order marks: UTF-8's is skipped, UTF-16 (ldifde -u) is refused by name. */
static gboolean
presync_ldif_skip_mark (PresyncLdifReader *self)
{
  gsize size = (gsize) (self->end - self->at);

  if (size >= 3 && memcmp (self->at, "\xef\xbb\xbf", 3) == 0)
    self->at += 3;
  if (size >= 2 && (memcmp (self->at, "\xff\xfe", 2) == 0 || memcmp (self->at, "\xfe\xff", 2) == 0))
    return presync_ldif_fail (self, 1, _ ("The file is in UTF-16; export it again without “-u”."));
  return TRUE;
}

static gboolean
presync_ldif_run (PresyncLdifReader *self, GCancellable *cancellable)
{
  if (!presync_ldif_skip_mark (self))
    return FALSE;
  for (;;)
    {
      PresyncLdifToken token = presync_ldif_next (self);

      if (token == LDIF_ERROR || (token == LDIF_LINE && !presync_ldif_line (self)))
        return FALSE;
      if (token == LDIF_LINE)
        continue;
      if (!presync_ldif_end_record (self)
          || g_cancellable_set_error_if_cancelled (cancellable, self->error))
        return FALSE;
      if (token == LDIF_END)
        return TRUE;
    }
}

/* (transfer full) (nullable): why there may be more than was read */
static char *
presync_ldif_dup_partial (const PresyncLdifReader *self)
{
  g_autofree char *name = g_path_get_basename (self->name);

  if (self->ended_early)
    return g_strdup_printf (_ ("The snapshot “%s” says itself that its search ended early."), name);
  if (self->cut)
    return g_strdup_printf (_ ("The snapshot “%s” was cut short: its last line has no end."), name);
  if (self->mark_begin && !self->mark_end)
    return g_strdup_printf (_ ("The snapshot “%s” was cut short: the mark at its end is missing."),
                            name);
  if (self->mark_end && (!self->mark_begin || self->mark_n != self->entries->len))
    return g_strdup_printf (
        _ ("The snapshot “%s” is not whole: it holds %u entries, but %u were recorded."), name,
        self->entries->len, (guint) self->mark_n);
  return NULL;
}

GPtrArray *
presync_ldif_read_partial (GBytes *data, const char *name, char **partial,
                           GCancellable *cancellable, GError **error)
{
  PresyncLdifReader self = { .name = name, .error = error };
  gsize size;
  gboolean ok;

  g_return_val_if_fail (data != NULL && name != NULL && partial != NULL, NULL);

  self.at = g_bytes_get_data (data, &size);
  self.end = self.at == NULL ? NULL : self.at + size;
  self.logical = g_string_new (NULL);
  self.entries = g_ptr_array_new_with_free_func ((GDestroyNotify) presync_entry_free);
  ok = presync_ldif_run (&self, cancellable);
  *partial = ok ? presync_ldif_dup_partial (&self) : NULL;
  g_string_free (self.logical, TRUE);
  presync_entry_free (self.entry);
  if (!ok)
    g_clear_pointer (&self.entries, g_ptr_array_unref);
  return self.entries;
}

GPtrArray *
presync_ldif_read (GBytes *data, const char *name, gboolean *complete, GCancellable *cancellable,
                   GError **error)
{
  g_autofree char *partial = NULL;
  GPtrArray *entries;

  g_return_val_if_fail (complete != NULL, NULL);
  entries = presync_ldif_read_partial (data, name, &partial, cancellable, error);
  *complete = entries != NULL && partial == NULL;
  return entries;
}
