/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* What the tests of reports share: an assessment of a few facts, tame or hostile */
#include <glib/gstdio.h>
#include <string.h>

#include "facts/access-text.h"
#include "report/report.h"
#include "sources/directory/bounds.h"

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

/* Where rights break below the domain: more places than a report lists, and as many as are named of
 * one right: there may be more */
#define REPORT_TEST_PLACES PRESYNC_BOUND_RIGHT_PLACES

/* The rights of the connector account @name: all granted in contoso.com but Reset Password, which
 * is missing, lockoutTime, which breaks in many places, @place among them, and pwdLastSet, which
 * the domain itself does not grant; read in part in three domains, and not at all in a fifth */
static inline void
report_test_give_rights (ReportTest *self, const char *name, const char *place)
{
  g_autoptr (GPtrArray) facts = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (PresyncOrigin) origin = report_test_origin (self, "objects below DC=contoso,DC=com");
  g_autoptr (PresyncOrigin) partial = presync_origin_new ("directory", "ldaps://dc1.contoso.com",
                                                          "20 of ? objects", self->at, FALSE);
  g_autoptr (GPtrArray) gaps = g_ptr_array_new_with_free_func (g_free);
  g_autofree char *lack = presync_access_lack_format ("user", NULL, NULL);
  g_autofree char *denied = presync_access_lack_format ("inetOrgPerson", "lockoutTime", name);
  const char *missing[] = { lack, denied, NULL };
  g_autofree char *head = presync_access_gap_format ("DC=contoso,DC=com", PRESYNC_GAP_HEAD, 4711,
                                                     "CN=Ann,DC=contoso,DC=com");
  const char *at_head[] = { head, NULL };
  const char *nothing[] = { NULL };
  gsize n;
  const PresyncAccessRight *rights = presync_access_rights ("connector", &n);

  for (guint i = 0; i < REPORT_TEST_PLACES; i++)
    {
      g_autofree char *unit = g_strdup_printf ("OU=Unit %02u,%s,DC=contoso,DC=com", i,
                                               i % 10 == 0 ? place : "OU=Staff");

      g_ptr_array_add (gaps,
                       presync_access_gap_format (unit, PRESYNC_GAP_INHERITANCE_OFF, i + 1, unit));
    }
  g_ptr_array_add (gaps, NULL);
  for (gsize i = 0; i < n; i++)
    {
      static const char *const others[]
          = { "asia.contoso.com", "europe.contoso.com", "north.contoso.com" };
      gboolean is_missing = g_str_equal (rights[i].id, "reset-password");
      gboolean is_broken = g_str_equal (rights[i].id, "lockout-time");
      gboolean is_at_head = g_str_equal (rights[i].id, "pwd-last-set");

      g_ptr_array_add (facts, presync_fact_new_list (rights[i].fact, "contoso.com",
                                                     is_missing ? missing : nothing, origin));
      g_ptr_array_add (facts, presync_fact_new_unknown (
                                  rights[i].fact, "child.contoso.com", PRESYNC_UNKNOWN_NOT_OFFERED,
                                  "Connect to child.contoso.com to see its rights.", origin));
      g_ptr_array_add (facts, presync_fact_new_list (rights[i].gaps, "contoso.com",
                                                     is_broken ? (const char *const *) gaps->pdata
                                                     : is_at_head ? at_head
                                                                  : nothing,
                                                     origin));
      for (gsize j = 0; j < G_N_ELEMENTS (others); j++)
        {
          g_ptr_array_add (facts,
                           presync_fact_new_list (rights[i].fact, others[j], nothing, origin));
          g_ptr_array_add (facts,
                           presync_fact_new_list (rights[i].gaps, others[j], nothing, partial));
        }
    }
  presync_fact_set_update (presync_assessment_get_facts (self->assessment), facts);
}

/* Accounts that were named @administrator and @connector, as the directory shows them */
static inline void
report_test_give_accounts (ReportTest *self, const char *administrator, const char *connector)
{
  static const char *const features[]
      = { "custom-settings", "password-hash-sync", "password-writeback", NULL };
  g_autoptr (PresyncAccounts) accounts = presync_accounts_new ();
  g_autoptr (GPtrArray) facts = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (PresyncOrigin) origin = report_test_origin (self, "tokenGroups");
  const char *const names[] = { "Enterprise Admins", "Tier 0 Admins", NULL };
  g_autofree char *path = presync_access_path_format (names);
  const char *paths[] = { path, NULL };
  g_autoptr (GError) error = NULL;

  presync_accounts_set (accounts, "connect-admin", "eadmin@contoso.com");
  presync_accounts_set (accounts, "connector", connector);
  presync_assessment_set_accounts (self->assessment, accounts);
  g_assert_true (presync_assessment_set_features (self->assessment, features, &error));
  g_assert_no_error (error);
  g_ptr_array_add (facts,
                   presync_fact_new_boolean ("connect-admin.exists", administrator, TRUE, origin));
  g_ptr_array_add (facts, presync_fact_new_boolean ("connect-admin.enterprise-admin", administrator,
                                                    TRUE, origin));
  g_ptr_array_add (
      facts, presync_fact_new_list ("connect-admin.membership", administrator, paths, origin));
  g_ptr_array_add (facts, presync_fact_new_boolean ("connector.exists", connector, TRUE, origin));
  g_ptr_array_add (facts,
                   presync_fact_new_boolean ("forest.sso-account", "contoso.com", TRUE, origin));
  g_ptr_array_add (
      facts, presync_fact_new_time ("forest.sso-key-changed", "contoso.com", self->at, origin));
  presync_fact_set_update (presync_assessment_get_facts (self->assessment), facts);
}

