/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sources/federation.h"

#include <string.h>

#include "base/error.h"

static void
federation_test_names (void)
{
  g_autoptr (PresyncFederation) farm = presync_federation_new ();
  g_autoptr (PresyncFederation) same = presync_federation_new ();
  g_autoptr (GError) error = NULL;

  g_assert_true (presync_federation_set_names (farm, " STS.Contoso.com. ",
                                               "ADFS01.contoso.com, adfs02;adfs01.Contoso.COM.\n"
                                               "\tadfs01.contoso.com 4adfs",
                                               &error));
  g_assert_no_error (error);
  g_assert_cmpstr (farm->service, ==, "sts.contoso.com");
  g_assert_cmpuint (g_strv_length (farm->servers), ==, 3);
  g_assert_cmpstr (farm->servers[0], ==, "adfs01.contoso.com");
  g_assert_cmpstr (farm->servers[1], ==, "adfs02");
  g_assert_cmpstr (farm->servers[2], ==, "4adfs");
  g_assert_true (presync_federation_set_names (same, "sts.contoso.com",
                                               "adfs01.contoso.com adfs02 4adfs", &error));
  g_assert_true (presync_federation_equal (farm, same));
  g_assert_true (presync_federation_set_names (farm, " ", " ,", &error));
  g_assert_null (farm->service);
  g_assert_null (farm->servers);
}

/* Nothing changes then, and the sentence names what was wrong. */
static void
federation_test_refused (void)
{
  static const struct
  {
    const char *service;
    const char *servers;
    const char *word;
  } cases[] = {
    { "10.0.0.1", NULL, "“10.0.0.1” is an IP address" },
    { "10.0.0.1.", NULL, "is an IP address" },
    { NULL, "adfs01 192.0.2.7", "“192.0.2.7” is an IP address" },
    { NULL, "167772161", "is an IP address" },
    { "2001:db8::1", NULL, "no host name" },
    { "sts contoso", NULL, "no host name" },
    { "https://sts.contoso.com/", NULL, "no host name" },
    { ".", NULL, "no host name" },
    { "-x", NULL, "no host name" },
    { NULL, "adfs01,a/b", "“a/b” is no host name" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (PresyncFederation) farm = presync_federation_new ();
      g_autoptr (GError) error = NULL;

      g_assert_true (presync_federation_set_names (farm, "sts.contoso.com", "adfs01", NULL));
      g_test_message ("%s, %s", cases[i].service, cases[i].servers);
      g_assert_false (
          presync_federation_set_names (farm, cases[i].service, cases[i].servers, &error));
      g_assert_error (error, PRESYNC_ERROR, PRESYNC_ERROR_BAD_INPUT);
      g_assert_nonnull (strstr (error->message, cases[i].word));
      g_assert_cmpstr (farm->service, ==, "sts.contoso.com");
      g_assert_cmpstr (farm->servers[0], ==, "adfs01");
    }
}

static void
federation_test_many (void)
{
  g_autoptr (PresyncFederation) farm = presync_federation_new ();
  g_autoptr (GString) text = g_string_new (NULL);
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < 100; i++)
    g_string_append_printf (text, "adfs%u ", i);
  /* A name twice is one. */
  g_string_append (text, "ADFS7 ");
  g_assert_true (presync_federation_set_names (farm, NULL, text->str, &error));
  g_assert_cmpuint (g_strv_length (farm->servers), ==, 100);
  g_string_append (text, "adfs100");
  g_assert_false (presync_federation_set_names (farm, NULL, text->str, &error));
  g_assert_error (error, PRESYNC_ERROR, PRESYNC_ERROR_BAD_INPUT);
  g_assert_nonnull (strstr (error->message, "100"));
  g_assert_cmpuint (g_strv_length (farm->servers), ==, 100);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/federation/names", federation_test_names);
  g_test_add_func ("/federation/refused", federation_test_refused);
  g_test_add_func ("/federation/many", federation_test_many);
  return g_test_run ();
}
