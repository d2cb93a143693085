/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sources/tenant/discovery.h"

#include <string.h>
#include <glib/gi18n.h>

#include "base/error.h"

/* So many digits has Microsoft's number of an error at most. */
#define CODE_MAX 9
/* "Tenant … not found". Source: Microsoft Entra authentication error codes. Other refusals have the
 * same word, "invalid_tenant", such as that of a tenant in another cloud. */
#define NOT_FOUND_CODE "AADSTS90002"

void
presync_discovery_free (PresyncDiscovery *self)
{
  if (self == NULL)
    return;
  g_free (self->domain);
  g_free (self->tenant_id);
  g_free (self->realm);
  g_free (self->brand);
  g_free (self->url);
  g_free (self->realm_url);
  g_free (self);
}

/* (transfer full) (nullable): the tenant of an issuer:
 * "https://login.microsoftonline.com/GUID/v2.0"
 */
static char *
presync_discovery_dup_tenant (const char *issuer)
{
  g_autoptr (GUri) uri = issuer != NULL ? g_uri_parse (issuer, G_URI_FLAGS_NONE, NULL) : NULL;
  g_auto (GStrv) parts = uri != NULL ? g_strsplit (g_uri_get_path (uri), "/", 3) : NULL;

  if (parts == NULL || parts[0] == NULL || parts[1] == NULL || !g_uuid_string_is_valid (parts[1]))
    return NULL;
  return g_ascii_strdown (parts[1], -1);
}

static const char *
presync_discovery_skip_scheme (const char *address)
{
  return g_str_has_prefix (address, "https://") ? address + strlen ("https://") : address;
}

/* The answer names the host of Microsoft Graph, and, in older ones alone, the cloud's sign-in. Both
 * are known from answers only, not from Microsoft's pages. */
static const PresyncCloud *
presync_discovery_find_cloud (const PresyncCloud *asked, const PresyncHttpAnswer *answer)
{
  g_autofree char *graph = presync_http_answer_dup_text (answer, "msgraph_host");
  g_autofree char *instance = presync_http_answer_dup_text (answer, "cloud_instance_name");
  g_autofree char *login = NULL;
  const PresyncCloud *clouds;
  gsize n;

  if (graph != NULL)
    return g_ascii_strcasecmp (presync_discovery_skip_scheme (asked->graph), graph) == 0
               ? asked
               : presync_cloud_find_graph (graph);
  if (instance == NULL)
    return NULL;
  login = g_strconcat ("https://login.", instance, NULL);
  /* Two clouds have the same sign-in: if one of them was asked, it stays. */
  if (g_ascii_strcasecmp (asked->login, login) == 0)
    return asked;
  clouds = presync_clouds (&n);
  for (gsize i = 0; i < n; i++)
    if (g_ascii_strcasecmp (clouds[i].login, login) == 0)
      return &clouds[i];
  return NULL;
}

/* (transfer full) (nullable): "AADSTS90002" at the beginning of what the service says */
static char *
presync_discovery_dup_code (const PresyncHttpAnswer *answer)
{
  g_autofree char *text = presync_http_answer_dup_text (answer, "error_description");
  gsize prefix = strlen ("AADSTS");
  gsize digits;

  if (text == NULL || !g_str_has_prefix (text, "AADSTS"))
    return NULL;
  digits = strspn (text + prefix, "0123456789");
  return digits > 0 && digits <= CODE_MAX ? g_strndup (text, prefix + digits) : NULL;
}

