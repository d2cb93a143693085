/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the rows tell when they have ended, and recordings of them. */
#include <string.h>

#include "base/error.h"
#include "sources/network/authority.h"
#include "sources/network/reach-facts.h"
#include "sources/network/reach-recording.h"

static void
test_authorities (void)
{
  g_autofree char *escaped = presync_authority_dup_part ("CN=a\\,b,O=DigiCert\\, Inc.", "O");
  g_autofree char *quoted = presync_authority_dup_part ("CN=x, O=\"DigiCert, Inc.\", C=US", "O");
  g_autofree char *none = presync_authority_dup_part ("CN=x,OU=O", "O");
  g_autofree char *broken = presync_authority_dup_part ("no name at all", "O");

  g_assert_cmpstr (escaped, ==, "DigiCert, Inc.");
  g_assert_cmpstr (quoted, ==, "DigiCert, Inc.");
  g_assert_null (none);
  g_assert_null (broken);
  g_assert_true (presync_authority_is_published (
      "CN=DigiCert Global Root G2,OU=www.digicert.com,O=DigiCert Inc,C=US"));
  g_assert_true (presync_authority_is_published (
      "CN=Microsoft RSA Root Certificate Authority 2017, O=Microsoft Corporation, C=US"));
  g_assert_true (presync_authority_is_published ("O=\"Entrust, Inc.\", C=US"));
  g_assert_false (presync_authority_is_published ("CN=DigiCert Inc,O=Contoso inspection"));
  g_assert_false (presync_authority_is_published ("CN=Contoso"));
  g_assert_false (presync_authority_is_published (""));
}

/* A row that ended, alone */
static GPtrArray *
make_row (const char *key, const char *group, const char *subject, guint16 port,
          PresyncReachOutcome outcome, const char *text)
{
  const char *const keys[] = { key, NULL };
  GPtrArray *rows = g_ptr_array_new_with_free_func (g_object_unref);
  PresyncReach *row = presync_reach_new (keys, group, subject, subject, port, NULL);

  presync_reach_end (row, outcome, text);
  g_ptr_array_add (rows, row);
  return rows;
}

static GPtrArray *
tell (GPtrArray *rows)
{
  g_autoptr (GDateTime) at = g_date_time_new_utc (2026, 11, 1, 12, 0, 0);

  return presync_reach_list_facts (rows, NULL, "network", "this computer", at);
}

static PresyncFact *
find_fact (GPtrArray *facts, const char *key)
{
  for (guint i = 0; i < facts->len; i++)
    if (g_str_equal (presync_fact_get_key (g_ptr_array_index (facts, i)), key))
      return g_ptr_array_index (facts, i);
  return NULL;
}

static void
test_facts (void)
{
  for (int i = PRESYNC_REACH_PENDING; i <= PRESYNC_REACH_CANCELLED; i++)
    {
      PresyncReachOutcome outcome = (PresyncReachOutcome) i, back;
      g_autoptr (GPtrArray) rows
          = make_row ("network.cloud-run", "internet", "a.example", 443, outcome, "Why.");
      g_autoptr (GPtrArray) facts = tell (rows);
      PresyncFact *fact = find_fact (facts, "network.cloud-run");

      g_assert_true (presync_reach_outcome_from_id (presync_reach_outcome_id (outcome), &back));
      g_assert_cmpint (back, ==, outcome);
      if (outcome == PRESYNC_REACH_PENDING)
        {
          g_assert_null (fact);
          continue;
        }
      g_assert_cmpstr (presync_origin_get_source (presync_fact_get_origin (fact)), ==, "network");
      if (!presync_reach_outcome_is_known (outcome))
        {
          g_assert_cmpint (presync_fact_get_unknown (fact), !=, PRESYNC_UNKNOWN_NONE);
          g_assert_cmpstr (presync_fact_get_detail (fact), ==, "Why.");
        }
      else
        {
          g_assert_cmpint (presync_fact_get_boolean (fact), ==, outcome == PRESYNC_REACH_REACHED);
          /* A no tells why; a yes needs no reason. */
          g_assert_cmpstr (presync_fact_get_detail (fact), ==,
                           outcome == PRESYNC_REACH_REACHED ? NULL : "Why.");
        }
    }
}

