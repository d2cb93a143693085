/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

/**
 * PresyncFederation: an AD FS farm as a person named it. Plain data.
 * @service: (nullable): the federation service name, such as "sts.contoso.com"
 * @servers: (nullable) (array zero-terminated=1): host names of the AD FS servers
 */
typedef struct
{
  char *service;
  char **servers;
} PresyncFederation;

#define PRESYNC_TYPE_FEDERATION (presync_federation_get_type ())
GType presync_federation_get_type (void);

PresyncFederation *presync_federation_new (void);
/* (nullable) */
PresyncFederation *presync_federation_copy (const PresyncFederation *self);
void presync_federation_free (PresyncFederation *self);
gboolean presync_federation_equal (const PresyncFederation *a, const PresyncFederation *b);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PresyncFederation, presync_federation_free)

/**
 * presync_federation_set_names:
 * @service: (nullable): surrounding white space is dropped, "" is none
 * @servers: (nullable): host names, separated by commas or blanks, at most 100
 *
 * Names are kept in lower case, without a dot at the end, and each once.
 *
 * Returns: %FALSE with %PRESYNC_ERROR_BAD_INPUT naming what is no host name or is an IP address, or
 *   saying that there are too many; nothing changes then
 */
gboolean presync_federation_set_names (PresyncFederation *self, const char *service,
                                       const char *servers, GError **error);

G_END_DECLS
