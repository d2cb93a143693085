/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/reach-text.h"

#include <glib/gi18n.h>

#include "sources/network/network-source.h"

const char *
presync_reach_text_stage (PresyncReachStage stage)
{
  /* TRANSLATORS: columns of a table of what was tried; as short as possible */
  static const char *const titles[] = { N_ ("Name"), N_ ("TCP"), N_ ("TLS 1.2"), N_ ("HTTP") };

  g_return_val_if_fail (stage < PRESYNC_N_REACH_STAGES, NULL);
  return _ (titles[stage]);
}

const char *
presync_reach_text_stage_brief (PresyncReachStage stage)
{
  return stage == PRESYNC_REACH_TLS ? _ ("TLS") : presync_reach_text_stage (stage);
}

const char *
presync_reach_text_mark (PresyncReachMark mark)
{
  switch (mark)
    {
    case PRESYNC_REACH_GOOD:
      return _ ("works");
    case PRESYNC_REACH_BAD:
      return _ ("fails");
    case PRESYNC_REACH_UNKNOWN:
      return _ ("not known");
    case PRESYNC_REACH_WAITING:
      return _ ("waits");
    case PRESYNC_REACH_NONE:
    default:
      return _ ("not tried");
    }
}

const char *
presync_reach_text_outcome (PresyncReachOutcome outcome)
{
  /* clang-format off */
  static const char *const titles[] = {
    [PRESYNC_REACH_PENDING] = N_ ("waits"),
    [PRESYNC_REACH_REACHED] = N_ ("answers"),
    [PRESYNC_REACH_NO_NAME] = N_ ("no such name"),
    [PRESYNC_REACH_REFUSED] = N_ ("refused"),
    [PRESYNC_REACH_RESET] = N_ ("cut off"),
    [PRESYNC_REACH_NO_TLS12] = N_ ("no TLS 1.2"),
    [PRESYNC_REACH_TLS_FAILED] = N_ ("TLS fails"),
    [PRESYNC_REACH_WRONG_NAME] = N_ ("certificate of another name"),
    [PRESYNC_REACH_EXPIRED] = N_ ("certificate out of date"),
    [PRESYNC_REACH_INTERCEPTED] = N_ ("certificate not trusted"),
    [PRESYNC_REACH_PROXY_SIGN_IN] = N_ ("proxy asks for a sign-in"),
    [PRESYNC_REACH_PROXY_REFUSED] = N_ ("proxy refuses"),
    [PRESYNC_REACH_PROXY_BROKEN] = N_ ("proxy fails"),
    [PRESYNC_REACH_SILENT] = N_ ("no answer"),
    [PRESYNC_REACH_NO_RESOLVER] = N_ ("no name server answers"),
    [PRESYNC_REACH_NO_NETWORK] = N_ ("no network"),
    [PRESYNC_REACH_NOT_TRIED] = N_ ("not tried"),
    [PRESYNC_REACH_CANCELLED] = N_ ("cancelled"),
  };
  /* clang-format on */

  g_return_val_if_fail (outcome < G_N_ELEMENTS (titles), NULL);
  return _ (titles[outcome]);
}

/* (transfer full): the few words of an outcome, where there is no sentence, begin as one does. */
static GString *
presync_reach_text_begin (PresyncReachOutcome outcome)
{
  const char *title = presync_reach_text_outcome (outcome);
  GString *text = g_string_new (NULL);

  g_string_append_unichar (text, g_unichar_totitle (g_utf8_get_char (title)));
  g_string_append (text, g_utf8_next_char (title));
  return text;
}

char *
presync_reach_text_dup_sentence (PresyncReach *reach)
{
  const char *text;
  const char *stands_for;
  GString *sentence;

  g_return_val_if_fail (PRESYNC_IS_REACH (reach), NULL);

  text = presync_reach_get_text (reach);
  stands_for = presync_reach_get_stands_for (reach);
  sentence = text != NULL && *text != '\0'
                 ? g_string_new (text)
                 : presync_reach_text_begin (presync_reach_get_outcome (reach));
  if (stands_for != NULL)
    {
      /* More follows: no full stop stands before it. */
      if (g_str_has_suffix (sentence->str, "."))
        g_string_truncate (sentence, sentence->len - 1);
      g_string_append (sentence, " · ");
      /* TRANSLATORS: an address that was tried instead of an entry of Microsoft's list that nobody
       * can try, such as *.microsoftonline.com */
      g_string_append_printf (sentence, _ ("stands for %s"), stands_for);
    }
  return g_string_free (sentence, FALSE);
}

