/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "facts/access-text.h"

G_BEGIN_DECLS

/**
 * PresyncRightGaps: the places where a right does not arrive, each with the objects that lack it
 */
typedef struct _PresyncRightGaps PresyncRightGaps;

PresyncRightGaps *presync_right_gaps_new (void);
void presync_right_gaps_free (PresyncRightGaps *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PresyncRightGaps, presync_right_gaps_free)

/* @n: objects; @example: (nullable): DN of one, the first of a place is kept */
void presync_right_gaps_add (PresyncRightGaps *self, const char *place,
                             PresyncAccessGapReason reason, guint n, const char *example);

/* How many places; beyond %PRESYNC_BOUND_RIGHT_PLACES_HELD at most so many */
guint presync_right_gaps_get_size (const PresyncRightGaps *self);

/**
 * presync_right_gaps_list:
 * @max: name so many at most
 *
 * Returns: (transfer full) (array zero-terminated=1): texts of presync_access_gap_format(), those
 *   with the most objects first, then by the alphabet
 */
char **presync_right_gaps_list (const PresyncRightGaps *self, guint max);

G_END_DECLS
