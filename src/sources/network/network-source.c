/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sources/network/network-source-private.h"

#include <glib/gi18n.h>

#include "sources/network/reach-facts.h"
#include "sources/network/reach-plan.h"
#include "sources/network/reach-recording.h"
#include "sources/network/reach-rows.h"

G_DEFINE_FINAL_TYPE (PresyncNetworkSource, presync_network_source, PRESYNC_TYPE_SOURCE)

gboolean
presync_network_source_is_busy (PresyncNetworkSource *self)
{
  return self->run != NULL || self->loading != NULL;
}

static char *
presync_network_source_dup_target (PresyncSource *source)
{
  PresyncNetworkSource *self = PRESYNC_NETWORK_SOURCE (source);

  return g_strdup (self->target->recording != NULL ? self->target->recording : _ ("this computer"));
}

/* Forgets what was told of keys that no fact tells any more. @facts: (nullable): all there are;
 * %NULL: those that rows still tell, or may */
static void
presync_network_source_forget (PresyncNetworkSource *self, GPtrArray *facts)
{
  g_autoptr (GPtrArray) keys = g_ptr_array_new ();
  GHashTableIter iter;
  gpointer key;

  g_hash_table_iter_init (&iter, self->told);
  while (g_hash_table_iter_next (&iter, &key, NULL))
    {
      gboolean told = facts == NULL && presync_reach_rows_may_tell (G_LIST_MODEL (self->rows), key);

      for (guint i = 0; !told && facts != NULL && i < facts->len; i++)
        told = g_str_equal (presync_fact_get_key (g_ptr_array_index (facts, i)), key);
      if (told)
        continue;
      g_ptr_array_add (keys, key);
      g_hash_table_iter_remove (&iter);
    }
  g_ptr_array_add (keys, NULL);
  presync_source_emit_forgotten (PRESYNC_SOURCE (self), (const char *const *) keys->pdata);
}

/* @keys: (nullable): all */
static void
presync_network_source_emit (PresyncNetworkSource *self, const char *const *keys)
{
  g_autoptr (GPtrArray) rows = presync_reach_rows_list (G_LIST_MODEL (self->rows));
  g_autoptr (GDateTime) now = g_date_time_new_now_utc ();
  g_autofree char *target = presync_network_source_dup_target (PRESYNC_SOURCE (self));
  g_autoptr (GPtrArray) facts = NULL;

  if (self->test_only)
    return;
  facts = presync_reach_list_facts (rows, keys, "network", target, now);
  for (guint i = 0; i < facts->len; i++)
    g_hash_table_add (self->told, (gpointer) presync_fact_get_key (g_ptr_array_index (facts, i)));
  presync_source_emit_facts (PRESYNC_SOURCE (self), facts);
  if (keys == NULL)
    presync_network_source_forget (self, facts);
}

/* Rows of a stage; those of lists are the internet's too. */
static gboolean
presync_network_source_is_of_stage (PresyncReach *row, const char *stage)
{
  const char *group = presync_reach_get_group (row);

  return g_str_equal (g_str_equal (group, "lists") ? "internet" : group, stage);
}

static void
presync_network_source_update_stage (PresyncNetworkSource *self, PresyncStage *stage)
{
  g_autoptr (GPtrArray) rows = presync_reach_rows_list (G_LIST_MODEL (self->rows));
  guint n = 0, n_ended = 0, n_reached = 0;
  g_autofree char *text = NULL;

  for (guint i = 0; i < rows->len; i++)
    {
      PresyncReach *row = g_ptr_array_index (rows, i);
      PresyncReachOutcome outcome = presync_reach_get_outcome (row);

      if (!presync_network_source_is_of_stage (row, presync_stage_get_id (stage)))
        continue;
      n++;
      n_ended += outcome != PRESYNC_REACH_PENDING;
      n_reached += outcome == PRESYNC_REACH_REACHED;
    }
  /* Translators: how many of how many addresses answered */
  text = g_strdup_printf (_ ("%u of %u"), n_reached, n);
  if (n == 0)
    presync_stage_set (stage, PRESYNC_STAGE_SKIPPED, NULL);
  else
    presync_stage_set (stage, n_ended == n ? PRESYNC_STAGE_DONE : PRESYNC_STAGE_RUNNING, text);
}

