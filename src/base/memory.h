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

/**
 * presync_memory_keep_out_of_dumps:
 *
 * No core dump is written of this process, nor of those it starts: its memory may hold passwords
 * and tokens. For the beginning of main().
 */
void presync_memory_keep_out_of_dumps (void);

G_END_DECLS
