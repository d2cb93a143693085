/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* What the tests of statements, runs and comparisons share: a small catalogue whose conditions
 * change on 2026-01-01 */
#include <glib/gstdio.h>
#include <string.h>

#include "assessment/assessment.h"
#include "assessment/comparison.h"
#include "assessment/history.h"
#include "assessment/summary.h"

#define RUNS_REST                                                                                  \
  "<fix><step>Mend it.</step></fix><find-out><step>Look.</step></find-out>"                        \
  "<source document=\"DOC\"/></condition>\n"
#define RUNS_CONDITION(id, attributes, needed, test)                                               \
  "<condition id=\"" id "\" " attributes "><title>Title of " id "</title><needed>" needed          \
  "</needed><test>" test "</test>" RUNS_REST

static const char runs_documents[]
    = "<documents><document id=\"DOC\" date=\"2026-10-06\"><title>A page</title>"
      "<url>https://example.com/</url></document></documents>";
/* clang-format off */
static const char runs_cloud[]
    = "<catalogue option=\"cloud-sync\"><section id=\"hardware-and-software\">\n"
      "<requirement id=\"cs-a\"><title>A</title><why>w</why>\n"
      /* the same question with another threshold */
      RUNS_CONDITION ("cs-memory", "severity=\"required\" until=\"2026-01-01\"", "4 GB",
                      "<at-least fact=\"server.memory\" value=\"4 GB\"/>")
      RUNS_CONDITION ("cs-memory", "severity=\"required\" from=\"2026-01-01\"", "8 GB",
                      "<at-least fact=\"server.memory\" value=\"8 GB\"/>")
      /* asked anew in the same words: nothing has changed */
      RUNS_CONDITION ("cs-esc", "severity=\"recommended\" until=\"2026-01-01\"", "off",
                      "<is-false fact=\"server.ie-esc\"/>")
      RUNS_CONDITION ("cs-esc", "severity=\"recommended\" from=\"2026-01-01\"", "off",
                      "<is-false fact=\"server.ie-esc\"/>")
      /* the same test, of another severity */
      RUNS_CONDITION ("cs-strict", "severity=\"recommended\" until=\"2026-01-01\"", "a tenant",
                      "<is-true fact=\"tenant.exists\"/>")
      RUNS_CONDITION ("cs-strict", "severity=\"required\" from=\"2026-01-01\"", "a tenant",
                      "<is-true fact=\"tenant.exists\"/>")
      RUNS_CONDITION ("cs-hand", "severity=\"required\"", "by hand", "<by-person/>")
      /* met, and with a word of advice since */
      RUNS_CONDITION ("cs-advice", "severity=\"required\" until=\"2026-01-01\"", "a domain",
                      "<is-true fact=\"tenant.exists\"/>")
      "<condition id=\"cs-advice\" severity=\"required\" from=\"2026-01-01\"><title>Advice</title>"
      "<needed>a domain</needed><test><is-true fact=\"tenant.exists\"/></test><advice><unless>"
      "<is-true fact=\"tenant.custom-domain\"/></unless><text>Add one.</text></advice>" RUNS_REST
      /* one that goes and one that comes */
      RUNS_CONDITION ("cs-old", "severity=\"required\" until=\"2026-01-01\"", "LAPS",
                      "<is-true fact=\"server.laps\"/>")
      RUNS_CONDITION ("cs-new", "severity=\"required\" from=\"2026-01-01\"", "LAPS",
                      "<is-true fact=\"server.laps\"/>")
      "</requirement>\n</section></catalogue>";
/* clang-format on */
static const char runs_connect[]
    = "<catalogue option=\"connect-sync\"><section id=\"tenant\">\n"
      "<requirement id=\"cn-a\"><title>A</title><why>w</why>\n" RUNS_CONDITION (
          "cn-exists", "severity=\"required\"", "a tenant",
          "<is-true fact=\"tenant.exists\"/>") "</requirement>\n</section></catalogue>";

static inline PresyncCatalogue *
runs_kit_catalogue (void)
{
  static const char *const texts[] = { runs_documents, runs_cloud, runs_connect };
  char *paths[4] = { NULL, NULL, NULL, NULL };
  PresyncCatalogue *catalogue;
  g_autoptr (GError) error = NULL;
  g_autofree char *folder = g_dir_make_tmp ("presync-runs-XXXXXX", &error);

  g_assert_no_error (error);
  for (guint i = 0; i < 3; i++)
    {
      g_autofree char *name = g_strdup_printf ("%u.xml", i);

      paths[i] = g_build_filename (folder, name, NULL);
      g_file_set_contents (paths[i], texts[i], -1, &error);
      g_assert_no_error (error);
    }
  catalogue = presync_catalogue_new_from_files ((const char *const *) paths, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < 3; i++)
    {
      g_remove (paths[i]);
      g_free (paths[i]);
    }
  g_rmdir (folder);
  return catalogue;
}

/* A fact of @key's own source, read at @hour o'clock */
static inline PresyncOrigin *
runs_kit_origin (const char *key, int hour, gboolean complete)
{
  g_autoptr (GDateTime) at = g_date_time_new_utc (2026, 11, 1, hour, 0, 0);

  return presync_origin_new (presync_fact_key_find (key)->source, "test", "test", at, complete);
}

static inline void
runs_kit_put (PresyncAssessment *assessment, PresyncFact *fact)
{
  g_autoptr (GPtrArray) facts = g_ptr_array_new_with_free_func (g_object_unref);

  g_ptr_array_add (facts, fact);
  presync_fact_set_update (presync_assessment_get_facts (assessment), facts);
}

static inline void
runs_kit_put_memory (PresyncAssessment *assessment, gint64 gigabytes)
{
  g_autoptr (PresyncOrigin) origin = runs_kit_origin ("server.memory", 9, TRUE);

  runs_kit_put (assessment,
                presync_fact_new_integer ("server.memory", "SYNC01", gigabytes << 30, origin));
}
