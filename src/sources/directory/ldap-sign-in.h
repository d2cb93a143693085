/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sources/directory/ldap-connection.h"
#include "sources/directory/target.h"

G_BEGIN_DECLS

/**
 * presync_ldap_sign_in:
 * @target: tells how, and the name and password
 *
 * Signs in within %PRESYNC_BOUND_BIND. The target must have passed
 * presync_directory_target_validate(): a password goes over TLS only.
 *
 * Returns: %FALSE with %PRESYNC_ERROR_SIGN_IN in plain words, or as the connection ends
 */
gboolean presync_ldap_sign_in (PresyncLdapConnection *connection,
                               const PresyncDirectoryTarget *target, GCancellable *cancellable,
                               GError **error);

G_END_DECLS
