/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sources/directory/probe.h"

G_BEGIN_DECLS

/**
 * presync_unread_list_facts:
 * @target: what was to be read, for origins
 * @subjects: what was named: there are no facts of what was not
 * @read: a set of probes (PRESYNC_PROBE_BIT()) whose facts stay
 * @error: why the others have none
 *
 * Returns: (transfer full) (element-type PresyncFact): an unknown fact for every key of the other
 *   probes
 */
GPtrArray *presync_unread_list_facts (const char *target, const PresyncProbeSubjects *subjects,
                                      guint read, const GError *error);

G_END_DECLS
