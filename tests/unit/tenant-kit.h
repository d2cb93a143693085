/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <string.h>

#include "sources/tenant/tenant-facts.h"

/* What the tests of the tenant's facts share. */

#define TENANT "72f988bf-86f1-41af-91ab-2d7cd011db47"
#define OTHER_TENANT "11111111-2222-4333-8444-555555555555"
#define SUBJECT "contoso.com"

static PresyncOrigin *
tenant_kit_new_origin (gboolean complete)
{
  g_autoptr (GDateTime) at = g_date_time_new_utc (2026, 10, 28, 8, 0, 0.0);

  return presync_origin_new ("tenant", SUBJECT, "GET https://graph.microsoft.com/v1.0/x", at,
                             complete);
}

static PresyncTenantOwner *
tenant_kit_new_owner (const char *domain, const char *tenant)
{
  g_autoptr (GDateTime) at = g_date_time_new_utc (2026, 10, 28, 8, 0, 0.0);
  PresyncDiscovery *discovery = g_new0 (PresyncDiscovery, 1);

  discovery->domain = g_strdup (domain);
  discovery->exists = tenant != NULL;
  discovery->tenant_id = g_strdup (tenant);
  discovery->cloud = presync_cloud_find ("worldwide");
  discovery->realm = tenant != NULL ? g_strdup ("Managed") : NULL;
  discovery->url = g_strdup ("https://login.microsoftonline.com/x");
  discovery->realm_url = g_strdup ("https://login.microsoftonline.com/getuserrealm.srf");
  return presync_tenant_owner_new (discovery, at);
}

G_GNUC_UNUSED static PresyncTenantOwner *
tenant_kit_new_unread_owner (const char *domain)
{
  g_autoptr (GDateTime) at = g_date_time_new_utc (2026, 10, 28, 8, 0, 0.0);

  return presync_tenant_owner_new_unknown (domain, PRESYNC_UNKNOWN_TIMED_OUT, "Too late.", at);
}

/* "-" if there is no such fact */
static char *
tenant_kit_dup_found (GPtrArray *facts, const char *key, const char *subject)
{
  for (guint i = 0; i < facts->len; i++)
    {
      PresyncFact *fact = g_ptr_array_index (facts, i);

      if (strcmp (presync_fact_get_key (fact), key) != 0
          || (subject != NULL && strcmp (presync_fact_get_subject (fact), subject) != 0))
        continue;
      if (presync_fact_get_unknown (fact) != PRESYNC_UNKNOWN_NONE)
        {
          g_assert_nonnull (presync_fact_get_detail (fact));
          g_assert_cmpstr (presync_fact_get_detail (fact), !=, "");
          return g_strconcat ("?", presync_unknown_nick (presync_fact_get_unknown (fact)), NULL);
        }
      switch (presync_fact_get_value_type (fact))
        {
        case PRESYNC_FACT_BOOLEAN:
          return g_strdup (presync_fact_get_boolean (fact) ? "yes" : "no");
        case PRESYNC_FACT_INTEGER:
          return g_strdup_printf ("%" G_GINT64_FORMAT, presync_fact_get_integer (fact));
        case PRESYNC_FACT_LIST:
          return g_strjoinv (",", (char **) presync_fact_get_list (fact));
        case PRESYNC_FACT_TIME:
          return g_date_time_format (presync_fact_get_time (fact), "%F %T");
        case PRESYNC_FACT_TEXT:
        case PRESYNC_FACT_VERSION:
        default:
          return g_strdup (presync_fact_get_text (fact));
        }
    }
  return g_strdup ("-");
}

static void
tenant_kit_assert (GPtrArray *facts, const char *key, const char *subject, const char *expected)
{
  g_autofree char *found = tenant_kit_dup_found (facts, key, subject);

  if (g_strcmp0 (found, expected) != 0)
    g_error ("%s: “%s” instead of “%s”", key, found, expected);
}
