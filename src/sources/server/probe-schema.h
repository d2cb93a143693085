/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/* More rows, or more names in a certificate, are not taken. */
#define PRESYNC_PROBE_MAX_ROWS 2000
#define PRESYNC_PROBE_MAX_NAMES 500

/**
 * presync_probe_schema_check:
 * @root: of a facts file whose member names and types are right
 * @path: for error messages
 *
 * What "networkProbes" holds beyond types: kinds and outcomes that are known, host names, one row
 * each, times, a proxy with its port and without a password.
 *
 * Returns: %FALSE with %PRESYNC_ERROR_BAD_INPUT and a sentence that names @path and the JSON path
 */
gboolean presync_probe_schema_check (JsonNode *root, const char *path, GError **error);

/* Is @name nothing but a host name: letters, digits, "-", "." and "_", at most 255? It goes into
 * sentences, reports and commands. An underscore is none in DNS, but Windows lets it pass. */
gboolean presync_probe_schema_is_host (const char *name);

G_END_DECLS
