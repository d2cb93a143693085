/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

/**
 * PresyncPaper: sheet sizes, upright
 */
typedef enum
{
  PRESYNC_PAPER_A4,
  PRESYNC_PAPER_LETTER,
} PresyncPaper;

typedef enum
{
  PRESYNC_REPORT_SUMMARY, /* for managers: 2 to 4 pages */
  PRESYNC_REPORT_FULL,
} PresyncReportLength;

/**
 * PresyncReportSection: parts of a full report that may be left out, as flags. The cover with both
 * verdicts is always there.
 */
typedef enum
{
  PRESYNC_REPORT_SECTION_BLOCKERS = 1 << 0, /* what blocks us, what is open, advice */
  PRESYNC_REPORT_SECTION_CHANGES = 1 << 1,  /* since the run before; history line */
  PRESYNC_REPORT_SECTION_CLOUD_SYNC = 1 << 2,
  PRESYNC_REPORT_SECTION_CONNECT_SYNC = 1 << 3,
  PRESYNC_REPORT_SECTION_ACCOUNTS = 1 << 4,
  PRESYNC_REPORT_SECTION_SQL = 1 << 5, /* SQL Server and sizing */
  PRESYNC_REPORT_SECTION_TENANT = 1 << 6,
  PRESYNC_REPORT_SECTION_NETWORK = 1 << 7,
  PRESYNC_REPORT_SECTION_SERVER = 1 << 8,
  PRESYNC_REPORT_SECTION_STATEMENTS = 1 << 9, /* answers and waivers */
  PRESYNC_REPORT_SECTION_ORIGINS = 1 << 10,   /* appendix of origins and documents */
  PRESYNC_REPORT_SECTION_EVIDENCE = 1 << 11,  /* appendix of all facts; not in the default */
} PresyncReportSection;

#define PRESYNC_SECTIONS_DEFAULT ((PRESYNC_REPORT_SECTION_EVIDENCE) -1)
#define PRESYNC_SECTIONS_ALL (2 * (PRESYNC_REPORT_SECTION_EVIDENCE) -1)

/**
 * PresyncReportOptions: how a report is to be. Plain data.
 * @sections: flags of #PresyncReportSection; of a full report only
 * @organisation: (nullable): name on the cover, in place of the forest's
 * @logo: (nullable): path of a PNG or SVG file
 * @prepared_by: (nullable)
 * @classification: (nullable): line in the head of each page, such as "Internal"
 */
typedef struct
{
  PresyncPaper paper;
  PresyncReportLength length;
  guint sections;
  char *organisation;
  char *logo;
  char *prepared_by;
  char *classification;
} PresyncReportOptions;

/* A4, full, PRESYNC_SECTIONS_DEFAULT, nothing else */
PresyncReportOptions *presync_report_options_new (void);
PresyncReportOptions *presync_report_options_copy (const PresyncReportOptions *self);
void presync_report_options_free (PresyncReportOptions *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PresyncReportOptions, presync_report_options_free)

/**
 * PresyncSectionInfo: for dialogs and command lines
 * @id: "blockers", "changes", "cloud-sync", "connect-sync", "accounts", "sql-server", "tenant",
 *   "network", "sync-server", "statements", "origins", "evidence"
 * @title: untranslated (N_)
 */
typedef struct
{
  PresyncReportSection section;
  const char *id;
  const char *title;
} PresyncSectionInfo;

/* (transfer none) (array length=n): in the order of the report */
const PresyncSectionInfo *presync_report_sections (gsize *n);

G_END_DECLS
