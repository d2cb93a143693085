/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "assessment/checklist-item-private.h"

#include <glib/gi18n.h>

#include "facts/fact-list.h"

struct _PresyncChecklistItem
{
  GObject parent_instance;
  PresyncRequirement *requirement;
  PresyncCondition *condition; /* NULL in a requirement row */
  GListStore *children;        /* NULL in a condition row */
  PresyncJudgement *judgement; /* of a condition row, once judged */
  PresyncAnswer *answer;
  PresyncWaiver *waiver;
  PresyncStatus status;
  PresyncStatus measured;
  gboolean answered;
  gboolean contradicted;
  gboolean waived;
  gboolean waiver_expired;
  char *found;
  char *needed;
  char *reason;
  GPtrArray *facts;
  GDateTime *checked_at;
};

enum
{
  PROP_0,
  PROP_ID,
  PROP_IS_REQUIREMENT,
  PROP_OVERVIEW,
  PROP_SECTION,
  PROP_SECTION_TITLE,
  PROP_TITLE,
  PROP_FOUND,
  PROP_NEEDED,
  PROP_STATUS,
  PROP_STATUS_TITLE,
  PROP_STATUS_NICK,
  PROP_ICON_NAME,
  PROP_SEVERITY_TITLE,
  PROP_REASON,
  PROP_ANSWERED,
  PROP_WAIVED,
  PROP_CHECKED_AT,
  N_PROPERTIES
};

static GParamSpec *properties[N_PROPERTIES];
static guint updated_signal;

G_DEFINE_FINAL_TYPE (PresyncChecklistItem, presync_checklist_item, G_TYPE_OBJECT)

static const char *
presync_checklist_item_get_severity_title (PresyncChecklistItem *self)
{
  if (self->condition == NULL)
    return "";
  return presync_severity_title (presync_condition_get_severity (self->condition));
}

