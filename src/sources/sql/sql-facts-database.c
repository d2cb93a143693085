/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sources/sql/sql-facts-private.h"

#include <string.h>
#include <glib/gi18n.h>

/* Connect Sync's own database, by Microsoft's pages */
#define ADSYNC "ADSync"
/* Native errors of a statement on ADSync.sys.…: there is no such database; one, but not for us */
#define NATIVE_NO_OBJECT 208
#define NATIVE_NO_ACCESS 916

/* Beginnings of the names of other sync engines' databases: Microsoft Identity Manager and its
 * forerunner, which DirSync and Azure AD Sync were made of. No page of Microsoft lists them. A
 * second database that begins like our own is another installation's or an old one. */
static const char *const engines[] = {
  "adsync",
  "fimsynchronizationservice",
  "microsoftidentityintegrationserver",
};

/* Is there a database ADSync? */
typedef enum
{
  ADSYNC_UNKNOWN,
  ADSYNC_THERE,
  ADSYNC_NOT_THERE,
} PresyncAdsync;

static gboolean
presync_sql_answer_is_engine (const char *name)
{
  g_autofree char *lower = g_ascii_strdown (name, -1);

  for (gsize i = 0; i < G_N_ELEMENTS (engines); i++)
    if (g_str_has_prefix (lower, engines[i]))
      return TRUE;
  return FALSE;
}

/* May the login see all databases? sysadmin may. @cell: (out): if not, why */
static gboolean
presync_sql_answer_sees_all (const PresyncSqlAnswer *self, PresyncSqlCell *cell)
{
  if (presync_sql_answer_get_flag (self, "login", 0, "sysadmin", cell) && cell->integer == 1)
    return TRUE;
  if (!presync_sql_answer_get_flag (self, "login", 0, "view_any_database", cell))
    return FALSE;
  if (cell->integer == 1)
    return TRUE;
  presync_sql_cell_set_unknown (
      cell, PRESYNC_UNKNOWN_NO_RIGHT,
      g_strdup_printf (_ ("The login may not see all databases of %s; it needs the permission %s"),
                       self->subject, "VIEW ANY DATABASE"));
  return FALSE;
}

static const char *
presync_sql_row_get_text (JsonObject *row, const char *column)
{
  JsonNode *node = presync_sql_row_get (row, column);

  return node != NULL && JSON_NODE_HOLDS_VALUE (node)
                 && json_node_get_value_type (node) == G_TYPE_STRING
             ? json_node_get_string (node)
             : NULL;
}

/* The number of the row of "databases" that tells of ADSync, or -1. Where the case of letters
 * counts there may be several, and the one of exactly that name is it.
 * @exact: (out): it is of that very name */
static int
presync_sql_answer_find_adsync_row (const PresyncSqlRead *databases, gboolean *exact)
{
  int found = -1;

  *exact = FALSE;
  for (guint i = 0; i < databases->rows->len && !*exact; i++)
    {
      const char *name = presync_sql_row_get_text (g_ptr_array_index (databases->rows, i), "name");
      if (name == NULL || g_ascii_strcasecmp (name, ADSYNC) != 0)
        continue;
      *exact = g_str_equal (name, ADSYNC);
      if (*exact || found < 0)
        found = (int) i;
    }
  return found;
}

/* @cell: (out): where that was read, or why it is not known
 * @row: (out): of "databases", or -1 */
