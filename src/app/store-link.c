/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/store-link.h"

#include <glib/gi18n.h>

#include "app/connection.h"
#include "app/source-text.h"
#include "assessment/history.h"
#include "assessment/statements.h"

struct _PresyncStoreLink
{
  GObject parent_instance;

  PresyncAssessment *assessment;
  PresyncStore *store;       /* nullable */
  char *file_id;             /* of its file, once that was looked at; nullable */
  gboolean gone;             /* its file was moved or deleted, or another one stands there */
  GCancellable *cancellable; /* who looks at it; nullable */
};

G_DEFINE_FINAL_TYPE (PresyncStoreLink, presync_store_link, G_TYPE_OBJECT)

enum
{
  SIGNAL_CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void
presync_store_link_emit (PresyncStoreLink *self)
{
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

/* Where the file is now, seen for the first time or again */
static void
presync_store_link_looked_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (PresyncStoreLink) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GFileInfo) info = g_file_query_info_finish (G_FILE (object), result, &error);
  const char *id
      = info != NULL ? g_file_info_get_attribute_string (info, G_FILE_ATTRIBUTE_ID_FILE) : NULL;
  gboolean gone = FALSE;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) || self->store == NULL)
    return;
  if (self->file_id == NULL)
    self->file_id = g_strdup (id);
  /* A share that does not answer now is not what is meant. */
  gone = info != NULL ? g_strcmp0 (id, self->file_id) != 0
                      : g_error_matches (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND);
  if (gone == self->gone)
    return;
  self->gone = gone;
  presync_store_link_emit (self);
}

void
presync_store_link_look (PresyncStoreLink *self)
{
  g_autoptr (GFile) file = NULL;

  g_return_if_fail (PRESYNC_IS_STORE_LINK (self));

  if (self->store == NULL)
    return;
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  self->cancellable = g_cancellable_new ();
  file = g_file_new_for_path (presync_store_get_path (self->store));
  g_file_query_info_async (file, G_FILE_ATTRIBUTE_ID_FILE, G_FILE_QUERY_INFO_NONE,
                           G_PRIORITY_DEFAULT, self->cancellable, presync_store_link_looked_cb,
                           g_object_ref (self));
}

gboolean
presync_store_link_is_gone (PresyncStoreLink *self)
{
  g_return_val_if_fail (PRESYNC_IS_STORE_LINK (self), FALSE);

  return self->gone;
}

/* The file is another one from now on. */
static void
presync_store_link_look_anew (PresyncStoreLink *self)
{
  self->gone = FALSE;
  g_clear_pointer (&self->file_id, g_free);
  presync_store_link_look (self);
}

/* (nullable) (transfer full): takes the place of the file so far */
static void
presync_store_link_take (PresyncStoreLink *self, PresyncStore *store)
{
  static const char *const details[]
      = { "notify::state", "notify::message", "notify::saved-at", "notify::path" };

  self->store = store;
  for (gsize i = 0; i < G_N_ELEMENTS (details); i++)
    g_signal_connect_object (store, details[i], G_CALLBACK (presync_store_link_emit), self,
                             G_CONNECT_SWAPPED);
  presync_store_link_look_anew (self);
  presync_store_link_emit (self);
}

PresyncStore *
presync_store_link_get_store (PresyncStoreLink *self)
{
  g_return_val_if_fail (PRESYNC_IS_STORE_LINK (self), NULL);

  return self->store;
}

const char *
presync_store_link_get_path (PresyncStoreLink *self)
{
  g_return_val_if_fail (PRESYNC_IS_STORE_LINK (self), NULL);

  return self->store != NULL ? presync_store_get_path (self->store) : NULL;
}

const char *
presync_store_link_get_title (PresyncStoreLink *self)
{
  g_return_val_if_fail (PRESYNC_IS_STORE_LINK (self), NULL);

  return self->store != NULL ? presync_store_get_title (self->store) : NULL;
}

static gboolean
presync_store_link_has_statements (PresyncStoreLink *self)
{
  PresyncStatements *statements = presync_assessment_get_statements (self->assessment);
  g_autoptr (GPtrArray) answers = presync_statements_list_answers (statements);

  return answers->len > 0 || presync_statements_has_waivers (statements);
}

gboolean
presync_store_link_has_content (PresyncStoreLink *self)
{
  g_return_val_if_fail (PRESYNC_IS_STORE_LINK (self), FALSE);

  return presync_connection_has_begun (self->assessment);
}

static void
presync_store_link_mark_sources (PresyncStoreLink *self)
{
  GListModel *sources
      = presync_runner_get_sources (presync_assessment_get_runner (self->assessment));

  for (guint i = 0; i < g_list_model_get_n_items (sources); i++)
    {
      g_autoptr (PresyncSource) source = g_list_model_get_item (sources, i);

      presync_source_text_mark_of_file (source);
    }
}

gboolean
presync_store_link_open (PresyncStoreLink *self, const char *path, GError **error)
{
  PresyncStore *store = NULL;

  g_return_val_if_fail (PRESYNC_IS_STORE_LINK (self), FALSE);
  g_return_val_if_fail (self->store == NULL, FALSE);

  /* Before its names come, which would be followed. */
  presync_connection_rest (self->assessment);
  store = presync_store_open (self->assessment, path, error);
  if (store == NULL)
    {
      presync_connection_cancel_rest (self->assessment);
      return FALSE;
    }
  presync_connection_keep_apart (self->assessment);
  presync_store_link_mark_sources (self);
  presync_store_link_take (self, store);
  return TRUE;
}

