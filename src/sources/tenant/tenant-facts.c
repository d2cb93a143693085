/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sources/tenant/tenant-facts.h"

#include <glib/gi18n.h>

#include "sources/tenant/tenant-member.h"

static PresyncTenantAsker
presync_tenant_read_ask (const PresyncTenantRead *self, PresyncGraphRead read, GPtrArray *facts)
{
  return (PresyncTenantAsker){ .subject = self->subject,
                               .answer = self->answers[read],
                               .facts = facts };
}

/* (nullable): the object that an answer is */
static JsonObject *
presync_tenant_read_get_object (const PresyncTenantRead *self, PresyncGraphRead read)
{
  const PresyncGraphAnswer *answer = self->answers[read];

  return answer != NULL && answer->body != NULL && JSON_NODE_HOLDS_OBJECT (answer->body)
             ? json_node_get_object (answer->body)
             : NULL;
}

JsonObject *
presync_tenant_read_get_organization (const PresyncTenantRead *self, PresyncGraphRead read)
{
  const PresyncGraphAnswer *answer = self->answers[read];

  if (answer == NULL || answer->items == NULL)
    return NULL;
  for (guint i = 0; i < json_array_get_length (answer->items); i++)
    {
      JsonObject *item = presync_member_get_object_at (answer->items, i);
      const char *id = presync_member_get_text (item, "id");

      /* The quota is asked for alone, without an id; a token is of one tenant anyway. */
      if (item != NULL
          && (id == NULL || self->tenant == NULL || g_ascii_strcasecmp (id, self->tenant) == 0))
        return item;
    }
  return NULL;
}

static void
presync_tenant_read_add_text (const PresyncTenantAsker *ask, JsonObject *object, const char *member,
                              const char *key)
{
  const char *text = NULL;
  PresyncMember state = presync_member_text (object, member, &text);
  g_autofree char *plain = presync_member_dup_plain (text);

  if (state == PRESYNC_MEMBER_THERE)
    g_ptr_array_add (ask->facts,
                     presync_fact_new_text (key, ask->subject, plain, ask->answer->origin));
  else
    presync_tenant_asker_add_unknown (ask, key, member, state);
}

/* "DateTimeOffset": ISO 8601 with a time zone */
static void
presync_tenant_read_add_time (const PresyncTenantAsker *ask, JsonObject *object, const char *member,
                              const char *key)
{
  const char *text = NULL;
  PresyncMember state = presync_member_text (object, member, &text);
  g_autoptr (GDateTime) time
      = state == PRESYNC_MEMBER_THERE ? g_date_time_new_from_iso8601 (text, NULL) : NULL;

  if (time != NULL)
    g_ptr_array_add (ask->facts,
                     presync_fact_new_time (key, ask->subject, time, ask->answer->origin));
  else
    presync_tenant_asker_add_unknown (ask, key, member,
                                      state == PRESYNC_MEMBER_THERE ? PRESYNC_MEMBER_WRONG : state);
}

/* true: active; false: was once; null: never was */
static void
presync_tenant_read_add_sync (const PresyncTenantAsker *ask, JsonObject *organization)
{
  gboolean active = FALSE;
  PresyncMember state = presync_member_flag (organization, "onPremisesSyncEnabled", &active);

  if (state == PRESYNC_MEMBER_THERE || state == PRESYNC_MEMBER_NULL)
    presync_tenant_asker_add_flag (ask, "tenant.active-sync", active, NULL);
  else
    presync_tenant_asker_add_unknown (ask, "tenant.active-sync", "onPremisesSyncEnabled", state);
  /* A tenant that was never synchronized has no last time. */
  if (organization == NULL || !json_object_has_member (organization, "onPremisesLastSyncDateTime")
      || !json_object_get_null_member (organization, "onPremisesLastSyncDateTime"))
    presync_tenant_read_add_time (ask, organization, "onPremisesLastSyncDateTime",
                                  "tenant.last-sync");
}

/* (transfer container) (nullable): names in "verifiedDomains", those of a type only if @type is
 * given; %NULL if it holds something else, which @state tells */
