/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sources/network/reach-facts.h"

#include <string.h>
#include <glib/gi18n.h>

#include "sources/network/authority.h"
#include "sources/network/reach-plan.h"

#define HTTP_PORT 80
#define HTTPS_PORT 443

/* What every row tells, put together once */
typedef struct
{
  GPtrArray *facts;
  const char *source;
  const char *target;
  GDateTime *at;
} PresyncReachTelling;

/* (transfer full): what was done, for a person who wants to repeat it */
static char *
presync_reach_dup_query (PresyncReach *row)
{
  const char *host = presync_reach_get_host (row);
  guint port = presync_reach_get_port (row);
  const char *const *keys = presync_reach_get_keys (row);

  if (presync_reach_get_obstacle (row) != NULL)
    return g_strdup (presync_reach_get_subject (row));
  if (g_strv_contains (keys, "network.srv-record"))
    return g_strdup_printf ("DNS SRV %s", host);
  if (g_strv_contains (keys, "network.adfs-a-record"))
    return g_strdup_printf ("DNS A %s", host);
  if (port == 0)
    return g_strdup_printf ("DNS A, AAAA %s", host);
  if (g_strv_contains (keys, "network.domain-reached"))
    return g_strdup_printf ("DNS SRV _ldap._tcp.dc._msdcs.%s, TCP connect, port %u", host, port);
  if (g_str_equal (presync_reach_get_group (row), "controllers"))
    return g_strdup_printf ("TCP connect %s:%u", host, port);
  if (port == HTTPS_PORT)
    return g_strdup_printf ("TCP connect, TLS 1.2, GET https://%s/", host);
  if (port == HTTP_PORT)
    return g_strdup_printf ("TCP connect, GET http://%s/", host);
  return g_strdup_printf ("TCP connect %s:%u", host, port);
}

static PresyncUnknown
presync_reach_choose_unknown (PresyncReachOutcome outcome)
{
  if (outcome == PRESYNC_REACH_SILENT || outcome == PRESYNC_REACH_NOT_TRIED)
    return PRESYNC_UNKNOWN_TIMED_OUT;
  return outcome == PRESYNC_REACH_CANCELLED ? PRESYNC_UNKNOWN_CANCELLED
                                            : PRESYNC_UNKNOWN_UNREACHABLE;
}

static PresyncFact *
presync_reach_create_unknown (const char *key, PresyncReach *row, PresyncOrigin *origin)
{
  const char *subject = presync_reach_get_subject (row);
  const char *text = presync_reach_get_text (row);
  PresyncReachOutcome outcome = presync_reach_get_outcome (row);
  PresyncUnknown reason = presync_reach_choose_unknown (outcome);
  g_autofree char *plain = NULL;

  if (text == NULL)
    plain = g_strdup_printf (_ ("What %s shows could not be seen."), subject);
  if (presync_reach_get_obstacle (row) != NULL && outcome == PRESYNC_REACH_NOT_TRIED)
    reason = PRESYNC_UNKNOWN_PARTIAL;
  return presync_fact_new_unknown (key, subject, reason, text != NULL ? text : plain, origin);
}

/* Does @pattern, a name of a certificate, cover @name? A wildcard is the whole first label and
 * stands for one label (RFC 6125, 6.4.3). */
static gboolean
presync_reach_covers (const char *pattern, const char *name)
{
  if (g_str_has_prefix (pattern, "*."))
    {
      const char *dot = strchr (name, '.');
      return dot != NULL && dot != name && g_ascii_strcasecmp (pattern + 1, dot) == 0;
    }
  return g_ascii_strcasecmp (pattern, name) == 0;
}

/* (transfer full): those of @wanted that the certificate does not cover; its common name counts
 * only if it has no DNS names
 * @registration: those that registering devices needs, else the others */
