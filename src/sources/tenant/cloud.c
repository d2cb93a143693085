/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sources/tenant/cloud.h"

#include <string.h>

/* No page for codes has an address anywhere near that long. */
#define PAGE_MAX 200

/* DoD and L4 share the sign-in service; what sets them apart is the Graph. */
static const PresyncCloud clouds[] = {
  { "worldwide", "https://login.microsoftonline.com", "https://graph.microsoft.com",
    "https://login.windows.net", "https://entra.microsoft.com" },
  { "us-government", "https://login.microsoftonline.us", "https://graph.microsoft.us", NULL,
    "https://entra.microsoft.us" },
  { "us-government-dod", "https://login.microsoftonline.us", "https://dod-graph.microsoft.us", NULL,
    "https://entra.microsoft.us" },
  { "china", "https://login.partner.microsoftonline.cn", "https://microsoftgraph.chinacloudapi.cn",
    "https://login.chinacloudapi.cn", "https://entra.microsoftonline.cn" },
};

const PresyncCloud *
presync_clouds (gsize *n)
{
  g_return_val_if_fail (n != NULL, NULL);
  *n = G_N_ELEMENTS (clouds);
  return clouds;
}

const PresyncCloud *
presync_cloud_find (const char *id)
{
  g_return_val_if_fail (id != NULL, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (clouds); i++)
    if (strcmp (clouds[i].id, id) == 0)
      return &clouds[i];
  return NULL;
}

const PresyncCloud *
presync_cloud_find_graph (const char *host)
{
  g_return_val_if_fail (host != NULL, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (clouds); i++)
    if (g_ascii_strcasecmp (clouds[i].graph + strlen ("https://"), host) == 0)
      return &clouds[i];
  return NULL;
}

/* Same host and port? Both are https. */
static gboolean
presync_cloud_is_at (GUri *url, const char *base)
{
  g_autoptr (GUri) other = NULL;

  if (url == NULL || base == NULL)
    return FALSE;
  other = g_uri_parse (base, G_URI_FLAGS_SCHEME_NORMALIZE, NULL);
  return other != NULL && g_ascii_strcasecmp (g_uri_get_host (url), g_uri_get_host (other)) == 0
         && g_uri_get_port (url) == g_uri_get_port (other);
}

/* (nullable): @url if it is https, with a host and without a user name */
static GUri *
presync_cloud_parse (const char *url)
{
  g_autoptr (GUri) uri
      = g_uri_parse (url, G_URI_FLAGS_SCHEME_NORMALIZE | G_URI_FLAGS_HAS_PASSWORD, NULL);

  if (uri == NULL || !g_str_equal (g_uri_get_scheme (uri), "https") || g_uri_get_host (uri) == NULL
      || g_uri_get_userinfo (uri) != NULL)
    return NULL;
  return g_steal_pointer (&uri);
}

gboolean
presync_cloud_allows (const PresyncCloud *self, const char *url)
{
  g_autoptr (GUri) uri = NULL;

  g_return_val_if_fail (self != NULL && url != NULL, FALSE);
  uri = presync_cloud_parse (url);
  return presync_cloud_is_at (uri, self->login) || presync_cloud_is_at (uri, self->graph)
         || presync_cloud_is_at (uri, self->other_login);
}

gboolean
presync_cloud_is_graph (const PresyncCloud *self, const char *url)
{
  g_autoptr (GUri) uri = NULL;

  g_return_val_if_fail (self != NULL && url != NULL, FALSE);
  uri = presync_cloud_parse (url);
  return presync_cloud_is_at (uri, self->graph);
}

gboolean
presync_cloud_is_login (const PresyncCloud *self, const char *url)
{
  g_autoptr (GUri) uri = NULL;

  g_return_val_if_fail (self != NULL && url != NULL, FALSE);
  uri = presync_cloud_parse (url);
  return presync_cloud_is_at (uri, self->login);
}

gboolean
presync_cloud_is_sign_in_page (const char *url)
{
  /* Source: what Microsoft's tools print ("microsoft.com/devicelogin", "…us" and "…china", formerly
   * "aka.ms/devicelogin", lately "login.microsoft.com/device"), and the sign-in hosts of the
   * clouds, which have that page too. */
  static const char *const bases[] = {
    "https://microsoft.com",
    "https://www.microsoft.com",
    "https://aka.ms",
    "https://login.microsoft.com",
    "https://login.microsoftonline.com",
    "https://login.microsoftonline.us",
    "https://login.microsoftonline.cn",
    "https://login.partner.microsoftonline.cn",
    "https://login.chinacloudapi.cn",
  };
  g_autoptr (GUri) uri = NULL;

  g_return_val_if_fail (url != NULL, FALSE);
  if (strlen (url) > PAGE_MAX)
    return FALSE;
  uri = presync_cloud_parse (url);
  for (gsize i = 0; i < G_N_ELEMENTS (bases); i++)
    if (presync_cloud_is_at (uri, bases[i]))
      return TRUE;
  return FALSE;
}
