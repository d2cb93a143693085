/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a certificate proves that was shown by whoever did not turn out to be the host. */
#include "network-peer-kit.h"
#include "resolver-kit.h"

#include "sources/network/reach-facts.h"
#include "sources/network/reach-probe.h"

#define ISSUER "network.public-issuer"
#define HTTPS "network.adfs-https"
#define PATIENCE (20 * G_USEC_PER_SEC)

/* As a TLS library may: it stops at the first thing that is wrong, the name. */
#define TEST_TYPE_DATABASE (test_database_get_type ())
G_DECLARE_FINAL_TYPE (TestDatabase, test_database, TEST, DATABASE, GTlsDatabase)

struct _TestDatabase
{
  GTlsDatabase parent_instance;
};

G_DEFINE_FINAL_TYPE (TestDatabase, test_database, G_TYPE_TLS_DATABASE)

static GTlsCertificateFlags
test_database_verify_chain (GTlsDatabase *database, GTlsCertificate *chain, const char *purpose,
                            GSocketConnectable *identity, GTlsInteraction *interaction,
                            GTlsDatabaseVerifyFlags flags, GCancellable *cancellable,
                            GError **error)
{
  return identity != NULL ? G_TLS_CERTIFICATE_BAD_IDENTITY : G_TLS_CERTIFICATE_UNKNOWN_CA;
}

static void
test_database_class_init (TestDatabaseClass *klass)
{
  G_TLS_DATABASE_CLASS (klass)->verify_chain = test_database_verify_chain;
}

static void
test_database_init (TestDatabase *self)
{
}

/* (transfer full): the fact that a row tells that ended so with a certificate of that authority */
static PresyncFact *
tell (const char *key, PresyncReachOutcome outcome, PresyncReachMark tls, const char *root)
{
  const char *const keys[] = { key, NULL };
  const char *group = g_str_equal (key, ISSUER) ? "internet" : "federation";
  g_autoptr (PresyncReach) row
      = presync_reach_new (keys, group, "host.example:443", "host.example", 443, NULL);
  g_autoptr (PresyncReachCertificate) certificate = presync_reach_certificate_new ();
  g_autoptr (GPtrArray) rows = g_ptr_array_new ();
  g_autoptr (GPtrArray) facts = NULL;
  g_autoptr (GDateTime) at = g_date_time_new_utc (2026, 11, 1, 12, 0, 0);

  certificate->root = g_strdup (root);
  certificate->have_trusted = TRUE;
  certificate->trusted = TRUE;
  presync_reach_set_certificate (row, certificate);
  if (tls != PRESYNC_REACH_NONE)
    for (int stage = PRESYNC_REACH_NAME; stage <= PRESYNC_REACH_TLS; stage++)
      presync_reach_set_mark (row, (PresyncReachStage) stage, tls);
  presync_reach_end (row, outcome, "Why.");
  g_ptr_array_add (rows, row);
  facts = presync_reach_list_facts (rows, NULL, "network", "this computer", at);
  for (guint i = 0; i < facts->len; i++)
    if (g_str_equal (presync_fact_get_key (g_ptr_array_index (facts, i)), key))
      return g_object_ref (g_ptr_array_index (facts, i));
  return NULL;
}

/* @expected: "yes", "no" or "unknown" */
static void
assert_told (const char *key, PresyncReachOutcome outcome, PresyncReachMark tls, const char *root,
             const char *expected)
{
  g_autoptr (PresyncFact) fact = tell (key, outcome, tls, root);
  const char *told;

  g_assert_nonnull (fact);
  if (presync_fact_get_unknown (fact) != PRESYNC_UNKNOWN_NONE)
    told = "unknown";
  else
    told = presync_fact_get_boolean (fact) ? "yes" : "no";
  g_test_message ("%s: %s", presync_reach_outcome_id (outcome), told);
  g_assert_cmpstr (told, ==, expected);
}

/* A block page or an inspecting device may have bought its certificate from the same authority as
 * Microsoft: only Microsoft's own certificate proves that nothing is in between. */
