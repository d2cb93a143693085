/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/version.h"

gboolean
presync_version_parse (const char *text, PresyncVersion *version)
{
  guint part = 0;
  guint digits = 0;
  guint64 value = 0;
  PresyncVersion parsed = { { 0, 0, 0, 0 } };

  g_return_val_if_fail (text != NULL && version != NULL, FALSE);
  for (const char *p = text;; p++)
    {
      if (g_ascii_isdigit (*p))
        {
          value = value * 10 + (guint64) g_ascii_digit_value (*p);
          if (value > G_MAXUINT32)
            return FALSE;
          digits++;
        }
      else if (*p == '.' || *p == '\0')
        {
          if (digits == 0 || part > 3)
            return FALSE;
          parsed.part[part++] = (guint32) value;
          value = 0;
          digits = 0;
          if (*p == '\0')
            break;
        }
      else
        return FALSE;
    }
  *version = parsed;
  return TRUE;
}

int
presync_version_compare (const PresyncVersion *a, const PresyncVersion *b)
{
  g_return_val_if_fail (a != NULL && b != NULL, 0);
  for (guint i = 0; i < G_N_ELEMENTS (a->part); i++)
    if (a->part[i] != b->part[i])
      return a->part[i] < b->part[i] ? -1 : 1;
  return 0;
}