static PresyncAdsync
presync_sql_answer_find_adsync (const PresyncSqlAnswer *self, PresyncSqlCell *cell, int *row)
{
  const PresyncSqlRead *role = presync_sql_result_find (self->result, "adsync-role");
  const PresyncSqlRead *databases = presync_sql_answer_find (self, "databases", cell);
  g_auto (PresyncSqlCell) sight = { 0 };

  gboolean exact = FALSE;

  *row = databases != NULL ? presync_sql_answer_find_adsync_row (databases, &exact) : -1;
  if (*row >= 0)
    {
      g_clear_object (&cell->origin);
      cell->origin = presync_sql_answer_dup_origin (self, databases->query, TRUE);
      return ADSYNC_THERE;
    }
  if (role != NULL
      && (role->message == NULL || role->native == NATIVE_NO_ACCESS
          || role->native == NATIVE_NO_OBJECT))
    {
      presync_sql_cell_clear (cell);
      cell->unknown = PRESYNC_UNKNOWN_NONE;
      cell->origin = presync_sql_answer_dup_origin (self, role->query, TRUE);
      return role->native == NATIVE_NO_OBJECT && role->message != NULL ? ADSYNC_NOT_THERE
                                                                       : ADSYNC_THERE;
    }
  if (databases == NULL)
    return ADSYNC_UNKNOWN;
  if (!presync_sql_answer_sees_all (self, &sight))
    presync_sql_cell_set_unknown (cell, sight.unknown, g_steal_pointer (&sight.detail));
  else if (!databases->complete)
    presync_sql_cell_set_unknown (cell, PRESYNC_UNKNOWN_PARTIAL,
                                  g_strdup_printf (_ ("Only %u databases of %s were listed"),
                                                   databases->rows->len, self->subject));
  else
    return ADSYNC_NOT_THERE;
  return ADSYNC_UNKNOWN;
}

/* What was seen is there; that nothing is, only who may see all can say. */
static void
presync_sql_answer_add_engines (PresyncSqlAnswer *self)
{
  g_auto (PresyncSqlCell) cell = { 0 };
  g_auto (PresyncSqlCell) sight = { 0 };
  const PresyncSqlRead *databases = presync_sql_answer_find (self, "databases", &cell);
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_autoptr (PresyncOrigin) origin = NULL;
  g_autoptr (PresyncFact) fact = NULL;
  g_auto (GStrv) names = NULL;
  gboolean all;

  for (guint i = 0; databases != NULL && i < databases->rows->len; i++)
    {
      g_auto (PresyncSqlCell) name = { 0 };
      if (!presync_sql_answer_get_text (self, "databases", i, "name", &name))
        {
          presync_sql_answer_add_unknown (self, "sql.other-engines", &name);
          return;
        }
      if (presync_sql_answer_is_engine (name.text) && g_ascii_strcasecmp (name.text, ADSYNC) != 0)
        g_strv_builder_add (builder, name.text);
    }
  names = g_strv_builder_end (builder);
  all = databases != NULL && presync_sql_answer_sees_all (self, &sight);
  if (databases != NULL && !all && names[0] == NULL)
    presync_sql_cell_set_unknown (&cell, sight.unknown, g_steal_pointer (&sight.detail));
  if (cell.unknown != PRESYNC_UNKNOWN_NONE || databases == NULL)
    {
      presync_sql_answer_add_unknown (self, "sql.other-engines", &cell);
      return;
    }
  origin = presync_sql_answer_dup_origin (self, databases->query, all && databases->complete);
  fact = presync_fact_new_list ("sql.other-engines", self->subject, (const char *const *) names,
                                origin);
  presync_sql_answer_add (self, fact);
}

/* Of the row of ADSync. That other rows are missing matters only if one of them may be the one
 * that is meant. */
static gboolean
presync_sql_answer_get_adsync_collation (PresyncSqlAnswer *self, guint row, PresyncSqlCell *cell)
{
  const PresyncSqlRead *databases;
  gboolean exact;

  if (!presync_sql_answer_get_text (self, "databases", row, "collation_name", cell))
    return FALSE;
  databases = presync_sql_result_find (self->result, "databases");
  presync_sql_answer_find_adsync_row (databases, &exact);
  if (!exact && !databases->complete)
    {
      presync_sql_cell_set_unknown (cell, PRESYNC_UNKNOWN_PARTIAL,
                                    g_strdup_printf (_ ("Only %u databases of %s were listed"),
                                                     databases->rows->len, self->subject));
      return FALSE;
    }
  g_clear_object (&cell->origin);
  cell->origin = presync_sql_answer_dup_origin (self, databases->query, TRUE);
  return TRUE;
}

