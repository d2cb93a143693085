/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * PresyncReachStage: the columns of the matrix, in this order
 */
typedef enum
{
  PRESYNC_REACH_NAME, /* the name has an address, or the record is there */
  PRESYNC_REACH_TCP,
  PRESYNC_REACH_TLS,
  PRESYNC_REACH_HTTP,
  PRESYNC_N_REACH_STAGES,
} PresyncReachStage;

/**
 * PresyncReachMark: how far a stage is
 */
typedef enum
{
  PRESYNC_REACH_NONE, /* not part of this row */
  PRESYNC_REACH_WAITING,
  PRESYNC_REACH_GOOD,
  PRESYNC_REACH_BAD,     /* refused, not there, intercepted …: a finding */
  PRESYNC_REACH_UNKNOWN, /* silence, no network, no time left */
} PresyncReachMark;

/**
 * PresyncReachOutcome: how a row ended
 */
typedef enum
{
  PRESYNC_REACH_PENDING,
  PRESYNC_REACH_REACHED,
  /* not reached, for certain */
  PRESYNC_REACH_NO_NAME, /* the name, or the record, does not exist */
  PRESYNC_REACH_REFUSED,
  PRESYNC_REACH_RESET,
  PRESYNC_REACH_NO_TLS12,
  PRESYNC_REACH_TLS_FAILED,
  PRESYNC_REACH_WRONG_NAME,
  PRESYNC_REACH_EXPIRED,
  PRESYNC_REACH_INTERCEPTED,   /* a certificate of an authority that this computer does not trust */
  PRESYNC_REACH_PROXY_SIGN_IN, /* 407 */
  PRESYNC_REACH_PROXY_REFUSED, /* 403 of the proxy */
  PRESYNC_REACH_PROXY_BROKEN,
  /* not known */
  PRESYNC_REACH_SILENT,
  PRESYNC_REACH_NO_RESOLVER,
  PRESYNC_REACH_NO_NETWORK,
  PRESYNC_REACH_NOT_TRIED, /* the time was up */
  PRESYNC_REACH_CANCELLED,
} PresyncReachOutcome;

/**
 * PresyncReach: one row of what was tried: a host and port, or a DNS record. Lives in the main
 * thread.
 *
 * Properties (readable, notify): "outcome" (int), "marks" (changes with any of them; no value of
 * its own: int, a counter), "text" (string: what was found, or the sentence that says why not).
 */
#define PRESYNC_TYPE_REACH (presync_reach_get_type ())
G_DECLARE_FINAL_TYPE (PresyncReach, presync_reach, PRESYNC, REACH, GObject)

/**
 * PresyncReachCertificate: what a server's certificate told. Plain data.
 * @subject, @issuer: (nullable): distinguished names, as RFC 4514 or Windows write them
 * @root: (nullable): who signed the last certificate of the chain that was sent (or built): the
 *   authority that is looked up in Microsoft's list (sources/network/authority.h)
 * @names: (nullable) (array zero-terminated=1): DNS names that it covers, "*.contoso.com" among
 *   them; empty: it has none; %NULL: not told
 * @not_before, @not_after: (nullable)
 * @have_self_signed, @have_trusted: were these told? If not, nothing is known either way.
 * @self_signed: signed by its own key
 * @trusted: its chain ends in an authority that the computer trusts, whatever its dates and names
 */
typedef struct
{
  char *subject;
  char *issuer;
  char *root;
  char **names;
  GDateTime *not_before;
  GDateTime *not_after;
  gboolean have_self_signed;
  gboolean have_trusted;
  gboolean self_signed;
  gboolean trusted;
} PresyncReachCertificate;

PresyncReachCertificate *presync_reach_certificate_new (void);
/* (nullable) */
PresyncReachCertificate *presync_reach_certificate_copy (const PresyncReachCertificate *self);
void presync_reach_certificate_free (PresyncReachCertificate *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PresyncReachCertificate, presync_reach_certificate_free)

/**
 * presync_reach_new:
 * @keys: (array zero-terminated=1): fact keys that the row decides, copied
 * @group: "internet", "lists", "names", "controllers" or "federation"
 * @subject: see presync_reach_get_subject()
 * @host: a host name; of a DNS record its name; of "network.domain-reached" the domain
 * @port: 0 for a DNS record or a mere name
 * @stands_for: (nullable): the wildcard entry of Microsoft's list that @host is a member of
 *
 * Which stages are part of it follows from port and group: a record has a name alone, Microsoft's
 * port 80 no TLS, ports of domain controllers and of AD FS servers neither TLS nor HTTP.
 *
 * Returns: (transfer full): a row that is pending
 */
