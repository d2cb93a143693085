/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* What the tests of assessment files share */
#include "assessment/history.h"
#include "assessment/targets.h"
#include "store/store-private.h"

/* A new, empty assessment */
PresyncAssessment *store_kit_new (void);
/* Fills one with something of every kind, the hostile included; always the same */
void store_kit_fill (PresyncAssessment *assessment);
/* @met, @note of the answer to @condition */
void store_kit_answer (PresyncAssessment *assessment, const char *condition, gboolean met,
                       const char *note);
void store_kit_waive (PresyncAssessment *assessment, const char *condition, const char *reason);
/* One fact "tenant.domain-realm", which no condition names, of @n subjects */
void store_kit_give_facts (PresyncAssessment *assessment, guint n, const char *value);
/* Adds a completed run to the history: what the assessment says */
void store_kit_add_run (PresyncAssessment *assessment);

/* Something of every kind in a filled one */
void store_kit_change_everything (PresyncAssessment *assessment);

/* (transfer full): all that an assessment holds, as text, one line each. The rows of runs are
 * loaded. Where a run's rows cannot be read, its line tells the error. */
char *store_kit_dump (PresyncAssessment *assessment);

/* Fails with the first line that differs */
void store_kit_assert_same (const char *found, const char *wanted);

/* Runs the main loop until the store is neither SAVING nor at work, at most 10 s */
void store_kit_settle (PresyncStore *store);
/* Runs the main loop until the state is @state, at most 20 s */
void store_kit_wait (PresyncStore *store, PresyncStoreState state);

/* A folder for one test; and its end, with all that is in it */
char *store_kit_make_folder (void);
void store_kit_remove_folder (char *folder);
/* (transfer full): how many files there are in it, as text: "a.presync b" */
char *store_kit_list_folder (const char *folder);

/* A store without the usual delay; whatever goes wrong is a failure of the test. Closing drops the
 * reference. */
PresyncStore *store_kit_create (PresyncAssessment *assessment, const char *path);
PresyncStore *store_kit_open (PresyncAssessment *assessment, const char *path);
void store_kit_close (PresyncStore *store);

/* What the file holds is @wanted, of store_kit_dump() */
void store_kit_assert_file_is (const char *wanted, const char *path);
/* What the file holds is what @assessment holds, which has the rows of its runs */
void store_kit_assert_file (PresyncAssessment *assessment, const char *path);
/* (transfer full): its bytes */
char *store_kit_read_file (const char *path, gsize *length);
/* Is @text among its bytes? */
gboolean store_kit_file_holds (const char *path, const char *text);
