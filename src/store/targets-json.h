/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <json-glib/json-glib.h>

#include "assessment/targets.h"

G_BEGIN_DECLS

/* The ids of the sources, and names of what they found, (array zero-terminated=1) */
extern const char *const presync_targets_json_names[];

/* Does the name stand for what a source found? That is a text of the source, who checks it when it
 * gets it back: it may be large, and is not parsed on the way. */
gboolean presync_targets_json_is_found (const char *name);
/* (transfer none) (nullable): where @targets has that text */
char **presync_targets_json_get_found (PresyncTargets *targets, const char *name);

/* (transfer full) (nullable): what the source @name asks, without secrets; %NULL if there is none
 */
JsonObject *presync_targets_json_dup (const PresyncTargets *targets, const char *name);

/**
 * presync_targets_json_set:
 *
 * Sets the source @name. A file may come from anybody: names of servers are held to the patterns
 * that typed ones are held to, and a source whose names cannot be is left out.
 */
void presync_targets_json_set (PresyncTargets *targets, const char *name, JsonObject *object);

G_END_DECLS
