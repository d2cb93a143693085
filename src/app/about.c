/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/about.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#define OVERVIEW_URL "https://learn.microsoft.com/entra/identity/hybrid/prerequisites"

void
presync_about_window_present (GtkWindow *parent)
{
  g_autoptr (GtkWidget) window = g_object_ref_sink (adw_about_window_new ());
  AdwAboutWindow *about = ADW_ABOUT_WINDOW (window);

  adw_about_window_set_application_name (about, "Presync");
  adw_about_window_set_application_icon (about, PRESYNC_APPLICATION_ID);
  adw_about_window_set_developer_name (about, _ ("The Presync contributors"));
  adw_about_window_set_version (about, PRESYNC_VERSION);
  adw_about_window_set_license_type (about, GTK_LICENSE_GPL_3_0);
  adw_about_window_set_copyright (about, _ ("© 2026 The Presync contributors"));
  adw_about_window_set_comments (
      about,
      _ ("Tells whether an Active Directory organisation is ready for Microsoft Entra Cloud "
         "Sync or Microsoft Entra Connect Sync, what is missing, and how to mend it. Presync "
         "only reads, and sends nothing anywhere but to the servers you name.\n\n"
         "Presync is not made by Microsoft."));
  /* TRANSLATORS: names of the translators of this language, one a line */
  adw_about_window_set_translator_credits (about, _ ("translator-credits"));
  adw_about_window_add_link (about, _ ("The requirements, in Microsoft’s words"), OVERVIEW_URL);
  gtk_window_set_transient_for (GTK_WINDOW (window), parent);
  gtk_window_set_modal (GTK_WINDOW (window), TRUE);
  gtk_window_present (GTK_WINDOW (window));
}
