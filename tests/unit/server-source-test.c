/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The source of facts files: added ones, a watched folder, names, checks */
#include "facts-kit.h"
#include "wait-kit.h"

#include "facts/fact-set.h"
#include "sources/server/server-source.h"

typedef struct
{
  char *folder;
  PresyncServerSource *source;
  PresyncFactSet *facts;
  guint n_emitted;
  guint n_server;
} Test;

static void
facts_cb (PresyncSource *source, GPtrArray *facts, Test *self)
{
  self->n_emitted++;
  presync_fact_set_update (self->facts, facts);
}

static void
server_cb (PresyncServerSource *source, GParamSpec *pspec, Test *self)
{
  self->n_server++;
}

static void
set_up (Test *self, gconstpointer data)
{
  self->folder = g_dir_make_tmp ("presync-XXXXXX", NULL);
  self->facts = presync_fact_set_new ();
  self->source = presync_server_source_new ();
  g_signal_connect (self->source, "facts", G_CALLBACK (facts_cb), self);
  g_signal_connect (self->source, "notify::server", G_CALLBACK (server_cb), self);
}

static void
tear_down (Test *self, gconstpointer data)
{
  g_autoptr (GDir) dir = g_dir_open (self->folder, 0, NULL);
  const char *name;

  presync_source_close (PRESYNC_SOURCE (self->source));
  /* What is still being read holds it. */
  g_signal_handlers_disconnect_by_data (self->source, self);
  g_object_add_weak_pointer (G_OBJECT (self->source), (gpointer *) &self->source);
  g_object_unref (self->source);
  WAIT_FOR (self->source == NULL);
  g_assert_finalize_object (self->facts);
  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (self->folder, name, NULL);
      g_remove (path);
    }
  g_rmdir (self->folder);
  g_free (self->folder);
}

static GFile *
file_of (Test *self, const char *name)
{
  return g_file_new_build_filename (self->folder, name, NULL);
}

/* Writes the facts file of @server, read on the day of October, with that much memory. */
static void
write_facts (Test *self, const char *name, const char *server, guint day, const char *memory)
{
  g_autoptr (GString) text = g_string_new (facts_kit_text);
  g_autofree char *date = g_strdup_printf ("2026-10-%02uT", day);
  g_autofree char *lower = g_ascii_strdown (server, -1);
  g_autofree char *path = g_build_filename (self->folder, name, NULL);

  g_string_replace (text, "SYNC01", server, 0);
  g_string_replace (text, "sync01", lower, 0);
  g_string_replace (text, "2026-10-28T", date, 0);
  g_string_replace (text, "17179332608", memory, 0);
  g_assert_true (g_file_set_contents (path, text->str, -1, NULL));
}

static void
write_text (Test *self, const char *name, const char *text)
{
  g_autofree char *path = g_build_filename (self->folder, name, NULL);
  int fd = g_open (path, O_CREAT | O_TRUNC | O_WRONLY | O_CLOEXEC, 0600);

  g_assert_cmpint (write (fd, text, strlen (text)), ==, (gssize) strlen (text));
  g_close (fd, NULL);
}

/* Memory by the facts, or "?reason subject"; NULL: nobody told */
static char *
memory (Test *self)
{
  GPtrArray *facts = presync_fact_set_lookup (self->facts, "server.memory");
  PresyncFact *fact;

  if (facts == NULL)
    return NULL;
  g_assert_cmpuint (facts->len, ==, 1);
  fact = g_ptr_array_index (facts, 0);
  if (presync_fact_get_unknown (fact) != PRESYNC_UNKNOWN_NONE)
    return g_strdup_printf ("?%s %s", presync_unknown_nick (presync_fact_get_unknown (fact)),
                            presync_fact_get_subject (fact));
  return g_strdup_printf ("%" G_GINT64_FORMAT " %s", presync_fact_get_integer (fact),
                          presync_fact_get_subject (fact));
}

static gboolean
has_memory (Test *self, const char *expected)
{
  g_autofree char *found = memory (self);

  return g_strcmp0 (found, expected) == 0;
}

