/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * presync_memory_give_back:
 *
 * Hands memory that a long read has freed back to the system, where the C library would keep it for
 * later. Takes a few milliseconds: not for the main thread.
 */
void presync_memory_give_back (void);

G_END_DECLS
