/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sources/directory/right-scan.h"

#include <glib/gi18n.h>

#include "sources/directory/bounds.h"
#include "sources/directory/right-look.h"

#define SD_FLAGS 4 /* DACL */
/* Of a unit, names that are tried until one is that of a person who is synchronized */
#define SAMPLE_NAMES 5

void
presync_right_scan_free (PresyncRightScan *self)
{
  if (self == NULL)
    return;
  g_clear_pointer (&self->gaps, g_ptr_array_unref);
  g_clear_pointer (&self->doubts, g_ptr_array_unref);
  g_free (self->problem);
  g_free (self->partial);
  g_clear_object (&self->origin);
  g_free (self);
}

/* @sampled: (out): a person of the unit was looked at, or it has none. First the names, which cost
 * a server little: then one object. */
static gboolean
presync_right_scan_sample_unit (PresyncRightLook *self, const PresyncRightUnit *unit,
                                gboolean *sampled, GError **error)
{
  static const char *const no_attributes[] = { "1.1", NULL };
  const PresyncQuery names = { .base = unit->dn,
                               .scope = PRESYNC_SCOPE_ONE_LEVEL,
                               .filter = "(objectCategory=person)",
                               .attributes = no_attributes,
                               .max_entries = SAMPLE_NAMES };
  g_autoptr (PresyncProbeRead) read = presync_probe_read_query (self->run, &names, error);

  *sampled = FALSE;
  if (read == NULL)
    return FALSE;
  self->scan->n_reads++;
  for (guint i = 0; i < read->entries->len && !*sampled; i++)
    {
      const PresyncQuery query = { .base = presync_entry_get_dn (read->entries->pdata[i]),
                                   .scope = PRESYNC_SCOPE_BASE,
                                   .filter = "(objectClass=*)",
                                   .attributes = presync_right_look_attributes,
                                   .sd_flags = SD_FLAGS };
      guint before = self->n_looked_at;
      g_autoptr (PresyncProbeRead) object
          = presync_probe_stream (self->run, &query, presync_right_look_entry_cb, self, error);
      if (object == NULL)
        return FALSE;
      self->scan->n_reads++;
      *sampled = self->n_looked_at > before;
    }
  *sampled = *sampled || (read->complete && read->reason == PRESYNC_UNKNOWN_NONE);
  return TRUE;
}

/* A person of each unit that the read did not come to. @all: (out): of every one */
static gboolean
presync_right_scan_sample (PresyncRightLook *self, gboolean *all, GError **error)
{
  guint n = 0;

  *all = self->units->complete;
  for (guint i = 0; i < self->units->units->len; i++)
    {
      const PresyncRightUnit *unit = g_ptr_array_index (self->units->units, i);
      gboolean sampled;

      if (g_hash_table_contains (self->parents, unit->key))
        continue;
      if (n++ == PRESYNC_BOUND_RIGHT_SAMPLES)
        {
          *all = FALSE;
          break;
        }
      if (!presync_right_scan_sample_unit (self, unit, &sampled, error))
        return FALSE;
      *all = *all && sampled;
    }
  return TRUE;
}

/* (transfer full): what was not looked at. @sampled: a person of each unit was */
static char *
presync_right_scan_dup_partial (const PresyncRightScan *scan, gboolean sampled)
{
  g_autofree char *objects = g_strdup_printf ("%'u", scan->n_objects);

  if (sampled)
    /* TRANSLATORS: %s is a large number */
    return g_strdup_printf (
        _ ("Only %s objects were looked at, and one person of each further unit."), objects);
  return g_strdup_printf (
      _ ("Only %s objects were looked at, and one person of some further units."), objects);
}

static void
presync_right_scan_conclude (PresyncRightLook *self, const PresyncProbeRead *read)
{
  PresyncRightScan *scan = self->scan;
  g_autofree char *objects = g_strdup_printf ("%'u", scan->n_objects);
  g_autofree char *units = g_strdup_printf ("%'u", scan->n_units);
  g_autofree char *reads = g_strdup_printf ("%'u", scan->n_reads);
  /* TRANSLATORS: three numbers and a DN: "12 344 objects and 310 units below DC=…, 14 reads" */
  g_autofree char *text = g_strdup_printf (_ ("%s objects and %s units below %s, %s reads"),
                                           objects, units, self->run->forest->domain_dn, reads);
  g_autofree char *query
      = g_strdup_printf ("%s · %s", text, presync_origin_get_query (read->origin));

  if (read->reason != PRESYNC_UNKNOWN_NONE)
    {
      scan->reason = read->reason;
      scan->problem = g_strdup (read->detail);
    }
  else if (self->n_shown == 0)
    {
      /* A domain has people: who sees none of them may see nothing. */
      scan->reason = PRESYNC_UNKNOWN_NO_RIGHT;
      scan->problem = presync_probe_dup_hidden (self->run, "objectCategory", read->base);
    }
  scan->origin = presync_origin_new ("directory", presync_origin_get_target (read->origin), query,
                                     presync_origin_get_at (read->origin),
                                     read->complete && scan->reason == PRESYNC_UNKNOWN_NONE);
}

static gboolean
presync_right_scan_run (PresyncRightLook *self, GError **error)
{
  const PresyncQuery query = {
    .base = self->run->forest->domain_dn,
    .scope = PRESYNC_SCOPE_SUBTREE,
    .filter = "(objectClass=*)",
    .attributes = presync_right_look_attributes,
    .max_entries = PRESYNC_BOUND_RIGHT_OBJECTS,
    .sd_flags = SD_FLAGS,
  };
  g_autoptr (PresyncProbeRead) read = NULL;
  gboolean sampled;

  presync_right_look_at_units (self);
  read = presync_probe_stream (self->run, &query, presync_right_look_entry_cb, self, error);
  if (read == NULL)
    return FALSE;
  self->scan->n_reads += 1 + read->count / PRESYNC_PAGE_SIZE;
  if (!read->complete && read->reason == PRESYNC_UNKNOWN_NONE)
    {
      if (!presync_right_scan_sample (self, &sampled, error))
        return FALSE;
      self->scan->partial = presync_right_scan_dup_partial (self->scan, sampled);
    }
  presync_right_scan_conclude (self, read);
  return TRUE;
}

PresyncRightScan *
presync_right_scan (PresyncProbeRun *run, GPtrArray *questions, guint n_slots, GPtrArray *accounts,
                    GError **error)
{
  g_autoptr (PresyncRightScan) scan = g_new0 (PresyncRightScan, 1);
  g_autoptr (PresyncRightUnits) units = presync_right_units_read (run, error);
  PresyncRightLook look;
  gboolean good;

  if (units == NULL)
    return NULL;
  scan->gaps = g_ptr_array_new_with_free_func ((GDestroyNotify) presync_right_gaps_free);
  scan->doubts = g_ptr_array_new_with_free_func (g_free);
  for (guint i = 0; i < n_slots; i++)
    {
      g_ptr_array_add (scan->gaps, presync_right_gaps_new ());
      g_ptr_array_add (scan->doubts, NULL);
    }
  presync_right_look_init (&look, run, scan, units, questions, n_slots, accounts);
  good = presync_right_scan_run (&look, error);
  presync_right_look_clear (&look);
  return good ? g_steal_pointer (&scan) : NULL;
}
