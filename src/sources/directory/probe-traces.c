/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sources/directory/domains.h"

#include <string.h>
#include <glib/gi18n.h>

/* userAccountControl, [MS-ADTS] 2.2.16 */
#define ACCOUNT_DISABLED 0x2
#define TICKS_PER_SECOND G_GINT64_CONSTANT (10000000)

#define SSO_ACCOUNT "AZUREADSSOACC$"

/* What the wizards of Connect Sync named their service accounts: users of older ones, sMSAs since
 * 2021; and the computer account of seamless single sign-on (Microsoft, "Accounts and permissions",
 * "Seamless single sign-on"). The controller's own object comes along: if not even that does, the
 * absence of the others means nothing. */
static const PresyncProbeQuery traces_query = {
  PRESYNC_BASE_DOMAIN,
  NULL,
  PRESYNC_SCOPE_SUBTREE,
  "(|(&(objectCategory=person)(sAMAccountName=AAD_*))"
  "(&(objectClass=msDS-ManagedServiceAccount)(sAMAccountName=ADSyncMSA_*))"
  "(sAMAccountName=" SSO_ACCOUNT ")"
  "(&(objectCategory=computer)(dNSHostName=@CONTROLLER@)))",
  { "objectClass", "sAMAccountName", "description", "userAccountControl", "pwdLastSet",
    "dNSHostName", NULL },
  0,
};

/* The service connection point of the hybrid join has the same name in every forest (Microsoft,
 * "Configure Microsoft Entra hybrid join"). */
#define JOIN_PARENT "CN=Services"
#define JOIN_POINT                                                                                 \
  "CN=62a0ff2e-97b9-4513-943f-0d221bd30080,CN=Device Registration Configuration," JOIN_PARENT

static const PresyncProbeQuery join_query = {
  PRESYNC_BASE_CONFIGURATION,          JOIN_POINT, PRESYNC_SCOPE_BASE, "(objectClass=*)",
  { "objectClass", "keywords", NULL }, 0,
};

static const PresyncProbeQuery join_parent_query = {
  PRESYNC_BASE_CONFIGURATION, JOIN_PARENT, PRESYNC_SCOPE_BASE, "(objectClass=*)",
  { "objectClass", NULL },    0,
};

static const PresyncProbeQuery head_query = {
  PRESYNC_BASE_DOMAIN, NULL, PRESYNC_SCOPE_BASE, "(objectClass=*)", { "minPwdAge", NULL }, 0,
};

static gboolean
presync_probe_traces_is_service (const PresyncEntry *entry)
{
  g_autofree char *name = presync_entry_dup_text (entry, "sAMAccountName");
  gint64 flags;

  if (name == NULL
      || (g_ascii_strncasecmp (name, "AAD_", 4) != 0
          && g_ascii_strncasecmp (name, "ADSyncMSA_", 10) != 0))
    return FALSE;
  /* A disabled account belongs to no synchronization any more. */
  return !presync_entry_get_integer (entry, "userAccountControl", &flags)
         || (flags & ACCOUNT_DISABLED) == 0;
}

/* (transfer full): "AAD_0123456789ab — Account of SYNC09" */
static char *
presync_probe_traces_dup_line (const PresyncEntry *entry)
{
  g_autofree char *name = presync_entry_dup_text (entry, "sAMAccountName");
  g_autofree char *description = presync_entry_dup_text (entry, "description");

  if (description == NULL || description[0] == '\0')
    return g_steal_pointer (&name);
  return g_strdup_printf ("%s — %s", name, description);
}

static void
presync_probe_traces_add_services (PresyncProbeRun *run, const PresyncProbeRead *read,
                                   gboolean visible)
{
  const char *key = "domain.adsync-accounts";
  g_autoptr (GPtrArray) lines = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < read->entries->len; i++)
    if (presync_probe_traces_is_service (g_ptr_array_index (read->entries, i)))
      g_ptr_array_add (lines, presync_probe_traces_dup_line (g_ptr_array_index (read->entries, i)));
  if (read->reason != PRESYNC_UNKNOWN_NONE || (lines->len == 0 && (!visible || !read->complete)))
    presync_probe_add_hidden (run, read, key, run->forest->domain, "sAMAccountName", read->base);
  else
    presync_probe_add_list (run, read, key, run->forest->domain, lines);
}

static void
presync_probe_traces_add_key (PresyncProbeRun *run, const PresyncProbeRead *read,
                              const PresyncEntry *account)
{
  const char *key = "forest.sso-key-changed";
  const char *subject = run->forest->forest;
  g_autoptr (GDateTime) changed = presync_entry_dup_time (account, "pwdLastSet");

  if (changed != NULL)
    presync_probe_add (run, presync_fact_new_time (key, subject, changed, read->origin));
  else if (presync_entry_get_values (account, "pwdLastSet") == NULL)
    presync_probe_add_hidden (run, read, key, subject, "pwdLastSet",
                              presync_entry_get_dn (account));
  else
    presync_probe_add_malformed (run, read, key, subject, "pwdLastSet",
                                 presync_entry_get_dn (account));
}

