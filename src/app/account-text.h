/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "assessment/assessment.h"
#include "catalogue/account-role.h"

G_BEGIN_DECLS

/* What the window says of accounts. Nothing is judged here: statuses are those of the checklists'
 * rows. */

/**
 * presync_account_list_items:
 *
 * Returns: (transfer container) (element-type PresyncChecklistItem): the conditions about @role, in
 *   the order of its option's checklist
 */
GPtrArray *presync_account_list_items (PresyncAssessment *assessment,
                                       const PresyncAccountRole *role);

/* The most urgent status of @items: not applicable if there are none */
PresyncStatus presync_account_worst (GPtrArray *items);

/**
 * presync_account_dup_name:
 *
 * Returns: (transfer full) (nullable): the account that was named for @role, as the directory
 *   writes it if it was found there; %NULL if none was named or is used as planned, or there is
 *   nothing to name
 */
char *presync_account_dup_name (PresyncAssessment *assessment, const PresyncAccountRole *role);

/**
 * presync_account_dup_subtitle:
 * @items: of presync_account_list_items()
 * @whole: a long name in full
 *
 * Returns: (transfer full): the account and what matters most about it: "CONTOSO\eadmin ·
 *   Enterprise Admins, through Tier 0 Admins"
 */
char *presync_account_dup_subtitle (PresyncAssessment *assessment, const PresyncAccountRole *role,
                                    GPtrArray *items, gboolean whole);

/**
 * presync_account_dup_found:
 * @item: a condition's row
 *
 * Returns: (transfer full): what was found, or why it is not known, although part of it may be, or
 *   what is needed; one line
 */
char *presync_account_dup_found (PresyncChecklistItem *item);

/**
 * PresyncAccountCounts: the numbers of the page. Plain data.
 * @n: accounts that apply
 * @not_met, @needs_answer, @unknown: of these, those whose worst condition is so
 */
typedef struct
{
  guint n;
  guint not_met;
  guint needs_answer;
  guint unknown;
} PresyncAccountCounts;

void presync_account_count (PresyncAssessment *assessment, PresyncAccountCounts *counts);

/* (transfer full): "7 accounts · 1 not met · 2 need an answer"; @brief: where there is little room
 */
char *presync_account_counts_dup_text (const PresyncAccountCounts *counts, gboolean brief);

G_END_DECLS
