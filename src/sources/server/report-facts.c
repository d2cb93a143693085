/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sources/server/report-items.h"

#include "sources/directory/security-descriptor.h"

#include <string.h>
#include <glib/gi18n.h>

/* What a null means for the fact: a registry value that is not set */
typedef enum
{
  ABSENT_UNKNOWN,
  ABSENT_ZERO,
} PresyncAbsent;

/* Facts that are a reading as it stands */
static const struct
{
  const char *key;
  const char *path;
  PresyncAbsent absent;
} plain[] = {
  { "server.os-build", "system.build", ABSENT_UNKNOWN },
  { "server.os-ubr", "system.ubr", ABSENT_UNKNOWN },
  { "server.sku", "system.sku", ABSENT_UNKNOWN },
  { "server.installation-type", "system.installationType", ABSENT_UNKNOWN },
  { "server.memory", "hardware.memoryBytes", ABSENT_UNKNOWN },
  /* Not even 4.5 is installed. */
  { "server.dotnet-release", "dotnet.release", ABSENT_ZERO },
  { "server.powershell-version", "powershell.version", ABSENT_UNKNOWN },
  { "server.powershell-transcription", "powershell.transcription", ABSENT_ZERO },
  { "server.rsat-powershell", "powershell.activeDirectoryModule", ABSENT_UNKNOWN },
  /* No page of Microsoft confirms the value's place: its absence tells nothing. */
  { "server.ie-esc", "security.ieEscAdministrators", ABSENT_UNKNOWN },
  { "server.ntlm-outgoing", "security.restrictSendingNtlm", ABSENT_ZERO },
  { "server.fips", "security.fips", ABSENT_ZERO },
  { "server.time-offset", "network.timeOffsetMilliseconds", ABSENT_UNKNOWN },
};

/* What may be installed, and the facts that only then make sense */
typedef struct
{
  const char *installed_key;
  const char *version_key;
  const char *exempt_key;
  const char *version_path;
  const char *exempt_path;
} PresyncProgram;

static const PresyncProgram agent
    = { "server.agent-installed", "server.agent-version", "server.fips-exempt-agent",
        "sync.agentVersion", "sync.agentFipsExempt" };
static const PresyncProgram engine
    = { "server.connect-installed", "server.connect-version", "server.fips-exempt-sync",
        "sync.connectVersion", "sync.engineFipsExempt" };

static void
presync_report_facts_add_plain (PresyncReportItems *self, const char *key, const char *path,
                                PresyncAbsent absent)
{
  PresyncReading reading = presync_facts_report_read (self->report, path);
  PresyncFactType type = presync_fact_key_find (key)->type;
  g_autofree char *text = presync_reading_dup_text (&reading);
  gboolean known = reading.state == PRESYNC_READING_VALUE, flag = FALSE;
  gint64 number = 0;

  if (reading.state == PRESYNC_READING_ABSENT && absent == ABSENT_ZERO)
    known = TRUE;
  else if (type == PRESYNC_FACT_BOOLEAN && known
           && json_node_get_value_type (reading.node) == G_TYPE_BOOLEAN)
    number = presync_reading_get_boolean (&reading, &flag) && flag ? 1 : 0;
  else if (type == PRESYNC_FACT_INTEGER || type == PRESYNC_FACT_BOOLEAN)
    known = presync_reading_get_integer (&reading, &number);
  if (!known)
    presync_report_items_add_unread (self, key, path, &reading);
  else if (type == PRESYNC_FACT_BOOLEAN)
    presync_report_items_add_boolean (self, key, path, number != 0);
  else if (type == PRESYNC_FACT_INTEGER)
    presync_report_items_add_integer (self, key, path, number);
  else if (type == PRESYNC_FACT_VERSION)
    presync_report_items_add_version (self, key, path, text);
  else
    presync_report_items_add_text (self, key, path, text);
}

