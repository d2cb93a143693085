/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sources/tenant/tenant-owners.h"

#include <string.h>
#include <glib/gi18n.h>

#include "facts/routable.h"

#define FOREIGN "tenant.foreign-suffixes"
#define UNVERIFIED "tenant.unverified-suffixes"

/* RFC 1035, 2.3.4 */
#define NAME_MAX_LENGTH 253
#define LABEL_MAX_LENGTH 63

static PresyncTenantOwner *
presync_tenant_owner_alloc (const char *domain, GDateTime *at)
{
  PresyncTenantOwner *self = g_atomic_rc_box_new0 (PresyncTenantOwner);

  self->domain = g_strdup (domain);
  self->at = g_date_time_ref (at);
  return self;
}

PresyncTenantOwner *
presync_tenant_owner_new (PresyncDiscovery *discovery, GDateTime *at)
{
  PresyncTenantOwner *self = presync_tenant_owner_alloc (discovery->domain, at);

  self->discovery = discovery;
  return self;
}

PresyncTenantOwner *
presync_tenant_owner_new_unknown (const char *domain, PresyncUnknown unknown, const char *detail,
                                  GDateTime *at)
{
  PresyncTenantOwner *self = presync_tenant_owner_alloc (domain, at);

  self->unknown = unknown;
  self->detail = g_strdup (detail);
  return self;
}

static gboolean
presync_tenant_owner_is_label (const char *label)
{
  gsize length = strlen (label);

  if (length == 0 || length > LABEL_MAX_LENGTH || label[0] == '-' || label[length - 1] == '-')
    return FALSE;
  for (const char *p = label; *p != '\0'; p++)
    if (!g_ascii_isalnum (*p) && *p != '-')
      return FALSE;
  return TRUE;
}

PresyncTenantOwner *
presync_tenant_owner_new_impossible (const char *domain, GDateTime *at)
{
  g_autofree char *ascii = g_hostname_to_ascii (domain);
  g_auto (GStrv) labels = NULL;
  gboolean possible
      = ascii != NULL && strlen (ascii) <= NAME_MAX_LENGTH && presync_is_routable (ascii);
  PresyncDiscovery *discovery;

  labels = g_strsplit (possible ? ascii : "", ".", -1);
  possible = possible && !g_hostname_is_ip_address (ascii);
  for (guint i = 0; possible && labels[i] != NULL; i++)
    possible = presync_tenant_owner_is_label (labels[i]);
  if (possible)
    return NULL;
  discovery = g_new0 (PresyncDiscovery, 1);
  discovery->domain = g_strdup (domain);
  discovery->url = g_strdup ("");
  return presync_tenant_owner_new (discovery, at);
}

PresyncTenantOwner *
presync_tenant_owner_ref (PresyncTenantOwner *self)
{
  return g_atomic_rc_box_acquire (self);
}

static void
presync_tenant_owner_clear (gpointer data)
{
  PresyncTenantOwner *self = data;

  g_free (self->domain);
  g_clear_pointer (&self->discovery, presync_discovery_free);
  g_free (self->detail);
  g_date_time_unref (self->at);
}

void
presync_tenant_owner_unref (PresyncTenantOwner *self)
{
  if (self != NULL)
    g_atomic_rc_box_release_full (self, presync_tenant_owner_clear);
}

gboolean
presync_tenant_is_initial_domain (const char *domain)
{
  /* Source: Microsoft's pages of each cloud. "onmicrosoft.cn" is none of them. */
  static const char *const initial[]
      = { "onmicrosoft.com", "onmicrosoft.us", "partner.onmschina.cn", "onmicrosoft.de" };
  g_autofree char *lower = g_ascii_strdown (domain, -1);

  for (gsize i = 0; i < G_N_ELEMENTS (initial); i++)
    if (g_str_has_suffix (lower, initial[i]) && strlen (lower) > strlen (initial[i])
        && lower[strlen (lower) - strlen (initial[i]) - 1] == '.')
      return TRUE;
  return FALSE;
}

