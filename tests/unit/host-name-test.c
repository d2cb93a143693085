/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Is this name that host? */
#include "base/host-name.h"

static void
host_name_test_is (void)
{
  static const struct
  {
    const char *name;
    const char *host;
    const char *domain;
    gboolean is;
  } cases[] = {
    { "sync01", "SYNC01", NULL, TRUE },
    { " sync01.contoso.com. ", "SYNC01.contoso.com", NULL, TRUE },
    { "sync01", "sync01.contoso.com", NULL, TRUE },
    { "sync01.contoso.com", "SYNC01", NULL, TRUE },
    /* The domain is known: then it counts. */
    { "sync01.contoso.com", "SYNC01", "CONTOSO.com", TRUE },
    { "sync01.fabrikam.com", "SYNC01", "contoso.com", FALSE },
    { "sync01.contoso.com", "SYNC01", "", FALSE },
    { "sync01", "SYNC01", "", TRUE },
    /* A host's own name need not end with its domain's. */
    { "sync01.hq.contoso.com", "sync01.contoso.com", NULL, FALSE },
    { "sync01.hq.contoso.com", "sync01.contoso.com", "hq.contoso.com", TRUE },
    { "sync01.contoso.com", "sync01.contoso.com", "hq.contoso.com", TRUE },
    { "sync01.hq", "sync01.hq.contoso.com", NULL, FALSE },
    { "sync0", "sync01", NULL, FALSE },
    { "sync011", "sync01.contoso.com", NULL, FALSE },
    { "", "", NULL, FALSE },
    { ".", "sync01", NULL, FALSE },
    { ".contoso.com", "sync01.contoso.com", NULL, FALSE },
    { "10.0.0.5", "sync01", "0.0.5", FALSE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_test_message ("%s, %s", cases[i].name, cases[i].host);
      g_assert_cmpint (presync_host_name_is (cases[i].name, cases[i].host, cases[i].domain), ==,
                       cases[i].is);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/host-name/is", host_name_test_is);
  return g_test_run ();
}
