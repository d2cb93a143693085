/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sources/tenant/tenant-facts.h"

#include <string.h>
#include <glib/gi18n.h>

#include "sources/tenant/tenant-member.h"

/* The tenant of personal Microsoft accounts */
#define CONSUMER_TENANT "9188040d-6c67-4c5b-b112-36a304b66dad"
/* What Graph answers in a tenant without Microsoft Entra ID P2: nothing can be activated there. */
#define LICENCE_MISSING "AadPremiumLicenseRequired"

/* Template ids of built-in roles, the same in every tenant. Source: "Microsoft Entra built-in
 * roles". @enough: counts as Hybrid Identity Administrator */
static const struct
{
  const char *id;
  const char *name;
  gboolean enough;
} roles[] = {
  { "8ac3fc64-6eca-42ea-9e69-59f4c7b60eb2", "Hybrid Identity Administrator", TRUE },
  { "62e90394-69f5-4237-9190-012177145e10", "Global Administrator", TRUE },
  { "8329153b-31d0-4727-b945-745eb3bc5f31", "Domain Name Administrator", FALSE },
  { "d29b2b05-8046-44ba-8758-1e26182fcf32", "Directory Synchronization Accounts", FALSE },
  { "a92aed5d-d78a-4d16-b381-09adb37eb3b0", "On Premises Directory Sync Account", FALSE },
};

/* What reads tell of a role. @names: (element-type utf8) of all roles; @held: of one that is
 * enough; @in_part: of one that would be, were it not for a part of the tenant only; @wrong: an
 * item is not as it should be */
typedef struct
{
  const PresyncGraphAnswer *answer;
  GPtrArray *names;
  gboolean held;
  gboolean in_part;
  gboolean wrong;
} PresyncTenantRoles;

