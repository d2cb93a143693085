/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "facts/fact.h"
#include "sources/directory/accounts.h"
#include "sources/directory/directory.h"
#include "sources/federation.h"

G_BEGIN_DECLS

/**
 * PresyncProbe: the reads of a directory check, each yields the facts of some keys. In this order:
 * the first tells the naming contexts that the others need.
 */
typedef enum
{
  PRESYNC_PROBE_ROOT,        /* rootDSE: domain level, product, writable */
  PRESYNC_PROBE_SCHEMA,      /* version, classes and attributes */
  PRESYNC_PROBE_PARTITIONS,  /* forest level, domains, NetBIOS names, suffixes, recycle bin */
  PRESYNC_PROBE_CONTROLLERS, /* NTDS settings and computer objects of domain controllers */
  PRESYNC_PROBE_KDS,
  PRESYNC_PROBE_ACCOUNTS,   /* agent gMSAs, Connect accounts */
  PRESYNC_PROBE_SERVER,     /* the named sync server's computer object */
  PRESYNC_PROBE_TRACES,     /* what an earlier synchronization left, the password policy */
  PRESYNC_PROBE_PEOPLE,     /* the named persons who will install */
  PRESYNC_PROBE_SERVICES,   /* the named gMSA and ADSync service account */
  PRESYNC_PROBE_CONNECTOR,  /* the named AD DS Connector account */
  PRESYNC_PROBE_RIGHTS,     /* what the connector account and the gMSA may do: may be long */
  PRESYNC_PROBE_FEDERATION, /* computer objects of the named AD FS servers */
  PRESYNC_PROBE_COUNTS,     /* objects, inetOrgPersons, UPN suffixes: may be long */
} PresyncProbe;
#define PRESYNC_N_PROBES 14

/**
 * PresyncForest: what the rootDSE told; needed by all other probes. Plain data.
 * @domain_dn, @root_domain_dn, @configuration_dn, @schema_dn: naming contexts
 * @domain, @forest: DNS names made from them
 * @controller: dnsHostName of the server that answers
 * @controller_dn: dsServiceName (its NTDS settings)
 * @token_groups: (array zero-terminated=1) (nullable): SIDs of who signed in, "S-1-5-21-…-519";
 *   NULL if the server does not tell
 */
typedef struct
{
  char *domain_dn;
  char *root_domain_dn;
  char *configuration_dn;
  char *schema_dn;
  char *domain;
  char *forest;
  char *controller;
  char *controller_dn;
  char **token_groups;
} PresyncForest;

void presync_forest_free (PresyncForest *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PresyncForest, presync_forest_free)

/**
 * presync_probe_read_forest:
 *
 * Reads the rootDSE and refuses what is no Active Directory.
 *
 * Returns: (transfer full): %NULL with %PRESYNC_ERROR_NOT_SUPPORTED for AD LDS, OpenLDAP and
 *   others (named in the sentence), or with the read's error
 */
PresyncForest *presync_probe_read_forest (PresyncDirectory *directory, GCancellable *cancellable,
                                          GError **error);

/**
 * PresyncProbeSubjects: what a person named, beside the directory itself. Not owned.
 * @sync_server: (nullable): for %PRESYNC_PROBE_SERVER and the services
 * @accounts: (nullable): for the probes of accounts; of those not named there are no facts
 * @federation: (nullable): for %PRESYNC_PROBE_FEDERATION; without servers there are no facts
 */
typedef struct
{
  const char *sync_server;
  const PresyncAccounts *accounts;
  const PresyncFederation *federation;
} PresyncProbeSubjects;

/* Called from the reading thread: @done objects so far */
typedef void (*PresyncProbeProgress) (guint done, gpointer user_data);

/**
 * presync_probe_run:
 * @progress: (nullable): for the probes that may be long
 *
 * Returns: (transfer full) (element-type PresyncFact): facts of all keys of the probe; what could
 *   not be read is there as unknown with its reason. %NULL only with an error that ends the
 *   connection (cancelled, unreachable, timed out).
 */
GPtrArray *presync_probe_run (PresyncProbe probe, PresyncDirectory *directory,
                              const PresyncForest *forest, const PresyncProbeSubjects *subjects,
                              PresyncProbeProgress progress, gpointer user_data,
                              GCancellable *cancellable, GError **error);

/* (transfer none): translated, for progress: "Reading the schema" */
const char *presync_probe_title (PresyncProbe probe);

/**
 * presync_probe_list_keys:
 *
 * Returns: (transfer container) (element-type utf8): the keys of the facts it yields for @subjects;
 *   none of accounts that are not named
 */
GPtrArray *presync_probe_list_keys (PresyncProbe probe, const PresyncProbeSubjects *subjects);

/* A set of probes holds one bit for each. */
#define PRESYNC_PROBE_BIT(probe) (1u << (probe))

/* The set of probes that have nothing to look at: whose keys are none. They need not be run. */
guint presync_probe_list_idle (const PresyncProbeSubjects *subjects);

/* The set of probes that look at other accounts or AD FS servers @after than @before */
guint presync_probe_list_renamed (const PresyncProbeSubjects *before,
                                  const PresyncProbeSubjects *after);

/**
 * PresyncWatch: what a server is asked to tell the changes of
 * @probes: a set: which may have to be run again
 */
typedef struct
{
  char *base;
  PresyncScope scope;
  guint probes;
} PresyncWatch;

/**
 * presync_probe_list_watches:
 *
 * Returns: (transfer full) (element-type PresyncWatch): at most four. AD allows five on a
 *   connection (MaxNotificationPerConn); Samba ends each of five at its first change.
 */
GPtrArray *presync_probe_list_watches (const PresyncForest *forest);

/**
 * presync_probe_affected:
 * @dn: an object that a watch told of
 *
 * Returns: the set of probes to run again; 0 if the change is none of ours
 */
guint presync_probe_affected (const PresyncForest *forest, const char *dn);

G_END_DECLS
