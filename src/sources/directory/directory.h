/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sources/directory/entry.h"

G_BEGIN_DECLS

typedef enum
{
  PRESYNC_SCOPE_BASE,
  PRESYNC_SCOPE_ONE_LEVEL,
  PRESYNC_SCOPE_SUBTREE,
} PresyncScope;

/**
 * PresyncQuery: one search
 * @base: DN; "" is the rootDSE
 * @filter: RFC 4515 text, such as "(objectClass=*)"
 * @attributes: (array zero-terminated=1): names; "1.1" alone asks for none
 * @max_entries: stop (incomplete) after so many; 0 for the default bound
 * @sd_flags: which parts of nTSecurityDescriptor to ask for (control 1.2.840.113556.1.4.801):
 *   %PRESYNC_SD_FLAGS, or 0 for the server's default, which fails for who may not read the SACL
 */
typedef struct
{
  const char *base;
  PresyncScope scope;
  const char *filter;
  const char *const *attributes;
  guint max_entries;
  guint sd_flags;
} PresyncQuery;

/* OWNER | GROUP | DACL: all but the SACL, which needs a privilege (MS-ADTS 3.1.1.3.4.1.11) */
#define PRESYNC_SD_FLAGS 7

/**
 * PresyncEntryFunc:
 * @entry: (transfer none): valid during the call
 *
 * Returns: %FALSE to stop (the read is then not complete)
 */
typedef gboolean (*PresyncEntryFunc) (const PresyncEntry *entry, gpointer user_data);

/**
 * PresyncDirectory: what answers queries: an LDAP connection or an LDIF snapshot. All calls block
 * and belong to one thread.
 */
#define PRESYNC_TYPE_DIRECTORY (presync_directory_get_type ())
G_DECLARE_INTERFACE (PresyncDirectory, presync_directory, PRESYNC, DIRECTORY, GObject)

struct _PresyncDirectoryInterface
{
  GTypeInterface parent_iface;

  gboolean (*search) (PresyncDirectory *self, const PresyncQuery *query, PresyncEntryFunc func,
                      gpointer user_data, gboolean *complete, GCancellable *cancellable,
                      GError **error);
  const char *(*get_target) (PresyncDirectory *self);
  /* may be NULL */
  const char *(*get_partial_reason) (PresyncDirectory *self);
};

/**
 * presync_directory_search:
 * @func: called for each entry, in the order the server gives them; ranged values were completed
 * @complete: (out): %TRUE only if the server ended the search with success, every page came with
 *   its paging control, no bound was hit and @func never stopped; never assumed
 *
 * Returns: %FALSE with an error: %PRESYNC_ERROR_NOT_FOUND (no such base), %PRESYNC_ERROR_NO_RIGHT,
 *   %PRESYNC_ERROR_TIMED_OUT, %PRESYNC_ERROR_UNREACHABLE (the connection is dead now),
 *   %PRESYNC_ERROR_BAD_INPUT (malformed answer), %G_IO_ERROR_CANCELLED …; entries may have been
 *   delivered before an error. Messages name the server and append the server's own diagnostic.
 */
gboolean presync_directory_search (PresyncDirectory *self, const PresyncQuery *query,
                                   PresyncEntryFunc func, gpointer user_data, gboolean *complete,
                                   GCancellable *cancellable, GError **error);

/* (transfer none): for origins: "ldaps://dc1.contoso.com" */
const char *presync_directory_get_target (PresyncDirectory *self);

/**
 * presync_directory_get_partial_reason:
 *
 * Returns: (transfer none) (nullable): why the last search was not complete, a translated sentence
 *   that names the server; %NULL if it was, or if its caller stopped it. Valid until the next
 *   search.
 */
const char *presync_directory_get_partial_reason (PresyncDirectory *self);

/* (transfer full): the query in one line, for origins: "base … · scope … · (filter) · attributes"
 */
char *presync_query_dup_text (const PresyncQuery *query);

G_END_DECLS
