/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sources/tenant/tenant-check.h"

G_BEGIN_DECLS

/* So many suffixes are asked for at once, each over a connection of its own. */
#define PRESYNC_TENANT_SUFFIXES_AT_ONCE 6

/**
 * presync_tenant_suffixes_find:
 * @check: is read alone; what it knows of the tenant's own domain, and of suffixes from an earlier
 *   check, is not asked again
 * @http: of the thread that calls
 * @seconds: all together may take so long
 * @n_offered: (out): how many at the end of the list are merely offered
 *
 * Blocks. Asks who owns each of the suffixes of @check: those in use, then those merely offered.
 *
 * Returns: (transfer full) (element-type PresyncTenantOwner): one for each, in their order and each
 *   once; %NULL if it was cancelled
 */
GPtrArray *presync_tenant_suffixes_find (PresyncTenantCheck *check, PresyncHttp *http,
                                         guint seconds, guint *n_offered, GCancellable *cancellable,
                                         GError **error);

G_END_DECLS
