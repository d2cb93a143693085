/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sources/tenant/tenant-source-private.h"

#include <glib/gi18n.h>

#include "base/error.h"

/* So long before the end of a check its questions are given up, so that what was found is told. */
#define LAST_SECONDS 5

void
presync_tenant_source_tell (PresyncTenantSource *self, GPtrArray *facts)
{
  for (guint i = 0; i < facts->len; i++)
    {
      const char *key = presync_fact_get_key (g_ptr_array_index (facts, i));

      g_hash_table_add (self->told, (gpointer) key);
      g_hash_table_add (self->telling, (gpointer) key);
    }
  presync_source_emit_facts (PRESYNC_SOURCE (self), facts);
}

/* Nothing keeps what an earlier check told and this one did not. @keys: (nullable): of which a fact
 * is told even if none was before */
static void
presync_tenant_source_tell_rest (PresyncTenantSource *self, const char *const *keys,
                                 PresyncUnknown reason, const char *detail)
{
  g_autoptr (GPtrArray) facts = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GDateTime) now = g_date_time_new_now_utc ();
  g_autoptr (PresyncOrigin) origin
      = presync_origin_new ("tenant", self->target->domain, "", now, FALSE);
  GHashTableIter iter;
  gpointer key;

  for (guint i = 0; keys != NULL && keys[i] != NULL; i++)
    g_hash_table_add (self->told, (gpointer) presync_fact_key_find (keys[i])->id);
  g_hash_table_iter_init (&iter, self->told);
  while (g_hash_table_iter_next (&iter, &key, NULL))
    if (!g_hash_table_contains (self->telling, key))
      g_ptr_array_add (
          facts, presync_fact_new_unknown (key, self->target->domain, reason, detail, origin));
  presync_source_emit_facts (PRESYNC_SOURCE (self), facts);
}

gboolean
presync_tenant_source_is_busy (PresyncTenantSource *self)
{
  return self->run != NULL;
}

GTask *
presync_tenant_source_stop (PresyncTenantSource *self)
{
  g_clear_pointer (&self->run, presync_tenant_run_stop);
  g_clear_handle_id (&self->deadline, g_source_remove);
  if (self->cancel != NULL)
    g_source_destroy (self->cancel);
  g_clear_pointer (&self->cancel, g_source_unref);
  return g_steal_pointer (&self->task);
}

/* The check has ended: those who wait are told, and what was put off begins. */
static void
presync_tenant_source_end (PresyncTenantSource *self, GTask *task, const GError *error)
{
  gboolean reads = self->sign_in_reads;
  gboolean again = self->again && error == NULL;

  self->again = FALSE;
  /* Before who waits looks whether the source is at work */
  if (self->sign_in_task != NULL && !reads && self->sign_in_run == NULL)
    presync_tenant_source_begin (self, FALSE, FALSE);
  else if (again)
    presync_tenant_source_begin (self, FALSE, TRUE);
  if (reads)
    {
      self->sign_in_reads = FALSE;
      presync_tenant_source_end_sign_in (self, error);
    }
  if (task == NULL)
    return;
  if (error != NULL)
    g_task_return_error (task, g_error_copy (error));
  else
    g_task_return_boolean (task, TRUE);
}

/* What the check made of the sign-in */
static void
presync_tenant_source_take_sign_in (PresyncTenantSource *self, PresyncTenantCheck *check)
{
  /* Somebody signed in meanwhile, which it does not know of. */
  if (self->run_serial != self->sign_in_serial)
    return;
  g_clear_pointer (&self->tokens, presync_tokens_free);
  self->tokens = g_steal_pointer (&check->tokens);
  g_clear_pointer (&self->refresh, presync_secret_unref);
  self->refresh = g_steal_pointer (&check->refresh);
}

static void
presync_tenant_source_succeed (PresyncTenantSource *self, PresyncTenantCheck *check)
{
  PresyncSource *source = PRESYNC_SOURCE (self);
  g_autoptr (GTask) task = presync_tenant_source_stop (self);
  g_autofree char *person = presync_tenant_known_dup_person (check->known);
  g_autofree char *name = presync_tenant_known_dup_name (check->known);

  presync_source_end_stages (PRESYNC_SOURCE (self), NULL);
  presync_source_set_progress (source, -1.0);
  presync_tenant_source_set_text (self, &self->tenant_id,
                                  presync_tenant_known_get_tenant (check->known), "tenant-id");
  presync_tenant_source_set_text (self, &self->person, person, "signed-in-as");
  if (self->test_only)
    presync_source_set_state (source, PRESYNC_SOURCE_IDLE, _ ("The connection works"));
  else
    {
      g_autoptr (GPtrArray) facts = presync_tenant_known_list_facts (
          check->known, self->target->domain, TRUE, check->known->signed_in);

      g_clear_pointer (&self->known, presync_tenant_known_unref);
      self->known = presync_tenant_known_ref (check->known);
      self->signed_in_before = self->signed_in_before || check->known->signed_in;
      presync_tenant_source_set_text (self, &self->tenant_name, name, "tenant-name");
      presync_tenant_source_tell (self, facts);
      presync_tenant_source_tell_rest (self, NULL, PRESYNC_UNKNOWN_NOT_OFFERED,
                                       check->known->signed_in
                                           ? _ ("The tenant tells this no longer.")
                                           : _ ("Without a sign-in, this is not known."));
      presync_source_set_state (source, PRESYNC_SOURCE_DONE, NULL);
    }
  presync_tenant_source_end (self, task, NULL);
}

