/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * presync_locale_init:
 *
 * Takes the user's language and number formats over; to be called first in main(). Translations
 * come from the installation, or from the folder that PRESYNC_LOCALE_DIR names (a build tree).
 */
void presync_locale_init (void);

G_END_DECLS
