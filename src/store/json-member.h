/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/* Members of JSON objects: what is missing, null or of another type reads as nothing. */

/* @text: (nullable): then no member is set */
void presync_json_member_set_text (JsonObject *object, const char *name, const char *text);
/* @list: (nullable) (array zero-terminated=1): likewise */
void presync_json_member_set_list (JsonObject *object, const char *name, char **list);

/* (transfer none) (nullable) */
const char *presync_json_member_get_text (JsonObject *object, const char *name);
gboolean presync_json_member_get_flag (JsonObject *object, const char *name);
/* 0 if it is none, or more than @most */
gint64 presync_json_member_get_number (JsonObject *object, const char *name, gint64 most);
/* (transfer none) (nullable) */
JsonObject *presync_json_member_get_object (JsonObject *object, const char *name);
/* (transfer full): never %NULL; at most @most of its texts */
char **presync_json_member_dup_list (JsonObject *object, const char *name, guint most);

G_END_DECLS
