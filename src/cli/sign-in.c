/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <gio/gio.h>
#include <glib/gi18n.h>
#ifdef G_OS_UNIX
#include <glib-unix.h>
#include <signal.h>
#endif

#include "base/error.h"
#include "cli/check-run.h"
#include "sources/tenant/tenant-source.h"

/* One sign-in; lives on the stack of the command */
typedef struct
{
  GMainLoop *loop; /* while a person is waited for */
  GCancellable *cancellable;
  char *shown;    /* nullable: the code that was printed last */
  gboolean named; /* who signed in was printed */
  GError *error;
} PresyncSignInRun;

static void
presync_sign_in_run_clear (PresyncSignInRun *self)
{
  g_clear_pointer (&self->loop, g_main_loop_unref);
  g_clear_object (&self->cancellable);
  g_free (self->shown);
  g_clear_error (&self->error);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (PresyncSignInRun, presync_sign_in_run_clear)

/* Address and code stand on lines of their own, so that they can be copied whole. */
static void
presync_sign_in_code_cb (PresyncTenantSource *source, GParamSpec *pspec, PresyncSignInRun *run)
{
  const PresyncDeviceCode *code = presync_tenant_source_get_code (source);
  g_autoptr (GDateTime) ends = NULL;
  g_autofree char *time = NULL;
  g_autofree char *until = NULL;

  if (code == NULL || g_strcmp0 (code->user_code, run->shown) == 0)
    return;
  g_free (run->shown);
  run->shown = g_strdup (code->user_code);
  ends = g_date_time_to_local (code->expires);
  time = g_date_time_format (ends, "%H:%M");
  /* Translators: a time of day */
  until = g_strdup_printf (_ ("The code is good until %s. Presync only reads. Ctrl+C gives up."),
                           time);
  presync_command_say ("", _ ("To sign in, open this address on any device:"));
  presync_command_say ("  ", code->verification_uri);
  presync_command_say ("", _ ("and type this code:"));
  presync_command_say ("  ", code->user_code);
  presync_command_say ("", until);
}

static void
presync_sign_in_person_cb (PresyncTenantSource *source, GParamSpec *pspec, PresyncSignInRun *run)
{
  const char *person = presync_tenant_source_get_signed_in_as (source);
  g_autofree char *sentence = NULL;

  if (person == NULL || run->named)
    return;
  run->named = TRUE;
  sentence = g_strdup_printf (_ ("Signed in as %s."), person);
  presync_command_say ("", sentence);
}

/* Once somebody has signed in, the source reads by itself. That is not waited for here: the check
 * joins it. */
static void
presync_sign_in_state_cb (PresyncSource *source, GParamSpec *pspec, PresyncSignInRun *run)
{
  if (presync_source_may_join (source))
    g_main_loop_quit (run->loop);
}

static void
presync_sign_in_done_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  PresyncSignInRun *run = user_data;

  presync_tenant_source_sign_in_finish (PRESYNC_TENANT_SOURCE (object), result, &run->error);
  g_main_loop_quit (run->loop);
}

#ifdef G_OS_UNIX
static gboolean
presync_sign_in_interrupt_cb (gpointer user_data)
{
  PresyncSignInRun *run = user_data;

  g_cancellable_cancel (run->cancellable);
  return G_SOURCE_CONTINUE;
}
#endif

/* %FALSE: nobody is signed in, for @run's reason */
static gboolean
presync_sign_in_wait (PresyncSignInRun *run, PresyncTenantSource *source)
{
  gulong code
      = g_signal_connect (source, "notify::code", G_CALLBACK (presync_sign_in_code_cb), run);
  gulong state
      = g_signal_connect (source, "notify::state", G_CALLBACK (presync_sign_in_state_cb), run);
#ifdef G_OS_UNIX
  guint interrupt = g_unix_signal_add (SIGINT, presync_sign_in_interrupt_cb, run);
#endif

  presync_tenant_source_sign_in_async (source, run->cancellable, presync_sign_in_done_cb, run);
  g_main_loop_run (run->loop);
#ifdef G_OS_UNIX
  g_source_remove (interrupt);
#endif
  g_signal_handler_disconnect (source, code);
  g_signal_handler_disconnect (source, state);
  return run->error == NULL;
}

static PresyncExit
presync_sign_in_fail (const GError *error)
{
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return presync_command_fail (PRESYNC_EXIT_INTERRUPTED, error);
  return presync_command_fail (presync_exit_from_source_error (error, FALSE), error);
}

PresyncExit
presync_command_sign_in (int argc, char **argv)
{
  g_autoptr (PresyncCheck) check = presync_check_new ();
  g_autoptr (PresyncSource) source = NULL;
  g_autoptr (GError) error = NULL;
  g_auto (PresyncSignInRun) run = { 0 };
  PresyncAssessment *assessment;
  PresyncExit status = PRESYNC_EXIT_USAGE;

  if (!presync_check_parse (check, "sign-in",
                            _ ("Signs in to a Microsoft Entra tenant with a code that you type in "
                               "a browser, then checks and prints both checklists."),
                            argc, argv, &error))
    return presync_command_fail (status, error);
  if (!presync_target_options_may_sign_in (presync_check_get_targets (check)))
    {
      g_set_error_literal (
          &error, PRESYNC_ERROR, PRESYNC_ERROR_BAD_INPUT,
          _ ("Name the tenant with --tenant and the public client that you registered with "
             "--client-id."));
      return presync_command_fail (status, error);
    }
  assessment = presync_check_open (check, &status, &error);
  if (assessment == NULL)
    return presync_command_fail (status, error);
  source = presync_assessment_dup_source (assessment, "tenant");
  run.loop = g_main_loop_new (NULL, FALSE);
  run.cancellable = g_cancellable_new ();
  g_signal_connect (source, "notify::signed-in-as", G_CALLBACK (presync_sign_in_person_cb), &run);
  status = presync_sign_in_wait (&run, PRESYNC_TENANT_SOURCE (source))
               ? presync_check_run (check)
               : presync_sign_in_fail (run.error);
  g_signal_handlers_disconnect_by_data (source, &run);
  return status;
}
