/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <json-glib/json-glib.h>

#include "sources/network/reach.h"

G_BEGIN_DECLS

/* Of a whole recording */
#define PRESYNC_REACH_RECORDING_MAX_BYTES (1024 * 1024)

/**
 * presync_reach_recording_load_async:
 * @path: a path or URI
 *
 * Reads a file, one byte more than it may have at most. What is no regular file is not opened.
 */
void presync_reach_recording_load_async (const char *path, GCancellable *cancellable,
                                         GAsyncReadyCallback callback, gpointer user_data);
/* (transfer full): %NULL with %PRESYNC_ERROR_BAD_INPUT or %G_IO_ERROR_CANCELLED */
GBytes *presync_reach_recording_load_finish (GAsyncResult *result, GError **error);

/**
 * presync_reach_recording_apply:
 * @data: JSON:
 *   {"at":"2026-10-28T08:00:00Z","rows":[{"subject":"login.microsoftonline.com:443",
 *   "outcome":"reached","text":"…","proxy":"http://…","certificate":{"subject":"CN=…","issuer":"…",
 *   "root":"…","names":["…"],"not-before":"…","not-after":"…","self-signed":false,"trusted":true}}]}
 *   where subject and outcome (presync_reach_outcome_id()) alone must be there; times are ISO 8601
 *   with a zone
 * @path: for error messages
 * @rows: (element-type PresyncReach): pending rows, which end as recorded; what is not in the
 *   recording ends as %PRESYNC_REACH_NOT_TRIED
 *
 * Returns: (transfer full): when it was recorded; %NULL with %PRESYNC_ERROR_BAD_INPUT, and no row
 *   has changed then
 */
GDateTime *presync_reach_recording_apply (GBytes *data, const char *path, GPtrArray *rows,
                                          GError **error);

/* (transfer full): the "certificate" of such a row; what is not text, or no time, is left out */
PresyncReachCertificate *presync_reach_recording_read_certificate (JsonObject *object);

G_END_DECLS
