/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sources/sql/helper/sign-in.h"

#include <gssapi/gssapi.h>
#include <glib/gi18n.h>

#include "base/error.h"

/* Errors of SQL Server at a log-in (sys.messages). */
#define LOGIN_FAILED 18456
#define UNTRUSTED_DOMAIN 18452
#define LOGIN_DISABLED 18470
#define LOGIN_LOCKED 18486
#define PASSWORD_EXPIRED 18487
#define PASSWORD_TO_CHANGE 18488
#define CANNOT_OPEN_DATABASE 4060
#define NO_DEFAULT_DATABASE 4064
/* Errors of FreeTDS (sybdb.h). */
#define FREETDS_BROKEN 20002 /* anything, also a refused certificate and a missing ticket */
#define FREETDS_NO_CONNECTION 20009
#define FREETDS_END 20017

gboolean
presync_sql_sign_in_check_ticket (const PresyncSqlRequest *request, GError **error)
{
  gss_cred_id_t credential = GSS_C_NO_CREDENTIAL;
  OM_uint32 minor = 0;
  OM_uint32 lifetime = 0;
  OM_uint32 major = gss_acquire_cred (&minor, GSS_C_NO_NAME, GSS_C_INDEFINITE, GSS_C_NO_OID_SET,
                                      GSS_C_INITIATE, &credential, NULL, &lifetime);

  if (credential != GSS_C_NO_CREDENTIAL)
    gss_release_cred (&minor, &credential);
  if (!GSS_ERROR (major) && lifetime > 0)
    return TRUE;
  g_set_error (error, PRESYNC_ERROR, PRESYNC_ERROR_SIGN_IN,
               _ ("There is no valid Kerberos ticket on this computer to sign in to %s with; get "
                  "one with kinit first"),
               request->text);
  return FALSE;
}

static const char *
presync_sql_sign_in_get_refusal (const PresyncSqlRequest *request, const PresyncOdbcFault *fault)
{
  /* 4060 and 4064 come together with 18456, which says less. */
  if (presync_odbc_fault_has (fault, CANNOT_OPEN_DATABASE)
      || presync_odbc_fault_has (fault, NO_DEFAULT_DATABASE))
    return _ ("its default database cannot be opened");
  if (presync_odbc_fault_has (fault, LOGIN_LOCKED))
    return _ ("the login is locked out");
  if (presync_odbc_fault_has (fault, PASSWORD_EXPIRED))
    return _ ("its password has expired");
  if (presync_odbc_fault_has (fault, PASSWORD_TO_CHANGE))
    return _ ("its password has to be changed first");
  if (presync_odbc_fault_has (fault, LOGIN_DISABLED))
    return _ ("the login is disabled");
  if (presync_odbc_fault_has (fault, UNTRUSTED_DOMAIN))
    return _ ("it is of a domain that the server does not trust, or the server takes Windows "
              "accounts only");
  if (presync_odbc_fault_has (fault, LOGIN_FAILED))
    return request->kerberos ? _ ("the account has no login there")
                             : _ ("the name or the password is wrong, or the server takes Windows "
                                  "accounts only");
  return NULL;
}

void
presync_sql_sign_in_set_error (const PresyncSqlRequest *request, guint16 port,
                               const PresyncOdbcFault *fault, guint seconds, GError **error)
{
  const char *who = request->kerberos ? _ ("the Kerberos ticket") : request->login;
  const char *refusal = presync_sql_sign_in_get_refusal (request, fault);

  if (refusal != NULL)
    g_set_error (error, PRESYNC_ERROR, PRESYNC_ERROR_SIGN_IN,
                 _ ("%s refused the sign-in of %s: %s (error %d)"), request->text, who, refusal,
                 presync_odbc_fault_get_native (fault));
  else if (presync_odbc_fault_is_late (fault))
    g_set_error (error, PRESYNC_ERROR, PRESYNC_ERROR_TIMED_OUT,
                 ngettext ("%s did not finish the sign-in within %u second",
                           "%s did not finish the sign-in within %u seconds", seconds),
                 request->text, seconds);
  else if (presync_odbc_fault_has (fault, FREETDS_END))
    g_set_error (error, PRESYNC_ERROR, PRESYNC_ERROR_UNREACHABLE,
                 _ ("%s broke off the connection during the sign-in"), request->text);
  else if (presync_odbc_fault_has (fault, FREETDS_NO_CONNECTION))
    /* It got no further than to the guard. */
    g_set_error (error, PRESYNC_ERROR, PRESYNC_ERROR_UNREACHABLE,
                 _ ("The ODBC driver cannot reach %s: connections within this computer "
                    "(127.0.0.1) fail"),
                 request->text);
  else if (request->kerberos && presync_odbc_fault_has (fault, FREETDS_BROKEN))
    g_set_error (error, PRESYNC_ERROR, PRESYNC_ERROR_SIGN_IN,
                 _ ("The Kerberos sign-in to %s failed: no ticket for MSSQLSvc/%s:%u could be had, "
                    "or the server refused it"),
                 request->text, request->server, port);
  else if (presync_odbc_fault_has (fault, FREETDS_BROKEN))
    g_set_error (error, PRESYNC_ERROR, PRESYNC_ERROR_FAILED,
                 _ ("The ODBC driver broke off the connection to %s before the sign-in: the "
                    "server changed its certificate or its encryption, or the driver does not "
                    "accept them"),
                 request->text);
  else
    g_set_error (error, PRESYNC_ERROR, PRESYNC_ERROR_FAILED,
                 _ ("The sign-in to %s failed (error %d, SQLSTATE %s)"), request->text,
                 presync_odbc_fault_get_native (fault), fault->state);
}
