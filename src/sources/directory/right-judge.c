/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sources/directory/right-judge.h"

#include <glib/gi18n.h>

#include "sources/directory/bounds.h"
#include "sources/directory/principal-search.h"

/* @name: (out) (transfer none) (nullable): whom the entry is for; NULL if it does not tell */
static gboolean
presync_right_judge_name_trustee (const PresyncRightJudge *self, const PresyncAce *ace,
                                  const char **name, GError **error)
{
  g_autofree char *text = NULL;
  g_autoptr (GArray) sids = g_array_new (FALSE, FALSE, sizeof (PresyncSid));
  g_autoptr (GPtrArray) found = NULL;

  *name = NULL;
  if (ace->trustee.size == 0)
    return TRUE;
  text = presync_sid_to_text (&ace->trustee);
  *name = g_hash_table_lookup (self->names, text);
  if (*name != NULL)
    return TRUE;
  g_array_append_val (sids, ace->trustee);
  if (!presync_principal_name_sids (self->run, self->domains, sids, &found, error))
    return FALSE;
  *name = g_strdup (found->len > 0 ? g_ptr_array_index (found, 0) : text);
  g_hash_table_insert (self->names, g_steal_pointer (&text), (gpointer) *name);
  return TRUE;
}

/* @sentence: (out) (transfer full): why the entry leaves a right on @dn open */
static gboolean
presync_right_judge_explain_doubt (const PresyncRightJudge *self, const PresyncAce *ace,
                                   const char *dn, char **sentence, GError **error)
{
  const char *name;

  if (!presync_right_judge_name_trustee (self, ace, &name, error))
    return FALSE;
  if (name == NULL)
    *sentence = g_strdup_printf (_ ("An entry of the unknown type %u in the security descriptor of "
                                    "“%s” decides, and Presync cannot judge it."),
                                 ace->type, dn);
  else
    *sentence = g_strdup_printf (_ ("An entry for %s in the security descriptor of “%s” decides, "
                                    "and Presync cannot judge it: it is conditional (type %u)."),
                                 name, dn, ace->type);
  return TRUE;
}

/* What became of one right */
typedef struct
{
  GPtrArray *lacks;
  PresyncOrigin *origin; /* of the root; not owned */
  gboolean by_objects;   /* the objects decided, not the root alone */
  gboolean below;        /* objects were asked */
  PresyncUnknown reason; /* of @undecided */
  char *undecided;       /* by the root, or by objects that are not shown; nullable */
  char *doubt;           /* by an object; nullable */
  PresyncRightGaps *gaps;
} PresyncRightVerdict;

/* The head lacks it, but all objects that were looked at have it nevertheless. */
static gboolean
presync_right_judge_is_rescued (const PresyncRightQuestion *question)
{
  return question->below && question->n_looked_at > 0 && question->n_lacking == 0
         && question->n_undecided == 0;
}

/* (nullable): why the objects that were looked at may not be all; @reason: (out) */
static const char *
presync_right_judge_get_doubt (const PresyncRightJudge *self, guint slot, PresyncUnknown *reason)
{
  const PresyncRightScan *scan = self->scan;

  *reason = scan->reason;
  if (scan->reason != PRESYNC_UNKNOWN_NONE)
    return scan->problem;
  *reason = PRESYNC_UNKNOWN_NO_RIGHT;
  if (g_ptr_array_index (scan->doubts, slot) != NULL)
    return g_ptr_array_index (scan->doubts, slot);
  *reason = PRESYNC_UNKNOWN_PARTIAL;
  return scan->partial;
}

/* It is an advice only if it is certain: an object that is not shown may lack what the others have.
 */
static void
presync_right_judge_rescue (const PresyncRightJudge *self, const PresyncRightQuestion *question,
                            PresyncRightVerdict *verdict)
{
  PresyncUnknown reason;
  const char *doubt = presync_right_judge_get_doubt (self, question->slot, &reason);

  if (doubt == NULL)
    {
      verdict->by_objects = TRUE;
      presync_right_gaps_add (verdict->gaps, question->root->dn, PRESYNC_GAP_HEAD,
                              question->n_looked_at, question->example);
    }
  else if (verdict->undecided == NULL)
    {
      verdict->reason = reason;
      verdict->undecided = g_strdup (doubt);
    }
}