static char **
presync_reach_list_missing (const PresyncReachCertificate *certificate, const char *const *wanted,
                            gboolean registration)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  gboolean has_names = certificate->names != NULL && certificate->names[0] != NULL;
  g_autofree char *common = NULL;

  if (!has_names && certificate->subject != NULL)
    common = presync_authority_dup_part (certificate->subject, "CN");
  for (guint i = 0; wanted[i] != NULL; i++)
    {
      gboolean covered = common != NULL && presync_reach_covers (common, wanted[i]);

      if (g_str_has_prefix (wanted[i], PRESYNC_REACH_REGISTRATION) != registration)
        continue;
      for (guint j = 0; has_names && !covered && certificate->names[j] != NULL; j++)
        covered = presync_reach_covers (certificate->names[j], wanted[i]);
      if (!covered)
        g_strv_builder_add (builder, wanted[i]);
    }
  return g_strv_builder_end (builder);
}

/* (transfer full) (nullable): why the certificate is not valid; %NULL if it is, for all that is
 * known. @at: when it was shown; @now: it may have expired since */
static char *
presync_reach_dup_out_of_date (const PresyncReachCertificate *certificate, GDateTime *at,
                               GDateTime *now)
{
  g_autofree char *day = NULL;

  if (certificate->not_before != NULL && g_date_time_compare (certificate->not_before, at) > 0)
    {
      day = g_date_time_format (certificate->not_before, "%F");
      return g_strdup_printf (_ ("It is valid only from %s on."), day);
    }
  if (certificate->not_after != NULL && g_date_time_compare (certificate->not_after, now) < 0)
    {
      day = g_date_time_format (certificate->not_after, "%F");
      return g_strdup_printf (_ ("It expired on %s."), day);
    }
  return NULL;
}

/* (transfer full) (nullable): the authority at the end of the chain, for people */
static char *
presync_reach_dup_authority (const PresyncReachCertificate *certificate)
{
  const char *name = certificate->root != NULL ? certificate->root : certificate->issuer;
  g_autofree char *common = NULL;
  g_autofree char *organisation = NULL;

  if (name == NULL)
    return NULL;
  common = presync_authority_dup_part (name, "CN");
  organisation = presync_authority_dup_part (name, "O");
  if (common != NULL && organisation != NULL)
    return g_strdup_printf ("%s (%s)", common, organisation);
  return common != NULL ? g_steal_pointer (&common) : g_strdup (name);
}

static char *
presync_reach_dup_untrusted (const PresyncReachCertificate *certificate, PresyncOrigin *origin)
{
  gboolean here = g_str_equal (presync_origin_get_source (origin), "network");
  g_autofree char *authority = presync_reach_dup_authority (certificate);

  if (authority == NULL)
    return g_strdup (here ? _ ("This computer does not trust who signed it.")
                          : _ ("The sync server does not trust who signed it."));
  if (!here)
    return g_strdup_printf (_ ("It is signed by “%s”, which the sync server does not trust."),
                            authority);
  return g_strdup_printf (_ ("It is signed by “%s”, which this computer does not trust."),
                          authority);
}

/* The certificate was shown, but what decides @key was not told of it. */
static PresyncFact *
presync_reach_create_untold (const char *key, PresyncReach *row, PresyncOrigin *origin)
{
  const char *why;

  if (g_str_equal (key, "network.adfs-valid"))
    why = _ ("From when and until when the certificate is valid was not told.");
  else if (g_str_has_prefix (key, "network.adfs-missing-"))
    why = _ ("Which names the certificate covers was not told.");
  else if (g_str_equal (key, "network.adfs-self-signed"))
    why = _ ("Whether the certificate is self-signed was not told.");
  else
    why = _ ("Whether the authority that signed the certificate is trusted was not told.");
  return presync_fact_new_unknown (key, presync_reach_get_subject (row), PRESYNC_UNKNOWN_FAILED,
                                   why, origin);
}

/* Is it known what it covers? Without DNS names it has a common name. */
static gboolean
presync_reach_has_names (const PresyncReachCertificate *certificate)
{
  return certificate->names != NULL
         && (certificate->names[0] != NULL || certificate->subject != NULL);
}

/* (transfer full): why it is not known whether a name for registering devices is missing: those
 * that are, if a user has such a suffix, are no finding yet */