static GPtrArray *
presync_tenant_read_list_domains (JsonObject *organization, const char *type, PresyncMember *state)
{
  g_autoptr (GPtrArray) names = g_ptr_array_new ();
  JsonArray *domains = NULL;

  *state = presync_member_array (organization, "verifiedDomains", &domains);
  if (*state != PRESYNC_MEMBER_THERE)
    return NULL;
  for (guint i = 0; i < json_array_get_length (domains); i++)
    {
      JsonObject *domain = presync_member_get_object_at (domains, i);
      const char *name = presync_member_get_text (domain, "name");
      const char *kind = presync_member_get_text (domain, "type");

      if (name == NULL || (type != NULL && kind == NULL))
        {
          *state = PRESYNC_MEMBER_WRONG;
          return NULL;
        }
      if (type == NULL || g_ascii_strcasecmp (kind, type) == 0)
        g_ptr_array_add (names, (gpointer) name);
    }
  return g_steal_pointer (&names);
}

/* (transfer container): names in "verifiedDomains", which is as it should be, that the tenant was
 * made with; NULL-terminated */
static GPtrArray *
presync_tenant_read_list_initial (JsonObject *organization)
{
  GPtrArray *names = g_ptr_array_new ();
  JsonArray *domains = NULL;

  presync_member_array (organization, "verifiedDomains", &domains);
  for (guint i = 0; domains != NULL && i < json_array_get_length (domains); i++)
    {
      JsonObject *domain = presync_member_get_object_at (domains, i);
      gboolean initial = FALSE;

      if (presync_member_flag (domain, "isInitial", &initial) == PRESYNC_MEMBER_THERE && initial)
        g_ptr_array_add (names, (gpointer) presync_member_get_text (domain, "name"));
    }
  g_ptr_array_add (names, NULL);
  return names;
}

static void
presync_tenant_read_add_domains (const PresyncTenantAsker *ask, JsonObject *organization,
                                 const PresyncTenantNames *known)
{
  static const struct
  {
    const char *key;
    const char *type;
  } lists[] = { { "tenant.federated-domains", "Federated" }, { "tenant.verified-domains", NULL } };
  g_autoptr (GPtrArray) names = NULL;
  g_autoptr (GPtrArray) initial = NULL;
  PresyncTenantVerified verified = { .names = NULL };

  for (gsize i = 0; i < G_N_ELEMENTS (lists); i++)
    {
      PresyncMember state;

      g_clear_pointer (&names, g_ptr_array_unref);
      names = presync_tenant_read_list_domains (organization, lists[i].type, &state);
      if (names != NULL)
        presync_tenant_asker_add_list (ask, lists[i].key, names);
      else
        presync_tenant_asker_add_unknown (ask, lists[i].key, "verifiedDomains", state);
    }
  if (names != NULL)
    {
      initial = presync_tenant_read_list_initial (organization);
      verified = (PresyncTenantVerified){ .names = (const char *const *) names->pdata,
                                          .initial = (const char *const *) initial->pdata,
                                          .origin = ask->answer->origin };
    }
  /* Without that list, what anybody may know still counts. */
  presync_tenant_names_add_shared (known, names != NULL ? &verified : NULL, ask->facts);
}

static void
presync_tenant_read_add_organization (const PresyncTenantRead *self,
                                      const PresyncTenantNames *names, GPtrArray *facts)
{
  PresyncTenantAsker ask = presync_tenant_read_ask (self, PRESYNC_GRAPH_ORGANIZATION, facts);
  JsonObject *organization
      = presync_tenant_read_get_organization (self, PRESYNC_GRAPH_ORGANIZATION);

  presync_tenant_read_add_text (&ask, organization, "displayName", "tenant.name");
  presync_tenant_read_add_text (&ask, organization, "tenantType", "tenant.kind");
  presync_tenant_read_add_time (&ask, organization, "createdDateTime", "tenant.created");
  presync_tenant_read_add_sync (&ask, organization);
  presync_tenant_read_add_domains (&ask, organization, names);
}

