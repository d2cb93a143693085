/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <json-glib/json-glib.h>

#include "base/secret.h"
#include "sources/tenant/tenant-target.h"

G_BEGIN_DECLS

/* Of one answer; and of JSON values in each other */
#define PRESYNC_HTTP_MAX_BYTES (4 * 1024 * 1024)
#define PRESYNC_HTTP_MAX_DEPTH 64
/* Of one request, from name resolution to the last byte; waiting for Retry-After comes on top */
#define PRESYNC_HTTP_SECONDS 15
/* Longest Retry-After that is waited for, and how often */
#define PRESYNC_HTTP_RETRY_SECONDS 30
#define PRESYNC_HTTP_RETRIES 3
/* Two clocks may be so far apart: as much as Kerberos and Microsoft's services let pass */
#define PRESYNC_HTTP_SKEW_SECONDS 300

/**
 * PresyncHttp: asks a cloud's sign-in service and Microsoft Graph, blocking, for one worker thread
 *
 * GET, and the POST of the sign-in; nothing else can be said. Nothing is sent to a host that the
 * cloud does not allow (presync_cloud_allows()), also not after a redirect, which ends with
 * %PRESYNC_ERROR_REFUSED naming both hosts. Certificates are verified. No cookies, no cache, no
 * token in any error or log. 429 and 503 with Retry-After are waited for; each wait ends at once
 * when it is cancelled.
 *
 * With a recording, answers come from a file instead, the same way through all the rest:
 * {"at":"2026-10-28T08:00:00Z","answers":[{"get":"https://…","status":200,"body":{…}}]}; what is
 * not in it is answered with 404.
 */
#define PRESYNC_TYPE_HTTP (presync_http_get_type ())
G_DECLARE_FINAL_TYPE (PresyncHttp, presync_http, PRESYNC, HTTP, GObject)

/* @target: copied. Nothing is opened yet; belongs to the thread that asks first. */
PresyncHttp *presync_http_new (const PresyncTenantTarget *target);

/**
 * PresyncHttpAnswer: a JSON answer, whatever its status
 * @status: HTTP status
 * @body: (nullable): a JSON object; %NULL if the body is empty
 * @request_id: (nullable): what Microsoft's support asks for
 * @url: what was asked, without secrets, for origins
 */
typedef struct
{
  guint status;
  JsonNode *body;
  char *request_id;
  char *url;
} PresyncHttpAnswer;

void presync_http_answer_free (PresyncHttpAnswer *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PresyncHttpAnswer, presync_http_answer_free)

/**
 * presync_http_get:
 * @url: absolute, https, at an allowed host
 * @token: (nullable): sent as bearer token, to the Graph host alone
 *
 * Returns: (transfer full): any answer that is JSON, also 4xx; %NULL with one clear sentence naming
 *   the host otherwise: unreachable, timed out, certificate (with clock skew told from a bad one),
 *   proxy wants a sign-in (407) or refuses (403), no network, not JSON, too large, too deep,
 *   truncated, redirected elsewhere, still 429 or 5xx after the retries (with the request id)
 */
PresyncHttpAnswer *presync_http_get (PresyncHttp *self, const char *url, PresyncSecret *token,
                                     GCancellable *cancellable, GError **error);

/**
 * presync_http_post_form:
 * @names_and_values: (array zero-terminated=1): pairs; values are wiped from our buffers after use
 *
 * The sign-in's POST; goes to the login host alone.
 */
PresyncHttpAnswer *presync_http_post_form (PresyncHttp *self, const char *url,
                                           const char *const *names_and_values,
                                           GCancellable *cancellable, GError **error);

/* (transfer full): when what was just asked was answered: now, or the recording's moment */
GDateTime *presync_http_dup_now (PresyncHttp *self);

/* (transfer full) (nullable): a sentence if the clock of who answered last and this computer's are
 * further apart than PRESYNC_HTTP_SKEW_SECONDS: what is judged by a date may be wrong then */
char *presync_http_dup_skew (PresyncHttp *self);

/* (transfer full) (nullable): the text of a member of the answer's object; %NULL if there is no
 * object, or the member is missing or of another type */
char *presync_http_answer_dup_text (const PresyncHttpAnswer *self, const char *member);

/* For tests alone, whose servers have an authority of their own: @authorities instead of those that
 * this computer trusts. Before the first request. Nothing in the product calls it. */
void presync_http_set_trust (PresyncHttp *self, GTlsDatabase *authorities);
/* For tests alone: the bound of one request, instead of PRESYNC_HTTP_SECONDS */
void presync_http_set_seconds (PresyncHttp *self, guint seconds);

G_END_DECLS
