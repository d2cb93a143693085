/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sources/directory/principal-search.h"

#include "sources/directory/dn.h"
#include "sources/directory/filter.h"
#include "sources/directory/ldif-directory.h"

#include <string.h>
#include <glib/gi18n.h>

#define GMSA_CLASS "msDS-GroupManagedServiceAccount"

/* [MS-DTYP] 2.4.2.4 */
#define ADMINISTRATORS "S-1-5-32-544"
#define DOMAIN_SIDS "S-1-5-21-"
#define DOMAIN_ADMINS "-512"
#define ENTERPRISE_ADMINS "-519"

static const char *const attributes[] = { PRESYNC_PRINCIPAL_ATTRIBUTES, NULL };

/**
 * PresyncNameForm: what a name as a person gives it says
 */
typedef enum
{
  NAME_DN,
  NAME_SID,
  NAME_UPN,
  NAME_ACCOUNT, /* DOMAIN\name, or just the name */
} PresyncNameForm;

typedef struct
{
  PresyncProbeRun *run;
  const PresyncDomains *domains;
  const char *given;
  PresyncNameForm form;
  char *domain; /* before the backslash, behind the "@", or of the DN; nullable */
  char *name;   /* without it */
  PresyncSid sid;
  PresyncPrincipalFound *found;
} PresyncNameSearch;

void
presync_principal_found_clear (PresyncPrincipalFound *self)
{
  g_clear_pointer (&self->principal, presync_principal_free);
  g_clear_pointer (&self->problem, g_free);
  g_clear_object (&self->origin);
  self->absent = FALSE;
  self->reason = PRESYNC_UNKNOWN_NONE;
}

/* @problem: (transfer full) */
static gboolean
presync_name_search_fail (PresyncNameSearch *self, PresyncOrigin *origin, PresyncUnknown reason,
                          char *problem)
{
  g_set_object (&self->found->origin, origin);
  self->found->reason = reason;
  self->found->problem = problem;
  return TRUE;
}

static void
presync_name_search_parse (PresyncNameSearch *self)
{
  const char *given = self->given;
  const char *backslash = strchr (given, '\\');
  const char *at = strrchr (given, '@');
  g_autofree char *domain = presync_dn_dup_domain (given);

  if (strchr (given, '=') != NULL && domain[0] != '\0')
    {
      self->form = NAME_DN;
      self->domain = g_steal_pointer (&domain);
      self->name = g_strdup (given);
    }
  else if (g_ascii_strncasecmp (given, "S-1-", 4) == 0 && presync_sid_parse (given, &self->sid))
    {
      self->form = NAME_SID;
      self->name = g_strdup (given);
    }
  else if (backslash != NULL)
    {
      self->form = NAME_ACCOUNT;
      self->domain = g_strndup (given, (gsize) (backslash - given));
      self->name = g_strdup (backslash + 1);
    }
  else if (at != NULL)
    {
      self->form = NAME_UPN;
      self->domain = g_strdup (at + 1);
      self->name = g_strndup (given, (gsize) (at - given));
    }
  else
    {
      self->form = NAME_ACCOUNT;
      self->name = g_strdup (given);
    }
}

static gboolean
presync_name_search_is_own (const PresyncNameSearch *self)
{
  return self->domain == NULL
         || presync_domains_find (self->domains, self->domain)
                == presync_domains_own (self->domains);
}

/* The domain that was named is not the one that was asked. */
static gboolean
presync_name_search_elsewhere (PresyncNameSearch *self, PresyncOrigin *origin)
{
  const PresyncForest *forest = self->run->forest;
  const PresyncDomain *domain = presync_domains_find (self->domains, self->domain);
  char *problem;

  if (domain != NULL)
    problem = g_strdup_printf (_ ("Connect to a domain controller of %s to see “%s”."), domain->dns,
                               self->given);
  else if (self->domains->whole)
    problem = g_strdup_printf (_ ("%s is no domain of this forest (%s)."), self->domain,
                               forest->forest);
  else
    problem = g_strdup_printf (_ ("%s is not the domain %s, and the other domains of the forest "
                                  "are not shown."),
                               self->domain, forest->domain);
  return presync_name_search_fail (self, origin, PRESYNC_UNKNOWN_NOT_OFFERED, problem);
}

/* (transfer full): the computer object of the controller that answers comes along: if not even that
 * does, the absence of others means nothing. */
