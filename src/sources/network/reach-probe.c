/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sources/network/reach-probe.h"

#include <string.h>
#include <glib/gi18n.h>

#include "sources/network/dial.h"
#include "sources/network/reach-web.h"
#include "sources/network/reach-plan.h"

/* Of a domain's controllers, so many are tried before it counts as not answering. */
#define MAX_CONTROLLERS 8
/* Of a record, so many hosts are named; the rest is counted. */
#define SHOWN_TARGETS 3

static PresyncReachProbeKind
presync_reach_probe_choose_kind (PresyncReach *row)
{
  const char *const *keys = presync_reach_get_keys (row);
  const char *group = presync_reach_get_group (row);

  if (g_strv_contains (keys, "network.domain-reached"))
    return PRESYNC_REACH_PROBE_DOMAIN;
  if (g_strv_contains (keys, "network.adfs-a-record"))
    return PRESYNC_REACH_PROBE_ALIAS;
  if (g_strv_contains (keys, "network.adfs-https"))
    return PRESYNC_REACH_PROBE_FARM;
  if (presync_reach_get_port (row) == 0)
    return g_strv_contains (keys, "network.srv-record") ? PRESYNC_REACH_PROBE_RECORD
                                                        : PRESYNC_REACH_PROBE_NAME;
  if (g_str_equal (group, "internet") || g_str_equal (group, "lists"))
    return PRESYNC_REACH_PROBE_WEB;
  return PRESYNC_REACH_PROBE_PORT;
}

PresyncReachProbe *
presync_reach_probe_new (PresyncReach *row, const PresyncNetworkTarget *target)
{
  PresyncReachProbe *self = g_new0 (PresyncReachProbe, 1);

  self->kind = presync_reach_probe_choose_kind (row);
  self->host = g_strdup (presync_reach_get_host (row));
  self->port = presync_reach_get_port (row);
  if (self->kind == PRESYNC_REACH_PROBE_DOMAIN)
    self->controllers = presync_reach_plan_list_controllers (target, self->host);
  self->proxy = g_strdup (target->proxy);
  return self;
}

void
presync_reach_probe_free (PresyncReachProbe *self)
{
  if (self == NULL)
    return;
  g_free (self->host);
  g_strfreev (self->controllers);
  g_free (self->proxy);
  g_free (self);
}

void
presync_reach_probe_result_clear (PresyncReachProbeResult *self)
{
  g_clear_pointer (&self->text, g_free);
  g_clear_pointer (&self->certificate, presync_reach_certificate_free);
  g_clear_pointer (&self->proxy, g_free);
}

/* @text: (transfer full) */
static void
presync_reach_probe_end (PresyncReachProbeResult *result, PresyncReachOutcome outcome, char *text)
{
  result->outcome = outcome;
  g_free (result->text);
  result->text = text;
}

void
presync_reach_probe_fail_lookup (const char *name, const GError *error,
                                 PresyncReachProbeResult *result)
{
  if (g_error_matches (error, G_RESOLVER_ERROR, G_RESOLVER_ERROR_NOT_FOUND))
    presync_reach_probe_end (result, PRESYNC_REACH_NO_NAME,
                             g_strdup_printf (_ ("The name servers know no “%s”."), name));
  else
    presync_reach_probe_end (
        result, PRESYNC_REACH_NO_RESOLVER,
        g_strdup_printf (_ ("“%s” could not be looked up: no name server answered, or it failed."),
                         name));
}

void
presync_reach_probe_fail_connect (const char *host, guint16 port, const GError *error,
                                  PresyncReachProbeResult *result)
{
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CONNECTION_REFUSED))
    presync_reach_probe_end (
        result, PRESYNC_REACH_REFUSED,
        g_strdup_printf (_ ("%s refuses connections on port %u."), host, port));
  else if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CONNECTION_CLOSED))
    presync_reach_probe_end (
        result, PRESYNC_REACH_RESET,
        g_strdup_printf (_ ("The connection to %s on port %u was broken off."), host, port));
  else if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_TIMED_OUT)
           || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    presync_reach_probe_end (
        result, PRESYNC_REACH_SILENT,
        g_strdup_printf (_ ("%s does not answer on port %u: a firewall may drop what is sent."),
                         host, port));
  else
    presync_reach_probe_end (
        result, PRESYNC_REACH_NO_NETWORK,
        g_strdup_printf (_ ("There is no way to %s from this computer: %s"), host, error->message));
}

