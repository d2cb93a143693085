/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sources/tenant/tenant-source-private.h"

#include <glib/gi18n.h>

#include "facts/cloud-title.h"
enum
{
  PROP_CODE = 1,
  PROP_SIGNED_IN_AS,
  PROP_TENANT_ID,
  PROP_TENANT_NAME,
  PROP_SIGNING_IN,
  N_PROPERTIES
};

static GParamSpec *properties[N_PROPERTIES];

G_DEFINE_FINAL_TYPE (PresyncTenantSource, presync_tenant_source, PRESYNC_TYPE_SOURCE)

const char *const *
presync_tenant_open_fact_keys (void)
{
  static const char *const keys[] = { "tenant.exists",
                                      "tenant.id",
                                      "tenant.cloud",
                                      "tenant.custom-domain",
                                      "tenant.unverified-suffixes",
                                      "tenant.foreign-suffixes",
                                      "tenant.domain-tenant",
                                      "tenant.domain-realm",
                                      NULL };

  return keys;
}

const char *const *
presync_tenant_signed_in_fact_keys (void)
{
  static const char *const keys[] = { "tenant.custom-domain",
                                      "tenant.unverified-suffixes",
                                      "tenant.foreign-suffixes",
                                      "tenant.name",
                                      "tenant.kind",
                                      "tenant.created",
                                      "tenant.verified-domains",
                                      "tenant.federated-domains",
                                      "tenant.quota-used",
                                      "tenant.quota-total",
                                      "tenant.quota-left",
                                      "tenant.signed-in-as",
                                      "tenant.admin-exists",
                                      "tenant.admin-enabled",
                                      "tenant.admin-roles",
                                      "tenant.admin-eligible-roles",
                                      "tenant.admin-role",
                                      "tenant.admin-role-direct",
                                      "tenant.admin-role-eligible",
                                      "tenant.admin-guest",
                                      "tenant.admin-microsoft-account",
                                      "tenant.admin-synced",
                                      "tenant.sync-accounts",
                                      "tenant.soft-match-blocked",
                                      "tenant.hard-match-blocked",
                                      "tenant.premium-licence",
                                      "tenant.active-sync",
                                      "tenant.last-sync",
                                      NULL };

  return keys;
}

void
presync_tenant_source_set_text (PresyncTenantSource *self, char **place, const char *text,
                                const char *property)
{
  if (g_strcmp0 (*place, text) == 0)
    return;
  g_free (*place);
  *place = g_strdup (text);
  g_object_notify (G_OBJECT (self), property);
}

GSource *
presync_tenant_source_watch (PresyncTenantSource *self, GCancellable *cancellable,
                             GCancellableSourceFunc func)
{
  g_autoptr (GMainContext) context = NULL;
  GSource *source;

  if (cancellable == NULL)
    return NULL;
  context = g_main_context_ref_thread_default ();
  source = g_cancellable_source_new (cancellable);
  /* Before what the thread may have told meanwhile */
  g_source_set_priority (source, G_PRIORITY_HIGH);
  g_source_set_callback (source, G_SOURCE_FUNC (func), self, NULL);
  g_source_attach (source, context);
  return source;
}

static gboolean
presync_tenant_source_cancelled_cb (GCancellable *cancellable, gpointer user_data)
{
  presync_tenant_source_cancel (user_data);
  return G_SOURCE_REMOVE;
}

static gboolean
presync_tenant_source_may_join (PresyncSource *source)
{
  PresyncTenantSource *self = PRESYNC_TENANT_SOURCE (source);

  return presync_tenant_source_is_busy (self) && self->task == NULL;
}

static void
presync_tenant_source_check_async (PresyncSource *source, gboolean test_only,
                                   GCancellable *cancellable, GAsyncReadyCallback callback,
                                   gpointer user_data)
{
  PresyncTenantSource *self = PRESYNC_TENANT_SOURCE (source);
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  gboolean join = presync_tenant_source_may_join (source);

  g_task_set_source_tag (task, presync_tenant_source_check_async);
  g_task_set_check_cancellable (task, FALSE);
  self->task = g_steal_pointer (&task);
  self->cancel
      = presync_tenant_source_watch (self, cancellable, presync_tenant_source_cancelled_cb);
  if (!join)
    presync_tenant_source_begin (self, test_only, FALSE);
}

static gboolean
presync_tenant_source_check_finish (PresyncSource *source, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, source), FALSE);
  return g_task_propagate_boolean (G_TASK (result), error);
}

