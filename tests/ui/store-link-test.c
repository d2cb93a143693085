/* SPDX-License-Identifier: GPL-3.0-or-later */
/* An assessment of a window and its file, without the window: what closing would lose, and that a
 * file that was opened connects nothing and leaves no trace in the settings. */
#include <glib/gstdio.h>

#include "app/account-names.h"
#include "app/connection.h"
#include "app/settings.h"
#include "app/store-link.h"
#include "base/error.h"

/* Nobody answers there; nobody is asked, either. */
#define SERVER "ldaps://dc1.contoso.invalid"

typedef struct
{
  PresyncCatalogue *catalogue;
  PresyncAssessment *assessment;
  PresyncStoreLink *link;
  GSettings *settings;
  char *folder;
  char *path;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->catalogue = presync_catalogue_new_built_in ();
  fixture->assessment = presync_assessment_new (fixture->catalogue);
  fixture->link = presync_store_link_new (fixture->assessment);
  fixture->settings = presync_settings_new ();
  fixture->folder = g_dir_make_tmp ("store-link-XXXXXX", NULL);
  fixture->path = g_build_filename (fixture->folder, "contoso.presync", NULL);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  presync_store_link_close (fixture->link);
  g_object_unref (fixture->link);
  presync_runner_close (presync_assessment_get_runner (fixture->assessment));
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_object_unref (fixture->assessment);
  g_object_unref (fixture->catalogue);
  g_object_unref (fixture->settings);
  g_unlink (fixture->path);
  g_rmdir (fixture->folder);
  g_free (fixture->path);
  g_free (fixture->folder);
}

static void
answer (Fixture *fixture)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();
  g_autoptr (PresyncAnswer) given = presync_answer_new ("cs-ram", TRUE, "Olga", NULL, now);

  presync_assessment_set_answer (fixture->assessment, given);
}

static void
assert_text (Fixture *fixture, const char *start)
{
  g_autofree char *text = presync_store_link_dup_text (fixture->link);

  if (!g_str_has_prefix (text, start) || (*start == '\0' && *text != '\0'))
    g_error ("“%s” does not begin with “%s”", text, start);
}

static void
test_loss (Fixture *fixture, gconstpointer data)
{
  g_autofree char *nothing = presync_store_link_dup_loss (fixture->link);
  g_autofree char *loss = NULL;
  g_autofree char *after = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_null (nothing);
  assert_text (fixture, "");
  answer (fixture);
  assert_text (fixture, "Not saved");
  loss = presync_store_link_dup_loss (fixture->link);
  g_assert_nonnull (loss);

  g_assert_false (presync_store_link_save_as (fixture->link, "/nowhere/contoso.presync", &error));
  g_assert_error (error, PRESYNC_ERROR, PRESYNC_ERROR_CANNOT_WRITE);
  g_assert_null (presync_store_link_get_path (fixture->link));
  g_clear_error (&error);

  g_assert_true (presync_store_link_save_as (fixture->link, fixture->path, &error));
  g_assert_no_error (error);
  g_assert_cmpstr (presync_store_link_get_title (fixture->link), ==, "contoso");
  after = presync_store_link_dup_loss (fixture->link);
  g_assert_null (after);
  assert_text (fixture, "Saved");
}

/* Begins anew, as another start of the program does. */
static void
open_again (Fixture *fixture)
{
  g_autoptr (GError) error = NULL;

  presync_store_link_close (fixture->link);
  g_clear_object (&fixture->link);
  presync_runner_close (presync_assessment_get_runner (fixture->assessment));
  g_clear_object (&fixture->assessment);
  fixture->assessment = presync_assessment_new (fixture->catalogue);
  fixture->link = presync_store_link_new (fixture->assessment);
  presync_connection_watch_sync_server (fixture->assessment);
  g_assert_true (presync_store_link_open (fixture->link, fixture->path, &error));
  g_assert_no_error (error);
}

