/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sources/directory/right-units.h"

#include <string.h>

#include "sources/directory/bounds.h"
#include "sources/directory/dn.h"

/* DACL: nothing else is needed of what is below the head. */
#define SD_FLAGS 4

static const char *const unit_attributes[]
    = { "objectClass", "nTSecurityDescriptor", "isCriticalSystemObject", NULL };

static void
presync_right_unit_free (PresyncRightUnit *self)
{
  g_free (self->dn);
  g_free (self->key);
  g_clear_pointer (&self->sd, presync_security_descriptor_free);
  g_free (self);
}

void
presync_right_units_free (PresyncRightUnits *self)
{
  if (self == NULL)
    return;
  g_clear_pointer (&self->by_key, g_hash_table_unref);
  g_clear_pointer (&self->units, g_ptr_array_unref);
  g_clear_pointer (&self->signed_in, presync_token_free);
  g_free (self);
}

/* (transfer full) (nullable): the groups that the server tells hold the person's own SID too. */
static PresyncToken *
presync_right_units_read_signed_in (const PresyncForest *forest)
{
  PresyncToken *token = forest->token_groups == NULL ? NULL : presync_token_new ();
  PresyncSid sid;

  for (guint i = 0; token != NULL && forest->token_groups[i] != NULL; i++)
    if (presync_sid_parse (forest->token_groups[i], &sid))
      presync_token_add (token, &sid);
  return token;
}

gboolean
presync_right_units_may_list (const PresyncRightUnits *self, const PresyncSecurityDescriptor *sd)
{
  static const PresyncWanted list = { .mask = PRESYNC_RIGHT_LIST };
  static const PresyncGuid any = { { 0 } };

  return self->signed_in == NULL
         || presync_access_check (sd, self->signed_in, &any, &list).access
                == PRESYNC_ACCESS_GRANTED;
}

static gboolean
presync_right_units_entry_cb (const PresyncEntry *entry, gpointer user_data)
{
  PresyncRightUnits *self = user_data;
  PresyncRightUnit *unit = g_new0 (PresyncRightUnit, 1);
  GPtrArray *values = presync_entry_get_values (entry, "nTSecurityDescriptor");
  gboolean critical = FALSE;

  unit->dn = g_strdup (presync_entry_get_dn (entry));
  unit->key = presync_dn_normalize (unit->dn);
  if (values != NULL)
    unit->sd = presync_security_descriptor_parse (g_ptr_array_index (values, 0), NULL);
  /* Active Directory never lacks a DACL: without one it was not shown. */
  if (unit->sd != NULL && !presync_security_descriptor_has_dacl (unit->sd))
    g_clear_pointer (&unit->sd, presync_security_descriptor_free);
  unit->closed = unit->sd == NULL || !presync_right_units_may_list (self, unit->sd);
  presync_entry_get_boolean (entry, "isCriticalSystemObject", &critical);
  unit->is_unit
      = presync_entry_has_text (entry, "objectClass", PRESYNC_RIGHT_UNIT_CLASS) && !critical;
  g_ptr_array_add (self->units, unit);
  g_hash_table_replace (self->by_key, unit->key, unit);
  return TRUE;
}

PresyncRightUnits *
presync_right_units_read (PresyncProbeRun *run, GError **error)
{
  /* Of containers only those where AD itself puts people: the many below CN=System hold none. */
  const PresyncQuery queries[] = {
    { .base = run->forest->domain_dn,
      .scope = PRESYNC_SCOPE_SUBTREE,
      .filter = "(objectClass=organizationalUnit)",
      .attributes = unit_attributes,
      .max_entries = PRESYNC_BOUND_RIGHT_UNITS,
      .sd_flags = SD_FLAGS },
    { .base = run->forest->domain_dn,
      .scope = PRESYNC_SCOPE_ONE_LEVEL,
      .filter = "(|(objectClass=container)(objectClass=builtinDomain)(objectClass=lostAndFound))",
      .attributes = unit_attributes,
      .max_entries = PRESYNC_BOUND_RIGHT_UNITS,
      .sd_flags = SD_FLAGS },
  };
  g_autoptr (PresyncRightUnits) self = g_new0 (PresyncRightUnits, 1);

  self->units = g_ptr_array_new_with_free_func ((GDestroyNotify) presync_right_unit_free);
  self->by_key = g_hash_table_new (g_str_hash, g_str_equal);
  self->signed_in = presync_right_units_read_signed_in (run->forest);
  self->complete = TRUE;
  for (guint i = 0; i < G_N_ELEMENTS (queries); i++)
    {
      g_autoptr (PresyncProbeRead) read
          = presync_probe_stream (run, &queries[i], presync_right_units_entry_cb, self, error);
      if (read == NULL)
        return NULL;
      self->complete = self->complete && read->complete && read->reason == PRESYNC_UNKNOWN_NONE;
      self->n_reads += 1 + read->count / PRESYNC_PAGE_SIZE;
    }
  return g_steal_pointer (&self);
}

/* Does the unit itself carry the entry that an object below inherited as @denied_by? */
static gboolean
presync_right_unit_carries (const PresyncRightUnit *unit, const PresyncAce *denied_by)
{
  guint n = 0;
  const PresyncAce *aces
      = unit->sd == NULL ? NULL : presync_security_descriptor_get_aces (unit->sd, &n);

  for (guint i = 0; i < n; i++)
    if ((aces[i].flags & PRESYNC_ACE_INHERITED) == 0
        && (aces[i].flags & PRESYNC_ACE_CONTAINER_INHERIT) != 0
        && aces[i].effect == denied_by->effect
        && presync_sid_equal (&aces[i].trustee, &denied_by->trustee)
        && presync_guid_equal (&aces[i].object_type, &denied_by->object_type))
      return TRUE;
  return FALSE;
}

static gboolean
presync_right_unit_breaks (const PresyncRightUnit *unit, const PresyncRightQuestion *question)
{
  return unit->sd != NULL && presync_security_descriptor_is_protected (unit->sd)
         && presync_right_question_ask (question, unit->sd, TRUE).access != PRESYNC_ACCESS_GRANTED;
}

const char *
presync_right_units_explain (const PresyncRightUnits *self, const PresyncRightQuestion *question,
                             const PresyncRightObject *object, const PresyncAce *denied_by,
                             PresyncAccessGapReason *reason)
{
  const char *up = object->key;
  const PresyncRightUnit *parent;

  *reason = PRESYNC_GAP_DENIED;
  if (denied_by != NULL && (denied_by->flags & PRESYNC_ACE_INHERITED) == 0)
    return object->dn;
  if (denied_by == NULL && object->is_protected)
    {
      *reason = object->admin ? PRESYNC_GAP_PROTECTED : PRESYNC_GAP_INHERITANCE_OFF;
      return object->dn;
    }
  if (denied_by == NULL)
    *reason = PRESYNC_GAP_INHERITANCE_OFF;
  while ((up = presync_dn_key_parent (up)) != NULL
         && presync_dn_key_is_under (up, question->root->key))
    {
      const PresyncRightUnit *unit = g_hash_table_lookup (self->by_key, up);
      if (unit != NULL
          && (denied_by != NULL ? presync_right_unit_carries (unit, denied_by)
                                : presync_right_unit_breaks (unit, question)))
        return unit->dn;
    }
  if (denied_by != NULL)
    return object->dn;
  *reason = PRESYNC_GAP_OTHER;
  parent = g_hash_table_lookup (self->by_key, presync_dn_key_parent (object->key));
  return parent == NULL ? object->dn : parent->dn;
}
