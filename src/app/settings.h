/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "assessment/assessment.h"
#include "sources/directory/target.h"

G_BEGIN_DECLS

/**
 * PresyncDirectoryKind: which kind of directory was used last; the "directory" key of the schema
 */
typedef enum
{
  PRESYNC_DIRECTORY_NONE,
  PRESYNC_DIRECTORY_SERVER,
  PRESYNC_DIRECTORY_SNAPSHOT,
  PRESYNC_DIRECTORY_SAMPLE,
} PresyncDirectoryKind;

/**
 * presync_settings_new:
 *
 * Returns: (transfer full): the program's settings (see data/…gschema.xml). They never hold a
 *   secret.
 */
GSettings *presync_settings_new (void);

/* Key of the proxy's address, "" for the system's settings */
#define PRESYNC_SETTING_PROXY "network-proxy"

/**
 * presync_settings_dup_proxy:
 *
 * Returns: (transfer full) (nullable): the proxy to go through; %NULL for the system's settings, or
 *   with a sentence if the one that is stored cannot be used
 */
char *presync_settings_dup_proxy (GSettings *settings, GError **error);

/**
 * presync_settings_trusts:
 * @key: where the settings have whom to trust: a file of certificates, or a fingerprint
 * @trusted: (nullable): what an assessment says; %NULL for what this computer trusts
 *
 * Whom to trust is for the person to say, not for the file that somebody sent: a password is only
 * taken from the keyring for what was trusted here before.
 */
gboolean presync_settings_trusts (const char *key, const char *trusted);

/**
 * presync_settings_dup_target:
 *
 * Returns: (transfer full) (nullable): the directory used last, without its password; %NULL if
 *   there was none, or if what is stored cannot be used
 */
PresyncDirectoryTarget *presync_settings_dup_target (GSettings *settings);

/**
 * presync_settings_dup_address:
 * @target: a server or a domain
 *
 * Returns: (transfer full): what a person types to name it, and what the keyring knows its password
 *   by: as it was typed last if that names the same
 */
char *presync_settings_dup_address (const PresyncDirectoryTarget *target);

/**
 * presync_settings_save_target:
 * @address: (nullable): the server's address as it was typed
 * @target: what was connected to; its password is not looked at
 */
void presync_settings_save_target (GSettings *settings, PresyncDirectoryKind kind,
                                   const char *address, const PresyncDirectoryTarget *target);

/* (transfer full) (nullable): the assessment's file that was open when the program ended */
char *presync_settings_dup_last_file (void);
/* @path: (nullable): opened again at the next start; %NULL: the last connection is used again */
void presync_settings_save_last_file (const char *path);

/* Brings back the edition alone. */
void presync_settings_restore_edition (PresyncAssessment *assessment);
/* Brings back edition, planned features, sync server and accounts. */
void presync_settings_restore_plan (PresyncAssessment *assessment);

/**
 * presync_settings_restore:
 *
 * Brings back the directory used last, for the sync server of @assessment if it has one. A password
 * that was kept is fetched from the keyring; this ends later, and by itself. The check is started
 * as soon as the directory is set.
 *
 * Returns: %TRUE if a directory was set or its password is being fetched; %FALSE if there is none,
 *   or its password is needed: then the person must be asked
 */
gboolean presync_settings_restore (PresyncAssessment *assessment);

/* Remembers the edition and, unless they are the sample's, the planned features; nothing of an
 * assessment that rests or is kept apart (presync_connection_rest(),
 * presync_connection_keep_apart()). */
void presync_settings_save (PresyncAssessment *assessment);

/* (transfer full): the accounts that people named; they are no secrets */
PresyncAccounts *presync_settings_dup_accounts (GSettings *settings);
/* Remembers the accounts that are named now. */
void presync_settings_save_accounts (PresyncAssessment *assessment);
/* Brings back the planned features alone. */
void presync_settings_restore_features (PresyncAssessment *assessment);

/**
 * presync_settings_dup_answer_name:
 *
 * Returns: (transfer full): the name to put beside answers given by hand: the one used last, else
 *   that of the person's account
 */
char *presync_settings_dup_answer_name (void);

G_END_DECLS
