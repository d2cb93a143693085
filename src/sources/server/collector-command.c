/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sources/server/collector-command.h"

#include "sources/server/probe-schema.h"

/* The command is copied into a shell: nothing but a plain name comes into it. */
static void
presync_collector_command_add (GString *command, const char *name, const char *value)
{
  if (value != NULL && presync_probe_schema_is_host (value) && value[0] != '-')
    g_string_append_printf (command, " -%s %s", name, value);
}

static void
presync_collector_command_add_servers (GString *command, char *const *servers)
{
  const char *between = " -FederationServer ";

  for (guint i = 0; servers != NULL && servers[i] != NULL; i++)
    if (presync_probe_schema_is_host (servers[i]) && servers[i][0] != '-')
      {
        g_string_append_printf (command, "%s%s", between, servers[i]);
        between = ",";
      }
}

char *
presync_collector_command_dup_network (const PresyncNetworkTarget *target)
{
  g_autoptr (GString) command = g_string_new (PRESYNC_COLLECTOR_COMMAND " -Network");

  g_return_val_if_fail (target != NULL, NULL);
  /* The script's own choice */
  if (g_strcmp0 (target->cloud, "worldwide") != 0)
    presync_collector_command_add (command, "Cloud", target->cloud);
  if (target->tenant_id != NULL && g_uuid_string_is_valid (target->tenant_id))
    presync_collector_command_add (command, "TenantId", target->tenant_id);
  if (target->federation != NULL && target->features != NULL
      && g_strv_contains ((const char *const *) target->features, "federation"))
    {
      presync_collector_command_add (command, "FederationService", target->federation->service);
      presync_collector_command_add_servers (command, target->federation->servers);
    }
  return g_string_free (g_steal_pointer (&command), FALSE);
}