static void
assert_why (GPtrArray *facts, const char *key, const char *why)
{
  g_assert_cmpstr (presync_fact_get_detail (find_fact (facts, key)), ==, why);
}

static void
test_facts_issuer (void)
{
  g_autoptr (PresyncReachCertificate) certificate = presync_reach_certificate_new ();
  g_autoptr (GPtrArray) rows = make_row ("network.public-issuer", "internet", "login.example", 443,
                                         PRESYNC_REACH_REACHED, NULL);
  g_autoptr (GPtrArray) unseen = tell (rows);
  g_autoptr (GPtrArray) untold = NULL;
  g_autoptr (GPtrArray) good = NULL;
  g_autoptr (GPtrArray) bad = NULL;
  g_autoptr (GPtrArray) fake = NULL;

  g_assert_cmpint (presync_fact_get_unknown (find_fact (unseen, "network.public-issuer")), !=,
                   PRESYNC_UNKNOWN_NONE);
  g_assert_null (find_fact (unseen, "network.issuer"));
  certificate->root = g_strdup ("CN=DigiCert Global Root G2,O=DigiCert Inc");
  certificate->trusted = TRUE;
  presync_reach_set_certificate (g_ptr_array_index (rows, 0), certificate);
  untold = tell (rows);
  g_assert_cmpint (presync_fact_get_unknown (find_fact (untold, "network.public-issuer")), !=,
                   PRESYNC_UNKNOWN_NONE);
  certificate->have_trusted = TRUE;
  presync_reach_set_certificate (g_ptr_array_index (rows, 0), certificate);
  good = tell (rows);
  g_assert_true (presync_fact_get_boolean (find_fact (good, "network.public-issuer")));
  assert_why (good, "network.public-issuer", NULL);
  g_assert_cmpstr (presync_fact_get_text (find_fact (good, "network.issuer")), ==,
                   "DigiCert Global Root G2 (DigiCert Inc)");
  /* Whoever calls itself that, and is not trusted */
  certificate->trusted = FALSE;
  presync_reach_set_certificate (g_ptr_array_index (rows, 0), certificate);
  fake = tell (rows);
  g_assert_false (presync_fact_get_boolean (find_fact (fake, "network.public-issuer")));
  assert_why (fake, "network.public-issuer",
              "It is signed by “DigiCert Global Root G2 (DigiCert Inc)”, which this computer does "
              "not trust.");
  certificate->trusted = TRUE;
  g_free (certificate->root);
  certificate->root = g_strdup ("CN=Contoso inspection,O=Contoso");
  presync_reach_set_certificate (g_ptr_array_index (rows, 0), certificate);
  bad = tell (rows);
  g_assert_false (presync_fact_get_boolean (find_fact (bad, "network.public-issuer")));
  assert_why (
      bad, "network.public-issuer",
      "It is signed by “Contoso inspection (Contoso)”, which is none of the authorities that "
      "Microsoft publishes: something may intercept the connection.");
}

static guint
count_missing (GPtrArray *facts, const char *key)
{
  return g_strv_length ((char **) presync_fact_get_list (find_fact (facts, key)));
}

/* @n: of the service's names, @n_registration: of those for registering devices */
static void
assert_missing (PresyncReach *row, GPtrArray *rows, const char *names, guint n,
                guint n_registration)
{
  g_autoptr (PresyncReachCertificate) certificate = presync_reach_certificate_new ();
  g_autoptr (GPtrArray) facts = NULL;

  certificate->subject = g_strdup ("CN=sts.contoso.com,O=Contoso");
  certificate->names = g_strsplit (names, " ", -1);
  certificate->have_trusted = TRUE;
  certificate->not_after = g_date_time_new_utc (2026, 10, 1, 0, 0, 0);
  presync_reach_set_certificate (row, certificate);
  facts = tell (rows);
  g_assert_cmpuint (count_missing (facts, "network.adfs-missing-names"), ==, n);
  g_assert_cmpuint (count_missing (facts, "network.adfs-missing-registration"), ==, n_registration);
  g_assert_false (presync_fact_get_boolean (find_fact (facts, "network.adfs-valid")));
  g_assert_cmpint (presync_fact_get_unknown (find_fact (facts, "network.adfs-chain")), ==,
                   PRESYNC_UNKNOWN_FAILED);
  g_assert_true (presync_fact_get_boolean (find_fact (facts, "network.adfs-https")));
  assert_why (facts, "network.adfs-valid", "It expired on 2026-10-01.");
  assert_why (facts, "network.adfs-chain",
              "This computer does not trust who signed it; the sync server may.");
  assert_why (facts, "network.adfs-https", NULL);
}

