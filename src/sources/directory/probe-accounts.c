/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sources/directory/probe-read.h"

/* userAccountControl, [MS-ADTS] 2.2.16 */
#define ACCOUNT_DISABLED 0x2

/* A gMSA is a computer by class but not by category. The controller's own account is asked for as
 * well: if not even that comes, the absence of the others means nothing. */
static const PresyncProbeQuery accounts_query = {
  PRESYNC_BASE_DOMAIN,
  NULL,
  PRESYNC_SCOPE_SUBTREE,
  "(|(objectClass=msDS-GroupManagedServiceAccount)"
  "(&(objectCategory=person)(sAMAccountName=MSOL_*))"
  "(&(objectCategory=computer)(dNSHostName=@CONTROLLER@)))",
  { "objectClass", "cn", "sAMAccountName", "description", "userAccountControl", "dNSHostName",
    NULL },
  0,
};

/* What the agent's installer calls its account: the documented name, and what it is called in the
 * field since 2025 (common name provAgentgMSA, account pGMSA_ and eight digits) */
static gboolean
presync_probe_accounts_is_agent (const PresyncEntry *entry)
{
  static const char *const prefixes[] = { "provagentgmsa", "pgmsa_" };
  static const char *const attributes[] = { "sAMAccountName", "cn" };

  if (!presync_entry_has_text (entry, "objectClass", "msDS-GroupManagedServiceAccount"))
    return FALSE;
  for (guint i = 0; i < G_N_ELEMENTS (attributes); i++)
    {
      g_autofree char *name = presync_entry_dup_text (entry, attributes[i]);
      g_autofree char *folded = g_ascii_strdown (name == NULL ? "" : name, -1);

      for (guint j = 0; j < G_N_ELEMENTS (prefixes); j++)
        if (g_str_has_prefix (folded, prefixes[j]))
          return TRUE;
    }
  return FALSE;
}

/* A disabled account belongs to no synchronization any more. */
static gboolean
presync_probe_accounts_is_connect (const PresyncEntry *entry)
{
  g_autofree char *name = presync_entry_dup_text (entry, "sAMAccountName");
  gint64 flags;

  if (name == NULL || g_ascii_strncasecmp (name, "MSOL_", 5) != 0)
    return FALSE;
  return !presync_entry_get_integer (entry, "userAccountControl", &flags)
         || (flags & ACCOUNT_DISABLED) == 0;
}

/* (transfer full): "MSOL_0123456789ab — Account created by …" */
static char *
presync_probe_accounts_dup_line (const PresyncEntry *entry, gboolean described)
{
  g_autofree char *name = presync_entry_dup_text (entry, "sAMAccountName");
  g_autofree char *description = presync_entry_dup_text (entry, "description");

  if (name == NULL)
    return g_strdup (presync_entry_get_dn (entry));
  if (!described || description == NULL || description[0] == '\0')
    return g_steal_pointer (&name);
  return g_strdup_printf ("%s — %s", name, description);
}

static void
presync_probe_accounts_add (PresyncProbeRun *run, const PresyncProbeRead *read, const char *key,
                            gboolean (*belongs) (const PresyncEntry *entry), gboolean described)
{
  g_autoptr (GPtrArray) lines = g_ptr_array_new_with_free_func (g_free);
  gboolean visible = FALSE;

  for (guint i = 0; i < read->entries->len; i++)
    {
      PresyncEntry *entry = g_ptr_array_index (read->entries, i);

      visible = visible || presync_entry_has_text (entry, "dNSHostName", run->forest->controller);
      if (belongs (entry))
        g_ptr_array_add (lines, presync_probe_accounts_dup_line (entry, described));
    }
  if (read->reason != PRESYNC_UNKNOWN_NONE || (lines->len == 0 && (!visible || !read->complete)))
    {
      presync_probe_add_hidden (run, read, key, run->forest->domain, "sAMAccountName", read->base);
      return;
    }
  presync_probe_add_list (run, read, key, run->forest->domain, lines);
}

gboolean
presync_probe_accounts (PresyncProbeRun *run, GError **error)
{
  g_autoptr (PresyncProbeRead) read = presync_probe_read (run, &accounts_query, error);

  if (read == NULL)
    return FALSE;
  presync_probe_accounts_add (run, read, "domain.agent-gmsas", presync_probe_accounts_is_agent,
                              FALSE);
  presync_probe_accounts_add (run, read, "domain.connect-accounts",
                              presync_probe_accounts_is_connect, TRUE);
  return TRUE;
}
