/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sources/directory/directory-source-private.h"

#include "base/error.h"

void
presync_directory_source_note_failure (PresyncDirectorySource *self, const GError *error)
{
  g_clear_error (&self->failure);
  if (error != NULL)
    self->failure = g_error_copy (error);
}

void
presync_directory_source_drop_reader (PresyncDirectorySource *self)
{
  presync_directory_source_end_patience (&self->reader_patience);
  g_clear_pointer (&self->reader, presync_session_stop);
}

/* Why the accounts that were just named are unknown */
static void
presync_directory_source_emit_unsettled (PresyncDirectorySource *self, const GError *error)
{
  guint settled = ~self->unsettled;

  self->unsettled = 0;
  presync_directory_source_emit_unknown (self, settled, error);
}

/* @error: (transfer full) */
static void
presync_directory_source_reader_failed (PresyncDirectorySource *self, GError *error)
{
  g_autoptr (PresyncDirectorySource) keep = g_object_ref (self);
  g_autoptr (GError) told = error;

  presync_directory_source_drop_reader (self);
  presync_directory_source_note_failure (self, told);
  presync_directory_source_emit_unsettled (self, told);
}

static gboolean
presync_directory_source_reader_impatient_cb (gpointer user_data)
{
  PresyncDirectorySource *self = user_data;

  presync_directory_source_reader_failed (self, presync_directory_source_dup_impatience (self));
  return G_SOURCE_REMOVE;
}

/* Stages and state are those of the check, and stay. */
static void
presync_directory_source_reader_cb (PresyncSession *session, const PresyncSessionEvent *event,
                                    gpointer owner)
{
  g_autoptr (PresyncDirectorySource) self = g_object_ref (owner);

  switch (event->kind)
    {
    case PRESYNC_SESSION_STAGE:
      presync_directory_source_time_sign_in (self, event, &self->reader_patience,
                                             presync_directory_source_reader_impatient_cb);
      break;
    case PRESYNC_SESSION_OPEN:
      presync_directory_source_set_text (self, event->text);
      break;
    case PRESYNC_SESSION_FACTS:
      presync_directory_source_take_facts (self, event->probe, event->facts);
      break;
    case PRESYNC_SESSION_CHECKED:
      presync_directory_source_drop_reader (self);
      presync_directory_source_note_failure (self, NULL);
      /* Accounts may have been named when it had read the last. */
      presync_directory_source_settle (self);
      break;
    case PRESYNC_SESSION_FAILED:
      presync_directory_source_reader_failed (self, g_error_copy (event->error));
      break;
    case PRESYNC_SESSION_CERTIFICATE:
    case PRESYNC_SESSION_PROGRESS:
    case PRESYNC_SESSION_LOST:
    default:
      break;
    }
}

/* Another try with a password that was refused could lock the account. */
static gboolean
presync_directory_source_may_read (PresyncDirectorySource *self)
{
  return self->checked
         && (self->target->sign_in == PRESYNC_SIGN_IN_KERBEROS
             || !g_error_matches (self->failure, PRESYNC_ERROR, PRESYNC_ERROR_SIGN_IN));
}

void
presync_directory_source_settle (PresyncDirectorySource *self)
{
  PresyncSource *source = PRESYNC_SOURCE (self);
  PresyncSourceState state = presync_source_get_state (source);

  if (self->unsettled == 0 || self->closed)
    return;
  if (state == PRESYNC_SOURCE_LOST)
    {
      /* It is being mended, and then they are read. */
      g_autoptr (GError) error = g_error_new_literal (PRESYNC_ERROR, PRESYNC_ERROR_UNREACHABLE,
                                                      presync_source_get_message (source));
      presync_directory_source_emit_unsettled (self, error);
    }
  else if (self->session != NULL || self->reader != NULL)
    return;
  else if (state != PRESYNC_SOURCE_FAILED && presync_directory_source_may_read (self))
    self->reader
        = presync_session_start (self->target, PRESYNC_SESSION_NAMES, FALSE, self->unsettled,
                                 presync_directory_source_reader_cb, self);
  else if (self->failure != NULL)
    presync_directory_source_emit_unsettled (self, self->failure);
}

/* Both are the target's by now. @before: what they were */
static void
presync_directory_source_names_changed (PresyncDirectorySource *self,
                                        const PresyncProbeSubjects *before)
{
  const PresyncAccounts *accounts = self->target->accounts;
  const PresyncFederation *federation = self->target->federation;
  /* That of the sync server stays as it is: named or not, it is never unsettled. */
  PresyncProbeSubjects after = { NULL, accounts, federation };
  PresyncSession *readers[] = { self->session, self->follower, self->reader };
  guint renamed = presync_probe_list_renamed (before, &after);

  self->read &= ~renamed;
  self->read_ever &= ~renamed;
  self->unsettled = (self->unsettled | renamed) & ~presync_probe_list_idle (&after);
  for (guint i = 0; i < G_N_ELEMENTS (readers); i++)
    if (readers[i] != NULL)
      presync_session_set_names (readers[i], accounts, federation);
  presync_directory_source_settle (self);
}

void
presync_directory_source_set_accounts (PresyncDirectorySource *self,
                                       const PresyncAccounts *accounts)
{
  PresyncProbeSubjects before = { 0 };
  g_autoptr (PresyncAccounts) old = NULL;

  g_return_if_fail (PRESYNC_IS_DIRECTORY_SOURCE (self));
  if (presync_accounts_equal (self->target->accounts, accounts))
    return;
  old = g_steal_pointer (&self->target->accounts);
  self->target->accounts = presync_accounts_copy (accounts);
  before.accounts = old;
  before.federation = self->target->federation;
  presync_directory_source_names_changed (self, &before);
}

void
presync_directory_source_set_federation (PresyncDirectorySource *self,
                                         const PresyncFederation *federation)
{
  PresyncProbeSubjects before = { 0 };
  g_autoptr (PresyncFederation) old = NULL;

  g_return_if_fail (PRESYNC_IS_DIRECTORY_SOURCE (self));
  if (presync_federation_equal (self->target->federation, federation))
    return;
  old = g_steal_pointer (&self->target->federation);
  self->target->federation = presync_federation_copy (federation);
  before.accounts = self->target->accounts;
  before.federation = old;
  presync_directory_source_names_changed (self, &before);
}
