/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sources/directory/directory.h"

G_BEGIN_DECLS

/**
 * PresyncLdifDirectory: an LDIF snapshot (ldifde or ldapsearch export) that answers the same
 * queries as a server
 */
#define PRESYNC_TYPE_LDIF_DIRECTORY (presync_ldif_directory_get_type ())
G_DECLARE_FINAL_TYPE (PresyncLdifDirectory, presync_ldif_directory, PRESYNC, LDIF_DIRECTORY,
                      GObject)

/**
 * presync_ldif_directory_new:
 * @path: file name or "resource://" address
 *
 * Returns: (transfer full): %NULL with %PRESYNC_ERROR_BAD_INPUT naming file and line
 */
PresyncLdifDirectory *presync_ldif_directory_new (const char *path, GCancellable *cancellable,
                                                  GError **error);

/**
 * presync_ldif_directory_tells_of:
 * @account: a name as a person gave it
 *
 * A snapshot that Presync recorded holds what was asked for then. If it has no object of a name
 * that it was not recorded with, this means nothing.
 *
 * Returns: %TRUE if the absence of @account means that there is none: the snapshot was recorded
 * with that name, or it is an export of another program
 */
gboolean presync_ldif_directory_tells_of (PresyncLdifDirectory *self, const char *account);

/* %FALSE for a snapshot that Presync recorded before it asked for everybody's UPN */
gboolean presync_ldif_directory_tells_names (PresyncLdifDirectory *self);

G_END_DECLS
