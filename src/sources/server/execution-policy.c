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

/**
 * PresyncScopePolicy: what a scope says
 * @value: (nullable): %NULL if it could not be read, then @reading tells why
 * @enabled: EnableScripts for people, "not set" or a number; %NULL unless the policy may count or
 *   not: with EnableScripts 1 it does, and group policy writes it with no other value
 */
typedef struct
{
  char *value;
  char *enabled;
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
  gboolean has_enabled = FALSE;
  gint64 enabled = 1;

  if (scopes[scope].enable != NULL)
    {
      policy.reading = presync_facts_report_read (self->report, scopes[scope].enable);
      if (presync_reading_is_unknown (&policy.reading))
        return policy;
      has_enabled = presync_reading_get_integer (&policy.reading, &enabled);
      if (has_enabled && enabled == 0)
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
  if (scopes[scope].enable == NULL || (has_enabled && enabled == 1)
      || strcmp (policy.value, UNDEFINED) == 0)
    return policy;
  policy.enabled
      = has_enabled ? g_strdup_printf ("%" G_GINT64_FORMAT, enabled) : g_strdup (_ ("not set"));
  return policy;
}

/* The first scope that says anything counts; what nobody says is by default "Restricted" on clients
 * and "RemoteSigned" on servers.
 * @counts: of each scope: is it looked at?
 *
 * Returns: (transfer none) (nullable): the effective policy; NULL if @unread could not be read */
static const char *
presync_execution_policy_resolve (PresyncReportItems *self, const PresyncScopePolicy *policies,
                                  const gboolean *counts, PresyncReading *unread)
{
  const char *value = NULL;
  gboolean is_server;

  for (guint i = 0; i < N_SCOPES && value == NULL; i++)
    {
      if (policies[i].value == NULL)
        {
          *unread = policies[i].reading;
          return NULL;
        }
      if (counts[i] && strcmp (policies[i].value, UNDEFINED) != 0)
        value = policies[i].value;
    }
  if (value != NULL && strcmp (value, "Default") != 0)
    return value;
  if (!presync_report_items_is_server (self, &is_server, unread))
    return NULL;
  return is_server ? REMOTE_SIGNED : "Restricted";
}

/* The fact @key depends on whether the policy of @scope counts. */
static void
presync_execution_policy_add_doubtful (PresyncReportItems *self, const char *key,
                                       const PresyncScopePolicy *policies, guint scope)
{
  g_autofree char *detail
      /* Translators: a server, a scope such as "MachinePolicy", a policy such as "AllSigned", and
       * "not set" or a number */
      = g_strdup_printf (_ ("On %s, ExecutionPolicy of %s is “%s”, but EnableScripts is %s. Group "
                            "policy never writes that, so whether the value counts is not "
                            "certain."),
                         presync_facts_report_get_name (self->report), scopes[scope].name,
                         policies[scope].value, policies[scope].enabled);

  presync_report_items_add_unknown (self, key, QUERY, PRESYNC_UNKNOWN_MALFORMED, detail);
}

/* A policy that may count or not matters only where it makes a difference. */
static void
presync_execution_policy_add_effective (PresyncReportItems *self,
                                        const PresyncScopePolicy *policies)
{
  const char *key = "server.execution-policy";
  gboolean counts[N_SCOPES] = { TRUE, TRUE, TRUE, TRUE };
  PresyncReading unread = { 0 }, other_unread;
  const char *value = presync_execution_policy_resolve (self, policies, counts, &unread);

  for (guint i = 0; i < N_SCOPES; i++)
    {
      const char *other;

      if (policies[i].enabled == NULL)
        continue;
      /* Those above it do not count either: were they to, this one would not be looked at. */
      counts[i] = FALSE;
      other = presync_execution_policy_resolve (self, policies, counts, &other_unread);
      if (g_strcmp0 (value, other) == 0)
        continue;
      presync_execution_policy_add_doubtful (self, key, policies, i);
      return;
    }
  if (value == NULL)
    presync_report_items_add_unread (self, key, QUERY, &unread);
  else
    presync_report_items_add_text (self, key, QUERY, value);
}

static gboolean
presync_execution_policy_is_documented (const char *value)
{
  return strcmp (value, UNDEFINED) == 0 || strcmp (value, REMOTE_SIGNED) == 0;
}

static void
presync_execution_policy_add_documented (PresyncReportItems *self,
                                         const PresyncScopePolicy *policies)
{
  const char *key = "server.execution-policy-documented";
  const PresyncReading *unread = NULL;
  guint doubtful = N_SCOPES;

  for (guint i = 0; i < N_SCOPES; i++)
    if (policies[i].value == NULL)
      unread = unread != NULL ? unread : &policies[i].reading;
    else if (presync_execution_policy_is_documented (policies[i].value))
      continue;
    else if (policies[i].enabled != NULL)
      doubtful = MIN (doubtful, i);
    else
      {
        presync_report_items_add_boolean (self, key, QUERY, FALSE);
        return;
      }
  if (unread != NULL)
    presync_report_items_add_unread (self, key, QUERY, unread);
  else if (doubtful < N_SCOPES)
    presync_execution_policy_add_doubtful (self, key, policies, doubtful);
  else
    presync_report_items_add_boolean (self, key, QUERY, TRUE);
}

/* (transfer full): "MachinePolicy: AllSigned" */
static char *
presync_execution_policy_describe (guint scope, const PresyncScopePolicy *policy)
{
  if (policy->enabled != NULL)
    return g_strdup_printf ("%s: %s (EnableScripts: %s)", scopes[scope].name, policy->value,
                            policy->enabled);
  return g_strdup_printf ("%s: %s", scopes[scope].name,
                          policy->value != NULL ? policy->value : _ ("could not be read"));
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
      g_ptr_array_add (lines, presync_execution_policy_describe (i, &policies[i]));
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
    {
      g_free (policies[i].value);
      g_free (policies[i].enabled);
    }
}
