/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/logo.h"

#include "base/error.h"
#include "report/logo-check.h"
#include <errno.h>
#include <glib/gi18n.h>
#include <glib/gstdio.h>
#include <librsvg/rsvg.h>
#include <math.h>
#include <string.h>

#define MOST_BYTES (10 * 1024 * 1024)
#define MOST_PIXELS 4096 /* each way */
/* More than a printer shows of the small place a logo has */
#define KEPT_PIXELS 1000
/* Behind the signature and the length and name of the first chunk: width and height */
#define PNG_HEAD 24
/* For an SVG that says no size */
#define DEFAULT_ASPECT 2.0
#define MOST_ASPECT 100.0
#define DRAWN_HEIGHT 100.0
/* A logo takes a few milliseconds */
#define LONGEST_DRAWING (4 * G_TIME_SPAN_SECOND)
/* whether nobody wants it any more */
#define LOOK_AGAIN (50 * G_TIME_SPAN_MILLISECOND)

struct _PresyncLogo
{
  cairo_surface_t *picture; /* pixels of a PNG, a recording of an SVG */
  double width;             /* of it */
  double height;
  double aspect;
};

void
presync_logo_free (PresyncLogo *self)
{
  g_clear_pointer (&self->picture, cairo_surface_destroy);
  g_free (self);
}

double
presync_logo_get_aspect (const PresyncLogo *self)
{
  return self->aspect;
}

static void
presync_logo_refuse (GError **error, const char *path, const char *reason)
{
  g_autofree char *name = g_filename_display_name (path);

  /* Translators: a file, and why: "it is larger than 10 MB" */
  g_set_error (error, PRESYNC_ERROR, PRESYNC_ERROR_BAD_INPUT,
               _ ("The logo “%s” cannot be used: %s."), name, reason);
}

/* (transfer full) (nullable): nothing but a regular file is opened: a pipe might never end */
static GBytes *
presync_logo_read (const char *path, GError **error)
{
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GFileInputStream) stream = NULL;
  g_autofree guint8 *data = g_malloc (MOST_BYTES);
  g_autoptr (GError) reason = NULL;
  gsize length = 0;
  GStatBuf status;

  if (g_stat (path, &status) != 0)
    presync_logo_refuse (error, path, g_strerror (errno));
  else if (!g_file_test (path, G_FILE_TEST_IS_REGULAR))
    presync_logo_refuse (error, path, _ ("it is not a file"));
  else if (status.st_size > MOST_BYTES)
    presync_logo_refuse (error, path, _ ("it is larger than 10 MB"));
  else
    {
      stream = g_file_read (file, NULL, &reason);
      /* it may have grown since */
      if (stream != NULL
          && g_input_stream_read_all (G_INPUT_STREAM (stream), data, MOST_BYTES, &length, NULL,
                                      &reason))
        return g_bytes_new (data, length);
      presync_logo_refuse (error, path, reason->message);
    }
  return NULL;
}

typedef struct
{
  const guint8 *data;
  gsize length;
} PresyncLogoReader;

static cairo_status_t
presync_logo_read_cb (void *closure, unsigned char *data, unsigned int length)
{
  PresyncLogoReader *reader = closure;

  if (length > reader->length)
    return CAIRO_STATUS_READ_ERROR;
  memcpy (data, reader->data, length);
  reader->data += length;
  reader->length -= length;
  return CAIRO_STATUS_SUCCESS;
}

/* Scaled down to what can be seen, so that a report does not carry millions of pixels */
static cairo_surface_t *
presync_logo_reduce (cairo_surface_t *picture, int width, int height)
{
  double scale = (double) KEPT_PIXELS / MAX (width, height);
  cairo_surface_t *smaller;
  cairo_t *cr;

  if (scale >= 1)
    return cairo_surface_reference (picture);
  smaller = cairo_image_surface_create (CAIRO_FORMAT_ARGB32, (int) MAX (1, round (width * scale)),
                                        (int) MAX (1, round (height * scale)));
  cr = cairo_create (smaller);
  cairo_scale (cr, (double) cairo_image_surface_get_width (smaller) / width,
               (double) cairo_image_surface_get_height (smaller) / height);
  cairo_set_source_surface (cr, picture, 0, 0);
  cairo_pattern_set_filter (cairo_get_source (cr), CAIRO_FILTER_GOOD);
  cairo_pattern_set_extend (cairo_get_source (cr), CAIRO_EXTEND_PAD);
  cairo_paint (cr);
  cairo_destroy (cr);
  return smaller;
}

