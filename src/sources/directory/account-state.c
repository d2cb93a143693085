/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sources/directory/account-state.h"

#include <string.h>
#include <glib/gi18n.h>

/* userAccountControl, [MS-ADTS] 2.2.16 */
#define ACCOUNT_DISABLED 0x2
#define ACCOUNT_PASSWORD_NEVER_EXPIRES 0x10000
#define ACCOUNT_SMART_CARD 0x40000 /* signs in without it */

/* FILETIME: 100 ns since 1601 ([MS-DTYP] 2.3.3) */
#define TICKS_PER_MICROSECOND 10
#define MICROSECONDS_1601_TO_1970 G_GINT64_CONSTANT (11644473600000000)

/* msDS-UserPasswordExpiryTimeComputed is made for each read ([MS-ADTS] 3.1.1.4.5.33): 0 if the
 * password must be changed at the next sign-in, 0x7FFFFFFFFFFFFFFF if it never expires; it knows
 * the domain's policy and the fine-grained ones. */
#define PASSWORD_EXPIRY "msDS-UserPasswordExpiryTimeComputed"

static const char *const attributes[]
    = { "userAccountControl", "accountExpires", "pwdLastSet", PASSWORD_EXPIRY, NULL };

/**
 * PresyncAccountState: what a read of an account told
 * @flags: userAccountControl, if @has_flags
 * @now: FILETIME
 */
typedef struct
{
  PresyncProbeRun *run;
  const PresyncProbeRead *read;
  const PresyncEntry *entry;
  const char *role;
  const char *subject;
  const char *dn;
  gboolean has_flags;
  gint64 flags;
  gint64 now;
} PresyncAccountState;

/* (nullable): the key ROLE.@name; not every role has every key */
static const char *
presync_account_state_key (const PresyncAccountState *self, const char *name)
{
  g_autofree char *id = g_strconcat (self->role, ".", name, NULL);
  const PresyncFactKey *key = presync_fact_key_find (id);

  return key == NULL ? NULL : key->id;
}

static void
presync_account_state_add (const PresyncAccountState *self, const char *name, gboolean value)
{
  presync_probe_add (self->run,
                     presync_fact_new_boolean (presync_account_state_key (self, name),
                                               self->subject, value, self->read->origin));
}

static void
presync_account_state_hide (const PresyncAccountState *self, const char *name, const char *what)
{
  presync_probe_add_hidden (self->run, self->read, presync_account_state_key (self, name),
                            self->subject, what, self->dn);
}

void
presync_account_add_enabled (PresyncProbeRun *run, const PresyncProbeRead *read,
                             const PresyncEntry *entry, const char *key, const char *subject)
{
  gint64 flags;

  if (entry != NULL && presync_entry_get_integer (entry, "userAccountControl", &flags))
    presync_probe_add (run, presync_fact_new_boolean (key, subject, (flags & ACCOUNT_DISABLED) == 0,
                                                      read->origin));
  else
    presync_probe_add_hidden (run, read, key, subject, "userAccountControl", read->base);
}

/* 0 and the greatest number are "never". Active Directory always writes it for users: where it is
 * not there, it is hidden. */
static void
presync_account_state_add_expired (const PresyncAccountState *self)
{
  const char *key = presync_account_state_key (self, "expired");
  gint64 time = 0;

  if (key == NULL)
    return;
  if (self->entry == NULL || presync_entry_get_values (self->entry, "accountExpires") == NULL)
    presync_account_state_hide (self, "expired", "accountExpires");
  else if (!presync_entry_get_integer (self->entry, "accountExpires", &time))
    presync_probe_add_malformed (self->run, self->read, key, self->subject, "accountExpires",
                                 self->dn);
  else
    presync_account_state_add (self, "expired", time > 0 && time <= self->now);
}

/* What the server computes is only as good as what it may look at for the account that signed in:
 * it is taken where the flags and the password's date are shown as well. */
static void
presync_account_state_add_password (const PresyncAccountState *self)
{
  gint64 set, expiry;

  if (presync_account_state_key (self, "password-expired") == NULL)
    return;
  if (!self->has_flags)
    presync_account_state_hide (self, "password-expired", "userAccountControl");
  else if ((self->flags & (ACCOUNT_PASSWORD_NEVER_EXPIRES | ACCOUNT_SMART_CARD)) != 0)
    presync_account_state_add (self, "password-expired", FALSE);
  else if (!presync_entry_get_integer (self->entry, "pwdLastSet", &set))
    presync_account_state_hide (self, "password-expired", "pwdLastSet");
  else if (presync_entry_get_integer (self->entry, PASSWORD_EXPIRY, &expiry))
    presync_account_state_add (self, "password-expired", expiry <= self->now);
  else if (set == 0)
    presync_account_state_add (self, "password-expired", TRUE);
  else
    presync_account_state_hide (self, "password-expired", PASSWORD_EXPIRY);
}

