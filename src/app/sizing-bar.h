/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "facts/fact-set.h"

G_BEGIN_DECLS

/**
 * PresyncSizingBar: the counted objects on a logarithmic scale from 1,000 to 1,000,000, drawn: what
 * database, memory and disk the sync server needs there, and which quota of the tenant it fits in
 *
 * Screen readers get the same as words.
 */
#define PRESYNC_TYPE_SIZING_BAR (presync_sizing_bar_get_type ())
G_DECLARE_FINAL_TYPE (PresyncSizingBar, presync_sizing_bar, PRESYNC, SIZING_BAR, GtkWidget)

/* @facts: looks at "forest.objects"; whoever has the bar calls again after it changed */
void presync_sizing_bar_set (PresyncSizingBar *self, PresyncFactSet *facts);

G_END_DECLS
