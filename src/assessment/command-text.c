/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "assessment/command-text.h"

#include <string.h>
#include <gio/gio.h>

/* What a placeholder stands for. */
typedef enum
{
  PRESYNC_COMMAND_ACCOUNT,        /* name of an account: "svc-adconnect" */
  PRESYNC_COMMAND_MANAGED,        /* the same without the "$" of a managed service account */
  PRESYNC_COMMAND_ACCOUNT_DOMAIN, /* the account's domain: "CONTOSO" */
  PRESYNC_COMMAND_DOMAIN,         /* DNS name of the domain that was read: "contoso.com" */
  PRESYNC_COMMAND_DOMAIN_DN,      /* "DC=contoso,DC=com" */
  PRESYNC_COMMAND_SERVER,         /* the sync server, without its domain */
  PRESYNC_COMMAND_UNIT,           /* DN of the unit of group writeback */
} PresyncCommandSort;

/* Examples that go together, so that a half-filled command still reads well. */
static const struct
{
  const char *placeholder;
  const char *example;
  PresyncCommandSort sort;
  const char *field; /* of PresyncAccounts */
} placeholders[] = {
  { "CONNECTOR", "entraconnector", PRESYNC_COMMAND_ACCOUNT, "connector" },
  { "CONNECTOR-DOMAIN", "example.com", PRESYNC_COMMAND_ACCOUNT_DOMAIN, "connector" },
  { "DOMAIN", "example.com", PRESYNC_COMMAND_DOMAIN, NULL },
  { "DOMAIN-DN", "DC=example,DC=com", PRESYNC_COMMAND_DOMAIN_DN, NULL },
  { "GMSA", "provAgentgMSA", PRESYNC_COMMAND_MANAGED, "gmsa" },
  { "GMSA-DOMAIN", "EXAMPLE", PRESYNC_COMMAND_ACCOUNT_DOMAIN, "gmsa" },
  { "SERVER", "SYNC01", PRESYNC_COMMAND_SERVER, NULL },
  { "GROUP-UNIT", "OU=Groups,DC=example,DC=com", PRESYNC_COMMAND_UNIT, "group-unit" },
  { "SERVICE", "adsync", PRESYNC_COMMAND_MANAGED, "service" },
  { "CLOUD-ADMIN", "anna", PRESYNC_COMMAND_ACCOUNT, "cloud-admin" },
  { "CONNECT-ADMIN", "anna", PRESYNC_COMMAND_ACCOUNT, "connect-admin" },
  { "CONNECT-ADMIN-DOMAIN", "EXAMPLE", PRESYNC_COMMAND_ACCOUNT_DOMAIN, "connect-admin" },
};

/* Nothing that could end a line, deceive the eye, or fall apart on its way to a program such as
 * dsacls, to which Windows PowerShell hands double quotes, and a backslash before its own, bare. */
static gboolean
presync_command_is_plain (const char *text)
{
  static const GUnicodeType refused[]
      = { G_UNICODE_CONTROL,     G_UNICODE_FORMAT,    G_UNICODE_LINE_SEPARATOR,
          G_UNICODE_PRIVATE_USE, G_UNICODE_SURROGATE, G_UNICODE_PARAGRAPH_SEPARATOR,
          G_UNICODE_UNASSIGNED };

  if (text == NULL || text[0] == '\0' || !g_utf8_validate (text, -1, NULL)
      || strchr (text, '"') != NULL || g_str_has_suffix (text, "\\"))
    return FALSE;
  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    for (gsize i = 0; i < G_N_ELEMENTS (refused); i++)
      if (g_unichar_type (g_utf8_get_char (p)) == refused[i])
        return FALSE;
  return TRUE;
}

/* PowerShell takes the typographic ones for single quotes too. */
static gboolean
presync_command_is_quote (gunichar c)
{
  return c == '\'' || (c >= 0x2018 && c <= 0x201B);
}

static void
presync_command_append (GString *command, const char *name)
{
  for (const char *p = name; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);
      g_string_append_unichar (command, c);
      if (presync_command_is_quote (c))
        g_string_append_unichar (command, c);
    }
}

