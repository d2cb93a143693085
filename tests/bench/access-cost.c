/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What it costs to judge 100 000 access control entries where the last one decides: prints the
 * milliseconds of CPU for an attribute, and for the object as a whole. */
#include <stdio.h>
#include <time.h>

#include "../unit/descriptor-kit.h"

#define ENTRIES 800 /* what an ACL of 64 KB has room for */
#define ROUNDS 125

static PresyncSecurityDescriptor *
access_cost_descriptor (const char *const *entries, guint n_entries)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 1; i < ENTRIES; i++)
    g_string_append (text, entries[i % n_entries]);
  g_string_append (text, "(A;;FC;;;GROUP)");
  return kit_parse (kit_descriptor_of (NULL, text->str));
}

static double
access_cost_of (const PresyncSecurityDescriptor *sd, const char *object)
{
  static const char *const sids[] = { KIT_ME, KIT_GROUP, "S-1-1-0", "S-1-5-11", NULL };
  g_autoptr (PresyncToken) token = kit_token (sids);
  PresyncGuid class_guid = kit_guid ("user");
  PresyncWanted wanted = { PRESYNC_RIGHT_WRITE_PROPERTY, kit_guid (object), { { 0 } } };
  clock_t start = clock ();

  for (guint i = 0; i < ROUNDS; i++)
    {
      PresyncAccessResult result = presync_access_check (sd, token, &class_guid, &wanted);

      g_assert_cmpint (result.access, ==, PRESYNC_ACCESS_GRANTED);
    }
  return (double) (clock () - start) * 1000 / CLOCKS_PER_SEC;
}

int
main (void)
{
  /* for others, for another property, and such as only children inherit, by turns */
  static const char *const usual[]
      = { "(A;;RPWP;;;OTHER)", "(OA;;RPWP;description;user;ME)", "(OD;CIIO;WP;;group;ME)" };
  /* each denial has to be looked up among the grants before it */
  static const char *const worst[] = { "(OD;;WP;mail;;ME)", "(OA;;WP;mail;;ME)" };
  g_autoptr (PresyncSecurityDescriptor) a = access_cost_descriptor (usual, G_N_ELEMENTS (usual));
  g_autoptr (PresyncSecurityDescriptor) b = access_cost_descriptor (worst, G_N_ELEMENTS (worst));

  printf ("%.2f %.2f\n", access_cost_of (a, "lockoutTime"), access_cost_of (b, NULL));
  return 0;
}
