/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "rules/found.h"

#include <string.h>
#include <glib/gi18n.h>

#include "rules/found-reach.h"

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

/* (nullable) (transfer none): who told something of the network that is shown, by @source */
static PresyncOrigin *
presync_found_seen_by (GPtrArray *facts, GPtrArray *keys, const char *source)
{
  for (guint i = 0; i < facts->len; i++)
    {
      PresyncFact *fact = g_ptr_array_index (facts, i);

      if (presync_found_is_shown (fact)
          && g_str_has_prefix (presync_fact_get_key (fact), "network.")
          && g_str_equal (presync_origin_get_source (presync_fact_get_origin (fact)), source)
          && g_ptr_array_find_with_equal_func (keys, presync_fact_get_key (fact), g_str_equal,
                                               NULL))
        return presync_fact_get_origin (fact);
    }
  return NULL;
}

/* Which computer saw it: another one may reach more or less. (nullable): it is not of the network
 */
static const char *
presync_found_seen_from (GPtrArray *facts, GPtrArray *keys)
{
  PresyncOrigin *here = presync_found_seen_by (facts, keys, "network");
  gboolean there = presync_found_seen_by (facts, keys, "server") != NULL;
  /* What comes with the program was seen by no computer of anybody. */
  gboolean recorded
      = here != NULL && g_str_has_prefix (presync_origin_get_target (here), "resource://");

  if (there && recorded)
    /* TRANSLATORS: behind what was found about the network; so are the next four */
    return _ ("(seen from the sync server, and in part as recorded)");
  if (there && here != NULL)
    return _ ("(seen from the sync server, and in part from this computer)");
  if (there)
    return _ ("(seen from the sync server)");
  if (recorded)
    return _ ("(as recorded)");
  return here != NULL ? _ ("(seen from this computer)") : NULL;
}

/* Would @value alone, a bare number or none, not say of what? */
static gboolean
presync_found_is_bare (const char *key, const char *value)
{
  const PresyncFactKey *found = presync_fact_key_find (key);

  return (found->type == PRESYNC_FACT_LIST && g_str_equal (value, _ ("none")))
         || (found->type == PRESYNC_FACT_INTEGER
             && (found->format == PRESYNC_FORMAT_PLAIN || found->format == PRESYNC_FORMAT_NUMBER));
}

/* (transfer full) (nullable): what is told of addresses as a whole; then @keys, if it has one of
 * those keys, gets them all */
static char *
presync_found_dup_reach (GPtrArray *facts, GPtrArray *keys, gboolean brief)
{
  gboolean any = FALSE;
  g_autofree char *reach = NULL;

  for (guint i = 0; !any && i < keys->len; i++)
    any = presync_found_is_reach (g_ptr_array_index (keys, i));
  if (any)
    reach = presync_found_describe_reach (facts, brief);
  for (guint i = 0; reach != NULL && i < facts->len; i++)
    if (presync_found_is_reach (presync_fact_get_key (g_ptr_array_index (facts, i))))
      presync_found_add_key (keys, g_ptr_array_index (facts, i));
  return g_steal_pointer (&reach);
}

char *
presync_found_describe (GPtrArray *facts, gboolean brief, gboolean named)
{
  gboolean rights = FALSE;
  gboolean told = FALSE;
  g_autofree char *reach = NULL;
  g_autoptr (GPtrArray) keys = NULL;
  g_autoptr (GString) text = g_string_new (NULL);
  const char *seen_from;

  g_return_val_if_fail (facts != NULL, NULL);
  keys = presync_found_shown_rights (facts, &rights);
  if (keys->len == 0)
    {
      g_ptr_array_unref (keys);
      keys = presync_found_shown_keys (facts, brief);
    }
  reach = presync_found_dup_reach (facts, keys, brief);
  for (guint i = 0; i < keys->len; i++)
    {
      const char *key = g_ptr_array_index (keys, i);
      gboolean whole = reach != NULL && presync_found_is_reach (key);
      gboolean boolean = presync_fact_key_find (key)->type == PRESYNC_FACT_BOOLEAN;
      g_autofree char *value = NULL;

      if (whole && told)
        continue;
      value = whole ? g_strdup (reach) : presync_found_describe_key (facts, key);
      told = told || whole;
      if (i > 0)
        g_string_append (text, " · ");
      if (whole)
        g_string_append (text, value);
      else if (boolean
               || (keys->len == 1 && !rights && (named || presync_found_is_bare (key, value))))
        /* TRANSLATORS: yes or no, or a value, then what it is said of */
        g_string_append_printf (text, _ ("%s (%s)"), value, presync_found_label (key));
      else if (keys->len > 1 || rights)
        /* TRANSLATORS: name of a value, then the value */
        g_string_append_printf (text, _ ("%s: %s"), presync_found_label (key), value);
      else
        g_string_append (text, value);
    }
  presync_found_append_documented (facts, text);
  seen_from = presync_found_seen_from (facts, keys);
  if (text->len > 0 && seen_from != NULL)
    g_string_append_printf (text, " %s", seen_from);
  return text->len > 0 ? g_string_free (g_steal_pointer (&text), FALSE) : NULL;
}
