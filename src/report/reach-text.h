/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "facts/fact-set.h"
#include "sources/network/reach.h"

G_BEGIN_DECLS

/* How what was tried of the network is told to people, on screen and in reports */

/* (transfer none): head of a column: "TLS 1.2"; and the same where there is little room: "TLS" */
const char *presync_reach_text_stage (PresyncReachStage stage);
const char *presync_reach_text_stage_brief (PresyncReachStage stage);

/* (transfer none): a mark in a word: "works", "fails", "not known", "waits", "–" */
const char *presync_reach_text_mark (PresyncReachMark mark);

/* (transfer none): how a row ended, in a few words: "refused" */
const char *presync_reach_text_outcome (PresyncReachOutcome outcome);

/**
 * presync_reach_text_dup_sentence:
 *
 * Returns: (transfer full): what was found or why not, and which entry of Microsoft's list the host
 *   stands for: "Answers with HTTP status 404 · stands for *.microsoftonline.com"
 */
char *presync_reach_text_dup_sentence (PresyncReach *reach);

/* (transfer full): an address, how it ended, and at which step if that is no answer: "dc01:88: no
 * answer, TCP: not known" */
char *presync_reach_text_dup_name (PresyncReach *reach);

/* (transfer full): all marks, for those who do not see them: "Name: works, TCP: fails" */
char *presync_reach_text_dup_marks (PresyncReach *reach);

/**
 * PresyncReachCounts: how many rows ended how. Plain data.
 * @total: all
 * @reached: answered
 * @bad: not reached, for certain
 * @unknown: ended without knowing
 */
typedef struct
{
  guint total;
  guint reached;
  guint bad;
  guint unknown;
} PresyncReachCounts;

/* @rows: GListModel of PresyncReach */
PresyncReachCounts presync_reach_text_count (GListModel *rows);

/* (transfer full): "41 of 44 answered · 2 do not · 1 not known"; while some wait: "12 of 44 tried"
 */
char *presync_reach_text_dup_summary (const PresyncReachCounts *counts);

/* Does @source ("network": this computer; "server": the sync server) tell anything of the network?
 */
gboolean presync_reach_text_is_seen_from (PresyncFactSet *facts, const char *source);

G_END_DECLS
