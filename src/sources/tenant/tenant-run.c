/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sources/tenant/tenant-run.h"

#include <glib/gi18n.h>

#include "base/error.h"

/* Shared by the main thread and the worker's. The main thread alone reads and clears @funcs. */
struct _PresyncTenantRun
{
  gatomicrefcount refs;
  GMainContext *context;
  GCancellable *cancellable;
  const PresyncTenantRunFuncs *funcs; /* nullable: it was stopped */
  gpointer user_data;
  PresyncTenantCheck check; /* belongs to the worker's thread until it has ended */
  char *tenant;             /* of a sign-in; nullable */
  const PresyncCloud *cloud;
};

/* Something that is told */
typedef struct
{
  PresyncTenantRun *run;
  char *stage;
  PresyncStageState state;
  char *text;
  GPtrArray *facts;
  PresyncDeviceCode *code;
} PresyncTenantNews;

static void
presync_tenant_run_unref (PresyncTenantRun *self)
{
  if (!g_atomic_ref_count_dec (&self->refs))
    return;
  presync_tenant_check_clear (&self->check);
  g_object_unref (self->cancellable);
  g_main_context_unref (self->context);
  g_free (self->tenant);
  g_free (self);
}

static PresyncTenantRun *
presync_tenant_run_ref (PresyncTenantRun *self)
{
  g_atomic_ref_count_inc (&self->refs);
  return self;
}

static void
presync_tenant_news_free (gpointer data)
{
  PresyncTenantNews *news = data;

  presync_tenant_run_unref (news->run);
  g_free (news->stage);
  g_free (news->text);
  g_clear_pointer (&news->facts, g_ptr_array_unref);
  g_clear_pointer (&news->code, presync_device_code_free);
  g_free (news);
}

static gboolean
presync_tenant_news_tell_cb (gpointer data)
{
  PresyncTenantNews *news = data;
  const PresyncTenantRunFuncs *funcs = news->run->funcs;
  gpointer user_data = news->run->user_data;

  if (funcs == NULL)
    return G_SOURCE_REMOVE;
  if (news->stage != NULL)
    funcs->stage (news->stage, news->state, news->text, user_data);
  else if (news->facts != NULL)
    funcs->facts (news->facts, user_data);
  else
    funcs->code (news->code, user_data);
  return G_SOURCE_REMOVE;
}

/* In the worker's thread. Not g_main_context_invoke(), which may run it in this very thread. */
static void
presync_tenant_news_send (PresyncTenantNews *news, PresyncTenantRun *run)
{
  g_autoptr (GSource) source = g_idle_source_new ();

  news->run = presync_tenant_run_ref (run);
  g_source_set_priority (source, G_PRIORITY_DEFAULT);
  g_source_set_callback (source, presync_tenant_news_tell_cb, news, presync_tenant_news_free);
  g_source_attach (source, run->context);
}

static void
presync_tenant_run_stage_cb (const char *stage, PresyncStageState state, const char *text,
                             gpointer user_data)
{
  PresyncTenantNews *news = g_new0 (PresyncTenantNews, 1);

  news->stage = g_strdup (stage);
  news->state = state;
  news->text = g_strdup (text);
  presync_tenant_news_send (news, user_data);
}

static void
presync_tenant_run_facts_cb (GPtrArray *facts, gpointer user_data)
{
  PresyncTenantNews *news = g_new0 (PresyncTenantNews, 1);

  news->facts = g_ptr_array_ref (facts);
  presync_tenant_news_send (news, user_data);
}

