/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sources/sql/sql-target.h"

#include <string.h>
#include <glib/gi18n.h>

#include "base/error.h"
#include "sources/sql/sql-text.h"

#define NAME_MAX_BYTES 512
/* DNS: 253 characters a name, 63 a label */
#define HOST_MAX 253
#define LABEL_MAX 63
/* SQL Server: 16 characters an instance */
#define INSTANCE_MAX 16

G_DEFINE_BOXED_TYPE (PresyncSqlTarget, presync_sql_target, presync_sql_target_copy,
                     presync_sql_target_free)

PresyncSqlTarget *
presync_sql_target_new (void)
{
  return g_new0 (PresyncSqlTarget, 1);
}

PresyncSqlTarget *
presync_sql_target_copy (const PresyncSqlTarget *self)
{
  PresyncSqlTarget *copy;

  if (self == NULL)
    return NULL;
  copy = presync_sql_target_new ();
  copy->recording = g_strdup (self->recording);
  copy->server = g_strdup (self->server);
  copy->instance = g_strdup (self->instance);
  copy->port = self->port;
  copy->kerberos = self->kerberos;
  copy->login = g_strdup (self->login);
  copy->password = self->password != NULL ? presync_secret_ref (self->password) : NULL;
  copy->ca_file = g_strdup (self->ca_file);
  copy->pin = g_strdup (self->pin);
  return copy;
}

void
presync_sql_target_free (PresyncSqlTarget *self)
{
  if (self == NULL)
    return;
  g_free (self->recording);
  g_free (self->server);
  g_free (self->instance);
  g_free (self->login);
  g_clear_pointer (&self->password, presync_secret_unref);
  g_free (self->ca_file);
  g_free (self->pin);
  g_free (self);
}

/* Letters, digits, hyphens and dots; no part is empty, too long or begins with a hyphen. Digits and
 * dots only is a mistyped address, never a host: "10.0.0.300". */
static gboolean
presync_sql_target_is_host (const char *host)
{
  gsize label = 0;

  if (g_hostname_is_ip_address (host))
    return strchr (host, '%') == NULL;
  if (strlen (host) > HOST_MAX || strspn (host, "0123456789.") == strlen (host))
    return FALSE;
  for (const char *p = host; *p != '\0'; p++)
    {
      if (*p == '.' ? label == 0 : !g_ascii_isalnum (*p) && (*p != '-' || label == 0))
        return FALSE;
      label = *p == '.' ? 0 : label + 1;
      if (label > LABEL_MAX)
        return FALSE;
    }
  return label > 0;
}

/* (transfer full) (nullable): %NULL if @text is no host. @text: may be in brackets */
static char *
presync_sql_target_clean_host (const char *text)
{
  gsize length = strlen (text);
  g_autofree char *host = NULL;

  if (length > 2 && text[0] == '[' && text[length - 1] == ']')
    {
      host = g_strndup (text + 1, length - 2);
      return strchr (host, ':') != NULL && presync_sql_target_is_host (host)
                 ? g_steal_pointer (&host)
                 : NULL;
    }
  host = g_hostname_is_ip_address (text) ? g_strdup (text) : g_hostname_to_ascii (text);
  if (host == NULL || host[0] == '\0')
    return NULL;
  /* The end of a full DNS name; certificates are without it. */
  if (g_str_has_suffix (host, "."))
    host[strlen (host) - 1] = '\0';
  return host[0] != '\0' && presync_sql_target_is_host (host) ? g_steal_pointer (&host) : NULL;
}

/* What SQL Server allows in ASCII: a letter or an underscore first */
static gboolean
presync_sql_target_is_instance (const char *instance)
{
  gsize length = strlen (instance);

  if (length == 0 || length > INSTANCE_MAX
      || (!g_ascii_isalpha (instance[0]) && instance[0] != '_'))
    return FALSE;
  for (const char *p = instance; *p != '\0'; p++)
    if (!g_ascii_isalnum (*p) && strchr ("_$#", *p) == NULL)
      return FALSE;
  return TRUE;
}

