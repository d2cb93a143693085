/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "report/document.h"
#include "report/type.h"

G_BEGIN_DECLS

/* For type*.c only */

/* A piece of a flat text; in bytes */
typedef struct
{
  guint start;
  guint end;
  PresyncSpanStyle style;
  const char *link;
} PresyncFlatRun;

/* A prose as one text; @runs: (element-type PresyncFlatRun): in their order, without a gap */
typedef struct
{
  GString *text;
  GArray *runs;
} PresyncFlat;

void presync_flat_init (PresyncFlat *self);
void presync_flat_clear (PresyncFlat *self);
/* Makes it empty */
void presync_flat_reset (PresyncFlat *self);
/* Appends what may be shown of @text */
void presync_flat_add (PresyncFlat *self, PresyncSpanStyle style, const char *text,
                       const char *link);
/* Puts new lines where @breaks says: (element-type guint): in ascending order */
void presync_flat_break (PresyncFlat *self, const GArray *breaks);
/* (transfer full): as Pango wants them; of @style alone, for all of a text, where @self is %NULL */
PangoAttrList *presync_flat_dup_attributes (const PresyncFlat *self, PresyncSpanStyle style);

PangoContext *presync_type_get_context (PresyncType *self);
/* (transfer none) */
PresyncFace *presync_type_get_face (PresyncType *self, PresyncTypeRole role,
                                    PresyncSpanStyle style);

/* type-plain.c: what it remembers from text to text */
typedef struct _PresyncPlain PresyncPlain;
PresyncPlain *presync_plain_new (void);
void presync_plain_free (PresyncPlain *self);

/**
 * presync_plain_set:
 * @flat: may get new lines where a name breaks
 * @leading: of the lines, times the font's own
 *
 * Sets text of letters that stand one by one from left to right, exactly as Pango does.
 *
 * Returns: (transfer full) (nullable): %NULL if @text is not plain, or a word is wider than @width:
 *   @flat is as it was
 */
PresyncLines *presync_plain_set (PresyncPlain *self, PresyncType *type, PresyncTypeRole role,
                                 PresyncFlat *flat, double leading, double width);

G_END_DECLS
