/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sources/directory/right-question.h"

#include <glib/gi18n.h>

#include "sources/directory/access-names.h"
#include "sources/directory/dn.h"

#define CHILDREN (PRESYNC_RIGHT_CREATE_CHILD | PRESYNC_RIGHT_DELETE_CHILD)

/* Classes of what holds groups and users */
static const char *const unit_classes[]
    = { PRESYNC_RIGHT_UNIT_CLASS, "container", PRESYNC_RIGHT_HEAD_CLASS };

PresyncRightRoot *
presync_right_root_new_unknown (const char *dn, PresyncUnknown reason, const char *problem)
{
  PresyncRightRoot *self = g_new0 (PresyncRightRoot, 1);

  self->dn = g_strdup (dn);
  self->key = presync_dn_normalize (dn);
  self->reason = reason;
  self->problem = g_strdup (problem);
  return self;
}

void
presync_right_root_free (PresyncRightRoot *self)
{
  if (self == NULL)
    return;
  g_free (self->dn);
  g_free (self->key);
  g_clear_pointer (&self->sd, presync_security_descriptor_free);
  g_free (self->problem);
  g_clear_object (&self->origin);
  g_free (self);
}

PresyncRightRoot *
presync_right_root_read (PresyncProbeRun *run, const char *dn, GError **error)
{
  static const char *const attributes[] = { "objectClass", "nTSecurityDescriptor", NULL };
  PresyncQuery query = { .base = dn,
                         .scope = PRESYNC_SCOPE_BASE,
                         .filter = "(objectClass=*)",
                         .attributes = attributes,
                         .sd_flags = PRESYNC_SD_FLAGS };
  g_autoptr (PresyncProbeRead) read = presync_probe_read_query (run, &query, error);
  g_autoptr (PresyncRightRoot) self = NULL;
  g_autoptr (GError) local = NULL;
  PresyncEntry *entry;
  GPtrArray *values;

  if (read == NULL)
    return NULL;
  entry = presync_probe_read_first (read);
  values = entry == NULL ? NULL : presync_entry_get_values (entry, "nTSecurityDescriptor");
  self = presync_right_root_new_unknown (dn, read->reason, read->detail);
  self->missing = read->missing;
  self->origin = g_object_ref (read->origin);
  for (guint i = 0; entry != NULL && i < G_N_ELEMENTS (unit_classes); i++)
    self->is_unit = self->is_unit || presync_entry_has_text (entry, "objectClass", unit_classes[i]);
  if (self->reason != PRESYNC_UNKNOWN_NONE)
    return g_steal_pointer (&self);
  if (values == NULL)
    {
      self->reason = PRESYNC_UNKNOWN_NO_RIGHT;
      self->problem = presync_probe_dup_hidden (run, "nTSecurityDescriptor", dn);
      return g_steal_pointer (&self);
    }
  self->sd = presync_security_descriptor_parse (g_ptr_array_index (values, 0), &local);
  if (self->sd == NULL)
    {
      self->reason = PRESYNC_UNKNOWN_MALFORMED;
      self->problem = g_strdup_printf ("%s: %s", dn, local->message);
    }
  else if (!presync_security_descriptor_has_dacl (self->sd))
    {
      /* Active Directory never lacks one: it was not shown, and does not grant all to everybody. */
      g_clear_pointer (&self->sd, presync_security_descriptor_free);
      self->reason = PRESYNC_UNKNOWN_NO_RIGHT;
      self->problem = presync_probe_dup_hidden (run, "nTSecurityDescriptor", dn);
    }
  return g_steal_pointer (&self);
}

void
presync_right_roots_clear (PresyncRightRoots *self)
{
  g_clear_pointer (&self->head, presync_right_root_free);
  g_clear_pointer (&self->group_unit, presync_right_root_free);
  g_clear_pointer (&self->devices, presync_right_root_free);
  g_clear_pointer (&self->registration, presync_right_root_free);
}

void
presync_right_question_free (PresyncRightQuestion *self)
{
  if (self == NULL)
    return;
  g_free (self->part);
  g_free (self->undecided_dn);
  g_free (self->example);
  g_free (self);
}

PresyncAccessResult
presync_right_question_ask (const PresyncRightQuestion *self, const PresyncSecurityDescriptor *sd,
                            gboolean inherited)
{
  static const PresyncWanted deletion = { .mask = PRESYNC_RIGHT_DELETE };
  PresyncAccessResult result
      = inherited
            ? presync_access_check_descendant (sd, self->token, &self->class_guid, &self->wanted)
            : presync_access_check (sd, self->token, &self->class_guid, &self->wanted);
  PresyncAccessResult itself;

  if (!self->deletes || result.access == PRESYNC_ACCESS_GRANTED)
    return result;
  itself = presync_access_check_descendant (sd, self->token, &self->child_guid, &deletion);
  if (itself.access == PRESYNC_ACCESS_GRANTED)
    return itself;
  /* One of the two that cannot be judged may grant it. */
  return itself.access == PRESYNC_ACCESS_UNDECIDED ? itself : result;
}

