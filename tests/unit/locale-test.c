/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the start prepares for threads */
#include "base/locale.h"

#include <glib.h>
#ifdef G_OS_UNIX
#include <sys/wait.h>
#include <unistd.h>
#endif

#define STARTS 400

#ifdef G_OS_UNIX

static gpointer
locale_test_thread (gpointer data)
{
  int *go = data;
  guint64 number = 0;

  while (!g_atomic_int_get (go))
    ;
  return GINT_TO_POINTER (
      g_ascii_string_to_unsigned ("2023", 10, 1, 9999, &number, NULL) && number == 2023 ? 0 : 1);
}

/* a program of its own, whose two threads read their first number at the same time */
static int
locale_test_start (void)
{
  GThread *threads[2];
  int go = 0;
  int failed = 0;

  presync_locale_init ();
  for (gsize i = 0; i < G_N_ELEMENTS (threads); i++)
    threads[i] = g_thread_new ("number", locale_test_thread, &go);
  g_atomic_int_set (&go, 1);
  for (gsize i = 0; i < G_N_ELEMENTS (threads); i++)
    failed += GPOINTER_TO_INT (g_thread_join (threads[i]));
  return failed;
}

/* Before g_test_init(), which reads numbers itself. Returns: how many of the programs failed */
static gpointer
locale_test_run (void)
{
  guint failed = 0;

  for (guint i = 0; i < STARTS; i++)
    {
      pid_t child = fork ();
      int status = 1;

      if (child == 0)
        _exit (locale_test_start ());
      if (waitpid (child, &status, 0) != child || status != 0)
        failed++;
    }
  return GUINT_TO_POINTER (failed);
}

static void
locale_test_numbers (gconstpointer data)
{
  g_assert_cmpuint (GPOINTER_TO_UINT (data), ==, 0);
}

#endif

int
main (int argc, char **argv)
{
#ifdef G_OS_UNIX
  gpointer failed = locale_test_run ();
#endif

  g_test_init (&argc, &argv, NULL);
#ifdef G_OS_UNIX
  g_test_add_data_func ("/locale/numbers-of-two-threads", failed, locale_test_numbers);
#endif
  return g_test_run ();
}
