/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "facts/access-text.h"
#include "facts/cloud-title.h"
#include "facts/fact.h"

#include <string.h>
#include <glib/gi18n.h>

/* Microsoft, "Server memory configuration options": max server memory is 2147483647 MB by default.
 */
#define NO_MEMORY_LIMIT (G_GINT64_CONSTANT (2147483647) * 1024 * 1024)
/* A list is shown with so many of its members; the rest is counted. */
#define SHOWN_MEMBERS 4

typedef struct
{
  gint64 value;
  const char *name;
} PresyncNamedValue;

/* Functional levels: [MS-ADTS] 6.1.4; 10 is DS_BEHAVIOR_WIN2025 of the SDK's ntdsapi.h. */
static const PresyncNamedValue levels[] = {
  { 0, "Windows 2000" },           { 1, "Windows Server 2003 interim" },
  { 2, "Windows Server 2003" },    { 3, "Windows Server 2008" },
  { 4, "Windows Server 2008 R2" }, { 5, "Windows Server 2012" },
  { 6, "Windows Server 2012 R2" }, { 7, "Windows Server 2016" },
  { 10, "Windows Server 2025" },
};

/* objectVersion of the schema: Microsoft, "Find the current Schema Version". */
static const PresyncNamedValue schemas[] = {
  { 30, "Windows Server 2003" }, { 31, "Windows Server 2003 R2" },
  { 44, "Windows Server 2008" }, { 47, "Windows Server 2008 R2" },
  { 56, "Windows Server 2012" }, { 69, "Windows Server 2012 R2" },
  { 87, "Windows Server 2016" }, { 88, "Windows Server 2019" },
  { 91, "Windows Server 2025" },
};

/* Builds of Windows Server: Microsoft, "Windows Server release information". */
static const PresyncNamedValue builds[] = {
  { 3790, "Windows Server 2003" },    { 6003, "Windows Server 2008" },
  { 7601, "Windows Server 2008 R2" }, { 9200, "Windows Server 2012" },
  { 9600, "Windows Server 2012 R2" }, { 14393, "Windows Server 2016" },
  { 17763, "Windows Server 2019" },   { 20348, "Windows Server 2022" },
  { 26100, "Windows Server 2025" },
};

/* Smallest .NET Framework Release of each version: Microsoft, "Determine which .NET Framework
 * versions are installed". */
static const PresyncNamedValue dotnets[] = {
  { 378389, "4.5" },   { 378675, "4.5.1" }, { 379893, "4.5.2" }, { 393295, "4.6" },
  { 394254, "4.6.1" }, { 394802, "4.6.2" }, { 460798, "4.7" },   { 461308, "4.7.1" },
  { 461808, "4.7.2" }, { 528040, "4.8" },   { 533320, "4.8.1" },
};

/* Editions of Windows Server, as Win32_OperatingSystem.OperatingSystemSKU numbers them: Microsoft,
 * "GetProductInfo function". */
static const PresyncNamedValue skus[] = {
  { 7, "Standard" },
  { 8, "Datacenter" },
  { 9, "Small Business Server" },
  { 10, "Enterprise" },
  { 12, "Datacenter Core" },
  { 13, "Standard Core" },
  { 14, "Enterprise Core" },
  { 25, "Small Business Server Premium" },
  { 36, "Standard without Hyper-V" },
  { 37, "Datacenter without Hyper-V" },
  { 50, "Essentials" },
  { 63, "Small Business Server Premium Core" },
  { 147, "Datacenter Core" },
  { 148, "Standard Core" },
  { 407, "Datacenter: Azure Edition" },
};

/* Major versions of SQL Server: Microsoft, "Latest updates for SQL Server". */
static const PresyncNamedValue sql_versions[] = {
  { 10, "SQL Server 2008" }, { 11, "SQL Server 2012" }, { 12, "SQL Server 2014" },
  { 13, "SQL Server 2016" }, { 14, "SQL Server 2017" }, { 15, "SQL Server 2019" },
  { 16, "SQL Server 2022" }, { 17, "SQL Server 2025" },
};

/* SERVERPROPERTY ('EngineEdition'): Microsoft, "SERVERPROPERTY (Transact-SQL)". */
static const PresyncNamedValue sql_engines[] = {
  { 2, "Standard" },
  { 3, "Enterprise" },
  { 4, "Express" },
  { 5, "Azure SQL Database" },
  { 6, "Azure Synapse Analytics" },
  { 8, "Azure SQL Managed Instance" },
  { 9, "Azure SQL Edge" },
  { 11, "Azure Synapse serverless" },
};

