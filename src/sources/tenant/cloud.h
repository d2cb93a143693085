/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * PresyncCloud: one of Microsoft's clouds, and the only hosts that Presync talks to in it
 * @id: for programs and settings: "worldwide", "us-government", "us-government-dod", "china"; its
 * name for people is presync_cloud_title()
 * @login: base address of the sign-in service, such as "https://login.microsoftonline.com"
 * @graph: base address of Microsoft Graph, such as "https://graph.microsoft.com"
 * @other_login: (nullable): another host of the same sign-in service, which tenants may name
 * @portal: address of the Microsoft Entra admin center
 *
 * Plain data. Source: Microsoft Graph "National cloud deployments" and Microsoft Entra "National
 * clouds" (2025-01). Tests make clouds of their own, whose hosts are on loopback.
 */
typedef struct
{
  const char *id;
  const char *login;
  const char *graph;
  const char *other_login;
  const char *portal;
} PresyncCloud;

/* (transfer none): all clouds; @n: (out) */
const PresyncCloud *presync_clouds (gsize *n);
/* (transfer none) (nullable) */
const PresyncCloud *presync_cloud_find (const char *id);
/* (transfer none) (nullable): the cloud whose Graph host is @host, as OpenID discovery names it
 * ("msgraph_host") */
const PresyncCloud *presync_cloud_find_graph (const char *host);

/**
 * presync_cloud_allows:
 * @url: an absolute address
 *
 * Returns: %TRUE if @url is https (without user name) at one of the cloud's own hosts and ports:
 *   to no other is anything sent, least of all a token
 */
gboolean presync_cloud_allows (const PresyncCloud *self, const char *url);
/* Of those hosts: is @url Microsoft Graph, where tokens may go? */
gboolean presync_cloud_is_graph (const PresyncCloud *self, const char *url);
/* Is @url the sign-in service, where a sign-in's forms may go? */
gboolean presync_cloud_is_login (const PresyncCloud *self, const char *url);

/**
 * presync_cloud_is_sign_in_page:
 * @url: an address that a server names for a person to open
 *
 * Returns: %TRUE if it is https (without user name, and of a length that can be read) at a host
 *   where Microsoft, in any cloud, has its page for the codes of devices
 */
gboolean presync_cloud_is_sign_in_page (const char *url);

G_END_DECLS
