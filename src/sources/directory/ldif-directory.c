/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sources/directory/ldif-directory.h"

#include "base/error.h"
#include "sources/directory/dn.h"
#include "sources/directory/filter.h"
#include "sources/directory/ldif-mark.h"
#include "sources/directory/ldif-reader.h"

#include <string.h>
#include <glib/gi18n.h>

#define CHUNK (1024 * 1024)
#define MAX_DEPTH 100

/* An entry and the key of its name */
typedef struct
{
  char *key;
  PresyncEntry *entry;
} PresyncLdifRow;

struct _PresyncLdifDirectory
{
  GObject parent_instance;

  char *target;
  GPtrArray *rows;       /* of PresyncLdifRow, in the file's order */
  GHashTable *by_key;    /* key to row (both owned by the rows) */
  GHashTable *ancestors; /* keys above an entry, whether or not the file holds them */
  char *partial;         /* why there may be more entries; nullable */
  GHashTable *accounts;  /* that it was recorded with; nullable */
  gboolean names;        /* a snapshot of ours: recorded with user principal names */
};

static void presync_ldif_directory_iface_init (PresyncDirectoryInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (PresyncLdifDirectory, presync_ldif_directory, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (PRESYNC_TYPE_DIRECTORY,
                                                      presync_ldif_directory_iface_init))

static void
presync_ldif_row_free (PresyncLdifRow *row)
{
  g_free (row->key);
  presync_entry_free (row->entry);
  g_free (row);
}

static void
presync_ldif_directory_finalize (GObject *object)
{
  PresyncLdifDirectory *self = PRESYNC_LDIF_DIRECTORY (object);

  g_clear_pointer (&self->by_key, g_hash_table_unref);
  g_clear_pointer (&self->ancestors, g_hash_table_unref);
  g_clear_pointer (&self->rows, g_ptr_array_unref);
  g_free (self->target);
  g_free (self->partial);
  g_clear_pointer (&self->accounts, g_hash_table_unref);
  G_OBJECT_CLASS (presync_ldif_directory_parent_class)->finalize (object);
}

static void
presync_ldif_directory_class_init (PresyncLdifDirectoryClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = presync_ldif_directory_finalize;
}

static void
presync_ldif_directory_init (PresyncLdifDirectory *self)
{
  self->rows = g_ptr_array_new_with_free_func ((GDestroyNotify) presync_ldif_row_free);
  self->by_key = g_hash_table_new (g_str_hash, g_str_equal);
  self->ancestors = g_hash_table_new (g_str_hash, g_str_equal);
}

static gboolean
presync_ldif_directory_has_value (GPtrArray *values, GBytes *value)
{
  for (guint i = 0; values != NULL && i < values->len; i++)
    if (g_bytes_equal (g_ptr_array_index (values, i), value))
      return TRUE;
  return FALSE;
}

/* The same name again: a file put together from several exports. What is new is added. */
static void
presync_ldif_directory_merge (PresyncEntry *into, const PresyncEntry *from)
{
  g_autoptr (GPtrArray) names = presync_entry_list_attributes (from);

  for (guint i = 0; i < names->len; i++)
    {
      const char *name = g_ptr_array_index (names, i);
      GPtrArray *values = presync_entry_get_values (from, name);

      for (guint j = 0; j < values->len; j++)
        {
          GBytes *value = g_ptr_array_index (values, j);
          GPtrArray *there = presync_entry_get_values (into, name);
          /* Long lists are not compared value by value: that would take too long. */
          if ((there != NULL && there->len > 2000)
              || !presync_ldif_directory_has_value (there, value))
            presync_entry_add (into, name, g_bytes_ref (value));
        }
    }
}

static void
presync_ldif_directory_note_ancestors (PresyncLdifDirectory *self, const char *key)
{
  const char *up = presync_dn_key_parent (key);

  /* No real directory is so deep; the bound keeps a hostile file from taking for ever. */
  for (guint i = 0; i < MAX_DEPTH && up != NULL && *up != '\0'; i++)
    {
      if (!g_hash_table_add (self->ancestors, (gpointer) up))
        return;
      up = presync_dn_key_parent (up);
    }
}

/* @entry: (transfer full) */
static void
presync_ldif_directory_add (PresyncLdifDirectory *self, PresyncEntry *entry)
{
  g_autofree char *key = presync_dn_normalize (presync_entry_get_dn (entry));
  PresyncLdifRow *row = g_hash_table_lookup (self->by_key, key);

  if (row != NULL)
    {
      presync_ldif_directory_merge (row->entry, entry);
      presync_entry_free (entry);
      return;
    }
  row = g_new0 (PresyncLdifRow, 1);
  row->key = g_steal_pointer (&key);
  row->entry = entry;
  g_ptr_array_add (self->rows, row);
  g_hash_table_insert (self->by_key, row->key, row);
  presync_ldif_directory_note_ancestors (self, row->key);
}

static gboolean
presync_ldif_directory_cannot_read (const char *path, const char *why, GError **error)
{
  g_set_error (error, PRESYNC_ERROR, PRESYNC_ERROR_BAD_INPUT, _ ("“%s” cannot be read: %s"), path,
               why);
  return FALSE;
}

/* A device or a pipe has no end, and opening it may block for ever. */
static gboolean
presync_ldif_directory_is_file (GFile *file, const char *path, GCancellable *cancellable,
                                GError **error)
{
  GFileType type = g_file_query_file_type (file, G_FILE_QUERY_INFO_NONE, cancellable);

  if (g_cancellable_set_error_if_cancelled (cancellable, error))
    return FALSE;
  if (type == G_FILE_TYPE_SPECIAL || type == G_FILE_TYPE_DIRECTORY)
    return presync_ldif_directory_cannot_read (path, _ ("it is not a regular file."), error);
  return TRUE;
}

/* (transfer full) (nullable) */
static GBytes *
presync_ldif_directory_load (GFile *file, const char *path, GCancellable *cancellable,
                             GError **error)
{
  g_autoptr (GError) local = NULL;
  g_autoptr (GFileInputStream) stream = g_file_read (file, cancellable, &local);
  g_autoptr (GByteArray) content = g_byte_array_new ();

  while (local == NULL)
    {
      g_autoptr (GBytes) chunk
          = g_input_stream_read_bytes (G_INPUT_STREAM (stream), CHUNK, cancellable, &local);
      gsize size = chunk == NULL ? 0 : g_bytes_get_size (chunk);

      if (chunk != NULL && size == 0)
        return g_byte_array_free_to_bytes (g_steal_pointer (&content));
      if (content->len + size > PRESYNC_LDIF_MAX_FILE)
        {
          presync_ldif_directory_cannot_read (path, _ ("it is larger than 64 MB."), error);
          return NULL;
        }
      if (size > 0)
        g_byte_array_append (content, g_bytes_get_data (chunk, NULL), (guint) size);
    }
  if (g_error_matches (local, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    g_propagate_error (error, g_steal_pointer (&local));
  else
    presync_ldif_directory_cannot_read (path, local->message, error);
  return NULL;
}

/* (transfer full) (nullable) (element-type utf8): the accounts that a snapshot of ours was recorded
 * with; NULL for other files. @names: (out): was it recorded with user principal names? */
static GHashTable *
presync_ldif_directory_read_accounts (GBytes *content, gboolean *names)
{
  gsize size;
  const char *text = g_bytes_get_data (content, &size);
  const char *end = text + size;
  g_autoptr (GHashTable) accounts = NULL;

  if (size < strlen (PRESYNC_LDIF_MARK_BEGIN)
      || memcmp (text, PRESYNC_LDIF_MARK_BEGIN, strlen (PRESYNC_LDIF_MARK_BEGIN)) != 0)
    return NULL;
  accounts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  while (text < end && *text == '#')
    {
      const char *stop = memchr (text, '\n', (gsize) (end - text));
      g_autofree char *line = g_strndup (text, (gsize) ((stop == NULL ? end : stop) - text));

      if (g_str_has_prefix (line, PRESYNC_LDIF_MARK_ACCOUNT))
        {
          g_autofree char *name = g_strcompress (line + strlen (PRESYNC_LDIF_MARK_ACCOUNT));
          if (g_utf8_validate (name, -1, NULL))
            g_hash_table_add (accounts, g_utf8_casefold (name, -1));
        }
      else if (g_str_equal (g_strchomp (line), PRESYNC_LDIF_MARK_NAMES))
        *names = TRUE;
      text = stop == NULL ? end : stop + 1;
    }
  return g_steal_pointer (&accounts);
}

gboolean
presync_ldif_directory_tells_of (PresyncLdifDirectory *self, const char *account)
{
  g_autofree char *folded = NULL;

  g_return_val_if_fail (PRESYNC_IS_LDIF_DIRECTORY (self) && account != NULL, FALSE);
  folded = g_utf8_casefold (account, -1);
  return self->accounts == NULL || g_hash_table_contains (self->accounts, folded);
}

gboolean
presync_ldif_directory_tells_names (PresyncLdifDirectory *self)
{
  g_return_val_if_fail (PRESYNC_IS_LDIF_DIRECTORY (self), FALSE);
  return self->accounts == NULL || self->names;
}

PresyncLdifDirectory *
presync_ldif_directory_new (const char *path, GCancellable *cancellable, GError **error)
{
  g_autoptr (PresyncLdifDirectory) self = NULL;
  g_autoptr (GFile) file = NULL;
  g_autoptr (GBytes) content = NULL;
  g_autoptr (GPtrArray) entries = NULL;

  g_return_val_if_fail (path != NULL, NULL);

  file = g_str_has_prefix (path, "resource://") ? g_file_new_for_uri (path)
                                                : g_file_new_for_path (path);
  self = g_object_new (PRESYNC_TYPE_LDIF_DIRECTORY, NULL);
  self->target = g_path_get_basename (path);
  if (!presync_ldif_directory_is_file (file, path, cancellable, error))
    return NULL;
  content = presync_ldif_directory_load (file, path, cancellable, error);
  if (content == NULL)
    return NULL;
  self->accounts = presync_ldif_directory_read_accounts (content, &self->names);
  entries = presync_ldif_read_partial (content, path, &self->partial, cancellable, error);
  if (entries == NULL)
    return NULL;
  g_clear_pointer (&content, g_bytes_unref);
  g_ptr_array_set_free_func (entries, NULL); /* each entry is handed on */
  for (guint i = 0; i < entries->len; i++)
    presync_ldif_directory_add (self, g_ptr_array_index (entries, i));
  return g_steal_pointer (&self);
}

static gboolean
presync_ldif_directory_asks_for (const PresyncQuery *query, const char *name)
{
  if (query->attributes == NULL || query->attributes[0] == NULL)
    return TRUE;
  for (guint i = 0; query->attributes[i] != NULL; i++)
    if (strcmp (query->attributes[i], "*") == 0
        || g_ascii_strcasecmp (query->attributes[i], name) == 0)
      return TRUE;
  return FALSE;
}

/* (transfer full): the attributes of @entry that @query wants */
static PresyncEntry *
presync_ldif_directory_project (const PresyncEntry *entry, const PresyncQuery *query)
{
  PresyncEntry *projected = presync_entry_new (presync_entry_get_dn (entry));
  g_autoptr (GPtrArray) names = presync_entry_list_attributes (entry);

  for (guint i = 0; i < names->len; i++)
    {
      const char *name = g_ptr_array_index (names, i);
      GPtrArray *values = presync_entry_get_values (entry, name);

      for (guint j = 0; presync_ldif_directory_asks_for (query, name) && j < values->len; j++)
        presync_entry_add (projected, name, g_bytes_ref (g_ptr_array_index (values, j)));
    }
  return projected;
}

static gboolean
presync_ldif_directory_in_scope (const PresyncLdifRow *row, PresyncScope scope, const char *base)
{
  const char *parent = presync_dn_key_parent (row->key);

  if (scope == PRESYNC_SCOPE_ONE_LEVEL)
    return parent != NULL && strcmp (parent, base) == 0;
  /* The rootDSE is no part of any naming context. */
  return parent != NULL && presync_dn_key_is_under (row->key, base);
}

typedef struct
{
  const PresyncQuery *query;
  const PresyncFilter *filter;
  PresyncEntryFunc func;
  gpointer user_data;
  guint delivered;
} PresyncLdifSearch;

/* FALSE: stop here, there is or may be more */
static gboolean
presync_ldif_directory_deliver (PresyncLdifSearch *search, const PresyncLdifRow *row)
{
  g_autoptr (PresyncEntry) entry = NULL;

  if (!presync_filter_matches (search->filter, row->entry))
    return TRUE;
  if (search->query->max_entries > 0 && search->delivered == search->query->max_entries)
    return FALSE;
  search->delivered++;
  entry = presync_ldif_directory_project (row->entry, search->query);
  return search->func (entry, search->user_data);
}

static gboolean
presync_ldif_directory_search (PresyncDirectory *directory, const PresyncQuery *query,
                               PresyncEntryFunc func, gpointer user_data, gboolean *complete,
                               GCancellable *cancellable, GError **error)
{
  PresyncLdifDirectory *self = PRESYNC_LDIF_DIRECTORY (directory);
  g_autofree char *base = presync_dn_normalize (query->base);
  g_autoptr (PresyncFilter) filter = presync_filter_parse (query->filter, error);
  PresyncLdifSearch search = { query, filter, func, user_data, 0 };
  PresyncLdifRow *row = g_hash_table_lookup (self->by_key, base);

  *complete = FALSE;
  if (filter == NULL)
    return FALSE;
  if (row == NULL
      && (query->scope == PRESYNC_SCOPE_BASE || !g_hash_table_contains (self->ancestors, base)))
    {
      /* Of what was cut off nobody can say that it does not exist. */
      if (self->partial != NULL)
        g_set_error_literal (error, PRESYNC_ERROR, PRESYNC_ERROR_LIMIT, self->partial);
      else
        g_set_error (error, PRESYNC_ERROR, PRESYNC_ERROR_NOT_FOUND,
                     _ ("The snapshot “%s” holds no entry “%s”."), self->target,
                     query->base[0] == '\0' ? "rootDSE" : query->base);
      return FALSE;
    }
  *complete = self->partial == NULL;
  if (query->scope == PRESYNC_SCOPE_BASE)
    {
      *complete = presync_ldif_directory_deliver (&search, row) && *complete;
      return TRUE;
    }
  for (guint i = 0; i < self->rows->len; i++)
    {
      row = g_ptr_array_index (self->rows, i);
      if (i % 1024 == 0 && g_cancellable_set_error_if_cancelled (cancellable, error))
        return FALSE;
      if (presync_ldif_directory_in_scope (row, query->scope, base)
          && !presync_ldif_directory_deliver (&search, row))
        {
          *complete = FALSE;
          break;
        }
    }
  return TRUE;
}

static const char *
presync_ldif_directory_get_target (PresyncDirectory *directory)
{
  return PRESYNC_LDIF_DIRECTORY (directory)->target;
}

static const char *
presync_ldif_directory_get_partial_reason (PresyncDirectory *directory)
{
  return PRESYNC_LDIF_DIRECTORY (directory)->partial;
}

static void
presync_ldif_directory_iface_init (PresyncDirectoryInterface *iface)
{
  iface->search = presync_ldif_directory_search;
  iface->get_target = presync_ldif_directory_get_target;
  iface->get_partial_reason = presync_ldif_directory_get_partial_reason;
}