gboolean
presync_store_link_save_as (PresyncStoreLink *self, const char *path, GError **error)
{
  PresyncStore *store = NULL;

  g_return_val_if_fail (PRESYNC_IS_STORE_LINK (self), FALSE);
  g_return_val_if_fail (path != NULL, FALSE);

  if (self->store != NULL)
    {
      if (!presync_store_save_as (self->store, path, error))
        return FALSE;
      presync_store_link_look_anew (self);
      presync_store_link_emit (self);
      return TRUE;
    }
  store = presync_store_create (self->assessment, path, error);
  if (store == NULL)
    return FALSE;
  presync_store_link_take (self, store);
  return TRUE;
}

gboolean
presync_store_link_flush (PresyncStoreLink *self, GError **error)
{
  g_return_val_if_fail (PRESYNC_IS_STORE_LINK (self), FALSE);

  return self->store == NULL || presync_store_flush (self->store, error);
}

void
presync_store_link_close (PresyncStoreLink *self)
{
  g_autoptr (GError) error = NULL;

  g_return_if_fail (PRESYNC_IS_STORE_LINK (self));

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  if (self->store == NULL)
    return;
  g_signal_handlers_disconnect_by_data (self->store, self);
  if (!presync_store_close (self->store, &error))
    g_debug ("%s", error->message);
  g_clear_object (&self->store);
}

char *
presync_store_link_dup_loss (PresyncStoreLink *self)
{
  g_autoptr (GError) error = NULL;

  g_return_val_if_fail (PRESYNC_IS_STORE_LINK (self), NULL);

  if (self->store == NULL && presync_store_link_has_statements (self))
    return g_strdup (_ ("Its answers and waivers are in no file yet."));
  if (self->store == NULL)
    return NULL;
  if (!presync_store_flush (self->store, &error))
    return g_strdup (error->message);
  if (self->gone)
    return g_strdup_printf (
        /* TRANSLATORS: %s is a file with its folder */
        _ ("“%s” was moved or deleted, or another file stands in its place."),
        presync_store_get_path (self->store));
  /* Not only answers and waivers: what was read, planned or named is in the file otherwise. */
  if (presync_store_has_unsaved (self->store))
    return g_strdup (presync_store_get_message (self->store) != NULL
                         ? presync_store_get_message (self->store)
                         : _ ("Its file is read-only."));
  return NULL;
}

/* (transfer full): the time of a day, or an earlier day */
static char *
presync_store_link_dup_time (GDateTime *at)
{
  g_autoptr (GDateTime) local = g_date_time_to_local (at);
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();

  if (g_date_time_get_day_of_year (local) == g_date_time_get_day_of_year (now)
      && g_date_time_get_year (local) == g_date_time_get_year (now))
    return g_date_time_format (local, "%H:%M");
  return g_date_time_format (local, "%Y-%m-%d");
}

char *
presync_store_link_dup_text (PresyncStoreLink *self)
{
  g_autofree char *time = NULL;
  GDateTime *at = NULL;

  g_return_val_if_fail (PRESYNC_IS_STORE_LINK (self), NULL);

  if (self->store == NULL)
    return g_strdup (presync_store_link_has_content (self) ? _ ("Not saved") : "");
  if (self->gone)
    return g_strdup (_ ("The file is gone"));
  switch (presync_store_get_state (self->store))
    {
    case PRESYNC_STORE_SAVING:
      return g_strdup (_ ("Saving…"));
    case PRESYNC_STORE_FAILED:
      return g_strdup (_ ("Not saved"));
    case PRESYNC_STORE_READ_ONLY:
      return g_strdup (_ ("Read-only"));
    case PRESYNC_STORE_SAVED:
    default:
      at = presync_store_get_saved_at (self->store);
      if (at == NULL)
        return g_strdup (_ ("Saved"));
      time = presync_store_link_dup_time (at);
      /* TRANSLATORS: %s is a time, such as 14:02, or a date */
      return g_strdup_printf (_ ("Saved %s"), time);
    }
}

static void
presync_store_link_dispose (GObject *object)
{
  PresyncStoreLink *self = PRESYNC_STORE_LINK (object);

  presync_store_link_close (self);
  g_clear_object (&self->assessment);
  g_clear_pointer (&self->file_id, g_free);

  G_OBJECT_CLASS (presync_store_link_parent_class)->dispose (object);
}

static void
presync_store_link_class_init (PresyncStoreLinkClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = presync_store_link_dispose;

  signals[SIGNAL_CHANGED] = g_signal_new ("changed", PRESYNC_TYPE_STORE_LINK, G_SIGNAL_RUN_LAST, 0,
                                          NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
presync_store_link_init (PresyncStoreLink *self)
{
}

PresyncStoreLink *
presync_store_link_new (PresyncAssessment *assessment)
{
  PresyncStoreLink *self = g_object_new (PRESYNC_TYPE_STORE_LINK, NULL);
  PresyncRunner *runner = presync_assessment_get_runner (assessment);

  self->assessment = g_object_ref (assessment);
  g_signal_connect_object (presync_assessment_get_statements (assessment), "changed",
                           G_CALLBACK (presync_store_link_emit), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (presync_assessment_get_history (assessment), "items-changed",
                           G_CALLBACK (presync_store_link_emit), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (presync_runner_get_sources (runner), "items-changed",
                           G_CALLBACK (presync_store_link_emit), self, G_CONNECT_SWAPPED);
  return self;
}