static void
presync_report_facts_add_domain (PresyncReportItems *self)
{
  PresyncReading part = presync_facts_report_read (self->report, "computer.partOfDomain");
  PresyncReading role = presync_facts_report_read (self->report, "computer.domainRole");
  PresyncReading domain = presync_facts_report_read (self->report, "computer.domain");
  g_autofree char *name = presync_reading_dup_text (&domain);
  g_autofree char *detail = NULL;
  gint64 number = 0;
  /* Win32_ComputerSystem.DomainRole: 0 and 2 are in no domain, 4 and 5 are domain controllers */
  gboolean has_role = presync_reading_get_integer (&role, &number), joined = FALSE;
  gboolean known = presync_reading_get_boolean (&part, &joined);

  if (!known && has_role)
    joined = number != 0 && number != 2;
  if (known || has_role)
    presync_report_items_add_boolean (self, "server.domain-joined",
                                      "computer.partOfDomain, computer.domainRole", joined);
  else
    presync_report_items_add_unread (self, "server.domain-joined", "computer.partOfDomain", &part);
  if (has_role)
    presync_report_items_add_boolean (self, "server.domain-controller", "computer.domainRole",
                                      number >= 4);
  else
    presync_report_items_add_unread (self, "server.domain-controller", "computer.domainRole",
                                     &role);
  if ((known || has_role) && !joined)
    {
      detail = g_strdup_printf (_ ("%s is in no domain."),
                                presync_facts_report_get_name (self->report));
      presync_report_items_add_unknown (self, "server.domain", "computer.domain",
                                        PRESYNC_UNKNOWN_NOT_OFFERED, detail);
    }
  else if (name == NULL)
    presync_report_items_add_unread (self, "server.domain", "computer.domain", &domain);
  else
    presync_report_items_add_text (self, "server.domain", "computer.domain", name);
}

/* The name as Active Directory has it: without the maker, and the blank that some versions end with
 */
static void
presync_report_facts_add_system (PresyncReportItems *self)
{
  const char *dns_name = presync_facts_report_get_dns_name (self->report);
  PresyncReading caption = presync_facts_report_read (self->report, "system.caption");
  g_autofree char *text = presync_reading_dup_text (&caption);
  g_autoptr (PresyncOrigin) origin = presync_report_items_dup_origin (self, "collected");
  PresyncReading reading;
  gboolean is_server;

  g_ptr_array_add (self->facts, presync_fact_new_time (
                                    "server.collected", self->subject,
                                    presync_facts_report_get_collected (self->report), origin));
  presync_report_items_add_text (
      self, "server.name", dns_name != NULL ? "computer.dnsName" : "computer.name",
      dns_name != NULL ? dns_name : presync_facts_report_get_name (self->report));
  if (text == NULL)
    presync_report_items_add_unread (self, "server.os", "system.caption", &caption);
  else
    presync_report_items_add_text (
        self, "server.os", "system.caption",
        g_strstrip (text) + (g_str_has_prefix (text, "Microsoft ") ? strlen ("Microsoft ") : 0));
  if (presync_report_items_is_server (self, &is_server, &reading))
    presync_report_items_add_boolean (self, "server.os-is-server",
                                      "system.productType, system.caption", is_server);
  else
    presync_report_items_add_unread (self, "server.os-is-server", "system.productType", &reading);
}

