/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sources/federation.h"

#include <string.h>
#include <glib/gi18n.h>

#include "base/error.h"

#define MAX_HOST 255
/* Each is tried with several connections; no farm is so large. */
#define MAX_SERVERS 100

G_DEFINE_BOXED_TYPE (PresyncFederation, presync_federation, presync_federation_copy,
                     presync_federation_free)

PresyncFederation *
presync_federation_new (void)
{
  return g_new0 (PresyncFederation, 1);
}

PresyncFederation *
presync_federation_copy (const PresyncFederation *self)
{
  PresyncFederation *copy;

  if (self == NULL)
    return NULL;
  copy = presync_federation_new ();
  copy->service = g_strdup (self->service);
  copy->servers = g_strdupv (self->servers);
  return copy;
}

void
presync_federation_free (PresyncFederation *self)
{
  if (self == NULL)
    return;
  g_free (self->service);
  g_strfreev (self->servers);
  g_free (self);
}

static const char *const *
presync_federation_list (const PresyncFederation *self)
{
  static const char *const none[] = { NULL };

  return self != NULL && self->servers != NULL ? (const char *const *) self->servers : none;
}

gboolean
presync_federation_equal (const PresyncFederation *a, const PresyncFederation *b)
{
  return g_strcmp0 (a != NULL ? a->service : NULL, b != NULL ? b->service : NULL) == 0
         && g_strv_equal (presync_federation_list (a), presync_federation_list (b));
}

/* (transfer full) (nullable): @text as it is compared: in lower case, without the dot at its end;
 * %NULL if it is no host name */
static char *
presync_federation_dup_host (const char *text, GError **error)
{
  g_autofree char *host = g_ascii_strdown (text, -1);
  gsize length = strlen (host);
  gboolean good;

  if (length > 1 && host[length - 1] == '.')
    host[--length] = '\0';
  good = length > 0 && *host != '.' && *host != '-' && length <= MAX_HOST;
  for (const char *p = host; good && *p != '\0'; p++)
    good = g_ascii_isalnum (*p) || *p == '.' || *p == '-';
  if (!good)
    {
      g_set_error (error, PRESYNC_ERROR, PRESYNC_ERROR_BAD_INPUT,
                   _ ("“%s” is no host name; a federation service name or AD FS server looks like "
                      "“sts.contoso.com”."),
                   text);
      return NULL;
    }
  if (strspn (host, "0123456789.") == length)
    {
      g_set_error (error, PRESYNC_ERROR, PRESYNC_ERROR_BAD_INPUT,
                   _ ("“%s” is an IP address; a federation service or AD FS server needs a name, "
                      "such as “sts.contoso.com”."),
                   text);
      return NULL;
    }
  return g_steal_pointer (&host);
}

/* (transfer full) (nullable): each host of @text once; %NULL with @error if one is none */
static GPtrArray *
presync_federation_list_hosts (const char *text, GError **error)
{
  g_auto (GStrv) words = g_strsplit_set (text, ", \t\n;", -1);
  g_autoptr (GPtrArray) hosts = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; words[i] != NULL; i++)
    {
      g_autofree char *host = NULL;

      if (*words[i] == '\0')
        continue;
      host = presync_federation_dup_host (words[i], error);
      if (host == NULL)
        return NULL;
      if (g_ptr_array_find_with_equal_func (hosts, host, g_str_equal, NULL))
        continue;
      if (hosts->len == MAX_SERVERS)
        {
          g_set_error (error, PRESYNC_ERROR, PRESYNC_ERROR_BAD_INPUT,
                       _ ("More than %d AD FS servers are named; please name fewer."), MAX_SERVERS);
          return NULL;
        }
      g_ptr_array_add (hosts, g_steal_pointer (&host));
    }
  return g_steal_pointer (&hosts);
}

gboolean
presync_federation_set_names (PresyncFederation *self, const char *service, const char *servers,
                              GError **error)
{
  g_autofree char *typed = service != NULL ? g_strstrip (g_strdup (service)) : NULL;
  g_autofree char *name = NULL;
  g_autoptr (GPtrArray) hosts = NULL;
  gboolean any;

  g_return_val_if_fail (self != NULL, FALSE);
  if (typed != NULL && *typed != '\0')
    {
      name = presync_federation_dup_host (typed, error);
      if (name == NULL)
        return FALSE;
    }
  hosts = presync_federation_list_hosts (servers != NULL ? servers : "", error);
  if (hosts == NULL)
    return FALSE;
  any = hosts->len > 0;
  g_ptr_array_add (hosts, NULL);
  g_free (self->service);
  self->service = g_steal_pointer (&name);
  g_strfreev (self->servers);
  self->servers = any ? (char **) g_ptr_array_steal (hosts, NULL) : NULL;
  return TRUE;
}
