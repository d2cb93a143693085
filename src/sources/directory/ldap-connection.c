/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sources/directory/ldap-connection.h"

#include <lber.h>
#include <openldap.h>
#include <string.h>
#include <unistd.h>
#include <glib/gi18n.h>

#include "base/error.h"
#include "sources/directory/bounds.h"
#include "sources/directory/ldap-error.h"

/* Milliseconds that a farewell may take */
#define FAREWELL 200

void
presync_ldap_prepare (void)
{
  static gsize once = 0;

  if (g_once_init_enter (&once))
    {
      int version = 0;
      ldap_get_option (NULL, LDAP_OPT_PROTOCOL_VERSION, &version);
      g_once_init_leave (&once, 1);
    }
}

gint64
presync_ldap_until (guint seconds)
{
  return g_get_monotonic_time () + seconds * G_TIME_SPAN_SECOND;
}

/* Everything that ldap.conf, the environment or libldap's own defaults might have set otherwise. */
static void
presync_ldap_connection_configure (PresyncLdapConnection *self, gboolean encrypted)
{
  int version = LDAP_VERSION3, never = LDAP_DEREF_NEVER, none = LDAP_NO_LIMIT;
  struct timeval timeout = { PRESYNC_BOUND_PAGE, 0 };
  ber_len_t largest = PRESYNC_BOUND_MESSAGE;
  Sockbuf *socket = NULL;

  ldap_set_option (self->ld, LDAP_OPT_PROTOCOL_VERSION, &version);
  ldap_set_option (self->ld, LDAP_OPT_REFERRALS, LDAP_OPT_OFF);
  ldap_set_option (self->ld, LDAP_OPT_DEREF, &never);
  ldap_set_option (self->ld, LDAP_OPT_SIZELIMIT, &none);
  ldap_set_option (self->ld, LDAP_OPT_TIMELIMIT, &none);
  ldap_set_option (self->ld, LDAP_OPT_TIMEOUT, &timeout);
  ldap_set_option (self->ld, LDAP_OPT_NETWORK_TIMEOUT, &timeout);
  ldap_set_option (self->ld, LDAP_OPT_RESTART, LDAP_OPT_ON);
  ldap_set_option (self->ld, LDAP_OPT_X_SASL_NOCANON, LDAP_OPT_ON);
  /* AD refuses to seal inside TLS; without TLS everything must be sealed (56 is the weakest that
   * encrypts at all; Kerberos gives 256). */
  ldap_set_option (self->ld, LDAP_OPT_X_SASL_SECPROPS,
                   encrypted ? "noanonymous,noplain,minssf=0,maxssf=0"
                             : "noanonymous,noplain,minssf=56");
  ldap_get_option (self->ld, LDAP_OPT_SOCKBUF, &socket);
  ber_sockbuf_ctrl (socket, LBER_SB_OPT_SET_MAX_INCOMING, &largest);
  /* Otherwise half a message would block libldap for ever, past every timeout. */
  ber_sockbuf_ctrl (socket, LBER_SB_OPT_SET_NONBLOCK, socket);
}

PresyncLdapConnection *
presync_ldap_connection_new (GIOStream *stream, const char *host, guint16 port, const char *text,
                             gboolean encrypted, GError **error)
{
  g_autoptr (PresyncTransport) transport = NULL;
  g_autofree char *url = NULL;
  g_autoptr (GError) local = NULL;
  PresyncLdapConnection *self;
  int descriptor = -1, code;
  LDAP *ld = NULL;

  presync_ldap_prepare ();
  transport = presync_transport_new (stream, &descriptor, &local);
  if (transport == NULL)
    {
      g_set_error (error, PRESYNC_ERROR, PRESYNC_ERROR_FAILED,
                   _ ("No LDAP connection to %s could be set up: %s"), text, local->message);
      return NULL;
    }
  url = g_strdup_printf (strchr (host, ':') != NULL ? "ldap://[%s]:%u" : "ldap://%s:%u", host,
                         port);
  code = ldap_init_fd (descriptor, LDAP_PROTO_TCP, url, &ld);
  if (code != LDAP_SUCCESS)
    {
      presync_transport_close (transport);
      close (descriptor);
      g_set_error (error, PRESYNC_ERROR, PRESYNC_ERROR_FAILED,
                   _ ("No LDAP connection to %s could be set up: %s"), text,
                   ldap_err2string (code));
      return NULL;
    }
  self = g_new0 (PresyncLdapConnection, 1);
  self->ld = ld;
  self->transport = g_steal_pointer (&transport);
  self->text = g_strdup (text);
  presync_ldap_connection_configure (self, encrypted);
  return self;
}

