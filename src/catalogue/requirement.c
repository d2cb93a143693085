/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "catalogue/requirement-private.h"

#include <glib/gi18n.h>

G_DEFINE_FINAL_TYPE (PresyncRequirement, presync_requirement, G_TYPE_OBJECT)

typedef struct
{
  const char *id;
  const char *title;
  const char *long_title;
} PresyncNamed;

static const PresyncNamed options[PRESYNC_N_OPTIONS] = {
  { "cloud-sync", N_ ("Cloud sync"), N_ ("Microsoft Entra Cloud Sync") },
  { "connect-sync", N_ ("Connect Sync"), N_ ("Microsoft Entra Connect Sync") },
};

static const PresyncNamed sections[PRESYNC_N_SECTIONS] = {
  { "hardware-and-software", N_ ("Hardware and software"), NULL },
  { "accounts", N_ ("Accounts"), NULL },
  { "sql-server", N_ ("SQL Server"), NULL },
  { "network", N_ ("Network"), NULL },
  { "tenant", N_ ("Microsoft Entra tenant"), NULL },
  { "directory-data", N_ ("Directory data"), NULL },
};

static gboolean
presync_named_find (const PresyncNamed *names, guint n, const char *id, guint *index)
{
  for (guint i = 0; i < n; i++)
    if (g_strcmp0 (names[i].id, id) == 0)
      {
        *index = i;
        return TRUE;
      }
  return FALSE;
}

const char *
presync_option_id (PresyncOption option)
{
  g_return_val_if_fail (option < PRESYNC_N_OPTIONS, NULL);
  return options[option].id;
}

const char *
presync_option_title (PresyncOption option)
{
  g_return_val_if_fail (option < PRESYNC_N_OPTIONS, NULL);
  return _ (options[option].title);
}

const char *
presync_option_long_title (PresyncOption option)
{
  g_return_val_if_fail (option < PRESYNC_N_OPTIONS, NULL);
  return _ (options[option].long_title);
}

gboolean
presync_option_from_id (const char *id, PresyncOption *option)
{
  guint index = 0;

  g_return_val_if_fail (id != NULL && option != NULL, FALSE);
  if (!presync_named_find (options, PRESYNC_N_OPTIONS, id, &index))
    return FALSE;
  *option = index;
  return TRUE;
}

const char *
presync_section_id (PresyncSection section)
{
  g_return_val_if_fail (section < PRESYNC_N_SECTIONS, NULL);
  return sections[section].id;
}

const char *
presync_section_title (PresyncSection section)
{
  g_return_val_if_fail (section < PRESYNC_N_SECTIONS, NULL);
  return _ (sections[section].title);
}

gboolean
presync_section_from_id (const char *id, PresyncSection *section)
{
  guint index = 0;

  g_return_val_if_fail (id != NULL && section != NULL, FALSE);
  if (!presync_named_find (sections, PRESYNC_N_SECTIONS, id, &index))
    return FALSE;
  *section = index;
  return TRUE;
}

static void
presync_requirement_finalize (GObject *object)
{
  PresyncRequirement *self = PRESYNC_REQUIREMENT (object);

  g_free (self->id);
  g_free (self->title);
  g_free (self->why);
  g_ptr_array_unref (self->conditions);
  G_OBJECT_CLASS (presync_requirement_parent_class)->finalize (object);
}

static void
presync_requirement_class_init (PresyncRequirementClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = presync_requirement_finalize;
}

static void
presync_requirement_init (PresyncRequirement *self)
{
  self->conditions = g_ptr_array_new_with_free_func (g_object_unref);
}

PresyncRequirement *
presync_requirement_new (void)
{
  return g_object_new (PRESYNC_TYPE_REQUIREMENT, NULL);
}

const char *
presync_requirement_get_id (PresyncRequirement *self)
{
  g_return_val_if_fail (PRESYNC_IS_REQUIREMENT (self), NULL);
  return self->id;
}

PresyncOption
presync_requirement_get_option (PresyncRequirement *self)
{
  g_return_val_if_fail (PRESYNC_IS_REQUIREMENT (self), PRESYNC_OPTION_CLOUD_SYNC);
  return self->option;
}

PresyncSection
presync_requirement_get_section (PresyncRequirement *self)
{
  g_return_val_if_fail (PRESYNC_IS_REQUIREMENT (self), PRESYNC_SECTION_HARDWARE_AND_SOFTWARE);
  return self->section;
}

gboolean
presync_requirement_get_overview (PresyncRequirement *self)
{
  g_return_val_if_fail (PRESYNC_IS_REQUIREMENT (self), FALSE);
  return self->overview;
}

const char *
presync_requirement_get_title (PresyncRequirement *self)
{
  g_return_val_if_fail (PRESYNC_IS_REQUIREMENT (self), NULL);
  return self->title;
}

const char *
presync_requirement_get_why (PresyncRequirement *self)
{
  g_return_val_if_fail (PRESYNC_IS_REQUIREMENT (self), NULL);
  return self->why;
}

const char *
presync_requirement_get_account (PresyncRequirement *self)
{
  g_return_val_if_fail (PRESYNC_IS_REQUIREMENT (self), NULL);
  return self->account;
}

GPtrArray *
presync_requirement_list_conditions (PresyncRequirement *self, const GDate *edition)
{
  g_autoptr (GPtrArray) list = g_ptr_array_new_with_free_func (g_object_unref);

  g_return_val_if_fail (PRESYNC_IS_REQUIREMENT (self), NULL);
  for (guint i = 0; i < self->conditions->len; i++)
    {
      PresyncCondition *condition = g_ptr_array_index (self->conditions, i);
      if (edition == NULL || presync_condition_holds_on (condition, edition))
        g_ptr_array_add (list, g_object_ref (condition));
    }
  return g_steal_pointer (&list);
}