static void
presync_tenant_roles_clear (PresyncTenantRoles *self)
{
  g_clear_pointer (&self->names, g_ptr_array_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (PresyncTenantRoles, presync_tenant_roles_clear)

/* Has it told, by refusing, that there is none? */
static gboolean
presync_tenant_roles_is_unlicensed (const PresyncTenantRoles *self)
{
  return self->answer != NULL && g_strcmp0 (self->answer->code, LICENCE_MISSING) == 0;
}

/* Has it told all there is? */
static gboolean
presync_tenant_roles_is_whole (const PresyncTenantRoles *self)
{
  if (presync_tenant_roles_is_unlicensed (self))
    return TRUE;
  return self->answer != NULL && self->answer->items != NULL && !self->wrong
         && presync_origin_get_complete (self->answer->origin);
}

/* (nullable): why what it tells is a "no", if a role for a part of the tenant is why */
static const char *
presync_tenant_roles_explain_part (const PresyncTenantRoles *self)
{
  return self->in_part && !self->held
             ? _ ("The role holds for an administrative unit only, not for the tenant.")
             : NULL;
}

static gboolean
presync_tenant_roles_is_enough (const char *id)
{
  for (gsize i = 0; i < G_N_ELEMENTS (roles); i++)
    if (g_ascii_strcasecmp (roles[i].id, id) == 0)
      return roles[i].enough;
  return FALSE;
}

/* @name: (nullable): of the role, as the tenant tells it */
static void
presync_tenant_roles_add (PresyncTenantRoles *self, const char *id, const char *name)
{
  for (gsize i = 0; i < G_N_ELEMENTS (roles); i++)
    if (g_ascii_strcasecmp (roles[i].id, id) == 0)
      {
        self->held = self->held || roles[i].enough;
        name = roles[i].name;
      }
  g_ptr_array_add (self->names, (gpointer) (name != NULL ? name : id));
}

/* The active ones, directly or through a group: objects "directoryRole" */
static void
presync_tenant_roles_take_active (PresyncTenantRoles *self, const PresyncGraphAnswer *answer)
{
  self->answer = answer;
  self->names = g_ptr_array_new ();
  for (guint i = 0;
       answer != NULL && answer->items != NULL && i < json_array_get_length (answer->items); i++)
    {
      JsonObject *item = presync_member_get_object_at (answer->items, i);
      const char *id = presync_member_get_text (item, "roleTemplateId");

      if (id == NULL)
        self->wrong = TRUE;
      else
        presync_tenant_roles_add (self, id, presync_member_get_text (item, "displayName"));
    }
}

/* "unifiedRoleAssignment" and "unifiedRoleEligibilityScheduleInstance". @principals: (element-type
 * utf8): whose, in lower case; others are passed over, and what holds in a part of the tenant is
 * only remembered */
static void
presync_tenant_roles_take (PresyncTenantRoles *self, const PresyncGraphAnswer *answer,
                           GHashTable *principals)
{
  self->answer = answer;
  if (self->names == NULL)
    self->names = g_ptr_array_new ();
  for (guint i = 0;
       answer != NULL && answer->items != NULL && i < json_array_get_length (answer->items); i++)
    {
      JsonObject *item = presync_member_get_object_at (answer->items, i);
      JsonObject *definition = NULL;
      const char *principal = presync_member_get_text (item, "principalId");
      const char *scope = presync_member_get_text (item, "directoryScopeId");
      const char *id = presync_member_get_text (item, "roleDefinitionId");
      const char *template = NULL;
      g_autofree char *lower = principal != NULL ? g_ascii_strdown (principal, -1) : NULL;

      if (lower == NULL || id == NULL)
        {
          self->wrong = TRUE;
          continue;
        }
      if (!g_hash_table_contains (principals, lower))
        continue;
      presync_member_object (item, "roleDefinition", &definition);
      template = presync_member_get_text (definition, "templateId");
      template = template != NULL ? template : id;
      if (g_strcmp0 (scope, "/") == 0)
        presync_tenant_roles_add (self, template,
                                  presync_member_get_text (definition, "displayName"));
      else if (scope != NULL && g_str_has_prefix (scope, "/administrativeUnits/"))
        self->in_part = self->in_part || presync_tenant_roles_is_enough (template);
    }
}

/* (nullable): the answer that tells who the administrator is */
static const PresyncGraphAnswer *
presync_tenant_read_get_person (const PresyncTenantRead *self)
{
  return self->answers[presync_tenant_read_is_me (self) ? PRESYNC_GRAPH_ME : PRESYNC_GRAPH_USER];
}

static JsonObject *
presync_tenant_read_get_user (const PresyncTenantRead *self)
{
  const PresyncGraphAnswer *answer = presync_tenant_read_get_person (self);

  return answer != NULL && answer->body != NULL && JSON_NODE_HOLDS_OBJECT (answer->body)
             ? json_node_get_object (answer->body)
             : NULL;
}

gboolean
presync_tenant_read_is_me (const PresyncTenantRead *self)
{
  const PresyncGraphAnswer *me = self->answers[PRESYNC_GRAPH_ME];
  const char *upn = NULL;
  g_autofree char *asked = NULL;
  g_autofree char *told = NULL;

  if (self->admin == NULL)
    return TRUE;
  if (me != NULL && me->body != NULL && JSON_NODE_HOLDS_OBJECT (me->body))
    upn = presync_member_get_text (json_node_get_object (me->body), "userPrincipalName");
  if (upn == NULL)
    return FALSE;
  asked = g_utf8_casefold (self->admin, -1);
  told = g_utf8_casefold (upn, -1);
  return strcmp (asked, told) == 0;
}

char *
presync_tenant_read_dup_admin_id (const PresyncTenantRead *self)
{
  const char *id = presync_member_get_text (presync_tenant_read_get_user (self), "id");

  return id != NULL && g_uuid_string_is_valid (id) ? g_ascii_strdown (id, -1) : NULL;
}

/* (transfer full): ids, in lower case. @id: (nullable): the first, in lower case */
static GHashTable *
presync_tenant_read_new_principals (const char *id)
{
  GHashTable *set = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  if (id != NULL)
    g_hash_table_add (set, g_strdup (id));
  return set;
}

/* @groups: (out): ids of the groups of the administrator, in lower case. %FALSE if not all are
 * known */
static gboolean
presync_tenant_read_fill_groups (const PresyncTenantRead *self, GHashTable *groups)
{
  const PresyncGraphAnswer *answer = self->answers[PRESYNC_GRAPH_GROUPS];
  gboolean whole
      = answer != NULL && answer->items != NULL && presync_origin_get_complete (answer->origin);

  for (guint i = 0;
       answer != NULL && answer->items != NULL && i < json_array_get_length (answer->items); i++)
    {
      const char *id
          = presync_member_get_text (presync_member_get_object_at (answer->items, i), "id");

      if (id != NULL)
        g_hash_table_add (groups, g_ascii_strdown (id, -1));
      else
        whole = FALSE;
    }
  return whole;
}

/* Does anybody but the user itself hold it? Then it may be a group of the user. */
static gboolean
presync_tenant_read_has_other_holders (const PresyncTenantRead *self, const char *id)
{
  const PresyncGraphAnswer *answer = self->answers[PRESYNC_GRAPH_HOLDERS];

  for (guint i = 0;
       answer != NULL && answer->items != NULL && i < json_array_get_length (answer->items); i++)
    {
      const char *principal = presync_member_get_text (
          presync_member_get_object_at (answer->items, i), "principalId");

      if (principal == NULL || g_ascii_strcasecmp (principal, id) != 0)
        return TRUE;
    }
  return FALSE;
}

gboolean
presync_tenant_read_needs_groups (const PresyncTenantRead *self)
{
  g_autofree char *id = presync_tenant_read_dup_admin_id (self);
  g_autoptr (GHashTable) principals = presync_tenant_read_new_principals (id);
  g_auto (PresyncTenantRoles) active = { 0 };
  g_auto (PresyncTenantRoles) assigned = { 0 };
  g_auto (PresyncTenantRoles) eligible = { 0 };

  if (id == NULL)
    return FALSE;
  presync_tenant_roles_take_active (&active, self->answers[PRESYNC_GRAPH_ROLES]);
  presync_tenant_roles_take (&assigned, self->answers[PRESYNC_GRAPH_ASSIGNMENTS], principals);
  presync_tenant_roles_take (&eligible, self->answers[PRESYNC_GRAPH_ELIGIBLE], principals);
  return !active.held && !assigned.held && !eligible.held
         && presync_tenant_roles_is_whole (&eligible) && eligible.answer->items != NULL;
}

gboolean
presync_tenant_read_is_through_group (const PresyncTenantRead *self)
{
  g_autofree char *id = presync_tenant_read_dup_admin_id (self);
  g_autoptr (GHashTable) principals = presync_tenant_read_new_principals (id);
  g_auto (PresyncTenantRoles) active = { 0 };
  g_auto (PresyncTenantRoles) assigned = { 0 };

  presync_tenant_roles_take_active (&active, self->answers[PRESYNC_GRAPH_ROLES]);
  presync_tenant_roles_take (&assigned, self->answers[PRESYNC_GRAPH_ASSIGNMENTS], principals);
  return id != NULL && active.held && !assigned.held && presync_tenant_roles_is_whole (&assigned);
}

/* (transfer full) (nullable): through which group the role comes; only groups that were made for
 * that can hold one, and none that is within another. Source: "Use Microsoft Entra groups to manage
 * role assignments". */
static char *
presync_tenant_read_explain_indirect (const PresyncTenantRead *self)
{
  const PresyncGraphAnswer *answer = self->answers[PRESYNC_GRAPH_GROUPS];
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  g_autofree char *list = NULL;

  if (!presync_tenant_read_is_through_group (self))
    return NULL;
  for (guint i = 0;
       answer != NULL && answer->items != NULL && i < json_array_get_length (answer->items); i++)
    {
      JsonObject *group = presync_member_get_object_at (answer->items, i);
      const char *name = presync_member_get_text (group, "displayName");
      gboolean may_hold = FALSE;

      presync_member_flag (group, "isAssignableToRole", &may_hold);
      if (may_hold && name != NULL)
        g_ptr_array_add (names, presync_member_dup_plain (name));
    }
  if (names->len == 0 || !presync_origin_get_complete (answer->origin))
    return g_strdup (_ ("The role comes through a group."));
  if (names->len == 1)
    return g_strdup_printf (_ ("The role comes through the group “%s”."),
                            (const char *) names->pdata[0]);
  g_ptr_array_add (names, NULL);
  list = g_strjoinv ("”, “", (char **) names->pdata);
  return g_strdup_printf (_ ("The role comes through one of the groups “%s”."), list);
}

/* Whose facts they are, and which answer tells them; that of the person, if it is why another
 * question could not be asked */
static PresyncTenantAsker
presync_tenant_read_ask_about (const PresyncTenantRead *self, const char *subject,
                               const PresyncGraphAnswer *answer, GPtrArray *facts)
{
  return (PresyncTenantAsker){ .subject = subject,
                               .answer
                               = answer != NULL ? answer : presync_tenant_read_get_person (self),
                               .facts = facts };
}

/* A role: yes if it is there; no only if all was told; else unknown, for @roles' reason. @why:
 * (nullable): of a yes or no */
static void
presync_tenant_read_add_role (const PresyncTenantRead *self, const char *subject, const char *key,
                              const PresyncTenantRoles *told, const char *why, GPtrArray *facts)
{
  PresyncTenantAsker ask = presync_tenant_read_ask_about (self, subject, told->answer, facts);
  g_autoptr (PresyncOrigin) whole
      = presync_tenant_roles_is_unlicensed (told) ? presync_tenant_asker_dup_whole (&ask) : NULL;

  ask.origin = whole;
  if (told->answer != NULL && (told->held || presync_tenant_roles_is_whole (told)))
    presync_tenant_asker_add_flag (&ask, key, told->held, why);
  else if (told->answer != NULL && told->answer->items != NULL && !told->wrong)
    presync_tenant_asker_add_reason (&ask, key, PRESYNC_UNKNOWN_PARTIAL,
                                     _ ("Not all roles were read."));
  else
    presync_tenant_asker_add_unknown (&ask, key, "value",
                                      told->wrong ? PRESYNC_MEMBER_WRONG : PRESYNC_MEMBER_MISSING);
}

static void
presync_tenant_read_add_role_names (const PresyncTenantRead *self, const char *subject,
                                    const char *key, const PresyncTenantRoles *told,
                                    GPtrArray *facts)
{
  PresyncTenantAsker ask = presync_tenant_read_ask_about (self, subject, told->answer, facts);
  g_autoptr (PresyncOrigin) whole
      = presync_tenant_roles_is_unlicensed (told) ? presync_tenant_asker_dup_whole (&ask) : NULL;

  ask.origin = whole;
  if (told->answer != NULL && presync_tenant_roles_is_whole (told))
    presync_tenant_asker_add_list (&ask, key, told->names);
  else
    presync_tenant_asker_add_unknown (&ask, key, "value",
                                      told->wrong ? PRESYNC_MEMBER_WRONG : PRESYNC_MEMBER_MISSING);
}

static void
presync_tenant_read_add_active (const PresyncTenantRead *self, const char *subject,
                                GHashTable *principals, GPtrArray *facts)
{
  g_auto (PresyncTenantRoles) active = { 0 };
  g_auto (PresyncTenantRoles) direct = { 0 };
  g_autofree char *through = presync_tenant_read_explain_indirect (self);
  const char *part;

  presync_tenant_roles_take_active (&active, self->answers[PRESYNC_GRAPH_ROLES]);
  presync_tenant_roles_take (&direct, self->answers[PRESYNC_GRAPH_ASSIGNMENTS], principals);
  part = active.held ? NULL : presync_tenant_roles_explain_part (&direct);
  /* A direct one is active too, should the other list not say so (yet, or not at all). */
  presync_tenant_read_add_role (self, subject, "tenant.admin-role",
                                direct.held && !active.held ? &direct : &active, part, facts);
  presync_tenant_read_add_role (self, subject, "tenant.admin-role-direct", &direct,
                                part != NULL ? part : through, facts);
  for (guint i = 0; i < direct.names->len; i++)
    g_ptr_array_add (active.names, g_ptr_array_index (direct.names, i));
  presync_tenant_read_add_role_names (self, subject, "tenant.admin-roles", &active, facts);
}

/* (transfer none) (nullable): why a role may be activated, or not */
static const char *
presync_tenant_read_explain_eligible (const PresyncTenantRoles *eligible,
                                      const PresyncTenantRoles *through)
{
  if (through->held)
    return _ ("It can be activated through a group.");
  if (presync_tenant_roles_explain_part (eligible) != NULL)
    return presync_tenant_roles_explain_part (eligible);
  if (presync_tenant_roles_is_unlicensed (eligible))
    return _ ("Activating roles needs Microsoft Entra ID P2, which the tenant does not have.");
  /* Neither a hidden membership nor one that can be activated is among the groups of a user. */
  if (through->answer != NULL)
    return _ ("Memberships of groups that are hidden, or can be activated, were not looked for.");
  return NULL;
}

static void
presync_tenant_read_add_eligible (const PresyncTenantRead *self, const char *subject,
                                  const char *id, GHashTable *principals, GPtrArray *facts)
{
  static const char *const key = "tenant.admin-role-eligible";
  g_auto (PresyncTenantRoles) eligible = { 0 };
  g_auto (PresyncTenantRoles) through = { 0 };
  const PresyncGraphAnswer *holders = self->answers[PRESYNC_GRAPH_HOLDERS];
  gboolean whole = TRUE;

  presync_tenant_roles_take (&eligible, self->answers[PRESYNC_GRAPH_ELIGIBLE], principals);
  if (presync_tenant_read_needs_groups (self))
    {
      g_autoptr (GHashTable) groups = presync_tenant_read_new_principals (NULL);

      whole = presync_tenant_read_fill_groups (self, groups);
      presync_tenant_roles_take (&through, holders, groups);
      whole = presync_tenant_roles_is_whole (&through)
              && (whole || !presync_tenant_read_has_other_holders (self, id));
      for (guint i = 0; i < through.names->len; i++)
        g_ptr_array_add (eligible.names, g_ptr_array_index (through.names, i));
    }
  if (through.held || whole)
    presync_tenant_read_add_role (self, subject, key, through.held ? &through : &eligible,
                                  presync_tenant_read_explain_eligible (&eligible, &through),
                                  facts);
  else
    {
      const PresyncGraphAnswer *gap = holders == NULL || holders->items == NULL
                                          ? holders
                                          : self->answers[PRESYNC_GRAPH_GROUPS];
      PresyncTenantAsker ask = presync_tenant_read_ask_about (self, subject, gap, facts);

      presync_tenant_asker_add_reason (
          &ask, key, gap != NULL && gap->detail != NULL ? gap->unknown : PRESYNC_UNKNOWN_PARTIAL,
          gap != NULL && gap->detail != NULL
              ? gap->detail
              : _ ("Whether a group of the administrator may activate the role was not read."));
    }
  presync_tenant_read_add_role_names (self, subject, "tenant.admin-eligible-roles", &eligible,
                                      facts);
}

/* Two signs that know nothing of each other: what the tenant calls the user, and that it was
 * invited. Source: "Properties of a Microsoft Entra B2B collaboration user". */
static void
presync_tenant_read_add_guest (const PresyncTenantAsker *ask, JsonObject *user)
{
  const char *type = NULL;
  const char *upn = presync_member_get_text (user, "userPrincipalName");
  const char *creation = presync_member_get_text (user, "creationType");
  const char *sign = NULL;
  PresyncMember state = presync_member_text (user, "userType", &type);

  if (type != NULL && g_ascii_strcasecmp (type, "Guest") == 0)
    sign = _ ("The user type is “Guest”.");
  else if (creation != NULL && g_ascii_strcasecmp (creation, "Invitation") == 0)
    sign = _ ("The account was made by an invitation.");
  else if (upn != NULL && strstr (upn, "#EXT#") != NULL)
    sign = _ ("The user name has “#EXT#” in it.");
  if (sign != NULL)
    presync_tenant_asker_add_flag (ask, "tenant.admin-guest", TRUE, sign);
  else if (state == PRESYNC_MEMBER_THERE && g_ascii_strcasecmp (type, "Member") == 0)
    presync_tenant_asker_add_flag (ask, "tenant.admin-guest", FALSE, NULL);
  else
    presync_tenant_asker_add_unknown (ask, "tenant.admin-guest", "userType",
                                      state == PRESYNC_MEMBER_THERE ? PRESYNC_MEMBER_WRONG : state);
}

static gboolean
presync_tenant_read_is_personal (const char *issuer)
{
  return g_ascii_strcasecmp (issuer, "MicrosoftAccount") == 0
         || g_ascii_strcasecmp (issuer, "live.com") == 0
         || strstr (issuer, CONSUMER_TENANT) != NULL;
}

static void
presync_tenant_read_add_personal (const PresyncTenantRead *self, const PresyncTenantAsker *ask,
                                  JsonObject *user)
{
  static const char *const key = "tenant.admin-microsoft-account";
  JsonArray *identities = NULL;
  PresyncMember state = presync_member_array (user, "identities", &identities);
  gboolean personal = self->provider != NULL && presync_tenant_read_is_me (self)
                      && presync_tenant_read_is_personal (self->provider);
  const char *sign = personal ? self->provider : NULL;
  g_autofree char *plain = NULL;
  g_autofree char *why = NULL;

  for (guint i = 0;
       state == PRESYNC_MEMBER_THERE && !personal && i < json_array_get_length (identities); i++)
    {
      const char *issuer = NULL;
      PresyncMember told
          = presync_member_text (presync_member_get_object_at (identities, i), "issuer", &issuer);

      if (told == PRESYNC_MEMBER_THERE)
        {
          personal = presync_tenant_read_is_personal (issuer);
          sign = personal ? issuer : NULL;
        }
      /* An identity of the tenant itself may leave the issuer out. */
      else if (told == PRESYNC_MEMBER_WRONG)
        state = PRESYNC_MEMBER_WRONG;
    }
  plain = presync_member_dup_plain (sign);
  if (plain != NULL)
    /* TRANSLATORS: %s is who vouches for a person, such as live.com */
    why = g_strdup_printf (_ ("Its identity is of “%s”."), plain);
  if (personal || state == PRESYNC_MEMBER_THERE)
    presync_tenant_asker_add_flag (ask, key, personal, why);
  else
    presync_tenant_asker_add_unknown (ask, key, "identities", state);
}

/* @null_is_no: null tells "no"; else it tells nothing */
static void
presync_tenant_read_add_user_flag (const PresyncTenantAsker *ask, JsonObject *user,
                                   const char *member, const char *key, gboolean null_is_no)
{
  gboolean flag = FALSE;
  PresyncMember state = presync_member_flag (user, member, &flag);

  if (state == PRESYNC_MEMBER_THERE || (state == PRESYNC_MEMBER_NULL && null_is_no))
    presync_tenant_asker_add_flag (ask, key, flag, NULL);
  else
    presync_tenant_asker_add_unknown (ask, key, member, state);
}

/* Nobody of that name: that is an answer; but of nobody, nothing else can be said. */
static void
presync_tenant_read_add_missing (const PresyncTenantAsker *ask)
{
  static const char *const keys[]
      = { "tenant.admin-enabled",        "tenant.admin-roles",
          "tenant.admin-eligible-roles", "tenant.admin-role",
          "tenant.admin-role-direct",    "tenant.admin-role-eligible",
          "tenant.admin-guest",          "tenant.admin-microsoft-account",
          "tenant.admin-synced" };
  g_autoptr (PresyncOrigin) whole = presync_tenant_asker_dup_whole (ask);
  g_autofree char *detail
      = g_strdup_printf (_ ("There is no user “%s” in the tenant."), ask->subject);

  g_ptr_array_add (ask->facts, presync_fact_new_boolean_because (
                                   "tenant.admin-exists", ask->subject, FALSE, detail, whole));
  for (gsize i = 0; i < G_N_ELEMENTS (keys); i++)
    presync_tenant_asker_add_reason (ask, keys[i], PRESYNC_UNKNOWN_NOT_OFFERED, detail);
}

void
presync_tenant_read_add_admin (const PresyncTenantRead *self, GPtrArray *facts)
{
  JsonObject *user;
  const char *subject;
  g_autofree char *told = NULL;
  g_autofree char *id = NULL;
  g_autoptr (GHashTable) principals = NULL;
  PresyncTenantAsker ask;

  g_return_if_fail (self != NULL && facts != NULL);
  user = presync_tenant_read_get_user (self);
  told = presync_member_dup_plain (presync_member_get_text (user, "userPrincipalName"));
  subject = self->admin != NULL ? self->admin : told;
  subject = subject != NULL ? subject : "";
  id = presync_tenant_read_dup_admin_id (self);
  principals = presync_tenant_read_new_principals (id);
  ask = presync_tenant_read_ask_about (self, subject, NULL, facts);
  if (presync_graph_answer_is_missing (ask.answer))
    {
      presync_tenant_read_add_missing (&ask);
      return;
    }
  if (id != NULL)
    presync_tenant_asker_add_flag (&ask, "tenant.admin-exists", TRUE, NULL);
  else
    presync_tenant_asker_add_unknown (&ask, "tenant.admin-exists", "id", PRESYNC_MEMBER_MISSING);
  presync_tenant_read_add_user_flag (&ask, user, "accountEnabled", "tenant.admin-enabled", FALSE);
  presync_tenant_read_add_user_flag (&ask, user, "onPremisesSyncEnabled", "tenant.admin-synced",
                                     TRUE);
  presync_tenant_read_add_guest (&ask, user);
  presync_tenant_read_add_personal (self, &ask, user);
  presync_tenant_read_add_active (self, subject, principals, facts);
  presync_tenant_read_add_eligible (self, subject, id != NULL ? id : "", principals, facts);
}
