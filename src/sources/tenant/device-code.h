/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sources/tenant/http.h"

G_BEGIN_DECLS

/**
 * PresyncDeviceCode: what a person needs to sign in on any device. Plain data, copied.
 * @user_code: to be typed: "FQK7P3RTX"
 * @verification_uri: where: "https://microsoft.com/devicelogin"
 * @expires: when the code ends
 * @interval: seconds between two questions whether it happened
 *
 * Source: RFC 8628 and Microsoft identity platform, "OAuth 2.0 device authorization grant".
 */
typedef struct
{
  char *user_code;
  char *verification_uri;
  GDateTime *expires;
  guint interval;
  PresyncSecret *device_code; /* never shown */
} PresyncDeviceCode;

#define PRESYNC_TYPE_DEVICE_CODE (presync_device_code_get_type ())
GType presync_device_code_get_type (void);
PresyncDeviceCode *presync_device_code_copy (const PresyncDeviceCode *self);
void presync_device_code_free (PresyncDeviceCode *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PresyncDeviceCode, presync_device_code_free)

/**
 * PresyncTokens: what a sign-in gave. Plain data; wiped when freed.
 * @access: bearer token for Microsoft Graph
 * @expires: when @access ends
 * @refresh: (nullable): gets a new one; all that the keyring keeps, if it is asked to
 * @tenant_id: of the id token: which tenant was signed in to
 * @provider: (nullable): of the id token ("idp"): who vouches for the person, if not the tenant
 */
typedef struct
{
  PresyncSecret *access;
  GDateTime *expires;
  PresyncSecret *refresh;
  char *tenant_id;
  char *provider;
} PresyncTokens;

/* (nullable) */
PresyncTokens *presync_tokens_copy (const PresyncTokens *self);
void presync_tokens_free (PresyncTokens *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PresyncTokens, presync_tokens_free)

/* The delegated scopes that are asked for, all of them read-only, separated by blanks */
const char *presync_device_code_get_scopes (void);

/* Asks for a code. @tenant: the tenant's id. Errors: sentences, PRESYNC_ERROR_SIGN_IN for what the
 * service refuses (unknown client id, not a public client …), with Microsoft's AADSTS number */
PresyncDeviceCode *presync_device_code_begin (PresyncHttp *http, const PresyncTenantTarget *target,
                                              const char *tenant, GCancellable *cancellable,
                                              GError **error);

/* Waits until the person has signed in: authorization_pending and slow_down are waited for, by the
 * service's interval. Errors: PRESYNC_ERROR_SIGN_IN declined, expired, token of another tenant;
 * G_IO_ERROR_CANCELLED within 250 ms */
PresyncTokens *presync_device_code_wait (PresyncHttp *http, const PresyncTenantTarget *target,
                                         const char *tenant, const PresyncDeviceCode *code,
                                         GCancellable *cancellable, GError **error);

/* A new access token for @refresh. Errors: PRESYNC_ERROR_SIGN_IN if a person must sign in again */
PresyncTokens *presync_tokens_refresh (PresyncHttp *http, const PresyncTenantTarget *target,
                                       const char *tenant, PresyncSecret *refresh,
                                       GCancellable *cancellable, GError **error);

G_END_DECLS
