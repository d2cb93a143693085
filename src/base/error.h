/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * PRESYNC_ERROR:
 *
 * The one error domain of the project. Messages are whole sentences for people and name the server,
 * or the file and line; codes are for programs.
 */
#define PRESYNC_ERROR (presync_error_quark ())

/**
 * PresyncError:
 * @PRESYNC_ERROR_FAILED: nothing more precise is known
 * @PRESYNC_ERROR_BAD_INPUT: a file, value or answer of a server is malformed
 * @PRESYNC_ERROR_UNREACHABLE: a server does not resolve, refuses, or the connection broke
 * @PRESYNC_ERROR_TIMED_OUT: a bound of ours ran out
 * @PRESYNC_ERROR_CERTIFICATE: a server's certificate was refused
 * @PRESYNC_ERROR_SIGN_IN: the server refused the name or password, or wants one
 * @PRESYNC_ERROR_NO_RIGHT: signed in, but not allowed to read
 * @PRESYNC_ERROR_NOT_SUPPORTED: the server is of the wrong kind, or lacks something we need
 * @PRESYNC_ERROR_NOT_FOUND: the named thing does not exist
 * @PRESYNC_ERROR_LIMIT: more data than we are willing to take
 * @PRESYNC_ERROR_CANNOT_WRITE: an output file could not be written
 * @PRESYNC_ERROR_REFUSED: Presync itself refuses, for safety (a password without encryption)
 */
typedef enum
{
  PRESYNC_ERROR_FAILED,
  PRESYNC_ERROR_BAD_INPUT,
  PRESYNC_ERROR_UNREACHABLE,
  PRESYNC_ERROR_TIMED_OUT,
  PRESYNC_ERROR_CERTIFICATE,
  PRESYNC_ERROR_SIGN_IN,
  PRESYNC_ERROR_NO_RIGHT,
  PRESYNC_ERROR_NOT_SUPPORTED,
  PRESYNC_ERROR_NOT_FOUND,
  PRESYNC_ERROR_LIMIT,
  PRESYNC_ERROR_CANNOT_WRITE,
  PRESYNC_ERROR_REFUSED,
} PresyncError;

GQuark presync_error_quark (void);

/**
 * presync_error_dup_reason:
 * @error: what GLib tells of a file
 *
 * GLib's own sentences name the file again, which a sentence of ours names already.
 *
 * Returns: (transfer full): the system's words alone ("No such file or directory"); the message of
 *   an error that has none
 */
char *presync_error_dup_reason (const GError *error);

G_END_DECLS
