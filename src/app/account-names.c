/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/account-names.h"

#include "app/connection.h"
#include "app/settings.h"
#include "assessment/target-options.h"

/* Kept with an assessment that shows the sample: the plan that was there before */
#define REAL_PLAN "presync-real-plan"

typedef struct
{
  PresyncAccounts *accounts;
  GPtrArray *features; /* ids; ends with NULL */
} RealPlan;

/* What has to be planned so that an account of one's own matters */
static const struct
{
  const char *field;
  const char *feature;
} features[] = {
  { "gmsa", "custom-gmsa" },
  { "connector", "custom-settings" },
  { "service", "custom-settings" },
  { "entra-connector", "custom-settings" },
};

gboolean
presync_account_names_is_used (PresyncAssessment *assessment, const char *field)
{
  g_return_val_if_fail (PRESYNC_IS_ASSESSMENT (assessment), FALSE);

  for (gsize i = 0; i < G_N_ELEMENTS (features); i++)
    if (g_strcmp0 (field, features[i].field) == 0)
      return presync_assessment_get_feature (assessment, features[i].feature);
  return TRUE;
}

static void
presync_account_names_plan (PresyncAssessment *assessment, const char *field, const char *name)
{
  for (gsize i = 0; i < G_N_ELEMENTS (features); i++)
    {
      if (!g_str_equal (field, features[i].field))
        continue;
      if (name != NULL)
        presync_assessment_set_feature (assessment, features[i].feature, TRUE);
      /* Without one of its own the agent has the one that its installer makes. Custom settings may
       * still be wanted for something else. */
      else if (g_str_equal (field, "gmsa"))
        presync_assessment_set_feature (assessment, features[i].feature, FALSE);
    }
}

void
presync_account_names_set (PresyncAssessment *assessment, const char *field, const char *name)
{
  g_autoptr (PresyncAccounts) accounts = NULL;

  g_return_if_fail (PRESYNC_IS_ASSESSMENT (assessment));
  g_return_if_fail (field != NULL);

  accounts = presync_accounts_copy (presync_assessment_get_accounts (assessment));
  if (accounts == NULL)
    accounts = presync_accounts_new ();
  presync_accounts_set (accounts, field, name);
  presync_account_names_plan (assessment, field, presync_accounts_get (accounts, field));
  presync_assessment_set_accounts (assessment, accounts);
  /* The sample's names must not turn up in the next real assessment. */
  if (!presync_connection_is_sample (assessment))
    presync_settings_save_accounts (assessment);
  presync_settings_save (assessment);
}

static void
presync_account_names_real_plan_free (gpointer data)
{
  RealPlan *plan = data;

  presync_accounts_free (plan->accounts);
  g_ptr_array_unref (plan->features);
  g_free (plan);
}

static RealPlan *
presync_account_names_real_plan_new (PresyncAssessment *assessment)
{
  RealPlan *plan = g_new0 (RealPlan, 1);
  gsize n = 0;
  const PresyncFactKey *keys = presync_fact_keys (&n);

  plan->accounts = presync_accounts_copy (presync_assessment_get_accounts (assessment));
  plan->features = g_ptr_array_new ();
  for (gsize i = 0; i < n; i++)
    if (g_str_has_prefix (keys[i].id, "plan.")
        && presync_assessment_get_feature (assessment, keys[i].id + strlen ("plan.")))
      g_ptr_array_add (plan->features, (gpointer) (keys[i].id + strlen ("plan.")));
  g_ptr_array_add (plan->features, NULL);
  return plan;
}

static void
presync_account_names_enter_sample (PresyncAssessment *assessment)
{
  g_autoptr (PresyncDirectoryTarget) target = presync_sample_dup_target (NULL);
  RealPlan *plan = presync_account_names_real_plan_new (assessment);
  const char *const *planned = (const char *const *) plan->features->pdata;

  g_object_set_data_full (G_OBJECT (assessment), REAL_PLAN, plan,
                          presync_account_names_real_plan_free);
  presync_assessment_set_accounts (assessment, target->accounts);
  if (planned[0] == NULL)
    (void) presync_assessment_set_features (assessment, presync_sample_get_features (), NULL);
}

static void
presync_account_names_leave_sample (PresyncAssessment *assessment)
{
  RealPlan *plan = g_object_get_data (G_OBJECT (assessment), REAL_PLAN);

  if (plan != NULL)
    {
      (void) presync_assessment_set_features (assessment,
                                              (const char *const *) plan->features->pdata, NULL);
      presync_assessment_set_accounts (assessment, plan->accounts);
    }
  else if (presync_connection_is_apart (assessment))
    {
      const char *const none[] = { NULL };

      (void) presync_assessment_set_features (assessment, none, NULL);
      presync_assessment_set_accounts (assessment, NULL);
    }
  else
    {
      /* The program was started with the sample. */
      g_autoptr (GSettings) settings = presync_settings_new ();
      g_autoptr (PresyncAccounts) kept = presync_settings_dup_accounts (settings);

      presync_settings_restore_features (assessment);
      presync_assessment_set_accounts (assessment, kept);
    }
  g_object_set_data (G_OBJECT (assessment), REAL_PLAN, NULL);
}

void
presync_account_names_follow (PresyncAssessment *assessment, gboolean sample)
{
  g_return_if_fail (PRESYNC_IS_ASSESSMENT (assessment));

  if (sample)
    presync_account_names_enter_sample (assessment);
  else
    presync_account_names_leave_sample (assessment);
}
