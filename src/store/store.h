/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "assessment/assessment.h"

G_BEGIN_DECLS

/* What a .presync file is called; MIME type application/x-presync, SQLite with the application id
 * PRESYNC_STORE_APPLICATION_ID (schema.h) */
#define PRESYNC_STORE_SUFFIX ".presync"

/**
 * PresyncStoreState: where the file stands
 */
typedef enum
{
  PRESYNC_STORE_SAVED,
  PRESYNC_STORE_SAVING,    /* a change is being written, or is about to be */
  PRESYNC_STORE_FAILED,    /* the last change could not be written; it is kept and tried again */
  PRESYNC_STORE_READ_ONLY, /* changes are not saved: see "message" */
} PresyncStoreState;

/**
 * PresyncStore: the .presync file of an assessment, which follows it: every change is in the file
 * within a second, in one transaction each. SQLite works on a thread of its own
 * ("presync-store"); the object lives in the main thread.
 *
 * The file holds targets (never a secret), name, edition, features, accounts, federation, facts
 * with origins, answers, waivers, and every run with its statuses.
 *
 * Properties (readable, notify): "state" (int), "message" (string, nullable: a translated sentence
 * that names the file, for FAILED and READ_ONLY), "saved-at" (GDateTime, nullable), "path"
 * (string), "title" (string: the file's name without folder and suffix).
 */
#define PRESYNC_TYPE_STORE (presync_store_get_type ())
G_DECLARE_FINAL_TYPE (PresyncStore, presync_store, PRESYNC, STORE, GObject)

/**
 * presync_store_create:
 * @assessment: (transfer none): kept; all it holds is written
 * @path: an existing file is replaced only when the new one is complete
 *
 * Blocking. The assessment is followed from now on.
 *
 * Returns: (transfer full): the store; %NULL with %PRESYNC_ERROR_CANNOT_WRITE, one sentence that
 *   names the file and why
 */
PresyncStore *presync_store_create (PresyncAssessment *assessment, const char *path,
                                    GError **error);

/**
 * presync_store_open:
 * @assessment: (transfer none): a new one, without sources, facts and statements; unchanged on
 *   failure
 * @path: the file
 *
 * Reads everything into @assessment, without connecting to anything, and follows it from now on.
 * The rows of runs are read when they are asked for. If somebody else has the file open, if it or
 * its folder cannot be written, or if a newer Presync wrote it, the state is
 * %PRESYNC_STORE_READ_ONLY and "message" says why. Blocking (a moment); a damaged file is not
 * changed.
 *
 * Returns: (transfer full): the store; %NULL with %PRESYNC_ERROR_BAD_INPUT (no assessment, damaged)
 *   or %PRESYNC_ERROR_NOT_FOUND or _REFUSED, one sentence that names the file
 */
PresyncStore *presync_store_open (PresyncAssessment *assessment, const char *path, GError **error);

PresyncStoreState presync_store_get_state (PresyncStore *self);
/* (nullable) */
const char *presync_store_get_message (PresyncStore *self);
/* (nullable): when the file was last written, also by an earlier session */
GDateTime *presync_store_get_saved_at (PresyncStore *self);
const char *presync_store_get_path (PresyncStore *self);
const char *presync_store_get_title (PresyncStore *self);

/**
 * presync_store_flush:
 *
 * Writes what is not written yet, blocking; for closing and for command lines.
 *
 * Returns: %FALSE with %PRESYNC_ERROR_CANNOT_WRITE if it could not be; the changes are still in
 *   the assessment. %TRUE for a file that is read-only, and for a store that is held.
 */
gboolean presync_store_flush (PresyncStore *self, GError **error);

/**
 * presync_store_hold:
 *
 * From now on nothing is written, until presync_store_release(), which writes all that changed
 * meanwhile in one transaction, as every change: for who must first see what comes of it. A store
 * that is closed or dropped while it is held leaves the file as it was.
 */
void presync_store_hold (PresyncStore *self);
void presync_store_release (PresyncStore *self);

/**
 * presync_store_has_unsaved:
 *
 * Does the assessment hold changes that the file does not have, of whatever kind? Also those that
 * never get there since the file is read-only, or the store held: what closing loses, after
 * presync_store_flush().
 */
gboolean presync_store_has_unsaved (PresyncStore *self);

/* Did a newer version of Presync write the file? It may hold more than this one can show. */
gboolean presync_store_get_newer (PresyncStore *self);

/**
 * presync_store_save_as:
 * @path: an existing file is replaced only when the new one is complete
 *
 * Writes everything, runs of the file included, to another file, and follows that one from now on;
 * the old one stays as it was last saved. Blocking. Also for a store that is read-only.
 *
 * Returns: %FALSE with %PRESYNC_ERROR_CANNOT_WRITE; the old file is followed as before
 */
gboolean presync_store_save_as (PresyncStore *self, const char *path, GError **error);

/* How many runs the last saving under another name could not take along, since another program had
 * written over them in the old file: the history shows them still, without rows. 0 if none */
guint presync_store_get_n_lost (PresyncStore *self);

/* Writes what is not written yet, and lets the file go; before the last unref. Errors: see
 * presync_store_flush() */
gboolean presync_store_close (PresyncStore *self, GError **error);

G_END_DECLS
