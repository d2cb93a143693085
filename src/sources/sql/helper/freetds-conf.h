/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "sources/sql/helper/request.h"

G_BEGIN_DECLS

/**
 * PresyncFreetdsConf: a freetds.conf, and the certificates it names, in anonymous memory
 *
 * FreeTDS checks a certificate only for a server that such a file names. Nothing of it lies in a
 * folder, so nothing is left behind when the helper is killed.
 */
typedef struct _PresyncFreetdsConf PresyncFreetdsConf;

/**
 * presync_freetds_conf_new:
 *
 * Makes the file, still empty, and points FreeTDS at it by the environment of this process; takes
 * every variable away by which others could change its host, its version, or make it write a log.
 * To be called before there is a second thread.
 */
PresyncFreetdsConf *presync_freetds_conf_new (GError **error);
void presync_freetds_conf_free (PresyncFreetdsConf *self);

/**
 * presync_freetds_conf_write:
 * @port: where the guard listens
 * @certificate: the only one to accept, which was found good for the server's name before
 */
gboolean presync_freetds_conf_write (PresyncFreetdsConf *self, const PresyncSqlRequest *request,
                                     guint16 port, GTlsCertificate *certificate, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PresyncFreetdsConf, presync_freetds_conf_free)

G_END_DECLS
