/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sources/tenant/graph.h"

#include <string.h>
#include <glib/gi18n.h>

#include "base/error.h"

/* A token that ends so soon is renewed before it is used. */
#define RENEW_SECONDS 60
#define CODE_MAX 64
/* What Graph calls an object that is not there. Source: Microsoft Graph error codes */
#define NOT_FOUND_CODE "Request_ResourceNotFound"

/* The members of a user that tell who it is. */
#define USER_SELECT                                                                                \
  "?$select=id,displayName,userPrincipalName,userType,accountEnabled,identities,creationType,"     \
  "externalUserState,onPremisesSyncEnabled"
#define HYBRID_IDENTITY_ADMINISTRATOR "8ac3fc64-6eca-42ea-9e69-59f4c7b60eb2"
#define GLOBAL_ADMINISTRATOR "62e90394-69f5-4237-9190-012177145e10"
#define SYNC_ACCOUNTS "d29b2b05-8046-44ba-8758-1e26182fcf32"

/**
 * PresyncGraphPath: one request
 * @path: before the user, and all of it if there is none
 * @rest: (nullable): after the user
 * @what: (marked N_): "Reading … needs"
 * @permission: delegated permission that is needed
 * @role: (nullable): name of a role that is enough; %NULL if every user may
 * @list: its "value" is a list of any length, in pages
 */
typedef struct
{
  const char *path;
  const char *rest;
  const char *what;
  const char *permission;
  const char *role;
  gboolean list;
} PresyncGraphPath;

/* Source: Microsoft Graph REST reference v1.0, "Permissions" of each request; "directorySizeQuota"
 * is in the beta version alone. */
/* clang-format off */
static const PresyncGraphPath paths[PRESYNC_GRAPH_N_READS] = {
  [PRESYNC_GRAPH_ME] = { "/v1.0/me" USER_SELECT, NULL,
    N_ ("who signed in"), "User.Read", NULL, FALSE },
  [PRESYNC_GRAPH_ORGANIZATION] = { "/v1.0/organization?$select=id,displayName,tenantType,"
      "createdDateTime,verifiedDomains,onPremisesSyncEnabled,onPremisesLastSyncDateTime", NULL,
    N_ ("the tenant"), "Organization.Read.All", "Directory Readers", TRUE },
  [PRESYNC_GRAPH_QUOTA] = { "/beta/organization?$select=directorySizeQuota", NULL,
    N_ ("the directory quota"), "Organization.Read.All", "Directory Readers", TRUE },
  [PRESYNC_GRAPH_FEATURES] = { "/v1.0/directory/onPremisesSynchronization", NULL,
    N_ ("the synchronization features"), "OnPremDirectorySynchronization.Read.All",
    "Global Administrator", FALSE },
  [PRESYNC_GRAPH_LICENCES] = { "/v1.0/subscribedSkus", NULL,
    N_ ("the licences"), "Organization.Read.All", "Directory Readers", TRUE },
  [PRESYNC_GRAPH_SYNC_ACCOUNTS]
    = { "/v1.0/directoryRoles(roleTemplateId='" SYNC_ACCOUNTS "')/members?$select=id", NULL,
    N_ ("the synchronization accounts"), "RoleManagement.Read.Directory", "Directory Readers",
    TRUE },
  [PRESYNC_GRAPH_USER] = { "/v1.0/users/", USER_SELECT,
    N_ ("the administrator"), "User.Read.All", "Directory Readers", FALSE },
  [PRESYNC_GRAPH_ROLES]
    = { "/v1.0/users/", "/transitiveMemberOf/microsoft.graph.directoryRole"
      "?$select=id,displayName,roleTemplateId",
    N_ ("the roles of the administrator"), "RoleManagement.Read.Directory", "Directory Readers",
    TRUE },
  [PRESYNC_GRAPH_ASSIGNMENTS]
    = { "/v1.0/roleManagement/directory/roleAssignments?$filter=principalId%20eq%20'",
      "'&$expand=roleDefinition",
    N_ ("the role assignments"), "RoleManagement.Read.Directory", "Directory Readers", TRUE },
  [PRESYNC_GRAPH_ELIGIBLE]
    = { "/v1.0/roleManagement/directory/roleEligibilityScheduleInstances"
      "?$filter=principalId%20eq%20'", "'&$expand=roleDefinition",
    N_ ("the roles that may be activated"), "RoleManagement.Read.Directory", "Security Reader",
    TRUE },
  [PRESYNC_GRAPH_HOLDERS]
    = { "/v1.0/roleManagement/directory/roleEligibilityScheduleInstances"
      "?$filter=roleDefinitionId%20eq%20'" HYBRID_IDENTITY_ADMINISTRATOR
      "'%20or%20roleDefinitionId%20eq%20'" GLOBAL_ADMINISTRATOR "'", NULL,
    N_ ("who may activate the role"), "RoleManagement.Read.Directory", "Security Reader", TRUE },
  [PRESYNC_GRAPH_GROUPS]
    = { "/v1.0/users/", "/transitiveMemberOf/microsoft.graph.group"
      "?$select=id,displayName,isAssignableToRole",
    N_ ("the groups of the administrator"), "User.Read.All", "Directory Readers", TRUE },
};
/* clang-format on */

