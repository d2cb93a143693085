/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* What the tests of rights share: a small domain object by object, and the facts of its rights */
#include "descriptor-kit.h"
#include "probe-kit.h"

#include "facts/access-text.h"
#include "sources/directory/bounds.h"
#include "sources/directory/right-scan.h"

#define BASE "DC=contoso,DC=com"
#define STAFF "OU=Staff," BASE
#define VIP "OU=VIP," BASE
/* All that the connector account needs of users */
#define GRANTS                                                                                     \
  "(OA;CIIO;RPWP;mS-DS-ConsistencyGuid;user;ME)(OA;CIIO;CR;User-Force-Change-Password;user;ME)"
#define RESET_ARRIVED "(OA;ID;CR;User-Force-Change-Password;;ME)"
#define ARRIVED "(OA;ID;RPWP;mS-DS-ConsistencyGuid;;ME)(OA;ID;CR;User-Force-Change-Password;;ME)"

/* A small domain as LDIF, object by object */
typedef struct
{
  GString *text;
} Forest;

G_GNUC_UNUSED static void
forest_add (Forest *forest, const char *dn, const char *lines, GByteArray *sd)
{
  g_string_append_printf (forest->text, "dn: %s\n%s", dn, lines);
  if (sd != NULL)
    {
      g_autofree char *base64 = g_base64_encode (sd->data, sd->len);
      g_string_append_printf (forest->text, "nTSecurityDescriptor:: %s\n", base64);
      g_byte_array_unref (sd);
    }
  g_string_append_c (forest->text, '\n');
}

G_GNUC_UNUSED static char *
forest_sid (const char *text)
{
  g_autoptr (GByteArray) bytes = g_byte_array_new ();

  kit_put_sid (bytes, text);
  return g_base64_encode (bytes->data, bytes->len);
}

/* @head: entries of the domain's head; @schema: names of its classes and attributes */
G_GNUC_UNUSED static Forest
forest_new (const char *head, const char *const *schema)
{
  Forest forest = { g_string_new (NULL) };
  g_autofree char *me = forest_sid (KIT_ME);
  g_autofree char *domain = forest_sid (KIT_DOMAIN);
  g_autofree char *domain_lines
      = g_strdup_printf ("objectClass: domainDNS\nobjectSid:: %s\n", domain);
  g_autofree char *me_lines = g_strdup_printf (PERSON "sAMAccountName: sync\nobjectSid:: %s\n"
                                                      "tokenGroups:: %s\n",
                                               me, me);
  g_autofree char *agent = forest_sid (KIT_DOMAIN "-1602");
  g_autofree char *agent_lines
      = g_strdup_printf (PERSON "objectClass: msDS-GroupManagedServiceAccount\n"
                                "sAMAccountName: agent$\nobjectSid:: %s\ntokenGroups:: %s\n",
                         agent, me);

  forest_add (&forest, "",
              "objectClass: top\nsupportedCapabilities: 1.2.840.113556.1.4.800\n"
              "supportedCapabilities: 1.2.840.113556.1.4.1670\n"
              "defaultNamingContext: " BASE "\nrootDomainNamingContext: " BASE "\n"
              "configurationNamingContext: " CFG "\nschemaNamingContext: " SCH "\n"
              "dnsHostName: DC01.contoso.com\ndsServiceName: " NTDS "\n",
              NULL);
  forest_add (&forest, BASE, domain_lines, head == NULL ? NULL : kit_descriptor_of (NULL, head));
  forest_add (&forest, "CN=Partitions," CFG, "objectClass: crossRefContainer\n", NULL);
  forest_add (&forest, "CN=CONTOSO,CN=Partitions," CFG,
              "objectClass: crossRef\nnETBIOSName: CONTOSO\ndnsRoot: contoso.com\n"
              "nCName: " BASE "\nsystemFlags: 3\n",
              NULL);
  for (; *schema != NULL; schema++)
    {
      g_autofree char *dn = g_strdup_printf ("CN=%s," SCH, *schema);
      g_autofree char *lines = g_strdup_printf ("objectClass: top\nlDAPDisplayName: %s\n", *schema);
      forest_add (&forest, dn, lines, NULL);
    }
  forest_add (&forest, "CN=sync," BASE, me_lines, NULL);
  /* a gMSA that acts with the SID of the other */
  forest_add (&forest, "CN=agent," BASE, agent_lines, NULL);
  return forest;
}

G_GNUC_UNUSED static const char *const usual_schema[] = { "user", NULL };

G_GNUC_UNUSED static void
forest_add_unit (Forest *forest, const char *dn, const char *entries)
{
  forest_add (forest, dn, "objectClass: organizationalUnit\n", kit_descriptor_of (NULL, entries));
}

