/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sources/sql/sql-facts-private.h"

#include <string.h>
#include <glib/gi18n.h>

#include "sources/sql/sql-json.h"

/* Names of SQL Server have 128 characters; an edition or a version never has more. */
#define TEXT_MAX 128

void
presync_sql_cell_clear (PresyncSqlCell *self)
{
  g_clear_pointer (&self->detail, g_free);
  g_clear_pointer (&self->text, g_free);
  g_clear_object (&self->origin);
}

PresyncOrigin *
presync_sql_answer_dup_origin (const PresyncSqlAnswer *self, const char *query, gboolean complete)
{
  g_autofree char *full
      = self->driver != NULL ? g_strdup_printf ("%s (%s)", query, self->driver) : g_strdup (query);

  return presync_origin_new ("sql", self->target, full, self->at, complete);
}

void
presync_sql_cell_set_unknown (PresyncSqlCell *self, PresyncUnknown unknown, char *detail)
{
  g_free (self->detail);
  self->detail = detail;
  self->unknown = unknown;
}

/* (transfer none): a word of protocol.md as a reason */
static PresyncUnknown
presync_sql_cell_find_reason (const PresyncSqlRead *one)
{
  static const struct
  {
    const char *code;
    PresyncUnknown reason;
  } reasons[] = {
    { "no-right", PRESYNC_UNKNOWN_NO_RIGHT },
    { "timed-out", PRESYNC_UNKNOWN_TIMED_OUT },
    { "unreachable", PRESYNC_UNKNOWN_UNREACHABLE },
    { "bad-input", PRESYNC_UNKNOWN_MALFORMED },
    { "limit", PRESYNC_UNKNOWN_PARTIAL },
    { "not-supported", PRESYNC_UNKNOWN_NOT_OFFERED },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (reasons); i++)
    if (g_strcmp0 (reasons[i].code, one->code) == 0)
      return reasons[i].reason;
  /* An object, a column, a database in which the login is nobody */
  return one->native == 229 || one->native == 230 || one->native == 916 ? PRESYNC_UNKNOWN_NO_RIGHT
                                                                        : PRESYNC_UNKNOWN_FAILED;
}

/* SQL Server's error 300 is a permission on the server; our statements ask for one that lets them
 * see its state. All others are told by the helper, in a sentence that names the server. */
static void
presync_sql_cell_refuse (PresyncSqlCell *self, const PresyncSqlAnswer *answer,
                         const PresyncSqlRead *one)
{
  const char *permission = strstr (one->message, "VIEW SERVER PERFORMANCE STATE") != NULL
                               ? "VIEW SERVER PERFORMANCE STATE"
                               : "VIEW SERVER STATE";

  if (one->native == 300)
    presync_sql_cell_set_unknown (
        self, PRESYNC_UNKNOWN_NO_RIGHT,
        g_strdup_printf (_ ("The login may not read this on %s; it needs the permission %s"),
                         answer->subject, permission));
  else
    presync_sql_cell_set_unknown (self, presync_sql_cell_find_reason (one),
                                  g_strdup (one->message));
}

const PresyncSqlRead *
presync_sql_answer_find (const PresyncSqlAnswer *self, const char *id, PresyncSqlCell *cell)
{
  const PresyncSqlRead *one = presync_sql_result_find (self->result, id);

  presync_sql_cell_clear (cell);
  cell->unknown = PRESYNC_UNKNOWN_NONE;
  cell->origin = presync_sql_answer_dup_origin (
      self, one != NULL ? one->query : id, one != NULL && one->message == NULL && one->complete);
  if (one == NULL)
    presync_sql_cell_set_unknown (cell, PRESYNC_UNKNOWN_FAILED,
                                  g_strdup_printf (_ ("%s was not asked for this"), self->subject));
  else if (one->message != NULL)
    presync_sql_cell_refuse (cell, self, one);
  else
    return one;
  return NULL;
}

static gboolean
presync_sql_cell_set_malformed (PresyncSqlCell *self, const PresyncSqlAnswer *answer,
                                const char *column)
{
  presync_sql_cell_set_unknown (
      self, PRESYNC_UNKNOWN_MALFORMED,
      g_strdup_printf (_ ("%s gave a value for %s that makes no sense"), answer->subject, column));
  return FALSE;
}

