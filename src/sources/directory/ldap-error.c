/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sources/directory/ldap-error.h"

#include <ldap.h>
#include <string.h>
#include <glib/gi18n.h>

#include "base/error.h"

#define DIAGNOSTIC_MAX 200

char *
presync_ldap_error_dup_clean (const char *diagnostic)
{
  g_autofree char *valid = NULL;

  if (diagnostic == NULL)
    return NULL;
  valid = g_utf8_make_valid (diagnostic, (gssize) MIN (strlen (diagnostic), DIAGNOSTIC_MAX));
  for (char *p = valid; *p != '\0'; p++)
    if ((guchar) *p < 0x20 || *p == 0x7f)
      *p = ' ';
  g_strstrip (valid);
  return *valid != '\0' ? g_steal_pointer (&valid) : NULL;
}

static const char *
presync_ldap_error_word (int code)
{
  switch (code)
    {
    case LDAP_OPERATIONS_ERROR:
      return _ ("the server could not carry it out");
    case LDAP_PROTOCOL_ERROR:
      return _ ("the server did not understand it");
    case LDAP_TIMELIMIT_EXCEEDED:
      return _ ("the server's time limit was reached");
    case LDAP_SIZELIMIT_EXCEEDED:
      return _ ("the server's size limit was reached");
    case LDAP_ADMINLIMIT_EXCEEDED:
      return _ ("an administrative limit of the server was reached");
    case LDAP_STRONG_AUTH_REQUIRED:
      return _ ("the server demands a stronger sign-in");
    case LDAP_REFERRAL:
      return _ ("the server refers to another server, which Presync does not follow");
    case LDAP_UNAVAILABLE_CRITICAL_EXTENSION:
      return _ ("the server does not offer it");
    case LDAP_NO_SUCH_OBJECT:
      return _ ("there is no such object");
    case LDAP_INAPPROPRIATE_AUTH:
      return _ ("this kind of sign-in is not allowed");
    case LDAP_INVALID_CREDENTIALS:
      return _ ("the name or the password is wrong");
    case LDAP_INSUFFICIENT_ACCESS:
      return _ ("no right to read");
    case LDAP_BUSY:
      return _ ("the server is busy");
    case LDAP_UNAVAILABLE:
      return _ ("the server is not available");
    case LDAP_UNWILLING_TO_PERFORM:
      return _ ("the server is not willing to");
    case LDAP_DECODING_ERROR:
      return _ ("the answer is malformed");
    default:
      return NULL;
    }
}

char *
presync_ldap_error_dup_text (int code, const char *diagnostic)
{
  g_autofree char *clean = presync_ldap_error_dup_clean (diagnostic);
  const char *word = presync_ldap_error_word (code);
  g_autofree char *number = NULL;

  if (word == NULL)
    number = g_strdup_printf (_ ("LDAP error %d, %s"), code, ldap_err2string (code));
  if (clean == NULL)
    return g_strdup (word != NULL ? word : number);
  return g_strdup_printf ("%s (%s)", word != NULL ? word : number, clean);
}

void
presync_ldap_error_set_read (GError **error, const char *server, const char *base, int code,
                             const char *diagnostic)
{
  g_autofree char *why = presync_ldap_error_dup_text (code, diagnostic);
  const char *what = base != NULL && *base != '\0' ? base : "rootDSE";
  PresyncError kind = PRESYNC_ERROR_FAILED;

  switch (code)
    {
    case LDAP_NO_SUCH_OBJECT:
      kind = PRESYNC_ERROR_NOT_FOUND;
      break;
    case LDAP_INSUFFICIENT_ACCESS:
    case LDAP_STRONG_AUTH_REQUIRED:
      kind = PRESYNC_ERROR_NO_RIGHT;
      break;
    case LDAP_TIMELIMIT_EXCEEDED:
      kind = PRESYNC_ERROR_TIMED_OUT;
      break;
    case LDAP_UNAVAILABLE_CRITICAL_EXTENSION:
    case LDAP_PROTOCOL_ERROR:
      kind = PRESYNC_ERROR_NOT_SUPPORTED;
      break;
    case LDAP_DECODING_ERROR:
      kind = PRESYNC_ERROR_BAD_INPUT;
      break;
    default:
      break;
    }
  g_set_error (error, PRESYNC_ERROR, kind, _ ("%s did not answer the read of “%s”: %s"), server,
               what, why);
}

guint
presync_ldap_error_subcode (const char *diagnostic)
{
  const char *data = diagnostic != NULL ? strstr (diagnostic, "data ") : NULL;

  return data != NULL ? (guint) g_ascii_strtoull (data + strlen ("data "), NULL, 16) : 0;
}

/* Win32 error codes that AD writes behind "data " of a refused bind. */
static const char *
presync_ldap_error_sign_in_word (guint subcode)
{
  switch (subcode)
    {
    case 0x525:
      return _ ("there is no such user");
    case 0x52e:
      return _ ("the name or the password is wrong");
    case 0x52f:
      return _ ("a restriction of the account forbids it");
    case 0x530:
      return _ ("the account may not sign in at this time of day");
    case 0x531:
      return _ ("the account may not sign in from this computer");
    case 0x532:
      return _ ("the password has expired");
    case 0x533:
      return _ ("the account is disabled");
    case 0x51f:
    case 0x54f:
      return _ ("no writable domain controller could be asked for the password");
    case 0x701:
      return _ ("the account has expired");
    case 0x773:
      return _ ("the password must be changed first");
    case 0x775:
      return _ ("the account is locked");
    case 0x80090346:
      return _ ("the server demands channel binding; use Kerberos over ldap:// instead");
    default:
      return NULL;
    }
}

void
presync_ldap_error_set_sign_in (GError **error, const char *server, const char *name, int code,
                                const char *diagnostic)
{
  const char *word = presync_ldap_error_sign_in_word (presync_ldap_error_subcode (diagnostic));
  g_autofree char *text = presync_ldap_error_dup_text (code, diagnostic);
  g_autofree char *clean = presync_ldap_error_dup_clean (diagnostic);
  g_autofree char *why = NULL;
  PresyncError kind = PRESYNC_ERROR_SIGN_IN;

  if (code == LDAP_INVALID_CREDENTIALS && word != NULL)
    why = g_strdup_printf ("%s (%s)", word, clean);
  else
    why = g_steal_pointer (&text);
  if (code == LDAP_BUSY || code == LDAP_UNAVAILABLE)
    kind = PRESYNC_ERROR_UNREACHABLE;
  else if (code == LDAP_DECODING_ERROR)
    kind = PRESYNC_ERROR_BAD_INPUT;
  if (name != NULL)
    g_set_error (error, PRESYNC_ERROR, kind, _ ("%s refused the sign-in of “%s”: %s"), server, name,
                 why);
  else
    g_set_error (error, PRESYNC_ERROR, kind, _ ("%s refused the sign-in with Kerberos: %s"), server,
                 why);
}
