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
}