static void
save_server (Fixture *fixture)
{
  g_autoptr (PresyncDirectoryTarget) target = presync_directory_target_new ();
  g_autoptr (PresyncDirectorySource) source = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_true (presync_directory_target_parse_uri (target, SERVER, &error));
  target->name = g_strdup ("anna@contoso.invalid");
  target->password = presync_secret_new ("never-in-a-file");
  source = presync_directory_source_new (target);
  presync_runner_set_source (presync_assessment_get_runner (fixture->assessment),
                             PRESYNC_SOURCE (source));
  g_assert_true (presync_store_link_save_as (fixture->link, fixture->path, &error));
  g_assert_no_error (error);
}

static void
test_rest (Fixture *fixture, gconstpointer data)
{
  g_autoptr (PresyncDirectorySource) source = NULL;
  g_autoptr (PresyncDirectorySource) same = NULL;
  g_autofree char *address = NULL;
  g_auto (GStrv) features = NULL;
  g_autofree char *sync_server = NULL;

  g_settings_set_strv (fixture->settings, "features", NULL);
  g_settings_set_string (fixture->settings, "sync-server", "");
  save_server (fixture);
  open_again (fixture);

  g_assert_true (presync_connection_is_resting (fixture->assessment));
  source = presync_connection_get_directory (fixture->assessment);
  g_assert_nonnull (source);
  g_assert_null (presync_directory_source_get_target (source)->password);
  address = presync_settings_dup_address (presync_directory_source_get_target (source));
  g_assert_cmpstr (address, ==, SERVER);

  presync_assessment_set_feature (fixture->assessment, "federation", TRUE);
  presync_settings_save (fixture->assessment);
  presync_connection_name_sync_server (fixture->assessment, "SYNC09");
  while (g_main_context_iteration (NULL, FALSE))
    ;
  same = presync_connection_get_directory (fixture->assessment);
  g_assert_true (same == source);
  g_assert_cmpint (presync_source_get_state (PRESYNC_SOURCE (source)), ==, PRESYNC_SOURCE_IDLE);
  features = g_settings_get_strv (fixture->settings, "features");
  sync_server = g_settings_get_string (fixture->settings, "sync-server");
  g_assert_cmpuint (g_strv_length (features), ==, 0);
  g_assert_cmpstr (sync_server, ==, "");
}

/* What was used last for another assessment is not poured into a file when its sample is left. */
static void
test_apart (Fixture *fixture, gconstpointer data)
{
  const char *const planned[] = { "federation", NULL };
  const char *const none[] = { NULL };
  g_autoptr (PresyncDirectoryTarget) target = presync_sample_dup_target (NULL);
  g_autoptr (PresyncDirectorySource) sample = presync_directory_source_new (target);

  g_settings_set_strv (fixture->settings, "features", planned);
  g_settings_set_string (fixture->settings, "sync-server", "OTHER01");
  presync_connection_keep_apart (fixture->assessment);
  presync_connection_use (fixture->assessment, sample);
  g_assert_true (presync_connection_is_sample (fixture->assessment));
  g_assert_true (presync_connection_has_begun (fixture->assessment));
  presync_connection_remove (fixture->assessment);
  g_assert_false (presync_assessment_get_feature (fixture->assessment, "federation"));
  g_assert_null (presync_assessment_get_sync_server (fixture->assessment));
  g_settings_set_strv (fixture->settings, "features", none);
  g_settings_set_string (fixture->settings, "sync-server", "");
}

/* Whoever has it open already is not overwritten; what is changed here would be lost: a plan as
 * well as an answer. */
static void
test_read_only (Fixture *fixture, gconstpointer data)
{
  g_autoptr (PresyncAssessment) assessment = presync_assessment_new (fixture->catalogue);
  g_autoptr (PresyncStoreLink) second = presync_store_link_new (assessment);
  g_autoptr (GError) error = NULL;
  g_autofree char *untouched = NULL;
  g_autofree char *loss = NULL;

  save_server (fixture);
  g_assert_true (presync_store_link_open (second, fixture->path, &error));
  g_assert_no_error (error);
  g_assert_cmpint (presync_store_get_state (presync_store_link_get_store (second)), ==,
                   PRESYNC_STORE_READ_ONLY);
  untouched = presync_store_link_dup_loss (second);
  g_assert_cmpstr (untouched, ==, NULL);
  presync_assessment_set_feature (assessment, "federation", TRUE);
  loss = presync_store_link_dup_loss (second);
  g_assert_nonnull (loss);
  g_assert_nonnull (strstr (loss, "contoso.presync"));
  presync_store_link_close (second);
}

