/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * PresyncTestKind: the few things a condition may ask of facts
 *
 * at-least, at-most: integers; of a list, its length; or two integers, one against the other.
 * older-than: times, in hours.
 * by-person: no program can see it; only an answer decides. is-known: somebody could read it,
 * whatever it is. is-collected: somebody tried to; never open. agrees: two sources or more know it
 * and tell the same. shares: two lists have a member in common; a
 * text is a list of one. same: two texts are the same.
 */
typedef enum
{
  PRESYNC_TEST_IS_TRUE,
  PRESYNC_TEST_IS_FALSE,
  PRESYNC_TEST_AT_LEAST,
  PRESYNC_TEST_AT_MOST,
  PRESYNC_TEST_EQUALS,
  PRESYNC_TEST_ONE_OF,
  PRESYNC_TEST_CONTAINS,
  PRESYNC_TEST_VERSION_AT_LEAST,
  PRESYNC_TEST_OLDER_THAN,
  PRESYNC_TEST_IS_KNOWN,
  PRESYNC_TEST_IS_COLLECTED,
  PRESYNC_TEST_AGREES,
  PRESYNC_TEST_SHARES,
  PRESYNC_TEST_SAME,
  PRESYNC_TEST_ALL,
  PRESYNC_TEST_ANY,
  PRESYNC_TEST_NOT,
  PRESYNC_TEST_BUILT_IN,
  PRESYNC_TEST_BY_PERSON,
} PresyncTestKind;

/**
 * PresyncTest:
 * @kind: what is asked
 * @fact: (nullable): key of the fact, for tests of one
 * @with: (nullable): key of the other list of shares, the other text of same, the other integer
 *   of at-least, at-most
 * @for_any: %TRUE if one subject is enough; else every subject must pass
 * @number: threshold of at-least, at-most without @with (slack already taken off), hours of
 * older-than, number of equals on an integer fact
 * @values: (nullable) (array zero-terminated=1): texts of equals (one), one-of, contains (one),
 *   version-at-least (one), or the name of a built-in (one)
 * @children: (nullable) (element-type PresyncTest): of all, any, not (one)
 *
 * A test as data, a tree. It is evaluated by presync_evaluate() in rules/.
 */
typedef struct _PresyncTest PresyncTest;
struct _PresyncTest
{
  PresyncTestKind kind;
  char *fact;
  char *with;
  gboolean for_any;
  gint64 number;
  char **values;
  GPtrArray *children;
};

/* @id: an element name, such as "at-least"; FALSE if there is no such test */
gboolean presync_test_kind_from_id (const char *id, PresyncTestKind *kind);

PresyncTest *presync_test_new (PresyncTestKind kind);
void presync_test_free (PresyncTest *self);

/**
 * presync_test_dup_text:
 *
 * Returns: (transfer full): the test in one line for programs and the curious, untranslated, such
 *   as "server.dotnet-release at-least 461308"
 */
char *presync_test_dup_text (const PresyncTest *self);

/**
 * presync_test_collect_facts:
 * @keys: (element-type utf8): a set; the keys that the tree names are added, transfer none
 */
void presync_test_collect_facts (const PresyncTest *self, GHashTable *keys);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PresyncTest, presync_test_free)

G_END_DECLS
