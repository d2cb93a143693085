/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sources/sql/sql-text.h"

#include <string.h>
#include <glib/gi18n.h>

#include "base/error.h"

/* SQL Server's own limit for the names of logins and for passwords, in UTF-16 units */
#define LOGIN_MAX 128
#define BMP_LAST 0xffff

/* The driver takes login and password in one text of "NAME={value};" and has no way to write some
 * values in it. A value ends for FreeTDS 1.3 at the first "};" and for the driver manager at the
 * first "}", which no escape changes: what follows would be read as options ("DumpFile=…",
 * "DRIVER=…"). A "}" is therefore harmless only if no ";" follows anywhere, the end included.
 * Returns: (nullable): why @value cannot be passed */
static const char *
presync_sql_text_find_unsafe (const char *value)
{
  const char *brace = strchr (value, '}');
  gsize units = 0;

  if (!g_utf8_validate (value, -1, NULL))
    return _ ("it is longer than 128 characters or not text");
  for (const char *p = value; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);
      units += c > BMP_LAST ? 2 : 1;
      if (g_unichar_iscntrl (c))
        return _ ("it holds a control character");
    }
  if (units > LOGIN_MAX)
    return _ ("it is longer than 128 characters or not text");
  if (brace != NULL && strchr (brace, ';') != NULL)
    return _ ("it holds “}” and later “;”, which the database driver would take for something "
              "else");
  if (g_str_has_suffix (value, "}"))
    return _ ("it ends with “}”, which the database driver would drop");
  return NULL;
}

gboolean
presync_sql_text_check_login (const char *server, const char *login, const PresyncSecret *password,
                              GError **error)
{
  const char *why;

  if (login == NULL || login[0] == '\0')
    g_set_error (error, PRESYNC_ERROR, PRESYNC_ERROR_BAD_INPUT,
                 _ ("To sign in to %s a SQL Server login is needed, or Kerberos"), server);
  else if (password == NULL || presync_secret_get_length (password) == 0)
    g_set_error (error, PRESYNC_ERROR, PRESYNC_ERROR_BAD_INPUT,
                 _ ("The password of the login for %s is missing"), server);
  else if (strchr (login, '\\') != NULL)
    g_set_error (
        error, PRESYNC_ERROR, PRESYNC_ERROR_REFUSED,
        _ ("The login for %s is a Windows account, and its password would be sent by NTLM; "
           "sign in with Kerberos instead"),
        server);
  else if ((why = presync_sql_text_find_unsafe (login)) != NULL)
    g_set_error (error, PRESYNC_ERROR, PRESYNC_ERROR_REFUSED,
                 _ ("The login for %s cannot be passed on safely: %s"), server, why);
  else if ((why = presync_sql_text_find_unsafe (presync_secret_peek (password))) != NULL)
    g_set_error (error, PRESYNC_ERROR, PRESYNC_ERROR_REFUSED,
                 _ ("The password for %s cannot be passed on safely: %s"), server, why);
  else
    return TRUE;
  return FALSE;
}
