/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/pdf.h"

#include "base/error.h"
#include "report/painter.h"
#include "report/pdf-pack.h"
#include <cairo-pdf.h>
#include <glib/gi18n.h>

#define DEEPEST_OUTLINE 6
/* What cairo needs for a page, with room to spare */
#define PAGE_MEMORY (4 * 1024 * 1024)

static cairo_status_t
presync_pdf_write_cb (void *closure, const unsigned char *data, unsigned int length)
{
  g_byte_array_append (closure, data, length);
  return CAIRO_STATUS_SUCCESS;
}

static cairo_status_t
presync_pdf_pack_cb (void *closure, const unsigned char *data, unsigned int length)
{
  presync_pdf_pack_write (closure, data, length);
  return CAIRO_STATUS_SUCCESS;
}

static void
presync_pdf_set_metadata (cairo_surface_t *surface, const PresyncDocument *document)
{
  g_autofree char *all = g_strdup_printf ("%s – %s", document->title, document->subtitle);
  g_autofree char *title = presync_flat_dup_line (all);
  g_autofree char *subject = presync_flat_dup_line (document->subtitle);

  cairo_pdf_surface_set_metadata (surface, CAIRO_PDF_METADATA_TITLE, title);
  cairo_pdf_surface_set_metadata (surface, CAIRO_PDF_METADATA_SUBJECT, subject);
  cairo_pdf_surface_set_metadata (surface, CAIRO_PDF_METADATA_CREATOR, "Presync " PRESYNC_VERSION);
  if (document->at != NULL)
    {
      cairo_pdf_surface_set_metadata (surface, CAIRO_PDF_METADATA_CREATE_DATE, document->at);
      cairo_pdf_surface_set_metadata (surface, CAIRO_PDF_METADATA_MOD_DATE, document->at);
    }
}

/* Outline entries of a page; @parents: id of the last entry of each level */
static void
presync_pdf_add_outline (cairo_surface_t *surface, const GArray *boxes,
                         int parents[DEEPEST_OUTLINE + 1])
{
  for (guint i = 0; i < boxes->len; i++)
    {
      const PresyncBox *box = &g_array_index (boxes, PresyncBox, i);
      g_autofree char *destination = NULL;
      g_autofree char *name = NULL;
      int level;
      int id;

      if (box->kind != PRESYNC_BOX_OUTLINE)
        continue;
      level = CLAMP (box->level, 1, DEEPEST_OUTLINE);
      /* anchors are ids of ours: no quotes in them */
      destination = g_strdup_printf ("dest='%s'", box->target);
      name = presync_flat_dup_line (box->name);
      id = cairo_pdf_surface_add_outline (surface, parents[level - 1], name, destination,
                                          level == 1 ? CAIRO_PDF_OUTLINE_FLAG_OPEN : 0);
      for (int deeper = level; deeper <= DEEPEST_OUTLINE; deeper++)
        parents[deeper] = id;
    }
}

static void
presync_pdf_collect_alternates (const GArray *boxes, GPtrArray *alternates)
{
  for (guint i = 0; i < boxes->len; i++)
    {
      const PresyncBox *box = &g_array_index (boxes, PresyncBox, i);

      if (box->kind == PRESYNC_BOX_OPEN && g_str_equal (box->name, "Figure"))
        g_ptr_array_add (alternates, (gpointer) box->target);
    }
}

static gboolean
presync_pdf_draw (const PresyncLayout *layout, cairo_surface_t *surface, GPtrArray *alternates,
                  GCancellable *cancellable, GError **error)
{
  int parents[DEEPEST_OUTLINE + 1] = { CAIRO_PDF_OUTLINE_ROOT };
  cairo_t *cr = cairo_create (surface);
  cairo_status_t status;
  gboolean drawn = TRUE;

  for (guint i = 0; i < layout->pages->len && drawn; i++)
    {
      const GArray *boxes = g_ptr_array_index (layout->pages, i);
      g_autofree char *label = g_strdup_printf ("%u", i + 1);

      drawn = !g_cancellable_set_error_if_cancelled (cancellable, error);
      cairo_pdf_surface_set_page_label (surface, label);
      presync_painter_draw_page (layout, i, cr);
      presync_pdf_add_outline (surface, boxes, parents);
      presync_pdf_collect_alternates (boxes, alternates);
      cairo_show_page (cr);
    }
  status = cairo_status (cr);
  cairo_destroy (cr);
  if (drawn && status != CAIRO_STATUS_SUCCESS)
    {
      g_set_error (error, PRESYNC_ERROR, PRESYNC_ERROR_FAILED,
                   _ ("The report could not be drawn: %s"), cairo_status_to_string (status));
      return FALSE;
    }
  return drawn;
}

/* Draws the whole file; @write gets it piece by piece */
static gboolean
presync_pdf_write (const PresyncLayout *layout, cairo_write_func_t write, gpointer closure,
                   GPtrArray *alternates, GCancellable *cancellable, GError **error)
{
  cairo_surface_t *surface
      = cairo_pdf_surface_create_for_stream (write, closure, layout->width, layout->height);
  cairo_status_t status;
  gboolean drawn;

  /* 1.4 has all we need, and plain objects in every version of cairo: see pdf-pack.c */
  cairo_pdf_surface_restrict_to_version (surface, CAIRO_PDF_VERSION_1_4);
  presync_pdf_set_metadata (surface, layout->document);
  drawn = presync_pdf_draw (layout, surface, alternates, cancellable, error);
  cairo_surface_finish (surface);
  status = cairo_surface_status (surface);
  cairo_surface_destroy (surface);
  if (drawn && status != CAIRO_STATUS_SUCCESS)
    {
      g_set_error (error, PRESYNC_ERROR, PRESYNC_ERROR_FAILED,
                   _ ("The report could not be drawn: %s"), cairo_status_to_string (status));
      return FALSE;
    }
  return drawn;
}

GBytes *
presync_pdf_new (const PresyncLayout *layout, GCancellable *cancellable, GError **error)
{
  g_autoptr (PresyncPdfPack) pack = presync_pdf_pack_new ();
  g_autoptr (GPtrArray) alternates = g_ptr_array_new ();
  g_autoptr (GByteArray) data = NULL;
  GBytes *pdf;

  /* The C library hands the memory of a page back to the system when the page is done, and asks for
   * it again for the next, which takes a tenth of the time; once a piece as large as this was freed
   * it keeps as much. */
  g_free (g_malloc (PAGE_MEMORY));
  if (!presync_pdf_write (layout, presync_pdf_pack_cb, pack, alternates, cancellable, error))
    return NULL;
  pdf = presync_pdf_pack_finish (pack, layout->document->language, alternates);
  if (pdf != NULL)
    return pdf;
  /* another cairo than those we know: its file as it is */
  data = g_byte_array_new ();
  if (!presync_pdf_write (layout, presync_pdf_write_cb, data, alternates, cancellable, error))
    return NULL;
  return g_byte_array_free_to_bytes (g_steal_pointer (&data));
}
