/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/verdict-change.h"

#include <glib/gi18n.h>

#include "app/accessible.h"
#include "app/status-change.h"
#include "app/status-style.h"

struct _PresyncVerdictChange
{
  AdwBin parent_instance;

  GtkLabel *title;
  PresyncStatusChange *verdict;
  GtkLabel *counts;
};

G_DEFINE_FINAL_TYPE (PresyncVerdictChange, presync_verdict_change, ADW_TYPE_BIN)

static void
presync_verdict_change_class_init (PresyncVerdictChangeClass *klass)
{
  gtk_widget_class_set_accessible_role (GTK_WIDGET_CLASS (klass), GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
presync_verdict_change_init (PresyncVerdictChange *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 4);

  self->title = GTK_LABEL (gtk_label_new (NULL));
  self->counts = GTK_LABEL (gtk_label_new (NULL));
  self->verdict = PRESYNC_STATUS_CHANGE (presync_status_change_new ());
  gtk_label_set_xalign (self->title, 0);
  gtk_label_set_xalign (self->counts, 0);
  gtk_label_set_wrap (self->counts, TRUE);
  gtk_widget_add_css_class (GTK_WIDGET (self->title), "heading");
  gtk_widget_add_css_class (GTK_WIDGET (self->counts), "caption");
  gtk_widget_add_css_class (GTK_WIDGET (self->counts), "dim-label");
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->title));
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->verdict));
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->counts));
  adw_bin_set_child (ADW_BIN (self), box);
}

char *
presync_verdict_change_dup_counts (PresyncComparison *comparison, PresyncOption option)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < PRESYNC_N_CHANGES; i++)
    {
      guint n = presync_comparison_count_option (comparison, option, (PresyncChange) i);

      if (i != PRESYNC_CHANGE_UNCHANGED && n > 0)
        g_string_append_printf (text, "%s%s %u", text->len > 0 ? " · " : "",
                                presync_change_title ((PresyncChange) i), n);
    }
  return text->len > 0 ? g_string_free (g_steal_pointer (&text), FALSE)
                       : g_strdup (_ ("Nothing changed"));
}

void
presync_verdict_change_set_comparison (PresyncVerdictChange *self, PresyncComparison *comparison,
                                       PresyncOption option)
{
  PresyncVerdict before;
  PresyncVerdict after;
  g_autofree char *counts = NULL;
  g_autofree char *name = NULL;

  g_return_if_fail (PRESYNC_IS_VERDICT_CHANGE (self));

  before = presync_run_get_totals (presync_comparison_get_before (comparison), option)->verdict;
  after = presync_run_get_totals (presync_comparison_get_after (comparison), option)->verdict;
  counts = presync_verdict_change_dup_counts (comparison, option);
  /* TRANSLATORS: an option, its verdict in the first run, that in the second, what changed */
  name = g_strdup_printf (_ ("%s: %s before, %s after. %s"), presync_option_title (option),
                          presync_verdict_title (before), presync_verdict_title (after), counts);
  gtk_label_set_text (self->title, presync_option_title (option));
  presync_status_change_set (self->verdict, presync_verdict_status (before),
                             presync_verdict_title (before), presync_verdict_status (after),
                             presync_verdict_title (after));
  gtk_label_set_text (self->counts, counts);
  presync_accessible_set_label (GTK_WIDGET (self), name);
}
