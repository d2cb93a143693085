/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Comments of LDIF that Presync's own snapshots begin and end with: one without its end was cut
 * short, and what it does not hold may be there nevertheless. Not translated. */
#define PRESYNC_LDIF_MARK_BEGIN "# presync snapshot"
/* One line for each account that was looked for, right below the first mark; the rest of the line
 * is its name as given, escaped by g_strescape() */
#define PRESYNC_LDIF_MARK_ACCOUNT "# presync account: "
/* Among those: the snapshot has the UPN of everybody who has one, which older ones have not */
#define PRESYNC_LDIF_MARK_NAMES "# presync: with user principal names"
#define PRESYNC_LDIF_MARK_END "# presync: end of snapshot, "
#define PRESYNC_LDIF_MARK_UNIT " entries"
