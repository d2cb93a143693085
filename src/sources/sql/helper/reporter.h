/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/**
 * PresyncSqlReporter: writes the lines of ../protocol.md, and ends the process when a stage or the
 * whole check takes too long
 *
 * A thread of its own watches the clock: the drivers were seen to ignore their own limits, and a
 * call inside one cannot be stopped. When the time is up it writes the error and ends the process.
 */
typedef struct _PresyncSqlReporter PresyncSqlReporter;

/**
 * presync_sql_reporter_new:
 * @descriptor: where the lines go, not closed
 * @server: for the sentences
 * @seconds: the whole check's limit
 */
PresyncSqlReporter *presync_sql_reporter_new (int descriptor, const char *server, guint seconds);
void presync_sql_reporter_free (PresyncSqlReporter *self);

/* @stage: static text, now "running"; @limit: seconds it may take */
void presync_sql_reporter_begin (PresyncSqlReporter *self, const char *stage, guint limit);
/* The running stage is "done"; @text: (nullable): what it found */
void presync_sql_reporter_done (PresyncSqlReporter *self, const char *text);
/* @stage is left out */
void presync_sql_reporter_skip (PresyncSqlReporter *self, const char *stage);
void presync_sql_reporter_show_certificate (PresyncSqlReporter *self, const char *pem);
/* @prelogin: (transfer full) */
void presync_sql_reporter_show_prelogin (PresyncSqlReporter *self, JsonObject *prelogin);
/* The SQL Server Browser knows the instance, which does not listen on TCP. */
void presync_sql_reporter_show_browser (PresyncSqlReporter *self, gboolean named_pipes);

/* Only the first of these two writes anything: the last line. */
void presync_sql_reporter_fail (PresyncSqlReporter *self, const GError *error);
/* @result: (transfer full). Returns: %FALSE if it was too large, which is then reported instead */
gboolean presync_sql_reporter_finish (PresyncSqlReporter *self, JsonNode *result);

/* (transfer none): the code of ../protocol.md for an error */
const char *presync_sql_error_code (const GError *error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PresyncSqlReporter, presync_sql_reporter_free)

G_END_DECLS
