/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "assessment/checklist.h"
#include "assessment/statements.h"
#include "catalogue/catalogue.h"
#include "sources/directory/accounts.h"
#include "sources/federation.h"
#include "sources/runner.h"

G_BEGIN_DECLS

/**
 * PresyncAssessment: targets + facts + answers + statuses: all that window, command line and
 * report show. Lives in the main thread.
 *
 * Properties (readable, notify): "name" (string, writable: what it is about, such as the forest),
 * "edition-text" (string), "accounts" (#PresyncAccounts, never %NULL), "sync-server" (string,
 * nullable), "federation" (#PresyncFederation, nullable).
 * Signal "updated": after statuses changed, once for each change.
 */
#define PRESYNC_TYPE_ASSESSMENT (presync_assessment_get_type ())
G_DECLARE_FINAL_TYPE (PresyncAssessment, presync_assessment, PRESYNC, ASSESSMENT, GObject)

typedef struct _PresyncHistory PresyncHistory;

/* @catalogue: (transfer none) */
PresyncAssessment *presync_assessment_new (PresyncCatalogue *catalogue);

PresyncCatalogue *presync_assessment_get_catalogue (PresyncAssessment *self);
PresyncFactSet *presync_assessment_get_facts (PresyncAssessment *self);
PresyncRunner *presync_assessment_get_runner (PresyncAssessment *self);
PresyncChecklist *presync_assessment_get_checklist (PresyncAssessment *self, PresyncOption option);

/* For titles: the name that was set, else the forest that was read, else "" */
const char *presync_assessment_get_name (PresyncAssessment *self);
void presync_assessment_set_name (PresyncAssessment *self, const char *name);

/* As of which date the catalogue is read; the newest edition unless set */
const GDate *presync_assessment_get_edition (PresyncAssessment *self);
void presync_assessment_set_edition (PresyncAssessment *self, const GDate *edition);

/**
 * presync_assessment_set_features: (this and the next two: in assessment/features.c)
 * @features: (array zero-terminated=1): names without "plan.", such as "federation"
 *
 * What the user plans; features not named are not planned.
 *
 * Returns: %FALSE with %PRESYNC_ERROR_BAD_INPUT naming an unknown feature; nothing changes then
 */
gboolean presync_assessment_set_features (PresyncAssessment *self, const char *const *features,
                                          GError **error);
gboolean presync_assessment_get_feature (PresyncAssessment *self, const char *feature);
void presync_assessment_set_feature (PresyncAssessment *self, const char *feature,
                                     gboolean planned);

/* (transfer full) (nullable): the runner's source @id: "directory", "server", "sql", "tenant",
 * "network" */
PresyncSource *presync_assessment_dup_source (PresyncAssessment *self, const char *id);

/* The sync server's name, (nullable). Where none is named and all facts files are of one server, it
 * becomes that. */
const char *presync_assessment_get_sync_server (PresyncAssessment *self);
void presync_assessment_set_sync_server (PresyncAssessment *self, const char *sync_server);

/* (transfer none): never %NULL; valid until they are set anew */
const PresyncAccounts *presync_assessment_get_accounts (PresyncAssessment *self);

/**
 * presync_assessment_set_accounts:
 * @accounts: (nullable): the accounts that a person named; copied. %NULL: none
 *
 * What is known of an account whose name is another now is forgotten at once. The runner's
 * directory source, if there is one, is told the names and looks at those accounts; one that is
 * set later is told them too.
 */
void presync_assessment_set_accounts (PresyncAssessment *self, const PresyncAccounts *accounts);

/* (transfer none) (nullable): the AD FS farm that a person named; valid until it is set anew */
const PresyncFederation *presync_assessment_get_federation (PresyncAssessment *self);

/**
 * presync_assessment_set_federation:
 * @federation: (nullable): the AD FS farm that a person named; copied. %NULL: none
 *
 * What the directory told of other AD FS servers is forgotten at once. The directory source and the
 * network source, if there are any or come later, are told. Whether federation is planned at all is
 * a feature of its own.
 */
void presync_assessment_set_federation (PresyncAssessment *self,
                                        const PresyncFederation *federation);

/* What people stated: answers and waivers, with the way back (assessment/statements.h) */
PresyncStatements *presync_assessment_get_statements (PresyncAssessment *self);
/* Its runs (assessment/history.h) */
PresyncHistory *presync_assessment_get_history (PresyncAssessment *self);

/**
 * presync_assessment_set_answer:
 * @answer: (transfer none): replaces the condition's answer
 */
void presync_assessment_set_answer (PresyncAssessment *self, PresyncAnswer *answer);
void presync_assessment_remove_answer (PresyncAssessment *self, const char *condition);
/* (transfer container) (element-type PresyncAnswer): by condition id */
GPtrArray *presync_assessment_list_answers (PresyncAssessment *self);

/**
 * presync_assessment_read_answers: (in assessment/answers-file.c)
 * @path: JSON: {"answers":[{"condition":"cs-ram","met":true,"name":"…","note":"…","at":"…"}]};
 *   note and at may be missing. Likewise, or instead, "waivers":[{"condition":"cs-ram",
 *   "reason":"…","owner":"…","expires":"2027-03-01","at":"…"}]; expires and at may be missing
 *
 * What is stated of other conditions stays; nothing of it can be undone.
 *
 * Returns: %FALSE with %PRESYNC_ERROR_BAD_INPUT naming the file and the faulty member; nothing is
 *   taken then
 */
gboolean presync_assessment_read_answers (PresyncAssessment *self, const char *path,
                                          GError **error);

/**
 * presync_assessment_get_n_judged: how many conditions were judged since the start; for
 * tests of "only conditions that name a changed fact"
 */
guint64 presync_assessment_get_n_judged (PresyncAssessment *self);

/* The moment that rules use as now, in the time zone whose days count: taken anew at each
 * judgement, here, unless set (tests, reports) */
void presync_assessment_set_now (PresyncAssessment *self, GDateTime *now);
GDateTime *presync_assessment_dup_now (PresyncAssessment *self);

G_END_DECLS
