/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "rules/judge.h"

#include <glib/gi18n.h>

#include "facts/fact-list.h"
#include "rules/found.h"

void
presync_judgement_free (PresyncJudgement *self)
{
  if (self == NULL)
    return;
  g_free (self->found);
  g_free (self->reason);
  g_clear_pointer (&self->facts, g_ptr_array_unref);
  g_free (self);
}

PresyncStatus
presync_worst_status (PresyncStatus a, PresyncStatus b)
{
  return MAX (a, b);
}

static const char *
presync_judge_label (const char *key)
{
  return _ (presync_fact_key_find (key)->label);
}

static char *
presync_judge_why_unknown (GPtrArray *facts)
{
  for (guint i = 0; i < facts->len; i++)
    {
      PresyncFact *fact = g_ptr_array_index (facts, i);
      if (presync_fact_get_unknown (fact) != PRESYNC_UNKNOWN_NONE)
        return g_strdup (presync_fact_get_detail (fact));
    }
  for (guint i = 0; i < facts->len; i++)
    {
      PresyncFact *fact = g_ptr_array_index (facts, i);
      PresyncOrigin *origin = presync_fact_get_origin (fact);
      if (!presync_origin_get_complete (origin))
        return g_strdup_printf (_ ("%s: not everything was read from %s, so there may be more."),
                                presync_judge_label (presync_fact_get_key (fact)),
                                presync_origin_get_target (origin));
    }
  return g_strdup (_ ("It could not be read."));
}

/* (nullable): the first leaf of @test that lacks a fact that nobody has collected, and the @key of
 * that fact */
static const PresyncTest *
presync_judge_missing (const PresyncTest *test, PresyncFactSet *facts, const PresyncFactKey **key)
{
  const PresyncTest *missing = NULL;
  const char *lacks = NULL;

  if (test->with != NULL && presync_fact_set_lookup (facts, test->with) == NULL)
    lacks = test->with;
  if (test->fact != NULL && test->kind != PRESYNC_TEST_IS_COLLECTED)
    {
      GPtrArray *layers = presync_fact_set_list_layers (facts, test->fact);
      if (layers == NULL || (test->kind == PRESYNC_TEST_AGREES && layers->len < 2))
        lacks = test->fact;
    }
  if (lacks != NULL)
    {
      *key = presync_fact_key_find (lacks);
      return test;
    }
  for (guint i = 0; missing == NULL && test->children != NULL && i < test->children->len; i++)
    missing = presync_judge_missing (g_ptr_array_index (test->children, i), facts, key);
  return missing;
}

/* What is seen of a tenant from outside; all else needs a sign-in, and so may a domain that is not
 * among those that were looked up. */
static gboolean
presync_judge_is_open (const PresyncFactKey *key)
{
  static const char *const open[] = { "tenant.exists",
                                      "tenant.id",
                                      "tenant.cloud",
                                      "tenant.unverified-suffixes",
                                      "tenant.foreign-suffixes",
                                      "tenant.domain-tenant",
                                      "tenant.domain-realm",
                                      NULL };

  return g_strv_contains (open, key->id);
}

/* What has to be known before the network can be tried for @key; of an address of Microsoft's lists
 * there may be nothing to try, however often that is asked for. */
static const char *
presync_judge_how_to_try (const PresyncFactKey *key)
{
  static const char *const always[] = { "network.internet-name", "network.public-issuer", NULL };
  static const char *const of_forest[] = { "network.domain-reached", "network.srv-record", NULL };

  if (g_strv_contains (always, key->id))
    return _ ("Try the network from this computer (page Sources), or read a facts file with "
              "network results (page Sync server); or answer by hand.");
  if (g_str_has_prefix (key->id, "network.dc-") || g_strv_contains (of_forest, key->id))
    return _ ("Connect to a domain controller and try the network from this computer (page "
              "Sources), or read a facts file with network results (page Sync server); or answer "
              "by hand.");
  if (g_str_has_prefix (key->id, "network.adfs-"))
    return _ ("Name the federation service and its servers and try the network from this computer "
              "(page Sources), or read a facts file with network results (page Sync server); or "
              "answer by hand.");
  return _ ("Try the network from this computer (page Sources), or read a facts file with network "
            "results (page Sync server). For some clouds Microsoft publishes no host that could be "
            "tried: then answer by hand.");
}

/* What can be done to have @key read, of sources that are not the directory; (nullable) */
static const char *
presync_judge_how_to_read (const PresyncFactKey *key)
{
  if (g_strcmp0 (key->also, "directory") == 0)
    return _ ("Read a facts file of the sync server (page Sync server), or connect to "
              "its domain and name the server; or answer by hand.");
  if (g_strcmp0 (key->also, "network") == 0)
    return presync_judge_how_to_try (key);
  if (g_str_equal (key->source, "server"))
    return _ ("Read a facts file of the sync server (page Sync server), or answer by hand.");
  if (g_str_equal (key->source, "sql"))
    return _ ("Connect to the SQL Server (page SQL Server), or answer by hand.");
  if (g_str_equal (key->source, "tenant"))
    return presync_judge_is_open (key)
               ? _ ("Name your tenant (page Entra tenant), or answer by hand.")
               : _ ("Sign in to the tenant (page Entra tenant, or presync-cli sign-in), or "
                    "answer by hand.");
  return NULL;
}