static char *
presync_name_search_dup_filter (const PresyncNameSearch *self)
{
  g_autoptr (GString) filter = g_string_new ("(|");
  g_autofree char *name = presync_filter_escape (self->name);
  g_autofree char *given = presync_filter_escape (self->given);
  g_autofree char *controller = presync_filter_escape (self->run->forest->controller);

  if (self->form == NAME_SID)
    {
      g_autofree char *sid = presync_sid_dup_filter (&self->sid);
      g_string_append_printf (filter, "(objectSid=%s)", sid);
    }
  else if (self->form == NAME_UPN)
    g_string_append_printf (filter, "(userPrincipalName=%s)", given);
  if (self->form == NAME_UPN && presync_name_search_is_own (self))
    g_string_append_printf (filter, "(sAMAccountName=%s)", name);
  if (self->form == NAME_ACCOUNT)
    g_string_append_printf (filter,
                            "(sAMAccountName=%s)(sAMAccountName=%s$)"
                            "(&(objectClass=" GMSA_CLASS ")(cn=%s))",
                            name, name, name);
  g_string_append_printf (filter, "(&(objectCategory=computer)(dNSHostName=%s)))", controller);
  return g_string_free (g_steal_pointer (&filter), FALSE);
}

/* How well @entry fits, 1 best; 0: it just came along. What the server says to fit and is not
 * understood here (it takes "e" for "é") fits least. */
static guint
presync_name_search_rank (const PresyncNameSearch *self, const PresyncEntry *entry)
{
  g_autofree char *account = g_strconcat (self->name, "$", NULL);

  if (self->form == NAME_SID)
    {
      GPtrArray *sid = presync_entry_get_values (entry, "objectSid");
      PresyncSid own;

      return sid != NULL && presync_sid_from_bytes (g_ptr_array_index (sid, 0), &own)
             && presync_sid_equal (&own, &self->sid);
    }
  if (self->form == NAME_UPN && presync_entry_has_text (entry, "userPrincipalName", self->given))
    return 1;
  if (presync_entry_has_text (entry, "sAMAccountName", self->name)
      && (self->form == NAME_ACCOUNT || presync_name_search_is_own (self)))
    return 2;
  if (self->form == NAME_ACCOUNT && presync_entry_has_text (entry, "sAMAccountName", account))
    return 3;
  if (self->form == NAME_ACCOUNT && presync_entry_has_text (entry, "objectClass", GMSA_CLASS)
      && presync_entry_has_text (entry, "cn", self->name))
    return 4;
  return presync_entry_has_text (entry, "dNSHostName", self->run->forest->controller) ? 0 : 5;
}

/* (nullable): the entry that fits best; *@second: another that fits as well; *@visible: objects can
 * be seen at all */
static PresyncEntry *
presync_name_search_pick (const PresyncNameSearch *self, const PresyncProbeRead *read,
                          PresyncEntry **second, gboolean *visible)
{
  PresyncEntry *best = NULL;
  guint best_rank = G_MAXUINT;

  *second = NULL;
  *visible = FALSE;
  for (guint i = 0; i < read->entries->len; i++)
    {
      PresyncEntry *entry = g_ptr_array_index (read->entries, i);
      guint rank = presync_name_search_rank (self, entry);

      if (presync_entry_has_text (entry, "dNSHostName", self->run->forest->controller)
          && presync_entry_get_values (entry, "sAMAccountName") != NULL)
        *visible = TRUE;
      if (rank == 0 || rank > best_rank)
        continue;
      *second = rank == best_rank ? best : NULL;
      best = entry;
      best_rank = rank;
    }
  return best;
}

static gboolean
presync_name_search_hidden (PresyncNameSearch *self, const PresyncProbeRead *read)
{
  const char *target = presync_directory_get_target (self->run->directory);

  if (read->reason != PRESYNC_UNKNOWN_NONE && !read->missing)
    return presync_name_search_fail (self, read->origin, read->reason, g_strdup (read->detail));
  if (!read->complete && !read->missing)
    return presync_name_search_fail (
        self, read->origin, PRESYNC_UNKNOWN_PARTIAL,
        read->partial != NULL
            ? g_strdup (read->partial)
            : g_strdup_printf (_ ("%s ended the search for “%s” early."), target, self->given));
  if (PRESYNC_IS_LDIF_DIRECTORY (self->run->directory))
    return presync_name_search_fail (
        self, read->origin, PRESYNC_UNKNOWN_NOT_OFFERED,
        g_strdup_printf (_ ("The snapshot “%s” does not tell whether there is an account “%s”."),
                         target, self->given));
  return presync_name_search_fail (
      self, read->origin, PRESYNC_UNKNOWN_NO_RIGHT,
      g_strdup_printf (_ ("%s does not show the account that signed in whether there is an account "
                          "“%s”."),
                       target, self->given));
}

