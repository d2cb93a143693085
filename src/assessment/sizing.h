/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "facts/fact-set.h"

G_BEGIN_DECLS

/**
 * PresyncSizingRow: a row of Microsoft's sizing table for Connect Sync
 * @from: objects from which the row counts
 * @memory: bytes
 * @disk: bytes
 * @own_sql: %TRUE if the built-in database is too small: a SQL Server of one's own is needed
 *
 * Source: "Prerequisites for Microsoft Entra Connect", hardware requirements (2026-01-16). The
 * catalogue's conditions cn-ram-cpu-disk, cn-disk and cn-sql-default test the same figures.
 */
typedef struct
{
  gint64 from;
  gint64 memory;
  gint64 disk;
  gboolean own_sql;
} PresyncSizingRow;

/* (transfer none): the rows, smallest first; @n: (out) */
const PresyncSizingRow *presync_sizing_rows (gsize *n);

/**
 * PresyncSizingLimit: a number of objects from which something changes
 * @objects: how many
 * @label: untranslated (marked N_): "LocalDB", "tenant without a verified domain", …
 * @tenant: %TRUE for a quota of the tenant, %FALSE for one of the sync server
 */
typedef struct
{
  gint64 objects;
  const char *label;
  gboolean tenant;
} PresyncSizingLimit;

/* (transfer none): the limits, smallest first; @n: (out). Tenant quotas: "Microsoft Entra service
 * limits and restrictions" (2026-10-01). */
const PresyncSizingLimit *presync_sizing_limits (gsize *n);

/**
 * PresyncSizing: where a forest stands. Plain data.
 * @objects: users, groups, contacts and computers that were counted; -1: not counted
 * @complete: %FALSE: there may be more
 * @row: (transfer none) (nullable): the row that counts
 */
typedef struct
{
  gint64 objects;
  gboolean complete;
  const PresyncSizingRow *row;
} PresyncSizing;

/* @facts: looks at "forest.objects" */
PresyncSizing presync_sizing_get (PresyncFactSet *facts);

/**
 * presync_sizing_dup_text:
 *
 * Returns: (transfer full): one sentence for people: "About 12,400 objects: 6 GB of memory, 70 GB
 * of disk; the built-in LocalDB is enough.", or why it is not known
 */
char *presync_sizing_dup_text (const PresyncSizing *self);

/**
 * presync_sizing_position:
 *
 * Returns: where @objects stands on the bar, 0 to 1, on a logarithmic scale from 1,000 to 1,000,000
 */
double presync_sizing_position (gint64 objects);

G_END_DECLS
