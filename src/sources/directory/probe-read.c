/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sources/directory/probe-read.h"

#include "base/error.h"
#include "sources/directory/dn.h"
#include "sources/directory/filter.h"
#include "sources/directory/ldif-directory.h"

#include <string.h>
#include <glib/gi18n.h>

/* How often progress is told */
#define PROGRESS_STEP 100

static const char *
presync_probe_base_dn (const PresyncProbeRun *run, PresyncProbeBase base)
{
  const PresyncForest *forest = run->forest;

  switch (base)
    {
    case PRESYNC_BASE_DOMAIN:
      return forest->domain_dn;
    case PRESYNC_BASE_CONFIGURATION:
      return forest->configuration_dn;
    case PRESYNC_BASE_SCHEMA:
      return forest->schema_dn;
    case PRESYNC_BASE_CONTROLLER:
      return forest->controller_dn;
    case PRESYNC_BASE_ROOT_DSE:
    default:
      return "";
    }
}

static void
presync_probe_substitute (GString *filter, const char *placeholder, const char *value)
{
  g_autofree char *escaped = presync_filter_escape (value == NULL ? "" : value);

  g_string_replace (filter, placeholder, escaped, 0);
}

/* (transfer full): the query's filter with its placeholders filled in */
static char *
presync_probe_dup_filter (const PresyncProbeRun *run, const PresyncProbeQuery *query)
{
  g_autoptr (GString) filter = g_string_new (query->filter);
  const char *server = run->sync_server == NULL ? "" : run->sync_server;
  g_autofree char *label = g_strndup (server, strcspn (server, "."));

  presync_probe_substitute (filter, "@SERVER-SHORT@", label);
  presync_probe_substitute (filter, "@SERVER@", server);
  presync_probe_substitute (filter, "@CONTROLLER@",
                            run->forest == NULL ? "" : run->forest->controller);
  return g_string_free (g_steal_pointer (&filter), FALSE);
}

typedef struct
{
  PresyncProbeRun *run;
  PresyncProbeRead *read;
  gboolean keep;
  gboolean count; /* tell the progress */
  guint before;
  PresyncEntryFunc func; /* nullable */
  gpointer user_data;
} PresyncProbeSink;

static void
presync_probe_read_keep (PresyncProbeRead *read, const PresyncEntry *entry)
{
  PresyncEntry *copy = presync_entry_copy (entry);
  g_autofree char *key = presync_dn_normalize (presync_entry_get_dn (copy));

  g_ptr_array_add (read->entries, copy);
  if (!g_hash_table_contains (read->by_key, key))
    g_hash_table_insert (read->by_key, g_steal_pointer (&key), copy);
}

static gboolean
presync_probe_entry_cb (const PresyncEntry *entry, gpointer user_data)
{
  PresyncProbeSink *sink = user_data;
  PresyncProbeRun *run = sink->run;

  sink->read->count++;
  if (sink->keep)
    presync_probe_read_keep (sink->read, entry);
  if (sink->count && run->progress != NULL && sink->read->count % PROGRESS_STEP == 0)
    run->progress (sink->before + sink->read->count, run->user_data);
  return sink->func == NULL || sink->func (entry, sink->user_data);
}

static gboolean
presync_probe_ends_connection (const GError *error)
{
  return g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED)
         || g_error_matches (error, PRESYNC_ERROR, PRESYNC_ERROR_UNREACHABLE)
         || g_error_matches (error, PRESYNC_ERROR, PRESYNC_ERROR_TIMED_OUT);
}

static PresyncUnknown
presync_probe_reason (const PresyncProbeRun *run, const GError *error)
{
  if (error->domain != PRESYNC_ERROR)
    return PRESYNC_UNKNOWN_FAILED;
  switch ((PresyncError) error->code)
    {
    case PRESYNC_ERROR_NOT_FOUND:
      /* All of it exists in every forest. A server hides what one may not see; a snapshot just
       * was not given it. */
      return PRESYNC_IS_LDIF_DIRECTORY (run->directory) ? PRESYNC_UNKNOWN_NOT_OFFERED
                                                        : PRESYNC_UNKNOWN_NO_RIGHT;
    case PRESYNC_ERROR_NO_RIGHT:
    case PRESYNC_ERROR_SIGN_IN:
      return PRESYNC_UNKNOWN_NO_RIGHT;
    case PRESYNC_ERROR_BAD_INPUT:
      return PRESYNC_UNKNOWN_MALFORMED;
    case PRESYNC_ERROR_LIMIT:
      return PRESYNC_UNKNOWN_PARTIAL;
    case PRESYNC_ERROR_NOT_SUPPORTED:
    case PRESYNC_ERROR_REFUSED:
      return PRESYNC_UNKNOWN_NOT_OFFERED;
    case PRESYNC_ERROR_UNREACHABLE:
      return PRESYNC_UNKNOWN_UNREACHABLE;
    case PRESYNC_ERROR_TIMED_OUT:
      return PRESYNC_UNKNOWN_TIMED_OUT;
    case PRESYNC_ERROR_CERTIFICATE:
    case PRESYNC_ERROR_CANNOT_WRITE:
    case PRESYNC_ERROR_FAILED:
    default:
      return PRESYNC_UNKNOWN_FAILED;
    }
}