/* (transfer full): @url: what was asked; "" if nothing was, because it needs no question */
static PresyncOrigin *
presync_tenant_names_dup_origin (const PresyncTenantNames *self, const char *url, GDateTime *at,
                                 gboolean complete)
{
  g_autofree char *query = url[0] != '\0' ? g_strconcat ("GET ", url, NULL) : g_strdup ("");

  return presync_origin_new ("tenant", self->subject, query, at, complete);
}

/* (nullable): the id of the tenant that was named */
static const char *
presync_tenant_names_get_tenant (const PresyncTenantNames *self)
{
  return self->own->discovery != NULL && self->own->discovery->exists
             ? self->own->discovery->tenant_id
             : NULL;
}

static gboolean
presync_tenant_names_is_ours (const PresyncTenantNames *self, const PresyncTenantOwner *owner)
{
  const char *tenant = presync_tenant_names_get_tenant (self);

  return tenant != NULL && owner->discovery != NULL && owner->discovery->exists
         && owner->discovery->tenant_id != NULL
         && g_ascii_strcasecmp (owner->discovery->tenant_id, tenant) == 0;
}

/* What is known of the domain that was named */
static void
presync_tenant_names_add_own (const PresyncTenantNames *self, GPtrArray *facts)
{
  const PresyncDiscovery *found = self->own->discovery;
  g_autoptr (PresyncOrigin) origin = presync_tenant_names_dup_origin (
      self, found != NULL ? found->url : "", self->own->at, found != NULL);

  if (found == NULL)
    {
      static const char *const keys[] = { "tenant.exists", "tenant.id", "tenant.cloud" };

      for (gsize i = 0; i < G_N_ELEMENTS (keys); i++)
        g_ptr_array_add (facts,
                         presync_fact_new_unknown (keys[i], self->subject, self->own->unknown,
                                                   self->own->detail, origin));
      return;
    }
  g_ptr_array_add (facts, presync_fact_new_boolean_because (
                              "tenant.exists", self->subject, found->exists,
                              found->exists ? NULL : _ ("No tenant owns the domain."), origin));
  if (found->exists && found->tenant_id != NULL)
    g_ptr_array_add (facts,
                     presync_fact_new_text ("tenant.id", self->subject, found->tenant_id, origin));
  else
    g_ptr_array_add (facts, presync_fact_new_unknown ("tenant.id", self->subject,
                                                      PRESYNC_UNKNOWN_NOT_OFFERED,
                                                      _ ("No tenant owns the domain."), origin));
  if (found->exists && found->cloud != NULL)
    g_ptr_array_add (
        facts, presync_fact_new_text ("tenant.cloud", self->subject, found->cloud->id, origin));
  else
    g_ptr_array_add (
        facts, presync_fact_new_unknown ("tenant.cloud", self->subject, PRESYNC_UNKNOWN_NOT_OFFERED,
                                         found->exists ? _ ("The cloud of the tenant is not told.")
                                                       : _ ("No tenant owns the domain."),
                                         origin));
}

/* Who owns one domain, and how its people sign in */
static void
presync_tenant_names_add_domain (const PresyncTenantNames *self, const PresyncTenantOwner *owner,
                                 GPtrArray *facts)
{
  const PresyncDiscovery *found = owner->discovery;
  g_autoptr (PresyncOrigin) origin = presync_tenant_names_dup_origin (
      self, found != NULL ? found->url : "", owner->at, found != NULL);

  if (found == NULL)
    {
      g_ptr_array_add (facts, presync_fact_new_unknown ("tenant.domain-tenant", owner->domain,
                                                        owner->unknown, owner->detail, origin));
      return;
    }
  g_ptr_array_add (facts,
                   presync_fact_new_text (
                       "tenant.domain-tenant", owner->domain,
                       found->exists && found->tenant_id != NULL ? found->tenant_id : "", origin));
  if (found->realm != NULL && found->exists)
    {
      g_autoptr (PresyncOrigin) realm = presync_tenant_names_dup_origin (
          self, found->realm_url != NULL ? found->realm_url : "", owner->at, TRUE);

      g_ptr_array_add (
          facts, presync_fact_new_text ("tenant.domain-realm", owner->domain, found->realm, realm));
    }
}

