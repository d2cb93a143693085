/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sources/directory/probe-read.h"

#include <string.h>
#include <glib/gi18n.h>

#include "sources/directory/account-state.h"
#include "sources/directory/dn.h"
#include "sources/directory/right-judge.h"

#define DEVICES "CN=RegisteredDevices,"
#define REGISTRATION "CN=Device Registration Configuration,CN=Services,"

static const char *const roles[] = { "connector", "gmsa" };

/* Of one account */
typedef struct
{
  const char *role;
  const PresyncRight *rights;
  guint n_rights;
  guint first_slot;
  PresyncPrincipalFound found;
  PresyncToken *token; /* (nullable): @reason and @problem tell why */
  PresyncUnknown reason;
  char *problem;
  PresyncOrigin *origin;
  const PresyncRightRoot *unread[16]; /* of each right: the root that could not be read */
} PresyncRightAccount;

/* Of one run; lives on the stack */
typedef struct
{
  PresyncProbeRun *run;
  PresyncDomains *domains;
  GPtrArray *accounts;      /* of PresyncRightAccount */
  PresyncProbeRead *schema; /* classes and attributes that a right may need */
  PresyncRightRoots roots;
  GPtrArray *questions;
  PresyncRightScan *scan; /* nullable */
  GHashTable *names;      /* SID as text to a name for people */
} PresyncRightProbe;

/* "user" is there in every schema: who does not see it sees nothing. */
static const PresyncProbeQuery schema_query = {
  PRESYNC_BASE_SCHEMA,
  NULL,
  PRESYNC_SCOPE_ONE_LEVEL,
  "(|(lDAPDisplayName=user)(lDAPDisplayName=publicFolder)(lDAPDisplayName=msDS-Device)"
  "(lDAPDisplayName=msDS-KeyCredentialLink))",
  { "lDAPDisplayName", NULL },
  0,
};

static void
presync_right_account_free (PresyncRightAccount *self)
{
  presync_principal_found_clear (&self->found);
  g_clear_pointer (&self->token, presync_token_free);
  g_free (self->problem);
  g_clear_object (&self->origin);
  g_free (self);
}

static gboolean
presync_right_probe_add_account (PresyncRightProbe *self, const char *role, const char *name,
                                 GError **error)
{
  PresyncRightAccount *account = g_new0 (PresyncRightAccount, 1);

  account->role = role;
  account->rights = presync_rights (role, &account->n_rights);
  g_ptr_array_add (self->accounts, account);
  if (!presync_account_search (self->run, self->domains, name, FALSE, &account->found, error))
    return FALSE;
  if (account->found.principal != NULL && strcmp (role, "gmsa") == 0)
    account->problem
        = presync_account_dup_no_gmsa (self->run, account->found.principal, &account->reason);
  if (account->problem != NULL)
    {
      account->origin = g_object_ref (account->found.origin);
      return TRUE;
    }
  if (account->found.principal != NULL)
    return presync_principal_search_token (self->run, account->found.principal, &account->token,
                                           &account->origin, &account->reason, &account->problem,
                                           error);
  account->reason = account->found.reason;
  account->problem = g_strdup (account->found.problem);
  account->origin = g_object_ref (account->found.origin);
  return TRUE;
}

/* Facts of one domain that nothing is known of */
static void
presync_right_probe_add_unknown (PresyncRightProbe *self, const char *role, const char *id,
                                 const char *subject, PresyncUnknown reason, const char *problem,
                                 PresyncOrigin *origin)
{
  gsize n;
  const PresyncAccessRight *rights = presync_access_rights (role, &n);

  for (gsize i = 0; i < n; i++)
    {
      if (id != NULL && strcmp (rights[i].id, id) != 0)
        continue;
      presync_probe_add (
          self->run, presync_fact_new_unknown (rights[i].fact, subject, reason, problem, origin));
      presync_probe_add (
          self->run, presync_fact_new_unknown (rights[i].gaps, subject, reason, problem, origin));
    }
}

/* Nothing is sent to servers that nobody named. */
static void
presync_right_probe_add_other_domains (PresyncRightProbe *self, const char *role)
{
  const PresyncDomain *own = presync_domains_own (self->domains);

  for (guint i = 0; i < self->domains->list->len; i++)
    {
      const PresyncDomain *domain = g_ptr_array_index (self->domains->list, i);
      g_autofree char *problem = g_strdup_printf (
          _ ("Connect to a domain controller of %s to see its rights."), domain->dns);
      if (domain != own)
        presync_right_probe_add_unknown (self, role, NULL, domain->dns, PRESYNC_UNKNOWN_NOT_OFFERED,
                                         problem, self->domains->origin);
    }
  if (!self->domains->whole)
    presync_right_probe_add_unknown (
        self, role, NULL, "", PRESYNC_UNKNOWN_PARTIAL,
        _ ("It is not known which other domains the forest has: CN=Partitions was not shown."),
        self->domains->origin);
}

