/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sources/network/network-target.h"
#include "sources/server/facts-report.h"
#include "sources/source.h"

G_BEGIN_DECLS

/**
 * PresyncServerTelling: emits the facts of a server source, and what it told of the network and
 * a newer file does not tell as forgotten. Nobody but the source includes this.
 */
typedef struct _PresyncServerTelling PresyncServerTelling;

/* @source: (transfer none): outlives it */
PresyncServerTelling *presync_server_telling_new (PresyncSource *source);
void presync_server_telling_free (PresyncServerTelling *self);

/* Emits all that @report tells. */
void presync_server_telling_report (PresyncServerTelling *self, PresyncFactsReport *report,
                                    const char *subject);
/* Emits an unknown fact of every key of the server. @why: a sentence */
void presync_server_telling_unknown (PresyncServerTelling *self, PresyncUnknown reason,
                                     const char *subject, const char *why);
/* What an earlier session told is known of by others, not by us: whatever is not told next is to be
 * forgotten. */
void presync_server_telling_remember (PresyncServerTelling *self);
/* There is nothing to tell: all is forgotten. */
void presync_server_telling_nothing (PresyncServerTelling *self);
/* What @report (nullable) tells of the network is told anew, if @target is not what it was.
 * @target: (nullable): copied */
void presync_server_telling_set_target (PresyncServerTelling *self, PresyncFactsReport *report,
                                        const PresyncNetworkTarget *target);

G_END_DECLS
