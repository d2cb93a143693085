/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sources/stage.h"
#include "sources/tenant/tenant-known.h"

G_BEGIN_DECLS

/* A check ends after that, whatever hangs; asking for the suffixes may take half of it. Microsoft
 * needs a fraction of a second for each of the some 15 questions. */
#define PRESYNC_TENANT_CHECK_SECONDS 60

/**
 * PresyncTenantCheck: what is to be checked, and what came of it. Plain data of the thread that
 * runs it.
 * @suffixes, @offered, @whole, @admin: as presync_tenant_source_set_names()
 * @earlier: (nullable): what needs not be asked again
 * @signed_in_before: what only a sign-in tells was told: it may not stay without a reason
 * @may_sign_in: %FALSE: a recording's sign-in is passed over
 * @tokens, @refresh: (nullable) (inout): of the sign-in; both %NULL afterwards if it has ended
 * @timed_out: set by another thread, before it cancels: the time is up
 * @stage, @facts: told while it runs, in the thread that runs it; @facts: (transfer none)
 * @known: (out)
 */
typedef struct
{
  PresyncTenantTarget *target;
  gboolean test_only;
  char **suffixes;
  char **offered;
  gboolean whole;
  char *admin;
  PresyncTenantKnown *earlier;
  gboolean signed_in_before;
  gboolean may_sign_in;
  PresyncTokens *tokens;
  PresyncSecret *refresh;
  int timed_out;
  PresyncStageFunc stage;
  void (*facts) (GPtrArray *facts, gpointer user_data);
  gpointer user_data;
  PresyncTenantKnown *known;
} PresyncTenantCheck;

void presync_tenant_check_clear (PresyncTenantCheck *self);

/**
 * presync_tenant_check_run:
 *
 * Blocks. Asks who owns the domain and the suffixes, then, if somebody is signed in, Microsoft
 * Graph. One question that fails does not stop the others.
 *
 * Returns: %FALSE if not even the tenant's domain could be asked for, the tenant is in another
 *   cloud than the one that was named, or it was cancelled
 */
gboolean presync_tenant_check_run (PresyncTenantCheck *self, GCancellable *cancellable,
                                   GError **error);

/* Is the time of the check up? Any thread may ask; and the sentence that says so. */
gboolean presync_tenant_check_is_late (PresyncTenantCheck *self);
const char *presync_tenant_check_get_late (void);

/**
 * presync_tenant_check_find:
 * @cloud: (out) (transfer none): the tenant's, if nobody has told otherwise @target's; it has the
 *   same sign-in service
 * @owner: (out) (transfer full) (nullable): what was found, also with an error
 *
 * The first step alone: who owns the tenant's domain. For the sign-in, which needs the tenant's id.
 *
 * Returns: %FALSE if it could not be asked, or is in another cloud
 */
gboolean presync_tenant_check_find (PresyncHttp *http, const PresyncTenantTarget *target,
                                    const PresyncCloud **cloud, PresyncTenantOwner **owner,
                                    GCancellable *cancellable, GError **error);

G_END_DECLS
