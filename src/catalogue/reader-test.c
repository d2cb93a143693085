/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "catalogue/reader.h"

#include <errno.h>
#include <string.h>
#include <glib/gi18n.h>

#include "base/error.h"
#include "base/version.h"
#include "facts/fact-key.h"

/* A century: no rule looks further back, and in microseconds it stays in range. */
#define HOURS_MAX (100 * 366 * 24)

/* The built-ins that rules/built-in.c knows. */
static const char *const built_ins[] = { "routable-upn-suffix", NULL };

static gboolean presync_reader_fail (GError **error, const char *format, ...) G_GNUC_PRINTF (2, 3);

static gboolean
presync_reader_fail (GError **error, const char *format, ...)
{
  va_list args;
  g_autofree char *message = NULL;

  va_start (args, format);
  message = g_strdup_vprintf (format, args);
  va_end (args);
  g_set_error_literal (error, PRESYNC_ERROR, PRESYNC_ERROR_BAD_INPUT, message);
  return FALSE;
}

/* "4 GB" -> 4294967296; units are binary, as Windows counts. */
static gboolean
presync_reader_parse_quantity (const char *text, gint64 *number)
{
  static const struct
  {
    const char *unit;
    guint shift;
  } units[] = { { "", 0 }, { " KB", 10 }, { " MB", 20 }, { " GB", 30 } };
  char *end = NULL;
  gint64 value;

  if (!g_ascii_isdigit (text[0]))
    return FALSE;
  errno = 0;
  value = g_ascii_strtoll (text, &end, 10);
  if (errno != 0)
    return FALSE;
  for (guint i = 0; i < G_N_ELEMENTS (units); i++)
    if (g_str_equal (end, units[i].unit) && value <= G_MAXINT64 >> units[i].shift)
      {
        *number = value << units[i].shift;
        return TRUE;
      }
  return FALSE;
}

static gboolean
presync_reader_take_slack (PresyncTest *test, const char *text, GError **error)
{
  char *end = NULL;
  gint64 percent = g_ascii_strtoll (text, &end, 10);

  if (!g_ascii_isdigit (text[0]) || !g_str_equal (end, "%") || percent > 99)
    return presync_reader_fail (error, _ ("“%s” is no slack such as “3%%”"), text);
  test->number -= test->number / 100 * percent;
  return TRUE;
}

static gboolean
presync_reader_take_value (PresyncTest *test, const PresyncFactKey *key, const char *text,
                           GError **error)
{
  PresyncVersion version;
  gboolean numeric = test->kind == PRESYNC_TEST_AT_LEAST || test->kind == PRESYNC_TEST_AT_MOST
                     || (test->kind == PRESYNC_TEST_EQUALS && key->type == PRESYNC_FACT_INTEGER);

  if (numeric)
    {
      if (!presync_reader_parse_quantity (text, &test->number))
        return presync_reader_fail (error, _ ("“%s” is no whole number or size"), text);
      return TRUE;
    }
  if (test->kind == PRESYNC_TEST_VERSION_AT_LEAST && !presync_version_parse (text, &version))
    return presync_reader_fail (error, _ ("“%s” is no version"), text);
  test->values = g_new0 (char *, 2);
  test->values[0] = g_strdup (text);
  return TRUE;
}

/* Which types of fact a test can be asked of. */
static gboolean
presync_reader_fits (PresyncTestKind kind, PresyncFactType type)
{
  switch (kind)
    {
    case PRESYNC_TEST_IS_TRUE:
    case PRESYNC_TEST_IS_FALSE:
      return type == PRESYNC_FACT_BOOLEAN;
    case PRESYNC_TEST_AT_LEAST:
    case PRESYNC_TEST_AT_MOST:
      return type == PRESYNC_FACT_INTEGER || type == PRESYNC_FACT_LIST;
    case PRESYNC_TEST_EQUALS:
      return type == PRESYNC_FACT_INTEGER || type == PRESYNC_FACT_TEXT;
    case PRESYNC_TEST_ONE_OF:
      return type == PRESYNC_FACT_TEXT;
    case PRESYNC_TEST_CONTAINS:
      return type == PRESYNC_FACT_TEXT || type == PRESYNC_FACT_LIST;
    case PRESYNC_TEST_VERSION_AT_LEAST:
      return type == PRESYNC_FACT_VERSION;
    case PRESYNC_TEST_OLDER_THAN:
      return type == PRESYNC_FACT_TIME;
    case PRESYNC_TEST_SHARES:
      return type == PRESYNC_FACT_LIST || type == PRESYNC_FACT_TEXT;
    case PRESYNC_TEST_SAME:
      return type == PRESYNC_FACT_TEXT;
    case PRESYNC_TEST_IS_KNOWN:
    case PRESYNC_TEST_IS_COLLECTED:
      return TRUE;
    case PRESYNC_TEST_AGREES:
      /* of what one source tells in another way than the other nothing could be said */
      return type == PRESYNC_FACT_BOOLEAN || type == PRESYNC_FACT_INTEGER
             || type == PRESYNC_FACT_TEXT || type == PRESYNC_FACT_VERSION;
    case PRESYNC_TEST_ALL:
    case PRESYNC_TEST_ANY:
    case PRESYNC_TEST_NOT:
    case PRESYNC_TEST_BUILT_IN:
    case PRESYNC_TEST_BY_PERSON:
    default:
      return FALSE;
    }
}

