/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sources/sql/helper/request.h"

#include <string.h>
#include <glib/gi18n.h>
#include <json-glib/json-glib.h>

#include "base/error.h"
#include "sources/sql/sql-text.h"

#define HOST_MAX 253
#define INSTANCE_MAX 16 /* SQL Server's own limit */
#define SECONDS_DEFAULT 25
#define SECONDS_MAX 120

typedef struct
{
  JsonObject *object;
  guint known; /* members asked for and present */
  GError *error;
} PresyncSqlMembers;

static void
presync_sql_members_fail (PresyncSqlMembers *self, const char *name)
{
  if (self->error == NULL)
    g_set_error (&self->error, PRESYNC_ERROR, PRESYNC_ERROR_BAD_INPUT,
                 _ ("The request to check a SQL Server is malformed at “%s”"), name);
}

/* (nullable): the member, if it is there, not null and of @type */
static JsonNode *
presync_sql_members_get (PresyncSqlMembers *self, const char *name, GType type)
{
  JsonNode *node = json_object_get_member (self->object, name);

  if (node == NULL)
    return NULL;
  self->known++;
  if (JSON_NODE_HOLDS_NULL (node))
    return NULL;
  if (JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == type)
    return node;
  presync_sql_members_fail (self, name);
  return NULL;
}

static char *
presync_sql_members_dup_string (PresyncSqlMembers *self, const char *name)
{
  JsonNode *node = presync_sql_members_get (self, name, G_TYPE_STRING);

  return node != NULL ? json_node_dup_string (node) : NULL;
}

static gboolean
presync_sql_members_get_boolean (PresyncSqlMembers *self, const char *name)
{
  JsonNode *node = presync_sql_members_get (self, name, G_TYPE_BOOLEAN);

  return node != NULL && json_node_get_boolean (node);
}

static guint
presync_sql_members_get_number (PresyncSqlMembers *self, const char *name, guint most,
                                guint otherwise)
{
  JsonNode *node = presync_sql_members_get (self, name, G_TYPE_INT64);
  gint64 value = node != NULL ? json_node_get_int (node) : otherwise;

  if (value >= 0 && value <= most)
    return (guint) value;
  presync_sql_members_fail (self, name);
  return otherwise;
}

static gboolean
presync_sql_text_is (const char *text, const char *more, gsize most)
{
  gsize length = strlen (text);

  if (length == 0 || length > most)
    return FALSE;
  for (const char *p = text; *p != '\0'; p++)
    if (!g_ascii_isalnum (*p) && strchr (more, *p) == NULL)
      return FALSE;
  return TRUE;
}

static gboolean
presync_sql_is_host (const char *text)
{
  return presync_sql_text_is (text, ".:-", HOST_MAX) && *text != '-'
         && (strchr (text, ':') == NULL || g_hostname_is_ip_address (text));
}

static gboolean
presync_sql_is_pin (const char *text)
{
  return strlen (text) == 64 && strspn (text, "0123456789abcdef") == 64;
}

static void
presync_sql_request_name (PresyncSqlRequest *self)
{
  GString *text = g_string_new (self->server);

  if (self->instance != NULL)
    g_string_append_printf (text, "\\%s", self->instance);
  if (self->port != 0)
    g_string_append_printf (text, ",%u", self->port);
  self->text = g_string_free (text, FALSE);
}

static void
presync_sql_request_read (PresyncSqlRequest *self, PresyncSqlMembers *members)
{
  g_autofree char *password = presync_sql_members_dup_string (members, "password");

  self->server = presync_sql_members_dup_string (members, "server");
  self->instance = presync_sql_members_dup_string (members, "instance");
  self->port = (guint16) presync_sql_members_get_number (members, "port", G_MAXUINT16, 0);
  self->kerberos = presync_sql_members_get_boolean (members, "kerberos");
  self->login = presync_sql_members_dup_string (members, "login");
  self->ca_file = presync_sql_members_dup_string (members, "ca-file");
  self->pin = presync_sql_members_dup_string (members, "pin");
  self->test_only = presync_sql_members_get_boolean (members, "test-only");
  self->seconds = presync_sql_members_get_number (members, "seconds", SECONDS_MAX, SECONDS_DEFAULT);
  if (password != NULL)
    {
      self->password = presync_secret_new (password);
      explicit_bzero (password, strlen (password));
    }
  if (members->known != json_object_get_size (members->object))
    presync_sql_members_fail (members, "{}");
  if (self->server == NULL || !presync_sql_is_host (self->server))
    presync_sql_members_fail (members, "server");
  if (self->instance != NULL && !presync_sql_text_is (self->instance, "_$#", INSTANCE_MAX))
    presync_sql_members_fail (members, "instance");
  if (self->pin != NULL && !presync_sql_is_pin (self->pin))
    presync_sql_members_fail (members, "pin");
  if (self->seconds == 0)
    presync_sql_members_fail (members, "seconds");
}

PresyncSqlRequest *
presync_sql_request_parse (const char *json, gsize length, GError **error)
{
  g_autoptr (PresyncSqlRequest) self = g_new0 (PresyncSqlRequest, 1);
  g_autoptr (JsonParser) parser = json_parser_new ();
  PresyncSqlMembers members = { NULL, 0, NULL };

  /* json-glib would end a text at "\u0000", and a shorter password is another one. */
  if (length > PRESYNC_SQL_REQUEST_MAX || !g_utf8_validate (json, (gssize) length, NULL)
      || g_strstr_len (json, (gssize) length, "\\u0000") != NULL
      || !json_parser_load_from_data (parser, json, (gssize) length, NULL)
      || json_parser_get_root (parser) == NULL
      || !JSON_NODE_HOLDS_OBJECT (json_parser_get_root (parser)))
    {
      g_set_error_literal (error, PRESYNC_ERROR, PRESYNC_ERROR_BAD_INPUT,
                           _ ("The request to check a SQL Server is no JSON object"));
      return NULL;
    }
  members.object = json_node_get_object (json_parser_get_root (parser));
  presync_sql_request_read (self, &members);
  if (members.error != NULL)
    {
      g_propagate_error (error, members.error);
      return NULL;
    }
  presync_sql_request_name (self);
  if (!self->kerberos
      && !presync_sql_text_check_login (self->text, self->login, self->password, error))
    return NULL;
  return g_steal_pointer (&self);
}

void
presync_sql_request_free (PresyncSqlRequest *self)
{
  g_free (self->server);
  g_free (self->instance);
  g_free (self->login);
  g_clear_pointer (&self->password, presync_secret_unref);
  g_free (self->ca_file);
  g_free (self->pin);
  g_free (self->text);
  g_free (self);
}
