/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * presync_logo_scale_of:
 * @transform: the value of a transform attribute of SVG
 *
 * Returns: how many times as long a line is at most behind it; -1 if it is none that is understood,
 *   or skews so much that nobody would want it
 */
double presync_logo_scale_of (const char *transform);

/**
 * presync_logo_largest_number:
 * @text: an attribute's value, or a style
 *
 * Returns: the largest number in @text, whatever its sign; colours and names behind “#” are none;
 *   %G_MAXDOUBLE if one has more than five digits before the point, a positive exponent, or a unit
 *   whose length depends on letters
 */
double presync_logo_largest_number (const char *text);

G_END_DECLS
