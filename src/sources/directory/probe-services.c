/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sources/directory/account-state.h"
#include "sources/directory/service-account.h"

#include <string.h>
#include <glib/gi18n.h>

#define SECONDS_PER_DAY 86400

#define ENCRYPTION "msDS-SupportedEncryptionTypes"
#define INTERVAL "msDS-ManagedPasswordInterval"

/* [MS-KILE] 2.2.7 */
static const struct
{
  guint32 bit;
  const char *name;
  gboolean aes;
} encryptions[] = {
  { 0x01, "DES-CBC-CRC", FALSE }, { 0x02, "DES-CBC-MD5", FALSE }, { 0x04, "RC4-HMAC", FALSE },
  { 0x08, "AES128", TRUE },       { 0x10, "AES256", TRUE },
};

/**
 * PresyncServices: one run over both accounts
 * @server: (nullable): read when first needed
 */
typedef struct
{
  PresyncProbeRun *run;
  PresyncDomains *domains;
  PresyncServiceServer *server;
} PresyncServices;

static void
presync_services_clear (PresyncServices *self)
{
  g_clear_pointer (&self->domains, presync_domains_free);
  g_clear_pointer (&self->server, presync_service_server_free);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (PresyncServices, presync_services_clear)

static gboolean
presync_services_read_server (PresyncServices *self, GError **error)
{
  if (self->server == NULL)
    self->server = presync_service_server_read (self->run, self->domains, error);
  return self->server != NULL;
}

/* (transfer full) (nullable) */
static PresyncProbeRead *
presync_services_read_account (PresyncServices *self, const PresyncPrincipal *principal,
                               GError **error)
{
  PresyncQuery query = {
    principal->dn, PRESYNC_SCOPE_BASE, "(objectClass=*)", presync_service_account_attributes, 0, 0
  };

  return presync_probe_read_query (self->run, &query, error);
}

/* An account without a value uses what its domain controllers take for the default
 * (DefaultDomainSupportedEncTypes in their registry: RC4 with AES session keys since November 2022,
 * KB5021131), which a directory does not tell. 0 means the same. */
static void
presync_services_add_encryption (PresyncServices *self, const PresyncProbeRead *read,
                                 const PresyncEntry *account, const char *subject)
{
  PresyncProbeRun *run = self->run;
  const char *const keys[] = { "gmsa.aes", "gmsa.encryption-types" };
  g_autoptr (GPtrArray) names = g_ptr_array_new ();
  g_autofree char *detail = NULL;
  gboolean shown = account != NULL && presync_entry_get_values (account, ENCRYPTION) != NULL;
  gboolean aes = FALSE;
  gint64 types = 0;

  if (shown && !presync_entry_get_integer (account, ENCRYPTION, &types))
    {
      for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
        presync_probe_add_malformed (run, read, keys[i], subject, ENCRYPTION, read->base);
      return;
    }
  if (types == 0)
    detail = g_strdup_printf (_ ("“%s” states no encryption types: the default of the domain "
                                 "controllers decides, which a directory does not tell."),
                              subject);
  for (guint i = 0; types == 0 && i < G_N_ELEMENTS (keys); i++)
    if (shown || presync_service_account_is_visible (account))
      presync_probe_add (run,
                         presync_fact_new_unknown (keys[i], subject, PRESYNC_UNKNOWN_NOT_OFFERED,
                                                   detail, read->origin));
    else
      presync_probe_add_hidden (run, read, keys[i], subject, ENCRYPTION, read->base);
  if (types == 0)
    return;
  for (guint i = 0; i < G_N_ELEMENTS (encryptions); i++)
    if ((types & encryptions[i].bit) != 0)
      {
        g_ptr_array_add (names, (gpointer) encryptions[i].name);
        aes = aes || encryptions[i].aes;
      }
  presync_probe_add (run, presync_fact_new_boolean (keys[0], subject, aes, read->origin));
  presync_probe_add_list (run, read, keys[1], subject, names);
}

static void
presync_services_add_interval (PresyncServices *self, const PresyncProbeRead *read,
                               const PresyncEntry *account, const char *subject)
{
  const char *key = "gmsa.password-interval";
  gint64 days;

  if (account == NULL || presync_entry_get_values (account, INTERVAL) == NULL)
    presync_probe_add_hidden (self->run, read, key, subject, INTERVAL, read->base);
  else if (!presync_entry_get_integer (account, INTERVAL, &days) || days < 0 || days > G_MAXINT32)
    presync_probe_add_malformed (self->run, read, key, subject, INTERVAL, read->base);
  else
    presync_probe_add (
        self->run, presync_fact_new_integer (key, subject, days * SECONDS_PER_DAY, read->origin));
}

static gboolean
presync_services_add_gmsa_facts (PresyncServices *self, const PresyncPrincipalFound *found,
                                 GError **error)
{
  const char *subject = found->principal->name;
  g_autoptr (PresyncProbeRead) read = presync_services_read_account (self, found->principal, error);
  PresyncEntry *account = read == NULL ? NULL : presync_probe_read_first (read);

  if (read == NULL || !presync_services_read_server (self, error))
    return FALSE;
  presync_probe_add (self->run,
                     presync_fact_new_boolean ("gmsa.exists", subject, TRUE, found->origin));
  presync_account_add_enabled (self->run, read, account, "gmsa.enabled", subject);
  presync_service_account_add_may_read (self->run, read, account, self->server,
                                        "gmsa.server-may-read", subject);
  presync_services_add_encryption (self, read, account, subject);
  presync_services_add_interval (self, read, account, subject);
  return presync_service_account_add_readers (self->run, self->domains, read, account,
                                              "gmsa.readers", subject, error);
}

/* An account of that name that is none is as good as absent: the other facts tell what it is. */
static void
presync_services_add_no_gmsa (PresyncServices *self, const PresyncPrincipalFound *found)
{
  static const char *const but[] = { "gmsa.exists", NULL };
  const PresyncPrincipal *principal = found->principal;
  PresyncUnknown reason = PRESYNC_UNKNOWN_NONE;
  g_autofree char *problem = presync_account_dup_no_gmsa (self->run, principal, &reason);
  gboolean certain = reason == PRESYNC_UNKNOWN_NOT_OFFERED;

  if (certain)
    presync_probe_add (
        self->run, presync_fact_new_boolean ("gmsa.exists", principal->name, FALSE, found->origin));
  presync_account_add_unknown (self->run, "gmsa", certain ? but : NULL, principal->name, reason,
                               problem, found->origin);
}

static gboolean
presync_services_add_gmsa (PresyncServices *self, const char *name, GError **error)
{
  g_auto (PresyncPrincipalFound) found = { 0 };

  if (!presync_account_find (self->run, self->domains, "gmsa", name, FALSE, &found, error))
    return FALSE;
  if (found.principal == NULL)
    return TRUE;
  if (found.principal->kind == PRESYNC_PRINCIPAL_GMSA)
    return presync_services_add_gmsa_facts (self, &found, error);
  presync_services_add_no_gmsa (self, &found);
  return TRUE;
}

/* ".\name", "SYNC01\name" and "SYNC01.contoso.com\name" are accounts of the server itself. */
static gboolean
presync_services_is_local (const PresyncProbeRun *run, const char *name)
{
  const char *backslash = strchr (name, '\\');
  const char *server = run->sync_server == NULL ? "" : run->sync_server;
  g_autofree char *label = g_strndup (server, strcspn (server, "."));
  g_autofree char *machine
      = backslash == NULL ? NULL : g_strndup (name, (gsize) (backslash - name));

  if (machine == NULL || machine[0] == '\0')
    return FALSE;
  return strcmp (machine, ".") == 0 || g_ascii_strcasecmp (machine, server) == 0
         || g_ascii_strcasecmp (machine, label) == 0;
}

/* No directory knows these accounts: their kind follows from the name, the rest is for the server
 * to tell. */
static void
presync_services_add_machine_account (PresyncServices *self, const char *name, const char *kind)
{
  static const char *const but[] = { "service.kind", NULL };
  g_autoptr (GDateTime) now = g_date_time_new_now_utc ();
  g_autoptr (PresyncOrigin) origin = presync_origin_new ("plan", "", name, now, TRUE);
  const char *problem
      = strcmp (kind, "virtual") == 0
            ? _ ("Setup makes the virtual account on the sync server; no directory knows it.")
            : _ ("It is an account of the sync server itself; no directory knows it.");

  presync_probe_add (self->run, presync_fact_new_text ("service.kind", name, kind, origin));
  presync_account_add_unknown (self->run, "service", but, name, PRESYNC_UNKNOWN_NOT_OFFERED,
                               problem, origin);
}

static const char *
presync_services_kind (const PresyncPrincipal *principal)
{
  switch (principal->kind)
    {
    case PRESYNC_PRINCIPAL_GMSA:
      return "gmsa";
    case PRESYNC_PRINCIPAL_SMSA:
      return "smsa";
    case PRESYNC_PRINCIPAL_USER:
    case PRESYNC_PRINCIPAL_INETORGPERSON:
      return "domain";
    case PRESYNC_PRINCIPAL_COMPUTER:
    case PRESYNC_PRINCIPAL_GROUP:
    case PRESYNC_PRINCIPAL_FOREIGN:
    case PRESYNC_PRINCIPAL_OTHER:
    default:
      return "other";
    }
}

static void
presync_services_add_kind (PresyncServices *self, const PresyncPrincipalFound *found)
{
  const PresyncPrincipal *principal = found->principal;
  const char *key = "service.kind";

  if (principal->class[0] == '\0')
    {
      g_autofree char *problem = presync_probe_dup_hidden (self->run, "objectClass", principal->dn);
      presync_probe_add (self->run,
                         presync_fact_new_unknown (key, principal->name, PRESYNC_UNKNOWN_NO_RIGHT,
                                                   problem, found->origin));
      return;
    }
  presync_probe_add (self->run,
                     presync_fact_new_text (key, principal->name, presync_services_kind (principal),
                                            found->origin));
}

/* Whether the server may use it is stated of managed accounts only. */
static gboolean
presync_services_add_may_use (PresyncServices *self, const PresyncProbeRead *read,
                              const PresyncPrincipal *principal, GError **error)
{
  const char *key = "service.server-may-use";
  PresyncEntry *account = presync_probe_read_first (read);

  if (principal->kind != PRESYNC_PRINCIPAL_GMSA && principal->kind != PRESYNC_PRINCIPAL_SMSA)
    {
      presync_probe_add (
          self->run,
          presync_fact_new_unknown (key, principal->name, PRESYNC_UNKNOWN_NOT_OFFERED,
                                    _ ("The directory tells it of managed service accounts only."),
                                    read->origin));
      return TRUE;
    }
  if (!presync_services_read_server (self, error))
    return FALSE;
  if (principal->kind == PRESYNC_PRINCIPAL_SMSA)
    return presync_service_account_add_is_host (self->run, read, account, self->server, key,
                                                principal->name, error);
  presync_service_account_add_may_read (self->run, read, account, self->server, key,
                                        principal->name);
  return TRUE;
}

static gboolean
presync_services_add_service (PresyncServices *self, const char *name, GError **error)
{
  g_auto (PresyncPrincipalFound) found = { 0 };
  g_autoptr (PresyncProbeRead) read = NULL;
  const char *subject;

  if (g_ascii_strncasecmp (name, "NT SERVICE\\", 11) == 0)
    {
      presync_services_add_machine_account (self, name, "virtual");
      return TRUE;
    }
  if (presync_services_is_local (self->run, name))
    {
      presync_services_add_machine_account (self, name, "local");
      return TRUE;
    }
  if (!presync_account_find (self->run, self->domains, "service", name, FALSE, &found, error))
    return FALSE;
  if (found.principal == NULL)
    return TRUE;
  read = presync_services_read_account (self, found.principal, error);
  if (read == NULL)
    return FALSE;
  subject = found.principal->name;
  presync_services_add_kind (self, &found);
  presync_probe_add (self->run,
                     presync_fact_new_boolean ("service.exists", subject, TRUE, found.origin));
  presync_account_add_enabled (self->run, read, presync_probe_read_first (read), "service.enabled",
                               subject);
  return presync_services_add_may_use (self, read, found.principal, error);
}

gboolean
presync_probe_services (PresyncProbeRun *run, GError **error)
{
  const char *gmsa = presync_accounts_get (run->accounts, "gmsa");
  const char *service = presync_accounts_get (run->accounts, "service");
  g_auto (PresyncServices) self = { .run = run };

  if (gmsa == NULL && service == NULL)
    return TRUE;
  self.domains = presync_domains_read (run, error);
  return self.domains != NULL && (gmsa == NULL || presync_services_add_gmsa (&self, gmsa, error))
         && (service == NULL || presync_services_add_service (&self, service, error));
}
