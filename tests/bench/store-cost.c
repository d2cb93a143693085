/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What saving and opening an assessment cost.
 *
 * store-cost FOLDER RUNS   prints the milliseconds of a save after one changed answer (median; CPU
 * of all threads, and by the clock) and of opening a file with so many runs, and the size of that
 * file */
#include <stdlib.h>
#include <time.h>
#include <glib/gstdio.h>

#include "assessment/history.h"
#include "store/store-private.h"

#define N_SAVES 101
#define N_OPENS 11

static double
store_cost_now (clockid_t clock)
{
  struct timespec time;

  clock_gettime (clock, &time);
  return (double) time.tv_sec * 1e3 + (double) time.tv_nsec / 1e6;
}

static int
store_cost_compare (gconstpointer a, gconstpointer b)
{
  const double *left = a;
  const double *right = b;

  return (*left > *right) - (*left < *right);
}

static double
store_cost_median (double *times, gsize n)
{
  qsort (times, n, sizeof *times, store_cost_compare);
  return times[n / 2];
}

static void
store_cost_answer (PresyncAssessment *assessment, guint number)
{
  g_autofree char *note = g_strdup_printf ("note %u", number);
  g_autoptr (GDateTime) now = g_date_time_new_now_utc ();
  g_autoptr (PresyncAnswer) answer = presync_answer_new ("cs-ram", TRUE, "Jane", note, now);

  presync_statements_set_answer (presync_assessment_get_statements (assessment), "cs-ram", answer);
}

/* Runs of which each has a few conditions that differ from the one before */
static void
store_cost_add_runs (PresyncAssessment *assessment, guint n)
{
  for (guint i = 0; i < n; i++)
    {
      store_cost_answer (assessment, i);
      presync_history_add (presync_assessment_get_history (assessment));
    }
}

static void
store_cost_save (PresyncAssessment *assessment, PresyncStore *store)
{
  double cpu[N_SAVES], wall[N_SAVES];

  for (guint i = 0; i < N_SAVES; i++)
    {
      double cpu_start, wall_start;

      store_cost_answer (assessment, i);
      cpu_start = store_cost_now (CLOCK_PROCESS_CPUTIME_ID);
      wall_start = store_cost_now (CLOCK_MONOTONIC);
      presync_store_flush (store, NULL);
      cpu[i] = store_cost_now (CLOCK_PROCESS_CPUTIME_ID) - cpu_start;
      wall[i] = store_cost_now (CLOCK_MONOTONIC) - wall_start;
    }
  g_print ("save-cpu %.3f\nsave-wall %.3f\n", store_cost_median (cpu, N_SAVES),
           store_cost_median (wall, N_SAVES));
}

static void
store_cost_open (PresyncCatalogue *catalogue, const char *path)
{
  double cpu[N_OPENS], wall[N_OPENS];

  for (guint i = 0; i < N_OPENS; i++)
    {
      g_autoptr (PresyncAssessment) assessment = presync_assessment_new (catalogue);
      double cpu_start = store_cost_now (CLOCK_PROCESS_CPUTIME_ID);
      double wall_start = store_cost_now (CLOCK_MONOTONIC);
      g_autoptr (GError) error = NULL;
      g_autoptr (PresyncStore) store = presync_store_open (assessment, path, &error);

      if (store == NULL)
        g_error ("%s", error->message);
      cpu[i] = store_cost_now (CLOCK_PROCESS_CPUTIME_ID) - cpu_start;
      wall[i] = store_cost_now (CLOCK_MONOTONIC) - wall_start;
      presync_store_close (store, NULL);
    }
  g_print ("open-cpu %.3f\nopen-wall %.3f\n", store_cost_median (cpu, N_OPENS),
           store_cost_median (wall, N_OPENS));
}

int
main (int argc, char **argv)
{
  g_autoptr (PresyncCatalogue) catalogue = presync_catalogue_new_built_in ();
  g_autoptr (PresyncAssessment) assessment = presync_assessment_new (catalogue);
  g_autoptr (PresyncStore) store = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *path = NULL;
  guint64 n = 0;
  GStatBuf file;

  if (argc != 3 || !g_ascii_string_to_unsigned (argv[2], 10, 0, 100000, &n, &error))
    {
      g_printerr ("store-cost FOLDER RUNS\n");
      return 2;
    }
  path = g_build_filename (argv[1], "cost.presync", NULL);
  store_cost_add_runs (assessment, (guint) n);
  store = presync_store_create (assessment, path, &error);
  if (store == NULL)
    g_error ("%s", error->message);
  store_cost_save (assessment, store);
  presync_store_close (store, NULL);
  store_cost_open (catalogue, path);
  if (g_stat (path, &file) == 0)
    g_print ("size %" G_GINT64_FORMAT "\n", (gint64) file.st_size);
  g_unlink (path);
  return 0;
}