static gboolean
presync_tenant_source_same_names (char **a, const char *const *b)
{
  if (a == NULL || b == NULL)
    return a == NULL && b == NULL;
  return g_strv_equal ((const char *const *) a, b);
}

void
presync_tenant_source_set_names (PresyncTenantSource *self, const char *const *suffixes,
                                 const char *const *offered, gboolean whole, const char *admin)
{
  g_return_if_fail (PRESYNC_IS_TENANT_SOURCE (self));
  if (presync_tenant_source_same_names (self->suffixes, suffixes)
      && presync_tenant_source_same_names (self->offered, offered)
      && (self->whole != FALSE) == (whole != FALSE) && g_strcmp0 (self->admin, admin) == 0)
    return;
  g_strfreev (self->suffixes);
  self->suffixes = g_strdupv ((char **) suffixes);
  g_strfreev (self->offered);
  self->offered = g_strdupv ((char **) offered);
  self->whole = whole;
  g_free (self->admin);
  self->admin = g_strdup (admin);
  if (presync_tenant_source_is_busy (self))
    self->again = !self->test_only;
  else if (self->known != NULL)
    presync_tenant_source_begin (self, FALSE, TRUE);
}

const char *
presync_tenant_source_get_signed_in_as (PresyncTenantSource *self)
{
  g_return_val_if_fail (PRESYNC_IS_TENANT_SOURCE (self), NULL);
  return self->person;
}

const PresyncDeviceCode *
presync_tenant_source_get_code (PresyncTenantSource *self)
{
  g_return_val_if_fail (PRESYNC_IS_TENANT_SOURCE (self), NULL);
  return self->code;
}

const char *
presync_tenant_source_get_tenant_id (PresyncTenantSource *self)
{
  g_return_val_if_fail (PRESYNC_IS_TENANT_SOURCE (self), NULL);
  return self->tenant_id;
}

const char *
presync_tenant_source_get_skew (PresyncTenantSource *self)
{
  g_return_val_if_fail (PRESYNC_IS_TENANT_SOURCE (self), NULL);
  return self->known != NULL ? self->known->skew : NULL;
}

const PresyncCloud *
presync_tenant_source_get_found_cloud (PresyncTenantSource *self)
{
  g_return_val_if_fail (PRESYNC_IS_TENANT_SOURCE (self), NULL);
  return self->known != NULL ? self->known->cloud : self->cloud;
}

void
presync_tenant_source_restore_cloud (PresyncTenantSource *self, const PresyncCloud *cloud)
{
  g_return_if_fail (PRESYNC_IS_TENANT_SOURCE (self));
  self->cloud = cloud;
}

char *
presync_tenant_source_dup_other_cloud (PresyncTenantSource *self)
{
  const PresyncCloud *found;

  g_return_val_if_fail (PRESYNC_IS_TENANT_SOURCE (self), NULL);
  found = presync_tenant_source_get_found_cloud (self);
  if (found == NULL || g_str_equal (found->id, self->target->cloud->id))
    return NULL;
  return g_strdup_printf (
      /* Translators: a domain, the cloud that its tenant is in, the cloud that was named */
      _ ("The tenant of “%s” is in the cloud “%s”, not “%s”: that one was asked."),
      self->target->domain, presync_cloud_title (found->id),
      presync_cloud_title (self->target->cloud->id));
}

static void
presync_tenant_source_close (PresyncSource *source)
{
  PresyncTenantSource *self = PRESYNC_TENANT_SOURCE (source);
  g_autoptr (GError) error
      = g_error_new_literal (G_IO_ERROR, G_IO_ERROR_CANCELLED, _ ("The sign-in was cancelled."));

  presync_tenant_source_end_sign_in (self, error);
  self->again = FALSE;
  if (presync_tenant_source_is_busy (self))
    presync_tenant_source_cancel (self);
}

static char *
presync_tenant_source_dup_target (PresyncSource *source)
{
  return g_strdup (PRESYNC_TENANT_SOURCE (source)->target->domain);
}

static void
presync_tenant_source_dispose (GObject *object)
{
  PresyncTenantSource *self = PRESYNC_TENANT_SOURCE (object);
  g_autoptr (GTask) task = presync_tenant_source_stop (self);

  /* Tasks hold their source, so there is none here. */
  g_assert (task == NULL && self->sign_in_task == NULL);
  g_clear_pointer (&self->sign_in_run, presync_tenant_run_stop);
  g_clear_object (&self->worker);
  g_clear_object (&self->sign_in_worker);
  G_OBJECT_CLASS (presync_tenant_source_parent_class)->dispose (object);
}

