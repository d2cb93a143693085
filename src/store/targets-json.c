/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/targets-json.h"

#include <string.h>

#include "store/json-member.h"

/* Facts files of one assessment */
#define MAX_FILES 1000
#define PIN_LENGTH 64
/* What was found and is no fact: pieces of their own, as they seldom change and may be large */
#define FACTS_REPORTS "facts-reports"
#define NETWORK_ROWS "network-rows"

const char *const presync_targets_json_names[]
    = { "directory", "server", "sql", "tenant", "network", FACTS_REPORTS, NETWORK_ROWS, NULL };

static JsonObject *
presync_targets_json_dup_directory (const PresyncDirectoryTarget *target)
{
  JsonObject *object = json_object_new ();

  presync_json_member_set_text (object, "ldif", target->ldif);
  presync_json_member_set_text (object, "server", target->server);
  presync_json_member_set_text (object, "domain", target->domain);
  json_object_set_int_member (object, "port", target->port);
  json_object_set_boolean_member (object, "ldaps", target->ldaps);
  json_object_set_boolean_member (object, "starttls", target->starttls);
  presync_json_member_set_text (object, "caFile", target->ca_file);
  json_object_set_boolean_member (object, "kerberos", target->sign_in == PRESYNC_SIGN_IN_KERBEROS);
  presync_json_member_set_text (object, "name", target->name);
  presync_json_member_set_text (object, "syncServer", target->sync_server);
  return object;
}

static JsonObject *
presync_targets_json_dup_sql (const PresyncSqlTarget *target)
{
  JsonObject *object = json_object_new ();

  presync_json_member_set_text (object, "recording", target->recording);
  presync_json_member_set_text (object, "server", target->server);
  presync_json_member_set_text (object, "instance", target->instance);
  json_object_set_int_member (object, "port", target->port);
  json_object_set_boolean_member (object, "kerberos", target->kerberos);
  presync_json_member_set_text (object, "login", target->login);
  presync_json_member_set_text (object, "caFile", target->ca_file);
  presync_json_member_set_text (object, "pin", target->pin);
  return object;
}

static JsonObject *
presync_targets_json_dup_tenant (const PresyncTargets *targets)
{
  const PresyncTenantTarget *target = targets->tenant;
  JsonObject *object = json_object_new ();

  presync_json_member_set_text (object, "recording", target->recording);
  presync_json_member_set_text (object, "domain", target->domain);
  presync_json_member_set_text (object, "cloud", target->cloud->id);
  presync_json_member_set_text (object, "clientId", target->client_id);
  presync_json_member_set_text (object, "proxy", target->proxy);
  presync_json_member_set_text (object, "foundCloud",
                                targets->tenant_cloud != NULL ? targets->tenant_cloud->id : NULL);
  return object;
}

static JsonObject *
presync_targets_json_dup_server (const PresyncTargets *targets)
{
  JsonObject *object = json_object_new ();

  presync_json_member_set_list (object, "files", targets->facts_files);
  presync_json_member_set_text (object, "folder", targets->facts_folder);
  return object;
}

static JsonObject *
presync_targets_json_dup_network (const PresyncTargets *targets)
{
  JsonObject *object = json_object_new ();

  presync_json_member_set_text (object, "recording", targets->network_recording);
  presync_json_member_set_text (object, "proxy", targets->network_proxy);
  return object;
}

gboolean
presync_targets_json_is_found (const char *name)
{
  return g_str_equal (name, FACTS_REPORTS) || g_str_equal (name, NETWORK_ROWS);
}

char **
presync_targets_json_get_found (PresyncTargets *targets, const char *name)
{
  if (g_str_equal (name, FACTS_REPORTS))
    return &targets->facts_reports;
  return g_str_equal (name, NETWORK_ROWS) ? &targets->network_rows : NULL;
}

JsonObject *
presync_targets_json_dup (const PresyncTargets *targets, const char *name)
{
  if (g_str_equal (name, "directory"))
    return targets->directory != NULL ? presync_targets_json_dup_directory (targets->directory)
                                      : NULL;
  if (g_str_equal (name, "sql"))
    return targets->sql != NULL ? presync_targets_json_dup_sql (targets->sql) : NULL;
  if (g_str_equal (name, "tenant"))
    return targets->tenant != NULL ? presync_targets_json_dup_tenant (targets) : NULL;
  if (g_str_equal (name, "server"))
    return targets->server ? presync_targets_json_dup_server (targets) : NULL;
  if (g_str_equal (name, "network"))
    return targets->network ? presync_targets_json_dup_network (targets) : NULL;
  return NULL;
}

static void
presync_targets_json_copy_text (JsonObject *object, const char *name, char **text)
{
  g_free (*text);
  *text = g_strdup (presync_json_member_get_text (object, name));
}

/* As if somebody had typed it */
static gboolean
presync_targets_json_check_directory (const PresyncDirectoryTarget *target)
{
  g_autoptr (PresyncDirectoryTarget) typed = presync_directory_target_new ();
  const char *name = target->server != NULL ? target->server : target->domain;

  if (target->ldif != NULL)
    return TRUE;
  return name != NULL && strpbrk (name, "/?#@ ") == NULL
         && presync_directory_target_parse_uri (typed, name, NULL);
}