/* The account is in one domain of the forest, and only one domain was asked. */
static gboolean
presync_probe_traces_add_no_sso (PresyncProbeRun *run, const PresyncProbeRead *read, GError **error)
{
  const char *subject = run->forest->forest;
  g_autoptr (PresyncDomains) domains = presync_domains_read (run, error);
  g_autofree char *detail = NULL;

  if (domains == NULL)
    return FALSE;
  if (presync_domains_is_only (domains))
    {
      detail = g_strdup_printf (_ ("There is no computer account %s in %s."), SSO_ACCOUNT,
                                run->forest->domain);
      presync_probe_add (
          run, presync_fact_new_boolean ("forest.sso-account", subject, FALSE, read->origin));
    }
  else
    {
      detail = g_strdup_printf (
          _ ("The domain %s has no computer account %s; other domains were not read."),
          run->forest->domain, SSO_ACCOUNT);
      presync_probe_add (run, presync_fact_new_unknown ("forest.sso-account", subject,
                                                        PRESYNC_UNKNOWN_NOT_OFFERED, detail,
                                                        read->origin));
    }
  presync_probe_add (run,
                     presync_fact_new_unknown ("forest.sso-key-changed", subject,
                                               PRESYNC_UNKNOWN_NOT_OFFERED, detail, read->origin));
  return TRUE;
}

static gboolean
presync_probe_traces_add_sso (PresyncProbeRun *run, const PresyncProbeRead *read, gboolean visible,
                              GError **error)
{
  const char *subject = run->forest->forest;
  const char *const keys[] = { "forest.sso-account", "forest.sso-key-changed" };

  for (guint i = 0; i < read->entries->len; i++)
    {
      PresyncEntry *entry = g_ptr_array_index (read->entries, i);

      if (!presync_entry_has_text (entry, "sAMAccountName", SSO_ACCOUNT))
        continue;
      presync_probe_add (run, presync_fact_new_boolean (keys[0], subject, TRUE, read->origin));
      presync_probe_traces_add_key (run, read, entry);
      return TRUE;
    }
  if (read->reason == PRESYNC_UNKNOWN_NONE && visible && read->complete)
    return presync_probe_traces_add_no_sso (run, read, error);
  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    presync_probe_add_hidden (run, read, keys[i], subject, "sAMAccountName", read->base);
  return TRUE;
}

/* @prefix: "azureADId:" */
static void
presync_probe_traces_add_keyword (PresyncProbeRun *run, const PresyncProbeRead *read,
                                  const PresyncEntry *point, const char *key, const char *prefix)
{
  g_autoptr (GPtrArray) texts = g_ptr_array_new_with_free_func (g_free);
  g_auto (GStrv) words = presync_entry_dup_texts (point, "keywords");

  for (guint i = 0; words[i] != NULL; i++)
    if (g_ascii_strncasecmp (words[i], prefix, strlen (prefix)) == 0)
      g_ptr_array_add (texts, g_strstrip (g_strdup (words[i] + strlen (prefix))));
  presync_probe_add_list (run, read, key, run->forest->forest, texts);
}

/* There is none in most forests; but only of a container that is shown it can be said that it holds
 * none. */
static gboolean
presync_probe_traces_add_join (PresyncProbeRun *run, GError **error)
{
  static const char *const keys[] = { "forest.join-tenant", "forest.join-domain" };
  static const char *const prefixes[] = { "azureADId:", "azureADName:" };
  g_autoptr (PresyncProbeRead) read = presync_probe_read (run, &join_query, error);
  g_autoptr (PresyncProbeRead) parent = NULL;
  g_autoptr (GPtrArray) none = g_ptr_array_new ();
  PresyncEntry *point = read == NULL ? NULL : presync_probe_read_first (read);

  if (read == NULL)
    return FALSE;
  if (read->missing)
    {
      parent = presync_probe_read (run, &join_parent_query, error);
      if (parent == NULL)
        return FALSE;
    }
  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    if (point != NULL && presync_entry_get_values (point, "keywords") != NULL)
      presync_probe_traces_add_keyword (run, read, point, keys[i], prefixes[i]);
    else if (parent != NULL && presync_probe_read_first (parent) != NULL)
      presync_probe_add_list (run, read, keys[i], run->forest->forest, none);
    else
      presync_probe_add_hidden (run, read, keys[i], run->forest->forest, "keywords", read->base);
  return TRUE;
}

/* minPwdAge is a negative span of 100 ns; fine-grained policies may say otherwise for some. */
static gboolean
presync_probe_traces_add_age (PresyncProbeRun *run, GError **error)
{
  const char *key = "domain.minimum-password-age";
  g_autoptr (PresyncProbeRead) read = presync_probe_read (run, &head_query, error);
  PresyncEntry *head = read == NULL ? NULL : presync_probe_read_first (read);
  gint64 age = 0;

  if (read == NULL)
    return FALSE;
  if (head == NULL || presync_entry_get_values (head, "minPwdAge") == NULL)
    presync_probe_add_hidden (run, read, key, run->forest->domain, "minPwdAge", read->base);
  else if (!presync_entry_get_integer (head, "minPwdAge", &age) || age > 0 || age == G_MININT64)
    presync_probe_add_malformed (run, read, key, run->forest->domain, "minPwdAge", read->base);
  else
    presync_probe_add (run, presync_fact_new_integer (key, run->forest->domain,
                                                      -age / TICKS_PER_SECOND, read->origin));
  return TRUE;
}

gboolean
presync_probe_traces (PresyncProbeRun *run, GError **error)
{
  g_autoptr (PresyncProbeRead) read = presync_probe_read (run, &traces_query, error);
  gboolean visible = FALSE;

  if (read == NULL)
    return FALSE;
  for (guint i = 0; i < read->entries->len; i++)
    visible = visible
              || presync_entry_has_text (g_ptr_array_index (read->entries, i), "dNSHostName",
                                         run->forest->controller);
  presync_probe_traces_add_services (run, read, visible);
  return presync_probe_traces_add_sso (run, read, visible, error)
         && presync_probe_traces_add_join (run, error) && presync_probe_traces_add_age (run, error);
}