static void
assert_memory (Test *self, const char *expected)
{
  g_autofree char *found = memory (self);

  g_assert_cmpstr (found, ==, expected);
}

/* The sentence of what is unknown */
static const char *
why (Test *self)
{
  GPtrArray *facts = presync_fact_set_lookup (self->facts, "server.memory");

  g_assert_nonnull (facts);
  return presync_fact_get_detail (g_ptr_array_index (facts, 0));
}

/* Adds the file, blocking; NULL, or the sentence it is refused with */
static char *
add (Test *self, const char *name)
{
  g_autoptr (GFile) file = file_of (self, name);
  g_autoptr (GError) error = NULL;

  if (presync_server_source_add_file (self->source, file, &error))
    {
      g_assert_no_error (error);
      return NULL;
    }
  g_assert_true (error->domain == PRESYNC_ERROR);
  g_test_message ("%s", error->message);
  return g_strdup (error->message);
}

static void
add_fine (Test *self, const char *name)
{
  g_autofree char *problem = add (self, name);

  g_assert_cmpstr (problem, ==, NULL);
}

static void
result_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  *(GAsyncResult **) user_data = g_object_ref (result);
}

static gboolean
check (Test *self, gboolean test_only, GCancellable *cancellable, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  presync_source_check_async (PRESYNC_SOURCE (self->source), test_only, cancellable, result_cb,
                              &result);
  WAIT_FOR (result != NULL);
  return presync_source_check_finish (PRESYNC_SOURCE (self->source), result, error);
}

static PresyncSourceState
state (Test *self)
{
  return presync_source_get_state (PRESYNC_SOURCE (self->source));
}

static guint
count_reports (Test *self)
{
  return g_list_model_get_n_items (presync_server_source_get_reports (self->source));
}

static guint
count_problems (Test *self)
{
  return g_strv_length ((char **) presync_server_source_get_problems (self->source));
}

static void
test_add (Test *self, gconstpointer data)
{
  g_autofree char *target = NULL;

  g_assert_true (presync_server_source_is_empty (self->source));
  assert_memory (self, NULL);
  write_facts (self, "a.json", "SYNC01", 20, "1000");
  add_fine (self, "a.json");
  g_assert_false (presync_server_source_is_empty (self->source));
  /* Nobody named a server: the file does, in full. */
  g_assert_cmpstr (presync_server_source_get_server (self->source), ==, "sync01.contoso.com");
  g_assert_cmpuint (self->n_server, ==, 1);
  assert_memory (self, "1000 sync01.contoso.com");
  g_assert_cmpint (state (self), ==, PRESYNC_SOURCE_DONE);
  target = presync_source_dup_target (PRESYNC_SOURCE (self->source));
  g_assert_true (g_str_has_suffix (target, "/a.json"));
  /* That it is named so now changes nothing. */
  presync_server_source_set_sync_server (self->source, "sync01.contoso.com");
  g_assert_cmpuint (self->n_emitted, ==, 1);
  /* Another way of writing it is another subject. */
  presync_server_source_set_sync_server (self->source, "SYNC01");
  assert_memory (self, "1000 SYNC01");
  g_assert_cmpuint (self->n_emitted, ==, 2);
}

static void
test_refused (Test *self, gconstpointer data)
{
  g_autofree char *other = NULL;
  g_autofree char *older = NULL;
  g_autofree char *faulty = NULL;

  presync_server_source_set_sync_server (self->source, "SYNC01");
  write_facts (self, "a.json", "SYNC01", 20, "1000");
  write_facts (self, "other.json", "SYNC02", 25, "2000");
  write_facts (self, "older.json", "SYNC01", 19, "3000");
  write_text (self, "faulty.json", "{");
  add_fine (self, "a.json");
  other = add (self, "other.json");
  g_assert_nonnull (strstr (other, "sync02.contoso.com"));
  g_assert_nonnull (strstr (other, "SYNC01"));
  older = add (self, "older.json");
  g_assert_nonnull (strstr (older, "2026-10-19T09:14:03Z"));
  g_assert_nonnull (strstr (older, "2026-10-20T09:14:03Z"));
  faulty = add (self, "faulty.json");
  g_assert_nonnull (strstr (faulty, "faulty.json"));
  /* Nothing was lost. */
  assert_memory (self, "1000 SYNC01");
  g_assert_cmpuint (self->n_emitted, ==, 1);
  g_assert_cmpuint (count_reports (self), ==, 1);
  g_assert_cmpuint (count_problems (self), ==, 0);
  write_facts (self, "newer.json", "SYNC01", 21, "4000");
  add_fine (self, "newer.json");
  assert_memory (self, "4000 SYNC01");
  g_assert_cmpuint (count_reports (self), ==, 1);
}