static void
test_issuer (void)
{
  static const char *const theirs = "CN=DigiCert Global Root G2,O=DigiCert Inc";
  static const char *const other = "CN=Contoso inspection,O=Contoso";
  static const PresyncReachOutcome elsewhere[]
      = { PRESYNC_REACH_WRONG_NAME, PRESYNC_REACH_EXPIRED, PRESYNC_REACH_NO_TLS12,
          PRESYNC_REACH_TLS_FAILED, PRESYNC_REACH_INTERCEPTED };

  for (gsize i = 0; i < G_N_ELEMENTS (elsewhere); i++)
    {
      assert_told (ISSUER, elsewhere[i], PRESYNC_REACH_NONE, theirs, "unknown");
      assert_told (ISSUER, elsewhere[i], PRESYNC_REACH_NONE, other, "no");
    }
  assert_told (ISSUER, PRESYNC_REACH_REACHED, PRESYNC_REACH_NONE, theirs, "yes");
  assert_told (ISSUER, PRESYNC_REACH_REACHED, PRESYNC_REACH_NONE, other, "no");
  /* What went wrong after a good handshake takes nothing from it. */
  assert_told (ISSUER, PRESYNC_REACH_SILENT, PRESYNC_REACH_GOOD, theirs, "yes");
  assert_told (ISSUER, PRESYNC_REACH_RESET, PRESYNC_REACH_GOOD, theirs, "yes");
  assert_told (ISSUER, PRESYNC_REACH_SILENT, PRESYNC_REACH_NONE, theirs, "unknown");
  assert_told (ISSUER, PRESYNC_REACH_SILENT, PRESYNC_REACH_GOOD, other, "no");
}

/* The farm answers with TLS 1.2 even if its certificate is bad, but not if it has no TLS 1.2. */
static void
test_farm (void)
{
  static const char *const root = "CN=Contoso,O=Contoso";

  assert_told (HTTPS, PRESYNC_REACH_REACHED, PRESYNC_REACH_NONE, root, "yes");
  assert_told (HTTPS, PRESYNC_REACH_WRONG_NAME, PRESYNC_REACH_NONE, root, "yes");
  assert_told (HTTPS, PRESYNC_REACH_EXPIRED, PRESYNC_REACH_NONE, root, "yes");
  assert_told (HTTPS, PRESYNC_REACH_INTERCEPTED, PRESYNC_REACH_NONE, root, "yes");
  assert_told (HTTPS, PRESYNC_REACH_RESET, PRESYNC_REACH_GOOD, root, "yes");
  assert_told (HTTPS, PRESYNC_REACH_NO_TLS12, PRESYNC_REACH_NONE, root, "no");
  assert_told (HTTPS, PRESYNC_REACH_TLS_FAILED, PRESYNC_REACH_NONE, root, "no");
  assert_told (HTTPS, PRESYNC_REACH_SILENT, PRESYNC_REACH_GOOD, root, "unknown");
}

static void
passed (PresyncReachStage stage, PresyncReachMark mark, const PresyncReachCertificate *certificate,
        gpointer user_data)
{
}

/* That the name is wrong does not say that who signed is trusted. */
static void
test_chain (gconstpointer data)
{
  g_autofree char *path = g_build_filename (data, "good.pem", NULL);
  Peer *peer = peer_start (PEER_HTTPS, path);
  PresyncReachProbe probe
      = { PRESYNC_REACH_PROBE_WEB, (char *) "localhost", peer->port, NULL, (char *) "direct://x" };
  g_autoptr (PresyncLookup) lookup = presync_lookup_new ();
  g_autoptr (GTlsDatabase) database = g_object_new (TEST_TYPE_DATABASE, NULL);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_auto (PresyncReachProbeResult) result = { 0 };

  g_tls_backend_set_default_database (g_tls_backend_get_default (), database);
  presync_reach_probe_run (&probe, lookup, g_get_monotonic_time () + PATIENCE, passed, NULL,
                           cancellable, &result);
  g_test_message ("%s", result.text);
  g_assert_cmpint (result.outcome, ==, PRESYNC_REACH_WRONG_NAME);
  g_assert_false (result.certificate->trusted);
  g_tls_backend_set_default_database (g_tls_backend_get_default (), NULL);
  peer_stop (peer);
}

int
main (int argc, char **argv)
{
  g_autoptr (GResolver) resolver = NULL;
  g_autofree char *folder = NULL;
  int result;

  g_test_init (&argc, &argv, NULL);
  folder = peer_make_certificates ();
  resolver = g_object_new (TEST_TYPE_RESOLVER, NULL);
  g_resolver_set_default (resolver);
  g_test_add_func ("/network-certificate/issuer", test_issuer);
  g_test_add_func ("/network-certificate/farm", test_farm);
  g_test_add_data_func ("/network-certificate/chain", folder, test_chain);
  result = g_test_run ();
  test_resolver_release (TEST_RESOLVER (resolver));
  peer_remove_certificates (folder);
  return result;
}
