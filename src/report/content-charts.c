/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/content-private.h"

#include <glib/gi18n.h>

void
presync_content_add_map (PresyncContent *self)
{
  PresyncChart *chart = presync_document_add (self->document, PRESYNC_BLOCK_MAP)->chart;
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < PRESYNC_N_PLACES; i++)
    {
      PresyncStatus status = presync_place_status (self->assessment, i);
      g_autofree char *name = presync_place_dup_name (self->assessment, i);
      g_autofree char *detail = presync_place_dup_detail (self->assessment, i);

      presync_chart_add_node (chart, i, status, name, detail);
      g_string_append_printf (text, "%s%s, %s: %s", i > 0 ? "; " : "", presync_place_title (i),
                              name, presync_status_title (status));
    }
  chart->alternate = g_string_free (text, FALSE);
}

/* Requirements of @option by section and status; @used: (out): sections that have any */
static void
presync_content_count_sections (PresyncContent *self, PresyncOption option,
                                guint counts[PRESYNC_N_SECTIONS][PRESYNC_N_STATUSES],
                                gboolean used[PRESYNC_N_SECTIONS])
{
  GListModel *rows = G_LIST_MODEL (presync_assessment_get_checklist (self->assessment, option));

  for (guint i = 0; i < g_list_model_get_n_items (rows); i++)
    {
      g_autoptr (PresyncChecklistItem) item = g_list_model_get_item (rows, i);
      PresyncSection section
          = presync_requirement_get_section (presync_checklist_item_get_requirement (item));

      counts[section][presync_checklist_item_get_status (item)]++;
      used[section] = TRUE;
    }
}

/* "Cloud sync, Accounts: Met 3, Not met 1" */
static void
presync_content_describe_bar (GString *text, const char *option, const char *section,
                              const guint counts[PRESYNC_N_STATUSES])
{
  guint told = 0;

  g_string_append_printf (text, "%s%s, %s:", text->len > 0 ? "; " : "", option, section);
  for (guint i = 0; i < PRESYNC_N_STATUSES; i++)
    {
      PresyncStatus status = presync_chart_order[i];

      if (counts[status] > 0)
        g_string_append_printf (text, "%s %s %u", told++ > 0 ? "," : "",
                                presync_status_title (status), counts[status]);
    }
}

void
presync_content_add_bars (PresyncContent *self)
{
  PresyncChart *chart = presync_document_add (self->document, PRESYNC_BLOCK_BARS)->chart;
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < PRESYNC_N_OPTIONS; i++)
    {
      guint counts[PRESYNC_N_SECTIONS][PRESYNC_N_STATUSES] = { { 0 } };
      gboolean used[PRESYNC_N_SECTIONS] = { FALSE };
      const char *option = presync_option_title (i);
      PresyncBar *total = presync_chart_add_bar (chart, option);

      presync_content_count_sections (self, i, counts, used);
      total->total = TRUE;
      for (guint j = 0; j < PRESYNC_N_SECTIONS; j++)
        {
          PresyncBar *bar;

          if (!used[j])
            continue;
          bar = presync_chart_add_bar (chart, presync_section_title (j));
          for (guint k = 0; k < PRESYNC_N_STATUSES; k++)
            {
              bar->counts[k] = counts[j][k];
              total->counts[k] += counts[j][k];
            }
          presync_content_describe_bar (text, option, bar->title, bar->counts);
        }
    }
  chart->alternate = g_string_free (text, FALSE);
}

void
presync_content_add_overview (PresyncContent *self)
{
  presync_content_begin_part (self);
  presync_document_add_heading (self->document, 2, NULL, _ ("Contents"));
  presync_document_add (self->document, PRESYNC_BLOCK_CONTENTS);
  presync_document_add_heading (self->document, 1, "sections", _ ("Requirements by section"));
  presync_content_add_bars (self);
}
