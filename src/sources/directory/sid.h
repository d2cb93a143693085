/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * presync_sid_dup_text:
 * @value: a security identifier in its binary form ([MS-DTYP] 2.4.2.2)
 *
 * Returns: (transfer full) (nullable): "S-1-5-21-…"; %NULL if it is malformed
 */
char *presync_sid_dup_text (GBytes *value);

G_END_DECLS
