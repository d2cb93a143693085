/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sources/directory/ldap-entry.h"

#include <string.h>

#include "sources/directory/bounds.h"

#define RANGE ";range="

void
presync_ldap_range_free (PresyncLdapRange *self)
{
  g_free (self->attribute);
  g_free (self);
}

gboolean
presync_ldap_range_parse (const char *name, char **plain, guint64 *first, guint64 *next)
{
  g_autofree char *lower = g_ascii_strdown (name, -1);
  const char *found = strstr (lower, RANGE);
  char *end = NULL;

  if (found == NULL || !g_ascii_isdigit (found[strlen (RANGE)]))
    return FALSE;
  *first = g_ascii_strtoull (found + strlen (RANGE), &end, 10);
  if (*end != '-')
    return FALSE;
  if (strcmp (end, "-*") == 0)
    *next = 0;
  else
    {
      guint64 last = 0;
      if (!g_ascii_string_to_unsigned (end + 1, 10, *first, G_MAXINT32, &last, NULL))
        return FALSE;
      *next = last + 1;
    }
  *plain = g_strndup (name, (gsize) (found - lower));
  return TRUE;
}

/* Servers may send any bytes as a name; what asks for entries expects text. */
static char *
presync_ldap_entry_dup_text (const struct berval *value)
{
  return g_utf8_make_valid (value->bv_val != NULL ? value->bv_val : "", (gssize) value->bv_len);
}

static void
presync_ldap_entry_add (PresyncEntry *entry, const struct berval *name, const struct berval *values,
                        GPtrArray *ranges, gsize *bytes)
{
  g_autofree char *attribute = presync_ldap_entry_dup_text (name);
  char *plain = NULL;
  guint64 first = 0, next = 0;

  if (presync_ldap_range_parse (attribute, &plain, &first, &next))
    {
      if (first > 0 || next > 0)
        {
          PresyncLdapRange *range = g_new0 (PresyncLdapRange, 1);
          range->attribute = g_strdup (plain);
          range->first = first;
          range->next = next;
          g_ptr_array_add (ranges, range);
        }
      g_free (attribute);
      attribute = plain;
    }
  for (const struct berval *value = values; value != NULL && value->bv_val != NULL; value++)
    {
      /* What keeping a value costs besides its bytes */
      *bytes += value->bv_len + 96;
      presync_entry_add (entry, attribute, g_bytes_new (value->bv_val, value->bv_len));
    }
}

PresyncEntry *
presync_ldap_entry_read (LDAP *ld, LDAPMessage *message, GPtrArray *ranges, gsize *bytes)
{
  g_autoptr (PresyncEntry) entry = NULL;
  g_autofree char *dn = NULL;
  struct berval name = { 0, NULL };
  BerElement *ber = NULL;
  guint n = 0;
  int code;

  *bytes = 0;
  if (ldap_get_dn_ber (ld, message, &ber, &name) != LDAP_SUCCESS)
    {
      ber_free (ber, 0);
      return NULL;
    }
  dn = presync_ldap_entry_dup_text (&name);
  entry = presync_entry_new (dn);
  while (TRUE)
    {
      struct berval *values = NULL;
      struct berval attribute = { 0, NULL };

      code = ldap_get_attribute_ber (ld, message, ber, &attribute, &values);
      if (code == LDAP_SUCCESS && attribute.bv_val != NULL)
        presync_ldap_entry_add (entry, &attribute, values, ranges, bytes);
      ber_memfree (values);
      if (++n > PRESYNC_BOUND_ATTRIBUTES)
        code = LDAP_DECODING_ERROR;
      if (code != LDAP_SUCCESS || attribute.bv_val == NULL)
        break;
    }
  ber_free (ber, 0);
  return code == LDAP_SUCCESS ? g_steal_pointer (&entry) : NULL;
}
