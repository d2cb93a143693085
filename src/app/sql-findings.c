/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/sql-findings.h"

#include <glib/gi18n.h>

#include "app/condition-row.h"
#include "app/relative-time.h"
#include "sources/source.h"
#include "sources/sql/sql-facts.h"

/* Seconds until "2 min ago" is said anew */
#define TIME_SECONDS 30
/* Conditions about the sync database stand in its section, or are called so. */
#define ID_PREFIX "cn-sql-"

struct _PresyncSqlFindings
{
  AdwBin parent_instance;

  AdwPreferencesGroup *group;

  PresyncAssessment *assessment;
  GPtrArray *rows;     /* PresyncConditionRow */
  AdwLeaflet *leaflet; /* nullable: the window's, while shown */
  guint time_id;
};

G_DEFINE_FINAL_TYPE (PresyncSqlFindings, presync_sql_findings, ADW_TYPE_BIN)

static gboolean
presync_sql_findings_is_about (PresyncChecklistItem *item)
{
  PresyncRequirement *requirement = presync_checklist_item_get_requirement (item);

  return presync_requirement_get_section (requirement) == PRESYNC_SECTION_SQL_SERVER
         || g_str_has_prefix (presync_checklist_item_get_id (item), ID_PREFIX);
}

/* A status is written out where there is room; its symbol has the word too. */
static void
presync_sql_findings_update_width (PresyncSqlFindings *self)
{
  gboolean wide = self->leaflet == NULL || !adw_leaflet_get_folded (self->leaflet);

  for (guint i = 0; i < self->rows->len; i++)
    presync_condition_row_set_written_out (g_ptr_array_index (self->rows, i), wide);
}

/* Rows follow their items; another edition brings other items. */
static void
presync_sql_findings_build (PresyncSqlFindings *self)
{
  GListModel *checklist = G_LIST_MODEL (
      presync_assessment_get_checklist (self->assessment, PRESYNC_OPTION_CONNECT_SYNC));

  for (guint i = 0; i < self->rows->len; i++)
    adw_preferences_group_remove (self->group, g_ptr_array_index (self->rows, i));
  g_ptr_array_set_size (self->rows, 0);
  for (guint i = 0; i < g_list_model_get_n_items (checklist); i++)
    {
      g_autoptr (PresyncChecklistItem) requirement = g_list_model_get_item (checklist, i);
      GListModel *children = presync_checklist_item_get_children (requirement);

      for (guint j = 0; children != NULL && j < g_list_model_get_n_items (children); j++)
        {
          g_autoptr (PresyncChecklistItem) item = g_list_model_get_item (children, j);
          GtkWidget *row = NULL;

          if (!presync_sql_findings_is_about (item))
            continue;
          row = presync_condition_row_new (item);
          adw_preferences_group_add (self->group, row);
          g_ptr_array_add (self->rows, row);
        }
    }
  presync_sql_findings_update_width (self);
}

/* (transfer full) (nullable): when the server was read; @encrypted: (out): how, as far as known */
static GDateTime *
presync_sql_findings_dup_read_at (PresyncSqlFindings *self, const char **encrypted)
{
  g_autoptr (GPtrArray) facts
      = presync_fact_set_list (presync_assessment_get_facts (self->assessment));
  GDateTime *newest = NULL;

  *encrypted = NULL;
  for (guint i = 0; i < facts->len; i++)
    {
      PresyncFact *fact = g_ptr_array_index (facts, i);
      PresyncOrigin *origin = presync_fact_get_origin (fact);
      GDateTime *at = presync_origin_get_at (origin);

      if (!g_str_equal (presync_origin_get_source (origin), "sql")
          || presync_fact_get_unknown (fact) != PRESYNC_UNKNOWN_NONE)
        continue;
      if (newest == NULL || g_date_time_compare (at, newest) > 0)
        newest = at;
      if (g_str_equal (presync_fact_get_key (fact), "sql.encrypted"))
        *encrypted = presync_fact_get_boolean (fact) ? _ ("encrypted") : _ ("not encrypted");
    }
  return newest != NULL ? g_date_time_ref (newest) : NULL;
}

/* (transfer full): "sql01.contoso.com\SYNC · read now, encrypted" */
static char *
presync_sql_findings_dup_subtitle (PresyncSqlFindings *self)
{
  g_autoptr (PresyncSource) source = presync_assessment_dup_source (self->assessment, "sql");
  g_autoptr (GDateTime) at = NULL;
  g_autofree char *target = NULL;
  g_autofree char *ago = NULL;
  const char *encrypted = NULL;
  PresyncSourceState state;
  gboolean failed;

  if (!presync_assessment_get_feature (self->assessment, "own-sql"))
    return g_strdup (_ ("LocalDB needs no connection: only the number of objects counts"));
  if (source == NULL)
    return g_strdup (_ ("No SQL Server was read yet"));
  target = presync_source_dup_target (source);
  state = presync_source_get_state (source);
  at = presync_sql_findings_dup_read_at (self, &encrypted);
  if (state == PRESYNC_SOURCE_CHECKING)
    /* TRANSLATORS: %s is a server; so in the next ones */
    return g_strdup_printf (_ ("%s · being read"), target);
  /* Of a file, only the facts tell how the check went. */
  failed = state == PRESYNC_SOURCE_FAILED
           || (state == PRESYNC_SOURCE_IDLE
               && presync_sql_facts_find_failure (presync_assessment_get_facts (self->assessment))
                      != NULL);
  if (failed || at == NULL)
    return g_strdup_printf (failed ? _ ("%s · could not be read") : _ ("%s · not read yet"),
                            target);
  ago = presync_relative_time_text_now (at);
  if (encrypted == NULL)
    /* TRANSLATORS: server, and when: "now", "2 min ago" or a date */
    return g_strdup_printf (_ ("%s · read %s"), target, ago);
  /* TRANSLATORS: server, when, and "encrypted" or "not encrypted" */
  return g_strdup_printf (_ ("%s · read %s, %s"), target, ago, encrypted);
}

