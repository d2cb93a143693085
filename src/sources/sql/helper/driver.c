/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sources/sql/helper/driver.h"

#include <netdb.h>
#include <string.h>
#include <sys/socket.h>
#include <glib/gi18n.h>

#include "base/error.h"

/* Room for both values of 128 characters, four bytes each, braces doubled, and the keywords: the
 * buffer with the password in it is never moved by growing. */
#define STRING_ROOM 8192

static const PresyncSqlDriver presync_sql_drivers[] = {
  { "ODBC Driver 18 for SQL Server", "ODBC Driver 18 for SQL Server", FALSE, FALSE },
  { "ODBC Driver 17 for SQL Server", "ODBC Driver 17 for SQL Server", FALSE, FALSE },
  { "FreeTDS", "FreeTDS", TRUE, TRUE },
};

const PresyncSqlDriver *
presync_sql_driver_choose (const char *const *registered, const PresyncSqlRequest *request,
                           GError **error)
{
  gboolean own = request->ca_file != NULL || request->pin != NULL;
  gboolean any = FALSE;

  for (gsize i = 0; i < G_N_ELEMENTS (presync_sql_drivers); i++)
    {
      const PresyncSqlDriver *driver = &presync_sql_drivers[i];

      if (!g_strv_contains (registered, driver->name))
        continue;
      if (!own || driver->own_roots)
        return driver;
      any = TRUE;
    }
  if (any)
    g_set_error (error, PRESYNC_ERROR, PRESYNC_ERROR_NOT_SUPPORTED,
                 _ ("%s cannot be checked: the ODBC driver on this computer cannot be told which "
                    "certificate to accept; install FreeTDS (package tdsodbc)"),
                 request->text);
  else
    g_set_error (error, PRESYNC_ERROR, PRESYNC_ERROR_NOT_SUPPORTED,
                 _ ("%s cannot be checked: this computer has no ODBC driver for SQL Server; "
                    "install FreeTDS (package tdsodbc) or Microsoft's ODBC Driver 18"),
                 request->text);
  return NULL;
}

/* FreeTDS 1.3 takes a doubled brace for two; the request was held to values that need no escape
 * there. Microsoft's drivers want it doubled. The ";" at the end is part of the value's end. */
static void
presync_sql_driver_add (const PresyncSqlDriver *driver, GString *text, const char *keyword,
                        const char *value)
{
  g_string_append_printf (text, "%s={", keyword);
  for (const char *p = value; *p != '\0'; p++)
    {
      g_string_append_c (text, *p);
      if (*p == '}' && !driver->freetds)
        g_string_append_c (text, '}');
    }
  g_string_append (text, "};");
}

/* The service's name needs the full host name, as Windows registers it. */
static void
presync_sql_driver_add_principal (GString *text, const PresyncSqlRequest *request, guint16 port)
{
  const struct addrinfo hints = { .ai_flags = AI_CANONNAME, .ai_socktype = SOCK_STREAM };
  struct addrinfo *found = NULL;
  const char *host = request->server;

  if (strpbrk (host, ".:") == NULL && getaddrinfo (host, NULL, &hints, &found) == 0
      && found->ai_canonname != NULL
      && strspn (found->ai_canonname, G_CSET_A_2_Z G_CSET_a_2_z G_CSET_DIGITS ".-")
             == strlen (found->ai_canonname))
    host = found->ai_canonname;
  g_string_append_printf (text, "ServerSPN=MSSQLSvc/%s:%u;", host, port);
  if (found != NULL)
    freeaddrinfo (found);
}

const char *
presync_sql_driver_get_section (const PresyncSqlRequest *request)
{
  /* [global] is FreeTDS's own, and a colon would begin a port. */
  if (strchr (request->server, ':') != NULL || g_ascii_strcasecmp (request->server, "global") == 0)
    return "presync";
  return request->server;
}

PresyncSecret *
presync_sql_driver_dup_string (const PresyncSqlDriver *driver, const PresyncSqlRequest *request,
                               guint16 port)
{
  GString *text = g_string_sized_new (STRING_ROOM);
  PresyncSecret *secret;

  g_string_append_printf (text, "DRIVER={%s};", driver->name);
  if (driver->freetds)
    /* FreeTDS ignores "Encrypt"; "Servername", not "Server", makes it check the certificate as
     * the section says; the version keeps it from falling back to one with a clear password. */
    g_string_append_printf (text, "Servername=%s;TDS_Version=7.4;Encryption=require;",
                            presync_sql_driver_get_section (request));
  else
    g_string_append_printf (text, "SERVER=tcp:%s,%u;Encrypt=yes;TrustServerCertificate=no;",
                            request->server, port);
  presync_sql_driver_add (driver, text, "APP", "Presync");
  if (request->kerberos)
    {
      g_string_append (text, "Trusted_Connection=yes;");
      /* FreeTDS would name the guard's address. */
      if (driver->freetds)
        presync_sql_driver_add_principal (text, request, port);
    }
  else
    {
      presync_sql_driver_add (driver, text, "UID", request->login);
      presync_sql_driver_add (driver, text, "PWD", presync_secret_peek (request->password));
    }
  secret = presync_secret_new (text->str);
  explicit_bzero (text->str, text->len);
  g_string_free (text, TRUE);
  return secret;
}

char *
presync_sql_driver_dup_title (const PresyncSqlDriver *driver, const char *version)
{
  g_auto (GStrv) parts = g_strsplit (version, ".", 4);
  GString *text = g_string_new (driver->title);

  for (char **part = parts; *part != NULL; part++)
    {
      guint64 number = 0;

      if (!g_ascii_string_to_unsigned (*part, 10, 0, G_MAXUINT, &number, NULL))
        break;
      g_string_append_printf (text, "%c%" G_GUINT64_FORMAT, part == parts ? ' ' : '.', number);
    }
  return g_string_free (text, FALSE);
}
