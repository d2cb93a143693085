/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "assessment/statements.h"
#include "store/statement.h"

G_BEGIN_DECLS

/**
 * presync_statements_table_write:
 * @answers, @waivers: see #PresyncChanges
 * @all: those of other conditions go
 *
 * Within a transaction.
 */
gboolean presync_statements_table_write (sqlite3 *db, GHashTable *answers, GHashTable *waivers,
                                         gboolean all, GError **error);

/* (transfer full) (nullable) (element-type PresyncAnswer), (element-type PresyncWaiver): also of
 * conditions that the catalogue does not know */
GPtrArray *presync_statements_table_read_answers (sqlite3 *db, GError **error);
GPtrArray *presync_statements_table_read_waivers (sqlite3 *db, GError **error);

/* (transfer none): "2026-11-23" in @text; and back, %FALSE if it is no day */
void presync_statements_table_format_day (const GDate *day, char text[16]);
gboolean presync_statements_table_parse_day (const char *text, GDate *day);

G_END_DECLS