static void
presync_tenant_source_finalize (GObject *object)
{
  PresyncTenantSource *self = PRESYNC_TENANT_SOURCE (object);

  presync_tenant_target_free (self->target);
  g_strfreev (self->suffixes);
  g_strfreev (self->offered);
  g_free (self->admin);
  g_clear_pointer (&self->tokens, presync_tokens_free);
  g_clear_pointer (&self->refresh, presync_secret_unref);
  g_free (self->person);
  g_free (self->tenant_name);
  g_free (self->tenant_id);
  g_clear_pointer (&self->known, presync_tenant_known_unref);
  g_hash_table_unref (self->told);
  g_hash_table_unref (self->telling);
  g_clear_pointer (&self->earlier, presync_earlier_free);
  g_free (self->cancelled);
  g_clear_pointer (&self->code, presync_device_code_free);
  G_OBJECT_CLASS (presync_tenant_source_parent_class)->finalize (object);
}

static void
presync_tenant_source_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  PresyncTenantSource *self = PRESYNC_TENANT_SOURCE (object);

  switch (id)
    {
    case PROP_CODE:
      g_value_set_boxed (value, self->code);
      break;
    case PROP_SIGNED_IN_AS:
      g_value_set_string (value, self->person);
      break;
    case PROP_TENANT_ID:
      g_value_set_string (value, self->tenant_id);
      break;
    case PROP_TENANT_NAME:
      g_value_set_string (value, self->tenant_name);
      break;
    case PROP_SIGNING_IN:
      g_value_set_boolean (value, self->sign_in_run != NULL);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
presync_tenant_source_class_init (PresyncTenantSourceClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  PresyncSourceClass *source_class = PRESYNC_SOURCE_CLASS (klass);
  GParamFlags readable = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS;

  object_class->dispose = presync_tenant_source_dispose;
  object_class->finalize = presync_tenant_source_finalize;
  object_class->get_property = presync_tenant_source_get_property;
  source_class->id = "tenant";
  source_class->dup_target = presync_tenant_source_dup_target;
  source_class->check_async = presync_tenant_source_check_async;
  source_class->check_finish = presync_tenant_source_check_finish;
  source_class->may_join = presync_tenant_source_may_join;
  source_class->close = presync_tenant_source_close;
  properties[PROP_CODE]
      = g_param_spec_boxed ("code", NULL, NULL, PRESYNC_TYPE_DEVICE_CODE, readable);
  properties[PROP_SIGNED_IN_AS] = g_param_spec_string ("signed-in-as", NULL, NULL, NULL, readable);
  properties[PROP_TENANT_ID] = g_param_spec_string ("tenant-id", NULL, NULL, NULL, readable);
  properties[PROP_TENANT_NAME] = g_param_spec_string ("tenant-name", NULL, NULL, NULL, readable);
  properties[PROP_SIGNING_IN] = g_param_spec_boolean ("signing-in", NULL, NULL, FALSE, readable);
  g_object_class_install_properties (object_class, N_PROPERTIES, properties);
}

static void
presync_tenant_source_init (PresyncTenantSource *self)
{
  PresyncSource *source = PRESYNC_SOURCE (self);

  self->told = g_hash_table_new (g_str_hash, g_str_equal);
  self->telling = g_hash_table_new (g_str_hash, g_str_equal);
  presync_source_add_stage (source, "find", _ ("Find the tenant"));
  presync_source_add_stage (source, "suffixes", _ ("Look up the UPN suffixes"));
  presync_source_add_stage (source, "sign-in", _ ("Sign in"));
  presync_source_add_stage (source, "read", _ ("Read"));
}

PresyncTenantSource *
presync_tenant_source_new (const PresyncTenantTarget *target)
{
  PresyncTenantSource *self;

  g_return_val_if_fail (target != NULL && target->domain != NULL, NULL);
  self = g_object_new (PRESYNC_TYPE_TENANT_SOURCE, NULL);
  self->target = presync_tenant_target_copy (target);
  return self;
}

const PresyncTenantTarget *
presync_tenant_source_get_target (PresyncTenantSource *self)
{
  g_return_val_if_fail (PRESYNC_IS_TENANT_SOURCE (self), NULL);
  return self->target;
}

void
presync_tenant_source_set_proxy (PresyncTenantSource *self, const char *proxy)
{
  g_autofree char *old = NULL;

  g_return_if_fail (PRESYNC_IS_TENANT_SOURCE (self));
  old = g_steal_pointer (&self->target->proxy);
  self->target->proxy = g_strdup (proxy);
}
