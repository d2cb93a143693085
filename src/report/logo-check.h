/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * presync_logo_check_svg:
 * @data: the whole file
 *
 * Tells whether an SVG may be given to a renderer. Few bytes can make one work for hours or fill
 * the memory: entities within entities, elements that use others that use others, filters and
 * pictures of any number of pixels, dashes of no length. A renderer cannot be stopped once it runs,
 * so such files are refused, by reading them as XML without expanding anything.
 *
 * Returns: (transfer none) (nullable): what it must not hold or be, translated, for the end of a
 *   sentence; %NULL if it is harmless
 */
const char *presync_logo_check_svg (const char *data, gsize length);

G_END_DECLS
