/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sources/network/reach.h"

#include <string.h>
#include <glib/gi18n.h>

#define HTTP_PORT 80
#define HTTPS_PORT 443

struct _PresyncReach
{
  GObject parent_instance;
  char **keys;
  char *group;
  char *subject;
  char *host;
  guint16 port;
  char *stands_for;
  char **wanted;  /* nullable */
  char **offered; /* nullable */
  gboolean wanted_partial;
  char *obstacle; /* nullable */
  /* what was found */
  PresyncReachOutcome outcome;
  PresyncReachMark marks[PRESYNC_N_REACH_STAGES];
  char *text;
  char *proxy;
  PresyncReachCertificate *certificate;
  GDateTime *at;
  int n_changes;
};

enum
{
  PROP_OUTCOME = 1,
  PROP_MARKS,
  PROP_TEXT,
  N_PROPERTIES
};

static GParamSpec *properties[N_PROPERTIES];

G_DEFINE_FINAL_TYPE (PresyncReach, presync_reach, G_TYPE_OBJECT)

/* Ids stand in recordings and facts files: they never change. */
static const char *const outcome_ids[] = {
  [PRESYNC_REACH_PENDING] = "pending",
  [PRESYNC_REACH_REACHED] = "reached",
  [PRESYNC_REACH_NO_NAME] = "no-name",
  [PRESYNC_REACH_REFUSED] = "refused",
  [PRESYNC_REACH_RESET] = "reset",
  [PRESYNC_REACH_NO_TLS12] = "no-tls12",
  [PRESYNC_REACH_TLS_FAILED] = "tls-failed",
  [PRESYNC_REACH_WRONG_NAME] = "wrong-name",
  [PRESYNC_REACH_EXPIRED] = "expired",
  [PRESYNC_REACH_INTERCEPTED] = "intercepted",
  [PRESYNC_REACH_PROXY_SIGN_IN] = "proxy-sign-in",
  [PRESYNC_REACH_PROXY_REFUSED] = "proxy-refused",
  [PRESYNC_REACH_PROXY_BROKEN] = "proxy-broken",
  [PRESYNC_REACH_SILENT] = "silent",
  [PRESYNC_REACH_NO_RESOLVER] = "no-resolver",
  [PRESYNC_REACH_NO_NETWORK] = "no-network",
  [PRESYNC_REACH_NOT_TRIED] = "not-tried",
  [PRESYNC_REACH_CANCELLED] = "cancelled",
};

PresyncReachCertificate *
presync_reach_certificate_new (void)
{
  return g_new0 (PresyncReachCertificate, 1);
}

PresyncReachCertificate *
presync_reach_certificate_copy (const PresyncReachCertificate *self)
{
  PresyncReachCertificate *copy;

  if (self == NULL)
    return NULL;
  copy = presync_reach_certificate_new ();
  copy->subject = g_strdup (self->subject);
  copy->issuer = g_strdup (self->issuer);
  copy->root = g_strdup (self->root);
  copy->names = g_strdupv (self->names);
  copy->not_before = self->not_before != NULL ? g_date_time_ref (self->not_before) : NULL;
  copy->not_after = self->not_after != NULL ? g_date_time_ref (self->not_after) : NULL;
  copy->have_self_signed = self->have_self_signed;
  copy->have_trusted = self->have_trusted;
  copy->self_signed = self->self_signed;
  copy->trusted = self->trusted;
  return copy;
}

void
presync_reach_certificate_free (PresyncReachCertificate *self)
{
  if (self == NULL)
    return;
  g_free (self->subject);
  g_free (self->issuer);
  g_free (self->root);
  g_strfreev (self->names);
  g_clear_pointer (&self->not_before, g_date_time_unref);
  g_clear_pointer (&self->not_after, g_date_time_unref);
  g_free (self);
}

static void
presync_reach_finalize (GObject *object)
{
  PresyncReach *self = PRESYNC_REACH (object);

  g_strfreev (self->keys);
  g_free (self->group);
  g_free (self->subject);
  g_free (self->host);
  g_free (self->stands_for);
  g_strfreev (self->wanted);
  g_strfreev (self->offered);
  g_free (self->obstacle);
  g_free (self->text);
  g_free (self->proxy);
  presync_reach_certificate_free (self->certificate);
  g_clear_pointer (&self->at, g_date_time_unref);
  G_OBJECT_CLASS (presync_reach_parent_class)->finalize (object);
}

