/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Whoever does what a row of addresses asks for passes its test: the steps name every address that
 * is tried. */
#include <string.h>

#include "catalogue/catalogue.h"
#include "sources/network/endpoint.h"

/* Does @test ask all addresses of @key to answer? */
static gboolean
asks_all (const PresyncTest *test, const char *key)
{
  if (test->kind == PRESYNC_TEST_IS_TRUE && g_str_equal (test->fact, key))
    return !test->for_any;
  for (guint i = 0; test->children != NULL && i < test->children->len; i++)
    if (asks_all (g_ptr_array_index (test->children, i), key))
      return TRUE;
  return FALSE;
}

/* Is @host a whole word of @text? */
static gboolean
names_host (const char *text, const char *host)
{
  g_autofree char *escaped = g_regex_escape_string (host, -1);
  g_autofree char *pattern = g_strdup_printf ("(^|[\\s:])%s([,.]?\\s|[.,]?$)", escaped);

  return g_regex_match_simple (pattern, text, 0, 0);
}

static void
check_condition (PresyncCondition *condition, const PresyncEndpoint *endpoint)
{
  GPtrArray *fix = presync_condition_get_fix (condition);
  gboolean named = FALSE;

  for (guint i = 0; i < fix->len; i++)
    {
      const PresyncStep *step = g_ptr_array_index (fix, i);

      /* That list stands in a step of its own. */
      if (strstr (step->text, "US Government") != NULL
          && strstr (endpoint->clouds, "worldwide") != NULL)
        continue;
      named = named || names_host (step->text, endpoint->host)
              || (endpoint->stands_for != NULL && names_host (step->text, endpoint->stands_for));
    }
  if (!named)
    g_error ("no step of %s names %s", presync_condition_get_id (condition), endpoint->host);
}

/* How many conditions ask for all addresses of the endpoint's key? */
static guint
check_endpoint (PresyncCatalogue *catalogue, const PresyncEndpoint *endpoint)
{
  guint n = 0;

  for (guint option = 0; option < PRESYNC_N_OPTIONS; option++)
    {
      g_autoptr (GPtrArray) rows = presync_catalogue_list (catalogue, option);

      for (guint i = 0; i < rows->len; i++)
        {
          g_autoptr (GPtrArray) conditions
              = presync_requirement_list_conditions (g_ptr_array_index (rows, i), NULL);

          for (guint j = 0; j < conditions->len; j++)
            if (asks_all (presync_condition_get_test (g_ptr_array_index (conditions, j)),
                          endpoint->key))
              {
                check_condition (g_ptr_array_index (conditions, j), endpoint);
                n++;
              }
        }
    }
  return n;
}

static void
test_steps (void)
{
  g_autoptr (PresyncCatalogue) catalogue = presync_catalogue_new_built_in ();
  gsize n = 0;
  const PresyncEndpoint *endpoints = presync_endpoints (&n);

  for (gsize i = 0; i < n; i++)
    g_assert_cmpuint (check_endpoint (catalogue, &endpoints[i]), >, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/endpoint-fix/steps", test_steps);
  return g_test_run ();
}
