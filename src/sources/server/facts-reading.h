/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sources/server/facts-report.h"

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/* What the files that make facts of a report share. Nobody else includes this. */

/**
 * PresyncReadingState: what a facts file tells of one of its members
 */
typedef enum
{
  PRESYNC_READING_VALUE,
  PRESYNC_READING_ABSENT,  /* null: the server has no such value or program */
  PRESYNC_READING_FAILED,  /* {"error": …}: the script could not read it */
  PRESYNC_READING_MISSING, /* the file does not tell: the script was an older one */
} PresyncReadingState;

/**
 * PresyncReading: one member of a facts file, a plain value as long as the report lives
 * @path: its JSON path
 * @node: (nullable): its value, of the type that the schema says
 * @problem: (nullable): why the script could not read it
 */
typedef struct
{
  PresyncReadingState state;
  const char *path;
  JsonNode *node;
  const char *problem;
} PresyncReading;

/* Of the whole report: names and dots, no arrays; a group that could not be read speaks for all its
 * members. @path must outlive the reading. */
PresyncReading presync_facts_report_read (PresyncFactsReport *self, const char *path);
/* The same, of a member @name of an object in an array */
PresyncReading presync_reading_get_member (JsonNode *object, const char *name);

/* FALSE if there is no value */
gboolean presync_reading_get_integer (const PresyncReading *self, gint64 *value);
gboolean presync_reading_get_boolean (const PresyncReading *self, gboolean *value);
/* (transfer full) (nullable): cleaned by presync_reading_clean_text() */
char *presync_reading_dup_text (const PresyncReading *self);
/* (nullable) (transfer none): an array's value */
JsonArray *presync_reading_get_array (const PresyncReading *self);

/* (transfer full): @text, at most 512 characters of it, control characters and those that turn the
 * direction of writing replaced: it is shown in lists, on terminals and in reports */
char *presync_reading_clean_text (const char *text);

/* (transfer none): the file's root object */
JsonNode *presync_facts_report_get_root (PresyncFactsReport *self);

/* TRUE if both were read of the same file and tell the same */
gboolean presync_facts_report_equal (PresyncFactsReport *a, PresyncFactsReport *b);

G_END_DECLS
