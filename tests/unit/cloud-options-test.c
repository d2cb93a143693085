/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A command line that names a tenant, the network and a federation farm */
#include "options-kit.h"

#include <string.h>

#include "assessment/sample.h"
#include "base/error.h"
#include "sources/directory/directory-source.h"
#include "sources/network/network-source.h"
#include "sources/tenant/tenant-source.h"

/* A farm that is named is planned for; the directory is asked for its servers. */
static void
options_test_federation (void)
{
  g_auto (OptionsTest) self = options_test_apply (
      "--sample --federation-service sts.contoso.com --federation-server adfs01 "
      "--federation-server adfs02.contoso.com");
  g_auto (OptionsTest) none = options_test_apply ("--sample");
  const PresyncFederation *farm = presync_assessment_get_federation (self.assessment);

  g_assert_nonnull (farm);
  g_assert_cmpstr (farm->service, ==, "sts.contoso.com");
  g_assert_cmpstr (farm->servers[0], ==, "adfs01");
  g_assert_cmpstr (farm->servers[1], ==, "adfs02.contoso.com");
  g_assert_true (presync_federation_equal (self.target->federation, farm));
  g_assert_true (presync_assessment_get_feature (self.assessment, "federation"));
  g_assert_null (presync_assessment_get_federation (none.assessment));
  g_assert_null (none.target->federation);
  g_assert_false (presync_assessment_get_feature (none.assessment, "federation"));
}

/* (transfer full) (nullable): "tenant" or "network" */
static PresyncSource *
options_test_source (OptionsTest *self, const char *id)
{
  return presync_assessment_dup_source (self->assessment, id);
}

static void
options_test_tenant (void)
{
  g_auto (OptionsTest) self = options_test_apply (
      "--tenant contoso.onmicrosoft.com --cloud us-government --client-id "
      "4F1B2C8E-0D6A-4B57-9C3E-7A21D5E8B604 --network --proxy http://proxy.contoso.com:8080");
  g_auto (OptionsTest) none = options_test_apply ("--localdb");
  g_autoptr (PresyncSource) tenant = options_test_source (&self, "tenant");
  g_autoptr (PresyncSource) network = options_test_source (&self, "network");
  g_autoptr (PresyncSource) no_tenant = options_test_source (&none, "tenant");
  g_autoptr (PresyncSource) no_network = options_test_source (&none, "network");
  const PresyncTenantTarget *target
      = presync_tenant_source_get_target (PRESYNC_TENANT_SOURCE (tenant));
  const PresyncNetworkTarget *plan
      = presync_network_source_get_target (PRESYNC_NETWORK_SOURCE (network));

  g_assert_null (no_tenant);
  g_assert_null (no_network);
  g_assert_cmpstr (target->domain, ==, "contoso.onmicrosoft.com");
  g_assert_cmpstr (target->cloud->id, ==, "us-government");
  g_assert_nonnull (target->client_id);
  g_assert_cmpstr (target->proxy, ==, "http://proxy.contoso.com:8080");
  g_assert_null (target->recording);
  g_assert_cmpstr (plan->cloud, ==, "us-government");
  g_assert_cmpstr (plan->proxy, ==, "http://proxy.contoso.com:8080");
  g_assert_null (plan->recording);
}

/* The sample's tenant and network are recorded, unless others are named, and go with it. */
static void
options_test_sample_cloud (void)
{
  g_auto (OptionsTest) self = options_test_apply ("--sample");
  g_auto (OptionsTest) other = options_test_apply ("--sample --tenant fabrikam.com");
  g_auto (OptionsTest) real = options_test_apply ("--sample --network");
  g_autoptr (PresyncSource) tenant = options_test_source (&self, "tenant");
  g_autoptr (PresyncSource) network = options_test_source (&self, "network");
  g_autoptr (PresyncSource) named = options_test_source (&other, "tenant");
  g_autoptr (PresyncSource) tried = options_test_source (&real, "network");
  g_autoptr (PresyncSource) left = NULL;
  g_autoptr (PresyncSource) gone = NULL;

  g_assert_cmpstr (presync_tenant_source_get_target (PRESYNC_TENANT_SOURCE (tenant))->recording, ==,
                   PRESYNC_SAMPLE_TENANT);
  g_assert_cmpstr (presync_network_source_get_target (PRESYNC_NETWORK_SOURCE (network))->recording,
                   ==, PRESYNC_SAMPLE_NETWORK);
  g_assert_null (presync_tenant_source_get_target (PRESYNC_TENANT_SOURCE (named))->recording);
  g_assert_null (presync_network_source_get_target (PRESYNC_NETWORK_SOURCE (tried))->recording);
  presync_sample_remove_sources (other.assessment);
  left = options_test_source (&other, "tenant");
  gone = options_test_source (&other, "network");
  g_assert_true (left == named);
  g_assert_null (gone);
}

static void
options_test_cloud_refused (void)
{
  static const struct
  {
    const char *line;
    const char *word;
  } cases[] = {
    { "--cloud china", "--tenant" },
    { "--client-id 4f1b2c8e-0d6a-4b57-9c3e-7a21d5e8b604", "--tenant" },
    { "--proxy http://p:8080", "--network" },
    { "--network --proxy p:8080", "proxy" },
    { "--network --proxy http://me:secret@p:8080", "proxy" },
    { "--tenant contoso.com --cloud mars", "us-government-dod" },
    { "--tenant contoso.com --client-id 1", "client" },
    { "--federation-service 'a b'", "host name" },
    { "--federation-server -x", "host name" },
    { "--federation-server 'a b'", "“a b”" },
    { "--federation-server adfs01 --federation-server adfs02,adfs03", "“adfs02,adfs03”" },
    { "--federation-service 10.0.0.1", "IP address" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      gboolean usage = FALSE;
      g_autoptr (GError) error = options_test_fail (cases[i].line, &usage);

      g_test_message ("%s", cases[i].line);
      g_assert_error (error, PRESYNC_ERROR, PRESYNC_ERROR_BAD_INPUT);
      g_assert_true (usage);
      g_assert_nonnull (strstr (error->message, cases[i].word));
      g_assert_null (strstr (error->message, "secret"));
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/cloud-options/federation", options_test_federation);
  g_test_add_func ("/cloud-options/tenant", options_test_tenant);
  g_test_add_func ("/cloud-options/sample", options_test_sample_cloud);
  g_test_add_func ("/cloud-options/refused", options_test_cloud_refused);
  return g_test_run ();
}
