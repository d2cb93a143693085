/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <string.h>

#include "sources/sql/sql-facts.h"
#include "sources/sql/sql-line.h"
#include "sources/sql/sql-source.h"

/* Every key is told, and what is told is text that can be shown. */
static void
sql_check_facts (GPtrArray *facts)
{
  g_assert_cmpuint (facts->len, ==, g_strv_length ((char **) presync_sql_fact_keys ()));
  for (guint i = 0; i < facts->len; i++)
    {
      PresyncFact *fact = g_ptr_array_index (facts, i);
      const char *query = presync_origin_get_query (presync_fact_get_origin (fact));
      g_autofree char *shown = presync_fact_describe (fact);
      g_assert_true (g_utf8_validate (shown, -1, NULL));
      g_assert_true (g_utf8_validate (query, -1, NULL));
      g_assert_null (strpbrk (shown, "\r\n\t\033"));
    }
}

static void
sql_check_line (const char *text, gsize length)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (PresyncSqlLine) line = presync_sql_line_parse (text, length, &error);

  if (line == NULL)
    {
      g_assert_nonnull (error);
      return;
    }
  g_assert_no_error (error);
  if (line->error != NULL)
    g_assert_true (g_utf8_validate (line->error->message, -1, NULL));
  if (line->result != NULL)
    {
      g_autoptr (GPtrArray) facts = presync_sql_facts_from_result (line->result, "sql01", "sql01");
      sql_check_facts (facts);
    }
  if (line->prelogin != NULL)
    {
      g_autoptr (GError) failure
          = g_error_new_literal (G_IO_ERROR, G_IO_ERROR_FAILED, "It failed.");
      g_autoptr (GDateTime) now = g_date_time_new_now_utc ();
      g_autoptr (GPtrArray) facts = presync_sql_facts_from_failure (
          line->prelogin, length % 2 == 0, FALSE, failure, now, "sql01", "sql01");
      sql_check_facts (facts);
    }
}

/* What the helper says, which talks to a server nobody vouches for; or a recording */
static void
sql_check (GBytes *input)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (PresyncSqlResult) result = presync_sql_result_load (input, "sql01.json", &error);
  gsize size;
  const char *data = g_bytes_get_data (input, &size);
  const char *end;

  if (result != NULL)
    {
      g_autoptr (GPtrArray) facts = presync_sql_facts_from_result (result, "sql01", "sql01.json");
      sql_check_facts (facts);
    }
  else
    g_assert_true (g_utf8_validate (error->message, -1, NULL));
  while (size > 0 && (end = memchr (data, '\n', size)) != NULL)
    {
      sql_check_line (data, (gsize) (end - data));
      size -= (gsize) (end - data) + 1;
      data = end + 1;
    }
}

/* What people type: nothing but these characters may come of it. */
static void
sql_check_name (const char *text)
{
  g_autoptr (PresyncSqlTarget) target = presync_sql_target_new ();
  g_autoptr (PresyncSqlTarget) again = presync_sql_target_new ();
  g_autoptr (GError) error = NULL;
  g_autofree char *shown = NULL;

  if (!presync_sql_target_parse_name (target, text, &error))
    {
      g_assert_true (g_utf8_validate (error->message, -1, NULL));
      g_assert_null (target->server);
      return;
    }
  for (const char *p = target->server; *p != '\0'; p++)
    g_assert_true (g_ascii_isalnum (*p) || strchr (".:-", *p) != NULL);
  for (const char *p = target->instance; p != NULL && *p != '\0'; p++)
    g_assert_true (g_ascii_isalnum (*p) || strchr ("_$#", *p) != NULL);
  shown = presync_sql_target_dup_text (target);
  g_assert_true (presync_sql_target_parse_name (again, shown, NULL));
  g_assert_cmpstr (again->server, ==, target->server);
  g_assert_cmpstr (again->instance, ==, target->instance);
  target->kerberos = TRUE;
  g_assert_true (presync_sql_target_validate (target, NULL));
}
