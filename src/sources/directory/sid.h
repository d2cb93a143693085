/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Revision, count, authority and 15 sub-authorities ([MS-DTYP] 2.4.2.2) */
#define PRESYNC_SID_MAX_SIZE 68

/**
 * PresyncSid: a security identifier, a plain value that may be copied
 * @size: bytes used of @bytes, its binary form; 0 is "none"
 */
typedef struct
{
  guint8 size;
  guint8 bytes[PRESYNC_SID_MAX_SIZE];
} PresyncSid;

/**
 * presync_sid_read:
 * @data: begins with a SID in its binary form
 * @size: how many bytes are there; may be more than the SID takes
 *
 * Returns: %FALSE if there is no well-formed SID; @sid is "none" then
 */
gboolean presync_sid_read (const guint8 *data, gsize size, PresyncSid *sid);

/* The whole value of an attribute: exactly one SID. */
gboolean presync_sid_from_bytes (GBytes *value, PresyncSid *sid);

/**
 * presync_sid_parse:
 * @text: "S-1-5-21-…" ([MS-DTYP] 2.4.2.1), case and surrounding white space do not matter
 *
 * Returns: %FALSE if it is none
 */
gboolean presync_sid_parse (const char *text, PresyncSid *sid);

/* (transfer full): "S-1-5-21-…" */
char *presync_sid_to_text (const PresyncSid *sid);

gboolean presync_sid_equal (const PresyncSid *a, const PresyncSid *b);

/* The last sub-authority; 0 if there is none */
guint32 presync_sid_get_rid (const PresyncSid *sid);

/* @sid is set to @domain with one more sub-authority; FALSE if there is no room */
gboolean presync_sid_append (const PresyncSid *domain, guint32 rid, PresyncSid *sid);

/* @domain is set to @sid without its last sub-authority; FALSE if it has none */
gboolean presync_sid_get_domain (const PresyncSid *sid, PresyncSid *domain);

/* (transfer full): for a filter: "\\01\\05\\00…" (RFC 4515); works on every server */
char *presync_sid_dup_filter (const PresyncSid *sid);

/**
 * presync_sid_dup_text:
 * @value: a security identifier in its binary form ([MS-DTYP] 2.4.2.2)
 *
 * Returns: (transfer full) (nullable): "S-1-5-21-…"; %NULL if it is malformed
 */
char *presync_sid_dup_text (GBytes *value);

G_END_DECLS