void
presync_ldap_connection_free (PresyncLdapConnection *self)
{
  if (self == NULL)
    return;
  if (self->dead)
    presync_transport_close (self->transport);
  ldap_unbind_ext (self->ld, NULL, NULL);
  if (!self->dead)
    presync_transport_drain (self->transport, FAREWELL);
  presync_transport_close (self->transport);
  g_clear_pointer (&self->transport, presync_transport_unref);
  g_clear_pointer (&self->text, g_free);
  g_clear_pointer (&self->why, g_free);
  g_free (self);
}

static void
presync_ldap_connection_cancelled_cb (GCancellable *cancellable, gpointer user_data)
{
  presync_transport_close (user_data);
}

gulong
presync_ldap_connection_guard (PresyncLdapConnection *self, GCancellable *cancellable)
{
  if (cancellable == NULL)
    return 0;
  return g_cancellable_connect (cancellable, G_CALLBACK (presync_ldap_connection_cancelled_cb),
                                presync_transport_ref (self->transport),
                                (GDestroyNotify) presync_transport_unref);
}

void
presync_ldap_connection_give_up (PresyncLdapConnection *self, const char *why)
{
  self->dead = TRUE;
  if (self->why == NULL)
    self->why = g_strdup (why);
}

/* (transfer full): why libldap returned @code */
static GError *
presync_ldap_connection_explain (PresyncLdapConnection *self, int code)
{
  g_autoptr (GError) end = presync_transport_dup_end (self->transport);
  char *diagnostic = NULL;
  GError *error;

  ldap_get_option (self->ld, LDAP_OPT_DIAGNOSTIC_MESSAGE, &diagnostic);
  if (code > 0)
    {
      /* A notice of disconnection (RFC 4511 section 4.4.1) */
      g_autofree char *why = presync_ldap_error_dup_text (code, diagnostic);
      error = g_error_new (PRESYNC_ERROR, PRESYNC_ERROR_UNREACHABLE,
                           _ ("%s ended the connection: %s"), self->text, why);
    }
  else if (end != NULL && g_error_matches (end, G_IO_ERROR, G_IO_ERROR_CLOSED))
    error = g_error_new (PRESYNC_ERROR, PRESYNC_ERROR_UNREACHABLE,
                         _ ("%s closed the connection in the middle of the conversation"),
                         self->text);
  else if (end != NULL)
    error = g_error_new (PRESYNC_ERROR, PRESYNC_ERROR_UNREACHABLE,
                         _ ("The connection to %s broke (%s)"), self->text, end->message);
  else
    error = g_error_new (PRESYNC_ERROR, PRESYNC_ERROR_BAD_INPUT,
                         _ ("%s sent an answer that is malformed or larger than %u MB"), self->text,
                         PRESYNC_BOUND_MESSAGE / (1024 * 1024));
  ldap_memfree (diagnostic);
  return error;
}

void
presync_ldap_connection_set_error (PresyncLdapConnection *self, int code, GCancellable *cancellable,
                                   GError **error)
{
  g_autoptr (GError) found = NULL;

  if (!g_cancellable_set_error_if_cancelled (cancellable, &found))
    found = presync_ldap_connection_explain (self, code);
  presync_ldap_connection_give_up (self, found->message);
  g_propagate_error (error, g_steal_pointer (&found));
}

gboolean
presync_ldap_connection_wait (PresyncLdapConnection *self, int id, gint64 until, guint seconds,
                              LDAPMessage **message, GCancellable *cancellable, GError **error)
{
  gint64 left = until - g_get_monotonic_time ();
  int kind = 0, code = LDAP_SUCCESS;
  struct timeval timeout;

  *message = NULL;
  if (left > 0 && !self->dead)
    {
      timeout.tv_sec = (time_t) (left / G_TIME_SPAN_SECOND);
      timeout.tv_usec = (suseconds_t) (left % G_TIME_SPAN_SECOND);
      kind = ldap_result (self->ld, id, LDAP_MSG_ONE, &timeout, message);
    }
  if (kind > 0 && !g_cancellable_is_cancelled (cancellable))
    return TRUE;
  if (*message != NULL)
    ldap_msgfree (g_steal_pointer (message));
  if (kind == 0 && !self->dead && !g_cancellable_is_cancelled (cancellable))
    {
      g_autofree char *why
          = g_strdup_printf (_ ("%s did not answer within %u seconds"), self->text, seconds);
      presync_ldap_connection_give_up (self, why);
      g_set_error_literal (error, PRESYNC_ERROR, PRESYNC_ERROR_TIMED_OUT, why);
      return FALSE;
    }
  ldap_get_option (self->ld, LDAP_OPT_RESULT_CODE, &code);
  presync_ldap_connection_set_error (self, code, cancellable, error);
  return FALSE;
}
