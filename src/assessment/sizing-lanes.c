/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "assessment/sizing-lanes.h"

#include <glib/gi18n.h>

#define GB (G_GINT64_CONSTANT (1024) * 1024 * 1024)

static const char *const titles[PRESYNC_N_SIZING_LANES] = {
  [PRESYNC_SIZING_DATABASE] = N_ ("Database"),
  [PRESYNC_SIZING_MEMORY] = N_ ("Memory"),
  [PRESYNC_SIZING_DISK] = N_ ("Disk"),
  [PRESYNC_SIZING_TENANT] = N_ ("Tenant quota"),
};

const char *
presync_sizing_lane_title (PresyncSizingLane lane)
{
  g_return_val_if_fail (lane < PRESYNC_N_SIZING_LANES, NULL);

  return _ (titles[lane]);
}

char *
presync_sizing_dup_number (gint64 number)
{
  return g_strdup_printf ("%'" G_GINT64_FORMAT, number);
}

static void
presync_sizing_part_clear (gpointer data)
{
  PresyncSizingPart *self = data;

  g_free (self->label);
  g_free (self->brief);
  g_free (self->briefest);
}

/* Takes the words. A part that says the same as the one before only makes it longer. */
static void
presync_sizing_lane_add (GArray *parts, gint64 from, char *label, char *brief, char *briefest)
{
  PresyncSizingPart part = { from, G_MAXINT64, label, brief, briefest };

  if (parts->len > 0)
    {
      PresyncSizingPart *last = &g_array_index (parts, PresyncSizingPart, parts->len - 1);

      if (g_str_equal (last->label, label))
        {
          presync_sizing_part_clear (&part);
          return;
        }
      last->to = from;
    }
  g_array_append_val (parts, part);
}

static void
presync_sizing_lane_add_row (GArray *parts, PresyncSizingLane lane, const PresyncSizingRow *row)
{
  g_autofree char *number = NULL;

  if (lane == PRESYNC_SIZING_DATABASE)
    {
      presync_sizing_lane_add (
          parts, row->from,
          g_strdup (row->own_sql ? _ ("A SQL Server of your own") : _ ("LocalDB (10 GB)")),
          g_strdup (row->own_sql ? _ ("SQL Server") : _ ("LocalDB")), NULL);
      return;
    }
  number
      = presync_sizing_dup_number ((lane == PRESYNC_SIZING_MEMORY ? row->memory : row->disk) / GB);
  /* TRANSLATORS: a size of memory or disk */
  presync_sizing_lane_add (parts, row->from, g_strdup_printf (_ ("%s GB"), number),
                           g_strdup (number), NULL);
}

static void
presync_sizing_lane_add_quotas (GArray *parts)
{
  gsize n = 0;
  const PresyncSizingLimit *limits = presync_sizing_limits (&n);
  gint64 from = 0;

  for (gsize i = 0; i < n; i++)
    if (limits[i].tenant)
      {
        g_autofree char *number = presync_sizing_dup_number (limits[i].objects);
        g_autofree char *thousands = presync_sizing_dup_number (limits[i].objects / 1000);

        /* The last has no room for a part of its own. */
        if (i + 1 == n)
          presync_sizing_lane_add (
              parts, from,
              g_strdup_printf (_ ("more on request, above %s with a paid licence"), number),
              g_strdup (_ ("on request")), g_strdup (_ ("more")));
        else
          /* TRANSLATORS: a quota and whose it is: "50,000, tenant without a verified domain" */
          presync_sizing_lane_add (parts, from,
                                   g_strdup_printf (_ ("%s, %s"), number, _ (limits[i].label)),
                                   g_strdup (number),
                                   /* TRANSLATORS: thousand: "300 k" */
                                   g_strdup_printf (_ ("%s k"), thousands));
        from = limits[i].objects + 1;
      }
}

GArray *
presync_sizing_lane_list (PresyncSizingLane lane)
{
  GArray *parts = g_array_new (FALSE, FALSE, sizeof (PresyncSizingPart));
  gsize n = 0;
  const PresyncSizingRow *rows = presync_sizing_rows (&n);

  g_array_set_clear_func (parts, presync_sizing_part_clear);
  if (lane == PRESYNC_SIZING_TENANT)
    presync_sizing_lane_add_quotas (parts);
  for (gsize i = 0; lane != PRESYNC_SIZING_TENANT && i < n; i++)
    presync_sizing_lane_add_row (parts, lane, &rows[i]);
  return parts;
}

gboolean
presync_sizing_part_is_active (const PresyncSizingPart *self, const PresyncSizing *sizing)
{
  g_return_val_if_fail (self != NULL && sizing != NULL, FALSE);

  return sizing->objects >= self->from && sizing->objects < self->to;
}
