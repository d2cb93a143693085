/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/waiver-badge.h"

#include <glib/gi18n.h>

#include "app/accessible.h"
#include "app/waiver-text.h"

struct _PresyncWaiverBadge
{
  AdwBin parent_instance;

  GtkWidget *image;
  GtkLabel *label;
};

G_DEFINE_FINAL_TYPE (PresyncWaiverBadge, presync_waiver_badge, ADW_TYPE_BIN)

static void
presync_waiver_badge_class_init (PresyncWaiverBadgeClass *klass)
{
}

static void
presync_waiver_badge_init (PresyncWaiverBadge *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 4);

  self->image = presync_accessible_new_ornament ("presync-waived-symbolic");
  self->label = GTK_LABEL (gtk_label_new (NULL));
  gtk_box_append (GTK_BOX (box), self->image);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->label));
  adw_bin_set_child (ADW_BIN (self), box);
  gtk_widget_add_css_class (GTK_WIDGET (self), "waiver-badge");
  gtk_widget_set_valign (GTK_WIDGET (self), GTK_ALIGN_CENTER);
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
}

GtkWidget *
presync_waiver_badge_new (void)
{
  return g_object_new (PRESYNC_TYPE_WAIVER_BADGE, NULL);
}

const char *
presync_waiver_badge_text (PresyncChecklistItem *item)
{
  if (item == NULL)
    return NULL;
  /* A requirement may have both: what is open again matters more. */
  if (presync_checklist_item_get_waiver_expired (item))
    return _ ("Waiver expired");
  return presync_checklist_item_get_waived (item) ? _ ("Waived") : NULL;
}

void
presync_waiver_badge_set_item (PresyncWaiverBadge *self, PresyncChecklistItem *item)
{
  const char *text = presync_waiver_badge_text (item);
  PresyncWaiver *waiver = item != NULL ? presync_checklist_item_get_waiver (item) : NULL;
  g_autofree char *sentence = NULL;

  g_return_if_fail (PRESYNC_IS_WAIVER_BADGE (self));

  gtk_widget_set_visible (GTK_WIDGET (self), text != NULL);
  if (text == NULL)
    return;
  if (presync_checklist_item_get_waiver_expired (item))
    {
      gtk_image_set_from_icon_name (GTK_IMAGE (self->image), "presync-waiver-expired-symbolic");
      gtk_widget_add_css_class (GTK_WIDGET (self), "expired");
    }
  else
    {
      gtk_image_set_from_icon_name (GTK_IMAGE (self->image), "presync-waived-symbolic");
      gtk_widget_remove_css_class (GTK_WIDGET (self), "expired");
    }
  if (g_strcmp0 (gtk_label_get_text (self->label), text) != 0)
    gtk_label_set_text (self->label, text);
  if (waiver != NULL)
    {
      g_autoptr (GDateTime) now = g_date_time_new_now_local ();

      sentence = presync_waiver_dup_text (waiver, now);
    }
  gtk_widget_set_tooltip_text (GTK_WIDGET (self), sentence != NULL ? sentence : text);
}