static void
test_add_async (Test *self, gconstpointer data)
{
  g_autoptr (GFile) file = file_of (self, "a.json");
  g_autoptr (GFile) none = file_of (self, "none.json");
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  GAsyncResult *result = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (PresyncFactsReport) report = NULL;

  write_facts (self, "a.json", "SYNC01", 20, "1000");
  presync_server_source_add_file_async (self->source, file, NULL, result_cb, &result);
  WAIT_FOR (result != NULL);
  report = presync_server_source_add_file_finish (self->source, result, &error);
  g_assert_no_error (error);
  g_assert_true (report == presync_server_source_get_report (self->source));
  g_clear_object (&result);

  presync_server_source_add_file_async (self->source, none, NULL, result_cb, &result);
  WAIT_FOR (result != NULL);
  g_assert_null (presync_server_source_add_file_finish (self->source, result, &error));
  g_assert_error (error, PRESYNC_ERROR, PRESYNC_ERROR_BAD_INPUT);
  g_clear_error (&error);
  g_clear_object (&result);

  g_cancellable_cancel (cancellable);
  presync_server_source_add_file_async (self->source, file, cancellable, result_cb, &result);
  WAIT_FOR (result != NULL);
  g_assert_null (presync_server_source_add_file_finish (self->source, result, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_clear_object (&result);
}

/* The sync server gets another name than that of the file. */
static void
test_rename (Test *self, gconstpointer data)
{
  write_facts (self, "a.json", "SYNC01", 20, "1000");
  add_fine (self, "a.json");
  presync_server_source_set_sync_server (self->source, "SYNC02");
  g_assert_null (presync_server_source_get_server (self->source));
  g_assert_null (presync_server_source_get_report (self->source));
  assert_memory (self, "?not-offered SYNC02");
  g_assert_nonnull (strstr (why (self), "SYNC02"));
  g_assert_nonnull (strstr (why (self), "sync01.contoso.com"));
  g_assert_cmpint (state (self), ==, PRESYNC_SOURCE_FAILED);
  g_assert_cmpuint (count_reports (self), ==, 1);
  presync_server_source_set_sync_server (self->source, "sync01");
  assert_memory (self, "1000 sync01");
  g_assert_cmpint (state (self), ==, PRESYNC_SOURCE_DONE);
}

static void
test_check (Test *self, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GFile) file = file_of (self, "a.json");

  write_facts (self, "a.json", "SYNC01", 20, "1000");
  add_fine (self, "a.json");
  write_facts (self, "a.json", "SYNC01", 20, "1500");
  /* A test tells no facts. */
  g_assert_true (check (self, TRUE, NULL, &error));
  g_assert_no_error (error);
  assert_memory (self, "1000 sync01.contoso.com");
  g_assert_true (check (self, FALSE, NULL, &error));
  g_assert_no_error (error);
  assert_memory (self, "1500 sync01.contoso.com");
  g_assert_cmpint (state (self), ==, PRESYNC_SOURCE_DONE);
  /* Cancelled, it leaves all as it was. */
  write_facts (self, "a.json", "SYNC01", 20, "1600");
  g_cancellable_cancel (cancellable);
  g_assert_false (check (self, FALSE, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_clear_error (&error);
  assert_memory (self, "1500 sync01.contoso.com");
  g_assert_cmpint (state (self), ==, PRESYNC_SOURCE_DONE);
  /* It broke; it went; it is back. */
  write_text (self, "a.json", "{ \"presync-server-facts\": 1 ");
  g_assert_false (check (self, FALSE, NULL, &error));
  g_assert_nonnull (strstr (error->message, "a.json, line 1"));
  g_clear_error (&error);
  assert_memory (self, "?malformed sync01.contoso.com");
  g_assert_cmpuint (count_problems (self), ==, 1);
  g_assert_cmpint (state (self), ==, PRESYNC_SOURCE_FAILED);
  g_assert_true (g_file_delete (file, NULL, NULL));
  g_assert_false (check (self, FALSE, NULL, &error));
  g_clear_error (&error);
  g_assert_nonnull (strstr (why (self), "a.json"));
  write_facts (self, "a.json", "SYNC01", 20, "1700");
  g_assert_true (check (self, FALSE, NULL, &error));
  g_assert_no_error (error);
  assert_memory (self, "1700 sync01.contoso.com");
  g_assert_cmpuint (count_problems (self), ==, 0);
}

static void
watch (Test *self)
{
  g_autoptr (GFile) folder = g_file_new_for_path (self->folder);

  presync_server_source_set_folder (self->source, folder);
}

static void
test_folder (Test *self, gconstpointer data)
{
  g_autoptr (GFile) file = file_of (self, "c.json");
  g_autoptr (GFile) moved = file_of (self, "moved.json");
  g_autoptr (GFile) aside = file_of (self, "moved.txt");

  watch (self);
  WAIT_FOR (state (self) == PRESYNC_SOURCE_LIVE);
  assert_memory (self, NULL);
  /* Appears, changes, a newer one appears, an older one */
  write_facts (self, "b.json", "SYNC01", 20, "1000");
  WAIT_FOR (has_memory (self, "1000 sync01.contoso.com"));
  write_facts (self, "b.json", "SYNC01", 20, "1100");
  WAIT_FOR (has_memory (self, "1100 sync01.contoso.com"));
  write_facts (self, "c.json", "SYNC01", 21, "2000");
  WAIT_FOR (has_memory (self, "2000 sync01.contoso.com"));
  write_facts (self, "d.json", "SYNC01", 19, "3000");
  write_facts (self, "not-facts.txt", "SYNC01", 29, "4000");
  /* Goes: the next newest counts; under another name it is not ours */
  g_assert_true (g_file_delete (file, NULL, NULL));
  WAIT_FOR (has_memory (self, "1100 sync01.contoso.com"));
  write_facts (self, "moved.json", "SYNC01", 28, "5000");
  WAIT_FOR (has_memory (self, "5000 sync01.contoso.com"));
  g_assert_true (g_file_move (moved, aside, G_FILE_COPY_NONE, NULL, NULL, NULL, NULL));
  WAIT_FOR (has_memory (self, "1100 sync01.contoso.com"));
  g_assert_true (g_file_move (aside, moved, G_FILE_COPY_NONE, NULL, NULL, NULL, NULL));
  WAIT_FOR (has_memory (self, "5000 sync01.contoso.com"));
  g_assert_cmpuint (count_reports (self), ==, 1);
  g_assert_cmpint (state (self), ==, PRESYNC_SOURCE_LIVE);
  /* Watched no more */
  presync_server_source_set_folder (self->source, NULL);
  assert_memory (self, "?not-offered sync01.contoso.com");
  g_assert_true (presync_server_source_is_empty (self->source));
}

static void
test_folder_gone (Test *self, gconstpointer data)
{
  g_autoptr (GFile) file = file_of (self, "b.json");

  presync_server_source_set_sync_server (self->source, "SYNC01");
  write_facts (self, "b.json", "SYNC01", 20, "1000");
  watch (self);
  WAIT_FOR (has_memory (self, "1000 SYNC01"));
  g_assert_true (g_file_delete (file, NULL, NULL));
  WAIT_FOR (has_memory (self, "?not-offered SYNC01"));
  g_assert_nonnull (strstr (why (self), "no longer there"));
}

/* A file that was added, and then its folder is watched */
static void
test_added_in_folder (Test *self, gconstpointer data)
{
  g_autoptr (GFile) file = file_of (self, "b.json");

  write_facts (self, "b.json", "SYNC01", 20, "1000");
  add_fine (self, "b.json");
  watch (self);
  write_facts (self, "c.json", "SYNC01", 19, "900");
  WAIT_FOR (state (self) == PRESYNC_SOURCE_LIVE);
  write_facts (self, "b.json", "SYNC01", 21, "1100");
  WAIT_FOR (has_memory (self, "1100 sync01.contoso.com"));
  g_assert_true (g_file_delete (file, NULL, NULL));
  WAIT_FOR (has_memory (self, "900 sync01.contoso.com"));
}

static void
test_several (Test *self, gconstpointer data)
{
  write_facts (self, "a.json", "SYNC01", 20, "1000");
  write_facts (self, "b.json", "SYNC02", 21, "2000");
  write_facts (self, "c.json", "SYNC02", 22, "2200");
  watch (self);
  WAIT_FOR (count_reports (self) == 2);
  /* Nobody can tell which of them it is. */
  g_assert_null (presync_server_source_get_server (self->source));
  assert_memory (self, "?not-offered ");
  g_assert_nonnull (strstr (why (self), "sync01.contoso.com, sync02.contoso.com"));
  presync_server_source_set_sync_server (self->source, "SYNC02");
  assert_memory (self, "2200 SYNC02");
  g_assert_cmpuint (count_reports (self), ==, 2);
}

/* Two servers whose short name is the named one: either may be meant. */
static void
test_ambiguous (Test *self, gconstpointer data)
{
  g_autoptr (GString) text = g_string_new (facts_kit_text);
  g_autofree char *path = g_build_filename (self->folder, "b.json", NULL);

  presync_server_source_set_sync_server (self->source, "sync01");
  write_facts (self, "a.json", "SYNC01", 20, "1000");
  add_fine (self, "a.json");
  assert_memory (self, "1000 sync01");
  g_string_replace (text, "contoso.com", "fabrikam.com", 0);
  g_assert_true (g_file_set_contents (path, text->str, -1, NULL));
  add_fine (self, "b.json");
  g_assert_null (presync_server_source_get_report (self->source));
  g_assert_null (presync_server_source_get_server (self->source));
  assert_memory (self, "?not-offered sync01");
  g_test_message ("%s", why (self));
  g_assert_nonnull (strstr (why (self), "sync01.contoso.com, sync01.fabrikam.com"));
  g_assert_cmpuint (count_reports (self), ==, 2);
  presync_server_source_set_sync_server (self->source, "sync01.contoso.com");
  assert_memory (self, "1000 sync01.contoso.com");
  presync_server_source_set_sync_server (self->source, "SYNC01.fabrikam.com");
  assert_memory (self, "17179332608 SYNC01.fabrikam.com");
}

static void
test_half_written (Test *self, gconstpointer data)
{
  g_autofree char *half = g_strndup (facts_kit_text, 700);
  g_autofree char *path = g_build_filename (self->folder, "a.json", NULL);

  write_facts (self, "a.json", "SYNC01", 20, "1000");
  watch (self);
  WAIT_FOR (has_memory (self, "1000 sync01.contoso.com"));
  /* Somebody writes: what was there counts until it is whole. */
  write_text (self, "a.json", half);
  for (guint i = 0; i < 5; i++)
    {
      g_usleep (G_USEC_PER_SEC / 10);
      while (g_main_context_iteration (NULL, FALSE))
        ;
    }
  assert_memory (self, "1000 sync01.contoso.com");
  g_assert_cmpuint (count_problems (self), ==, 0);
  write_facts (self, "a.json", "SYNC01", 20, "1200");
  WAIT_FOR (has_memory (self, "1200 sync01.contoso.com"));
  /* Nobody writes any more, and it is still half: that is a problem. */
  write_text (self, "a.json", half);
  WAIT_FOR (count_problems (self) == 1);
  assert_memory (self, "?malformed sync01.contoso.com");
  g_assert_nonnull (strstr (why (self), path));
  write_facts (self, "a.json", "SYNC01", 20, "1300");
  WAIT_FOR (has_memory (self, "1300 sync01.contoso.com"));
  g_assert_cmpuint (count_problems (self), ==, 0);
}

static void
test_folder_missing (Test *self, gconstpointer data)
{
  g_autoptr (GFile) none = file_of (self, "none");

  presync_server_source_set_folder (self->source, none);
  WAIT_FOR (count_problems (self) == 1);
  g_assert_cmpint (state (self), ==, PRESYNC_SOURCE_FAILED);
  g_assert_nonnull (strstr (presync_server_source_get_problems (self->source)[0], "/none"));
  assert_memory (self, NULL);
}

/* Closed while it reads: nobody is told, nothing leaks. */
static void
test_close (Test *self, gconstpointer data)
{
  write_facts (self, "a.json", "SYNC01", 20, "1000");
  watch (self);
  presync_source_close (PRESYNC_SOURCE (self->source));
  g_assert_cmpuint (self->n_emitted, ==, 0);
}

/* Once closed, nothing is followed: a later check must not say so. What was found stays. */
static void
test_check_closed (Test *self, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  write_facts (self, "a.json", "SYNC01", 20, "1000");
  watch (self);
  WAIT_FOR (has_memory (self, "1000 sync01.contoso.com"));
  g_assert_cmpint (state (self), ==, PRESYNC_SOURCE_LIVE);
  presync_source_close (PRESYNC_SOURCE (self->source));
  g_assert_null (presync_server_source_get_folder (self->source));
  g_assert_cmpuint (self->n_emitted, ==, 1);
  write_facts (self, "a.json", "SYNC01", 20, "1100");
  g_assert_true (check (self, FALSE, NULL, &error));
  g_assert_no_error (error);
  g_assert_cmpint (state (self), ==, PRESYNC_SOURCE_DONE);
  assert_memory (self, "1100 sync01.contoso.com");
  /* It can be followed again. */
  watch (self);
  WAIT_FOR (state (self) == PRESYNC_SOURCE_LIVE);
  write_facts (self, "b.json", "SYNC01", 21, "1200");
  WAIT_FOR (has_memory (self, "1200 sync01.contoso.com"));
}

/* What the directory tells shows through where the server tells nothing. */
static void
test_layers (Test *self, gconstpointer data)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_utc ();
  g_autoptr (PresyncOrigin) origin = presync_origin_new ("directory", "dc", "q", now, TRUE);
  g_autoptr (GPtrArray) told = g_ptr_array_new_with_free_func (g_object_unref);
  PresyncFact *fact;

  g_ptr_array_add (told, presync_fact_new_integer ("server.os-build", "SYNC01", 14393, origin));
  presync_fact_set_update (self->facts, told);
  write_facts (self, "a.json", "SYNC01", 20, "1000");
  add_fine (self, "a.json");
  fact = g_ptr_array_index (presync_fact_set_lookup (self->facts, "server.os-build"), 0);
  g_assert_cmpint (presync_fact_get_integer (fact), ==, 20348);
  g_assert_cmpuint (presync_fact_set_list_layers (self->facts, "server.os-build")->len, ==, 2);
  presync_server_source_set_sync_server (self->source, "SYNC02");
  fact = g_ptr_array_index (presync_fact_set_lookup (self->facts, "server.os-build"), 0);
  g_assert_cmpint (presync_fact_get_integer (fact), ==, 14393);
}

#define ADD(name, func) g_test_add ("/server-source/" name, Test, NULL, set_up, func, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("add", test_add);
  ADD ("refused", test_refused);
  ADD ("add-async", test_add_async);
  ADD ("rename", test_rename);
  ADD ("check", test_check);
  ADD ("folder", test_folder);
  ADD ("folder-gone", test_folder_gone);
  ADD ("added-in-folder", test_added_in_folder);
  ADD ("several", test_several);
  ADD ("ambiguous", test_ambiguous);
  ADD ("half-written", test_half_written);
  ADD ("folder-missing", test_folder_missing);
  ADD ("close", test_close);
  ADD ("check-closed", test_check_closed);
  ADD ("layers", test_layers);
  return g_test_run ();
}
