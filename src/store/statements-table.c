/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/statements-table.h"

#include "store/seal.h"

#define LAST_YEAR 9999

void
presync_statements_table_format_day (const GDate *day, char text[16])
{
  g_snprintf (text, 16, "%04u-%02u-%02u", g_date_get_year (day), (guint) g_date_get_month (day),
              g_date_get_day (day));
}

gboolean
presync_statements_table_parse_day (const char *text, GDate *day)
{
  guint64 numbers[3];
  g_auto (GStrv) parts = g_strsplit (text, "-", 4);

  if (g_strv_length (parts) != 3)
    return FALSE;
  for (guint i = 0; i < 3; i++)
    if (!g_ascii_string_to_unsigned (parts[i], 10, 1, LAST_YEAR, &numbers[i], NULL))
      return FALSE;
  if (!g_date_valid_dmy ((GDateDay) numbers[2], (GDateMonth) numbers[1], (GDateYear) numbers[0])
      || numbers[1] > 12 || numbers[2] > 31)
    return FALSE;
  g_date_clear (day, 1);
  g_date_set_dmy (day, (GDateDay) numbers[2], (GDateMonth) numbers[1], (GDateYear) numbers[0]);
  return TRUE;
}

static void
presync_statements_table_bind_answer (PresyncStatement *statement, gpointer object)
{
  PresyncAnswer *answer = object;

  presync_statement_bind_text (statement, presync_answer_get_condition (answer));
  presync_statement_bind_integer (statement, presync_answer_get_met (answer) ? 1 : 0);
  presync_statement_bind_text (statement, presync_answer_get_name (answer));
  presync_statement_bind_text (statement, presync_answer_get_note (answer));
  presync_statement_bind_time (statement, presync_answer_get_at (answer));
}

static void
presync_statements_table_bind_waiver (PresyncStatement *statement, gpointer object)
{
  PresyncWaiver *waiver = object;
  const GDate *expires = presync_waiver_get_expires (waiver);
  char day[16];

  if (expires != NULL)
    presync_statements_table_format_day (expires, day);
  presync_statement_bind_text (statement, presync_waiver_get_condition (waiver));
  presync_statement_bind_text (statement, presync_waiver_get_reason (waiver));
  presync_statement_bind_text (statement, presync_waiver_get_owner (waiver));
  presync_statement_bind_text (statement, expires != NULL ? day : NULL);
  presync_statement_bind_time (statement, presync_waiver_get_at (waiver));
}

/* How a table of statements is written */
typedef struct
{
  const char *name;
  const char *insert;
  const char *remove;
  const char *empty;
  void (*bind) (PresyncStatement *statement, gpointer object);
} PresyncStatementsForm;

static const PresyncStatementsForm presync_statements_table_answers = {
  "answers",
  "INSERT INTO answers (condition, met, name, note, at, checksum) VALUES (?, ?, ?, ?, ?, ?)",
  "DELETE FROM answers WHERE condition = ? RETURNING checksum",
  "DELETE FROM answers WHERE true RETURNING checksum",
  presync_statements_table_bind_answer,
};
static const PresyncStatementsForm presync_statements_table_waivers = {
  "waivers",
  "INSERT INTO waivers (condition, reason, owner, expires, at, checksum)"
  " VALUES (?, ?, ?, ?, ?, ?)",
  "DELETE FROM waivers WHERE condition = ? RETURNING checksum",
  "DELETE FROM waivers WHERE true RETURNING checksum",
  presync_statements_table_bind_waiver,
};

