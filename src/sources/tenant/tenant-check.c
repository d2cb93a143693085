/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sources/tenant/tenant-check.h"

#include <string.h>
#include <glib/gi18n.h>

#include "base/error.h"
#include "facts/cloud-title.h"
#include "sources/tenant/tenant-suffixes.h"

/* All suffixes together may take so long. */
#define SUFFIXES_SECONDS (PRESYNC_TENANT_CHECK_SECONDS / 2)

void
presync_tenant_check_clear (PresyncTenantCheck *self)
{
  g_clear_pointer (&self->target, presync_tenant_target_free);
  g_clear_pointer (&self->suffixes, g_strfreev);
  g_clear_pointer (&self->offered, g_strfreev);
  g_clear_pointer (&self->admin, g_free);
  g_clear_pointer (&self->earlier, presync_tenant_known_unref);
  g_clear_pointer (&self->tokens, presync_tokens_free);
  g_clear_pointer (&self->refresh, presync_secret_unref);
  g_clear_pointer (&self->known, presync_tenant_known_unref);
}

gboolean
presync_tenant_check_is_late (PresyncTenantCheck *self)
{
  return g_atomic_int_get (&self->timed_out) != 0;
}

const char *
presync_tenant_check_get_late (void)
{
  return _ ("The time for the tenant was up before this was read.");
}

static void
presync_tenant_check_tell (PresyncTenantCheck *self, const char *stage, PresyncStageState state,
                           const char *text)
{
  if (self->stage != NULL)
    self->stage (stage, state, text, self->user_data);
}

/* The other cloud, if it has the same sign-in service, is used; else a person must choose it. */
static gboolean
presync_tenant_check_choose_cloud (const PresyncTenantTarget *target, const PresyncDiscovery *found,
                                   const PresyncCloud **cloud, GError **error)
{
  *cloud = target->cloud;
  if (!found->exists || found->cloud == NULL || strcmp (found->cloud->id, target->cloud->id) == 0)
    return TRUE;
  if (strcmp (found->cloud->login, target->cloud->login) == 0)
    {
      *cloud = found->cloud;
      return TRUE;
    }
  g_set_error (error, PRESYNC_ERROR, PRESYNC_ERROR_NOT_SUPPORTED,
               /* Translators: a domain, a cloud, the same cloud */
               _ ("The tenant of “%s” is in the cloud “%s”: choose the cloud “%s”."),
               target->domain, presync_cloud_title (found->cloud->id),
               presync_cloud_title (found->cloud->id));
  return FALSE;
}

gboolean
presync_tenant_check_find (PresyncHttp *http, const PresyncTenantTarget *target,
                           const PresyncCloud **cloud, PresyncTenantOwner **owner,
                           GCancellable *cancellable, GError **error)
{
  g_autoptr (GDateTime) now = NULL;
  PresyncDiscovery *found;

  *owner = NULL;
  *cloud = target->cloud;
  found = presync_discover (http, target->cloud, target->domain, cancellable, error);
  if (found == NULL)
    return FALSE;
  now = presync_http_dup_now (http);
  *owner = presync_tenant_owner_new (found, now);
  return presync_tenant_check_choose_cloud (target, found, cloud, error);
}

/* (transfer full): what is told in the stage */
static char *
presync_tenant_check_dup_found (PresyncTenantCheck *self)
{
  const PresyncDiscovery *found = self->known->own->discovery;

  if (!found->exists)
    return g_strdup_printf (_ ("No tenant owns “%s”"), self->target->domain);
  if (self->known->cloud != self->target->cloud)
    /* Translators: a tenant's id, the cloud that it is in, the cloud that was named */
    return g_strdup_printf (_ ("Tenant %s, in the cloud “%s” instead of “%s”"), found->tenant_id,
                            presync_cloud_title (self->known->cloud->id),
                            presync_cloud_title (self->target->cloud->id));
  /* Translators: a tenant's id, and the cloud that it is in */
  return g_strdup_printf (_ ("Tenant %s, %s"), found->tenant_id,
                          presync_cloud_title (self->known->cloud->id));
}

