/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sources/server/report-items.h"

#include "sources/directory/sid.h"

#include <string.h>

/* "Microsoft ODBC Driver 17 for SQL Server", "Microsoft OLE DB Driver 18 for SQL Server",
 * "Microsoft SQL Server 2012 Native Client" */
static gboolean
presync_report_lists_is_driver (const char *name)
{
  return strstr (name, "SQL Server") != NULL
         && (strstr (name, "ODBC") != NULL || strstr (name, "OLE DB") != NULL
             || strstr (name, "Native Client") != NULL);
}

static void
presync_report_lists_add_software (PresyncReportItems *self)
{
  PresyncReading software = presync_facts_report_read (self->report, "software");
  JsonArray *array = presync_reading_get_array (&software);
  g_autoptr (GPtrArray) all = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GPtrArray) drivers = g_ptr_array_new ();

  for (guint i = 0; array != NULL && i < json_array_get_length (array); i++)
    {
      JsonNode *node = json_array_get_element (array, i);
      PresyncReading name = presync_reading_get_member (node, "name");
      PresyncReading version = presync_reading_get_member (node, "version");
      g_autofree char *title = presync_reading_dup_text (&name);
      g_autofree char *number = presync_reading_dup_text (&version);

      if (presync_reading_is_unknown (&name))
        {
          software = name;
          software.path = "software[].name";
          array = NULL; /* the list would be told as the whole of it */
        }
      else if (title != NULL)
        {
          g_ptr_array_add (all, number != NULL ? g_strdup_printf ("%s %s", title, number)
                                               : g_strdup (title));
          if (presync_report_lists_is_driver (title))
            g_ptr_array_add (drivers, g_ptr_array_index (all, all->len - 1));
        }
    }
  if (array == NULL)
    {
      presync_report_items_add_unread (self, "server.software", "software", &software);
      presync_report_items_add_unread (self, "server.sql-drivers", "software", &software);
      return;
    }
  presync_report_items_add_list (self, "server.software", "software", all);
  presync_report_items_add_list (self, "server.sql-drivers", "software", drivers);
}

static void
presync_report_lists_add_administrators (PresyncReportItems *self)
{
  const char *path = "security.localAdministrators";
  PresyncReading administrators = presync_facts_report_read (self->report, path);
  JsonArray *array = presync_reading_get_array (&administrators);
  guint n = array != NULL ? json_array_get_length (array) : 0;
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GPtrArray) sids = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < n; i++)
    {
      JsonNode *node = json_array_get_element (array, i);
      PresyncReading name = presync_reading_get_member (node, "name");
      PresyncReading value = presync_reading_get_member (node, "sid");
      g_autofree char *title = presync_reading_dup_text (&name);
      g_autofree char *text = presync_reading_dup_text (&value);
      PresyncSid sid;

      if (text != NULL && presync_sid_parse (text, &sid))
        g_ptr_array_add (sids, presync_sid_to_text (&sid));
      /* An account that is no more has only a SID. */
      if (title != NULL || text != NULL)
        g_ptr_array_add (names, g_strdup (title != NULL ? title : text));
    }
  if (array == NULL)
    {
      presync_report_items_add_unread (self, "server.local-administrators", path, &administrators);
      presync_report_items_add_unread (self, "server.local-administrator-sids", path,
                                       &administrators);
      return;
    }
  presync_report_items_add_list (self, "server.local-administrators", path, names);
  if (sids->len == n)
    presync_report_items_add_list (self, "server.local-administrator-sids", path, sids);
  else
    presync_report_items_add_malformed (self, "server.local-administrator-sids",
                                        "security.localAdministrators[].sid");
}

/* The element that Microsoft asks for has an address; without one there is no proxy of its own. */
static void
presync_report_lists_add_proxy (PresyncReportItems *self)
{
  const char *key = "server.proxy-configured", *query = "network.machineConfigProxy";
  PresyncReading address
      = presync_facts_report_read (self->report, "network.machineConfigProxy.proxyAddress");
  PresyncReading enabled
      = presync_facts_report_read (self->report, "network.machineConfigProxy.enabled");
  g_autofree char *text = presync_reading_dup_text (&address);
  gboolean on = TRUE;

  presync_reading_get_boolean (&enabled, &on);
  if (presync_reading_is_unknown (&address))
    presync_report_items_add_unread (self, key, query, &address);
  else if (text == NULL || g_strstrip (text)[0] == '\0' || !on)
    presync_report_items_add_boolean (self, key, query, FALSE);
  else if (presync_reading_is_unknown (&enabled))
    presync_report_items_add_unread (self, key, query, &enabled);
  else
    presync_report_items_add_boolean (self, key, query, TRUE);
}

void
presync_report_lists_add_facts (PresyncReportItems *self)
{
  presync_report_lists_add_software (self);
  presync_report_lists_add_administrators (self);
  presync_report_lists_add_proxy (self);
}
