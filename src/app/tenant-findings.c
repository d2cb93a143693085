/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/tenant-findings.h"

#include <glib/gi18n.h>

#include "app/accessible.h"
#include "app/condition-merge.h"
#include "app/condition-row.h"
#include "app/form.h"
#include "app/server-text.h"
#include "app/tenant-quota.h"
#include "app/topology.h"
#include "app/value-row.h"

enum
{
  GROUP_TENANT,
  GROUP_DOMAINS,
  GROUP_ADMINISTRATOR,
  GROUP_QUOTA,
  GROUP_SYNCHRONIZATION,
  N_GROUPS
};

#define MAX_VALUES 5

/* A condition stands in the first group in which one of its facts is: what it is about, before
 * what else counts for it. */
static const struct
{
  const char *title;
  const char *prefixes[8]; /* of the facts of its conditions */
  const char *values[MAX_VALUES];
} groups[N_GROUPS] = {
  [GROUP_TENANT] = { N_ ("Tenant"),
                     { "tenant.exists", "tenant.id", "tenant.cloud", "tenant.kind",
                       "tenant.created", "tenant.premium-licence", NULL },
                     { "tenant.created", NULL } },
  [GROUP_DOMAINS]
  = { N_ ("Verified domains"),
      { "tenant.custom-domain", "tenant.unverified-suffixes", "tenant.foreign-suffixes",
        "tenant.verified-domains", "tenant.federated-domains", NULL },
      { "tenant.verified-domains", "tenant.federated-domains", NULL } },
  [GROUP_ADMINISTRATOR] = { N_ ("Administrator"),
                            { "tenant.admin-", NULL },
                            { "tenant.admin-roles", "tenant.admin-eligible-roles", NULL } },
  [GROUP_QUOTA] = { N_ ("Quota"), { "tenant.quota-", NULL }, { NULL } },
  [GROUP_SYNCHRONIZATION]
  = { N_ ("Synchronization"), { "tenant.", NULL }, { "tenant.last-sync", NULL } },
};

typedef struct
{
  AdwPreferencesGroup *group;
  GPtrArray *items;    /* nullable: PresyncChecklistItem, one an option where they agree */
  GPtrArray *captions; /* nullable: whether the option is named */
  GPtrArray *rows;     /* PresyncConditionRow */
  GtkWidget *values[MAX_VALUES];
} Part;

struct _PresyncTenantFindings
{
  AdwBin parent_instance;

  GtkBox *box;
  GtkLabel *hint;
  GtkWidget *quota_card;
  PresyncTenantQuota *quota;
  GtkLabel *quota_text;

  PresyncAssessment *assessment;
  Part parts[N_GROUPS];
  AdwLeaflet *leaflet; /* nullable: the window's, while shown */
  gboolean stale;      /* something changed while nobody looked */
};

G_DEFINE_FINAL_TYPE (PresyncTenantFindings, presync_tenant_findings, ADW_TYPE_BIN)

static gboolean
presync_tenant_findings_is_in (guint group, const char *key)
{
  for (const char *const *prefix = groups[group].prefixes; *prefix != NULL; prefix++)
    if (g_str_has_prefix (key, *prefix))
      return TRUE;
  return FALSE;
}

static guint
presync_tenant_findings_group_of (PresyncChecklistItem *item)
{
  const PresyncTest *test
      = presync_condition_get_test (presync_checklist_item_get_condition (item));
  g_autoptr (GHashTable) keys = g_hash_table_new (g_str_hash, g_str_equal);

  presync_test_collect_facts (test, keys);
  for (guint group = 0; group < N_GROUPS; group++)
    {
      GHashTableIter iter;
      gpointer key;

      g_hash_table_iter_init (&iter, keys);
      while (g_hash_table_iter_next (&iter, &key, NULL))
        if (presync_tenant_findings_is_in (group, key))
          return group;
    }
  return GROUP_SYNCHRONIZATION;
}

/* A status is written out where there is room; its symbol has the word too. */
static void
presync_tenant_findings_update_width (PresyncTenantFindings *self)
{
  gboolean wide = self->leaflet == NULL || !adw_leaflet_get_folded (self->leaflet);

  for (guint i = 0; i < N_GROUPS; i++)
    for (guint j = 0; j < self->parts[i].rows->len; j++)
      presync_condition_row_set_written_out (g_ptr_array_index (self->parts[i].rows, j), wide);
}