static char *
presync_reach_dup_doubt (PresyncReach *row)
{
  const char *const *offered = presync_reach_get_offered_names (row);
  g_auto (GStrv) missing = NULL;
  g_autofree char *names = NULL;

  if (offered != NULL)
    missing = presync_reach_list_missing (presync_reach_get_certificate (row), offered, TRUE);
  if (missing == NULL || missing[0] == NULL)
    return g_strdup (_ ("Not all UPN suffixes of the forest are known, so it may lack a name for "
                        "one of them."));
  names = g_strjoinv (", ", missing);
  /* Translators: names, separated by commas */
  return g_strdup_printf (_ ("It lacks %s; whether a user has such a UPN suffix was not seen."),
                          names);
}

static PresyncFact *
presync_reach_create_missing (const char *key, PresyncReach *row, PresyncOrigin *origin)
{
  const PresyncReachCertificate *certificate = presync_reach_get_certificate (row);
  gboolean registration = g_str_equal (key, "network.adfs-missing-registration");
  const char *const *wanted = presync_reach_get_wanted_names (row);
  g_auto (GStrv) missing = NULL;

  if (wanted == NULL)
    return NULL;
  if (!presync_reach_has_names (certificate))
    return presync_reach_create_untold (key, row, origin);
  missing = presync_reach_list_missing (certificate, wanted, registration);
  if (missing[0] == NULL && registration && presync_reach_get_wanted_partial (row))
    {
      g_autofree char *why = presync_reach_dup_doubt (row);

      return presync_fact_new_unknown (key, presync_reach_get_subject (row),
                                       PRESYNC_UNKNOWN_PARTIAL, why, origin);
    }
  return presync_fact_new_list (key, presync_reach_get_subject (row), (const char *const *) missing,
                                origin);
}

/* Is it trusted? Another computer may trust other authorities, such as a company's own: that this
 * one does not is no finding. But nobody else signed what is self-signed. */
static PresyncFact *
presync_reach_create_chain (const char *key, PresyncReach *row, PresyncOrigin *origin)
{
  const PresyncReachCertificate *certificate = presync_reach_get_certificate (row);
  const char *subject = presync_reach_get_subject (row);
  gboolean here = g_str_equal (presync_origin_get_source (origin), "network");
  g_autofree char *why
      = certificate->trusted ? NULL : presync_reach_dup_untrusted (certificate, origin);
  g_autofree char *authority = presync_reach_dup_authority (certificate);
  g_autofree char *open = NULL;
  gboolean alone = certificate->have_self_signed && certificate->self_signed;

  if (!certificate->have_trusted)
    return presync_reach_create_untold (key, row, origin);
  if (certificate->trusted || alone || !here)
    return presync_fact_new_boolean_because (key, subject, certificate->trusted, why, origin);
  open = authority == NULL
             ? g_strdup (_ ("This computer does not trust who signed it; the sync server may."))
             : g_strdup_printf (_ ("It is signed by “%s”: this computer does not trust “%s”; the "
                                   "sync server may."),
                                authority, authority);
  return presync_fact_new_unknown (key, subject, PRESYNC_UNKNOWN_FAILED, open, origin);
}

/* Was it valid when it was shown, and, of a file that tells of a server, is it still? What was
 * tried from here was tried now, and a recording shows what was true then. */
static PresyncFact *
presync_reach_create_valid (const char *key, PresyncReach *row, GDateTime *at,
                            PresyncOrigin *origin)
{
  const PresyncReachCertificate *certificate = presync_reach_get_certificate (row);
  gboolean here = g_str_equal (presync_origin_get_source (origin), "network");
  g_autoptr (GDateTime) today = g_date_time_new_now_utc ();
  GDateTime *now = !here && g_date_time_compare (today, at) > 0 ? today : at;
  g_autofree char *why = presync_reach_dup_out_of_date (certificate, at, now);

  if (why == NULL && (certificate->not_before == NULL || certificate->not_after == NULL))
    return presync_reach_create_untold (key, row, origin);
  return presync_fact_new_boolean_because (key, presync_reach_get_subject (row), why == NULL, why,
                                           origin);
}

