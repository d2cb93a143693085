/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/server-files.h"

#include <glib/gi18n.h>

#include "app/accessible.h"
#include "app/connection.h"
#include "app/relative-time.h"
#include "app/server-facts.h"
#include "app/server-text.h"
#include "app/status-style.h"
#include "app/wrap-layout.h"

struct _PresyncServerFiles
{
  AdwBin parent_instance;

  AdwPreferencesGroup *group;
  AdwActionRow *server_row;
  AdwActionRow *file_row;
  GtkImage *file_icon;
  AdwActionRow *folder_row;
  GtkWidget *buttons;

  PresyncAssessment *assessment;
  GPtrArray *rows;       /* GtkWidget: other servers, problems */
  char *told;            /* what they say */
  GHashTable *dismissed; /* sentences that need not be said again */
};

G_DEFINE_FINAL_TYPE (PresyncServerFiles, presync_server_files, ADW_TYPE_BIN)

static void
presync_server_files_set_row (AdwActionRow *row, const char *title, const char *subtitle)
{
  g_autofree char *name
      = *subtitle != '\0' ? g_strdup_printf ("%s: %s", title, subtitle) : g_strdup (title);

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_set_subtitle (row, subtitle);
  presync_accessible_set_label (GTK_WIDGET (row), name);
}

static GtkWidget *
presync_server_files_add_row (PresyncServerFiles *self, const char *icon, const char *title,
                              const char *subtitle)
{
  GtkWidget *row = adw_action_row_new ();

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_action_row_set_title_lines (ADW_ACTION_ROW (row), 0);
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (row), 0);
  adw_action_row_add_prefix (ADW_ACTION_ROW (row), presync_accessible_new_ornament (icon));
  presync_server_files_set_row (ADW_ACTION_ROW (row), title, subtitle);
  adw_preferences_group_add (self->group, row);
  g_ptr_array_add (self->rows, row);
  return row;
}

static void
presync_server_files_use_cb (PresyncServerFiles *self, GtkWidget *button)
{
  presync_connection_name_sync_server (self->assessment,
                                       g_object_get_data (G_OBJECT (button), "server"));
}

static void
presync_server_files_dismiss_cb (PresyncServerFiles *self, GtkWidget *button)
{
  GtkWidget *row = gtk_widget_get_ancestor (button, ADW_TYPE_ACTION_ROW);

  g_hash_table_add (self->dismissed,
                    g_strdup (adw_preferences_row_get_title (ADW_PREFERENCES_ROW (row))));
  adw_preferences_group_remove (self->group, row);
  g_ptr_array_remove (self->rows, row);
}

static GtkWidget *
presync_server_files_add_button (GtkWidget *row, GtkWidget *button, const char *name)
{
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  presync_accessible_set_label (button, name);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), button);
  return button;
}

/* A server that is not the one that was named: it may be meant nevertheless. */
static void
presync_server_files_add_other (PresyncServerFiles *self, PresyncFactsReport *report,
                                GDateTime *now)
{
  const char *server = presync_facts_report_get_name (report);
  g_autofree char *file = presync_server_text_dup_file (report);
  g_autofree char *age
      = presync_server_text_dup_age (presync_facts_report_get_collected (report), now);
  g_autofree char *subtitle = g_strdup_printf ("%s · %s", file, age);
  /* TRANSLATORS: %s is a server, such as SYNC02 */
  g_autofree char *name = g_strdup_printf (_ ("Use %s as the sync server"), server);
  GtkWidget *row = presync_server_files_add_row (self, "presync-server-symbolic", server, subtitle);
  GtkWidget *button = presync_server_files_add_button (
      row, gtk_button_new_with_label (_ ("Use this server")), name);

  g_object_set_data_full (G_OBJECT (button), "server", g_strdup (server), g_free);
  g_signal_connect_object (button, "clicked", G_CALLBACK (presync_server_files_use_cb), self,
                           G_CONNECT_SWAPPED);
}

static void
presync_server_files_add_problem (PresyncServerFiles *self, const char *problem)
{
  GtkWidget *row = NULL;
  GtkWidget *button = NULL;

  if (g_hash_table_contains (self->dismissed, problem))
    return;
  row = presync_server_files_add_row (self, "dialog-warning-symbolic", problem, "");
  gtk_widget_add_css_class (row, "problem");
  button = presync_server_files_add_button (
      row, gtk_button_new_from_icon_name ("window-close-symbolic"), _ ("Dismiss"));
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_set_tooltip_text (button, _ ("Dismiss"));
  g_signal_connect_object (button, "clicked", G_CALLBACK (presync_server_files_dismiss_cb), self,
                           G_CONNECT_SWAPPED);
}