/* @key: what the sync server knows best and has told, with nothing to compare it with */
static gboolean
presync_judge_lacks_computer_object (const PresyncTest *missing, const PresyncFactKey *key,
                                     PresyncFactSet *facts)
{
  return missing->kind == PRESYNC_TEST_AGREES
         && presync_fact_set_lookup_source (facts, key->id, "server") != NULL;
}

static char *
presync_judge_why_unanswered (const PresyncTest *test, PresyncFactSet *facts)
{
  const PresyncFactKey *key = NULL;
  const PresyncTest *missing = presync_judge_missing (test, facts, &key);
  const char *how;

  if (missing == NULL)
    return g_strdup (_ ("Find out by hand and answer: no program can see this."));
  if (presync_judge_lacks_computer_object (missing, key, facts))
    return g_strdup (_ ("The sync server’s computer object was not read: connect to its domain and "
                        "name the server, or answer by hand."));
  /* Two are compared: the facts file is the one that is missing. */
  if (missing->kind == PRESYNC_TEST_AGREES && g_strcmp0 (key->also, "directory") == 0)
    return g_strdup (
        _ ("Read a facts file of the sync server (page Sync server), or answer by hand."));
  how = presync_judge_how_to_read (key);
  if (how != NULL)
    return g_strdup (how);
  if (!g_str_equal (key->source, "directory"))
    /* TRANSLATORS: %s is a source, such as Microsoft Entra tenant */
    return g_strdup_printf (_ ("Find out by hand and answer: not read yet (%s)."),
                            presync_source_title (key->source));
  /* This may depend on the condition alone: it is not judged again when other facts come. */
  if (presync_fact_key_get_account (key->id) != NULL)
    return g_strdup (_ ("Name this account under Accounts, or answer by hand."));
  if (g_str_has_prefix (key->id, "adfs."))
    return g_strdup (_ ("Connect to a domain controller and name the AD FS servers (page Sources); "
                        "or answer by hand."));
  if (g_str_has_prefix (key->id, "server."))
    return g_strdup (_ ("The sync server’s computer object was not read: connect to its domain and "
                        "name the server, or answer by hand."));
  return g_strdup (_ ("No directory was read: connect to a domain controller, or answer by hand."));
}

/* @about: what an advice looked at; what is there by the letter is shown, also if all is well */
static void
presync_judge_note_documented (GPtrArray *about, GPtrArray *used)
{
  g_autoptr (GPtrArray) documented = g_ptr_array_new ();

  for (guint i = 0; i < about->len; i++)
    if (presync_found_is_documented (g_ptr_array_index (about, i)))
      g_ptr_array_add (documented, g_ptr_array_index (about, i));
  presync_fact_list_add (used, documented);
}

/* @used: the facts for which there is advice are put in front of it */
static const char *
presync_judge_find_advice (PresyncCondition *condition, PresyncFactSet *facts, GDateTime *now,
                           GPtrArray *used)
{
  GPtrArray *advice = presync_condition_get_advice (condition);
  const char *found = NULL;

  for (guint i = 0; i < advice->len; i++)
    {
      PresyncAdvice *item = g_ptr_array_index (advice, i);
      g_autoptr (GPtrArray) about = g_ptr_array_new_with_free_func (g_object_unref);
      gboolean fails = presync_evaluate (item->test, facts, now, about) == PRESYNC_FALSE;
      presync_judge_note_documented (about, used);
      if (!fails || found != NULL)
        continue;
      found = item->text;
      presync_fact_list_add (about, used);
      g_ptr_array_set_size (used, 0);
      presync_fact_list_add (used, about);
    }
  return found;
}

/* Was something measured that is not of what the condition asks, or may not be? Then that is why
 * nothing is known. */
static gboolean
presync_judge_is_beside (PresyncJudgement *self, PresyncCondition *condition, PresyncFactSet *facts,
                         GDateTime *now)
{
  const PresyncProvided *provided = presync_condition_get_provided (condition);
  PresyncTruth truth = PRESYNC_TRUE;
  g_autoptr (GPtrArray) used = g_ptr_array_new_with_free_func (g_object_unref);

  if (provided == NULL)
    return FALSE;
  truth = presync_evaluate (provided->test, facts, now, used);
  presync_fact_list_add (self->facts, used);
  if (truth == PRESYNC_FALSE)
    self->reason = g_strdup (provided->text);
  else if (truth == PRESYNC_NOT_READ)
    self->reason = presync_judge_why_unknown (used);
  return self->reason != NULL;
}

