/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sources/directory/starttls.h"

#include <ldap.h>
#include <lber.h>
#include <glib/gi18n.h>

#include "base/error.h"
#include "sources/directory/deadline.h"
#include "sources/directory/ldap-error.h"

#define ANSWER_MAX 4096

/* LDAPMessage { messageID 1, extendedReq { [0] "1.3.6.1.4.1.1466.20037" } } */
static const guint8 presync_starttls_message[]
    = { 0x30, 0x1d, 0x02, 0x01, 0x01, 0x77, 0x18, 0x80, 0x16, '1', '.', '3', '.', '6', '.', '1',
        '.',  '4',  '.',  '1',  '.',  '1',  '4',  '6',  '6',  '.', '2', '0', '0', '3', '7' };

/* Length of the whole message by its first bytes: definite lengths of up to four bytes, which is
 * what servers send; 0 if more bytes are needed. */
static gboolean
presync_starttls_parse_length (const guint8 *data, gsize length, gsize *needed)
{
  gsize value = 0, count;

  *needed = 0;
  if (length < 1)
    return TRUE;
  if (data[0] != 0x30)
    return FALSE;
  if (length < 2)
    return TRUE;
  if (data[1] < 0x80)
    {
      *needed = 2u + data[1];
      return TRUE;
    }
  count = data[1] & 0x7f;
  if (count == 0 || count > 4)
    return FALSE;
  if (length < 2 + count)
    return TRUE;
  for (gsize i = 0; i < count; i++)
    value = value << 8 | data[2 + i];
  *needed = 2 + count + value;
  return *needed <= ANSWER_MAX;
}

gboolean
presync_starttls_parse (const guint8 *data, gsize length, gsize *needed, int *code,
                        char **diagnostic)
{
  struct berval bytes;
  struct berval matched = { 0, NULL };
  struct berval text = { 0, NULL };
  BerElement *ber;
  ber_int_t id = 0;
  ber_int_t result = 0;
  ber_len_t inner = 0;
  gboolean good;

  *code = LDAP_OTHER;
  *diagnostic = NULL;
  if (!presync_starttls_parse_length (data, length, needed))
    return FALSE;
  if (*needed == 0 || length < *needed)
    return TRUE;
  bytes.bv_len = *needed;
  bytes.bv_val = (char *) data;
  ber = ber_init (&bytes);
  if (ber == NULL)
    return FALSE;
  good = ber_scanf (ber, "{i", &id) != LBER_ERROR && id == 1
         && ber_peek_tag (ber, &inner) == LDAP_RES_EXTENDED
         && ber_scanf (ber, "{emm", &result, &matched, &text) != LBER_ERROR;
  if (good)
    {
      *code = (int) result;
      *diagnostic = g_strndup (text.bv_val != NULL ? text.bv_val : "", text.bv_len);
    }
  ber_free (ber, 1);
  return good;
}

static gboolean
presync_starttls_judge (const guint8 *data, gsize length, const char *server, gboolean *done,
                        GError **error)
{
  g_autofree char *diagnostic = NULL;
  gsize needed = 0;
  int code = 0;

  *done = FALSE;
  if (!presync_starttls_parse (data, length, &needed, &code, &diagnostic))
    {
      g_set_error (error, PRESYNC_ERROR, PRESYNC_ERROR_BAD_INPUT,
                   _ ("%s answered the request for StartTLS with something that is not LDAP"),
                   server);
      return FALSE;
    }
  if (needed == 0 || length < needed)
    return TRUE;
  if (length > needed)
    {
      g_set_error (error, PRESYNC_ERROR, PRESYNC_ERROR_BAD_INPUT,
                   _ ("%s sent unencrypted data behind its answer to StartTLS, as an attacker "
                      "would; the connection was refused"),
                   server);
      return FALSE;
    }
  if (code != LDAP_SUCCESS)
    {
      g_autofree char *why = presync_ldap_error_dup_text (code, diagnostic);
      g_set_error (error, PRESYNC_ERROR, PRESYNC_ERROR_NOT_SUPPORTED, _ ("%s refuses StartTLS: %s"),
                   server, why);
      return FALSE;
    }
  *done = TRUE;
  return TRUE;
}

static gboolean
presync_starttls_fail (GError **error, const char *server, PresyncDeadline *deadline, guint seconds,
                       const GError *cause)
{
  if (presync_deadline_get_expired (deadline))
    g_set_error (error, PRESYNC_ERROR, PRESYNC_ERROR_TIMED_OUT,
                 _ ("%s did not answer the request for StartTLS within %u seconds"), server,
                 seconds);
  else if (g_error_matches (cause, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    g_propagate_error (error, g_error_copy (cause));
  else
    g_set_error (error, PRESYNC_ERROR, PRESYNC_ERROR_UNREACHABLE,
                 _ ("%s broke the connection when asked for StartTLS (%s)"), server,
                 cause != NULL ? cause->message : _ ("it was closed"));
  return FALSE;
}

gboolean
presync_starttls_request (GIOStream *stream, const char *server, guint seconds,
                          GCancellable *cancellable, GError **error)
{
  g_autoptr (PresyncDeadline) deadline = presync_deadline_new (seconds, cancellable);
  GCancellable *inner = presync_deadline_get_cancellable (deadline);
  GInputStream *input = g_io_stream_get_input_stream (stream);
  GOutputStream *output = g_io_stream_get_output_stream (stream);
  g_autoptr (GAsyncResult) sent = NULL;
  g_autoptr (GError) local = NULL;
  guint8 answer[ANSWER_MAX];
  gsize length = 0;
  gboolean done = FALSE;

  g_output_stream_write_all_async (output, presync_starttls_message,
                                   sizeof presync_starttls_message, G_PRIORITY_DEFAULT, inner,
                                   presync_deadline_ready_cb, deadline);
  sent = presync_deadline_wait (deadline);
  if (!g_output_stream_write_all_finish (output, sent, NULL, &local))
    return presync_starttls_fail (error, server, deadline, seconds, local);
  while (!done)
    {
      g_autoptr (GAsyncResult) got = NULL;
      gssize n;

      g_input_stream_read_async (input, answer + length, sizeof answer - length, G_PRIORITY_DEFAULT,
                                 inner, presync_deadline_ready_cb, deadline);
      got = presync_deadline_wait (deadline);
      n = g_input_stream_read_finish (input, got, &local);
      if (n <= 0)
        return presync_starttls_fail (error, server, deadline, seconds, local);
      length += (gsize) n;
      if (!presync_starttls_judge (answer, length, server, &done, error))
        return FALSE;
    }
  return TRUE;
}