static void
presync_checklist_item_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  PresyncChecklistItem *self = PRESYNC_CHECKLIST_ITEM (object);
  PresyncSection section = presync_requirement_get_section (self->requirement);

  switch (id)
    {
    case PROP_ID:
      g_value_set_string (value, presync_checklist_item_get_id (self));
      break;
    case PROP_IS_REQUIREMENT:
      g_value_set_boolean (value, self->condition == NULL);
      break;
    case PROP_OVERVIEW:
      g_value_set_boolean (value, presync_requirement_get_overview (self->requirement));
      break;
    case PROP_SECTION:
      g_value_set_int (value, (int) section);
      break;
    case PROP_SECTION_TITLE:
      g_value_set_string (value, presync_section_title (section));
      break;
    case PROP_TITLE:
      g_value_set_string (value, presync_checklist_item_get_title (self));
      break;
    case PROP_FOUND:
      g_value_set_string (value, self->found);
      break;
    case PROP_NEEDED:
      g_value_set_string (value, self->needed);
      break;
    case PROP_STATUS:
      g_value_set_int (value, (int) self->status);
      break;
    case PROP_STATUS_TITLE:
      g_value_set_string (value, presync_status_title (self->status));
      break;
    case PROP_STATUS_NICK:
      g_value_set_string (value, presync_status_id (self->status));
      break;
    case PROP_ICON_NAME:
      g_value_set_string (value, presync_status_icon (self->status));
      break;
    case PROP_SEVERITY_TITLE:
      g_value_set_string (value, presync_checklist_item_get_severity_title (self));
      break;
    case PROP_REASON:
      g_value_set_string (value, self->reason);
      break;
    case PROP_ANSWERED:
      g_value_set_boolean (value, self->answered);
      break;
    case PROP_WAIVED:
      g_value_set_boolean (value, self->waived);
      break;
    case PROP_CHECKED_AT:
      g_value_set_boxed (value, self->checked_at);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
presync_checklist_item_finalize (GObject *object)
{
  PresyncChecklistItem *self = PRESYNC_CHECKLIST_ITEM (object);

  g_clear_object (&self->requirement);
  g_clear_object (&self->condition);
  g_clear_object (&self->children);
  g_clear_pointer (&self->judgement, presync_judgement_free);
  g_clear_object (&self->answer);
  g_clear_object (&self->waiver);
  g_free (self->found);
  g_free (self->needed);
  g_free (self->reason);
  g_ptr_array_unref (self->facts);
  g_clear_pointer (&self->checked_at, g_date_time_unref);
  G_OBJECT_CLASS (presync_checklist_item_parent_class)->finalize (object);
}

static void
presync_checklist_item_class_init (PresyncChecklistItemClass *klass)
{
  const GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS;
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  static const struct
  {
    guint id;
    const char *name;
  } strings[] = {
    { PROP_ID, "id" },
    { PROP_SECTION_TITLE, "section-title" },
    { PROP_TITLE, "title" },
    { PROP_FOUND, "found" },
    { PROP_NEEDED, "needed" },
    { PROP_STATUS_TITLE, "status-title" },
    { PROP_STATUS_NICK, "status-nick" },
    { PROP_ICON_NAME, "icon-name" },
    { PROP_SEVERITY_TITLE, "severity-title" },
    { PROP_REASON, "reason" },
  };

  object_class->finalize = presync_checklist_item_finalize;
  object_class->get_property = presync_checklist_item_get_property;
  for (gsize i = 0; i < G_N_ELEMENTS (strings); i++)
    properties[strings[i].id] = g_param_spec_string (strings[i].name, NULL, NULL, NULL, flags);
  properties[PROP_IS_REQUIREMENT]
      = g_param_spec_boolean ("is-requirement", NULL, NULL, FALSE, flags);
  properties[PROP_OVERVIEW] = g_param_spec_boolean ("overview", NULL, NULL, FALSE, flags);
  properties[PROP_SECTION]
      = g_param_spec_int ("section", NULL, NULL, 0, PRESYNC_N_SECTIONS - 1, 0, flags);
  properties[PROP_STATUS]
      = g_param_spec_int ("status", NULL, NULL, 0, PRESYNC_N_STATUSES - 1, 0, flags);
  properties[PROP_ANSWERED] = g_param_spec_boolean ("answered", NULL, NULL, FALSE, flags);
  properties[PROP_WAIVED] = g_param_spec_boolean ("waived", NULL, NULL, FALSE, flags);
  properties[PROP_CHECKED_AT]
      = g_param_spec_boxed ("checked-at", NULL, NULL, G_TYPE_DATE_TIME, flags);
  g_object_class_install_properties (object_class, N_PROPERTIES, properties);
  updated_signal = g_signal_new ("updated", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                 NULL, NULL, G_TYPE_NONE, 0);
}

static void
presync_checklist_item_init (PresyncChecklistItem *self)
{
  self->status = PRESYNC_STATUS_NEEDS_ANSWER;
  self->measured = PRESYNC_STATUS_NEEDS_ANSWER;
  self->found = g_strdup ("");
  self->needed = g_strdup ("");
  self->facts = g_ptr_array_new_with_free_func (g_object_unref);
}

static PresyncChecklistItem *
presync_checklist_item_new_condition (PresyncRequirement *requirement, PresyncCondition *condition)
{
  PresyncChecklistItem *self = g_object_new (PRESYNC_TYPE_CHECKLIST_ITEM, NULL);

  self->requirement = g_object_ref (requirement);
  self->condition = g_object_ref (condition);
  g_free (self->needed);
  self->needed = g_strdup (presync_condition_get_needed (condition));
  return self;
}

PresyncChecklistItem *
presync_checklist_item_new (PresyncRequirement *requirement, GPtrArray *conditions)
{
  PresyncChecklistItem *self = g_object_new (PRESYNC_TYPE_CHECKLIST_ITEM, NULL);

  self->requirement = g_object_ref (requirement);
  self->children = g_list_store_new (PRESYNC_TYPE_CHECKLIST_ITEM);
  for (guint i = 0; i < conditions->len; i++)
    {
      g_autoptr (PresyncChecklistItem) child
          = presync_checklist_item_new_condition (requirement, g_ptr_array_index (conditions, i));
      g_list_store_append (self->children, child);
    }
  if (conditions->len == 1)
    {
      g_free (self->needed);
      self->needed = g_strdup (presync_condition_get_needed (g_ptr_array_index (conditions, 0)));
    }
  return self;
}

static GDateTime *
presync_checklist_item_oldest (GPtrArray *facts)
{
  GDateTime *oldest = NULL;

  for (guint i = 0; i < facts->len; i++)
    {
      PresyncOrigin *origin = presync_fact_get_origin (g_ptr_array_index (facts, i));
      GDateTime *at = presync_origin_get_at (origin);
      /* The plan is always as old as its last change and says nothing of a check. */
      if (g_str_equal (presync_origin_get_source (origin), "plan"))
        continue;
      if (oldest == NULL || g_date_time_compare (at, oldest) < 0)
        oldest = at;
    }
  return oldest != NULL ? g_date_time_ref (oldest) : NULL;
}

static void
presync_checklist_item_take_facts (PresyncChecklistItem *self, GPtrArray *facts)
{
  g_ptr_array_unref (self->facts);
  self->facts = g_ptr_array_ref (facts);
  g_clear_pointer (&self->checked_at, g_date_time_unref);
  self->checked_at = presync_checklist_item_oldest (facts);
}

/* What an answer makes of a measurement: it decides, unless the condition does not apply at all. */
static PresyncStatus
presync_checklist_item_apply_answer (PresyncStatus measured, PresyncCondition *condition,
                                     PresyncAnswer *answer)
{
  gboolean recommended = presync_condition_get_severity (condition) == PRESYNC_SEVERITY_RECOMMENDED;

  if (answer == NULL || measured == PRESYNC_STATUS_NOT_APPLICABLE)
    return measured;
  if (!presync_answer_get_met (answer))
    return recommended ? PRESYNC_STATUS_ADVICE : PRESYNC_STATUS_NOT_MET;
  /* What is met with advice stays so: "met" does not contradict it, and the advice still holds. */
  if (measured == PRESYNC_STATUS_ADVICE && !recommended)
    return measured;
  return PRESYNC_STATUS_MET;
}

static gboolean
presync_checklist_item_contradicts (PresyncStatus measured, PresyncStatus status)
{
  gboolean certain = measured == PRESYNC_STATUS_MET || measured == PRESYNC_STATUS_ADVICE
                     || measured == PRESYNC_STATUS_NOT_MET;
  return certain && measured != status;
}

/* What is met or does not apply needs no waiver. */
static gboolean
presync_checklist_item_may_waive (PresyncStatus status)
{
  return status != PRESYNC_STATUS_MET && status != PRESYNC_STATUS_NOT_APPLICABLE;
}

/* After the status is known. Returns: whether a person can see a change */
static gboolean
presync_checklist_item_take_waiver (PresyncChecklistItem *self, PresyncWaiver *waiver,
                                    GDateTime *now)
{
  gboolean counts = waiver != NULL && presync_checklist_item_may_waive (self->status);
  gboolean expired = counts && presync_waiver_get_expired (waiver, now);
  gboolean waived = counts && !expired;
  gboolean changed = waived != self->waived || expired != self->waiver_expired;

  self->waived = waived;
  self->waiver_expired = expired;
  return g_set_object (&self->waiver, waiver) || changed;
}

gboolean
presync_checklist_item_judge (PresyncChecklistItem *self, PresyncJudgement *judgement,
                              PresyncAnswer *answer, PresyncWaiver *waiver, GDateTime *now)
{
  PresyncStatus status;
  gboolean changed;
  const char *found = judgement->found != NULL ? judgement->found : "";
  const char *reason = judgement->reason;

  g_return_val_if_fail (self->condition != NULL, FALSE);
  /* Who has answered need not be told to find out. */
  if (answer != NULL && judgement->status == PRESYNC_STATUS_NEEDS_ANSWER)
    reason = NULL;
  status = presync_checklist_item_apply_answer (judgement->status, self->condition, answer);
  changed = self->judgement == NULL || status != self->status || self->measured != judgement->status
            || answer != self->answer || !g_str_equal (found, self->found)
            || g_strcmp0 (reason, self->reason) != 0;
  self->status = status;
  self->measured = judgement->status;
  self->answered = answer != NULL && judgement->status != PRESYNC_STATUS_NOT_APPLICABLE;
  self->contradicted
      = self->answered && presync_checklist_item_contradicts (judgement->status, status);
  g_set_object (&self->answer, answer);
  g_free (self->found);
  self->found = g_strdup (found);
  g_free (self->reason);
  self->reason = g_strdup (reason);
  presync_checklist_item_take_facts (self, judgement->facts);
  g_clear_pointer (&self->judgement, presync_judgement_free);
  self->judgement = judgement;
  return presync_checklist_item_take_waiver (self, waiver, now) || changed;
}

/* What a requirement row says was found: the one thing, or how many conditions are met. */
static char *
presync_checklist_item_sum_up_found (PresyncChecklistItem *self, guint n, guint applicable,
                                     guint met)
{
  if (n == 1)
    {
      g_autoptr (PresyncChecklistItem) only
          = g_list_model_get_item (G_LIST_MODEL (self->children), 0);
      return g_strdup (only->found);
    }
  if (applicable == 0)
    return g_strdup ("");
  /* TRANSLATORS: conditions of a requirement */
  return g_strdup_printf (ngettext ("%u of %u met", "%u of %u met", applicable), met, applicable);
}

void
presync_checklist_item_sum_up (PresyncChecklistItem *self)
{
  guint n = g_list_model_get_n_items (G_LIST_MODEL (self->children));
  guint applicable = 0;
  guint met = 0;
  const char *reason = NULL;
  g_autoptr (GPtrArray) facts = g_ptr_array_new_with_free_func (g_object_unref);

  self->status = PRESYNC_STATUS_NOT_APPLICABLE;
  self->measured = PRESYNC_STATUS_NOT_APPLICABLE;
  self->answered = FALSE;
  self->contradicted = FALSE;
  self->waived = FALSE;
  self->waiver_expired = FALSE;
  for (guint i = 0; i < n; i++)
    {
      g_autoptr (PresyncChecklistItem) child
          = g_list_model_get_item (G_LIST_MODEL (self->children), i);
      /* The reason of the status that the row takes, not of one that does not apply. What is met
       * has none: an answered condition keeps why it could not be measured. */
      if (child->status > self->status || (child->status == self->status && reason == NULL))
        reason = child->status != PRESYNC_STATUS_MET ? child->reason : NULL;
      self->status = presync_worst_status (self->status, child->status);
      self->measured = presync_worst_status (self->measured, child->measured);
      self->answered = self->answered || child->answered;
      self->contradicted = self->contradicted || child->contradicted;
      self->waived = self->waived || child->waived;
      self->waiver_expired = self->waiver_expired || child->waiver_expired;
      if (child->status != PRESYNC_STATUS_NOT_APPLICABLE)
        applicable++;
      if (child->status == PRESYNC_STATUS_MET)
        met++;
      presync_fact_list_add (facts, child->facts);
    }
  g_free (self->found);
  self->found = presync_checklist_item_sum_up_found (self, n, applicable, met);
  g_free (self->reason);
  self->reason = g_strdup (reason);
  presync_checklist_item_take_facts (self, facts);
}

void
presync_checklist_item_tell (PresyncChecklistItem *self)
{
  GObject *object = G_OBJECT (self);

  g_object_freeze_notify (object);
  g_object_notify_by_pspec (object, properties[PROP_STATUS]);
  g_object_notify_by_pspec (object, properties[PROP_STATUS_TITLE]);
  g_object_notify_by_pspec (object, properties[PROP_STATUS_NICK]);
  g_object_notify_by_pspec (object, properties[PROP_ICON_NAME]);
  g_object_notify_by_pspec (object, properties[PROP_FOUND]);
  g_object_notify_by_pspec (object, properties[PROP_REASON]);
  g_object_notify_by_pspec (object, properties[PROP_ANSWERED]);
  g_object_notify_by_pspec (object, properties[PROP_WAIVED]);
  g_object_notify_by_pspec (object, properties[PROP_CHECKED_AT]);
  g_object_thaw_notify (object);
  g_signal_emit (self, updated_signal, 0);
}

const char *
presync_checklist_item_get_id (PresyncChecklistItem *self)
{
  g_return_val_if_fail (PRESYNC_IS_CHECKLIST_ITEM (self), NULL);
  if (self->condition != NULL)
    return presync_condition_get_id (self->condition);
  return presync_requirement_get_id (self->requirement);
}

gboolean
presync_checklist_item_get_is_requirement (PresyncChecklistItem *self)
{
  g_return_val_if_fail (PRESYNC_IS_CHECKLIST_ITEM (self), FALSE);
  return self->condition == NULL;
}

const char *
presync_checklist_item_get_title (PresyncChecklistItem *self)
{
  g_return_val_if_fail (PRESYNC_IS_CHECKLIST_ITEM (self), NULL);
  if (self->condition != NULL)
    return presync_condition_get_title (self->condition);
  return presync_requirement_get_title (self->requirement);
}

GListModel *
presync_checklist_item_get_children (PresyncChecklistItem *self)
{
  g_return_val_if_fail (PRESYNC_IS_CHECKLIST_ITEM (self), NULL);
  return self->children != NULL ? G_LIST_MODEL (self->children) : NULL;
}

PresyncRequirement *
presync_checklist_item_get_requirement (PresyncChecklistItem *self)
{
  g_return_val_if_fail (PRESYNC_IS_CHECKLIST_ITEM (self), NULL);
  return self->requirement;
}

PresyncCondition *
presync_checklist_item_get_condition (PresyncChecklistItem *self)
{
  g_return_val_if_fail (PRESYNC_IS_CHECKLIST_ITEM (self), NULL);
  return self->condition;
}

const char *
presync_checklist_item_get_found (PresyncChecklistItem *self)
{
  g_return_val_if_fail (PRESYNC_IS_CHECKLIST_ITEM (self), NULL);
  return self->found;
}

const char *
presync_checklist_item_get_needed (PresyncChecklistItem *self)
{
  g_return_val_if_fail (PRESYNC_IS_CHECKLIST_ITEM (self), NULL);
  return self->needed;
}

const char *
presync_checklist_item_get_reason (PresyncChecklistItem *self)
{
  g_return_val_if_fail (PRESYNC_IS_CHECKLIST_ITEM (self), NULL);
  return self->reason;
}

PresyncStatus
presync_checklist_item_get_status (PresyncChecklistItem *self)
{
  g_return_val_if_fail (PRESYNC_IS_CHECKLIST_ITEM (self), PRESYNC_STATUS_UNKNOWN);
  return self->status;
}

PresyncStatus
presync_checklist_item_get_measured_status (PresyncChecklistItem *self)
{
  g_return_val_if_fail (PRESYNC_IS_CHECKLIST_ITEM (self), PRESYNC_STATUS_UNKNOWN);
  return self->measured;
}

PresyncAnswer *
presync_checklist_item_get_answer (PresyncChecklistItem *self)
{
  g_return_val_if_fail (PRESYNC_IS_CHECKLIST_ITEM (self), NULL);
  return self->answer;
}

PresyncWaiver *
presync_checklist_item_get_waiver (PresyncChecklistItem *self)
{
  g_return_val_if_fail (PRESYNC_IS_CHECKLIST_ITEM (self), NULL);
  return self->waiver;
}

gboolean
presync_checklist_item_get_waived (PresyncChecklistItem *self)
{
  g_return_val_if_fail (PRESYNC_IS_CHECKLIST_ITEM (self), FALSE);
  return self->waived;
}

gboolean
presync_checklist_item_get_waiver_expired (PresyncChecklistItem *self)
{
  g_return_val_if_fail (PRESYNC_IS_CHECKLIST_ITEM (self), FALSE);
  return self->waiver_expired;
}

gboolean
presync_checklist_item_get_answered (PresyncChecklistItem *self)
{
  g_return_val_if_fail (PRESYNC_IS_CHECKLIST_ITEM (self), FALSE);
  return self->answered;
}

gboolean
presync_checklist_item_get_contradicted (PresyncChecklistItem *self)
{
  g_return_val_if_fail (PRESYNC_IS_CHECKLIST_ITEM (self), FALSE);
  return self->contradicted;
}

GPtrArray *
presync_checklist_item_get_facts (PresyncChecklistItem *self)
{
  g_return_val_if_fail (PRESYNC_IS_CHECKLIST_ITEM (self), NULL);
  return self->facts;
}

GDateTime *
presync_checklist_item_get_checked_at (PresyncChecklistItem *self)
{
  g_return_val_if_fail (PRESYNC_IS_CHECKLIST_ITEM (self), NULL);
  return self->checked_at;
}
