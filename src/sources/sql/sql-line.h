/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "sources/sql/sql-result.h"
#include "sources/stage.h"

G_BEGIN_DECLS

/**
 * PresyncSqlLine: one thing that presync-sql says (protocol.md); exactly one of them is set
 * @stage: a stage's id, with @state and @text (nullable)
 * @certificate: what the server showed
 * @prelogin: what it told before anybody signed in
 * @browser: the SQL Server Browser knows the instance, which does not listen on TCP; with
 *   @named_pipes: but on these
 * @error: the check failed at @stage (nullable): a %PRESYNC_ERROR
 * @result: the check is over
 */
typedef struct
{
  char *stage;
  PresyncStageState state;
  char *text;
  GTlsCertificate *certificate;
  PresyncSqlPrelogin *prelogin;
  gboolean browser;
  gboolean named_pipes;
  GError *error;
  PresyncSqlResult *result;
} PresyncSqlLine;

/**
 * presync_sql_line_parse:
 * @text: a line without its end, need not end with NUL
 *
 * Returns: (transfer full): %NULL with %PRESYNC_ERROR_BAD_INPUT, the end of a sentence
 */
PresyncSqlLine *presync_sql_line_parse (const char *text, gsize length, GError **error);
void presync_sql_line_free (PresyncSqlLine *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PresyncSqlLine, presync_sql_line_free)

G_END_DECLS
