/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "catalogue/condition.h"
#include "facts/fact.h"

G_BEGIN_DECLS

/**
 * PresyncOriginList: the origins and documents that a report refers to, numbered from 1 in the
 * order they are first named. Plain data.
 * @origins: (element-type PresyncOrigin)
 * @documents: (element-type PresyncReference) (transfer none)
 * @numbers: number of an origin by what it says, of a document by its id
 * @silent: there will be no list to refer to: the names of sources stand in for numbers of origins,
 *   and nothing for those of documents
 */
typedef struct
{
  GPtrArray *origins;
  GPtrArray *documents;
  GHashTable *numbers;
  gboolean silent;
} PresyncOriginList;

PresyncOriginList *presync_origin_list_new (void);
void presync_origin_list_free (PresyncOriginList *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PresyncOriginList, presync_origin_list_free)

/* Origins that say the same have the same number. */
guint presync_origin_list_number (PresyncOriginList *self, PresyncOrigin *origin);
/* @reference: must live as long as the list: it belongs to the catalogue */
guint presync_origin_list_number_document (PresyncOriginList *self,
                                           const PresyncReference *reference);

/**
 * presync_origin_list_add_facts:
 * @prose: (element-type PresyncSpan): references such as "[3] [5–8]" are appended, linked
 * @facts: (element-type PresyncFact)
 */
void presync_origin_list_add_facts (PresyncOriginList *self, GPtrArray *prose, GPtrArray *facts);
/* Appends a linked reference such as " [D2]" */
void presync_origin_list_add_document (PresyncOriginList *self, GPtrArray *prose,
                                       const PresyncReference *reference);

/* Each: (transfer full): the anchor of an entry in the appendix */
char *presync_origin_anchor (guint number);
char *presync_document_anchor (guint number);

G_END_DECLS
