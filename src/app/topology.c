/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/topology.h"

const char *
presync_place_icon (PresyncPlace place)
{
  static const char *const icons[PRESYNC_N_PLACES] = {
    [PRESYNC_PLACE_FOREST] = "presync-directory-symbolic",
    [PRESYNC_PLACE_SYNC_SERVER] = "presync-server-symbolic",
    [PRESYNC_PLACE_SQL] = "presync-sql-symbolic",
    [PRESYNC_PLACE_TENANT] = "presync-tenant-symbolic",
  };

  g_return_val_if_fail ((guint) place < PRESYNC_N_PLACES, NULL);

  return icons[place];
}
