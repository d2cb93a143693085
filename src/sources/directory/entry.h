/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * PresyncEntry: one directory entry as read: a DN and the attributes that came with it. Attribute
 * names compare without case; values are bytes. Not thread-safe; owned by who holds it.
 */
typedef struct _PresyncEntry PresyncEntry;

PresyncEntry *presync_entry_new (const char *dn);
void presync_entry_free (PresyncEntry *self);
PresyncEntry *presync_entry_copy (const PresyncEntry *self);
const char *presync_entry_get_dn (const PresyncEntry *self);

/* @value: (transfer full) */
void presync_entry_add (PresyncEntry *self, const char *attribute, GBytes *value);

/* (transfer none) (nullable) (element-type GBytes): NULL if the entry has no such attribute */
GPtrArray *presync_entry_get_values (const PresyncEntry *self, const char *attribute);
/* (transfer container) (element-type utf8): names in the order they came */
GPtrArray *presync_entry_list_attributes (const PresyncEntry *self);

/* First value as valid UTF-8 text without NUL; (transfer full) (nullable) */
char *presync_entry_dup_text (const PresyncEntry *self, const char *attribute);
/* (transfer full) (array zero-terminated=1): all values that are valid UTF-8 */
char **presync_entry_dup_texts (const PresyncEntry *self, const char *attribute);
/* First value as a decimal whole number */
gboolean presync_entry_get_integer (const PresyncEntry *self, const char *attribute, gint64 *value);
/* First value "TRUE" or "FALSE" */
gboolean presync_entry_get_boolean (const PresyncEntry *self, const char *attribute,
                                    gboolean *value);
/* GeneralizedTime "20261122101500.0Z" or a FILETIME (decimal 100 ns since 1601); (transfer full)
 * (nullable): UTC */
GDateTime *presync_entry_dup_time (const PresyncEntry *self, const char *attribute);
/* Does the attribute have @text among its values, without case? */
gboolean presync_entry_has_text (const PresyncEntry *self, const char *attribute, const char *text);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PresyncEntry, presync_entry_free)

G_END_DECLS
