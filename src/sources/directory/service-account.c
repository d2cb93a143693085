/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sources/directory/service-account.h"

#include "sources/directory/access-names.h"
#include "sources/directory/dn.h"

#include <string.h>
#include <glib/gi18n.h>

#define READERS "msDS-GroupMSAMembership"
#define HOSTS "msDS-HostServiceAccountBL"
/* The other end of it, at the computer */
#define HOSTED "msDS-HostServiceAccount"
/* The schema demands it of a gMSA. */
#define INTERVAL "msDS-ManagedPasswordInterval"

/* Generic rights, [MS-DTYP] 2.4.3; of them these two comprise reading properties
 * ([MS-ADTS] 5.1.3.2)
 */
#define GENERIC_READ 0x80000000
#define GENERIC_ALL 0x10000000

const char *const presync_service_account_attributes[]
    = { "userAccountControl", READERS, HOSTS, INTERVAL, "msDS-SupportedEncryptionTypes", NULL };

/* By full name, or by account name; the category leaves out gMSAs, which may carry a computer's
 * host name. The controller's own object comes along: if not even that does, nothing may be said
 * about the absence of the other. */
static const PresyncProbeQuery server_query = {
  PRESYNC_BASE_DOMAIN,
  NULL,
  PRESYNC_SCOPE_SUBTREE,
  "(&(objectCategory=computer)(|(dNSHostName=@SERVER@)(sAMAccountName=@SERVER-SHORT@$)"
  "(dNSHostName=@CONTROLLER@)))",
  { PRESYNC_PRINCIPAL_ATTRIBUTES, NULL },
  0,
};

void
presync_service_server_free (PresyncServiceServer *self)
{
  if (self == NULL)
    return;
  presync_principal_free (self->computer);
  g_clear_pointer (&self->token, presync_token_free);
  g_free (self->problem);
  g_free (self);
}

/* @problem: (transfer full) */
static PresyncServiceServer *
presync_service_server_fail (PresyncServiceServer *self, PresyncUnknown reason, char *problem)
{
  self->reason = reason;
  self->problem = problem;
  return self;
}

/* A host name decides; the account's name does only where the object has none, or none was given.
 */
static gboolean
presync_service_server_is_it (const PresyncProbeRun *run, const PresyncEntry *entry)
{
  const char *dot = strchr (run->sync_server, '.');
  g_autofree char *label = g_strndup (run->sync_server, strcspn (run->sync_server, "."));
  g_autofree char *account = g_strconcat (label, "$", NULL);

  if (presync_entry_has_text (entry, "dNSHostName", run->sync_server))
    return TRUE;
  if (dot != NULL
      && (presync_entry_get_values (entry, "dNSHostName") != NULL
          || g_ascii_strcasecmp (dot + 1, run->forest->domain) != 0))
    return FALSE;
  return presync_entry_has_text (entry, "sAMAccountName", account);
}

static PresyncServiceServer *
presync_service_server_not_found (PresyncServiceServer *self, PresyncProbeRun *run,
                                  const PresyncProbeRead *read)
{
  if (read->reason != PRESYNC_UNKNOWN_NONE)
    return presync_service_server_fail (self, read->reason, g_strdup (read->detail));
  if (read->entries->len == 0 || !read->complete)
    return presync_service_server_fail (self, PRESYNC_UNKNOWN_NO_RIGHT,
                                        presync_probe_dup_hidden (run, "computer", read->base));
  return presync_service_server_fail (
      self, PRESYNC_UNKNOWN_NOT_OFFERED,
      g_strdup_printf (_ ("The domain %s has no computer object for “%s”."), run->forest->domain,
                       run->sync_server));
}