static void
presync_reach_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  PresyncReach *self = PRESYNC_REACH (object);

  switch (id)
    {
    case PROP_OUTCOME:
      g_value_set_int (value, (int) self->outcome);
      break;
    case PROP_MARKS:
      g_value_set_int (value, self->n_changes);
      break;
    case PROP_TEXT:
      g_value_set_string (value, self->text);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
presync_reach_class_init (PresyncReachClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GParamFlags readable = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS;

  object_class->finalize = presync_reach_finalize;
  object_class->get_property = presync_reach_get_property;
  properties[PROP_OUTCOME]
      = g_param_spec_int ("outcome", NULL, NULL, PRESYNC_REACH_PENDING, PRESYNC_REACH_CANCELLED,
                          PRESYNC_REACH_PENDING, readable);
  properties[PROP_MARKS] = g_param_spec_int ("marks", NULL, NULL, 0, G_MAXINT, 0, readable);
  properties[PROP_TEXT] = g_param_spec_string ("text", NULL, NULL, NULL, readable);
  g_object_class_install_properties (object_class, N_PROPERTIES, properties);
}

static void
presync_reach_init (PresyncReach *self)
{
}

/* Is the stage part of the row? */
static gboolean
presync_reach_has_stage (PresyncReach *self, PresyncReachStage stage)
{
  gboolean web = !g_str_equal (self->group, "controllers");

  switch (stage)
    {
    case PRESYNC_REACH_TCP:
      return self->port != 0;
    case PRESYNC_REACH_TLS:
      return web && self->port == HTTPS_PORT;
    case PRESYNC_REACH_HTTP:
      return web && (self->port == HTTPS_PORT || self->port == HTTP_PORT);
    case PRESYNC_REACH_NAME:
    case PRESYNC_N_REACH_STAGES:
    default:
      return TRUE;
    }
}

static void
presync_reach_wait (PresyncReach *self)
{
  for (int i = 0; i < PRESYNC_N_REACH_STAGES; i++)
    self->marks[i] = presync_reach_has_stage (self, (PresyncReachStage) i) ? PRESYNC_REACH_WAITING
                                                                           : PRESYNC_REACH_NONE;
}

PresyncReach *
presync_reach_new (const char *const *keys, const char *group, const char *subject,
                   const char *host, guint16 port, const char *stands_for)
{
  PresyncReach *self;

  g_return_val_if_fail (keys != NULL && group != NULL && subject != NULL && host != NULL, NULL);
  self = g_object_new (PRESYNC_TYPE_REACH, NULL);
  self->keys = g_strdupv ((char **) keys);
  self->group = g_strdup (group);
  self->subject = g_strdup (subject);
  self->host = g_strdup (host);
  self->port = port;
  self->stands_for = g_strdup (stands_for);
  presync_reach_wait (self);
  return self;
}

static void
presync_reach_notify_marks (PresyncReach *self)
{
  self->n_changes = self->n_changes == G_MAXINT ? 0 : self->n_changes + 1;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_MARKS]);
}

void
presync_reach_set_mark (PresyncReach *self, PresyncReachStage stage, PresyncReachMark mark)
{
  g_return_if_fail (PRESYNC_IS_REACH (self));
  g_return_if_fail (stage < PRESYNC_N_REACH_STAGES);
  if (self->marks[stage] == mark)
    return;
  self->marks[stage] = mark;
  presync_reach_notify_marks (self);
}

/* Which stage ended the row: what the outcome says, otherwise the first that was waited for */
static PresyncReachStage
presync_reach_failing_stage (PresyncReach *self, PresyncReachOutcome outcome)
{
  PresyncReachStage first = PRESYNC_REACH_NAME;

  while (first < PRESYNC_REACH_HTTP && self->marks[first] != PRESYNC_REACH_WAITING)
    first++;
  if (outcome == PRESYNC_REACH_NO_NAME)
    return PRESYNC_REACH_NAME;
  if (outcome >= PRESYNC_REACH_NO_TLS12 && outcome <= PRESYNC_REACH_INTERCEPTED)
    return presync_reach_has_stage (self, PRESYNC_REACH_TLS) ? PRESYNC_REACH_TLS : first;
  if (outcome == PRESYNC_REACH_NO_RESOLVER || outcome == PRESYNC_REACH_NOT_TRIED
      || outcome == PRESYNC_REACH_CANCELLED || !presync_reach_has_stage (self, PRESYNC_REACH_TCP))
    return first;
  return MAX (first, PRESYNC_REACH_TCP);
}

static void
presync_reach_end_marks (PresyncReach *self, PresyncReachOutcome outcome)
{
  PresyncReachStage failing;

  if (outcome == PRESYNC_REACH_PENDING)
    {
      presync_reach_wait (self);
      return;
    }
  failing = presync_reach_failing_stage (self, outcome);
  for (int i = 0; i < PRESYNC_N_REACH_STAGES; i++)
    if (outcome == PRESYNC_REACH_REACHED || i < (int) failing)
      {
        if (self->marks[i] == PRESYNC_REACH_WAITING)
          self->marks[i] = PRESYNC_REACH_GOOD;
      }
    else if (i > (int) failing)
      self->marks[i] = PRESYNC_REACH_NONE;
    else
      self->marks[i]
          = presync_reach_outcome_is_known (outcome) ? PRESYNC_REACH_BAD : PRESYNC_REACH_UNKNOWN;
}