/* (transfer none) (nullable): the subject of the facts that @key has */
static const char *
presync_command_find_subject (PresyncAssessment *assessment, const char *key)
{
  GPtrArray *facts = presync_fact_set_lookup (presync_assessment_get_facts (assessment), key);

  return facts != NULL && facts->len > 0 ? presync_fact_get_subject (g_ptr_array_index (facts, 0))
                                         : NULL;
}

/* Takes "CONTOSO\name" apart, or "name". A DN, a SID or a UPN does not tell the account's name. */
static gboolean
presync_command_split (const char *text, char **domain, char **name)
{
  const char *slash = strchr (text, '\\');
  g_autofree char *first = slash != NULL ? g_strndup (text, (gsize) (slash - text)) : NULL;
  const char *last = slash != NULL ? slash + 1 : text;

  /* No name of an account has a colon; to dsacls the rights to be granted begin there. */
  if (strpbrk (last, "=\\@") != NULL || strchr (text, ':') != NULL
      || g_ascii_strncasecmp (text, "S-1-", 4) == 0)
    return FALSE;
  /* Accounts of the server itself are none of the domain. */
  if (first != NULL
      && (g_str_equal (first, ".") || g_ascii_strncasecmp (first, "NT ", 3) == 0
          || g_ascii_strcasecmp (first, "BUILTIN") == 0))
    return FALSE;
  if (!presync_command_is_plain (last) || (first != NULL && !presync_command_is_plain (first)))
    return FALSE;
  *domain = g_steal_pointer (&first);
  *name = g_strdup (last);
  return TRUE;
}

/* Its name as the directory resolved it, else as it was given. */
static gboolean
presync_command_find_account (PresyncAssessment *assessment, const char *field, char **domain,
                              char **name)
{
  const char *given = presync_accounts_get (presync_assessment_get_accounts (assessment), field);
  g_autofree char *kind = g_strconcat (field, ".kind", NULL);
  g_autofree char *exists = g_strconcat (field, ".exists", NULL);
  const char *subject;

  if (given == NULL)
    return FALSE;
  subject = presync_command_find_subject (assessment, exists);
  if (subject == NULL)
    subject = presync_command_find_subject (assessment, kind);
  return presync_command_split (subject != NULL ? subject : given, domain, name);
}

/* (transfer full): "DC=contoso,DC=com" */
static char *
presync_command_dup_domain_dn (const char *domain)
{
  g_auto (GStrv) labels = g_strsplit (domain, ".", -1);
  g_autofree char *joined = g_strjoinv (",DC=", labels);
  return g_strconcat ("DC=", joined, NULL);
}

/* (transfer full) (nullable) */
static char *
presync_command_dup_server (PresyncAssessment *assessment)
{
  const char *server = presync_assessment_get_sync_server (assessment);
  const char *dot = server != NULL ? strchr (server, '.') : NULL;

  if (server == NULL || g_hostname_is_ip_address (server))
    return NULL;
  return dot != NULL ? g_strndup (server, (gsize) (dot - server)) : g_strdup (server);
}

/* (transfer full) (nullable) */
static char *
presync_command_dup_unit (PresyncAssessment *assessment, const char *field)
{
  const char *unit = presync_accounts_get (presync_assessment_get_accounts (assessment), field);

  /* Only what begins as a DN is one; a program could take another text for an option of its own. */
  if (unit == NULL
      || (g_ascii_strncasecmp (unit, "OU=", 3) != 0 && g_ascii_strncasecmp (unit, "CN=", 3) != 0
          && g_ascii_strncasecmp (unit, "DC=", 3) != 0))
    return NULL;
  return g_strdup (unit);
}

