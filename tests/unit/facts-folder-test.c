/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The source of facts files: why nothing is known, its stages, and a folder that goes and comes */
#include "facts-kit.h"
#include "wait-kit.h"

#include "sources/server/server-source.h"

typedef struct
{
  char *top;
  char *folder;
  PresyncServerSource *source;
  char *why;  /* nullable: the reason in the facts that were emitted last */
  char *nick; /* of what is unknown */
} Test;

static void
facts_cb (PresyncSource *source, GPtrArray *facts, Test *self)
{
  PresyncFact *fact = g_ptr_array_index (facts, 0);

  g_clear_pointer (&self->why, g_free);
  g_clear_pointer (&self->nick, g_free);
  self->why = g_strdup (presync_fact_get_detail (fact));
  self->nick = g_strdup (presync_unknown_nick (presync_fact_get_unknown (fact)));
}

static void
set_up (Test *self, gconstpointer data)
{
  self->top = g_dir_make_tmp ("presync-XXXXXX", NULL);
  self->folder = g_build_filename (self->top, "facts", NULL);
  g_assert_cmpint (g_mkdir (self->folder, 0700), ==, 0);
  self->source = presync_server_source_new ();
  g_signal_connect (self->source, "facts", G_CALLBACK (facts_cb), self);
}

static void
remove_folder (const char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);
      g_remove (path);
    }
  g_rmdir (folder);
}

static void
tear_down (Test *self, gconstpointer data)
{
  presync_source_close (PRESYNC_SOURCE (self->source));
  g_signal_handlers_disconnect_by_data (self->source, self);
  g_object_add_weak_pointer (G_OBJECT (self->source), (gpointer *) &self->source);
  g_object_unref (self->source);
  WAIT_FOR (self->source == NULL);
  remove_folder (self->folder);
  remove_folder (self->top);
  g_free (self->folder);
  g_free (self->top);
  g_free (self->why);
  g_free (self->nick);
}

static char *
path_of (Test *self, const char *name)
{
  return g_build_filename (self->folder, name, NULL);
}

static void
write_facts (Test *self, const char *name, const char *server)
{
  g_autoptr (GString) text = g_string_new (facts_kit_text);
  g_autofree char *lower = g_ascii_strdown (server, -1);
  g_autofree char *path = path_of (self, name);

  g_string_replace (text, "SYNC01", server, 0);
  g_string_replace (text, "sync01", lower, 0);
  g_assert_true (g_file_set_contents (path, text->str, -1, NULL));
}

/* A file that somebody left half written long ago */
static void
write_broken (Test *self, const char *name)
{
  g_autofree char *path = path_of (self, name);
  struct timespec times[] = { { .tv_sec = 1790000000 }, { .tv_sec = 1790000000 } };

  g_assert_true (g_file_set_contents (path, "{ \"presync-server-facts\": 1", -1, NULL));
  g_assert_cmpint (utimensat (AT_FDCWD, path, times, 0), ==, 0);
}

static void
delete_file (Test *self, const char *name)
{
  g_autofree char *path = path_of (self, name);

  g_assert_cmpint (g_remove (path), ==, 0);
}

static void
watch (Test *self)
{
  g_autoptr (GFile) folder = g_file_new_for_path (self->folder);

  presync_server_source_set_folder (self->source, folder);
}

/* Watches, until events can come. */
static void
watch_a_while (Test *self)
{
  gint64 end = g_get_monotonic_time () + G_USEC_PER_SEC / 2;

  watch (self);
  while (g_get_monotonic_time () < end)
    {
      g_main_context_iteration (NULL, FALSE);
      g_usleep (10000);
    }
}

static PresyncSourceState
state (Test *self)
{
  return presync_source_get_state (PRESYNC_SOURCE (self->source));
}

static guint
count_problems (Test *self)
{
  return g_strv_length ((char **) presync_server_source_get_problems (self->source));
}

static guint
count_reports (Test *self)
{
  return g_list_model_get_n_items (presync_server_source_get_reports (self->source));
}