static void
presync_server_files_update_server (PresyncServerFiles *self)
{
  const char *server = presync_assessment_get_sync_server (self->assessment);
  g_autofree char *os = presync_server_text_dup_value (self->assessment, "server.os");

  if (server == NULL || *server == '\0')
    presync_server_files_set_row (self->server_row, _ ("No sync server is named yet"),
                                  _ ("A facts file names it; so can you, in the plan"));
  else
    presync_server_files_set_row (self->server_row, server,
                                  os != NULL ? os : _ ("Nothing is known of it yet"));
}

/* How old is too old is a condition of the checklist. */
static void
presync_server_files_update_file (PresyncServerFiles *self, PresyncFactsReport *report,
                                  gboolean others, GPtrArray *items, GDateTime *now)
{
  static const char *const collected[] = { "server.collected", NULL };
  PresyncStatus status = presync_server_status_of (self->assessment, items, collected);
  gboolean old = status == PRESYNC_STATUS_ADVICE || status == PRESYNC_STATUS_NOT_MET;
  g_autofree char *file = NULL;
  g_autofree char *age = NULL;
  g_autofree char *at = NULL;
  g_autofree char *subtitle = NULL;

  presync_status_set_class (GTK_WIDGET (self->file_icon),
                            old ? PRESYNC_STATUS_ADVICE : PRESYNC_STATUS_MET);
  gtk_image_set_from_icon_name (self->file_icon,
                                presync_status_icon (report == NULL ? PRESYNC_STATUS_NEEDS_ANSWER
                                                     : old          ? PRESYNC_STATUS_ADVICE
                                                                    : PRESYNC_STATUS_MET));
  if (report == NULL)
    {
      presync_status_set_class (GTK_WIDGET (self->file_icon), PRESYNC_STATUS_NEEDS_ANSWER);
      presync_server_files_set_row (
          self->file_row,
          others ? _ ("No facts file of the sync server yet") : _ ("No facts file yet"),
          others ? _ ("Those of the servers below count as soon as one is chosen")
                 : _ ("The rows below need an answer until there is one"));
      gtk_widget_set_tooltip_text (GTK_WIDGET (self->file_row), NULL);
      return;
    }
  file = presync_server_text_dup_file (report);
  age = presync_server_text_dup_age (presync_facts_report_get_collected (report), now);
  at = presync_absolute_time_text (presync_facts_report_get_collected (report));
  subtitle = old ? g_strdup_printf ("%s · %s", age, _ ("please make a newer one"))
                 : g_strdup_printf ("%s · %s", age, at);
  presync_server_files_set_row (self->file_row, file, subtitle);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->file_row), at);
}

static void
presync_server_files_update_folder (PresyncServerFiles *self, GFile *folder)
{
  g_autofree char *name = folder != NULL ? g_file_get_parse_name (folder) : NULL;

  gtk_widget_set_visible (GTK_WIDGET (self->folder_row), folder != NULL);
  if (folder != NULL)
    presync_server_files_set_row (self->folder_row, _ ("Watched folder"), name);
}

/* What this version does not know was skipped: whoever wrote it should know. */
static void
presync_server_files_add_unknown (PresyncServerFiles *self, PresyncFactsReport *report)
{
  const char *const *members = presync_facts_report_get_unknown_members (report);
  g_autofree char *list = NULL;

  if (members == NULL || *members == NULL)
    return;
  list = g_strjoinv ("\n", (char **) members);
  presync_server_files_add_row (self, "dialog-information-symbolic",
                                _ ("Not known to Presync, and skipped"), list);
}

/* (transfer full): all that the rows below the folder say, to see whether they must be made anew */
static char *
presync_server_files_dup_told (PresyncFactsReport *report, GListModel *reports,
                               const char *const *problems, GDateTime *now)
{
  g_autoptr (GString) told = g_string_new (NULL);
  const char *const *members
      = report != NULL ? presync_facts_report_get_unknown_members (report) : NULL;

  for (guint i = 0; members != NULL && members[i] != NULL; i++)
    g_string_append_printf (told, "%s\n", members[i]);
  for (guint i = 0; reports != NULL && i < g_list_model_get_n_items (reports); i++)
    {
      g_autoptr (PresyncFactsReport) other = g_list_model_get_item (reports, i);
      g_autofree char *age
          = presync_server_text_dup_age (presync_facts_report_get_collected (other), now);

      if (other != report)
        g_string_append_printf (told, "%s %s %s\n", presync_facts_report_get_name (other),
                                presync_facts_report_get_path (other), age);
    }
  for (guint i = 0; problems != NULL && problems[i] != NULL; i++)
    g_string_append_printf (told, "%s\n", problems[i]);
  return g_string_free (g_steal_pointer (&told), FALSE);
}

