/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "catalogue/condition-private.h"
#include "catalogue/reader.h"
#include "catalogue/requirement-private.h"

G_BEGIN_DECLS

/* What reader.c (elements that begin) and reader-end.c (elements that end) share. */

/* Where in the file the parser is. Each element knows its parent, so a misplaced one is told. */
typedef enum
{
  IN_NOTHING,
  IN_DOCUMENTS,
  IN_DOCUMENT,
  IN_CATALOGUE,
  IN_SECTION,
  IN_REQUIREMENT,
  IN_CONDITION,
  IN_ADVICE,
  IN_PROVIDED,
  IN_FIX,
  IN_FIND_OUT,
  IN_TEST, /* <test>, <only-when>, <unless> and all that stands in them */
  IN_TEXT, /* an element that holds only text */
} PresyncReaderPlace;

typedef struct
{
  PresyncReaderResult *result;
  const char *file_name;
  GMarkupParseContext *context;
  GArray *places;          /* PresyncReaderPlace, innermost last */
  GString *text;           /* of the innermost text element */
  GPtrArray *open_tests;   /* PresyncTest *, innermost last, not owned */
  PresyncTest **test_slot; /* where <test>, <only-when> or <unless> puts its test */
  PresyncOption option;
  PresyncSection section;
  PresyncReference *document;
  PresyncRequirement *requirement;
  PresyncCondition *condition;
  PresyncAdvice *advice;
  const PresyncReference *figure_reference;
  int lines_back; /* the parser stands so many lines behind what an error is about */
} PresyncReader;

/* Sets @error, "name.xml:42: …", in place of what it holds. */
void presync_reader_error (PresyncReader *self, GError **error, const char *format, ...)
    G_GNUC_PRINTF (3, 4);

PresyncReaderPlace presync_reader_get_place (PresyncReader *self);

/* GMarkup's end_element; @user_data is the PresyncReader. */
void presync_reader_end_cb (GMarkupParseContext *context, const char *element, gpointer user_data,
                            GError **error);

G_END_DECLS
