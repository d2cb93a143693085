/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/other-run.h"

#include <glib/gi18n.h>

#include "app/message.h"
#include "store/store.h"

/* A file that is open until its newest run is read */
typedef struct
{
  GtkWindow *parent;
  PresyncAssessment *assessment; /* of the file */
  PresyncStore *store;
  PresyncRun *run;
  PresyncOtherRunFunc func;
  GObject *object;
} OtherRun;

static void
presync_other_run_free (OtherRun *self)
{
  if (self->store != NULL)
    (void) presync_store_close (self->store, NULL);
  g_clear_object (&self->store);
  g_clear_object (&self->run);
  g_clear_object (&self->assessment);
  g_clear_object (&self->parent);
  g_clear_object (&self->object);
  g_free (self);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC (OtherRun, presync_other_run_free)

static void
presync_other_run_say (OtherRun *self, const char *text)
{
  presync_message_show (self->parent, _ ("The file cannot be compared"), text);
}

static void
presync_other_run_loaded_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (OtherRun) self = user_data;
  g_autoptr (GError) error = NULL;

  if (presync_history_load_rows_finish (PRESYNC_HISTORY (object), result, &error))
    self->func (self->run, presync_store_get_title (self->store), self->object);
  else
    presync_other_run_say (self, error->message);
}

void
presync_other_run_read (GtkWindow *parent, PresyncAssessment *assessment, const char *path,
                        PresyncOtherRunFunc func, GObject *object)
{
  g_autoptr (OtherRun) self = g_new0 (OtherRun, 1);
  g_autoptr (GError) error = NULL;
  PresyncHistory *history;
  PresyncRun *run;

  g_return_if_fail (PRESYNC_IS_ASSESSMENT (assessment));
  g_return_if_fail (path != NULL && func != NULL);

  self->parent = parent != NULL ? g_object_ref (parent) : NULL;
  self->func = func;
  self->object = g_object_ref (object);
  self->assessment = presync_assessment_new (presync_assessment_get_catalogue (assessment));
  self->store = presync_store_open (self->assessment, path, &error);
  if (self->store == NULL)
    {
      presync_other_run_say (self, error->message);
      return;
    }
  /* It is only looked at. */
  presync_store_hold (self->store);
  history = presync_assessment_get_history (self->assessment);
  run = presync_history_get_last (history);
  if (run == NULL)
    {
      g_autofree char *text
          = g_strdup_printf (_ ("“%s” has no run yet: nothing was checked there."),
                             presync_store_get_title (self->store));

      presync_other_run_say (self, text);
      return;
    }
  self->run = g_object_ref (run);
  presync_history_load_rows_async (history, run, NULL, presync_other_run_loaded_cb,
                                   g_steal_pointer (&self));
}