static gboolean
presync_right_probe_needs (const PresyncRightProbe *self, PresyncRightPlace place)
{
  for (guint i = 0; i < self->accounts->len; i++)
    {
      const PresyncRightAccount *account = g_ptr_array_index (self->accounts, i);
      for (guint j = 0; account->token != NULL && j < account->n_rights; j++)
        if (account->rights[j].place == place)
          return TRUE;
    }
  return FALSE;
}

/* (transfer full): the unit that group writeback writes to, or why there is none */
static PresyncRightRoot *
presync_right_probe_read_unit (PresyncRightProbe *self, GError **error)
{
  const char *dn = presync_accounts_get (self->run->accounts, "group-unit");
  const PresyncRightRoot *head = self->roots.head;
  g_autofree char *key = presync_dn_normalize (dn == NULL ? "" : dn);
  g_autofree char *problem = NULL;

  if (dn == NULL)
    return presync_right_root_new_unknown (
        "", PRESYNC_UNKNOWN_NOT_OFFERED,
        _ ("Name the unit that group writeback writes to, to see the rights there."));
  if (strcmp (key, head->key) == 0 || presync_dn_key_is_under (key, head->key))
    {
      PresyncRightRoot *root = presync_right_root_read (self->run, dn, error);

      if (root == NULL || root->sd == NULL || root->is_unit)
        return root;
      g_clear_pointer (&root->sd, presync_security_descriptor_free);
      root->reason = PRESYNC_UNKNOWN_NOT_OFFERED;
      root->problem = g_strdup_printf (_ ("“%s” is no organizational unit."), dn);
      return root;
    }
  problem = g_strdup_printf (_ ("“%s” is no unit of %s."), dn, self->run->forest->domain);
  return presync_right_root_new_unknown (dn, PRESYNC_UNKNOWN_NOT_OFFERED, problem);
}

/* (transfer full): a container that the preparation of device writeback makes */
static PresyncRightRoot *
presync_right_probe_read_container (PresyncRightProbe *self, const char *rdns, const char *base,
                                    GError **error)
{
  g_autofree char *dn = g_strconcat (rdns, base, NULL);
  PresyncRightRoot *root = presync_right_root_read (self->run, dn, error);

  if (root == NULL || !root->missing)
    return root;
  g_free (root->problem);
  root->reason = PRESYNC_UNKNOWN_NOT_OFFERED;
  root->problem = g_strdup_printf (
      _ ("There is no “%s”, or it is not shown: device writeback was not prepared here."), dn);
  return root;
}

static gboolean
presync_right_probe_read_roots (PresyncRightProbe *self, GError **error)
{
  const PresyncForest *forest = self->run->forest;
  PresyncRightRoots *roots = &self->roots;

  roots->head = presync_right_root_read (self->run, forest->domain_dn, error);
  if (roots->head == NULL)
    return FALSE;
  if (presync_right_probe_needs (self, PRESYNC_PLACE_GROUP_UNIT))
    {
      roots->group_unit = presync_right_probe_read_unit (self, error);
      if (roots->group_unit == NULL)
        return FALSE;
    }
  if (!presync_right_probe_needs (self, PRESYNC_PLACE_DEVICE_CONTAINERS))
    return TRUE;
  roots->devices = presync_right_probe_read_container (self, DEVICES, forest->domain_dn, error);
  if (roots->devices == NULL)
    return FALSE;
  roots->registration
      = presync_right_probe_read_container (self, REGISTRATION, forest->configuration_dn, error);
  return roots->registration != NULL;
}

/* (nullable) (transfer full): a sentence, if the schema does not have what the right is on */
static char *
presync_right_probe_dup_not_in_schema (const PresyncRightProbe *self, const PresyncRight *right,
                                       PresyncUnknown *reason)
{
  const PresyncProbeRead *read = self->schema;
  gboolean seen = FALSE;

  if (right->schema_class == NULL)
    return NULL;
  *reason = read->reason;
  if (read->reason != PRESYNC_UNKNOWN_NONE)
    return g_strdup (read->detail);
  for (guint i = 0; i < read->entries->len; i++)
    {
      const PresyncEntry *entry = g_ptr_array_index (read->entries, i);
      if (presync_entry_has_text (entry, "lDAPDisplayName", right->schema_class))
        return NULL;
      seen = seen || presync_entry_has_text (entry, "lDAPDisplayName", "user");
    }
  if (!seen || !read->complete)
    {
      *reason = PRESYNC_UNKNOWN_NO_RIGHT;
      return presync_probe_dup_hidden (self->run, "lDAPDisplayName", read->base);
    }
  *reason = PRESYNC_UNKNOWN_NOT_OFFERED;
  /* TRANSLATORS: %s is a class or attribute, such as publicFolder */
  return g_strdup_printf (_ ("The schema has no “%s”: there is nothing to have this right on."),
                          right->schema_class);
}

