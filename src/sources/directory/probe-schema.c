/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sources/directory/probe-read.h"

/* The head of the schema and four of its objects in one read. The class "user" is in every schema:
 * if it does not come, the absence of the others means nothing. */
static const PresyncProbeQuery schema_query = {
  PRESYNC_BASE_SCHEMA,
  NULL,
  PRESYNC_SCOPE_SUBTREE,
  "(|(objectClass=dMD)(lDAPDisplayName=user)(lDAPDisplayName=msDS-GroupManagedServiceAccount)"
  "(lDAPDisplayName=msDS-ExternalDirectoryObjectId)(cn=ms-Exch-Schema-Version-Pt))",
  { "objectClass", "objectVersion", "lDAPDisplayName", "cn", NULL },
  0,
};

static const struct
{
  const char *key;
  const char *attribute;
  const char *value;
} objects[] = {
  { "schema.gmsa-class", "lDAPDisplayName", "msDS-GroupManagedServiceAccount" },
  { "schema.external-directory-object-id", "lDAPDisplayName", "msDS-ExternalDirectoryObjectId" },
  { "schema.exchange", "cn", "ms-Exch-Schema-Version-Pt" },
};

static gboolean
presync_probe_schema_has (const PresyncProbeRead *read, const char *attribute, const char *value)
{
  for (guint i = 0; i < read->entries->len; i++)
    if (presync_entry_has_text (g_ptr_array_index (read->entries, i), attribute, value))
      return TRUE;
  return FALSE;
}

static void
presync_probe_schema_add_version (PresyncProbeRun *run, const PresyncProbeRead *read)
{
  PresyncEntry *head = presync_probe_read_find (read, run->forest->schema_dn);
  const char *key = "schema.version";
  gint64 version;

  if (head == NULL || presync_entry_get_values (head, "objectVersion") == NULL)
    presync_probe_add_hidden (run, read, key, run->forest->forest, "objectVersion", read->base);
  else if (!presync_entry_get_integer (head, "objectVersion", &version))
    presync_probe_add_malformed (run, read, key, run->forest->forest, "objectVersion", read->base);
  else
    presync_probe_add (run,
                       presync_fact_new_integer (key, run->forest->forest, version, read->origin));
}

gboolean
presync_probe_schema (PresyncProbeRun *run, GError **error)
{
  g_autoptr (PresyncProbeRead) read = presync_probe_read (run, &schema_query, error);
  gboolean visible;

  if (read == NULL)
    return FALSE;
  presync_probe_schema_add_version (run, read);
  visible = read->complete && presync_probe_schema_has (read, "lDAPDisplayName", "user");
  for (guint i = 0; i < G_N_ELEMENTS (objects); i++)
    {
      gboolean there = presync_probe_schema_has (read, objects[i].attribute, objects[i].value);

      if (there || visible)
        presync_probe_add (run, presync_fact_new_boolean (objects[i].key, run->forest->forest,
                                                          there, read->origin));
      else
        presync_probe_add_hidden (run, read, objects[i].key, run->forest->forest, objects[i].value,
                                  read->base);
    }
  return TRUE;
}
