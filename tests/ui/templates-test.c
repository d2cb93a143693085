/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Every widget with a template: made, shown, and gone again, without any warning. */
#include <adwaita.h>

#include "app/account-picker.h"
#include "app/account-row.h"
#include "app/accounts-page.h"
#include "app/answer-card.h"
#include "app/certificate-view.h"
#include "app/checklist-page.h"
#include "app/checklist-row.h"
#include "app/command-card.h"
#include "app/comparison-view.h"
#include "app/condition-row.h"
#include "app/connection-dialog.h"
#include "app/connection-form.h"
#include "app/detail-pane.h"
#include "app/export-dialog.h"
#include "app/export-form.h"
#include "app/export-preview.h"
#include "app/facts-drop.h"
#include "app/filter-bar.h"
#include "app/history-page.h"
#include "app/network-group.h"
#include "app/network-matrix.h"
#include "app/option-card.h"
#include "app/overview-page.h"
#include "app/plan-dialog.h"
#include "app/right-detail.h"
#include "app/rights-table.h"
#include "app/save-banner.h"
#include "app/server-files.h"
#include "app/server-guide.h"
#include "app/server-page.h"
#include "app/server-topic-row.h"
#include "app/service-choices.h"
#include "app/sidebar.h"
#include "app/source-card.h"
#include "app/sources-page.h"
#include "app/sql-check.h"
#include "app/sql-findings.h"
#include "app/sql-form.h"
#include "app/sql-page.h"
#include "app/stage-row.h"
#include "app/start-page.h"
#include "app/status-pill.h"
#include "app/tenant-code.h"
#include "app/tenant-findings.h"
#include "app/tenant-form.h"
#include "app/tenant-page.h"
#include "app/tenant-sign-in.h"
#include "app/waiver-card.h"
#include "app/window.h"

typedef GType (*TemplateType) (void);

static const TemplateType types[] = {
  presync_account_picker_get_type,
  presync_account_row_get_type,
  presync_accounts_page_get_type,
  presync_condition_row_get_type,
  presync_right_detail_get_type,
  presync_rights_table_get_type,
  presync_service_choices_get_type,
  presync_answer_card_get_type,
  presync_certificate_view_get_type,
  presync_checklist_page_get_type,
  presync_checklist_row_get_type,
  presync_command_card_get_type,
  presync_connection_dialog_get_type,
  presync_connection_form_get_type,
  presync_detail_pane_get_type,
  presync_export_dialog_get_type,
  presync_export_form_get_type,
  presync_export_preview_get_type,
  presync_facts_drop_get_type,
  presync_network_group_get_type,
  presync_network_matrix_get_type,
  presync_filter_bar_get_type,
  presync_option_card_get_type,
  presync_overview_page_get_type,
  presync_plan_dialog_get_type,
  presync_save_banner_get_type,
  presync_server_files_get_type,
  presync_server_guide_get_type,
  presync_server_page_get_type,
  presync_server_topic_row_get_type,
  presync_sidebar_get_type,
  presync_source_card_get_type,
  presync_sources_page_get_type,
  presync_sql_check_get_type,
  presync_sql_findings_get_type,
  presync_sql_form_get_type,
  presync_sql_page_get_type,
  presync_stage_row_get_type,
  presync_start_page_get_type,
  presync_status_pill_get_type,
  presync_tenant_code_get_type,
  presync_tenant_findings_get_type,
  presync_tenant_form_get_type,
  presync_tenant_page_get_type,
  presync_tenant_sign_in_get_type,
  presync_comparison_view_get_type,
  presync_history_page_get_type,
  presync_waiver_card_get_type,
  presync_window_get_type,
};

typedef struct
{
  GtkApplication *application;
  PresyncAssessment *assessment;
} TemplateWorld;

static void
template_spin (guint milliseconds)
{
  gint64 end = g_get_monotonic_time () + milliseconds * 1000;

  while (g_get_monotonic_time () < end)
    if (!g_main_context_iteration (NULL, FALSE))
      g_usleep (1000);
}