static guint
presync_right_probe_add_questions (PresyncRightProbe *self)
{
  guint slot = 0;

  for (guint i = 0; i < self->accounts->len; i++)
    {
      PresyncRightAccount *account = g_ptr_array_index (self->accounts, i);
      PresyncUnknown reason;

      account->first_slot = slot;
      slot += account->n_rights;
      for (guint j = 0; account->token != NULL && j < account->n_rights; j++)
        {
          const PresyncRight *right = &account->rights[j];
          g_autofree char *absent = presync_right_probe_dup_not_in_schema (self, right, &reason);
          if (absent == NULL)
            account->unread[j] = presync_right_questions_add (
                self->questions, right, account->first_slot + j, account->token, &self->roots);
        }
    }
  return slot;
}

static gboolean
presync_right_probe_look (PresyncRightProbe *self, guint n_slots, GError **error)
{
  g_autoptr (GPtrArray) principals = g_ptr_array_new ();

  for (guint i = 0; i < self->accounts->len; i++)
    {
      PresyncRightAccount *account = g_ptr_array_index (self->accounts, i);
      if (account->found.principal != NULL)
        g_ptr_array_add (principals, account->found.principal);
    }
  self->scan = presync_right_scan (self->run, self->questions, n_slots, principals, error);
  return self->scan != NULL;
}

static gboolean
presync_right_probe_add_facts (PresyncRightProbe *self, const PresyncRightAccount *account,
                               GError **error)
{
  const char *subject = self->run->forest->domain;
  gsize n;
  const PresyncAccessRight *keys = presync_access_rights (account->role, &n);
  const PresyncRightJudge judge
      = { self->run, self->domains, self->questions, self->scan, self->names };

  if (account->token == NULL)
    {
      presync_right_probe_add_unknown (self, account->role, NULL, subject, account->reason,
                                       account->problem, account->origin);
      return TRUE;
    }
  for (guint i = 0; i < account->n_rights; i++)
    {
      const PresyncRightRoot *root = account->unread[i];
      const char *id = account->rights[i].id;
      PresyncUnknown reason = PRESYNC_UNKNOWN_NONE;
      g_autofree char *absent
          = presync_right_probe_dup_not_in_schema (self, &account->rights[i], &reason);
      gsize j = 0;

      if (absent != NULL)
        presync_right_probe_add_unknown (self, account->role, id, subject, reason, absent,
                                         self->schema->origin);
      else if (root != NULL)
        presync_right_probe_add_unknown (
            self, account->role, id, subject, root->reason, root->problem,
            root->origin != NULL ? root->origin : self->roots.head->origin);
      else
        {
          while (j < n && strcmp (keys[j].id, id) != 0)
            j++;
          g_return_val_if_fail (j < n, FALSE);
          if (!presync_right_judge_add_facts (&judge, &keys[j], account->first_slot + i, error))
            return FALSE;
        }
    }
  return TRUE;
}

static gboolean
presync_right_probe_run (PresyncRightProbe *self, GError **error)
{
  guint n_slots;

  for (guint i = 0; i < G_N_ELEMENTS (roles); i++)
    {
      const char *name = presync_accounts_get (self->run->accounts, roles[i]);
      if (name != NULL && !presync_right_probe_add_account (self, roles[i], name, error))
        return FALSE;
    }
  self->schema = presync_probe_read (self->run, &schema_query, error);
  if (self->schema == NULL || !presync_right_probe_read_roots (self, error))
    return FALSE;
  n_slots = presync_right_probe_add_questions (self);
  if (self->questions->len > 0 && !presync_right_probe_look (self, n_slots, error))
    return FALSE;
  for (guint i = 0; i < self->accounts->len; i++)
    {
      const PresyncRightAccount *account = g_ptr_array_index (self->accounts, i);
      if (!presync_right_probe_add_facts (self, account, error))
        return FALSE;
      presync_right_probe_add_other_domains (self, account->role);
    }
  return TRUE;
}

gboolean
presync_probe_rights (PresyncProbeRun *run, GError **error)
{
  PresyncRightProbe self = { .run = run };
  g_autoptr (PresyncDomains) domains = NULL;
  g_autoptr (GPtrArray) accounts = NULL;
  g_autoptr (GPtrArray) questions = NULL;
  g_autoptr (GHashTable) names = NULL;
  gboolean good;

  if (presync_accounts_get (run->accounts, "connector") == NULL
      && presync_accounts_get (run->accounts, "gmsa") == NULL)
    return TRUE;
  domains = presync_domains_read (run, error);
  if (domains == NULL)
    return FALSE;
  accounts = g_ptr_array_new_with_free_func ((GDestroyNotify) presync_right_account_free);
  questions = g_ptr_array_new_with_free_func ((GDestroyNotify) presync_right_question_free);
  names = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self.domains = domains;
  self.accounts = accounts;
  self.questions = questions;
  self.names = names;
  good = presync_right_probe_run (&self, error);
  g_clear_pointer (&self.schema, presync_probe_read_free);
  g_clear_pointer (&self.scan, presync_right_scan_free);
  presync_right_roots_clear (&self.roots);
  return good;
}
