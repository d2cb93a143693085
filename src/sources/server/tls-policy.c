/* SPDX-License-Identifier: GPL-3.0-or-later */
/* TLS 1.2 by the registry: Microsoft, "TLS 1.2 enforcement" of Entra Connect, and "Transport Layer
 * Security (TLS) registry settings". */
#include "sources/server/report-items.h"

#include <glib/gi18n.h>

/* Windows Server 2012: on by default from here on */
#define FIRST_BUILD_WITH_TLS12 9200

static const struct
{
  const char *title;
  const char *path;
  gint64 documented;
} values[] = {
  { "SCHANNEL client Enabled", "tls12.client.enabled", 1 },
  { "SCHANNEL client DisabledByDefault", "tls12.client.disabledByDefault", 0 },
  { "SCHANNEL server Enabled", "tls12.server.enabled", 1 },
  { "SCHANNEL server DisabledByDefault", "tls12.server.disabledByDefault", 0 },
  { ".NET 64-bit SchUseStrongCrypto", "tls12.dotnet64.schUseStrongCrypto", 1 },
  { ".NET 64-bit SystemDefaultTlsVersions", "tls12.dotnet64.systemDefaultTlsVersions", 1 },
  { ".NET 32-bit SchUseStrongCrypto", "tls12.dotnet32.schUseStrongCrypto", 1 },
  { ".NET 32-bit SystemDefaultTlsVersions", "tls12.dotnet32.systemDefaultTlsVersions", 1 },
};

/* Enabled 0, or DisabledByDefault anything else, switches it off for programs that let Windows
 * choose, as the sync software does. What is not set is as the version of Windows has it. */
static void
presync_tls_policy_add_protocol (PresyncReportItems *self, const char *key, const char *query,
                                 const char *enabled_path, const char *disabled_path)
{
  PresyncReading enabled = presync_facts_report_read (self->report, enabled_path);
  PresyncReading disabled = presync_facts_report_read (self->report, disabled_path);
  PresyncReading build = presync_facts_report_read (self->report, "system.build");
  gint64 on = 1, off = 0, number = 0;
  gboolean both_set = presync_reading_get_integer (&enabled, &on);

  both_set = presync_reading_get_integer (&disabled, &off) && both_set;
  if (on == 0 || off != 0)
    presync_report_items_add_boolean (self, key, query, FALSE);
  else if (presync_reading_is_unknown (&enabled))
    presync_report_items_add_unread (self, key, query, &enabled);
  else if (presync_reading_is_unknown (&disabled))
    presync_report_items_add_unread (self, key, query, &disabled);
  else if (!both_set && !presync_reading_get_integer (&build, &number))
    presync_report_items_add_unread (self, key, query, &build);
  else
    presync_report_items_add_boolean (self, key, query,
                                      both_set || number >= FIRST_BUILD_WITH_TLS12);
}

/* Programs for .NET Framework 4.6 and later use strong protocols unless they are told not to. */
static void
presync_tls_policy_add_dotnet (PresyncReportItems *self)
{
  const char *key = "server.tls12-dotnet";
  const char *query = "tls12.dotnet64.schUseStrongCrypto, tls12.dotnet32.schUseStrongCrypto";
  PresyncReading hives[]
      = { presync_facts_report_read (self->report, "tls12.dotnet64.schUseStrongCrypto"),
          presync_facts_report_read (self->report, "tls12.dotnet32.schUseStrongCrypto") };
  const PresyncReading *unread = NULL;
  gint64 strong;

  for (guint i = 0; i < G_N_ELEMENTS (hives); i++)
    if (presync_reading_is_unknown (&hives[i]))
      unread = unread != NULL ? unread : &hives[i];
    else if (presync_reading_get_integer (&hives[i], &strong) && strong == 0)
      {
        presync_report_items_add_boolean (self, key, query, FALSE);
        return;
      }
  if (unread != NULL)
    presync_report_items_add_unread (self, key, query, unread);
  else
    presync_report_items_add_boolean (self, key, query, TRUE);
}

/* (transfer full): for people */
static char *
presync_tls_policy_describe (guint i, const PresyncReading *reading)
{
  gint64 value;

  /* 0xFFFFFFFF, which means "on" too, is -1 to PowerShell. */
  if (presync_reading_get_integer (reading, &value))
    return g_strdup_printf ("%s: %u", values[i].title, (guint32) value);
  return g_strdup_printf ("%s: %s", values[i].title,
                          presync_reading_is_unknown (reading) ? _ ("could not be read")
                                                               : _ ("not set"));
}

static void
presync_tls_policy_add_values (PresyncReportItems *self)
{
  const char *explicit_key = "server.tls12-explicit";
  g_autoptr (GPtrArray) lines = g_ptr_array_new_with_free_func (g_free);
  PresyncReading unread = { 0 };
  guint n_unread = 0;
  gboolean documented = TRUE;

  for (guint i = 0; i < G_N_ELEMENTS (values); i++)
    {
      PresyncReading reading = presync_facts_report_read (self->report, values[i].path);
      gint64 value;

      g_ptr_array_add (lines, presync_tls_policy_describe (i, &reading));
      if (presync_reading_is_unknown (&reading))
        unread = n_unread++ == 0 ? reading : unread;
      else if (!presync_reading_get_integer (&reading, &value) || value != values[i].documented)
        documented = FALSE;
    }
  if (!documented || n_unread == 0)
    presync_report_items_add_boolean (self, explicit_key, "tls12", documented);
  else
    presync_report_items_add_unread (self, explicit_key, "tls12", &unread);
  if (n_unread == G_N_ELEMENTS (values))
    presync_report_items_add_unread (self, "server.tls12-values", "tls12", &unread);
  else
    presync_report_items_add_list (self, "server.tls12-values", "tls12", lines);
}

void
presync_tls_policy_add_facts (PresyncReportItems *self)
{
  presync_tls_policy_add_protocol (self, "server.tls12-client", "tls12.client",
                                   "tls12.client.enabled", "tls12.client.disabledByDefault");
  presync_tls_policy_add_protocol (self, "server.tls12-server", "tls12.server",
                                   "tls12.server.enabled", "tls12.server.disabledByDefault");
  presync_tls_policy_add_dotnet (self);
  presync_tls_policy_add_values (self);
}
