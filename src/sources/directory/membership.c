/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sources/directory/membership.h"

#include "facts/access-text.h"
#include "sources/directory/dn.h"
#include "sources/directory/filter.h"

#include <glib/gi18n.h>

/* RIDs of the built-in groups, [MS-DTYP] 2.4.2.4 */
#define RID_DOMAIN_ADMINS 512
#define RID_ENTERPRISE_ADMINS 519 /* of the forest's root domain only */
#define RID_PROTECTED_USERS 525

void
presync_heads_free (PresyncHeads *self)
{
  if (self == NULL)
    return;
  g_free (self->problem);
  g_free (self->root_problem);
  g_free (self);
}

/* The domains that this one trusts are known here by their SIDs, the root among them if it is the
 * parent or a tree of its own begins here ([MS-ADTS] 6.1.6.7). */
static gboolean
presync_heads_read_trust (PresyncProbeRun *run, PresyncSid *sid, gboolean *found, GError **error)
{
  static const char *const attributes[] = { "securityIdentifier", NULL };
  g_autofree char *base = g_strconcat ("CN=System,", run->forest->domain_dn, NULL);
  g_autofree char *root = presync_filter_escape (run->forest->forest);
  g_autofree char *filter
      = g_strdup_printf ("(&(objectClass=trustedDomain)(trustPartner=%s))", root);
  PresyncQuery query = { base, PRESYNC_SCOPE_ONE_LEVEL, filter, attributes, 0, 0 };
  g_autoptr (PresyncProbeRead) read = presync_probe_read_query (run, &query, error);
  PresyncEntry *trust = read == NULL ? NULL : presync_probe_read_first (read);
  GPtrArray *values = trust == NULL ? NULL : presync_entry_get_values (trust, "securityIdentifier");

  *found = values != NULL && presync_sid_from_bytes (g_ptr_array_index (values, 0), sid);
  return read != NULL;
}

/* The SID of the head @dn. Another domain's head is not held by this server, and none is asked that
 * nobody named. */
static gboolean
presync_heads_read_one (PresyncProbeRun *run, const char *dn, PresyncSid *sid,
                        PresyncUnknown *reason, char **problem, GError **error)
{
  static const char *const attributes[] = { "objectSid", NULL };
  PresyncQuery query = { dn, PRESYNC_SCOPE_BASE, "(objectClass=*)", attributes, 0, 0 };
  g_autoptr (PresyncProbeRead) read = presync_probe_read_query (run, &query, error);
  PresyncEntry *head = read == NULL ? NULL : presync_probe_read_first (read);
  GPtrArray *values = head == NULL ? NULL : presync_entry_get_values (head, "objectSid");

  if (read == NULL)
    return FALSE;
  if (values != NULL && presync_sid_from_bytes (g_ptr_array_index (values, 0), sid))
    return TRUE;
  if (!presync_dn_equal (dn, run->forest->domain_dn))
    {
      gboolean found;

      if (!presync_heads_read_trust (run, sid, &found, error))
        return FALSE;
      if (found)
        return TRUE;
      *reason = PRESYNC_UNKNOWN_NOT_OFFERED;
      *problem = g_strdup_printf (_ ("Connect to a domain controller of %s to see who is an "
                                     "Enterprise Admin."),
                                  run->forest->forest);
    }
  else if (read->reason != PRESYNC_UNKNOWN_NONE)
    {
      *reason = read->reason;
      *problem = g_strdup (read->detail);
    }
  else
    {
      *reason = PRESYNC_UNKNOWN_NO_RIGHT;
      *problem = presync_probe_dup_hidden (run, "objectSid", dn);
    }
  return TRUE;
}

PresyncHeads *
presync_heads_read (PresyncProbeRun *run, GError **error)
{
  const PresyncForest *forest = run->forest;
  g_autoptr (PresyncHeads) self = g_new0 (PresyncHeads, 1);

  if (!presync_heads_read_one (run, forest->domain_dn, &self->domain, &self->reason, &self->problem,
                               error))
    return NULL;
  if (presync_dn_equal (forest->domain_dn, forest->root_domain_dn))
    {
      self->root = self->domain;
      self->root_reason = self->reason;
      self->root_problem = g_strdup (self->problem);
    }
  else if (!presync_heads_read_one (run, forest->root_domain_dn, &self->root, &self->root_reason,
                                    &self->root_problem, error))
    return NULL;
  return g_steal_pointer (&self);
}

/* Groups nested deeper than this are followed no more. */
#define MAX_LEVELS 16

/**
 * PresyncMembership: what one account is in
 * @direct: keys (presync_dn_normalize()) of the groups it is in without another between
 * @primary: SID of its primary group; "none" if that was not shown
 * @paths: (element-type utf8): of presync_access_path_format()
 * @reason, @problem: why the paths are not known
 */
