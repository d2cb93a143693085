/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "facts/access-text.h"

#include <string.h>
#include <glib/gi18n.h>

/* The class that stands for the head of the domain */
#define HEAD_CLASS "domainDNS"

/* clang-format off */
#define RIGHT(role, right) { right, role "." right, role "." right "-gaps" }
#define RIGHTS(role)                                                                               \
  RIGHT (role, "read"), RIGHT (role, "replicate"), RIGHT (role, "replicate-all"),                  \
  RIGHT (role, "anchor"), RIGHT (role, "reset-password"), RIGHT (role, "lockout-time"),            \
  RIGHT (role, "pwd-last-set"), RIGHT (role, "unexpire"), RIGHT (role, "exchange"),                \
  RIGHT (role, "public-folders")
/* clang-format on */

static const PresyncAccessRight connector_rights[] = {
  RIGHTS ("connector"),
  RIGHT ("connector", "groups"),
  RIGHT ("connector", "devices"),
};

static const PresyncAccessRight gmsa_rights[] = {
  RIGHTS ("gmsa"),
  RIGHT ("gmsa", "create-delete"),
  RIGHT ("gmsa", "credential-link"),
};

static const struct
{
  const char *id;
  const char *title;
} reasons[] = {
  [PRESYNC_GAP_INHERITANCE_OFF] = { "inheritance-off", N_ ("inheritance off") },
  [PRESYNC_GAP_PROTECTED] = { "protected", N_ ("protected by AdminSDHolder") },
  [PRESYNC_GAP_DENIED] = { "denied", N_ ("denied") },
  [PRESYNC_GAP_HEAD] = { "head", N_ ("not granted at the domain itself") },
  [PRESYNC_GAP_OTHER] = { "other", N_ ("not there, for no reason that was found") },
};

const PresyncAccessRight *
presync_access_rights (const char *role, gsize *n)
{
  g_return_val_if_fail (role != NULL && n != NULL, NULL);
  *n = 0;
  if (strcmp (role, "connector") == 0)
    {
      *n = G_N_ELEMENTS (connector_rights);
      return connector_rights;
    }
  g_return_val_if_fail (strcmp (role, "gmsa") == 0, NULL);
  *n = G_N_ELEMENTS (gmsa_rights);
  return gmsa_rights;
}

/* A tab parts the fields. In a DN it may always be written "\09" (RFC 4514); elsewhere it is none
 * of the characters of a name. */
static void
presync_access_text_append (GString *text, const char *field)
{
  for (const char *p = field == NULL ? "" : field; *p != '\0'; p++)
    if (*p == '\t')
      g_string_append (text, "\\09");
    else
      g_string_append_c (text, *p);
}

/* (transfer full): @fields (ends with NULL after @n, inner ones may be NULL) as one text */
static char *
presync_access_text_join (const char *const *fields, gsize n)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (gsize i = 0; i < n; i++)
    {
      if (i > 0)
        g_string_append_c (text, '\t');
      presync_access_text_append (text, fields[i]);
    }
  return g_string_free (g_steal_pointer (&text), FALSE);
}

char *
presync_access_lack_format (const char *class, const char *part, const char *denied_to)
{
  const char *const fields[] = { class, part, denied_to };

  g_return_val_if_fail (class != NULL, NULL);
  return presync_access_text_join (fields, G_N_ELEMENTS (fields));
}

const char *
presync_access_gap_reason_id (PresyncAccessGapReason reason)
{
  g_return_val_if_fail ((gsize) reason < G_N_ELEMENTS (reasons), NULL);
  return reasons[reason].id;
}

const char *
presync_access_gap_reason_title (PresyncAccessGapReason reason)
{
  g_return_val_if_fail ((gsize) reason < G_N_ELEMENTS (reasons), NULL);
  return _ (reasons[reason].title);
}

char *
presync_access_gap_format (const char *place, PresyncAccessGapReason reason, guint n_objects,
                           const char *example)
{
  g_autofree char *number = g_strdup_printf ("%u", n_objects);
  const char *fields[] = { place, NULL, number, example };

  g_return_val_if_fail (place != NULL, NULL);
  fields[1] = presync_access_gap_reason_id (reason);
  return presync_access_text_join (fields, G_N_ELEMENTS (fields));
}