/* PRESYNC_FORMAT_ACCOUNT_KIND */
static const struct
{
  const char *id;
  const char *title;
} account_kinds[] = {
  { "virtual", N_ ("virtual service account") },
  { "local", N_ ("local account") },
  { "domain", N_ ("domain account") },
  { "smsa", N_ ("standalone managed service account") },
  { "gmsa", N_ ("group managed service account") },
  { "other", N_ ("no service account") },
};

/* "tenantType" of Microsoft Graph's organization: Microsoft, "organization resource type". */
static const struct
{
  const char *id;
  const char *title;
} tenant_kinds[] = {
  /* TRANSLATORS: a tenant for the people of an organization, not for its customers */
  { "AAD", N_ ("Microsoft Entra ID, workforce") },
  { "AAD B2C", N_ ("Azure AD B2C") },
  { "CIAM", N_ ("Microsoft Entra External ID") },
};

static char *
presync_fact_text_number (gint64 value)
{
  return g_strdup_printf ("%'" G_GINT64_FORMAT, value);
}

static char *
presync_fact_text_exact (const PresyncNamedValue *names, gsize n, gint64 value)
{
  for (gsize i = 0; i < n; i++)
    if (names[i].value == value)
      return g_strdup_printf ("%s (%" G_GINT64_FORMAT ")", names[i].name, value);
  return g_strdup_printf ("%" G_GINT64_FORMAT, value);
}

static char *
presync_fact_text_newest_below (const PresyncNamedValue *names, gsize n, gint64 value)
{
  const char *name = NULL;

  for (gsize i = 0; i < n && names[i].value <= value; i++)
    name = names[i].name;
  if (name == NULL)
    return g_strdup_printf ("%" G_GINT64_FORMAT, value);
  return g_strdup_printf ("%s (%" G_GINT64_FORMAT ")", name, value);
}

static char *
presync_fact_text_bytes (gint64 value)
{
  double size = (double) value / (1024.0 * 1024.0 * 1024.0);

  /* Four digits say enough, but never as "1.638e+04": from 1000 GB on, whole ones. */
  if (size >= 1000.0)
    /* TRANSLATORS: memory or disk, binary units as Windows shows them */
    return g_strdup_printf (_ ("%.0f GB"), size);
  /* TRANSLATORS: memory or disk, binary units as Windows shows them */
  return g_strdup_printf (_ ("%.4g GB"), (double) (gint64) (size * 1000.0 + 0.5) / 1000.0);
}

static char *
presync_fact_text_objects (gint64 value)
{
  g_autofree char *number = presync_fact_text_number (value);
  /* TRANSLATORS: %s is the number, with its separators */
  return g_strdup_printf (ngettext ("%s object", "%s objects", (gulong) value), number);
}

static char *
presync_fact_text_keys (gint64 value)
{
  g_autofree char *number = presync_fact_text_number (value);
  if (value == 0)
    return g_strdup (_ ("none"));
  /* TRANSLATORS: KDS root keys; %s is the number */
  return g_strdup_printf (ngettext ("%s key", "%s keys", (gulong) value), number);
}

static char *
presync_fact_text_days (gint64 seconds)
{
  g_autofree char *number = NULL;

  if (seconds % 86400 == 0)
    {
      number = presync_fact_text_number (seconds / 86400);
      /* TRANSLATORS: %s is the number */
      return g_strdup_printf (ngettext ("%s day", "%s days", (gulong) (seconds / 86400)), number);
    }
  if (seconds % 3600 == 0)
    {
      number = presync_fact_text_number (seconds / 3600);
      /* TRANSLATORS: %s is the number */
      return g_strdup_printf (ngettext ("%s hour", "%s hours", (gulong) (seconds / 3600)), number);
    }
  number = presync_fact_text_number (seconds / 60);
  /* TRANSLATORS: %s is the number */
  return g_strdup_printf (ngettext ("%s minute", "%s minutes", (gulong) (seconds / 60)), number);
}