/* Conditions come first, and the values after them. */
static void
presync_tenant_findings_build (Part *part)
{
  for (guint i = 0; i < part->rows->len; i++)
    adw_preferences_group_remove (part->group, g_ptr_array_index (part->rows, i));
  g_ptr_array_set_size (part->rows, 0);
  for (guint i = 0; i < MAX_VALUES; i++)
    if (part->values[i] != NULL && gtk_widget_get_parent (part->values[i]) != NULL)
      adw_preferences_group_remove (part->group, part->values[i]);
  for (guint i = 0; i < part->items->len; i++)
    {
      PresyncChecklistItem *item = g_ptr_array_index (part->items, i);
      PresyncOption option
          = presync_requirement_get_option (presync_checklist_item_get_requirement (item));
      GtkWidget *row = presync_condition_row_new (item);

      /* Ids of tenants must not be cut, and no others are long. */
      adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (row), 0);
      if (GPOINTER_TO_INT (g_ptr_array_index (part->captions, i)))
        presync_condition_row_set_caption (PRESYNC_CONDITION_ROW (row),
                                           presync_option_title (option));
      adw_preferences_group_add (part->group, row);
      g_ptr_array_add (part->rows, row);
    }
  for (guint i = 0; i < MAX_VALUES; i++)
    if (part->values[i] != NULL)
      adw_preferences_group_add (part->group, part->values[i]);
}

static void
presync_tenant_findings_update_items (Part *part, GPtrArray *items)
{
  g_autoptr (GPtrArray) shown = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GPtrArray) captions = g_ptr_array_new ();

  presync_condition_merge (items, shown, captions);
  if (presync_condition_merge_same (part->items, shown)
      && presync_condition_merge_same (part->captions, captions))
    return;
  g_clear_pointer (&part->items, g_ptr_array_unref);
  g_clear_pointer (&part->captions, g_ptr_array_unref);
  part->items = g_steal_pointer (&shown);
  part->captions = g_steal_pointer (&captions);
  presync_tenant_findings_build (part);
}

/* (transfer none) (nullable): a known fact of @key */
static PresyncFact *
presync_tenant_findings_find (PresyncTenantFindings *self, const char *key)
{
  GPtrArray *facts = presync_fact_set_lookup (presync_assessment_get_facts (self->assessment), key);
  PresyncFact *fact = facts != NULL && facts->len > 0 ? g_ptr_array_index (facts, 0) : NULL;

  return fact != NULL && presync_fact_get_unknown (fact) == PRESYNC_UNKNOWN_NONE ? fact : NULL;
}

/* What is not known is told by the conditions, with the reason. Returns: whether any is shown */
static gboolean
presync_tenant_findings_update_values (PresyncTenantFindings *self, guint group)
{
  gboolean any = FALSE;

  for (guint i = 0; i < MAX_VALUES && groups[group].values[i] != NULL; i++)
    {
      const char *key = groups[group].values[i];
      GtkWidget *row = self->parts[group].values[i];
      gboolean known = presync_tenant_findings_find (self, key) != NULL;
      g_autofree char *value = NULL;
      g_autofree char *origin = NULL;
      g_autofree char *name = NULL;

      gtk_widget_set_visible (row, known);
      if (!known)
        continue;
      any = TRUE;
      value = presync_server_text_dup_value (self->assessment, key);
      origin = presync_server_text_dup_origin (self->assessment, key);
      name = g_strdup_printf (_ ("%s: %s"), _ (presync_fact_key_find (key)->label), value);
      adw_action_row_set_subtitle (ADW_ACTION_ROW (row), value);
      gtk_widget_set_tooltip_text (row, origin);
      presync_accessible_set_label (row, name);
      presync_accessible_set_description (row, origin);
    }
  return any;
}

