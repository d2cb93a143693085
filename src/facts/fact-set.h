/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "facts/fact.h"

G_BEGIN_DECLS

/**
 * PresyncFactSet:
 *
 * All facts of an assessment, at most one for each source, key and subject. Lives in the main
 * thread.
 *
 * Signal "changed" (const char * const *keys): emitted once per update with the keys whose facts
 * changed in value, reason or completeness; a fact that was read again with the same value is
 * stored (its origin is newer) and emitted through "refreshed" (same argument) instead.
 */
#define PRESYNC_TYPE_FACT_SET (presync_fact_set_get_type ())
G_DECLARE_FINAL_TYPE (PresyncFactSet, presync_fact_set, PRESYNC, FACT_SET, GObject)

PresyncFactSet *presync_fact_set_new (void);

/**
 * presync_fact_set_update:
 * @facts: (element-type PresyncFact) (transfer none): new facts, of one source
 *
 * Adds @facts. All that their source told of a key that is named in @facts is replaced: a subject
 * that is not among them is gone (a domain controller that was removed).
 */
void presync_fact_set_update (PresyncFactSet *self, GPtrArray *facts);

/**
 * presync_fact_set_load:
 * @facts: (element-type PresyncFact) (transfer none): facts of several sources
 *
 * As presync_fact_set_update() once for each source, but the signals come once for all of them.
 */
void presync_fact_set_load (PresyncFactSet *self, GPtrArray *facts);

/**
 * presync_fact_set_list_all:
 *
 * Returns: (transfer container) (element-type PresyncFact): what every source tells, also where
 *   another counts, by key; what presync_fact_set_load() of another set needs to be alike
 */
GPtrArray *presync_fact_set_list_all (PresyncFactSet *self);

/**
 * presync_fact_set_forget_source:
 * @source: a source's id
 *
 * Drops every fact that came from @source: nobody collects them any more.
 */
void presync_fact_set_forget_source (PresyncFactSet *self, const char *source);

/**
 * presync_fact_set_forget_keys:
 * @source: a source's id
 * @keys: (array zero-terminated=1)
 *
 * Drops what @source told of each of @keys; what other sources tell of them stays.
 */
void presync_fact_set_forget_keys (PresyncFactSet *self, const char *source,
                                   const char *const *keys);

/**
 * presync_fact_set_forget_prefixes:
 * @prefixes: (array zero-terminated=1): beginnings of keys, such as "connector."
 *
 * Drops every fact whose key begins with one of @prefixes: what they tell of has another name now.
 *
 * Returns: %TRUE if there were any ("changed" was emitted)
 */
gboolean presync_fact_set_forget_prefixes (PresyncFactSet *self, const char *const *prefixes);

/**
 * presync_fact_set_lookup:
 * @key: a key
 *
 * Of several sources that tell of @key, the key's own counts (PresyncFactKey.source), unless it
 * knows nothing and another does.
 *
 * Returns: (transfer none) (nullable) (element-type PresyncFact): its facts, one a subject, in the
 *   order they were given; %NULL if nobody collected it
 */
GPtrArray *presync_fact_set_lookup (PresyncFactSet *self, const char *key);

/* (transfer none) (nullable) (element-type PresyncFact): what @source alone tells of @key */
GPtrArray *presync_fact_set_lookup_source (PresyncFactSet *self, const char *key,
                                           const char *source);
/* (transfer none) (nullable) (element-type GPtrArray): what each source tells of @key */
GPtrArray *presync_fact_set_list_layers (PresyncFactSet *self, const char *key);

/**
 * presync_fact_set_list:
 *
 * Returns: (transfer container) (element-type PresyncFact): all facts, by key
 */
GPtrArray *presync_fact_set_list (PresyncFactSet *self);

G_END_DECLS
