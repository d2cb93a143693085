/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "facts/fact.h"
#include "sources/tenant/device-code.h"

G_BEGIN_DECLS

/* More than that of one list is not read: the answer is incomplete then. */
#define PRESYNC_GRAPH_MAX_PAGES 100
#define PRESYNC_GRAPH_MAX_ITEMS 50000

/**
 * PresyncGraphRead: what is asked of Microsoft Graph
 *
 * The reads of a user take the user's id, but for %PRESYNC_GRAPH_USER, which takes its name.
 */
typedef enum
{
  PRESYNC_GRAPH_ME, /* who signed in */
  PRESYNC_GRAPH_ORGANIZATION,
  PRESYNC_GRAPH_QUOTA,
  PRESYNC_GRAPH_FEATURES,
  PRESYNC_GRAPH_LICENCES,
  PRESYNC_GRAPH_SYNC_ACCOUNTS,
  PRESYNC_GRAPH_USER,        /* the administrator, if another than who signed in */
  PRESYNC_GRAPH_ROLES,       /* active, directly or through a group */
  PRESYNC_GRAPH_ASSIGNMENTS, /* active, of the user itself */
  PRESYNC_GRAPH_ELIGIBLE,    /* may be activated, of the user itself */
  PRESYNC_GRAPH_HOLDERS,     /* who may activate one of the two roles, also groups */
  PRESYNC_GRAPH_GROUPS,      /* of the user */
  PRESYNC_GRAPH_N_READS,
} PresyncGraphRead;

/**
 * PresyncGraphAnswer: what a read gave. Reference counted, immutable once it is shared.
 * @status: HTTP status; 0 if nothing was answered
 * @code: (nullable): name of the error that Microsoft Graph told
 * @body: (nullable): the object; of a list its first page
 * @items: (nullable): all objects of a list, of all its pages
 * @unknown: why there is neither; %PRESYNC_UNKNOWN_NONE if it was read
 * @detail: (nullable): the same for people
 * @origin: address, time, and whether all pages were read
 */
typedef struct
{
  guint status;
  char *code;
  JsonNode *body;
  JsonArray *items;
  PresyncUnknown unknown;
  char *detail;
  PresyncOrigin *origin;
} PresyncGraphAnswer;

PresyncGraphAnswer *presync_graph_answer_ref (PresyncGraphAnswer *self);
void presync_graph_answer_unref (PresyncGraphAnswer *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PresyncGraphAnswer, presync_graph_answer_unref)

/* @self: (nullable). Does Graph say that there is no such object? Only its own word for that
 * counts: 404 alone may be told by anything on the way. */
gboolean presync_graph_answer_is_missing (const PresyncGraphAnswer *self);

/* (transfer full): an answer that was not given. @detail: a sentence */
PresyncGraphAnswer *presync_graph_answer_new_unknown (PresyncUnknown unknown, const char *detail,
                                                      PresyncOrigin *origin);
/* (transfer full): of a page that was read otherwise; for tests. @body: (transfer none) */
PresyncGraphAnswer *presync_graph_answer_new_body (guint status, JsonNode *body,
                                                   PresyncOrigin *origin);

/**
 * PresyncGraph: who asks, and with which tokens. Plain data of one worker thread.
 * @tenant: the tenant's id
 * @tokens: (nullable): renewed with their refresh token when they have ended; %NULL with a
 *   recording
 */
typedef struct
{
  PresyncHttp *http;
  const PresyncTenantTarget *target;
  const char *tenant;
  PresyncTokens *tokens;
} PresyncGraph;

/**
 * presync_graph_read:
 * @id: (nullable): of a user, for the reads that need one
 * @error: set, beside the answer, if nothing else needs to be tried: cancelled, or the sign-in has
 *   ended
 *
 * GET, all pages of a list; 401 is answered with one new token.
 *
 * Returns: (transfer full): never %NULL; what could not be read is unknown with the reason:
 *   403 names the role or permission that is missing
 */
PresyncGraphAnswer *presync_graph_read (PresyncGraph *self, PresyncGraphRead read, const char *id,
                                        GCancellable *cancellable, GError **error);

/* (transfer full): the address of a read, such as "https://graph.microsoft.com/v1.0/me?$select=id"
 */
char *presync_graph_dup_url (const PresyncCloud *cloud, PresyncGraphRead read, const char *id);
/* Why nothing is known after @error of this folder's functions */
PresyncUnknown presync_tenant_judge_error (const GError *error);
/* (transfer none): what it reads, translated: "the licences" */
const char *presync_graph_get_what (PresyncGraphRead read);

G_END_DECLS
