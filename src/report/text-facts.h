/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "assessment/assessment.h"

G_BEGIN_DECLS

/* Each appends a section to a text for a terminal of @width columns; nothing if nothing was read.
 */
void presync_text_add_sql (GString *out, PresyncAssessment *assessment, guint width);
void presync_text_add_tenant (GString *out, PresyncAssessment *assessment, guint width);
void presync_text_add_network (GString *out, PresyncAssessment *assessment, guint width);
void presync_text_add_sizing (GString *out, PresyncAssessment *assessment, guint width);
void presync_text_add_server (GString *out, PresyncAssessment *assessment, guint width);

G_END_DECLS
