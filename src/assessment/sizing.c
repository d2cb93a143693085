/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "assessment/sizing.h"

#include <glib/gi18n.h>
#include <math.h>

#define GB (G_GINT64_CONSTANT (1024) * 1024 * 1024)
/* Ends of the bar's scale */
#define SCALE_FROM 1000.0
#define SCALE_TO 1000000.0
/* "About 12,400": so many digits are told */
#define TOLD 1000

/* "Prerequisites for Microsoft Entra Connect", hardware requirements (2026-01-16). Where two rows
 * meet, the larger counts; the last is "more than 600,000". */
static const PresyncSizingRow rows[] = {
  { 0, 6 * GB, 70 * GB, FALSE },       { 10000, 6 * GB, 70 * GB, FALSE },
  { 50000, 16 * GB, 100 * GB, FALSE }, { 100000, 32 * GB, 300 * GB, TRUE },
  { 300000, 32 * GB, 450 * GB, TRUE }, { 600001, 32 * GB, 500 * GB, TRUE },
};

static const PresyncSizingLimit limits[] = {
  { 50000, N_ ("tenant without a verified domain"), TRUE },
  { 100000, N_ ("LocalDB"), FALSE },
  { 300000, N_ ("tenant with a verified domain"), TRUE },
  { 500000, N_ ("tenant without a paid licence, on request"), TRUE },
};

const PresyncSizingRow *
presync_sizing_rows (gsize *n)
{
  *n = G_N_ELEMENTS (rows);
  return rows;
}

const PresyncSizingLimit *
presync_sizing_limits (gsize *n)
{
  *n = G_N_ELEMENTS (limits);
  return limits;
}

PresyncSizing
presync_sizing_get (PresyncFactSet *facts)
{
  PresyncSizing sizing = { -1, TRUE, NULL };
  GPtrArray *found = NULL;

  g_return_val_if_fail (PRESYNC_IS_FACT_SET (facts), sizing);

  found = presync_fact_set_lookup (facts, "forest.objects");
  for (guint i = 0; found != NULL && i < found->len; i++)
    {
      PresyncFact *fact = g_ptr_array_index (found, i);

      if (presync_fact_get_unknown (fact) != PRESYNC_UNKNOWN_NONE
          || presync_fact_get_integer (fact) < 0)
        continue;
      sizing.objects = MAX (sizing.objects, 0) + presync_fact_get_integer (fact);
      sizing.complete
          = sizing.complete && presync_origin_get_complete (presync_fact_get_origin (fact));
    }
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    if (sizing.objects >= rows[i].from)
      sizing.row = &rows[i];
  return sizing;
}

/* Rounded down: a number never reaches a limit by being told. */
static gint64
presync_sizing_round (gint64 objects)
{
  gint64 unit = 1;

  while (objects / unit >= TOLD)
    unit *= 10;
  return objects / unit * unit;
}

char *
presync_sizing_dup_text (const PresyncSizing *self)
{
  g_autofree char *objects = NULL;
  g_autofree char *memory = NULL;
  g_autofree char *disk = NULL;

  g_return_val_if_fail (self != NULL, NULL);

  if (self->objects < 0 || self->row == NULL)
    return g_strdup (_ ("The objects of the forest were not counted, so nothing tells how large "
                        "the server and its database must be."));

  objects = g_strdup_printf ("%'" G_GINT64_FORMAT, presync_sizing_round (self->objects));
  memory = g_strdup_printf ("%" G_GINT64_FORMAT, self->row->memory / GB);
  disk = g_strdup_printf ("%" G_GINT64_FORMAT, self->row->disk / GB);
  /* TRANSLATORS: number of objects, GB of memory, GB of disk; so in all four sentences */
  if (self->complete && !self->row->own_sql)
    return g_strdup_printf (_ ("About %s objects: %s GB of memory, %s GB of disk; the built-in "
                               "LocalDB is enough."),
                            objects, memory, disk);
  if (self->complete)
    return g_strdup_printf (_ ("About %s objects: %s GB of memory, %s GB of disk; LocalDB is too "
                               "small, a SQL Server of your own is needed."),
                            objects, memory, disk);
  if (!self->row->own_sql)
    return g_strdup_printf (_ ("At least %s objects, not all were counted: at least %s GB of "
                               "memory, %s GB of disk; whether LocalDB is enough is not known."),
                            objects, memory, disk);
  return g_strdup_printf (_ ("At least %s objects, not all were counted: at least %s GB of memory, "
                             "%s GB of disk; LocalDB is too small, a SQL Server of your own is "
                             "needed."),
                          objects, memory, disk);
}

double
presync_sizing_position (gint64 objects)
{
  double at = 0.0;

  if (objects <= 0)
    return 0.0;
  at = log ((double) objects / SCALE_FROM) / log (SCALE_TO / SCALE_FROM);
  return CLAMP (at, 0.0, 1.0);
}
