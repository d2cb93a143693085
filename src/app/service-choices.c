/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/service-choices.h"

#include <glib/gi18n.h>

#include "app/account-names.h"
#include "app/accessible.h"
#include "rules/service-account.h"

struct _PresyncServiceChoices
{
  AdwBin parent_instance;

  GtkLabel *situation;
  GtkBox *choices;
  GtkLabel *dispute;

  PresyncAssessment *assessment;
  GtkWidget *buttons[PRESYNC_N_SERVICE_KINDS];
  GtkLabel *words[PRESYNC_N_SERVICE_KINDS];
  PresyncServiceKind wanted; /* chosen, and its name is not known to be of another kind */
  gboolean was_named;        /* when this was updated last */
  gboolean choosing;         /* the name is taken away by a choice, not by a person */
  gboolean filling;          /* buttons are being set, not pressed */
};

G_DEFINE_FINAL_TYPE (PresyncServiceChoices, presync_service_choices, ADW_TYPE_BIN)

enum
{
  SIGNAL_NAME_WANTED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

static const char *
presync_service_choices_get_title (PresyncServiceKind kind)
{
  switch (kind)
    {
    case PRESYNC_SERVICE_VIRTUAL:
      return _ ("Virtual service account");
    case PRESYNC_SERVICE_LOCAL:
      return _ ("Local account of the server");
    case PRESYNC_SERVICE_DOMAIN:
      return _ ("User of the domain");
    case PRESYNC_SERVICE_SMSA:
      return _ ("Standalone managed service account");
    case PRESYNC_SERVICE_GMSA:
      return _ ("Group managed service account");
    case PRESYNC_SERVICE_NONE:
    default:
      return "";
    }
}

/* (transfer none) (nullable): the only fact of @key, if it is known */
static PresyncFact *
presync_service_choices_get_fact (PresyncServiceChoices *self, const char *key)
{
  GPtrArray *facts = presync_fact_set_lookup (presync_assessment_get_facts (self->assessment), key);
  PresyncFact *fact = facts != NULL && facts->len > 0 ? g_ptr_array_index (facts, 0) : NULL;

  return fact != NULL && presync_fact_get_unknown (fact) == PRESYNC_UNKNOWN_NONE ? fact : NULL;
}

/* (transfer none) (nullable) */
static const char *
presync_service_choices_get_name (PresyncServiceChoices *self)
{
  return presync_accounts_get (presync_assessment_get_accounts (self->assessment), "service");
}

/* What was named: told by its name alone where that is enough, else by the directory */
static PresyncServiceKind
presync_service_choices_get_named (PresyncServiceChoices *self)
{
  const char *name = presync_service_choices_get_name (self);
  PresyncFact *fact = presync_service_choices_get_fact (self, "service.kind");

  if (name == NULL)
    return PRESYNC_SERVICE_NONE;
  if (g_ascii_strcasecmp (name, PRESYNC_VIRTUAL_SERVICE_ACCOUNT) == 0)
    return PRESYNC_SERVICE_VIRTUAL;
  return fact != NULL ? presync_service_kind_from_id (presync_fact_get_text (fact))
                      : PRESYNC_SERVICE_NONE;
}

static PresyncServiceSql
presync_service_choices_get_sql (PresyncServiceChoices *self)
{
  if (presync_assessment_get_feature (self->assessment, "remote-sql"))
    return PRESYNC_SERVICE_SQL_REMOTE;
  if (presync_assessment_get_feature (self->assessment, "own-sql"))
    return PRESYNC_SERVICE_SQL_LOCAL;
  return PRESYNC_SERVICE_LOCAL_DB;
}

static const char *
presync_service_choices_get_sql_title (PresyncServiceSql sql)
{
  switch (sql)
    {
    case PRESYNC_SERVICE_SQL_LOCAL:
      return _ ("SQL Server on the same server");
    case PRESYNC_SERVICE_SQL_REMOTE:
      return _ ("SQL Server on another server");
    case PRESYNC_SERVICE_LOCAL_DB:
    default:
      return _ ("LocalDB");
    }
}

static void
presync_service_choices_update_kind (PresyncServiceChoices *self, PresyncServiceKind kind,
                                     const PresyncServiceChoice *choice)
{
  const char *title = presync_service_choices_get_title (kind);
  const char *word = kind == choice->recommended ? _ ("recommended")
                     : kind == choice->standard  ? _ ("default")
                                                 : "";
  g_autofree char *name = g_strjoin (*word != '\0' ? ", " : "", title, word, NULL);
  gboolean active = self->wanted == kind;

  gtk_widget_set_visible (gtk_widget_get_parent (self->buttons[kind]),
                          active || presync_service_choice_is_open (choice, kind));
  gtk_label_set_text (self->words[kind], word);
  gtk_widget_set_visible (GTK_WIDGET (self->words[kind]), *word != '\0');
  presync_accessible_set_label (self->buttons[kind], name);
  gtk_check_button_set_active (GTK_CHECK_BUTTON (self->buttons[kind]), active);
}

void
presync_service_choices_update (PresyncServiceChoices *self)
{
  PresyncServiceSql sql = presync_service_choices_get_sql (self);
  gboolean custom = sql != PRESYNC_SERVICE_LOCAL_DB
                    || presync_assessment_get_feature (self->assessment, "custom-settings");
  PresyncFact *fact = presync_service_choices_get_fact (self, "server.domain-controller");
  gboolean controller = fact != NULL && presync_fact_get_boolean (fact);
  const PresyncServiceChoice *choice = presync_service_account_choice (controller, custom, sql);
  g_autofree char *situation = NULL;

  g_return_if_fail (PRESYNC_IS_SERVICE_CHOICES (self));
  g_return_if_fail (choice != NULL);

  /* TRANSLATORS: "Open as planned: member server, custom settings, LocalDB" */
  situation = g_strdup_printf (_ ("Open as planned: %s, %s, %s"),
                               controller     ? _ ("domain controller")
                               : fact != NULL ? _ ("member server")
                                              : _ ("no domain controller, as far as is known"),
                               custom ? _ ("custom settings") : _ ("express settings"),
                               presync_service_choices_get_sql_title (sql));
  gtk_label_set_text (self->situation, situation);
  /* A kind that was chosen and has no name yet stays chosen. */
  if (!self->choosing && self->was_named && presync_service_choices_get_name (self) == NULL)
    self->wanted = PRESYNC_SERVICE_NONE;
  self->was_named = presync_service_choices_get_name (self) != NULL;
  if (presync_service_choices_get_named (self) != PRESYNC_SERVICE_NONE)
    self->wanted = presync_service_choices_get_named (self);
  self->filling = TRUE;
  for (guint i = 0; i < PRESYNC_N_SERVICE_KINDS; i++)
    presync_service_choices_update_kind (self, (PresyncServiceKind) i, choice);
  self->filling = FALSE;
  gtk_widget_set_visible (GTK_WIDGET (self->dispute), choice->disputed != PRESYNC_SERVICE_NONE);
  if (choice->disputed != PRESYNC_SERVICE_NONE)
    {
      g_autofree char *dispute = g_strdup_printf (
          /* TRANSLATORS: %s is a kind of account */
          _ ("Microsoft’s pages disagree: another names as default “%s”."),
          presync_service_choices_get_title (choice->disputed));

      gtk_label_set_text (self->dispute, dispute);
    }
}

static void
presync_service_choices_toggled_cb (PresyncServiceChoices *self, GtkCheckButton *button)
{
  PresyncServiceKind named = presync_service_choices_get_named (self);

  if (self->filling || !gtk_check_button_get_active (button))
    return;
  for (guint i = 0; i < PRESYNC_N_SERVICE_KINDS; i++)
    if (GTK_WIDGET (button) == self->buttons[i])
      self->wanted = (PresyncServiceKind) i;
  if (self->wanted == PRESYNC_SERVICE_VIRTUAL)
    {
      presync_account_names_set (self->assessment, "service", PRESYNC_VIRTUAL_SERVICE_ACCOUNT);
      return;
    }
  /* The name of another kind would contradict the choice. */
  self->choosing = TRUE;
  if (named != PRESYNC_SERVICE_NONE && named != self->wanted)
    presync_account_names_set (self->assessment, "service", NULL);
  self->choosing = FALSE;
  g_signal_emit (self, signals[SIGNAL_NAME_WANTED], 0);
}

static void
presync_service_choices_dispose (GObject *object)
{
  PresyncServiceChoices *self = PRESYNC_SERVICE_CHOICES (object);

  g_clear_object (&self->assessment);
  gtk_widget_dispose_template (GTK_WIDGET (self), PRESYNC_TYPE_SERVICE_CHOICES);

  G_OBJECT_CLASS (presync_service_choices_parent_class)->dispose (object);
}

static void
presync_service_choices_class_init (PresyncServiceChoicesClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = presync_service_choices_dispose;

  signals[SIGNAL_NAME_WANTED]
      = g_signal_new ("name-wanted", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                      NULL, G_TYPE_NONE, 0);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               PRESYNC_RESOURCE_BASE "/service-choices.ui");
  gtk_widget_class_bind_template_child (widget_class, PresyncServiceChoices, situation);
  gtk_widget_class_bind_template_child (widget_class, PresyncServiceChoices, choices);
  gtk_widget_class_bind_template_child (widget_class, PresyncServiceChoices, dispute);
}

