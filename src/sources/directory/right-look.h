/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sources/directory/right-scan.h"
#include "sources/directory/right-units.h"

G_BEGIN_DECLS

/**
 * PresyncRightLook: a scan on its way: judges one object after the other. Lives on the stack.
 * @questions: (element-type PresyncRightQuestion): all of them
 * @classes: names to what is asked of their objects
 * @outcomes: what descriptors answered
 * @accounts: keys of the accounts' DNs
 * @parents: keys of the units of which a person was looked at
 * @last_gap: of each slot the number of the last object that has a gap there
 * @configuration: key of that naming context
 * @n_shown: objects of the classes that are looked for
 */
typedef struct
{
  PresyncProbeRun *run;
  PresyncRightScan *scan;
  PresyncRightUnits *units;
  GPtrArray *questions;
  GHashTable *classes;
  GHashTable *outcomes;
  GHashTable *accounts;
  GHashTable *parents;
  guint *last_gap;
  char *configuration;
  guint n_looked_at;
  guint n_read;
  guint n_shown;
} PresyncRightLook;

/* The arguments are those of presync_right_scan() and what it made; they must outlive @self. */
void presync_right_look_init (PresyncRightLook *self, PresyncProbeRun *run, PresyncRightScan *scan,
                              PresyncRightUnits *units, GPtrArray *questions, guint n_slots,
                              GPtrArray *accounts);
void presync_right_look_clear (PresyncRightLook *self);

/* What presync_right_look_entry_cb() needs of an entry; ends with NULL */
extern const char *const presync_right_look_attributes[];

/* PresyncEntryFunc: judges an object */
gboolean presync_right_look_entry_cb (const PresyncEntry *entry, gpointer user_data);

/* Judges the units themselves: creating and deleting is asked of them. */
void presync_right_look_at_units (PresyncRightLook *self);

G_END_DECLS
