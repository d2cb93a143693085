/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sources/sql/helper/request.h"

G_BEGIN_DECLS

/**
 * PresyncSqlDriver: an ODBC driver that Presync can use safely, and its keywords
 * @name: as it is registered
 * @title: for people
 * @own_roots: can be told which roots or which certificate to accept
 * @freetds: reads the server and how to encrypt from a freetds.conf
 */
typedef struct
{
  const char *name;
  const char *title;
  gboolean own_roots;
  gboolean freetds;
} PresyncSqlDriver;

/**
 * presync_sql_driver_choose:
 * @registered: (array zero-terminated=1): the drivers of this computer
 *
 * Returns: (transfer none): the first of our table that is registered and can do what @request
 *   asks for; %NULL with %PRESYNC_ERROR_NOT_SUPPORTED and which package to install
 */
const PresyncSqlDriver *presync_sql_driver_choose (const char *const *registered,
                                                   const PresyncSqlRequest *request,
                                                   GError **error);

/**
 * presync_sql_driver_dup_string:
 *
 * Returns: (transfer full): the connection string. Encryption is required and the certificate
 *   verified, whatever the driver's defaults are.
 */
PresyncSecret *presync_sql_driver_dup_string (const PresyncSqlDriver *driver,
                                              const PresyncSqlRequest *request, guint16 port);

/**
 * presync_sql_driver_get_section:
 *
 * Returns: (transfer none): name of the section of freetds.conf for @request's server. It also
 *   stands in the log-in as the server's name, so it is that name where it can be.
 */
const char *presync_sql_driver_get_section (const PresyncSqlRequest *request);

/* (transfer full): "FreeTDS 1.3.17" of the version "01.03.0017" that the driver tells */
char *presync_sql_driver_dup_title (const PresyncSqlDriver *driver, const char *version);

G_END_DECLS
