/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "store/store.h"

G_BEGIN_DECLS

/**
 * PresyncSaveBanner: says above the pages that changes are not saved, why, and what can be done;
 * hidden while all is well. Activates "win.save-as" and "win.save-again".
 */
#define PRESYNC_TYPE_SAVE_BANNER (presync_save_banner_get_type ())
G_DECLARE_FINAL_TYPE (PresyncSaveBanner, presync_save_banner, PRESYNC, SAVE_BANNER, AdwBin)

/* @store: (nullable) (transfer none): whose state and message are told */
void presync_save_banner_update (PresyncSaveBanner *self, PresyncStore *store);

G_END_DECLS
