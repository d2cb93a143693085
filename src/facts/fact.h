/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "facts/fact-key.h"
#include "facts/origin.h"

G_BEGIN_DECLS

/**
 * PresyncUnknown: why a fact could not be read
 */
typedef enum
{
  PRESYNC_UNKNOWN_NONE, /* it was read */
  PRESYNC_UNKNOWN_NO_RIGHT,
  PRESYNC_UNKNOWN_UNREACHABLE,
  PRESYNC_UNKNOWN_TIMED_OUT,
  PRESYNC_UNKNOWN_CANCELLED,
  PRESYNC_UNKNOWN_PARTIAL,
  PRESYNC_UNKNOWN_NOT_OFFERED,
  PRESYNC_UNKNOWN_MALFORMED,
  PRESYNC_UNKNOWN_FAILED,
} PresyncUnknown;

/**
 * PresyncFact:
 *
 * One typed observation about one subject. Immutable and reference counted: it crosses threads.
 * A fact that could not be read is a fact too: it has a reason instead of a value.
 */
#define PRESYNC_TYPE_FACT (presync_fact_get_type ())
G_DECLARE_FINAL_TYPE (PresyncFact, presync_fact, PRESYNC, FACT, GObject)

/**
 * presync_fact_new_boolean:
 * @key: a key of presync_fact_key_find(), of that type (checked)
 * @subject: what it is about, such as "contoso.com" or "SYNC01"; "" if there can be only one
 * @origin: (transfer none): how it was obtained
 *
 * Returns: (transfer full): a new fact; likewise for the other constructors
 */
PresyncFact *presync_fact_new_boolean (const char *key, const char *subject, gboolean value,
                                       PresyncOrigin *origin);
/**
 * presync_fact_new_boolean_because:
 * @why: (nullable): why it is so: a translated sentence that is told behind the value; a plain yes
 *   or no often leaves open what is to be mended
 *
 * Returns: (transfer full): a new fact
 */
PresyncFact *presync_fact_new_boolean_because (const char *key, const char *subject, gboolean value,
                                               const char *why, PresyncOrigin *origin);
PresyncFact *presync_fact_new_integer (const char *key, const char *subject, gint64 value,
                                       PresyncOrigin *origin);
PresyncFact *presync_fact_new_text (const char *key, const char *subject, const char *value,
                                    PresyncOrigin *origin);
/* @value: a dotted version, must parse */
PresyncFact *presync_fact_new_version (const char *key, const char *subject, const char *value,
                                       PresyncOrigin *origin);
/* @value: (array zero-terminated=1) (transfer none) */
PresyncFact *presync_fact_new_list (const char *key, const char *subject, const char *const *value,
                                    PresyncOrigin *origin);
PresyncFact *presync_fact_new_time (const char *key, const char *subject, GDateTime *value,
                                    PresyncOrigin *origin);

/**
 * presync_fact_new_unknown:
 * @reason: why, for programs; not %PRESYNC_UNKNOWN_NONE
 * @detail: why, for people: a translated sentence that names the server or object
 *
 * Returns: (transfer full): a fact without a value
 */
PresyncFact *presync_fact_new_unknown (const char *key, const char *subject, PresyncUnknown reason,
                                       const char *detail, PresyncOrigin *origin);

const char *presync_fact_get_key (PresyncFact *self);
const char *presync_fact_get_subject (PresyncFact *self);
PresyncFactType presync_fact_get_value_type (PresyncFact *self);
PresyncOrigin *presync_fact_get_origin (PresyncFact *self);

/* %PRESYNC_UNKNOWN_NONE if there is a value */
PresyncUnknown presync_fact_get_unknown (PresyncFact *self);
/* (nullable): the sentence of presync_fact_new_unknown() or presync_fact_new_boolean_because() */
const char *presync_fact_get_detail (PresyncFact *self);

/* Each is allowed only for a known fact of that type. */
gboolean presync_fact_get_boolean (PresyncFact *self);
gint64 presync_fact_get_integer (PresyncFact *self);
const char *presync_fact_get_text (PresyncFact *self); /* text and version */
const char *const *presync_fact_get_list (PresyncFact *self);
GDateTime *presync_fact_get_time (PresyncFact *self);

/**
 * presync_fact_same_value:
 *
 * Returns: %TRUE if key, subject, value, reason and completeness agree; the time of reading may
 *   differ
 */
gboolean presync_fact_same_value (PresyncFact *self, PresyncFact *other);

/**
 * presync_fact_describe: (in facts/fact-text.c)
 *
 * Returns: (transfer full): the value for people, translated and in the user's number format:
 *   "16 GB", "Windows Server 2016 (7)", "yes", "no – DC1 refuses connections on port 53"; for an
 *   unknown fact its detail
 */
char *presync_fact_describe (PresyncFact *self);

/**
 * presync_unknown_nick:
 *
 * Returns: (transfer none): the reason as a word for programs: "no-right", "unreachable", …
 */
const char *presync_unknown_nick (PresyncUnknown reason);

G_END_DECLS