void
presync_access_gap_free (PresyncAccessGap *self)
{
  if (self == NULL)
    return;
  g_free (self->place);
  g_free (self->example);
  g_free (self);
}

PresyncAccessGap *
presync_access_gap_parse (const char *text)
{
  g_auto (GStrv) fields = NULL;
  g_autoptr (PresyncAccessGap) self = g_new0 (PresyncAccessGap, 1);
  guint64 number;
  gsize reason = 0;

  g_return_val_if_fail (text != NULL, NULL);
  fields = g_strsplit (text, "\t", -1);
  if (g_strv_length (fields) != 4
      || !g_ascii_string_to_unsigned (fields[2], 10, 0, G_MAXUINT, &number, NULL))
    return NULL;
  while (reason < G_N_ELEMENTS (reasons) && strcmp (reasons[reason].id, fields[1]) != 0)
    reason++;
  if (reason == G_N_ELEMENTS (reasons))
    return NULL;
  self->place = g_strdup (fields[0]);
  self->reason = (PresyncAccessGapReason) reason;
  self->n_objects = (guint) number;
  self->example = fields[3][0] == '\0' ? NULL : g_strdup (fields[3]);
  return g_steal_pointer (&self);
}

char *
presync_access_path_format (const char *const *names)
{
  g_return_val_if_fail (names != NULL && names[0] != NULL, NULL);
  return presync_access_text_join (names, g_strv_length ((char **) names));
}

char *
presync_access_lack_describe (const char *text)
{
  g_auto (GStrv) fields = NULL;
  g_autofree char *what = NULL;
  const char *class;

  g_return_val_if_fail (text != NULL, NULL);
  fields = g_strsplit (text, "\t", -1);
  if (g_strv_length (fields) != 3)
    return g_strdup (text);
  /* TRANSLATORS: where a right is missing: on the domain's own object, not on those below it */
  class = strcmp (fields[0], HEAD_CLASS) == 0 ? _ ("the domain itself") : fields[0];
  if (fields[1][0] == '\0')
    what = g_strdup (class);
  else
    /* TRANSLATORS: a class of objects, and what is missing on them: "group: delete tree" */
    what = g_strdup_printf (_ ("%s: %s"), class, fields[1]);
  if (fields[2][0] == '\0')
    return g_steal_pointer (&what);
  /* TRANSLATORS: what is missing, and to whom an entry denies it: "user (denied to Everyone)" */
  return g_strdup_printf (_ ("%s (denied to %s)"), what, fields[2]);
}

char *
presync_access_gap_describe (const char *text)
{
  g_autoptr (PresyncAccessGap) gap = NULL;
  g_autofree char *number = NULL;

  g_return_val_if_fail (text != NULL, NULL);
  gap = presync_access_gap_parse (text);
  if (gap == NULL)
    return g_strdup (text);
  /* No object lacks it because of that. */
  if (gap->reason == PRESYNC_GAP_HEAD)
    /* TRANSLATORS: a DN, and why a right does not arrive there */
    return g_strdup_printf (_ ("%s (%s)"), gap->place,
                            presync_access_gap_reason_title (gap->reason));
  number = g_strdup_printf ("%'u", gap->n_objects);
  /* TRANSLATORS: a DN, why a right does not arrive there, and at how many objects:
   * "OU=VIP,DC=contoso,DC=com (inheritance off, 12 objects)" */
  return g_strdup_printf (
      ngettext ("%s (%s, %s object)", "%s (%s, %s objects)", (gulong) gap->n_objects), gap->place,
      presync_access_gap_reason_title (gap->reason), number);
}

char *
presync_access_path_describe (const char *text)
{
  g_auto (GStrv) names = NULL;
  g_autofree char *path = NULL;

  g_return_val_if_fail (text != NULL, NULL);
  names = g_strsplit (text, "\t", -1);
  if (g_strv_length (names) < 2)
    return g_strdup (text);
  path = g_strjoinv (" › ", names + 1);
  /* TRANSLATORS: a group, and the groups through which an account is in it */
  return g_strdup_printf (_ ("%s, through %s"), names[0], path);
}