static void
presync_network_source_update_progress (PresyncNetworkSource *self)
{
  GListModel *stages = presync_source_get_stages (PRESYNC_SOURCE (self));
  g_autoptr (GPtrArray) rows = presync_reach_rows_list (G_LIST_MODEL (self->rows));
  guint n_ended = 0;

  for (guint i = 0; i < g_list_model_get_n_items (stages); i++)
    {
      g_autoptr (PresyncStage) stage = g_list_model_get_item (stages, i);
      presync_network_source_update_stage (self, stage);
    }
  for (guint i = 0; i < rows->len; i++)
    n_ended += presync_reach_get_outcome (g_ptr_array_index (rows, i)) != PRESYNC_REACH_PENDING;
  if (rows->len > 0)
    presync_source_set_progress (PRESYNC_SOURCE (self), (double) n_ended / rows->len);
}

/* (transfer full) (nullable): the task, which the caller ends. Nothing runs any more afterwards. */
static GTask *
presync_network_source_stop (PresyncNetworkSource *self)
{
  if (self->cancel != NULL)
    g_source_destroy (self->cancel);
  g_clear_pointer (&self->cancel, g_source_unref);
  g_clear_pointer (&self->run, presync_reach_run_stop);
  if (self->loading != NULL)
    g_cancellable_cancel (self->loading);
  g_clear_object (&self->loading);
  self->by_itself = FALSE;
  return g_steal_pointer (&self->task);
}

static gboolean presync_network_source_look_again (PresyncNetworkSource *self);

/* @error: (nullable) (transfer full): of a recording that could not be read */
static void
presync_network_source_finish (PresyncNetworkSource *self, GError *error)
{
  g_autoptr (PresyncNetworkSource) keep = g_object_ref (self);
  PresyncSource *source = PRESYNC_SOURCE (self);
  g_autoptr (GTask) task = presync_network_source_stop (self);
  g_autoptr (GError) told = error;

  g_clear_pointer (&self->before, g_hash_table_unref);
  presync_network_source_update_progress (self);
  presync_source_set_progress (source, -1.0);
  if (!self->test_only)
    {
      presync_network_source_end_saved (self);
      self->checked = TRUE;
      if (self->target->recording == NULL)
        {
          g_clear_pointer (&self->at, g_date_time_unref);
          self->at = g_date_time_new_now_utc ();
        }
    }
  /* What was told as a whole was told; the rest is told after another look. */
  if (!presync_reach_rows_has_pending (G_LIST_MODEL (self->rows)))
    presync_network_source_emit (self, NULL);
  if (told != NULL)
    presync_source_set_state (source, PRESYNC_SOURCE_FAILED, told->message);
  else if (self->test_only)
    presync_source_set_state (source, PRESYNC_SOURCE_IDLE, _ ("The network was tried"));
  else
    presync_source_set_state (source, PRESYNC_SOURCE_DONE, NULL);
  self->test_only = FALSE;
  /* Before whoever waits is told, who may join it then */
  presync_network_source_look_again (self);
  if (task == NULL)
    return;
  if (told != NULL)
    g_task_return_error (task, g_steal_pointer (&told));
  else
    g_task_return_boolean (task, TRUE);
}

/* Rows that did not end have what they had before; those that never ended are cancelled. */
static void
presync_network_source_restore_rows (PresyncNetworkSource *self, const char *cancelled)
{
  g_autoptr (GPtrArray) rows = presync_reach_rows_list (G_LIST_MODEL (self->rows));
  g_autoptr (GDateTime) now = g_date_time_new_now_utc ();

  for (guint i = 0; i < rows->len; i++)
    {
      PresyncReach *row = g_ptr_array_index (rows, i);
      PresyncReach *before = self->before != NULL ? g_hash_table_lookup (self->before, row) : NULL;
      gboolean had = before != NULL && presync_reach_get_outcome (before) != PRESYNC_REACH_PENDING;

      if (presync_reach_get_outcome (row) != PRESYNC_REACH_PENDING && !self->test_only)
        continue;
      if (had)
        presync_reach_take_result (row, before);
      else if (self->test_only)
        presync_reach_end (row, PRESYNC_REACH_PENDING, NULL);
      else
        {
          presync_reach_set_at (row, now);
          presync_reach_end (row, PRESYNC_REACH_CANCELLED, cancelled);
        }
    }
}

