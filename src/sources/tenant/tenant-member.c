/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sources/tenant/tenant-member.h"

#include <string.h>
#include <glib/gi18n.h>

/* Names in Microsoft Entra have at most 256 characters. */
#define PLAIN_MAX 256

/* @node: (out): set if the member holds something */
static PresyncMember
presync_member_find (JsonObject *object, const char *name, JsonNode **node)
{
  if (object == NULL)
    return PRESYNC_MEMBER_MISSING;
  *node = json_object_get_member (object, name);
  if (*node == NULL)
    return PRESYNC_MEMBER_MISSING;
  return JSON_NODE_HOLDS_NULL (*node) ? PRESYNC_MEMBER_NULL : PRESYNC_MEMBER_THERE;
}

/* The same for a value of type @type */
static PresyncMember
presync_member_find_value (JsonObject *object, const char *name, GType type, JsonNode **node)
{
  PresyncMember state = presync_member_find (object, name, node);

  if (state == PRESYNC_MEMBER_THERE
      && (!JSON_NODE_HOLDS_VALUE (*node) || json_node_get_value_type (*node) != type))
    return PRESYNC_MEMBER_WRONG;
  return state;
}

PresyncMember
presync_member_text (JsonObject *object, const char *name, const char **text)
{
  JsonNode *node = NULL;
  PresyncMember state = presync_member_find_value (object, name, G_TYPE_STRING, &node);

  if (state == PRESYNC_MEMBER_THERE)
    *text = json_node_get_string (node);
  return state;
}

PresyncMember
presync_member_flag (JsonObject *object, const char *name, gboolean *flag)
{
  JsonNode *node = NULL;
  PresyncMember state = presync_member_find_value (object, name, G_TYPE_BOOLEAN, &node);

  if (state == PRESYNC_MEMBER_THERE)
    *flag = json_node_get_boolean (node);
  return state;
}

PresyncMember
presync_member_integer (JsonObject *object, const char *name, gint64 *integer)
{
  JsonNode *node = NULL;
  PresyncMember state = presync_member_find_value (object, name, G_TYPE_INT64, &node);

  if (state == PRESYNC_MEMBER_THERE)
    *integer = json_node_get_int (node);
  return state;
}

PresyncMember
presync_member_array (JsonObject *object, const char *name, JsonArray **array)
{
  JsonNode *node = NULL;
  PresyncMember state = presync_member_find (object, name, &node);

  if (state != PRESYNC_MEMBER_THERE)
    return state;
  if (!JSON_NODE_HOLDS_ARRAY (node))
    return PRESYNC_MEMBER_WRONG;
  *array = json_node_get_array (node);
  return state;
}

PresyncMember
presync_member_object (JsonObject *object, const char *name, JsonObject **child)
{
  JsonNode *node = NULL;
  PresyncMember state = presync_member_find (object, name, &node);

  if (state != PRESYNC_MEMBER_THERE)
    return state;
  if (!JSON_NODE_HOLDS_OBJECT (node))
    return PRESYNC_MEMBER_WRONG;
  *child = json_node_get_object (node);
  return state;
}

const char *
presync_member_get_text (JsonObject *object, const char *name)
{
  const char *text = NULL;

  return presync_member_text (object, name, &text) == PRESYNC_MEMBER_THERE ? text : NULL;
}

char *
presync_member_dup_plain (const char *text)
{
  GString *plain;
  guint n = 0;

  if (text == NULL)
    return NULL;
  plain = g_string_new (NULL);
  for (const char *p = text; *p != '\0' && n < PLAIN_MAX; p = g_utf8_next_char (p), n++)
    {
      gunichar c = g_utf8_get_char (p);

      /* Characters of format turn the direction of text. */
      g_string_append_unichar (
          plain, g_unichar_isprint (c) && g_unichar_type (c) != G_UNICODE_FORMAT ? c : ' ');
    }
  if (n == PLAIN_MAX)
    g_string_append (plain, "…");
  return g_string_free (plain, FALSE);
}

