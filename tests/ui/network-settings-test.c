/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the window does with the network, without its widgets. No name server is ever asked. */
#include "../unit/resolver-kit.h"
#include "../unit/wait-kit.h"

#include "app/connection.h"
#include "app/network-settings.h"
#include "app/settings.h"
#include "assessment/sample.h"

typedef struct
{
  PresyncAssessment *assessment;
  GSettings *settings;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  g_autoptr (PresyncCatalogue) catalogue = presync_catalogue_new_built_in ();

  fixture->assessment = presync_assessment_new (catalogue);
  fixture->settings = presync_settings_new ();
  g_settings_set_string (fixture->settings, "network-proxy", "");
  g_settings_set_boolean (fixture->settings, "network", FALSE);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  presync_runner_close (presync_assessment_get_runner (fixture->assessment));
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_object_unref (fixture->settings);
  g_object_unref (fixture->assessment);
}

static PresyncSourceState
get_state (Fixture *fixture)
{
  g_autoptr (PresyncNetworkSource) source
      = presync_network_settings_dup_source (fixture->assessment);

  g_assert_nonnull (source);
  return presync_source_get_state (PRESYNC_SOURCE (source));
}

static void
assert_stops (Fixture *fixture)
{
  g_assert_cmpint (get_state (fixture), ==, PRESYNC_SOURCE_CHECKING);
  presync_network_settings_stop (fixture->assessment);
  g_assert_cmpint (get_state (fixture), !=, PRESYNC_SOURCE_CHECKING);
}

/* Whoever began to try, it can be stopped: the program at its start, a new proxy, a check of all,
 * the source itself when names came. */
static void
test_stop (Fixture *fixture, gconstpointer data)
{
  g_autoptr (PresyncNetworkSource) source = NULL;
  g_autoptr (PresyncNetworkTarget) target = NULL;
  PresyncRunner *runner = presync_assessment_get_runner (fixture->assessment);

  /* Nothing to stop */
  presync_network_settings_stop (fixture->assessment);
  g_settings_set_boolean (fixture->settings, "network", TRUE);
  presync_network_settings_restore (fixture->assessment);
  assert_stops (fixture);
  g_assert_true (presync_network_settings_set_proxy (fixture->assessment,
                                                     "http://proxy.contoso.here:1", NULL));
  assert_stops (fixture);
  presync_runner_check_async (runner, NULL, NULL, NULL);
  assert_stops (fixture);
  WAIT_FOR (!presync_runner_get_checking (runner));
  /* By itself */
  source = presync_network_settings_dup_source (fixture->assessment);
  target = presync_network_target_copy (presync_network_source_get_target (source));
  g_free (target->proxy);
  target->proxy = g_strdup ("direct://x");
  presync_source_check_async (PRESYNC_SOURCE (source), FALSE, NULL, NULL, NULL);
  WAIT_FOR (get_state (fixture) == PRESYNC_SOURCE_DONE);
  target->domains = g_strsplit ("contoso.hung", ",", -1);
  presync_network_source_set_target (source, target);
  assert_stops (fixture);
}

static const char *
get_service (Fixture *fixture)
{
  const PresyncFederation *federation = presync_assessment_get_federation (fixture->assessment);

  return federation != NULL ? federation->service : NULL;
}

static void
open_sample (Fixture *fixture)
{
  g_autoptr (PresyncDirectoryTarget) target = presync_sample_dup_target (NULL);
  g_autoptr (PresyncDirectorySource) source = presync_directory_source_new (target);

  presync_connection_use (fixture->assessment, source);
  g_assert_true (presync_connection_is_sample (fixture->assessment));
}

static void
name_farm (Fixture *fixture, const char *service)
{
  g_autoptr (GError) error = NULL;

  presync_network_settings_set_federation (fixture->assessment, service, NULL, &error);
  g_assert_no_error (error);
}

/* A farm that is named in the sample is of the sample alone, and one's own does not get there. */
static void
test_sample (Fixture *fixture, gconstpointer data)
{
  name_farm (fixture, "sts.fabrikam.here");
  open_sample (fixture);
  g_assert_cmpstr (get_service (fixture), ==, NULL);
  name_farm (fixture, "sts.contoso.here");
  presync_connection_remove (fixture->assessment);
  g_assert_false (presync_connection_is_sample (fixture->assessment));
  g_assert_cmpstr (get_service (fixture), ==, "sts.fabrikam.here");
}

/* The program was started with the sample: what was remembered comes back. */
static void
test_remembered (Fixture *fixture, gconstpointer data)
{
  g_settings_set_string (fixture->settings, "federation-service", "sts.fabrikam.here");
  open_sample (fixture);
  name_farm (fixture, "sts.contoso.here");
  presync_connection_remove (fixture->assessment);
  g_assert_cmpstr (get_service (fixture), ==, "sts.fabrikam.here");
}

int
main (int argc, char **argv)
{
  static const struct
  {
    const char *path;
    void (*test) (Fixture *, gconstpointer);
  } tests[] = {
    { "/network-settings/stop", test_stop },
    { "/network-settings/sample", test_sample },
    { "/network-settings/remembered", test_remembered },
  };
  g_autoptr (GResolver) resolver = NULL;
  int result;

  g_test_init (&argc, &argv, NULL);
  resolver = g_object_new (TEST_TYPE_RESOLVER, NULL);
  g_resolver_set_default (resolver);
  for (gsize i = 0; i < G_N_ELEMENTS (tests); i++)
    g_test_add (tests[i].path, Fixture, NULL, set_up, tests[i].test, tear_down);
  result = g_test_run ();
  test_resolver_release (TEST_RESOLVER (resolver));
  return result;
}