/* @check: (nullable): what it has found nevertheless */
static void
presync_tenant_source_fail (PresyncTenantSource *self, PresyncTenantCheck *check,
                            const GError *error)
{
  PresyncSource *source = PRESYNC_SOURCE (self);
  g_autoptr (GTask) task = presync_tenant_source_stop (self);

  presync_source_end_stages (PRESYNC_SOURCE (self), error->message);
  presync_source_set_progress (source, -1.0);
  if (!self->test_only)
    {
      g_clear_pointer (&self->known, presync_tenant_known_unref);
      /* A tenant in another cloud: it was found, but cannot be looked at from this one. */
      if (check != NULL && check->known != NULL && check->known->own != NULL)
        {
          g_autoptr (GPtrArray) facts = NULL;

          check->known->signed_in = TRUE;
          facts = presync_tenant_known_list_facts (check->known, self->target->domain, TRUE, FALSE);
          presync_tenant_source_tell (self, facts);
        }
      presync_tenant_source_tell_rest (self, presync_tenant_open_fact_keys (),
                                       presync_tenant_judge_error (error), error->message);
    }
  presync_source_set_state (source, PRESYNC_SOURCE_FAILED, error->message);
  presync_tenant_source_end (self, task, error);
}

static void
presync_tenant_source_stage_cb (const char *stage, PresyncStageState state, const char *text,
                                gpointer user_data)
{
  presync_source_set_stage (PRESYNC_SOURCE (user_data), stage, state, text);
}

static void
presync_tenant_source_facts_cb (GPtrArray *facts, gpointer user_data)
{
  presync_tenant_source_tell (user_data, facts);
}

static void
presync_tenant_source_checked_cb (PresyncTenantCheck *check, const GError *error,
                                  gpointer user_data)
{
  g_autoptr (PresyncTenantSource) self = g_object_ref (user_data);

  presync_tenant_source_take_sign_in (self, check);
  if (error == NULL)
    presync_tenant_source_succeed (self, check);
  else
    presync_tenant_source_fail (self, check, error);
}

static const PresyncTenantRunFuncs run_funcs = {
  .stage = presync_tenant_source_stage_cb,
  .facts = presync_tenant_source_facts_cb,
  .code = presync_tenant_source_code_cb,
  .checked = presync_tenant_source_checked_cb,
  .signed_in = presync_tenant_source_signed_in_cb,
};

const PresyncTenantRunFuncs *
presync_tenant_source_get_run_funcs (void)
{
  return &run_funcs;
}

static gboolean
presync_tenant_source_ended_cb (gpointer user_data)
{
  g_autoptr (PresyncTenantSource) self = g_object_ref (user_data);
  g_autoptr (GError) error
      = g_error_new (PRESYNC_ERROR, PRESYNC_ERROR_TIMED_OUT,
                     _ ("The check of the tenant “%s” did not end within %d seconds."),
                     self->target->domain, PRESYNC_TENANT_CHECK_SECONDS);

  self->deadline = 0;
  presync_tenant_source_fail (self, NULL, error);
  return G_SOURCE_REMOVE;
}

static gboolean
presync_tenant_source_late_cb (gpointer user_data)
{
  PresyncTenantSource *self = user_data;

  presync_tenant_run_hurry (self->run);
  self->deadline = g_timeout_add_seconds (LAST_SECONDS, presync_tenant_source_ended_cb, self);
  return G_SOURCE_REMOVE;
}

/* Keeps what holds if the check is cancelled. */
static void
presync_tenant_source_keep_earlier (PresyncTenantSource *self)
{
  PresyncSource *source = PRESYNC_SOURCE (self);
  const char *message = presync_source_get_message (source);
  PresyncEarlier *earlier;

  /* Of two cancels in a row, only the last is told. */
  if (self->earlier != NULL && self->cancelled != NULL && g_strcmp0 (message, self->cancelled) == 0)
    message = presync_earlier_get_message (self->earlier);
  earlier = presync_earlier_new (source, presync_source_get_state (source), message, NULL);
  g_clear_pointer (&self->earlier, presync_earlier_free);
  self->earlier = earlier;
}

