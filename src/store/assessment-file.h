/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "store/changes.h"
#include "store/statement.h"

G_BEGIN_DECLS

/**
 * PresyncFileAccess: why a file may only be read; the first that applies
 */
typedef enum
{
  PRESYNC_FILE_WRITABLE,
  PRESYNC_FILE_NEWER,        /* a newer Presync wrote it */
  PRESYNC_FILE_OPEN_TWICE,   /* somebody else on this computer has it open */
  PRESYNC_FILE_NOT_WRITABLE, /* file, folder or disk */
  PRESYNC_FILE_FOREIGN,      /* somebody else wrote into it while we had it open */
} PresyncFileAccess;

/**
 * PresyncFileContents: all that a file holds, but for the rows of runs. Plain data.
 * @pieces: name -> JSON text (plan-json.h)
 * @parsed: name -> #JsonNode
 * @facts: (element-type GPtrArray): see presync_facts_table_read()
 */
typedef struct
{
  GHashTable *pieces;
  GHashTable *parsed;
  GPtrArray *facts;
  GPtrArray *answers;
  GPtrArray *waivers;
  GPtrArray *runs;
} PresyncFileContents;

void presync_file_contents_free (PresyncFileContents *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PresyncFileContents, presync_file_contents_free)

/**
 * PresyncAssessmentFile: an open .presync file. Blocking; one thread at a time.
 */
typedef struct _PresyncAssessmentFile PresyncAssessmentFile;

/**
 * presync_assessment_file_open:
 * @contents: (out) (nullable): what it holds; %NULL: it was verified a moment ago, and only its
 *   head is read
 *
 * Returns: (transfer full) (nullable): the file; %NULL with one sentence that names @path
 */
PresyncAssessmentFile *
presync_assessment_file_open (const char *path, PresyncFileContents **contents, GError **error);
void presync_assessment_file_free (PresyncAssessmentFile *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PresyncAssessmentFile, presync_assessment_file_free)

PresyncFileAccess presync_assessment_file_get_access (PresyncAssessmentFile *self);
/* (transfer full) (nullable): the sentence of the access; %NULL if it may be written */
char *presync_assessment_file_dup_message (PresyncAssessmentFile *self);
/* (nullable) */
GDateTime *presync_assessment_file_get_saved_at (PresyncAssessmentFile *self);
const char *presync_assessment_file_get_path (PresyncAssessmentFile *self);

/**
 * presync_assessment_file_write:
 * @ids: (element-type gint64): of the runs that were added
 *
 * Writes @changes in one transaction.
 *
 * Returns: %FALSE with %PRESYNC_ERROR_CANNOT_WRITE and one sentence that names the file; nothing of
 *   @changes is in it then. The access may have become %PRESYNC_FILE_FOREIGN.
 */
gboolean presync_assessment_file_write (PresyncAssessmentFile *self, const PresyncChanges *changes,
                                        GArray *ids, GError **error);

/* (transfer full) (nullable) (element-type PresyncRunRow): the rows of the run @id, which was made
 * at @at; %NULL with one sentence */
GPtrArray *presync_assessment_file_read_rows (PresyncAssessmentFile *self, gint64 id, GDateTime *at,
                                              GError **error);

/* How many runs of the file that this one was made from are not in it: another program had written
 * over them. */
guint presync_assessment_file_get_n_lost (PresyncAssessmentFile *self);

/**
 * presync_assessment_file_create: (in file-create.c)
 * @from: (nullable): what it holds, the runs that it had when it was opened above all, is copied
 * @changes: are written over that
 * @path: an existing file is replaced when the new one is complete
 * @ids: (element-type gint64): of the runs of @changes
 *
 * Returns: (transfer full) (nullable): the new file; %NULL with %PRESYNC_ERROR_CANNOT_WRITE and one
 *   sentence that names @path
 */
PresyncAssessmentFile *presync_assessment_file_create (PresyncAssessmentFile *from,
                                                       const PresyncChanges *changes,
                                                       const char *path, GArray *ids,
                                                       GError **error);

G_END_DECLS
