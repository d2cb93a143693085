/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sources/directory/probe.h"

G_BEGIN_DECLS

/**
 * presync_record_snapshot:
 * @directory: signed in
 * @subjects: what to look at beside the directory
 * @path: the LDIF file to write; replaced whole, only when complete
 * @n_entries: (out) (optional): how many were written
 *
 * Runs all probes and writes just the entries and attributes they read, so that the file answers
 * the same queries. Never asks for secrets.
 */
gboolean presync_record_snapshot (PresyncDirectory *directory, const PresyncProbeSubjects *subjects,
                                  const char *path, guint *n_entries, GCancellable *cancellable,
                                  GError **error);

G_END_DECLS
