/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sources/tenant/tenant-source-private.h"

#include <glib/gi18n.h>

#include "base/error.h"

static void
presync_tenant_source_set_code (PresyncTenantSource *self, const PresyncDeviceCode *code)
{
  if (self->code == NULL && code == NULL)
    return;
  g_clear_pointer (&self->code, presync_device_code_free);
  self->code = presync_device_code_copy (code);
  g_object_notify (G_OBJECT (self), "code");
}

void
presync_tenant_source_end_sign_in (PresyncTenantSource *self, const GError *error)
{
  g_autoptr (GTask) task = g_steal_pointer (&self->sign_in_task);
  gboolean waited = self->sign_in_run != NULL;

  g_clear_pointer (&self->sign_in_run, presync_tenant_run_stop);
  if (self->sign_in_cancel != NULL)
    g_source_destroy (self->sign_in_cancel);
  g_clear_pointer (&self->sign_in_cancel, g_source_unref);
  self->sign_in_reads = FALSE;
  presync_tenant_source_set_code (self, NULL);
  if (waited)
    g_object_notify (G_OBJECT (self), "signing-in");
  if (task == NULL)
    return;
  if (error != NULL)
    g_task_return_error (task, g_error_copy (error));
  else
    g_task_return_boolean (task, TRUE);
}

void
presync_tenant_source_code_cb (const PresyncDeviceCode *code, gpointer user_data)
{
  presync_tenant_source_set_code (user_data, code);
}

void
presync_tenant_source_signed_in_cb (PresyncTokens *tokens, const GError *error, gpointer user_data)
{
  g_autoptr (PresyncTenantSource) self = g_object_ref (user_data);

  if (tokens == NULL)
    {
      presync_tenant_source_end_sign_in (self, error);
      return;
    }
  g_clear_pointer (&self->sign_in_run, presync_tenant_run_stop);
  presync_tenant_source_set_code (self, NULL);
  g_object_notify (G_OBJECT (self), "signing-in");
  g_clear_pointer (&self->tokens, presync_tokens_free);
  self->tokens = tokens;
  self->sign_in_serial++;
  self->signed_out = FALSE;
  g_clear_pointer (&self->refresh, presync_secret_unref);
  /* The check under way knows nothing of the sign-in: another follows it. */
  if (!presync_tenant_source_is_busy (self))
    presync_tenant_source_begin (self, FALSE, FALSE);
}

static gboolean
presync_tenant_source_sign_in_cancelled_cb (GCancellable *cancellable, gpointer user_data)
{
  g_autoptr (PresyncTenantSource) self = g_object_ref (user_data);
  g_autoptr (GError) error
      = g_error_new_literal (G_IO_ERROR, G_IO_ERROR_CANCELLED, _ ("The sign-in was cancelled."));
  gboolean reads = self->sign_in_reads;

  /* Whoever has just signed in did not want to. */
  if (self->sign_in_run == NULL && self->target->recording == NULL)
    {
      g_clear_pointer (&self->tokens, presync_tokens_free);
      self->sign_in_serial++;
    }
  presync_tenant_source_end_sign_in (self, error);
  if (!reads)
    return G_SOURCE_REMOVE;
  /* Somebody else may wait for the check: for that it begins anew, without the sign-in. */
  if (self->task == NULL)
    presync_tenant_source_cancel (self);
  else if (self->target->recording == NULL)
    presync_tenant_source_restart (self);
  return G_SOURCE_REMOVE;
}

