/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "assessment/run.h"
#include "assessment/summary.h"
#include "facts/access-text.h"
#include "report/account-entry.h"
#include "report/content.h"
#include "report/fact-groups.h"
#include "report/origin-list.h"
#include "report/wording.h"

G_BEGIN_DECLS

/* For content*.c only */

/**
 * PresyncContent: a report being written
 * @summary: it is the short one: long words are cut, lists are short
 * @summaries: of both options
 * @accounts: (element-type PresyncAccountEntry): of both options
 * @evidence: (nullable): see content-evidence.c
 */
typedef struct
{
  PresyncAssessment *assessment;
  const PresyncReportOptions *options;
  gboolean summary;
  PresyncDocument *document;
  PresyncOriginList *origins;
  PresyncSummary *summaries[PRESYNC_N_OPTIONS];
  GPtrArray *accounts[PRESYNC_N_OPTIONS];
  struct _PresyncEvidence *evidence;
  GDateTime *at;
} PresyncContent;

/* (transfer full): anchor of a row of an option's table */
char *presync_content_dup_anchor (PresyncChecklistItem *item);

/* (transfer full): of a summary its beginning alone, @most characters; else @text as it is */
char *presync_content_shorten (PresyncContent *self, const char *text, guint most);
gboolean presync_content_wants (PresyncContent *self, PresyncReportSection section);
/* (transfer none) (nullable): the row of a condition, of either option */
PresyncChecklistItem *presync_content_find_item (PresyncContent *self, const char *condition);
/* What follows begins on a new page, unless much of this one is free */
void presync_content_begin_part (PresyncContent *self);
/* A paragraph of one sentence, dim */
void presync_content_add_remark (PresyncContent *self, const char *text);

/* So many of a list that may be long are told; the rest is counted */
#define PRESYNC_CONTENT_SHOWN 25

/* content-facts.c: @most characters of @text are told; of a longer one the rest is counted */
#define PRESYNC_CONTENT_VALUE 20000
#define PRESYNC_CONTENT_MEMBER 2000 /* of a list, which is one value */
void presync_content_add_long (GPtrArray *prose, PresyncSpanStyle style, const char *text,
                               guint most);

/* content-cover.c */
void presync_content_add_cover (PresyncContent *self);

/* content-summary.c: all of the short report but its cover */
void presync_content_add_summary (PresyncContent *self);

/* content-charts.c: the second page of a full report, and drawings: the map of places, and bars per
 * section */
void presync_content_add_overview (PresyncContent *self);
void presync_content_add_map (PresyncContent *self);
void presync_content_add_bars (PresyncContent *self);

/* content-changes.c: since the run before, if there is one; of a summary the first lines alone */
void presync_content_add_changes (PresyncContent *self);
/* content-history.c: nothing with fewer than two runs; @now: what the report says, which is drawn,
 * too, where it differs from the last run */
void presync_content_add_history (PresyncContent *self, PresyncRun *now);

/* content-statements.c: answers and waivers */
void presync_content_add_statements (PresyncContent *self);

/* PresyncWaiverState: what has become of a waiver. As the checklists count it: the cover and the
 * lists tell the same. */
typedef enum
{
  PRESYNC_WAIVER_EXPIRED,
  PRESYNC_WAIVER_IN_FORCE,
  PRESYNC_WAIVER_NOT_NEEDED, /* its condition is met, or does not apply */
  PRESYNC_WAIVER_NOT_ASKED,  /* this edition has no such condition */
  PRESYNC_N_WAIVER_STATES,
} PresyncWaiverState;

PresyncWaiverState presync_content_judge_waiver (PresyncContent *self, PresyncWaiver *waiver);
/* (transfer full): "Waived until 2027-01-31", or that it has expired */
char *presync_content_dup_waived (PresyncContent *self, PresyncWaiver *waiver);
/* (transfer full) (nullable): the same of a condition; %NULL without a waiver that matters */
char *presync_content_dup_badge (PresyncContent *self, PresyncChecklistItem *item);
/* Appends the same with the reason */
void presync_content_describe_waiver (PresyncContent *self, GPtrArray *prose,
                                      PresyncChecklistItem *item);

/* content-evidence.c: all facts; to be prepared before the origins are listed */
void presync_content_prepare_evidence (PresyncContent *self);
void presync_content_add_evidence (PresyncContent *self);

