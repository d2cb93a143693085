/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sources/server/facts-choice.h"

#include "base/error.h"
#include "sources/server/facts-reading.h"

#include <glib/gi18n.h>

const char *
presync_facts_choice_get_host (PresyncFactsReport *report)
{
  const char *dns_name = presync_facts_report_get_dns_name (report);

  return dns_name != NULL ? dns_name : presync_facts_report_get_name (report);
}

static gboolean
presync_facts_choice_is_same_server (PresyncFactsReport *a, PresyncFactsReport *b)
{
  const char *dns_a = presync_facts_report_get_dns_name (a);
  const char *dns_b = presync_facts_report_get_dns_name (b);

  if (dns_a != NULL && dns_b != NULL)
    return g_ascii_strcasecmp (dns_a, dns_b) == 0;
  return g_ascii_strcasecmp (presync_facts_report_get_name (a), presync_facts_report_get_name (b))
         == 0;
}

static int
presync_facts_choice_compare_age (PresyncFactsReport *a, PresyncFactsReport *b)
{
  return g_date_time_compare (presync_facts_report_get_collected (a),
                              presync_facts_report_get_collected (b));
}

static int
presync_facts_choice_compare_name (gconstpointer a, gconstpointer b)
{
  return g_ascii_strcasecmp (presync_facts_choice_get_host (*(PresyncFactsReport *const *) a),
                             presync_facts_choice_get_host (*(PresyncFactsReport *const *) b));
}

/* *@place: of the report of the same server among @newest, or its length */
static PresyncFactsReport *
presync_facts_choice_find_same (GPtrArray *newest, PresyncFactsReport *report, guint *place)
{
  for (*place = 0; *place < newest->len; (*place)++)
    if (presync_facts_choice_is_same_server (g_ptr_array_index (newest, *place), report))
      return g_ptr_array_index (newest, *place);
  return NULL;
}

GPtrArray *
presync_facts_choice_list_newest (GPtrArray *files)
{
  GPtrArray *newest = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < files->len; i++)
    {
      const PresyncFactsFile *file = g_ptr_array_index (files, i);
      PresyncFactsReport *other;
      guint place;

      if (file->report == NULL)
        continue;
      other = presync_facts_choice_find_same (newest, file->report, &place);
      if (other == NULL)
        g_ptr_array_add (newest, g_object_ref (file->report));
      else if (presync_facts_choice_compare_age (file->report, other) > 0)
        g_set_object ((PresyncFactsReport **) &g_ptr_array_index (newest, place), file->report);
    }
  g_ptr_array_sort (newest, presync_facts_choice_compare_name);
  return newest;
}

/* (transfer container) (element-type PresyncFactsReport): those of @newest that @sync_server may
 * mean: a short name is that of a host in any domain, a full one of the host that has it. */
static GPtrArray *
presync_facts_choice_list_meant (GPtrArray *newest, const char *sync_server)
{
  g_autoptr (GPtrArray) meant = g_ptr_array_new ();

  for (guint i = 0; i < newest->len; i++)
    {
      PresyncFactsReport *report = g_ptr_array_index (newest, i);
      const char *dns_name = presync_facts_report_get_dns_name (report);

      if (!presync_facts_report_is_of (report, sync_server))
        continue;
      if (dns_name != NULL && g_ascii_strcasecmp (dns_name, sync_server) == 0)
        g_ptr_array_set_size (meant, 0);
      g_ptr_array_add (meant, report);
      if (dns_name != NULL && g_ascii_strcasecmp (dns_name, sync_server) == 0)
        break;
    }
  return g_steal_pointer (&meant);
}

PresyncFactsReport *
presync_facts_choice_find (GPtrArray *newest, const char *sync_server)
{
  g_autoptr (GPtrArray) meant = NULL;

  if (sync_server == NULL)
    return newest->len == 1 ? g_ptr_array_index (newest, 0) : NULL;
  meant = presync_facts_choice_list_meant (newest, sync_server);
  return meant->len == 1 ? g_ptr_array_index (meant, 0) : NULL;
}

void
presync_facts_choice_fill (GListStore *reports, GPtrArray *newest)
{
  GListModel *model = G_LIST_MODEL (reports);
  guint n = g_list_model_get_n_items (model);
  gboolean same = n == newest->len;

  for (guint i = 0; i < n && same; i++)
    {
      g_autoptr (PresyncFactsReport) report = g_list_model_get_item (model, i);
      same = report == g_ptr_array_index (newest, i);
    }
  if (!same)
    g_list_store_splice (reports, 0, n, newest->pdata, newest->len);
}