/* Of the database if there is one; else of the server, which a new database takes over */
static void
presync_sql_answer_add_collation (PresyncSqlAnswer *self, PresyncAdsync adsync, int row,
                                  const PresyncSqlCell *found)
{
  g_auto (PresyncSqlCell) cell = { 0 };
  gboolean ok;

  if (adsync == ADSYNC_UNKNOWN)
    {
      presync_sql_answer_add_unknown (self, "sql.collation", found);
      return;
    }
  if (adsync == ADSYNC_NOT_THERE)
    ok = presync_sql_answer_get_text (self, "properties", 0, "Collation", &cell);
  else if (row >= 0)
    ok = presync_sql_answer_get_adsync_collation (self, (guint) row, &cell);
  else
    {
      ok = FALSE;
      cell.origin = g_object_ref (found->origin);
      presync_sql_cell_set_unknown (
          &cell, PRESYNC_UNKNOWN_NO_RIGHT,
          g_strdup_printf (_ ("The login may not see the database %s of %s"), ADSYNC,
                           self->subject));
    }
  if (ok)
    presync_sql_answer_add_text (self, "sql.collation", cell.text, &cell);
  else
    presync_sql_answer_add_unknown (self, "sql.collation", &cell);
}

static void
presync_sql_answer_add_size (PresyncSqlAnswer *self, PresyncAdsync adsync)
{
  g_auto (PresyncSqlCell) cell = { 0 };

  if (presync_sql_answer_get_integer (self, "adsync-size", 0, "bytes", &cell) && cell.integer >= 0)
    {
      presync_sql_answer_add_integer (self, "sql.adsync-size", cell.integer, &cell);
      return;
    }
  if (cell.unknown == PRESYNC_UNKNOWN_NONE)
    presync_sql_cell_set_unknown (
        &cell, PRESYNC_UNKNOWN_MALFORMED,
        g_strdup_printf (_ ("%s gave a value for %s that makes no sense"), self->subject, "bytes"));
  else if (cell.unknown == PRESYNC_UNKNOWN_NOT_OFFERED && adsync == ADSYNC_NOT_THERE)
    presync_sql_cell_set_unknown (
        &cell, PRESYNC_UNKNOWN_NOT_OFFERED,
        g_strdup_printf (_ ("There is no database %s on %s"), ADSYNC, self->subject));
  else if (cell.unknown == PRESYNC_UNKNOWN_NOT_OFFERED && adsync == ADSYNC_THERE)
    presync_sql_cell_set_unknown (
        &cell, PRESYNC_UNKNOWN_NO_RIGHT,
        g_strdup_printf (_ ("The login may not see the files of the databases of %s; it needs the "
                            "permission %s"),
                         self->subject, "VIEW ANY DEFINITION"));
  presync_sql_answer_add_unknown (self, "sql.adsync-size", &cell);
}

/* A row with no state is a database that is not mirrored. */
static void
presync_sql_answer_add_mirrored (PresyncSqlAnswer *self, PresyncAdsync adsync,
                                 const PresyncSqlCell *found)
{
  g_auto (PresyncSqlCell) cell = { 0 };
  const PresyncSqlRead *one = presync_sql_answer_find (self, "mirroring", &cell);

  if (adsync == ADSYNC_NOT_THERE)
    presync_sql_answer_add_boolean (self, "sql.mirrored", FALSE, found);
  else if (one == NULL)
    presync_sql_answer_add_unknown (self, "sql.mirrored", &cell);
  else if (presync_sql_answer_get_text (self, "mirroring", 0, "mirroring_state_desc", &cell))
    presync_sql_answer_add_boolean (self, "sql.mirrored", TRUE, &cell);
  else if (one->rows->len == 1 && cell.unknown == PRESYNC_UNKNOWN_NOT_OFFERED
           && presync_sql_row_get (g_ptr_array_index (one->rows, 0), "mirroring_state_desc")
                  != NULL)
    presync_sql_answer_add_boolean (self, "sql.mirrored", FALSE, &cell);
  else
    presync_sql_answer_add_unknown (self, "sql.mirrored", &cell);
}

