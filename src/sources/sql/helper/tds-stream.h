/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * PresyncTdsStream: carries the records of a TLS handshake inside PRELOGIN packets
 *
 * What is written is kept until something is read: a flight of the handshake must be one message.
 */
#define PRESYNC_TYPE_TDS_STREAM (presync_tds_stream_get_type ())
G_DECLARE_FINAL_TYPE (PresyncTdsStream, presync_tds_stream, PRESYNC, TDS_STREAM, GIOStream)

/* @socket: blocking, with a time limit of its own; stays open when the stream is closed */
GIOStream *presync_tds_stream_new (GSocket *socket);

G_END_DECLS
