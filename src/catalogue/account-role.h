/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "catalogue/requirement.h"

G_BEGIN_DECLS

/**
 * PresyncAccountRole: a part that an account plays in an option; requirements and conditions name
 * theirs by the attribute "account"
 * @id: "installer", "hybrid-admin", "gmsa", "connector", "service", "entra-connector", "sso",
 * "adfs"
 * @option: whose it is
 * @title: untranslated (N_): "AD DS Connector account"
 * @meaning: untranslated (N_): what it is for, a short sentence
 * @field: (nullable): id of the name in PresyncAccounts; %NULL if there is nothing to name
 * @rights: (nullable): prefix of the facts about its rights, for presync_access_rights()
 */
typedef struct
{
  const char *id;
  PresyncOption option;
  const char *title;
  const char *meaning;
  const char *field;
  const char *rights;
} PresyncAccountRole;

/* (transfer none): all, by option and in the order of the page; @n: (out) */
const PresyncAccountRole *presync_account_roles (guint *n);

/* (transfer none) (nullable) */
const PresyncAccountRole *presync_account_role_find (PresyncOption option, const char *id);

G_END_DECLS
