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

  if (secret_password_store_finish (result, &error))
    g_task_return_boolean (task, TRUE);
  else
    presync_keyring_return_error (
        task, _ ("The password could not be kept in the keyring; it is known until you quit."),
        error);
}

void
presync_keyring_store_async (const char *address, const char *name, PresyncSecret *password,
                             GCancellable *cancellable, GAsyncReadyCallback callback,
                             gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);
  g_autofree char *label = NULL;

  g_return_if_fail (address != NULL && name != NULL && password != NULL);

  g_task_set_source_tag (task, presync_keyring_store_async);
  /* TRANSLATORS: name of a password in the keyring: who, at which server */
  label = g_strdup_printf (_ ("Presync: %s at %s"), name, address);
  secret_password_store (&schema, SECRET_COLLECTION_DEFAULT, label, presync_secret_peek (password),
                         cancellable, presync_keyring_store_cb, g_steal_pointer (&task), "address",
                         address, "name", name, NULL);
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

static void
presync_keyring_forget_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;

  secret_password_clear_finish (result, &error);
  if (error != NULL)
    g_debug ("Keyring: %s", error->message);
}

void
presync_keyring_forget (const char *address, const char *name)
{
  g_return_if_fail (address != NULL && name != NULL);

  secret_password_clear (&schema, NULL, presync_keyring_forget_cb, NULL, "address", address, "name",
                         name, NULL);
}