void
presync_tenant_source_begin (PresyncTenantSource *self, gboolean test_only, gboolean only_new)
{
  PresyncSource *source = PRESYNC_SOURCE (self);
  GListModel *stages = presync_source_get_stages (source);
  PresyncTenantCheck check = {
    .target = presync_tenant_target_copy (self->target),
    .test_only = test_only,
    .suffixes = g_strdupv (self->suffixes),
    .offered = g_strdupv (self->offered),
    .whole = self->whole,
    .admin = g_strdup (self->admin),
    .earlier = only_new && self->known != NULL ? presync_tenant_known_ref (self->known) : NULL,
    .signed_in_before = self->signed_in_before,
    .may_sign_in = !self->signed_out,
    .tokens = presync_tokens_copy (self->tokens),
    .refresh = self->refresh != NULL ? presync_secret_ref (self->refresh) : NULL,
  };

  presync_tenant_source_keep_earlier (self);
  for (guint i = 0; i < g_list_model_get_n_items (stages); i++)
    {
      g_autoptr (PresyncStage) stage = g_list_model_get_item (stages, i);

      presync_stage_set (stage, PRESYNC_STAGE_WAITING, NULL);
    }
  self->test_only = test_only;
  self->again = FALSE;
  self->run_serial = self->sign_in_serial;
  self->sign_in_reads = self->sign_in_task != NULL && self->sign_in_run == NULL;
  g_hash_table_remove_all (self->telling);
  if (self->worker == NULL)
    self->worker = presync_worker_new ("presync-tenant");
  self->run = presync_tenant_run_check (self->worker, &check, &run_funcs, self);
  self->deadline = g_timeout_add_seconds (PRESYNC_TENANT_CHECK_SECONDS - LAST_SECONDS,
                                          presync_tenant_source_late_cb, self);
  presync_source_set_progress (source, test_only ? -1.0 : 0.0);
  presync_source_set_state (source, test_only ? PRESYNC_SOURCE_TESTING : PRESYNC_SOURCE_CHECKING,
                            _ ("Connecting"));
}

/* What it told before the check, and that the check was cancelled */
static void
presync_tenant_source_restore (PresyncTenantSource *self, const char *cancelled)
{
  PresyncSource *source = PRESYNC_SOURCE (self);
  PresyncSourceState state
      = self->test_only ? PRESYNC_SOURCE_IDLE : presync_earlier_get_state (self->earlier);
  const char *message = self->test_only ? NULL : presync_earlier_get_message (self->earlier);

  if (state == PRESYNC_SOURCE_IDLE)
    presync_source_end_stages (PRESYNC_SOURCE (self), cancelled);
  else
    presync_earlier_restore_stages (self->earlier, source);
  g_free (self->cancelled);
  self->cancelled = state == PRESYNC_SOURCE_IDLE || message == NULL
                        ? g_strdup (cancelled)
                        /* Translators: what happened, then what holds nevertheless */
                        : g_strdup_printf (_ ("%s. %s"), cancelled, message);
  presync_source_set_state (source, state, self->cancelled);
}

void
presync_tenant_source_cancel (PresyncTenantSource *self)
{
  g_autoptr (PresyncTenantSource) keep = g_object_ref (self);
  g_autoptr (GTask) task = presync_tenant_source_stop (self);
  g_autoptr (GError) error
      = g_error_new_literal (G_IO_ERROR, G_IO_ERROR_CANCELLED, _ ("The check was cancelled"));

  presync_source_set_progress (PRESYNC_SOURCE (self), -1.0);
  /* What was read before stays as it is. */
  if (!self->test_only && g_hash_table_size (self->told) == 0)
    presync_tenant_source_tell_rest (self, presync_tenant_open_fact_keys (),
                                     PRESYNC_UNKNOWN_CANCELLED, error->message);
  presync_tenant_source_restore (self, error->message);
  presync_tenant_source_end (self, task, error);
}

void
presync_tenant_source_restart (PresyncTenantSource *self)
{
  gboolean test_only = self->test_only;
  PresyncSourceState state = presync_earlier_get_state (self->earlier);
  g_autofree char *message = g_strdup (presync_earlier_get_message (self->earlier));

  g_clear_pointer (&self->run, presync_tenant_run_stop);
  g_clear_handle_id (&self->deadline, g_source_remove);
  presync_tenant_source_begin (self, test_only, FALSE);
  presync_earlier_set (self->earlier, state, message);
}
