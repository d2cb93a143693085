/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Comments of LDIF that Presync's own snapshots begin and end with: one without its end was cut
 * short, and what it does not hold may be there nevertheless. Not translated. */
#define PRESYNC_LDIF_MARK_BEGIN "# presync snapshot"
#define PRESYNC_LDIF_MARK_END "# presync: end of snapshot, "
#define PRESYNC_LDIF_MARK_UNIT " entries"
