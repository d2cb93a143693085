/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "rules/service-account.h"

#define VIRTUAL PRESYNC_SERVICE_VIRTUAL
#define LOCAL PRESYNC_SERVICE_LOCAL
#define DOMAIN PRESYNC_SERVICE_DOMAIN
#define SMSA PRESYNC_SERVICE_SMSA
#define GMSA PRESYNC_SERVICE_GMSA
#define NONE PRESYNC_SERVICE_NONE
#define BIT(kind) (1u << (kind))

static const char *const kind_ids[PRESYNC_N_SERVICE_KINDS] = {
  [VIRTUAL] = "virtual", [LOCAL] = "local", [DOMAIN] = "domain", [SMSA] = "smsa", [GMSA] = "gmsa"
};

/* clang-format off */
/* Microsoft, "Microsoft Entra Connect: Accounts and permissions", the table of the ADSync service
 * account. "Microsoft Entra Connect: ADSync service account" differs in one: express settings on a
 * domain controller make an sMSA there. */
static const struct
{
  gboolean on_domain_controller;
  gboolean custom;
  guint sql; /* bits, 1 << PresyncServiceSql */
  PresyncServiceChoice choice;
} choices[] = {
  { FALSE, FALSE, BIT (PRESYNC_SERVICE_LOCAL_DB),
    { BIT (VIRTUAL), VIRTUAL, NONE, "CN-ACC", NONE, NULL } },
  { FALSE, TRUE, BIT (PRESYNC_SERVICE_LOCAL_DB) | BIT (PRESYNC_SERVICE_SQL_LOCAL),
    { BIT (VIRTUAL) | BIT (LOCAL) | BIT (DOMAIN) | BIT (SMSA) | BIT (GMSA), VIRTUAL, NONE,
      "CN-ACC", NONE, NULL } },
  { FALSE, TRUE, BIT (PRESYNC_SERVICE_SQL_REMOTE),
    { BIT (GMSA) | BIT (DOMAIN), GMSA, NONE, "CN-ACC", NONE, NULL } },
  { TRUE, FALSE, BIT (PRESYNC_SERVICE_LOCAL_DB),
    { BIT (DOMAIN) | BIT (SMSA), DOMAIN, NONE, "CN-ACC", SMSA, "ADSVC" } },
  { TRUE, TRUE, BIT (PRESYNC_SERVICE_LOCAL_DB) | BIT (PRESYNC_SERVICE_SQL_LOCAL),
    { BIT (GMSA) | BIT (DOMAIN) | BIT (SMSA), DOMAIN, GMSA, "CN-ACC", NONE, NULL } },
  { TRUE, TRUE, BIT (PRESYNC_SERVICE_SQL_REMOTE),
    { BIT (GMSA) | BIT (DOMAIN), DOMAIN, GMSA, "CN-ACC", NONE, NULL } },
};
/* clang-format on */

const char *
presync_service_kind_id (PresyncServiceKind kind)
{
  g_return_val_if_fail (kind < PRESYNC_N_SERVICE_KINDS, NULL);
  return kind_ids[kind];
}

PresyncServiceKind
presync_service_kind_from_id (const char *id)
{
  g_return_val_if_fail (id != NULL, NONE);
  for (guint i = 0; i < PRESYNC_N_SERVICE_KINDS; i++)
    if (g_str_equal (kind_ids[i], id))
      return i;
  return NONE;
}

const PresyncServiceChoice *
presync_service_account_choice (gboolean on_domain_controller, gboolean custom,
                                PresyncServiceSql sql)
{
  g_return_val_if_fail (sql < PRESYNC_N_SERVICE_SQL, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (choices); i++)
    if (!choices[i].on_domain_controller == !on_domain_controller && !choices[i].custom == !custom
        && (choices[i].sql & BIT (sql)) != 0)
      return &choices[i].choice;
  return NULL;
}

gboolean
presync_service_choice_is_open (const PresyncServiceChoice *self, PresyncServiceKind kind)
{
  g_return_val_if_fail (self != NULL && kind < PRESYNC_N_SERVICE_KINDS, FALSE);
  return (self->open & BIT (kind)) != 0;
}
