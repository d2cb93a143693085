/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/tenant-quota.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#include "app/accessible.h"
#include "assessment/sizing-lanes.h"

#define BAR_HEIGHT 22
#define RADIUS 5
#define TICK_HEIGHT 6
#define GAP 4
#define MIN_WIDTH 240
#define NATURAL_WIDTH 520

struct _PresyncTenantQuota
{
  GtkWidget parent_instance;

  gint64 used;
  gint64 total;
  gint64 forest; /* -1: not counted */
};

G_DEFINE_FINAL_TYPE (PresyncTenantQuota, presync_tenant_quota, GTK_TYPE_WIDGET)

/* -1 if it is not known */
static gint64
presync_tenant_quota_find (PresyncFactSet *facts, const char *key)
{
  GPtrArray *found = presync_fact_set_lookup (facts, key);
  PresyncFact *fact = found != NULL && found->len > 0 ? g_ptr_array_index (found, 0) : NULL;

  if (fact == NULL || presync_fact_get_unknown (fact) != PRESYNC_UNKNOWN_NONE)
    return -1;
  return MAX (0, presync_fact_get_integer (fact));
}

char *
presync_tenant_quota_dup_text (PresyncFactSet *facts)
{
  gint64 used = presync_tenant_quota_find (facts, "tenant.quota-used");
  gint64 total = presync_tenant_quota_find (facts, "tenant.quota-total");
  PresyncSizing sizing = presync_sizing_get (facts);
  gint64 left = total - used - MAX (0, sizing.objects);
  g_autofree char *used_text = NULL;
  g_autofree char *total_text = NULL;
  g_autofree char *forest_text = NULL;
  g_autofree char *left_text = NULL;

  if (used < 0 || total < 0)
    return NULL;
  used_text = presync_sizing_dup_number (used);
  total_text = presync_sizing_dup_number (total);
  left_text = presync_sizing_dup_number (ABS (left));
  if (sizing.objects < 0)
    /* TRANSLATORS: numbers of directory objects */
    return g_strdup_printf (_ ("%s of %s objects are used. The objects of the forest were not "
                               "counted yet."),
                            used_text, total_text);
  forest_text = presync_sizing_dup_number (sizing.objects);
  /* Those that are synchronized already count twice: it is never less than is needed. */
  return g_strdup_printf (
      left >= 0 ? _ ("%s of %s objects are used; this forest adds %s at most; %s remain.")
                : _ ("%s of %s objects are used; this forest adds %s at most; that may be %s too "
                     "many."),
      used_text, total_text, forest_text, left_text);
}

/* Size */

static int
presync_tenant_quota_text_height (PresyncTenantQuota *self, const char *text, int *width)
{
  g_autoptr (PangoLayout) layout = gtk_widget_create_pango_layout (GTK_WIDGET (self), text);
  int height = 0;

  pango_layout_get_pixel_size (layout, width, &height);
  return height;
}

static void
presync_tenant_quota_measure (GtkWidget *widget, GtkOrientation orientation, int for_size,
                              int *minimum, int *natural, int *minimum_baseline,
                              int *natural_baseline)
{
  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    {
      *minimum = MIN_WIDTH;
      *natural = NATURAL_WIDTH;
      return;
    }
  *minimum = *natural
      = BAR_HEIGHT + TICK_HEIGHT + GAP
        + presync_tenant_quota_text_height (PRESYNC_TENANT_QUOTA (widget), "0", NULL);
}

/* Drawing */

typedef struct
{
  GtkWidget *widget;
  GtkSnapshot *snapshot;
  float width;
  gint64 end; /* of the scale */
  GdkRGBA text_color;
} Drawing;

static void
presync_tenant_quota_look_up (GtkWidget *widget, const char *name, GdkRGBA *color)
{
  *color = (GdkRGBA){ 0.5f, 0.5f, 0.5f, 1 };
  (void) gtk_style_context_lookup_color (gtk_widget_get_style_context (widget), name, color);
}

static float
presync_tenant_quota_x (const Drawing *drawing, gint64 objects)
{
  return (float) ((double) drawing->width * (double) objects / (double) drawing->end);
}

/* From the right where people read so */
static void
presync_tenant_quota_fill (const Drawing *drawing, gint64 from, gint64 to, const GdkRGBA *color)
{
  float a = presync_tenant_quota_x (drawing, from);
  float b = presync_tenant_quota_x (drawing, to);

  /* However few, they are seen. */
  if (to > from)
    b = MAX (b, a + 2);
  if (gtk_widget_get_direction (drawing->widget) == GTK_TEXT_DIR_RTL)
    {
      float left = drawing->width - b;

      b = drawing->width - a;
      a = left;
    }
  gtk_snapshot_append_color (drawing->snapshot, color,
                             &GRAPHENE_RECT_INIT (a, 0, b - a, BAR_HEIGHT));
}

/* What the forest adds is hatched: it is told from what is used without colour too. */
static void
presync_tenant_quota_hatch (const Drawing *drawing, gint64 from, gint64 to, const GdkRGBA *color)
{
  const GdkRGBA clear = { 0, 0, 0, 0 };
  const GskColorStop stops[] = { { 0, *color }, { 0.6f, *color }, { 0.6f, clear }, { 1, clear } };
  float a = presync_tenant_quota_x (drawing, from);
  float b = MAX (presync_tenant_quota_x (drawing, to), a + 2);

  if (to <= from)
    return;
  if (gtk_widget_get_direction (drawing->widget) == GTK_TEXT_DIR_RTL)
    {
      float left = drawing->width - b;

      b = drawing->width - a;
      a = left;
    }
  gtk_snapshot_append_repeating_linear_gradient (
      drawing->snapshot, &GRAPHENE_RECT_INIT (a, 0, b - a, BAR_HEIGHT), &GRAPHENE_POINT_INIT (0, 0),
      &GRAPHENE_POINT_INIT (6, 6), stops, G_N_ELEMENTS (stops));
}

