/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sources/directory/ldap-ask.h"

#include <glib/gi18n.h>

#include "base/error.h"
#include "sources/directory/bounds.h"
#include "sources/directory/ldap-error.h"

#define SD_FLAGS_OID "1.2.840.113556.1.4.801"
#define BUSY_RETRIES 2
#define BUSY_PAUSE (300 * G_TIME_SPAN_MILLISECOND)

void
presync_ldap_answer_clear (PresyncLdapAnswer *self)
{
  g_clear_pointer (&self->partial, g_free);
  g_clear_pointer (&self->cookie, g_bytes_unref);
}

static int
presync_ldap_ask_send (PresyncLdapConnection *connection, const PresyncLdapAsk *ask, int *id)
{
  LDAPControl *controls[3] = { NULL, NULL, NULL };
  /* SEQUENCE { INTEGER flags }, flags below 128 */
  char flags[] = { 0x30, 0x03, 0x02, 0x01, (char) (ask->sd_flags & 0x7f) };
  LDAPControl sd = { (char *) SD_FLAGS_OID, { sizeof flags, flags }, 0 };
  LDAPControl *page = NULL;
  struct timeval limit = { PRESYNC_BOUND_PAGE, 0 };
  guint n = 0;
  int code = LDAP_SUCCESS;

  if (ask->paged)
    {
      gsize length = 0;
      struct berval cookie = { 0, NULL };
      if (ask->cookie != NULL)
        cookie.bv_val = (char *) g_bytes_get_data (ask->cookie, &length);
      cookie.bv_len = length;
      code = ldap_create_page_control (connection->ld, PRESYNC_PAGE_SIZE,
                                       ask->cookie != NULL ? &cookie : NULL, 1, &page);
      controls[n++] = page;
    }
  if (ask->sd_flags != 0)
    controls[n++] = &sd;
  if (code == LDAP_SUCCESS)
    code
        = ldap_search_ext (connection->ld, ask->base, ask->scope, ask->filter,
                           (char **) ask->attributes, 0, controls, NULL, &limit, LDAP_NO_LIMIT, id);
  if (page != NULL)
    ldap_control_free (page);
  return code;
}

static void
presync_ldap_ask_read_cookie (PresyncLdapConnection *connection, LDAPControl **controls,
                              PresyncLdapAnswer *answer)
{
  LDAPControl *found = ldap_control_find (LDAP_CONTROL_PAGEDRESULTS, controls, NULL);
  struct berval cookie = { 0, NULL };
  ber_int_t estimate = 0;

  if (found == NULL
      || ldap_parse_pageresponse_control (connection->ld, found, &estimate, &cookie)
             != LDAP_SUCCESS)
    return;
  answer->has_cookie = TRUE;
  if (cookie.bv_len > 0)
    answer->cookie = g_bytes_new (cookie.bv_val, cookie.bv_len);
  ber_memfree (cookie.bv_val);
}

/* Limits of the server leave entries out: told, but no error. */
static gboolean
presync_ldap_ask_judge (PresyncLdapConnection *connection, const PresyncLdapAsk *ask,
                        LDAPMessage *message, PresyncLdapAnswer *answer, int *code, GError **error)
{
  LDAPControl **controls = NULL;
  char *diagnostic = NULL;
  gboolean good = TRUE;

  *code = LDAP_OTHER;
  if (ldap_parse_result (connection->ld, message, code, NULL, &diagnostic, NULL, &controls, 0)
      != LDAP_SUCCESS)
    *code = LDAP_DECODING_ERROR;
  if (*code == LDAP_SUCCESS)
    presync_ldap_ask_read_cookie (connection, controls, answer);
  else if (*code == LDAP_SIZELIMIT_EXCEEDED || *code == LDAP_TIMELIMIT_EXCEEDED
           || *code == LDAP_ADMINLIMIT_EXCEEDED || *code == LDAP_PARTIAL_RESULTS)
    {
      g_autofree char *why = presync_ldap_error_dup_text (*code, diagnostic);
      answer->partial = g_strdup_printf (_ ("%s ended the read early: %s"), connection->text, why);
    }
  else
    {
      presync_ldap_error_set_read (error, connection->text, ask->base, *code, diagnostic);
      good = FALSE;
    }
  ldap_controls_free (controls);
  ldap_memfree (diagnostic);
  return good;
}

