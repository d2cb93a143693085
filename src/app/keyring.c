/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/keyring.h"

#include <glib/gi18n.h>
#include <libsecret/secret.h>

#include "base/error.h"

static const SecretSchema schema = {
  .name = PRESYNC_APPLICATION_ID ".Directory",
  .flags = SECRET_SCHEMA_NONE,
  .attributes = {
    { "address", SECRET_SCHEMA_ATTRIBUTE_STRING },
    { "name", SECRET_SCHEMA_ATTRIBUTE_STRING },
    { NULL, 0 },
  },
};

/* Kept with the application: what is asked of the keyring, one after the other for each password;
 * the first of a queue is under way. To drop one means to look for it and then to remove what was
 * found, so one that was stored in between would be gone again. Address and name -> GQueue of GTask
 */
#define QUEUES "presync-keyring-queues"

/* @password: (nullable): what to store; %NULL: it is to be dropped */
typedef struct
{
  char *address;
  char *name;
  PresyncSecret *password;
} PresyncKeyringJob;

static void presync_keyring_run (GTask *task);

static void
presync_keyring_job_free (gpointer data)
{
  PresyncKeyringJob *self = data;

  g_free (self->address);
  g_free (self->name);
  g_clear_pointer (&self->password, presync_secret_unref);
  g_free (self);
}

static char *
presync_keyring_dup_key (GTask *task)
{
  const PresyncKeyringJob *job = g_task_get_task_data (task);

  return g_strjoin ("\n", job->address, job->name, NULL);
}

/* Who waits when the application ends is not served. */
static void
presync_keyring_free_queue (gpointer data)
{
  GQueue *queue = data;
  g_autoptr (GTask) begun = g_queue_pop_head (queue);
  GTask *waiting;

  while ((waiting = g_queue_pop_head (queue)) != NULL)
    {
      g_task_return_new_error (waiting, G_IO_ERROR, G_IO_ERROR_CANCELLED, "%s", "");
      g_object_unref (waiting);
    }
  g_queue_free (queue);
}

/* (nullable): %NULL: there is no application, so nothing waits */
static GHashTable *
presync_keyring_get_queues (void)
{
  GApplication *application = g_application_get_default ();
  GHashTable *queues;

  if (application == NULL)
    return NULL;
  queues = g_object_get_data (G_OBJECT (application), QUEUES);
  if (queues == NULL)
    {
      queues = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, presync_keyring_free_queue);
      g_object_set_data_full (G_OBJECT (application), QUEUES, queues,
                              (GDestroyNotify) g_hash_table_unref);
    }
  return queues;
}

/* Does what @task is about, after what was asked of the same password before. */
static void
presync_keyring_begin (GTask *task)
{
  GHashTable *queues = presync_keyring_get_queues ();
  g_autofree char *key = presync_keyring_dup_key (task);
  GQueue *queue = queues != NULL ? g_hash_table_lookup (queues, key) : NULL;

  if (queue != NULL)
    {
      g_queue_push_tail (queue, g_object_ref (task));
      return;
    }
  if (queues != NULL)
    {
      queue = g_queue_new ();
      g_queue_push_tail (queue, g_object_ref (task));
      g_hash_table_insert (queues, g_steal_pointer (&key), queue);
    }
  presync_keyring_run (task);
}

/* @task: (transfer none): has ended; the next of its queue begins. */
static void
presync_keyring_end (GTask *task)
{
  GHashTable *queues = presync_keyring_get_queues ();
  g_autofree char *key = presync_keyring_dup_key (task);
  GQueue *queue = queues != NULL ? g_hash_table_lookup (queues, key) : NULL;
  g_autoptr (GTask) ended = NULL;

  if (queue == NULL || g_queue_peek_head (queue) != task)
    return;
  ended = g_queue_pop_head (queue);
  if (g_queue_is_empty (queue))
    g_hash_table_remove (queues, key);
  else
    presync_keyring_run (g_queue_peek_head (queue));
}