static void
presync_network_source_cancel (PresyncNetworkSource *self)
{
  g_autoptr (PresyncNetworkSource) keep = g_object_ref (self);
  PresyncSource *source = PRESYNC_SOURCE (self);
  g_autoptr (GTask) task = presync_network_source_stop (self);
  g_autoptr (GError) error
      = g_error_new_literal (G_IO_ERROR, G_IO_ERROR_CANCELLED, _ ("The check was cancelled"));
  PresyncSourceState state = presync_earlier_get_state (self->earlier);

  presync_network_source_restore_rows (self, error->message);
  g_clear_pointer (&self->before, g_hash_table_unref);
  presync_network_source_emit (self, NULL);
  self->test_only = FALSE;
  presync_earlier_restore_stages (self->earlier, source);
  presync_source_set_progress (source, -1.0);
  presync_source_set_state (source, state, error->message);
  if (task != NULL)
    g_task_return_error (task, g_steal_pointer (&error));
}

static gboolean
presync_network_source_cancelled_cb (GCancellable *cancellable, gpointer user_data)
{
  presync_network_source_cancel (user_data);
  return G_SOURCE_REMOVE;
}

static void
presync_network_source_ended_cb (PresyncReach *row, gpointer user_data)
{
  g_autoptr (PresyncNetworkSource) self = g_object_ref (user_data);
  g_auto (GStrv) keys = NULL;

  if (row == NULL)
    {
      presync_network_source_finish (self, NULL);
      return;
    }
  presync_network_source_update_progress (self);
  keys = presync_reach_rows_list_whole_keys (G_LIST_MODEL (self->rows), row);
  if (keys[0] != NULL)
    presync_network_source_emit (self, (const char *const *) keys);
}

static void
presync_network_source_loaded_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (PresyncNetworkSource) self = user_data;
  g_autoptr (GPtrArray) rows = NULL;
  g_autoptr (GBytes) data = NULL;
  g_autoptr (GDateTime) at = NULL;
  g_autoptr (GDateTime) now = NULL;
  g_autoptr (GError) error = NULL;

  data = presync_reach_recording_load_finish (result, &error);
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) || self->loading == NULL)
    return;
  rows = presync_reach_rows_list_pending (G_LIST_MODEL (self->rows));
  if (data != NULL)
    at = presync_reach_recording_apply (data, self->target->recording, rows, &error);
  if (at != NULL)
    {
      g_clear_pointer (&self->at, g_date_time_unref);
      self->at = g_steal_pointer (&at);
    }
  now = g_date_time_new_now_utc ();
  for (guint i = 0; error != NULL && i < rows->len; i++)
    {
      presync_reach_set_at (g_ptr_array_index (rows, i), now);
      presync_reach_end (g_ptr_array_index (rows, i), PRESYNC_REACH_NOT_TRIED, error->message);
    }
  presync_network_source_finish (self, g_steal_pointer (&error));
}

/* Tries the rows that are pending. */
static void
presync_network_source_begin (PresyncNetworkSource *self)
{
  g_autoptr (GPtrArray) rows = presync_reach_rows_list_pending (G_LIST_MODEL (self->rows));

  presync_network_source_update_progress (self);
  presync_source_set_progress (PRESYNC_SOURCE (self), 0.0);
  presync_source_set_state (
      PRESYNC_SOURCE (self), self->test_only ? PRESYNC_SOURCE_TESTING : PRESYNC_SOURCE_CHECKING,
      self->target->recording != NULL ? _ ("Reading the recording") : _ ("Trying the network"));
  if (self->target->recording != NULL)
    {
      self->loading = g_cancellable_new ();
      presync_reach_recording_load_async (self->target->recording, self->loading,
                                          presync_network_source_loaded_cb, g_object_ref (self));
      return;
    }
  if (rows->len == 0)
    {
      presync_network_source_finish (self, NULL);
      return;
    }
  self->run = presync_reach_run_new (PRESYNC_NETWORK_DEADLINE_SECONDS,
                                     presync_network_source_ended_cb, self);
  for (guint i = 0; i < rows->len; i++)
    presync_reach_run_add (self->run, g_ptr_array_index (rows, i), self->target);
}