static void
presync_report_facts_add_processors (PresyncReportItems *self)
{
  const char *path = "hardware.processors";
  PresyncReading processors = presync_facts_report_read (self->report, path);
  JsonArray *array = presync_reading_get_array (&processors);
  guint n = array != NULL ? json_array_get_length (array) : 0;
  gint64 slowest = G_MAXINT64, clock;

  if (n == 0)
    {
      presync_report_items_add_unread (self, "server.cpu", path, &processors);
      presync_report_items_add_unread (self, "server.cpu-mhz", path, &processors);
      return;
    }
  for (guint i = 0; i < n; i++)
    {
      JsonNode *node = json_array_get_element (array, i);
      PresyncReading name = presync_reading_get_member (node, "name");
      PresyncReading mhz = presync_reading_get_member (node, "maxClockMHz");
      g_autofree char *text = presync_reading_dup_text (&name);

      name.path = "hardware.processors[0].name";
      mhz.path = "hardware.processors[].maxClockMHz";
      if (i == 0 && text != NULL)
        presync_report_items_add_text (self, "server.cpu", name.path, g_strstrip (text));
      else if (i == 0)
        presync_report_items_add_unread (self, "server.cpu", name.path, &name);
      if (!presync_reading_get_integer (&mhz, &clock))
        {
          presync_report_items_add_unread (self, "server.cpu-mhz", mhz.path, &mhz);
          slowest = -1;
        }
      else if (slowest >= 0)
        slowest = MIN (slowest, clock);
      if (slowest < 0)
        break;
    }
  if (slowest == 0)
    presync_report_items_add_malformed (self, "server.cpu-mhz",
                                        "hardware.processors[].maxClockMHz");
  else if (slowest > 0)
    presync_report_items_add_integer (self, "server.cpu-mhz", "hardware.processors[].maxClockMHz",
                                      slowest);
}

static void
presync_report_facts_add_disk_number (PresyncReportItems *self, const char *key, JsonNode *disk,
                                      const char *name, const char *query)
{
  PresyncReading reading = presync_reading_get_member (disk, name);
  gint64 value;

  reading.path = query;
  if (presync_reading_get_integer (&reading, &value))
    presync_report_items_add_integer (self, key, query, value);
  else
    presync_report_items_add_unread (self, key, query, &reading);
}

static void
presync_report_facts_add_disk (PresyncReportItems *self)
{
  PresyncReading disks = presync_facts_report_read (self->report, "hardware.disks");
  JsonArray *array = presync_reading_get_array (&disks);

  for (guint i = 0; array != NULL && i < json_array_get_length (array); i++)
    {
      JsonNode *disk = json_array_get_element (array, i);
      PresyncReading reading = presync_reading_get_member (disk, "system");
      g_autofree char *size = g_strdup_printf ("hardware.disks[%u].sizeBytes", i);
      g_autofree char *unused = g_strdup_printf ("hardware.disks[%u].freeBytes", i);
      gboolean system;

      if (!presync_reading_get_boolean (&reading, &system) || !system)
        continue;
      presync_report_facts_add_disk_number (self, "server.disk-size", disk, "sizeBytes", size);
      presync_report_facts_add_disk_number (self, "server.disk-free", disk, "freeBytes", unused);
      return;
    }
  presync_report_items_add_unread (self, "server.disk-size", "hardware.disks", &disks);
  presync_report_items_add_unread (self, "server.disk-free", "hardware.disks", &disks);
}

static void
presync_report_facts_add_tpm (PresyncReportItems *self)
{
  static const char *const paths[]
      = { "hardware.tpm.present", "hardware.tpm.enabled", "hardware.tpm.activated" };
  PresyncReading present = presync_facts_report_read (self->report, paths[0]);
  PresyncReading version = presync_facts_report_read (self->report, "hardware.tpm.specVersion");
  g_autofree char *text = presync_reading_dup_text (&version);
  PresyncReading unread = { 0 };
  gboolean flag, ready = TRUE, known = TRUE;
  gboolean none = present.state == PRESYNC_READING_ABSENT
                  || (presync_reading_get_boolean (&present, &flag) && !flag);

  for (guint i = 0; i < G_N_ELEMENTS (paths) && !none; i++)
    {
      PresyncReading reading = presync_facts_report_read (self->report, paths[i]);

      if (presync_reading_get_boolean (&reading, &flag))
        ready = ready && flag;
      else if (known)
        {
          unread = reading;
          known = FALSE;
        }
    }
  if (none || !ready || known)
    presync_report_items_add_boolean (self, "server.tpm", "hardware.tpm", !none && ready);
  else
    presync_report_items_add_unread (self, "server.tpm", "hardware.tpm", &unread);
  if (none)
    {
      g_autofree char *detail = g_strdup_printf (_ ("%s has no Trusted Platform Module."),
                                                 presync_facts_report_get_name (self->report));
      presync_report_items_add_unknown (self, "server.tpm-version", version.path,
                                        PRESYNC_UNKNOWN_NOT_OFFERED, detail);
    }
  else if (text == NULL)
    presync_report_items_add_unread (self, "server.tpm-version", version.path, &version);
  else
    {
      /* "2.0, 0, 1.38": specification, level, revision */
      text[strcspn (text, ",")] = '\0';
      presync_report_items_add_version (self, "server.tpm-version", version.path,
                                        g_strstrip (text));
    }
}

