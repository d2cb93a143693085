/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sources/tenant/tenant-known.h"

#include <string.h>

PresyncTenantKnown *
presync_tenant_known_new (const PresyncCloud *cloud, const char *admin)
{
  PresyncTenantKnown *self = g_atomic_rc_box_new0 (PresyncTenantKnown);

  self->cloud = cloud;
  self->admin = g_strdup (admin);
  return self;
}

PresyncTenantKnown *
presync_tenant_known_ref (PresyncTenantKnown *self)
{
  return g_atomic_rc_box_acquire (self);
}

static void
presync_tenant_known_clear (gpointer data)
{
  PresyncTenantKnown *self = data;

  g_clear_pointer (&self->own, presync_tenant_owner_unref);
  g_clear_pointer (&self->suffixes, g_ptr_array_unref);
  g_free (self->admin);
  g_free (self->provider);
  g_free (self->skew);
  for (gsize i = 0; i < PRESYNC_GRAPH_N_READS; i++)
    g_clear_pointer (&self->answers[i], presync_graph_answer_unref);
}

void
presync_tenant_known_unref (PresyncTenantKnown *self)
{
  if (self != NULL)
    g_atomic_rc_box_release_full (self, presync_tenant_known_clear);
}

PresyncTenantKnown *
presync_tenant_known_new_open (const PresyncTenantKnown *self)
{
  PresyncTenantKnown *open = presync_tenant_known_new (self->cloud, self->admin);

  open->own = self->own != NULL ? presync_tenant_owner_ref (self->own) : NULL;
  open->suffixes = self->suffixes != NULL ? g_ptr_array_ref (self->suffixes) : NULL;
  open->n_offered = self->n_offered;
  open->whole = self->whole;
  open->skew = g_strdup (self->skew);
  return open;
}

const char *
presync_tenant_known_get_tenant (const PresyncTenantKnown *self)
{
  const PresyncDiscovery *found = self->own != NULL ? self->own->discovery : NULL;

  return found != NULL && found->exists ? found->tenant_id : NULL;
}

PresyncTenantRead
presync_tenant_known_get_read (const PresyncTenantKnown *self, const char *subject)
{
  PresyncTenantRead read = { .subject = subject,
                             .tenant = presync_tenant_known_get_tenant (self),
                             .admin = self->admin,
                             .provider = self->provider };

  memcpy (read.answers, self->answers, sizeof read.answers);
  return read;
}

char *
presync_tenant_known_dup_person (const PresyncTenantKnown *self)
{
  PresyncTenantRead read = presync_tenant_known_get_read (self, "");

  return presync_tenant_read_dup_person (&read);
}

char *
presync_tenant_known_dup_name (const PresyncTenantKnown *self)
{
  PresyncTenantRead read = presync_tenant_known_get_read (self, "");

  return presync_tenant_read_dup_name (&read);
}

GPtrArray *
presync_tenant_known_list_facts (const PresyncTenantKnown *self, const char *subject, gboolean open,
                                 gboolean signed_in)
{
  g_autoptr (GPtrArray) facts = g_ptr_array_new_with_free_func (g_object_unref);
  PresyncTenantNames names = { .subject = subject,
                               .own = self->own,
                               .suffixes = self->suffixes,
                               .n_offered = self->n_offered,
                               .whole = self->whole };
  PresyncTenantRead read = presync_tenant_known_get_read (self, subject);

  if (open)
    presync_tenant_names_add_facts (&names, facts);
  if (signed_in)
    presync_tenant_read_add_facts (&read, &names, facts);
  else if (open && !self->signed_in)
    presync_tenant_names_add_shared (&names, NULL, facts);
  return g_steal_pointer (&facts);
}