/* (transfer full) (nullable): what the placeholder @i stands for, as far as it is known */
static char *
presync_command_dup_name (PresyncAssessment *assessment, gsize i)
{
  const char *read_domain = presync_command_find_subject (assessment, "domain.functional-level");
  g_autofree char *domain = NULL;
  g_autofree char *name = NULL;

  switch (placeholders[i].sort)
    {
    case PRESYNC_COMMAND_ACCOUNT:
      presync_command_find_account (assessment, placeholders[i].field, &domain, &name);
      return g_steal_pointer (&name);
    case PRESYNC_COMMAND_MANAGED:
      presync_command_find_account (assessment, placeholders[i].field, &domain, &name);
      if (name != NULL && g_str_has_suffix (name, "$"))
        name[strlen (name) - 1] = '\0';
      return g_steal_pointer (&name);
    case PRESYNC_COMMAND_ACCOUNT_DOMAIN:
      /* A bare name is one of the domain that was read. */
      if (presync_command_find_account (assessment, placeholders[i].field, &domain, &name)
          && domain == NULL)
        return g_strdup (read_domain);
      return g_steal_pointer (&domain);
    case PRESYNC_COMMAND_DOMAIN:
      return g_strdup (read_domain);
    case PRESYNC_COMMAND_DOMAIN_DN:
      return read_domain != NULL ? presync_command_dup_domain_dn (read_domain) : NULL;
    case PRESYNC_COMMAND_SERVER:
      return presync_command_dup_server (assessment);
    case PRESYNC_COMMAND_UNIT:
    default:
      return presync_command_dup_unit (assessment, placeholders[i].field);
    }
}

/* (transfer full) (nullable): what stands in place of the placeholder @i; %NULL for its example */
static char *
presync_command_dup_plain (PresyncAssessment *assessment, gsize i)
{
  g_autofree char *name = assessment != NULL ? presync_command_dup_name (assessment, i) : NULL;

  return presync_command_is_plain (name) ? g_steal_pointer (&name) : NULL;
}

/* Whether somebody named what the placeholder @i stands for, be it of use or not. */
static gboolean
presync_command_is_given (PresyncAssessment *assessment, gsize i)
{
  if (placeholders[i].sort == PRESYNC_COMMAND_SERVER)
    return presync_assessment_get_sync_server (assessment) != NULL;
  return placeholders[i].field != NULL
         && presync_accounts_get (presync_assessment_get_accounts (assessment),
                                  placeholders[i].field)
                != NULL;
}

/* @text: behind an "@"; @end: (out): behind the placeholder's other "@" */
static gboolean
presync_command_find_placeholder (const char *text, gsize *index, const char **end)
{
  const char *at = strchr (text, '@');

  for (gsize i = 0; at != NULL && i < G_N_ELEMENTS (placeholders); i++)
    if (strlen (placeholders[i].placeholder) == (gsize) (at - text)
        && strncmp (placeholders[i].placeholder, text, (gsize) (at - text)) == 0)
      {
        *index = i;
        *end = at + 1;
        return TRUE;
      }
  return FALSE;
}

char *
presync_command_fill (PresyncAssessment *assessment, const char *command)
{
  g_autoptr (GString) filled = g_string_new (NULL);

  g_return_val_if_fail (assessment == NULL || PRESYNC_IS_ASSESSMENT (assessment), NULL);
  g_return_val_if_fail (command != NULL, NULL);
  for (const char *p = command; *p != '\0';)
    {
      gsize i = 0;
      const char *end = NULL;
      g_autofree char *name = NULL;
      if (*p != '@' || !presync_command_find_placeholder (p + 1, &i, &end))
        {
          g_string_append_c (filled, *p++);
          continue;
        }
      name = presync_command_dup_plain (assessment, i);
      presync_command_append (filled, name != NULL ? name : placeholders[i].example);
      p = end;
    }
  return g_string_free (g_steal_pointer (&filled), FALSE);
}

gboolean
presync_command_has_examples (PresyncAssessment *assessment, const char *command)
{
  gboolean example = FALSE;
  gboolean named = FALSE;

  g_return_val_if_fail (assessment == NULL || PRESYNC_IS_ASSESSMENT (assessment), FALSE);
  g_return_val_if_fail (command != NULL, FALSE);
  if (assessment == NULL)
    return FALSE;
  for (const char *p = command; *p != '\0';)
    {
      gsize i = 0;
      const char *end = NULL;
      g_autofree char *name = NULL;
      if (*p != '@' || !presync_command_find_placeholder (p + 1, &i, &end))
        {
          p++;
          continue;
        }
      name = presync_command_dup_plain (assessment, i);
      example = example || name == NULL;
      named = named || name != NULL || presync_command_is_given (assessment, i);
      p = end;
    }
  return example && named;
}
