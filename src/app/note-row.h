/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/**
 * PresyncNoteRow: a row of a boxed list where a text of several lines is typed; "title" is its
 * label. Tab leaves it; it has an undo of its own.
 *
 * Signal "changed": the text changed.
 */
#define PRESYNC_TYPE_NOTE_ROW (presync_note_row_get_type ())
G_DECLARE_FINAL_TYPE (PresyncNoteRow, presync_note_row, PRESYNC, NOTE_ROW, AdwPreferencesRow)

/* (transfer full): what was typed, without white space around it */
char *presync_note_row_dup_text (PresyncNoteRow *self);
/* What was typed before cannot be brought back by the row's own undo. */
void presync_note_row_set_text (PresyncNoteRow *self, const char *text);

G_END_DECLS