static void
presync_tenant_read_add_quota (const PresyncTenantRead *self, GPtrArray *facts)
{
  static const char *const keys[]
      = { "tenant.quota-used", "tenant.quota-total", "tenant.quota-left" };
  PresyncTenantAsker ask = presync_tenant_read_ask (self, PRESYNC_GRAPH_QUOTA, facts);
  JsonObject *quota = NULL;
  gint64 values[3] = { 0, 0, 0 };
  PresyncMember state
      = presync_member_object (presync_tenant_read_get_organization (self, PRESYNC_GRAPH_QUOTA),
                               "directorySizeQuota", &quota);

  if (state == PRESYNC_MEMBER_THERE)
    state = presync_member_integer (quota, "used", &values[0]);
  if (state == PRESYNC_MEMBER_THERE)
    state = presync_member_integer (quota, "total", &values[1]);
  if (state == PRESYNC_MEMBER_THERE && (values[0] < 0 || values[1] < 0))
    state = PRESYNC_MEMBER_WRONG;
  /* Below zero if the tenant holds more than it may. */
  values[2] = values[1] - values[0];
  for (gsize i = 0; i < G_N_ELEMENTS (keys); i++)
    if (state == PRESYNC_MEMBER_THERE)
      g_ptr_array_add (
          facts, presync_fact_new_integer (keys[i], self->subject, values[i], ask.answer->origin));
    else
      presync_tenant_asker_add_unknown (&ask, keys[i], "directorySizeQuota", state);
}

/* The object is told as the first of a list, or by itself. */
static void
presync_tenant_read_add_features (const PresyncTenantRead *self, GPtrArray *facts)
{
  static const struct
  {
    const char *key;
    const char *member;
  } features[] = {
    { "tenant.soft-match-blocked", "blockSoftMatchEnabled" },
    { "tenant.hard-match-blocked", "blockCloudObjectTakeoverThroughHardMatchEnabled" },
  };
  PresyncTenantAsker ask = presync_tenant_read_ask (self, PRESYNC_GRAPH_FEATURES, facts);
  JsonObject *object = presync_tenant_read_get_object (self, PRESYNC_GRAPH_FEATURES);
  JsonObject *members = NULL;
  JsonArray *list = NULL;
  PresyncMember state;

  if (presync_member_array (object, "value", &list) == PRESYNC_MEMBER_THERE)
    object = json_array_get_length (list) > 0 ? presync_member_get_object_at (list, 0) : NULL;
  state = presync_member_object (object, "features", &members);
  for (gsize i = 0; i < G_N_ELEMENTS (features); i++)
    {
      gboolean blocked = FALSE;
      PresyncMember flag = state == PRESYNC_MEMBER_THERE
                               ? presync_member_flag (members, features[i].member, &blocked)
                               : state;

      if (flag == PRESYNC_MEMBER_THERE)
        presync_tenant_asker_add_flag (&ask, features[i].key, blocked, NULL);
      else
        presync_tenant_asker_add_unknown (&ask, features[i].key, features[i].member, flag);
    }
}

/* Does a subscription hold Microsoft Entra ID P1, or P2, which has all of P1? Source: Microsoft,
 * "Product names and service plan identifiers for licensing". */
static PresyncMember
presync_tenant_read_judge_licence (JsonObject *subscription, gboolean *premium)
{
  JsonArray *plans = NULL;
  const char *capability = NULL;
  PresyncMember state = presync_member_text (subscription, "capabilityStatus", &capability);

  if (state == PRESYNC_MEMBER_THERE)
    state = presync_member_array (subscription, "servicePlans", &plans);
  if (state != PRESYNC_MEMBER_THERE)
    return state;
  /* "Warning" is the time of grace after its end. */
  if (g_ascii_strcasecmp (capability, "Enabled") != 0
      && g_ascii_strcasecmp (capability, "Warning") != 0)
    return state;
  for (guint i = 0; i < json_array_get_length (plans); i++)
    {
      JsonObject *plan = presync_member_get_object_at (plans, i);
      const char *name = presync_member_get_text (plan, "servicePlanName");
      const char *status = presync_member_get_text (plan, "provisioningStatus");

      if (name == NULL || status == NULL)
        state = PRESYNC_MEMBER_WRONG;
      else if ((g_ascii_strcasecmp (name, "AAD_PREMIUM") == 0
                || g_ascii_strcasecmp (name, "AAD_PREMIUM_P2") == 0)
               && g_ascii_strcasecmp (status, "Success") == 0)
        *premium = TRUE;
    }
  return state;
}