/* (transfer full) (nullable): a fact that the certificate decides; %NULL: @key is none of these, or
 * nobody said what names are wanted. What was not told of a certificate is unknown. */
static PresyncFact *
presync_reach_create_of_certificate (const char *key, PresyncReach *row, GDateTime *at,
                                     PresyncOrigin *origin)
{
  const PresyncReachCertificate *certificate = presync_reach_get_certificate (row);

  if (g_str_has_prefix (key, "network.adfs-missing-"))
    return presync_reach_create_missing (key, row, origin);
  if (g_str_equal (key, "network.adfs-valid"))
    return presync_reach_create_valid (key, row, at, origin);
  if (g_str_equal (key, "network.adfs-self-signed"))
    return certificate->have_self_signed ? presync_fact_new_boolean (
               key, presync_reach_get_subject (row), certificate->self_signed, origin)
                                         : presync_reach_create_untold (key, row, origin);
  if (g_str_equal (key, "network.adfs-chain"))
    return presync_reach_create_chain (key, row, origin);
  return NULL;
}

static gboolean
presync_reach_is_of_certificate (const char *key)
{
  static const char *const keys[] = { "network.public-issuer",
                                      "network.adfs-missing-names",
                                      "network.adfs-missing-registration",
                                      "network.adfs-valid",
                                      "network.adfs-self-signed",
                                      "network.adfs-chain",
                                      NULL };

  return g_strv_contains (keys, key);
}

/* Did the server speak TLS as it should, whatever came of the HTTP request? */
static gboolean
presync_reach_has_tls (PresyncReach *row)
{
  return presync_reach_get_outcome (row) == PRESYNC_REACH_REACHED
         || presync_reach_get_mark (row, PRESYNC_REACH_TLS) == PRESYNC_REACH_GOOD;
}

/* Who signed, and whether it is one of Microsoft's authorities: trusted here is not enough, since
 * an inspecting proxy's authority is trusted as well. Nor is the authority, if the certificate is
 * not Microsoft's: a page that blocks may have bought one from the same authority. */
static void
presync_reach_tell_issuer (PresyncReachTelling *telling, PresyncReach *row, PresyncOrigin *origin)
{
  const PresyncReachCertificate *certificate = presync_reach_get_certificate (row);
  const char *subject = presync_reach_get_subject (row);
  const char *name = certificate->root != NULL ? certificate->root : certificate->issuer;
  gboolean published = name != NULL && presync_authority_is_published (name);
  gboolean public = certificate->have_trusted && certificate->trusted && published;
  g_autofree char *authority = presync_reach_dup_authority (certificate);
  g_autofree char *why = NULL;

  if (authority == NULL || (public && !presync_reach_has_tls (row))
      || (published && !certificate->have_trusted))
    {
      g_ptr_array_add (telling->facts,
                       presync_reach_create_unknown ("network.public-issuer", row, origin));
      return;
    }
  if (certificate->have_trusted && !certificate->trusted)
    why = presync_reach_dup_untrusted (certificate, origin);
  else if (!public)
    why = g_strdup_printf (_ ("It is signed by “%s”, which is none of the authorities that "
                              "Microsoft publishes: something may intercept the connection."),
                           authority);
  g_ptr_array_add (telling->facts, presync_fact_new_boolean_because ("network.public-issuer",
                                                                     subject, public, why, origin));
  g_ptr_array_add (telling->facts,
                   presync_fact_new_text ("network.issuer", subject, authority, origin));
}

/* The federation service answers even with a bad certificate, which has facts of its own. */
static gboolean
presync_reach_answers_tls (PresyncReach *row)
{
  PresyncReachOutcome outcome = presync_reach_get_outcome (row);

  return presync_reach_get_certificate (row) != NULL
         && (outcome == PRESYNC_REACH_WRONG_NAME || outcome == PRESYNC_REACH_EXPIRED
             || outcome == PRESYNC_REACH_INTERCEPTED || presync_reach_has_tls (row));
}

