/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sources/sql/helper/freetds-conf.h"
#include "sources/sql/helper/reporter.h"
#include "sources/sql/helper/request.h"

G_BEGIN_DECLS

/**
 * presync_sql_check:
 * @conf: made before any thread
 *
 * Goes through the stages of ../protocol.md: find, connect, tls, sign-in, read. Nothing secret is
 * sent before the certificate was found good, and then only by a driver that checks it again.
 *
 * Returns: (transfer full): the result
 */
JsonNode *presync_sql_check (const PresyncSqlRequest *request, PresyncSqlReporter *reporter,
                             PresyncFreetdsConf *conf, GError **error);

G_END_DECLS
