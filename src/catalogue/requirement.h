/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "catalogue/condition.h"

G_BEGIN_DECLS

/**
 * PresyncOption: what the user may choose
 */
typedef enum
{
  PRESYNC_OPTION_CLOUD_SYNC,
  PRESYNC_OPTION_CONNECT_SYNC,
} PresyncOption;
#define PRESYNC_N_OPTIONS 2

/* "cloud-sync", "connect-sync" */
const char *presync_option_id (PresyncOption option);
/* Translated: "Cloud sync", "Connect Sync" */
const char *presync_option_title (PresyncOption option);
/* Translated, the product's whole name: "Microsoft Entra Cloud Sync", … */
const char *presync_option_long_title (PresyncOption option);
gboolean presync_option_from_id (const char *id, PresyncOption *option);

/**
 * PresyncSection: the parts of a requirement table, in their order
 */
typedef enum
{
  PRESYNC_SECTION_HARDWARE_AND_SOFTWARE,
  PRESYNC_SECTION_ACCOUNTS,
  PRESYNC_SECTION_SQL_SERVER,
  PRESYNC_SECTION_NETWORK,
  PRESYNC_SECTION_TENANT,
  PRESYNC_SECTION_DIRECTORY_DATA,
} PresyncSection;
#define PRESYNC_N_SECTIONS 6

/* "hardware-and-software", … */
const char *presync_section_id (PresyncSection section);
/* Translated: "Hardware and software", … */
const char *presync_section_title (PresyncSection section);
gboolean presync_section_from_id (const char *id, PresyncSection *section);

/**
 * PresyncRequirement: a row of a requirement table. Immutable.
 */
#define PRESYNC_TYPE_REQUIREMENT (presync_requirement_get_type ())
G_DECLARE_FINAL_TYPE (PresyncRequirement, presync_requirement, PRESYNC, REQUIREMENT, GObject)

const char *presync_requirement_get_id (PresyncRequirement *self);
PresyncOption presync_requirement_get_option (PresyncRequirement *self);
PresyncSection presync_requirement_get_section (PresyncRequirement *self);
/* %TRUE if the row stands in the tables of the overview document itself, not in a linked one */
gboolean presync_requirement_get_overview (PresyncRequirement *self);
/* Translated. */
const char *presync_requirement_get_title (PresyncRequirement *self);
/* Translated: why it matters. */
const char *presync_requirement_get_why (PresyncRequirement *self);

/* (nullable): id of the #PresyncAccountRole it is about, unless a condition names its own */
const char *presync_requirement_get_account (PresyncRequirement *self);

/**
 * presync_requirement_list_conditions:
 * @edition: (nullable): date as of which the catalogue is read; %NULL for all, whatever their dates
 *
 * Returns: (transfer container) (element-type PresyncCondition): in their order; may be empty
 */
GPtrArray *presync_requirement_list_conditions (PresyncRequirement *self, const GDate *edition);

G_END_DECLS
