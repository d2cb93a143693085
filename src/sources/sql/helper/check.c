/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sources/sql/helper/check.h"

#include <glib/gi18n.h>

#include "base/error.h"
#include "sources/sql/helper/browser.h"
#include "sources/sql/helper/driver.h"
#include "sources/sql/helper/guard.h"
#include "sources/sql/helper/prelogin.h"
#include "sources/sql/helper/queries.h"
#include "sources/sql/helper/sign-in.h"

#define DEFAULT_PORT 1433
/* Seconds; the sum is what a person is willing to wait. A stage's limit is enforced by the
 * reporter, its steps end a little earlier by themselves and say more. */
#define FIND_LIMIT 8
#define CONNECT_STEP 5
#define CONNECT_LIMIT 12
#define TLS_LIMIT 8
#define SIGN_IN_STEP 8
#define SIGN_IN_LIMIT 12
#define QUERY_STEP 5
#define READ_LIMIT 20

typedef struct
{
  const PresyncSqlRequest *request;
  PresyncSqlReporter *reporter;
  guint16 port;
  const char *found_by;
  PresyncTdsPrelogin *prelogin;
  PresyncTdsGuard *guard;
  PresyncOdbc *odbc;
  char *driver;
} PresyncSqlCheck;

static GList *
presync_sql_check_resolve (PresyncSqlCheck *self, GError **error)
{
  g_autoptr (GResolver) resolver = g_resolver_get_default ();
  g_autoptr (GError) local = NULL;
  GList *addresses = g_resolver_lookup_by_name (resolver, self->request->server, NULL, &local);

  if (addresses == NULL)
    g_set_error (error, PRESYNC_ERROR, PRESYNC_ERROR_UNREACHABLE,
                 _ ("The name %s is not known here (%s)"), self->request->server,
                 local != NULL ? local->message : "?");
  return addresses;
}

static gboolean
presync_sql_check_find (PresyncSqlCheck *self, GError **error)
{
  GList *addresses;
  g_autofree char *text = NULL;
  gboolean found = TRUE;

  presync_sql_reporter_begin (self->reporter, "find", FIND_LIMIT);
  addresses = presync_sql_check_resolve (self, error);
  if (addresses == NULL)
    return FALSE;
  if (self->request->port != 0)
    {
      self->port = self->request->port;
      self->found_by = "port";
      text = g_strdup_printf (_ ("port %u, as entered"), self->port);
    }
  else if (self->request->instance == NULL)
    {
      self->port = DEFAULT_PORT;
      self->found_by = "default";
      text = g_strdup_printf (_ ("port %u, the one of a default instance"), self->port);
    }
  else
    {
      PresyncSqlBrowser browser;

      found = presync_sql_browser_ask (addresses, self->request->instance, self->request->text,
                                       &browser, error);
      if (!found && browser.known)
        presync_sql_reporter_show_browser (self->reporter, browser.named_pipes);
      self->port = browser.port;
      self->found_by = "browser";
      text = g_strdup_printf (_ ("port %u, from the SQL Server Browser"), self->port);
    }
  g_resolver_free_addresses (addresses);
  if (found)
    presync_sql_reporter_done (self->reporter, text);
  return found;
}

static void
presync_sql_check_set_text (JsonObject *object, const char *name, const char *text)
{
  if (text != NULL)
    json_object_set_string_member (object, name, text);
  else
    json_object_set_null_member (object, name);
}

/* (transfer full) */
static JsonObject *
presync_sql_check_build_prelogin (PresyncSqlCheck *self)
{
  JsonObject *prelogin = json_object_new ();

  presync_sql_check_set_text (prelogin, "version", self->prelogin->version);
  presync_sql_check_set_text (prelogin, "encryption", self->prelogin->encryption);
  presync_sql_check_set_text (prelogin, "tls", self->prelogin->tls);
  json_object_set_boolean_member (prelogin, "trusted",
                                  self->prelogin->tls != NULL && self->prelogin->problem == NULL);
  presync_sql_check_set_text (prelogin, "problem", self->prelogin->problem);
  return prelogin;
}