/* (transfer full) (nullable): whose roles these are, if it is known */
static char *
presync_tenant_findings_dup_whose (PresyncTenantFindings *self)
{
  const PresyncAccounts *accounts = presync_assessment_get_accounts (self->assessment);
  PresyncFact *roles = presync_tenant_findings_find (self, "tenant.admin-roles");
  PresyncFact *fact = presync_tenant_findings_find (self, "tenant.signed-in-as");
  const char *person = fact != NULL ? presync_fact_get_text (fact) : NULL;
  g_autofree char *in_brackets = NULL;

  if (roles == NULL)
    roles = presync_tenant_findings_find (self, "tenant.admin-exists");
  if (roles == NULL)
    return NULL;
  if (accounts->hybrid_admin == NULL
      || g_ascii_strcasecmp (accounts->hybrid_admin, presync_fact_get_subject (roles)) != 0)
    /* TRANSLATORS: %s is the name of an account */
    return g_strdup_printf (_ ("Of %s, who signed in. Another can be named on the page Accounts."),
                            presync_fact_get_subject (roles));
  /* A person is told as "Anna Adm (anna@contoso.com)". */
  in_brackets = g_strdup_printf ("(%s)", presync_fact_get_subject (roles));
  if (person == NULL || g_str_has_suffix (person, in_brackets)
      || g_str_equal (person, presync_fact_get_subject (roles)))
    return g_strdup_printf (_ ("Of %s, who is named on the page Accounts."),
                            presync_fact_get_subject (roles));
  /* TRANSLATORS: two names of accounts */
  return g_strdup_printf (_ ("Of %s, who is named on the page Accounts, as %s could read it."),
                          presync_fact_get_subject (roles), person);
}

static void
presync_tenant_findings_update_words (PresyncTenantFindings *self)
{
  g_autofree char *whose = presync_tenant_findings_dup_whose (self);
  /* A group's description is markup. */
  g_autofree char *markup = whose != NULL ? g_markup_escape_text (whose, -1) : NULL;
  PresyncFactSet *facts = presync_assessment_get_facts (self->assessment);
  g_autofree char *quota = presync_tenant_quota_dup_text (facts);

  adw_preferences_group_set_description (self->parts[GROUP_ADMINISTRATOR].group, markup);
  gtk_widget_set_visible (GTK_WIDGET (self->hint),
                          presync_fact_set_lookup (facts, "tenant.signed-in-as") == NULL);
  presync_tenant_quota_set (self->quota, facts);
  gtk_label_set_text (self->quota_text, quota != NULL ? quota : "");
  gtk_widget_set_visible (self->quota_card, quota != NULL);
}

static gboolean
presync_tenant_findings_shows (Part *part)
{
  for (guint i = 0; i < part->items->len; i++)
    if (presync_checklist_item_get_status (g_ptr_array_index (part->items, i))
        != PRESYNC_STATUS_NOT_APPLICABLE)
      return TRUE;
  return FALSE;
}

static void
presync_tenant_findings_update (PresyncTenantFindings *self)
{
  g_autoptr (GPtrArray) items = NULL;
  GPtrArray *lists[N_GROUPS];

  self->stale = !gtk_widget_get_mapped (GTK_WIDGET (self));
  if (self->stale)
    return;
  items = presync_place_list_items (self->assessment, PRESYNC_PLACE_TENANT);
  for (guint i = 0; i < N_GROUPS; i++)
    lists[i] = g_ptr_array_new ();
  for (guint i = 0; i < items->len; i++)
    g_ptr_array_add (lists[presync_tenant_findings_group_of (g_ptr_array_index (items, i))],
                     g_ptr_array_index (items, i));
  for (guint i = 0; i < N_GROUPS; i++)
    {
      Part *part = &self->parts[i];
      gboolean any;

      presync_tenant_findings_update_items (part, lists[i]);
      any = presync_tenant_findings_update_values (self, i);
      gtk_widget_set_visible (GTK_WIDGET (part->group),
                              any || presync_tenant_findings_shows (part));
      g_ptr_array_unref (lists[i]);
    }
  presync_tenant_findings_update_words (self);
  presync_tenant_findings_update_width (self);
}

static void
presync_tenant_findings_map (GtkWidget *widget)
{
  PresyncTenantFindings *self = PRESYNC_TENANT_FINDINGS (widget);

  GTK_WIDGET_CLASS (presync_tenant_findings_parent_class)->map (widget);
  if (self->assessment != NULL && self->stale)
    presync_tenant_findings_update (self);
}

static void
presync_tenant_findings_root (GtkWidget *widget)
{
  PresyncTenantFindings *self = PRESYNC_TENANT_FINDINGS (widget);

  GTK_WIDGET_CLASS (presync_tenant_findings_parent_class)->root (widget);
  self->leaflet = ADW_LEAFLET (gtk_widget_get_ancestor (widget, ADW_TYPE_LEAFLET));
  if (self->leaflet != NULL)
    g_signal_connect_swapped (self->leaflet, "notify::folded",
                              G_CALLBACK (presync_tenant_findings_update_width), self);
  presync_tenant_findings_update_width (self);
}

