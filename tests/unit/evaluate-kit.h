/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "rules-kit.h"
#include "rules/evaluate.h"

/* Tests as data, put together by hand, and what they must come to. */

G_GNUC_UNUSED static PresyncTest *
evaluate_test_leaf (PresyncTestKind kind, const char *fact, gint64 number, const char *value)
{
  PresyncTest *test = presync_test_new (kind);

  test->fact = g_strdup (fact);
  test->number = number;
  test->values = value != NULL ? g_strsplit (value, "|", -1) : NULL;
  return test;
}

/* (transfer full) @a, @b (nullable) */
G_GNUC_UNUSED static PresyncTest *
evaluate_test_group (PresyncTestKind kind, PresyncTest *a, PresyncTest *b)
{
  PresyncTest *test = presync_test_new (kind);

  test->children = g_ptr_array_new_with_free_func ((GDestroyNotify) presync_test_free);
  g_ptr_array_add (test->children, a);
  if (b != NULL)
    g_ptr_array_add (test->children, b);
  return test;
}

G_GNUC_UNUSED static void
evaluate_test_assert (RulesTest *self, PresyncTest *given, PresyncTruth expected)
{
  g_autoptr (PresyncTest) test = given;
  g_autofree char *text = presync_test_dup_text (test);
  PresyncTruth truth = presync_evaluate (test, self->facts, self->now, NULL);

  if (truth != expected)
    g_error ("%s is %d, not %d", text, (int) truth, (int) expected);
}