void
presync_reach_end (PresyncReach *self, PresyncReachOutcome outcome, const char *text)
{
  g_return_if_fail (PRESYNC_IS_REACH (self));
  g_object_freeze_notify (G_OBJECT (self));
  if (outcome == PRESYNC_REACH_PENDING)
    {
      g_clear_pointer (&self->certificate, presync_reach_certificate_free);
      g_clear_pointer (&self->proxy, g_free);
      g_clear_pointer (&self->at, g_date_time_unref);
    }
  presync_reach_end_marks (self, outcome);
  presync_reach_notify_marks (self);
  if (self->outcome != outcome)
    {
      self->outcome = outcome;
      g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_OUTCOME]);
    }
  if (g_strcmp0 (self->text, text) != 0)
    {
      g_free (self->text);
      self->text = g_strdup (text);
      g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_TEXT]);
    }
  g_object_thaw_notify (G_OBJECT (self));
}

void
presync_reach_set_keys (PresyncReach *self, const char *const *keys)
{
  char **copy;

  g_return_if_fail (PRESYNC_IS_REACH (self) && keys != NULL);
  copy = g_strdupv ((char **) keys);
  g_strfreev (self->keys);
  self->keys = copy;
}

void
presync_reach_set_stands_for (PresyncReach *self, const char *wildcard)
{
  char *copy;

  g_return_if_fail (PRESYNC_IS_REACH (self));
  copy = g_strdup (wildcard);
  g_free (self->stands_for);
  self->stands_for = copy;
}

void
presync_reach_set_certificate (PresyncReach *self, const PresyncReachCertificate *certificate)
{
  PresyncReachCertificate *copy;

  g_return_if_fail (PRESYNC_IS_REACH (self));
  copy = presync_reach_certificate_copy (certificate);
  presync_reach_certificate_free (self->certificate);
  self->certificate = copy;
}

const PresyncReachCertificate *
presync_reach_get_certificate (PresyncReach *self)
{
  g_return_val_if_fail (PRESYNC_IS_REACH (self), NULL);
  return self->certificate;
}

void
presync_reach_set_wanted_names (PresyncReach *self, const char *const *names)
{
  char **copy;

  g_return_if_fail (PRESYNC_IS_REACH (self));
  copy = g_strdupv ((char **) names);
  g_strfreev (self->wanted);
  self->wanted = copy;
}

const char *const *
presync_reach_get_wanted_names (PresyncReach *self)
{
  g_return_val_if_fail (PRESYNC_IS_REACH (self), NULL);
  return (const char *const *) self->wanted;
}

void
presync_reach_set_offered_names (PresyncReach *self, const char *const *names)
{
  char **copy;

  g_return_if_fail (PRESYNC_IS_REACH (self));
  copy = g_strdupv ((char **) names);
  g_strfreev (self->offered);
  self->offered = copy;
}

const char *const *
presync_reach_get_offered_names (PresyncReach *self)
{
  g_return_val_if_fail (PRESYNC_IS_REACH (self), NULL);
  return (const char *const *) self->offered;
}

void
presync_reach_set_wanted_partial (PresyncReach *self, gboolean partial)
{
  g_return_if_fail (PRESYNC_IS_REACH (self));
  self->wanted_partial = partial;
}

gboolean
presync_reach_get_wanted_partial (PresyncReach *self)
{
  g_return_val_if_fail (PRESYNC_IS_REACH (self), FALSE);
  return self->wanted_partial;
}

void
presync_reach_set_obstacle (PresyncReach *self, const char *obstacle)
{
  char *copy;

  g_return_if_fail (PRESYNC_IS_REACH (self));
  copy = g_strdup (obstacle);
  g_free (self->obstacle);
  self->obstacle = copy;
}

const char *
presync_reach_get_obstacle (PresyncReach *self)
{
  g_return_val_if_fail (PRESYNC_IS_REACH (self), NULL);
  return self->obstacle;
}

void
presync_reach_set_proxy (PresyncReach *self, const char *proxy)
{
  char *copy;

  g_return_if_fail (PRESYNC_IS_REACH (self));
  copy = g_strdup (proxy);
  g_free (self->proxy);
  self->proxy = copy;
}

const char *
presync_reach_get_proxy (PresyncReach *self)
{
  g_return_val_if_fail (PRESYNC_IS_REACH (self), NULL);
  return self->proxy;
}

void
presync_reach_set_at (PresyncReach *self, GDateTime *at)
{
  g_return_if_fail (PRESYNC_IS_REACH (self));
  if (at != NULL)
    g_date_time_ref (at);
  g_clear_pointer (&self->at, g_date_time_unref);
  self->at = at;
}

