/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sources/source.h"
#include "sources/tenant/device-code.h"
#include "sources/tenant/tenant-target.h"

G_BEGIN_DECLS

/**
 * PresyncTenantSource: looks at a Microsoft Entra tenant (source id "tenant")
 *
 * A check asks, without signing in, who owns the tenant's domain and each UPN suffix; if somebody
 * is signed in, it reads Microsoft Graph too. Facts that only a sign-in can tell are not emitted
 * before there was one: they need an answer. What was signed in and then fails is unknown, with the
 * reason. After a sign-out the facts of the sign-in are forgotten.
 *
 * Work is done on a worker thread ("presync-tenant"). Stages: "find" (the tenant's domain),
 * "suffixes", "sign-in", "read".
 *
 * Properties (readable, notify): "code" (#PresyncDeviceCode, nullable: what to show while a sign-in
 * waits), "signed-in-as" (string, nullable: name of the person), "tenant-id" (string, nullable),
 * "tenant-name" (string, nullable), "signing-in" (boolean).
 */
#define PRESYNC_TYPE_TENANT_SOURCE (presync_tenant_source_get_type ())
G_DECLARE_FINAL_TYPE (PresyncTenantSource, presync_tenant_source, PRESYNC, TENANT_SOURCE,
                      PresyncSource)

/* @target: copied */
PresyncTenantSource *presync_tenant_source_new (const PresyncTenantTarget *target);
/* For a source of a file, which knows no proxy: the way of the next check. @proxy: (nullable) */
void presync_tenant_source_set_proxy (PresyncTenantSource *self, const char *proxy);
/* (transfer none) */
const PresyncTenantTarget *presync_tenant_source_get_target (PresyncTenantSource *self);

/**
 * presync_tenant_source_set_names:
 * @suffixes: (nullable) (array zero-terminated=1): UPN suffixes in use in the forest; %NULL: not
 *   known (yet)
 * @offered: (nullable) (array zero-terminated=1): others, which the forest offers; whether a user
 *   has one was not seen. They are asked for, but nothing is wrong with the forest because of them.
 * @whole: no user has another than @suffixes; %FALSE: not all users were seen. Then no suffix is
 *   said to be all right, and what is wrong with those in use stays so.
 * @admin: (nullable): UPN of the Hybrid Identity Administrator to look at; %NULL: who signs in
 *
 * Told by the assessment whenever the directory tells other names. If the source was checked
 * before, it looks again at once (it may be joined).
 */
void presync_tenant_source_set_names (PresyncTenantSource *self, const char *const *suffixes,
                                      const char *const *offered, gboolean whole,
                                      const char *admin);

/**
 * presync_tenant_source_sign_in_async:
 *
 * Gets a device code (property "code"), waits for the person, then reads everything. Needs the
 * target's client id. One at a time: another fails with %G_IO_ERROR_PENDING. Cancelling ends it
 * within 250 ms; what was known before stays.
 */
void presync_tenant_source_sign_in_async (PresyncTenantSource *self, GCancellable *cancellable,
                                          GAsyncReadyCallback callback, gpointer user_data);
gboolean presync_tenant_source_sign_in_finish (PresyncTenantSource *self, GAsyncResult *result,
                                               GError **error);

/* Signs in with a refresh token of an earlier time, the next time it checks. @refresh: (nullable)
 */
void presync_tenant_source_set_refresh_token (PresyncTenantSource *self, PresyncSecret *refresh);
/* (transfer full) (nullable): for the keyring, if the person wants that */
PresyncSecret *presync_tenant_source_dup_refresh_token (PresyncTenantSource *self);

/* Forgets the tokens and what they told. */
void presync_tenant_source_sign_out (PresyncTenantSource *self);
/* (nullable) */
const char *presync_tenant_source_get_signed_in_as (PresyncTenantSource *self);
/* (nullable) (transfer none): valid until it changes */
const PresyncDeviceCode *presync_tenant_source_get_code (PresyncTenantSource *self);
/* (nullable): GUID, known after the first check */
const char *presync_tenant_source_get_tenant_id (PresyncTenantSource *self);
/* (nullable): a sentence if the last check found this computer's clock wrong */
const char *presync_tenant_source_get_skew (PresyncTenantSource *self);
/* (transfer full) (nullable): a sentence if the last check found the tenant in another cloud than
 * was named, and asked that one, as both have the same sign-in service */
char *presync_tenant_source_dup_other_cloud (PresyncTenantSource *self);
/* (nullable): where the tenant was found, by the last check or the session of
 * presync_tenant_source_restore_cloud() */
const PresyncCloud *presync_tenant_source_get_found_cloud (PresyncTenantSource *self);
/* What another session found, until a check tells: presync_tenant_source_dup_other_cloud() says so.
 * @cloud: (nullable) */
void presync_tenant_source_restore_cloud (PresyncTenantSource *self, const PresyncCloud *cloud);

/* (transfer none) (array zero-terminated=1): every key that can be told without, and with a sign-in
 */
const char *const *presync_tenant_open_fact_keys (void);
const char *const *presync_tenant_signed_in_fact_keys (void);

G_END_DECLS