static void
presync_account_state_add_never (const PresyncAccountState *self)
{
  if (presync_account_state_key (self, "password-never-expires") == NULL)
    return;
  if (self->has_flags)
    presync_account_state_add (self, "password-never-expires",
                               (self->flags & ACCOUNT_PASSWORD_NEVER_EXPIRES) != 0);
  else
    presync_account_state_hide (self, "password-never-expires", "userAccountControl");
}

gboolean
presync_account_state_add_facts (PresyncProbeRun *run, const PresyncPrincipal *principal,
                                 const char *role, GError **error)
{
  PresyncQuery query = { principal->dn, PRESYNC_SCOPE_BASE, "(objectClass=*)", attributes, 0, 0 };
  g_autoptr (PresyncProbeRead) read = presync_probe_read_query (run, &query, error);
  PresyncAccountState self = { .run = run, .read = read, .role = role };

  if (read == NULL)
    return FALSE;
  self.entry = presync_probe_read_first (read);
  self.subject = principal->name;
  self.dn = principal->dn;
  self.has_flags = self.entry != NULL
                   && presync_entry_get_integer (self.entry, "userAccountControl", &self.flags);
  self.now = (g_get_real_time () + MICROSECONDS_1601_TO_1970) * TICKS_PER_MICROSECOND;
  presync_account_add_enabled (run, read, self.entry, presync_account_state_key (&self, "enabled"),
                               self.subject);
  presync_account_state_add_expired (&self);
  presync_account_state_add_password (&self);
  presync_account_state_add_never (&self);
  return TRUE;
}

void
presync_account_add_unknown (PresyncProbeRun *run, const char *role, const char *const *but,
                             const char *subject, PresyncUnknown reason, const char *problem,
                             PresyncOrigin *origin)
{
  gsize n;
  const PresyncFactKey *keys = presync_fact_keys (&n);
  gsize length = strlen (role);

  for (gsize i = 0; i < n; i++)
    if (g_str_has_prefix (keys[i].id, role) && keys[i].id[length] == '.'
        && keys[i].format != PRESYNC_FORMAT_RIGHTS && keys[i].format != PRESYNC_FORMAT_GAPS
        && (but == NULL || !g_strv_contains (but, keys[i].id)))
      presync_probe_add (run,
                         presync_fact_new_unknown (keys[i].id, subject, reason, problem, origin));
}

/* (transfer full) (nullable): why @principal cannot be the account; what has no account's flags can
 * be no account that somebody signs in with */
static char *
presync_account_dup_refusal (const PresyncPrincipal *principal, gboolean foreign)
{
  if (principal->kind == PRESYNC_PRINCIPAL_GROUP
      || (principal->kind == PRESYNC_PRINCIPAL_OTHER && principal->class[0] != '\0'))
    return g_strdup_printf (_ ("“%s” is no account: its object class is “%s”."), principal->name,
                            principal->class);
  if (principal->kind == PRESYNC_PRINCIPAL_FOREIGN && !foreign)
    return g_strdup_printf (_ ("“%s” is an account of another forest; name one of this forest."),
                            principal->name);
  return NULL;
}

char *
presync_account_dup_no_gmsa (PresyncProbeRun *run, const PresyncPrincipal *principal,
                             PresyncUnknown *reason)
{
  if (principal->kind == PRESYNC_PRINCIPAL_GMSA)
    return NULL;
  if (principal->class[0] == '\0')
    {
      *reason = PRESYNC_UNKNOWN_NO_RIGHT;
      return presync_probe_dup_hidden (run, "objectClass", principal->dn);
    }
  *reason = PRESYNC_UNKNOWN_NOT_OFFERED;
  return g_strdup_printf (_ ("“%s” is no group managed service account: its object class is “%s”."),
                          principal->name, principal->class);
}

gboolean
presync_account_search (PresyncProbeRun *run, const PresyncDomains *domains, const char *name,
                        gboolean foreign, PresyncPrincipalFound *found, GError **error)
{
  g_autofree char *refusal = NULL;

  if (!presync_principal_search (run, domains, name, found, error))
    return FALSE;
  if (found->principal != NULL)
    refusal = presync_account_dup_refusal (found->principal, foreign);
  if (refusal == NULL)
    return TRUE;
  found->reason = PRESYNC_UNKNOWN_NOT_OFFERED;
  found->problem = g_steal_pointer (&refusal);
  g_clear_pointer (&found->principal, presync_principal_free);
  return TRUE;
}

gboolean
presync_account_find (PresyncProbeRun *run, const PresyncDomains *domains, const char *role,
                      const char *name, gboolean foreign, PresyncPrincipalFound *found,
                      GError **error)
{
  g_autofree char *exists = g_strconcat (role, ".exists", NULL);
  const char *const absent[] = { exists, NULL };

  if (!presync_account_search (run, domains, name, foreign, found, error))
    return FALSE;
  if (found->principal != NULL)
    return TRUE;
  if (found->absent)
    presync_probe_add (run, presync_fact_new_boolean (exists, name, FALSE, found->origin));
  presync_account_add_unknown (run, role, found->absent ? absent : NULL, name, found->reason,
                               found->problem, found->origin);
  return TRUE;
}