static void
presync_report_facts_add_vault (PresyncReportItems *self)
{
  const char *key = "server.credential-manager";
  PresyncReading start = presync_facts_report_read (self->report, "services.VaultSvc.start");
  gint64 value = 4; /* SERVICE_DISABLED */

  if (presync_reading_is_unknown (&start))
    presync_report_items_add_unread (self, key, start.path, &start);
  else
    presync_report_items_add_boolean (self, key, start.path,
                                      presync_reading_get_integer (&start, &value) && value != 4);
}

/* (transfer full) (nullable): glib's decoder skips what it does not know */
static GBytes *
presync_report_facts_dup_base64 (const char *text)
{
  static const char alphabet[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  gsize plain_length = strspn (text, alphabet), length = strlen (text), size = 0;
  guchar *data;

  if (length % 4 != 0 || length - plain_length > 2
      || strspn (text + plain_length, "=") != length - plain_length)
    return NULL;
  data = g_base64_decode (text, &size);
  return g_bytes_new_take (data, size);
}

/* Each must exist and be a security descriptor: one that is missing or broken tells enough. */
static void
presync_report_facts_add_dcom (PresyncReportItems *self)
{
  static const char *const paths[]
      = { "security.dcom.machineAccessRestriction", "security.dcom.machineLaunchRestriction",
          "security.dcom.defaultLaunchPermission" };
  const char *key = "server.dcom-descriptors", *malformed = NULL;
  PresyncReading unread = { 0 };
  gboolean good = TRUE, known = TRUE;

  for (guint i = 0; i < G_N_ELEMENTS (paths); i++)
    {
      PresyncReading reading = presync_facts_report_read (self->report, paths[i]);
      g_autoptr (GBytes) value = NULL;
      g_autoptr (PresyncSecurityDescriptor) descriptor = NULL;

      if (presync_reading_is_unknown (&reading))
        {
          unread = known ? reading : unread;
          known = FALSE;
          continue;
        }
      if (reading.state == PRESYNC_READING_VALUE)
        {
          value = presync_report_facts_dup_base64 (json_node_get_string (reading.node));
          if (value == NULL)
            {
              malformed = paths[i];
              continue;
            }
          descriptor = presync_security_descriptor_parse (value, NULL);
        }
      good = good && descriptor != NULL;
    }
  if (!good || (known && malformed == NULL))
    presync_report_items_add_boolean (self, key, "security.dcom", good);
  else if (malformed != NULL)
    presync_report_items_add_malformed (self, key, malformed);
  else
    presync_report_items_add_unread (self, key, "security.dcom", &unread);
}

/* @missing: (transfer full): the sentence that it is not installed */
static void
presync_report_facts_add_program (PresyncReportItems *self, const PresyncProgram *program,
                                  char *missing)
{
  PresyncReading version = presync_facts_report_read (self->report, program->version_path);
  PresyncReading exempt = presync_facts_report_read (self->report, program->exempt_path);
  g_autofree char *text = presync_reading_dup_text (&version);
  g_autofree char *detail = missing;
  gboolean installed = text != NULL, flag;

  if (presync_reading_is_unknown (&version))
    {
      presync_report_items_add_unread (self, program->installed_key, version.path, &version);
      presync_report_items_add_unread (self, program->version_key, version.path, &version);
    }
  else
    {
      presync_report_items_add_boolean (self, program->installed_key, version.path, installed);
      if (installed)
        presync_report_items_add_version (self, program->version_key, version.path, text);
      else
        presync_report_items_add_unknown (self, program->version_key, version.path,
                                          PRESYNC_UNKNOWN_NOT_OFFERED, detail);
    }
  if (presync_reading_get_boolean (&exempt, &flag))
    presync_report_items_add_boolean (self, program->exempt_key, exempt.path, flag);
  else if (version.state == PRESYNC_READING_ABSENT && exempt.state == PRESYNC_READING_ABSENT)
    presync_report_items_add_unknown (self, program->exempt_key, exempt.path,
                                      PRESYNC_UNKNOWN_NOT_OFFERED, detail);
  else
    presync_report_items_add_unread (self, program->exempt_key, exempt.path, &exempt);
}

static void
presync_report_facts_add_programs (PresyncReportItems *self)
{
  const char *name = presync_facts_report_get_name (self->report);

  presync_report_facts_add_program (
      self, &agent, g_strdup_printf (_ ("The provisioning agent is not installed on %s."), name));
  presync_report_facts_add_program (
      self, &engine, g_strdup_printf (_ ("Connect Sync is not installed on %s."), name));
}

GPtrArray *
presync_facts_report_list_facts (PresyncFactsReport *self, const char *subject)
{
  PresyncReportItems items = { self, subject, NULL };

  g_return_val_if_fail (PRESYNC_IS_FACTS_REPORT (self), NULL);
  g_return_val_if_fail (subject != NULL, NULL);
  items.facts = g_ptr_array_new_with_free_func (g_object_unref);
  for (gsize i = 0; i < G_N_ELEMENTS (plain); i++)
    presync_report_facts_add_plain (&items, plain[i].key, plain[i].path, plain[i].absent);
  presync_report_facts_add_system (&items);
  presync_report_facts_add_domain (&items);
  presync_desktop_experience_add_facts (&items);
  presync_report_facts_add_processors (&items);
  presync_report_facts_add_disk (&items);
  presync_report_facts_add_tpm (&items);
  presync_report_facts_add_vault (&items);
  presync_report_facts_add_dcom (&items);
  presync_report_facts_add_programs (&items);
  presync_execution_policy_add_facts (&items);
  presync_tls_policy_add_facts (&items);
  presync_report_lists_add_facts (&items);
  return items.facts;
}

const char *const *
presync_server_fact_keys (void)
{
  static const char *const keys[] = {
    "server.name",
    "server.domain",
    "server.domain-joined",
    "server.domain-controller",
    "server.os",
    "server.os-build",
    "server.os-is-server",
    "server.collected",
    "server.os-ubr",
    "server.sku",
    "server.installation-type",
    "server.desktop-experience",
    "server.memory",
    "server.cpu",
    "server.cpu-mhz",
    "server.disk-size",
    "server.disk-free",
    "server.dotnet-release",
    "server.execution-policy",
    "server.execution-policy-documented",
    "server.execution-policy-scopes",
    "server.powershell-version",
    "server.powershell-transcription",
    "server.tls12-client",
    "server.tls12-server",
    "server.tls12-dotnet",
    "server.tls12-explicit",
    "server.tls12-values",
    "server.credential-manager",
    "server.ie-esc",
    "server.rsat-powershell",
    "server.ntlm-outgoing",
    "server.fips",
    "server.fips-exempt-agent",
    "server.fips-exempt-sync",
    "server.dcom-descriptors",
    "server.tpm",
    "server.tpm-version",
    "server.agent-installed",
    "server.agent-version",
    "server.connect-installed",
    "server.connect-version",
    "server.software",
    "server.sql-drivers",
    "server.local-administrator-sids",
    "server.local-administrators",
    "server.proxy-configured",
    "server.time-offset",
    NULL,
  };

  return keys;
}
