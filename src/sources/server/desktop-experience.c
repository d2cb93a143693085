/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Has Windows Server its desktop? Told by two registry values, which must agree. */
#include "sources/server/report-items.h"

#include <string.h>
#include <glib/gi18n.h>

#define KEY "server.desktop-experience"
#define LEVELS "system.serverLevels"
#define INSTALLATION "system.installationType"

/* Is the component @name, written with or without its second hyphen, there? Older and newer copies
 * of Microsoft's page on Server Core differ in it. */
static gboolean
presync_desktop_experience_has_level (JsonObject *levels, const char *name)
{
  g_autofree char *joined = g_strdup (name);
  g_autoptr (GList) members = json_object_get_members (levels);
  char *hyphen = strrchr (joined, '-');

  if (hyphen != NULL)
    memmove (hyphen, hyphen + 1, strlen (hyphen));
  for (GList *l = members; l != NULL; l = l->next)
    if (g_ascii_strcasecmp (l->data, name) == 0 || g_ascii_strcasecmp (l->data, joined) == 0)
      {
        PresyncReading level
            = { PRESYNC_READING_VALUE, name, json_object_get_member (levels, l->data), NULL };
        gint64 value;

        if (!JSON_NODE_HOLDS_NULL (level.node) && presync_reading_get_integer (&level, &value)
            && value == 1)
          return TRUE;
      }
  return FALSE;
}

/* (transfer full): "ServerCore 1, Server-Gui-Shell 0" */
static char *
presync_desktop_experience_describe (JsonObject *levels)
{
  g_autoptr (GString) text = g_string_new (NULL);
  g_autoptr (GList) members = json_object_get_members (levels);

  for (GList *l = members; l != NULL; l = l->next)
    {
      PresyncReading level
          = { PRESYNC_READING_VALUE, l->data, json_object_get_member (levels, l->data), NULL };
      gint64 value;

      g_string_append_printf (text, "%s%s", text->len > 0 ? ", " : "", (const char *) l->data);
      if (!JSON_NODE_HOLDS_NULL (level.node) && presync_reading_get_integer (&level, &value))
        g_string_append_printf (text, " %" G_GINT64_FORMAT, value);
    }
  return presync_reading_clean_text (text->len > 0 ? text->str : "{}");
}

/* @installation: (nullable): as the registry has it */
static void
presync_desktop_experience_add_doubtful (PresyncReportItems *self, JsonObject *levels,
                                         const char *installation)
{
  g_autofree char *described = presync_desktop_experience_describe (levels);
  g_autofree char *detail
      /* Translators: a server, and what two registry values hold: "Server Core", and
       * "ServerCore 1, Server-Gui-Shell 0" */
      = g_strdup_printf (_ ("On %s, InstallationType is “%s” and ServerLevels is “%s”; together "
                            "they do not tell whether Desktop Experience is installed."),
                         presync_facts_report_get_name (self->report),
                         installation != NULL ? installation : _ ("not set"), described);

  presync_report_items_add_unknown (self, KEY, LEVELS ", " INSTALLATION, PRESYNC_UNKNOWN_MALFORMED,
                                    detail);
}

/* @installation: (nullable): "Server", "Server Core", "Nano Server" */
static void
presync_desktop_experience_add_levels (PresyncReportItems *self, JsonObject *levels,
                                       const char *installation)
{
  gboolean has_desktop = presync_desktop_experience_has_level (levels, "Server-Gui-Shell")
                         && presync_desktop_experience_has_level (levels, "Server-Gui-Mgmt");

  if (presync_desktop_experience_has_level (levels, "NanoServer"))
    presync_report_items_add_boolean (self, KEY, LEVELS, FALSE);
  else if (json_object_get_size (levels) == 0
           || (installation != NULL
               && has_desktop != (g_ascii_strcasecmp (installation, "Server") == 0)))
    presync_desktop_experience_add_doubtful (self, levels, installation);
  else
    presync_report_items_add_boolean (self, KEY, LEVELS, has_desktop);
}

void
presync_desktop_experience_add_facts (PresyncReportItems *self)
{
  PresyncReading levels = presync_facts_report_read (self->report, LEVELS);
  PresyncReading type = presync_facts_report_read (self->report, INSTALLATION);
  g_autofree char *text = presync_reading_dup_text (&type);
  PresyncReading reading;
  g_autofree char *detail = NULL;
  gboolean is_server;

  if (presync_report_items_is_server (self, &is_server, &reading) && !is_server)
    {
      detail = g_strdup_printf (_ ("%s does not run Windows Server."),
                                presync_facts_report_get_name (self->report));
      presync_report_items_add_unknown (self, KEY, "system.productType",
                                        PRESYNC_UNKNOWN_NOT_OFFERED, detail);
    }
  else if (levels.state == PRESYNC_READING_VALUE)
    presync_desktop_experience_add_levels (self, json_node_get_object (levels.node), text);
  else if (text != NULL)
    presync_report_items_add_boolean (self, KEY, INSTALLATION,
                                      g_ascii_strcasecmp (text, "Server") == 0);
  else
    presync_report_items_add_unread (self, KEY, LEVELS, &levels);
}
