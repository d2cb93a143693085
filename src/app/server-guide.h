/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "sources/network/network-target.h"

G_BEGIN_DECLS

/**
 * PresyncServerGuide: how to make a facts file, in three steps: save the script, run it on the
 * server, bring the file here
 */
#define PRESYNC_TYPE_SERVER_GUIDE (presync_server_guide_get_type ())
G_DECLARE_FINAL_TYPE (PresyncServerGuide, presync_server_guide, PRESYNC, SERVER_GUIDE, AdwBin)

/* @needed: %TRUE while there is no facts file: large and open; else small, and folded once */
void presync_server_guide_set_needed (PresyncServerGuide *self, gboolean needed);
/* @target: what the command that tries the network as well needs to know */
void presync_server_guide_set_target (PresyncServerGuide *self, const PresyncNetworkTarget *target);

G_END_DECLS