static gboolean
presync_sql_target_fail (GError **error, const char *text, const char *why)
{
  g_autofree char *shown = g_utf8_make_valid (text, (gssize) MIN (strlen (text), 80));

  g_set_error (error, PRESYNC_ERROR, PRESYNC_ERROR_BAD_INPUT, _ ("“%s” is no SQL Server: %s"),
               shown, why);
  return FALSE;
}

/* What people write for a SQL Server that no network reaches.
 * Returns: (nullable): why it cannot be read from here */
static const char *
presync_sql_target_find_local (const char *text)
{
  if (g_ascii_strncasecmp (text, "(localdb)", 9) == 0)
    return _ (
        "LocalDB answers on its own computer only; choose LocalDB, which needs no connection");
  if (g_ascii_strncasecmp (text, "np:", 3) == 0 || g_str_has_prefix (text, "\\\\"))
    return _ ("named pipes cannot be used from here; enter the host name, and a comma and the port "
              "if it is known");
  if (g_ascii_strncasecmp (text, "lpc:", 4) == 0 || g_ascii_strncasecmp (text, "(local)", 7) == 0
      || text[0] == '.')
    return _ ("enter the name of the computer it runs on");
  if (g_ascii_strncasecmp (text, "admin:", 6) == 0)
    return _ ("the administrator connection is not used");
  return NULL;
}

static gboolean
presync_sql_target_read_port (const char *text, guint16 *port)
{
  guint64 number = 0;

  if (!g_ascii_string_to_unsigned (text, 10, 1, G_MAXUINT16, &number, NULL))
    return FALSE;
  *port = (guint16) number;
  return TRUE;
}

gboolean
presync_sql_target_parse_name (PresyncSqlTarget *self, const char *text, GError **error)
{
  g_autofree char *rest = NULL;
  g_autofree char *host = NULL;
  const char *name, *why;
  char *comma, *backslash;
  guint16 port = 0;

  g_return_val_if_fail (self != NULL && text != NULL, FALSE);
  if (strlen (text) > NAME_MAX_BYTES || !g_utf8_validate (text, -1, NULL))
    return presync_sql_target_fail (error, text, _ ("it is too long or not text"));
  rest = g_strstrip (g_strdup (text));
  why = presync_sql_target_find_local (rest);
  if (why != NULL)
    return presync_sql_target_fail (error, rest, why);
  name = g_ascii_strncasecmp (rest, "tcp:", 4) == 0 ? rest + 4 : rest;
  comma = strchr (name, ',');
  if (comma != NULL)
    *comma++ = '\0';
  backslash = strchr (name, '\\');
  if (backslash != NULL)
    *backslash++ = '\0';
  host = presync_sql_target_clean_host (g_strchomp ((char *) name));
  if (host == NULL && strchr (name, ':') != NULL && (name[0] != '[' || strstr (name, "]:") != NULL))
    return presync_sql_target_fail (error, text, _ ("the port is written after a comma"));
  if (host == NULL)
    return presync_sql_target_fail (
        error, text, _ ("enter a host name or address, such as sql01.contoso.com\\INSTANCE"));
  if (backslash != NULL && !presync_sql_target_is_instance (g_strstrip (backslash)))
    return presync_sql_target_fail (
        error, text, _ ("an instance is up to 16 letters, digits and the characters _ $ #"));
  if (comma != NULL && !presync_sql_target_read_port (g_strstrip (comma), &port))
    return presync_sql_target_fail (error, text, _ ("a port is a number from 1 to 65535"));
  /* The default instance has a name too, which nobody needs. */
  if (backslash != NULL && g_ascii_strcasecmp (backslash, "MSSQLSERVER") == 0)
    backslash = NULL;
  g_free (self->server);
  g_free (self->instance);
  self->server = g_steal_pointer (&host);
  self->instance = g_strdup (backslash);
  self->port = port;
  return TRUE;
}

