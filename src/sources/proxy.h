/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * presync_proxy_check:
 * @proxy: what a person gave as address of a proxy
 *
 * Returns: %FALSE with %PRESYNC_ERROR_BAD_INPUT, one sentence, unless @proxy is "http://HOST:PORT",
 *   without a name or password in it. The port is needed: programs do not agree on which one is
 *   meant without.
 */
gboolean presync_proxy_check (const char *proxy, GError **error);

G_END_DECLS
