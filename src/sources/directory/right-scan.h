/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sources/directory/right-gaps.h"
#include "sources/directory/right-question.h"

G_BEGIN_DECLS

/**
 * PresyncRightScan: what a look at the objects of a domain told
 * @gaps: (element-type PresyncRightGaps): of each slot
 * @doubts: (element-type utf8): of each slot a sentence, or %NULL: why it is not certain that there
 *   are no more gaps: an object does not show its descriptor, or it is malformed
 * @reason, @problem: why no object could be looked at
 * @partial: (nullable): a sentence, if there are objects that were not looked at
 * @origin: of it all; not complete if there is @partial
 * @n_objects, @n_units, @n_reads: how many there were
 * @n_descriptors: how many different ones had to be judged
 */
typedef struct
{
  GPtrArray *gaps;
  GPtrArray *doubts;
  PresyncUnknown reason;
  char *problem;
  char *partial;
  PresyncOrigin *origin;
  guint n_objects;
  guint n_units;
  guint n_reads;
  guint n_descriptors;
} PresyncRightScan;

/**
 * presync_right_scan:
 * @questions: (element-type PresyncRightQuestion): in them the objects are counted
 * @n_slots: the slots of @questions are below it
 * @accounts: (element-type PresyncPrincipal): who asks: they are no objects of theirs
 *
 * Reads the units, and users, groups, contacts, computers, foreign security principals and devices
 * of the domain with their DACLs, in one paged read that keeps none of them. It asks for all
 * objects: those that show nothing but their name match nothing else, and must not go unnoticed.
 * Beyond %PRESYNC_BOUND_RIGHT_OBJECTS a person of each further unit is looked at; that can find
 * gaps, but not that there are none. Left out is what is
 * not synchronized (Microsoft's default rules): isCriticalSystemObject, and in its place the
 * well-known RIDs where that attribute is not shown; replication conflicts; managed service
 * accounts; MSOL_ and AAD_ accounts.
 *
 * Returns: (transfer full): %NULL only with an error that ends the connection
 */
PresyncRightScan *presync_right_scan (PresyncProbeRun *run, GPtrArray *questions, guint n_slots,
                                      GPtrArray *accounts, GError **error);
void presync_right_scan_free (PresyncRightScan *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PresyncRightScan, presync_right_scan_free)

G_END_DECLS
