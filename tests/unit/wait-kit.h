/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

/* Everything that is waited for happens within seconds, or the test fails. */
#define PATIENCE_SECONDS 20

static gboolean
wait_late_cb (gpointer data)
{
  *(gboolean *) data = TRUE;
  return G_SOURCE_CONTINUE;
}

/* Runs the main context until @condition holds. */
#define WAIT_FOR(condition)                                                                        \
  G_STMT_START                                                                                     \
  {                                                                                                \
    gboolean wait_late = FALSE;                                                                    \
    guint wait_id = g_timeout_add_seconds (PATIENCE_SECONDS, wait_late_cb, &wait_late);            \
    while (!(condition) && !wait_late)                                                             \
      g_main_context_iteration (NULL, TRUE);                                                       \
    g_source_remove (wait_id);                                                                     \
    g_assert_true (condition);                                                                     \
  }                                                                                                \
  G_STMT_END
