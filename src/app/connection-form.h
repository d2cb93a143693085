/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "sources/directory/target.h"

G_BEGIN_DECLS

/**
 * PresyncConnectionForm: the fields that name a directory server and how to sign in
 *
 * Signal "changed": after anything was typed or chosen.
 */
#define PRESYNC_TYPE_CONNECTION_FORM (presync_connection_form_get_type ())
G_DECLARE_FINAL_TYPE (PresyncConnectionForm, presync_connection_form, PRESYNC, CONNECTION_FORM,
                      AdwBin)

/**
 * presync_connection_form_fill:
 * @target: (nullable): the server that the assessment asks; %NULL to fill in what was used last
 *
 * Fills in the server; a password that was kept comes from the keyring a moment later.
 */
void presync_connection_form_fill (PresyncConnectionForm *self, GSettings *settings,
                                   const PresyncDirectoryTarget *target);

/**
 * presync_connection_form_dup_target:
 *
 * Returns: (transfer full): the server as named; %NULL with an error if a field must be mended,
 *   which is marked then and gets the focus
 */
PresyncDirectoryTarget *presync_connection_form_dup_target (PresyncConnectionForm *self,
                                                            GError **error);

/* (transfer full) (nullable): the address as typed */
char *presync_connection_form_dup_address (PresyncConnectionForm *self);
/* (transfer full) (nullable) */
char *presync_connection_form_dup_sync_server (PresyncConnectionForm *self);
/* May the password be kept in the keyring? */
gboolean presync_connection_form_get_remember (PresyncConnectionForm *self);

/**
 * presync_connection_form_mark:
 * @error: (nullable): why the server could not be used; %NULL takes all marks away
 *
 * Marks the field that most likely has to be mended.
 */
void presync_connection_form_mark (PresyncConnectionForm *self, const GError *error);

G_END_DECLS