JsonObject *
presync_member_get_object_at (JsonArray *array, guint i)
{
  JsonNode *node = json_array_get_element (array, i);

  return JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
}

void
presync_tenant_asker_add_reason (const PresyncTenantAsker *self, const char *key,
                                 PresyncUnknown reason, const char *detail)
{
  g_autoptr (PresyncOrigin) nothing = NULL;
  g_autoptr (GDateTime) now = NULL;
  PresyncOrigin *origin = self->answer != NULL ? self->answer->origin : NULL;

  if (origin == NULL)
    {
      now = g_date_time_new_now_utc ();
      nothing = presync_origin_new ("tenant", self->subject, "", now, FALSE);
    }
  g_ptr_array_add (self->facts, presync_fact_new_unknown (key, self->subject, reason, detail,
                                                          origin != NULL ? origin : nothing));
}

void
presync_tenant_asker_add_unknown (const PresyncTenantAsker *self, const char *key,
                                  const char *member, PresyncMember state)
{
  g_autofree char *detail = NULL;

  if (self->answer == NULL)
    presync_tenant_asker_add_reason (self, key, PRESYNC_UNKNOWN_FAILED,
                                     _ ("It was not asked, because an earlier question failed."));
  else if (self->answer->unknown != PRESYNC_UNKNOWN_NONE)
    presync_tenant_asker_add_reason (self, key, self->answer->unknown, self->answer->detail);
  else if (state == PRESYNC_MEMBER_WRONG)
    {
      detail = g_strdup_printf (_ ("Microsoft Graph answered with something else than expected in "
                                   "“%s”."),
                                member);
      presync_tenant_asker_add_reason (self, key, PRESYNC_UNKNOWN_MALFORMED, detail);
    }
  else
    {
      detail = g_strdup_printf (_ ("Microsoft Graph did not tell “%s”."), member);
      presync_tenant_asker_add_reason (self, key, PRESYNC_UNKNOWN_NOT_OFFERED, detail);
    }
}

PresyncOrigin *
presync_tenant_asker_dup_whole (const PresyncTenantAsker *self)
{
  PresyncOrigin *origin = self->answer->origin;

  return presync_origin_new ("tenant", presync_origin_get_target (origin),
                             presync_origin_get_query (origin), presync_origin_get_at (origin),
                             TRUE);
}

static PresyncOrigin *
presync_tenant_asker_get_origin (const PresyncTenantAsker *self)
{
  return self->origin != NULL ? self->origin : self->answer->origin;
}

void
presync_tenant_asker_add_flag (const PresyncTenantAsker *self, const char *key, gboolean flag,
                               const char *why)
{
  g_ptr_array_add (self->facts,
                   presync_fact_new_boolean_because (key, self->subject, flag, why,
                                                     presync_tenant_asker_get_origin (self)));
}

static int
presync_tenant_asker_compare_cb (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

void
presync_tenant_asker_add_list (const PresyncTenantAsker *self, const char *key, GPtrArray *list)
{
  g_autoptr (GPtrArray) plain = g_ptr_array_new_with_free_func (g_free);

  g_ptr_array_sort (list, presync_tenant_asker_compare_cb);
  for (guint i = list->len; i > 1; i--)
    if (strcmp (g_ptr_array_index (list, i - 1), g_ptr_array_index (list, i - 2)) == 0)
      g_ptr_array_remove_index (list, i - 1);
  for (guint i = 0; i < list->len; i++)
    g_ptr_array_add (plain, presync_member_dup_plain (g_ptr_array_index (list, i)));
  g_ptr_array_add (plain, NULL);
  g_ptr_array_add (list, NULL);
  g_ptr_array_add (self->facts,
                   presync_fact_new_list (key, self->subject, (const char *const *) plain->pdata,
                                          presync_tenant_asker_get_origin (self)));
}