static char *
presync_fact_text_integer (PresyncFactFormat format, gint64 value)
{
  switch (format)
    {
    case PRESYNC_FORMAT_BYTES:
      return presync_fact_text_bytes (value);
    case PRESYNC_FORMAT_MEMORY_LIMIT:
      if (value >= NO_MEMORY_LIMIT)
        return g_strdup (_ ("no limit"));
      return presync_fact_text_bytes (value);
    case PRESYNC_FORMAT_LEVEL:
      return presync_fact_text_exact (levels, G_N_ELEMENTS (levels), value);
    case PRESYNC_FORMAT_SCHEMA:
      return presync_fact_text_exact (schemas, G_N_ELEMENTS (schemas), value);
    case PRESYNC_FORMAT_BUILD:
      return presync_fact_text_exact (builds, G_N_ELEMENTS (builds), value);
    case PRESYNC_FORMAT_DOTNET:
      if (value == 0)
        /* TRANSLATORS: .NET Framework */
        return g_strdup (_ ("not installed"));
      return presync_fact_text_newest_below (dotnets, G_N_ELEMENTS (dotnets), value);
    case PRESYNC_FORMAT_SKU:
      return presync_fact_text_exact (skus, G_N_ELEMENTS (skus), value);
    case PRESYNC_FORMAT_SQL_VERSION:
      return presync_fact_text_exact (sql_versions, G_N_ELEMENTS (sql_versions), value);
    case PRESYNC_FORMAT_SQL_ENGINE:
      return presync_fact_text_exact (sql_engines, G_N_ELEMENTS (sql_engines), value);
    case PRESYNC_FORMAT_NUMBER:
      return g_strdup_printf ("%" G_GINT64_FORMAT, value);
    case PRESYNC_FORMAT_MILLISECONDS:
      /* Three digits say enough, but never as "8.64e+04". */
      if (ABS (value) >= 1000 * 1000)
        /* TRANSLATORS: seconds */
        return g_strdup_printf (_ ("%.0f s"), (double) value / 1000.0);
      /* TRANSLATORS: seconds */
      return g_strdup_printf (_ ("%.3g s"), (double) value / 1000.0);
    case PRESYNC_FORMAT_MHZ:
      /* TRANSLATORS: processor clock */
      return g_strdup_printf (_ ("%.3g GHz"), (double) value / 1000.0);
    case PRESYNC_FORMAT_OBJECTS:
      return presync_fact_text_objects (value);
    case PRESYNC_FORMAT_KEYS:
      return presync_fact_text_keys (value);
    case PRESYNC_FORMAT_DAYS:
      return presync_fact_text_days (value);
    case PRESYNC_FORMAT_PATHS:
    case PRESYNC_FORMAT_RIGHTS:
    case PRESYNC_FORMAT_GAPS:
    case PRESYNC_FORMAT_ACCOUNT_KIND:
    case PRESYNC_FORMAT_CLOUD:
    case PRESYNC_FORMAT_TENANT_KIND:
    case PRESYNC_FORMAT_PLAIN:
    default:
      return presync_fact_text_number (value);
    }
}

static char *
presync_fact_text_none (PresyncFactFormat format)
{
  if (format == PRESYNC_FORMAT_RIGHTS)
    /* TRANSLATORS: a right of an account: nothing of it is missing */
    return g_strdup (_ ("granted"));
  if (format == PRESYNC_FORMAT_GAPS)
    /* TRANSLATORS: a right of an account arrives at all objects */
    return g_strdup (_ ("everywhere"));
  /* TRANSLATORS: an empty list */
  return g_strdup (_ ("none"));
}

static char *
presync_fact_text_member (PresyncFactFormat format, const char *member)
{
  switch (format)
    {
    case PRESYNC_FORMAT_PATHS:
      return presync_access_path_describe (member);
    case PRESYNC_FORMAT_RIGHTS:
      return presync_access_lack_describe (member);
    case PRESYNC_FORMAT_GAPS:
      return presync_access_gap_describe (member);
    case PRESYNC_FORMAT_PLAIN:
    case PRESYNC_FORMAT_BYTES:
    case PRESYNC_FORMAT_MEMORY_LIMIT:
    case PRESYNC_FORMAT_LEVEL:
    case PRESYNC_FORMAT_SCHEMA:
    case PRESYNC_FORMAT_BUILD:
    case PRESYNC_FORMAT_DOTNET:
    case PRESYNC_FORMAT_MHZ:
    case PRESYNC_FORMAT_OBJECTS:
    case PRESYNC_FORMAT_KEYS:
    case PRESYNC_FORMAT_DAYS:
    case PRESYNC_FORMAT_ACCOUNT_KIND:
    case PRESYNC_FORMAT_NUMBER:
    case PRESYNC_FORMAT_SKU:
    case PRESYNC_FORMAT_SQL_VERSION:
    case PRESYNC_FORMAT_SQL_ENGINE:
    case PRESYNC_FORMAT_CLOUD:
    case PRESYNC_FORMAT_TENANT_KIND:
    case PRESYNC_FORMAT_MILLISECONDS:
    default:
      return g_strdup (member);
    }
}

