/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The group Network on the Sources page: what stands in a field counts, or is refused; and what it
 * brings moves nothing above it. No name server is ever asked. */
#include "../unit/resolver-kit.h"
#include "../unit/wait-kit.h"

#include "app/network-group.h"
#include "app/network-settings.h"
#include "app/settings.h"
#include "app/source-card.h"
#include "app/sources-page.h"

#define GOOD "http://proxy.contoso.here:1"
#define BAD "proxy:8080"

typedef struct
{
  PresyncAssessment *assessment;
  GSettings *settings;
  GtkWidget *window;
  GtkWidget *page;
  GtkWidget *group;
} Fixture;

static void
group_test_set_up (Fixture *fixture, gconstpointer data)
{
  g_autoptr (PresyncCatalogue) catalogue = presync_catalogue_new_built_in ();
  static const char *const keys[]
      = { "network-proxy", "network", "federation-service", "federation-servers" };

  fixture->settings = presync_settings_new ();
  for (gsize i = 0; i < G_N_ELEMENTS (keys); i++)
    g_settings_reset (fixture->settings, keys[i]);
  fixture->assessment = presync_assessment_new (catalogue);
  fixture->page = g_object_new (PRESYNC_TYPE_SOURCES_PAGE, "assessment", fixture->assessment, NULL);
  fixture->group = GTK_WIDGET (
      gtk_widget_get_template_child (fixture->page, PRESYNC_TYPE_SOURCES_PAGE, "network"));
  fixture->window = gtk_window_new ();
  gtk_window_set_default_size (GTK_WINDOW (fixture->window), 800, 900);
  gtk_window_set_child (GTK_WINDOW (fixture->window), fixture->page);
  gtk_window_present (GTK_WINDOW (fixture->window));
  WAIT_FOR (gtk_widget_get_height (fixture->group) > 0);
}

static void
group_test_tear_down (Fixture *fixture, gconstpointer data)
{
  gtk_window_destroy (GTK_WINDOW (fixture->window));
  presync_runner_close (presync_assessment_get_runner (fixture->assessment));
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_object_unref (fixture->settings);
  g_object_unref (fixture->assessment);
}

static gpointer
group_test_child (Fixture *fixture, const char *name)
{
  return gtk_widget_get_template_child (fixture->group, PRESYNC_TYPE_NETWORK_GROUP, name);
}

static void
group_test_write (Fixture *fixture, const char *row, const char *text)
{
  gtk_editable_set_text (GTK_EDITABLE (group_test_child (fixture, row)), text);
}

static gboolean
group_test_is_refused (Fixture *fixture, const char *row)
{
  return gtk_widget_has_css_class (group_test_child (fixture, row), "error");
}

/* (transfer full) (nullable) */
static PresyncNetworkSource *
group_test_dup_source (Fixture *fixture)
{
  return presync_network_settings_dup_source (fixture->assessment);
}

/* (transfer full) (nullable): the proxy in use */
static char *
group_test_dup_proxy (Fixture *fixture)
{
  g_autoptr (PresyncNetworkSource) source = group_test_dup_source (fixture);

  g_assert_nonnull (source);
  return g_strdup (presync_network_source_get_target (source)->proxy);
}

static void
group_test_switch_on (Fixture *fixture)
{
  gtk_switch_set_active (group_test_child (fixture, "enabled_switch"), TRUE);
}

static PresyncSourceState
group_test_get_state (Fixture *fixture)
{
  g_autoptr (PresyncNetworkSource) source = group_test_dup_source (fixture);

  return presync_source_get_state (PRESYNC_SOURCE (source));
}

static void
group_test_again (Fixture *fixture)
{
  g_signal_emit_by_name (group_test_child (fixture, "again_button"), "clicked");
}

/* What is typed and not applied is used by whatever tries, and nothing is tried past what is
 * refused. */
static void
group_test_proxy (Fixture *fixture, gconstpointer data)
{
  g_autofree char *none = NULL;
  g_autofree char *good = NULL;
  g_autofree char *checked = NULL;
  PresyncRunner *runner = presync_assessment_get_runner (fixture->assessment);
  g_autoptr (PresyncNetworkSource) off = NULL;

  group_test_write (fixture, "proxy_row", BAD);
  group_test_switch_on (fixture);
  off = group_test_dup_source (fixture);
  g_assert_null (off);
  g_assert_true (group_test_is_refused (fixture, "proxy_row"));
  g_assert_false (gtk_switch_get_active (group_test_child (fixture, "enabled_switch")));

  group_test_write (fixture, "proxy_row", "");
  group_test_switch_on (fixture);
  g_assert_cmpint (group_test_get_state (fixture), ==, PRESYNC_SOURCE_CHECKING);
  presync_network_settings_stop (fixture->assessment);
  group_test_write (fixture, "proxy_row", BAD);
  group_test_again (fixture);
  g_assert_true (group_test_is_refused (fixture, "proxy_row"));
  g_assert_cmpint (group_test_get_state (fixture), !=, PRESYNC_SOURCE_CHECKING);
  none = group_test_dup_proxy (fixture);
  g_assert_cmpstr (none, ==, NULL);

  group_test_write (fixture, "proxy_row", GOOD);
  group_test_again (fixture);
  g_assert_false (group_test_is_refused (fixture, "proxy_row"));
  g_assert_cmpint (group_test_get_state (fixture), ==, PRESYNC_SOURCE_CHECKING);
  good = group_test_dup_proxy (fixture);
  g_assert_cmpstr (good, ==, GOOD);
  presync_network_settings_stop (fixture->assessment);

  group_test_write (fixture, "proxy_row", GOOD "2");
  presync_runner_check_async (runner, NULL, NULL, NULL);
  checked = group_test_dup_proxy (fixture);
  g_assert_cmpstr (checked, ==, GOOD "2");
  presync_network_settings_stop (fixture->assessment);
  WAIT_FOR (!presync_runner_get_checking (runner));
}