/* sysadmin, or dbo of a database that waits: as its owner, or as a member of db_owner in person.
 * Rights by way of nested Windows groups do not count, and CONTROL alone does not tell the way. */
static void
presync_sql_answer_add_rights (PresyncSqlAnswer *self, PresyncAdsync adsync,
                               const PresyncSqlCell *found)
{
  g_auto (PresyncSqlCell) sysadmin = { 0 };
  g_auto (PresyncSqlCell) role = { 0 };
  g_auto (PresyncSqlCell) owner = { 0 };
  g_auto (PresyncSqlCell) login = { 0 };
  g_auto (PresyncSqlCell) control = { 0 };
  const PresyncSqlRead *asked = presync_sql_result_find (self->result, "adsync-role");
  gboolean told = presync_sql_answer_get_flag (self, "login", 0, "sysadmin", &sysadmin);
  gboolean member;

  if (told && sysadmin.integer == 1)
    {
      presync_sql_answer_add_boolean (self, "sql.rights", TRUE, &sysadmin);
      return;
    }
  member = presync_sql_answer_get_integer (self, "adsync-role", 0, "db_owner", &role);
  if (member && role.integer > 0)
    presync_sql_answer_add_boolean (self, "sql.rights", TRUE, &role);
  else if (presync_sql_answer_get_text (self, "adsync-owner", 0, "owner", &owner)
           && presync_sql_answer_get_text (self, "login", 0, "login", &login)
           && g_ascii_strcasecmp (owner.text, login.text) == 0)
    presync_sql_answer_add_boolean (self, "sql.rights", TRUE, &owner);
  else if (!told)
    presync_sql_answer_add_unknown (self, "sql.rights", &sysadmin);
  else if (adsync == ADSYNC_NOT_THERE)
    presync_sql_answer_add_boolean (self, "sql.rights", FALSE, found);
  else if (adsync == ADSYNC_THERE && asked != NULL && asked->message != NULL
           && asked->native == NATIVE_NO_ACCESS)
    presync_sql_answer_add_boolean (self, "sql.rights", FALSE, found);
  else if (adsync == ADSYNC_UNKNOWN)
    presync_sql_answer_add_unknown (self, "sql.rights", found);
  else if (!presync_sql_answer_get_flag (self, "adsync-owner", 0, "control", &control))
    presync_sql_answer_add_unknown (self, "sql.rights", &control);
  else if (control.integer == 0)
    presync_sql_answer_add_boolean (self, "sql.rights", FALSE, &control);
  else
    {
      presync_sql_cell_set_unknown (
          &control, PRESYNC_UNKNOWN_NOT_OFFERED,
          g_strdup_printf (_ ("The login owns the database %s of %s by way of a group; only rights "
                              "that it was given directly are sure to count"),
                           ADSYNC, self->subject));
      presync_sql_answer_add_unknown (self, "sql.rights", &control);
    }
}

void
presync_sql_answer_add_databases (PresyncSqlAnswer *self)
{
  g_auto (PresyncSqlCell) found = { 0 };
  int row;
  PresyncAdsync adsync = presync_sql_answer_find_adsync (self, &found, &row);

  if (adsync == ADSYNC_UNKNOWN)
    presync_sql_answer_add_unknown (self, "sql.adsync-database", &found);
  else
    presync_sql_answer_add_boolean (self, "sql.adsync-database", adsync == ADSYNC_THERE, &found);
  presync_sql_answer_add_engines (self);
  presync_sql_answer_add_collation (self, adsync, row, &found);
  presync_sql_answer_add_size (self, adsync);
  presync_sql_answer_add_mirrored (self, adsync, &found);
  presync_sql_answer_add_rights (self, adsync, &found);
}
