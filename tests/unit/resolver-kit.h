/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

/* A resolver for which "localhost" and names that end in ".here" are 127.0.0.1; ".missing" names do
 * not exist, ".broken" ones fail, and with others it hangs until it
 * is released. A record "_four.…" has four hosts, in an order of its own. */
#define TEST_TYPE_RESOLVER (test_resolver_get_type ())
G_DECLARE_FINAL_TYPE (TestResolver, test_resolver, TEST, RESOLVER, GResolver)

struct _TestResolver
{
  GResolver parent_instance;
  /* atomic */
  int n_asked;
  int n_hung;
  int released;
};

G_DEFINE_FINAL_TYPE (TestResolver, test_resolver, G_TYPE_RESOLVER)

/* %TRUE: the name exists */
static gboolean
test_resolver_think (GResolver *resolver, const char *name, GError **error)
{
  TestResolver *self = TEST_RESOLVER (resolver);

  g_atomic_int_inc (&self->n_asked);
  if (g_str_equal (name, "localhost") || g_str_has_suffix (name, ".here"))
    return TRUE;
  if (!g_str_has_suffix (name, ".missing") && !g_str_has_suffix (name, ".broken"))
    {
      g_atomic_int_inc (&self->n_hung);
      while (g_atomic_int_get (&self->released) == 0)
        g_usleep (G_USEC_PER_SEC / 50);
      g_atomic_int_add (&self->n_hung, -1);
    }
  g_set_error_literal (error, G_RESOLVER_ERROR,
                       g_str_has_suffix (name, ".missing") ? G_RESOLVER_ERROR_NOT_FOUND
                                                           : G_RESOLVER_ERROR_TEMPORARY_FAILURE,
                       name);
  return FALSE;
}

static GList *
test_resolver_by_name (GResolver *resolver, const char *name, GCancellable *cancellable,
                       GError **error)
{
  if (!test_resolver_think (resolver, name, error))
    return NULL;
  return g_list_append (NULL, g_inet_address_new_loopback (G_SOCKET_FAMILY_IPV4));
}

static GList *
test_resolver_records (GResolver *resolver, const char *record, GResolverRecordType type,
                       GCancellable *cancellable, GError **error)
{
  if (!test_resolver_think (resolver, record, error))
    return NULL;
  return g_list_append (
      NULL, g_variant_ref_sink (g_variant_new ("(qqqs)", 0, 100, 389, "dc1.contoso.here")));
}

static GList *
test_resolver_service (GResolver *resolver, const char *rrname, GCancellable *cancellable,
                       GError **error)
{
  GList *hosts = NULL;

  if (!test_resolver_think (resolver, rrname, error))
    return NULL;
  for (const char *c = "adcb"; g_str_has_prefix (rrname, "_four.") && *c != '\0'; c++)
    {
      g_autofree char *host = g_strdup_printf ("dc%c.contoso.here", *c);

      hosts = g_list_prepend (hosts, g_srv_target_new (host, 389, 0, 100));
    }
  if (hosts != NULL)
    return hosts;
  return g_list_append (NULL, g_srv_target_new ("dc1.contoso.here", 389, 0, 100));
}

static void
test_resolver_class_init (TestResolverClass *klass)
{
  GResolverClass *resolver_class = G_RESOLVER_CLASS (klass);

  resolver_class->lookup_by_name = test_resolver_by_name;
  resolver_class->lookup_records = test_resolver_records;
  resolver_class->lookup_service = test_resolver_service;
}

static void
test_resolver_init (TestResolver *self)
{
}

/* Lets go what hangs: the leak checker does not like threads that outlive main(). */
static void
test_resolver_release (TestResolver *self)
{
  g_atomic_int_set (&self->released, 1);
  while (g_atomic_int_get (&self->n_hung) > 0)
    g_usleep (G_USEC_PER_SEC / 50);
  g_usleep (G_USEC_PER_SEC / 10);
}