char *
presync_reach_text_dup_name (PresyncReach *reach)
{
  PresyncReachStage stage = PRESYNC_N_REACH_STAGES;
  PresyncReachMark mark = PRESYNC_REACH_NONE;
  GString *text = g_string_new (NULL);

  g_return_val_if_fail (PRESYNC_IS_REACH (reach), g_string_free (text, FALSE));

  g_string_append_printf (text, _ ("%s: %s"), presync_reach_get_subject (reach),
                          presync_reach_text_outcome (presync_reach_get_outcome (reach)));
  while (stage > 0 && mark != PRESYNC_REACH_BAD && mark != PRESYNC_REACH_UNKNOWN)
    mark = presync_reach_get_mark (reach, --stage);
  if (mark == PRESYNC_REACH_BAD || mark == PRESYNC_REACH_UNKNOWN)
    {
      g_string_append (text, ", ");
      /* TRANSLATORS: for screen readers: a step, and how it went: "TCP: works" */
      g_string_append_printf (text, _ ("%s: %s"), presync_reach_text_stage (stage),
                              presync_reach_text_mark (mark));
    }
  return g_string_free (text, FALSE);
}

char *
presync_reach_text_dup_marks (PresyncReach *reach)
{
  GString *text = g_string_new (NULL);

  g_return_val_if_fail (PRESYNC_IS_REACH (reach), g_string_free (text, FALSE));

  for (PresyncReachStage stage = 0; stage < PRESYNC_N_REACH_STAGES; stage++)
    {
      PresyncReachMark mark = presync_reach_get_mark (reach, stage);

      if (mark == PRESYNC_REACH_NONE)
        continue;
      g_string_append (text, text->len > 0 ? ", " : "");
      /* TRANSLATORS: for screen readers: a step, and how it went: "TCP: works" */
      g_string_append_printf (text, _ ("%s: %s"), presync_reach_text_stage (stage),
                              presync_reach_text_mark (mark));
    }
  return g_string_free (text, FALSE);
}

PresyncReachCounts
presync_reach_text_count (GListModel *rows)
{
  PresyncReachCounts counts = { 0 };

  g_return_val_if_fail (G_IS_LIST_MODEL (rows), counts);

  counts.total = g_list_model_get_n_items (rows);
  for (guint i = 0; i < counts.total; i++)
    {
      g_autoptr (PresyncReach) reach = g_list_model_get_item (rows, i);
      PresyncReachOutcome outcome = presync_reach_get_outcome (reach);

      if (outcome == PRESYNC_REACH_REACHED)
        counts.reached++;
      else if (presync_reach_outcome_is_known (outcome))
        counts.bad++;
      else if (outcome != PRESYNC_REACH_PENDING)
        counts.unknown++;
    }
  return counts;
}

char *
presync_reach_text_dup_summary (const PresyncReachCounts *counts)
{
  guint tried;
  GString *text;

  g_return_val_if_fail (counts != NULL, NULL);

  tried = counts->reached + counts->bad + counts->unknown;
  if (counts->total == 0)
    return g_strdup (_ ("Nothing was tried yet"));
  if (tried < counts->total)
    return g_strdup_printf (_ ("%u of %u tried"), tried, counts->total);
  text = g_string_new (NULL);
  g_string_append_printf (text, _ ("%u of %u answered"), counts->reached, counts->total);
  if (counts->bad > 0)
    /* TRANSLATORS: after "41 of 44 answered" */
    g_string_append_printf (text, ngettext (" · %u does not", " · %u do not", counts->bad),
                            counts->bad);
  if (counts->unknown > 0)
    /* TRANSLATORS: after "41 of 44 answered" */
    g_string_append_printf (text,
                            ngettext (" · %u is not known", " · %u are not known", counts->unknown),
                            counts->unknown);
  return g_string_free (text, FALSE);
}

gboolean
presync_reach_text_is_seen_from (PresyncFactSet *facts, const char *source)
{
  const char *const *keys = presync_network_fact_keys ();

  g_return_val_if_fail (PRESYNC_IS_FACT_SET (facts) && source != NULL, FALSE);
  for (guint i = 0; keys[i] != NULL; i++)
    if (presync_fact_set_lookup_source (facts, keys[i], source) != NULL)
      return TRUE;
  return FALSE;
}
