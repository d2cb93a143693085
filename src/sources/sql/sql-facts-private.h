/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sources/sql/sql-facts.h"

G_BEGIN_DECLS

/* What the sql-facts*.c files share. Nobody else includes this. */

/**
 * PresyncSqlAnswer: the result while it is turned into facts
 * @driver: (nullable): %NULL before anybody signed in
 */
typedef struct
{
  const PresyncSqlResult *result;
  const char *driver;
  const char *subject;
  const char *target;
  GDateTime *at;
  GPtrArray *facts;
} PresyncSqlAnswer;

/**
 * PresyncSqlCell: one value of an answer, or why there is none
 * @unknown: %PRESYNC_UNKNOWN_NONE if there is one
 * @origin: of the read
 */
typedef struct
{
  PresyncUnknown unknown;
  char *detail;
  gint64 integer;
  char *text;
  PresyncOrigin *origin;
} PresyncSqlCell;

void presync_sql_cell_clear (PresyncSqlCell *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (PresyncSqlCell, presync_sql_cell_clear)

/* (transfer full) */
PresyncOrigin *presync_sql_answer_dup_origin (const PresyncSqlAnswer *self, const char *query,
                                              gboolean complete);
/* @detail: (transfer full): a whole sentence */
void presync_sql_cell_set_unknown (PresyncSqlCell *self, PresyncUnknown unknown, char *detail);

/**
 * presync_sql_answer_find:
 * @cell: (out): its origin is set even without a read
 *
 * Returns: (nullable): the read @id, if it has rows; else @cell says why not
 */
const PresyncSqlRead *presync_sql_answer_find (const PresyncSqlAnswer *self, const char *id,
                                               PresyncSqlCell *cell);

/* @row: counted from 0. Each returns %TRUE if there is a value of that type. */
gboolean presync_sql_answer_get_integer (const PresyncSqlAnswer *self, const char *id, guint row,
                                         const char *column, PresyncSqlCell *cell);
gboolean presync_sql_answer_get_text (const PresyncSqlAnswer *self, const char *id, guint row,
                                      const char *column, PresyncSqlCell *cell);
/* 1 or 0 */
gboolean presync_sql_answer_get_flag (const PresyncSqlAnswer *self, const char *id, guint row,
                                      const char *column, PresyncSqlCell *cell);

/* Add a fact with @cell's origin; (transfer none). */
void presync_sql_answer_add (PresyncSqlAnswer *self, PresyncFact *fact);
void presync_sql_answer_add_unknown (PresyncSqlAnswer *self, const char *key,
                                     const PresyncSqlCell *cell);
void presync_sql_answer_add_boolean (PresyncSqlAnswer *self, const char *key, gboolean value,
                                     const PresyncSqlCell *cell);
void presync_sql_answer_add_integer (PresyncSqlAnswer *self, const char *key, gint64 value,
                                     const PresyncSqlCell *cell);
void presync_sql_answer_add_text (PresyncSqlAnswer *self, const char *key, const char *value,
                                  const PresyncSqlCell *cell);

/* In sql-facts-database.c: the facts about databases, ADSync and who may make or own it */
void presync_sql_answer_add_databases (PresyncSqlAnswer *self);

G_END_DECLS
