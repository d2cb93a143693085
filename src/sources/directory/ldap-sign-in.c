/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sources/directory/ldap-sign-in.h"

#include <sasl/sasl.h>
#include <string.h>
#include <glib/gi18n.h>

#include "base/error.h"
#include "sources/directory/bounds.h"
#include "sources/directory/ldap-error.h"

/* Judges the answer to a bind; frees @message. */
static gboolean
presync_ldap_sign_in_judge (PresyncLdapConnection *connection, const char *name,
                            LDAPMessage *message, GError **error)
{
  char *diagnostic = NULL;
  int code = LDAP_OTHER;
  int parsed;

  if (ldap_msgtype (message) != LDAP_RES_BIND)
    {
      ldap_msgfree (message);
      presync_ldap_error_set_sign_in (error, connection->text, name, LDAP_DECODING_ERROR, NULL);
      return FALSE;
    }
  parsed = ldap_parse_result (connection->ld, message, &code, NULL, &diagnostic, NULL, NULL, 1);
  if (parsed != LDAP_SUCCESS)
    code = LDAP_DECODING_ERROR;
  if (code != LDAP_SUCCESS)
    presync_ldap_error_set_sign_in (error, connection->text, name, code, diagnostic);
  ldap_memfree (diagnostic);
  return code == LDAP_SUCCESS;
}

static gboolean
presync_ldap_sign_in_simple (PresyncLdapConnection *connection,
                             const PresyncDirectoryTarget *target, GCancellable *cancellable,
                             GError **error)
{
  struct berval password;
  LDAPMessage *message = NULL;
  int id = 0, code;

  password.bv_len = presync_secret_get_length (target->password);
  password.bv_val = (char *) presync_secret_peek (target->password);
  code
      = ldap_sasl_bind (connection->ld, target->name, LDAP_SASL_SIMPLE, &password, NULL, NULL, &id);
  if (code != LDAP_SUCCESS)
    {
      presync_ldap_connection_set_error (connection, code, cancellable, error);
      return FALSE;
    }
  if (!presync_ldap_connection_wait (connection, id, presync_ldap_until (PRESYNC_BOUND_BIND),
                                     PRESYNC_BOUND_BIND, &message, cancellable, error))
    return FALSE;
  return presync_ldap_sign_in_judge (connection, target->name, message, error);
}

/* Kerberos asks for nothing but whom to act for: ourselves. */
static int
presync_ldap_sign_in_interact_cb (LDAP *ld, unsigned flags, void *defaults, void *list)
{
  for (sasl_interact_t *ask = list; ask->id != SASL_CB_LIST_END; ask++)
    {
      ask->result = "";
      ask->len = 0;
    }
  return LDAP_SUCCESS;
}

/* (transfer full) (nullable): of what GSSAPI says, the part that tells why. It wraps it twice:
 * "SASL(-1): generic failure: GSSAPI Error: … Minor code may provide more information (WHY)". */
static char *
presync_ldap_sign_in_dup_cause (const char *diagnostic)
{
  const char *open = diagnostic == NULL ? NULL : strchr (diagnostic, '(');
  const char *close;
  g_autofree char *cause = NULL;

  if (diagnostic != NULL && g_str_has_prefix (diagnostic, "SASL(") && open != NULL)
    open = strchr (open + 1, '(');
  close = open == NULL ? NULL : strrchr (open, ')');
  if (close == NULL)
    return NULL;
  cause = g_strndup (open + 1, (gsize) (close - open - 1));
  g_strstrip (cause);
  return cause[0] == '\0' ? NULL : g_steal_pointer (&cause);
}

/* The words of MIT Kerberos and of Heimdal; in other languages the cause is told as it is. */
static gboolean
presync_ldap_sign_in_lacks_ticket (const char *cause)
{
  static const char *const words[] = { "No Kerberos credentials", "No credentials" };

  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    if (strstr (cause, words[i]) != NULL)
      return TRUE;
  return FALSE;
}

