/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "facts/fact-set.h"
#include "sources/source.h"

G_BEGIN_DECLS

/**
 * PresyncRunner: runs the sources of an assessment side by side and pours their facts into its
 * fact set. One dead source never stops the others.
 *
 * Properties (readable, notify): "checking" (boolean), "progress" (double 0 to 1, or -1).
 * Signal "ended" (gboolean cancelled): once for each check, when nobody is at work any more and all
 * facts were poured, before those who asked for the check are told.
 */
#define PRESYNC_TYPE_RUNNER (presync_runner_get_type ())
G_DECLARE_FINAL_TYPE (PresyncRunner, presync_runner, PRESYNC, RUNNER, GObject)

/* @facts: (transfer none): keeps a reference */
PresyncRunner *presync_runner_new (PresyncFactSet *facts);

/* (transfer none): GListModel of PresyncSource */
GListModel *presync_runner_get_sources (PresyncRunner *self);

/**
 * presync_runner_set_source:
 * @source: (transfer none): replaces the source of the same id, which is closed, and whose facts
 *   are forgotten
 */
void presync_runner_set_source (PresyncRunner *self, PresyncSource *source);
/* @id: a source's id; closes and drops it and its facts, if there is one */
void presync_runner_remove_source (PresyncRunner *self, const char *id);

/**
 * presync_runner_check_async:
 *
 * Checks all sources. If a check is under way already, joins it. A source that looks again by
 * itself meanwhile, since another told it names, is waited for too.
 */
void presync_runner_check_async (PresyncRunner *self, GCancellable *cancellable,
                                 GAsyncReadyCallback callback, gpointer user_data);

/**
 * presync_runner_check_finish:
 *
 * Returns: %TRUE if every source could be used; else the first source's error (the others ran
 *   nevertheless; each source's state and message tell the rest)
 */
gboolean presync_runner_check_finish (PresyncRunner *self, GAsyncResult *result, GError **error);
gboolean presync_runner_get_checking (PresyncRunner *self);
/* cancels the check under way, if any */
void presync_runner_cancel (PresyncRunner *self);
/* closes all sources */
void presync_runner_close (PresyncRunner *self);

G_END_DECLS
