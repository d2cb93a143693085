/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "catalogue/catalogue.h"

#include <string.h>
#include <glib/gi18n.h>

#include "base/error.h"
#include "catalogue/reader.h"

/* Generated from data/catalogue.gresource.xml; naming it makes the linker take it out of
 * the static library. */
GResource *presync_catalogue_get_resource (void);

struct _PresyncCatalogue
{
  GObject parent_instance;
  PresyncReaderResult content;
  GDate newest;
};

G_DEFINE_FINAL_TYPE (PresyncCatalogue, presync_catalogue, G_TYPE_OBJECT)

static void
presync_reference_free (PresyncReference *reference)
{
  g_free (reference->id);
  g_free (reference->title);
  g_free (reference->url);
  g_free (reference->date);
  g_free (reference);
}

static void
presync_catalogue_finalize (GObject *object)
{
  PresyncCatalogue *self = PRESYNC_CATALOGUE (object);

  /* Conditions point into the documents, so they go first. */
  g_ptr_array_unref (self->content.requirements);
  g_hash_table_unref (self->content.documents);
  G_OBJECT_CLASS (presync_catalogue_parent_class)->finalize (object);
}

static void
presync_catalogue_class_init (PresyncCatalogueClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = presync_catalogue_finalize;
}

static void
presync_catalogue_init (PresyncCatalogue *self)
{
  self->content.documents = g_hash_table_new_full (g_str_hash, g_str_equal, NULL,
                                                   (GDestroyNotify) presync_reference_free);
  self->content.requirements = g_ptr_array_new_with_free_func (g_object_unref);
  g_date_set_dmy (&self->newest, 1, G_DATE_MARCH, 2023);
}

static void
presync_catalogue_note_date (PresyncCatalogue *self, const GDate *date)
{
  if (date != NULL && g_date_compare (date, &self->newest) > 0)
    self->newest = *date;
}

static void
presync_catalogue_find_newest (PresyncCatalogue *self)
{
  GHashTableIter iter;
  gpointer value;

  g_hash_table_iter_init (&iter, self->content.documents);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    {
      GDate date;
      PresyncReference *reference = value;
      if (presync_edition_parse (reference->date, &date, NULL))
        presync_catalogue_note_date (self, &date);
    }
  for (guint i = 0; i < self->content.requirements->len; i++)
    {
      g_autoptr (GPtrArray) conditions = presync_requirement_list_conditions (
          g_ptr_array_index (self->content.requirements, i), NULL);
      for (guint j = 0; j < conditions->len; j++)
        presync_catalogue_note_date (
            self, presync_condition_get_from (g_ptr_array_index (conditions, j)));
    }
}

PresyncCatalogue *
presync_catalogue_new_built_in (void)
{
  static const char *const files[] = {
    "resource://" PRESYNC_RESOURCE_BASE "/catalogue/documents.xml",
    "resource://" PRESYNC_RESOURCE_BASE "/catalogue/cloud-sync.xml",
    "resource://" PRESYNC_RESOURCE_BASE "/catalogue/connect-sync.xml",
    NULL,
  };
  g_autoptr (GError) error = NULL;
  PresyncCatalogue *self;

  (void) presync_catalogue_get_resource ();
  self = presync_catalogue_new_from_files (files, &error);

  /* The files are part of the program and tested with it: a fault here is a fault of the build. */
  if (self == NULL)
    g_error ("%s", error->message);
  return self;
}

PresyncCatalogue *
presync_catalogue_new_from_files (const char *const *files, GError **error)
{
  g_autoptr (PresyncCatalogue) self = g_object_new (PRESYNC_TYPE_CATALOGUE, NULL);

  g_return_val_if_fail (files != NULL, NULL);
  for (guint i = 0; files[i] != NULL; i++)
    if (!presync_reader_read_file (files[i], &self->content, error))
      return NULL;
  presync_catalogue_find_newest (self);
  return g_steal_pointer (&self);
}

GPtrArray *
presync_catalogue_list (PresyncCatalogue *self, PresyncOption option)
{
  g_autoptr (GPtrArray) list = g_ptr_array_new_with_free_func (g_object_unref);

  g_return_val_if_fail (PRESYNC_IS_CATALOGUE (self), NULL);
  for (guint section = 0; section < PRESYNC_N_SECTIONS; section++)
    for (int overview = TRUE; overview >= FALSE; overview--)
      for (guint i = 0; i < self->content.requirements->len; i++)
        {
          PresyncRequirement *requirement = g_ptr_array_index (self->content.requirements, i);
          if (presync_requirement_get_option (requirement) == option
              && presync_requirement_get_section (requirement) == section
              && presync_requirement_get_overview (requirement) == overview)
            g_ptr_array_add (list, g_object_ref (requirement));
        }
  return g_steal_pointer (&list);
}

const GDate *
presync_catalogue_get_newest (PresyncCatalogue *self)
{
  g_return_val_if_fail (PRESYNC_IS_CATALOGUE (self), NULL);
  return &self->newest;
}

gboolean
presync_edition_parse (const char *text, GDate *edition, GError **error)
{
  guint64 part[3] = { 0, 0, 0 };
  gboolean ok;
  g_auto (GStrv) parts = NULL;

  g_return_val_if_fail (text != NULL && edition != NULL, FALSE);
  parts = g_strsplit (text, "-", -1);
  ok = g_strv_length (parts) == 3 && strlen (text) == 10 && strlen (parts[0]) == 4
       && strlen (parts[1]) == 2;
  for (guint i = 0; ok && i < 3; i++)
    ok = g_ascii_string_to_unsigned (parts[i], 10, 1, 9999, &part[i], NULL);
  ok = ok && g_date_valid_dmy ((GDateDay) part[2], (GDateMonth) part[1], (GDateYear) part[0]);
  if (!ok)
    {
      g_set_error (error, PRESYNC_ERROR, PRESYNC_ERROR_BAD_INPUT,
                   _ ("“%s” is no date such as “2026-10-06”"), text);
      return FALSE;
    }
  g_date_clear (edition, 1);
  g_date_set_dmy (edition, (GDateDay) part[2], (GDateMonth) part[1], (GDateYear) part[0]);
  return TRUE;
}
