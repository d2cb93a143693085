/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sources/directory/probe.h"
#include "sources/directory/target.h"
#include "sources/stage.h"

G_BEGIN_DECLS

/**
 * PresyncSessionEventKind: what a session tells its owner
 */
typedef enum
{
  PRESYNC_SESSION_STAGE,       /* id, stage, text */
  PRESYNC_SESSION_CERTIFICATE, /* certificate */
  PRESYNC_SESSION_OPEN,        /* text: what is really read, for origins */
  PRESYNC_SESSION_PROGRESS,    /* text, fraction */
  PRESYNC_SESSION_FACTS,       /* probe, facts */
  PRESYNC_SESSION_CHECKED,     /* all was read (or tested); live: changes are followed now */
  PRESYNC_SESSION_LOST,        /* text: why; reconnecting */
  PRESYNC_SESSION_FAILED,      /* error: the check could not be carried out */
} PresyncSessionEventKind;

typedef struct
{
  PresyncSessionEventKind kind;
  const char *id;
  PresyncStageState stage;
  char *text;
  double fraction;
  PresyncProbe probe;
  GPtrArray *facts;
  GTlsCertificate *certificate;
  gboolean live;
  GError *error;
} PresyncSessionEvent;

/**
 * PresyncSession: one connection's life on a thread of its own: open, check, then follow changes
 *
 * Started and stopped in the main thread. A session that hangs in a library is left behind: after
 * presync_session_stop() nothing is heard of it, and its thread ends when the library returns.
 */
typedef struct _PresyncSession PresyncSession;

/**
 * PresyncSessionTask: what a session begins with
 */
typedef enum
{
  PRESYNC_SESSION_TEST, /* open and end */
  PRESYNC_SESSION_CHECK,
  PRESYNC_SESSION_NAMES, /* open, read what presync_session_set_names() has changed, end */
  PRESYNC_SESSION_MEND,  /* follow changes, of a server that could not be reached just now: tries
                           until it can, beginning with a pause, and then reads everything */
} PresyncSessionTask;

/* In the main context the session was started in */
typedef void (*PresyncSessionFunc) (PresyncSession *session, const PresyncSessionEvent *event,
                                    gpointer owner);

/**
 * presync_session_start:
 * @live: follow changes after the check
 * @names: a set of probes that %PRESYNC_SESSION_NAMES begins with; the others need none
 * @owner: handed to @func; never touched after presync_session_stop()
 *
 * Returns: (transfer full): give it to presync_session_stop()
 */
PresyncSession *presync_session_start (const PresyncDirectoryTarget *target,
                                       PresyncSessionTask kind, gboolean live, guint names,
                                       PresyncSessionFunc func, gpointer owner);
/* Decides anew whether changes are followed; without effect once the check has ended */
void presync_session_set_live (PresyncSession *self, gboolean live);

/**
 * presync_session_set_names:
 * @accounts: (nullable): copied
 * @federation: (nullable): copied
 *
 * Names other accounts or AD FS servers to look at. From now on only facts of these are told; a
 * check under way reads them before it ends, one that follows changes reads them at once.
 */
void presync_session_set_names (PresyncSession *self, const PresyncAccounts *accounts,
                                const PresyncFederation *federation);

/* Cancels all it does, without waiting, and drops the reference. */
void presync_session_stop (PresyncSession *self);

G_END_DECLS
