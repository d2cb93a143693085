/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sources/network/lookup.h"
#include "sources/network/network-target.h"
#include "sources/network/reach.h"

G_BEGIN_DECLS

/**
 * PresyncReachProbeKind: what there is to do for a row
 */
typedef enum
{
  PRESYNC_REACH_PROBE_RECORD, /* an SRV record */
  PRESYNC_REACH_PROBE_NAME,   /* a name with an address */
  PRESYNC_REACH_PROBE_ALIAS,  /* a name with an IPv4 address of its own, not an alias */
  PRESYNC_REACH_PROBE_PORT,   /* TCP, never through a proxy */
  PRESYNC_REACH_PROBE_DOMAIN, /* any controller of a domain */
  PRESYNC_REACH_PROBE_WEB,    /* Microsoft's addresses, through the proxy if there is one */
  PRESYNC_REACH_PROBE_FARM,   /* the federation service: as web, never through a proxy */
} PresyncReachProbeKind;

/**
 * PresyncReachProbe: one row's work, as its thread needs it. Plain data.
 * @controllers: (nullable): of PRESYNC_REACH_PROBE_DOMAIN: those that the directory named
 * @proxy: (nullable): "http://HOST:PORT" that was given; %NULL: the system's settings
 */
typedef struct
{
  PresyncReachProbeKind kind;
  char *host;
  guint16 port;
  char **controllers;
  char *proxy;
} PresyncReachProbe;

PresyncReachProbe *presync_reach_probe_new (PresyncReach *row, const PresyncNetworkTarget *target);
void presync_reach_probe_free (PresyncReachProbe *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PresyncReachProbe, presync_reach_probe_free)

/**
 * PresyncReachProbeResult: how a row ended
 * @text: (nullable): a sentence
 * @certificate, @proxy: (nullable)
 */
typedef struct
{
  PresyncReachOutcome outcome;
  char *text;
  PresyncReachCertificate *certificate;
  char *proxy;
} PresyncReachProbeResult;

void presync_reach_probe_result_clear (PresyncReachProbeResult *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (PresyncReachProbeResult, presync_reach_probe_result_clear)

/* Told of a stage that was passed, from the probe's thread. @certificate: (nullable): what a good
 * %PRESYNC_REACH_TLS showed */
typedef void (*PresyncReachProbeFunc) (PresyncReachStage stage, PresyncReachMark mark,
                                       const PresyncReachCertificate *certificate,
                                       gpointer user_data);

/**
 * presync_reach_probe_run:
 * @deadline: monotonic time (microseconds)
 * @cancellable: ends it at once; at the deadline the caller cancels
 *
 * Blocks, in any thread. Sends nothing but what a browser would, and only to the row's host or the
 * proxy.
 */
void presync_reach_probe_run (const PresyncReachProbe *self, PresyncLookup *lookup, gint64 deadline,
                              PresyncReachProbeFunc passed, gpointer user_data,
                              GCancellable *cancellable, PresyncReachProbeResult *result);

/**
 * presync_reach_probe_silence:
 * @row: a row whose time is up
 * @outcome: (out): %PRESYNC_REACH_SILENT, or %PRESYNC_REACH_NO_RESOLVER if it still looked for the
 *   name
 *
 * Returns: (transfer full): the sentence that says who did not answer
 */
char *presync_reach_probe_silence (PresyncReach *row, PresyncReachOutcome *outcome);

G_END_DECLS