static void
presync_tenant_quota_tick (const Drawing *drawing, gint64 objects, float *taken)
{
  g_autofree char *text = presync_sizing_dup_number (objects);
  g_autoptr (PangoLayout) layout = gtk_widget_create_pango_layout (drawing->widget, text);
  gboolean rtl = gtk_widget_get_direction (drawing->widget) == GTK_TEXT_DIR_RTL;
  float x = presync_tenant_quota_x (drawing, objects);
  float from;
  int width = 0;

  if (objects > drawing->end)
    return;
  pango_layout_get_pixel_size (layout, &width, NULL);
  from = CLAMP (x - (float) width / 2, 0, MAX (0, drawing->width - (float) width));
  gtk_snapshot_append_color (
      drawing->snapshot, &drawing->text_color,
      &GRAPHENE_RECT_INIT (CLAMP (rtl ? drawing->width - x : x, 0, drawing->width - 1), BAR_HEIGHT,
                           1, TICK_HEIGHT));
  /* Numbers that have no room beside the one before are left out. */
  if (from < *taken)
    return;
  *taken = from + (float) width + 2 * GAP;
  gtk_snapshot_save (drawing->snapshot);
  gtk_snapshot_translate (drawing->snapshot,
                          &GRAPHENE_POINT_INIT (rtl ? drawing->width - from - (float) width : from,
                                                BAR_HEIGHT + TICK_HEIGHT + GAP));
  gtk_snapshot_append_layout (drawing->snapshot, layout, &drawing->text_color);
  gtk_snapshot_restore (drawing->snapshot);
}

static void
presync_tenant_quota_draw_scale (const Drawing *drawing, gint64 total)
{
  float taken = 0;
  gsize n = 0;
  const PresyncSizingLimit *limits = presync_sizing_limits (&n);
  gboolean done = FALSE;

  presync_tenant_quota_tick (drawing, 0, &taken);
  for (gsize i = 0; i < n; i++)
    {
      if (!limits[i].tenant)
        continue;
      if (!done && total <= limits[i].objects)
        {
          presync_tenant_quota_tick (drawing, total, &taken);
          done = TRUE;
        }
      if (limits[i].objects != total)
        presync_tenant_quota_tick (drawing, limits[i].objects, &taken);
    }
  if (!done)
    presync_tenant_quota_tick (drawing, total, &taken);
}

static void
presync_tenant_quota_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  PresyncTenantQuota *self = PRESYNC_TENANT_QUOTA (widget);
  gint64 forest = MAX (0, self->forest);
  Drawing drawing = { .widget = widget, .snapshot = snapshot };
  GskRoundedRect outline;
  GdkRGBA track;
  GdkRGBA accent;
  GdkRGBA bad;

  drawing.width = (float) gtk_widget_get_width (widget);
  drawing.end = MAX (MAX (self->total, self->used + forest), 1);
  presync_tenant_quota_look_up (widget, "presync_track_color", &track);
  presync_tenant_quota_look_up (widget, "accent_bg_color", &accent);
  presync_tenant_quota_look_up (widget, "presync_not_met_color", &bad);
  presync_tenant_quota_look_up (widget, "window_fg_color", &drawing.text_color);

  gsk_rounded_rect_init_from_rect (&outline, &GRAPHENE_RECT_INIT (0, 0, drawing.width, BAR_HEIGHT),
                                   RADIUS);
  gtk_snapshot_push_rounded_clip (snapshot, &outline);
  presync_tenant_quota_fill (&drawing, 0, drawing.end, &track);
  presync_tenant_quota_fill (&drawing, 0, self->used, &accent);
  presync_tenant_quota_hatch (&drawing, self->used, MIN (self->used + forest, self->total),
                              &accent);
  presync_tenant_quota_hatch (&drawing, MAX (self->used, self->total), self->used + forest, &bad);
  gtk_snapshot_pop (snapshot);
  if (adw_style_manager_get_high_contrast (adw_style_manager_get_default ()))
    gtk_snapshot_append_border (snapshot, &outline, (const float[4]){ 1, 1, 1, 1 },
                                (const GdkRGBA[4]){ drawing.text_color, drawing.text_color,
                                                    drawing.text_color, drawing.text_color });
  presync_tenant_quota_draw_scale (&drawing, self->total);
}

/* Object */

static void
presync_tenant_quota_class_init (PresyncTenantQuotaClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  widget_class->measure = presync_tenant_quota_measure;
  widget_class->snapshot = presync_tenant_quota_snapshot;
  gtk_widget_class_set_css_name (widget_class, "tenant-quota");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
}

static void
presync_tenant_quota_init (PresyncTenantQuota *self)
{
  self->forest = -1;
}

void
presync_tenant_quota_set (PresyncTenantQuota *self, PresyncFactSet *facts)
{
  g_autofree char *text = NULL;

  g_return_if_fail (PRESYNC_IS_TENANT_QUOTA (self));
  g_return_if_fail (PRESYNC_IS_FACT_SET (facts));

  text = presync_tenant_quota_dup_text (facts);
  self->used = MAX (0, presync_tenant_quota_find (facts, "tenant.quota-used"));
  self->total = MAX (0, presync_tenant_quota_find (facts, "tenant.quota-total"));
  self->forest = presync_sizing_get (facts).objects;
  gtk_widget_set_visible (GTK_WIDGET (self), text != NULL);
  presync_accessible_set_label (GTK_WIDGET (self), text != NULL ? text : "");
  gtk_widget_queue_draw (GTK_WIDGET (self));
}
