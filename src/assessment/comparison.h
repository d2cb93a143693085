/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "assessment/run.h"

G_BEGIN_DECLS

/**
 * PresyncChange: what became of a condition from one run to another. Not met and advice are
 * problems; unknown and unanswered are open; met and not applicable are neither.
 */
typedef enum
{
  PRESYNC_CHANGE_NEW,        /* a problem that was none, or advice that is not met now */
  PRESYNC_CHANGE_MENDED,     /* a problem that is none now, or not met that is advice now */
  PRESYNC_CHANGE_STATED,     /* likewise, yet only because somebody answered so: the sources still
                                tell of a problem, or cannot tell */
  PRESYNC_CHANGE_NOT_ASKED,  /* a problem that does not apply any more, such as of a feature that is
                                not planned now */
  PRESYNC_CHANGE_BY_EDITION, /* the catalogue asks something else, of the same evidence; or asks
                                what it did not ask, or asks it no more */
  PRESYNC_CHANGE_LOST,       /* was known, is open now: neither mended nor new */
  PRESYNC_CHANGE_KNOWN,      /* was open, is met or not applicable now */
  PRESYNC_CHANGE_UNCHANGED,
  PRESYNC_N_CHANGES,
} PresyncChange;

/**
 * PresyncComparisonRow: plain data, belongs to the comparison
 * @before, @after: (nullable): rows of the runs, which the comparison keeps; %NULL: the run's
 *   edition does not ask it
 */
typedef struct
{
  PresyncOption option;
  PresyncRequirement *requirement;
  PresyncCondition *condition;
  PresyncChange change;
  const PresyncRunRow *before;
  const PresyncRunRow *after;
} PresyncComparisonRow;

/**
 * PresyncComparison: two runs, condition by condition. Immutable.
 */
#define PRESYNC_TYPE_COMPARISON (presync_comparison_get_type ())
G_DECLARE_FINAL_TYPE (PresyncComparison, presync_comparison, PRESYNC, COMPARISON, GObject)

/**
 * presync_comparison_new:
 * @catalogue: tells what each edition asks; conditions that it does not know are left out and
 *   counted (presync_comparison_get_n_foreign())
 * @before, @after: runs with rows, of the same assessment or of two
 */
PresyncComparison *presync_comparison_new (PresyncCatalogue *catalogue, PresyncRun *before,
                                           PresyncRun *after);
PresyncRun *presync_comparison_get_before (PresyncComparison *self);
PresyncRun *presync_comparison_get_after (PresyncComparison *self);
/* (transfer none) (element-type PresyncComparisonRow): by option, in the order of the tables */
GPtrArray *presync_comparison_get_rows (PresyncComparison *self);
guint presync_comparison_count (PresyncComparison *self, PresyncChange change);
/* of one option alone */
guint presync_comparison_count_option (PresyncComparison *self, PresyncOption option,
                                       PresyncChange change);
guint presync_comparison_get_n_foreign (PresyncComparison *self);

/* (transfer none): translated: "New", "Mended", "Answered by hand", "No longer asked", "Changed by
 * edition", "No longer known", "Now known", "Unchanged" */
const char *presync_change_title (PresyncChange change);
/* (transfer none): for programs: "new", "mended", "stated", "not-asked", "by-edition", "lost",
 * "known", "unchanged" */
const char *presync_change_id (PresyncChange change);

G_END_DECLS