static PresyncProbeRead *
presync_probe_read_new (const char *base)
{
  PresyncProbeRead *read = g_new0 (PresyncProbeRead, 1);

  read->entries = g_ptr_array_new_with_free_func ((GDestroyNotify) presync_entry_free);
  read->by_key = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  read->base = g_strdup (base);
  return read;
}

/* Fills @sink->read. FALSE with an error that ends the connection */
static gboolean
presync_probe_search (PresyncProbeSink *sink, const PresyncQuery *query, GError **error)
{
  PresyncProbeRun *run = sink->run;
  PresyncProbeRead *read = sink->read;
  g_autoptr (GDateTime) now = g_date_time_new_now_utc ();
  g_autofree char *text = presync_query_dup_text (query);
  g_autoptr (GError) local = NULL;

  if (!presync_directory_search (run->directory, query, presync_probe_entry_cb, sink,
                                 &read->complete, run->cancellable, &local))
    {
      if (presync_probe_ends_connection (local))
        {
          g_propagate_error (error, g_steal_pointer (&local));
          return FALSE;
        }
      read->complete = FALSE;
      read->reason = presync_probe_reason (run, local);
      read->missing = g_error_matches (local, PRESYNC_ERROR, PRESYNC_ERROR_NOT_FOUND);
      read->detail = g_strdup (local->message);
    }
  else if (!read->complete)
    read->partial = g_strdup (presync_directory_get_partial_reason (run->directory));
  /* "There is no such object" is a whole answer. */
  read->origin = presync_origin_new ("directory", presync_directory_get_target (run->directory),
                                     text, now, read->complete || read->missing);
  return TRUE;
}

/* @sink: all but its read */
static PresyncProbeRead *
presync_probe_execute_table (PresyncProbeSink *sink, const PresyncProbeQuery *query, GError **error)
{
  PresyncProbeRun *run = sink->run;
  const char *top = presync_probe_base_dn (run, query->base);
  g_autofree char *base
      = query->below == NULL ? g_strdup (top) : g_strconcat (query->below, ",", top, NULL);
  g_autofree char *filter = presync_probe_dup_filter (run, query);
  g_autoptr (PresyncProbeRead) read = presync_probe_read_new (base);
  PresyncQuery full = { .base = base,
                        .scope = query->scope,
                        .filter = filter,
                        .attributes = query->attributes,
                        .max_entries = query->max_entries };

  sink->read = read;
  if (!presync_probe_search (sink, &full, error))
    return NULL;
  return g_steal_pointer (&read);
}

PresyncProbeRead *
presync_probe_stream (PresyncProbeRun *run, const PresyncQuery *query, PresyncEntryFunc func,
                      gpointer user_data, GError **error)
{
  g_autoptr (PresyncProbeRead) read = presync_probe_read_new (query->base);
  PresyncProbeSink sink = { run, read, func == NULL, FALSE, 0, func, user_data };

  if (!presync_probe_search (&sink, query, error))
    return NULL;
  return g_steal_pointer (&read);
}

PresyncProbeRead *
presync_probe_read (PresyncProbeRun *run, const PresyncProbeQuery *query, GError **error)
{
  PresyncProbeSink sink = { run, NULL, TRUE, FALSE, 0, NULL, NULL };

  return presync_probe_execute_table (&sink, query, error);
}

PresyncProbeRead *
presync_probe_read_query (PresyncProbeRun *run, const PresyncQuery *query, GError **error)
{
  return presync_probe_stream (run, query, NULL, NULL, error);
}

PresyncProbeRead *
presync_probe_count (PresyncProbeRun *run, const PresyncProbeQuery *query, guint before,
                     PresyncEntryFunc func, gpointer user_data, GError **error)
{
  PresyncProbeSink sink = { run, NULL, FALSE, TRUE, before, func, user_data };

  return presync_probe_execute_table (&sink, query, error);
}

void
presync_probe_read_free (PresyncProbeRead *read)
{
  if (read == NULL)
    return;
  g_free (read->base);
  g_clear_pointer (&read->by_key, g_hash_table_unref);
  g_clear_pointer (&read->entries, g_ptr_array_unref);
  g_clear_object (&read->origin);
  g_free (read->partial);
  g_free (read->detail);
  g_free (read);
}

