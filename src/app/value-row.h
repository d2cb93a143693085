/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/**
 * presync_value_row_new:
 * @key: of a fact
 *
 * A row for what was found of @key, where no condition asks for it: its label, and the value, which
 * is yet to be set, as subtitle.
 *
 * Returns: (transfer floating): an AdwActionRow
 */
GtkWidget *presync_value_row_new (const char *key);

G_END_DECLS
