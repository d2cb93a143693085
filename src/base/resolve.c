/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/resolve.h"

#include <string.h>
#include <gio/gnetworking.h>

/* Of an answer; the largest that DNS knows */
#define ANSWER_BYTES 65535

/* (transfer full) (nullable): a resolver that is not GLib's own */
static GResolver *
presync_resolve_dup_other (void)
{
  g_autoptr (GResolver) resolver = g_resolver_get_default ();

  if (g_str_equal (G_OBJECT_TYPE_NAME (resolver), "GThreadedResolver"))
    return NULL;
  return g_steal_pointer (&resolver);
}

static void
presync_resolve_set_error (GError **error, gboolean certain, gboolean again, const char *name)
{
  GResolverError code = certain ? G_RESOLVER_ERROR_NOT_FOUND
                        : again ? G_RESOLVER_ERROR_TEMPORARY_FAILURE
                                : G_RESOLVER_ERROR_INTERNAL;

  g_set_error_literal (error, G_RESOLVER_ERROR, (int) code, name);
}

static gboolean
presync_resolve_is_missing (int code)
{
#ifdef EAI_NODATA
#if EAI_NODATA != EAI_NONAME
  if (code == EAI_NODATA)
    return TRUE;
#endif
#endif
  return code == EAI_NONAME;
}

#ifdef G_OS_UNIX
/* getaddrinfo(), but a name with a dot is a whole one: the search list of resolv.conf (where a
 * domain may have a wildcard) would make up an address for a name that does not exist. The option
 * is this thread's own, unlike a "." behind the name, /etc/hosts and mDNS know of it. */
static int
presync_resolve_ask_host (const char *host, const struct addrinfo *hints, struct addrinfo **found)
{
  gboolean whole = strchr (host, '.') != NULL && res_init () == 0;
  gulong list = whole ? _res.options & RES_DNSRCH : 0;
  int code;

  if (whole)
    _res.options &= ~(gulong) RES_DNSRCH;
  code = getaddrinfo (host, NULL, hints, found);
  _res.options |= list;
  return code;
}
#else
static int
presync_resolve_ask_host (const char *host, const struct addrinfo *hints, struct addrinfo **found)
{
  return getaddrinfo (host, NULL, hints, found);
}
#endif

GList *
presync_resolve_host (const char *host, char **canonical, GError **error)
{
  g_autoptr (GResolver) other = NULL;
  struct addrinfo hints = { .ai_socktype = SOCK_STREAM, .ai_flags = AI_CANONNAME };
  struct addrinfo *found = NULL;
  GList *addresses = NULL;
  int code;

  g_return_val_if_fail (host != NULL, NULL);
  if (canonical != NULL)
    *canonical = NULL;
  other = presync_resolve_dup_other ();
  if (other != NULL)
    return g_resolver_lookup_by_name (other, host, NULL, error);
  code = presync_resolve_ask_host (host, &hints, &found);
  if (code != 0)
    {
      presync_resolve_set_error (error, presync_resolve_is_missing (code), code == EAI_AGAIN, host);
      return NULL;
    }
  if (canonical != NULL && found->ai_canonname != NULL)
    *canonical = g_strdup (found->ai_canonname);
  for (struct addrinfo *info = found; info != NULL; info = info->ai_next)
    {
      g_autoptr (GSocketAddress) address
          = g_socket_address_new_from_native (info->ai_addr, (gsize) info->ai_addrlen);

      if (G_IS_INET_SOCKET_ADDRESS (address))
        addresses = g_list_prepend (addresses, g_object_ref (g_inet_socket_address_get_address (
                                                   G_INET_SOCKET_ADDRESS (address))));
    }
  freeaddrinfo (found);
  if (addresses == NULL)
    presync_resolve_set_error (error, TRUE, FALSE, host);
  return g_list_reverse (addresses);
}

/* @targets: (transfer full). The only target "." says that there is no such service (RFC 2782);
 * sorting drops it. */
static GList *
presync_resolve_sort (GList *targets, const char *record, GError **error)
{
  targets = g_srv_target_list_sort (targets);
  if (targets == NULL)
    presync_resolve_set_error (error, TRUE, FALSE, record);
  return targets;
}

/* "_ldap._tcp.contoso.com" -> "ldap", "tcp", "contoso.com" */
static GList *
presync_resolve_ask_service (GResolver *resolver, const char *record, GError **error)
{
  g_auto (GStrv) parts = g_strsplit (record, ".", 3);
  g_autoptr (GError) failure = NULL;
  GList *targets;

  if (g_strv_length (parts) < 3 || parts[0][0] != '_' || parts[1][0] != '_')
    {
      presync_resolve_set_error (error, TRUE, FALSE, record);
      return NULL;
    }
  targets
      = g_resolver_lookup_service (resolver, parts[0] + 1, parts[1] + 1, parts[2], NULL, &failure);
  if (failure != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&failure));
      return NULL;
    }
  return presync_resolve_sort (targets, record, error);
}

#ifdef G_OS_UNIX
/* (transfer full) (nullable): the target of an SRV record's data: priority, weight, port, name */
static GSrvTarget *
presync_resolve_read_target (const ns_msg *message, const ns_rr *record)
{
  const unsigned char *data = ns_rr_rdata (*record);
  char name[NS_MAXDNAME];

  if (ns_rr_type (*record) != ns_t_srv || ns_rr_rdlen (*record) < 7
      || ns_name_uncompress (ns_msg_base (*message), ns_msg_end (*message), data + 6, name,
                             sizeof name)
             < 0)
    return NULL;
  return g_srv_target_new (name, (guint16) (data[4] << 8 | data[5]),
                           (guint16) (data[0] << 8 | data[1]), (guint16) (data[2] << 8 | data[3]));
}

static GList *
presync_resolve_read_answer (const unsigned char *answer, int length)
{
  ns_msg message;
  GList *targets = NULL;

  if (ns_initparse (answer, length, &message) != 0)
    return NULL;
  for (int i = 0; i < ns_msg_count (message, ns_s_an); i++)
    {
      ns_rr record;
      GSrvTarget *target;

      if (ns_parserr (&message, ns_s_an, i, &record) != 0)
        break;
      target = presync_resolve_read_target (&message, &record);
      if (target != NULL)
        targets = g_list_prepend (targets, target);
    }
  return targets;
}

GList *
presync_resolve_service (const char *record, GError **error)
{
  g_autoptr (GResolver) other = NULL;
  g_autofree unsigned char *answer = NULL;
  GList *targets = NULL;
  int length, code;

  g_return_val_if_fail (record != NULL, NULL);
  other = presync_resolve_dup_other ();
  if (other != NULL)
    return presync_resolve_ask_service (other, record, error);
  answer = g_malloc (ANSWER_BYTES);
  length = res_query (record, ns_c_in, ns_t_srv, answer, ANSWER_BYTES);
  code = h_errno;
  if (length >= 0)
    targets = presync_resolve_read_answer (answer, MIN (length, ANSWER_BYTES));
  if (targets != NULL)
    return presync_resolve_sort (targets, record, error);
  presync_resolve_set_error (error, length < 0 && (code == HOST_NOT_FOUND || code == NO_DATA),
                             length < 0 && code == TRY_AGAIN, record);
  return NULL;
}
#else
GList *
presync_resolve_service (const char *record, GError **error)
{
  g_autoptr (GResolver) resolver = g_resolver_get_default ();

  g_return_val_if_fail (record != NULL, NULL);
  return presync_resolve_ask_service (resolver, record, error);
}
#endif
