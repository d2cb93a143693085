/* SPDX-License-Identifier: GPL-3.0-or-later */
/* odbc-probe SECONDS < CONNECTION-STRING: asks the queries of presync-sql over any ODBC driver and
 * prints the reads as JSON; on failure {"error":…} and status 1. For postgres-test.py. */
#include <stdio.h>

#include "sources/sql/helper/queries.h"

static PresyncSecret *
probe_read_string (void)
{
  char text[4096] = { 0 };
  gsize length = fread (text, 1, sizeof text - 1, stdin);

  while (length > 0 && g_ascii_isspace (text[length - 1]))
    text[--length] = '\0';
  return presync_secret_new (text);
}

static void
probe_print_error (const char *name, const char *message, int native, const char *state)
{
  g_autoptr (JsonNode) node = json_node_new (JSON_NODE_OBJECT);
  JsonObject *object = json_object_new ();
  g_autofree char *json = NULL;

  json_object_set_string_member (object, name, message);
  json_object_set_int_member (object, "native", native);
  json_object_set_string_member (object, "state", state);
  json_node_take_object (node, object);
  json = json_to_string (node, FALSE);
  g_print ("%s\n", json);
}

int
main (int argc, char **argv)
{
  g_autoptr (PresyncSecret) string = probe_read_string ();
  g_autoptr (PresyncOdbc) odbc = presync_odbc_new ();
  g_autoptr (PresyncOdbcFault) fault = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) node = NULL;
  g_autofree char *json = NULL;
  JsonArray *reads;
  guint64 seconds = 5;

  if (argc > 1)
    g_ascii_string_to_unsigned (argv[1], 10, 1, 60, &seconds, NULL);
  if (odbc == NULL)
    return 2;
  if (!presync_odbc_connect (odbc, string, 5, &fault))
    {
      probe_print_error ("connect", fault->text != NULL ? fault->text : "",
                         presync_odbc_fault_get_native (fault), fault->state);
      return 1;
    }
  reads = presync_sql_queries_run (odbc, "the database", NULL, (guint) seconds, &error);
  if (reads == NULL)
    {
      probe_print_error ("error", error->message, error->code, "");
      return 1;
    }
  node = json_node_new (JSON_NODE_ARRAY);
  json_node_take_array (node, reads);
  json = json_to_string (node, FALSE);
  g_print ("%s\n", json);
  return 0;
}
