/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/accessible.h"

void
presync_accessible_set_label (GtkWidget *widget, const char *label)
{
  /* GTK 4.8 reads a name together with the label that GTK or libadwaita relates to a row or button:
   * "Test the connection Test". */
  gtk_accessible_reset_relation (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_RELATION_LABELLED_BY);
  gtk_accessible_update_property (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_PROPERTY_LABEL, label,
                                  -1);
}

void
presync_accessible_set_description (GtkWidget *widget, const char *description)
{
  gtk_accessible_update_property (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                  description, -1);
}

void
presync_accessible_label_list_row (GtkWidget *child, const char *label)
{
  for (GtkWidget *widget = gtk_widget_get_parent (child); widget != NULL;
       widget = gtk_widget_get_parent (widget))
    {
      if (g_str_equal (G_OBJECT_TYPE_NAME (widget), "GtkListItemWidget"))
        {
          presync_accessible_set_label (widget, label);
          return;
        }
    }
}

GtkWidget *
presync_accessible_new_ornament (const char *icon_name)
{
  return g_object_new (GTK_TYPE_IMAGE, "accessible-role", GTK_ACCESSIBLE_ROLE_PRESENTATION,
                       "icon-name", icon_name, NULL);
}