GStrv
presync_facts_choice_list_problems (GPtrArray *files, const GError *folder_problem)
{
  g_autoptr (GPtrArray) problems = g_ptr_array_new ();

  if (folder_problem != NULL)
    g_ptr_array_add (problems, g_strdup (folder_problem->message));
  for (guint i = 0; i < files->len; i++)
    {
      const PresyncFactsFile *file = g_ptr_array_index (files, i);

      if (file->error != NULL)
        g_ptr_array_add (problems, g_strdup (file->error->message));
    }
  g_ptr_array_add (problems, NULL);
  return (GStrv) g_ptr_array_free (g_steal_pointer (&problems), FALSE);
}

static PresyncUnknown
presync_facts_choice_get_reason (const GError *error)
{
  if (g_error_matches (error, PRESYNC_ERROR, PRESYNC_ERROR_TIMED_OUT))
    return PRESYNC_UNKNOWN_TIMED_OUT;
  if (g_error_matches (error, PRESYNC_ERROR, PRESYNC_ERROR_BAD_INPUT)
      || g_error_matches (error, PRESYNC_ERROR, PRESYNC_ERROR_LIMIT))
    return PRESYNC_UNKNOWN_MALFORMED;
  return PRESYNC_UNKNOWN_FAILED;
}

/* (transfer full): the hosts of @reports, for people */
static char *
presync_facts_choice_dup_hosts (GPtrArray *reports)
{
  g_autoptr (GPtrArray) hosts = g_ptr_array_new ();

  for (guint i = 0; i < reports->len; i++)
    g_ptr_array_add (hosts, (gpointer) presync_facts_choice_get_host (reports->pdata[i]));
  g_ptr_array_add (hosts, NULL);
  return g_strjoinv (", ", (char **) hosts->pdata);
}

char *
presync_facts_choice_dup_why (GPtrArray *files, const char *sync_server, gboolean was_there,
                              PresyncUnknown *reason)
{
  g_autoptr (GPtrArray) newest = presync_facts_choice_list_newest (files);
  g_autoptr (GPtrArray) meant
      = sync_server != NULL ? presync_facts_choice_list_meant (newest, sync_server) : NULL;
  gboolean ambiguous = meant != NULL && meant->len > 1;
  g_autofree char *hosts = presync_facts_choice_dup_hosts (ambiguous ? meant : newest);

  *reason = PRESYNC_UNKNOWN_NOT_OFFERED;
  if (ambiguous)
    return g_strdup_printf (
        /* Translators: a short name, and the names of the servers that have it */
        _ ("There are facts files of several servers called %s (%s); name the sync server with its "
           "domain."),
        sync_server, hosts);
  if (newest->len > 0 && sync_server == NULL)
    /* Translators: names of servers */
    return g_strdup_printf (_ ("There are facts files of several servers (%s); name the sync "
                               "server."),
                            hosts);
  if (newest->len > 0)
    /* Translators: the sync server, and the names of other servers */
    return g_strdup_printf (_ ("There is no facts file of %s, only of %s."), sync_server, hosts);
  /* What is wrong with a file is the reason only where no other file could be read. */
  for (guint i = 0; i < files->len; i++)
    {
      const PresyncFactsFile *file = g_ptr_array_index (files, i);

      if (file->error == NULL)
        continue;
      *reason = presync_facts_choice_get_reason (file->error);
      return g_strdup (file->error->message);
    }
  if (was_there && sync_server != NULL)
    return g_strdup_printf (_ ("The facts file of %s is no longer there."), sync_server);
  return NULL;
}