/* Who signed in tells the server who that is. */
G_GNUC_UNUSED static void
forest_sign_in (Forest *forest, const char *sid)
{
  g_autofree char *group = forest_sid (sid);
  g_autofree char *lines = g_strdup_printf ("dsServiceName: " NTDS "\ntokenGroups:: %s\n", group);

  g_string_replace (forest->text, "dsServiceName: " NTDS "\n", lines, 1);
}

/* @entries: (nullable): no descriptor */
G_GNUC_UNUSED static void
forest_add_user (Forest *forest, const char *name, const char *parent, const char *lines,
                 const char *entries)
{
  g_autofree char *dn = g_strdup_printf ("CN=%s,%s", name, parent);
  g_autofree char *all = g_strconcat (PERSON, lines, NULL);

  forest_add (forest, dn, all, entries == NULL ? NULL : kit_descriptor_of (NULL, entries));
}

G_GNUC_UNUSED static PresyncDirectory *
forest_open (Forest *forest)
{
  g_autofree char *path = NULL;
  g_autoptr (GError) error = NULL;
  PresyncLdifDirectory *directory;
  int fd = g_file_open_tmp ("presync-XXXXXX.ldif", &path, NULL);

  g_assert_cmpint (fd, >=, 0);
  g_close (fd, NULL);
  g_assert_true (g_file_set_contents (path, forest->text->str, (gssize) forest->text->len, NULL));
  g_string_free (g_steal_pointer (&forest->text), TRUE);
  directory = presync_ldif_directory_new (path, NULL, &error);
  g_assert_no_error (error);
  g_unlink (path);
  return PRESYNC_DIRECTORY (directory);
}

G_GNUC_UNUSED static void
count_cb (guint done, gpointer user_data)
{
  guint *last = user_data;

  g_assert_cmpuint (done, >=, *last);
  *last = done;
}

/* @name: of the account that has @role */
G_GNUC_UNUSED static GPtrArray *
forest_probe_named (Forest *forest, const char *role, const char *name, const char *group_unit,
                    guint *progress)
{
  g_autoptr (PresyncDirectory) directory = forest_open (forest);
  g_autoptr (GError) error = NULL;
  g_autoptr (PresyncForest) known = presync_probe_read_forest (directory, NULL, &error);
  g_autoptr (PresyncAccounts) accounts = presync_accounts_new ();
  PresyncProbeSubjects subjects = { NULL, accounts, NULL };
  g_autoptr (GPtrArray) keys = NULL;
  GPtrArray *facts;

  g_assert_no_error (error);
  presync_accounts_set (accounts, role, name);
  if (group_unit != NULL)
    presync_accounts_set (accounts, "group-unit", group_unit);
  facts = presync_probe_run (PRESYNC_PROBE_RIGHTS, directory, known, &subjects,
                             progress == NULL ? NULL : count_cb, progress, NULL, &error);
  g_assert_no_error (error);
  keys = presync_probe_list_keys (PRESYNC_PROBE_RIGHTS, &subjects);
  for (guint i = 0; i < keys->len; i++)
    find (facts, g_ptr_array_index (keys, i), DOMAIN);
  return facts;
}

G_GNUC_UNUSED static GPtrArray *
forest_probe_as (Forest *forest, const char *role, guint *progress)
{
  return forest_probe_named (forest, role,
                             g_str_equal (role, "gmsa") ? "CONTOSO\\agent$" : "CONTOSO\\sync", NULL,
                             progress);
}

G_GNUC_UNUSED static GPtrArray *
forest_probe (Forest *forest)
{
  return forest_probe_as (forest, "connector", NULL);
}

G_GNUC_UNUSED static void
assert_fact (GPtrArray *facts, const char *key, const char *value, gboolean complete)
{
  PresyncFact *fact = find (facts, key, DOMAIN);
  g_autofree char *found = value_of (fact);

  g_assert_cmpstr (found, ==, value);
  g_assert_cmpint (presync_origin_get_complete (presync_fact_get_origin (fact)), ==, complete);
}

G_GNUC_UNUSED static void
assert_unknown (GPtrArray *facts, const char *key, const char *nick, const char *words)
{
  PresyncFact *fact = find (facts, key, DOMAIN);

  g_assert_cmpstr (presync_unknown_nick (presync_fact_get_unknown (fact)), ==, nick);
  if (strstr (presync_fact_get_detail (fact), words) == NULL)
    g_error ("%s: “%s” does not say “%s”", key, presync_fact_get_detail (fact), words);
}

G_GNUC_UNUSED static void
assert_query (GPtrArray *facts, const char *key, const char *words)
{
  PresyncOrigin *origin = presync_fact_get_origin (find (facts, key, DOMAIN));

  if (strstr (presync_origin_get_query (origin), words) == NULL)
    g_error ("%s: “%s” does not say “%s”", key, presync_origin_get_query (origin), words);
}
