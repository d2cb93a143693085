/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * PresyncFactType:
 * @PRESYNC_FACT_BOOLEAN: yes or no
 * @PRESYNC_FACT_INTEGER: a whole number, gint64
 * @PRESYNC_FACT_TEXT: UTF-8 text
 * @PRESYNC_FACT_LIST: a list of UTF-8 texts, in no special order
 * @PRESYNC_FACT_VERSION: a dotted version, kept as text that presync_version_parse() accepts
 * @PRESYNC_FACT_TIME: a moment, UTC
 */
typedef enum
{
  PRESYNC_FACT_BOOLEAN,
  PRESYNC_FACT_INTEGER,
  PRESYNC_FACT_TEXT,
  PRESYNC_FACT_LIST,
  PRESYNC_FACT_VERSION,
  PRESYNC_FACT_TIME,
} PresyncFactType;

/**
 * PresyncFactFormat: how a value is written for people (presync_fact_describe())
 */
typedef enum
{
  PRESYNC_FORMAT_PLAIN,
  PRESYNC_FORMAT_BYTES,
  PRESYNC_FORMAT_LEVEL,  /* functional level: 7 -> "Windows Server 2016 (7)" */
  PRESYNC_FORMAT_SCHEMA, /* schema objectVersion: 88 -> "Windows Server 2019 (88)" */
  PRESYNC_FORMAT_BUILD,  /* Windows build: 20348 -> "Windows Server 2022 (20348)" */
  PRESYNC_FORMAT_NUMBER, /* an identifier, without separators: 20348 (of a client too) */
  PRESYNC_FORMAT_DOTNET, /* .NET Release: 528449 -> "4.8 (528449)" */
  PRESYNC_FORMAT_MHZ,
  PRESYNC_FORMAT_OBJECTS,      /* 277 -> "277 objects" */
  PRESYNC_FORMAT_KEYS,         /* 0 -> "none", 1 -> "1 key" */
  PRESYNC_FORMAT_DAYS,         /* seconds: 172800 -> "2 days", 0 -> "0 days" */
  PRESYNC_FORMAT_PATHS,        /* memberships: presync_access_path_…() of facts/access-text.h */
  PRESYNC_FORMAT_RIGHTS,       /* what is missing of a right: none -> "granted" */
  PRESYNC_FORMAT_GAPS,         /* where a right does not arrive: none -> "everywhere" */
  PRESYNC_FORMAT_ACCOUNT_KIND, /* "gmsa" -> "group managed service account" */
  PRESYNC_FORMAT_SKU,          /* Windows SKU: 7 -> "Standard (7)" */
  PRESYNC_FORMAT_SQL_VERSION,  /* SQL Server major version: 16 -> "SQL Server 2022 (16)" */
  PRESYNC_FORMAT_SQL_ENGINE,   /* SQL Server engine edition: 4 -> "Express (4)" */
  PRESYNC_FORMAT_MEMORY_LIMIT, /* bytes; 2147483647 MB, the default of SQL Server: "no limit" */
  PRESYNC_FORMAT_CLOUD,        /* "us-government" -> "US Government (L4)" */
  PRESYNC_FORMAT_MILLISECONDS, /* 20 -> "0.02 s" */
  PRESYNC_FORMAT_TENANT_KIND,  /* "AAD" -> "Microsoft Entra ID, workforce (AAD)" */
} PresyncFactFormat;

/**
 * PresyncFactKey: what is known of a kind of fact, whatever its value
 * @id: dotted name used by catalogue and sources, such as "forest.functional-level"
 * @source: id of the source that provides it; where another provides it too, the one whose facts
 *   count as long as it knows something (presync_fact_set_lookup())
 * @type: type of its value
 * @format: how it is written
 * @label: untranslated (marked N_) name for people, such as "Forest functional level"
 * @also: (nullable): id of another source that may tell it, though not as well
 */
typedef struct
{
  const char *id;
  const char *source;
  PresyncFactType type;
  PresyncFactFormat format;
  const char *label;
  const char *also;
} PresyncFactKey;

/**
 * presync_fact_key_find:
 * @id: a key
 *
 * Returns: (transfer none) (nullable): the key's record, %NULL if there is no such kind of fact
 */
const PresyncFactKey *presync_fact_key_find (const char *id);

/**
 * presync_fact_key_get_account:
 * @id: a key
 *
 * Returns: (transfer none) (nullable): the named account that @id tells of: "connector" of
 *   "connector.reset-password"; %NULL for facts of anything else
 */
const char *presync_fact_key_get_account (const char *id);

/**
 * presync_fact_keys:
 * @n: (out): how many
 *
 * Returns: (transfer none): all records, those of one source together
 */
const PresyncFactKey *presync_fact_keys (gsize *n);

G_END_DECLS
