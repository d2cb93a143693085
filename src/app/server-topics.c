/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/server-topics.h"

#include <glib/gi18n.h>

#include "app/account-text.h"

/* clang-format off */
static const PresyncServerTopic topics[] = {
  { PRESYNC_SERVER_SYSTEM, N_ ("Facts file"), 1,
    { "server.collected", "server.name", "server.domain" }, { NULL } },
  { PRESYNC_SERVER_SYSTEM, N_ ("Operating system"), 2,
    { "server.os", "server.os-build", "server.os-ubr", "server.sku", "server.os-is-server" }, { NULL } },
  { PRESYNC_SERVER_SYSTEM, N_ ("Desktop Experience"), 1,
    { "server.desktop-experience", "server.installation-type" }, { NULL } },
  { PRESYNC_SERVER_SYSTEM, N_ ("Domain membership"), 1,
    { "server.domain-joined", "server.domain-controller", "server.in-directory" }, { NULL } },
  { PRESYNC_SERVER_SYSTEM, N_ ("Memory"), 1, { "server.memory" }, { NULL } },
  { PRESYNC_SERVER_SYSTEM, N_ ("Processor"), 2, { "server.cpu", "server.cpu-mhz" }, { NULL } },
  { PRESYNC_SERVER_SYSTEM, N_ ("System disk"), 1, { "server.disk-size", "server.disk-free" }, { NULL } },
  { PRESYNC_SERVER_SYSTEM, N_ ("Trusted Platform Module"), 2,
    { "server.tpm-version", "server.tpm" }, { NULL } },
  { PRESYNC_SERVER_SYSTEM, N_ ("Clock"), 1, { "server.time-offset" }, { NULL } },

  { PRESYNC_SERVER_POWERSHELL, N_ (".NET Framework"), 1, { "server.dotnet-release" }, { NULL } },
  { PRESYNC_SERVER_POWERSHELL, N_ ("PowerShell execution policy"), 1,
    { "server.execution-policy", "server.execution-policy-documented", "server.execution-policy-scopes" },
    { "server.execution-policy-documented", "server.execution-policy-scopes" } },
  { PRESYNC_SERVER_POWERSHELL, N_ ("Windows PowerShell"), 1, { "server.powershell-version" }, { NULL } },
  { PRESYNC_SERVER_POWERSHELL, N_ ("PowerShell transcription"), 1,
    { "server.powershell-transcription" }, { NULL } },
  { PRESYNC_SERVER_POWERSHELL, N_ ("Active Directory module for PowerShell"), 1,
    { "server.rsat-powershell" }, { NULL } },

  { PRESYNC_SERVER_TLS, N_ ("TLS 1.2"), 1,
    { "server.tls12-client", "server.tls12-server", "server.tls12-dotnet", "server.tls12-explicit",
      "server.tls12-values" },
    { "server.tls12-explicit", "server.tls12-values" } },

  { PRESYNC_SERVER_SECURITY, N_ ("Credential Manager"), 1, { "server.credential-manager" }, { NULL } },
  { PRESYNC_SERVER_SECURITY, N_ ("Internet Explorer Enhanced Security"), 1, { "server.ie-esc" }, { NULL } },
  { PRESYNC_SERVER_SECURITY, N_ ("Outgoing NTLM"), 1, { "server.ntlm-outgoing" }, { NULL } },
  { PRESYNC_SERVER_SECURITY, N_ ("Windows LAPS"), 1, { "server.laps" }, { NULL } },
  { PRESYNC_SERVER_SECURITY, N_ ("FIPS mode"), 1,
    { "server.fips", "server.fips-exempt-agent", "server.fips-exempt-sync" }, { NULL } },
  { PRESYNC_SERVER_SECURITY, N_ ("DCOM"), 1, { "server.dcom-descriptors" }, { NULL } },
  { PRESYNC_SERVER_SECURITY, N_ ("Local administrators"), 1,
    { "server.local-administrators", "server.local-administrator-sids" }, { NULL } },
  { PRESYNC_SERVER_SECURITY, N_ ("Proxy in machine.config"), 1, { "server.proxy-configured" }, { NULL } },

  { PRESYNC_SERVER_SOFTWARE, N_ ("Provisioning agent"), 1,
    { "server.agent-version", "server.agent-installed" }, { NULL } },
  { PRESYNC_SERVER_SOFTWARE, N_ ("Connect Sync"), 1,
    { "server.connect-version", "server.connect-installed" }, { NULL } },
  { PRESYNC_SERVER_SOFTWARE, N_ ("SQL Server drivers"), 1, { "server.sql-drivers" }, { NULL } },
  { PRESYNC_SERVER_SOFTWARE, N_ ("Installed sync software"), 1, { "server.software" }, { NULL } },
};
/* clang-format on */

