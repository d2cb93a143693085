/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * PresyncServiceKind: what kind of account runs the sync engine
 */
typedef enum
{
  PRESYNC_SERVICE_VIRTUAL, /* "NT SERVICE\ADSync" */
  PRESYNC_SERVICE_LOCAL,   /* an account of the server itself */
  PRESYNC_SERVICE_DOMAIN,  /* an ordinary user of the domain */
  PRESYNC_SERVICE_SMSA,    /* a standalone managed service account */
  PRESYNC_SERVICE_GMSA,    /* a group managed service account */
  PRESYNC_SERVICE_NONE,    /* no kind */
} PresyncServiceKind;
#define PRESYNC_N_SERVICE_KINDS PRESYNC_SERVICE_NONE

/* "virtual", "local", "domain", "smsa", "gmsa": the values of the fact "service.kind",
 * which is "other" for what is no service account */
const char *presync_service_kind_id (PresyncServiceKind kind);
/* PRESYNC_SERVICE_NONE if @id is none */
PresyncServiceKind presync_service_kind_from_id (const char *id);

/**
 * PresyncServiceSql: where the database of the sync engine is
 */
typedef enum
{
  PRESYNC_SERVICE_LOCAL_DB,   /* SQL Server Express LocalDB, which the wizard brings */
  PRESYNC_SERVICE_SQL_LOCAL,  /* a SQL Server on the same server */
  PRESYNC_SERVICE_SQL_REMOTE, /* a SQL Server on another one */
} PresyncServiceSql;
#define PRESYNC_N_SERVICE_SQL 3

/**
 * PresyncServiceChoice: which accounts the wizard offers in one situation
 * @open: bits, 1 << #PresyncServiceKind, of the kinds that are possible
 * @standard: what the wizard takes unless told otherwise
 * @recommended: what the page recommends, if that is not the standard; else PRESYNC_SERVICE_NONE
 * @document: id of the document in the catalogue that says so
 * @disputed: the standard that the page @disputed_by names in place of @standard; else
 *   PRESYNC_SERVICE_NONE
 * @disputed_by: (nullable): id of that document
 */
typedef struct
{
  guint open;
  PresyncServiceKind standard;
  PresyncServiceKind recommended;
  const char *document;
  PresyncServiceKind disputed;
  const char *disputed_by;
} PresyncServiceChoice;

/**
 * presync_service_account_choice:
 * @on_domain_controller: %TRUE if the sync server is a domain controller, else a member server
 * @custom: %TRUE for custom settings, %FALSE for express settings
 *
 * Returns: (transfer none) (nullable): what the wizard offers; %NULL where there is no choice
 *   because there is no such installation: express settings bring LocalDB
 */
const PresyncServiceChoice *presync_service_account_choice (gboolean on_domain_controller,
                                                            gboolean custom, PresyncServiceSql sql);

gboolean presync_service_choice_is_open (const PresyncServiceChoice *self, PresyncServiceKind kind);

G_END_DECLS