/* The file of the chosen server goes: that is the reason, not what is wrong with another file. */
static void
test_other_server (Test *self, gconstpointer data)
{
  write_broken (self, "broken.json");
  write_facts (self, "s1.json", "SYNC01");
  write_facts (self, "s2.json", "SYNC02");
  presync_server_source_set_sync_server (self->source, "SYNC02");
  watch (self);
  WAIT_FOR (presync_server_source_get_report (self->source) != NULL);
  g_assert_cmpuint (count_problems (self), ==, 1);
  delete_file (self, "s2.json");
  WAIT_FOR (presync_server_source_get_report (self->source) == NULL);
  g_assert_cmpstr (self->why, ==, "There is no facts file of SYNC02, only of sync01.contoso.com.");
  g_assert_cmpstr (self->nick, ==, "not-offered");
  g_assert_cmpuint (count_problems (self), ==, 1);
  /* No file can be read any more: now the broken one is the reason. */
  delete_file (self, "s1.json");
  WAIT_FOR (count_reports (self) == 0);
  g_assert_nonnull (strstr (self->why, "broken.json"));
  g_assert_cmpstr (self->nick, ==, "malformed");
}

static void
test_no_server_named (Test *self, gconstpointer data)
{
  write_broken (self, "broken.json");
  write_facts (self, "s1.json", "SYNC01");
  write_facts (self, "s2.json", "SYNC02");
  watch (self);
  WAIT_FOR (count_reports (self) == 2 && self->why != NULL);
  g_assert_nonnull (strstr (self->why, "name the sync server"));
  g_assert_cmpstr (self->nick, ==, "not-offered");
  g_assert_cmpuint (count_problems (self), ==, 1);
  g_assert_nonnull (strstr (presync_server_source_get_problems (self->source)[0], "broken.json"));
}

/* "STATE TEXT" of a stage */
static void
assert_stage (Test *self, guint place, PresyncStageState expected, const char *text)
{
  GListModel *stages = presync_source_get_stages (PRESYNC_SOURCE (self->source));
  g_autoptr (PresyncStage) stage = g_list_model_get_item (stages, place);

  g_assert_cmpint (presync_stage_get_state (stage), ==, expected);
  g_assert_cmpstr (presync_stage_get_text (stage), ==, text);
}

/* What was added was opened and read, without a check. */
static void
test_stages (Test *self, gconstpointer data)
{
  g_autofree char *path = path_of (self, "s1.json");
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GError) error = NULL;

  write_facts (self, "s1.json", "SYNC01");
  assert_stage (self, 1, PRESYNC_STAGE_WAITING, NULL);
  g_assert_true (presync_server_source_add_file (self->source, file, &error));
  g_assert_no_error (error);
  assert_stage (self, 0, PRESYNC_STAGE_DONE, path);
  assert_stage (self, 1, PRESYNC_STAGE_DONE, NULL);
}

/* The same for what the watched folder tells */
static void
test_stages_of_folder (Test *self, gconstpointer data)
{
  g_autofree char *path = path_of (self, "s1.json");

  watch (self);
  WAIT_FOR (state (self) == PRESYNC_SOURCE_LIVE);
  write_facts (self, "s1.json", "SYNC01");
  WAIT_FOR (presync_server_source_get_report (self->source) != NULL);
  assert_stage (self, 0, PRESYNC_STAGE_DONE, path);
  assert_stage (self, 1, PRESYNC_STAGE_DONE, NULL);
  delete_file (self, "s1.json");
  WAIT_FOR (presync_server_source_get_report (self->source) == NULL);
  assert_stage (self, 1, PRESYNC_STAGE_FAILED, self->why);
}

/* @aside: (nullable): it is moved there rather than deleted */
static void
let_go_and_come (Test *self, const char *aside)
{
  write_facts (self, "s1.json", "SYNC01");
  watch_a_while (self);
  WAIT_FOR (presync_server_source_get_report (self->source) != NULL);
  if (aside != NULL)
    g_assert_cmpint (g_rename (self->folder, aside), ==, 0);
  else
    remove_folder (self->folder);
  WAIT_FOR (state (self) == PRESYNC_SOURCE_FAILED
            && presync_server_source_get_report (self->source) == NULL);
  g_test_message ("%s", presync_source_get_message (PRESYNC_SOURCE (self->source)));
  g_assert_cmpuint (count_problems (self), ==, 1);
  /* It is back, and what happens in it is seen again, now and later. */
  g_assert_cmpint (g_mkdir (self->folder, 0700), ==, 0);
  write_facts (self, "s1.json", "SYNC01");
  WAIT_FOR (presync_server_source_get_report (self->source) != NULL);
  g_assert_cmpint (state (self), ==, PRESYNC_SOURCE_LIVE);
  g_assert_cmpuint (count_problems (self), ==, 0);
  write_facts (self, "s2.json", "SYNC02");
  WAIT_FOR (count_reports (self) == 2);
  delete_file (self, "s2.json");
  WAIT_FOR (count_reports (self) == 1);
}

static void
test_deleted (Test *self, gconstpointer data)
{
  let_go_and_come (self, NULL);
}