const PresyncServerTopic *
presync_server_topics (guint *n)
{
  g_return_val_if_fail (n != NULL, NULL);

  *n = G_N_ELEMENTS (topics);
  return topics;
}

/* (nullable): the topic of a fact */
static const PresyncServerTopic *
presync_server_topic_of_key (const char *key)
{
  for (guint i = 0; i < G_N_ELEMENTS (topics); i++)
    if (g_strv_contains (topics[i].keys, key))
      return &topics[i];
  return NULL;
}

/* (nullable): the topic of the first fact of @test that has one: tests name what they are about
 * first; @named: how many facts stand before it */
static const PresyncServerTopic *
presync_server_topic_of_test (const PresyncTest *test, guint *named)
{
  const PresyncServerTopic *topic = NULL;

  if (test->fact != NULL)
    topic = presync_server_topic_of_key (test->fact);
  if (test->fact != NULL && topic == NULL)
    (*named)++;
  for (guint i = 0; topic == NULL && test->children != NULL && i < test->children->len; i++)
    topic = presync_server_topic_of_test (g_ptr_array_index (test->children, i), named);
  return topic;
}

/* (nullable): the topic that @condition is about: what it tests, and only then when it applies */
static const PresyncServerTopic *
presync_server_topic_of_condition (PresyncCondition *condition, PresyncSection section)
{
  const PresyncTest *only_when = presync_condition_get_only_when (condition);
  guint named = 0;
  const PresyncServerTopic *topic
      = presync_server_topic_of_test (presync_condition_get_test (condition), &named);

  /* What is about SQL Server first has a page of its own. */
  if (section == PRESYNC_SECTION_SQL_SERVER && named > 0)
    return NULL;
  if (topic == NULL && named == 0 && only_when != NULL)
    topic = presync_server_topic_of_test (only_when, &named);
  return topic;
}

GPtrArray *
presync_server_topics_list_items (PresyncAssessment *assessment)
{
  g_autoptr (GPtrArray) lists = NULL;

  g_return_val_if_fail (PRESYNC_IS_ASSESSMENT (assessment), NULL);

  lists = g_ptr_array_new_with_free_func ((GDestroyNotify) g_ptr_array_unref);
  for (guint i = 0; i < G_N_ELEMENTS (topics); i++)
    g_ptr_array_add (lists, g_ptr_array_new_with_free_func (g_object_unref));
  for (guint i = 0; i < PRESYNC_N_OPTIONS; i++)
    {
      GListModel *checklist
          = G_LIST_MODEL (presync_assessment_get_checklist (assessment, (PresyncOption) i));

      for (guint j = 0; j < g_list_model_get_n_items (checklist); j++)
        {
          g_autoptr (PresyncChecklistItem) requirement = g_list_model_get_item (checklist, j);
          GListModel *children = presync_checklist_item_get_children (requirement);

          for (guint k = 0; children != NULL && k < g_list_model_get_n_items (children); k++)
            {
              g_autoptr (PresyncChecklistItem) item = g_list_model_get_item (children, k);
              const PresyncServerTopic *topic = presync_server_topic_of_condition (
                  presync_checklist_item_get_condition (item),
                  presync_requirement_get_section (
                      presync_checklist_item_get_requirement (requirement)));

              if (topic != NULL)
                g_ptr_array_add (g_ptr_array_index (lists, topic - topics),
                                 g_steal_pointer (&item));
            }
        }
    }
  return g_steal_pointer (&lists);
}

