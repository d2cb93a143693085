/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/libexec.h"

char *
presync_libexec_find (const char *program)
{
  const char *folder = g_getenv ("PRESYNC_LIBEXEC_DIR");

  return g_build_filename (folder != NULL ? folder : PRESYNC_LIBEXEC_DIR, program, NULL);
}
