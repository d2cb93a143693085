/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sources/directory/accounts.h"

#include <string.h>

static const PresyncAccountField fields[] = {
  { "cloud-admin", G_STRUCT_OFFSET (PresyncAccounts, cloud_admin) },
  { "connect-admin", G_STRUCT_OFFSET (PresyncAccounts, connect_admin) },
  { "hybrid-admin", G_STRUCT_OFFSET (PresyncAccounts, hybrid_admin) },
  { "gmsa", G_STRUCT_OFFSET (PresyncAccounts, gmsa) },
  { "connector", G_STRUCT_OFFSET (PresyncAccounts, connector) },
  { "service", G_STRUCT_OFFSET (PresyncAccounts, service) },
  { "entra-connector", G_STRUCT_OFFSET (PresyncAccounts, entra_connector) },
  { "group-unit", G_STRUCT_OFFSET (PresyncAccounts, group_unit) },
};

G_DEFINE_BOXED_TYPE (PresyncAccounts, presync_accounts, presync_accounts_copy,
                     presync_accounts_free)

#define NAME_OF(self, field) G_STRUCT_MEMBER (char *, self, (field)->offset)

PresyncAccounts *
presync_accounts_new (void)
{
  return g_new0 (PresyncAccounts, 1);
}

PresyncAccounts *
presync_accounts_copy (const PresyncAccounts *self)
{
  PresyncAccounts *copy;

  if (self == NULL)
    return NULL;
  copy = presync_accounts_new ();
  for (gsize i = 0; i < G_N_ELEMENTS (fields); i++)
    NAME_OF (copy, &fields[i]) = g_strdup (NAME_OF (self, &fields[i]));
  return copy;
}

void
presync_accounts_free (PresyncAccounts *self)
{
  if (self == NULL)
    return;
  for (gsize i = 0; i < G_N_ELEMENTS (fields); i++)
    g_free (NAME_OF (self, &fields[i]));
  g_free (self);
}

gboolean
presync_accounts_equal (const PresyncAccounts *a, const PresyncAccounts *b)
{
  for (gsize i = 0; i < G_N_ELEMENTS (fields); i++)
    if (g_strcmp0 (presync_accounts_get (a, fields[i].id), presync_accounts_get (b, fields[i].id))
        != 0)
      return FALSE;
  return TRUE;
}

const PresyncAccountField *
presync_account_fields (gsize *n)
{
  g_return_val_if_fail (n != NULL, NULL);
  *n = G_N_ELEMENTS (fields);
  return fields;
}

static const PresyncAccountField *
presync_account_field_find (const char *id)
{
  for (gsize i = 0; i < G_N_ELEMENTS (fields); i++)
    if (strcmp (fields[i].id, id) == 0)
      return &fields[i];
  g_return_val_if_reached (NULL);
}

const char *
presync_accounts_get (const PresyncAccounts *self, const char *id)
{
  const PresyncAccountField *field = presync_account_field_find (id);

  return self == NULL || field == NULL ? NULL : NAME_OF (self, field);
}

void
presync_accounts_set (PresyncAccounts *self, const char *id, const char *name)
{
  const PresyncAccountField *field = presync_account_field_find (id);
  g_autofree char *text = name == NULL ? NULL : g_strstrip (g_strdup (name));

  g_return_if_fail (self != NULL && field != NULL);
  g_free (NAME_OF (self, field));
  NAME_OF (self, field) = text == NULL || *text == '\0' ? NULL : g_steal_pointer (&text);
}