static gboolean
presync_right_judge_weigh (const PresyncRightJudge *self, const PresyncRightQuestion *question,
                           PresyncRightVerdict *verdict, GError **error)
{
  const char *name = NULL;

  verdict->origin = verdict->origin == NULL ? question->root->origin : verdict->origin;
  verdict->below = verdict->below || question->below;
  if (question->n_undecided > 0 && verdict->doubt == NULL
      && !presync_right_judge_explain_doubt (self, &question->undecided_ace, question->undecided_dn,
                                             &verdict->doubt, error))
    return FALSE;
  switch (question->access)
    {
    case PRESYNC_ACCESS_UNDECIDED:
      if (verdict->undecided == NULL)
        verdict->reason = PRESYNC_UNKNOWN_FAILED;
      return verdict->undecided != NULL
             || presync_right_judge_explain_doubt (self, &question->ace, question->root->dn,
                                                   &verdict->undecided, error);
    case PRESYNC_ACCESS_DENIED:
    case PRESYNC_ACCESS_MISSING:
      if (presync_right_judge_is_rescued (question))
        {
          presync_right_judge_rescue (self, question, verdict);
          return TRUE;
        }
      if (question->access == PRESYNC_ACCESS_DENIED
          && !presync_right_judge_name_trustee (self, &question->ace, &name, error))
        return FALSE;
      g_ptr_array_add (verdict->lacks,
                       presync_access_lack_format (question->class, question->part, name));
      return TRUE;
    case PRESYNC_ACCESS_GRANTED:
    default:
      return TRUE;
    }
}

/* (transfer full): @origin with what was left out of a list of gaps, or may be missing in it. The
 * gaps that were found are certain, whatever more there may be: a partial read of them counts. */
static PresyncOrigin *
presync_right_judge_dup_origin (PresyncOrigin *origin, const char *doubt, guint n_places)
{
  g_autoptr (GString) query = g_string_new (presync_origin_get_query (origin));

  if (n_places > PRESYNC_BOUND_RIGHT_PLACES)
    {
      g_autofree char *number = g_strdup_printf ("%'u", n_places);
      g_autofree char *named = g_strdup_printf ("%u", (guint) PRESYNC_BOUND_RIGHT_PLACES);
      g_string_append (query, " · ");
      g_string_append_printf (query, _ ("%s of %s places are named"), named, number);
    }
  if (doubt != NULL)
    g_string_append_printf (query, " · %s", doubt);
  return presync_origin_new (presync_origin_get_source (origin), presync_origin_get_target (origin),
                             query->str, presync_origin_get_at (origin),
                             n_places > 0 || presync_origin_get_complete (origin));
}

static void
presync_right_judge_add_gaps (const PresyncRightJudge *self, const char *key, guint slot,
                              const PresyncRightVerdict *verdict)
{
  const char *subject = self->run->forest->domain;
  guint n = presync_right_gaps_get_size (verdict->gaps);
  PresyncUnknown reason = verdict->reason;
  const char *doubt = verdict->undecided;
  PresyncOrigin *read = verdict->below ? self->scan->origin : verdict->origin;
  g_auto (GStrv) list = NULL;
  g_autoptr (PresyncOrigin) origin = NULL;

  if (doubt == NULL && verdict->doubt != NULL)
    {
      doubt = verdict->doubt;
      reason = PRESYNC_UNKNOWN_FAILED;
    }
  else if (doubt == NULL && verdict->below)
    doubt = presync_right_judge_get_doubt (self, slot, &reason);
  /* Gaps that were found are there, whatever else there may be. */
  if (doubt != NULL && n == 0)
    {
      presync_probe_add (self->run, presync_fact_new_unknown (key, subject, reason, doubt, read));
      return;
    }
  list = presync_right_gaps_list (verdict->gaps, PRESYNC_BOUND_RIGHT_PLACES);
  origin = presync_right_judge_dup_origin (read, doubt, n);
  presync_probe_add (self->run,
                     presync_fact_new_list (key, subject, (const char *const *) list, origin));
}

static void
presync_right_judge_add_verdict (const PresyncRightJudge *self, const PresyncAccessRight *keys,
                                 guint slot, const PresyncRightVerdict *verdict)
{
  const char *subject = self->run->forest->domain;

  presync_right_judge_add_gaps (self, keys->gaps, slot, verdict);
  /* What is certainly missing is, whatever becomes of the rest. */
  if (verdict->undecided != NULL && verdict->lacks->len == 0)
    {
      presync_probe_add (self->run, presync_fact_new_unknown (keys->fact, subject, verdict->reason,
                                                              verdict->undecided, verdict->origin));
      return;
    }
  g_ptr_array_add (verdict->lacks, NULL);
  presync_probe_add (
      self->run,
      presync_fact_new_list (keys->fact, subject, (const char *const *) verdict->lacks->pdata,
                             verdict->by_objects && verdict->lacks->len == 1 ? self->scan->origin
                                                                             : verdict->origin));
}

gboolean
presync_right_judge_add_facts (const PresyncRightJudge *self, const PresyncAccessRight *keys,
                               guint slot, GError **error)
{
  g_autoptr (GPtrArray) lacks = g_ptr_array_new_with_free_func (g_free);
  PresyncRightVerdict verdict = { .lacks = lacks };
  gboolean good = TRUE;

  verdict.gaps = g_ptr_array_index (self->scan->gaps, slot);
  for (guint i = 0; good && i < self->questions->len; i++)
    {
      const PresyncRightQuestion *question = g_ptr_array_index (self->questions, i);
      if (question->slot == slot)
        good = presync_right_judge_weigh (self, question, &verdict, error);
    }
  if (good)
    presync_right_judge_add_verdict (self, keys, slot, &verdict);
  g_free (verdict.undecided);
  g_free (verdict.doubt);
  return good;
}