/* Administrators see what is hidden from others. Of groups that are not told nothing is known. */
static gboolean
presync_name_search_sees_all (const PresyncForest *forest)
{
  for (guint i = 0; forest->token_groups != NULL && forest->token_groups[i] != NULL; i++)
    {
      const char *group = forest->token_groups[i];

      if (strcmp (group, ADMINISTRATORS) == 0
          || (g_str_has_prefix (group, DOMAIN_SIDS)
              && (g_str_has_suffix (group, DOMAIN_ADMINS)
                  || g_str_has_suffix (group, ENTERPRISE_ADMINS))))
        return TRUE;
    }
  return FALSE;
}

static gboolean
presync_name_search_not_shown (PresyncNameSearch *self, const PresyncProbeRead *read)
{
  return presync_name_search_fail (
      self, read->origin, PRESYNC_UNKNOWN_NO_RIGHT,
      g_strdup_printf (_ ("No account “%s” is shown to whoever signed in to %s."), self->given,
                       presync_directory_get_target (self->run->directory)));
}

/* Does a snapshot tell nothing of this name? */
static gboolean
presync_name_search_is_untold (PresyncNameSearch *self)
{
  PresyncDirectory *directory = self->run->directory;

  return PRESYNC_IS_LDIF_DIRECTORY (directory)
         && !presync_ldif_directory_tells_of (PRESYNC_LDIF_DIRECTORY (directory), self->given);
}

static gboolean
presync_name_search_not_recorded (PresyncNameSearch *self, const PresyncProbeRead *read)
{
  return presync_name_search_fail (
      self, read->origin, PRESYNC_UNKNOWN_NOT_OFFERED,
      g_strdup_printf (_ ("The snapshot %s does not hold “%s”: record it again with this name."),
                       presync_directory_get_target (self->run->directory), self->given));
}

static gboolean
presync_name_search_absent (PresyncNameSearch *self, const PresyncProbeRead *read)
{
  if (presync_name_search_is_untold (self))
    return presync_name_search_not_recorded (self, read);
  if (!presync_name_search_sees_all (self->run->forest))
    return presync_name_search_not_shown (self, read);
  self->found->absent = TRUE;
  return presync_name_search_fail (self, read->origin, PRESYNC_UNKNOWN_NOT_OFFERED,
                                   g_strdup_printf (_ ("There is no account “%s” in %s."),
                                                    self->given, self->run->forest->domain));
}

/* It may well be in another domain of the forest, whose name says nothing about where it is. */
static gboolean
presync_name_search_not_here (PresyncNameSearch *self, const PresyncProbeRead *read)
{
  if (presync_name_search_is_untold (self))
    return presync_name_search_not_recorded (self, read);
  if (!presync_name_search_sees_all (self->run->forest))
    return presync_name_search_not_shown (self, read);
  return presync_name_search_fail (
      self, read->origin, PRESYNC_UNKNOWN_NOT_OFFERED,
      g_strdup_printf (_ ("The domain %s has no account “%s”; other domains were not read."),
                       self->run->forest->domain, self->given));
}

static gboolean
presync_name_search_take (PresyncNameSearch *self, const PresyncProbeRead *read,
                          const PresyncEntry *entry)
{
  g_set_object (&self->found->origin, read->origin);
  self->found->principal
      = presync_principal_from_entry (entry, presync_domains_get_title (self->domains));
  return TRUE;
}

/* A SID of another domain says so itself: it begins with that domain's. */
static gboolean
presync_name_search_sid_is_own (PresyncNameSearch *self, gboolean *own, GError **error)
{
  static const char *const sid_attribute[] = { "objectSid", NULL };
  PresyncQuery query = {
    self->run->forest->domain_dn, PRESYNC_SCOPE_BASE, "(objectClass=*)", sid_attribute, 0, 0
  };
  g_autoptr (PresyncProbeRead) read = presync_probe_read_query (self->run, &query, error);
  PresyncEntry *head = read == NULL ? NULL : presync_probe_read_first (read);
  GPtrArray *values = head == NULL ? NULL : presync_entry_get_values (head, "objectSid");
  PresyncSid domain, of;

  if (read == NULL)
    return FALSE;
  *own = values != NULL && presync_sid_from_bytes (g_ptr_array_index (values, 0), &domain)
         && presync_sid_get_domain (&self->sid, &of) && presync_sid_equal (&of, &domain);
  return TRUE;
}

