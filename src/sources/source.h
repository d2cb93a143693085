/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "facts/fact.h"
#include "sources/stage.h"

G_BEGIN_DECLS

/**
 * PresyncSourceState: what a source is doing
 */
typedef enum
{
  PRESYNC_SOURCE_IDLE,
  PRESYNC_SOURCE_TESTING,
  PRESYNC_SOURCE_CHECKING,
  PRESYNC_SOURCE_DONE,
  PRESYNC_SOURCE_LIVE, /* checked, and changes are followed */
  PRESYNC_SOURCE_LOST, /* was live; reconnecting by itself */
  PRESYNC_SOURCE_FAILED,
} PresyncSourceState;

/**
 * PresyncSource: what collects facts. Abstract.
 *
 * A source takes its target at construction and yields facts; it never decides. It lives in the
 * main thread and does its work on a thread of its own; all signals and notifications come in the
 * main context it was made in.
 *
 * Properties (readable, notify): "state" (int), "message" (translated sentence: what it does, or
 * why it failed; nullable), "progress" (double: 0 to 1, or -1 for unknown), "stages"
 * (GListModel of PresyncStage), "live" (boolean, writable: follow changes after a check).
 *
 * Signal "facts" (GPtrArray of PresyncFact): facts that were just read, known and unknown, some
 * keys whole at a time (see presync_fact_set_update()). A source that fails emits an unknown fact,
 * with the reason, for every key it is responsible for and has not read: nothing keeps a stale
 * status. A cancelled check leaves what was read before as it is, with its older times, and the
 * state returns to what it was.
 *
 * Signal "forgotten" (const char * const *keys): the source tells nothing of these keys any more,
 * as if it had never looked: there is nothing left to look at, or nobody who may.
 */
#define PRESYNC_TYPE_SOURCE (presync_source_get_type ())
G_DECLARE_DERIVABLE_TYPE (PresyncSource, presync_source, PRESYNC, SOURCE, GObject)

struct _PresyncSourceClass
{
  GObjectClass parent_class;

  /* "directory", "server", … as in PresyncOrigin */
  const char *id;

  char *(*dup_target) (PresyncSource *self);
  /* @test_only: walk through the stages, read nothing more, emit no facts. */
  void (*check_async) (PresyncSource *self, gboolean test_only, GCancellable *cancellable,
                       GAsyncReadyCallback callback, gpointer user_data);
  gboolean (*check_finish) (PresyncSource *self, GAsyncResult *result, GError **error);
  /* nullable: did the source begin the check under way by itself, so that check_async may join? */
  gboolean (*may_join) (PresyncSource *self);
  /* stop following changes and close connections; called before the last unref */
  void (*close) (PresyncSource *self);
};

const char *presync_source_get_id (PresyncSource *self);
/* (transfer full): what it asks, for people: "ldaps://dc1.contoso.com", "contoso.ldif" */
char *presync_source_dup_target (PresyncSource *self);
PresyncSourceState presync_source_get_state (PresyncSource *self);
/* (nullable) */
const char *presync_source_get_message (PresyncSource *self);
double presync_source_get_progress (PresyncSource *self);
/* (transfer none) */
GListModel *presync_source_get_stages (PresyncSource *self);
gboolean presync_source_get_live (PresyncSource *self);
void presync_source_set_live (PresyncSource *self, gboolean live);

/**
 * presync_source_check_async:
 * @test_only: see the class
 * @cancellable: (nullable): cancelling completes the call within 250 ms, even while a server hangs
 *
 * Collects all facts, emitting "facts" as they come. Completes with an error if the server could
 * not be used at all; single unreadable facts are no error. Only one check at a time: another fails
 * with %G_IO_ERROR_PENDING, but one that the source began by itself is joined.
 */
void presync_source_check_async (PresyncSource *self, gboolean test_only, GCancellable *cancellable,
                                 GAsyncReadyCallback callback, gpointer user_data);
gboolean presync_source_check_finish (PresyncSource *self, GAsyncResult *result, GError **error);
/* Is a check under way that the source began by itself, so that presync_source_check_async() would
 * join it? */
gboolean presync_source_may_join (PresyncSource *self);
void presync_source_close (PresyncSource *self);

/* For subclasses, main thread only. */
void presync_source_set_state (PresyncSource *self, PresyncSourceState state, const char *message);
void presync_source_set_progress (PresyncSource *self, double progress);
/* @id, @title: appends a stage */
PresyncStage *presync_source_add_stage (PresyncSource *self, const char *id, const char *title);
/* Sets the stage @id; one that begins to run is what the source says it does, and moves its
 * progress. @text: (nullable) */
void presync_source_set_stage (PresyncSource *self, const char *id, PresyncStageState state,
                               const char *text);
/* The end of a check: what ran has failed, what waited is skipped. @message: (nullable): why */
void presync_source_end_stages (PresyncSource *self, const char *message);
void presync_source_emit_facts (PresyncSource *self, GPtrArray *facts);
/* @keys: (array zero-terminated=1): see the signal "forgotten" */
void presync_source_emit_forgotten (PresyncSource *self, const char *const *keys);

G_END_DECLS
