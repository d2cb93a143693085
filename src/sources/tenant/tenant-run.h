/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "base/worker.h"
#include "sources/tenant/tenant-check.h"

G_BEGIN_DECLS

/**
 * PresyncTenantRun: a check, or a sign-in, on a worker thread, as the main thread sees it. What it
 * tells comes in the main context it was begun in, until it is stopped, or has told its end.
 */
typedef struct _PresyncTenantRun PresyncTenantRun;

/**
 * PresyncTenantRunFuncs: what is told of a run
 * @stage: see #PresyncStageFunc
 * @facts: (element-type PresyncFact): were just found
 * @code: a person has to type it
 * @checked: the check has ended; @check belongs to the run, its contents may be taken. @error:
 *   (nullable)
 * @signed_in: the sign-in has ended. @tokens: (nullable) (transfer full); @error: (nullable)
 */
typedef struct
{
  PresyncStageFunc stage;
  void (*facts) (GPtrArray *facts, gpointer user_data);
  void (*code) (const PresyncDeviceCode *code, gpointer user_data);
  void (*checked) (PresyncTenantCheck *check, const GError *error, gpointer user_data);
  void (*signed_in) (PresyncTokens *tokens, const GError *error, gpointer user_data);
} PresyncTenantRunFuncs;

/* @check: (transfer full): its contents are taken over
 * @funcs: must outlive the run; @user_data must outlive it or stop it */
PresyncTenantRun *presync_tenant_run_check (PresyncWorker *worker, PresyncTenantCheck *check,
                                            const PresyncTenantRunFuncs *funcs, gpointer user_data);

/* @tenant: (nullable): the tenant's id, @cloud: whose Graph is asked, if both are known already */
PresyncTenantRun *presync_tenant_run_sign_in (PresyncWorker *worker,
                                              const PresyncTenantTarget *target, const char *tenant,
                                              const PresyncCloud *cloud,
                                              const PresyncTenantRunFuncs *funcs,
                                              gpointer user_data);

/* The time of a check is up: it ends with what it has. */
void presync_tenant_run_hurry (PresyncTenantRun *self);
/* Cancels it; nothing is told any more. Nobody waits for it. Frees @self. */
void presync_tenant_run_stop (PresyncTenantRun *self);

G_END_DECLS
