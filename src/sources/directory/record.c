/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sources/directory/record.h"

#include "base/error.h"
#include "sources/directory/dn.h"
#include "sources/directory/filter.h"
#include "sources/directory/ldif-mark.h"
#include "sources/directory/ldif-writer.h"
#include "sources/directory/probe.h"

#include <string.h>
#include <glib/gi18n.h>

/* PresyncRecorder: a directory that passes queries on to another and keeps what came. So that the
 * snapshot answers the same queries, it asks for what their filters look at too, and for the
 * entries that they start from. */
#define PRESYNC_TYPE_RECORDER (presync_recorder_get_type ())
G_DECLARE_FINAL_TYPE (PresyncRecorder, presync_recorder, PRESYNC, RECORDER, GObject)

struct _PresyncRecorder
{
  GObject parent_instance;

  PresyncDirectory *directory;
  GHashTable *entries; /* key of the DN to PresyncEntry */
  char *cut;           /* base of a read that was not complete; nullable */
};

static void presync_recorder_iface_init (PresyncDirectoryInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (PresyncRecorder, presync_recorder, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (PRESYNC_TYPE_DIRECTORY,
                                                      presync_recorder_iface_init))

static void
presync_recorder_finalize (GObject *object)
{
  PresyncRecorder *self = PRESYNC_RECORDER (object);

  g_clear_object (&self->directory);
  g_hash_table_unref (self->entries);
  g_free (self->cut);
  G_OBJECT_CLASS (presync_recorder_parent_class)->finalize (object);
}

static void
presync_recorder_class_init (PresyncRecorderClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = presync_recorder_finalize;
}

static void
presync_recorder_init (PresyncRecorder *self)
{
  self->entries = g_hash_table_new_full (g_str_hash, g_str_equal, g_free,
                                         (GDestroyNotify) presync_entry_free);
}

/* The same entry may come in several reads: its attributes are put together. */
static void
presync_recorder_keep (PresyncRecorder *self, const PresyncEntry *entry)
{
  g_autofree char *key = presync_dn_normalize (presync_entry_get_dn (entry));
  PresyncEntry *kept = g_hash_table_lookup (self->entries, key);
  g_autoptr (GPtrArray) names = NULL;

  if (kept == NULL)
    {
      g_hash_table_insert (self->entries, g_steal_pointer (&key), presync_entry_copy (entry));
      return;
    }
  names = presync_entry_list_attributes (entry);
  for (guint i = 0; i < names->len; i++)
    {
      const char *name = g_ptr_array_index (names, i);
      GPtrArray *values = presync_entry_get_values (entry, name);

      if (presync_entry_get_values (kept, name) != NULL)
        continue;
      for (guint j = 0; j < values->len; j++)
        presync_entry_add (kept, name, g_bytes_ref (g_ptr_array_index (values, j)));
    }
}

typedef struct
{
  PresyncRecorder *self;
  PresyncEntryFunc func; /* nullable */
  gpointer user_data;
} PresyncRecorderSink;

static gboolean
presync_recorder_entry_cb (const PresyncEntry *entry, gpointer user_data)
{
  PresyncRecorderSink *sink = user_data;

  presync_recorder_keep (sink->self, entry);
  return sink->func == NULL || sink->func (entry, sink->user_data);
}

static gboolean
presync_recorder_lists (GPtrArray *names, const char *name)
{
  for (guint i = 0; i < names->len; i++)
    if (g_ascii_strcasecmp (g_ptr_array_index (names, i), name) == 0)
      return TRUE;
  return FALSE;
}

/* (transfer full) (array zero-terminated=1): what @query asks for and what its filter looks at */
static char **
presync_recorder_widen (const PresyncQuery *query, GError **error)
{
  g_autoptr (PresyncFilter) filter = presync_filter_parse (query->filter, error);
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  g_auto (GStrv) used = NULL;

  if (filter == NULL)
    return NULL;
  used = presync_filter_list_attributes (filter);
  for (guint i = 0; query->attributes[i] != NULL; i++)
    if (strcmp (query->attributes[i], "1.1") != 0)
      g_ptr_array_add (names, g_strdup (query->attributes[i]));
  for (guint i = 0; used[i] != NULL; i++)
    if (!presync_recorder_lists (names, used[i]))
      g_ptr_array_add (names, g_strdup (used[i]));
  g_ptr_array_add (names, NULL);
  return (char **) g_ptr_array_steal (names, NULL);
}

/* Whether a container is there decides an answer as well as what is in it. */
static gboolean
presync_recorder_keep_base (PresyncRecorder *self, const char *base, GCancellable *cancellable,
                            GError **error)
{
  static const char *const attributes[] = { "objectClass", NULL };
  PresyncQuery query = { base, PRESYNC_SCOPE_BASE, "(objectClass=*)", attributes, 0 };
  PresyncRecorderSink sink = { self, NULL, NULL };
  g_autofree char *key = presync_dn_normalize (base);
  gboolean complete;
  g_autoptr (GError) local = NULL;

  if (g_hash_table_contains (self->entries, key)
      || presync_directory_search (self->directory, &query, presync_recorder_entry_cb, &sink,
                                   &complete, cancellable, &local))
    return TRUE;
  /* A container may be hidden although what is in it is not. */
  if (g_error_matches (local, PRESYNC_ERROR, PRESYNC_ERROR_NOT_FOUND)
      || g_error_matches (local, PRESYNC_ERROR, PRESYNC_ERROR_NO_RIGHT))
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}

static gboolean
presync_recorder_search (PresyncDirectory *directory, const PresyncQuery *query,
                         PresyncEntryFunc func, gpointer user_data, gboolean *complete,
                         GCancellable *cancellable, GError **error)
{
  PresyncRecorder *self = PRESYNC_RECORDER (directory);
  PresyncRecorderSink sink = { self, func, user_data };
  g_auto (GStrv) attributes = presync_recorder_widen (query, error);
  PresyncQuery widened = *query;

  *complete = FALSE;
  if (attributes == NULL)
    return FALSE;
  widened.attributes = (const char *const *) attributes;
  if (!presync_directory_search (self->directory, &widened, presync_recorder_entry_cb, &sink,
                                 complete, cancellable, error))
    return FALSE;
  if (!*complete && self->cut == NULL)
    self->cut = g_strdup (query->base);
  return query->scope == PRESYNC_SCOPE_BASE || !*complete
         || presync_recorder_keep_base (self, query->base, cancellable, error);
}

static const char *
presync_recorder_get_target (PresyncDirectory *directory)
{
  return presync_directory_get_target (PRESYNC_RECORDER (directory)->directory);
}

static const char *
presync_recorder_get_partial_reason (PresyncDirectory *directory)
{
  return presync_directory_get_partial_reason (PRESYNC_RECORDER (directory)->directory);
}

static void
presync_recorder_iface_init (PresyncDirectoryInterface *iface)
{
  iface->search = presync_recorder_search;
  iface->get_target = presync_recorder_get_target;
  iface->get_partial_reason = presync_recorder_get_partial_reason;
}

static gboolean
presync_record_run (PresyncRecorder *recorder, const PresyncProbeSubjects *subjects,
                    GCancellable *cancellable, GError **error)
{
  PresyncDirectory *directory = PRESYNC_DIRECTORY (recorder);
  g_autoptr (PresyncForest) forest = presync_probe_read_forest (directory, cancellable, error);

  if (forest == NULL)
    return FALSE;
  for (guint i = 0; i < PRESYNC_N_PROBES; i++)
    {
      g_autoptr (GPtrArray) facts = presync_probe_run ((PresyncProbe) i, directory, forest,
                                                       subjects, NULL, NULL, cancellable, error);
      if (facts == NULL)
        return FALSE;
    }
  if (recorder->cut == NULL)
    return TRUE;
  g_set_error (error, PRESYNC_ERROR, PRESYNC_ERROR_LIMIT,
               _ ("%s ended the read of “%s” early, so no snapshot was written."),
               presync_directory_get_target (directory), recorder->cut);
  return FALSE;
}

/* Parents first, as who reads LDIF expects */
static int
presync_record_compare (gconstpointer a, gconstpointer b)
{
  const char *const *key_a = a;
  const char *const *key_b = b;
  guint depth_a = presync_dn_key_depth (*key_a);
  guint depth_b = presync_dn_key_depth (*key_b);

  if (depth_a != depth_b)
    return depth_a < depth_b ? -1 : 1;
  return strcmp (*key_a, *key_b);
}

/* Names the account or computer @name (nullable) as one that was looked for. */
static void
presync_record_append_name (GString *out, const char *name)
{
  g_autofree char *escaped = name == NULL ? NULL : g_strescape (name, NULL);

  if (escaped != NULL)
    g_string_append_printf (out, PRESYNC_LDIF_MARK_ACCOUNT "%s\n", escaped);
}

/* (transfer full): the LDIF text */
static GString *
presync_record_format (PresyncRecorder *recorder, const PresyncProbeSubjects *subjects)
{
  GString *out = g_string_new (PRESYNC_LDIF_MARK_BEGIN "\n");
  gsize n_fields;
  const PresyncAccountField *fields = presync_account_fields (&n_fields);
  g_autofree gpointer *list = g_hash_table_get_keys_as_array (recorder->entries, NULL);
  g_autoptr (GPtrArray) keys = g_ptr_array_new ();

  for (gsize i = 0; i < n_fields; i++)
    presync_record_append_name (out, presync_accounts_get (subjects->accounts, fields[i].id));
  for (guint i = 0; subjects->federation != NULL && subjects->federation->servers != NULL
                    && subjects->federation->servers[i] != NULL;
       i++)
    presync_record_append_name (out, subjects->federation->servers[i]);
  g_string_append (out, PRESYNC_LDIF_MARK_NAMES "\n");
  g_string_append (out, "version: 1\n\n");
  for (guint i = 0; list[i] != NULL; i++)
    g_ptr_array_add (keys, list[i]);
  g_ptr_array_sort (keys, presync_record_compare);
  for (guint i = 0; i < keys->len; i++)
    presync_ldif_append (out, g_hash_table_lookup (recorder->entries, g_ptr_array_index (keys, i)));
  g_string_append_printf (out, PRESYNC_LDIF_MARK_END "%u" PRESYNC_LDIF_MARK_UNIT "\n", keys->len);
  return out;
}

gboolean
presync_record_snapshot (PresyncDirectory *directory, const PresyncProbeSubjects *subjects,
                         const char *path, guint *n_entries, GCancellable *cancellable,
                         GError **error)
{
  g_autoptr (PresyncRecorder) recorder = NULL;
  g_autoptr (GString) text = NULL;
  g_autoptr (GError) local = NULL;

  g_return_val_if_fail (PRESYNC_IS_DIRECTORY (directory) && path != NULL, FALSE);

  recorder = g_object_new (PRESYNC_TYPE_RECORDER, NULL);
  recorder->directory = g_object_ref (directory);
  if (!presync_record_run (recorder, subjects, cancellable, error))
    return FALSE;
  text = presync_record_format (recorder, subjects);
  /* 0600: the names of all accounts are nobody else's business. */
  if (!g_file_set_contents_full (path, text->str, (gssize) text->len,
                                 G_FILE_SET_CONTENTS_CONSISTENT, 0600, &local))
    {
      g_set_error (error, PRESYNC_ERROR, PRESYNC_ERROR_CANNOT_WRITE,
                   _ ("The snapshot cannot be written: %s"), local->message);
      return FALSE;
    }
  if (n_entries != NULL)
    *n_entries = g_hash_table_size (recorder->entries);
  return TRUE;
}
