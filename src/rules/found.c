/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "rules/found.h"

#include <string.h>
#include <glib/gi18n.h>

/* So many subjects are named in "found"; the rest is counted. */
#define SHOWN_SUBJECTS 3
/* So many different things are told in "found"; all facts stand in the details. */
#define SHOWN_KEYS 2
/* A feature rests on no more rights than this, and each that fails is named. */
#define SHOWN_RIGHTS 4

static gboolean
presync_found_is_plan (PresyncFact *fact)
{
  return g_str_has_prefix (presync_fact_get_key (fact), "plan.");
}

/* Identifiers that programs compare; the same stands elsewhere with names for people. */
static gboolean
presync_found_is_for_programs (PresyncFact *fact)
{
  return g_str_has_suffix (presync_fact_get_key (fact), "sids");
}

gboolean
presync_found_is_documented (PresyncFact *fact)
{
  return g_str_has_suffix (presync_fact_get_key (fact), "-documented")
         || g_str_has_suffix (presync_fact_get_key (fact), "-explicit");
}

static const char *
presync_found_label (const char *key)
{
  return _ (presync_fact_key_find (key)->label);
}

/* Do several sources tell of @key? */
static gboolean
presync_found_has_sources (GPtrArray *facts, const char *key)
{
  const char *first = NULL;

  for (guint i = 0; i < facts->len; i++)
    {
      PresyncFact *fact = g_ptr_array_index (facts, i);
      const char *source = presync_origin_get_source (presync_fact_get_origin (fact));
      if (!g_str_equal (presync_fact_get_key (fact), key))
        continue;
      if (first != NULL && !g_str_equal (first, source))
        return TRUE;
      first = source;
    }
  return FALSE;
}

/* Who or what a value is told of, or, where sources differ, who tells it */
static const char *
presync_found_teller (PresyncFact *fact, gboolean sources)
{
  return sources ? presync_source_title (presync_origin_get_source (presync_fact_get_origin (fact)))
                 : presync_fact_get_subject (fact);
}

/* All known facts of @key in the order of @facts, in one line: "DC01: 2016, DC02: 2012 R2". */
static char *
presync_found_describe_key (GPtrArray *facts, const char *key)
{
  guint n = 0;
  gboolean same = TRUE;
  gboolean sources = presync_found_has_sources (facts, key);
  g_autofree char *first = NULL;
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < facts->len; i++)
    {
      PresyncFact *fact = g_ptr_array_index (facts, i);
      g_autofree char *value = NULL;
      if (!g_str_equal (presync_fact_get_key (fact), key))
        continue;
      if (presync_fact_get_unknown (fact) != PRESYNC_UNKNOWN_NONE)
        {
          /* Why is told as the reason; here it only keeps the others from standing for all. */
          same = FALSE;
          continue;
        }
      value = presync_fact_describe (fact);
      if (first == NULL)
        first = g_strdup (value);
      /* Where sources agree, none need be told apart by how it writes a name. */
      same = same && (sources ? g_ascii_strcasecmp (first, value) : strcmp (first, value)) == 0;
      if (n < SHOWN_SUBJECTS)
        g_string_append_printf (text, "%s%s: %s", n > 0 ? ", " : "",
                                presync_found_teller (fact, sources), value);
      n++;
    }
  if (same)
    return g_steal_pointer (&first);
  if (n > SHOWN_SUBJECTS)
    {
      guint more = n - SHOWN_SUBJECTS;
      g_string_append_c (text, ' ');
      g_string_append_printf (text, ngettext ("and %u more", "and %u more", more), more);
    }
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static PresyncFactFormat
presync_found_format (PresyncFact *fact)
{
  return presync_fact_key_find (presync_fact_get_key (fact))->format;
}

static gboolean
presync_found_is_right (PresyncFact *fact)
{
  return presync_found_format (fact) == PRESYNC_FORMAT_RIGHTS
         || presync_found_format (fact) == PRESYNC_FORMAT_GAPS;
}

static void
presync_found_add_key (GPtrArray *keys, PresyncFact *fact)
{
  const char *key = presync_fact_get_key (fact);

  if (!g_ptr_array_find_with_equal_func (keys, key, g_str_equal, NULL))
    g_ptr_array_add (keys, (gpointer) key);
}

/* (transfer container): keys of the rights that are missing or do not arrive; if there is none, one
 * that is granted speaks for all; empty if @facts has no right that was read */