void
presync_tenant_source_sign_in_async (PresyncTenantSource *self, GCancellable *cancellable,
                                     GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = NULL;
  g_autoptr (GError) error = NULL;

  g_return_if_fail (PRESYNC_IS_TENANT_SOURCE (self));
  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, presync_tenant_source_sign_in_async);
  g_task_set_check_cancellable (task, FALSE);
  if (self->sign_in_task != NULL)
    {
      g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_PENDING,
                               _ ("Somebody is signing in already"));
      return;
    }
  if (self->target->recording == NULL && self->target->client_id == NULL)
    g_set_error_literal (&error, PRESYNC_ERROR, PRESYNC_ERROR_BAD_INPUT,
                         _ ("Signing in needs the application (client) ID of a registered "
                            "application."));
  else
    presync_tenant_target_validate (self->target, &error);
  if (error != NULL)
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }
  self->sign_in_task = g_steal_pointer (&task);
  self->sign_in_cancel
      = presync_tenant_source_watch (self, cancellable, presync_tenant_source_sign_in_cancelled_cb);
  /* A recording is signed in by itself. */
  if (self->target->recording != NULL)
    {
      self->signed_out = FALSE;
      if (!presync_tenant_source_is_busy (self))
        presync_tenant_source_begin (self, FALSE, FALSE);
      return;
    }
  if (self->sign_in_worker == NULL)
    self->sign_in_worker = presync_worker_new ("presync-sign-in");
  self->sign_in_run
      = presync_tenant_run_sign_in (self->sign_in_worker, self->target,
                                    /* What a check that failed had found is asked anew. */
                                    self->known != NULL ? self->tenant_id : NULL,
                                    self->known != NULL ? self->known->cloud : self->target->cloud,
                                    presync_tenant_source_get_run_funcs (), self);
  g_object_notify (G_OBJECT (self), "signing-in");
}

gboolean
presync_tenant_source_sign_in_finish (PresyncTenantSource *self, GAsyncResult *result,
                                      GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);
  return g_task_propagate_boolean (G_TASK (result), error);
}

void
presync_tenant_source_sign_out (PresyncTenantSource *self)
{
  g_autoptr (PresyncTenantSource) keep = NULL;
  g_autoptr (GError) error = NULL;
  const char *const *keys = presync_tenant_signed_in_fact_keys ();

  g_return_if_fail (PRESYNC_IS_TENANT_SOURCE (self));
  keep = g_object_ref (self);
  error = g_error_new_literal (G_IO_ERROR, G_IO_ERROR_CANCELLED, _ ("Signed out"));
  presync_tenant_source_end_sign_in (self, error);
  g_clear_pointer (&self->tokens, presync_tokens_free);
  g_clear_pointer (&self->refresh, presync_secret_unref);
  self->signed_out = TRUE;
  self->signed_in_before = FALSE;
  presync_tenant_source_set_text (self, &self->person, NULL, "signed-in-as");
  presync_tenant_source_set_text (self, &self->tenant_name, NULL, "tenant-name");
  for (guint i = 0; keys[i] != NULL; i++)
    g_hash_table_remove (self->told, keys[i]);
  presync_source_emit_forgotten (PRESYNC_SOURCE (self), keys);
  if (self->known != NULL)
    {
      g_autoptr (GPtrArray) facts = NULL;
      PresyncTenantKnown *known = presync_tenant_known_new_open (self->known);

      presync_tenant_known_unref (self->known);
      self->known = known;
      facts = presync_tenant_known_list_facts (known, self->target->domain, TRUE, FALSE);
      presync_tenant_source_tell (self, facts);
      presync_source_set_stage (PRESYNC_SOURCE (self), "sign-in", PRESYNC_STAGE_SKIPPED,
                                _ ("Not signed in"));
      presync_source_set_stage (PRESYNC_SOURCE (self), "read", PRESYNC_STAGE_SKIPPED, NULL);
    }
  if (presync_tenant_source_is_busy (self))
    presync_tenant_source_restart (self);
}

void
presync_tenant_source_set_refresh_token (PresyncTenantSource *self, PresyncSecret *refresh)
{
  g_return_if_fail (PRESYNC_IS_TENANT_SOURCE (self));
  g_clear_pointer (&self->refresh, presync_secret_unref);
  self->refresh = refresh != NULL ? presync_secret_ref (refresh) : NULL;
  self->sign_in_serial++;
}

PresyncSecret *
presync_tenant_source_dup_refresh_token (PresyncTenantSource *self)
{
  PresyncSecret *refresh;

  g_return_val_if_fail (PRESYNC_IS_TENANT_SOURCE (self), NULL);
  refresh = self->tokens != NULL ? self->tokens->refresh : self->refresh;
  return refresh != NULL ? presync_secret_ref (refresh) : NULL;
}
