/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the evaluator of access rights says, for access-oracle-test.py. Reads lines, answers each
 * with one:
 *
 * check|descendant DESCRIPTOR SID,SID… CLASS OBJECT SET MASK
 *   DESCRIPTOR in base64, CLASS, OBJECT and SET are GUIDs or "-", MASK is hexadecimal.
 *   The answer: granted|missing|denied|undecided LACKING ENTRY (its number, or -1)
 * name NAME
 *   The answer: GUID GUID-OF-ITS-SET, or "-" where the tables have none */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "sources/directory/access-names.h"
#include "sources/directory/access.h"

static PresyncGuid
access_probe_guid (const char *text)
{
  PresyncGuid guid = { { 0 } };

  if (!g_str_equal (text, "-"))
    g_assert_true (presync_guid_parse (text, &guid));
  return guid;
}

static PresyncToken *
access_probe_token (const char *text)
{
  PresyncToken *token = presync_token_new ();
  g_auto (GStrv) sids = g_strsplit (text, ",", -1);

  for (guint i = 0; sids[i] != NULL; i++)
    {
      PresyncSid sid;

      g_assert_true (presync_sid_parse (sids[i], &sid));
      presync_token_add (token, &sid);
    }
  return token;
}

static void
access_probe_check (char **words, gboolean descendant)
{
  static const char *const answers[] = { "granted", "missing", "denied", "undecided" };
  gsize size;
  guchar *data = g_base64_decode (words[1], &size);
  g_autoptr (GBytes) value = g_bytes_new_take (data, size);
  g_autoptr (GError) error = NULL;
  g_autoptr (PresyncSecurityDescriptor) sd = presync_security_descriptor_parse (value, &error);
  g_autoptr (PresyncToken) token = access_probe_token (words[2]);
  PresyncGuid class_guid = access_probe_guid (words[3]);
  PresyncWanted wanted = { (guint32) g_ascii_strtoull (words[6], NULL, 16),
                           access_probe_guid (words[4]), access_probe_guid (words[5]) };
  PresyncAccessResult result;
  const PresyncAce *aces;
  guint n;

  g_assert_no_error (error);
  result = descendant ? presync_access_check_descendant (sd, token, &class_guid, &wanted)
                      : presync_access_check (sd, token, &class_guid, &wanted);
  aces = presync_security_descriptor_get_aces (sd, &n);
  printf ("%s %x %d\n", answers[result.access], result.lacking,
          result.ace == NULL ? -1 : (int) (result.ace - aces));
}

static void
access_probe_name (const char *name)
{
  PresyncGuid guid, set;
  g_autofree char *guid_text = NULL;
  g_autofree char *set_text = NULL;
  gboolean known = presync_access_name_find (name, &guid);

  presync_access_name_property_set (name, &set);
  guid_text = presync_guid_to_text (&guid);
  set_text = presync_guid_to_text (&set);
  printf ("%s %s\n", known ? guid_text : "-", presync_guid_is_none (&set) ? "-" : set_text);
}

int
main (void)
{
  size_t room = 0;
  char *read = NULL;

  while (getline (&read, &room, stdin) >= 0)
    {
      g_auto (GStrv) words = g_strsplit (g_strchomp (read), " ", -1);

      if (g_strv_length (words) == 7)
        access_probe_check (words, g_str_equal (words[0], "descendant"));
      else
        {
          g_assert_cmpuint (g_strv_length (words), ==, 2);
          access_probe_name (words[1]);
        }
    }
  free (read);
  return 0;
}