/* A check of everything is not held up by a proxy that is refused, but says so. */
static void
group_test_past_proxy (Fixture *fixture, gconstpointer data)
{
  PresyncRunner *runner = presync_assessment_get_runner (fixture->assessment);
  AdwActionRow *summary = group_test_child (fixture, "summary_row");

  group_test_switch_on (fixture);
  g_assert_nonnull (strstr (adw_action_row_get_subtitle (summary), "seen from this computer"));
  g_assert_null (strstr (adw_action_row_get_subtitle (summary), "not with the proxy"));
  presync_network_settings_stop (fixture->assessment);
  group_test_write (fixture, "proxy_row", BAD);
  presync_runner_check_async (runner, NULL, NULL, NULL);
  g_assert_true (group_test_is_refused (fixture, "proxy_row"));
  g_assert_nonnull (strstr (adw_action_row_get_subtitle (summary), "not with the proxy"));
  presync_network_settings_stop (fixture->assessment);
  WAIT_FOR (!presync_runner_get_checking (runner));
}

/* (nullable): the button of a row, which is there while something is to be applied */
static GtkWidget *
group_test_find_button (GtkWidget *widget)
{
  GtkWidget *found = GTK_IS_BUTTON (widget) ? widget : NULL;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); found == NULL && child != NULL;
       child = gtk_widget_get_next_sibling (child))
    found = group_test_find_button (child);
  return found;
}

/* Only the field that is wrong is told to be, and names are written as they were understood. */
static void
group_test_federation (Fixture *fixture, gconstpointer data)
{
  GtkWidget *servers = group_test_child (fixture, "servers_row");
  GtkWidget *apply = group_test_find_button (servers);

  group_test_write (fixture, "service_row", "a b");
  group_test_write (fixture, "servers_row", "adfs1.contoso.here");
  g_signal_emit_by_name (servers, "apply");
  g_assert_true (group_test_is_refused (fixture, "service_row"));
  g_assert_false (group_test_is_refused (fixture, "servers_row"));

  group_test_write (fixture, "service_row", "sts.contoso.here");
  group_test_write (fixture, "servers_row", "1.2.3.4");
  g_signal_emit_by_name (servers, "apply");
  g_assert_false (group_test_is_refused (fixture, "service_row"));
  g_assert_true (group_test_is_refused (fixture, "servers_row"));

  adw_expander_row_set_expanded (group_test_child (fixture, "settings_row"), TRUE);
  gtk_widget_grab_focus (servers);
  group_test_write (fixture, "servers_row", "a.here b.here, c.here");
  g_assert_true (gtk_widget_get_visible (apply));
  g_signal_emit_by_name (apply, "clicked");
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (servers)), ==, "a.here, b.here, c.here");
  g_assert_false (gtk_widget_get_visible (apply));
  g_assert_false (group_test_is_refused (fixture, "service_row"));
  g_assert_false (group_test_is_refused (fixture, "servers_row"));
}

static double
group_test_get_y (Fixture *fixture)
{
  graphene_point_t point;

  g_assert_true (gtk_widget_compute_point (group_test_child (fixture, "enabled_switch"),
                                           fixture->window, &GRAPHENE_POINT_INIT (0, 0), &point));
  return point.y;
}

static gboolean
group_test_frame_cb (GtkWidget *widget, GdkFrameClock *clock, gpointer data)
{
  ++*(guint *) data;
  return G_SOURCE_CONTINUE;
}

/* The source that the switch brings has a card; the switch stays where the pointer is. */
static void
group_test_place (Fixture *fixture, gconstpointer data)
{
  double before = group_test_get_y (fixture);
  guint frames = 0;
  guint id;
  GtkWidget *cards = GTK_WIDGET (
      gtk_widget_get_template_child (fixture->page, PRESYNC_TYPE_SOURCES_PAGE, "network_cards"));

  group_test_switch_on (fixture);
  presync_network_settings_stop (fixture->assessment);
  g_assert_true (PRESYNC_IS_SOURCE_CARD (gtk_widget_get_first_child (cards)));
  id = gtk_widget_add_tick_callback (fixture->window, group_test_frame_cb, &frames, NULL);
  WAIT_FOR (frames > 4);
  gtk_widget_remove_tick_callback (fixture->window, id);
  g_assert_true (gtk_widget_get_height (cards) > 0);
  g_assert_cmpfloat (group_test_get_y (fixture), ==, before);
}

int
main (int argc, char **argv)
{
  static const struct
  {
    const char *path;
    void (*test) (Fixture *, gconstpointer);
  } tests[] = {
    { "/network-group/proxy", group_test_proxy },
    { "/network-group/past-proxy", group_test_past_proxy },
    { "/network-group/federation", group_test_federation },
    { "/network-group/place", group_test_place },
  };
  g_autoptr (GResolver) resolver = NULL;
  int result;

  g_test_init (&argc, &argv, NULL);
  adw_init ();
  resolver = g_object_new (TEST_TYPE_RESOLVER, NULL);
  g_resolver_set_default (resolver);
  for (gsize i = 0; i < G_N_ELEMENTS (tests); i++)
    g_test_add (tests[i].path, Fixture, NULL, group_test_set_up, tests[i].test,
                group_test_tear_down);
  result = g_test_run ();
  test_resolver_release (TEST_RESOLVER (resolver));
  return result;
}
