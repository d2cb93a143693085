/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <string.h>

#include "base/error.h"
#include "sources/json.h"
#include "sources/tenant/recording.h"
#include "sources/tenant/tenant-facts.h"
#include "sources/tenant/tenant-source.h"

/* Every key is told but one, and what is told is text that can be shown. */
static void
tenant_check_facts (GPtrArray *facts)
{
  const char *const *keys = presync_tenant_signed_in_fact_keys ();

  for (guint i = 0; keys[i] != NULL; i++)
    {
      gboolean told = strcmp (keys[i], "tenant.last-sync") == 0;

      for (guint j = 0; j < facts->len && !told; j++)
        told = strcmp (presync_fact_get_key (facts->pdata[j]), keys[i]) == 0;
      g_assert_true (told);
    }
  for (guint i = 0; i < facts->len; i++)
    {
      PresyncFact *fact = g_ptr_array_index (facts, i);
      g_autofree char *shown = presync_fact_describe (fact);

      g_assert_true (g_utf8_validate (shown, -1, NULL));
      g_assert_true (g_utf8_validate (presync_fact_get_subject (fact), -1, NULL));
      g_assert_null (strpbrk (shown, "\r\n\t\033"));
    }
}

/* One answer of Microsoft Graph, as if it were the answer to every question */
static void
tenant_check (GBytes *input)
{
  gsize length = 0;
  const char *text = g_bytes_get_data (input, &length);
  g_autoptr (JsonNode) node = presync_json_parse (text, length, "fuzz", 64, NULL);
  g_autoptr (GDateTime) now = g_date_time_new_now_utc ();
  g_autoptr (PresyncOrigin) origin = presync_origin_new ("tenant", "contoso.com", "", now, TRUE);
  g_autoptr (PresyncTenantOwner) own = presync_tenant_owner_new_impossible ("x", now);
  g_autoptr (GPtrArray) suffixes
      = g_ptr_array_new_with_free_func ((GDestroyNotify) presync_tenant_owner_unref);
  g_autoptr (GPtrArray) facts = g_ptr_array_new_with_free_func (g_object_unref);
  PresyncTenantNames names = { .subject = "contoso.com", .own = own, .suffixes = suffixes };
  PresyncTenantRead read = { .subject = "contoso.com" };

  if (node == NULL)
    return;
  read.admin = length % 2 == 0 ? "anna@contoso.com" : NULL;
  for (PresyncGraphRead i = 0; i < PRESYNC_GRAPH_N_READS; i++)
    read.answers[i] = presync_graph_answer_new_body (200, node, origin);
  presync_tenant_read_add_facts (&read, &names, facts);
  /* Nothing tells of a custom domain, unless there is a list of domains. */
  g_ptr_array_add (facts, presync_fact_new_boolean ("tenant.custom-domain", "", FALSE, origin));
  tenant_check_facts (facts);
  for (PresyncGraphRead i = 0; i < PRESYNC_GRAPH_N_READS; i++)
    presync_graph_answer_unref (read.answers[i]);
}

/* A refusal is one line that can be shown. */
static void
tenant_check_refused (const GError *error)
{
  g_assert_nonnull (error);
  g_assert_true (error->domain == PRESYNC_ERROR);
  g_assert_true (g_utf8_validate (error->message, -1, NULL));
  for (const char *p = error->message; *p != '\0'; p = g_utf8_next_char (p))
    g_assert_true (g_unichar_isprint (g_utf8_get_char (p)));
}

/* What is typed as the name of a tenant: what is taken is taken again as it is, and asked for at
 * the sign-in service alone. */
static void
tenant_check_name (const char *text)
{
  g_autoptr (PresyncTenantTarget) target = presync_tenant_target_new ();
  g_autoptr (PresyncTenantTarget) again = presync_tenant_target_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (GError) second = NULL;
  g_autofree char *url = NULL;

  target->proxy = g_strdup (text);
  if (!presync_tenant_target_validate (target, &second))
    tenant_check_refused (second);
  g_clear_error (&second);
  target->client_id = g_strdup (text);
  if (!presync_tenant_target_validate (target, &second))
    tenant_check_refused (second);
  g_clear_error (&second);
  if (!presync_tenant_target_parse_name (target, text, &error))
    {
      tenant_check_refused (error);
      g_assert_null (target->domain);
      return;
    }
  g_assert_no_error (error);
  g_assert_true (presync_tenant_target_parse_name (again, target->domain, &second));
  g_assert_cmpstr (again->domain, ==, target->domain);
  url = g_strconcat (target->cloud->login, "/", target->domain, "/v2.0", NULL);
  g_assert_true (presync_cloud_is_login (target->cloud, url));
}

/* A file of recorded answers */
static void
tenant_check_recording (const char *path)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (PresyncRecording) recording = presync_recording_read (path, NULL, &error);
  g_autoptr (JsonNode) body = NULL;
  guint status = 0;

  if (recording == NULL)
    {
      tenant_check_refused (error);
      return;
    }
  g_assert_nonnull (presync_recording_get_at (recording));
  body = presync_recording_find (recording, "https://graph.microsoft.com/v1.0/me", &status);
  g_assert_true (body == NULL || JSON_NODE_HOLDS_OBJECT (body));
  g_assert_cmpuint (status, >=, 200);
  g_assert_cmpuint (status, <, 600);
}
