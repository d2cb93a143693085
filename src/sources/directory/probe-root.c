/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sources/directory/probe-read.h"

#include "base/error.h"
#include "sources/directory/dn.h"
#include "sources/directory/sid.h"

#include <glib/gi18n.h>

/* supportedCapabilities, [MS-ADTS] 3.1.1.3.4.3 */
#define CAPABILITY_ACTIVE_DIRECTORY "1.2.840.113556.1.4.800"
#define CAPABILITY_AD_LDS "1.2.840.113556.1.4.1851"
#define CAPABILITY_PARTIAL_SECRETS "1.2.840.113556.1.4.1920"

const PresyncProbeQuery presync_probe_root_dse = {
  PRESYNC_BASE_ROOT_DSE,
  NULL,
  PRESYNC_SCOPE_BASE,
  "(objectClass=*)",
  { "objectClass", "vendorName", "supportedCapabilities", "defaultNamingContext",
    "rootDomainNamingContext", "configurationNamingContext", "schemaNamingContext", "dnsHostName",
    "dsServiceName", "forestFunctionality", "domainFunctionality", "domainControllerFunctionality",
    "tokenGroups", NULL },
  0,
};

/* msDS-isRODC is constructed: only in a read of the object itself, and never in a filter. */
static const PresyncProbeQuery controller_query = {
  PRESYNC_BASE_CONTROLLER,
  NULL,
  PRESYNC_SCOPE_BASE,
  "(objectClass=*)",
  { "objectClass", "objectCategory", "msDS-isRODC", "msDS-Behavior-Version", NULL },
  0,
};

static const PresyncProbeQuery domain_query = {
  PRESYNC_BASE_DOMAIN,
  NULL,
  PRESYNC_SCOPE_BASE,
  "(objectClass=*)",
  { "objectClass", "msDS-Behavior-Version", NULL },
  0,
};

void
presync_forest_free (PresyncForest *self)
{
  if (self == NULL)
    return;
  g_free (self->domain_dn);
  g_free (self->root_domain_dn);
  g_free (self->configuration_dn);
  g_free (self->schema_dn);
  g_free (self->domain);
  g_free (self->forest);
  g_free (self->controller);
  g_free (self->controller_dn);
  g_strfreev (self->token_groups);
  g_free (self);
}

static gboolean
presync_probe_root_is_samba (const PresyncEntry *root)
{
  g_autofree char *vendor = presync_entry_dup_text (root, "vendorName");

  return vendor != NULL && g_strrstr (vendor, "Samba") != NULL;
}

/* (transfer full): what @root seems to be, if it is no Active Directory */
static char *
presync_probe_root_dup_product (const PresyncEntry *root)
{
  g_autofree char *vendor = presync_entry_dup_text (root, "vendorName");

  if (presync_entry_has_text (root, "supportedCapabilities", CAPABILITY_AD_LDS))
    return g_strdup ("AD LDS (Active Directory Lightweight Directory Services)");
  if (presync_entry_has_text (root, "objectClass", "OpenLDAProotDSE"))
    return g_strdup ("OpenLDAP");
  if (vendor != NULL && vendor[0] != '\0')
    return g_steal_pointer (&vendor);
  return NULL;
}

static gboolean
presync_probe_root_refuse (PresyncDirectory *directory, const PresyncEntry *root, GError **error)
{
  g_autofree char *product = presync_probe_root_dup_product (root);
  const char *target = presync_directory_get_target (directory);

  if (presync_entry_has_text (root, "supportedCapabilities", CAPABILITY_ACTIVE_DIRECTORY))
    return TRUE;
  if (product != NULL)
    g_set_error (error, PRESYNC_ERROR, PRESYNC_ERROR_NOT_SUPPORTED,
                 _ ("%s is %s, not Active Directory Domain Services; name a domain controller."),
                 target, product);
  else
    g_set_error (error, PRESYNC_ERROR, PRESYNC_ERROR_NOT_SUPPORTED,
                 _ ("%s does not say that it is an Active Directory domain controller; name a "
                    "domain controller."),
                 target);
  return FALSE;
}

