/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "assessment/assessment.h"

G_BEGIN_DECLS

/**
 * PresyncPlace: the four things that a synchronization runs through
 */
typedef enum
{
  PRESYNC_PLACE_FOREST,
  PRESYNC_PLACE_SYNC_SERVER,
  PRESYNC_PLACE_SQL,
  PRESYNC_PLACE_TENANT,
} PresyncPlace;
#define PRESYNC_N_PLACES 4

/* Translated: "Forest", "Sync server", … */
const char *presync_place_title (PresyncPlace place);

/**
 * presync_place_list_items:
 *
 * Returns: (transfer full) (element-type PresyncChecklistItem): the conditions, of both options,
 *   that test a fact about @place
 */
GPtrArray *presync_place_list_items (PresyncAssessment *assessment, PresyncPlace place);

/**
 * presync_place_status:
 *
 * Returns: the most urgent status of the conditions, of both options, that test a fact about
 *   @place
 */
PresyncStatus presync_place_status (PresyncAssessment *assessment, PresyncPlace place);

/**
 * presync_place_dup_name:
 *
 * Returns: (transfer full): what it is called, such as "contoso.test", or that it is not known yet
 */
char *presync_place_dup_name (PresyncAssessment *assessment, PresyncPlace place);

/**
 * presync_place_dup_detail:
 *
 * Returns: (transfer full): what is known of it in a few words, such as "Windows Server 2016 (7)";
 *   else the word of its status
 */
char *presync_place_dup_detail (PresyncAssessment *assessment, PresyncPlace place);

G_END_DECLS