/* Where not all suffixes are known, a name may be missing that nobody asked for. */
static void
assert_partial (PresyncReach *row, GPtrArray *rows)
{
  g_autoptr (PresyncReachCertificate) certificate = presync_reach_certificate_new ();
  g_autoptr (GPtrArray) facts = NULL;
  static const char *const offered[]
      = { "enterpriseregistration.contoso.com", "enterpriseregistration.fabrikam.com", NULL };
  g_autoptr (GPtrArray) offering = NULL;
  g_autoptr (GPtrArray) lacking = NULL;

  presync_reach_set_wanted_partial (row, TRUE);
  certificate->names = g_strsplit ("*.contoso.com", " ", -1);
  presync_reach_set_certificate (row, certificate);
  facts = tell (rows);
  g_assert_cmpuint (count_missing (facts, "network.adfs-missing-names"), ==, 0);
  g_assert_cmpint (
      presync_fact_get_unknown (find_fact (facts, "network.adfs-missing-registration")), ==,
      PRESYNC_UNKNOWN_PARTIAL);
  /* Of what is merely offered, only the reason tells. */
  presync_reach_set_offered_names (row, offered);
  offering = tell (rows);
  assert_why (offering, "network.adfs-missing-registration",
              "It lacks enterpriseregistration.fabrikam.com; whether a user has such a UPN suffix "
              "was not seen.");
  presync_reach_set_offered_names (row, NULL);
  g_strfreev (certificate->names);
  certificate->names = g_strsplit ("sts.contoso.com", " ", -1);
  presync_reach_set_certificate (row, certificate);
  lacking = tell (rows);
  g_assert_cmpuint (count_missing (lacking, "network.adfs-missing-registration"), ==, 1);
  presync_reach_set_wanted_partial (row, FALSE);
}

/* Whose authority this computer does not know the sync server may know; not so a self-signed one.
 */
static void
assert_chain (PresyncReach *row, GPtrArray *rows)
{
  g_autoptr (PresyncReachCertificate) certificate = presync_reach_certificate_new ();
  g_autoptr (GDateTime) at = g_date_time_new_utc (2026, 11, 1, 12, 0, 0);
  g_autoptr (GPtrArray) here = NULL;
  g_autoptr (GPtrArray) there = NULL;
  g_autoptr (GPtrArray) alone = NULL;

  certificate->root = g_strdup ("CN=Contoso Root,O=Contoso");
  certificate->have_trusted = TRUE;
  presync_reach_set_certificate (row, certificate);
  here = tell (rows);
  g_assert_cmpint (presync_fact_get_unknown (find_fact (here, "network.adfs-chain")), !=,
                   PRESYNC_UNKNOWN_NONE);
  assert_why (here, "network.adfs-chain",
              "It is signed by “Contoso Root (Contoso)”: this computer does not trust “Contoso "
              "Root (Contoso)”; the sync server may.");
  there = presync_reach_list_facts (rows, NULL, "server", "SYNC01.json", at);
  g_assert_false (presync_fact_get_boolean (find_fact (there, "network.adfs-chain")));
  certificate->have_self_signed = TRUE;
  certificate->self_signed = TRUE;
  presync_reach_set_certificate (row, certificate);
  alone = tell (rows);
  g_assert_false (presync_fact_get_boolean (find_fact (alone, "network.adfs-chain")));
}

