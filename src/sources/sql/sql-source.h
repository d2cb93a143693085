/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sources/source.h"
#include "sources/sql/sql-target.h"

G_BEGIN_DECLS

/* A check of a SQL Server ends after so long, whatever the server and the driver do. */
#define PRESYNC_SQL_DEADLINE_SECONDS 30

/**
 * PresyncSqlSource: reads a SQL Server through the helper program presync-sql (source id "sql")
 *
 * The helper is started for each check; it gets the target with the password on its standard input,
 * tells each stage and the answers on its standard output (src/sources/sql/protocol.md), and is
 * killed at the deadline or when the check is cancelled.
 *
 * A check that fails leaves every key unknown with the reason, but for what the server told before
 * the sign-in: version, TLS, certificate, of a server whose certificate was not accepted the last
 * alone; that somebody answered, over TCP; and what the SQL Server Browser told instead of a port.
 * Without the right to ask
 * the server, transport and encryption are what was seen here.
 *
 * Stages: "find", "connect", "tls", "sign-in", "read" ("open", "read" for a recording). Property
 * "certificate" (GTlsCertificate, nullable, notify): what the server showed, accepted or refused.
 */
#define PRESYNC_TYPE_SQL_SOURCE (presync_sql_source_get_type ())
G_DECLARE_FINAL_TYPE (PresyncSqlSource, presync_sql_source, PRESYNC, SQL_SOURCE, PresyncSource)

/* @target: copied */
PresyncSqlSource *presync_sql_source_new (const PresyncSqlTarget *target);
/* (transfer none) */
const PresyncSqlTarget *presync_sql_source_get_target (PresyncSqlSource *self);
/* For a source of a file, which keeps no password: what the next check signs in with. */
void presync_sql_source_set_password (PresyncSqlSource *self, PresyncSecret *password);
/* (nullable): what the server showed at the last check */
GTlsCertificate *presync_sql_source_get_certificate (PresyncSqlSource *self);
/* (transfer none) (array zero-terminated=1): every key that a SQL Server tells of */
const char *const *presync_sql_fact_keys (void);

G_END_DECLS
