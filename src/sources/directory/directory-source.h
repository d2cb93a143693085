/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sources/directory/target.h"
#include "sources/directory/directory.h"
#include "sources/source.h"

G_BEGIN_DECLS

/**
 * PresyncDirectorySource: reads Active Directory through LDAP, or an LDIF snapshot
 *
 * Stages: "resolve", "connect", "tls", "sign-in", "first-read" ("open", "first-read" for LDIF).
 * Property "certificate" (GTlsCertificate, nullable, notify): what the server showed, accepted or
 * refused.
 */
#define PRESYNC_TYPE_DIRECTORY_SOURCE (presync_directory_source_get_type ())
G_DECLARE_FINAL_TYPE (PresyncDirectorySource, presync_directory_source, PRESYNC, DIRECTORY_SOURCE,
                      PresyncSource)

/* @target: copied */
PresyncDirectorySource *presync_directory_source_new (const PresyncDirectoryTarget *target);

/**
 * presync_directory_source_set_accounts:
 * @accounts: (nullable): copied; %NULL: none
 *
 * Names the accounts to look at. What tells of those whose name is another now is read again, and
 * nothing else: by the check under way, by who follows changes (at once), or, after a check, on a
 * connection of its own, while state and stages stay as they are. Where that fails, their facts are
 * unknown with the reason. Before the first check nothing is read.
 */
void presync_directory_source_set_accounts (PresyncDirectorySource *self,
                                            const PresyncAccounts *accounts);

/* The same for the AD FS servers to look at. @federation: (nullable): copied; %NULL: none */
void presync_directory_source_set_federation (PresyncDirectorySource *self,
                                              const PresyncFederation *federation);

/* For a source of a file, which keeps no password: what the next check signs in with. */
void presync_directory_source_set_password (PresyncDirectorySource *self, PresyncSecret *password);

/* (transfer none): its accounts and AD FS servers are the last ones set */
const PresyncDirectoryTarget *presync_directory_source_get_target (PresyncDirectorySource *self);

/**
 * presync_directory_open:
 * @stage: (nullable): told of each stage from the calling thread
 * @certificate: (out) (optional) (nullable): what the server showed, also on failure
 *
 * Opens a directory and signs in, blocking; for the source's thread and for presync-cli record.
 *
 * Returns: (transfer full): a directory; %NULL with an error naming the server and the stage
 */
PresyncDirectory *presync_directory_open (const PresyncDirectoryTarget *target,
                                          PresyncStageFunc stage, gpointer user_data,
                                          GTlsCertificate **certificate, GCancellable *cancellable,
                                          GError **error);

/**
 * presync_directory_describe_certificate: (in directory/certificate.c)
 *
 * Returns: (transfer full): lines for people: subject, issuer, valid from and until, SHA-256
 *   fingerprint
 */
char *presync_directory_describe_certificate (GTlsCertificate *certificate);

G_END_DECLS