/* Remembers what holds if the check is cancelled. */
static void
presync_network_source_remember (PresyncNetworkSource *self)
{
  PresyncSource *source = PRESYNC_SOURCE (self);
  g_autoptr (GPtrArray) rows = presync_reach_rows_list (G_LIST_MODEL (self->rows));

  presync_network_source_save (self);
  g_clear_pointer (&self->earlier, presync_earlier_free);
  self->earlier = presync_earlier_new (source, presync_source_get_state (source),
                                       presync_source_get_message (source), NULL);
  g_clear_pointer (&self->before, g_hash_table_unref);
  self->before = g_hash_table_new_full (NULL, NULL, g_object_unref, g_object_unref);
  for (guint i = 0; i < rows->len; i++)
    {
      PresyncReach *row = g_ptr_array_index (rows, i);
      g_hash_table_insert (self->before, g_object_ref (row), presync_reach_copy (row));
    }
}

/* %TRUE: rows wait, and are tried without anybody's asking */
static gboolean
presync_network_source_look_again (PresyncNetworkSource *self)
{
  /* Whoever was told of the state may have begun already. */
  if (presync_network_source_is_busy (self))
    return TRUE;
  if (!self->checked || !presync_reach_rows_has_pending (G_LIST_MODEL (self->rows)))
    return FALSE;
  presync_network_source_remember (self);
  self->by_itself = TRUE;
  presync_network_source_begin (self);
  return TRUE;
}

static void
presync_network_source_check_async (PresyncSource *source, gboolean test_only,
                                    GCancellable *cancellable, GAsyncReadyCallback callback,
                                    gpointer user_data)
{
  PresyncNetworkSource *self = PRESYNC_NETWORK_SOURCE (source);
  g_autoptr (GPtrArray) rows = NULL;

  self->task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (self->task, presync_network_source_check_async);
  g_task_set_check_cancellable (self->task, FALSE);
  if (cancellable != NULL)
    {
      g_autoptr (GMainContext) context = g_main_context_ref_thread_default ();

      self->cancel = g_cancellable_source_new (cancellable);
      /* Before what threads may have told meanwhile */
      g_source_set_priority (self->cancel, G_PRIORITY_HIGH);
      g_source_set_callback (self->cancel, G_SOURCE_FUNC (presync_network_source_cancelled_cb),
                             self, NULL);
      g_source_attach (self->cancel, context);
    }
  if (self->by_itself)
    {
      self->by_itself = FALSE;
      return;
    }
  presync_network_source_remember (self);
  self->test_only = test_only;
  rows = presync_reach_rows_list (G_LIST_MODEL (self->rows));
  for (guint i = 0; i < rows->len; i++)
    presync_reach_end (g_ptr_array_index (rows, i), PRESYNC_REACH_PENDING, NULL);
  presync_network_source_begin (self);
}

static gboolean
presync_network_source_check_finish (PresyncSource *source, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, source), FALSE);
  return g_task_propagate_boolean (G_TASK (result), error);
}

static gboolean
presync_network_source_may_join (PresyncSource *source)
{
  PresyncNetworkSource *self = PRESYNC_NETWORK_SOURCE (source);

  return self->by_itself && presync_network_source_is_busy (self);
}

static void
presync_network_source_close (PresyncSource *source)
{
  PresyncNetworkSource *self = PRESYNC_NETWORK_SOURCE (source);

  if (presync_network_source_is_busy (self))
    presync_network_source_cancel (self);
}

static void
presync_network_source_dispose (GObject *object)
{
  PresyncNetworkSource *self = PRESYNC_NETWORK_SOURCE (object);
  g_autoptr (GTask) task = presync_network_source_stop (self);

  /* A task holds its source, so there is none here. */
  g_assert (task == NULL);
  G_OBJECT_CLASS (presync_network_source_parent_class)->dispose (object);
}

static void
presync_network_source_finalize (GObject *object)
{
  PresyncNetworkSource *self = PRESYNC_NETWORK_SOURCE (object);

  presync_network_target_free (self->target);
  g_object_unref (self->rows);
  g_clear_pointer (&self->at, g_date_time_unref);
  g_clear_pointer (&self->earlier, presync_earlier_free);
  g_clear_pointer (&self->before, g_hash_table_unref);
  g_hash_table_unref (self->told);
  g_clear_pointer (&self->saved, g_hash_table_unref);
  g_free (self->text);
  G_OBJECT_CLASS (presync_network_source_parent_class)->finalize (object);
}

static void
presync_network_source_class_init (PresyncNetworkSourceClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  PresyncSourceClass *source_class = PRESYNC_SOURCE_CLASS (klass);

  object_class->dispose = presync_network_source_dispose;
  object_class->finalize = presync_network_source_finalize;
  source_class->id = "network";
  source_class->dup_target = presync_network_source_dup_target;
  source_class->check_async = presync_network_source_check_async;
  source_class->check_finish = presync_network_source_check_finish;
  source_class->may_join = presync_network_source_may_join;
  source_class->close = presync_network_source_close;
}

