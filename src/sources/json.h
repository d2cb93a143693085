/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/**
 * presync_json_decode:
 * @data: UTF-8 with or without a byte order mark, or UTF-16 with one (what ">" writes on Windows)
 * @path: for error messages
 *
 * Returns: (transfer full): UTF-8 text without a byte order mark; may contain NUL bytes, so @length
 *   counts; %NULL with %PRESYNC_ERROR_BAD_INPUT
 */
char *presync_json_decode (GBytes *data, const char *path, gsize *length, GError **error);

/**
 * presync_json_parse:
 * @text: UTF-8, which is checked
 * @path: for error messages
 * @max_depth: of objects and arrays in each other
 *
 * Strict (RFC 8259): one value, no comments, no trailing comma or text, no member twice,
 * and no escape of what is no character (NUL, half of a surrogate pair).
 *
 * Returns: (transfer full): the value; %NULL with %PRESYNC_ERROR_BAD_INPUT (%PRESYNC_ERROR_LIMIT if
 *   it is nested too deeply) and a sentence that names @path and the line, or the JSON path of a
 *   member that is there twice
 */
JsonNode *presync_json_parse (const char *text, gsize length, const char *path, guint max_depth,
                              GError **error);

/* (transfer full): @name below @parent as people write JSON paths: "a.b", "a[\"b c\"]"; @parent may
 * be "" */
char *presync_json_join (const char *parent, const char *name);

G_END_DECLS
