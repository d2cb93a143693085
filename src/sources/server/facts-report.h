/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "facts/fact.h"

G_BEGIN_DECLS

/* A facts file is no larger and no deeper than this. */
#define PRESYNC_FACTS_FILE_MAX_BYTES (1024 * 1024)
#define PRESYNC_FACTS_FILE_MAX_DEPTH 32
/* The version of data/collector/server-facts.schema.json that is read */
#define PRESYNC_FACTS_FILE_VERSION 1

/**
 * PresyncFactsReport: what the collector script wrote on one server at one moment, read strictly
 * from its file. Immutable; crosses threads.
 */
#define PRESYNC_TYPE_FACTS_REPORT (presync_facts_report_get_type ())
G_DECLARE_FINAL_TYPE (PresyncFactsReport, presync_facts_report, PRESYNC, FACTS_REPORT, GObject)

/**
 * presync_facts_report_parse:
 * @data: the file's bytes: JSON by data/collector/server-facts.schema.json, UTF-8 with or without
 *   a byte order mark, or UTF-16 with one
 * @path: for error messages and origins
 * @now: a file from the future is refused
 *
 * Returns: (transfer full): the report; %NULL with %PRESYNC_ERROR_BAD_INPUT (or
 *   %PRESYNC_ERROR_LIMIT): one sentence that names @path and, where one is to blame, the line or
 *   the JSON path ("hardware.disks[0].sizeBytes")
 */
PresyncFactsReport *presync_facts_report_parse (GBytes *data, const char *path, GDateTime *now,
                                                GError **error);

/* Reads at most %PRESYNC_FACTS_FILE_MAX_BYTES of @file, blocking, then parses them. */
PresyncFactsReport *presync_facts_report_load (GFile *file, GDateTime *now,
                                               GCancellable *cancellable, GError **error);

/* File name or "resource://" address it was read from */
const char *presync_facts_report_get_path (PresyncFactsReport *self);
/* (transfer none): the file as it is, in UTF-8: presync_facts_report_parse() makes the same of it
 */
const char *presync_facts_report_get_text (PresyncFactsReport *self);
/* "SYNC01"; a host name, as the next one: letters, digits, "-", "." and "_", at most 255 */
const char *presync_facts_report_get_name (PresyncFactsReport *self);
/* (nullable): "sync01.contoso.com" */
const char *presync_facts_report_get_dns_name (PresyncFactsReport *self);
/* When the script ran, UTC */
GDateTime *presync_facts_report_get_collected (PresyncFactsReport *self);
/* (transfer none) (array zero-terminated=1): JSON paths of members that the schema does not know;
 * they were skipped */
const char *const *presync_facts_report_get_unknown_members (PresyncFactsReport *self);

/**
 * presync_facts_report_is_of:
 * @server: a host name as a person wrote it, short or with its domain, in any case
 *
 * Returns: %TRUE if the file was written on @server
 */
gboolean presync_facts_report_is_of (PresyncFactsReport *self, const char *server);

/**
 * presync_facts_report_list_facts: (in server/report-facts.c)
 * @subject: the server's name in the facts
 *
 * Returns: (transfer container) (element-type PresyncFact): a fact, known or unknown with the
 *   reason, for every key "server.…" that presync_server_fact_keys() lists; origin "server", the
 *   file, the JSON path, the moment the script ran
 */
GPtrArray *presync_facts_report_list_facts (PresyncFactsReport *self, const char *subject);

/* (transfer none) (array zero-terminated=1): every key that a facts file tells of */
const char *const *presync_server_fact_keys (void);

G_END_DECLS