static void
test_moved (Test *self, gconstpointer data)
{
  g_autofree char *aside = g_build_filename (self->top, "aside", NULL);

  let_go_and_come (self, aside);
  remove_folder (aside);
}

/* Another one is there before anybody could see that the first has gone. */
static void
test_replaced (Test *self, gconstpointer data)
{
  g_autofree char *aside = g_build_filename (self->top, "aside", NULL);

  write_facts (self, "s1.json", "SYNC01");
  watch_a_while (self);
  WAIT_FOR (presync_server_source_get_report (self->source) != NULL);
  g_assert_cmpint (g_rename (self->folder, aside), ==, 0);
  g_assert_cmpint (g_mkdir (self->folder, 0700), ==, 0);
  WAIT_FOR (presync_server_source_get_report (self->source) == NULL);
  write_facts (self, "s1.json", "SYNC01");
  WAIT_FOR (presync_server_source_get_report (self->source) != NULL);
  write_facts (self, "s2.json", "SYNC02");
  WAIT_FOR (count_reports (self) == 2);
  remove_folder (aside);
}

/* It goes with what it is in. */
static void
test_parent (Test *self, gconstpointer data)
{
  g_autofree char *aside = g_strconcat (self->top, ".aside", NULL);
  g_autofree char *gone = g_build_filename (aside, "facts", NULL);

  write_facts (self, "s1.json", "SYNC01");
  watch_a_while (self);
  WAIT_FOR (presync_server_source_get_report (self->source) != NULL);
  g_assert_cmpint (g_rename (self->top, aside), ==, 0);
  /* Nothing happened in the folder itself. */
  presync_source_check_async (PRESYNC_SOURCE (self->source), FALSE, NULL, NULL, NULL);
  WAIT_FOR (state (self) == PRESYNC_SOURCE_FAILED);
  g_assert_cmpuint (count_problems (self), ==, 1);
  g_assert_cmpint (g_mkdir (self->top, 0700), ==, 0);
  g_assert_cmpint (g_mkdir (self->folder, 0700), ==, 0);
  write_facts (self, "s1.json", "SYNC01");
  WAIT_FOR (presync_server_source_get_report (self->source) != NULL);
  g_assert_cmpint (state (self), ==, PRESYNC_SOURCE_LIVE);
  g_assert_cmpuint (count_problems (self), ==, 0);
  write_facts (self, "s2.json", "SYNC02");
  WAIT_FOR (count_reports (self) == 2);
  remove_folder (gone);
  remove_folder (aside);
}

/* Not there from the start */
static void
test_late (Test *self, gconstpointer data)
{
  remove_folder (self->folder);
  watch (self);
  WAIT_FOR (count_problems (self) == 1);
  g_assert_cmpint (state (self), ==, PRESYNC_SOURCE_FAILED);
  g_assert_cmpint (g_mkdir (self->folder, 0700), ==, 0);
  write_facts (self, "s1.json", "SYNC01");
  WAIT_FOR (presync_server_source_get_report (self->source) != NULL);
  g_assert_cmpint (state (self), ==, PRESYNC_SOURCE_LIVE);
  g_assert_cmpuint (count_problems (self), ==, 0);
}

/* The reason is told once: neither the path nor that reading failed twice. */
static void
test_reason (Test *self, gconstpointer data)
{
  g_autofree char *path = path_of (self, "none.json");
  g_autofree char *file_says = NULL;
  g_autofree char *folder_says = NULL;
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GError) error = NULL;

  g_assert_false (presync_server_source_add_file (self->source, file, &error));
  file_says = g_strdup_printf ("“%s” cannot be read: %s", path, g_strerror (ENOENT));
  g_assert_cmpstr (error->message, ==, file_says);
  remove_folder (self->folder);
  watch (self);
  WAIT_FOR (count_problems (self) == 1);
  folder_says
      = g_strdup_printf ("The folder “%s” cannot be read: %s", self->folder, g_strerror (ENOENT));
  g_assert_cmpstr (presync_server_source_get_problems (self->source)[0], ==, folder_says);
}

#define ADD(name, func) g_test_add ("/facts-folder/" name, Test, NULL, set_up, func, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("other-server", test_other_server);
  ADD ("no-server-named", test_no_server_named);
  ADD ("stages", test_stages);
  ADD ("stages-of-folder", test_stages_of_folder);
  ADD ("deleted", test_deleted);
  ADD ("moved", test_moved);
  ADD ("replaced", test_replaced);
  ADD ("parent", test_parent);
  ADD ("late", test_late);
  ADD ("reason", test_reason);
  return g_test_run ();
}