static void
presync_service_choices_add_kind (PresyncServiceChoices *self, PresyncServiceKind kind)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);
  /* In a group it looks like a radio button; GTK 4.8 still calls it a check box. */
  GtkWidget *button
      = g_object_new (GTK_TYPE_CHECK_BUTTON, "accessible-role", GTK_ACCESSIBLE_ROLE_RADIO, NULL);
  GtkWidget *label = gtk_label_new (presync_service_choices_get_title (kind));
  GtkWidget *word = gtk_label_new (NULL);

  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_check_button_set_child (GTK_CHECK_BUTTON (button), label);
  gtk_widget_set_valign (word, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (word, "badge");
  gtk_box_append (GTK_BOX (box), button);
  gtk_box_append (GTK_BOX (box), word);
  gtk_box_append (self->choices, box);
  self->buttons[kind] = button;
  self->words[kind] = GTK_LABEL (word);
  if (kind > 0)
    gtk_check_button_set_group (GTK_CHECK_BUTTON (button), GTK_CHECK_BUTTON (self->buttons[0]));
  g_signal_connect_object (button, "toggled", G_CALLBACK (presync_service_choices_toggled_cb), self,
                           G_CONNECT_SWAPPED);
}

static void
presync_service_choices_init (PresyncServiceChoices *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->wanted = PRESYNC_SERVICE_NONE;
  for (guint i = 0; i < PRESYNC_N_SERVICE_KINDS; i++)
    presync_service_choices_add_kind (self, (PresyncServiceKind) i);
}

GtkWidget *
presync_service_choices_new (PresyncAssessment *assessment)
{
  PresyncServiceChoices *self = g_object_new (PRESYNC_TYPE_SERVICE_CHOICES, NULL);

  self->assessment = g_object_ref (assessment);
  presync_service_choices_update (self);
  return GTK_WIDGET (self);
}