/* Tests name what they are about first: was that not collected? Then what was found tells of
 * something else. */
static gboolean
presync_judge_lacks_first (const PresyncTest *test, PresyncFactSet *facts)
{
  while (test->children != NULL && test->children->len > 0)
    test = g_ptr_array_index (test->children, 0);
  return test->fact != NULL && !g_str_has_prefix (test->fact, "plan.")
         && presync_fact_set_lookup (facts, test->fact) == NULL;
}

/* A feature that nobody spoke of is not planned. */
static gboolean
presync_judge_is_planned (PresyncCondition *condition, PresyncFactSet *facts)
{
  const char *feature = presync_condition_get_feature (condition);
  GPtrArray *plan = feature != NULL ? presync_fact_set_lookup (facts, feature) : NULL;

  if (feature == NULL)
    return TRUE;
  return plan != NULL && presync_fact_get_boolean (g_ptr_array_index (plan, 0));
}

/* @test: what has that @truth; @used: the facts it looked at; @advice: (nullable): for what is true
 */
static void
presync_judge_settle (PresyncJudgement *self, PresyncCondition *condition, const PresyncTest *test,
                      PresyncTruth truth, PresyncFactSet *facts, GPtrArray *used,
                      const char *advice)
{
  switch (truth)
    {
    case PRESYNC_TRUE:
      self->status = advice != NULL ? PRESYNC_STATUS_ADVICE : PRESYNC_STATUS_MET;
      self->reason = g_strdup (advice);
      return;
    case PRESYNC_FALSE:
      self->status = presync_condition_get_severity (condition) == PRESYNC_SEVERITY_RECOMMENDED
                         ? PRESYNC_STATUS_ADVICE
                         : PRESYNC_STATUS_NOT_MET;
      return;
    case PRESYNC_NOT_COLLECTED:
      self->status = PRESYNC_STATUS_NEEDS_ANSWER;
      self->reason = presync_judge_why_unanswered (test, facts);
      return;
    case PRESYNC_NOT_READ:
    default:
      self->status = PRESYNC_STATUS_UNKNOWN;
      self->reason = presync_judge_why_unknown (used);
      return;
    }
}

PresyncJudgement *
presync_judge (PresyncCondition *condition, PresyncFactSet *facts, GDateTime *now)
{
  PresyncTruth applies = PRESYNC_TRUE;
  PresyncTruth truth;
  const PresyncTest *test;
  const PresyncTest *only_when;
  const char *advice = NULL;
  gboolean beside = FALSE;
  g_autoptr (GPtrArray) decides = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (PresyncJudgement) self = g_new0 (PresyncJudgement, 1);

  g_return_val_if_fail (PRESYNC_IS_CONDITION (condition), NULL);
  g_return_val_if_fail (PRESYNC_IS_FACT_SET (facts) && now != NULL, NULL);
  self->facts = g_ptr_array_new_with_free_func (g_object_unref);
  if (!presync_judge_is_planned (condition, facts))
    {
      const char *feature = presync_condition_get_feature (condition);
      self->status = PRESYNC_STATUS_NOT_APPLICABLE;
      self->reason
          = g_strdup_printf (_ ("Only if this is planned: %s."), presync_judge_label (feature));
      return g_steal_pointer (&self);
    }
  test = presync_condition_get_test (condition);
  truth = presync_evaluate (test, facts, now, self->facts);
  only_when = presync_condition_get_only_when (condition);
  if (only_when != NULL)
    applies = presync_evaluate (only_when, facts, now, decides);
  presync_fact_list_add (self->facts, decides);
  if (applies != PRESYNC_FALSE && (truth == PRESYNC_TRUE || truth == PRESYNC_FALSE))
    beside = presync_judge_is_beside (self, condition, facts, now);
  if (truth == PRESYNC_TRUE && applies != PRESYNC_FALSE && !beside)
    advice = presync_judge_find_advice (condition, facts, now, self->facts);
  /* Where what matters was not collected, what was read beside it is no finding. */
  if (truth != PRESYNC_NOT_COLLECTED && applies != PRESYNC_FALSE)
    self->found = presync_found_describe (
        self->facts, truth == PRESYNC_TRUE && presync_condition_get_provided (condition) == NULL,
        presync_judge_lacks_first (test, facts));
  if (applies == PRESYNC_FALSE)
    {
      self->status = PRESYNC_STATUS_NOT_APPLICABLE;
      self->reason = g_strdup (_ ("Does not apply to what was found or planned."));
    }
  else if (beside)
    self->status = PRESYNC_STATUS_UNKNOWN;
  else if (applies != PRESYNC_TRUE && (truth != PRESYNC_TRUE || advice != NULL))
    /* Whether it applies is open, so neither failing it nor the advice is a certainty. */
    presync_judge_settle (self, condition, only_when, applies, facts, decides, NULL);
  else
    presync_judge_settle (self, condition, test, truth, facts, self->facts, advice);
  return g_steal_pointer (&self);
}
