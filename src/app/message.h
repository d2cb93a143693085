/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/**
 * presync_message_show:
 * @parent: (nullable): window it belongs to
 * @heading: a few words, translated; shown as plain text
 * @body: a sentence for people, such as the message of a #PresyncError; shown as plain text
 *
 * Says something that needs no answer.
 */
void presync_message_show (GtkWindow *parent, const char *heading, const char *body);

typedef void (*PresyncMessageFunc) (gpointer user_data);

/**
 * presync_message_ask:
 * @accept: label of the button that goes on, with its mnemonic
 * @destructive: %TRUE if going on loses something
 * @func: called if the person goes on, never if not
 * @user_data: (scope notified): for @func
 * @destroy: (nullable): frees @user_data, in any case
 */
void presync_message_ask (GtkWindow *parent, const char *heading, const char *body,
                          const char *accept, gboolean destructive, PresyncMessageFunc func,
                          gpointer user_data, GDestroyNotify destroy);

/**
 * presync_message_choose:
 * @forget: label of the button that loses something, with its mnemonic; it is what Enter presses
 * @keep: label of the button that loses nothing
 * @forget_func: called if the person chose @forget
 * @keep_func: called if the person chose @keep; neither is, if the person cancelled
 * @user_data: (scope notified): for both
 * @destroy: (nullable): frees @user_data, in any case
 */
void presync_message_choose (GtkWindow *parent, const char *heading, const char *body,
                             const char *forget, const char *keep, PresyncMessageFunc forget_func,
                             PresyncMessageFunc keep_func, gpointer user_data,
                             GDestroyNotify destroy);

G_END_DECLS