static gboolean
presync_tenant_check_find_own (PresyncTenantCheck *self, PresyncHttp *http,
                               GCancellable *cancellable, GError **error)
{
  g_autofree char *found = NULL;
  g_autofree char *text = NULL;
  g_autoptr (GError) local = NULL;

  presync_tenant_check_tell (self, "find", PRESYNC_STAGE_RUNNING, NULL);
  if (self->earlier != NULL)
    {
      self->known->own = presync_tenant_owner_ref (self->earlier->own);
      self->known->cloud = self->earlier->cloud;
    }
  else if (!presync_tenant_check_find (http, self->target, &self->known->cloud, &self->known->own,
                                       cancellable, &local))
    {
      if (presync_tenant_check_is_late (self))
        g_set_error (error, PRESYNC_ERROR, PRESYNC_ERROR_TIMED_OUT, "%s",
                     presync_tenant_check_get_late ());
      else
        g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }
  found = presync_tenant_check_dup_found (self);
  self->known->skew
      = self->earlier != NULL ? g_strdup (self->earlier->skew) : presync_http_dup_skew (http);
  if (self->known->skew != NULL)
    /* Translators: what was found, and a sentence */
    text = g_strdup_printf (_ ("%s. %s"), found, self->known->skew);
  presync_tenant_check_tell (self, "find", PRESYNC_STAGE_DONE, text != NULL ? text : found);
  return TRUE;
}

static void
presync_tenant_check_tell_suffixes (PresyncTenantCheck *self)
{
  const char *tenant = presync_tenant_known_get_tenant (self->known);
  const char *why = NULL;
  guint n = self->known->suffixes->len, ours = 0;
  g_autofree char *text = NULL;

  for (guint i = 0; i < n; i++)
    {
      const PresyncTenantOwner *owner = g_ptr_array_index (self->known->suffixes, i);
      const PresyncDiscovery *found = owner->discovery;

      if (found == NULL && why == NULL)
        why = owner->detail;
      else if (found != NULL && found->exists && tenant != NULL && found->tenant_id != NULL
               && g_ascii_strcasecmp (found->tenant_id, tenant) == 0)
        ours++;
    }
  text = g_strdup_printf (_ ("%u of %u UPN suffixes belong to the tenant"), ours, n);
  presync_tenant_check_tell (self, "suffixes",
                             why != NULL ? PRESYNC_STAGE_FAILED : PRESYNC_STAGE_DONE,
                             why != NULL ? why : text);
}

static gboolean
presync_tenant_check_find_suffixes (PresyncTenantCheck *self, PresyncHttp *http,
                                    GCancellable *cancellable, GError **error)
{
  if ((self->suffixes == NULL || self->suffixes[0] == NULL)
      && (self->offered == NULL || self->offered[0] == NULL))
    {
      presync_tenant_check_tell (self, "suffixes", PRESYNC_STAGE_SKIPPED,
                                 self->suffixes == NULL ? _ ("The directory has not told any yet")
                                                        : _ ("No UPN suffix is in use"));
      if (self->suffixes != NULL)
        self->known->suffixes
            = g_ptr_array_new_with_free_func ((GDestroyNotify) presync_tenant_owner_unref);
      return TRUE;
    }
  presync_tenant_check_tell (self, "suffixes", PRESYNC_STAGE_RUNNING, NULL);
  self->known->suffixes = presync_tenant_suffixes_find (
      self, http, SUFFIXES_SECONDS, &self->known->n_offered, cancellable, error);
  if (self->known->suffixes == NULL)
    return FALSE;
  presync_tenant_check_tell_suffixes (self);
  return TRUE;
}

/* @error: (nullable): why; else the time is up */
static void
presync_tenant_check_set_unread (PresyncTenantCheck *self, PresyncGraphRead read,
                                 const GError *error)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_utc ();
  g_autoptr (PresyncOrigin) origin
      = presync_origin_new ("tenant", self->target->domain, "", now, FALSE);

  g_clear_pointer (&self->known->answers[read], presync_graph_answer_unref);
  self->known->answers[read] = presync_graph_answer_new_unknown (
      error != NULL ? presync_tenant_judge_error (error) : PRESYNC_UNKNOWN_TIMED_OUT,
      error != NULL ? error->message : presync_tenant_check_get_late (), origin);
}

