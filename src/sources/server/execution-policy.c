/* SPDX-License-Identifier: GPL-3.0-or-later */
/* PowerShell's execution policy, as Windows PowerShell 5.1 finds it: Microsoft,
 * "about_Execution_Policies". */
#include "sources/server/report-items.h"

#include <string.h>
#include <glib/gi18n.h>

#define QUERY                                                                                      \
  "powershell.machinePolicy, powershell.userPolicy, powershell.currentUser, "                      \
  "powershell.localMachine"
#define UNDEFINED "Undefined"
#define REMOTE_SIGNED "RemoteSigned"

/* In the order that Windows looks at them; the scope Process ends with its process, and is stored
 * nowhere. */
static const struct
{
  const char *name;
  const char *enable; /* (nullable): of a policy: 0 forbids scripts */
  const char *value;
} scopes[] = {
  { "MachinePolicy", "powershell.machinePolicy.enableScripts",
    "powershell.machinePolicy.executionPolicy" },
  { "UserPolicy", "powershell.userPolicy.enableScripts", "powershell.userPolicy.executionPolicy" },
  { "CurrentUser", NULL, "powershell.currentUser" },
  { "LocalMachine", NULL, "powershell.localMachine" },
};

#define N_SCOPES G_N_ELEMENTS (scopes)

/* A scope's policy; @value is NULL if it could not be read, then @reading tells why. */
typedef struct
{
  char *value;
  PresyncReading reading;
} PresyncScopePolicy;

/* (transfer full): as Windows spells it */
static char *
presync_execution_policy_spell (const char *text)
{
  static const char *const names[] = { UNDEFINED,      "Restricted", "AllSigned", REMOTE_SIGNED,
                                       "Unrestricted", "Bypass",     "Default" };

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    if (g_ascii_strcasecmp (names[i], text) == 0)
      return g_strdup (names[i]);
  return g_strdup (text);
}

static PresyncScopePolicy
presync_execution_policy_read_scope (PresyncReportItems *self, guint scope)
{
  PresyncScopePolicy policy = { 0 };
  g_autofree char *text = NULL;
  gint64 enabled;

  if (scopes[scope].enable != NULL)
    {
      policy.reading = presync_facts_report_read (self->report, scopes[scope].enable);
      if (presync_reading_is_unknown (&policy.reading))
        return policy;
      if (presync_reading_get_integer (&policy.reading, &enabled) && enabled == 0)
        {
          policy.value = g_strdup ("Restricted");
          return policy;
        }
    }
  policy.reading = presync_facts_report_read (self->report, scopes[scope].value);
  if (presync_reading_is_unknown (&policy.reading))
    return policy;
  text = presync_reading_dup_text (&policy.reading);
  policy.value = presync_execution_policy_spell (
      text != NULL && g_strstrip (text)[0] != '\0' ? text : UNDEFINED);
  return policy;
}

/* The first scope that says anything counts; what nobody says is by default "Restricted" on clients
 * and "RemoteSigned" on servers. */
static void
presync_execution_policy_add_effective (PresyncReportItems *self,
                                        const PresyncScopePolicy *policies)
{
  const char *key = "server.execution-policy";
  const char *value = NULL;
  PresyncReading reading;
  gboolean is_server;

  for (guint i = 0; i < N_SCOPES && value == NULL; i++)
    {
      if (policies[i].value == NULL)
        {
          presync_report_items_add_unread (self, key, QUERY, &policies[i].reading);
          return;
        }
      if (strcmp (policies[i].value, UNDEFINED) != 0)
        value = policies[i].value;
    }
  if (value == NULL || strcmp (value, "Default") == 0)
    {
      if (!presync_report_items_is_server (self, &is_server, &reading))
        {
          presync_report_items_add_unread (self, key, QUERY, &reading);
          return;
        }
      value = is_server ? REMOTE_SIGNED : "Restricted";
    }
  presync_report_items_add_text (self, key, QUERY, value);
}

static void
presync_execution_policy_add_documented (PresyncReportItems *self,
                                         const PresyncScopePolicy *policies)
{
  const char *key = "server.execution-policy-documented";
  const PresyncReading *unread = NULL;

  for (guint i = 0; i < N_SCOPES; i++)
    if (policies[i].value == NULL)
      unread = unread != NULL ? unread : &policies[i].reading;
    else if (strcmp (policies[i].value, UNDEFINED) != 0
             && strcmp (policies[i].value, REMOTE_SIGNED) != 0)
      {
        presync_report_items_add_boolean (self, key, QUERY, FALSE);
        return;
      }
  if (unread != NULL)
    presync_report_items_add_unread (self, key, QUERY, unread);
  else
    presync_report_items_add_boolean (self, key, QUERY, TRUE);
}

static void
presync_execution_policy_add_scopes (PresyncReportItems *self, const PresyncScopePolicy *policies)
{
  const char *key = "server.execution-policy-scopes";
  g_autoptr (GPtrArray) lines = g_ptr_array_new_with_free_func (g_free);
  guint n_unread = 0;

  for (guint i = 0; i < N_SCOPES; i++)
    {
      n_unread += policies[i].value == NULL ? 1 : 0;
      g_ptr_array_add (lines,
                       g_strdup_printf ("%s: %s", scopes[i].name,
                                        policies[i].value != NULL ? policies[i].value
                                                                  : _ ("could not be read")));
    }
  if (n_unread == N_SCOPES)
    presync_report_items_add_unread (self, key, QUERY, &policies[0].reading);
  else
    presync_report_items_add_list (self, key, QUERY, lines);
}

void
presync_execution_policy_add_facts (PresyncReportItems *self)
{
  PresyncScopePolicy policies[N_SCOPES];

  for (guint i = 0; i < N_SCOPES; i++)
    policies[i] = presync_execution_policy_read_scope (self, i);
  presync_execution_policy_add_effective (self, policies);
  presync_execution_policy_add_documented (self, policies);
  presync_execution_policy_add_scopes (self, policies);
  for (guint i = 0; i < N_SCOPES; i++)
    g_free (policies[i].value);
}