static gboolean
presync_sql_check_connect (PresyncSqlCheck *self, GSocketConnection **connection, GError **error)
{
  g_autofree char *version = NULL;

  presync_sql_reporter_begin (self->reporter, "connect", CONNECT_LIMIT);
  *connection = presync_tds_prelogin_connect (self->request, self->port, CONNECT_STEP, error);
  if (*connection == NULL)
    return FALSE;
  self->prelogin = presync_tds_prelogin_exchange (
      self->request, g_socket_connection_get_socket (*connection), error);
  if (self->prelogin == NULL)
    return FALSE;
  /* That it answered holds, whatever becomes of the rest. */
  presync_sql_reporter_show_prelogin (self->reporter, presync_sql_check_build_prelogin (self));
  if (!presync_tds_prelogin_is_encrypted (self->prelogin))
    {
      g_set_error (error, PRESYNC_ERROR, PRESYNC_ERROR_REFUSED,
                   _ ("%s does not offer encryption; Presync signs in over encrypted connections "
                      "only and has sent no password"),
                   self->request->text);
      return FALSE;
    }
  version = g_strdup_printf (_ ("SQL Server %s"), self->prelogin->version);
  presync_sql_reporter_done (self->reporter, version);
  return TRUE;
}

static gboolean
presync_sql_check_prelogin (PresyncSqlCheck *self, GError **error)
{
  g_autoptr (GSocketConnection) connection = NULL;
  g_autofree char *pem = NULL;
  g_autofree char *tls = NULL;
  gboolean good;

  if (!presync_sql_check_connect (self, &connection, error))
    return FALSE;
  presync_sql_reporter_begin (self->reporter, "tls", TLS_LIMIT);
  if (!presync_tds_prelogin_shake_hands (self->prelogin, self->request, self->port,
                                         g_socket_connection_get_socket (connection), error))
    return FALSE;
  g_object_get (self->prelogin->certificate, "certificate-pem", &pem, NULL);
  presync_sql_reporter_show_certificate (self->reporter, pem);
  good = presync_tds_prelogin_judge (self->prelogin, self->request, error);
  presync_sql_reporter_show_prelogin (self->reporter, presync_sql_check_build_prelogin (self));
  if (!good)
    return FALSE;
  tls = self->prelogin->problem == NULL
            ? g_strdup_printf (_ ("TLS %s, certificate verified"), self->prelogin->tls)
            : g_strdup_printf (_ ("TLS %s, certificate accepted by hand"), self->prelogin->tls);
  presync_sql_reporter_done (self->reporter, tls);
  return TRUE;
}

/* Points FreeTDS at the server, through the guard. */
static gboolean
presync_sql_check_set_up (PresyncSqlCheck *self, PresyncFreetdsConf *conf, GError **error)
{
  g_autoptr (GError) local = NULL;
  guint16 port = 0;

  if (self->prelogin->peer != NULL)
    self->guard = presync_tds_guard_new (self->prelogin->peer, CONNECT_STEP, &port, &local);
  if (self->guard != NULL)
    return presync_freetds_conf_write (conf, self->request, port, self->prelogin->certificate,
                                       error);
  g_set_error (error, PRESYNC_ERROR, PRESYNC_ERROR_UNREACHABLE,
               _ ("%s broke off the connection (%s)"), self->request->text,
               local != NULL ? local->message : "?");
  return FALSE;
}

