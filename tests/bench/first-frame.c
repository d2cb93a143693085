/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Preloaded by `./dev bench` into both programs alike: tells when the first frame is drawn. GTK
 * makes the surface of a window when it first draws into it; the idle runs when that is done. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <cairo-xlib.h>
#include <glib.h>

typedef cairo_surface_t *(*FirstFrameCreate) (Display *display, Drawable drawable, Visual *visual,
                                              int width, int height);

static gboolean
first_frame_drawn_cb (gpointer user_data)
{
  g_printerr ("first-frame %" G_GINT64_FORMAT "\n", g_get_monotonic_time ());
  return G_SOURCE_REMOVE;
}

cairo_surface_t *
cairo_xlib_surface_create (Display *display, Drawable drawable, Visual *visual, int width,
                           int height)
{
  static gboolean told = FALSE;
  FirstFrameCreate create = (FirstFrameCreate) dlsym (RTLD_NEXT, "cairo_xlib_surface_create");

  if (!told && width > 100)
    {
      told = TRUE;
      g_idle_add_full (G_PRIORITY_HIGH_IDLE + 30, first_frame_drawn_cb, NULL, NULL);
    }
  return create (display, drawable, visual, width, height);
}
