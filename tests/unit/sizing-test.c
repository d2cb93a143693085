/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How large the server must be, by the number of objects; and that the catalogue says the same. */
#include "assessment/sizing.h"

#include <string.h>

#include "assessment/assessment.h"
#include "assessment/sizing-lanes.h"

#define GB (G_GINT64_CONSTANT (1) << 30)

static void
sizing_test_tell (PresyncFactSet *facts, const char *key, gint64 value, gboolean complete)
{
  g_autoptr (GDateTime) at = g_date_time_new_utc (2026, 10, 28, 9, 14, 0);
  gboolean server = g_str_has_prefix (key, "server.");
  g_autoptr (PresyncOrigin) origin
      = presync_origin_new (server ? "server" : "directory", "test", "count", at, complete);
  g_autoptr (GPtrArray) told = g_ptr_array_new_with_free_func (g_object_unref);

  g_ptr_array_add (told, presync_fact_new_integer (key, "", value, origin));
  presync_fact_set_update (facts, told);
}

static void
sizing_test_rows (void)
{
  static const struct
  {
    gint64 objects;
    gint64 memory;
    gint64 disk;
    gboolean own_sql;
  } cases[] = {
    { 0, 6, 70, FALSE },       { 9999, 6, 70, FALSE },    { 10000, 6, 70, FALSE },
    { 49999, 6, 70, FALSE },   { 50000, 16, 100, FALSE }, { 99999, 16, 100, FALSE },
    { 100000, 32, 300, TRUE }, { 299999, 32, 300, TRUE }, { 300000, 32, 450, TRUE },
    { 600000, 32, 450, TRUE }, { 600001, 32, 500, TRUE }, { 5000000, 32, 500, TRUE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (PresyncFactSet) facts = presync_fact_set_new ();
      PresyncSizing sizing;

      sizing_test_tell (facts, "forest.objects", cases[i].objects, TRUE);
      sizing = presync_sizing_get (facts);
      g_assert_cmpint (sizing.objects, ==, cases[i].objects);
      g_assert_true (sizing.complete);
      g_assert_nonnull (sizing.row);
      g_assert_cmpint (sizing.row->memory, ==, cases[i].memory * GB);
      g_assert_cmpint (sizing.row->disk, ==, cases[i].disk * GB);
      g_assert_true (sizing.row->own_sql == cases[i].own_sql);
    }
}

static void
sizing_test_text (gint64 objects, gboolean complete, const char *expected)
{
  g_autoptr (PresyncFactSet) facts = presync_fact_set_new ();
  g_autofree char *text = NULL;
  PresyncSizing sizing;

  sizing_test_tell (facts, "forest.objects", objects, complete);
  sizing = presync_sizing_get (facts);
  text = presync_sizing_dup_text (&sizing);
  g_assert_cmpstr (text, ==, expected);
}

static void
sizing_test_texts (void)
{
  /* C.UTF-8 has no thousands separator. */
  sizing_test_text (12431, TRUE,
                    "About 12400 objects: 6 GB of memory, 70 GB of disk; the built-in LocalDB is "
                    "enough.");
  sizing_test_text (99999, TRUE,
                    "About 99900 objects: 16 GB of memory, 100 GB of disk; the built-in LocalDB is "
                    "enough.");
  sizing_test_text (100000, TRUE,
                    "About 100000 objects: 32 GB of memory, 300 GB of disk; LocalDB is too small, "
                    "a SQL Server of your own is needed.");
  sizing_test_text (49999, FALSE,
                    "At least 49900 objects, not all were counted: at least 6 GB of memory, 70 GB "
                    "of disk; whether LocalDB is enough is not known.");
  sizing_test_text (400000, FALSE,
                    "At least 400000 objects, not all were counted: at least 32 GB of memory, 450 "
                    "GB of disk; LocalDB is too small, a SQL Server of your own is needed.");
}

static void
sizing_test_unknown (void)
{
  g_autoptr (PresyncFactSet) facts = presync_fact_set_new ();
  g_autoptr (GDateTime) at = g_date_time_new_utc (2026, 10, 28, 9, 14, 0);
  g_autoptr (PresyncOrigin) origin = presync_origin_new ("directory", "test", "count", at, FALSE);
  g_autoptr (GPtrArray) told = g_ptr_array_new_with_free_func (g_object_unref);
  g_autofree char *text = NULL;
  PresyncSizing sizing = presync_sizing_get (facts);

  g_assert_cmpint (sizing.objects, ==, -1);
  g_assert_null (sizing.row);
  g_ptr_array_add (told, presync_fact_new_unknown ("forest.objects", "", PRESYNC_UNKNOWN_NO_RIGHT,
                                                   "No right.", origin));
  presync_fact_set_update (facts, told);
  sizing = presync_sizing_get (facts);
  g_assert_cmpint (sizing.objects, ==, -1);
  text = presync_sizing_dup_text (&sizing);
  g_assert_nonnull (strstr (text, "not counted"));
}

static void
sizing_test_position (void)
{
  const double nearly = 0.0001;

  g_assert_cmpfloat (presync_sizing_position (-1), ==, 0.0);
  g_assert_cmpfloat (presync_sizing_position (0), ==, 0.0);
  g_assert_cmpfloat (presync_sizing_position (12), ==, 0.0);
  g_assert_cmpfloat_with_epsilon (presync_sizing_position (1000), 0.0, nearly);
  g_assert_cmpfloat_with_epsilon (presync_sizing_position (10000), 1.0 / 3.0, nearly);
  g_assert_cmpfloat_with_epsilon (presync_sizing_position (100000), 2.0 / 3.0, nearly);
  g_assert_cmpfloat (presync_sizing_position (1000000), ==, 1.0);
  g_assert_cmpfloat (presync_sizing_position (G_MAXINT64), ==, 1.0);
}

static void
sizing_test_order (void)
{
  gsize n_rows = 0;
  gsize n_limits = 0;
  const PresyncSizingRow *rows = presync_sizing_rows (&n_rows);
  const PresyncSizingLimit *limits = presync_sizing_limits (&n_limits);

  g_assert_cmpuint (n_rows, ==, 6);
  g_assert_cmpint (rows[0].from, ==, 0);
  for (gsize i = 1; i < n_rows; i++)
    {
      g_assert_cmpint (rows[i - 1].from, <, rows[i].from);
      g_assert_cmpint (rows[i - 1].memory, <=, rows[i].memory);
      g_assert_cmpint (rows[i - 1].disk, <=, rows[i].disk);
    }
  for (gsize i = 1; i < n_limits; i++)
    g_assert_cmpint (limits[i - 1].objects, <, limits[i].objects);
  for (gsize i = 0; i < n_limits; i++)
    /* Where LocalDB ends, the rows begin to ask for another. */
    if (!limits[i].tenant)
      for (gsize j = 0; j < n_rows; j++)
        g_assert_true (rows[j].own_sql == (rows[j].from >= limits[i].objects));
}

static void
sizing_test_status (PresyncAssessment *assessment, const char *condition, PresyncStatus expected)
{
  PresyncChecklist *checklist
      = presync_assessment_get_checklist (assessment, PRESYNC_OPTION_CONNECT_SYNC);
  PresyncChecklistItem *item = presync_checklist_find (checklist, condition);

  g_assert_nonnull (item);
  g_assert_cmpstr (presync_status_id (presync_checklist_item_get_status (item)), ==,
                   presync_status_id (expected));
}

/* The bar and the checklist tell of the same figures. */
static void
sizing_test_catalogue (void)
{
  g_autoptr (PresyncCatalogue) catalogue = presync_catalogue_new_built_in ();
  g_autoptr (PresyncAssessment) assessment = presync_assessment_new (catalogue);
  PresyncFactSet *facts = presync_assessment_get_facts (assessment);
  gsize n = 0;
  const PresyncSizingRow *rows = presync_sizing_rows (&n);

  for (gsize i = 0; i < n; i++)
    for (guint last = 0; last <= 1; last++)
      {
        gint64 objects = !last ? rows[i].from : (i + 1 < n ? rows[i + 1].from - 1 : 2000000);

        sizing_test_tell (facts, "forest.objects", objects, TRUE);
        sizing_test_status (assessment, "cn-sql-default",
                            rows[i].own_sql ? PRESYNC_STATUS_NOT_MET : PRESYNC_STATUS_MET);
        for (guint enough = 0; enough <= 1; enough++)
          {
            PresyncStatus expected = enough ? PRESYNC_STATUS_MET : PRESYNC_STATUS_NOT_MET;

            sizing_test_tell (facts, "server.memory", rows[i].memory * (enough ? 100 : 90) / 100,
                              TRUE);
            sizing_test_tell (facts, "server.disk-size", rows[i].disk * (enough ? 100 : 90) / 100,
                              TRUE);
            sizing_test_status (assessment, "cn-ram-cpu-disk", expected);
            sizing_test_status (assessment, "cn-disk", expected);
          }
      }
}

static void
sizing_test_lane (PresyncSizingLane lane, const char *expected)
{
  static const PresyncSizing none = { -1, TRUE, NULL };
  g_autoptr (GArray) parts = presync_sizing_lane_list (lane);
  g_autoptr (GString) text = g_string_new (NULL);
  gint64 from = 0;

  for (guint i = 0; i < parts->len; i++)
    {
      const PresyncSizingPart *part = &g_array_index (parts, PresyncSizingPart, i);
      const PresyncSizing first = { part->from, TRUE, NULL };
      const PresyncSizing before = { part->from - 1, TRUE, NULL };

      g_assert_cmpint (part->from, ==, from);
      g_assert_true (presync_sizing_part_is_active (part, &first));
      g_assert_false (presync_sizing_part_is_active (part, &before));
      g_assert_false (presync_sizing_part_is_active (part, &none));
      from = part->to;
      g_string_append_printf (text, "%s%s", i > 0 ? "|" : "", part->brief);
    }
  g_assert_cmpint (from, ==, G_MAXINT64);
  g_assert_cmpstr (text->str, ==, expected);
}

/* Rows that say the same are one part; none is left out. */
static void
sizing_test_lanes (void)
{
  sizing_test_lane (PRESYNC_SIZING_DATABASE, "LocalDB|SQL Server");
  sizing_test_lane (PRESYNC_SIZING_MEMORY, "6|16|32");
  sizing_test_lane (PRESYNC_SIZING_DISK, "70|100|300|450|500");
  sizing_test_lane (PRESYNC_SIZING_TENANT, "50000|300000|on request");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/sizing/rows", sizing_test_rows);
  g_test_add_func ("/sizing/texts", sizing_test_texts);
  g_test_add_func ("/sizing/unknown", sizing_test_unknown);
  g_test_add_func ("/sizing/position", sizing_test_position);
  g_test_add_func ("/sizing/order", sizing_test_order);
  g_test_add_func ("/sizing/lanes", sizing_test_lanes);
  g_test_add_func ("/sizing/catalogue", sizing_test_catalogue);
  return g_test_run ();
}