static void
presync_network_source_init (PresyncNetworkSource *self)
{
  PresyncSource *source = PRESYNC_SOURCE (self);

  self->rows = g_list_store_new (PRESYNC_TYPE_REACH);
  self->told = g_hash_table_new (g_str_hash, g_str_equal);
  presync_source_add_stage (source, "names", _ ("Look names up"));
  presync_source_add_stage (source, "controllers", _ ("Reach domain controllers"));
  presync_source_add_stage (source, "internet", _ ("Reach Microsoft’s addresses"));
  presync_source_add_stage (source, "federation", _ ("Reach the federation service"));
}

PresyncNetworkSource *
presync_network_source_new (const PresyncNetworkTarget *target)
{
  PresyncNetworkSource *self;
  g_autoptr (GPtrArray) rows = NULL;

  g_return_val_if_fail (target != NULL, NULL);
  self = g_object_new (PRESYNC_TYPE_NETWORK_SOURCE, NULL);
  self->target = presync_network_target_copy (target);
  rows = presync_reach_plan (target);
  g_list_store_splice (self->rows, 0, 0, rows->pdata, rows->len);
  return self;
}

const PresyncNetworkTarget *
presync_network_source_get_target (PresyncNetworkSource *self)
{
  g_return_val_if_fail (PRESYNC_IS_NETWORK_SOURCE (self), NULL);
  return self->target;
}

void
presync_network_source_set_target (PresyncNetworkSource *self, const PresyncNetworkTarget *target)
{
  g_autoptr (PresyncNetworkSource) keep = NULL;
  g_autoptr (PresyncNetworkTarget) before = NULL;
  g_autoptr (GPtrArray) planned = NULL;

  g_return_if_fail (PRESYNC_IS_NETWORK_SOURCE (self) && target != NULL);
  if (presync_network_target_equal (self->target, target))
    return;
  keep = g_object_ref (self);
  before = self->target;
  self->target = presync_network_target_copy (target);
  planned = presync_reach_plan (target);
  presync_reach_rows_replace (self->rows, planned, before, self->target, self->run);
  presync_network_source_apply_saved (self, before);
  presync_network_source_forget (self, NULL);
  if (presync_network_source_is_busy (self))
    {
      presync_network_source_update_progress (self);
      return;
    }
  if (!self->checked || presync_network_source_look_again (self))
    return;
  presync_network_source_update_progress (self);
  presync_source_set_progress (PRESYNC_SOURCE (self), -1.0);
  presync_network_source_emit (self, NULL);
}

GListModel *
presync_network_source_get_rows (PresyncNetworkSource *self)
{
  g_return_val_if_fail (PRESYNC_IS_NETWORK_SOURCE (self), NULL);
  return G_LIST_MODEL (self->rows);
}

GDateTime *
presync_network_source_get_at (PresyncNetworkSource *self)
{
  g_return_val_if_fail (PRESYNC_IS_NETWORK_SOURCE (self), NULL);
  return self->at;
}

const char *const *
presync_network_fact_keys (void)
{
  static const char *const keys[] = { "network.cloud-run",
                                      "network.cloud-registration",
                                      "network.cloud-lists",
                                      "network.connect-run",
                                      "network.connect-lists",
                                      "network.health",
                                      "network.pass-through",
                                      "network.seamless-sso",
                                      "network.mfa-site",
                                      "network.public-issuer",
                                      "network.internet-name",
                                      "network.srv-record",
                                      "network.domain-reached",
                                      "network.dc-dns",
                                      "network.dc-kerberos",
                                      "network.dc-rpc",
                                      "network.dc-ldap",
                                      "network.dc-smb",
                                      "network.dc-gc",
                                      "network.dc-winrm",
                                      "network.dc-adws",
                                      "network.adfs-a-record",
                                      "network.adfs-https",
                                      "network.adfs-certauth",
                                      "network.adfs-winrm",
                                      "network.adfs-valid",
                                      "network.adfs-self-signed",
                                      "network.adfs-chain",
                                      "network.issuer",
                                      "network.adfs-missing-names",
                                      "network.adfs-missing-registration",
                                      "network.proxy",
                                      NULL };

  return keys;
}