static void
presync_targets_json_set_directory (PresyncTargets *targets, JsonObject *object)
{
  g_autoptr (PresyncDirectoryTarget) target = presync_directory_target_new ();

  presync_targets_json_copy_text (object, "ldif", &target->ldif);
  presync_targets_json_copy_text (object, "server", &target->server);
  presync_targets_json_copy_text (object, "domain", &target->domain);
  target->port = (guint16) presync_json_member_get_number (object, "port", G_MAXUINT16);
  target->ldaps = presync_json_member_get_flag (object, "ldaps");
  target->starttls = presync_json_member_get_flag (object, "starttls");
  presync_targets_json_copy_text (object, "caFile", &target->ca_file);
  target->sign_in = presync_json_member_get_flag (object, "kerberos") ? PRESYNC_SIGN_IN_KERBEROS
                                                                      : PRESYNC_SIGN_IN_PASSWORD;
  presync_targets_json_copy_text (object, "name", &target->name);
  presync_targets_json_copy_text (object, "syncServer", &target->sync_server);
  if (presync_targets_json_check_directory (target))
    targets->directory = g_steal_pointer (&target);
}

static gboolean
presync_targets_json_check_sql (const PresyncSqlTarget *target)
{
  g_autoptr (PresyncSqlTarget) typed = presync_sql_target_new ();
  g_autofree char *text = NULL;

  if (target->server == NULL)
    return FALSE;
  if (target->pin != NULL
      && (strlen (target->pin) != PIN_LENGTH
          || strspn (target->pin, "0123456789abcdef") != PIN_LENGTH))
    return FALSE;
  text = presync_sql_target_dup_text (target);
  return presync_sql_target_parse_name (typed, text, NULL)
         && g_strcmp0 (typed->server, target->server) == 0
         && g_strcmp0 (typed->instance, target->instance) == 0;
}

static void
presync_targets_json_set_sql (PresyncTargets *targets, JsonObject *object)
{
  g_autoptr (PresyncSqlTarget) target = presync_sql_target_new ();

  presync_targets_json_copy_text (object, "recording", &target->recording);
  presync_targets_json_copy_text (object, "server", &target->server);
  presync_targets_json_copy_text (object, "instance", &target->instance);
  target->port = (guint16) presync_json_member_get_number (object, "port", G_MAXUINT16);
  target->kerberos = presync_json_member_get_flag (object, "kerberos");
  presync_targets_json_copy_text (object, "login", &target->login);
  presync_targets_json_copy_text (object, "caFile", &target->ca_file);
  presync_targets_json_copy_text (object, "pin", &target->pin);
  if (presync_targets_json_check_sql (target))
    targets->sql = g_steal_pointer (&target);
}

static void
presync_targets_json_set_tenant (PresyncTargets *targets, JsonObject *object)
{
  const char *id = presync_json_member_get_text (object, "cloud");
  const char *found = presync_json_member_get_text (object, "foundCloud");
  const PresyncCloud *cloud = id != NULL ? presync_cloud_find (id) : NULL;
  g_autoptr (PresyncTenantTarget) target = presync_tenant_target_new ();
  g_autoptr (PresyncTenantTarget) typed = presync_tenant_target_new ();

  presync_targets_json_copy_text (object, "recording", &target->recording);
  presync_targets_json_copy_text (object, "domain", &target->domain);
  presync_targets_json_copy_text (object, "clientId", &target->client_id);
  presync_targets_json_copy_text (object, "proxy", &target->proxy);
  if (cloud != NULL)
    target->cloud = cloud;
  targets->tenant_cloud = found != NULL ? presync_cloud_find (found) : NULL;
  if (target->domain != NULL && presync_tenant_target_parse_name (typed, target->domain, NULL)
      && presync_tenant_target_validate (target, NULL))
    targets->tenant = g_steal_pointer (&target);
}

static void
presync_targets_json_set_server (PresyncTargets *targets, JsonObject *object)
{
  targets->server = TRUE;
  g_strfreev (targets->facts_files);
  targets->facts_files = presync_json_member_dup_list (object, "files", MAX_FILES);
  presync_targets_json_copy_text (object, "folder", &targets->facts_folder);
}

void
presync_targets_json_set (PresyncTargets *targets, const char *name, JsonObject *object)
{
  if (g_str_equal (name, "directory"))
    presync_targets_json_set_directory (targets, object);
  else if (g_str_equal (name, "sql"))
    presync_targets_json_set_sql (targets, object);
  else if (g_str_equal (name, "tenant"))
    presync_targets_json_set_tenant (targets, object);
  else if (g_str_equal (name, "server"))
    presync_targets_json_set_server (targets, object);
  else if (g_str_equal (name, "network"))
    {
      targets->network = TRUE;
      presync_targets_json_copy_text (object, "recording", &targets->network_recording);
      presync_targets_json_copy_text (object, "proxy", &targets->network_proxy);
    }
}