static void
presync_right_question_judge (PresyncRightQuestion *self)
{
  PresyncAccessResult result = presync_right_question_ask (self, self->root->sd, !self->on_root);

  self->access = result.access;
  self->lacking = result.lacking;
  if (result.ace != NULL)
    self->ace = *result.ace;
  /* Of a mask of several rights, which: unless all of them */
  if (self->part == NULL && self->access != PRESYNC_ACCESS_GRANTED && self->lacking != 0
      && self->lacking != self->wanted.mask)
    self->part = presync_access_name_dup_mask (self->lacking);
}

static void
presync_right_question_add (GPtrArray *questions, const PresyncRightQuestion *model,
                            const PresyncRightPart *part, const char *class)
{
  PresyncRightQuestion *self = g_memdup2 (model, sizeof *model);

  g_ptr_array_add (questions, self);
  self->class = class;
  self->part = g_strdup (model->part);
  self->wanted.mask = model->wanted.mask != 0 ? model->wanted.mask : part->mask;
  g_return_if_fail (presync_access_name_find (class, &self->class_guid));
  if (part->object != NULL)
    {
      g_return_if_fail (presync_access_name_find (part->object, &self->wanted.object_type));
      presync_access_name_property_set (part->object, &self->wanted.property_set);
    }
  self->child_guid = self->wanted.object_type;
  presync_right_question_judge (self);
}

/* One of the rights to create and to delete children; both are asked of units. */
static void
presync_right_question_add_child_right (GPtrArray *questions, const PresyncRightQuestion *model,
                                        const PresyncRightPart *part, PresyncRightPlace place,
                                        guint32 right)
{
  gboolean deletes = right == PRESYNC_RIGHT_DELETE_CHILD;
  g_autofree char *text
      /* TRANSLATORS: a right on units; %s is a class of objects, such as "user" */
      = g_strdup_printf (deletes ? _ ("delete %s") : _ ("create %s"), part->object);
  PresyncRightQuestion children = *model;

  children.part = text;
  children.wanted.mask = right;
  children.deletes = deletes;
  if (place == PRESYNC_PLACE_HEAD_AND_BELOW)
    presync_right_question_add (questions, &children, part, PRESYNC_RIGHT_UNIT_CLASS);
  children.on_root = TRUE;
  children.below = FALSE;
  presync_right_question_add (questions, &children, part,
                              place == PRESYNC_PLACE_HEAD_AND_BELOW ? PRESYNC_RIGHT_HEAD_CLASS
                                                                    : PRESYNC_RIGHT_UNIT_CLASS);
}

static void
presync_right_question_add_children (GPtrArray *questions, const PresyncRightQuestion *model,
                                     const PresyncRightPart *part, PresyncRightPlace place)
{
  static const guint32 rights[] = { PRESYNC_RIGHT_CREATE_CHILD, PRESYNC_RIGHT_DELETE_CHILD };

  for (guint i = 0; i < G_N_ELEMENTS (rights); i++)
    if ((part->mask & rights[i]) != 0)
      presync_right_question_add_child_right (questions, model, part, place, rights[i]);
}

static void
presync_right_question_add_parts (GPtrArray *questions, const PresyncRight *right,
                                  const PresyncRightQuestion *model)
{
  for (guint i = 0; i < PRESYNC_RIGHT_MAX_PARTS && right->parts[i].mask != 0; i++)
    {
      const PresyncRightPart *part = &right->parts[i];

      if ((part->mask & ~(guint32) CHILDREN) == 0)
        presync_right_question_add_children (questions, model, part, right->place);
      else
        for (guint j = 0; j < PRESYNC_RIGHT_MAX_CLASSES && right->classes[j] != NULL; j++)
          presync_right_question_add (questions, model, part, right->classes[j]);
    }
}

const PresyncRightRoot *
presync_right_questions_add (GPtrArray *questions, const PresyncRight *right, guint slot,
                             const PresyncToken *token, const PresyncRightRoots *roots)
{
  gboolean devices = right->place == PRESYNC_PLACE_DEVICE_CONTAINERS;
  const PresyncRightRoot *list[] = { roots->head, NULL, NULL };

  if (right->place == PRESYNC_PLACE_GROUP_UNIT)
    list[0] = roots->group_unit;
  if (devices)
    {
      list[0] = roots->devices;
      list[1] = roots->registration;
    }
  for (guint i = 0; list[i] != NULL; i++)
    if (list[i]->sd == NULL)
      return list[i];
  for (guint i = 0; list[i] != NULL; i++)
    {
      PresyncRightQuestion model = { 0 };

      model.slot = slot;
      model.token = token;
      model.root = list[i];
      model.on_root = right->place == PRESYNC_PLACE_HEAD;
      /* Devices are made by the account itself, in its containers: those are looked at. */
      model.below = !model.on_root && !devices;
      model.part = devices ? list[i]->dn : NULL;
      presync_right_question_add_parts (questions, right, &model);
    }
  return NULL;
}
