/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sources/tenant/tenant-owners.h"

#include "tenant-kit.h"

/* @verified: (nullable); @initial: (nullable): of those; @complete: there are no more */
static GPtrArray *
owners_test_list_verified (const PresyncTenantNames *names, const char *const *verified,
                           const char *const *initial, gboolean complete)
{
  g_autoptr (GPtrArray) facts = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (PresyncOrigin) origin = tenant_kit_new_origin (complete);
  PresyncTenantVerified told = { .names = verified, .initial = initial, .origin = origin };

  presync_tenant_names_add_facts (names, facts);
  presync_tenant_names_add_shared (names, verified != NULL ? &told : NULL, facts);
  return g_steal_pointer (&facts);
}

static GPtrArray *
owners_test_list (const PresyncTenantNames *names, const char *const *verified)
{
  return owners_test_list_verified (names, verified, NULL, TRUE);
}

/* Do the lists of suffixes claim to be all? */
static void
owners_test_assert_complete (GPtrArray *facts, gboolean complete)
{
  guint n = 0;

  for (guint i = 0; i < facts->len; i++)
    if (g_str_has_suffix (presync_fact_get_key (facts->pdata[i]), "-suffixes"))
      {
        g_assert_cmpint (presync_origin_get_complete (presync_fact_get_origin (facts->pdata[i])),
                         ==, complete);
        n++;
      }
  g_assert_cmpuint (n, ==, 2);
}

static void
test_suffixes (void)
{
  static const char *const verified[] = { "Contoso.com", "fabrikam.com", NULL };
  g_autoptr (PresyncTenantOwner) own = tenant_kit_new_owner (SUBJECT, TENANT);
  g_autoptr (GPtrArray) suffixes
      = g_ptr_array_new_with_free_func ((GDestroyNotify) presync_tenant_owner_unref);
  PresyncTenantNames names
      = { .subject = SUBJECT, .own = own, .suffixes = suffixes, .whole = TRUE };
  g_autoptr (GPtrArray) none = owners_test_list (&names, NULL);
  g_autoptr (GPtrArray) open = NULL;
  g_autoptr (GPtrArray) signed_in = NULL;
  g_autoptr (GPtrArray) gap = NULL;

  tenant_kit_assert (none, "tenant.unverified-suffixes", SUBJECT, "");
  tenant_kit_assert (none, "tenant.foreign-suffixes", SUBJECT, "");
  g_ptr_array_add (suffixes, tenant_kit_new_owner ("contoso.com", TENANT));
  g_ptr_array_add (suffixes, tenant_kit_new_owner ("contoso.local", NULL));
  g_ptr_array_add (suffixes, tenant_kit_new_owner ("fabrikam.com", OTHER_TENANT));
  open = owners_test_list (&names, NULL);
  tenant_kit_assert (open, "tenant.exists", SUBJECT, "yes");
  tenant_kit_assert (open, "tenant.id", SUBJECT, TENANT);
  tenant_kit_assert (open, "tenant.cloud", SUBJECT, "worldwide");
  tenant_kit_assert (open, "tenant.custom-domain", SUBJECT, "yes");
  tenant_kit_assert (open, "tenant.unverified-suffixes", SUBJECT, "contoso.local,fabrikam.com");
  tenant_kit_assert (open, "tenant.foreign-suffixes", SUBJECT, "fabrikam.com");
  tenant_kit_assert (open, "tenant.domain-tenant", "contoso.com", TENANT);
  tenant_kit_assert (open, "tenant.domain-tenant", "contoso.local", "");
  tenant_kit_assert (open, "tenant.domain-tenant", "fabrikam.com", OTHER_TENANT);
  tenant_kit_assert (open, "tenant.domain-realm", "fabrikam.com", "Managed");
  tenant_kit_assert (open, "tenant.domain-realm", "contoso.local", "-");
  signed_in = owners_test_list (&names, verified);
  tenant_kit_assert (signed_in, "tenant.unverified-suffixes", SUBJECT, "contoso.local");
  owners_test_assert_complete (open, TRUE);
  owners_test_assert_complete (signed_in, TRUE);
  /* One that could not be asked for: what is on a list is, but it may be longer. */
  g_ptr_array_add (suffixes, tenant_kit_new_unread_owner ("late.example"));
  gap = owners_test_list (&names, NULL);
  tenant_kit_assert (gap, "tenant.domain-tenant", "late.example", "?timed-out");
  tenant_kit_assert (gap, "tenant.foreign-suffixes", SUBJECT, "fabrikam.com");
  owners_test_assert_complete (gap, FALSE);
  g_ptr_array_remove_range (suffixes, 1, 2);
  g_clear_pointer (&gap, g_ptr_array_unref);
  gap = owners_test_list (&names, NULL);
  tenant_kit_assert (gap, "tenant.foreign-suffixes", SUBJECT, "?timed-out");
  tenant_kit_assert (gap, "tenant.unverified-suffixes", SUBJECT, "?timed-out");
}