/* (transfer none): shown, in a window of its own unless it is one */
static GtkWidget *
template_show (TemplateWorld *world, GType type)
{
  g_autoptr (GTypeClass) class = g_type_class_ref (type);
  gboolean wants = g_object_class_find_property (G_OBJECT_CLASS (class), "assessment") != NULL;
  GtkWidget *widget;
  GtkWidget *window;

  if (g_type_is_a (type, PRESYNC_TYPE_WINDOW))
    widget = GTK_WIDGET (presync_window_new (world->application, world->assessment));
  else if (wants)
    widget = g_object_new (type, "assessment", world->assessment, NULL);
  else
    widget = g_object_new (type, NULL);
  window = widget;
  if (!GTK_IS_WINDOW (widget))
    {
      window = gtk_window_new ();
      if (GTK_IS_LIST_BOX_ROW (widget))
        {
          GtkWidget *list = gtk_list_box_new ();

          gtk_list_box_append (GTK_LIST_BOX (list), widget);
          widget = list;
        }
      gtk_window_set_child (GTK_WINDOW (window), widget);
    }
  gtk_window_present (GTK_WINDOW (window));
  return window;
}

static void
template_test (TemplateWorld *world, GType type)
{
  GtkWidget *window = template_show (world, type);

  g_object_add_weak_pointer (G_OBJECT (window), (gpointer *) &window);
  template_spin (100);
  g_assert_true (gtk_widget_get_mapped (window));
  gtk_window_destroy (GTK_WINDOW (window));
  template_spin (50);
  g_assert_null (window);
}

static gboolean
template_is_listed (const char *name)
{
  for (gsize i = 0; i < G_N_ELEMENTS (types); i++)
    if (g_str_equal (g_type_name (types[i]()), name))
      return TRUE;
  return FALSE;
}

/* A template that is in the bundle and not in the table above would go untested. */
static void
template_test_listed (void)
{
  g_auto (GStrv) files = NULL;
  g_autoptr (GError) error = NULL;

  files = g_resources_enumerate_children (PRESYNC_RESOURCE_BASE, G_RESOURCE_LOOKUP_FLAGS_NONE,
                                          &error);
  g_assert_no_error (error);
  for (char **file = files; *file != NULL; file++)
    {
      g_autofree char *path = g_strconcat (PRESYNC_RESOURCE_BASE "/", *file, NULL);
      g_autoptr (GBytes) data = NULL;
      g_autoptr (GMatchInfo) match = NULL;
      g_autoptr (GRegex) regex = g_regex_new ("<template class=\"(\\w+)\"", 0, 0, NULL);
      g_autofree char *name = NULL;

      if (!g_str_has_suffix (*file, ".ui"))
        continue;
      data = g_resources_lookup_data (path, G_RESOURCE_LOOKUP_FLAGS_NONE, &error);
      g_assert_no_error (error);
      if (!g_regex_match (regex, g_bytes_get_data (data, NULL), 0, &match))
        continue;
      name = g_match_info_fetch (match, 1);
      if (!template_is_listed (name))
        g_error ("%s (%s) is not listed in templates-test.c", name, *file);
    }
}

static int
template_run_all (TemplateWorld *world)
{
  g_print ("1..%" G_GSIZE_FORMAT "\n", G_N_ELEMENTS (types) + 1);
  template_test_listed ();
  g_print ("ok 1 - every template is listed\n");
  for (gsize i = 0; i < G_N_ELEMENTS (types); i++)
    {
      template_test (world, types[i]());
      g_print ("ok %" G_GSIZE_FORMAT " - %s\n", i + 2, g_type_name (types[i]()));
    }
  return 0;
}

int
main (int argc, char **argv)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (AdwApplication) application = NULL;
  g_autoptr (PresyncCatalogue) catalogue = NULL;
  g_autoptr (PresyncAssessment) assessment = NULL;
  TemplateWorld world;

  adw_init ();
  catalogue = presync_catalogue_new_built_in ();
  assessment = presync_assessment_new (catalogue);
  application = adw_application_new (PRESYNC_APPLICATION_ID, G_APPLICATION_NON_UNIQUE);
  g_application_register (G_APPLICATION (application), NULL, &error);
  g_assert_no_error (error);
  world = (TemplateWorld){ GTK_APPLICATION (application), assessment };
  return template_run_all (&world);
}