/* One question to Graph. After a fatal one, all others have its reason. %FALSE if cancelled */
static gboolean
presync_tenant_check_read (PresyncTenantCheck *self, PresyncGraph *graph, PresyncGraphRead read,
                           const char *id, GError **fatal, GCancellable *cancellable,
                           GError **error)
{
  g_autoptr (GError) local = NULL;

  if (self->earlier != NULL && self->earlier->answers[read] != NULL
      && self->earlier->answers[read]->unknown == PRESYNC_UNKNOWN_NONE
      && (read < PRESYNC_GRAPH_USER || g_strcmp0 (self->earlier->admin, self->admin) == 0))
    {
      self->known->answers[read] = presync_graph_answer_ref (self->earlier->answers[read]);
      return TRUE;
    }
  if (*fatal != NULL || presync_tenant_check_is_late (self))
    {
      presync_tenant_check_set_unread (self, read, *fatal);
      return TRUE;
    }
  self->known->answers[read] = presync_graph_read (graph, read, id, cancellable, &local);
  if (local == NULL)
    return TRUE;
  if (g_error_matches (local, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      if (presync_tenant_check_is_late (self))
        {
          presync_tenant_check_set_unread (self, read, NULL);
          return TRUE;
        }
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }
  g_propagate_error (fatal, g_steal_pointer (&local));
  return TRUE;
}

static gboolean
presync_tenant_check_read_all (PresyncTenantCheck *self, PresyncGraph *graph, GError **fatal,
                               GCancellable *cancellable, GError **error)
{
  static const PresyncGraphRead of_user[]
      = { PRESYNC_GRAPH_ROLES, PRESYNC_GRAPH_ASSIGNMENTS, PRESYNC_GRAPH_ELIGIBLE };
  PresyncTenantRead read;
  gboolean eligible;
  g_autofree char *id = NULL;

  for (PresyncGraphRead r = PRESYNC_GRAPH_ORGANIZATION; r < PRESYNC_GRAPH_USER; r++)
    if (!presync_tenant_check_read (self, graph, r, NULL, fatal, cancellable, error))
      return FALSE;
  read = presync_tenant_known_get_read (self->known, self->target->domain);
  if (!presync_tenant_read_is_me (&read)
      && !presync_tenant_check_read (self, graph, PRESYNC_GRAPH_USER, self->admin, fatal,
                                     cancellable, error))
    return FALSE;
  read = presync_tenant_known_get_read (self->known, self->target->domain);
  id = presync_tenant_read_dup_admin_id (&read);
  for (gsize i = 0; id != NULL && i < G_N_ELEMENTS (of_user); i++)
    if (!presync_tenant_check_read (self, graph, of_user[i], id, fatal, cancellable, error))
      return FALSE;
  read = presync_tenant_known_get_read (self->known, self->target->domain);
  eligible = presync_tenant_read_needs_groups (&read);
  if (eligible
      && !presync_tenant_check_read (self, graph, PRESYNC_GRAPH_HOLDERS, id, fatal, cancellable,
                                     error))
    return FALSE;
  return (!eligible && !presync_tenant_read_is_through_group (&read))
         || presync_tenant_check_read (self, graph, PRESYNC_GRAPH_GROUPS, id, fatal, cancellable,
                                       error);
}

static void
presync_tenant_check_tell_read (PresyncTenantCheck *self)
{
  guint failed = 0, asked = 0;
  g_autofree char *text = NULL;

  for (gsize i = 0; i < PRESYNC_GRAPH_N_READS; i++)
    {
      const PresyncGraphAnswer *answer = self->known->answers[i];

      asked += answer != NULL;
      failed += answer != NULL && answer->unknown != PRESYNC_UNKNOWN_NONE
                && !presync_graph_answer_is_missing (answer);
    }
  text = failed > 0 ? g_strdup_printf (_ ("%u of %u could not be read"), failed, asked) : NULL;
  presync_tenant_check_tell (self, "read", failed > 0 ? PRESYNC_STAGE_FAILED : PRESYNC_STAGE_DONE,
                             text);
}

/* Nobody is signed in (any more). @error: (nullable): why */
static void
presync_tenant_check_skip_reads (PresyncTenantCheck *self, const GError *error)
{
  g_autoptr (GError) ended = NULL;

  presync_tenant_check_tell (self, "sign-in",
                             error != NULL ? PRESYNC_STAGE_FAILED : PRESYNC_STAGE_SKIPPED,
                             error != NULL ? error->message : _ ("Not signed in"));
  presync_tenant_check_tell (self, "read", PRESYNC_STAGE_SKIPPED, NULL);
  if (!self->signed_in_before)
    return;
  ended = g_error_new_literal (PRESYNC_ERROR, PRESYNC_ERROR_SIGN_IN,
                               _ ("The sign-in has ended: sign in again."));
  self->known->signed_in = TRUE;
  for (PresyncGraphRead read = 0; read < PRESYNC_GRAPH_N_READS; read++)
    presync_tenant_check_set_unread (self, read, error != NULL ? error : ended);
}

/* Tokens of an earlier time become new ones. %FALSE with an error if there are none */
static gboolean
presync_tenant_check_renew (PresyncTenantCheck *self, PresyncHttp *http,
                            const PresyncTenantTarget *target, GCancellable *cancellable,
                            GError **error)
{
  const char *tenant = presync_tenant_known_get_tenant (self->known);

  if (target->recording != NULL)
    return TRUE;
  if (tenant == NULL)
    {
      g_set_error (error, PRESYNC_ERROR, PRESYNC_ERROR_NOT_FOUND,
                   _ ("No tenant owns “%s”: there is nothing to sign in to."), target->domain);
      return FALSE;
    }
  if (self->tokens == NULL)
    self->tokens = presync_tokens_refresh (http, target, tenant, self->refresh, cancellable, error);
  return self->tokens != NULL;
}

static void
presync_tenant_check_forget (PresyncTenantCheck *self)
{
  g_clear_pointer (&self->tokens, presync_tokens_free);
  g_clear_pointer (&self->refresh, presync_secret_unref);
}

/* Who signed in. @fatal: (out): why nothing else can be read. %FALSE if cancelled */
static gboolean
presync_tenant_check_meet (PresyncTenantCheck *self, PresyncGraph *graph, GError **fatal,
                           GCancellable *cancellable, GError **error)
{
  g_autofree char *person = NULL;
  const PresyncGraphAnswer *me;

  if (!presync_tenant_check_read (self, graph, PRESYNC_GRAPH_ME, NULL, fatal, cancellable, error))
    return FALSE;
  me = self->known->answers[PRESYNC_GRAPH_ME];
  person = presync_tenant_known_dup_person (self->known);
  presync_tenant_check_tell (self, "sign-in",
                             person != NULL ? PRESYNC_STAGE_DONE : PRESYNC_STAGE_FAILED,
                             person != NULL ? person : me->detail);
  return TRUE;
}

static gboolean
presync_tenant_check_ask_graph (PresyncTenantCheck *self, PresyncGraph *graph,
                                GCancellable *cancellable, GError **error)
{
  g_autoptr (GError) fatal = NULL;
  const PresyncGraphAnswer *me;
  gboolean recorded = self->target->recording != NULL;

  if (!presync_tenant_check_meet (self, graph, &fatal, cancellable, error))
    return FALSE;
  me = self->known->answers[PRESYNC_GRAPH_ME];
  if (recorded && me->status == 404)
    {
      /* A recording of what can be known without a sign-in */
      g_clear_pointer (&self->known->answers[PRESYNC_GRAPH_ME], presync_graph_answer_unref);
      presync_tenant_check_skip_reads (self, NULL);
      return TRUE;
    }
  self->known->signed_in = TRUE;
  if (self->test_only)
    return TRUE;
  presync_tenant_check_tell (self, "read", PRESYNC_STAGE_RUNNING, NULL);
  if (!presync_tenant_check_read_all (self, graph, &fatal, cancellable, error))
    return FALSE;
  presync_tenant_check_tell_read (self);
  if (fatal != NULL)
    {
      presync_tenant_check_tell (self, "sign-in", PRESYNC_STAGE_FAILED, fatal->message);
      g_clear_pointer (&graph->tokens, presync_tokens_free);
      g_clear_pointer (&self->refresh, presync_secret_unref);
    }
  return TRUE;
}

/* @http: (transfer none): of the cloud whose Graph is asked */
static gboolean
presync_tenant_check_sign_in (PresyncTenantCheck *self, PresyncHttp *http,
                              const PresyncTenantTarget *target, GCancellable *cancellable,
                              GError **error)
{
  g_autoptr (GError) local = NULL;
  gboolean recorded = target->recording != NULL;
  PresyncGraph graph = { .http = http, .target = target };
  gboolean going_on;

  if (recorded ? !self->may_sign_in : self->tokens == NULL && self->refresh == NULL)
    {
      presync_tenant_check_skip_reads (self, NULL);
      return TRUE;
    }
  presync_tenant_check_tell (self, "sign-in", PRESYNC_STAGE_RUNNING, NULL);
  if (!presync_tenant_check_renew (self, http, target, cancellable, &local))
    {
      if (g_error_matches (local, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        {
          if (!presync_tenant_check_is_late (self))
            {
              g_propagate_error (error, g_steal_pointer (&local));
              return FALSE;
            }
          g_clear_error (&local);
          local = g_error_new_literal (PRESYNC_ERROR, PRESYNC_ERROR_TIMED_OUT,
                                       presync_tenant_check_get_late ());
        }
      if (g_error_matches (local, PRESYNC_ERROR, PRESYNC_ERROR_SIGN_IN))
        presync_tenant_check_forget (self);
      presync_tenant_check_skip_reads (self, local);
      return TRUE;
    }
  graph.tenant = presync_tenant_known_get_tenant (self->known);
  graph.tokens = g_steal_pointer (&self->tokens);
  self->known->provider = g_strdup (graph.tokens != NULL ? graph.tokens->provider : NULL);
  going_on = presync_tenant_check_ask_graph (self, &graph, cancellable, error);
  self->tokens = g_steal_pointer (&graph.tokens);
  return going_on;
}

gboolean
presync_tenant_check_run (PresyncTenantCheck *self, GCancellable *cancellable, GError **error)
{
  g_autoptr (PresyncHttp) http = NULL;
  g_autoptr (PresyncTenantTarget) target = NULL;

  g_return_val_if_fail (self != NULL && self->target != NULL, FALSE);
  self->known = presync_tenant_known_new (self->target->cloud, self->admin);
  self->known->whole = self->whole;
  http = presync_http_new (self->target);
  if (!presync_tenant_check_find_own (self, http, cancellable, error))
    return FALSE;
  if (self->test_only)
    presync_tenant_check_tell (self, "suffixes", PRESYNC_STAGE_SKIPPED, NULL);
  else if (!presync_tenant_check_find_suffixes (self, http, cancellable, error))
    return FALSE;
  if (!self->test_only && self->facts != NULL)
    {
      /* What a sign-in may tell better waits until it did. */
      g_autoptr (GPtrArray) facts = NULL;
      gboolean wait = self->tokens != NULL || self->refresh != NULL || self->signed_in_before
                      || (self->target->recording != NULL && self->may_sign_in);

      self->known->signed_in = wait;
      facts = presync_tenant_known_list_facts (self->known, self->target->domain, TRUE, FALSE);
      self->known->signed_in = FALSE;
      self->facts (facts, self->user_data);
    }
  target = presync_tenant_target_copy (self->target);
  target->cloud = self->known->cloud;
  if (target->cloud != self->target->cloud)
    {
      g_object_unref (http);
      http = presync_http_new (target);
    }
  return presync_tenant_check_sign_in (self, http, target, cancellable, error);
}
