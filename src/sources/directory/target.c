/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sources/directory/target.h"

#include <string.h>
#include <glib/gi18n.h>
#include <gio/gio.h>

#include "base/error.h"

#define URI_MAX 1024

PresyncDirectoryTarget *
presync_directory_target_new (void)
{
  return g_new0 (PresyncDirectoryTarget, 1);
}

PresyncDirectoryTarget *
presync_directory_target_copy (const PresyncDirectoryTarget *self)
{
  PresyncDirectoryTarget *copy;

  g_return_val_if_fail (self != NULL, NULL);
  copy = presync_directory_target_new ();
  *copy = *self;
  copy->ldif = g_strdup (self->ldif);
  copy->server = g_strdup (self->server);
  copy->domain = g_strdup (self->domain);
  copy->ca_file = g_strdup (self->ca_file);
  copy->name = g_strdup (self->name);
  copy->password = self->password != NULL ? presync_secret_ref (self->password) : NULL;
  copy->sync_server = g_strdup (self->sync_server);
  copy->accounts = presync_accounts_copy (self->accounts);
  copy->federation = presync_federation_copy (self->federation);
  return copy;
}

void
presync_directory_target_free (PresyncDirectoryTarget *self)
{
  if (self == NULL)
    return;
  g_free (self->ldif);
  g_free (self->server);
  g_free (self->domain);
  g_free (self->ca_file);
  g_free (self->name);
  g_clear_pointer (&self->password, presync_secret_unref);
  g_free (self->sync_server);
  presync_accounts_free (self->accounts);
  presync_federation_free (self->federation);
  g_free (self);
}

/* Letters, digits, hyphens, underscores and dots, no empty part: what DNS and Windows allow. */
static gboolean
presync_directory_target_is_name (const char *name)
{
  gsize length = strlen (name);
  char previous = '.';

  if (length == 0 || length > 253)
    return FALSE;
  for (const char *p = name; *p != '\0'; p++)
    {
      if (!g_ascii_isalnum (*p) && *p != '-' && *p != '_' && *p != '.')
        return FALSE;
      if (*p == '.' && previous == '.')
        return FALSE;
      previous = *p;
    }
  return TRUE;
}

/* A name that is digits and dots only is a mistyped address, never a host: "10.0.0.300". */
static char *
presync_directory_target_clean_host (const char *host)
{
  g_autofree char *ascii = NULL;

  if (g_hostname_is_ip_address (host))
    return g_strdup (host);
  ascii = g_hostname_to_ascii (host);
  if (ascii == NULL || !presync_directory_target_is_name (ascii)
      || strspn (ascii, "0123456789.") == strlen (ascii))
    return NULL;
  if (g_str_has_suffix (ascii, "."))
    ascii[strlen (ascii) - 1] = '\0';
  return g_steal_pointer (&ascii);
}

static gboolean
presync_directory_target_fail (GError **error, const char *text, const char *why)
{
  g_autofree char *shown = g_utf8_make_valid (text, (gssize) MIN (strlen (text), 80));

  g_set_error (error, PRESYNC_ERROR, PRESYNC_ERROR_BAD_INPUT, _ ("“%s” is not a directory: %s"),
               shown, why);
  return FALSE;
}

/* Cuts @rest ("host", "host:port", "[v6]", "[v6]:port", bare IPv6) into host and port text. */
static gboolean
presync_directory_target_split (const char *rest, char **host, const char **port)
{
  const char *colon;

  *port = NULL;
  if (g_hostname_is_ip_address (rest))
    {
      *host = g_strdup (rest);
      return TRUE;
    }
  if (*rest == '[')
    {
      const char *end = strchr (rest, ']');
      if (end == NULL || (end[1] != '\0' && end[1] != ':'))
        return FALSE;
      *host = g_strndup (rest + 1, (gsize) (end - rest - 1));
      *port = end[1] == ':' ? end + 2 : NULL;
      return g_hostname_is_ip_address (*host);
    }
  colon = strchr (rest, ':');
  *host = colon != NULL ? g_strndup (rest, (gsize) (colon - rest)) : g_strdup (rest);
  *port = colon != NULL ? colon + 1 : NULL;
  return TRUE;
}

