/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <cairo.h>
#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * PresyncLogo: a picture for the cover: a PNG, or an SVG that is drawn as vectors. Plain data; may
 * be used by one thread at a time.
 */
typedef struct _PresyncLogo PresyncLogo;

/**
 * presync_logo_new:
 * @path: a file of a person's choice, which nobody vouches for
 *
 * Reads a logo. Everything is bounded before it is decoded: the file (regular, 10 MB), the pixels
 * of a PNG (4096 × 4096), and what an SVG can make a renderer do (logo-check.h). Nothing but the
 * file is read, no network is used.
 *
 * Returns: (transfer full): the logo, or %NULL with %PRESYNC_ERROR_BAD_INPUT, whose message says in
 *   one sentence why @path cannot be used, or with %G_IO_ERROR_CANCELLED
 */
PresyncLogo *presync_logo_new (const char *path, GCancellable *cancellable, GError **error);
void presync_logo_free (PresyncLogo *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PresyncLogo, presync_logo_free)

/* Width to height */
double presync_logo_get_aspect (const PresyncLogo *self);
/* In a rectangle, as large as fits, in its middle */
void presync_logo_draw (const PresyncLogo *self, cairo_t *cr, double x, double y, double width,
                        double height);

G_END_DECLS