/* content-blockers.c */
void presync_content_add_blockers (PresyncContent *self);
void presync_content_add_open (PresyncContent *self);
void presync_content_add_advice (PresyncContent *self);

/* (transfer full): the condition, linked to its row, with the requirement it belongs to */
GPtrArray *presync_content_name_condition (PresyncChecklistItem *item);
/* Adds a cell with what was found, or a dash */
void presync_content_add_found (PresyncContent *self, PresyncRow *row, PresyncChecklistItem *item);
/* (transfer full): the first @most of @steps (element-type PresyncStep), the commands with the
 * names of the forest */
GPtrArray *presync_content_new_steps (PresyncContent *self, GPtrArray *steps, guint most);

/* content-table.c */
void presync_content_add_legend (PresyncContent *self);
void presync_content_add_cloud_sync (PresyncContent *self);
void presync_content_add_connect_sync (PresyncContent *self);
/* Appends who answered a condition by hand, when, and how */
void presync_content_describe_answer (GPtrArray *prose, PresyncChecklistItem *item);

/* content-accounts.c */
void presync_content_add_accounts (PresyncContent *self);
/* content-rights.c: what the account may do, where it may not, and how to mend that */
void presync_content_add_rights (PresyncContent *self, const PresyncAccountEntry *entry);
/* (transfer full) (nullable): what is found of a condition about rights, in short: the places are
 * told once, with the account; %NULL if it is about something else or nothing is known */
GPtrArray *presync_content_new_rights_found (PresyncContent *self, PresyncChecklistItem *item);

/**
 * PresyncRights: what is known of the rights of an account
 * @domains: (element-type utf8) (transfer none): subjects of the facts, in their order
 * @unread: (element-type PresyncFact) (transfer none): of a domain of which nothing could be read,
 *   all for one reason: one of its facts
 */
typedef struct
{
  PresyncContent *content;
  const PresyncAccountEntry *entry;
  const PresyncAccessRight *rights;
  gsize n_rights;
  GPtrArray *domains;
  GPtrArray *unread;
} PresyncRights;

/* (nullable) (transfer none) (element-type PresyncFact) */
GPtrArray *presync_rights_lookup (const PresyncRights *self, const char *key);
/* The most urgent status of the conditions that test the right: not applicable if there are none,
 * or if what they are about is not planned */
PresyncStatus presync_rights_get_status (const PresyncRights *self,
                                         const PresyncAccessRight *right);
/* @fact: (nullable) */
gboolean presync_rights_is_known (PresyncFact *fact);

/* content-gaps.c: where rights do not arrive */
void presync_rights_add_places (const PresyncRights *self);

/* content-facts.c */
/* Appends what is known, a list one member a line, or why nothing is */
void presync_content_add_fact_value (GPtrArray *prose, PresyncFact *fact);
/* Likewise of all @facts (element-type PresyncFact), with their subjects if there are several.
 * Returns: %PRESYNC_STATUS_UNKNOWN if one of them is not known, else -1 */
int presync_content_add_fact_values (GPtrArray *prose, GPtrArray *facts);
/* (transfer none): a table of what, found and origin */
PresyncBlock *presync_content_begin_facts (PresyncContent *self, const char *title);
/* Adds a row of it; what another source tells otherwise stands below. */
void presync_content_add_fact (PresyncContent *self, PresyncBlock *table, const char *key,
                               GPtrArray *facts);
/* All groups of presync_fact_groups() in one such table; %FALSE if nothing is there */
gboolean presync_content_add_fact_groups (PresyncContent *self, const char *subject,
                                          const char *title);
/* (transfer none): a table of names and values without a head; and a row of it */
PresyncBlock *presync_content_begin_pairs (PresyncContent *self);
void presync_content_add_pair (PresyncBlock *table, const char *name, const char *value);

/* content-server.c, content-sql.c, content-tenant.c, content-network.c, content-sizing.c; the
 * tenant and the network only if something of them was read */
void presync_content_add_server (PresyncContent *self);
void presync_content_add_sql (PresyncContent *self);
void presync_content_add_tenant (PresyncContent *self);
void presync_content_add_network (PresyncContent *self);
void presync_content_add_sizing (PresyncContent *self);

/* content-appendix.c */
void presync_content_add_origins (PresyncContent *self);
void presync_content_add_documents (PresyncContent *self);

G_END_DECLS
