/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/export-options.h"

#include <gtk/gtk.h>

#include "app/settings.h"

/* Values of the key "report-paper" */
enum
{
  PAPER_OF_COUNTRY,
  PAPER_A4,
  PAPER_LETTER,
};

/* The sheet size of the person's country */
static PresyncPaper
presync_export_options_get_paper (void)
{
  return g_str_equal (gtk_paper_size_get_default (), GTK_PAPER_NAME_LETTER) ? PRESYNC_PAPER_LETTER
                                                                            : PRESYNC_PAPER_A4;
}

/* (transfer full) (nullable) */
static char *
presync_export_options_dup_string (GSettings *settings, const char *key)
{
  g_autofree char *text = g_settings_get_string (settings, key);

  return *text != '\0' ? g_steal_pointer (&text) : NULL;
}

static guint
presync_export_options_load_sections (GSettings *settings)
{
  g_autoptr (GVariant) value = g_settings_get_value (settings, "report-sections");
  g_autoptr (GVariant) chosen = g_variant_get_maybe (value);
  g_autofree const char **ids = NULL;
  gsize n = 0;
  const PresyncSectionInfo *sections = presync_report_sections (&n);
  guint flags = 0;

  /* Nobody chose yet */
  if (chosen == NULL)
    return PRESYNC_SECTIONS_DEFAULT;
  ids = g_variant_get_strv (chosen, NULL);
  for (gsize i = 0; i < n; i++)
    if (g_strv_contains ((const char *const *) ids, sections[i].id))
      flags |= sections[i].section;
  return flags;
}

/* Whoever wants what is usual wants what is usual in a newer version too. */
static void
presync_export_options_save_sections (GSettings *settings, guint flags)
{
  gsize n = 0;
  const PresyncSectionInfo *sections = presync_report_sections (&n);
  GVariantBuilder builder;

  if (flags == PRESYNC_SECTIONS_DEFAULT)
    {
      g_settings_reset (settings, "report-sections");
      return;
    }
  g_variant_builder_init (&builder, G_VARIANT_TYPE_STRING_ARRAY);
  for (gsize i = 0; i < n; i++)
    if ((flags & sections[i].section) != 0)
      g_variant_builder_add (&builder, "s", sections[i].id);
  g_settings_set_value (settings, "report-sections",
                        g_variant_new_maybe (NULL, g_variant_builder_end (&builder)));
}

PresyncReportOptions *
presync_export_options_load (void)
{
  g_autoptr (GSettings) settings = presync_settings_new ();
  g_autofree char *logo = presync_export_options_dup_string (settings, "report-logo");
  PresyncReportOptions *options = presync_report_options_new ();
  int paper = g_settings_get_enum (settings, "report-paper");

  options->length = (PresyncReportLength) g_settings_get_enum (settings, "report-length");
  options->paper = paper == PAPER_A4       ? PRESYNC_PAPER_A4
                   : paper == PAPER_LETTER ? PRESYNC_PAPER_LETTER
                                           : presync_export_options_get_paper ();
  options->sections = presync_export_options_load_sections (settings);
  options->organisation = presync_export_options_dup_string (settings, "report-organisation");
  options->prepared_by = presync_export_options_dup_string (settings, "report-prepared-by");
  options->classification = presync_export_options_dup_string (settings, "report-classification");
  if (logo != NULL)
    options->logo = g_filename_from_uri (logo, NULL, NULL);
  return options;
}

static void
presync_export_options_save_string (GSettings *settings, const char *key, const char *text)
{
  g_settings_set_string (settings, key, text != NULL ? text : "");
}

void
presync_export_options_save (const PresyncReportOptions *options)
{
  g_autoptr (GSettings) settings = presync_settings_new ();
  g_autofree char *logo = NULL;
  int paper;

  g_return_if_fail (options != NULL);

  paper = options->paper == presync_export_options_get_paper () ? PAPER_OF_COUNTRY
          : options->paper == PRESYNC_PAPER_LETTER              ? PAPER_LETTER
                                                                : PAPER_A4;
  /* A name of a file need not be UTF-8; its address is. */
  if (options->logo != NULL)
    logo = g_filename_to_uri (options->logo, NULL, NULL);
  g_settings_set_enum (settings, "report-length", (int) options->length);
  g_settings_set_enum (settings, "report-paper", paper);
  presync_export_options_save_sections (settings, options->sections);
  presync_export_options_save_string (settings, "report-organisation", options->organisation);
  presync_export_options_save_string (settings, "report-prepared-by", options->prepared_by);
  presync_export_options_save_string (settings, "report-classification", options->classification);
  presync_export_options_save_string (settings, "report-logo", logo);
}
