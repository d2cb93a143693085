/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sources/directory/probe-read.h"

#include "sources/directory/dn.h"
#include "sources/directory/ldif-directory.h"
#include "sources/directory/sid.h"

#include <string.h>
#include <glib/gi18n.h>

/* Relative identifiers of groups, [MS-DTYP] 2.4.2.4 */
#define DOMAIN_ADMINS "-512"
#define ENTERPRISE_ADMINS "-519"
#define BUILTIN_ADMINISTRATORS "S-1-5-32-544"
#define LOCAL_SYSTEM "S-1-5-18"

/* Root keys are shown to Enterprise Admins, Domain Admins of the root domain and the system only
 * (default security descriptor of the class msKds-ProvRootKey). Others see an empty container, or
 * at best their names: a filter on the class would not match those. Never ask for the key data. */
static const PresyncProbeQuery keys_query = {
  PRESYNC_BASE_CONFIGURATION,
  "CN=Master Root Keys,CN=Group Key Distribution Service,CN=Services",
  PRESYNC_SCOPE_ONE_LEVEL,
  "(objectClass=*)",
  { "cn", "whenCreated", "msKds-UseStartTime", NULL },
  0,
};

static const PresyncProbeQuery services_query = {
  PRESYNC_BASE_CONFIGURATION, "CN=Services",           PRESYNC_SCOPE_BASE,
  "(objectClass=*)",          { "objectClass", NULL }, 0,
};

static const PresyncProbeQuery domain_query = {
  PRESYNC_BASE_DOMAIN, NULL, PRESYNC_SCOPE_BASE, "(objectClass=*)", { "objectSid", NULL }, 0,
};

/* May the person who signed in see root keys? @domain_sid: (nullable): of the domain that answers.
 * In a child domain the root domain's identifier is not known; its Enterprise Admins are in every
 * domain's Administrators, which those of a trusted forest are not. */
static gboolean
presync_probe_kds_sees_keys (const PresyncForest *forest, const char *domain_sid)
{
  gboolean in_root = presync_dn_equal (forest->domain_dn, forest->root_domain_dn);
  const char *const *groups = (const char *const *) forest->token_groups;

  for (guint i = 0; groups != NULL && groups[i] != NULL; i++)
    {
      gboolean enterprise = g_str_has_suffix (groups[i], ENTERPRISE_ADMINS);
      gboolean ours = domain_sid != NULL && g_str_has_prefix (groups[i], domain_sid)
                      && strlen (groups[i]) == strlen (domain_sid) + strlen (DOMAIN_ADMINS);

      if (strcmp (groups[i], LOCAL_SYSTEM) == 0)
        return TRUE;
      if (in_root && ours && (enterprise || g_str_has_suffix (groups[i], DOMAIN_ADMINS)))
        return TRUE;
      if (!in_root && domain_sid != NULL && !ours && enterprise
          && g_strv_contains (groups, BUILTIN_ADMINISTRATORS))
        return TRUE;
    }
  return FALSE;
}

static void
presync_probe_kds_add_unknown (PresyncProbeRun *run, const PresyncProbeRead *read, const char *key,
                               PresyncUnknown reason, const char *detail)
{
  presync_probe_add (
      run, presync_fact_new_unknown (key, run->forest->forest, reason, detail, read->origin));
}

static void
presync_probe_kds_add_none (PresyncProbeRun *run, const PresyncProbeRead *read)
{
  presync_probe_add (
      run, presync_fact_new_integer ("forest.kds-root-keys", run->forest->forest, 0, read->origin));
  presync_probe_kds_add_unknown (run, read, "forest.kds-root-key-created",
                                 PRESYNC_UNKNOWN_NOT_OFFERED,
                                 _ ("The forest has no KDS root key."));
}

static void
presync_probe_kds_add_hidden (PresyncProbeRun *run, const PresyncProbeRead *read)
{
  const char *target = presync_directory_get_target (run->directory);
  g_autofree char *detail = NULL;

  if (PRESYNC_IS_LDIF_DIRECTORY (run->directory))
    detail = g_strdup_printf (
        _ ("The snapshot “%s” holds no KDS root key, but it would hold one only if an Enterprise "
           "Admin or a Domain Admin of the root domain had recorded it."),
        target);
  else
    detail = g_strdup_printf (
        _ ("%s shows no KDS root key, but it would show one only to Enterprise Admins and to "
           "Domain Admins of the root domain; sign in as one of them."),
        target);

  presync_probe_kds_add_unknown (run, read, "forest.kds-root-keys", PRESYNC_UNKNOWN_NO_RIGHT,
                                 detail);
  presync_probe_kds_add_unknown (run, read, "forest.kds-root-key-created", PRESYNC_UNKNOWN_NO_RIGHT,
                                 detail);
}

