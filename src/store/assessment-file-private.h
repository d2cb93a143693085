/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "base/file-lock.h"
#include "store/assessment-file.h"
#include "store/runs-table.h"

G_BEGIN_DECLS

struct _PresyncAssessmentFile
{
  char *path;  /* as people call it */
  char *whole; /* without links: what SQLite gets */
  sqlite3 *db;
  PresyncFileLock *lock; /* nullable */
  PresyncFileAccess access;
  guint64 device; /* which file it was when it was opened */
  guint64 inode;
  gint64 generation;   /* of the last transaction */
  gint64 data_version; /* of SQLite: changes when somebody else wrote */
  GDateTime *saved_at; /* nullable */
  GHashTable *runs;    /* gint64 id -> PresyncRunSeal: those that were read or written here */
  guint n_lost;        /* runs that could not be copied when the file was made */
};

/**
 * presync_assessment_file_verify: (in file-open.c)
 * @whole: a complete file that nobody else knows yet
 *
 * Reads all of it but the rows of runs.
 *
 * Returns: (transfer full) (nullable): its runs: id -> #PresyncRunSeal
 */
GHashTable *presync_assessment_file_verify (const char *whole, GError **error);

/* Names the file: "“%s” could not be saved: %s." */
void presync_assessment_file_prefix_write (GError **error, const char *path);

/* (transfer full) (nullable): a connection to @whole that trusts nothing that it reads */
sqlite3 *presync_assessment_file_connect (const char *whole, int flags, GError **error);
/* @db: within a transaction */
gboolean presync_assessment_file_write_tables (sqlite3 *db, const PresyncChanges *changes,
                                               GArray *ids, GError **error);
/* A number that no other transaction has, of whomever: by chance. A counter would not tell apart
 * two that went on from the same copy. */
gint64 presync_assessment_file_make_generation (void);
gboolean presync_assessment_file_write_header (sqlite3 *db, gint64 generation, GDateTime *saved_at,
                                               GError **error);

G_END_DECLS
