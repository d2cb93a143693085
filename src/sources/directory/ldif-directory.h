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

G_END_DECLS
