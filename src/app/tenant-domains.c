/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/tenant-domains.h"

#include <glib/gi18n.h>

#include "app/accessible.h"
#include "app/form.h"
#include "app/status-style.h"
#include "report/tenant-text.h"

#define OWNER_KEY "tenant.domain-tenant"
#define REALM_KEY "tenant.domain-realm"
/* A boxed list with more rows is slow. */
#define MAX_ROWS 60

struct _PresyncTenantDomains
{
  AdwPreferencesGroup parent_instance;

  PresyncAssessment *assessment;
  GPtrArray *rows; /* GtkWidget */
};

G_DEFINE_FINAL_TYPE (PresyncTenantDomains, presync_tenant_domains, ADW_TYPE_PREFERENCES_GROUP)

/* (transfer full) (nullable): how people sign in with @domain, if that is known */
static char *
presync_tenant_domains_dup_realm (PresyncTenantDomains *self, const char *domain)
{
  PresyncFact *realm
      = presync_tenant_text_find_realm (presync_assessment_get_facts (self->assessment), domain);

  return realm != NULL && presync_fact_get_unknown (realm) == PRESYNC_UNKNOWN_NONE
             ? presync_tenant_text_dup_realm (realm)
             : NULL;
}

static GtkWidget *
presync_tenant_domains_new_row (PresyncTenantDomains *self, PresyncFact *fact)
{
  const char *domain = presync_fact_get_subject (fact);
  g_autofree char *words = presync_tenant_domains_dup_realm (self, domain);
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *icon = presync_accessible_new_ornament (NULL);
  PresyncStatus status;
  g_autofree char *owner = presync_tenant_text_dup_owner (
      presync_assessment_get_facts (self->assessment), fact, &status);
  g_autofree char *text
      /* TRANSLATORS: who owns a domain, and how people sign in with it */
      = words != NULL ? g_strdup_printf (_ ("%s · %s (not documented by Microsoft)"), owner, words)
                      : g_strdup (owner);
  g_autofree char *name = g_strdup_printf (_ ("%s: %s"), domain, text);

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), domain);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), text);
  adw_action_row_set_title_lines (ADW_ACTION_ROW (row), 0);
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (row), 0);
  gtk_image_set_from_icon_name (GTK_IMAGE (icon), presync_status_icon (status));
  presync_status_set_class (icon, status);
  adw_action_row_add_prefix (ADW_ACTION_ROW (row), icon);
  presync_accessible_set_label (row, name);
  presync_form_forbid_hyphens (row);
  return row;
}

static void
presync_tenant_domains_add (PresyncTenantDomains *self, GtkWidget *row)
{
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (self), row);
  g_ptr_array_add (self->rows, row);
}

static void
presync_tenant_domains_build (PresyncTenantDomains *self)
{
  g_autoptr (GPtrArray) facts
      = presync_tenant_text_list_domains (presync_assessment_get_facts (self->assessment));

  for (guint i = 0; i < self->rows->len; i++)
    adw_preferences_group_remove (ADW_PREFERENCES_GROUP (self), g_ptr_array_index (self->rows, i));
  g_ptr_array_set_size (self->rows, 0);
  for (guint i = 0; i < MIN (facts->len, MAX_ROWS); i++)
    presync_tenant_domains_add (
        self, presync_tenant_domains_new_row (self, g_ptr_array_index (facts, i)));
  if (facts->len > MAX_ROWS)
    {
      guint more = facts->len - MAX_ROWS;
      g_autofree char *text = g_strdup_printf (
          ngettext ("and %u more; the report has it", "and %u more; the report has all", more),
          more);
      GtkWidget *row = adw_action_row_new ();

      adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), text);
      presync_tenant_domains_add (self, row);
    }
  gtk_widget_set_visible (GTK_WIDGET (self), facts->len > 0);
}

static void
presync_tenant_domains_changed_cb (PresyncTenantDomains *self, const char *const *keys)
{
  if (g_strv_contains (keys, OWNER_KEY) || g_strv_contains (keys, REALM_KEY)
      || g_strv_contains (keys, "tenant.id"))
    presync_tenant_domains_build (self);
}

static void
presync_tenant_domains_dispose (GObject *object)
{
  g_clear_object (&PRESYNC_TENANT_DOMAINS (object)->assessment);

  G_OBJECT_CLASS (presync_tenant_domains_parent_class)->dispose (object);
}

static void
presync_tenant_domains_finalize (GObject *object)
{
  g_ptr_array_unref (PRESYNC_TENANT_DOMAINS (object)->rows);

  G_OBJECT_CLASS (presync_tenant_domains_parent_class)->finalize (object);
}

static void
presync_tenant_domains_class_init (PresyncTenantDomainsClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = presync_tenant_domains_dispose;
  object_class->finalize = presync_tenant_domains_finalize;
}

static void
presync_tenant_domains_init (PresyncTenantDomains *self)
{
  self->rows = g_ptr_array_new ();
  adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (self), _ ("Domains"));
  adw_preferences_group_set_description (
      ADW_PREFERENCES_GROUP (self),
      _ ("The tenant’s domain, and the UPN suffixes of the users in Active Directory"));
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
}

void
presync_tenant_domains_set_assessment (PresyncTenantDomains *self, PresyncAssessment *assessment)
{
  g_return_if_fail (PRESYNC_IS_TENANT_DOMAINS (self) && self->assessment == NULL);
  g_return_if_fail (PRESYNC_IS_ASSESSMENT (assessment));

  self->assessment = g_object_ref (assessment);
  g_signal_connect_object (presync_assessment_get_facts (assessment), "changed",
                           G_CALLBACK (presync_tenant_domains_changed_cb), self, G_CONNECT_SWAPPED);
  presync_tenant_domains_build (self);
}
