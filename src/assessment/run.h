/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "assessment/assessment.h"
#include "assessment/summary.h"

G_BEGIN_DECLS

/* A digest of what a status rests on: 16 hex digits and the end */
#define PRESYNC_EVIDENCE_SIZE 17

/**
 * PresyncRunRow: a condition as it stood in a run. Plain data.
 * @condition: its id
 * @status: the one that counted; @measured: what the sources alone said
 * @answered, @waived: somebody stated so (a waiver that had not expired)
 * @found: for people, in the language of that run; "" if nothing
 * @evidence: digest of the values (keys, subjects, values, reasons, completeness; no times, no
 *   translated text) of all facts that the condition names in any edition; "" without facts
 */
typedef struct
{
  PresyncOption option;
  char *condition;
  PresyncStatus status;
  PresyncStatus measured;
  gboolean answered;
  gboolean waived;
  char *found;
  char evidence[PRESYNC_EVIDENCE_SIZE];
} PresyncRunRow;

/**
 * PresyncRun: a completed check: what the checklists said at its end. Immutable but for its rows,
 * which a run from a file gets when they are asked for (presync_history_load_rows_async()).
 */
#define PRESYNC_TYPE_RUN (presync_run_get_type ())
G_DECLARE_FINAL_TYPE (PresyncRun, presync_run, PRESYNC, RUN, GObject)

/**
 * PresyncRunTotals: the figures of one option, from #PresyncSummary
 */
typedef struct
{
  PresyncVerdict verdict;
  guint requirements[PRESYNC_N_STATUSES];
  guint blockers;
  guint open;
  guint answered;
  guint waived;
} PresyncRunTotals;

/* So many of anything a run counts at most, a hundred times what any catalogue asks: a file that
 * says more is damaged */
#define PRESYNC_RUN_MOST 100000

/**
 * PresyncRunLine: what a history counts of a run: requirements of one option
 */
typedef enum
{
  PRESYNC_RUN_LINE_MET,
  PRESYNC_RUN_LINE_NOT_MET,
  PRESYNC_RUN_LINE_OPEN, /* unknown, or needs an answer */
} PresyncRunLine;
#define PRESYNC_N_RUN_LINES 3

/* What @assessment says now, with all rows; @at: when. Its id is 0. */
PresyncRun *presync_run_new_from_assessment (PresyncAssessment *assessment, GDateTime *at);

/**
 * presync_run_new:
 * @id: of the file, from 1 on; 0: of none yet
 * @totals: (array fixed-size=PRESYNC_N_OPTIONS)
 * @rows: (nullable) (transfer full) (element-type PresyncRunRow): %NULL: not read yet
 */
PresyncRun *presync_run_new (gint64 id, GDateTime *at, const GDate *edition,
                             const PresyncRunTotals *totals, GPtrArray *rows);
gint64 presync_run_get_id (PresyncRun *self);
GDateTime *presync_run_get_at (PresyncRun *self);
const GDate *presync_run_get_edition (PresyncRun *self);
const PresyncRunTotals *presync_run_get_totals (PresyncRun *self, PresyncOption option);
/* At most PRESYNC_RUN_MOST */
guint presync_run_get_figure (PresyncRun *run, PresyncOption option, PresyncRunLine line);
/* The status whose symbol and colour a line has */
PresyncStatus presync_run_line_status (PresyncRunLine line);
/* The axis of lines that reach up to @most: a round figure, from 1 on, of which at most @parts
 * reach as high. Figures above PRESYNC_RUN_MOST count as that. */
guint presync_run_axis_step (guint most, guint parts);
/* (nullable) (transfer none) (element-type PresyncRunRow): in the order of the tables */
GPtrArray *presync_run_get_rows (PresyncRun *self);
/* For those who read it from a file, once each. @rows: (transfer full) */
void presync_run_set_id (PresyncRun *self, gint64 id);
void presync_run_set_rows (PresyncRun *self, GPtrArray *rows);

/* An array of rows that frees them; and a row for it, its texts copied */
GPtrArray *presync_run_rows_new (void);
PresyncRunRow *presync_run_row_new (PresyncOption option, const char *condition);

/**
 * presync_evidence_digest: (in assessment/evidence.c)
 * @facts: (element-type PresyncFact)
 * @digest: (out): as PresyncRunRow.evidence: the beginning of a SHA-256; the order of facts, and of
 *   the values of a list, does not matter
 */
void presync_evidence_digest (GPtrArray *facts, char digest[PRESYNC_EVIDENCE_SIZE]);

G_END_DECLS
