/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "assessment/assessment.h"
#include "sources/tenant/tenant-source.h"

G_BEGIN_DECLS

/* Key of the settings about the tenant that others need too */
#define PRESYNC_SETTING_CLIENT_ID "client-id"

/**
 * presync_tenant_settings_dup_target:
 *
 * Returns: (transfer full) (nullable): the tenant used last; %NULL if there was none, or if what is
 *   stored cannot be used
 */
PresyncTenantTarget *presync_tenant_settings_dup_target (GSettings *settings);

/**
 * presync_tenant_settings_dup_proxy:
 *
 * Returns: (transfer full) (nullable): the proxy to go through; %NULL with a sentence if the one
 *   that is stored cannot be used: nobody is to be asked then, as it would go another way than was
 *   asked for
 */
char *presync_tenant_settings_dup_proxy (GSettings *settings, GError **error);

/**
 * presync_tenant_settings_dup_client_id:
 *
 * Returns: (transfer full) (nullable): the application (client) ID that was used last
 */
char *presync_tenant_settings_dup_client_id (GSettings *settings);

/**
 * presync_tenant_settings_save:
 * @target: (nullable): what is looked at; a recording is not remembered. %NULL forgets the tenant
 *
 * If it is another than was stored, or another application signs in, nobody stays signed in: that
 * is asked for anew.
 */
void presync_tenant_settings_save (GSettings *settings, const PresyncTenantTarget *target);

/**
 * presync_tenant_settings_forget:
 * @target: the tenant that is no longer wanted
 *
 * Forgets it, and what the keyring keeps of a sign-in to it.
 */
void presync_tenant_settings_forget (const PresyncTenantTarget *target);

/**
 * presync_tenant_settings_stays:
 *
 * Returns: did people ask to stay signed in to this very tenant, with this application?
 */
gboolean presync_tenant_settings_stays (GSettings *settings, const PresyncTenantTarget *target);

/* People ask to stay signed in to @target, which is the tenant that is remembered from now on. */
void presync_tenant_settings_begin_stay (GSettings *settings, const PresyncTenantTarget *target);

/* They no longer do, or signed out: the keyring drops what it has of a sign-in to @target. Nobody
 * waits for it. */
void presync_tenant_settings_end_stay (GSettings *settings, const PresyncTenantTarget *target);

/**
 * presync_tenant_settings_keep_async:
 * @callback: never called if there is nothing to keep
 *
 * Puts into the keyring what renews the sign-in of @source, if it is signed in and people asked to
 * stay so. If they no longer wish it by the time the keyring has it, it is dropped again.
 *
 * Returns: whether there is something to keep
 */
gboolean presync_tenant_settings_keep_async (PresyncTenantSource *source, GCancellable *cancellable,
                                             GAsyncReadyCallback callback, gpointer user_data);

/**
 * presync_tenant_settings_keep_finish:
 *
 * Returns: %FALSE with a sentence for people, or %G_IO_ERROR_CANCELLED
 */
gboolean presync_tenant_settings_keep_finish (GAsyncResult *result, GError **error);

/**
 * presync_tenant_settings_renew_async:
 * @source: of a file; it has not been checked yet
 *
 * Gives @source the proxy of this computer and, if people asked to stay signed in to this tenant,
 * what the keyring has of a sign-in.
 */
void presync_tenant_settings_renew_async (PresyncTenantSource *source, GAsyncReadyCallback callback,
                                          gpointer user_data);
/* %FALSE with a sentence if there was a sign-in to renew, and the keyring has none */
gboolean presync_tenant_settings_renew_finish (GAsyncResult *result, GError **error);

/**
 * presync_tenant_settings_restore:
 *
 * Brings back the tenant that was used last, unless @assessment has one, and looks at it. If people
 * wished to stay signed in, the keyring is asked first; this ends later, and by itself.
 */
void presync_tenant_settings_restore (PresyncAssessment *assessment);

/**
 * presync_tenant_settings_take_lapsed:
 *
 * Returns: whether presync_tenant_settings_restore() found no sign-in where people had wished to
 *   stay signed in; told once
 */
gboolean presync_tenant_settings_take_lapsed (PresyncAssessment *assessment);

G_END_DECLS