static gboolean
presync_sql_check_sign_in (PresyncSqlCheck *self, PresyncFreetdsConf *conf, GError **error)
{
  const PresyncSqlRequest *request = self->request;
  g_autoptr (PresyncOdbcFault) fault = NULL;
  g_autoptr (PresyncSecret) string = NULL;
  g_auto (GStrv) registered = NULL;
  g_autofree char *version = NULL;
  const PresyncSqlDriver *driver;

  presync_sql_reporter_begin (self->reporter, "sign-in", SIGN_IN_LIMIT);
  if (request->kerberos && !presync_sql_sign_in_check_ticket (request, error))
    return FALSE;
  self->odbc = presync_odbc_new ();
  if (self->odbc == NULL)
    {
      g_set_error (
          error, PRESYNC_ERROR, PRESYNC_ERROR_NOT_SUPPORTED,
          _ ("%s cannot be checked: the ODBC driver manager of this computer does not work"),
          request->text);
      return FALSE;
    }
  registered = presync_odbc_list_drivers (self->odbc);
  driver = presync_sql_driver_choose ((const char *const *) registered, request, error);
  if (driver == NULL || (driver->freetds && !presync_sql_check_set_up (self, conf, error)))
    return FALSE;
  string = presync_sql_driver_dup_string (driver, request, self->port);
  if (!presync_odbc_connect (self->odbc, string, SIGN_IN_STEP, &fault))
    {
      if (self->guard != NULL && presync_tds_guard_get_refused (self->guard))
        g_set_error (error, PRESYNC_ERROR, PRESYNC_ERROR_REFUSED,
                     _ ("%s offered encryption and then did not keep to it; Presync has sent no "
                        "password"),
                     request->text);
      else if (self->guard != NULL && presync_tds_guard_get_unreached (self->guard))
        g_set_error (error, PRESYNC_ERROR, PRESYNC_ERROR_UNREACHABLE,
                     _ ("%s does not take a second connection on port %u"), request->text,
                     self->port);
      else
        presync_sql_sign_in_set_error (request, self->port, fault, SIGN_IN_STEP, error);
      return FALSE;
    }
  version = presync_odbc_dup_driver_version (self->odbc);
  self->driver = presync_sql_driver_dup_title (driver, version);
  presync_sql_reporter_done (self->reporter, self->driver);
  return TRUE;
}

/* @reads: (transfer full) */
static JsonNode *
presync_sql_check_build (PresyncSqlCheck *self, GDateTime *at, JsonArray *reads)
{
  JsonNode *node = json_node_new (JSON_NODE_OBJECT);
  JsonObject *object = json_object_new ();
  g_autofree char *time = g_date_time_format (at, "%Y-%m-%dT%H:%M:%SZ");

  json_object_set_string_member (object, "driver", self->driver);
  json_object_set_int_member (object, "port", self->port);
  json_object_set_string_member (object, "found-by", self->found_by);
  json_object_set_object_member (object, "prelogin", presync_sql_check_build_prelogin (self));
  json_object_set_string_member (object, "at", time);
  json_object_set_array_member (object, "reads", reads);
  json_node_take_object (node, object);
  return node;
}

static JsonNode *
presync_sql_check_read (PresyncSqlCheck *self, GError **error)
{
  const PresyncSqlRequest *request = self->request;
  const char *password = request->password != NULL ? presync_secret_peek (request->password) : NULL;
  g_autoptr (GDateTime) at = g_date_time_new_now_utc ();
  JsonArray *reads;

  if (request->test_only)
    {
      presync_sql_reporter_skip (self->reporter, "read");
      return presync_sql_check_build (self, at, json_array_new ());
    }
  presync_sql_reporter_begin (self->reporter, "read", READ_LIMIT);
  reads = presync_sql_queries_run (self->odbc, request->text, password, QUERY_STEP, error);
  if (reads == NULL)
    return NULL;
  presync_sql_reporter_done (self->reporter, NULL);
  return presync_sql_check_build (self, at, reads);
}

JsonNode *
presync_sql_check (const PresyncSqlRequest *request, PresyncSqlReporter *reporter,
                   PresyncFreetdsConf *conf, GError **error)
{
  PresyncSqlCheck self = { request, reporter, 0, NULL, NULL, NULL, NULL, NULL };
  JsonNode *result = NULL;

  if (presync_sql_check_find (&self, error) && presync_sql_check_prelogin (&self, error)
      && presync_sql_check_sign_in (&self, conf, error))
    result = presync_sql_check_read (&self, error);
  g_clear_pointer (&self.odbc, presync_odbc_free);
  g_clear_pointer (&self.guard, presync_tds_guard_free);
  g_clear_pointer (&self.prelogin, presync_tds_prelogin_free);
  g_free (self.driver);
  return result;
}