static void
presync_sql_findings_update (PresyncSqlFindings *self)
{
  g_autofree char *text = presync_sql_findings_dup_subtitle (self);
  /* A group's description is markup. */
  g_autofree char *markup = g_markup_escape_text (text, -1);

  adw_preferences_group_set_description (self->group, markup);
}

static gboolean
presync_sql_findings_time_cb (gpointer user_data)
{
  presync_sql_findings_update (PRESYNC_SQL_FINDINGS (user_data));
  return G_SOURCE_CONTINUE;
}

static void
presync_sql_findings_sources_cb (PresyncSqlFindings *self)
{
  g_autoptr (PresyncSource) source = presync_assessment_dup_source (self->assessment, "sql");

  /* One that is gone tells nothing any more. */
  if (source != NULL)
    {
      g_signal_handlers_disconnect_by_func (source, presync_sql_findings_update, self);
      g_signal_connect_object (source, "notify::state", G_CALLBACK (presync_sql_findings_update),
                               self, G_CONNECT_SWAPPED);
    }
  presync_sql_findings_update (self);
}

static void
presync_sql_findings_map (GtkWidget *widget)
{
  PresyncSqlFindings *self = PRESYNC_SQL_FINDINGS (widget);

  GTK_WIDGET_CLASS (presync_sql_findings_parent_class)->map (widget);
  if (self->assessment == NULL)
    return;
  presync_sql_findings_update (self);
  self->time_id = g_timeout_add_seconds (TIME_SECONDS, presync_sql_findings_time_cb, self);
}

static void
presync_sql_findings_unmap (GtkWidget *widget)
{
  g_clear_handle_id (&PRESYNC_SQL_FINDINGS (widget)->time_id, g_source_remove);
  GTK_WIDGET_CLASS (presync_sql_findings_parent_class)->unmap (widget);
}

static void
presync_sql_findings_root (GtkWidget *widget)
{
  PresyncSqlFindings *self = PRESYNC_SQL_FINDINGS (widget);

  GTK_WIDGET_CLASS (presync_sql_findings_parent_class)->root (widget);
  self->leaflet = ADW_LEAFLET (gtk_widget_get_ancestor (widget, ADW_TYPE_LEAFLET));
  if (self->leaflet != NULL)
    g_signal_connect_swapped (self->leaflet, "notify::folded",
                              G_CALLBACK (presync_sql_findings_update_width), self);
  presync_sql_findings_update_width (self);
}

static void
presync_sql_findings_unroot (GtkWidget *widget)
{
  PresyncSqlFindings *self = PRESYNC_SQL_FINDINGS (widget);

  if (self->leaflet != NULL)
    g_signal_handlers_disconnect_by_func (self->leaflet, presync_sql_findings_update_width, self);
  self->leaflet = NULL;
  GTK_WIDGET_CLASS (presync_sql_findings_parent_class)->unroot (widget);
}

static void
presync_sql_findings_dispose (GObject *object)
{
  PresyncSqlFindings *self = PRESYNC_SQL_FINDINGS (object);

  g_ptr_array_set_size (self->rows, 0);
  g_clear_object (&self->assessment);
  gtk_widget_dispose_template (GTK_WIDGET (self), PRESYNC_TYPE_SQL_FINDINGS);

  G_OBJECT_CLASS (presync_sql_findings_parent_class)->dispose (object);
}

static void
presync_sql_findings_finalize (GObject *object)
{
  g_ptr_array_unref (PRESYNC_SQL_FINDINGS (object)->rows);

  G_OBJECT_CLASS (presync_sql_findings_parent_class)->finalize (object);
}

static void
presync_sql_findings_class_init (PresyncSqlFindingsClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = presync_sql_findings_dispose;
  object_class->finalize = presync_sql_findings_finalize;
  widget_class->map = presync_sql_findings_map;
  widget_class->unmap = presync_sql_findings_unmap;
  widget_class->root = presync_sql_findings_root;
  widget_class->unroot = presync_sql_findings_unroot;

  gtk_widget_class_set_template_from_resource (widget_class,
                                               PRESYNC_RESOURCE_BASE "/sql-findings.ui");
  gtk_widget_class_bind_template_child (widget_class, PresyncSqlFindings, group);
}

static void
presync_sql_findings_init (PresyncSqlFindings *self)
{
  self->rows = g_ptr_array_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
}

void
presync_sql_findings_set_assessment (PresyncSqlFindings *self, PresyncAssessment *assessment)
{
  g_return_if_fail (PRESYNC_IS_SQL_FINDINGS (self) && self->assessment == NULL);
  g_return_if_fail (PRESYNC_IS_ASSESSMENT (assessment));

  self->assessment = g_object_ref (assessment);
  g_signal_connect_object (
      presync_assessment_get_checklist (assessment, PRESYNC_OPTION_CONNECT_SYNC), "items-changed",
      G_CALLBACK (presync_sql_findings_build), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (presync_assessment_get_facts (assessment), "changed",
                           G_CALLBACK (presync_sql_findings_update), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (presync_assessment_get_facts (assessment), "refreshed",
                           G_CALLBACK (presync_sql_findings_update), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (presync_runner_get_sources (presync_assessment_get_runner (assessment)),
                           "items-changed", G_CALLBACK (presync_sql_findings_sources_cb), self,
                           G_CONNECT_SWAPPED);
  presync_sql_findings_build (self);
  presync_sql_findings_sources_cb (self);
}
