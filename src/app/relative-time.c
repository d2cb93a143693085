/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/relative-time.h"

#include <glib/gi18n.h>

char *
presync_relative_time_text (GDateTime *at, GDateTime *now)
{
  GTimeSpan span;

  if (at == NULL)
    return g_strdup ("");

  span = g_date_time_difference (now, at);
  /* A clock that was set back must not print "in 3 minutes". */
  if (span < G_TIME_SPAN_MINUTE)
    return g_strdup (_ ("now"));
  if (span < G_TIME_SPAN_HOUR)
    {
      int minutes = (int) (span / G_TIME_SPAN_MINUTE);

      return g_strdup_printf (ngettext ("%d min ago", "%d min ago", (gulong) minutes), minutes);
    }
  if (span < G_TIME_SPAN_DAY)
    {
      int hours = (int) (span / G_TIME_SPAN_HOUR);

      return g_strdup_printf (ngettext ("%d h ago", "%d h ago", (gulong) hours), hours);
    }

  g_autoptr (GDateTime) local = g_date_time_to_local (at);
  return g_date_time_format (local, _ ("%Y-%m-%d"));
}

char *
presync_relative_time_text_now (GDateTime *at)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_utc ();

  return presync_relative_time_text (at, now);
}

char *
presync_absolute_time_text (GDateTime *at)
{
  g_autoptr (GDateTime) local = NULL;

  if (at == NULL)
    return g_strdup ("");
  local = g_date_time_to_local (at);
  /* As the report and facts write it, but in the time of this computer */
  return g_date_time_format (local, _ ("%Y-%m-%d %H:%M"));
}