static gboolean
presync_name_search_domain (PresyncNameSearch *self, GError **error)
{
  g_autofree char *filter = presync_name_search_dup_filter (self);
  PresyncQuery query
      = { self->run->forest->domain_dn, PRESYNC_SCOPE_SUBTREE, filter, attributes, 0, 0 };
  g_autoptr (PresyncProbeRead) read = presync_probe_read_query (self->run, &query, error);
  PresyncEntry *entry, *second;
  gboolean visible;
  gboolean own = TRUE;

  if (read == NULL)
    return FALSE;
  entry = presync_name_search_pick (self, read, &second, &visible);
  if (entry != NULL && second != NULL)
    return presync_name_search_fail (
        self, read->origin, PRESYNC_UNKNOWN_FAILED,
        g_strdup_printf (_ ("Two objects are named “%s”: %s and %s. Name one by its DN."),
                         self->given, presync_entry_get_dn (second), presync_entry_get_dn (entry)));
  if (read->reason != PRESYNC_UNKNOWN_NONE || !read->complete)
    return presync_name_search_hidden (self, read);
  if (entry != NULL)
    return presync_name_search_take (self, read, entry);
  if (!visible)
    return presync_name_search_hidden (self, read);
  if (self->form == NAME_SID && !presync_name_search_sid_is_own (self, &own, error))
    return FALSE;
  if (!own)
    return presync_name_search_not_here (self, read);
  if (self->form != NAME_UPN || presync_name_search_is_own (self)
      || presync_domains_is_only (self->domains))
    return presync_name_search_absent (self, read);
  return presync_domains_find (self->domains, self->domain) != NULL
             ? presync_name_search_elsewhere (self, read->origin)
             : presync_name_search_not_here (self, read);
}

/* A server says "no such object" of what it hides as well; only if the container of the name is
 * shown is the name itself absent. */
static gboolean
presync_name_search_dn (PresyncNameSearch *self, GError **error)
{
  static const char *const class_attribute[] = { "objectClass", NULL };
  g_autofree char *parent = presync_dn_dup_parent (self->given);
  PresyncQuery query = { self->given, PRESYNC_SCOPE_BASE, "(objectClass=*)", attributes, 0, 0 };
  PresyncQuery above = { parent, PRESYNC_SCOPE_BASE, "(objectClass=*)", class_attribute, 0, 0 };
  g_autoptr (PresyncProbeRead) read = presync_probe_read_query (self->run, &query, error);
  g_autoptr (PresyncProbeRead) container = NULL;
  PresyncEntry *entry = read == NULL ? NULL : presync_probe_read_first (read);

  if (read == NULL)
    return FALSE;
  if (entry != NULL)
    return presync_name_search_take (self, read, entry);
  if (!read->missing || parent == NULL)
    return presync_name_search_hidden (self, read);
  container = presync_probe_read_query (self->run, &above, error);
  if (container == NULL)
    return FALSE;
  return presync_probe_read_first (container) != NULL ? presync_name_search_absent (self, read)
                                                      : presync_name_search_hidden (self, read);
}

gboolean
presync_principal_search (PresyncProbeRun *run, const PresyncDomains *domains, const char *name,
                          PresyncPrincipalFound *found, GError **error)
{
  PresyncNameSearch self = { .run = run, .domains = domains, .given = name, .found = found };
  gboolean done;

  g_return_val_if_fail (run != NULL && domains != NULL && name != NULL, FALSE);

  presync_name_search_parse (&self);
  if ((self.form == NAME_DN || self.form == NAME_ACCOUNT) && !presync_name_search_is_own (&self))
    done = presync_name_search_elsewhere (&self, domains->origin);
  else if (self.form == NAME_DN)
    done = presync_name_search_dn (&self, error);
  else
    done = presync_name_search_domain (&self, error);
  g_free (self.domain);
  g_free (self.name);
  return done;
}
