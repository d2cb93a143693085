/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "base/secret.h"

G_BEGIN_DECLS

/**
 * presync_keyring_store_async:
 * @address: the server's address as it was typed
 * @name: name that signs in
 * @password: (transfer none): what to keep
 *
 * Keeps a password in the desktop's keyring; only ever called when the person asked for it.
 */
void presync_keyring_store_async (const char *address, const char *name, PresyncSecret *password,
                                  GCancellable *cancellable, GAsyncReadyCallback callback,
                                  gpointer user_data);

/**
 * presync_keyring_store_finish:
 *
 * Returns: %FALSE with a sentence for people: no keyring runs here, it stayed locked
 */
gboolean presync_keyring_store_finish (GAsyncResult *result, GError **error);

/**
 * presync_keyring_lookup_async:
 *
 * Looks for the password that was kept for @address and @name.
 */
void presync_keyring_lookup_async (const char *address, const char *name, GCancellable *cancellable,
                                   GAsyncReadyCallback callback, gpointer user_data);

/**
 * presync_keyring_lookup_finish:
 *
 * Returns: (transfer full) (nullable): the password; %NULL without an error if none was kept
 */
PresyncSecret *presync_keyring_lookup_finish (GAsyncResult *result, GError **error);

/**
 * presync_keyring_forget:
 *
 * Drops the password kept for @address and @name, if any. Nobody waits for it but what is asked of
 * the same password later: one that is kept after it stays.
 */
void presync_keyring_forget (const char *address, const char *name);

G_END_DECLS