PresyncEntry *
presync_probe_read_find (const PresyncProbeRead *read, const char *dn)
{
  g_autofree char *key = presync_dn_normalize (dn);

  return g_hash_table_lookup (read->by_key, key);
}

PresyncEntry *
presync_probe_read_first (const PresyncProbeRead *read)
{
  return read->entries->len == 0 ? NULL : g_ptr_array_index (read->entries, 0);
}

void
presync_probe_add (PresyncProbeRun *run, PresyncFact *fact)
{
  g_ptr_array_add (run->facts, fact);
}

static int
presync_probe_compare_texts (gconstpointer a, gconstpointer b)
{
  return g_ascii_strcasecmp (*(const char *const *) a, *(const char *const *) b);
}

void
presync_probe_add_list (PresyncProbeRun *run, const PresyncProbeRead *read, const char *key,
                        const char *subject, GPtrArray *texts)
{
  g_autoptr (GPtrArray) list = g_ptr_array_new ();

  for (guint i = 0; i < texts->len; i++)
    g_ptr_array_add (list, g_ptr_array_index (texts, i));
  g_ptr_array_sort (list, presync_probe_compare_texts);
  g_ptr_array_add (list, NULL);
  presync_probe_add (
      run, presync_fact_new_list (key, subject, (const char *const *) list->pdata, read->origin));
}

void
presync_probe_add_failed (PresyncProbeRun *run, const PresyncProbeRead *read, const char *subject,
                          const char *const *keys)
{
  for (guint i = 0; keys[i] != NULL; i++)
    presync_probe_add (
        run, presync_fact_new_unknown (keys[i], subject, read->reason, read->detail, read->origin));
}

char *
presync_probe_dup_hidden (const PresyncProbeRun *run, const char *what, const char *dn)
{
  const char *target = presync_directory_get_target (run->directory);

  if (PRESYNC_IS_LDIF_DIRECTORY (run->directory))
    return g_strdup_printf (_ ("The snapshot “%s” holds no “%s” of “%s”."), target, what, dn);
  return g_strdup_printf (_ ("%s does not show “%s” of “%s” to the account that signed in."),
                          target, what, dn);
}

void
presync_probe_add_hidden (PresyncProbeRun *run, const PresyncProbeRead *read, const char *key,
                          const char *subject, const char *what, const char *dn)
{
  const char *target = presync_directory_get_target (run->directory);
  g_autofree char *detail = NULL;

  if (read->reason != PRESYNC_UNKNOWN_NONE)
    {
      const char *const keys[] = { key, NULL };
      presync_probe_add_failed (run, read, subject, keys);
      return;
    }
  if (!read->complete)
    {
      if (read->partial != NULL)
        detail = g_strdup (read->partial);
      else
        detail = g_strdup_printf (ngettext ("%s ended the read of “%s” after %u object.",
                                            "%s ended the read of “%s” after %u objects.",
                                            read->count),
                                  target, read->base, read->count);
      presync_probe_add (run, presync_fact_new_unknown (key, subject, PRESYNC_UNKNOWN_PARTIAL,
                                                        detail, read->origin));
      return;
    }
  detail = presync_probe_dup_hidden (run, what, dn);
  presync_probe_add (
      run, presync_fact_new_unknown (key, subject, PRESYNC_UNKNOWN_NO_RIGHT, detail, read->origin));
}

void
presync_probe_add_no_version (PresyncProbeRun *run, const PresyncProbeRead *read, const char *key,
                              const char *name)
{
  g_autofree char *detail = g_strdup_printf (_ ("DC %s states no operating system version (absent, "
                                                "or not readable for the account that signed in)"),
                                             name);

  presync_probe_add (
      run, presync_fact_new_unknown (key, name, PRESYNC_UNKNOWN_NO_RIGHT, detail, read->origin));
}

void
presync_probe_add_malformed (PresyncProbeRun *run, const PresyncProbeRead *read, const char *key,
                             const char *subject, const char *what, const char *dn)
{
  g_autofree char *detail
      = g_strdup_printf (_ ("%s: “%s” of “%s” has a value that Presync does not understand."),
                         presync_directory_get_target (run->directory), what, dn);

  presync_probe_add (run, presync_fact_new_unknown (key, subject, PRESYNC_UNKNOWN_MALFORMED, detail,
                                                    read->origin));
}

gboolean
presync_probe_parse_build (const char *version, gint64 *build)
{
  const char *open = strchr (version, '(');
  const char *close = open == NULL ? NULL : strchr (open, ')');
  g_autofree char *digits = NULL;

  if (close == NULL || !g_ascii_isdigit (version[0]))
    return FALSE;
  digits = g_strndup (open + 1, (gsize) (close - open - 1));
  return g_ascii_string_to_signed (digits, 10, 1, 999999, build, NULL);
}
