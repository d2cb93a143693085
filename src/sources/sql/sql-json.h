/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/* All that the helper may say in one check, and a recording */
#define PRESYNC_SQL_OUTPUT_MAX_BYTES (1024 * 1024)

/* JSON from a program that talked to a server nobody vouches for: bounded, typed access. Errors are
 * %PRESYNC_ERROR_BAD_INPUT and tell what is wrong, as the end of a sentence of the caller's. */

/**
 * presync_sql_json_parse:
 * @text: UTF-8, need not end with NUL
 *
 * Returns: (transfer full): the one object that @text is
 */
JsonObject *presync_sql_json_parse (const char *text, gsize length, GError **error);

/* Sets "“@member” @what" */
gboolean presync_sql_json_fail (GError **error, const char *member, const char *what);

/**
 * presync_sql_json_get_text:
 * @required: also not null
 * @value: (out) (nullable) (transfer none): %NULL if it is null or missing
 */
gboolean presync_sql_json_get_text (JsonObject *object, const char *member, gboolean required,
                                    const char **value, GError **error);
/* @value: (inout): left as it is if @member is missing */
gboolean presync_sql_json_get_integer (JsonObject *object, const char *member, gint64 *value,
                                       GError **error);
gboolean presync_sql_json_get_boolean (JsonObject *object, const char *member, gboolean *value,
                                       GError **error);
/* (transfer none) (nullable): @member if it is an object; an error if it is something else */
JsonObject *presync_sql_json_get_object (JsonObject *object, const char *member, GError **error);

/**
 * presync_sql_json_clean:
 * @text: what a server may have a hand in
 *
 * Returns: (transfer full): @text for a sentence: on one line, without control characters and marks
 *   that turn the direction of writing, at most 500 characters
 */
char *presync_sql_json_clean (const char *text);

G_END_DECLS
