/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * PresyncFileLock: tells other processes and windows of this computer that a file is open. It locks
 * nothing but a small file of its own in the user's runtime folder, named after the file's identity
 * (device and inode), so that neither another name nor a copy matters, and the file itself is not
 * touched. It goes with the process, whatever ends it.
 */
typedef struct _PresyncFileLock PresyncFileLock;

/**
 * presync_file_lock_take:
 * @path: an existing file
 *
 * Never waits.
 *
 * Returns: (transfer full) (nullable): %NULL if somebody else has it, or @path is not there. Where
 *   no lock can be had at all (no writable runtime folder), one that only this process knows of.
 */
PresyncFileLock *presync_file_lock_take (const char *path);
/* (nullable) */
void presync_file_lock_free (PresyncFileLock *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PresyncFileLock, presync_file_lock_free)

G_END_DECLS
