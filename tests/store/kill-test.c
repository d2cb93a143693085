/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A program is killed 500 times amid saving: the file stays whole, and has all that was told to be
 * saved.
 *
 * A child opens the file and changes it as fast as the store saves: change N is the answer "N" to
 * one condition, the fact value "N", and now and then a run. Whenever the store says SAVED it
 * writes the number of the last change into a pipe, in which the parent finds it after the kill. */
#include "store-kit.h"

#include <signal.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/error.h"

#define N_KILLS 500u
#define N_GROUPS 2
#define LONGEST_MICROSECONDS 12000

#define CONDITION "cs-ram"

/* A change of everything: @number tells which */
static void
kill_test_change (PresyncAssessment *assessment, guint64 number)
{
  g_autofree char *text = g_strdup_printf ("%" G_GUINT64_FORMAT, number);

  store_kit_answer (assessment, CONDITION, number % 2 == 0, text);
  store_kit_give_facts (assessment, 1 + number % 40, text);
  if (number % 7 == 0)
    store_kit_waive (assessment, CONDITION, text);
  if (number % 11 == 0)
    store_kit_add_run (assessment);
}

/* The number of the last change in an assessment; all that it changed must say the same */
static guint64
kill_test_get_number (PresyncAssessment *assessment)
{
  PresyncAnswer *answer
      = presync_statements_get_answer (presync_assessment_get_statements (assessment), CONDITION);
  GPtrArray *facts
      = presync_fact_set_lookup (presync_assessment_get_facts (assessment), "tenant.domain-realm");
  guint64 number = 0;

  g_assert_nonnull (answer);
  g_ascii_string_to_unsigned (presync_answer_get_note (answer), 10, 0, G_MAXUINT64, &number, NULL);
  g_assert_nonnull (facts);
  g_assert_cmpuint (facts->len, ==, 1 + number % 40);
  for (guint i = 0; i < facts->len; i++)
    g_assert_cmpstr (presync_fact_get_text (g_ptr_array_index (facts, i)), ==,
                     presync_answer_get_note (answer));
  g_assert_cmpint (presync_answer_get_met (answer), ==, number % 2 == 0);
  return number;
}

/* Tells what it finds, then what it saved, until it is killed */
static void G_GNUC_NORETURN
kill_test_child (const char *path, int pipe)
{
  g_autoptr (PresyncAssessment) assessment = store_kit_new ();
  g_autoptr (GError) error = NULL;
  PresyncStore *store;
  guint64 number;

  prctl (PR_SET_PDEATHSIG, SIGKILL);
  store = presync_store_open (assessment, path, &error);
  g_assert_no_error (error);
  g_assert_cmpint (presync_store_get_state (store), ==, PRESYNC_STORE_SAVED);
  presync_store_set_delay (store, 0);
  number = kill_test_get_number (assessment);
  g_assert_cmpint (write (pipe, &number, sizeof number), ==, sizeof number);
  while (TRUE)
    {
      number++;
      kill_test_change (assessment, number);
      /* Now blocking, now by the worker */
      if (number % 3 == 0)
        g_assert_true (presync_store_flush (store, NULL));
      store_kit_settle (store);
      g_assert_cmpint (presync_store_get_state (store), ==, PRESYNC_STORE_SAVED);
      g_assert_cmpint (write (pipe, &number, sizeof number), ==, sizeof number);
    }
}

/* The last number that the child told */
static guint64
kill_test_read_pipe (int pipe, guint64 number)
{
  guint64 told;

  while (read (pipe, &told, sizeof told) == sizeof told)
    number = told;
  return number;
}

/* The rows of all runs can be read, too. In a process of its own: the parent, which forks, must not
 * have threads. */
static void
kill_test_verify (const char *path)
{
  int status = 0;
  pid_t child = fork ();

  g_assert_cmpint (child, >=, 0);
  if (child == 0)
    {
      g_autoptr (PresyncAssessment) assessment = store_kit_new ();
      g_autoptr (GError) error = NULL;
      PresyncStore *store = presync_store_open (assessment, path, &error);
      g_autofree char *dump = NULL;

      g_assert_no_error (error);
      g_assert_nonnull (store);
      dump = store_kit_dump (assessment);
      g_assert_null (strstr (dump, "A run of"));
      _exit (0);
    }
  g_assert_cmpint (waitpid (child, &status, 0), ==, child);
  g_assert_cmpint (status, ==, 0);
}

