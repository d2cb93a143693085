/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/**
 * presync_facts_schema_check:
 * @root: of a facts file, an object
 * @path: for error messages
 * @unknown: (element-type utf8): JSON paths of members that the schema does not know are added
 *
 * The member names, types and ranges of data/collector/server-facts.schema.json. Any reading may
 * also be null (the server has no such value) or {"error": "sentence"} (it could not be read).
 *
 * Returns: %FALSE with %PRESYNC_ERROR_BAD_INPUT and a sentence that names @path and the JSON path
 */
gboolean presync_facts_schema_check (JsonNode *root, const char *path, GPtrArray *unknown,
                                     GError **error);

/* (nullable) (transfer none): the text of {"error": "sentence"}; %NULL if @node is anything else */
const char *presync_facts_schema_get_problem (JsonNode *node);

G_END_DECLS
