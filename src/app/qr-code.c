/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/qr-code.h"

#include <glib/gi18n.h>
#include <qrencode.h>

#include "app/accessible.h"

/* Light modules around the code: ISO/IEC 18004, 5.3.8 */
#define QUIET_ZONE 4
/* Pixels of a module: what a camera needs at arm’s length */
#define MODULE 5

struct _PresyncQrCode
{
  GtkWidget parent_instance;

  QRcode *code; /* nullable */
};

G_DEFINE_FINAL_TYPE (PresyncQrCode, presync_qr_code, GTK_TYPE_WIDGET)

/* Modules of a side, with the margin */
static int
presync_qr_code_side (PresyncQrCode *self)
{
  return self->code != NULL ? self->code->width + 2 * QUIET_ZONE : 0;
}

static void
presync_qr_code_measure (GtkWidget *widget, GtkOrientation orientation, int for_size, int *minimum,
                         int *natural, int *minimum_baseline, int *natural_baseline)
{
  int side = presync_qr_code_side (PRESYNC_QR_CODE (widget));

  *minimum = *natural = side * MODULE;
}

/* Neighbours in a line are drawn at once, so that no gap shows between them. */
static void
presync_qr_code_draw_line (PresyncQrCode *self, GtkSnapshot *snapshot, int line, int x, int y,
                           int module)
{
  const GdkRGBA black = { 0, 0, 0, 1 };
  const unsigned char *modules = self->code->data + line * self->code->width;

  for (int from = 0; from < self->code->width; from++)
    {
      int to = from;

      /* The lowest bit of each is its colour. */
      while (to < self->code->width && (modules[to] & 1) != 0)
        to++;
      if (to == from)
        continue;
      gtk_snapshot_append_color (
          snapshot, &black,
          &GRAPHENE_RECT_INIT ((float) (x + from * module), (float) (y + line * module),
                               (float) ((to - from) * module), (float) module));
      from = to;
    }
}

static void
presync_qr_code_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  PresyncQrCode *self = PRESYNC_QR_CODE (widget);
  const GdkRGBA white = { 1, 1, 1, 1 };
  int side = presync_qr_code_side (self);
  int width = gtk_widget_get_width (widget);
  int height = gtk_widget_get_height (widget);
  int module = side > 0 ? MIN (width, height) / side : 0;
  int x = (width - side * module) / 2;
  int y = (height - side * module) / 2;

  if (module == 0)
    return;
  gtk_snapshot_append_color (
      snapshot, &white,
      &GRAPHENE_RECT_INIT ((float) x, (float) y, (float) (side * module), (float) (side * module)));
  for (int line = 0; line < self->code->width; line++)
    presync_qr_code_draw_line (self, snapshot, line, x + QUIET_ZONE * module,
                               y + QUIET_ZONE * module, module);
}

static void
presync_qr_code_finalize (GObject *object)
{
  g_clear_pointer (&PRESYNC_QR_CODE (object)->code, QRcode_free);

  G_OBJECT_CLASS (presync_qr_code_parent_class)->finalize (object);
}

static void
presync_qr_code_class_init (PresyncQrCodeClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = presync_qr_code_finalize;
  widget_class->measure = presync_qr_code_measure;
  widget_class->snapshot = presync_qr_code_snapshot;
  gtk_widget_class_set_css_name (widget_class, "qr-code");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
}

static void
presync_qr_code_init (PresyncQrCode *self)
{
}

void
presync_qr_code_set_text (PresyncQrCode *self, const char *text)
{
  g_autofree char *label = NULL;

  g_return_if_fail (PRESYNC_IS_QR_CODE (self));

  g_clear_pointer (&self->code, QRcode_free);
  if (text != NULL && *text != '\0')
    self->code = QRcode_encodeString8bit (text, 0, QR_ECLEVEL_M);
  /* TRANSLATORS: for screen readers; %s is an address */
  label = g_strdup_printf (_ ("QR code of %s"), text != NULL ? text : "");
  presync_accessible_set_label (GTK_WIDGET (self), label);
  gtk_widget_set_visible (GTK_WIDGET (self), self->code != NULL);
  gtk_widget_queue_resize (GTK_WIDGET (self));
}