static int
presync_reach_probe_compare_cb (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

/* (transfer full): the first names in the order of the alphabet, so that it is the same each time:
 * hosts of one priority come in any order */
static char *
presync_reach_probe_dup_targets (GList *targets)
{
  g_autoptr (GPtrArray) names = g_ptr_array_new ();
  g_autoptr (GString) text = g_string_new (NULL);

  for (GList *l = targets; l != NULL; l = l->next)
    g_ptr_array_add (names, (gpointer) g_srv_target_get_hostname (l->data));
  g_ptr_array_sort (names, presync_reach_probe_compare_cb);
  for (guint i = 0; i < MIN (names->len, SHOWN_TARGETS); i++)
    g_string_append_printf (text, "%s%s", i > 0 ? ", " : "",
                            (const char *) g_ptr_array_index (names, i));
  if (names->len > SHOWN_TARGETS)
    {
      guint more = names->len - SHOWN_TARGETS;

      g_string_append_c (text, ' ');
      g_string_append_printf (text, ngettext ("and %u more", "and %u more", more), more);
    }
  return g_strdup_printf (ngettext ("%u host: %s", "%u hosts: %s", names->len), names->len,
                          text->str);
}

static void
presync_reach_probe_run_record (const PresyncReachProbe *self, PresyncLookup *lookup,
                                GCancellable *cancellable, PresyncReachProbeResult *result)
{
  g_autoptr (GError) error = NULL;
  GList *targets = presync_lookup_service (lookup, self->host, cancellable, &error);

  if (targets == NULL)
    {
      presync_reach_probe_fail_lookup (self->host, error, result);
      return;
    }
  presync_reach_probe_end (result, PRESYNC_REACH_REACHED,
                           presync_reach_probe_dup_targets (targets));
  g_resolver_free_targets (targets);
}

static gboolean
presync_reach_probe_is_same_name (const char *a, const char *b)
{
  g_autofree char *one = g_ascii_strdown (a, -1);
  g_autofree char *other = g_ascii_strdown (b, -1);

  if (g_str_has_suffix (one, "."))
    one[strlen (one) - 1] = '\0';
  if (g_str_has_suffix (other, "."))
    other[strlen (other) - 1] = '\0';
  return g_str_equal (one, other);
}

/* (transfer full) (nullable): the first address of @family */
static char *
presync_reach_probe_dup_address (GList *addresses, GSocketFamily family)
{
  for (GList *l = addresses; l != NULL; l = l->next)
    if (family == G_SOCKET_FAMILY_INVALID || g_inet_address_get_family (l->data) == family)
      return g_inet_address_to_string (l->data);
  return NULL;
}

static void
presync_reach_probe_run_name (const PresyncReachProbe *self, PresyncLookup *lookup,
                              GCancellable *cancellable, PresyncReachProbeResult *result)
{
  gboolean alias = self->kind == PRESYNC_REACH_PROBE_ALIAS;
  g_autoptr (GError) error = NULL;
  g_autofree char *canonical = NULL;
  g_autofree char *address = NULL;
  GList *addresses = presync_lookup_host (lookup, self->host, &canonical, cancellable, &error);

  address = presync_reach_probe_dup_address (addresses, alias ? G_SOCKET_FAMILY_IPV4
                                                              : G_SOCKET_FAMILY_INVALID);
  if (addresses == NULL)
    presync_reach_probe_fail_lookup (self->host, error, result);
  else if (alias && canonical != NULL && !presync_reach_probe_is_same_name (canonical, self->host))
    presync_reach_probe_end (
        result, PRESYNC_REACH_NO_NAME,
        g_strdup_printf (_ ("“%s” is an alias (CNAME) of “%s”; AD FS needs an A record."),
                         self->host, canonical));
  else if (address == NULL)
    presync_reach_probe_end (result, PRESYNC_REACH_NO_NAME,
                             g_strdup_printf (_ ("“%s” has no A record."), self->host));
  else
    presync_reach_probe_end (result, PRESYNC_REACH_REACHED, g_steal_pointer (&address));
  g_resolver_free_addresses (addresses);
}

/* Looks @host up and connects to it. %FALSE with @result: its outcome and sentence */
static gboolean
presync_reach_probe_try_port (const char *host, guint16 port, PresyncLookup *lookup,
                              gint64 deadline, PresyncReachProbeFunc passed, gpointer user_data,
                              GCancellable *cancellable, PresyncReachProbeResult *result)
{
  g_autoptr (GSocketConnection) connection = presync_reach_probe_connect (
      host, port, lookup, deadline, passed, user_data, cancellable, result);

  if (connection == NULL)
    return FALSE;
  presync_reach_probe_end (result, PRESYNC_REACH_REACHED,
                           g_strdup_printf (_ ("%s answers on port %u."), host, port));
  return TRUE;
}

GSocketConnection *
presync_reach_probe_connect (const char *host, guint16 port, PresyncLookup *lookup, gint64 deadline,
                             PresyncReachProbeFunc passed, gpointer user_data,
                             GCancellable *cancellable, PresyncReachProbeResult *result)
{
  g_autoptr (GError) error = NULL;
  GSocketConnection *connection = NULL;
  GList *addresses = presync_lookup_host (lookup, host, NULL, cancellable, &error);

  if (addresses == NULL)
    {
      presync_reach_probe_fail_lookup (host, error, result);
      return NULL;
    }
  if (passed != NULL)
    passed (PRESYNC_REACH_NAME, PRESYNC_REACH_GOOD, NULL, user_data);
  connection = presync_dial (addresses, port, deadline, cancellable, &error);
  if (connection == NULL)
    presync_reach_probe_fail_connect (host, port, error, result);
  else if (passed != NULL)
    passed (PRESYNC_REACH_TCP, PRESYNC_REACH_GOOD, NULL, user_data);
  g_resolver_free_addresses (addresses);
  return connection;
}

/* (transfer full): the domain's controllers: those that the directory named, else what DNS says */
static char **
presync_reach_probe_list_controllers (const PresyncReachProbe *self, PresyncLookup *lookup,
                                      GCancellable *cancellable, PresyncReachProbeResult *result)
{
  g_autofree char *record = g_strconcat ("_ldap._tcp.dc._msdcs.", self->host, NULL);
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_autoptr (GError) error = NULL;
  GList *targets;

  if (self->controllers != NULL && self->controllers[0] != NULL)
    return g_strdupv (self->controllers);
  targets = presync_lookup_service (lookup, record, cancellable, &error);
  if (targets == NULL)
    {
      presync_reach_probe_fail_lookup (record, error, result);
      return NULL;
    }
  for (GList *l = targets; l != NULL; l = l->next)
    g_strv_builder_add (builder, g_srv_target_get_hostname (l->data));
  g_resolver_free_targets (targets);
  return g_strv_builder_end (builder);
}

/* One that answers is enough; while one is merely silent, the domain may still be there. */
static void
presync_reach_probe_run_domain (const PresyncReachProbe *self, PresyncLookup *lookup,
                                gint64 deadline, PresyncReachProbeFunc passed, gpointer user_data,
                                GCancellable *cancellable, PresyncReachProbeResult *result)
{
  g_auto (GStrv) hosts = presync_reach_probe_list_controllers (self, lookup, cancellable, result);
  guint n = hosts != NULL ? g_strv_length (hosts) : 0;
  guint tried = MIN (n, MAX_CONTROLLERS);
  PresyncReachOutcome worst = PRESYNC_REACH_PENDING;

  for (guint i = 0; i < tried; i++)
    {
      gint64 now = g_get_monotonic_time ();
      g_auto (PresyncReachProbeResult) one = { 0 };
      gboolean reached = presync_reach_probe_try_port (
          hosts[i], self->port, lookup, now + (deadline - now) / (gint64) (tried - i), passed,
          user_data, cancellable, &one);

      if (reached || worst == PRESYNC_REACH_PENDING
          || (presync_reach_outcome_is_known (worst)
              && !presync_reach_outcome_is_known (one.outcome)))
        {
          worst = one.outcome;
          presync_reach_probe_end (result, one.outcome, g_steal_pointer (&one.text));
        }
      if (reached || g_cancellable_is_cancelled (cancellable))
        return;
    }
  /* Those that were not tried might answer. */
  if (n > tried && presync_reach_outcome_is_known (worst))
    presync_reach_probe_end (
        result, PRESYNC_REACH_NOT_TRIED,
        g_strdup_printf (_ ("%u of the %u domain controllers of %s were tried, and none answered."),
                         tried, n, self->host));
}

void
presync_reach_probe_run (const PresyncReachProbe *self, PresyncLookup *lookup, gint64 deadline,
                         PresyncReachProbeFunc passed, gpointer user_data,
                         GCancellable *cancellable, PresyncReachProbeResult *result)
{
  memset (result, 0, sizeof *result);
  switch (self->kind)
    {
    case PRESYNC_REACH_PROBE_RECORD:
      presync_reach_probe_run_record (self, lookup, cancellable, result);
      break;
    case PRESYNC_REACH_PROBE_NAME:
    case PRESYNC_REACH_PROBE_ALIAS:
      presync_reach_probe_run_name (self, lookup, cancellable, result);
      break;
    case PRESYNC_REACH_PROBE_DOMAIN:
      presync_reach_probe_run_domain (self, lookup, deadline, passed, user_data, cancellable,
                                      result);
      break;
    case PRESYNC_REACH_PROBE_WEB:
    case PRESYNC_REACH_PROBE_FARM:
      presync_reach_web_run (self, lookup, deadline, passed, user_data, cancellable, result);
      break;
    case PRESYNC_REACH_PROBE_PORT:
    default:
      presync_reach_probe_try_port (self->host, self->port, lookup, deadline, passed, user_data,
                                    cancellable, result);
      break;
    }
}

char *
presync_reach_probe_silence (PresyncReach *row, PresyncReachOutcome *outcome)
{
  const char *host = presync_reach_get_host (row);
  guint port = presync_reach_get_port (row);

  *outcome = PRESYNC_REACH_SILENT;
  if (presync_reach_get_mark (row, PRESYNC_REACH_NAME) == PRESYNC_REACH_WAITING)
    {
      *outcome = PRESYNC_REACH_NO_RESOLVER;
      return g_strdup_printf (
          _ ("“%s” could not be looked up: no name server answered, or it failed."), host);
    }
  /* Of a row that goes through a proxy, the name is the proxy's affair. */
  if (presync_reach_get_mark (row, PRESYNC_REACH_NAME) == PRESYNC_REACH_NONE
      && presync_reach_get_mark (row, PRESYNC_REACH_TCP) == PRESYNC_REACH_WAITING)
    return g_strdup_printf (_ ("The proxy did not answer when it was asked for %s."), host);
  if (presync_reach_get_mark (row, PRESYNC_REACH_TLS) == PRESYNC_REACH_WAITING
      && presync_reach_get_mark (row, PRESYNC_REACH_TCP) == PRESYNC_REACH_GOOD)
    return g_strdup_printf (_ ("%s took the connection on port %u, but does not answer to TLS."),
                            host, port);
  if (presync_reach_get_mark (row, PRESYNC_REACH_HTTP) == PRESYNC_REACH_WAITING
      && presync_reach_get_mark (row, PRESYNC_REACH_TCP) == PRESYNC_REACH_GOOD)
    return g_strdup_printf (_ ("%s took the connection on port %u, but does not answer to HTTP."),
                            host, port);
  return g_strdup_printf (_ ("%s does not answer on port %u: a firewall may drop what is sent."),
                          host, port);
}