static void
presync_tenant_names_add_domains (const PresyncTenantNames *self, GPtrArray *facts)
{
  gboolean own = g_uuid_string_is_valid (self->own->domain);

  for (guint i = 0; self->suffixes != NULL && i < self->suffixes->len; i++)
    {
      const PresyncTenantOwner *owner = g_ptr_array_index (self->suffixes, i);

      own = own || g_ascii_strcasecmp (owner->domain, self->own->domain) == 0;
      presync_tenant_names_add_domain (self, owner, facts);
    }
  if (!own)
    presync_tenant_names_add_domain (self, self->own, facts);
}

/* What comes of the suffixes for a list that is told by what is on it
 * @listed: (element-type utf8): those in use that are on it
 * @doubted: (element-type utf8): those that would be, if a user had one
 * @gap: (nullable): the first that could not be asked, rather one in use */
typedef struct
{
  GPtrArray *listed;
  GPtrArray *doubted;
  const PresyncTenantOwner *gap;
  gboolean gap_in_use;
} PresyncTenantSorted;

/* @i: place of the suffix among all */
static void
presync_tenant_sorted_add (PresyncTenantSorted *self, const PresyncTenantNames *names, guint i,
                           gboolean on_list, gboolean known)
{
  PresyncTenantOwner *owner = g_ptr_array_index (names->suffixes, i);
  gboolean in_use = i + names->n_offered < names->suffixes->len;

  if (known && on_list)
    g_ptr_array_add (in_use ? self->listed : self->doubted, owner->domain);
  if (known || self->gap != NULL)
    return;
  self->gap = owner;
  self->gap_in_use = in_use;
}

static PresyncUnknown
presync_tenant_sorted_choose_unknown (const PresyncTenantSorted *self)
{
  return self->gap != NULL && (self->gap_in_use || self->doubted->len == 0)
             ? self->gap->unknown
             : PRESYNC_UNKNOWN_PARTIAL;
}

/* (transfer full): why nothing can be said of the list */
static char *
presync_tenant_sorted_dup_why (const PresyncTenantSorted *self, gboolean foreign)
{
  g_autoptr (GString) names = g_string_new (NULL);
  guint n = self->doubted->len;

  if (self->gap != NULL && (self->gap_in_use || n == 0))
    return g_strdup (self->gap->detail);
  if (n == 0)
    return g_strdup (_ ("Not all users of the forest showed their UPN suffix."));
  for (guint i = 0; i < n; i++)
    g_string_append_printf (names, i == 0 ? "“%s”" : ", “%s”",
                            (const char *) g_ptr_array_index (self->doubted, i));
  if (foreign)
    /* Translators: one or more UPN suffixes, in quotes */
    return g_strdup_printf (
        ngettext ("%s belongs to another tenant; whether a user has it was not seen.",
                  "%s belong to other tenants; whether a user has one was not seen.", n),
        names->str);
  /* Translators: one or more UPN suffixes, in quotes */
  return g_strdup_printf (
      ngettext ("%s is not verified in the tenant; whether a user has it was not seen.",
                "%s are not verified in the tenant; whether a user has one was not seen.", n),
      names->str);
}