static GPtrArray *
presync_found_shown_rights (GPtrArray *facts, gboolean *trouble)
{
  g_autoptr (GPtrArray) keys = g_ptr_array_new ();

  *trouble = FALSE;
  for (guint i = 0; i < facts->len && keys->len < SHOWN_RIGHTS; i++)
    {
      PresyncFact *fact = g_ptr_array_index (facts, i);
      if (presync_found_is_right (fact) && presync_fact_get_unknown (fact) == PRESYNC_UNKNOWN_NONE
          && presync_fact_get_list (fact)[0] != NULL)
        presync_found_add_key (keys, fact);
    }
  *trouble = keys->len > 0;
  for (guint i = 0; i < facts->len && keys->len == 0; i++)
    {
      PresyncFact *fact = g_ptr_array_index (facts, i);
      if (presync_found_format (fact) == PRESYNC_FORMAT_RIGHTS
          && presync_fact_get_unknown (fact) == PRESYNC_UNKNOWN_NONE)
        presync_found_add_key (keys, fact);
    }
  return g_steal_pointer (&keys);
}

static gboolean
presync_found_is_shown (PresyncFact *fact)
{
  return !presync_found_is_plan (fact) && !presync_found_is_for_programs (fact)
         && !presync_found_is_documented (fact)
         && presync_fact_get_unknown (fact) == PRESYNC_UNKNOWN_NONE;
}

/* (transfer container): keys of the facts worth showing, the deciding ones first. What the user
 * plans is no finding. @brief: a plain yes or no is left out where there are values to show */
static GPtrArray *
presync_found_shown_keys (GPtrArray *facts, gboolean brief)
{
  gboolean values_only = FALSE;
  g_autoptr (GPtrArray) keys = g_ptr_array_new ();

  for (guint i = 0; brief && i < facts->len; i++)
    {
      PresyncFact *fact = g_ptr_array_index (facts, i);
      values_only |= presync_fact_get_value_type (fact) != PRESYNC_FACT_BOOLEAN
                     && presync_found_is_shown (fact);
    }
  for (guint i = 0; i < facts->len && keys->len < SHOWN_KEYS; i++)
    {
      PresyncFact *fact = g_ptr_array_index (facts, i);
      gboolean boolean = presync_fact_get_value_type (fact) == PRESYNC_FACT_BOOLEAN;
      if (presync_found_is_shown (fact) && !(boolean && values_only))
        presync_found_add_key (keys, fact);
    }
  return g_steal_pointer (&keys);
}

/* Beside what takes effect: whether it is so by the letter too */
static void
presync_found_append_documented (GPtrArray *facts, GString *text)
{
  for (guint i = 0; i < facts->len; i++)
    {
      PresyncFact *fact = g_ptr_array_index (facts, i);
      if (!presync_found_is_documented (fact)
          || presync_fact_get_unknown (fact) != PRESYNC_UNKNOWN_NONE)
        continue;
      g_string_append_printf (text, "%s%s", text->len > 0 ? " · " : "",
                              /* TRANSLATORS: behind a setting that was found: is it set as
                               * Microsoft's page lists it? */
                              presync_fact_get_boolean (fact) ? _ ("as documented")
                                                              : _ ("not as documented"));
      return;
    }
}

char *
presync_found_describe (GPtrArray *facts, gboolean brief)
{
  gboolean named = FALSE;
  g_autoptr (GPtrArray) keys = NULL;
  g_autoptr (GString) text = g_string_new (NULL);

  g_return_val_if_fail (facts != NULL, NULL);
  keys = presync_found_shown_rights (facts, &named);
  if (keys->len == 0)
    {
      g_ptr_array_unref (keys);
      keys = presync_found_shown_keys (facts, brief);
    }
  for (guint i = 0; i < keys->len; i++)
    {
      const char *key = g_ptr_array_index (keys, i);
      gboolean boolean = presync_fact_key_find (key)->type == PRESYNC_FACT_BOOLEAN;
      g_autofree char *value = presync_found_describe_key (facts, key);
      if (i > 0)
        g_string_append (text, " · ");
      if (boolean)
        /* TRANSLATORS: yes or no, then what it is said of */
        g_string_append_printf (text, _ ("%s (%s)"), value, presync_found_label (key));
      else if (keys->len > 1 || named)
        /* TRANSLATORS: name of a value, then the value */
        g_string_append_printf (text, _ ("%s: %s"), presync_found_label (key), value);
      else
        g_string_append (text, value);
    }
  presync_found_append_documented (facts, text);
  return text->len > 0 ? g_string_free (g_steal_pointer (&text), FALSE) : NULL;
}
