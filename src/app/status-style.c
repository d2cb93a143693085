/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/status-style.h"

#include "app/accessible.h"

typedef struct
{
  const char *css_class;
  const char *color;
} PresyncStatusStyle;

static const PresyncStatusStyle styles[PRESYNC_N_STATUSES] = {
  [PRESYNC_STATUS_NOT_APPLICABLE] = { "status-not-applicable", "presync_not_applicable_color" },
  [PRESYNC_STATUS_MET] = { "status-met", "presync_met_color" },
  [PRESYNC_STATUS_ADVICE] = { "status-advice", "presync_advice_color" },
  [PRESYNC_STATUS_NEEDS_ANSWER] = { "status-needs-answer", "presync_needs_answer_color" },
  [PRESYNC_STATUS_UNKNOWN] = { "status-unknown", "presync_unknown_color" },
  [PRESYNC_STATUS_NOT_MET] = { "status-not-met", "presync_not_met_color" },
};

const char *
presync_status_css_class (PresyncStatus status)
{
  g_return_val_if_fail ((guint) status < PRESYNC_N_STATUSES, NULL);

  return styles[status].css_class;
}

const char *
presync_status_color_name (PresyncStatus status)
{
  g_return_val_if_fail ((guint) status < PRESYNC_N_STATUSES, NULL);

  return styles[status].color;
}

PresyncStatus
presync_verdict_status (PresyncVerdict verdict)
{
  switch (verdict)
    {
    case PRESYNC_VERDICT_READY:
      return PRESYNC_STATUS_MET;
    case PRESYNC_VERDICT_READY_WITH_ADVICE:
      return PRESYNC_STATUS_ADVICE;
    case PRESYNC_VERDICT_NOT_READY:
      return PRESYNC_STATUS_NOT_MET;
    case PRESYNC_VERDICT_NOT_YET_KNOWN:
    default:
      return PRESYNC_STATUS_NEEDS_ANSWER;
    }
}

void
presync_status_set_class (GtkWidget *widget, PresyncStatus status)
{
  for (guint i = 0; i < PRESYNC_N_STATUSES; i++)
    {
      if (i != (guint) status)
        gtk_widget_remove_css_class (widget, styles[i].css_class);
    }
  gtk_widget_add_css_class (widget, presync_status_css_class (status));
}

void
presync_status_set_image (GtkImage *image, PresyncStatus status)
{
  const char *title = presync_status_title (status);

  gtk_image_set_from_icon_name (image, presync_status_icon (status));
  presync_status_set_class (GTK_WIDGET (image), status);
  gtk_widget_set_tooltip_text (GTK_WIDGET (image), title);
  presync_accessible_set_label (GTK_WIDGET (image), title);
}
