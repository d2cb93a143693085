/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "assessment/assessment.h"

G_BEGIN_DECLS

/**
 * PresyncFactsDrop: takes files that are dropped anywhere on a window as facts files
 *
 * Laid over the window's content, it is seen only while files are dragged over it, and says what
 * dropping them does.
 */
#define PRESYNC_TYPE_FACTS_DROP (presync_facts_drop_get_type ())
G_DECLARE_FINAL_TYPE (PresyncFactsDrop, presync_facts_drop, PRESYNC, FACTS_DROP, AdwBin)

/* @window: where files may be dropped; @self lies in it */
void presync_facts_drop_attach (PresyncFactsDrop *self, GtkWidget *window,
                                PresyncAssessment *assessment);

G_END_DECLS
