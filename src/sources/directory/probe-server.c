/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sources/directory/probe-read.h"

#include "sources/directory/dn.h"

#include <string.h>
#include <glib/gi18n.h>

/* userAccountControl, [MS-ADTS] 2.2.16 */
#define ACCOUNT_DISABLED 0x2
#define ACCOUNT_MEMBER 0x1000
#define ACCOUNT_CONTROLLER 0x2000
#define ACCOUNT_PARTIAL_SECRETS 0x04000000

/* By full name, or by account name; the category leaves out gMSAs, which may carry a computer's
 * host name. The controller's own object comes along: if not even that does, nothing may be said
 * about the absence of the other. The LAPS attributes are not in every schema; a server ignores
 * names that it does not know. */
static const PresyncProbeQuery server_query = {
  PRESYNC_BASE_DOMAIN,
  NULL,
  PRESYNC_SCOPE_SUBTREE,
  "(&(objectCategory=computer)(|(dNSHostName=@SERVER@)(sAMAccountName=@SERVER-SHORT@$)"
  "(dNSHostName=@CONTROLLER@)))",
  { "objectClass", "cn", "sAMAccountName", "dNSHostName", "userAccountControl", "operatingSystem",
    "operatingSystemVersion", "msLAPS-PasswordExpirationTime", "ms-Mcs-AdmPwdExpirationTime",
    NULL },
  0,
};

/* What only the object itself can tell */
static const char *const object_keys[] = { "server.name",
                                           "server.domain",
                                           "server.domain-controller",
                                           "server.os",
                                           "server.os-build",
                                           "server.os-is-server",
                                           "server.laps",
                                           NULL };
static const char *const all_keys[] = { "server.in-directory",
                                        "server.domain-joined",
                                        "server.name",
                                        "server.domain",
                                        "server.domain-controller",
                                        "server.os",
                                        "server.os-build",
                                        "server.os-is-server",
                                        "server.laps",
                                        NULL };

gboolean
presync_probe_is_computer (const PresyncProbeRun *run, const PresyncEntry *entry, const char *name)
{
  const char *dot = strchr (name, '.');
  g_autofree char *host = presync_entry_dup_text (entry, "dNSHostName");
  g_autofree char *label = g_strndup (name, strcspn (name, "."));
  g_autofree char *account = g_strconcat (label, "$", NULL);

  if (host != NULL && g_ascii_strcasecmp (host, name) == 0)
    return TRUE;
  if (dot != NULL && (host != NULL || g_ascii_strcasecmp (dot + 1, run->forest->domain) != 0))
    return FALSE;
  return presync_entry_has_text (entry, "sAMAccountName", account);
}

gboolean
presync_probe_is_disabled (const PresyncEntry *entry)
{
  gint64 flags;

  return presync_entry_get_integer (entry, "userAccountControl", &flags)
         && (flags & ACCOUNT_DISABLED) != 0;
}

/* (nullable): the server's object, an enabled one if there are several; *@others: does another
 * computer show itself? */
static PresyncEntry *
presync_probe_server_find (const PresyncProbeRun *run, const PresyncProbeRead *read,
                           gboolean *others)
{
  PresyncEntry *found = NULL;

  *others = FALSE;
  for (guint i = 0; i < read->entries->len; i++)
    {
      PresyncEntry *entry = g_ptr_array_index (read->entries, i);

      if (!presync_probe_is_computer (run, entry, run->sync_server))
        *others = TRUE;
      else if (found == NULL || presync_probe_is_disabled (found))
        found = entry;
    }
  return found;
}

static void
presync_probe_server_add_boolean (PresyncProbeRun *run, const PresyncProbeRead *read,
                                  const char *key, gboolean value)
{
  presync_probe_add (run, presync_fact_new_boolean (key, run->sync_server, value, read->origin));
}

static void
presync_probe_server_add_unknown (PresyncProbeRun *run, const PresyncProbeRead *read,
                                  const char *const *keys, const char *detail)
{
  for (guint i = 0; keys[i] != NULL; i++)
    presync_probe_add (run, presync_fact_new_unknown (keys[i], run->sync_server,
                                                      PRESYNC_UNKNOWN_NOT_OFFERED, detail,
                                                      read->origin));
}

gboolean
presync_probe_is_elsewhere (const PresyncProbeRun *run, const char *name)
{
  const char *dot = strchr (name, '.');

  return dot != NULL && g_ascii_strcasecmp (dot + 1, run->forest->domain) != 0;
}

static void
presync_probe_server_add_missing (PresyncProbeRun *run, const PresyncProbeRead *read,
                                  gboolean others)
{
  g_autofree char *detail = NULL;

  if (!others || !read->complete)
    {
      for (guint i = 0; all_keys[i] != NULL; i++)
        presync_probe_add_hidden (run, read, all_keys[i], run->sync_server, "computer", read->base);
      return;
    }
  if (presync_probe_is_elsewhere (run, run->sync_server))
    {
      detail = g_strdup_printf (_ ("The domain %s has no computer “%s”; other domains were not "
                                   "read."),
                                run->forest->domain, run->sync_server);
      presync_probe_server_add_unknown (run, read, all_keys, detail);
      return;
    }
  detail = g_strdup_printf (_ ("The domain %s has no computer object for “%s”."),
                            run->forest->domain, run->sync_server);
  presync_probe_server_add_boolean (run, read, "server.in-directory", FALSE);
  presync_probe_server_add_boolean (run, read, "server.domain-joined", FALSE);
  presync_probe_server_add_unknown (run, read, object_keys, detail);
}

