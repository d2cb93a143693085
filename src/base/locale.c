/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/locale.h"

#include <locale.h>
#include <glib/gi18n.h>

void
presync_locale_init (void)
{
  const char *folder = g_getenv ("PRESYNC_LOCALE_DIR");

  setlocale (LC_ALL, "");
  bindtextdomain (GETTEXT_PACKAGE, folder != NULL ? folder : PRESYNC_LOCALE_DIR);
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  textdomain (GETTEXT_PACKAGE);
  /* GLib makes the C locale when the first number is read. A thread that has to wait for another
   * one that is just making it finds errno set, and g_ascii_string_to_unsigned() takes that for a
   * number that is none (GLib 2.74; seen as a good date refused at the start, 2 in 100 of two
   * threads that begin at once). */
  g_ascii_strtoull ("0", NULL, 10);
}
