/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "facts/cloud-title.h"

#include <string.h>
#include <glib/gi18n.h>

const char *
presync_cloud_title (const char *id)
{
  static const struct
  {
    const char *id;
    const char *title;
  } titles[] = {
    { "worldwide", N_ ("Worldwide") },
    { "us-government", N_ ("US Government (L4)") },
    { "us-government-dod", N_ ("US Government (DoD)") },
    { "china", N_ ("China (21Vianet)") },
  };

  g_return_val_if_fail (id != NULL, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (titles); i++)
    if (strcmp (titles[i].id, id) == 0)
      return _ (titles[i].title);
  return id;
}