/* Whoever could not be asked may be on the list too, and so may what nobody has shown. */
static void
presync_tenant_names_add_list (const PresyncTenantNames *self, const char *key,
                               const PresyncTenantSorted *sorted, PresyncOrigin *known,
                               GPtrArray *facts)
{
  gboolean whole = sorted->gap == NULL && sorted->doubted->len == 0 && self->whole;
  g_autoptr (PresyncOrigin) origin = NULL;
  g_autofree char *why = NULL;

  if (known != NULL)
    origin = presync_origin_new ("tenant", presync_origin_get_target (known),
                                 presync_origin_get_query (known), presync_origin_get_at (known),
                                 whole && presync_origin_get_complete (known));
  else
    origin = presync_tenant_names_dup_origin (
        self, self->own->discovery != NULL ? self->own->discovery->url : "", self->own->at, whole);
  if (!whole && sorted->listed->len == 0)
    {
      why = presync_tenant_sorted_dup_why (sorted, g_str_equal (key, FOREIGN));
      g_ptr_array_add (facts, presync_fact_new_unknown (
                                  key, self->subject, presync_tenant_sorted_choose_unknown (sorted),
                                  why, origin));
      return;
    }
  g_ptr_array_add (sorted->listed, NULL);
  g_ptr_array_add (facts,
                   presync_fact_new_list (key, self->subject,
                                          (const char *const *) sorted->listed->pdata, origin));
}

static void
presync_tenant_names_add_foreign (const PresyncTenantNames *self, GPtrArray *facts)
{
  g_autoptr (GPtrArray) foreign = g_ptr_array_new ();
  g_autoptr (GPtrArray) doubted = g_ptr_array_new ();
  PresyncTenantSorted sorted = { .listed = foreign, .doubted = doubted };

  for (guint i = 0; i < self->suffixes->len; i++)
    {
      const PresyncTenantOwner *owner = g_ptr_array_index (self->suffixes, i);
      gboolean known = owner->discovery != NULL;

      presync_tenant_sorted_add (
          &sorted, self, i,
          known && owner->discovery->exists && !presync_tenant_names_is_ours (self, owner), known);
    }
  presync_tenant_names_add_list (self, FOREIGN, &sorted, NULL, facts);
}

static gboolean
presync_tenant_names_has (const char *const *names, const char *name)
{
  for (guint i = 0; names[i] != NULL; i++)
    if (g_ascii_strcasecmp (names[i], name) == 0)
      return TRUE;
  return FALSE;
}

/* Of a list of verified domains that may be longer, it is not known what is missing on it. */
static void
presync_tenant_names_add_partial (const PresyncTenantNames *self, const char *key,
                                  const PresyncTenantVerified *verified, GPtrArray *facts)
{
  g_ptr_array_add (
      facts, presync_fact_new_unknown (key, self->subject, PRESYNC_UNKNOWN_PARTIAL,
                                       _ ("Not all verified domains of the tenant were read."),
                                       verified->origin));
}

static void
presync_tenant_names_add_unverified (const PresyncTenantNames *self,
                                     const PresyncTenantVerified *verified, GPtrArray *facts)
{
  g_autoptr (GPtrArray) bad = g_ptr_array_new ();
  g_autoptr (GPtrArray) doubted = g_ptr_array_new ();
  PresyncTenantSorted sorted = { .listed = bad, .doubted = doubted };

  for (guint i = 0; i < self->suffixes->len; i++)
    {
      const PresyncTenantOwner *owner = g_ptr_array_index (self->suffixes, i);
      g_autofree char *ascii = g_hostname_to_ascii (owner->domain);
      gboolean good
          = verified != NULL
                ? presync_tenant_names_has (verified->names, owner->domain)
                      || (ascii != NULL && presync_tenant_names_has (verified->names, ascii))
                : presync_tenant_names_is_ours (self, owner);

      presync_tenant_sorted_add (&sorted, self, i, !good,
                                 verified != NULL || owner->discovery != NULL);
    }
  if (verified != NULL && bad->len + doubted->len > 0
      && !presync_origin_get_complete (verified->origin))
    presync_tenant_names_add_partial (self, UNVERIFIED, verified, facts);
  else
    presync_tenant_names_add_list (self, UNVERIFIED, &sorted,
                                   verified != NULL ? verified->origin : NULL, facts);
}

