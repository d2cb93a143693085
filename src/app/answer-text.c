/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/answer-text.h"

#include <glib/gi18n.h>

#include "app/bidi-text.h"
#include "app/relative-time.h"

char *
presync_answer_dup_text (PresyncAnswer *answer)
{
  g_autofree char *at = NULL;
  g_autofree char *name = NULL;

  g_return_val_if_fail (PRESYNC_IS_ANSWER (answer), NULL);

  at = presync_absolute_time_text (presync_answer_get_at (answer));
  name = presync_bidi_dup_isolated (presync_answer_get_name (answer));
  /* TRANSLATORS: a name, then date and time */
  return g_strdup_printf (presync_answer_get_met (answer) ? _ ("%s answered “Met” on %s.")
                                                          : _ ("%s answered “Not met” on %s."),
                          name, at);
}
