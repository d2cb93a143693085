/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sources/tenant/graph.h"

G_BEGIN_DECLS

/* How members of JSON objects become facts. For the tenant-*.c files alone. */

/**
 * PresyncMember: what a member of an object holds
 *
 * A member that is there and null is not the same as one that was not told.
 */
typedef enum
{
  PRESYNC_MEMBER_MISSING,
  PRESYNC_MEMBER_NULL,
  PRESYNC_MEMBER_WRONG, /* of another type */
  PRESYNC_MEMBER_THERE,
} PresyncMember;

/* @object: (nullable). Each sets its (out) only with %PRESYNC_MEMBER_THERE; texts are (transfer
 * none) and belong to @object. */
PresyncMember presync_member_text (JsonObject *object, const char *name, const char **text);
PresyncMember presync_member_flag (JsonObject *object, const char *name, gboolean *flag);
PresyncMember presync_member_integer (JsonObject *object, const char *name, gint64 *integer);
PresyncMember presync_member_array (JsonObject *object, const char *name, JsonArray **array);
PresyncMember presync_member_object (JsonObject *object, const char *name, JsonObject **child);

/* (transfer none) (nullable): the text, if there is one */
const char *presync_member_get_text (JsonObject *object, const char *name);
/* (transfer full): @text (nullable) as it may be shown: of bounded length, without line breaks and
 * other characters that nobody sees; %NULL stays %NULL */
char *presync_member_dup_plain (const char *text);
/* (transfer none) (nullable): the object at @i, if it is one */
JsonObject *presync_member_get_object_at (JsonArray *array, guint i);

/**
 * PresyncTenantAsker: whom the facts of one answer are about. Plain data.
 * @answer: (nullable): %NULL if it was not asked
 * @origin: (nullable): of yes, no and lists, if another than @answer's
 */
typedef struct
{
  const char *subject;
  const PresyncGraphAnswer *answer;
  GPtrArray *facts;
  PresyncOrigin *origin;
} PresyncTenantAsker;

/* (transfer full): @answer's origin, but complete: of a refusal that says all there is to say, such
 * as that there is no such object */
PresyncOrigin *presync_tenant_asker_dup_whole (const PresyncTenantAsker *self);

/* Adds an unknown fact: with the answer's reason if it was not read, else because @member is
 * missing, null or of another type. */
void presync_tenant_asker_add_unknown (const PresyncTenantAsker *self, const char *key,
                                       const char *member, PresyncMember state);
/* Adds an unknown fact with another reason. @detail: a sentence */
void presync_tenant_asker_add_reason (const PresyncTenantAsker *self, const char *key,
                                      PresyncUnknown reason, const char *detail);
/* @why: (nullable): a sentence that tells why it is so */
void presync_tenant_asker_add_flag (const PresyncTenantAsker *self, const char *key, gboolean flag,
                                    const char *why);
/* @list: (element-type utf8): becomes NULL-terminated, sorted and without doubles; what
 * is told of it is plain */
void presync_tenant_asker_add_list (const PresyncTenantAsker *self, const char *key,
                                    GPtrArray *list);

G_END_DECLS