static char *
presync_fact_text_list (PresyncFactFormat format, const char *const *list)
{
  guint n = g_strv_length ((char **) list);
  /* Members with commas of their own */
  gboolean long_ones = format == PRESYNC_FORMAT_PATHS || format == PRESYNC_FORMAT_GAPS;
  g_autoptr (GString) text = g_string_new (NULL);

  if (n == 0)
    return presync_fact_text_none (format);
  for (guint i = 0; i < MIN (n, SHOWN_MEMBERS); i++)
    {
      g_autofree char *member = presync_fact_text_member (format, list[i]);
      g_string_append_printf (text, "%s%s", i == 0 ? "" : long_ones ? "; " : ", ", member);
    }
  if (n > SHOWN_MEMBERS)
    {
      guint more = n - SHOWN_MEMBERS;
      g_string_append_c (text, ' ');
      /* TRANSLATORS: after the first members of a list */
      g_string_append_printf (text, ngettext ("and %u more", "and %u more", more), more);
    }
  if (format == PRESYNC_FORMAT_RIGHTS)
    /* TRANSLATORS: of a right: the classes of objects on which it is missing */
    return g_strdup_printf (_ ("missing for %s"), text->str);
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static char *
presync_fact_text_account_kind (const char *id)
{
  for (gsize i = 0; i < G_N_ELEMENTS (account_kinds); i++)
    if (strcmp (account_kinds[i].id, id) == 0)
      return g_strdup (_ (account_kinds[i].title));
  return g_strdup (id);
}

static char *
presync_fact_text_tenant_kind (const char *id)
{
  for (gsize i = 0; i < G_N_ELEMENTS (tenant_kinds); i++)
    if (strcmp (tenant_kinds[i].id, id) == 0)
      return g_strdup_printf ("%s (%s)", _ (tenant_kinds[i].title), id);
  return g_strdup (id);
}

static char *
presync_fact_text_boolean (gboolean value, const char *why)
{
  const char *word = value ? _ ("yes") : _ ("no");
  g_autofree char *clause = NULL;

  if (why == NULL || *why == '\0')
    return g_strdup (word);
  /* More may follow. */
  clause = g_str_has_suffix (why, ".") ? g_strndup (why, strlen (why) - 1) : g_strdup (why);
  /* TRANSLATORS: yes or no, and a sentence (without its full stop) that says why */
  return g_strdup_printf (_ ("%s – %s"), word, clause);
}

char *
presync_fact_describe (PresyncFact *self)
{
  const PresyncFactKey *key;

  g_return_val_if_fail (PRESYNC_IS_FACT (self), NULL);
  if (presync_fact_get_unknown (self) != PRESYNC_UNKNOWN_NONE)
    return g_strdup (presync_fact_get_detail (self));
  key = presync_fact_key_find (presync_fact_get_key (self));
  switch (key->type)
    {
    case PRESYNC_FACT_BOOLEAN:
      return presync_fact_text_boolean (presync_fact_get_boolean (self),
                                        presync_fact_get_detail (self));
    case PRESYNC_FACT_INTEGER:
      return presync_fact_text_integer (key->format, presync_fact_get_integer (self));
    case PRESYNC_FACT_LIST:
      return presync_fact_text_list (key->format, presync_fact_get_list (self));
    case PRESYNC_FACT_TIME:
      /* TRANSLATORS: date and time, UTC; see strftime */
      return g_date_time_format (presync_fact_get_time (self), _ ("%Y-%m-%d %H:%M UTC"));
    case PRESYNC_FACT_TEXT:
      if (key->format == PRESYNC_FORMAT_ACCOUNT_KIND)
        return presync_fact_text_account_kind (presync_fact_get_text (self));
      if (key->format == PRESYNC_FORMAT_CLOUD)
        return g_strdup (presync_cloud_title (presync_fact_get_text (self)));
      if (key->format == PRESYNC_FORMAT_TENANT_KIND)
        return presync_fact_text_tenant_kind (presync_fact_get_text (self));
      return g_strdup (presync_fact_get_text (self));
    case PRESYNC_FACT_VERSION:
    default:
      return g_strdup (presync_fact_get_text (self));
    }
}