static void
presync_tenant_names_add_verified_custom (const PresyncTenantNames *self,
                                          const PresyncTenantVerified *verified, GPtrArray *facts)
{
  static const char *const key = "tenant.custom-domain";
  gboolean custom = FALSE;

  for (guint i = 0; !custom && verified->names[i] != NULL; i++)
    custom = !presync_tenant_is_initial_domain (verified->names[i])
             && (verified->initial == NULL
                 || !presync_tenant_names_has (verified->initial, verified->names[i]));
  if (!custom && !presync_origin_get_complete (verified->origin))
    presync_tenant_names_add_partial (self, key, verified, facts);
  else
    g_ptr_array_add (facts,
                     presync_fact_new_boolean_because (
                         key, self->subject, custom,
                         custom ? NULL : _ ("Only the initial domain of the tenant is verified."),
                         verified->origin));
}

static void
presync_tenant_names_add_custom (const PresyncTenantNames *self, GPtrArray *facts)
{
  const PresyncTenantOwner *own = NULL;

  if (presync_tenant_names_is_ours (self, self->own) && !g_uuid_string_is_valid (self->own->domain)
      && !presync_tenant_is_initial_domain (self->own->domain))
    own = self->own;
  for (guint i = 0; own == NULL && self->suffixes != NULL && i < self->suffixes->len; i++)
    {
      const PresyncTenantOwner *owner = g_ptr_array_index (self->suffixes, i);

      if (presync_tenant_names_is_ours (self, owner)
          && !presync_tenant_is_initial_domain (owner->domain))
        own = owner;
    }
  /* There may be one that nobody has named: that can be answered, or read after a sign-in. */
  if (own != NULL)
    {
      g_autoptr (PresyncOrigin) found
          = presync_tenant_names_dup_origin (self, own->discovery->url, own->at, TRUE);

      g_ptr_array_add (
          facts, presync_fact_new_boolean ("tenant.custom-domain", self->subject, TRUE, found));
    }
}

void
presync_tenant_names_add_shared (const PresyncTenantNames *self,
                                 const PresyncTenantVerified *verified, GPtrArray *facts)
{
  static const char *const keys[] = { FOREIGN, UNVERIFIED };
  g_autoptr (PresyncOrigin) nothing = NULL;

  g_return_if_fail (self != NULL && facts != NULL);
  if (verified != NULL)
    presync_tenant_names_add_verified_custom (self, verified, facts);
  else
    presync_tenant_names_add_custom (self, facts);
  if (self->suffixes == NULL)
    return;
  if (presync_tenant_names_get_tenant (self) != NULL)
    {
      presync_tenant_names_add_foreign (self, facts);
      presync_tenant_names_add_unverified (self, verified, facts);
      return;
    }
  /* Without a tenant there is nothing to compare with. */
  nothing = presync_tenant_names_dup_origin (
      self, self->own->discovery != NULL ? self->own->discovery->url : "", self->own->at, FALSE);
  for (gsize i = 0; i < G_N_ELEMENTS (keys); i++)
    g_ptr_array_add (
        facts, presync_fact_new_unknown (
                   keys[i], self->subject,
                   self->own->detail != NULL ? self->own->unknown : PRESYNC_UNKNOWN_NOT_OFFERED,
                   self->own->detail != NULL ? self->own->detail
                                             : _ ("No tenant owns the domain that was named."),
                   nothing));
}

void
presync_tenant_names_add_facts (const PresyncTenantNames *self, GPtrArray *facts)
{
  g_return_if_fail (self != NULL && self->own != NULL && facts != NULL);
  presync_tenant_names_add_own (self, facts);
  presync_tenant_names_add_domains (self, facts);
}