PresyncGraphAnswer *
presync_graph_answer_ref (PresyncGraphAnswer *self)
{
  return g_atomic_rc_box_acquire (self);
}

static void
presync_graph_answer_clear (gpointer data)
{
  PresyncGraphAnswer *self = data;

  g_clear_pointer (&self->body, json_node_unref);
  g_clear_pointer (&self->items, json_array_unref);
  g_free (self->code);
  g_free (self->detail);
  g_clear_object (&self->origin);
}

void
presync_graph_answer_unref (PresyncGraphAnswer *self)
{
  if (self != NULL)
    g_atomic_rc_box_release_full (self, presync_graph_answer_clear);
}

gboolean
presync_graph_answer_is_missing (const PresyncGraphAnswer *self)
{
  return self != NULL && self->status == 404 && g_strcmp0 (self->code, NOT_FOUND_CODE) == 0;
}

PresyncGraphAnswer *
presync_graph_answer_new_unknown (PresyncUnknown unknown, const char *detail, PresyncOrigin *origin)
{
  PresyncGraphAnswer *self;

  g_return_val_if_fail (unknown != PRESYNC_UNKNOWN_NONE && detail != NULL, NULL);
  self = g_atomic_rc_box_new0 (PresyncGraphAnswer);
  self->unknown = unknown;
  self->detail = g_strdup (detail);
  self->origin = g_object_ref (origin);
  return self;
}

/* (transfer none) (nullable): the list that @body holds */
static JsonArray *
presync_graph_get_items (JsonNode *body)
{
  JsonNode *value = NULL;

  if (body != NULL && JSON_NODE_HOLDS_OBJECT (body))
    value = json_object_get_member (json_node_get_object (body), "value");
  return value != NULL && JSON_NODE_HOLDS_ARRAY (value) ? json_node_get_array (value) : NULL;
}

PresyncGraphAnswer *
presync_graph_answer_new_body (guint status, JsonNode *body, PresyncOrigin *origin)
{
  PresyncGraphAnswer *self;
  JsonArray *items;

  g_return_val_if_fail (body != NULL, NULL);
  items = presync_graph_get_items (body);
  self = g_atomic_rc_box_new0 (PresyncGraphAnswer);
  self->status = status;
  self->body = json_node_ref (body);
  self->items = items != NULL ? json_array_ref (items) : NULL;
  self->origin = g_object_ref (origin);
  return self;
}

const char *
presync_graph_get_what (PresyncGraphRead read)
{
  g_return_val_if_fail (read < PRESYNC_GRAPH_N_READS, NULL);
  return _ (paths[read].what);
}