PresyncServiceServer *
presync_service_server_read (PresyncProbeRun *run, const PresyncDomains *domains, GError **error)
{
  g_autoptr (PresyncServiceServer) self = g_new0 (PresyncServiceServer, 1);
  g_autoptr (PresyncProbeRead) read = NULL;
  g_autoptr (PresyncOrigin) origin = NULL;

  if (run->sync_server == NULL || run->sync_server[0] == '\0')
    return presync_service_server_fail (
        g_steal_pointer (&self), PRESYNC_UNKNOWN_NOT_OFFERED,
        g_strdup (_ ("Name the sync server to see whether it may use the account.")));
  read = presync_probe_read (run, &server_query, error);
  if (read == NULL)
    return NULL;
  for (guint i = 0; self->computer == NULL && i < read->entries->len; i++)
    if (presync_service_server_is_it (run, g_ptr_array_index (read->entries, i)))
      self->computer = presync_principal_from_entry (g_ptr_array_index (read->entries, i),
                                                     presync_domains_get_title (domains));
  if (self->computer == NULL)
    return presync_service_server_not_found (g_steal_pointer (&self), run, read);
  if (!presync_principal_search_token (run, self->computer, &self->token, &origin, &self->reason,
                                       &self->problem, error))
    return NULL;
  return g_steal_pointer (&self);
}

gboolean
presync_service_account_is_visible (const PresyncEntry *account)
{
  return account != NULL && presync_entry_get_values (account, INTERVAL) != NULL;
}

static void
presync_service_account_add_unknown (PresyncProbeRun *run, const PresyncProbeRead *read,
                                     const char *key, const char *subject, PresyncUnknown reason,
                                     const char *detail)
{
  presync_probe_add (run, presync_fact_new_unknown (key, subject, reason, detail, read->origin));
}

/* (transfer full) (nullable): NULL if it is absent, hidden or malformed; *@absent tells that it is
 * absent, for else an unknown fact @key was added */
static PresyncSecurityDescriptor *
presync_service_account_parse_readers (PresyncProbeRun *run, const PresyncProbeRead *read,
                                       const PresyncEntry *account, const char *key,
                                       const char *subject, gboolean *absent)
{
  GPtrArray *values = account == NULL ? NULL : presync_entry_get_values (account, READERS);
  PresyncSecurityDescriptor *sd;

  *absent = values == NULL && read->complete && presync_service_account_is_visible (account);
  if (*absent)
    return NULL;
  if (values == NULL)
    {
      presync_probe_add_hidden (run, read, key, subject, READERS, read->base);
      return NULL;
    }
  sd = presync_security_descriptor_parse (g_ptr_array_index (values, 0), NULL);
  if (sd == NULL)
    presync_probe_add_malformed (run, read, key, subject, READERS, read->base);
  else if (!presync_security_descriptor_has_dacl (sd))
    {
      /* Without the list it was not shown; it does not say that everybody may. */
      g_clear_pointer (&sd, presync_security_descriptor_free);
      presync_probe_add_hidden (run, read, key, subject, READERS, read->base);
    }
  return sd;
}

static void
presync_service_account_add_undecided (PresyncProbeRun *run, const PresyncProbeRead *read,
                                       const PresyncAce *ace, const char *key, const char *subject)
{
  g_autofree char *trustee = ace == NULL || ace->trustee.size == 0
                                 ? g_strdup ("?")
                                 : presync_sid_to_text (&ace->trustee);
  g_autofree char *detail
      = g_strdup_printf (_ ("An entry of type %u for %s in “%s” of “%s” cannot be judged."),
                         ace == NULL ? 0u : (guint) ace->type, trustee, READERS, read->base);

  presync_service_account_add_unknown (run, read, key, subject, PRESYNC_UNKNOWN_NOT_OFFERED,
                                       detail);
}

void
presync_service_account_add_may_read (PresyncProbeRun *run, const PresyncProbeRead *read,
                                      const PresyncEntry *account,
                                      const PresyncServiceServer *server, const char *key,
                                      const char *subject)
{
  gboolean absent;
  g_autoptr (PresyncSecurityDescriptor) sd = NULL;
  PresyncWanted wanted = { .mask = PRESYNC_RIGHT_READ_PROPERTY };
  PresyncGuid class_guid = { { 0 } };
  PresyncAccessResult result;

  if (server->token == NULL)
    {
      presync_service_account_add_unknown (run, read, key, subject, server->reason,
                                           server->problem);
      return;
    }
  sd = presync_service_account_parse_readers (run, read, account, key, subject, &absent);
  if (sd == NULL)
    {
      if (absent)
        presync_probe_add (run, presync_fact_new_boolean (key, subject, FALSE, read->origin));
      return;
    }
  presync_access_name_find ("msDS-GroupManagedServiceAccount", &class_guid);
  result = presync_access_check (sd, server->token, &class_guid, &wanted);
  if (result.access == PRESYNC_ACCESS_UNDECIDED)
    presync_service_account_add_undecided (run, read, result.ace, key, subject);
  else
    presync_probe_add (run, presync_fact_new_boolean (key, subject,
                                                      result.access == PRESYNC_ACCESS_GRANTED,
                                                      read->origin));
}

