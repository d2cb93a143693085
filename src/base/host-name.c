/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/host-name.h"

#include <string.h>

/* (transfer full): without white space around it and the dot at its end, and in lower case */
static char *
presync_host_name_normalize (const char *name)
{
  char *plain = g_strstrip (g_ascii_strdown (name, -1));
  gsize length = strlen (plain);

  if (length > 1 && plain[length - 1] == '.')
    plain[length - 1] = '\0';
  return plain;
}

gboolean
presync_host_name_is (const char *name, const char *host, const char *domain)
{
  g_autofree char *a = NULL;
  g_autofree char *b = NULL;
  gsize label;

  g_return_val_if_fail (name != NULL && host != NULL, FALSE);
  a = presync_host_name_normalize (name);
  b = presync_host_name_normalize (host);
  label = strcspn (a, ".");
  if (label == 0 || label != strcspn (b, ".") || strncmp (a, b, label) != 0)
    return FALSE;
  if (a[label] == '\0' || g_str_equal (a, b))
    return TRUE;
  if (domain != NULL)
    {
      g_autofree char *own = presync_host_name_normalize (domain);

      return *own != '\0' && g_str_equal (a + label + 1, own);
    }
  return b[label] == '\0';
}
