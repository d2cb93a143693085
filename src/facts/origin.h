/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * PresyncOrigin:
 *
 * How a fact was obtained: source, target, query, time, complete or not. Immutable, may be shared
 * by threads and by all facts of one read.
 */
#define PRESYNC_TYPE_ORIGIN (presync_origin_get_type ())
G_DECLARE_FINAL_TYPE (PresyncOrigin, presync_origin, PRESYNC, ORIGIN, GObject)

/**
 * presync_origin_new:
 * @source: the source's id: "directory", "server", "sql", "tenant", "network" or "plan"
 * @target: what was asked, such as "ldaps://dc1.contoso.com" or a file name
 * @query: what was read, for a person who wants to repeat it: base, scope, filter, attributes
 * @at: when; stored as UTC
 * @complete: %FALSE if the read stopped early, so that more may exist
 *
 * Returns: (transfer full): a new origin
 */
PresyncOrigin *presync_origin_new (const char *source, const char *target, const char *query,
                                   GDateTime *at, gboolean complete);

const char *presync_origin_get_source (PresyncOrigin *self);
const char *presync_origin_get_target (PresyncOrigin *self);
const char *presync_origin_get_query (PresyncOrigin *self);
GDateTime *presync_origin_get_at (PresyncOrigin *self);
gboolean presync_origin_get_complete (PresyncOrigin *self);

/**
 * presync_origin_dup_at_text:
 *
 * Returns: (transfer full): the time as ISO 8601 in UTC, such as "2026-11-22T10:15:00Z"
 */
char *presync_origin_dup_at_text (PresyncOrigin *self);

/**
 * presync_source_title:
 * @source: a source's id
 *
 * Returns: (transfer none): its name for people, translated: "Directory", "Sync server", …
 */
const char *presync_source_title (const char *source);

G_END_DECLS
