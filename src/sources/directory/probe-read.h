/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sources/directory/probe.h"

G_BEGIN_DECLS

/* What the probe-*.c files share. Nobody else includes this. */

/**
 * PresyncProbeBase: what a query's base hangs from
 */
typedef enum
{
  PRESYNC_BASE_ROOT_DSE,
  PRESYNC_BASE_DOMAIN,
  PRESYNC_BASE_CONFIGURATION,
  PRESYNC_BASE_SCHEMA,
  PRESYNC_BASE_CONTROLLER, /* NTDS settings of the controller that answers */
} PresyncProbeBase;

#define PRESYNC_PROBE_MAX_ATTRIBUTES 16

/**
 * PresyncProbeQuery: a query as the probes' tables hold it
 * @below: (nullable): the components below the base
 * @filter: RFC 4515; @CONTROLLER@, @SERVER@ and @SERVER-SHORT@ stand for the escaped host name of
 *   the controller that answers, and of the sync server in full and up to its first dot
 * @max_entries: 0 for the directory's bound
 */
typedef struct
{
  PresyncProbeBase base;
  const char *below;
  PresyncScope scope;
  const char *filter;
  const char *attributes[PRESYNC_PROBE_MAX_ATTRIBUTES];
  guint max_entries;
} PresyncProbeQuery;

/**
 * PresyncProbeRun: one run of a probe, on the stack of presync_probe_run()
 */
typedef struct
{
  PresyncDirectory *directory;
  const PresyncForest *forest;
  const char *sync_server;             /* nullable */
  const PresyncAccounts *accounts;     /* nullable */
  const PresyncFederation *federation; /* nullable */
  PresyncProbeProgress progress;
  gpointer user_data;
  GCancellable *cancellable;
  GPtrArray *facts; /* of PresyncFact */
} PresyncProbeRun;

/**
 * PresyncProbeRead: what came of a query
 * @base: its base
 * @entries: (element-type PresyncEntry)
 * @by_key: entries by the keys of their names (presync_dn_normalize()), the first of each
 * @count: how many came, whether or not they were kept
 * @complete: no more exist
 * @partial: (nullable): why it is not complete, a sentence
 * @reason, @detail: why it could not be read; %PRESYNC_UNKNOWN_NONE if it could
 * @missing: the base does not exist, or is hidden (then @reason is set as well)
 */
typedef struct
{
  char *base;
  GPtrArray *entries;
  GHashTable *by_key;
  guint count;
  PresyncOrigin *origin;
  gboolean complete;
  gboolean missing;
  char *partial;
  PresyncUnknown reason;
  char *detail;
} PresyncProbeRead;

/**
 * presync_probe_read:
 *
 * Returns: (transfer full): what was read, or why it could not be; %NULL only with an error that
 *   ends the connection
 */
PresyncProbeRead *presync_probe_read (PresyncProbeRun *run, const PresyncProbeQuery *query,
                                      GError **error);
/* The same for a query whose base and filter are known at run time only, such as those of a named
 * account. */
PresyncProbeRead *presync_probe_read_query (PresyncProbeRun *run, const PresyncQuery *query,
                                            GError **error);
/* The same as presync_probe_read(), but counts the entries instead of keeping them, and tells
 * @run's progress function.
 * @before: how many were counted earlier
 * @func: (nullable): called for each entry */
PresyncProbeRead *presync_probe_count (PresyncProbeRun *run, const PresyncProbeQuery *query,
                                       guint before, PresyncEntryFunc func, gpointer user_data,
                                       GError **error);
/**
 * presync_probe_stream:
 * @query: a search of any base, with or without parts of security descriptors
 * @func: (nullable): called for each entry; %NULL: they are kept
 *
 * Returns: as presync_probe_read(); it is not complete if @func stopped
 */
PresyncProbeRead *presync_probe_stream (PresyncProbeRun *run, const PresyncQuery *query,
                                        PresyncEntryFunc func, gpointer user_data, GError **error);
void presync_probe_read_free (PresyncProbeRead *read);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PresyncProbeRead, presync_probe_read_free)

