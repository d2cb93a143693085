/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * PresyncQrCode: a text as a QR code, for the camera of a telephone; always dark on white, with the
 * margin that readers need
 */
#define PRESYNC_TYPE_QR_CODE (presync_qr_code_get_type ())
G_DECLARE_FINAL_TYPE (PresyncQrCode, presync_qr_code, PRESYNC, QR_CODE, GtkWidget)

/* @text: (nullable): what is shown, such as an address; %NULL, or one too long, shows nothing and
 * takes no room */
void presync_qr_code_set_text (PresyncQrCode *self, const char *text);

G_END_DECLS