static void
test_facts_federation (void)
{
  static const char *const keys[]
      = { "network.adfs-https", "network.adfs-missing-names", "network.adfs-missing-registration",
          "network.adfs-valid", "network.adfs-chain",         NULL };
  static const char *const wanted[]
      = { "sts.contoso.com", "enterpriseregistration.contoso.com", NULL };
  g_autoptr (GPtrArray) rows = make_row ("network.adfs-https", "federation", "sts.contoso.com", 443,
                                         PRESYNC_REACH_EXPIRED, "Expired.");
  PresyncReach *row = g_ptr_array_index (rows, 0);
  g_autoptr (GPtrArray) unseen = NULL;

  presync_reach_set_keys (row, keys);
  presync_reach_set_wanted_names (row, wanted);
  unseen = tell (rows);
  g_assert_cmpint (presync_fact_get_unknown (find_fact (unseen, "network.adfs-valid")), !=,
                   PRESYNC_UNKNOWN_NONE);
  assert_missing (row, rows, "STS.contoso.com enterpriseregistration.contoso.com", 0, 0);
  assert_missing (row, rows, "*.contoso.com", 0, 0);
  assert_missing (row, rows, "sts.contoso.com", 0, 1);
  assert_missing (row, rows, "", 0, 1);
  assert_missing (row, rows, "*.com", 1, 1);
  assert_missing (row, rows, "sts*.contoso.com x.sts.contoso.com", 1, 1);
  assert_partial (row, rows);
  assert_chain (row, rows);
}

/* What a certificate was not told to be it is not judged by. */
static void
test_facts_untold (void)
{
  static const char *const keys[] = { "network.public-issuer",
                                      "network.adfs-missing-names",
                                      "network.adfs-missing-registration",
                                      "network.adfs-valid",
                                      "network.adfs-self-signed",
                                      "network.adfs-chain",
                                      NULL };
  static const char *const wanted[]
      = { "sts.contoso.com", "enterpriseregistration.contoso.com", NULL };
  g_autoptr (GPtrArray) rows = make_row ("network.adfs-https", "federation", "sts.contoso.com", 443,
                                         PRESYNC_REACH_REACHED, NULL);
  PresyncReach *row = g_ptr_array_index (rows, 0);
  g_autoptr (PresyncReachCertificate) certificate = presync_reach_certificate_new ();
  g_autoptr (GDateTime) at = g_date_time_new_utc (2026, 11, 1, 12, 0, 0);
  g_autoptr (GPtrArray) valid = NULL;

  certificate->subject = g_strdup ("CN=sts.contoso.com");
  certificate->root = g_strdup ("O=DigiCert Inc");
  presync_reach_set_keys (row, keys);
  presync_reach_set_wanted_names (row, wanted);
  presync_reach_set_certificate (row, certificate);
  for (gsize i = 0; i < 2; i++)
    {
      g_autoptr (GPtrArray) facts
          = presync_reach_list_facts (rows, NULL, i == 0 ? "network" : "server", "x", at);

      for (guint j = 0; keys[j] != NULL; j++)
        g_assert_cmpint (presync_fact_get_unknown (find_fact (facts, keys[j])), !=,
                         PRESYNC_UNKNOWN_NONE);
    }
  /* One date alone may tell that it is not valid, but not that it is. */
  certificate->not_before = g_date_time_new_utc (2026, 10, 1, 0, 0, 0);
  presync_reach_set_certificate (row, certificate);
  valid = tell (rows);
  g_assert_cmpint (presync_fact_get_unknown (find_fact (valid, "network.adfs-valid")), !=,
                   PRESYNC_UNKNOWN_NONE);
  g_clear_pointer (&valid, g_ptr_array_unref);
  g_date_time_unref (certificate->not_before);
  certificate->not_before = g_date_time_new_utc (2026, 12, 1, 0, 0, 0);
  presync_reach_set_certificate (row, certificate);
  valid = tell (rows);
  assert_why (valid, "network.adfs-valid", "It is valid only from 2026-12-01 on.");
}