static void
iterate_until_gone (Fixture *fixture, gboolean gone)
{
  presync_store_link_look (fixture->link);
  while (presync_store_link_is_gone (fixture->link) != gone)
    g_main_context_iteration (NULL, TRUE);
}

/* All that was saved is in the window alone then. */
static void
test_gone (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *other = g_strconcat (fixture->path, ".old", NULL);
  g_autofree char *loss = NULL;
  g_autofree char *none = NULL;

  save_server (fixture);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  presync_store_link_look (fixture->link);
  g_assert_cmpint (g_rename (fixture->path, other), ==, 0);
  iterate_until_gone (fixture, TRUE);
  assert_text (fixture, "The file is gone");
  loss = presync_store_link_dup_loss (fixture->link);
  g_assert_nonnull (strstr (loss, fixture->path));
  g_assert_cmpint (g_rename (other, fixture->path), ==, 0);
  iterate_until_gone (fixture, FALSE);
  assert_text (fixture, "Saved");
  none = presync_store_link_dup_loss (fixture->link);
  g_assert_cmpstr (none, ==, NULL);
}

/* Once it was checked, a file does not rest any more; its plan, its names and its edition are still
 * those of somebody else. */
static void
test_not_remembered (Fixture *fixture, gconstpointer data)
{
  g_autoptr (PresyncAccounts) accounts = NULL;
  g_auto (GStrv) features = NULL;

  g_settings_set_strv (fixture->settings, "features", NULL);
  g_settings_set_value (fixture->settings, "accounts", g_variant_new ("a{ss}", NULL));
  save_server (fixture);
  open_again (fixture);
  presync_connection_cancel_rest (fixture->assessment);
  presync_assessment_set_feature (fixture->assessment, "federation", TRUE);
  presync_account_names_set (fixture->assessment, "gmsa", "other$");
  features = g_settings_get_strv (fixture->settings, "features");
  g_assert_cmpuint (g_strv_length (features), ==, 0);
  accounts = presync_settings_dup_accounts (fixture->settings);
  g_assert_cmpstr (presync_accounts_get (accounts, "gmsa"), ==, NULL);
}

/* A password is kept for a server, and for whom one trusted then to tell who that server is. */
static void
test_trust (Fixture *fixture, gconstpointer data)
{
  g_settings_set_string (fixture->settings, "ca-file", "/etc/ours.pem");
  g_assert_true (presync_settings_trusts ("ca-file", NULL));
  g_assert_true (presync_settings_trusts ("ca-file", "/etc/ours.pem"));
  g_assert_false (presync_settings_trusts ("ca-file", "/tmp/theirs.pem"));
  g_settings_set_string (fixture->settings, "ca-file", "");
  g_assert_false (presync_settings_trusts ("ca-file", "/tmp/theirs.pem"));
}

static void
test_bad_file (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (g_file_set_contents (fixture->path, "Dear Olga,\n", -1, NULL));
  g_assert_false (presync_store_link_open (fixture->link, fixture->path, &error));
  g_assert_error (error, PRESYNC_ERROR, PRESYNC_ERROR_BAD_INPUT);
  g_assert_nonnull (strstr (error->message, "contoso.presync"));
  g_assert_false (presync_connection_is_resting (fixture->assessment));
  g_assert_false (presync_connection_is_apart (fixture->assessment));
  g_assert_false (presync_store_link_has_content (fixture->link));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(name, function)                                                                        \
  g_test_add ("/store-link/" name, Fixture, NULL, set_up, function, tear_down)
  ADD ("loss", test_loss);
  ADD ("rest", test_rest);
  ADD ("apart", test_apart);
  ADD ("read-only", test_read_only);
  ADD ("gone", test_gone);
  ADD ("not-remembered", test_not_remembered);
  ADD ("trust", test_trust);
  ADD ("bad-file", test_bad_file);
#undef ADD
  return g_test_run ();
}