/* (transfer full): a fact of any type */
static inline PresyncFact *
report_test_new_fact (ReportTest *self, const PresyncFactKey *key, const char *subject,
                      const char *text, PresyncOrigin *origin)
{
  const char *const list[] = { text, "another member", NULL };

  switch (key->type)
    {
    case PRESYNC_FACT_BOOLEAN:
      return presync_fact_new_boolean (key->id, subject, TRUE, origin);
    case PRESYNC_FACT_INTEGER:
      return presync_fact_new_integer (key->id, subject, 17179869184, origin);
    case PRESYNC_FACT_LIST:
      return presync_fact_new_list (key->id, subject, list, origin);
    case PRESYNC_FACT_VERSION:
      return presync_fact_new_version (key->id, subject, "15.0.4375.4", origin);
    case PRESYNC_FACT_TIME:
      return presync_fact_new_time (key->id, subject, self->at, origin);
    case PRESYNC_FACT_TEXT:
    default:
      return presync_fact_new_text (key->id, subject, text, origin);
    }
}

/* All that @source tells, "server", "sql" or "tenant"; @text in each text and list; a SQL Server is
 * planned
 */
static inline void
report_test_give_findings (ReportTest *self, const char *source, const char *subject,
                           const char *text)
{
  g_autoptr (GPtrArray) facts = g_ptr_array_new_with_free_func (g_object_unref);
  gsize n = 0;
  const PresyncFactKey *keys = presync_fact_keys (&n);

  for (gsize i = 0; i < n; i++)
    {
      g_autofree char *query = g_strconcat ("read ", keys[i].id, NULL);
      g_autoptr (PresyncOrigin) origin
          = presync_origin_new (source, subject, query, self->at, TRUE);

      if (g_str_equal (keys[i].source, source))
        g_ptr_array_add (facts, report_test_new_fact (self, &keys[i], subject, text, origin));
    }
  presync_fact_set_update (presync_assessment_get_facts (self->assessment), facts);
  presync_assessment_set_feature (self->assessment, "own-sql", TRUE);
}

static inline void
report_test_give_objects (ReportTest *self, gint64 objects, gboolean complete)
{
  g_autoptr (GPtrArray) facts = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (PresyncOrigin) origin = presync_origin_new (
      "directory", "ldaps://dc1.contoso.com", "(objectCategory=person)", self->at, complete);

  g_ptr_array_add (facts,
                   presync_fact_new_integer ("forest.objects", "contoso.com", objects, origin));
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

/* Writes the full report */
static inline gboolean
report_test_save (ReportTest *self, const char *path, GDateTime *at, GCancellable *cancellable,
                  GError **error)
{
  g_autoptr (PresyncReportOptions) options = presync_report_options_new ();
  g_autoptr (PresyncReport) report = NULL;

  report = presync_report_new (self->assessment, options, at, cancellable, error);
  return report != NULL && presync_report_save_pdf (report, path, cancellable, error);
}

/* Makes everything that a directory or a person names long and nasty */
static inline void
report_test_make_hostile (ReportTest *self)
{
  g_autoptr (GString) name = g_string_new ("CN=");
  g_autofree char *solid = g_strnfill (10000, 'W');
  g_autofree char *many = g_strnfill (450, 'W');
  g_autofree char *bounded = g_strconcat ("\033[31m\a\342\200\256 שלום <b>&", many, NULL);
  g_autofree char *nasty = NULL;

  for (guint i = 0; i < 150; i++)
    g_string_append_printf (name, "Müller & <b>Söhne</b>,OU=Level %u", i);
  nasty = g_strconcat ("\033[31m\a\342\200\256 שלום 漢字漢字 ", solid, "\n\r\t", name->str, NULL);
  report_test_give_facts (self, nasty, name->str);
  report_test_answer (self, "cs-ram", solid, nasty);
  report_test_give_accounts (self, nasty, solid);
  report_test_give_rights (self, nasty, name->str);
  /* a facts file's texts, and a SQL Server's, are bounded */
  report_test_give_findings (self, "server", bounded, bounded);
  report_test_give_findings (self, "sql", bounded, bounded);
  report_test_give_findings (self, "tenant", bounded, bounded);
  report_test_give_objects (self, 12345, FALSE);
  presync_assessment_set_sync_server (self->assessment, solid);
  presync_assessment_set_name (self->assessment, nasty);
}
