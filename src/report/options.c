/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/options.h"

#include <glib/gi18n.h>

PresyncReportOptions *
presync_report_options_new (void)
{
  PresyncReportOptions *self = g_new0 (PresyncReportOptions, 1);

  self->paper = PRESYNC_PAPER_A4;
  self->length = PRESYNC_REPORT_FULL;
  self->sections = PRESYNC_SECTIONS_DEFAULT;
  return self;
}

PresyncReportOptions *
presync_report_options_copy (const PresyncReportOptions *self)
{
  PresyncReportOptions *copy;

  g_return_val_if_fail (self != NULL, NULL);
  copy = g_memdup2 (self, sizeof (PresyncReportOptions));
  copy->organisation = g_strdup (self->organisation);
  copy->logo = g_strdup (self->logo);
  copy->prepared_by = g_strdup (self->prepared_by);
  copy->classification = g_strdup (self->classification);
  return copy;
}

void
presync_report_options_free (PresyncReportOptions *self)
{
  if (self == NULL)
    return;
  g_free (self->organisation);
  g_free (self->logo);
  g_free (self->prepared_by);
  g_free (self->classification);
  g_free (self);
}

const PresyncSectionInfo *
presync_report_sections (gsize *n)
{
  static const PresyncSectionInfo sections[] = {
    { PRESYNC_REPORT_SECTION_BLOCKERS, "blockers", N_ ("What blocks us, what is open, advice") },
    { PRESYNC_REPORT_SECTION_CHANGES, "changes", N_ ("Changes since the run before") },
    { PRESYNC_REPORT_SECTION_CLOUD_SYNC, "cloud-sync", N_ ("Requirements of Cloud sync") },
    { PRESYNC_REPORT_SECTION_CONNECT_SYNC, "connect-sync", N_ ("Requirements of Connect Sync") },
    { PRESYNC_REPORT_SECTION_ACCOUNTS, "accounts", N_ ("Accounts") },
    { PRESYNC_REPORT_SECTION_SQL, "sql-server", N_ ("SQL Server and sizing") },
    { PRESYNC_REPORT_SECTION_TENANT, "tenant", N_ ("Tenant") },
    { PRESYNC_REPORT_SECTION_NETWORK, "network", N_ ("Network") },
    { PRESYNC_REPORT_SECTION_SERVER, "sync-server", N_ ("Sync server") },
    { PRESYNC_REPORT_SECTION_STATEMENTS, "statements", N_ ("Answers and waivers") },
    { PRESYNC_REPORT_SECTION_ORIGINS, "origins", N_ ("Appendix of origins and documents") },
    { PRESYNC_REPORT_SECTION_EVIDENCE, "evidence", N_ ("Appendix of all facts") },
  };

  if (n != NULL)
    *n = G_N_ELEMENTS (sections);
  return sections;
}
