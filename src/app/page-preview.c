/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/page-preview.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#include "app/accessible.h"

/* Below this size nothing could be told of a page. */
#define SMALLEST_WIDTH 160
#define SMALLEST_HEIGHT 220
#define NATURAL_WIDTH 480
#define NATURAL_HEIGHT 680
/* Room around the sheet, for its shadow */
#define MARGIN 12
/* A sheet of A4, shown before the first report is there */
#define EMPTY_WIDTH 595
#define EMPTY_HEIGHT 842

struct _PresyncPagePreview
{
  GtkWidget parent_instance;

  PresyncReport *report;
  guint page;
};

G_DEFINE_FINAL_TYPE (PresyncPagePreview, presync_page_preview, GTK_TYPE_WIDGET)

static void
presync_page_preview_measure (GtkWidget *widget, GtkOrientation orientation, int for_size,
                              int *minimum, int *natural, int *minimum_baseline,
                              int *natural_baseline)
{
  gboolean across = orientation == GTK_ORIENTATION_HORIZONTAL;

  *minimum = across ? SMALLEST_WIDTH : SMALLEST_HEIGHT;
  *natural = across ? NATURAL_WIDTH : NATURAL_HEIGHT;
}

/* Edge and shadow tell paper from the window, a line does in high contrast. */
static void
presync_page_preview_snapshot_sheet (GtkSnapshot *snapshot, const graphene_rect_t *sheet)
{
  gboolean contrast = adw_style_manager_get_high_contrast (adw_style_manager_get_default ());
  GdkRGBA line = { 0.5f, 0.5f, 0.5f, 0.5f };
  GskRoundedRect outline;

  if (contrast)
    line = (GdkRGBA){ 0.5f, 0.5f, 0.5f, 1 };
  gsk_rounded_rect_init_from_rect (&outline, sheet, 0);
  gtk_snapshot_append_outset_shadow (snapshot, &outline, &(GdkRGBA){ 0, 0, 0, 0.3f }, 0, 2, 1, 8);
  gtk_snapshot_append_color (snapshot, &(GdkRGBA){ 1, 1, 1, 1 }, sheet);
  gtk_snapshot_append_border (snapshot, &outline, (const float[4]){ 1, 1, 1, 1 },
                              (const GdkRGBA[4]){ line, line, line, line });
}

static void
presync_page_preview_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  PresyncPagePreview *self = PRESYNC_PAGE_PREVIEW (widget);
  double width = EMPTY_WIDTH;
  double height = EMPTY_HEIGHT;
  double room_x = MAX (gtk_widget_get_width (widget) - 2 * MARGIN, 1);
  double room_y = MAX (gtk_widget_get_height (widget) - 2 * MARGIN, 1);
  double scale;
  graphene_rect_t sheet;
  cairo_t *cr = NULL;

  if (self->report != NULL)
    presync_report_get_size (self->report, &width, &height);
  scale = MIN (room_x / width, room_y / height);
  /* On whole pixels, or the sheet's edge is blurred */
  graphene_rect_init (&sheet, (float) round (MARGIN + (room_x - width * scale) / 2),
                      (float) round (MARGIN + (room_y - height * scale) / 2),
                      (float) round (width * scale), (float) round (height * scale));
  presync_page_preview_snapshot_sheet (snapshot, &sheet);
  if (self->report == NULL)
    return;
  cr = gtk_snapshot_append_cairo (snapshot, &sheet);
  cairo_translate (cr, sheet.origin.x, sheet.origin.y);
  cairo_scale (cr, scale, scale);
  presync_report_draw_page (self->report, self->page, cr);
  cairo_destroy (cr);
}

static void
presync_page_preview_update (PresyncPagePreview *self)
{
  guint n = presync_page_preview_get_n_pages (self);
  g_autofree char *name = NULL;

  self->page = n > 0 ? MIN (self->page, n - 1) : 0;
  name = presync_page_preview_dup_name (self);
  presync_accessible_set_label (GTK_WIDGET (self), n > 0 ? name : _ ("No page yet"));
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static void
presync_page_preview_dispose (GObject *object)
{
  g_clear_object (&PRESYNC_PAGE_PREVIEW (object)->report);

  G_OBJECT_CLASS (presync_page_preview_parent_class)->dispose (object);
}

static void
presync_page_preview_class_init (PresyncPagePreviewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = presync_page_preview_dispose;
  widget_class->measure = presync_page_preview_measure;
  widget_class->snapshot = presync_page_preview_snapshot;
  gtk_widget_class_set_css_name (widget_class, "page-preview");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
}

static void
presync_page_preview_init (PresyncPagePreview *self)
{
  presync_page_preview_update (self);
}

GtkWidget *
presync_page_preview_new (void)
{
  return g_object_new (PRESYNC_TYPE_PAGE_PREVIEW, NULL);
}

void
presync_page_preview_set_report (PresyncPagePreview *self, PresyncReport *report)
{
  g_return_if_fail (PRESYNC_IS_PAGE_PREVIEW (self));
  g_return_if_fail (report == NULL || PRESYNC_IS_REPORT (report));

  g_set_object (&self->report, report);
  presync_page_preview_update (self);
}

void
presync_page_preview_set_page (PresyncPagePreview *self, guint page)
{
  g_return_if_fail (PRESYNC_IS_PAGE_PREVIEW (self));

  self->page = page;
  presync_page_preview_update (self);
}

guint
presync_page_preview_get_page (PresyncPagePreview *self)
{
  g_return_val_if_fail (PRESYNC_IS_PAGE_PREVIEW (self), 0);
  return self->page;
}

guint
presync_page_preview_get_n_pages (PresyncPagePreview *self)
{
  g_return_val_if_fail (PRESYNC_IS_PAGE_PREVIEW (self), 0);
  return self->report != NULL ? presync_report_get_n_pages (self->report) : 0;
}

char *
presync_page_preview_dup_name (PresyncPagePreview *self)
{
  guint n = presync_page_preview_get_n_pages (self);

  return n > 0 ? g_strdup_printf (_ ("Page %u of %u"), self->page + 1, n) : g_strdup ("");
}