/* A file is older than the day it is read on. */
static void
test_facts_expired_since (void)
{
  g_autoptr (GPtrArray) rows = make_row ("network.adfs-valid", "federation", "sts.contoso.com", 443,
                                         PRESYNC_REACH_REACHED, NULL);
  g_autoptr (PresyncReachCertificate) certificate = presync_reach_certificate_new ();
  g_autoptr (GDateTime) at = g_date_time_new_utc (2020, 9, 1, 8, 0, 0);
  g_autoptr (GDateTime) later = g_date_time_new_utc (2020, 10, 2, 8, 0, 0);
  g_autoptr (GPtrArray) file = NULL;
  g_autoptr (GPtrArray) recording = NULL;
  g_autoptr (GPtrArray) valid = NULL;

  certificate->not_before = g_date_time_new_utc (2020, 1, 1, 0, 0, 0);
  certificate->not_after = g_date_time_new_utc (2020, 10, 1, 0, 0, 0);
  presync_reach_set_certificate (g_ptr_array_index (rows, 0), certificate);
  file = presync_reach_list_facts (rows, NULL, "server", "SYNC01.json", at);
  g_assert_false (presync_fact_get_boolean (find_fact (file, "network.adfs-valid")));
  assert_why (file, "network.adfs-valid", "It expired on 2020-10-01.");
  recording = presync_reach_list_facts (rows, NULL, "network", "this computer", at);
  g_assert_true (presync_fact_get_boolean (find_fact (recording, "network.adfs-valid")));
  g_clear_pointer (&recording, g_ptr_array_unref);
  recording = presync_reach_list_facts (rows, NULL, "network", "this computer", later);
  g_assert_false (presync_fact_get_boolean (find_fact (recording, "network.adfs-valid")));
  g_date_time_unref (certificate->not_after);
  certificate->not_after = g_date_time_new_utc (9000, 1, 1, 0, 0, 0);
  presync_reach_set_certificate (g_ptr_array_index (rows, 0), certificate);
  valid = presync_reach_list_facts (rows, NULL, "server", "SYNC01.json", at);
  g_assert_true (presync_fact_get_boolean (find_fact (valid, "network.adfs-valid")));
}

static void
test_marks (void)
{
  g_autoptr (GPtrArray) rows
      = make_row ("network.cloud-run", "internet", "a.example", 443, PRESYNC_REACH_NO_TLS12, NULL);
  PresyncReach *row = g_ptr_array_index (rows, 0);

  g_assert_cmpint (presync_reach_get_mark (row, PRESYNC_REACH_NAME), ==, PRESYNC_REACH_GOOD);
  g_assert_cmpint (presync_reach_get_mark (row, PRESYNC_REACH_TCP), ==, PRESYNC_REACH_GOOD);
  g_assert_cmpint (presync_reach_get_mark (row, PRESYNC_REACH_TLS), ==, PRESYNC_REACH_BAD);
  g_assert_cmpint (presync_reach_get_mark (row, PRESYNC_REACH_HTTP), ==, PRESYNC_REACH_NONE);
  presync_reach_end (row, PRESYNC_REACH_PENDING, NULL);
  g_assert_cmpint (presync_reach_get_mark (row, PRESYNC_REACH_HTTP), ==, PRESYNC_REACH_WAITING);
  presync_reach_end (row, PRESYNC_REACH_SILENT, NULL);
  g_assert_cmpint (presync_reach_get_mark (row, PRESYNC_REACH_NAME), ==, PRESYNC_REACH_GOOD);
  g_assert_cmpint (presync_reach_get_mark (row, PRESYNC_REACH_TCP), ==, PRESYNC_REACH_UNKNOWN);
  presync_reach_end (row, PRESYNC_REACH_PENDING, NULL);
  presync_reach_end (row, PRESYNC_REACH_NOT_TRIED, NULL);
  g_assert_cmpint (presync_reach_get_mark (row, PRESYNC_REACH_NAME), ==, PRESYNC_REACH_UNKNOWN);
  presync_reach_end (row, PRESYNC_REACH_PENDING, NULL);
  presync_reach_end (row, PRESYNC_REACH_REACHED, NULL);
  g_assert_cmpint (presync_reach_get_mark (row, PRESYNC_REACH_HTTP), ==, PRESYNC_REACH_GOOD);
}

