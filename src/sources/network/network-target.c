/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sources/network/network-target.h"

PresyncNetworkTarget *
presync_network_target_new (void)
{
  return g_new0 (PresyncNetworkTarget, 1);
}

PresyncNetworkTarget *
presync_network_target_copy (const PresyncNetworkTarget *self)
{
  PresyncNetworkTarget *copy;

  if (self == NULL)
    return NULL;
  copy = presync_network_target_new ();
  copy->recording = g_strdup (self->recording);
  copy->cloud = g_strdup (self->cloud);
  copy->login_host = g_strdup (self->login_host);
  copy->graph_host = g_strdup (self->graph_host);
  copy->tenant_id = g_strdup (self->tenant_id);
  copy->tenant_named = self->tenant_named;
  copy->forest = g_strdup (self->forest);
  copy->domains = g_strdupv (self->domains);
  copy->controllers = g_strdupv (self->controllers);
  copy->catalogs = g_strdupv (self->catalogs);
  copy->suffixes = g_strdupv (self->suffixes);
  copy->offered = g_strdupv (self->offered);
  copy->all_controllers = self->all_controllers;
  copy->domains_partial = self->domains_partial;
  copy->controllers_partial = self->controllers_partial;
  copy->suffixes_partial = self->suffixes_partial;
  copy->features = g_strdupv (self->features);
  copy->federation = presync_federation_copy (self->federation);
  copy->proxy = g_strdup (self->proxy);
  return copy;
}

void
presync_network_target_free (PresyncNetworkTarget *self)
{
  if (self == NULL)
    return;
  g_free (self->recording);
  g_free (self->cloud);
  g_free (self->login_host);
  g_free (self->graph_host);
  g_free (self->tenant_id);
  g_free (self->forest);
  g_strfreev (self->domains);
  g_strfreev (self->controllers);
  g_strfreev (self->catalogs);
  g_strfreev (self->suffixes);
  g_strfreev (self->offered);
  g_strfreev (self->features);
  presync_federation_free (self->federation);
  g_free (self->proxy);
  g_free (self);
}

static gboolean
presync_network_target_same_list (char *const *a, char *const *b)
{
  static char *const none[] = { NULL };

  return g_strv_equal ((const char *const *) (a != NULL ? a : none),
                       (const char *const *) (b != NULL ? b : none));
}

gboolean
presync_network_target_equal (const PresyncNetworkTarget *a, const PresyncNetworkTarget *b)
{
  g_return_val_if_fail (a != NULL && b != NULL, FALSE);
  return g_strcmp0 (a->recording, b->recording) == 0 && g_strcmp0 (a->cloud, b->cloud) == 0
         && g_strcmp0 (a->login_host, b->login_host) == 0
         && g_strcmp0 (a->graph_host, b->graph_host) == 0
         && g_strcmp0 (a->tenant_id, b->tenant_id) == 0 && a->tenant_named == b->tenant_named
         && g_strcmp0 (a->forest, b->forest) == 0 && g_strcmp0 (a->proxy, b->proxy) == 0
         && presync_network_target_same_list (a->domains, b->domains)
         && presync_network_target_same_list (a->controllers, b->controllers)
         && a->all_controllers == b->all_controllers && a->domains_partial == b->domains_partial
         && a->controllers_partial == b->controllers_partial
         && a->suffixes_partial == b->suffixes_partial
         && (a->catalogs == NULL) == (b->catalogs == NULL)
         && presync_network_target_same_list (a->catalogs, b->catalogs)
         && presync_network_target_same_list (a->suffixes, b->suffixes)
         && presync_network_target_same_list (a->offered, b->offered)
         && presync_network_target_same_list (a->features, b->features)
         && presync_federation_equal (a->federation, b->federation);
}