static void
presync_probe_server_add_account (PresyncProbeRun *run, const PresyncProbeRead *read,
                                  const PresyncEntry *entry)
{
  gint64 flags;
  gboolean controller;

  if (!presync_entry_get_integer (entry, "userAccountControl", &flags))
    {
      presync_probe_add_hidden (run, read, "server.domain-joined", run->sync_server,
                                "userAccountControl", presync_entry_get_dn (entry));
      presync_probe_add_hidden (run, read, "server.domain-controller", run->sync_server,
                                "userAccountControl", presync_entry_get_dn (entry));
      return;
    }
  controller = (flags & (ACCOUNT_CONTROLLER | ACCOUNT_PARTIAL_SECRETS)) != 0;
  presync_probe_server_add_boolean (run, read, "server.domain-joined",
                                    (flags & ACCOUNT_DISABLED) == 0
                                        && (controller || (flags & ACCOUNT_MEMBER) != 0));
  presync_probe_server_add_boolean (run, read, "server.domain-controller", controller);
}

/* An object that never joined has no host name. */
static void
presync_probe_server_add_names (PresyncProbeRun *run, const PresyncProbeRead *read,
                                const PresyncEntry *entry)
{
  const char *dn = presync_entry_get_dn (entry);
  g_autofree char *host = presync_entry_dup_text (entry, "dNSHostName");
  g_autofree char *name = presync_entry_dup_text (entry, "cn");

  if (host == NULL && name == NULL)
    presync_probe_add_hidden (run, read, "server.name", run->sync_server, "dNSHostName", dn);
  else
    presync_probe_add (run, presync_fact_new_text ("server.name", run->sync_server,
                                                   host != NULL ? host : name, read->origin));
  presync_probe_add (run, presync_fact_new_text ("server.domain", run->sync_server,
                                                 run->forest->domain, read->origin));
}

static void
presync_probe_server_add_system (PresyncProbeRun *run, const PresyncProbeRead *read,
                                 const PresyncEntry *entry)
{
  const char *dn = presync_entry_get_dn (entry);
  g_autofree char *system = presync_entry_dup_text (entry, "operatingSystem");
  g_autofree char *version = presync_entry_dup_text (entry, "operatingSystemVersion");
  gint64 build;

  if (system == NULL)
    {
      presync_probe_add_hidden (run, read, "server.os", run->sync_server, "operatingSystem", dn);
      presync_probe_add_hidden (run, read, "server.os-is-server", run->sync_server,
                                "operatingSystem", dn);
    }
  else
    {
      presync_probe_add (
          run, presync_fact_new_text ("server.os", run->sync_server, system, read->origin));
      presync_probe_server_add_boolean (run, read, "server.os-is-server",
                                        strstr (system, "Windows") != NULL
                                            && strstr (system, "Server") != NULL);
    }
  if (version == NULL)
    presync_probe_add_hidden (run, read, "server.os-build", run->sync_server,
                              "operatingSystemVersion", dn);
  else if (!presync_probe_parse_build (version, &build))
    presync_probe_add_malformed (run, read, "server.os-build", run->sync_server,
                                 "operatingSystemVersion", dn);
  else
    presync_probe_add (
        run, presync_fact_new_integer ("server.os-build", run->sync_server, build, read->origin));
}

/* The expiry of a LAPS password, Windows' own or the older add-on's, may be read by everybody who
 * may read the object; of an object that hides its class nothing can be said. */
static void
presync_probe_server_add_laps (PresyncProbeRun *run, const PresyncProbeRead *read,
                               const PresyncEntry *entry)
{
  gboolean laps = presync_entry_get_values (entry, "msLAPS-PasswordExpirationTime") != NULL
                  || presync_entry_get_values (entry, "ms-Mcs-AdmPwdExpirationTime") != NULL;

  if (laps || presync_entry_get_values (entry, "userAccountControl") != NULL)
    presync_probe_server_add_boolean (run, read, "server.laps", laps);
  else
    presync_probe_add_hidden (run, read, "server.laps", run->sync_server,
                              "msLAPS-PasswordExpirationTime", presync_entry_get_dn (entry));
}

gboolean
presync_probe_server (PresyncProbeRun *run, GError **error)
{
  g_autoptr (PresyncProbeRead) read = NULL;
  PresyncEntry *entry;
  gboolean others;

  if (run->sync_server == NULL || run->sync_server[0] == '\0')
    return TRUE; /* nobody to say anything about */
  read = presync_probe_read (run, &server_query, error);
  if (read == NULL)
    return FALSE;
  if (g_hostname_is_ip_address (run->sync_server))
    {
      presync_probe_server_add_unknown (
          run, read, all_keys,
          _ ("A directory knows computers by name; name the sync server, not its address."));
      return TRUE;
    }
  entry = presync_probe_server_find (run, read, &others);
  if (entry == NULL)
    {
      presync_probe_server_add_missing (run, read, others);
      return TRUE;
    }
  presync_probe_server_add_boolean (run, read, "server.in-directory", TRUE);
  presync_probe_server_add_names (run, read, entry);
  presync_probe_server_add_account (run, read, entry);
  presync_probe_server_add_system (run, read, entry);
  presync_probe_server_add_laps (run, read, entry);
  return TRUE;
}