/* (transfer full) (nullable) (array zero-terminated=1) */
static char **
presync_probe_root_dup_token_groups (const PresyncEntry *root)
{
  GPtrArray *values = presync_entry_get_values (root, "tokenGroups");
  g_autoptr (GPtrArray) sids = g_ptr_array_new_with_free_func (g_free);

  if (values == NULL)
    return NULL;
  for (guint i = 0; i < values->len; i++)
    {
      char *sid = presync_sid_dup_text (g_ptr_array_index (values, i));
      if (sid != NULL)
        g_ptr_array_add (sids, sid);
    }
  g_ptr_array_add (sids, NULL);
  return (char **) g_ptr_array_steal (sids, NULL);
}

/* (transfer full) (nullable): without its naming contexts nothing can be read */
static PresyncForest *
presync_probe_root_make_forest (PresyncDirectory *directory, const PresyncEntry *root,
                                GError **error)
{
  g_autoptr (PresyncForest) forest = g_new0 (PresyncForest, 1);

  forest->domain_dn = presync_entry_dup_text (root, "defaultNamingContext");
  forest->root_domain_dn = presync_entry_dup_text (root, "rootDomainNamingContext");
  forest->configuration_dn = presync_entry_dup_text (root, "configurationNamingContext");
  forest->schema_dn = presync_entry_dup_text (root, "schemaNamingContext");
  forest->controller_dn = presync_entry_dup_text (root, "dsServiceName");
  if (forest->domain_dn == NULL || forest->root_domain_dn == NULL
      || forest->configuration_dn == NULL || forest->schema_dn == NULL
      || forest->controller_dn == NULL)
    {
      g_set_error (error, PRESYNC_ERROR, PRESYNC_ERROR_BAD_INPUT,
                   _ ("%s does not tell the naming contexts of its domain in its rootDSE."),
                   presync_directory_get_target (directory));
      return NULL;
    }
  forest->domain = presync_dn_dup_domain (forest->domain_dn);
  forest->forest = presync_dn_dup_domain (forest->root_domain_dn);
  forest->controller = presync_entry_dup_text (root, "dnsHostName");
  if (forest->controller == NULL)
    {
      g_autofree char *server = presync_dn_dup_parent (forest->controller_dn);
      forest->controller = presync_dn_dup_name (server == NULL ? "" : server);
    }
  forest->token_groups = presync_probe_root_dup_token_groups (root);
  return g_steal_pointer (&forest);
}

static PresyncError
presync_probe_root_error (const PresyncProbeRead *read)
{
  /* Every directory service has a rootDSE. */
  if (read->missing || read->reason == PRESYNC_UNKNOWN_NONE)
    return PRESYNC_ERROR_NOT_SUPPORTED;
  if (read->reason == PRESYNC_UNKNOWN_NO_RIGHT)
    return PRESYNC_ERROR_NO_RIGHT;
  if (read->reason == PRESYNC_UNKNOWN_MALFORMED)
    return PRESYNC_ERROR_BAD_INPUT;
  return PRESYNC_ERROR_FAILED;
}

PresyncForest *
presync_probe_read_forest (PresyncDirectory *directory, GCancellable *cancellable, GError **error)
{
  PresyncProbeRun run = { .directory = directory, .cancellable = cancellable };
  g_autoptr (PresyncProbeRead) read = presync_probe_read (&run, &presync_probe_root_dse, error);
  PresyncEntry *root;

  if (read == NULL)
    return NULL;
  root = presync_probe_read_first (read);
  if (read->reason != PRESYNC_UNKNOWN_NONE || root == NULL)
    {
      if (read->detail == NULL)
        read->detail = g_strdup (_ ("The answer was empty."));
      g_set_error (error, PRESYNC_ERROR, presync_probe_root_error (read),
                   _ ("The rootDSE of %s cannot be read: %s"),
                   presync_directory_get_target (directory), read->detail);
      return NULL;
    }
  if (!presync_probe_root_refuse (directory, root, error))
    return NULL;
  return presync_probe_root_make_forest (directory, root, error);
}

static void
presync_probe_root_add_product (PresyncProbeRun *run, const PresyncProbeRead *root)
{
  PresyncEntry *entry = presync_probe_read_first (root);
  const char *subject = run->forest->controller;

  if (entry == NULL)
    presync_probe_add_hidden (run, root, "directory.product", subject, "vendorName", "rootDSE");
  else
    presync_probe_add (run, presync_fact_new_text (
                                "directory.product", subject,
                                presync_probe_root_is_samba (entry) ? "Samba" : "Active Directory",
                                root->origin));
}