static gboolean
presync_sql_target_is_pin (const char *pin)
{
  return strlen (pin) == 64 && strspn (pin, "0123456789abcdef") == 64;
}

static gboolean
presync_sql_target_has_control (const char *text)
{
  for (const guchar *p = (const guchar *) text; *p != '\0'; p++)
    if (*p < 0x20 || *p == 0x7f)
      return TRUE;
  return FALSE;
}

static gboolean
presync_sql_target_validate_login (const PresyncSqlTarget *self, GError **error)
{
  g_autofree char *name = presync_sql_target_dup_text (self);

  return presync_sql_text_check_login (name, self->login, self->password, error);
}

/* A file or a resource: an address of another kind would be asked for over the network. */
static gboolean
presync_sql_target_validate_recording (const PresyncSqlTarget *self, GError **error)
{
  const char *name = self->recording;
  const char *scheme = g_path_is_absolute (name) ? NULL : g_uri_peek_scheme (name);
  g_autofree char *shown = NULL;

  if (name[0] != '\0'
      && (scheme == NULL || g_str_equal (scheme, "resource")
          || g_str_has_prefix (name, "file:///")))
    return TRUE;
  shown = g_utf8_make_valid (name, -1);
  g_set_error (error, PRESYNC_ERROR, PRESYNC_ERROR_BAD_INPUT,
               _ ("The recording “%s” of a SQL Server must be a file on this computer"), shown);
  return FALSE;
}

gboolean
presync_sql_target_validate (const PresyncSqlTarget *self, GError **error)
{
  g_return_val_if_fail (self != NULL, FALSE);
  if (self->recording != NULL)
    return presync_sql_target_validate_recording (self, error);
  /* Whoever filled it in by hand, from settings or a file */
  if (self->server == NULL || self->server[0] == '\0')
    {
      g_set_error_literal (error, PRESYNC_ERROR, PRESYNC_ERROR_BAD_INPUT,
                           _ ("No SQL Server is named"));
      return FALSE;
    }
  if (!presync_sql_target_is_host (self->server))
    return presync_sql_target_fail (error, self->server, _ ("that is no host name"));
  if (self->instance != NULL && !presync_sql_target_is_instance (self->instance))
    return presync_sql_target_fail (
        error, self->instance,
        _ ("an instance is up to 16 letters, digits and the characters _ $ #"));
  if (self->ca_file != NULL && presync_sql_target_has_control (self->ca_file))
    {
      g_set_error (error, PRESYNC_ERROR, PRESYNC_ERROR_REFUSED,
                   _ ("The name of the certificate file for %s holds a control character"),
                   self->server);
      return FALSE;
    }
  if (self->pin != NULL && !presync_sql_target_is_pin (self->pin))
    {
      g_set_error (error, PRESYNC_ERROR, PRESYNC_ERROR_BAD_INPUT,
                   _ ("The fingerprint of the certificate of %s must be 64 hexadecimal digits"),
                   self->server);
      return FALSE;
    }
  return self->kerberos || presync_sql_target_validate_login (self, error);
}

char *
presync_sql_target_dup_text (const PresyncSqlTarget *self)
{
  GString *text;

  g_return_val_if_fail (self != NULL, NULL);
  if (self->server == NULL)
    return self->recording != NULL ? g_path_get_basename (self->recording) : g_strdup ("");
  text = g_string_new (NULL);
  g_string_append_printf (text, strchr (self->server, ':') != NULL ? "[%s]" : "%s", self->server);
  if (self->instance != NULL)
    g_string_append_printf (text, "\\%s", self->instance);
  if (self->port != 0)
    g_string_append_printf (text, ",%u", self->port);
  return g_string_free (text, FALSE);
}