char *
presync_graph_dup_url (const PresyncCloud *cloud, PresyncGraphRead read, const char *id)
{
  const PresyncGraphPath *path;
  g_autofree char *escaped = NULL;

  g_return_val_if_fail (cloud != NULL && read < PRESYNC_GRAPH_N_READS, NULL);
  path = &paths[read];
  if (path->rest == NULL)
    return g_strconcat (cloud->graph, path->path, NULL);
  g_return_val_if_fail (id != NULL, NULL);
  escaped = g_uri_escape_string (id, "@", TRUE);
  return g_strconcat (cloud->graph, path->path, escaped, path->rest, NULL);
}

PresyncUnknown
presync_tenant_judge_error (const GError *error)
{
  if (error->domain == G_IO_ERROR)
    return error->code == G_IO_ERROR_CANCELLED ? PRESYNC_UNKNOWN_CANCELLED : PRESYNC_UNKNOWN_FAILED;
  if (error->domain != PRESYNC_ERROR)
    return PRESYNC_UNKNOWN_FAILED;
  switch ((PresyncError) error->code)
    {
    case PRESYNC_ERROR_TIMED_OUT:
      return PRESYNC_UNKNOWN_TIMED_OUT;
    case PRESYNC_ERROR_UNREACHABLE:
    case PRESYNC_ERROR_CERTIFICATE:
      return PRESYNC_UNKNOWN_UNREACHABLE;
    case PRESYNC_ERROR_SIGN_IN:
    case PRESYNC_ERROR_NO_RIGHT:
      return PRESYNC_UNKNOWN_NO_RIGHT;
    case PRESYNC_ERROR_BAD_INPUT:
    case PRESYNC_ERROR_LIMIT:
      return PRESYNC_UNKNOWN_MALFORMED;
    case PRESYNC_ERROR_NOT_SUPPORTED:
    case PRESYNC_ERROR_NOT_FOUND:
      return PRESYNC_UNKNOWN_NOT_OFFERED;
    case PRESYNC_ERROR_FAILED:
    case PRESYNC_ERROR_CANNOT_WRITE:
    case PRESYNC_ERROR_REFUSED:
    default:
      return PRESYNC_UNKNOWN_FAILED;
    }
}

static gboolean
presync_graph_renew (PresyncGraph *self, GCancellable *cancellable, GError **error)
{
  PresyncTokens *tokens = presync_tokens_refresh (self->http, self->target, self->tenant,
                                                  self->tokens->refresh, cancellable, error);

  if (tokens == NULL)
    return FALSE;
  presync_tokens_free (self->tokens);
  self->tokens = tokens;
  return TRUE;
}

/* (transfer full) (nullable): the answer to @url, with a token that has not ended */
static PresyncHttpAnswer *
presync_graph_get (PresyncGraph *self, const char *url, GCancellable *cancellable, GError **error)
{
  g_autoptr (PresyncHttpAnswer) answer = NULL;
  gboolean may_renew = self->tokens != NULL && self->tokens->refresh != NULL;

  if (may_renew)
    {
      g_autoptr (GDateTime) now = g_date_time_new_now_utc ();

      if (g_date_time_difference (self->tokens->expires, now) < RENEW_SECONDS * G_TIME_SPAN_SECOND)
        {
          if (!presync_graph_renew (self, cancellable, error))
            return NULL;
          may_renew = FALSE;
        }
    }
  answer = presync_http_get (self->http, url, self->tokens != NULL ? self->tokens->access : NULL,
                             cancellable, error);
  if (answer != NULL && answer->status == 401 && may_renew)
    {
      if (!presync_graph_renew (self, cancellable, error))
        return NULL;
      g_clear_pointer (&answer, presync_http_answer_free);
      answer = presync_http_get (self->http, url, self->tokens->access, cancellable, error);
    }
  if (answer != NULL && answer->status == 401)
    {
      g_set_error (error, PRESYNC_ERROR, PRESYNC_ERROR_SIGN_IN,
                   _ ("%s no longer accepts the sign-in: sign in again."),
                   self->target->cloud->graph + strlen ("https://"));
      return NULL;
    }
  return g_steal_pointer (&answer);
}