static PresyncLogo *
presync_logo_new_png (const char *path, const guint8 *data, gsize length, GError **error)
{
  PresyncLogoReader reader = { data, length };
  PresyncLogo *self = NULL;
  guint32 size[2];
  cairo_surface_t *picture;

  if (length < PNG_HEAD || memcmp (data + 12, "IHDR", 4) != 0)
    {
      presync_logo_refuse (error, path, _ ("it is not a whole PNG picture"));
      return NULL;
    }
  memcpy (size, data + 16, sizeof (size));
  size[0] = GUINT32_FROM_BE (size[0]);
  size[1] = GUINT32_FROM_BE (size[1]);
  if (size[0] == 0 || size[1] == 0 || size[0] > MOST_PIXELS || size[1] > MOST_PIXELS)
    {
      g_autofree char *reason
          /* Translators: width and height of a picture, and how much is allowed each way */
          = g_strdup_printf (_ ("it has %u × %u pixels, and %d × %d are the most"), size[0],
                             size[1], MOST_PIXELS, MOST_PIXELS);

      presync_logo_refuse (error, path, reason);
      return NULL;
    }
  picture = cairo_image_surface_create_from_png_stream (presync_logo_read_cb, &reader);
  if (cairo_surface_status (picture) != CAIRO_STATUS_SUCCESS)
    presync_logo_refuse (error, path, _ ("it is not a whole PNG picture"));
  else
    {
      self = g_new0 (PresyncLogo, 1);
      self->aspect = (double) size[0] / size[1];
      self->aspect = CLAMP (self->aspect, 1 / MOST_ASPECT, MOST_ASPECT);
      self->picture = presync_logo_reduce (picture, (int) size[0], (int) size[1]);
      self->width = cairo_image_surface_get_width (self->picture);
      self->height = cairo_image_surface_get_height (self->picture);
    }
  cairo_surface_destroy (picture);
  return self;
}

static double
presync_logo_find_aspect (RsvgHandle *handle)
{
  gboolean has_width = FALSE;
  gboolean has_height = FALSE;
  gboolean has_box = FALSE;
  RsvgLength length;
  RsvgRectangle box = { 0, 0, 0, 0 };
  double width = 0;
  double height = 0;

  rsvg_handle_get_intrinsic_dimensions (handle, &has_width, &length, &has_height, &length, &has_box,
                                        &box);
  if (has_box && box.width > 0 && box.height > 0)
    return box.width / box.height;
  if (rsvg_handle_get_intrinsic_size_in_pixels (handle, &width, &height) && width > 0 && height > 0)
    return width / height;
  return DEFAULT_ASPECT;
}

/* An SVG being drawn, in a thread of its own: a renderer cannot be stopped, only left alone. What
 * logo-check.c lets pass ends some time. */
typedef struct
{
  GBytes *bytes;
  GMutex lock; /* of all below */
  GCond changed;
  gboolean done;
  cairo_surface_t *picture; /* nullable: it is no drawing */
  double aspect;
} PresyncLogoTrial;

static void
presync_logo_trial_clear (gpointer data)
{
  PresyncLogoTrial *self = data;

  g_bytes_unref (self->bytes);
  g_mutex_clear (&self->lock);
  g_cond_clear (&self->changed);
  g_clear_pointer (&self->picture, cairo_surface_destroy);
}

/* (transfer full) (nullable): as vectors. Without a base address: what refers to other files is not
 * loaded. RSVG_HANDLE_FLAG_UNLIMITED stays off. */
static cairo_surface_t *
presync_logo_trial_draw (PresyncLogoTrial *self, double *aspect)
{
  gsize length;
  const guint8 *data = g_bytes_get_data (self->bytes, &length);
  RsvgHandle *handle = rsvg_handle_new_from_data (data, length, NULL);
  cairo_rectangle_t extents = { 0, 0, 0, DRAWN_HEIGHT };
  RsvgRectangle viewport;
  cairo_surface_t *picture;
  cairo_t *cr;

  if (handle == NULL)
    return NULL;
  rsvg_handle_set_dpi (handle, 72);
  *aspect = CLAMP (presync_logo_find_aspect (handle), 1 / MOST_ASPECT, MOST_ASPECT);
  extents.width = DRAWN_HEIGHT * *aspect;
  viewport = (RsvgRectangle){ 0, 0, extents.width, extents.height };
  picture = cairo_recording_surface_create (CAIRO_CONTENT_COLOR_ALPHA, &extents);
  cr = cairo_create (picture);
  if (!rsvg_handle_render_document (handle, cr, &viewport, NULL)
      || cairo_status (cr) != CAIRO_STATUS_SUCCESS)
    g_clear_pointer (&picture, cairo_surface_destroy);
  cairo_destroy (cr);
  g_object_unref (handle);
  return picture;
}