static void
presync_tenant_run_check_cb (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  PresyncTenantRun *self = data;
  GError *error = NULL;

  if (presync_tenant_check_run (&self->check, self->cancellable, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

/* The tenant's id must be known, and its cloud, before anybody can sign in to it. */
static gboolean
presync_tenant_run_find (PresyncTenantRun *self, GError **error)
{
  const PresyncTenantTarget *target = self->check.target;
  g_autoptr (PresyncHttp) http = NULL;
  g_autoptr (PresyncTenantOwner) owner = NULL;

  if (self->tenant != NULL)
    return TRUE;
  http = presync_http_new (target);
  if (!presync_tenant_check_find (http, target, &self->cloud, &owner, self->cancellable, error))
    return FALSE;
  if (!owner->discovery->exists || owner->discovery->tenant_id == NULL)
    {
      g_set_error (error, PRESYNC_ERROR, PRESYNC_ERROR_NOT_FOUND,
                   _ ("No tenant owns “%s”: there is nothing to sign in to."), target->domain);
      return FALSE;
    }
  self->tenant = g_strdup (owner->discovery->tenant_id);
  return TRUE;
}

static void
presync_tenant_run_sign_in_cb (GTask *task, gpointer source, gpointer data,
                               GCancellable *cancellable)
{
  PresyncTenantRun *self = data;
  g_autoptr (PresyncTenantTarget) target = presync_tenant_target_copy (self->check.target);
  g_autoptr (PresyncHttp) http = NULL;
  g_autoptr (PresyncDeviceCode) code = NULL;
  PresyncTokens *tokens;
  GError *error = NULL;

  if (!presync_tenant_run_find (self, &error))
    {
      g_task_return_error (task, error);
      return;
    }
  target->cloud = self->cloud;
  http = presync_http_new (target);
  code = presync_device_code_begin (http, target, self->tenant, self->cancellable, &error);
  if (code != NULL)
    {
      PresyncTenantNews *news = g_new0 (PresyncTenantNews, 1);

      news->code = presync_device_code_copy (code);
      presync_tenant_news_send (news, self);
      tokens
          = presync_device_code_wait (http, target, self->tenant, code, self->cancellable, &error);
      if (tokens != NULL)
        {
          g_task_return_pointer (task, tokens, (GDestroyNotify) presync_tokens_free);
          return;
        }
    }
  g_task_return_error (task, error);
}

static void
presync_tenant_run_checked_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  PresyncTenantRun *self = user_data;
  g_autoptr (GError) error = NULL;

  g_task_propagate_boolean (G_TASK (result), &error);
  if (self->funcs != NULL)
    self->funcs->checked (&self->check, error, self->user_data);
  presync_tenant_run_unref (self);
}

static void
presync_tenant_run_signed_in_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  PresyncTenantRun *self = user_data;
  g_autoptr (GError) error = NULL;
  PresyncTokens *tokens = g_task_propagate_pointer (G_TASK (result), &error);

  if (self->funcs != NULL)
    self->funcs->signed_in (tokens, error, self->user_data);
  else
    presync_tokens_free (tokens);
  presync_tenant_run_unref (self);
}

static PresyncTenantRun *
presync_tenant_run_new (const PresyncTenantRunFuncs *funcs, gpointer user_data)
{
  PresyncTenantRun *self = g_new0 (PresyncTenantRun, 1);

  g_atomic_ref_count_init (&self->refs);
  self->context = g_main_context_ref_thread_default ();
  self->cancellable = g_cancellable_new ();
  self->funcs = funcs;
  self->user_data = user_data;
  return self;
}

static void
presync_tenant_run_start (PresyncTenantRun *self, PresyncWorker *worker, GTaskThreadFunc func,
                          GAsyncReadyCallback callback)
{
  g_autoptr (GTask) task = g_task_new (NULL, NULL, callback, presync_tenant_run_ref (self));

  /* The run's own cancellable is not the task's: what a hurried check has found counts. */
  g_task_set_task_data (task, presync_tenant_run_ref (self),
                        (GDestroyNotify) presync_tenant_run_unref);
  presync_worker_run (worker, task, func);
}

PresyncTenantRun *
presync_tenant_run_check (PresyncWorker *worker, PresyncTenantCheck *check,
                          const PresyncTenantRunFuncs *funcs, gpointer user_data)
{
  PresyncTenantRun *self;

  g_return_val_if_fail (check != NULL && funcs != NULL, NULL);
  self = presync_tenant_run_new (funcs, user_data);
  self->check = *check;
  *check = (PresyncTenantCheck){ 0 };
  self->check.stage = presync_tenant_run_stage_cb;
  self->check.facts = presync_tenant_run_facts_cb;
  self->check.user_data = self;
  presync_tenant_run_start (self, worker, presync_tenant_run_check_cb,
                            presync_tenant_run_checked_cb);
  return self;
}

PresyncTenantRun *
presync_tenant_run_sign_in (PresyncWorker *worker, const PresyncTenantTarget *target,
                            const char *tenant, const PresyncCloud *cloud,
                            const PresyncTenantRunFuncs *funcs, gpointer user_data)
{
  PresyncTenantRun *self;

  g_return_val_if_fail (target != NULL && funcs != NULL, NULL);
  self = presync_tenant_run_new (funcs, user_data);
  self->check.target = presync_tenant_target_copy (target);
  self->tenant = g_strdup (tenant);
  self->cloud = cloud;
  presync_tenant_run_start (self, worker, presync_tenant_run_sign_in_cb,
                            presync_tenant_run_signed_in_cb);
  return self;
}

void
presync_tenant_run_hurry (PresyncTenantRun *self)
{
  g_return_if_fail (self != NULL);
  g_atomic_int_set (&self->check.timed_out, 1);
  g_cancellable_cancel (self->cancellable);
}

void
presync_tenant_run_stop (PresyncTenantRun *self)
{
  g_return_if_fail (self != NULL);
  self->funcs = NULL;
  g_cancellable_cancel (self->cancellable);
  presync_tenant_run_unref (self);
}