static void
presync_tenant_findings_unroot (GtkWidget *widget)
{
  PresyncTenantFindings *self = PRESYNC_TENANT_FINDINGS (widget);

  if (self->leaflet != NULL)
    g_signal_handlers_disconnect_by_func (self->leaflet, presync_tenant_findings_update_width,
                                          self);
  self->leaflet = NULL;
  GTK_WIDGET_CLASS (presync_tenant_findings_parent_class)->unroot (widget);
}

static void
presync_tenant_findings_dispose (GObject *object)
{
  PresyncTenantFindings *self = PRESYNC_TENANT_FINDINGS (object);

  for (guint i = 0; i < N_GROUPS; i++)
    {
      Part *part = &self->parts[i];

      g_ptr_array_set_size (part->rows, 0);
      g_clear_pointer (&part->items, g_ptr_array_unref);
      g_clear_pointer (&part->captions, g_ptr_array_unref);
      for (guint j = 0; j < MAX_VALUES; j++)
        g_clear_object (&part->values[j]);
    }
  g_clear_object (&self->assessment);
  /* AdwBin would take away once more what the template has let go of. */
  adw_bin_set_child (ADW_BIN (self), NULL);
  gtk_widget_dispose_template (GTK_WIDGET (self), PRESYNC_TYPE_TENANT_FINDINGS);

  G_OBJECT_CLASS (presync_tenant_findings_parent_class)->dispose (object);
}

static void
presync_tenant_findings_finalize (GObject *object)
{
  PresyncTenantFindings *self = PRESYNC_TENANT_FINDINGS (object);

  for (guint i = 0; i < N_GROUPS; i++)
    g_ptr_array_unref (self->parts[i].rows);

  G_OBJECT_CLASS (presync_tenant_findings_parent_class)->finalize (object);
}

static void
presync_tenant_findings_class_init (PresyncTenantFindingsClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = presync_tenant_findings_dispose;
  object_class->finalize = presync_tenant_findings_finalize;
  widget_class->map = presync_tenant_findings_map;
  widget_class->root = presync_tenant_findings_root;
  widget_class->unroot = presync_tenant_findings_unroot;

  g_type_ensure (PRESYNC_TYPE_TENANT_QUOTA);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               PRESYNC_RESOURCE_BASE "/tenant-findings.ui");
#define BIND(name) gtk_widget_class_bind_template_child (widget_class, PresyncTenantFindings, name)
  BIND (box);
  BIND (hint);
  BIND (quota_card);
  BIND (quota);
  BIND (quota_text);
#undef BIND
}

static void
presync_tenant_findings_init (PresyncTenantFindings *self)
{
  for (guint i = 0; i < N_GROUPS; i++)
    self->parts[i].rows = g_ptr_array_new ();
  gtk_widget_init_template (GTK_WIDGET (self));

  for (guint i = 0; i < N_GROUPS; i++)
    {
      Part *part = &self->parts[i];
      GtkWidget *group = adw_preferences_group_new ();

      part->group = ADW_PREFERENCES_GROUP (group);
      adw_preferences_group_set_title (part->group, _ (groups[i].title));
      gtk_widget_set_visible (group, FALSE);
      gtk_box_append (self->box, group);
      for (guint j = 0; j < MAX_VALUES && groups[i].values[j] != NULL; j++)
        part->values[j] = g_object_ref_sink (presync_value_row_new (groups[i].values[j]));
    }
  gtk_box_reorder_child_after (self->box, self->quota_card,
                               GTK_WIDGET (self->parts[GROUP_QUOTA].group));
}

void
presync_tenant_findings_set_assessment (PresyncTenantFindings *self, PresyncAssessment *assessment)
{
  g_return_if_fail (PRESYNC_IS_TENANT_FINDINGS (self) && self->assessment == NULL);
  g_return_if_fail (PRESYNC_IS_ASSESSMENT (assessment));

  self->assessment = g_object_ref (assessment);
  g_signal_connect_object (assessment, "updated", G_CALLBACK (presync_tenant_findings_update), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (assessment, "notify::accounts",
                           G_CALLBACK (presync_tenant_findings_update), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (presync_assessment_get_facts (assessment), "changed",
                           G_CALLBACK (presync_tenant_findings_update), self, G_CONNECT_SWAPPED);
  self->stale = TRUE;
  presync_tenant_findings_update (self);
}