static gboolean
presync_service_account_lists (const PresyncEntry *entry, const char *attribute, const char *dn)
{
  g_auto (GStrv) names = presync_entry_dup_texts (entry, attribute);

  for (guint i = 0; names[i] != NULL; i++)
    if (presync_dn_equal (names[i], dn))
      return TRUE;
  return FALSE;
}

/* The link can be seen from both ends; of the computer everything may be read as a rule. */
gboolean
presync_service_account_add_is_host (PresyncProbeRun *run, const PresyncProbeRead *read,
                                     const PresyncEntry *account,
                                     const PresyncServiceServer *server, const char *key,
                                     const char *subject, GError **error)
{
  static const char *const attributes[] = { "userAccountControl", HOSTED, NULL };
  g_autoptr (PresyncProbeRead) computer = NULL;
  PresyncEntry *entry;
  gboolean host;

  if (server->computer == NULL)
    {
      presync_service_account_add_unknown (run, read, key, subject, server->reason,
                                           server->problem);
      return TRUE;
    }
  computer = presync_probe_read_query (run,
                                       &(PresyncQuery){ server->computer->dn, PRESYNC_SCOPE_BASE,
                                                        "(objectClass=*)", attributes, 0, 0 },
                                       error);
  if (computer == NULL)
    return FALSE;
  entry = presync_probe_read_first (computer);
  host = (account != NULL && presync_service_account_lists (account, HOSTS, server->computer->dn))
         || (entry != NULL && presync_service_account_lists (entry, HOSTED, read->base));
  if (host || (entry != NULL && presync_entry_get_values (entry, "userAccountControl") != NULL))
    presync_probe_add (run, presync_fact_new_boolean (key, subject, host, computer->origin));
  else
    presync_probe_add_hidden (run, computer, key, subject, HOSTED, server->computer->dn);
  return TRUE;
}

static gboolean
presync_service_account_has_sid (GArray *sids, const PresyncSid *sid)
{
  for (guint i = 0; i < sids->len; i++)
    if (presync_sid_equal (&g_array_index (sids, PresyncSid, i), sid))
      return TRUE;
  return FALSE;
}

/* (transfer full): the trustees of the entries that allow to read properties, conditional ones
 * included, each once */
static GArray *
presync_service_account_list_readers (const PresyncSecurityDescriptor *sd)
{
  GArray *sids = g_array_new (FALSE, TRUE, sizeof (PresyncSid));
  guint n;
  const PresyncAce *aces = presync_security_descriptor_get_aces (sd, &n);

  for (guint i = 0; i < n; i++)
    if ((aces[i].effect == PRESYNC_ACE_ALLOW || aces[i].effect == PRESYNC_ACE_CONDITIONAL_ALLOW)
        && (aces[i].flags & PRESYNC_ACE_INHERIT_ONLY) == 0
        && (aces[i].mask & (PRESYNC_RIGHT_READ_PROPERTY | GENERIC_READ | GENERIC_ALL)) != 0
        && !presync_service_account_has_sid (sids, &aces[i].trustee))
      g_array_append_val (sids, aces[i].trustee);
  return sids;
}

gboolean
presync_service_account_add_readers (PresyncProbeRun *run, const PresyncDomains *domains,
                                     const PresyncProbeRead *read, const PresyncEntry *account,
                                     const char *key, const char *subject, GError **error)
{
  gboolean absent;
  g_autoptr (PresyncSecurityDescriptor) sd
      = presync_service_account_parse_readers (run, read, account, key, subject, &absent);
  g_autoptr (GArray) sids = NULL;
  g_autoptr (GPtrArray) names = NULL;

  if (sd == NULL && !absent)
    return TRUE;
  sids = sd == NULL ? g_array_new (FALSE, TRUE, sizeof (PresyncSid))
                    : presync_service_account_list_readers (sd);
  if (!presync_principal_name_sids (run, domains, sids, &names, error))
    return FALSE;
  presync_probe_add_list (run, read, key, subject, names);
  return TRUE;
}
