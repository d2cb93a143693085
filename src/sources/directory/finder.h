/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sources/directory/principal.h"
#include "sources/directory/target.h"

G_BEGIN_DECLS

/**
 * PresyncFinderKind: what is looked for; may be combined
 */
typedef enum
{
  PRESYNC_FIND_PERSONS = 1 << 0,  /* users and inetOrgPersons */
  PRESYNC_FIND_SERVICES = 1 << 1, /* sMSA and gMSA */
  PRESYNC_FIND_UNITS = 1 << 2,    /* organizational units; principals without name and SID */
} PresyncFinderKind;

/* More are not given: who gets so many types on. */
#define PRESYNC_FINDER_MAX 20

/**
 * PresyncFinder: looks accounts up while a name is typed, over a connection of its own that is made
 * at the first search and kept for a minute. Lives in the main thread.
 */
#define PRESYNC_TYPE_FINDER (presync_finder_get_type ())
G_DECLARE_FINAL_TYPE (PresyncFinder, presync_finder, PRESYNC, FINDER, GObject)

/* @target: copied */
PresyncFinder *presync_finder_new (const PresyncDirectoryTarget *target);

/**
 * presync_finder_search_async:
 * @text: what was typed: the beginning of a name, account name, UPN or DN, DOMAIN\ and the
 * beginning of an account name, or a SID; at least two characters
 *
 * A search that is still under way is cancelled (%G_IO_ERROR_CANCELLED): only the last counts.
 */
void presync_finder_search_async (PresyncFinder *self, const char *text, PresyncFinderKind kinds,
                                  GCancellable *cancellable, GAsyncReadyCallback callback,
                                  gpointer user_data);

/**
 * presync_finder_search_finish:
 * @more: (out) (optional): there are more than %PRESYNC_FINDER_MAX
 *
 * Returns: (transfer container) (element-type PresyncPrincipal): by name; may be empty. %NULL with
 * a sentence that names the server.
 */
GPtrArray *presync_finder_search_finish (PresyncFinder *self, GAsyncResult *result, gboolean *more,
                                         GError **error);

G_END_DECLS
