/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "assessment/summary.h"
#include "report/content.h"
#include "report/origin-list.h"
#include "report/wording.h"

G_BEGIN_DECLS

/* For content*.c only */

/**
 * PresyncContent: a report being written
 * @summaries: of both options
 */
typedef struct
{
  PresyncAssessment *assessment;
  PresyncDocument *document;
  PresyncOriginList *origins;
  PresyncSummary *summaries[PRESYNC_N_OPTIONS];
  GDateTime *at;
} PresyncContent;

/* (transfer full): anchor of a row of an option's table */
char *presync_content_dup_anchor (PresyncChecklistItem *item);

/* content-cover.c */
void presync_content_add_cover (PresyncContent *self);

/* content-blockers.c */
void presync_content_add_blockers (PresyncContent *self);
void presync_content_add_open (PresyncContent *self);
void presync_content_add_advice (PresyncContent *self);

/* content-table.c */
void presync_content_add_legend (PresyncContent *self);
void presync_content_add_option (PresyncContent *self, PresyncOption option);
/* Appends who answered a condition by hand, when, and how */
void presync_content_describe_answer (GPtrArray *prose, PresyncChecklistItem *item);

/* content-appendix.c */
void presync_content_add_origins (PresyncContent *self);
void presync_content_add_documents (PresyncContent *self);

G_END_DECLS