/* One child, killed after some time. @number: the last that was told to be saved, then what this
 * child told. Returns how many changes the killed one before it had made beyond that: 0 or 1 */
static guint64
kill_test_kill (const char *path, guint64 *number, gulong microseconds, guint *n_journals)
{
  g_autofree char *journal = g_strconcat (path, "-journal", NULL);
  int ends[2], status = 0;
  guint64 found, told = *number;
  pid_t child;

  g_assert_cmpint (pipe (ends), ==, 0);
  child = fork ();
  g_assert_cmpint (child, >=, 0);
  if (child == 0)
    {
      close (ends[0]);
      kill_test_child (path, ends[1]);
    }
  close (ends[1]);
  /* From when it has the file open */
  g_assert_cmpint (read (ends[0], &found, sizeof found), ==, sizeof found);
  g_assert_cmpuint (found, >=, told);
  g_assert_cmpuint (found, <=, told + 1);
  g_usleep (microseconds);
  kill (child, SIGKILL);
  *number = kill_test_read_pipe (ends[0], found);
  close (ends[0]);
  g_assert_cmpint (waitpid (child, &status, 0), ==, child);
  g_assert_true (WIFSIGNALED (status) && WTERMSIG (status) == SIGKILL);
  *n_journals += g_file_test (journal, G_FILE_TEST_EXISTS) ? 1 : 0;
  return found - told;
}

/* In a process of its own without threads */
static void
kill_test_group (const char *path, guint32 seed, guint n)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (seed);
  guint64 number = 1;
  guint64 untold = 0;
  guint n_journals = 0;

  for (guint i = 0; i < n; i++)
    {
      untold += kill_test_kill (
          path, &number, (gulong) g_rand_int_range (random, 0, LONGEST_MICROSECONDS), &n_journals);
      if (i % 25 == 24)
        kill_test_verify (path);
    }
  g_print ("# %u kills, %u of them within a transaction; %" G_GUINT64_FORMAT
           " changes, %" G_GUINT64_FORMAT " saved and not told any more\n",
           n, n_journals, number, untold);
  /* Else it was tried in vain. */
  g_assert_cmpuint (n_journals, >, 0);
}

static void
kill_test_make (const char *path)
{
  g_autoptr (PresyncAssessment) assessment = store_kit_new ();
  g_autoptr (PresyncStore) store = NULL;
  g_autoptr (GError) error = NULL;

  kill_test_change (assessment, 1);
  store = presync_store_create (assessment, path, &error);
  g_assert_no_error (error);
  g_assert_true (presync_store_close (store, &error));
}

/* Makes the file in another process, for the same reason */
static void
kill_test_fork_make (const char *path)
{
  int status = 0;
  pid_t child = fork ();

  if (child == 0)
    {
      kill_test_make (path);
      _exit (0);
    }
  g_assert_cmpint (waitpid (child, &status, 0), ==, child);
  g_assert_cmpint (status, ==, 0);
}

int
main (int argc, char **argv)
{
  char *folder = store_kit_make_folder ();
  pid_t groups[N_GROUPS];
  gboolean good = TRUE;
  g_autofree char *left = NULL;
  g_autoptr (PresyncAssessment) warm = NULL;

  g_print ("1..1\n");
  g_setenv ("XDG_RUNTIME_DIR", folder, TRUE);
  warm = store_kit_new (); /* the children share its catalogue */
  for (guint i = 0; i < N_GROUPS; i++)
    {
      g_autofree char *name = g_strdup_printf ("%u.presync", i);
      g_autofree char *path = g_build_filename (folder, name, NULL);

      kill_test_fork_make (path);
      groups[i] = fork ();
      if (groups[i] == 0)
        {
          prctl (PR_SET_PDEATHSIG, SIGKILL);
          kill_test_group (path, i, N_KILLS / N_GROUPS);
          _exit (0);
        }
    }
  for (guint i = 0; i < N_GROUPS; i++)
    {
      int status = 1;

      waitpid (groups[i], &status, 0);
      good = good && status == 0;
    }
  g_print ("%s 1 - killed %u times amid saving\n", good ? "ok" : "not ok", N_KILLS);
  store_kit_remove_folder (folder);
  return good ? 0 : 1;
}
