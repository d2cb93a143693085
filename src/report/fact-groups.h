/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "facts/fact-set.h"

G_BEGIN_DECLS

/**
 * PresyncFactGroup: facts that a report tells together
 * @title: untranslated (marked N_)
 * @keys: (array zero-terminated=1)
 */
typedef struct
{
  const char *title;
  const char *const *keys;
} PresyncFactGroup;

/**
 * presync_fact_groups:
 * @subject: "server", "sql", "tenant" or "network": what the keys begin with
 * @n: (out)
 *
 * Returns: (transfer none): the groups, in their order; each key of @subject is in one of them, in
 * a pair of presync_fact_pairs(), or told elsewhere
 */
const PresyncFactGroup *presync_fact_groups (const char *subject, gsize *n);

/* Is there any fact of the groups of @subject, known or not? */
gboolean presync_fact_groups_are_read (PresyncFactSet *facts, const char *subject);

/* What counts, of one of several parts; @label: (nullable): untranslated name of the part */
typedef struct
{
  const char *label;
  const char *key;
} PresyncFactPart;

#define PRESYNC_N_FACT_PARTS 3

/* So many facts that are unknown for one reason are told by name, and the reason once. */
#define PRESYNC_FACT_SAME_REASON 3

/**
 * presync_fact_groups_list_reasons:
 * @subject: as above
 *
 * Returns: (transfer full): why at least %PRESYNC_FACT_SAME_REASON facts of its groups are unknown
 *   -> (element-type PresyncFactKey) the keys, in their order; both (transfer none)
 */
GHashTable *presync_fact_groups_list_reasons (PresyncFactSet *facts, const char *subject);

/* (nullable) (transfer none): the reason, if the keys' facts are told by one of
 * presync_fact_groups_list_reasons() */
const char *presync_fact_groups_get_reason (PresyncFactSet *facts, GHashTable *reasons,
                                            const char *key);

/* (transfer full): the labels of @keys (element-type PresyncFactKey), separated by commas */
char *presync_fact_groups_dup_labels (GPtrArray *keys);

/**
 * PresyncFactPair: what a server does, beside whether it is set as Microsoft's pages say
 * @title: untranslated (marked N_)
 * @effective: what counts; @key is %NULL behind the last
 * @documented: key: is it set as documented?
 * @values: key: the single settings
 */
typedef struct
{
  const char *title;
  PresyncFactPart effective[PRESYNC_N_FACT_PARTS];
  const char *documented;
  const char *values;
} PresyncFactPair;

/* (transfer none): those of the sync server; @n: (out) */
const PresyncFactPair *presync_fact_pairs (gsize *n);

/**
 * presync_fact_list_others:
 * @key: a key
 *
 * Returns: (transfer container) (element-type PresyncFact): what other sources tell of @key, where
 *   it reads otherwise than what counts
 */
GPtrArray *presync_fact_list_others (PresyncFactSet *facts, const char *key);

G_END_DECLS
