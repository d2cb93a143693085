/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* What must hold of any bytes taken for a security descriptor. Shared by the built-in mutator
 * (fuzz.c) and libFuzzer (descriptor-fuzzer.c). */
#include <string.h>

#include "base/error.h"
#include "sources/directory/access-names.h"
#include "sources/directory/access.h"

static inline PresyncToken *
descriptor_token (void)
{
  static const char *const sids[]
      = { "S-1-1-0", "S-1-5-11", "S-1-5-32-544", "S-1-5-21-1-2-3-1601", "S-1-5-21-1-2-3-1700" };
  PresyncToken *token = presync_token_new ();

  for (gsize i = 0; i < G_N_ELEMENTS (sids); i++)
    {
      PresyncSid sid;

      g_assert_true (presync_sid_parse (sids[i], &sid));
      presync_token_add (token, &sid);
    }
  return token;
}

static inline PresyncAccessResult
descriptor_ask (const PresyncSecurityDescriptor *sd, const PresyncToken *token,
                const PresyncGuid *class_guid, const PresyncWanted *wanted, gboolean descendant)
{
  return descendant ? presync_access_check_descendant (sd, token, class_guid, wanted)
                    : presync_access_check (sd, token, class_guid, wanted);
}

static inline void
descriptor_check_ace (const PresyncAce *ace)
{
  g_autofree char *text = presync_sid_to_text (&ace->trustee);
  g_autofree char *guid = presync_guid_to_text (&ace->object_type);
  g_autofree char *mask = presync_access_name_dup_mask (ace->mask);
  PresyncSid again;
  PresyncGuid guid_again;

  g_assert_cmpint (presync_sid_parse (text, &again), ==, ace->effect != PRESYNC_ACE_UNKNOWN);
  g_assert_true (presync_sid_equal (&again, &ace->trustee));
  g_assert_true (presync_guid_parse (guid, &guid_again));
  g_assert_true (presync_guid_equal (&guid_again, &ace->object_type));
  g_assert_cmpint (mask[0] == '\0', ==, ace->mask == 0);
}

/* The answer for several rights is that for each of them taken together; asked again it is the
 * same; what is lacking fits to the answer. */
static inline void
descriptor_check_answer (const PresyncSecurityDescriptor *sd, const PresyncToken *token,
                         const PresyncGuid *class_guid, const PresyncWanted *wanted,
                         gboolean descendant)
{
  PresyncAccessResult a = descriptor_ask (sd, token, class_guid, wanted, descendant);
  PresyncAccessResult b = descriptor_ask (sd, token, class_guid, wanted, descendant);
  guint32 lacking = 0;
  gboolean denied = FALSE;
  gboolean missing = FALSE;
  guint n;
  const PresyncAce *aces = presync_security_descriptor_get_aces (sd, &n);

  g_assert_true (a.access == b.access && a.ace == b.ace && a.lacking == b.lacking);
  g_assert_true ((a.access == PRESYNC_ACCESS_GRANTED) == (a.lacking == 0));
  g_assert_cmphex (a.lacking & ~wanted->mask, ==, 0);
  g_assert_true (a.ace == NULL || (a.ace >= aces && a.ace < aces + n));
  if (a.access == PRESYNC_ACCESS_DENIED)
    g_assert_true (a.ace != NULL && a.ace->effect == PRESYNC_ACE_DENY);
  if (a.access == PRESYNC_ACCESS_UNDECIDED)
    g_assert_true (a.ace != NULL && a.ace->effect != PRESYNC_ACE_ALLOW
                   && a.ace->effect != PRESYNC_ACE_NONE);
  for (guint i = 0; i < 32; i++)
    {
      PresyncWanted one = *wanted;
      PresyncAccessResult single;

      one.mask &= 1u << i;
      single = descriptor_ask (sd, token, class_guid, &one, descendant);
      lacking |= single.lacking;
      denied |= single.access == PRESYNC_ACCESS_DENIED;
      missing |= single.access == PRESYNC_ACCESS_MISSING;
    }
  g_assert_cmphex (lacking, ==, a.lacking);
  g_assert_cmpint (a.access, ==,
                   denied         ? PRESYNC_ACCESS_DENIED
                   : missing      ? PRESYNC_ACCESS_MISSING
                   : lacking != 0 ? PRESYNC_ACCESS_UNDECIDED
                                  : PRESYNC_ACCESS_GRANTED);
}

/* Nobody is granted anything but what everybody is; nothing is said of a right that is not wanted.
 */
static inline void
descriptor_check_nobody (const PresyncSecurityDescriptor *sd, const PresyncGuid *class_guid)
{
  g_autoptr (PresyncToken) nobody = presync_token_new ();
  PresyncWanted wanted = { PRESYNC_RIGHT_FULL_CONTROL, { { 0 } }, { { 0 } } };
  PresyncWanted nothing = { 0, { { 0 } }, { { 0 } } };
  PresyncAccessResult result = presync_access_check (sd, nobody, class_guid, &wanted);

  g_assert_true ((result.access == PRESYNC_ACCESS_GRANTED)
                 == !presync_security_descriptor_has_dacl (sd));
  result = presync_access_check_descendant (sd, nobody, class_guid, &wanted);
  g_assert_cmpint (result.access, !=, PRESYNC_ACCESS_GRANTED);
  result = presync_access_check (sd, nobody, class_guid, &nothing);
  g_assert_cmpint (result.access, ==, PRESYNC_ACCESS_GRANTED);
}

static inline void
descriptor_check (GBytes *input)
{
  static const char *const objects[]
      = { NULL, "pwdLastSet", "lockoutTime", "User-Force-Change-Password", "group" };
  g_autoptr (GError) error = NULL;
  g_autoptr (PresyncSecurityDescriptor) sd = presync_security_descriptor_parse (input, &error);
  g_autoptr (PresyncToken) token = NULL;
  PresyncGuid class_guid;
  guint n;
  const PresyncAce *aces;

  g_assert_true ((sd == NULL) == (error != NULL));
  if (sd == NULL)
    {
      g_assert_true (g_error_matches (error, PRESYNC_ERROR, PRESYNC_ERROR_BAD_INPUT));
      g_assert_cmpuint (strlen (error->message), >, 3);
      return;
    }
  token = descriptor_token ();
  presync_access_name_find ("user", &class_guid);
  aces = presync_security_descriptor_get_aces (sd, &n);
  g_assert_cmpuint (n, <=, g_bytes_get_size (input) / 4);
  for (guint i = 0; i < n; i++)
    descriptor_check_ace (&aces[i]);
  descriptor_check_nobody (sd, &class_guid);
  for (guint i = 0; i < 2 * G_N_ELEMENTS (objects); i++)
    {
      PresyncWanted wanted = { PRESYNC_RIGHT_FULL_CONTROL, { { 0 } }, { { 0 } } };

      if (objects[i / 2] != NULL)
        {
          presync_access_name_find (objects[i / 2], &wanted.object_type);
          presync_access_name_property_set (objects[i / 2], &wanted.property_set);
        }
      descriptor_check_answer (sd, token, &class_guid, &wanted, i % 2 == 1);
    }
}
