/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * presync_ldap_error_dup_text:
 * @code: LDAP result code
 * @diagnostic: (nullable): the server's own text, of any bytes
 *
 * Returns: (transfer full): what happened, translated where it is common, with the server's text
 */
char *presync_ldap_error_dup_text (int code, const char *diagnostic);

/**
 * presync_ldap_error_dup_clean:
 * @diagnostic: (nullable): a text of a server or a library, of any bytes
 *
 * Returns: (transfer full) (nullable): one line of valid text of bounded length, fit for a
 *   sentence; %NULL if nothing is left
 */
char *presync_ldap_error_dup_clean (const char *diagnostic);

/**
 * presync_ldap_error_set_read:
 * @base: what was read
 *
 * Sets the error of a search that ended with @code.
 */
void presync_ldap_error_set_read (GError **error, const char *server, const char *base, int code,
                                  const char *diagnostic);

/**
 * presync_ldap_error_set_sign_in:
 * @name: (nullable): who wanted to sign in; %NULL with Kerberos
 *
 * Sets the error of a bind. AD's sub-codes ("data 52e") become plain words.
 */
void presync_ldap_error_set_sign_in (GError **error, const char *server, const char *name, int code,
                                     const char *diagnostic);

/**
 * presync_ldap_error_subcode:
 *
 * Returns: the hexadecimal number behind "data " in @diagnostic, 0 if there is none
 */
guint presync_ldap_error_subcode (const char *diagnostic);

G_END_DECLS
