/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>
#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/**
 * PresyncSqlPrelogin: what a SQL Server tells before anybody signs in
 * @version: (nullable): "15.0.4375"
 * @encryption: "on", "off", "required" or "not-supported"
 * @tls: (nullable): "1.2"
 * @trusted: the certificate was verified; %FALSE too if only a pin made it acceptable
 * @problem: (nullable): what is wrong with it, such as "self-signed"
 */
typedef struct
{
  char *version;
  char *encryption;
  char *tls;
  gboolean trusted;
  char *problem;
} PresyncSqlPrelogin;

/**
 * PresyncSqlRead: one statement and its answer
 * @message: (nullable): why there is none; @native is the server's error number (0: none), @code a
 *   word of protocol.md (nullable)
 * @rows: (element-type JsonObject) (nullable): the answer
 * @complete: %FALSE if there are more rows
 */
typedef struct
{
  char *id;
  char *query;
  char *message;
  char *code;
  gint64 native;
  GPtrArray *rows;
  gboolean complete;
} PresyncSqlRead;

/**
 * PresyncSqlResult: what presync-sql read of a SQL Server (protocol.md)
 * @found_by: "browser", "port" or "default"
 */
typedef struct
{
  char *driver;
  guint16 port;
  char *found_by;
  PresyncSqlPrelogin *prelogin;
  GDateTime *at;
  GPtrArray *reads; /* of PresyncSqlRead */
} PresyncSqlResult;

/**
 * presync_sql_prelogin_parse:
 *
 * Returns: (transfer full): %NULL with %PRESYNC_ERROR_BAD_INPUT: the end of a sentence
 */
PresyncSqlPrelogin *presync_sql_prelogin_parse (JsonObject *object, GError **error);
void presync_sql_prelogin_free (PresyncSqlPrelogin *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PresyncSqlPrelogin, presync_sql_prelogin_free)

/* The same of a whole result */
PresyncSqlResult *presync_sql_result_parse (JsonObject *object, GError **error);
void presync_sql_result_free (PresyncSqlResult *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PresyncSqlResult, presync_sql_result_free)

/**
 * presync_sql_result_load:
 * @data: a recording
 * @path: for the sentence
 *
 * Returns: (transfer full): %NULL with one sentence that names @path
 */
PresyncSqlResult *presync_sql_result_load (GBytes *data, const char *path, GError **error);

/* (transfer none) (nullable) */
const PresyncSqlRead *presync_sql_result_find (const PresyncSqlResult *self, const char *id);

/* (transfer none) (nullable): @column of a row, in any case of letters: servers differ */
JsonNode *presync_sql_row_get (JsonObject *row, const char *column);

G_END_DECLS