typedef struct
{
  PresyncProbeRun *run;
  const PresyncHeads *heads;
  const PresyncPrincipal *principal;
  const char *role;
  PresyncToken *token;
  PresyncOrigin *origin;
  PresyncUnknown token_reason;
  char *token_problem;
  GHashTable *direct;
  PresyncSid primary;
  GPtrArray *paths;
  PresyncUnknown reason;
  char *problem;
} PresyncMembership;

static void
presync_membership_clear (PresyncMembership *self)
{
  g_clear_pointer (&self->token, presync_token_free);
  g_clear_object (&self->origin);
  g_clear_pointer (&self->token_problem, g_free);
  g_clear_pointer (&self->direct, g_hash_table_unref);
  g_clear_pointer (&self->paths, g_ptr_array_unref);
  g_clear_pointer (&self->problem, g_free);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (PresyncMembership, presync_membership_clear)

/* (nullable): the record of ROLE.@name; not every role has every key */
static const PresyncFactKey *
presync_membership_key (const PresyncMembership *self, const char *name)
{
  g_autofree char *id = g_strconcat (self->role, ".", name, NULL);

  return presync_fact_key_find (id);
}

static void
presync_membership_add_unknown (PresyncMembership *self, const PresyncFactKey *key,
                                PresyncUnknown reason, const char *problem)
{
  presync_probe_add (self->run, presync_fact_new_unknown (key->id, self->principal->name, reason,
                                                          problem, self->origin));
}

/* Is the account in the group @rid of @domain? */
static void
presync_membership_add_boolean (PresyncMembership *self, const char *name, const PresyncSid *domain,
                                guint32 rid, PresyncUnknown reason, const char *problem)
{
  const PresyncFactKey *key = presync_membership_key (self, name);
  PresyncSid group;

  if (key == NULL)
    return;
  if (self->token == NULL)
    presync_membership_add_unknown (self, key, self->token_reason, self->token_problem);
  else if (problem != NULL || !presync_sid_append (domain, rid, &group))
    presync_membership_add_unknown (self, key, reason, problem);
  else
    presync_probe_add (self->run, presync_fact_new_boolean (key->id, self->principal->name,
                                                            presync_token_has (self->token, &group),
                                                            self->origin));
}

/* All that it acts with by its own memberships; not every role has such a key. */
static void
presync_membership_add_sids (PresyncMembership *self)
{
  const PresyncFactKey *key = presync_membership_key (self, "sids");
  g_auto (GStrv) texts = NULL;

  if (key == NULL)
    return;
  if (self->token == NULL)
    {
      presync_membership_add_unknown (self, key, self->token_reason, self->token_problem);
      return;
    }
  texts = presync_token_dup_texts (self->token);
  presync_probe_add (self->run, presync_fact_new_list (key->id, self->principal->name,
                                                       (const char *const *) texts, self->origin));
}

static void
presync_membership_fail (PresyncMembership *self, PresyncUnknown reason, const char *problem)
{
  if (self->problem != NULL)
    return;
  self->reason = reason;
  self->problem = g_strdup (problem);
}

/* Reads below the domain; a read that fails or ends early is noted as the reason. */
static PresyncProbeRead *
presync_membership_read (PresyncMembership *self, const char *base, PresyncScope scope,
                         const char *filter, const char *const *attributes, GError **error)
{
  PresyncQuery query = { base, scope, filter, attributes, 0, 0 };
  PresyncProbeRead *read = presync_probe_read_query (self->run, &query, error);

  if (read != NULL && read->reason != PRESYNC_UNKNOWN_NONE)
    presync_membership_fail (self, read->reason, read->detail);
  else if (read != NULL && !read->complete && read->partial != NULL)
    presync_membership_fail (self, PRESYNC_UNKNOWN_PARTIAL, read->partial);
  return read;
}

/* A group's members may be read by all who may read the group; the groups of an account may not. So
 * the groups are asked whether they have it. The primary group has it without saying so. */
static gboolean
presync_membership_read_direct (PresyncMembership *self, GError **error)
{
  static const char *const primary[] = { "primaryGroupID", NULL };
  static const char *const none[] = { "1.1", NULL };
  g_autofree char *dn = presync_filter_escape (self->principal->dn);
  g_autofree char *filter = g_strdup_printf ("(&(objectClass=group)(member=%s))", dn);
  g_autoptr (PresyncProbeRead) account = NULL;
  g_autoptr (PresyncProbeRead) groups = NULL;
  PresyncSid domain;
  gint64 rid;

  self->direct = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  account = presync_membership_read (self, self->principal->dn, PRESYNC_SCOPE_BASE,
                                     "(objectClass=*)", primary, error);
  if (account == NULL)
    return FALSE;
  if (presync_probe_read_first (account) != NULL
      && presync_entry_get_integer (presync_probe_read_first (account), "primaryGroupID", &rid)
      && rid > 0 && rid <= G_MAXUINT32 && presync_sid_get_domain (&self->principal->sid, &domain))
    presync_sid_append (&domain, (guint32) rid, &self->primary);
  groups = presync_membership_read (self, self->run->forest->domain_dn, PRESYNC_SCOPE_SUBTREE,
                                    filter, none, error);
  if (groups == NULL)
    return FALSE;
  for (guint i = 0; i < groups->entries->len; i++)
    g_hash_table_add (self->direct, presync_dn_normalize (presync_entry_get_dn (
                                        g_ptr_array_index (groups->entries, i))));
  return TRUE;
}

/**
 * PresyncStep: a group on the way down from the one that matters
 * @above: index of the group it is in; -1 for the first
 */
typedef struct
{
  char *dn;
  char *name;
  PresyncSid sid;
  int above;
} PresyncStep;

static void
presync_step_clear (PresyncStep *step)
{
  g_free (step->dn);
  g_free (step->name);
}

static int
presync_membership_compare_entries (gconstpointer a, gconstpointer b)
{
  return g_ascii_strcasecmp (presync_entry_get_dn (*(PresyncEntry *const *) a),
                             presync_entry_get_dn (*(PresyncEntry *const *) b));
}

/* Adds the groups of @read that the account is in by its token: others are no way to it. */
static void
presync_membership_add_steps (PresyncMembership *self, GArray *steps, GHashTable *seen,
                              PresyncProbeRead *read, int above)
{
  g_ptr_array_sort (read->entries, presync_membership_compare_entries);
  for (guint i = 0; i < read->entries->len; i++)
    {
      PresyncEntry *entry = g_ptr_array_index (read->entries, i);
      GPtrArray *values = presync_entry_get_values (entry, "objectSid");
      PresyncStep step = { .above = above };

      if (values == NULL || !presync_sid_from_bytes (g_ptr_array_index (values, 0), &step.sid)
          || !presync_token_has (self->token, &step.sid)
          || !g_hash_table_add (seen, presync_dn_normalize (presync_entry_get_dn (entry))))
        continue;
      step.dn = g_strdup (presync_entry_get_dn (entry));
      step.name = presync_entry_dup_text (entry, "sAMAccountName");
      if (step.name == NULL)
        step.name = presync_dn_dup_name (step.dn);
      g_array_append_val (steps, step);
    }
}

static gboolean
presync_membership_is_direct (const PresyncMembership *self, const PresyncStep *step)
{
  g_autofree char *key = presync_dn_normalize (step->dn);

  return g_hash_table_contains (self->direct, key)
         || (self->primary.size > 0 && presync_sid_equal (&self->primary, &step->sid));
}

/* (transfer full): outermost first */
static char *
presync_membership_format (GArray *steps, guint last)
{
  g_autoptr (GPtrArray) names = g_ptr_array_new ();

  for (int i = (int) last; i >= 0; i = g_array_index (steps, PresyncStep, i).above)
    g_ptr_array_insert (names, 0, g_array_index (steps, PresyncStep, i).name);
  g_ptr_array_add (names, NULL);
  return presync_access_path_format ((const char *const *) names->pdata);
}

/* Breadth first, so the first way that is found is the shortest; each group is visited once. */
static gboolean
presync_membership_walk (PresyncMembership *self, GArray *steps, GHashTable *seen, GError **error)
{
  static const char *const attributes[] = { "objectSid", "sAMAccountName", NULL };
  guint end = steps->len;

  for (guint i = 0, level = 0; i < steps->len && level < MAX_LEVELS; i++)
    {
      const PresyncStep *step = &g_array_index (steps, PresyncStep, i);
      g_autofree char *dn = presync_filter_escape (step->dn);
      g_autofree char *filter = g_strdup_printf ("(&(objectClass=group)(memberOf=%s))", dn);
      g_autoptr (PresyncProbeRead) read = NULL;

      if (presync_membership_is_direct (self, step))
        {
          g_ptr_array_add (self->paths, presync_membership_format (steps, i));
          return TRUE;
        }
      read = presync_membership_read (self, self->run->forest->domain_dn, PRESYNC_SCOPE_SUBTREE,
                                      filter, attributes, error);
      if (read == NULL)
        return FALSE;
      presync_membership_add_steps (self, steps, seen, read, (int) i);
      if (i + 1 == end)
        {
          level++;
          end = steps->len;
        }
    }
  return TRUE;
}

/* The account is in the group @rid of @domain, but the way to it was not found. */
static void
presync_membership_fail_way (PresyncMembership *self, const PresyncSid *domain, guint32 rid)
{
  const char *group = rid == RID_DOMAIN_ADMINS ? "Domain Admins" : "Enterprise Admins";
  g_autofree char *text = NULL;

  if (presync_sid_equal (domain, &self->heads->domain))
    {
      text = g_strdup_printf (_ ("%s does not show how “%s” is in the group %s."),
                              presync_directory_get_target (self->run->directory),
                              self->principal->name, group);
      presync_membership_fail (self, PRESYNC_UNKNOWN_NO_RIGHT, text);
      return;
    }
  text = g_strdup_printf (
      _ ("Connect to a domain controller of %s to see how “%s” is in the group %s."),
      self->run->forest->forest, self->principal->name, group);
  presync_membership_fail (self, PRESYNC_UNKNOWN_NOT_OFFERED, text);
}

/* Adds the shortest way to the group @rid of @domain, if the account is in it at all. */
static gboolean
presync_membership_add_path (PresyncMembership *self, const PresyncSid *domain, guint32 rid,
                             GError **error)
{
  static const char *const attributes[] = { "objectSid", "sAMAccountName", NULL };
  g_autoptr (GArray) steps = g_array_new (FALSE, FALSE, sizeof (PresyncStep));
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autofree char *filter = NULL;
  g_autoptr (PresyncProbeRead) top = NULL;
  guint before = self->paths->len;
  PresyncSid group;

  g_array_set_clear_func (steps, (GDestroyNotify) presync_step_clear);
  if (!presync_sid_append (domain, rid, &group) || !presync_token_has (self->token, &group))
    return TRUE;
  /* Most accounts are in neither group, and need none of these reads. */
  if (self->direct == NULL && !presync_membership_read_direct (self, error))
    return FALSE;
  filter = presync_principal_dup_sid_filter (&group, 1);
  top = presync_membership_read (self, self->run->forest->domain_dn, PRESYNC_SCOPE_SUBTREE, filter,
                                 attributes, error);
  if (top == NULL)
    return FALSE;
  presync_membership_add_steps (self, steps, seen, top, -1);
  if (!presync_membership_walk (self, steps, seen, error))
    return FALSE;
  if (self->paths->len > before)
    return TRUE;
  presync_membership_fail_way (self, domain, rid);
  return TRUE;
}

static gboolean
presync_membership_add_paths (PresyncMembership *self, GError **error)
{
  const PresyncFactKey *key = presync_membership_key (self, "membership");
  const PresyncHeads *heads = self->heads;
  g_autoptr (PresyncOrigin) origin = NULL;

  if (self->token == NULL)
    presync_membership_fail (self, self->token_reason, self->token_problem);
  else if (heads->problem != NULL)
    presync_membership_fail (self, heads->reason, heads->problem);
  if (self->problem == NULL
      && ((heads->root_problem == NULL
           && !presync_membership_add_path (self, &heads->root, RID_ENTERPRISE_ADMINS, error))
          || !presync_membership_add_path (self, &heads->domain, RID_DOMAIN_ADMINS, error)))
    return FALSE;
  if (self->token != NULL && heads->root_problem != NULL)
    presync_membership_fail (self, heads->root_reason, heads->root_problem);
  /* A way that was found is one, whatever others there may be. */
  if (self->problem != NULL && self->paths->len == 0)
    {
      presync_membership_add_unknown (self, key, self->reason, self->problem);
      return TRUE;
    }
  origin = presync_origin_new (
      presync_origin_get_source (self->origin), presync_origin_get_target (self->origin),
      presync_origin_get_query (self->origin), presync_origin_get_at (self->origin),
      self->problem == NULL && presync_origin_get_complete (self->origin));
  g_ptr_array_add (self->paths, NULL);
  presync_probe_add (self->run,
                     presync_fact_new_list (key->id, self->principal->name,
                                            (const char *const *) self->paths->pdata, origin));
  return TRUE;
}

gboolean
presync_membership_add_facts (PresyncProbeRun *run, const PresyncHeads *heads,
                              const PresyncPrincipal *principal, const char *role, GError **error)
{
  g_auto (PresyncMembership) self
      = { .run = run, .heads = heads, .principal = principal, .role = role };

  if (!presync_principal_search_own_token (run, principal, &self.token, &self.origin,
                                           &self.token_reason, &self.token_problem, error))
    return FALSE;
  self.paths = g_ptr_array_new_with_free_func (g_free);
  presync_membership_add_boolean (&self, "domain-admin", &heads->domain, RID_DOMAIN_ADMINS,
                                  heads->reason, heads->problem);
  presync_membership_add_boolean (&self, "enterprise-admin", &heads->root, RID_ENTERPRISE_ADMINS,
                                  heads->root_reason, heads->root_problem);
  presync_membership_add_boolean (&self, "protected-user", &heads->domain, RID_PROTECTED_USERS,
                                  heads->reason, heads->problem);
  presync_membership_add_sids (&self);
  return presync_membership_add_paths (&self, error);
}
