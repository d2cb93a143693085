/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "catalogue/requirement.h"

G_BEGIN_DECLS

/* Private to this folder: reads catalogue files, strictly. */

typedef struct
{
  GHashTable *documents;   /* id -> PresyncReference (owned) */
  GPtrArray *requirements; /* PresyncRequirement (owned) */
} PresyncReaderResult;

/**
 * presync_reader_read_file:
 * @file: file name or "resource://" address
 * @result: what was read so far; filled further
 *
 * Returns: %FALSE with %PRESYNC_ERROR_BAD_INPUT, "name.xml:42: …"
 */
gboolean presync_reader_read_file (const char *file, PresyncReaderResult *result, GError **error);

/**
 * presync_reader_make_test: (in reader-test.c)
 * @element: a test's element
 * @names, @values: its attributes, as GMarkup gives them
 *
 * Returns: (transfer full): the test, without children; %NULL with an error that has no place yet
 */
PresyncTest *presync_reader_make_test (const char *element, const char **names, const char **values,
                                       GError **error);

/**
 * presync_reader_check_test:
 *
 * Returns: %FALSE if a finished test lacks children or values
 */
gboolean presync_reader_check_test (const PresyncTest *test, GError **error);

G_END_DECLS
