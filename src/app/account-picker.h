/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "app/account-text.h"
#include "sources/directory/finder.h"

G_BEGIN_DECLS

/**
 * PresyncAccountPicker: an entry for the name of an account, which looks names up in the directory
 * while one types
 *
 * Any form of name may be typed and is taken with Enter, or when one goes on to something else.
 */
#define PRESYNC_TYPE_ACCOUNT_PICKER (presync_account_picker_get_type ())
G_DECLARE_FINAL_TYPE (PresyncAccountPicker, presync_account_picker, PRESYNC, ACCOUNT_PICKER,
                      AdwEntryRow)

/**
 * presync_account_picker_new:
 * @field: id of a #PresyncAccountField
 * @owner: whose account it is, for screen readers: "AD DS Connector account"
 */
GtkWidget *presync_account_picker_new (PresyncAssessment *assessment, const char *field,
                                       const char *owner);

/* @finder: (nullable) (transfer none): looks names up; %NULL without a directory */
void presync_account_picker_set_finder (PresyncAccountPicker *self, PresyncFinder *finder);

/* Tells a name that is remembered and not used as planned from one that is. */
void presync_account_picker_update (PresyncAccountPicker *self);

G_END_DECLS
