/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "rules/built-in.h"

#include "facts/routable.h"

gboolean
presync_built_in_holds (const char *name, PresyncFact *fact)
{
  const char *const *suffixes;

  g_return_val_if_fail (g_strcmp0 (name, "routable-upn-suffix") == 0, FALSE);
  suffixes = presync_fact_get_list (fact);
  for (guint i = 0; suffixes[i] != NULL; i++)
    if (presync_is_routable (suffixes[i]))
      return TRUE;
  return FALSE;
}
