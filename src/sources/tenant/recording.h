/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/* A file of recorded answers, for the sample and for tests: see http.h */
#define PRESYNC_RECORDING_MAX_BYTES (4 * 1024 * 1024)

/**
 * PresyncRecording: answers of servers, as they were at one moment. Plain data.
 */
typedef struct _PresyncRecording PresyncRecording;

/* @path: file name, "file:///" or "resource://" address. Errors: %PRESYNC_ERROR_BAD_INPUT or
 * %PRESYNC_ERROR_LIMIT, one sentence that names the file and where it is wrong */
PresyncRecording *presync_recording_read (const char *path, GCancellable *cancellable,
                                          GError **error);
void presync_recording_free (PresyncRecording *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PresyncRecording, presync_recording_free)

/* (transfer none): the moment */
GDateTime *presync_recording_get_at (const PresyncRecording *self);

/**
 * presync_recording_find:
 * @status: (out): 404 if @url is not in the recording
 *
 * Blanks of @url and "%20" are the same.
 *
 * Returns: (transfer full) (nullable): the body
 */
JsonNode *presync_recording_find (const PresyncRecording *self, const char *url, guint *status);

G_END_DECLS