static void
presync_reach_tell_row (PresyncReachTelling *telling, const char *key, PresyncReach *row)
{
  PresyncReachOutcome outcome = presync_reach_get_outcome (row);
  gboolean shown = presync_reach_get_certificate (row) != NULL;
  GDateTime *at = presync_reach_get_at (row) != NULL ? presync_reach_get_at (row) : telling->at;
  g_autofree char *query = presync_reach_dup_query (row);
  g_autoptr (PresyncOrigin) origin
      = presync_origin_new (telling->source, telling->target, query, at, TRUE);
  PresyncFact *fact;

  if (presync_reach_is_of_certificate (key) && !shown)
    fact = presync_reach_create_unknown (key, row, origin);
  else if (g_str_equal (key, "network.public-issuer"))
    {
      presync_reach_tell_issuer (telling, row, origin);
      return;
    }
  else if (presync_reach_is_of_certificate (key))
    fact = presync_reach_create_of_certificate (key, row, at, origin);
  else if (!presync_reach_outcome_is_known (outcome))
    fact = presync_reach_create_unknown (key, row, origin);
  else
    {
      gboolean reached
          = outcome == PRESYNC_REACH_REACHED
            || (g_str_equal (key, "network.adfs-https") && presync_reach_answers_tls (row));

      fact = presync_fact_new_boolean_because (key, presync_reach_get_subject (row), reached,
                                               reached ? NULL : presync_reach_get_text (row),
                                               origin);
    }
  if (fact != NULL)
    g_ptr_array_add (telling->facts, fact);
}

/* The proxy that the rows went through, if any */
static void
presync_reach_tell_proxy (PresyncReachTelling *telling, GPtrArray *rows)
{
  for (guint i = 0; i < rows->len; i++)
    {
      PresyncReach *row = g_ptr_array_index (rows, i);
      GDateTime *at = presync_reach_get_at (row) != NULL ? presync_reach_get_at (row) : telling->at;
      g_autoptr (PresyncOrigin) origin = NULL;
      g_autofree char *query = NULL;

      if (presync_reach_get_proxy (row) == NULL)
        continue;
      query = presync_reach_dup_query (row);
      origin = presync_origin_new (telling->source, telling->target, query, at, TRUE);
      g_ptr_array_add (
          telling->facts,
          presync_fact_new_text ("network.proxy", "", presync_reach_get_proxy (row), origin));
      return;
    }
}

/* (transfer full) (element-type utf8): keys of rows, each once, in their order */
static GPtrArray *
presync_reach_list_keys (GPtrArray *rows)
{
  GPtrArray *all = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < rows->len; i++)
    {
      const char *const *keys = presync_reach_get_keys (g_ptr_array_index (rows, i));

      for (guint j = 0; keys[j] != NULL; j++)
        if (!g_ptr_array_find_with_equal_func (all, keys[j], g_str_equal, NULL))
          g_ptr_array_add (all, g_strdup (keys[j]));
    }
  return all;
}

GPtrArray *
presync_reach_list_facts (GPtrArray *rows, const char *const *keys, const char *source,
                          const char *target, GDateTime *at)
{
  PresyncReachTelling telling = { NULL, source, target, at };
  g_autoptr (GPtrArray) all = NULL;

  g_return_val_if_fail (rows != NULL && source != NULL && target != NULL && at != NULL, NULL);
  telling.facts = g_ptr_array_new_with_free_func (g_object_unref);
  all = presync_reach_list_keys (rows);
  for (guint i = 0; i < all->len; i++)
    {
      const char *key = g_ptr_array_index (all, i);

      if (keys != NULL && !g_strv_contains (keys, key))
        continue;
      for (guint j = 0; j < rows->len; j++)
        {
          PresyncReach *row = g_ptr_array_index (rows, j);

          if (presync_reach_get_outcome (row) != PRESYNC_REACH_PENDING
              && g_strv_contains (presync_reach_get_keys (row), key))
            presync_reach_tell_row (&telling, key, row);
        }
    }
  if (keys == NULL || g_strv_contains (keys, "network.proxy"))
    presync_reach_tell_proxy (&telling, rows);
  return telling.facts;
}
