/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sources/tenant/tenant-target.h"

#include <string.h>
#include <glib/gi18n.h>

#include "base/error.h"
#include "sources/proxy.h"

/* So many characters of what somebody typed are shown. */
#define SHOWN_NAME 100

G_DEFINE_BOXED_TYPE (PresyncTenantTarget, presync_tenant_target, presync_tenant_target_copy,
                     presync_tenant_target_free)

PresyncTenantTarget *
presync_tenant_target_new (void)
{
  PresyncTenantTarget *self = g_new0 (PresyncTenantTarget, 1);

  self->cloud = presync_cloud_find ("worldwide");
  return self;
}

PresyncTenantTarget *
presync_tenant_target_copy (const PresyncTenantTarget *self)
{
  PresyncTenantTarget *copy;

  if (self == NULL)
    return NULL;
  copy = presync_tenant_target_new ();
  copy->recording = g_strdup (self->recording);
  copy->domain = g_strdup (self->domain);
  copy->cloud = self->cloud;
  copy->client_id = g_strdup (self->client_id);
  copy->proxy = g_strdup (self->proxy);
  return copy;
}

void
presync_tenant_target_free (PresyncTenantTarget *self)
{
  if (self == NULL)
    return;
  g_free (self->recording);
  g_free (self->domain);
  g_free (self->client_id);
  g_free (self->proxy);
  g_free (self);
}

/* Microsoft's own pages, which people paste: they name no tenant. */
static const char *const portals[] = {
  "microsoft.com",      "office.com",   "azure.com",          "microsoftonline.com",
  "windows.net",        "microsoft.us", "azure.us",           "office365.us",
  "microsoftonline.us", "azure.cn",     "microsoftonline.cn",
};

static gboolean
presync_tenant_target_is_portal (const char *domain)
{
  for (gsize i = 0; i < G_N_ELEMENTS (portals); i++)
    {
      const char *end = g_str_has_suffix (domain, portals[i])
                            ? domain + strlen (domain) - strlen (portals[i])
                            : NULL;

      if (end != NULL && (end == domain || end[-1] == '.'))
        return TRUE;
    }
  return FALSE;
}

/* RFC 1035 and 1123: labels of letters, digits and hyphens, at least two of them */
static gboolean
presync_tenant_target_is_domain (const char *domain)
{
  g_auto (GStrv) labels = NULL;

  if (strlen (domain) > 253)
    return FALSE;
  labels = g_strsplit (domain, ".", -1);
  if (g_strv_length (labels) < 2)
    return FALSE;
  for (gsize i = 0; labels[i] != NULL; i++)
    {
      gsize length = strlen (labels[i]);

      if (length == 0 || length > 63 || labels[i][0] == '-' || labels[i][length - 1] == '-'
          || labels[i][strspn (labels[i], "abcdefghijklmnopqrstuvwxyz0123456789-_")] != '\0')
        return FALSE;
    }
  return TRUE;
}

/* (transfer full): the part of @text that may be a domain: behind "https://" and "@", before a path
 * and a port */
static char *
presync_tenant_target_cut (const char *text)
{
  const char *scheme = strstr (text, "://");
  const char *start = scheme != NULL ? scheme + strlen ("://") : text;
  g_autofree char *part = g_strndup (start, strcspn (start, "/?#"));
  const char *at = strrchr (part, '@');
  char *domain = g_strdup (at != NULL ? at + 1 : part);
  char *port = strchr (domain, ':');

  if (port != NULL && port[1] != '\0' && port[1 + strspn (port + 1, "0123456789")] == '\0')
    *port = '\0';
  if (g_str_has_suffix (domain, "."))
    domain[strlen (domain) - 1] = '\0';
  return domain;
}

/* (transfer full): @text as one short line, which it is not if somebody pasted a page */
static char *
presync_tenant_target_dup_shown (const char *text)
{
  g_autoptr (GString) shown = g_string_new (NULL);
  guint n = 0;

  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p), n++)
    {
      gunichar c = g_utf8_get_char (p);

      if (n == SHOWN_NAME)
        {
          g_string_append (shown, "…");
          break;
        }
      g_string_append_unichar (
          shown, g_unichar_isprint (c) && g_unichar_type (c) != G_UNICODE_FORMAT ? c : 0xfffd);
    }
  return g_string_free (g_steal_pointer (&shown), FALSE);
}

gboolean
presync_tenant_target_parse_name (PresyncTenantTarget *self, const char *text, GError **error)
{
  g_autofree char *typed = NULL;
  g_autofree char *part = NULL;
  g_autofree char *ascii = NULL;
  g_autofree char *domain = NULL;
  const char *why = NULL;

  g_return_val_if_fail (self != NULL && text != NULL, FALSE);
  typed = g_utf8_make_valid (text, -1);
  g_strstrip (typed);
  part = presync_tenant_target_cut (typed);
  ascii = g_hostname_to_ascii (part);
  domain = g_ascii_strdown (ascii != NULL ? ascii : part, -1);
  if (typed[0] == '\0')
    why = _ ("type a domain such as “contoso.com”, or the tenant ID");
  else if (typed[strcspn (typed, " \t\r\n\v\f")] != '\0')
    why = _ ("a tenant’s domain has no spaces");
  else if (g_uuid_string_is_valid (domain))
    why = NULL;
  else if (g_hostname_is_ip_address (domain))
    why = _ ("an IP address names no tenant");
  else if (strchr (domain, '.') == NULL)
    why = _ ("a tenant’s domain has a dot, such as “contoso.com” or “contoso.onmicrosoft.com”");
  else if (presync_tenant_target_is_portal (domain))
    why = _ ("this is a page of Microsoft’s, not the tenant’s domain");
  else if (!presync_tenant_target_is_domain (domain))
    why = _ ("this is no domain name");
  if (why != NULL)
    {
      /* An address may hold a password: that is not repeated. */
      gboolean user = strstr (typed, "://") != NULL && strchr (typed, '@') != NULL;
      g_autofree char *shown = presync_tenant_target_dup_shown (user ? part : typed);

      g_set_error (error, PRESYNC_ERROR, PRESYNC_ERROR_BAD_INPUT, _ ("Tenant “%s”: %s."), shown,
                   why);
      return FALSE;
    }
  g_free (self->domain);
  self->domain = g_steal_pointer (&domain);
  return TRUE;
}

gboolean
presync_tenant_target_validate (const PresyncTenantTarget *self, GError **error)
{
  g_return_val_if_fail (self != NULL, FALSE);
  if (self->client_id != NULL && !g_uuid_string_is_valid (self->client_id))
    {
      g_autofree char *valid = g_utf8_make_valid (self->client_id, -1);
      g_autofree char *shown = presync_tenant_target_dup_shown (valid);

      g_set_error (error, PRESYNC_ERROR, PRESYNC_ERROR_BAD_INPUT,
                   _ ("“%s” is no application (client) ID: it looks like "
                      "“00000000-0000-0000-0000-000000000000”."),
                   shown);
      return FALSE;
    }
  return self->proxy == NULL || presync_proxy_check (self->proxy, error);
}
