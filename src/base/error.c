/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/error.h"

#include <errno.h>
#include <gio/gio.h>

/* error numbers of Linux end well below */
#define LAST_ERRNO 255

G_DEFINE_QUARK (presync - error - quark, presync_error)

char *
presync_error_dup_reason (const GError *error)
{
  g_return_val_if_fail (error != NULL, NULL);

  /* Two numbers are one code; this is the one that files meet. */
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_PERMISSION_DENIED))
    return g_strdup (g_strerror (EACCES));
  for (int code = 1; code <= LAST_ERRNO; code++)
    if ((error->domain == G_IO_ERROR && error->code != G_IO_ERROR_FAILED
         && (int) g_io_error_from_errno (code) == error->code)
        || (error->domain == G_FILE_ERROR && error->code != G_FILE_ERROR_FAILED
            && (int) g_file_error_from_errno (code) == error->code))
      return g_strdup (g_strerror (code));
  return g_strdup (error->message);
}