static gboolean
presync_ldap_ask_once (PresyncLdapConnection *connection, const PresyncLdapAsk *ask,
                       PresyncLdapEntryFunc func, gpointer user_data, PresyncLdapAnswer *answer,
                       int *code, GCancellable *cancellable, GError **error)
{
  gint64 until = presync_ldap_until (PRESYNC_BOUND_PAGE);
  gboolean good = TRUE, going = TRUE;
  guint n = 0;
  int id = 0;

  *code = presync_ldap_ask_send (connection, ask, &id);
  if (*code != LDAP_SUCCESS)
    {
      presync_ldap_connection_set_error (connection, *code, cancellable, error);
      return FALSE;
    }
  for (n = 0; going; n++)
    {
      LDAPMessage *message = NULL;
      int kind;

      if (!presync_ldap_connection_wait (connection, id, until, PRESYNC_BOUND_PAGE, &message,
                                         cancellable, error))
        return FALSE;
      kind = ldap_msgtype (message);
      if (kind == LDAP_RES_SEARCH_ENTRY)
        {
          GError *local = NULL;
          answer->n_entries++;
          going = func (message, user_data, &local);
          good = local == NULL;
          if (local != NULL)
            g_propagate_error (error, local);
        }
      else if (kind == LDAP_RES_SEARCH_RESULT)
        {
          good = presync_ldap_ask_judge (connection, ask, message, answer, code, error);
          ldap_msgfree (message);
          return good;
        }
      else if (kind != LDAP_RES_SEARCH_REFERENCE && kind != LDAP_RES_INTERMEDIATE)
        {
          good = going = FALSE;
          connection->dead = TRUE;
          presync_ldap_error_set_read (error, connection->text, ask->base, LDAP_DECODING_ERROR,
                                       NULL);
        }
      ldap_msgfree (message);
      if (going && n >= PRESYNC_BOUND_ANSWER)
        {
          going = FALSE;
          answer->partial
              = g_strdup_printf (_ ("%s sends answers without an end"), connection->text);
          /* What is still to come would keep later answers away. */
          presync_ldap_connection_give_up (connection, answer->partial);
        }
    }
  ldap_abandon_ext (connection->ld, id, NULL, NULL);
  return good;
}

gboolean
presync_ldap_ask (PresyncLdapConnection *connection, const PresyncLdapAsk *ask,
                  PresyncLdapEntryFunc func, gpointer user_data, PresyncLdapAnswer *answer,
                  GCancellable *cancellable, GError **error)
{
  int code = LDAP_SUCCESS;

  if (connection->dead)
    {
      if (!g_cancellable_set_error_if_cancelled (cancellable, error))
        g_set_error (error, PRESYNC_ERROR, PRESYNC_ERROR_UNREACHABLE,
                     _ ("The connection to %s was given up (%s)"), connection->text,
                     connection->why != NULL ? connection->why : _ ("it broke"));
      return FALSE;
    }
  for (guint i = 0;; i++)
    {
      g_autoptr (GError) local = NULL;
      if (presync_ldap_ask_once (connection, ask, func, user_data, answer, &code, cancellable,
                                 &local))
        return TRUE;
      if (code != LDAP_BUSY || connection->dead || answer->n_entries > 0 || i >= BUSY_RETRIES)
        {
          g_propagate_error (error, g_steal_pointer (&local));
          return FALSE;
        }
      presync_ldap_answer_clear (answer);
      for (guint slice = 0; slice < 6 && !g_cancellable_is_cancelled (cancellable); slice++)
        g_usleep (BUSY_PAUSE / 6);
    }
}
