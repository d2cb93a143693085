/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/account-text.h"
#include "facts/access-text.h"

G_BEGIN_DECLS

/**
 * PresyncRightState: what a cell of the table of rights says; drawn from facts, never judged
 */
typedef enum
{
  PRESYNC_RIGHT_NOT_NEEDED, /* all conditions that ask for it do not apply */
  PRESYNC_RIGHT_GRANTED,
  PRESYNC_RIGHT_BROKEN, /* granted, and yet some objects lack it */
  PRESYNC_RIGHT_UNKNOWN,
  PRESYNC_RIGHT_MISSING,
} PresyncRightState;

/* Translated: "granted", "missing", "broken below", "unknown", "not needed" */
const char *presync_right_state_title (PresyncRightState state);
/* The status whose symbol and colour a state borrows, never worse than the worst of @items: the
 * conditions that ask for the right, as of presync_right_list_items(). Its word is its own. */
PresyncStatus presync_right_state_status (PresyncRightState state, GPtrArray *items);

/* (transfer none): translated: "Reset Password" */
const char *presync_right_title (const PresyncAccessRight *right);

/**
 * presync_right_list_domains:
 * @prefix: of the rights, as in #PresyncAccountRole
 *
 * Returns: (transfer full) (array zero-terminated=1): the domains that there are facts about, in
 *   their order; empty if the account was not named or looked at
 */
GStrv presync_right_list_domains (PresyncAssessment *assessment, const char *prefix);

/**
 * presync_right_list_items:
 *
 * Returns: (transfer container) (element-type PresyncChecklistItem): the conditions about @role
 *   that ask for @right
 */
GPtrArray *presync_right_list_items (PresyncAssessment *assessment, const PresyncAccountRole *role,
                                     const PresyncAccessRight *right);

/**
 * PresyncRightCell: a right in a domain. Plain data.
 * @status: of presync_right_state_status()
 * @lacks, @gaps: (array zero-terminated=1): texts of facts/access-text.h
 * @reason: (nullable): why it is unknown
 */
typedef struct
{
  PresyncRightState state;
  PresyncStatus status;
  GStrv lacks;
  GStrv gaps;
  char *reason;
} PresyncRightCell;

/* @items: of presync_right_list_items() for @right */
PresyncRightCell *presync_right_cell_new (PresyncAssessment *assessment, GPtrArray *items,
                                          const PresyncAccessRight *right, const char *domain);
void presync_right_cell_free (PresyncRightCell *self);
gboolean presync_right_cell_equal (const PresyncRightCell *a, const PresyncRightCell *b);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PresyncRightCell, presync_right_cell_free)

/* (transfer full): sentences for people: what is missing and where, or why nobody knows */
char *presync_right_cell_dup_text (const PresyncRightCell *self);

G_END_DECLS
