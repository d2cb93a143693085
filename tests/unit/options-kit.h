/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* A command line that is applied to an assessment of its own, or refused */
#include "assessment/target-options.h"

typedef struct
{
  PresyncAssessment *assessment;
  PresyncDirectoryTarget *target; /* nullable */
} OptionsTest;

static inline void
options_test_clear (OptionsTest *self)
{
  g_object_unref (self->assessment);
  g_clear_pointer (&self->target, presync_directory_target_free);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (OptionsTest, options_test_clear)

/* @line: the arguments, with blanks in between */
static inline OptionsTest
options_test_apply (const char *line)
{
  g_autoptr (PresyncTargetOptions) options = presync_target_options_new ();
  g_autoptr (GOptionContext) context = g_option_context_new (NULL);
  g_autoptr (PresyncCatalogue) catalogue = presync_catalogue_new_built_in ();
  OptionsTest self = { presync_assessment_new (catalogue), NULL };
  g_autofree char *command = g_strconcat ("program ", line, NULL);
  g_auto (GStrv) words = NULL;
  g_autoptr (GError) error = NULL;
  gboolean usage = FALSE;

  g_assert_true (g_shell_parse_argv (command, NULL, &words, &error));
  g_option_context_add_main_entries (context, presync_target_options_get_entries (options), NULL);
  g_option_context_parse_strv (context, &words, &error);
  g_assert_no_error (error);
  presync_target_options_apply (options, self.assessment, &usage, &error);
  g_assert_no_error (error);
  if (presync_target_options_has_directory (options))
    {
      self.target = presync_target_options_dup_directory (options, &usage, &error);
      g_assert_no_error (error);
      g_assert_true (presync_accounts_equal (self.target->accounts,
                                             presync_assessment_get_accounts (self.assessment)));
    }
  return self;
}

/* (transfer full): the error of a faulty line */
static inline GError *
options_test_fail (const char *line, gboolean *usage)
{
  g_autoptr (PresyncTargetOptions) options = presync_target_options_new ();
  g_autoptr (GOptionContext) context = g_option_context_new (NULL);
  g_autoptr (PresyncCatalogue) catalogue = presync_catalogue_new_built_in ();
  g_autoptr (PresyncAssessment) assessment = presync_assessment_new (catalogue);
  g_autofree char *command = g_strconcat ("program ", line, NULL);
  g_auto (GStrv) words = NULL;
  g_autoptr (GError) error = NULL;

  g_test_message ("%s", line);
  g_assert_true (g_shell_parse_argv (command, NULL, &words, &error));
  g_option_context_add_main_entries (context, presync_target_options_get_entries (options), NULL);
  g_option_context_parse_strv (context, &words, &error);
  g_assert_no_error (error);
  g_assert_false (presync_target_options_apply (options, assessment, usage, &error));
  g_assert_nonnull (error);
  return g_steal_pointer (&error);
}
