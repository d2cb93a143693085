/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sources/directory/directory-source.h"
#include "sources/directory/session.h"
#include "sources/earlier.h"

G_BEGIN_DECLS

/* What the directory-*.c files of the source share. Nobody else includes this. */

/* PresyncDirectorySource lives in the main thread. All work is the session's; what it tells is
 * turned into state, stages and facts here. A check ends when the session says so, or at once when
 * it is cancelled: then the session is left behind, wherever it hangs.
 *
 * A check of a source that is followed already has a session of its own. The one that follows, the
 * follower, goes on meanwhile and is the session again if the check is cancelled.
 *
 * Accounts may be named at any time. Whoever reads just then takes the names; if nobody does, a
 * session of its own, the reader, does so beside all that. */
struct _PresyncDirectorySource
{
  PresyncSource parent_instance;
  PresyncDirectoryTarget *target;
  char *text; /* what is really read, for origins */
  GTlsCertificate *certificate;
  PresyncSession *session;
  PresyncSession *follower; /* during a check; nullable */
  PresyncSession *reader;   /* of accounts that were named after a check; nullable */
  PresyncEarlier *earlier;  /* since the last check began: what it told before; nullable */
  char *cancelled;          /* what a cancel made of the earlier message; nullable */
  gboolean checked;         /* facts were collected once */
  gboolean closed;          /* since the last check began */
  gboolean test_only;
  guint read;      /* probes read in this check, a bit each */
  guint read_ever; /* or before */
  guint unsettled; /* look at accounts that were named since; nothing was told of these yet */
  GError *failure; /* why the last check, test or read failed; nullable */
  GTask *task;
  GSource *cancel;
  GSource *patience;
  GSource *reader_patience;
};

/* In directory-source.c */
void presync_directory_source_set_certificate (PresyncDirectorySource *self,
                                               GTlsCertificate *certificate);

/* In directory-check.c: a check's begin, events and end */
void presync_directory_source_start (PresyncDirectorySource *self, gboolean test_only);
void presync_directory_source_stop (PresyncDirectorySource *self);
/* As if by the check's cancellable */
void presync_directory_source_cancel (PresyncDirectorySource *self);
/* "live" was switched */
void presync_directory_source_live_cb (PresyncDirectorySource *self);
/* Nothing keeps a stale status. @read: a set of probes whose facts stay */
void presync_directory_source_emit_unknown (PresyncDirectorySource *self, guint read,
                                            const GError *error);
void presync_directory_source_take_facts (PresyncDirectorySource *self, PresyncProbe probe,
                                          GPtrArray *facts);
void presync_directory_source_set_text (PresyncDirectorySource *self, const char *text);
/* Bounds a sign-in, told by @event, in @patience: @callback is called when it takes too long. */
void presync_directory_source_time_sign_in (PresyncDirectorySource *self,
                                            const PresyncSessionEvent *event, GSource **patience,
                                            GSourceFunc callback);
void presync_directory_source_end_patience (GSource **patience);
/* (transfer full): why @callback was called */
GError *presync_directory_source_dup_impatience (PresyncDirectorySource *self);

/* In directory-names.c: accounts that are named after the check began */
/* Sees to it that something is told of all accounts that are named, by whatever is at hand. */
void presync_directory_source_settle (PresyncDirectorySource *self);
void presync_directory_source_drop_reader (PresyncDirectorySource *self);
/* @error: (nullable): %NULL if it went well */
void presync_directory_source_note_failure (PresyncDirectorySource *self, const GError *error);

G_END_DECLS
