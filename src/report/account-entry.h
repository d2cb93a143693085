/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "assessment/assessment.h"
#include "catalogue/account-role.h"
#include "facts/access-text.h"

G_BEGIN_DECLS

/**
 * PresyncAccountEntry: an account of an option, as reports tell of it: the conditions of the
 * checklist that are about it, and what the directory shows. Plain data.
 * @role: its part in the option
 * @name: (nullable): as the directory shows it, else as it was given; %NULL if it was not named, or
 *   is not used as planned
 * @given: (nullable): as it was given, where that is another writing than @name
 * @items: (element-type PresyncChecklistItem): all conditions about it, in the order of the table
 * @status: the most urgent of @items
 */
typedef struct
{
  const PresyncAccountRole *role;
  char *name;
  char *given;
  GPtrArray *items;
  PresyncStatus status;
} PresyncAccountEntry;

/**
 * presync_account_entry_list:
 *
 * Returns: (transfer full) (element-type PresyncAccountEntry): those of the option, in the order of
 *   presync_account_roles()
 */
GPtrArray *presync_account_entry_list (PresyncAssessment *assessment, PresyncOption option);

/**
 * presync_account_entry_get_without_name:
 * @self: its @name is %NULL
 *
 * Returns: (transfer none): what stands in place of a name, translated: "not named", "the installer
 *   makes it"
 */
const char *presync_account_entry_get_without_name (const PresyncAccountEntry *self,
                                                    PresyncAssessment *assessment);

/**
 * presync_account_entry_dup_membership:
 *
 * Returns: (transfer full) (nullable): "Enterprise Admins, through Tier 0 Admins"; %NULL if it was
 *   not read or does not matter
 */
char *presync_account_entry_dup_membership (const PresyncAccountEntry *self,
                                            PresyncAssessment *assessment);

/* Whether the condition @item tests the right, or any of the account's rights if @right is %NULL */
gboolean presync_account_entry_tests (const PresyncAccountEntry *self, PresyncChecklistItem *item,
                                      const PresyncAccessRight *right);

/* How many of its conditions have this status */
guint presync_account_entry_count (const PresyncAccountEntry *self, PresyncStatus status);

G_END_DECLS
