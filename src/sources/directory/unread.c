/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sources/directory/unread.h"

#include <gio/gio.h>

#include "base/error.h"

static PresyncUnknown
presync_unread_reason (const GError *error)
{
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return PRESYNC_UNKNOWN_CANCELLED;
  if (error->domain != PRESYNC_ERROR)
    return PRESYNC_UNKNOWN_FAILED;
  switch ((PresyncError) error->code)
    {
    case PRESYNC_ERROR_UNREACHABLE:
      return PRESYNC_UNKNOWN_UNREACHABLE;
    case PRESYNC_ERROR_TIMED_OUT:
      return PRESYNC_UNKNOWN_TIMED_OUT;
    case PRESYNC_ERROR_NO_RIGHT:
    case PRESYNC_ERROR_SIGN_IN:
      return PRESYNC_UNKNOWN_NO_RIGHT;
    case PRESYNC_ERROR_NOT_SUPPORTED:
      return PRESYNC_UNKNOWN_NOT_OFFERED;
    case PRESYNC_ERROR_BAD_INPUT:
      return PRESYNC_UNKNOWN_MALFORMED;
    case PRESYNC_ERROR_LIMIT:
      return PRESYNC_UNKNOWN_PARTIAL;
    case PRESYNC_ERROR_FAILED:
    case PRESYNC_ERROR_CERTIFICATE:
    case PRESYNC_ERROR_NOT_FOUND:
    case PRESYNC_ERROR_CANNOT_WRITE:
    case PRESYNC_ERROR_REFUSED:
    default:
      return PRESYNC_UNKNOWN_FAILED;
    }
}

GPtrArray *
presync_unread_list_facts (const char *target, const PresyncProbeSubjects *subjects, guint read,
                           const GError *error)
{
  GPtrArray *facts = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GDateTime) now = g_date_time_new_now_utc ();
  PresyncUnknown reason;

  g_return_val_if_fail (target != NULL && error != NULL, facts);
  reason = presync_unread_reason (error);
  for (guint probe = 0; probe < PRESYNC_N_PROBES; probe++)
    {
      g_autoptr (GPtrArray) keys = presync_probe_list_keys (probe, subjects);
      g_autoptr (PresyncOrigin) origin
          = presync_origin_new ("directory", target, presync_probe_title (probe), now, FALSE);

      for (guint i = 0; (read & PRESYNC_PROBE_BIT (probe)) == 0 && i < keys->len; i++)
        g_ptr_array_add (facts, presync_fact_new_unknown (g_ptr_array_index (keys, i), "", reason,
                                                          error->message, origin));
    }
  return facts;
}