gboolean
presync_facts_choice_may_add (GPtrArray *files, const char *server, PresyncFactsReport *report,
                              GError **error)
{
  g_autoptr (GPtrArray) newest = presync_facts_choice_list_newest (files);
  PresyncFactsReport *other;
  guint place;

  if (server != NULL && !presync_facts_report_is_of (report, server))
    {
      g_set_error (error, PRESYNC_ERROR, PRESYNC_ERROR_REFUSED,
                   /* Translators: a file name and two servers */
                   _ ("%s is of %s, but the sync server is %s."),
                   presync_facts_report_get_path (report), presync_facts_choice_get_host (report),
                   server);
      return FALSE;
    }
  other = presync_facts_choice_find_same (newest, report, &place);
  if (other != NULL && presync_facts_choice_compare_age (report, other) < 0)
    {
      g_autofree char *written
          = g_date_time_format_iso8601 (presync_facts_report_get_collected (report));
      g_autofree char *there
          = g_date_time_format_iso8601 (presync_facts_report_get_collected (other));

      g_set_error (error, PRESYNC_ERROR, PRESYNC_ERROR_REFUSED,
                   /* Translators: a file name, a time, a server, another time */
                   _ ("%s was written at %s, but there is a newer one of %s already, written at "
                      "%s."),
                   presync_facts_report_get_path (report), written,
                   presync_facts_choice_get_host (report), there);
      return FALSE;
    }
  return TRUE;
}

void
presync_facts_choice_add (GPtrArray *files, PresyncFactsFile *file)
{
  for (guint i = files->len; i > 0; i--)
    {
      const PresyncFactsFile *other = g_ptr_array_index (files, i - 1);

      if (!other->in_folder
          && (g_file_equal (other->file, file->file)
              || (other->report != NULL
                  && presync_facts_choice_is_same_server (other->report, file->report))))
        g_ptr_array_remove_index (files, i - 1);
    }
  g_ptr_array_insert (files, 0, file);
}

/* (transfer none) (nullable) */
static PresyncFactsFile *
presync_facts_choice_find_file (GPtrArray *files, const PresyncFactsFile *like)
{
  for (guint i = 0; i < files->len; i++)
    {
      PresyncFactsFile *file = g_ptr_array_index (files, i);

      if (file->in_folder == like->in_folder && g_file_equal (file->file, like->file))
        return file;
    }
  return NULL;
}

void
presync_facts_choice_fail (GPtrArray *files, const GError *error)
{
  for (guint i = 0; i < files->len; i++)
    {
      PresyncFactsFile *file = g_ptr_array_index (files, i);

      g_clear_object (&file->report);
      g_clear_error (&file->error);
      file->error = g_error_copy (error);
    }
}

/* A file that was added and also lay in the folder is gone with it. */
static void
presync_facts_choice_drop_gone (GPtrArray *files, GPtrArray *before)
{
  for (guint i = 0; i < before->len; i++)
    {
      const PresyncFactsFile *gone = g_ptr_array_index (before, i);

      if (!gone->in_folder || presync_facts_choice_find_file (files, gone) != NULL)
        continue;
      for (guint j = files->len; j > 0; j--)
        if (g_file_equal (((PresyncFactsFile *) g_ptr_array_index (files, j - 1))->file,
                          gone->file))
          g_ptr_array_remove_index (files, j - 1);
    }
}

gboolean
presync_facts_choice_merge (GPtrArray *files, GPtrArray *scanned, gboolean tell)
{
  g_autoptr (GPtrArray) before
      = g_ptr_array_new_with_free_func ((GDestroyNotify) presync_facts_file_free);
  gboolean again = FALSE;

  for (guint i = files->len; i > 0; i--)
    {
      const PresyncFactsFile *file = g_ptr_array_index (files, i - 1);

      /* One that was added meanwhile was not read again. */
      if (file->in_folder || presync_facts_choice_find_file (scanned, file) != NULL)
        g_ptr_array_add (before, g_ptr_array_steal_index (files, i - 1));
    }
  while (scanned->len > 0)
    {
      g_autoptr (PresyncFactsFile) read = g_ptr_array_steal_index (scanned, 0);
      const PresyncFactsFile *earlier = presync_facts_choice_find_file (before, read);

      if (read->error != NULL && read->fresh && read->in_folder)
        {
          again = TRUE;
          if (earlier != NULL && earlier->report != NULL)
            {
              g_clear_error (&read->error);
              g_set_object (&read->report, earlier->report);
            }
          else if (!tell)
            continue;
        }
      /* Read again, it is another object; who shows the first need not notice. */
      else if (earlier != NULL && earlier->report != NULL && read->report != NULL
               && presync_facts_report_equal (read->report, earlier->report))
        g_set_object (&read->report, earlier->report);
      g_ptr_array_add (files, g_steal_pointer (&read));
    }
  presync_facts_choice_drop_gone (files, before);
  return again;
}
