/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * PresyncSecret:
 *
 * A password in memory: reference counted, immutable, wiped when the last reference goes.
 * It is never printed, never written to a file and never put on a command line.
 */
typedef struct _PresyncSecret PresyncSecret;

/**
 * presync_secret_new:
 * @text: (nullable): the secret, UTF-8; %NULL is the empty secret
 *
 * Returns: (transfer full): a copy of @text that wipes itself
 */
PresyncSecret *presync_secret_new (const char *text);
PresyncSecret *presync_secret_ref (PresyncSecret *self);
void presync_secret_unref (PresyncSecret *self);

/**
 * presync_secret_peek:
 *
 * Returns: (transfer none): the secret, NUL-terminated UTF-8; valid while a reference is held.
 *   Hand it only to the library that needs it.
 */
const char *presync_secret_peek (const PresyncSecret *self);

/**
 * presync_secret_get_length:
 *
 * Returns: length in bytes, without the NUL
 */
gsize presync_secret_get_length (const PresyncSecret *self);

/**
 * presync_secret_read_file:
 * @path: a file name
 *
 * Reads a password file: its first line, without the line end and a byte order mark. At most 1 KiB;
 * an empty line is refused.
 *
 * Returns: (transfer full): the secret, or %NULL with an error that names @path
 */
PresyncSecret *presync_secret_read_file (const char *path, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PresyncSecret, presync_secret_unref)

G_END_DECLS
