/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sources/directory/directory.h"

G_DEFINE_INTERFACE (PresyncDirectory, presync_directory, G_TYPE_OBJECT)

static void
presync_directory_default_init (PresyncDirectoryInterface *iface)
{
}

gboolean
presync_directory_search (PresyncDirectory *self, const PresyncQuery *query, PresyncEntryFunc func,
                          gpointer user_data, gboolean *complete, GCancellable *cancellable,
                          GError **error)
{
  gboolean ignored = FALSE;

  g_return_val_if_fail (PRESYNC_IS_DIRECTORY (self), FALSE);
  g_return_val_if_fail (query != NULL && query->base != NULL && query->filter != NULL, FALSE);
  if (complete == NULL)
    complete = &ignored;
  *complete = FALSE;
  return PRESYNC_DIRECTORY_GET_IFACE (self)->search (self, query, func, user_data, complete,
                                                     cancellable, error);
}

const char *
presync_directory_get_target (PresyncDirectory *self)
{
  g_return_val_if_fail (PRESYNC_IS_DIRECTORY (self), NULL);
  return PRESYNC_DIRECTORY_GET_IFACE (self)->get_target (self);
}

const char *
presync_directory_get_partial_reason (PresyncDirectory *self)
{
  g_return_val_if_fail (PRESYNC_IS_DIRECTORY (self), NULL);
  if (PRESYNC_DIRECTORY_GET_IFACE (self)->get_partial_reason == NULL)
    return NULL;
  return PRESYNC_DIRECTORY_GET_IFACE (self)->get_partial_reason (self);
}

static const char *
presync_query_scope_text (PresyncScope scope)
{
  switch (scope)
    {
    case PRESYNC_SCOPE_BASE:
      return "base";
    case PRESYNC_SCOPE_ONE_LEVEL:
      return "one";
    case PRESYNC_SCOPE_SUBTREE:
      return "sub";
    default:
      g_return_val_if_reached ("");
    }
}

char *
presync_query_dup_text (const PresyncQuery *query)
{
  g_autofree char *attributes = NULL;

  g_return_val_if_fail (query != NULL, NULL);
  attributes
      = query->attributes != NULL ? g_strjoinv (" ", (char **) query->attributes) : g_strdup ("*");
  /* The words of ldapsearch, untranslated: this line is for repeating the read. */
  return g_strdup_printf ("base %s · scope %s · %s · %s",
                          *query->base != '\0' ? query->base : "rootDSE",
                          presync_query_scope_text (query->scope), query->filter, attributes);
}