/* When the oldest key may be used, as far as the entries tell; (transfer full) (nullable) */
static GDateTime *
presync_probe_kds_dup_oldest (const PresyncProbeRead *read)
{
  g_autoptr (GDateTime) oldest = NULL;

  for (guint i = 0; i < read->entries->len; i++)
    {
      PresyncEntry *entry = g_ptr_array_index (read->entries, i);
      g_autoptr (GDateTime) start = presync_entry_dup_time (entry, "msKds-UseStartTime");

      if (start == NULL)
        start = presync_entry_dup_time (entry, "whenCreated");
      if (start == NULL || (oldest != NULL && g_date_time_compare (start, oldest) >= 0))
        continue;
      g_clear_pointer (&oldest, g_date_time_unref);
      oldest = g_steal_pointer (&start);
    }
  return g_steal_pointer (&oldest);
}

static void
presync_probe_kds_add_keys (PresyncProbeRun *run, const PresyncProbeRead *read)
{
  g_autoptr (GDateTime) oldest = presync_probe_kds_dup_oldest (read);
  const char *key = "forest.kds-root-key-created";

  presync_probe_add (run, presync_fact_new_integer ("forest.kds-root-keys", run->forest->forest,
                                                    read->count, read->origin));
  if (oldest == NULL)
    presync_probe_add_hidden (run, read, key, run->forest->forest, "msKds-UseStartTime",
                              presync_entry_get_dn (presync_probe_read_first (read)));
  else
    presync_probe_add (run, presync_fact_new_time (key, run->forest->forest, oldest, read->origin));
}

/* Nothing came: is nothing there? */
static gboolean
presync_probe_kds_add_empty (PresyncProbeRun *run, const PresyncProbeRead *read,
                             const char *domain_sid, GError **error)
{
  g_autoptr (PresyncProbeRead) services = NULL;

  if (!presync_probe_kds_sees_keys (run->forest, domain_sid))
    {
      presync_probe_kds_add_hidden (run, read);
      return TRUE;
    }
  if (!read->missing)
    {
      presync_probe_kds_add_none (run, read);
      return TRUE;
    }
  /* The container is made with the first controller of Windows Server 2012. */
  services = presync_probe_read (run, &services_query, error);
  if (services == NULL)
    return FALSE;
  if (services->entries->len > 0)
    presync_probe_kds_add_none (run, read);
  else
    presync_probe_kds_add_hidden (run, services);
  return TRUE;
}

gboolean
presync_probe_kds (PresyncProbeRun *run, GError **error)
{
  static const char *const keys[] = { "forest.kds-root-keys", "forest.kds-root-key-created", NULL };
  g_autoptr (PresyncProbeRead) read = presync_probe_read (run, &keys_query, error);
  g_autoptr (PresyncProbeRead) domain = NULL;
  g_autofree char *domain_sid = NULL;
  PresyncEntry *head;
  GPtrArray *sids = NULL;

  if (read == NULL)
    return FALSE;
  domain = presync_probe_read (run, &domain_query, error);
  if (domain == NULL)
    return FALSE;
  head = presync_probe_read_first (domain);
  if (head != NULL)
    sids = presync_entry_get_values (head, "objectSid");
  if (sids != NULL)
    domain_sid = presync_sid_dup_text (g_ptr_array_index (sids, 0));
  if (read->entries->len > 0)
    presync_probe_kds_add_keys (run, read);
  else if (read->reason != PRESYNC_UNKNOWN_NONE && !read->missing)
    presync_probe_add_failed (run, read, run->forest->forest, keys);
  else if (!read->missing && !read->complete)
    for (guint i = 0; keys[i] != NULL; i++)
      presync_probe_add_hidden (run, read, keys[i], run->forest->forest, "cn", read->base);
  else
    return presync_probe_kds_add_empty (run, read, domain_sid, error);
  return TRUE;
}
