/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/waiver-text.h"

#include <glib/gi18n.h>

#include "app/bidi-text.h"

char *
presync_day_text (const GDate *day)
{
  g_autoptr (GDateTime) time = NULL;

  g_return_val_if_fail (g_date_valid (day), NULL);

  time = g_date_time_new_utc (g_date_get_year (day), (int) g_date_get_month (day),
                              g_date_get_day (day), 0, 0, 0);
  /* TRANSLATORS: a day in words, such as "1 March 2027" */
  return g_date_time_format (time, _ ("%-d %B %Y"));
}

gboolean
presync_day_parse (const char *text, GDate *day)
{
  static const char *const patterns[] = {
    "^\\s*(?<y>\\d{4})-(?<m>\\d{1,2})-(?<d>\\d{1,2})\\s*$",
    "^\\s*(?<d>\\d{1,2})\\.\\s?(?<m>\\d{1,2})\\.\\s?(?<y>\\d{4})\\s*$",
  };

  g_return_val_if_fail (text != NULL && day != NULL, FALSE);

  for (gsize i = 0; i < G_N_ELEMENTS (patterns); i++)
    {
      g_autoptr (GRegex) regex = g_regex_new (patterns[i], 0, 0, NULL);
      g_autoptr (GMatchInfo) match = NULL;
      guint numbers[3];
      static const char *const parts[] = { "y", "m", "d" };

      if (!g_regex_match (regex, text, 0, &match))
        continue;
      for (gsize j = 0; j < G_N_ELEMENTS (parts); j++)
        {
          g_autofree char *digits = g_match_info_fetch_named (match, parts[j]);

          numbers[j] = (guint) g_ascii_strtoull (digits, NULL, 10);
        }
      if (numbers[0] == 0
          || !g_date_valid_dmy ((GDateDay) numbers[2], (GDateMonth) numbers[1],
                                (GDateYear) numbers[0]))
        return FALSE;
      g_date_clear (day, 1);
      g_date_set_dmy (day, (GDateDay) numbers[2], (GDateMonth) numbers[1], (GDateYear) numbers[0]);
      return TRUE;
    }
  return FALSE;
}

char *
presync_waiver_dup_text (PresyncWaiver *waiver, GDateTime *now)
{
  const GDate *expires;
  g_autofree char *day = NULL;
  g_autofree char *owner = NULL;

  g_return_val_if_fail (PRESYNC_IS_WAIVER (waiver), NULL);

  owner = presync_bidi_dup_isolated (presync_waiver_get_owner (waiver));
  expires = presync_waiver_get_expires (waiver);
  if (expires == NULL)
    /* TRANSLATORS: %s is a name */
    return g_strdup_printf (_ ("Waived by %s until it is removed."), owner);
  day = presync_day_text (expires);
  if (presync_waiver_get_expired (waiver, now))
    /* TRANSLATORS: a name, then a day */
    return g_strdup_printf (_ ("The waiver of %s expired on %s: the condition is open again."),
                            owner, day);
  /* TRANSLATORS: a name, then a day */
  return g_strdup_printf (_ ("Waived by %s until %s."), owner, day);
}