static gpointer
presync_logo_trial_thread (gpointer data)
{
  PresyncLogoTrial *self = data;
  double aspect = 1;
  cairo_surface_t *picture = presync_logo_trial_draw (self, &aspect);

  g_mutex_lock (&self->lock);
  self->picture = picture;
  self->aspect = aspect;
  self->done = TRUE;
  g_cond_signal (&self->changed);
  g_mutex_unlock (&self->lock);
  g_atomic_rc_box_release_full (self, presync_logo_trial_clear);
  return NULL;
}

/* Returns: whether it was done in time */
static gboolean
presync_logo_trial_wait (PresyncLogoTrial *self, GCancellable *cancellable)
{
  gint64 end = g_get_monotonic_time () + LONGEST_DRAWING;
  gboolean done;

  g_mutex_lock (&self->lock);
  while (!self->done && g_get_monotonic_time () < end && !g_cancellable_is_cancelled (cancellable))
    g_cond_wait_until (&self->changed, &self->lock, g_get_monotonic_time () + LOOK_AGAIN);
  done = self->done;
  g_mutex_unlock (&self->lock);
  return done;
}

static PresyncLogo *
presync_logo_new_svg (const char *path, GBytes *bytes, GCancellable *cancellable, GError **error)
{
  gsize length;
  const char *data = g_bytes_get_data (bytes, &length);
  const char *problem = presync_logo_check_svg (data, length);
  PresyncLogoTrial *trial;
  PresyncLogo *self = NULL;

  if (problem != NULL)
    {
      presync_logo_refuse (error, path, problem);
      return NULL;
    }
  trial = g_atomic_rc_box_new0 (PresyncLogoTrial);
  trial->bytes = g_bytes_ref (bytes);
  g_mutex_init (&trial->lock);
  g_cond_init (&trial->changed);
  g_thread_unref (
      g_thread_new ("presync-logo", presync_logo_trial_thread, g_atomic_rc_box_acquire (trial)));
  if (!presync_logo_trial_wait (trial, cancellable))
    {
      if (!g_cancellable_set_error_if_cancelled (cancellable, error))
        presync_logo_refuse (error, path, _ ("drawing it would take too long"));
    }
  else if (trial->picture == NULL)
    presync_logo_refuse (error, path, _ ("it is not an SVG drawing"));
  else
    {
      self = g_new0 (PresyncLogo, 1);
      self->aspect = trial->aspect;
      self->picture = g_steal_pointer (&trial->picture);
      self->width = DRAWN_HEIGHT * self->aspect;
      self->height = DRAWN_HEIGHT;
    }
  g_atomic_rc_box_release_full (trial, presync_logo_trial_clear);
  return self;
}

PresyncLogo *
presync_logo_new (const char *path, GCancellable *cancellable, GError **error)
{
  static const guint8 signature[] = { 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n' };
  g_autoptr (GBytes) bytes = presync_logo_read (path, error);
  const guint8 *data;
  gsize length;
  PresyncLogo *self;

  if (bytes == NULL)
    return NULL;
  data = g_bytes_get_data (bytes, &length);
  if (length >= sizeof (signature) && memcmp (data, signature, sizeof (signature)) == 0)
    self = presync_logo_new_png (path, data, length, error);
  else if (length > 0 && g_utf8_validate ((const char *) data, (gssize) length, NULL)
           && g_strstr_len ((const char *) data, (gssize) length, "<svg") != NULL)
    self = presync_logo_new_svg (path, bytes, cancellable, error);
  else
    {
      presync_logo_refuse (error, path, _ ("it is neither a PNG picture nor an SVG drawing"));
      return NULL;
    }
  return self;
}

void
presync_logo_draw (const PresyncLogo *self, cairo_t *cr, double x, double y, double width,
                   double height)
{
  double scale = MIN (width / self->width, height / self->height);

  cairo_save (cr);
  cairo_new_path (cr);
  cairo_rectangle (cr, x, y, width, height);
  cairo_clip (cr);
  cairo_translate (cr, x + (width - self->width * scale) / 2,
                   y + (height - self->height * scale) / 2);
  cairo_scale (cr, scale, scale);
  cairo_set_source_surface (cr, self->picture, 0, 0);
  cairo_paint (cr);
  cairo_restore (cr);
}