static gboolean
presync_statements_table_write_form (sqlite3 *db, const PresyncStatementsForm *form,
                                     GHashTable *changes, gboolean all, GError **error)
{
  GHashTableIter iter;
  gpointer condition, object;
  PresyncSeal seal;
  g_autoptr (PresyncStatement) insert = NULL;
  g_autoptr (PresyncStatement) remove = NULL;

  if (g_hash_table_size (changes) == 0 && !all)
    return TRUE;
  insert = presync_statement_new (db, form->insert, error);
  remove
      = insert != NULL ? presync_statement_new (db, all ? form->empty : form->remove, error) : NULL;
  if (remove == NULL || !presync_seal_read (db, form->name, &seal, error)
      || (all && !presync_statement_run_deleting (remove, &seal, error)))
    return FALSE;
  g_hash_table_iter_init (&iter, changes);
  while (g_hash_table_iter_next (&iter, &condition, &object))
    {
      if (!all)
        presync_statement_bind_text (remove, condition);
      if (!all && !presync_statement_run_deleting (remove, &seal, error))
        return FALSE;
      if (object == NULL)
        continue;
      form->bind (insert, object);
      presync_statement_bind_checksum (insert, &seal);
      if (!presync_statement_run (insert, error))
        return FALSE;
    }
  return presync_seal_write (db, form->name, &seal, error);
}

gboolean
presync_statements_table_write (sqlite3 *db, GHashTable *answers, GHashTable *waivers, gboolean all,
                                GError **error)
{
  return presync_statements_table_write_form (db, &presync_statements_table_answers, answers, all,
                                              error)
         && presync_statements_table_write_form (db, &presync_statements_table_waivers, waivers,
                                                 all, error);
}

static PresyncAnswer *
presync_statements_table_read_answer (PresyncStatement *statement)
{
  const char *condition = presync_statement_read_text (statement);
  gboolean met = presync_statement_read_integer (statement, 0, 1) != 0;
  const char *name = presync_statement_read_text (statement);
  const char *note = presync_statement_read_text (statement);
  g_autoptr (GDateTime) at = presync_statement_read_time (statement);

  return presync_answer_new (condition, met, name, note, at);
}

GPtrArray *
presync_statements_table_read_answers (sqlite3 *db, GError **error)
{
  gboolean row = FALSE;
  PresyncSeal seal = { 0, 0 };
  g_autoptr (GPtrArray) answers = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (PresyncStatement) statement = presync_statement_new (
      db, "SELECT condition, met, name, note, at, checksum FROM answers ORDER BY condition", error);

  if (statement == NULL)
    return NULL;
  while (presync_statement_step (statement, &row, error))
    {
      if (!row)
        return presync_seal_check (db, "answers", &seal, error) ? g_steal_pointer (&answers) : NULL;
      g_ptr_array_add (answers, presync_statements_table_read_answer (statement));
      if (!presync_statement_read_end (statement, &seal, error))
        return NULL;
    }
  return NULL;
}

/* (nullable): %NULL if the file holds what cannot be */
static PresyncWaiver *
presync_statements_table_read_waiver (PresyncStatement *statement)
{
  const char *condition = presync_statement_read_text (statement);
  const char *reason = presync_statement_read_text (statement);
  const char *owner = presync_statement_read_text (statement);
  const char *expires = presync_statement_read_text_or_null (statement);
  g_autoptr (GDateTime) at = presync_statement_read_time (statement);
  GDate day;

  if (reason[0] == '\0' || owner[0] == '\0'
      || (expires != NULL && !presync_statements_table_parse_day (expires, &day)))
    return NULL;
  return presync_waiver_new (condition, reason, owner, expires != NULL ? &day : NULL, at);
}

GPtrArray *
presync_statements_table_read_waivers (sqlite3 *db, GError **error)
{
  gboolean row = FALSE;
  PresyncSeal seal = { 0, 0 };
  g_autoptr (GPtrArray) waivers = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (PresyncStatement) statement = presync_statement_new (
      db, "SELECT condition, reason, owner, expires, at, checksum FROM waivers ORDER BY condition",
      error);

  if (statement == NULL)
    return NULL;
  while (presync_statement_step (statement, &row, error))
    {
      PresyncWaiver *waiver;

      if (!row)
        return presync_seal_check (db, "waivers", &seal, error) ? g_steal_pointer (&waivers) : NULL;
      waiver = presync_statements_table_read_waiver (statement);
      if (waiver != NULL)
        g_ptr_array_add (waivers, waiver);
      if (!presync_statement_read_end (statement, &seal, error))
        return NULL;
      if (waiver == NULL)
        {
          presync_statement_set_damaged (error);
          return NULL;
        }
    }
  return NULL;
}
