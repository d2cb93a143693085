/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/account-names.h"

#include "app/connection.h"
#include "app/settings.h"
#include "assessment/target-options.h"

/* Kept with an assessment whose features are planned for the sample only */
#define SAMPLE_PLAN "presync-sample-plan"

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

static gboolean
presync_account_names_is_unplanned (PresyncAssessment *assessment)
{
  gsize n = 0;
  const PresyncFactKey *keys = presync_fact_keys (&n);

  for (gsize i = 0; i < n; i++)
    if (g_str_has_prefix (keys[i].id, "plan.")
        && presync_assessment_get_feature (assessment, keys[i].id + strlen ("plan.")))
      return FALSE;
  return TRUE;
}

void
presync_account_names_follow (PresyncAssessment *assessment, gboolean sample)
{
  g_autoptr (GSettings) settings = presync_settings_new ();
  g_autoptr (PresyncAccounts) kept = presync_settings_dup_accounts (settings);
  g_autoptr (PresyncDirectoryTarget) target = presync_sample_dup_target (NULL);

  g_return_if_fail (PRESYNC_IS_ASSESSMENT (assessment));

  presync_assessment_set_accounts (assessment, sample ? target->accounts : kept);
  if (sample && presync_account_names_is_unplanned (assessment))
    {
      (void) presync_assessment_set_features (assessment, presync_sample_get_features (), NULL);
      g_object_set_data (G_OBJECT (assessment), SAMPLE_PLAN, GINT_TO_POINTER (TRUE));
    }
  else if (!sample && g_object_get_data (G_OBJECT (assessment), SAMPLE_PLAN) != NULL)
    {
      presync_settings_restore_features (assessment);
      g_object_set_data (G_OBJECT (assessment), SAMPLE_PLAN, NULL);
    }
}
