/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sources/server/facts-reading.h"

G_BEGIN_DECLS

/* What the files that make facts of a report share. Nobody else includes this. */

/**
 * PresyncReportItems: facts that are being made of a report, on the stack
 * @subject: the server's name in the facts
 * @facts: (element-type PresyncFact)
 */
typedef struct
{
  PresyncFactsReport *report;
  const char *subject;
  GPtrArray *facts;
} PresyncReportItems;

/* (transfer full): @query is the JSON path that was read */
PresyncOrigin *presync_report_items_dup_origin (PresyncReportItems *self, const char *query);

/* Each adds one fact of @key, read at the JSON path @query. */
void presync_report_items_add_boolean (PresyncReportItems *self, const char *key, const char *query,
                                       gboolean value);
void presync_report_items_add_integer (PresyncReportItems *self, const char *key, const char *query,
                                       gint64 value);
/* @value: a dotted version, else the fact is unknown (malformed) */
void presync_report_items_add_version (PresyncReportItems *self, const char *key, const char *query,
                                       const char *value);
void presync_report_items_add_text (PresyncReportItems *self, const char *key, const char *query,
                                    const char *value);
/* @value: (element-type utf8) */
void presync_report_items_add_list (PresyncReportItems *self, const char *key, const char *query,
                                    GPtrArray *value);
/* @detail: a translated sentence */
void presync_report_items_add_unknown (PresyncReportItems *self, const char *key, const char *query,
                                       PresyncUnknown reason, const char *detail);
/* An unknown fact: @reading has no value, so its reason */
void presync_report_items_add_unread (PresyncReportItems *self, const char *key, const char *query,
                                      const PresyncReading *reading);
/* An unknown fact: what stands at @query makes no sense */
void presync_report_items_add_malformed (PresyncReportItems *self, const char *key,
                                         const char *query);

/* TRUE if the script was not able to tell: neither a value nor null */
gboolean presync_reading_is_unknown (const PresyncReading *self);

/* Each adds the facts of its area, for every report. */
void presync_desktop_experience_add_facts (PresyncReportItems *self);
void presync_execution_policy_add_facts (PresyncReportItems *self);
void presync_tls_policy_add_facts (PresyncReportItems *self);
void presync_report_lists_add_facts (PresyncReportItems *self);

/**
 * presync_report_items_is_server:
 * @is_server: (out)
 * @reading: (out): what was read of it, for presync_report_items_add_unread()
 *
 * A build number tells nothing: Windows 11 and Windows Server 2025 share theirs. ProductType
 * (Win32_OperatingSystem: 1 work station, 2 domain controller, 3 server) decides, else the name.
 *
 * Returns: %FALSE if the file does not tell
 */
gboolean presync_report_items_is_server (PresyncReportItems *self, gboolean *is_server,
                                         PresyncReading *reading);

G_END_DECLS
