/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "facts/routable.h"

#include <string.h>

gboolean
presync_is_routable (const char *domain)
{
  static const char *const private_names[]
      = { "local",   "localhost", "localdomain", "internal", "intranet", "corp",  "home", "lan",
          "private", "test",      "example",     "invalid",  "arpa",     "onion", "alt",  NULL };
  const char *dot;
  g_autofree char *last = NULL;

  g_return_val_if_fail (domain != NULL, FALSE);
  dot = strrchr (domain, '.');
  if (dot == NULL || dot == domain || dot[1] == '\0' || g_ascii_isdigit (dot[1]))
    return FALSE;
  last = g_ascii_strdown (dot + 1, -1);
  return !g_strv_contains (private_names, last);
}