/* The keyring's own message names no secret; it goes behind ours. */
static void
presync_keyring_return_error (GTask *task, const char *sentence, GError *error)
{
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    g_task_return_error (task, error);
  else
    {
      g_task_return_new_error (task, PRESYNC_ERROR, PRESYNC_ERROR_FAILED, "%s (%s)", sentence,
                               error->message);
      g_error_free (error);
    }
}

static void
presync_keyring_store_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;
  gboolean kept = secret_password_store_finish (result, &error);

  presync_keyring_end (task);
  if (kept)
    g_task_return_boolean (task, TRUE);
  else
    presync_keyring_return_error (
        task, _ ("It could not be kept in the keyring; it is known until you quit."), error);
}

static void
presync_keyring_forget_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;

  secret_password_clear_finish (result, &error);
  if (error != NULL)
    g_debug ("Keyring: %s", error->message);
  presync_keyring_end (task);
  g_task_return_boolean (task, TRUE);
}

static void
presync_keyring_run (GTask *task)
{
  const PresyncKeyringJob *job = g_task_get_task_data (task);
  GCancellable *cancellable = g_task_get_cancellable (task);
  g_autofree char *label = NULL;

  if (job->password == NULL)
    {
      secret_password_clear (&schema, cancellable, presync_keyring_forget_cb, g_object_ref (task),
                             "address", job->address, "name", job->name, NULL);
      return;
    }
  /* TRANSLATORS: name of a password in the keyring: who, at which server */
  label = g_strdup_printf (_ ("Presync: %s at %s"), job->name, job->address);
  secret_password_store (&schema, SECRET_COLLECTION_DEFAULT, label,
                         presync_secret_peek (job->password), cancellable, presync_keyring_store_cb,
                         g_object_ref (task), "address", job->address, "name", job->name, NULL);
}

/* @password: (nullable): what to store; %NULL: it is to be dropped */
static void
presync_keyring_set_job (GTask *task, const char *address, const char *name,
                         PresyncSecret *password)
{
  PresyncKeyringJob *job = g_new0 (PresyncKeyringJob, 1);

  job->address = g_strdup (address);
  job->name = g_strdup (name);
  job->password = password != NULL ? presync_secret_ref (password) : NULL;
  g_task_set_task_data (task, job, presync_keyring_job_free);
}

void
presync_keyring_store_async (const char *address, const char *name, PresyncSecret *password,
                             GCancellable *cancellable, GAsyncReadyCallback callback,
                             gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);

  g_return_if_fail (address != NULL && name != NULL && password != NULL);

  g_task_set_source_tag (task, presync_keyring_store_async);
  presync_keyring_set_job (task, address, name, password);
  presync_keyring_begin (task);
}

gboolean
presync_keyring_store_finish (GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), FALSE);
  g_return_val_if_fail (g_async_result_is_tagged (result, presync_keyring_store_async), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

static void
presync_keyring_lookup_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;
  char *password = secret_password_lookup_nonpageable_finish (result, &error);

  if (error != NULL)
    {
      presync_keyring_return_error (task, _ ("The keyring could not be read."), error);
      return;
    }

  g_task_return_pointer (task, password != NULL ? presync_secret_new (password) : NULL,
                         (GDestroyNotify) presync_secret_unref);
  secret_password_free (password);
}

void
presync_keyring_lookup_async (const char *address, const char *name, GCancellable *cancellable,
                              GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);

  g_return_if_fail (address != NULL && name != NULL);

  g_task_set_source_tag (task, presync_keyring_lookup_async);
  secret_password_lookup (&schema, cancellable, presync_keyring_lookup_cb, g_steal_pointer (&task),
                          "address", address, "name", name, NULL);
}

PresyncSecret *
presync_keyring_lookup_finish (GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), NULL);
  g_return_val_if_fail (g_async_result_is_tagged (result, presync_keyring_lookup_async), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

void
presync_keyring_forget (const char *address, const char *name)
{
  g_autoptr (GTask) task = g_task_new (NULL, NULL, NULL, NULL);

  g_return_if_fail (address != NULL && name != NULL);

  g_task_set_source_tag (task, presync_keyring_forget);
  presync_keyring_set_job (task, address, name, NULL);
  presync_keyring_begin (task);
}