GDateTime *
presync_reach_get_at (PresyncReach *self)
{
  g_return_val_if_fail (PRESYNC_IS_REACH (self), NULL);
  return self->at;
}

void
presync_reach_take_result (PresyncReach *self, PresyncReach *other)
{
  g_return_if_fail (PRESYNC_IS_REACH (self) && PRESYNC_IS_REACH (other));
  g_object_freeze_notify (G_OBJECT (self));
  presync_reach_end (self, other->outcome, other->text);
  memcpy (self->marks, other->marks, sizeof self->marks);
  presync_reach_set_certificate (self, other->certificate);
  presync_reach_set_proxy (self, other->proxy);
  presync_reach_set_at (self, other->at);
  g_object_thaw_notify (G_OBJECT (self));
}

PresyncReach *
presync_reach_copy (PresyncReach *self)
{
  PresyncReach *copy;

  g_return_val_if_fail (PRESYNC_IS_REACH (self), NULL);
  copy = presync_reach_new ((const char *const *) self->keys, self->group, self->subject,
                            self->host, self->port, self->stands_for);
  presync_reach_set_wanted_names (copy, (const char *const *) self->wanted);
  presync_reach_set_offered_names (copy, (const char *const *) self->offered);
  copy->wanted_partial = self->wanted_partial;
  presync_reach_set_obstacle (copy, self->obstacle);
  presync_reach_take_result (copy, self);
  return copy;
}

const char *const *
presync_reach_get_keys (PresyncReach *self)
{
  g_return_val_if_fail (PRESYNC_IS_REACH (self), NULL);
  return (const char *const *) self->keys;
}

const char *
presync_reach_get_subject (PresyncReach *self)
{
  g_return_val_if_fail (PRESYNC_IS_REACH (self), NULL);
  return self->subject;
}

const char *
presync_reach_get_host (PresyncReach *self)
{
  g_return_val_if_fail (PRESYNC_IS_REACH (self), NULL);
  return self->host;
}

guint16
presync_reach_get_port (PresyncReach *self)
{
  g_return_val_if_fail (PRESYNC_IS_REACH (self), 0);
  return self->port;
}

const char *
presync_reach_get_stands_for (PresyncReach *self)
{
  g_return_val_if_fail (PRESYNC_IS_REACH (self), NULL);
  return self->stands_for;
}

const char *
presync_reach_get_group (PresyncReach *self)
{
  g_return_val_if_fail (PRESYNC_IS_REACH (self), NULL);
  return self->group;
}

PresyncReachOutcome
presync_reach_get_outcome (PresyncReach *self)
{
  g_return_val_if_fail (PRESYNC_IS_REACH (self), PRESYNC_REACH_PENDING);
  return self->outcome;
}

PresyncReachMark
presync_reach_get_mark (PresyncReach *self, PresyncReachStage stage)
{
  g_return_val_if_fail (PRESYNC_IS_REACH (self), PRESYNC_REACH_NONE);
  g_return_val_if_fail (stage < PRESYNC_N_REACH_STAGES, PRESYNC_REACH_NONE);
  return self->marks[stage];
}

const char *
presync_reach_get_text (PresyncReach *self)
{
  g_return_val_if_fail (PRESYNC_IS_REACH (self), NULL);
  return self->text;
}

const char *
presync_reach_outcome_id (PresyncReachOutcome outcome)
{
  g_return_val_if_fail (outcome < G_N_ELEMENTS (outcome_ids), NULL);
  return outcome_ids[outcome];
}

gboolean
presync_reach_outcome_from_id (const char *id, PresyncReachOutcome *outcome)
{
  g_return_val_if_fail (id != NULL && outcome != NULL, FALSE);
  for (gsize i = 0; i < G_N_ELEMENTS (outcome_ids); i++)
    if (strcmp (outcome_ids[i], id) == 0)
      {
        *outcome = (PresyncReachOutcome) i;
        return TRUE;
      }
  return FALSE;
}

gboolean
presync_reach_outcome_is_known (PresyncReachOutcome outcome)
{
  return outcome >= PRESYNC_REACH_REACHED && outcome <= PRESYNC_REACH_PROXY_BROKEN;
}

const char *
presync_reach_group_title (const char *group)
{
  static const struct
  {
    const char *id;
    const char *title;
  } groups[] = {
    { "names", N_ ("Names") },
    { "controllers", N_ ("Domain controllers") },
    { "internet", N_ ("Internet") },
    { "lists", N_ ("Revocation lists") },
    { "federation", N_ ("Federation service") },
  };

  g_return_val_if_fail (group != NULL, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (groups); i++)
    if (strcmp (groups[i].id, group) == 0)
      return _ (groups[i].title);
  return group;
}