static void
test_recording (void)
{
  static const char good[]
      = "{\"at\":\"2026-10-28T08:00:00Z\",\"rows\":[{\"subject\":\"a.example\",\"outcome\":"
        "\"proxy-refused\",\"text\":\"No.\",\"proxy\":\"http://p:8080\"}]}";
  static const char *const bad[] = {
    "",
    "[]",
    "{\"rows\":[]}",
    "{\"at\":\"yesterday\",\"rows\":[]}",
    "{\"at\":\"2026-10-28T08:00:00Z\",\"rows\":{}}",
    "{\"at\":\"2026-10-28T08:00:00Z\",\"rows\":[1]}",
    "{\"at\":\"2026-10-28T08:00:00Z\",\"rows\":[{\"subject\":\"a\",\"outcome\":\"fine\"}]}",
    "{\"at\":\"2026-10-28T08:00:00Z\",\"rows\":[{\"subject\":\"a\",\"outcome\":\"pending\"}]}",
    "{\"at\":\"2026-10-28T08:00:00Z\",\"rows\":[{\"subject\":1,\"outcome\":\"reached\"}]}",
    "{\"at\":\"2026-10-28T08:00:00Z\",\"rows\":[{\"subject\":\"a\",\"outcome\":\"reached\"},"
    "{\"subject\":\"a\",\"outcome\":\"silent\"}]}",
  };
  g_autoptr (GPtrArray) rows
      = make_row ("network.cloud-run", "internet", "a.example", 443, PRESYNC_REACH_PENDING, NULL);
  g_autoptr (GPtrArray) other
      = make_row ("network.cloud-run", "internet", "b.example", 443, PRESYNC_REACH_PENDING, NULL);
  g_autoptr (GBytes) data = g_bytes_new_static (good, strlen (good));
  g_autoptr (GDateTime) at = NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autoptr (GBytes) bytes = g_bytes_new_static (bad[i], strlen (bad[i]));
      g_autoptr (GError) error = NULL;

      g_assert_null (presync_reach_recording_apply (bytes, "x.json", rows, &error));
      g_assert_error (error, PRESYNC_ERROR, PRESYNC_ERROR_BAD_INPUT);
      g_assert_nonnull (strstr (error->message, "x.json"));
      g_assert_cmpint (presync_reach_get_outcome (g_ptr_array_index (rows, 0)), ==,
                       PRESYNC_REACH_PENDING);
    }
  g_ptr_array_add (rows, g_object_ref (g_ptr_array_index (other, 0)));
  at = presync_reach_recording_apply (data, "x.json", rows, NULL);
  g_assert_nonnull (at);
  g_assert_cmpint (presync_reach_get_outcome (g_ptr_array_index (rows, 0)), ==,
                   PRESYNC_REACH_PROXY_REFUSED);
  g_assert_cmpint (presync_reach_get_mark (g_ptr_array_index (rows, 0), PRESYNC_REACH_NAME), ==,
                   PRESYNC_REACH_NONE);
  g_assert_cmpstr (presync_reach_get_text (g_ptr_array_index (rows, 0)), ==, "No.");
  g_assert_cmpint (presync_reach_get_outcome (g_ptr_array_index (rows, 1)), ==,
                   PRESYNC_REACH_NOT_TRIED);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/network-facts/authorities", test_authorities);
  g_test_add_func ("/network-facts/facts", test_facts);
  g_test_add_func ("/network-facts/facts-issuer", test_facts_issuer);
  g_test_add_func ("/network-facts/facts-federation", test_facts_federation);
  g_test_add_func ("/network-facts/untold", test_facts_untold);
  g_test_add_func ("/network-facts/expired-since", test_facts_expired_since);
  g_test_add_func ("/network-facts/marks", test_marks);
  g_test_add_func ("/network-facts/recording", test_recording);
  return g_test_run ();
}
