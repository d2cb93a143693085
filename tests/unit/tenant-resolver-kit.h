/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

/* A resolver as asynchronous callers need it: names that end in ".here" are 127.0.0.1, ".missing"
 * names do not exist, ".broken" ones fail, and all others hang until somebody cancels. */
#define KIT_TYPE_RESOLVER (kit_resolver_get_type ())
G_DECLARE_FINAL_TYPE (KitResolver, kit_resolver, KIT, RESOLVER, GResolver)

struct _KitResolver
{
  GResolver parent_instance;
  int n_hung; /* atomic: how many questions have hung so far */
};

G_DEFINE_FINAL_TYPE (KitResolver, kit_resolver, G_TYPE_RESOLVER)

static void
kit_resolver_free_addresses (gpointer data)
{
  g_resolver_free_addresses (data);
}

static gboolean
kit_resolver_cancelled_cb (GCancellable *cancellable, gpointer user_data)
{
  g_task_return_error_if_cancelled (user_data);
  return G_SOURCE_REMOVE;
}

static void
kit_resolver_lookup_async (GResolver *resolver, const char *name, GResolverNameLookupFlags flags,
                           GCancellable *cancellable, GAsyncReadyCallback callback,
                           gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (resolver, cancellable, callback, user_data);
  g_autoptr (GSource) source = NULL;

  if (g_str_has_suffix (name, ".broken"))
    g_task_return_new_error (task, G_RESOLVER_ERROR, G_RESOLVER_ERROR_TEMPORARY_FAILURE, "broken");
  else if (g_str_has_suffix (name, ".missing")
           || (g_str_has_suffix (name, ".here")
               && (flags & G_RESOLVER_NAME_LOOKUP_FLAGS_IPV6_ONLY) != 0))
    g_task_return_new_error (task, G_RESOLVER_ERROR, G_RESOLVER_ERROR_NOT_FOUND, "missing");
  else if (g_str_has_suffix (name, ".here"))
    g_task_return_pointer (task,
                           g_list_append (NULL, g_inet_address_new_loopback (G_SOCKET_FAMILY_IPV4)),
                           kit_resolver_free_addresses);
  else
    {
      g_atomic_int_inc (&KIT_RESOLVER (resolver)->n_hung);
      source = g_cancellable_source_new (cancellable);
      g_task_attach_source (task, source, G_SOURCE_FUNC (kit_resolver_cancelled_cb));
    }
}

static GList *
kit_resolver_lookup_finish (GResolver *resolver, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
kit_resolver_class_init (KitResolverClass *klass)
{
  GResolverClass *resolver_class = G_RESOLVER_CLASS (klass);

  resolver_class->lookup_by_name_with_flags_async = kit_resolver_lookup_async;
  resolver_class->lookup_by_name_with_flags_finish = kit_resolver_lookup_finish;
}

static void
kit_resolver_init (KitResolver *self)
{
}
