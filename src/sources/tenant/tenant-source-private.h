/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sources/earlier.h"
#include "sources/tenant/tenant-run.h"
#include "sources/tenant/tenant-source.h"

G_BEGIN_DECLS

/* What the tenant-source*.c files share. Nobody else includes this. */

/* Lives in the main thread and never waits. A check and a sign-in, which may wait a quarter of an
 * hour for a person, have a thread each. */
struct _PresyncTenantSource
{
  PresyncSource parent_instance;
  PresyncTenantTarget *target;
  /* whom to look at */
  char **suffixes;
  char **offered;
  gboolean whole;
  char *admin;
  /* the sign-in */
  PresyncTokens *tokens;
  PresyncSecret *refresh; /* of an earlier time; nullable */
  guint sign_in_serial;   /* counts how often they were given from outside */
  gboolean signed_in_before;
  gboolean signed_out; /* a recording's sign-in is passed over */
  char *person;
  char *tenant_name;
  char *tenant_id;
  /* what was found */
  PresyncTenantKnown *known; /* of the last check that succeeded; nullable */
  const PresyncCloud *cloud; /* of another session, before there is any; nullable */
  GHashTable *told;          /* keys of which facts were emitted */
  GHashTable *telling;       /* those of the check under way */
  /* the check under way */
  PresyncWorker *worker;
  PresyncTenantRun *run; /* nullable */
  guint run_serial;      /* sign_in_serial when it began */
  GTask *task;           /* who waits for it; nullable */
  GSource *cancel;
  guint deadline;
  gboolean test_only;
  gboolean again; /* the names changed meanwhile */
  PresyncEarlier *earlier;
  char *cancelled; /* what a cancel made of the earlier message; nullable */
  /* the sign-in under way */
  PresyncWorker *sign_in_worker;
  PresyncTenantRun *sign_in_run; /* nullable: nobody is waited for */
  GTask *sign_in_task;           /* nullable */
  GSource *sign_in_cancel;
  gboolean sign_in_reads; /* the check under way is its last part */
  PresyncDeviceCode *code;
};

/* In tenant-source.c. A property is given by its name. */
void presync_tenant_source_set_text (PresyncTenantSource *self, char **place, const char *text,
                                     const char *property);
/* (transfer full) (nullable): runs @func in this main context when @cancellable is cancelled */
GSource *presync_tenant_source_watch (PresyncTenantSource *self, GCancellable *cancellable,
                                      GCancellableSourceFunc func);

/* In tenant-source-check.c */
/* What runs tell this source by */
const PresyncTenantRunFuncs *presync_tenant_source_get_run_funcs (void);
gboolean presync_tenant_source_is_busy (PresyncTenantSource *self);
/* @only_new: what is known already is not asked again */
void presync_tenant_source_begin (PresyncTenantSource *self, gboolean test_only, gboolean only_new);
/* The check under way knows of a sign-in that is gone: another takes its place. */
void presync_tenant_source_restart (PresyncTenantSource *self);
void presync_tenant_source_cancel (PresyncTenantSource *self);
/* (transfer full) (nullable): who waits for the check. Nothing of it runs any more afterwards. */
GTask *presync_tenant_source_stop (PresyncTenantSource *self);
/* Emits @facts and remembers which keys they are of. */
void presync_tenant_source_tell (PresyncTenantSource *self, GPtrArray *facts);

/* In tenant-source-sign-in.c */
/* Ends the sign-in under way, if there is one. @error: (nullable) (transfer none) */
void presync_tenant_source_end_sign_in (PresyncTenantSource *self, const GError *error);
/* Told by a run */
void presync_tenant_source_code_cb (const PresyncDeviceCode *code, gpointer user_data);
void presync_tenant_source_signed_in_cb (PresyncTokens *tokens, const GError *error,
                                         gpointer user_data);

G_END_DECLS
