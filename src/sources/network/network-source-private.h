/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sources/earlier.h"
#include "sources/network/network-source.h"
#include "sources/network/reach-run.h"

G_BEGIN_DECLS

/* What the files that make up the source share. Nobody else includes this. */

/* Lives in the main thread and never waits: rows are tried on threads (PresyncReachRun). */
struct _PresyncNetworkSource
{
  PresyncSource parent_instance;
  PresyncNetworkTarget *target;
  GListStore *rows;
  GDateTime *at;           /* nullable */
  gboolean checked;        /* facts were emitted once */
  GHashTable *told;        /* keys of which facts were emitted */
  PresyncEarlier *earlier; /* what it told before the check under way; nullable */
  GHashTable *before;      /* row -> copy of it before the check under way; nullable */
  PresyncReachRun *run;    /* nullable */
  GCancellable *loading;   /* of a recording; nullable */
  gboolean test_only;
  gboolean by_itself; /* nobody waits for the check under way */
  GTask *task;
  GSource *cancel;
  /* what another session found: of a source that has checked nothing yet */
  gboolean of_file;
  GHashTable *saved; /* nullable: group and subject -> a row that ended */
  char *text;        /* nullable: what was saved last */
};

/* Is a check, or a test, under way? */
gboolean presync_network_source_is_busy (PresyncNetworkSource *self);

/* In network-source-saved.c. Notes what is to be saved while a check is under way. */
void presync_network_source_save (PresyncNetworkSource *self);
/* Rows that wait, and ended in another session, end as they did then.
 * @before: (nullable): the target that another was set in the place of */
void presync_network_source_apply_saved (PresyncNetworkSource *self,
                                         const PresyncNetworkTarget *before);
/* A check that was no test has ended: what it does not tell of is not known from elsewhere. */
void presync_network_source_end_saved (PresyncNetworkSource *self);

G_END_DECLS