PresyncReach *presync_reach_new (const char *const *keys, const char *group, const char *subject,
                                 const char *host, guint16 port, const char *stands_for);

/**
 * presync_reach_end:
 * @outcome: how it ended; %PRESYNC_REACH_PENDING makes it wait again, forgetting what was found
 * @text: (nullable): what was found, or the translated sentence that says why not
 *
 * The marks follow: good before the stage that failed, nothing after it.
 */
void presync_reach_end (PresyncReach *self, PresyncReachOutcome outcome, const char *text);
/* While it is pending: a stage was passed (or, %PRESYNC_REACH_NONE, is the proxy's affair). */
void presync_reach_set_mark (PresyncReach *self, PresyncReachStage stage, PresyncReachMark mark);
/* @keys: copied: the plan changed, what was found stays */
void presync_reach_set_keys (PresyncReach *self, const char *const *keys);
/* @wildcard: (nullable) */
void presync_reach_set_stands_for (PresyncReach *self, const char *wildcard);
/* @certificate: (nullable): copied */
void presync_reach_set_certificate (PresyncReach *self, const PresyncReachCertificate *certificate);
const PresyncReachCertificate *presync_reach_get_certificate (PresyncReach *self);
/* @names: (nullable): copied: names that the certificate must cover ("network.adfs-missing-names")
 */
void presync_reach_set_wanted_names (PresyncReach *self, const char *const *names);
/* (nullable) */
const char *const *presync_reach_get_wanted_names (PresyncReach *self);
/* @names: (nullable): copied: names that it must cover if a user has such a suffix, which was not
 * seen */
void presync_reach_set_offered_names (PresyncReach *self, const char *const *names);
/* (nullable) */
const char *const *presync_reach_get_offered_names (PresyncReach *self);
/* @partial: there may be more wanted names */
void presync_reach_set_wanted_partial (PresyncReach *self, gboolean partial);
gboolean presync_reach_get_wanted_partial (PresyncReach *self);
/* @obstacle: (nullable): a sentence: why nobody can try it yet. It then ends as not tried. */
void presync_reach_set_obstacle (PresyncReach *self, const char *obstacle);
/* (nullable) */
const char *presync_reach_get_obstacle (PresyncReach *self);
/* @proxy: (nullable): address of the proxy that was used, without a name or password */
void presync_reach_set_proxy (PresyncReach *self, const char *proxy);
const char *presync_reach_get_proxy (PresyncReach *self);
/* @at: (nullable): when it ended, if rows of a list ended at different times */
void presync_reach_set_at (PresyncReach *self, GDateTime *at);
GDateTime *presync_reach_get_at (PresyncReach *self);
/* Takes over outcome, marks, text, certificate, proxy and time of @other. */
void presync_reach_take_result (PresyncReach *self, PresyncReach *other);
/* (transfer full): a row of its own with the same keys and result */
PresyncReach *presync_reach_copy (PresyncReach *self);

/* The fact keys that the row decides ("network.cloud-run" …): one address may serve several. */
const char *const *presync_reach_get_keys (PresyncReach *self);
/* (transfer none): its subject in facts, and its name in the matrix:
 * "login.microsoftonline.com:443",
 * "_ldap._tcp.contoso.com" */
const char *presync_reach_get_subject (PresyncReach *self);
const char *presync_reach_get_host (PresyncReach *self);
/* 0 for a DNS record */
guint16 presync_reach_get_port (PresyncReach *self);
/* (nullable): the wildcard entry of Microsoft's list that this member host stands for */
const char *presync_reach_get_stands_for (PresyncReach *self);
/* id of the group it is shown in: "internet", "lists", "names", "controllers", "federation" */
const char *presync_reach_get_group (PresyncReach *self);
PresyncReachOutcome presync_reach_get_outcome (PresyncReach *self);
PresyncReachMark presync_reach_get_mark (PresyncReach *self, PresyncReachStage stage);
/* (nullable) */
const char *presync_reach_get_text (PresyncReach *self);
/* (transfer none): "reached", "refused", "silent" …, as recordings and facts files write it */
const char *presync_reach_outcome_id (PresyncReachOutcome outcome);
gboolean presync_reach_outcome_from_id (const char *id, PresyncReachOutcome *outcome);
/* Certain either way? */
gboolean presync_reach_outcome_is_known (PresyncReachOutcome outcome);

/* (transfer none): "Internet", "Revocation lists" …, translated */
const char *presync_reach_group_title (const char *group);

G_END_DECLS