/* Not all users showed their suffix: what is wrong is, but nothing is all right. */
static void
test_not_whole (void)
{
  static const char *const verified[] = { "contoso.com", NULL };
  static const char *const lists[] = { "tenant.unverified-suffixes", "tenant.foreign-suffixes" };
  g_autoptr (PresyncTenantOwner) own = tenant_kit_new_owner (SUBJECT, TENANT);
  g_autoptr (GPtrArray) suffixes
      = g_ptr_array_new_with_free_func ((GDestroyNotify) presync_tenant_owner_unref);
  PresyncTenantNames names = { .subject = SUBJECT, .own = own, .suffixes = suffixes };
  const char *const *const told[] = { NULL, verified };

  g_ptr_array_add (suffixes, tenant_kit_new_owner ("contoso.com", TENANT));
  for (gsize i = 0; i < G_N_ELEMENTS (told); i++)
    {
      g_autoptr (GPtrArray) good = owners_test_list (&names, told[i]);
      g_autoptr (GPtrArray) bad = NULL;

      g_ptr_array_add (suffixes, tenant_kit_new_owner ("fabrikam.com", OTHER_TENANT));
      bad = owners_test_list (&names, told[i]);
      g_ptr_array_set_size (suffixes, 1);
      owners_test_assert_complete (good, FALSE);
      owners_test_assert_complete (bad, FALSE);
      for (gsize j = 0; j < G_N_ELEMENTS (lists); j++)
        {
          tenant_kit_assert (good, lists[j], SUBJECT, "?partial");
          tenant_kit_assert (bad, lists[j], SUBJECT, "fabrikam.com");
        }
    }
}

/* (transfer none): the reason of an unknown list */
static const char *
owners_test_why (GPtrArray *facts, const char *key)
{
  for (guint i = 0; i < facts->len; i++)
    if (g_str_equal (presync_fact_get_key (facts->pdata[i]), key))
      return presync_fact_get_detail (facts->pdata[i]);
  return NULL;
}