/* (transfer none) (nullable): the entry of that name among those read */
PresyncEntry *presync_probe_read_find (const PresyncProbeRead *read, const char *dn);
/* (transfer none) (nullable): the first, for a read of one entry */
PresyncEntry *presync_probe_read_first (const PresyncProbeRead *read);

/* Adds a fact with @texts (element-type utf8) in the order of the alphabet: servers give entries in
 * any order, which is no change. */
void presync_probe_add_list (PresyncProbeRun *run, const PresyncProbeRead *read, const char *key,
                             const char *subject, GPtrArray *texts);

/* @fact: (transfer full) */
void presync_probe_add (PresyncProbeRun *run, PresyncFact *fact);

/* An unknown fact of each of @keys (ends with NULL) with the read's reason */
void presync_probe_add_failed (PresyncProbeRun *run, const PresyncProbeRead *read,
                               const char *subject, const char *const *keys);

/**
 * presync_probe_is_computer: (in probe-server.c)
 * @name: a computer as a person named it
 *
 * A name without a dot is an account's name in the domain that was asked. With one it is a host
 * name; the account's name counts only if the object has none (never joined) and the domain fits.
 *
 * Returns: whether @entry, which has dNSHostName and sAMAccountName, is its object
 */
gboolean presync_probe_is_computer (const PresyncProbeRun *run, const PresyncEntry *entry,
                                    const char *name);
/* (in probe-server.c): may another domain of the forest have the computer @name? */
gboolean presync_probe_is_elsewhere (const PresyncProbeRun *run, const char *name);
/* (in probe-server.c): of a computer's object that shows userAccountControl */
gboolean presync_probe_is_disabled (const PresyncEntry *entry);

/* (transfer full): a sentence: @what ("operatingSystem") of @dn was not shown */
char *presync_probe_dup_hidden (const PresyncProbeRun *run, const char *what, const char *dn);

/* An unknown fact: @what ("operatingSystem") of @dn was not shown, or a partial read ended early */
void presync_probe_add_hidden (PresyncProbeRun *run, const PresyncProbeRead *read, const char *key,
                               const char *subject, const char *what, const char *dn);

/* An unknown fact: the computer object of the controller @name was read, but has no version of the
 * operating system, and nothing tells whether that is hidden or was never written */
void presync_probe_add_no_version (PresyncProbeRun *run, const PresyncProbeRead *read,
                                   const char *key, const char *name);

/* An unknown fact: @what of @dn has a value that makes no sense */
void presync_probe_add_malformed (PresyncProbeRun *run, const PresyncProbeRead *read,
                                  const char *key, const char *subject, const char *what,
                                  const char *dn);

/**
 * presync_probe_parse_build:
 * @version: operatingSystemVersion: "10.0 (20348)"
 *
 * Returns: %FALSE if it is no Windows version
 */
gboolean presync_probe_parse_build (const char *version, gint64 *build);

/* The probes. Each adds facts of all its keys; FALSE with an error that ends the connection. */
gboolean presync_probe_root (PresyncProbeRun *run, GError **error);
gboolean presync_probe_schema (PresyncProbeRun *run, GError **error);
gboolean presync_probe_partitions (PresyncProbeRun *run, GError **error);
gboolean presync_probe_controllers (PresyncProbeRun *run, GError **error);
gboolean presync_probe_kds (PresyncProbeRun *run, GError **error);
gboolean presync_probe_accounts (PresyncProbeRun *run, GError **error);
gboolean presync_probe_server (PresyncProbeRun *run, GError **error);
gboolean presync_probe_traces (PresyncProbeRun *run, GError **error);
gboolean presync_probe_people (PresyncProbeRun *run, GError **error);
gboolean presync_probe_services (PresyncProbeRun *run, GError **error);
gboolean presync_probe_connector (PresyncProbeRun *run, GError **error);
gboolean presync_probe_rights (PresyncProbeRun *run, GError **error);
gboolean presync_probe_federation (PresyncProbeRun *run, GError **error);
gboolean presync_probe_counts (PresyncProbeRun *run, GError **error);

/* The rootDSE's query; in probe-root.c, for the level of the forest too */
extern const PresyncProbeQuery presync_probe_root_dse;

G_END_DECLS