static void
presync_discovery_fail (const PresyncCloud *cloud, const char *domain,
                        const PresyncHttpAnswer *answer, GError **error)
{
  const char *host = presync_discovery_skip_scheme (cloud->login);
  g_autofree char *code = presync_discovery_dup_code (answer);
  const char *id = answer->request_id != NULL ? answer->request_id : _ ("none");

  if (answer->status == 200)
    g_set_error (error, PRESYNC_ERROR, PRESYNC_ERROR_BAD_INPUT,
                 _ ("The answer of %s about “%s” names no tenant: it is no OpenID configuration."),
                 host, domain);
  else if (code != NULL)
    g_set_error (error, PRESYNC_ERROR, PRESYNC_ERROR_FAILED,
                 _ ("%s does not tell who owns “%s”: error %s. Request ID: %s"), host, domain, code,
                 id);
  else
    g_set_error (error, PRESYNC_ERROR, PRESYNC_ERROR_FAILED,
                 _ ("%s does not tell who owns “%s” (HTTP status %u). Request ID: %s"), host,
                 domain, answer->status, id);
}

/* Who owns it? */
static gboolean
presync_discovery_read_owner (PresyncDiscovery *self, PresyncHttp *http, const PresyncCloud *cloud,
                              GCancellable *cancellable, GError **error)
{
  g_autoptr (PresyncHttpAnswer) answer
      = presync_http_get (http, self->url, NULL, cancellable, error);
  g_autofree char *issuer = NULL;
  g_autofree char *fault = NULL;
  g_autofree char *code = NULL;

  if (answer == NULL)
    return FALSE;
  fault = presync_http_answer_dup_text (answer, "error");
  code = presync_discovery_dup_code (answer);
  if (answer->status == 400 && g_strcmp0 (fault, "invalid_tenant") == 0
      && g_strcmp0 (code, NOT_FOUND_CODE) == 0)
    return TRUE;
  if (answer->status == 200)
    {
      issuer = presync_http_answer_dup_text (answer, "issuer");
      self->tenant_id = presync_discovery_dup_tenant (issuer);
      self->cloud = presync_discovery_find_cloud (cloud, answer);
    }
  self->exists = self->tenant_id != NULL;
  if (!self->exists)
    presync_discovery_fail (cloud, self->domain, answer, error);
  return self->exists;
}

/* Microsoft does not document it; so it is no error if it fails, unless it was cancelled. */
static gboolean
presync_discovery_read_realm (PresyncDiscovery *self, PresyncHttp *http, GCancellable *cancellable,
                              GError **error)
{
  g_autoptr (PresyncHttpAnswer) answer
      = presync_http_get (http, self->realm_url, NULL, cancellable, NULL);
  g_autofree char *kind = NULL;

  if (g_cancellable_set_error_if_cancelled (cancellable, error))
    return FALSE;
  if (answer == NULL || answer->status != 200)
    return TRUE;
  kind = presync_http_answer_dup_text (answer, "NameSpaceType");
  if (g_strcmp0 (kind, "Managed") == 0 || g_strcmp0 (kind, "Federated") == 0)
    self->realm = g_steal_pointer (&kind);
  self->brand = presync_http_answer_dup_text (answer, "FederationBrandName");
  return TRUE;
}

PresyncDiscovery *
presync_discover (PresyncHttp *http, const PresyncCloud *cloud, const char *domain,
                  GCancellable *cancellable, GError **error)
{
  g_autoptr (PresyncDiscovery) self = g_new0 (PresyncDiscovery, 1);
  g_autofree char *escaped = NULL;

  g_return_val_if_fail (PRESYNC_IS_HTTP (http), NULL);
  g_return_val_if_fail (cloud != NULL && domain != NULL && domain[0] != '\0', NULL);
  escaped = g_uri_escape_string (domain, NULL, FALSE);
  self->domain = g_strdup (domain);
  self->url
      = g_strconcat (cloud->login, "/", escaped, "/v2.0/.well-known/openid-configuration", NULL);
  self->realm_url
      = g_strconcat (cloud->login, "/getuserrealm.srf?login=probe@", escaped, "&json=1", NULL);
  if (!presync_discovery_read_owner (self, http, cloud, cancellable, error))
    return NULL;
  /* A tenant id is no domain that somebody signs in with. */
  if (self->exists && !g_uuid_string_is_valid (domain)
      && !presync_discovery_read_realm (self, http, cancellable, error))
    return NULL;
  return g_steal_pointer (&self);
}
