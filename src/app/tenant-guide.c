/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/tenant-guide.h"

#include <glib/gi18n.h>

#include "app/accessible.h"
#include "app/form.h"
#include "sources/tenant/device-code.h"

struct _PresyncTenantGuide
{
  AdwExpanderRow parent_instance;

  AdwActionRow *portal_row;
  GtkLinkButton *portal;
  const char *address; /* (transfer none) */
};

G_DEFINE_FINAL_TYPE (PresyncTenantGuide, presync_tenant_guide, ADW_TYPE_EXPANDER_ROW)

/* Words in quotation marks are those of Microsoft's pages. */
static const char *const steps[] = {
  N_ ("Open the Microsoft Entra admin center: “Entra ID”, “App registrations”, “New registration”"),
  N_ ("Any name, such as Presync; “Accounts in this organizational directory only”; no redirect "
      "URI. “Register”"),
  N_ ("“Authentication”: set “Allow public client flows” to “Yes”, and save. No secret and no "
      "certificate is needed"),
  N_ ("“API permissions”, “Add a permission”, “Microsoft Graph”, “Delegated permissions”: add the "
      "ones below, all of which only read. Then “Grant admin consent”"),
  N_ ("“Overview”: copy the “Application (client) ID” into the field above"),
};
/* Below this step stand the scopes. */
#define SCOPES_STEP 3
/* Kept with a copy button */
#define SCOPE_DATA "presync-scope"

static GtkWidget *
presync_tenant_guide_new_row (const char *title)
{
  GtkWidget *row = adw_action_row_new ();

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_set_title_lines (ADW_ACTION_ROW (row), 0);
  return row;
}

static GtkWidget *
presync_tenant_guide_new_step (guint number)
{
  GtkWidget *row = presync_tenant_guide_new_row (_ (steps[number]));
  g_autofree char *figure = g_strdup_printf ("%u", number + 1);
  /* TRANSLATORS: for screen readers: number of a step, and what to do */
  g_autofree char *name = g_strdup_printf (_ ("Step %u: %s"), number + 1, _ (steps[number]));
  GtkWidget *label = g_object_new (GTK_TYPE_LABEL, "label", figure, "valign", GTK_ALIGN_CENTER,
                                   "accessible-role", GTK_ACCESSIBLE_ROLE_PRESENTATION, NULL);

  gtk_widget_add_css_class (label, "guide-number");
  adw_action_row_add_prefix (ADW_ACTION_ROW (row), label);
  presync_accessible_set_label (row, name);
  return row;
}

static void
presync_tenant_guide_copy_cb (GtkWidget *button)
{
  gdk_clipboard_set_text (gtk_widget_get_clipboard (button),
                          g_object_get_data (G_OBJECT (button), SCOPE_DATA));
  gtk_widget_activate_action (button, "win.toast", "s", _ ("Copied"));
}

static GtkWidget *
presync_tenant_guide_new_scope (const char *scope)
{
  GtkWidget *row = presync_tenant_guide_new_row (scope);
  GtkWidget *button = gtk_button_new_from_icon_name ("presync-copy-symbolic");
  g_autofree char *name = g_strdup_printf (_ ("Copy %s"), scope);

  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_set_tooltip_text (button, name);
  presync_accessible_set_label (button, name);
  g_object_set_data_full (G_OBJECT (button), SCOPE_DATA, g_strdup (scope), g_free);
  g_signal_connect (button, "clicked", G_CALLBACK (presync_tenant_guide_copy_cb), NULL);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), button);
  /* Below the words of the steps, beside their numbers */
  adw_action_row_add_prefix (ADW_ACTION_ROW (row), presync_accessible_new_ornament (NULL));
  gtk_widget_add_css_class (row, "query");
  return row;
}

static void
presync_tenant_guide_add_scopes (PresyncTenantGuide *self)
{
  g_auto (GStrv) scopes = g_strsplit (presync_device_code_get_scopes (), " ", 0);

  for (char **scope = scopes; *scope != NULL; scope++)
    {
      const char *slash = strrchr (*scope, '/');

      /* The name alone is what the portal lists. */
      if (**scope != '\0')
        adw_expander_row_add_row (ADW_EXPANDER_ROW (self), presync_tenant_guide_new_scope (
                                                               slash != NULL ? slash + 1 : *scope));
    }
}

static void
presync_tenant_guide_class_init (PresyncTenantGuideClass *klass)
{
}

static void
presync_tenant_guide_init (PresyncTenantGuide *self)
{
  AdwExpanderRow *expander = ADW_EXPANDER_ROW (self);

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (self), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self), _ ("How to register one"));
  adw_expander_row_set_subtitle (expander,
                                 _ ("Five steps, once for the tenant, by an administrator"));
  presync_form_label_expander (expander);
  for (guint i = 0; i < G_N_ELEMENTS (steps); i++)
    {
      GtkWidget *row = presync_tenant_guide_new_step (i);

      adw_expander_row_add_row (expander, row);
      if (i == 0)
        self->portal_row = ADW_ACTION_ROW (row);
      if (i == SCOPES_STEP)
        presync_tenant_guide_add_scopes (self);
    }
  self->portal = GTK_LINK_BUTTON (gtk_link_button_new_with_label ("", _ ("Open")));
  gtk_widget_set_valign (GTK_WIDGET (self->portal), GTK_ALIGN_CENTER);
  adw_action_row_add_suffix (self->portal_row, GTK_WIDGET (self->portal));
  presync_tenant_guide_set_cloud (self, presync_cloud_find ("worldwide"));
}

void
presync_tenant_guide_set_cloud (PresyncTenantGuide *self, const PresyncCloud *cloud)
{
  g_autofree char *name = NULL;

  g_return_if_fail (PRESYNC_IS_TENANT_GUIDE (self));

  self->address = cloud != NULL && cloud->portal != NULL ? cloud->portal : "";
  gtk_link_button_set_uri (self->portal, self->address);
  gtk_link_button_set_visited (self->portal, FALSE);
  /* TRANSLATORS: %s is an address */
  name = g_strdup_printf (_ ("Open %s"), self->address);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->portal), self->address);
  presync_accessible_set_label (GTK_WIDGET (self->portal), name);
}
