/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sources/server/reach-sentence.h"

#include <glib/gi18n.h>

#include "sources/network/authority.h"

/* (transfer full): of a certificate that does not fit */
static char *
presync_reach_sentence_dup_of_certificate (PresyncReach *row, PresyncReachOutcome outcome)
{
  const PresyncReachCertificate *certificate = presync_reach_get_certificate (row);
  const char *host = presync_reach_get_host (row);
  const char *authority = NULL;
  g_autofree char *from = NULL;
  g_autofree char *to = NULL;
  g_autofree char *common = NULL;

  if (outcome == PRESYNC_REACH_WRONG_NAME)
    return g_strdup_printf (_ ("The certificate that %s shows is for another name."), host);
  if (certificate != NULL)
    {
      authority = certificate->root != NULL ? certificate->root : certificate->issuer;
      from = certificate->not_before != NULL ? g_date_time_format (certificate->not_before, "%F")
                                             : NULL;
      to = certificate->not_after != NULL ? g_date_time_format (certificate->not_after, "%F")
                                          : NULL;
    }
  if (outcome == PRESYNC_REACH_EXPIRED && from != NULL && to != NULL)
    /* Translators: a host name and two days */
    return g_strdup_printf (_ ("The certificate of %s is valid only from %s to %s."), host, from,
                            to);
  if (outcome == PRESYNC_REACH_EXPIRED)
    return g_strdup_printf (_ ("The certificate of %s is out of date."), host);
  if (authority == NULL)
    return g_strdup_printf (_ ("The sync server does not trust who signed the certificate of %s."),
                            host);
  common = presync_authority_dup_part (authority, "CN");
  return g_strdup_printf (
      _ ("The certificate of %s is signed by “%s”, which the sync server does not trust."), host,
      common != NULL ? common : authority);
}

/* (transfer full): what did not work on the way through a proxy */
static char *
presync_reach_sentence_dup_of_proxy (PresyncReach *row, PresyncReachOutcome outcome,
                                     const char *detail)
{
  const char *host = presync_reach_get_host (row);
  const char *proxy = presync_reach_get_proxy (row);

  if (proxy == NULL)
    proxy = _ ("of the server’s settings");
  if (outcome == PRESYNC_REACH_PROXY_SIGN_IN)
    return g_strdup_printf (_ ("The proxy %s wants a sign-in (407) for %s."), proxy, host);
  if (outcome == PRESYNC_REACH_PROXY_REFUSED)
    return g_strdup_printf (_ ("The proxy %s refuses %s (403)."), proxy, host);
  /* Translators: the address of a proxy, a host name, what went wrong */
  return g_strdup_printf (_ ("The proxy %s does not get through to %s: %s"), proxy, host, detail);
}

/* (transfer full): what did not work of a name or record */
static char *
presync_reach_sentence_dup_of_name (PresyncReach *row, PresyncReachOutcome outcome,
                                    const char *alias)
{
  const char *host = presync_reach_get_host (row);

  if (outcome == PRESYNC_REACH_NO_RESOLVER)
    return g_strdup_printf (
        _ ("“%s” could not be looked up: no name server answered, or it failed."), host);
  if (outcome == PRESYNC_REACH_SILENT)
    return g_strdup_printf (_ ("No name server answered when “%s” was looked up."), host);
  if (!g_strv_contains (presync_reach_get_keys (row), "network.adfs-a-record"))
    return g_strdup_printf (_ ("The name servers know no “%s”."), host);
  if (alias == NULL)
    return g_strdup_printf (_ ("“%s” has no A record."), host);
  return g_strdup_printf (_ ("“%s” is an alias (CNAME) of “%s”; AD FS needs an A record."), host,
                          alias);
}

char *
presync_reach_sentence_dup (PresyncReach *row, PresyncReachOutcome outcome, const char *detail)
{
  const char *host = presync_reach_get_host (row);
  const char *subject = presync_reach_get_subject (row);
  const char *why = detail != NULL ? detail : _ ("the script says no more");
  guint port = presync_reach_get_port (row);

  switch (outcome)
    {
    case PRESYNC_REACH_REACHED:
      return NULL;
    case PRESYNC_REACH_NO_NAME:
    case PRESYNC_REACH_NO_RESOLVER:
      if (outcome == PRESYNC_REACH_NO_RESOLVER && presync_reach_get_proxy (row) != NULL)
        return g_strdup_printf (_ ("The name of the proxy %s could not be looked up: no name "
                                   "server answered, or it failed."),
                                presync_reach_get_proxy (row));
      return presync_reach_sentence_dup_of_name (row, outcome, detail);
    case PRESYNC_REACH_REFUSED:
      return g_strdup_printf (_ ("%s refuses connections on port %u."), host, port);
    case PRESYNC_REACH_RESET:
      return g_strdup_printf (_ ("The connection to %s on port %u was broken off."), host, port);
    case PRESYNC_REACH_NO_TLS12:
      return g_strdup_printf (_ ("The sync server and %s have no TLS 1.2 in common."), host);
    case PRESYNC_REACH_TLS_FAILED:
      return g_strdup_printf (_ ("TLS with %s failed: %s"), host, why);
    case PRESYNC_REACH_WRONG_NAME:
    case PRESYNC_REACH_EXPIRED:
    case PRESYNC_REACH_INTERCEPTED:
      return presync_reach_sentence_dup_of_certificate (row, outcome);
    case PRESYNC_REACH_PROXY_SIGN_IN:
    case PRESYNC_REACH_PROXY_REFUSED:
    case PRESYNC_REACH_PROXY_BROKEN:
      return presync_reach_sentence_dup_of_proxy (row, outcome, why);
    case PRESYNC_REACH_SILENT:
      if (port == 0)
        return presync_reach_sentence_dup_of_name (row, outcome, detail);
      if (presync_reach_get_proxy (row) != NULL)
        return g_strdup_printf (_ ("The proxy did not answer when it was asked for %s."), host);
      return g_strdup_printf (
          _ ("%s does not answer on port %u: a firewall may drop what is sent."), host, port);
    case PRESYNC_REACH_NO_NETWORK:
      return g_strdup_printf (_ ("There is no way from the sync server to %s: %s"), host, why);
    case PRESYNC_REACH_NOT_TRIED:
    case PRESYNC_REACH_PENDING:
    case PRESYNC_REACH_CANCELLED:
    default:
      if (detail != NULL)
        return g_strdup_printf (_ ("The sync server did not try %s: %s"), subject, detail);
      return g_strdup_printf (_ ("%s was not tried: others took all the time."), subject);
    }
}
