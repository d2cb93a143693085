/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* What the tests of reports share: an assessment of a few facts, tame or hostile */
#include <glib/gstdio.h>
#include <string.h>

#include "report/report.h"

typedef struct
{
  PresyncAssessment *assessment;
  GDateTime *at;
  char *folder;
  char *path;
} ReportTest;

static inline PresyncOrigin *
report_test_origin (ReportTest *self, const char *query)
{
  return presync_origin_new ("directory", "ldaps://dc1.contoso.com", query, self->at, TRUE);
}

/* A text fact, an unknown one, and some of the usual */
static inline void
report_test_give_facts (ReportTest *self, const char *name, const char *detail)
{
  g_autoptr (GPtrArray) facts = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (PresyncOrigin) root = report_test_origin (self, "base \"\", scope base");
  g_autoptr (PresyncOrigin) server = report_test_origin (self, "(objectCategory=computer)");
  const char *suffixes[] = { "contoso.com", name, NULL };

  g_ptr_array_add (facts,
                   presync_fact_new_integer ("forest.functional-level", "contoso.com", 1, root));
  g_ptr_array_add (facts,
                   presync_fact_new_boolean ("directory.writable", "dc1.contoso.com", TRUE, root));
  g_ptr_array_add (facts, presync_fact_new_text ("domain.netbios-name", "contoso.com", name, root));
  g_ptr_array_add (facts,
                   presync_fact_new_list ("forest.upn-suffixes", "contoso.com", suffixes, root));
  g_ptr_array_add (facts, presync_fact_new_unknown ("server.os-build", name,
                                                    PRESYNC_UNKNOWN_NO_RIGHT, detail, server));
  presync_fact_set_update (presync_assessment_get_facts (self->assessment), facts);
}

static inline void
report_test_answer_as (ReportTest *self, const char *condition, gboolean met, const char *name,
                       const char *note)
{
  g_autoptr (PresyncAnswer) answer = presync_answer_new (condition, met, name, note, self->at);

  presync_assessment_set_answer (self->assessment, answer);
}

static inline void
report_test_answer (ReportTest *self, const char *condition, const char *name, const char *note)
{
  report_test_answer_as (self, condition, TRUE, name, note);
}

static inline void
report_test_set_up (ReportTest *self, gconstpointer data)
{
  g_autoptr (PresyncCatalogue) catalogue = presync_catalogue_new_built_in ();
  g_autoptr (GError) error = NULL;

  self->at = g_date_time_new_utc (2026, 11, 22, 10, 15, 0);
  self->assessment = presync_assessment_new (catalogue);
  presync_assessment_set_now (self->assessment, self->at);
  presync_assessment_set_sync_server (self->assessment, "sync01.contoso.com");
  report_test_give_facts (self, "CONTOSO", "“jane” has no right to read operatingSystem.");
  report_test_answer (self, "cs-ram", "Jane Doe", "looked at it in Task Manager");
  report_test_answer_as (self, "cs-agent-version", FALSE, "Jane Doe", "an old one runs");
  self->folder = g_dir_make_tmp ("presync-report-XXXXXX", &error);
  g_assert_no_error (error);
  self->path = g_build_filename (self->folder, "report.pdf", NULL);
}

static inline void
report_test_tear_down (ReportTest *self, gconstpointer data)
{
  g_remove (self->path);
  g_assert_cmpint (g_rmdir (self->folder), ==, 0); /* no temporary file stays behind */
  g_assert_finalize_object (self->assessment);
  g_date_time_unref (self->at);
  g_free (self->folder);
  g_free (self->path);
}

/* Makes everything that a directory or a person names long and nasty */
static inline void
report_test_make_hostile (ReportTest *self)
{
  g_autoptr (GString) name = g_string_new ("CN=");
  g_autofree char *solid = g_strnfill (10000, 'W');
  g_autofree char *nasty = NULL;

  for (guint i = 0; i < 900; i++)
    g_string_append_printf (name, "Müller & <b>Söhne</b>,OU=Level %u", i);
  nasty = g_strconcat ("\033[31m\a\342\200\256 שלום 漢字漢字 ", solid, "\n\r\t", name->str, NULL);
  report_test_give_facts (self, nasty, name->str);
  report_test_answer (self, "cs-ram", solid, nasty);
  presync_assessment_set_sync_server (self->assessment, solid);
  presync_assessment_set_name (self->assessment, nasty);
}
