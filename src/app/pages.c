/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/pages.h"

#include "app/accounts-page.h"
#include "app/checklist-page.h"
#include "app/form.h"
#include "app/history-page.h"
#include "app/overview-page.h"
#include "app/server-page.h"
#include "app/sources-page.h"
#include "app/sql-page.h"
#include "app/tenant-page.h"

static GtkWidget *
presync_pages_new (const char *page, PresyncAssessment *assessment, GSettings *settings)
{
  PresyncOption option;

  if (presync_option_from_id (page, &option))
    {
      GtkWidget *checklist = presync_checklist_page_new (assessment, option);

      g_settings_bind (settings, "overview-only", checklist, "overview-only",
                       G_SETTINGS_BIND_DEFAULT);
      return checklist;
    }
  if (g_str_equal (page, "accounts"))
    return presync_accounts_page_new (assessment);
  if (g_str_equal (page, "tenant"))
    return presync_tenant_page_new (assessment);
  if (g_str_equal (page, "sql-server"))
    return presync_sql_page_new (assessment);
  if (g_str_equal (page, "sync-server"))
    return presync_server_page_new (assessment);
  if (g_str_equal (page, "history"))
    return presync_history_page_new (assessment);
  if (g_str_equal (page, "sources"))
    return g_object_new (PRESYNC_TYPE_SOURCES_PAGE, "assessment", assessment, NULL);
  return presync_overview_page_new (assessment);
}

GtkWidget *
presync_pages_create (const char *page, PresyncAssessment *assessment, GSettings *settings)
{
  GtkWidget *widget = presync_pages_new (page, assessment, settings);

  presync_form_wrap_titles (widget);
  presync_form_forbid_hyphens (widget);
  return widget;
}
