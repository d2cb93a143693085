/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sources/server/report-items.h"

#include "base/version.h"

#include <string.h>
#include <glib/gi18n.h>

PresyncOrigin *
presync_report_items_dup_origin (PresyncReportItems *self, const char *query)
{
  return presync_origin_new ("server", presync_facts_report_get_path (self->report), query,
                             presync_facts_report_get_collected (self->report), TRUE);
}

void
presync_report_items_add_boolean (PresyncReportItems *self, const char *key, const char *query,
                                  gboolean value)
{
  g_autoptr (PresyncOrigin) origin = presync_report_items_dup_origin (self, query);

  g_ptr_array_add (self->facts, presync_fact_new_boolean (key, self->subject, value, origin));
}

void
presync_report_items_add_integer (PresyncReportItems *self, const char *key, const char *query,
                                  gint64 value)
{
  g_autoptr (PresyncOrigin) origin = presync_report_items_dup_origin (self, query);

  g_ptr_array_add (self->facts, presync_fact_new_integer (key, self->subject, value, origin));
}

void
presync_report_items_add_version (PresyncReportItems *self, const char *key, const char *query,
                                  const char *value)
{
  g_autoptr (PresyncOrigin) origin = presync_report_items_dup_origin (self, query);
  PresyncVersion version;

  if (presync_version_parse (value, &version))
    g_ptr_array_add (self->facts, presync_fact_new_version (key, self->subject, value, origin));
  else
    presync_report_items_add_malformed (self, key, query);
}

void
presync_report_items_add_text (PresyncReportItems *self, const char *key, const char *query,
                               const char *value)
{
  g_autoptr (PresyncOrigin) origin = presync_report_items_dup_origin (self, query);

  g_ptr_array_add (self->facts, presync_fact_new_text (key, self->subject, value, origin));
}

void
presync_report_items_add_list (PresyncReportItems *self, const char *key, const char *query,
                               GPtrArray *value)
{
  g_autoptr (PresyncOrigin) origin = presync_report_items_dup_origin (self, query);
  g_autoptr (GPtrArray) list = g_ptr_array_new ();

  for (guint i = 0; i < value->len; i++)
    g_ptr_array_add (list, g_ptr_array_index (value, i));
  g_ptr_array_add (list, NULL);
  g_ptr_array_add (self->facts, presync_fact_new_list (key, self->subject,
                                                       (const char *const *) list->pdata, origin));
}

void
presync_report_items_add_unknown (PresyncReportItems *self, const char *key, const char *query,
                                  PresyncUnknown reason, const char *detail)
{
  g_autoptr (PresyncOrigin) origin = presync_report_items_dup_origin (self, query);

  g_ptr_array_add (self->facts,
                   presync_fact_new_unknown (key, self->subject, reason, detail, origin));
}

void
presync_report_items_add_unread (PresyncReportItems *self, const char *key, const char *query,
                                 const PresyncReading *reading)
{
  const char *name = presync_facts_report_get_name (self->report);
  g_autofree char *problem = NULL;
  g_autofree char *detail = NULL;

  switch (reading->state)
    {
    case PRESYNC_READING_FAILED:
      problem = presync_reading_clean_text (reading->problem);
      /* Translators: a server, a JSON path such as "hardware.tpm", why */
      detail = g_strdup_printf (_ ("%s could not read %s: %s"), name, reading->path, problem);
      presync_report_items_add_unknown (self, key, query, PRESYNC_UNKNOWN_FAILED, detail);
      return;
    case PRESYNC_READING_ABSENT:
      /* Translators: a server, a JSON path such as "system.ubr" */
      detail = g_strdup_printf (_ ("%s has no value for %s."), name, reading->path);
      break;
    case PRESYNC_READING_MISSING:
    case PRESYNC_READING_VALUE:
    default:
      /* Translators: a server, a JSON path such as "system.ubr" */
      detail = g_strdup_printf (_ ("The facts file of %s does not tell %s; make it again with the "
                                   "newest collector script."),
                                name, reading->path);
    }
  presync_report_items_add_unknown (self, key, query, PRESYNC_UNKNOWN_NOT_OFFERED, detail);
}

void
presync_report_items_add_malformed (PresyncReportItems *self, const char *key, const char *query)
{
  /* Translators: a JSON path such as "powershell.version", a server */
  g_autofree char *detail
      = g_strdup_printf (_ ("The value of %s in the facts file of %s makes no sense."), query,
                         presync_facts_report_get_name (self->report));

  presync_report_items_add_unknown (self, key, query, PRESYNC_UNKNOWN_MALFORMED, detail);
}

gboolean
presync_reading_is_unknown (const PresyncReading *self)
{
  return self->state == PRESYNC_READING_FAILED || self->state == PRESYNC_READING_MISSING;
}

gboolean
presync_report_items_is_server (PresyncReportItems *self, gboolean *is_server,
                                PresyncReading *reading)
{
  PresyncReading caption = presync_facts_report_read (self->report, "system.caption");
  g_autofree char *text = presync_reading_dup_text (&caption);
  gint64 type;

  *reading = presync_facts_report_read (self->report, "system.productType");
  if (presync_reading_get_integer (reading, &type) && type > 0)
    *is_server = type == 2 || type == 3;
  else if (text != NULL)
    *is_server = strstr (text, "Windows") != NULL && strstr (text, "Server") != NULL;
  else
    return FALSE;
  return TRUE;
}