static gboolean
presync_probe_root_is_read_only (const PresyncEntry *ntds)
{
  g_autofree char *category = presync_entry_dup_text (ntds, "objectCategory");
  g_autofree char *class = category == NULL ? NULL : presync_dn_dup_name (category);
  gboolean rodc;

  if (presync_entry_get_boolean (ntds, "msDS-isRODC", &rodc) && rodc)
    return TRUE;
  return presync_entry_has_text (ntds, "objectClass", "nTDSDSARO")
         || (class != NULL && g_ascii_strcasecmp (class, "NTDS-DSA-RO") == 0);
}

/* A read-only controller of Windows says so in its capabilities, one of Samba does not. */
static void
presync_probe_root_add_writable (PresyncProbeRun *run, const PresyncProbeRead *root,
                                 const PresyncProbeRead *ntds)
{
  PresyncEntry *entry = presync_probe_read_first (root);
  PresyncEntry *settings = presync_probe_read_first (ntds);
  const char *key = "directory.writable";
  const char *subject = run->forest->controller;

  if (entry != NULL
      && presync_entry_has_text (entry, "supportedCapabilities", CAPABILITY_PARTIAL_SECRETS))
    presync_probe_add (run, presync_fact_new_boolean (key, subject, FALSE, root->origin));
  else if (settings != NULL && presync_entry_get_values (settings, "objectClass") != NULL)
    presync_probe_add (run, presync_fact_new_boolean (key, subject,
                                                      !presync_probe_root_is_read_only (settings),
                                                      ntds->origin));
  else if (entry != NULL && !presync_probe_root_is_samba (entry))
    presync_probe_add (run, presync_fact_new_boolean (key, subject, TRUE, root->origin));
  else
    presync_probe_add_hidden (run, ntds, key, subject, "objectClass", ntds->base);
}

/* The domain's head holds the level; the rootDSE repeats it, and some servers do so from their
 * start only. Absent in both is level 0, if the head can be seen at all. */
static void
presync_probe_root_add_level (PresyncProbeRun *run, const PresyncProbeRead *root,
                              const PresyncProbeRead *domain)
{
  PresyncEntry *head = presync_probe_read_first (domain);
  PresyncEntry *entry = presync_probe_read_first (root);
  const char *key = "domain.functional-level";
  gint64 level = 0;

  if (head != NULL && presync_entry_get_integer (head, "msDS-Behavior-Version", &level))
    presync_probe_add (run,
                       presync_fact_new_integer (key, run->forest->domain, level, domain->origin));
  else if (entry == NULL)
    presync_probe_add_hidden (run, root, key, run->forest->domain, "domainFunctionality",
                              "rootDSE");
  else if (presync_entry_get_values (entry, "domainFunctionality") == NULL
           && (head == NULL || presync_entry_get_values (head, "objectClass") == NULL))
    presync_probe_add_hidden (run, domain, key, run->forest->domain, "msDS-Behavior-Version",
                              domain->base);
  else if (presync_entry_get_values (entry, "domainFunctionality") != NULL
           && !presync_entry_get_integer (entry, "domainFunctionality", &level))
    presync_probe_add_malformed (run, root, key, run->forest->domain, "domainFunctionality",
                                 "rootDSE");
  else
    presync_probe_add (run,
                       presync_fact_new_integer (key, run->forest->domain, level, root->origin));
}

gboolean
presync_probe_root (PresyncProbeRun *run, GError **error)
{
  g_autoptr (PresyncProbeRead) root = presync_probe_read (run, &presync_probe_root_dse, error);
  g_autoptr (PresyncProbeRead) ntds = NULL;
  g_autoptr (PresyncProbeRead) domain = NULL;

  if (root == NULL)
    return FALSE;
  ntds = presync_probe_read (run, &controller_query, error);
  if (ntds == NULL)
    return FALSE;
  domain = presync_probe_read (run, &domain_query, error);
  if (domain == NULL)
    return FALSE;
  presync_probe_root_add_product (run, root);
  presync_probe_root_add_writable (run, root, ntds);
  presync_probe_root_add_level (run, root, domain);
  return TRUE;
}
