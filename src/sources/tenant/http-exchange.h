/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <libsoup/soup.h>

#include "base/secret.h"

G_BEGIN_DECLS

/**
 * PresyncHttpReply: what came back for one request, not yet judged. Plain data; wiped when freed.
 * @body: at most PRESYNC_HTTP_MAX_BYTES
 * @location: (nullable): where a redirect leads
 * @request_id: (nullable): letters, digits and hyphens
 * @retry_after: seconds, -1 if none were told
 * @date: (nullable): when the server answered, by its own clock
 */
typedef struct
{
  guint status;
  GByteArray *body;
  char *location;
  char *request_id;
  gint64 retry_after;
  GDateTime *date;
} PresyncHttpReply;

void presync_http_reply_free (PresyncHttpReply *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PresyncHttpReply, presync_http_reply_free)

/**
 * PresyncHttpRequest: one request. Plain data, all borrowed.
 * @context: the main context that @session was made in
 * @proxy: (nullable): given proxy; %NULL: the system's settings
 * @seconds: bound of all of it, to the last byte
 * @method: "GET" or "POST"
 * @token: (nullable): bearer token
 * @form: (nullable): body of a POST
 */
typedef struct
{
  GMainContext *context;
  SoupSession *session;
  const char *proxy;
  guint seconds;
  const char *method;
  const char *url;
  PresyncSecret *token;
  GBytes *form;
} PresyncHttpRequest;

/**
 * presync_http_exchange:
 *
 * Sends @request and reads all of the answer; redirects and statuses are the caller's affair.
 *
 * Returns: (transfer full): %NULL with a sentence, or %G_IO_ERROR_CANCELLED
 */
PresyncHttpReply *presync_http_exchange (const PresyncHttpRequest *request,
                                         GCancellable *cancellable, GError **error);

/* Overwrites what held a secret; a plain memset before free may be optimised away. */
void presync_http_wipe (void *data, gsize length);

G_END_DECLS
