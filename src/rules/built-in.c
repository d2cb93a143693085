/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "rules/built-in.h"

#include <string.h>

static gboolean
presync_built_in_is_routable (const char *suffix)
{
  static const char *const private_names[]
      = { "local", "localhost", "internal", "intranet", "corp",    "home",
          "lan",   "private",   "test",     "example",  "invalid", NULL };
  const char *dot = strrchr (suffix, '.');
  g_autofree char *last = NULL;

  if (dot == NULL || dot == suffix || dot[1] == '\0')
    return FALSE;
  last = g_ascii_strdown (dot + 1, -1);
  return !g_strv_contains (private_names, last);
}

gboolean
presync_built_in_holds (const char *name, PresyncFact *fact)
{
  const char *const *suffixes;

  g_return_val_if_fail (g_strcmp0 (name, "routable-upn-suffix") == 0, FALSE);
  suffixes = presync_fact_get_list (fact);
  for (guint i = 0; suffixes[i] != NULL; i++)
    if (presync_built_in_is_routable (suffixes[i]))
      return TRUE;
  return FALSE;
}