static gboolean
presync_server_is_about (const PresyncTest *test, const char *const *keys)
{
  g_autoptr (GHashTable) named = g_hash_table_new (g_str_hash, g_str_equal);
  GHashTableIter iter;
  gpointer key;

  presync_test_collect_facts (test, named);
  g_hash_table_iter_init (&iter, named);
  while (g_hash_table_iter_next (&iter, &key, NULL))
    if (!g_strv_contains (keys, key))
      return FALSE;
  return g_hash_table_size (named) > 0;
}

typedef struct
{
  PresyncFactSet *facts;
  GDateTime *now;
  const char *const *keys;
  PresyncStatus worst;
} Part;

/* @otherwise: status of a test that is false */
static void
presync_server_look_at_test (Part *part, const PresyncTest *test, PresyncStatus otherwise)
{
  PresyncStatus status = PRESYNC_STATUS_MET;

  if (!presync_server_is_about (test, part->keys))
    {
      /* Only "all" may be taken apart without changing what it says. */
      if (test->kind == PRESYNC_TEST_ALL)
        for (guint i = 0; i < test->children->len; i++)
          presync_server_look_at_test (part, g_ptr_array_index (test->children, i), otherwise);
      return;
    }
  switch (presync_evaluate (test, part->facts, part->now, NULL))
    {
    case PRESYNC_TRUE:
      break;
    case PRESYNC_FALSE:
      status = otherwise;
      break;
    case PRESYNC_NOT_READ:
      status = PRESYNC_STATUS_UNKNOWN;
      break;
    case PRESYNC_NOT_COLLECTED:
    default:
      status = PRESYNC_STATUS_NEEDS_ANSWER;
    }
  part->worst = MAX (part->worst, status);
}

PresyncStatus
presync_server_status_of (PresyncAssessment *assessment, GPtrArray *items, const char *const *keys)
{
  g_autoptr (GDateTime) now = presync_assessment_dup_now (assessment);
  Part part
      = { presync_assessment_get_facts (assessment), now, keys, PRESYNC_STATUS_NOT_APPLICABLE };

  for (guint i = 0; i < items->len; i++)
    {
      PresyncChecklistItem *item = g_ptr_array_index (items, i);
      PresyncCondition *condition = presync_checklist_item_get_condition (item);
      GPtrArray *advice = presync_condition_get_advice (condition);

      if (presync_checklist_item_get_measured_status (item) == PRESYNC_STATUS_NOT_APPLICABLE)
        continue;
      presync_server_look_at_test (&part, presync_condition_get_test (condition),
                                   presync_condition_get_severity (condition)
                                           == PRESYNC_SEVERITY_RECOMMENDED
                                       ? PRESYNC_STATUS_ADVICE
                                       : PRESYNC_STATUS_NOT_MET);
      for (guint j = 0; j < advice->len; j++)
        presync_server_look_at_test (&part,
                                     ((const PresyncAdvice *) g_ptr_array_index (advice, j))->test,
                                     PRESYNC_STATUS_ADVICE);
    }
  return part.worst;
}

void
presync_server_count (PresyncAssessment *assessment, PresyncServerCounts *counts)
{
  g_autoptr (GPtrArray) lists = presync_server_topics_list_items (assessment);

  *counts = (PresyncServerCounts){ 0 };
  for (guint i = 0; i < lists->len; i++)
    {
      PresyncStatus worst = presync_account_worst (g_ptr_array_index (lists, i));

      counts->not_met += worst == PRESYNC_STATUS_NOT_MET ? 1 : 0;
      counts->needs_answer += worst == PRESYNC_STATUS_NEEDS_ANSWER ? 1 : 0;
      counts->unknown += worst == PRESYNC_STATUS_UNKNOWN ? 1 : 0;
    }
}
