/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/account-traces.h"

#include <glib/gi18n.h>

#include "app/accessible.h"

/* The facts that tell of traces; the time of the key belongs to the account before it. */
static const struct
{
  const char *key;
  const char *icon;
} traces[] = {
  { "domain.connect-accounts", "presync-person-symbolic" },
  { "domain.agent-gmsas", "presync-service-account-symbolic" },
  { "domain.adsync-accounts", "presync-service-account-symbolic" },
  { "forest.sso-account", "presync-server-symbolic" },
  { "forest.join-tenant", "presync-tenant-symbolic" },
  { "forest.join-domain", "presync-tenant-symbolic" },
};
#define N_TRACES G_N_ELEMENTS (traces)
#define SSO_KEY "forest.sso-key-changed"

struct _PresyncAccountTraces
{
  AdwPreferencesGroup parent_instance;

  GtkWidget *rows[N_TRACES];
  GtkWidget *nothing;
};

G_DEFINE_FINAL_TYPE (PresyncAccountTraces, presync_account_traces, ADW_TYPE_PREFERENCES_GROUP)

static void
presync_account_traces_append (GString *text, const char *part)
{
  g_string_append_printf (text, "%s%s", text->len > 0 ? "\n" : "", part);
}

/* When the key of the computer account was changed last */
static void
presync_account_traces_append_key (GString *text, PresyncFactSet *facts)
{
  GPtrArray *times = presync_fact_set_lookup (facts, SSO_KEY);

  for (guint i = 0; times != NULL && i < times->len; i++)
    {
      PresyncFact *fact = g_ptr_array_index (times, i);
      g_autofree char *value = presync_fact_describe (fact);
      g_autofree char *line = NULL;

      /* TRANSLATORS: %s is a date, or why it is not known */
      line = g_strdup_printf (_ ("Key changed: %s"), value);
      presync_account_traces_append (text, line);
    }
  if (text->len == 0)
    g_string_append (text, _ ("Present"));
}

/* Adds what @fact found, or why it could not be read; nothing if it found nothing. */
static void
presync_account_traces_append_fact (GString *text, PresyncFact *fact, PresyncFactSet *facts)
{
  if (presync_fact_get_unknown (fact) != PRESYNC_UNKNOWN_NONE)
    presync_account_traces_append (text, presync_fact_get_detail (fact));
  else if (presync_fact_get_value_type (fact) == PRESYNC_FACT_BOOLEAN)
    {
      if (presync_fact_get_boolean (fact))
        presync_account_traces_append_key (text, facts);
    }
  else if (presync_fact_get_value_type (fact) == PRESYNC_FACT_LIST)
    {
      const char *const *list = presync_fact_get_list (fact);

      for (guint i = 0; list[i] != NULL; i++)
        presync_account_traces_append (text, list[i]);
    }
  else
    {
      g_autofree char *value = presync_fact_describe (fact);

      if (*value != '\0')
        presync_account_traces_append (text, value);
    }
}

/* Returns: whether anybody has read @key */
static gboolean
presync_account_traces_update_row (PresyncAccountTraces *self, guint index, PresyncFactSet *facts)
{
  GPtrArray *found = presync_fact_set_lookup (facts, traces[index].key);
  const PresyncFactKey *key = presync_fact_key_find (traces[index].key);
  const char *title = key != NULL ? _ (key->label) : traces[index].key;
  g_autoptr (GString) text = g_string_new (NULL);
  g_autofree char *name = NULL;

  for (guint i = 0; found != NULL && i < found->len; i++)
    presync_account_traces_append_fact (text, g_ptr_array_index (found, i), facts);
  gtk_widget_set_visible (self->rows[index], text->len > 0);
  if (text->len == 0)
    return found != NULL;
  name = g_strdup_printf ("%s: %s", title, text->str);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->rows[index]), title);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (self->rows[index]), text->str);
  presync_accessible_set_label (self->rows[index], name);
  return TRUE;
}

void
presync_account_traces_update (PresyncAccountTraces *self, PresyncAssessment *assessment)
{
  PresyncFactSet *facts = presync_assessment_get_facts (assessment);
  gboolean any = FALSE;
  gboolean read = FALSE;
  const char *text;

  g_return_if_fail (PRESYNC_IS_ACCOUNT_TRACES (self));

  for (guint i = 0; i < N_TRACES; i++)
    {
      read = presync_account_traces_update_row (self, i, facts) || read;
      any = any || gtk_widget_get_visible (self->rows[i]);
    }
  text = read ? _ ("Nothing found") : _ ("Not read yet");
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->nothing), text);
  presync_accessible_set_label (self->nothing, text);
  gtk_widget_set_visible (self->nothing, !any);
}

static GtkWidget *
presync_account_traces_add_row (PresyncAccountTraces *self, const char *icon)
{
  GtkWidget *row = adw_action_row_new ();

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_action_row_set_title_lines (ADW_ACTION_ROW (row), 0);
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (row), 0);
  if (icon != NULL)
    adw_action_row_add_prefix (ADW_ACTION_ROW (row), presync_accessible_new_ornament (icon));
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (self), row);
  return row;
}

static void
presync_account_traces_class_init (PresyncAccountTracesClass *klass)
{
}

static void
presync_account_traces_init (PresyncAccountTraces *self)
{
  AdwPreferencesGroup *group = ADW_PREFERENCES_GROUP (self);

  adw_preferences_group_set_title (group, _ ("Already in this forest"));
  adw_preferences_group_set_description (group, _ ("What an earlier synchronization left behind"));
  for (guint i = 0; i < N_TRACES; i++)
    self->rows[i] = presync_account_traces_add_row (self, traces[i].icon);
  self->nothing = presync_account_traces_add_row (self, NULL);
}
