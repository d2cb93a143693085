/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/**
 * PresyncCommandCard: a command to run, with a button that copies it
 */
#define PRESYNC_TYPE_COMMAND_CARD (presync_command_card_get_type ())
G_DECLARE_FINAL_TYPE (PresyncCommandCard, presync_command_card, PRESYNC, COMMAND_CARD, AdwBin)

/* @command: verbatim; copied */
/* @examples: whether names in it must be replaced by hand */
GtkWidget *presync_command_card_new (const char *command, gboolean examples);

G_END_DECLS