/* (transfer full) (nullable): "Authorization_RequestDenied" */
static char *
presync_graph_dup_code (const PresyncHttpAnswer *answer)
{
  JsonNode *error = NULL, *code = NULL;
  const char *text;

  if (answer->body != NULL && JSON_NODE_HOLDS_OBJECT (answer->body))
    error = json_object_get_member (json_node_get_object (answer->body), "error");
  if (error != NULL && JSON_NODE_HOLDS_OBJECT (error))
    code = json_object_get_member (json_node_get_object (error), "code");
  if (code == NULL || !JSON_NODE_HOLDS_VALUE (code)
      || json_node_get_value_type (code) != G_TYPE_STRING)
    return NULL;
  /* Names of errors are words; anything else is not for people. */
  text = json_node_get_string (code);
  for (const char *p = text; *p != '\0'; p++)
    if (!g_ascii_isalnum (*p) && *p != '_' && *p != '.')
      return NULL;
  return strlen (text) <= CODE_MAX ? g_strdup (text) : NULL;
}

/* (transfer full): what a status other than 200 means, as a sentence */
static char *
presync_graph_dup_refusal (PresyncGraph *self, PresyncGraphRead read,
                           const PresyncHttpAnswer *answer, const char *code)
{
  const PresyncGraphPath *path = &paths[read];
  const char *host = self->target->cloud->graph + strlen ("https://");

  if (answer->status == 403 && path->role != NULL)
    /* Translators: "Reading the licences needs the role …" */
    return g_strdup_printf (_ ("Reading %s needs the role “%s” and the permission “%s”."),
                            _ (path->what), path->role, path->permission);
  if (answer->status == 403)
    return g_strdup_printf (_ ("Reading %s needs the permission “%s”."), _ (path->what),
                            path->permission);
  if (answer->status == 404)
    return g_strdup_printf (_ ("%s does not have %s."), host, _ (path->what));
  if (answer->request_id != NULL)
    return g_strdup_printf (
        _ ("Asked for %3$s, %1$s answered “%2$u %4$s” (request ID for Microsoft’s support: %5$s)."),
        host, answer->status, _ (path->what), code != NULL ? code : _ ("without a reason"),
        answer->request_id);
  return g_strdup_printf (_ ("Asked for %3$s, %1$s answered “%2$u %4$s”."), host, answer->status,
                          _ (path->what), code != NULL ? code : _ ("without a reason"));
}

static PresyncUnknown
presync_graph_judge_status (guint status)
{
  if (status == 403)
    return PRESYNC_UNKNOWN_NO_RIGHT;
  return status == 404 ? PRESYNC_UNKNOWN_NOT_OFFERED : PRESYNC_UNKNOWN_FAILED;
}

/* What is gathered while the pages of one read are asked */
typedef struct
{
  PresyncGraphRead read;
  char *url;
  PresyncGraphAnswer *answer;
  gboolean complete;
} PresyncGraphPages;

/* (transfer full) (nullable): where the next page is; %NULL after the last. A page elsewhere than
 * at the Graph is not asked: the list is incomplete then. */
static char *
presync_graph_dup_next (PresyncGraph *self, PresyncGraphPages *pages, JsonNode *body)
{
  JsonNode *link = json_object_get_member (json_node_get_object (body), "@odata.nextLink");
  const char *graph = self->target->cloud->graph;
  const char *text;

  if (link == NULL || JSON_NODE_HOLDS_NULL (link))
    return NULL;
  text = JSON_NODE_HOLDS_VALUE (link) && json_node_get_value_type (link) == G_TYPE_STRING
             ? json_node_get_string (link)
             : NULL;
  if (text == NULL || !g_str_has_prefix (text, graph) || text[strlen (graph)] != '/')
    {
      pages->complete = FALSE;
      return NULL;
    }
  return g_strdup (text);
}

/* Takes the items of a page over. Returns %FALSE if it is none. */
static gboolean
presync_graph_add_page (PresyncGraphPages *pages, JsonNode *body)
{
  JsonArray *page = presync_graph_get_items (body);

  if (page == NULL)
    return FALSE;
  if (pages->answer->items == NULL)
    pages->answer->items = json_array_new ();
  for (guint i = 0; i < json_array_get_length (page); i++)
    {
      if (json_array_get_length (pages->answer->items) >= PRESYNC_GRAPH_MAX_ITEMS)
        {
          pages->complete = FALSE;
          break;
        }
      json_array_add_element (pages->answer->items,
                              json_node_copy (json_array_get_element (page, i)));
    }
  return TRUE;
}

