/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * PresyncStageState: how far a stage of a connection is
 */
typedef enum
{
  PRESYNC_STAGE_WAITING,
  PRESYNC_STAGE_RUNNING,
  PRESYNC_STAGE_DONE,
  PRESYNC_STAGE_FAILED,
  PRESYNC_STAGE_SKIPPED,
} PresyncStageState;

/**
 * PresyncStage: one step of a connection test: resolve, connect, TLS, sign in, first read
 *
 * Lives in the main thread. Properties, all readable with notify: "title" (translated), "state"
 * (int, a #PresyncStageState), "text" (what was found, or the error sentence).
 */
#define PRESYNC_TYPE_STAGE (presync_stage_get_type ())
G_DECLARE_FINAL_TYPE (PresyncStage, presync_stage, PRESYNC, STAGE, GObject)

/**
 * PresyncStageFunc:
 * @stage: a stage's id
 * @text: (nullable): what was found, or the error sentence
 *
 * Told of a stage from the thread that connects.
 */
typedef void (*PresyncStageFunc) (const char *stage, PresyncStageState state, const char *text,
                                  gpointer user_data);

PresyncStage *presync_stage_new (const char *id, const char *title);
const char *presync_stage_get_id (PresyncStage *self);
const char *presync_stage_get_title (PresyncStage *self);
PresyncStageState presync_stage_get_state (PresyncStage *self);
/* (nullable) */
const char *presync_stage_get_text (PresyncStage *self);
void presync_stage_set (PresyncStage *self, PresyncStageState state, const char *text);

G_END_DECLS