static gboolean
presync_reader_take_fact (PresyncTest *test, const char *element, const char *fact,
                          const char *scope, const PresyncFactKey **key, GError **error)
{
  if (fact == NULL)
    return presync_reader_fail (error, _ ("<%s> lacks the attribute “%s”"), element, "fact");
  *key = presync_fact_key_find (fact);
  if (*key == NULL)
    return presync_reader_fail (error, _ ("there is no fact “%s”"), fact);
  if (!presync_reader_fits (test->kind, (*key)->type))
    return presync_reader_fail (error, _ ("a fact of the type of “%s” cannot be tested so"), fact);
  if (scope != NULL && !g_str_equal (scope, "any") && !g_str_equal (scope, "every"))
    return presync_reader_fail (error, _ ("“for” is “every” or “any”, not “%s”"), scope);
  test->fact = g_strdup (fact);
  test->for_any = g_strcmp0 (scope, "any") == 0;
  return TRUE;
}

typedef struct
{
  const char *fact;
  const char *scope;
  const char *value;
  const char *slack;
  const char *hours;
  const char *name;
  const char *with;
} PresyncReaderAttributes;

static gboolean
presync_reader_take_with (PresyncTest *test, const char *element, const char *with, GError **error)
{
  const PresyncFactKey *key = with != NULL ? presync_fact_key_find (with) : NULL;

  if (with == NULL)
    return presync_reader_fail (error, _ ("<%s> lacks the attribute “%s”"), element, "with");
  if (key == NULL)
    return presync_reader_fail (error, _ ("there is no fact “%s”"), with);
  if (!presync_reader_fits (test->kind, key->type))
    return presync_reader_fail (error, _ ("a fact of the type of “%s” cannot be tested so"), with);
  test->with = g_strdup (with);
  return TRUE;
}

/* One number against another: of a list, or with a threshold beside, that says nothing. */
static gboolean
presync_reader_take_other_number (PresyncTest *test, const char *element,
                                  const PresyncReaderAttributes *found, const PresyncFactKey *key,
                                  GError **error)
{
  const char *extra = found->value != NULL ? "value" : found->slack != NULL ? "slack" : NULL;

  if (extra != NULL)
    {
      g_set_error (error, PRESYNC_ERROR, PRESYNC_ERROR_BAD_INPUT,
                   _ ("<%s> with another fact takes no “%s”"), element, extra);
      return FALSE;
    }
  if (!presync_reader_take_with (test, element, found->with, error))
    return FALSE;
  if (key->type != PRESYNC_FACT_INTEGER
      || presync_fact_key_find (found->with)->type != PRESYNC_FACT_INTEGER)
    return presync_reader_fail (error, _ ("a fact of the type of “%s” cannot be tested so"),
                                key->type != PRESYNC_FACT_INTEGER ? found->fact : found->with);
  return TRUE;
}

static gboolean
presync_reader_take_older_than (PresyncTest *test, const char *hours, GError **error)
{
  guint64 number = 0;

  if (hours == NULL || !g_ascii_string_to_unsigned (hours, 10, 1, HOURS_MAX, &number, NULL))
    return presync_reader_fail (error, _ ("“%s” is no number of hours"),
                                hours != NULL ? hours : "");
  test->number = (gint64) number;
  return TRUE;
}

static gboolean
presync_reader_take_built_in (PresyncTest *test, const char *name, GError **error)
{
  if (name == NULL || !g_strv_contains (built_ins, name))
    return presync_reader_fail (error, _ ("there is no built-in test “%s”"),
                                name != NULL ? name : "");
  test->values = g_new0 (char *, 2);
  test->values[0] = g_strdup (name);
  /* what rules/built-in.c looks at */
  test->fact = g_strdup ("forest.upn-suffixes");
  return TRUE;
}

