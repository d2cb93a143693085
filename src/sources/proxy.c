/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sources/proxy.h"

#include <string.h>
#include <glib/gi18n.h>

#include "base/error.h"

/* A name, which may have letters of any language, or an address */
static gboolean
presync_proxy_is_host (const char *host)
{
  for (const char *p = host; *p != '\0'; p++)
    if (!g_ascii_isalnum (*p) && strchr ("-._", *p) == NULL && (guchar) *p < 0x80)
      return g_hostname_is_ip_address (host);
  return *host != '\0';
}

/* Is @uri the root of a host and port, and nothing else? */
static gboolean
presync_proxy_is_place (GUri *uri)
{
  const char *path = g_uri_get_path (uri);

  return g_strcmp0 (g_uri_get_scheme (uri), "http") == 0 && g_uri_get_host (uri) != NULL
         && presync_proxy_is_host (g_uri_get_host (uri)) && g_uri_get_port (uri) > 0
         && g_uri_get_userinfo (uri) == NULL && (*path == '\0' || g_str_equal (path, "/"))
         && g_uri_get_query (uri) == NULL && g_uri_get_fragment (uri) == NULL;
}

gboolean
presync_proxy_check (const char *proxy, GError **error)
{
  g_autoptr (GUri) uri = NULL;

  g_return_val_if_fail (proxy != NULL, FALSE);
  uri = g_uri_parse (proxy, G_URI_FLAGS_HAS_PASSWORD, NULL);
  if (uri != NULL && presync_proxy_is_place (uri))
    return TRUE;
  /* It may hold a password: it is not repeated. */
  g_set_error_literal (error, PRESYNC_ERROR, PRESYNC_ERROR_BAD_INPUT,
                       _ ("A proxy looks like “http://proxy.contoso.com:8080”, without a name or "
                          "password in it."));
  return FALSE;
}