/* A suffix that nobody was seen with is no finding, but no list is whole because of it. */
static void
test_offered (void)
{
  static const char *const verified[] = { "contoso.com", NULL };
  const char *foreign = "tenant.foreign-suffixes", *unverified = "tenant.unverified-suffixes";
  g_autoptr (PresyncTenantOwner) own = tenant_kit_new_owner (SUBJECT, TENANT);
  g_autoptr (GPtrArray) suffixes
      = g_ptr_array_new_with_free_func ((GDestroyNotify) presync_tenant_owner_unref);
  PresyncTenantNames names
      = { .subject = SUBJECT, .own = own, .suffixes = suffixes, .n_offered = 2 };
  g_autoptr (GPtrArray) open = NULL;
  g_autoptr (GPtrArray) signed_in = NULL;
  g_autoptr (GPtrArray) used = NULL;
  g_autoptr (GPtrArray) gap = NULL;

  g_ptr_array_add (suffixes, tenant_kit_new_owner ("contoso.com", TENANT));
  g_ptr_array_add (suffixes, tenant_kit_new_owner ("contoso.local", NULL));
  g_ptr_array_add (suffixes, tenant_kit_new_owner ("fabrikam.com", OTHER_TENANT));
  open = owners_test_list (&names, NULL);
  tenant_kit_assert (open, "tenant.domain-tenant", "fabrikam.com", OTHER_TENANT);
  tenant_kit_assert (open, foreign, SUBJECT, "?partial");
  tenant_kit_assert (open, unverified, SUBJECT, "?partial");
  g_assert_cmpstr (owners_test_why (open, foreign), ==,
                   "“fabrikam.com” belongs to another tenant; whether a user has it was not seen.");
  g_assert_cmpstr (owners_test_why (open, unverified), ==,
                   "“contoso.local”, “fabrikam.com” are not verified in the tenant; whether a user "
                   "has one was not seen.");
  signed_in = owners_test_list (&names, verified);
  tenant_kit_assert (signed_in, unverified, SUBJECT, "?partial");
  /* Those in use are told, and they alone. */
  names.n_offered = 1;
  used = owners_test_list (&names, NULL);
  tenant_kit_assert (used, foreign, SUBJECT, "?partial");
  tenant_kit_assert (used, unverified, SUBJECT, "contoso.local");
  owners_test_assert_complete (used, FALSE);
  /* One in use that could not be asked for is the better reason. */
  g_ptr_array_insert (suffixes, 0, tenant_kit_new_unread_owner ("late.example"));
  gap = owners_test_list (&names, NULL);
  tenant_kit_assert (gap, foreign, SUBJECT, "?timed-out");
}

/* Of verified domains that may be more, none is said to be missing. */
static void
test_verified (void)
{
  static const char *const verified[] = { "contoso.partner.onmschina.cn", NULL };
  static const char *const both[] = { "contoso.example", "contoso.onmicrosoft.com", NULL };
  static const char *const first[] = { "CONTOSO.example", NULL };
  g_autoptr (PresyncTenantOwner) own = tenant_kit_new_owner (SUBJECT, TENANT);
  g_autoptr (GPtrArray) suffixes
      = g_ptr_array_new_with_free_func ((GDestroyNotify) presync_tenant_owner_unref);
  PresyncTenantNames names
      = { .subject = SUBJECT, .own = own, .suffixes = suffixes, .whole = TRUE };
  g_autoptr (GPtrArray) whole = NULL;
  g_autoptr (GPtrArray) partial = NULL;
  g_autoptr (GPtrArray) custom = owners_test_list (&names, both);
  g_autoptr (GPtrArray) initial = owners_test_list_verified (&names, both, first, TRUE);

  g_ptr_array_add (suffixes, tenant_kit_new_owner ("contoso.com", TENANT));
  whole = owners_test_list (&names, verified);
  tenant_kit_assert (whole, "tenant.unverified-suffixes", SUBJECT, "contoso.com");
  tenant_kit_assert (whole, "tenant.custom-domain", SUBJECT, "no");
  partial = owners_test_list_verified (&names, verified, NULL, FALSE);
  tenant_kit_assert (partial, "tenant.unverified-suffixes", SUBJECT, "?partial");
  tenant_kit_assert (partial, "tenant.custom-domain", SUBJECT, "?partial");
  /* A tenant tells which one it was made with, whatever that is called. */
  tenant_kit_assert (custom, "tenant.custom-domain", SUBJECT, "yes");
  tenant_kit_assert (initial, "tenant.custom-domain", SUBJECT, "no");
}