static void
presync_ldap_sign_in_set_local_error (PresyncLdapConnection *connection, int code, GError **error)
{
  char *diagnostic = NULL;
  g_autofree char *cause = NULL;
  g_autofree char *clean = NULL;

  ldap_get_option (connection->ld, LDAP_OPT_DIAGNOSTIC_MESSAGE, &diagnostic);
  cause = presync_ldap_sign_in_dup_cause (diagnostic);
  ldap_memfree (diagnostic);
  clean = presync_ldap_error_dup_clean (cause);
  if (code == LDAP_AUTH_UNKNOWN)
    g_set_error (error, PRESYNC_ERROR, PRESYNC_ERROR_SIGN_IN,
                 _ ("Kerberos cannot be used for %s: its plug-in (GSSAPI for SASL) is not "
                    "installed on this computer, or the server does not offer it"),
                 connection->text);
  else if (clean == NULL || presync_ldap_sign_in_lacks_ticket (clean))
    g_set_error (error, PRESYNC_ERROR, PRESYNC_ERROR_SIGN_IN,
                 _ ("There is no Kerberos ticket to sign in to %s with; get one with “kinit "
                    "NAME@DOMAIN”"),
                 connection->text);
  else
    g_set_error (error, PRESYNC_ERROR, PRESYNC_ERROR_SIGN_IN,
                 _ ("Kerberos gives no ticket for %s: sign in with “kinit NAME@DOMAIN”, and name "
                    "the server as the domain does (%s)"),
                 connection->text, clean);
}

static gboolean
presync_ldap_sign_in_kerberos (PresyncLdapConnection *connection, GCancellable *cancellable,
                               GError **error)
{
  gint64 until = presync_ldap_until (PRESYNC_BOUND_BIND);
  const char *mechanism = NULL;
  LDAPMessage *message = NULL;
  int id = 0, code;

  while (TRUE)
    {
      code = ldap_sasl_interactive_bind (connection->ld, NULL, "GSSAPI", NULL, NULL,
                                         LDAP_SASL_QUIET, presync_ldap_sign_in_interact_cb, NULL,
                                         message, &mechanism, &id);
      if (code != LDAP_SASL_BIND_IN_PROGRESS)
        break;
      if (message != NULL)
        ldap_msgfree (g_steal_pointer (&message));
      if (!presync_ldap_connection_wait (connection, id, until, PRESYNC_BOUND_BIND, &message,
                                         cancellable, error))
        return FALSE;
      if (ldap_msgtype (message) != LDAP_RES_BIND)
        return presync_ldap_sign_in_judge (connection, NULL, message, error);
    }
  if (code == LDAP_SUCCESS)
    {
      ldap_msgfree (message);
      return TRUE;
    }
  if (code == LDAP_LOCAL_ERROR || code == LDAP_AUTH_UNKNOWN)
    presync_ldap_sign_in_set_local_error (connection, code, error);
  else if (message != NULL && code > 0)
    return presync_ldap_sign_in_judge (connection, NULL, message, error);
  else
    presync_ldap_connection_set_error (connection, code, cancellable, error);
  if (message != NULL)
    ldap_msgfree (message);
  return FALSE;
}

gboolean
presync_ldap_sign_in (PresyncLdapConnection *connection, const PresyncDirectoryTarget *target,
                      GCancellable *cancellable, GError **error)
{
  gulong guard = presync_ldap_connection_guard (connection, cancellable);
  gboolean good;

  if (target->sign_in == PRESYNC_SIGN_IN_KERBEROS)
    good = presync_ldap_sign_in_kerberos (connection, cancellable, error);
  else
    good = presync_ldap_sign_in_simple (connection, target, cancellable, error);
  if (cancellable != NULL)
    g_cancellable_disconnect (cancellable, guard);
  return good;
}