gboolean
presync_directory_target_parse_uri (PresyncDirectoryTarget *self, const char *text, GError **error)
{
  g_autofree char *trimmed = NULL;
  g_autofree char *host = NULL;
  g_autofree char *clean = NULL;
  const char *rest, *port_text = NULL, *separator;
  guint64 port = 0;
  gboolean ldaps = TRUE;

  g_return_val_if_fail (self != NULL && text != NULL, FALSE);
  if (strlen (text) > URI_MAX || !g_utf8_validate (text, -1, NULL))
    return presync_directory_target_fail (error, text, _ ("it is too long or not text"));
  trimmed = g_strstrip (g_strdup (text));
  rest = trimmed;
  separator = strstr (trimmed, "://");
  if (separator != NULL)
    {
      rest = separator + 3;
      ldaps = g_ascii_strncasecmp (trimmed, "ldaps://", 8) == 0;
      if (!ldaps && g_ascii_strncasecmp (trimmed, "ldap://", 7) != 0)
        return presync_directory_target_fail (error, trimmed,
                                              _ ("only ldaps:// and ldap:// can be read"));
      /* Browsers and people add a final slash. */
      if (g_str_has_suffix (rest, "/"))
        trimmed[strlen (trimmed) - 1] = '\0';
    }
  if (*rest == '\0')
    return presync_directory_target_fail (error, trimmed, _ ("the server's name is missing"));
  if (strchr (rest, '@') != NULL)
    return presync_directory_target_fail (error, trimmed,
                                          _ ("user names do not belong into the address"));
  if (strpbrk (rest, "/?#") != NULL)
    return presync_directory_target_fail (error, trimmed,
                                          _ ("nothing may follow the server's name and port"));
  if (!presync_directory_target_split (rest, &host, &port_text)
      || (clean = presync_directory_target_clean_host (host)) == NULL)
    return presync_directory_target_fail (error, trimmed,
                                          _ ("it is neither a host name nor an address"));
  if (port_text != NULL && !g_ascii_string_to_unsigned (port_text, 10, 1, G_MAXUINT16, &port, NULL))
    return presync_directory_target_fail (error, trimmed,
                                          _ ("the port is not a number from 1 to 65535"));

  g_clear_pointer (&self->server, g_free);
  g_clear_pointer (&self->domain, g_free);
  self->port = (guint16) port;
  self->ldaps = ldaps;
  if (separator == NULL && port == 0 && !g_hostname_is_ip_address (clean)
      && strchr (clean, '.') != NULL)
    self->domain = g_steal_pointer (&clean);
  else
    self->server = g_steal_pointer (&clean);
  return TRUE;
}

gboolean
presync_directory_target_validate (const PresyncDirectoryTarget *self, GError **error)
{
  g_autofree char *text = NULL;
  gboolean named, secret;

  g_return_val_if_fail (self != NULL, FALSE);
  if (self->ldif != NULL)
    return TRUE;
  text = presync_directory_target_dup_text (self);
  if (self->server == NULL && self->domain == NULL)
    {
      g_set_error_literal (error, PRESYNC_ERROR, PRESYNC_ERROR_BAD_INPUT,
                           _ ("No directory server and no domain is named"));
      return FALSE;
    }
  if (self->ldaps && self->starttls)
    {
      g_set_error (error, PRESYNC_ERROR, PRESYNC_ERROR_BAD_INPUT,
                   _ ("%s is encrypted from the start, so StartTLS cannot be used with it"), text);
      return FALSE;
    }
  if (self->sign_in == PRESYNC_SIGN_IN_KERBEROS)
    return TRUE;
  named = self->name != NULL && *self->name != '\0';
  secret = self->password != NULL && presync_secret_get_length (self->password) > 0;
  if (!named || !secret)
    {
      /* An empty password would be an "unauthenticated bind" (RFC 4513 section 5.1.2): the server
       * says yes and knows nobody. */
      g_set_error (error, PRESYNC_ERROR, PRESYNC_ERROR_BAD_INPUT,
                   named    ? _ ("A password is needed to sign in to %s")
                   : secret ? _ ("A name is needed to sign in to %s")
                            : _ ("A sign-in is needed to read %s: a name and password, or a "
                                 "Kerberos ticket"),
                   text);
      return FALSE;
    }
  if (!self->ldaps && !self->starttls)
    {
      g_set_error (error, PRESYNC_ERROR, PRESYNC_ERROR_REFUSED,
                   _ ("Presync does not send a password over an unencrypted connection to %s; use "
                      "LDAPS, StartTLS or Kerberos"),
                   text);
      return FALSE;
    }
  return TRUE;
}

char *
presync_directory_target_dup_text (const PresyncDirectoryTarget *self)
{
  const char *host, *scheme;
  guint16 usual;
  gboolean six;

  g_return_val_if_fail (self != NULL, NULL);
  if (self->ldif != NULL)
    return g_path_get_basename (self->ldif);
  host = self->server != NULL ? self->server : self->domain != NULL ? self->domain : "";
  scheme = self->ldaps ? "ldaps" : "ldap";
  usual = self->ldaps ? 636 : 389;
  six = strchr (host, ':') != NULL;
  if (self->port == 0 || self->port == usual)
    return g_strdup_printf (six ? "%s://[%s]" : "%s://%s", scheme, host);
  return g_strdup_printf (six ? "%s://[%s]:%u" : "%s://%s:%u", scheme, host, self->port);
}