static void
test_nobody (void)
{
  g_autoptr (PresyncTenantOwner) own = tenant_kit_new_owner (SUBJECT, NULL);
  g_autoptr (PresyncTenantOwner) unread = tenant_kit_new_unread_owner (SUBJECT);
  g_autoptr (PresyncTenantOwner) initial = tenant_kit_new_owner ("contoso.onmicrosoft.us", TENANT);
  g_autoptr (GPtrArray) suffixes
      = g_ptr_array_new_with_free_func ((GDestroyNotify) presync_tenant_owner_unref);
  PresyncTenantNames names = { .subject = SUBJECT, .own = own, .suffixes = suffixes };
  g_autoptr (GPtrArray) facts = NULL;

  g_ptr_array_add (suffixes, tenant_kit_new_owner ("fabrikam.com", OTHER_TENANT));
  facts = owners_test_list (&names, NULL);
  tenant_kit_assert (facts, "tenant.exists", SUBJECT, "no");
  tenant_kit_assert (facts, "tenant.id", SUBJECT, "?not-offered");
  tenant_kit_assert (facts, "tenant.unverified-suffixes", SUBJECT, "?not-offered");
  tenant_kit_assert (facts, "tenant.foreign-suffixes", SUBJECT, "?not-offered");
  tenant_kit_assert (facts, "tenant.custom-domain", SUBJECT, "-");
  g_ptr_array_unref (facts);
  names.own = unread;
  facts = owners_test_list (&names, NULL);
  tenant_kit_assert (facts, "tenant.exists", SUBJECT, "?timed-out");
  tenant_kit_assert (facts, "tenant.foreign-suffixes", SUBJECT, "?timed-out");
  g_ptr_array_unref (facts);
  /* Every tenant has such a name; another may be there, which nobody has named. */
  names.own = initial;
  facts = owners_test_list (&names, NULL);
  tenant_kit_assert (facts, "tenant.exists", SUBJECT, "yes");
  tenant_kit_assert (facts, "tenant.custom-domain", SUBJECT, "-");
}

/* What nobody can own needs no question. */
static void
test_impossible (void)
{
  static const char *const impossible[]
      = { "",           "local",       "a b.com", "contoso..com", ".com",       "-a.com", "a_b.com",
          "a/b.com",    "10.0.0.1",    "a?b.com", "x.com/../y",   "a.local",    "A.LAN",  "b.corp",
          "c.internal", "d.home.arpa", "e.test",  "f.invalid",    "g.localhost" };
  static const char *const possible[]
      = { "contoso.com", "local.contoso.com", "bücher.de", "a-b.c", "contoso.localx" };
  g_autoptr (GDateTime) at = g_date_time_new_now_utc ();

  for (gsize i = 0; i < G_N_ELEMENTS (impossible); i++)
    {
      g_autoptr (PresyncTenantOwner) owner
          = presync_tenant_owner_new_impossible (impossible[i], at);

      g_assert_nonnull (owner);
      g_assert_false (owner->discovery->exists);
    }
  for (gsize i = 0; i < G_N_ELEMENTS (possible); i++)
    g_assert_null (presync_tenant_owner_new_impossible (possible[i], at));
  g_assert_true (presync_tenant_is_initial_domain ("Contoso.onmicrosoft.com"));
  g_assert_true (presync_tenant_is_initial_domain ("contoso.mail.onmicrosoft.com"));
  g_assert_true (presync_tenant_is_initial_domain ("contoso.partner.onmschina.cn"));
  g_assert_true (presync_tenant_is_initial_domain ("contoso.onmicrosoft.us"));
  g_assert_true (presync_tenant_is_initial_domain ("contoso.onmicrosoft.de"));
  /* Somebody else's */
  g_assert_false (presync_tenant_is_initial_domain ("contoso.onmicrosoft.cn"));
  g_assert_false (presync_tenant_is_initial_domain ("contoso.onmschina.cn"));
  g_assert_false (presync_tenant_is_initial_domain ("onmicrosoft.com"));
  g_assert_false (presync_tenant_is_initial_domain ("contosoonmicrosoft.com"));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/tenant-owners/suffixes", test_suffixes);
  g_test_add_func ("/tenant-owners/not-whole", test_not_whole);
  g_test_add_func ("/tenant-owners/offered", test_offered);
  g_test_add_func ("/tenant-owners/verified", test_verified);
  g_test_add_func ("/tenant-owners/nobody", test_nobody);
  g_test_add_func ("/tenant-owners/impossible", test_impossible);
  return g_test_run ();
}