static gboolean
presync_reader_collect (PresyncReaderAttributes *found, PresyncTestKind kind, const char *element,
                        const char **names, const char **values, GError **error)
{
  gboolean group = kind == PRESYNC_TEST_ALL || kind == PRESYNC_TEST_ANY || kind == PRESYNC_TEST_NOT
                   || kind == PRESYNC_TEST_BY_PERSON;
  /* These look at all that is told, whoever it is told of. */
  gboolean whole = kind == PRESYNC_TEST_AGREES || kind == PRESYNC_TEST_SHARES
                   || kind == PRESYNC_TEST_SAME || kind == PRESYNC_TEST_IS_COLLECTED;
  gboolean number = kind == PRESYNC_TEST_AT_LEAST || kind == PRESYNC_TEST_AT_MOST;
  gboolean two = kind == PRESYNC_TEST_SHARES || kind == PRESYNC_TEST_SAME || number;

  for (guint i = 0; names[i] != NULL; i++)
    {
      const char **slot = NULL;
      if (kind == PRESYNC_TEST_BUILT_IN)
        slot = g_str_equal (names[i], "name") ? &found->name : NULL;
      else if (!group && g_str_equal (names[i], "fact"))
        slot = &found->fact;
      else if (!group && !whole && g_str_equal (names[i], "for"))
        slot = &found->scope;
      else if (kind == PRESYNC_TEST_OLDER_THAN && g_str_equal (names[i], "hours"))
        slot = &found->hours;
      else if (two && g_str_equal (names[i], "with"))
        slot = &found->with;
      else if (kind == PRESYNC_TEST_AT_LEAST && g_str_equal (names[i], "slack"))
        slot = &found->slack;
      else if ((number || kind == PRESYNC_TEST_EQUALS || kind == PRESYNC_TEST_CONTAINS
                || kind == PRESYNC_TEST_VERSION_AT_LEAST)
               && g_str_equal (names[i], "value"))
        slot = &found->value;
      if (slot == NULL)
        {
          g_set_error (error, PRESYNC_ERROR, PRESYNC_ERROR_BAD_INPUT,
                       _ ("<%s> has no attribute “%s”"), element, names[i]);
          return FALSE;
        }
      *slot = values[i];
    }
  return TRUE;
}

PresyncTest *
presync_reader_make_test (const char *element, const char **names, const char **values,
                          GError **error)
{
  PresyncTestKind kind;
  const PresyncFactKey *key = NULL;
  PresyncReaderAttributes found = { NULL, NULL, NULL, NULL, NULL, NULL, NULL };
  g_autoptr (PresyncTest) test = NULL;

  if (!presync_test_kind_from_id (element, &kind))
    {
      presync_reader_fail (error, _ ("unknown element <%s>"), element);
      return NULL;
    }
  if (!presync_reader_collect (&found, kind, element, names, values, error))
    return NULL;
  test = presync_test_new (kind);
  if (kind == PRESYNC_TEST_BUILT_IN)
    return presync_reader_take_built_in (test, found.name, error) ? g_steal_pointer (&test) : NULL;
  if (kind == PRESYNC_TEST_ALL || kind == PRESYNC_TEST_ANY || kind == PRESYNC_TEST_NOT)
    test->children = g_ptr_array_new_with_free_func ((GDestroyNotify) presync_test_free);
  else if (kind != PRESYNC_TEST_BY_PERSON
           && !presync_reader_take_fact (test, element, found.fact, found.scope, &key, error))
    return NULL;
  if (kind == PRESYNC_TEST_OLDER_THAN && !presync_reader_take_older_than (test, found.hours, error))
    return NULL;
  if ((kind == PRESYNC_TEST_SHARES || kind == PRESYNC_TEST_SAME)
      && !presync_reader_take_with (test, element, found.with, error))
    return NULL;
  if ((kind == PRESYNC_TEST_AT_LEAST || kind == PRESYNC_TEST_AT_MOST) && found.with != NULL)
    return presync_reader_take_other_number (test, element, &found, key, error)
               ? g_steal_pointer (&test)
               : NULL;
  if (found.value != NULL && !presync_reader_take_value (test, key, found.value, error))
    return NULL;
  if (found.value == NULL
      && (kind == PRESYNC_TEST_AT_LEAST || kind == PRESYNC_TEST_AT_MOST
          || kind == PRESYNC_TEST_EQUALS || kind == PRESYNC_TEST_CONTAINS
          || kind == PRESYNC_TEST_VERSION_AT_LEAST))
    {
      presync_reader_fail (error, _ ("<%s> lacks the attribute “%s”"), element, "value");
      return NULL;
    }
  if (found.slack != NULL && !presync_reader_take_slack (test, found.slack, error))
    return NULL;
  return g_steal_pointer (&test);
}

gboolean
presync_reader_check_test (const PresyncTest *test, GError **error)
{
  if (test->children != NULL && test->children->len == 0)
    return presync_reader_fail (error, "%s", _ ("a group of tests is empty"));
  if (test->kind == PRESYNC_TEST_NOT && test->children->len != 1)
    return presync_reader_fail (error, "%s", _ ("<not> takes one test"));
  if (test->kind == PRESYNC_TEST_ONE_OF && test->values == NULL)
    return presync_reader_fail (error, "%s", _ ("<one-of> lacks a <value>"));
  return TRUE;
}
