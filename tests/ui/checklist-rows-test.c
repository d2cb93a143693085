/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which row of a checklist an id leads to. Needs no display. */
#include "app/checklist-rows.h"
#include "assessment/assessment.h"

/* A page that shows a condition leads to it, not to the requirement that has the same id. */
static void
test_shared_ids (void)
{
  g_autoptr (PresyncCatalogue) catalogue = presync_catalogue_new_built_in ();
  g_autoptr (PresyncAssessment) assessment = presync_assessment_new (catalogue);
  guint shared = 0;

  for (guint option = 0; option < PRESYNC_N_OPTIONS; option++)
    {
      PresyncChecklist *checklist = presync_assessment_get_checklist (assessment, option);
      g_autoptr (PresyncChecklistRows) rows = presync_checklist_rows_new (checklist);
      GListModel *model = presync_checklist_rows_get_model (rows);

      for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (checklist)); i++)
        {
          g_autoptr (PresyncChecklistItem) row
              = g_list_model_get_item (G_LIST_MODEL (checklist), i);
          GListModel *children = presync_checklist_item_get_children (row);
          guint n = g_list_model_get_n_items (children);

          for (guint j = 0; n > 1 && j < n; j++)
            {
              g_autoptr (PresyncChecklistItem) child = g_list_model_get_item (children, j);
              const char *id = presync_checklist_item_get_id (child);
              guint position = presync_checklist_rows_find (rows, id);
              g_autoptr (GtkTreeListRow) found = g_list_model_get_item (model, position);
              g_autoptr (GObject) item = found != NULL ? gtk_tree_list_row_get_item (found) : NULL;

              g_assert_true (item == G_OBJECT (child));
              if (g_str_equal (id, presync_checklist_item_get_id (row)))
                {
                  g_autoptr (GtkTreeListRow) other = NULL;
                  g_autoptr (GObject) requirement = NULL;

                  shared++;
                  position = presync_checklist_rows_find_item (rows, row);
                  other = g_list_model_get_item (model, position);
                  requirement = gtk_tree_list_row_get_item (other);
                  g_assert_true (requirement == G_OBJECT (row));
                }
            }
        }
    }
  /* Else nothing was tried. */
  g_assert_cmpuint (shared, >, 0);
  presync_runner_close (presync_assessment_get_runner (assessment));
}

static void
test_nothing (void)
{
  g_autoptr (PresyncCatalogue) catalogue = presync_catalogue_new_built_in ();
  g_autoptr (PresyncAssessment) assessment = presync_assessment_new (catalogue);
  g_autoptr (PresyncChecklistRows) rows = presync_checklist_rows_new (
      presync_assessment_get_checklist (assessment, PRESYNC_OPTION_CLOUD_SYNC));

  g_assert_cmpuint (presync_checklist_rows_find (rows, "cn-object-quota"), ==,
                    GTK_INVALID_LIST_POSITION);
  presync_checklist_rows_set_search (rows, "no row has these words");
  g_assert_cmpuint (presync_checklist_rows_find (rows, "cs-object-quota"), ==,
                    GTK_INVALID_LIST_POSITION);
  presync_runner_close (presync_assessment_get_runner (assessment));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/checklist-rows/shared-ids", test_shared_ids);
  g_test_add_func ("/checklist-rows/nothing", test_nothing);
  return g_test_run ();
}
