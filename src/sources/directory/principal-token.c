/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sources/directory/principal-search.h"

#include "sources/directory/dn.h"
#include "sources/directory/filter.h"

#include <glib/gi18n.h>

/* groupType, [MS-ADTS] 2.2.12: others are for mail only and grant nothing */
#define GROUP_SECURITY 0x80000000
/* Nested deeper or wider than this is no group that Everyone is in for a reason. */
#define MAX_LEVELS 16
#define MAX_GROUPS 1000

#define FOREIGN_CONTAINER "CN=ForeignSecurityPrincipals"
#define EVERYONE "S-1-1-0"
#define AUTHENTICATED_USERS "S-1-5-11"

/**
 * PresyncTokenRead: a token in the making
 * @seen: keys of the groups that were found (presync_dn_normalize()), against loops
 * @level: (element-type utf8): DNs whose groups are asked for next
 */
typedef struct
{
  PresyncProbeRun *run;
  PresyncToken *token;
  PresyncOrigin *origin;
  GHashTable *seen;
  GPtrArray *level;
  PresyncUnknown reason;
  char *problem;
} PresyncTokenRead;

static void
presync_token_read_clear (PresyncTokenRead *self)
{
  g_clear_pointer (&self->token, presync_token_free);
  g_clear_object (&self->origin);
  g_clear_pointer (&self->seen, g_hash_table_unref);
  g_clear_pointer (&self->level, g_ptr_array_unref);
  g_clear_pointer (&self->problem, g_free);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (PresyncTokenRead, presync_token_read_clear)

/* @problem: (transfer full) */
static void
presync_token_read_fail (PresyncTokenRead *self, PresyncUnknown reason, char *problem)
{
  if (self->problem != NULL)
    {
      g_free (problem);
      return;
    }
  self->reason = reason;
  self->problem = problem;
}

static void
presync_token_read_add_text (PresyncTokenRead *self, const char *text)
{
  PresyncSid sid;

  if (presync_sid_parse (text, &sid))
    presync_token_add (self->token, &sid);
}

/* tokenGroups is made for each read, of the object itself only ([MS-ADTS] 3.1.1.4.5.19). Everybody
 * is in a group, the primary one: an answer without any hides them. */
static gboolean
presync_token_read_groups (PresyncTokenRead *self, const PresyncPrincipal *principal,
                           GError **error)
{
  static const char *const attributes[] = { "tokenGroups", NULL };
  PresyncQuery query = { principal->dn, PRESYNC_SCOPE_BASE, "(objectClass=*)", attributes, 0, 0 };
  g_autoptr (PresyncProbeRead) read = presync_probe_read_query (self->run, &query, error);
  PresyncEntry *entry = read == NULL ? NULL : presync_probe_read_first (read);
  GPtrArray *values = entry == NULL ? NULL : presync_entry_get_values (entry, "tokenGroups");

  if (read == NULL)
    return FALSE;
  g_set_object (&self->origin, read->origin);
  if (read->reason != PRESYNC_UNKNOWN_NONE)
    presync_token_read_fail (self, read->reason, g_strdup (read->detail));
  else if (!read->complete)
    presync_token_read_fail (self, PRESYNC_UNKNOWN_PARTIAL,
                             g_strdup_printf (_ ("%s ended the read of “%s” early."),
                                              presync_directory_get_target (self->run->directory),
                                              principal->dn));
  else if (values == NULL)
    presync_token_read_fail (self, PRESYNC_UNKNOWN_NO_RIGHT,
                             presync_probe_dup_hidden (self->run, "tokenGroups", principal->dn));
  for (guint i = 0; values != NULL && i < values->len; i++)
    {
      PresyncSid sid;
      if (presync_sid_from_bytes (g_ptr_array_index (values, i), &sid))
        presync_token_add (self->token, &sid);
      else
        presync_token_read_fail (
            self, PRESYNC_UNKNOWN_MALFORMED,
            g_strdup_printf (_ ("%s: “%s” of “%s” has a value that Presync does not understand."),
                             presync_directory_get_target (self->run->directory), "tokenGroups",
                             principal->dn));
    }
  return TRUE;
}

static void
presync_token_read_add_group (PresyncTokenRead *self, const PresyncEntry *entry, GPtrArray *next)
{
  const char *dn = presync_entry_get_dn (entry);
  GPtrArray *sids = presync_entry_get_values (entry, "objectSid");
  gint64 type;
  PresyncSid sid;

  if (presync_entry_get_integer (entry, "groupType", &type) && (type & GROUP_SECURITY) == 0)
    return;
  if (!g_hash_table_add (self->seen, presync_dn_normalize (dn)))
    return;
  if (sids != NULL && presync_sid_from_bytes (g_ptr_array_index (sids, 0), &sid))
    presync_token_add (self->token, &sid);
  g_ptr_array_add (next, g_strdup (dn));
}

static int
presync_token_read_compare (gconstpointer a, gconstpointer b)
{
  return g_ascii_strcasecmp (*(const char *const *) a, *(const char *const *) b);
}

/* Adds the groups that @n members from @first on are in, and their names to @next. */
static gboolean
presync_token_read_batch (PresyncTokenRead *self, guint first, GPtrArray *next, GError **error)
{
  static const char *const attributes[] = { "objectSid", "groupType", NULL };
  g_autoptr (GString) filter = g_string_new ("(&(objectClass=group)(|");
  PresyncQuery query = { .base = self->run->forest->domain_dn,
                         .scope = PRESYNC_SCOPE_SUBTREE,
                         .attributes = attributes };
  g_autoptr (PresyncProbeRead) read = NULL;

  for (guint i = first; i < self->level->len && i < first + PRESYNC_PRINCIPAL_BATCH; i++)
    {
      g_autofree char *dn = presync_filter_escape (g_ptr_array_index (self->level, i));
      g_string_append_printf (filter, "(member=%s)", dn);
    }
  g_string_append (filter, "))");
  query.filter = filter->str;
  read = presync_probe_read_query (self->run, &query, error);
  if (read == NULL)
    return FALSE;
  if (self->origin == NULL)
    self->origin = g_object_ref (read->origin);
  if (read->reason != PRESYNC_UNKNOWN_NONE)
    presync_token_read_fail (self, read->reason, g_strdup (read->detail));
  else if (!read->complete)
    presync_token_read_fail (
        self, PRESYNC_UNKNOWN_PARTIAL,
        read->partial != NULL
            ? g_strdup (read->partial)
            : g_strdup_printf (_ ("%s ended the read of “%s” early."),
                               presync_directory_get_target (self->run->directory), read->base));
  for (guint i = 0; i < read->entries->len; i++)
    presync_token_read_add_group (self, g_ptr_array_index (read->entries, i), next);
  return TRUE;
}

/* The groups that Everyone and Authenticated Users are in are in no tokenGroups: whoever signs in
 * gets them then. They are looked for level by level. */
static gboolean
presync_token_read_upwards (PresyncTokenRead *self, GError **error)
{
  for (guint depth = 0; self->level->len > 0 && self->problem == NULL; depth++)
    {
      g_autoptr (GPtrArray) next = g_ptr_array_new_with_free_func (g_free);

      if (depth == MAX_LEVELS || g_hash_table_size (self->seen) > MAX_GROUPS)
        {
          presync_token_read_fail (
              self, PRESYNC_UNKNOWN_PARTIAL,
              g_strdup_printf (_ ("The groups of “%s” are nested too deeply to be followed."),
                               (const char *) self->level->pdata[0]));
          return TRUE;
        }
      for (guint i = 0; i < self->level->len; i += PRESYNC_PRINCIPAL_BATCH)
        if (!presync_token_read_batch (self, i, next, error))
          return FALSE;
      /* Servers give entries in any order; the next query is to be the same each time. */
      g_ptr_array_sort (next, presync_token_read_compare);
      g_clear_pointer (&self->level, g_ptr_array_unref);
      self->level = g_steal_pointer (&next);
    }
  return TRUE;
}

static void
presync_token_read_start_at (PresyncTokenRead *self, const char *sid)
{
  g_ptr_array_add (self->level, g_strconcat ("CN=", sid, "," FOREIGN_CONTAINER ",",
                                             self->run->forest->domain_dn, NULL));
}

static gboolean
presync_token_read_run (PresyncProbeRun *run, const PresyncPrincipal *principal, gboolean everybody,
                        PresyncToken **token, PresyncOrigin **origin, PresyncUnknown *reason,
                        char **problem, GError **error)
{
  g_auto (PresyncTokenRead) self = { .run = run, .token = presync_token_new () };

  *token = NULL;
  *origin = NULL;
  *reason = PRESYNC_UNKNOWN_NONE;
  *problem = NULL;
  self.seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self.level = g_ptr_array_new_with_free_func (g_free);
  if (principal->kind == PRESYNC_PRINCIPAL_FOREIGN)
    g_ptr_array_add (self.level, g_strdup (principal->dn));
  else if (!presync_token_read_groups (&self, principal, error))
    return FALSE;
  if (principal->sid.size > 0)
    presync_token_add (self.token, &principal->sid);
  presync_token_read_add_text (&self, EVERYONE);
  presync_token_read_add_text (&self, AUTHENTICATED_USERS);
  if (everybody)
    {
      presync_token_read_start_at (&self, EVERYONE);
      presync_token_read_start_at (&self, AUTHENTICATED_USERS);
    }
  if (!presync_token_read_upwards (&self, error))
    return FALSE;
  if (principal->sid.size == 0)
    presync_token_read_fail (&self, PRESYNC_UNKNOWN_NO_RIGHT,
                             presync_probe_dup_hidden (run, "objectSid", principal->dn));
  *origin = g_steal_pointer (&self.origin);
  *reason = self.reason;
  *problem = g_steal_pointer (&self.problem);
  if (*problem == NULL)
    *token = g_steal_pointer (&self.token);
  return TRUE;
}

gboolean
presync_principal_search_token (PresyncProbeRun *run, const PresyncPrincipal *principal,
                                PresyncToken **token, PresyncOrigin **origin,
                                PresyncUnknown *reason, char **problem, GError **error)
{
  return presync_token_read_run (run, principal, TRUE, token, origin, reason, problem, error);
}

gboolean
presync_principal_search_own_token (PresyncProbeRun *run, const PresyncPrincipal *principal,
                                    PresyncToken **token, PresyncOrigin **origin,
                                    PresyncUnknown *reason, char **problem, GError **error)
{
  return presync_token_read_run (run, principal, FALSE, token, origin, reason, problem, error);
}

gboolean
presync_principal_read_token (PresyncDirectory *directory, const PresyncForest *forest,
                              const PresyncPrincipal *principal, PresyncToken **token,
                              PresyncOrigin **origin, PresyncUnknown *reason, char **problem,
                              GCancellable *cancellable, GError **error)
{
  PresyncProbeRun run = { .directory = directory, .forest = forest, .cancellable = cancellable };

  return presync_principal_search_token (&run, principal, token, origin, reason, problem, error);
}