static void
presync_graph_set_unknown (PresyncGraphPages *pages, PresyncUnknown unknown, char *detail)
{
  pages->answer->unknown = unknown;
  pages->answer->detail = detail;
  g_clear_pointer (&pages->answer->items, json_array_unref);
  g_clear_pointer (&pages->answer->body, json_node_unref);
}

/* Takes one answer over. (transfer full) (nullable): where to go on */
static char *
presync_graph_take (PresyncGraph *self, PresyncGraphPages *pages, const PresyncHttpAnswer *answer)
{
  gboolean list = paths[pages->read].list;

  pages->answer->status = answer->status;
  if (answer->status != 200)
    {
      pages->answer->code = presync_graph_dup_code (answer);
      presync_graph_set_unknown (
          pages, presync_graph_judge_status (answer->status),
          presync_graph_dup_refusal (self, pages->read, answer, pages->answer->code));
    }
  else if (answer->body == NULL || !JSON_NODE_HOLDS_OBJECT (answer->body)
           || (list && !presync_graph_add_page (pages, answer->body)))
    presync_graph_set_unknown (pages, PRESYNC_UNKNOWN_MALFORMED,
                               g_strdup_printf (_ ("%s answered with something else than %s."),
                                                self->target->cloud->graph + strlen ("https://"),
                                                _ (paths[pages->read].what)));
  else
    {
      if (pages->answer->body == NULL)
        pages->answer->body = json_node_ref (answer->body);
      if (list)
        return presync_graph_dup_next (self, pages, answer->body);
    }
  return NULL;
}

static void
presync_graph_read_pages (PresyncGraph *self, PresyncGraphPages *pages, GCancellable *cancellable,
                          GError **error)
{
  g_autofree char *url = g_strdup (pages->url);

  for (guint n = 0; url != NULL; n++)
    {
      g_autoptr (GError) local = NULL;
      g_autoptr (PresyncHttpAnswer) answer = NULL;

      if (n == PRESYNC_GRAPH_MAX_PAGES)
        {
          pages->complete = FALSE;
          return;
        }
      answer = presync_graph_get (self, url, cancellable, &local);
      if (answer == NULL)
        {
          presync_graph_set_unknown (pages, presync_tenant_judge_error (local),
                                     g_strdup (local->message));
          if (g_error_matches (local, G_IO_ERROR, G_IO_ERROR_CANCELLED)
              || g_error_matches (local, PRESYNC_ERROR, PRESYNC_ERROR_SIGN_IN))
            g_propagate_error (error, g_steal_pointer (&local));
          return;
        }
      g_free (url);
      url = presync_graph_take (self, pages, answer);
      if (!pages->complete)
        return;
    }
}

PresyncGraphAnswer *
presync_graph_read (PresyncGraph *self, PresyncGraphRead read, const char *id,
                    GCancellable *cancellable, GError **error)
{
  g_autoptr (GDateTime) now = NULL;
  g_autofree char *query = NULL;
  PresyncGraphPages pages = { .read = read, .complete = TRUE };

  g_return_val_if_fail (self != NULL && read < PRESYNC_GRAPH_N_READS, NULL);
  pages.url = presync_graph_dup_url (self->target->cloud, read, id);
  pages.answer = g_atomic_rc_box_new0 (PresyncGraphAnswer);
  presync_graph_read_pages (self, &pages, cancellable, error);
  now = presync_http_dup_now (self->http);
  query = g_strconcat ("GET ", pages.url, NULL);
  pages.answer->origin
      = presync_origin_new ("tenant", self->target->domain, query, now,
                            pages.complete && pages.answer->unknown == PRESYNC_UNKNOWN_NONE);
  g_free (pages.url);
  return pages.answer;
}
