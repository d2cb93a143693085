/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sources/network/reach-probe.h"

G_BEGIN_DECLS

/* As presync_reach_probe_run(), for web addresses: through a proxy if there is one */
void presync_reach_web_run (const PresyncReachProbe *self, PresyncLookup *lookup, gint64 deadline,
                            PresyncReachProbeFunc passed, gpointer user_data,
                            GCancellable *cancellable, PresyncReachProbeResult *result);

/* Shared by the parts of a probe (reach-probe.c) */

/* Looks @host up and connects to it by TCP. (transfer full): %NULL with @result; @passed:
 * (nullable) */
GSocketConnection *presync_reach_probe_connect (const char *host, guint16 port,
                                                PresyncLookup *lookup, gint64 deadline,
                                                PresyncReachProbeFunc passed, gpointer user_data,
                                                GCancellable *cancellable,
                                                PresyncReachProbeResult *result);
void presync_reach_probe_fail_lookup (const char *name, const GError *error,
                                      PresyncReachProbeResult *result);
void presync_reach_probe_fail_connect (const char *host, guint16 port, const GError *error,
                                       PresyncReachProbeResult *result);

G_END_DECLS
