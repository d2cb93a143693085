/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/report.h"

#include <glib/gi18n.h>
#include <string.h>

#define BOM "\357\273\277"

/* RFC 4180, section 2. A cell that a spreadsheet would run as a formula is kept from it by an
 * apostrophe, whatever a directory holds (OWASP, "CSV Injection"). */
static void
presync_csv_add_cell (GString *csv, const char *text, gboolean last)
{
  g_autofree char *valid = g_utf8_make_valid (text != NULL ? text : "", -1);

  g_string_append_c (csv, '"');
  if (*valid != '\0' && strchr ("=+-@\t\r", *valid) != NULL)
    g_string_append_c (csv, '\'');
  for (const char *p = valid; *p != '\0'; p++)
    {
      if (*p == '"')
        g_string_append_c (csv, '"');
      g_string_append_c (csv, *p);
    }
  g_string_append (csv, last ? "\"\r\n" : "\",");
}

static void
presync_csv_add_head (GString *csv)
{
  const char *heads[] = {
    _ ("Option"),         _ ("Section"),        _ ("Requirement"), _ ("Condition"),
    _ ("Title"),          _ ("Status"),         _ ("Severity"),    _ ("Found"),
    _ ("Needed"),         _ ("Reason"),         _ ("Answered by"), _ ("Answered at"),
    _ ("Note"),           _ ("Source"),         _ ("Target"),      _ ("Query"),
    _ ("Read at"),        _ ("Complete"),       _ ("Waiver"),      _ ("Waiver owner"),
    _ ("Waiver expires"), _ ("Waiver expired"),
  };

  for (gsize i = 0; i < G_N_ELEMENTS (heads); i++)
    presync_csv_add_cell (csv, heads[i], i + 1 == G_N_ELEMENTS (heads));
}

static void
presync_csv_add_answer (GString *csv, PresyncAnswer *answer)
{
  g_autoptr (GDateTime) utc
      = answer != NULL ? g_date_time_to_utc (presync_answer_get_at (answer)) : NULL;
  g_autofree char *at = utc != NULL ? g_date_time_format (utc, "%Y-%m-%dT%H:%M:%SZ") : NULL;

  presync_csv_add_cell (csv, answer != NULL ? presync_answer_get_name (answer) : NULL, FALSE);
  presync_csv_add_cell (csv, at, FALSE);
  presync_csv_add_cell (csv, answer != NULL ? presync_answer_get_note (answer) : NULL, FALSE);
}

static void
presync_csv_add_origin (GString *csv, PresyncOrigin *origin)
{
  g_autofree char *at = origin != NULL ? presync_origin_dup_at_text (origin) : NULL;
  const char *complete = NULL;

  if (origin != NULL)
    complete = presync_origin_get_complete (origin) ? _ ("yes") : _ ("no");
  presync_csv_add_cell (csv, origin != NULL ? presync_origin_get_source (origin) : NULL, FALSE);
  presync_csv_add_cell (csv, origin != NULL ? presync_origin_get_target (origin) : NULL, FALSE);
  presync_csv_add_cell (csv, origin != NULL ? presync_origin_get_query (origin) : NULL, FALSE);
  presync_csv_add_cell (csv, at, FALSE);
  presync_csv_add_cell (csv, complete, FALSE);
}

/* @waiver: (nullable) */
static void
presync_csv_add_waiver (GString *csv, PresyncWaiver *waiver, GDateTime *now)
{
  const GDate *expires = waiver != NULL ? presync_waiver_get_expires (waiver) : NULL;
  const char *expired = NULL;
  char day[16];

  if (waiver != NULL)
    expired = presync_waiver_get_expired (waiver, now) ? _ ("yes") : _ ("no");
  if (expires != NULL)
    g_date_strftime (day, sizeof day, "%Y-%m-%d", expires);
  presync_csv_add_cell (csv, waiver != NULL ? presync_waiver_get_reason (waiver) : NULL, FALSE);
  presync_csv_add_cell (csv, waiver != NULL ? presync_waiver_get_owner (waiver) : NULL, FALSE);
  presync_csv_add_cell (csv, expires != NULL ? day : NULL, FALSE);
  presync_csv_add_cell (csv, expired, TRUE);
}

static void
presync_csv_add_condition (GString *csv, PresyncOption option, PresyncChecklistItem *item,
                           GDateTime *now)
{
  PresyncRequirement *requirement = presync_checklist_item_get_requirement (item);
  PresyncCondition *condition = presync_checklist_item_get_condition (item);
  GPtrArray *facts = presync_checklist_item_get_facts (item);
  const char *cells[] = {
    presync_option_id (option),
    presync_section_id (presync_requirement_get_section (requirement)),
    presync_requirement_get_id (requirement),
    presync_condition_get_id (condition),
    presync_condition_get_title (condition),
    presync_status_id (presync_checklist_item_get_status (item)),
    presync_severity_id (presync_condition_get_severity (condition)),
    presync_checklist_item_get_found (item),
    presync_checklist_item_get_needed (item),
    presync_checklist_item_get_reason (item),
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cells); i++)
    presync_csv_add_cell (csv, cells[i], FALSE);
  presync_csv_add_answer (csv, presync_checklist_item_get_answer (item));
  presync_csv_add_origin (
      csv, facts->len > 0 ? presync_fact_get_origin (g_ptr_array_index (facts, 0)) : NULL);
  presync_csv_add_waiver (csv, presync_checklist_item_get_waiver (item), now);
}

static void
presync_csv_add_option (GString *csv, PresyncAssessment *assessment, PresyncOption option)
{
  GListModel *rows = G_LIST_MODEL (presync_assessment_get_checklist (assessment, option));
  g_autoptr (GDateTime) now = presync_assessment_dup_now (assessment);

  for (guint i = 0; i < g_list_model_get_n_items (rows); i++)
    {
      g_autoptr (PresyncChecklistItem) row = g_list_model_get_item (rows, i);
      GListModel *conditions = presync_checklist_item_get_children (row);

      for (guint j = 0; j < g_list_model_get_n_items (conditions); j++)
        {
          g_autoptr (PresyncChecklistItem) item = g_list_model_get_item (conditions, j);

          presync_csv_add_condition (csv, option, item, now);
        }
    }
}

char *
presync_report_dup_csv (PresyncAssessment *assessment, const PresyncOption *only)
{
  GString *csv;

  g_return_val_if_fail (PRESYNC_IS_ASSESSMENT (assessment), NULL);
  csv = g_string_new (BOM);
  presync_csv_add_head (csv);
  for (guint i = 0; i < PRESYNC_N_OPTIONS; i++)
    if (only == NULL || *only == i)
      presync_csv_add_option (csv, assessment, i);
  return g_string_free (csv, FALSE);
}