/* (nullable): the value, which is not null */
static JsonNode *
presync_sql_answer_get (const PresyncSqlAnswer *self, const char *id, guint row, const char *column,
                        PresyncSqlCell *cell)
{
  const PresyncSqlRead *one = presync_sql_answer_find (self, id, cell);
  JsonNode *node = NULL;

  if (one == NULL)
    return NULL;
  if (row < one->rows->len)
    node = presync_sql_row_get (g_ptr_array_index (one->rows, row), column);
  if (node != NULL && !JSON_NODE_HOLDS_NULL (node))
    return node;
  presync_sql_cell_set_unknown (
      cell, PRESYNC_UNKNOWN_NOT_OFFERED,
      g_strdup_printf (_ ("%s gave no value for %s"), self->subject, column));
  return NULL;
}

gboolean
presync_sql_answer_get_integer (const PresyncSqlAnswer *self, const char *id, guint row,
                                const char *column, PresyncSqlCell *cell)
{
  JsonNode *node = presync_sql_answer_get (self, id, row, column, cell);

  if (node == NULL)
    return FALSE;
  if (!JSON_NODE_HOLDS_VALUE (node) || json_node_get_value_type (node) != G_TYPE_INT64)
    return presync_sql_cell_set_malformed (cell, self, column);
  cell->integer = json_node_get_int (node);
  return TRUE;
}

gboolean
presync_sql_answer_get_text (const PresyncSqlAnswer *self, const char *id, guint row,
                             const char *column, PresyncSqlCell *cell)
{
  JsonNode *node = presync_sql_answer_get (self, id, row, column, cell);
  g_autofree char *clean = NULL;
  const char *text;

  if (node == NULL)
    return FALSE;
  if (!JSON_NODE_HOLDS_VALUE (node) || json_node_get_value_type (node) != G_TYPE_STRING)
    return presync_sql_cell_set_malformed (cell, self, column);
  text = json_node_get_string (node);
  /* Servers tell nothing and an empty text alike. */
  if (text[0] == '\0')
    {
      presync_sql_cell_set_unknown (
          cell, PRESYNC_UNKNOWN_NOT_OFFERED,
          g_strdup_printf (_ ("%s gave no value for %s"), self->subject, column));
      return FALSE;
    }
  clean = presync_sql_json_clean (text);
  if (!g_str_equal (clean, text) || g_utf8_strlen (text, -1) > TEXT_MAX)
    return presync_sql_cell_set_malformed (cell, self, column);
  cell->text = g_steal_pointer (&clean);
  return TRUE;
}

gboolean
presync_sql_answer_get_flag (const PresyncSqlAnswer *self, const char *id, guint row,
                             const char *column, PresyncSqlCell *cell)
{
  if (!presync_sql_answer_get_integer (self, id, row, column, cell))
    return FALSE;
  return cell->integer == 0 || cell->integer == 1
         || presync_sql_cell_set_malformed (cell, self, column);
}

void
presync_sql_answer_add (PresyncSqlAnswer *self, PresyncFact *fact)
{
  g_ptr_array_add (self->facts, g_object_ref (fact));
}

void
presync_sql_answer_add_unknown (PresyncSqlAnswer *self, const char *key, const PresyncSqlCell *cell)
{
  g_autoptr (PresyncFact) fact
      = presync_fact_new_unknown (key, self->subject, cell->unknown, cell->detail, cell->origin);
  presync_sql_answer_add (self, fact);
}

void
presync_sql_answer_add_boolean (PresyncSqlAnswer *self, const char *key, gboolean value,
                                const PresyncSqlCell *cell)
{
  g_autoptr (PresyncFact) fact = presync_fact_new_boolean (key, self->subject, value, cell->origin);
  presync_sql_answer_add (self, fact);
}

void
presync_sql_answer_add_integer (PresyncSqlAnswer *self, const char *key, gint64 value,
                                const PresyncSqlCell *cell)
{
  g_autoptr (PresyncFact) fact = presync_fact_new_integer (key, self->subject, value, cell->origin);
  presync_sql_answer_add (self, fact);
}

void
presync_sql_answer_add_text (PresyncSqlAnswer *self, const char *key, const char *value,
                             const PresyncSqlCell *cell)
{
  g_autoptr (PresyncFact) fact = presync_fact_new_text (key, self->subject, value, cell->origin);
  presync_sql_answer_add (self, fact);
}
