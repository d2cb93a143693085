/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "assessment/assessment.h"
#include "sources/network/network-source.h"

G_BEGIN_DECLS

/* The network, as the window tries it and remembers how. Nothing of the sample is remembered. */

/* (transfer full) (nullable): the assessment's source, if the network may be tried */
PresyncNetworkSource *presync_network_settings_dup_source (PresyncAssessment *assessment);

/**
 * presync_network_settings_check_proxy:
 *
 * Returns: %FALSE with a sentence if the proxy that is stored cannot be used: nothing is to be
 *   tried then, as it would go another way than was asked for
 */
gboolean presync_network_settings_check_proxy (PresyncAssessment *assessment, GError **error);

/**
 * presync_network_settings_use:
 *
 * Makes the network a source of @assessment, with the proxy of the settings; in the sample, what
 * was recorded. One that was there is replaced. It is not checked yet.
 *
 * Returns: (transfer full): the source
 */
PresyncNetworkSource *presync_network_settings_use (PresyncAssessment *assessment);

/* Remembers whether the network may be tried. */
void presync_network_settings_save (PresyncAssessment *assessment, gboolean enabled);

/**
 * presync_network_settings_set_proxy:
 * @proxy: (nullable): address; %NULL: the system's settings
 *
 * Remembers @proxy; a source that is there is replaced by its like with it.
 *
 * Returns: %FALSE with a sentence if @proxy is none; nothing changes then
 */
gboolean presync_network_settings_set_proxy (PresyncAssessment *assessment, const char *proxy,
                                             GError **error);

/* Names the AD FS farm, and remembers it; %FALSE with a sentence if a name is none
 */
gboolean presync_network_settings_set_federation (PresyncAssessment *assessment,
                                                  const char *service, const char *servers,
                                                  GError **error);

/* Ends what is being tried, whoever began it; nothing else of a check that it is part of. */
void presync_network_settings_stop (PresyncAssessment *assessment);

/**
 * presync_network_settings_follow:
 * @sample: %TRUE: the sample was just opened; %FALSE: it was left
 *
 * The names of AD FS go with the assessment that they are of: the sample begins without any, and
 * those that were there before it come back.
 */
void presync_network_settings_follow (PresyncAssessment *assessment, gboolean sample);

/**
 * presync_network_settings_restore:
 *
 * Brings back the names of AD FS and, if the person allowed it the last time, tries the network.
 * Does nothing in the sample, or if the network is a source already.
 */
void presync_network_settings_restore (PresyncAssessment *assessment);

G_END_DECLS