static void
presync_server_files_update_rows (PresyncServerFiles *self, PresyncFactsReport *report,
                                  GListModel *reports, const char *const *problems, GDateTime *now)
{
  g_autofree char *told = presync_server_files_dup_told (report, reports, problems, now);

  if (g_strcmp0 (told, self->told) == 0)
    return;
  g_free (self->told);
  self->told = g_steal_pointer (&told);
  for (guint i = 0; i < self->rows->len; i++)
    adw_preferences_group_remove (self->group, g_ptr_array_index (self->rows, i));
  g_ptr_array_set_size (self->rows, 0);
  if (report != NULL)
    presync_server_files_add_unknown (self, report);
  for (guint i = 0; reports != NULL && i < g_list_model_get_n_items (reports); i++)
    {
      g_autoptr (PresyncFactsReport) other = g_list_model_get_item (reports, i);

      if (other != report)
        presync_server_files_add_other (self, other, now);
    }
  for (guint i = 0; problems != NULL && problems[i] != NULL; i++)
    presync_server_files_add_problem (self, problems[i]);
}

void
presync_server_files_update (PresyncServerFiles *self, PresyncAssessment *assessment,
                             GPtrArray *items)
{
  g_autoptr (PresyncServerSource) source = NULL;
  g_autoptr (GDateTime) now = NULL;
  PresyncFactsReport *report = NULL;
  GListModel *reports = NULL;
  const char *const *problems = NULL;
  gboolean others = FALSE;

  g_return_if_fail (PRESYNC_IS_SERVER_FILES (self));

  g_set_object (&self->assessment, assessment);
  now = presync_assessment_dup_now (assessment);
  source = presync_server_facts_dup_source (assessment);
  if (source != NULL)
    {
      report = presync_server_source_get_report (source);
      reports = presync_server_source_get_reports (source);
      problems = presync_server_source_get_problems (source);
    }
  presync_server_files_update_server (self);
  others = reports != NULL && g_list_model_get_n_items (reports) > 0;
  presync_server_files_update_file (self, report, others, items, now);
  presync_server_files_update_folder (
      self, source != NULL ? presync_server_source_get_folder (source) : NULL);
  /* Until there is a file, the guide has them. */
  gtk_widget_set_visible (self->buttons, others);
  presync_server_files_update_rows (self, report, reports, problems, now);
}

static void
presync_server_files_dispose (GObject *object)
{
  PresyncServerFiles *self = PRESYNC_SERVER_FILES (object);

  g_ptr_array_set_size (self->rows, 0);
  g_clear_object (&self->assessment);
  gtk_widget_dispose_template (GTK_WIDGET (self), PRESYNC_TYPE_SERVER_FILES);

  G_OBJECT_CLASS (presync_server_files_parent_class)->dispose (object);
}

static void
presync_server_files_finalize (GObject *object)
{
  PresyncServerFiles *self = PRESYNC_SERVER_FILES (object);

  g_ptr_array_unref (self->rows);
  g_hash_table_unref (self->dismissed);
  g_free (self->told);

  G_OBJECT_CLASS (presync_server_files_parent_class)->finalize (object);
}

static void
presync_server_files_class_init (PresyncServerFilesClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = presync_server_files_dispose;
  G_OBJECT_CLASS (klass)->finalize = presync_server_files_finalize;

  g_type_ensure (PRESYNC_TYPE_WRAP_LAYOUT);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               PRESYNC_RESOURCE_BASE "/server-files.ui");
  gtk_widget_class_bind_template_child (widget_class, PresyncServerFiles, group);
  gtk_widget_class_bind_template_child (widget_class, PresyncServerFiles, server_row);
  gtk_widget_class_bind_template_child (widget_class, PresyncServerFiles, file_row);
  gtk_widget_class_bind_template_child (widget_class, PresyncServerFiles, file_icon);
  gtk_widget_class_bind_template_child (widget_class, PresyncServerFiles, folder_row);
  gtk_widget_class_bind_template_child (widget_class, PresyncServerFiles, buttons);
}

static void
presync_server_files_init (PresyncServerFiles *self)
{
  self->rows = g_ptr_array_new ();
  self->dismissed = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  gtk_widget_init_template (GTK_WIDGET (self));
}
