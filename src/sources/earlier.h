/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "sources/source.h"

G_BEGIN_DECLS

/**
 * PresyncEarlier: what a source told before a check began, to tell it again if that is cancelled.
 * Belongs to the main thread.
 */
typedef struct _PresyncEarlier PresyncEarlier;

/**
 * presync_earlier_new:
 * @state, @message: what holds without the check; they may change meanwhile
 * @certificate: (nullable): of the server
 *
 * Keeps a copy of @source's stages as well.
 *
 * Returns: (transfer full)
 */
PresyncEarlier *presync_earlier_new (PresyncSource *source, PresyncSourceState state,
                                     const char *message, GTlsCertificate *certificate);
void presync_earlier_free (PresyncEarlier *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PresyncEarlier, presync_earlier_free)

/* @message: (nullable) */
void presync_earlier_set (PresyncEarlier *self, PresyncSourceState state, const char *message);
PresyncSourceState presync_earlier_get_state (const PresyncEarlier *self);
/* (transfer none) (nullable) */
const char *presync_earlier_get_message (const PresyncEarlier *self);
/* (transfer none) (nullable) */
GTlsCertificate *presync_earlier_get_certificate (const PresyncEarlier *self);
void presync_earlier_restore_stages (const PresyncEarlier *self, PresyncSource *source);

G_END_DECLS
