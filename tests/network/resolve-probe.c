/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Looks up each argument, a host or (with "_" before it) an SRV record, and prints a line for it:
 * "address CANONICAL", "port target", or "error CODE" of GResolverError. */
#include "base/resolve.h"

static void
probe_host (const char *name)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *canonical = NULL;
  g_autofree char *text = NULL;
  GList *addresses = presync_resolve_host (name, &canonical, &error);

  g_assert_true ((addresses == NULL) == (error != NULL));
  if (addresses == NULL)
    {
      g_print ("error %d\n", error->code);
      return;
    }
  text = g_inet_address_to_string (addresses->data);
  g_print ("%s %s\n", text, canonical != NULL ? canonical : "");
  g_resolver_free_addresses (addresses);
}

static void
probe_service (const char *record)
{
  g_autoptr (GError) error = NULL;
  GList *targets = presync_resolve_service (record, &error);

  /* One of both, always */
  g_assert_true ((targets == NULL) == (error != NULL));
  if (targets == NULL)
    g_print ("error %d\n", error->code);
  else
    g_print ("%d %s\n", g_srv_target_get_port (targets->data),
             g_srv_target_get_hostname (targets->data));
  g_resolver_free_targets (targets);
}

int
main (int argc, char **argv)
{
  for (int i = 1; i < argc; i++)
    if (argv[i][0] == '_')
      probe_service (argv[i]);
    else
      probe_host (argv[i]);
  return 0;
}