static void
presync_tenant_read_add_licence (const PresyncTenantRead *self, GPtrArray *facts)
{
  PresyncTenantAsker ask = presync_tenant_read_ask (self, PRESYNC_GRAPH_LICENCES, facts);
  JsonArray *items = ask.answer != NULL ? ask.answer->items : NULL;
  PresyncMember state = items != NULL ? PRESYNC_MEMBER_THERE : PRESYNC_MEMBER_MISSING;
  gboolean premium = FALSE;

  for (guint i = 0; items != NULL && i < json_array_get_length (items); i++)
    {
      PresyncMember one
          = presync_tenant_read_judge_licence (presync_member_get_object_at (items, i), &premium);

      state = one == PRESYNC_MEMBER_THERE ? state : PRESYNC_MEMBER_WRONG;
    }
  /* One that is there is there, whatever else the list holds. */
  if (premium
      || (state == PRESYNC_MEMBER_THERE && presync_origin_get_complete (ask.answer->origin)))
    presync_tenant_asker_add_flag (&ask, "tenant.premium-licence", premium, NULL);
  else if (state == PRESYNC_MEMBER_THERE)
    presync_tenant_asker_add_reason (&ask, "tenant.premium-licence", PRESYNC_UNKNOWN_PARTIAL,
                                     _ ("Not all licences were read."));
  else
    presync_tenant_asker_add_unknown (&ask, "tenant.premium-licence", "servicePlans", state);
}

static void
presync_tenant_read_add_sync_accounts (const PresyncTenantRead *self, GPtrArray *facts)
{
  PresyncTenantAsker ask = presync_tenant_read_ask (self, PRESYNC_GRAPH_SYNC_ACCOUNTS, facts);

  if (ask.answer != NULL && ask.answer->items != NULL)
    g_ptr_array_add (facts, presync_fact_new_integer ("tenant.sync-accounts", self->subject,
                                                      json_array_get_length (ask.answer->items),
                                                      ask.answer->origin));
  /* A role that nobody was ever given is not in the tenant yet. */
  else if (presync_graph_answer_is_missing (ask.answer))
    {
      g_autoptr (PresyncOrigin) whole = presync_tenant_asker_dup_whole (&ask);

      g_ptr_array_add (facts,
                       presync_fact_new_integer ("tenant.sync-accounts", self->subject, 0, whole));
    }
  else
    presync_tenant_asker_add_unknown (&ask, "tenant.sync-accounts", "value",
                                      PRESYNC_MEMBER_MISSING);
}

char *
presync_tenant_read_dup_person (const PresyncTenantRead *self)
{
  JsonObject *me = presync_tenant_read_get_object (self, PRESYNC_GRAPH_ME);
  g_autofree char *name = presync_member_dup_plain (presync_member_get_text (me, "displayName"));
  g_autofree char *upn
      = presync_member_dup_plain (presync_member_get_text (me, "userPrincipalName"));

  if (name != NULL && name[0] != '\0' && upn != NULL)
    return g_strdup_printf ("%s (%s)", name, upn);
  return g_steal_pointer (&upn);
}

char *
presync_tenant_read_dup_name (const PresyncTenantRead *self)
{
  return presync_member_dup_plain (presync_member_get_text (
      presync_tenant_read_get_organization (self, PRESYNC_GRAPH_ORGANIZATION), "displayName"));
}

void
presync_tenant_read_add_facts (const PresyncTenantRead *self, const PresyncTenantNames *names,
                               GPtrArray *facts)
{
  PresyncTenantAsker ask;
  g_autofree char *person = NULL;

  g_return_if_fail (self != NULL && names != NULL && facts != NULL);
  ask = presync_tenant_read_ask (self, PRESYNC_GRAPH_ME, facts);
  person = presync_tenant_read_dup_person (self);
  if (person != NULL)
    g_ptr_array_add (facts, presync_fact_new_text ("tenant.signed-in-as", self->subject, person,
                                                   ask.answer->origin));
  else
    presync_tenant_asker_add_unknown (&ask, "tenant.signed-in-as", "userPrincipalName",
                                      PRESYNC_MEMBER_MISSING);
  presync_tenant_read_add_organization (self, names, facts);
  presync_tenant_read_add_quota (self, facts);
  presync_tenant_read_add_features (self, facts);
  presync_tenant_read_add_licence (self, facts);
  presync_tenant_read_add_sync_accounts (self, facts);
  presync_tenant_read_add_admin (self, facts);
}
