/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <string.h>

#include "facts/fact.h"

/* A result of presync-sql, and what tests make of it. */

/* As SQL Server 2019 answers an administrator who has prepared nothing; ' stands for " */
#define SQL_KIT_RESULT                                                                             \
  "{'driver':'FreeTDS 1.3.17','port':50123,'found-by':'browser','prelogin':{'version':"            \
  "'15.0.4375','encryption':'on','tls':'1.2','trusted':true,'problem':null},"                      \
  "'at':'2026-10-28T09:14:03Z','reads':["                                                          \
  "{'id':'properties','query':'SELECT p','rows':[{'ProductVersion':'15.0.4375.4',"                 \
  "'ProductLevel':'RTM','ProductUpdateLevel':'CU32','Edition':'Standard Edition (64-bit)',"        \
  "'EngineEdition':2,'Collation':'SQL_Latin1_General_CP1_CI_AS','IsIntegratedSecurityOnly':0,"     \
  "'IsClustered':0,'IsHadrEnabled':0,'InstanceName':'SYNC','MachineName':'SQL01',"                 \
  "'PathSeparator':'\\\\'}]},"                                                                     \
  "{'id':'login','query':'SELECT l','rows':[{'login':'presync','sysadmin':0,"                      \
  "'view_any_database':1,'create_any_database':0}]},"                                              \
  "{'id':'databases','query':'SELECT d','rows':[]},"                                               \
  "{'id':'adsync-size','query':'SELECT s','rows':[{'bytes':null}]},"                               \
  "{'id':'adsync-owner','query':'SELECT o','rows':[]},"                                            \
  "{'id':'adsync-role','query':'SELECT r','error':{'native':208,'message':'No such object.'}},"    \
  "{'id':'memory','query':'SELECT m','rows':[{'total_physical_memory_kb':16777216}]},"             \
  "{'id':'max-memory','query':'SELECT x','rows':[{'megabytes':8192}]},"                            \
  "{'id':'connection','query':'SELECT c','rows':[{'net_transport':'TCP','auth_scheme':'SQL'}]},"   \
  "{'id':'encryption','query':'SELECT e','rows':[{'encrypt_option':'TRUE'}]},"                     \
  "{'id':'mirroring','query':'SELECT i','rows':[]}]}"

/* Says which case runs; texts that are odd on purpose would break the tests' own output. */
static inline void
sql_kit_say (const char *text)
{
  g_autofree char *part = g_strndup (text, 80);
  g_autofree char *shown = g_strescape (part, NULL);

  g_test_message ("%s", shown);
}

/* (transfer full): @text with @from, which must be there once, replaced by @to, and ' by " */
static inline char *
sql_kit_edit (const char *text, const char *from, const char *to)
{
  g_auto (GStrv) parts = g_strsplit (text, from != NULL ? from : "\001", -1);
  g_autofree char *joined = g_strjoinv (to, parts);

  if (g_strv_length (parts) != (from != NULL ? 2 : 1))
    g_error ("%s is %u times in the text", from, g_strv_length (parts) - 1);
  return g_strdelimit (g_steal_pointer (&joined), "'", '"');
}

/* (transfer none) */
static inline PresyncFact *
sql_kit_find (GPtrArray *facts, const char *key)
{
  PresyncFact *found = NULL;

  for (guint i = 0; i < facts->len; i++)
    {
      PresyncFact *fact = g_ptr_array_index (facts, i);
      if (!g_str_equal (presync_fact_get_key (fact), key))
        continue;
      if (found != NULL)
        g_error ("%s is told twice", key);
      found = fact;
    }
  if (found == NULL)
    g_error ("%s is not told", key);
  return found;
}

static inline void
sql_kit_assert_known (GPtrArray *facts, const char *key)
{
  PresyncFact *fact = sql_kit_find (facts, key);

  if (presync_fact_get_unknown (fact) != PRESYNC_UNKNOWN_NONE)
    g_error ("%s: %s", key, presync_fact_get_detail (fact));
}

static inline void
sql_kit_assert_boolean (GPtrArray *facts, const char *key, gboolean value)
{
  sql_kit_assert_known (facts, key);
  if (presync_fact_get_boolean (sql_kit_find (facts, key)) != value)
    g_error ("%s is %s", key, value ? "false" : "true");
}

static inline void
sql_kit_assert_text (GPtrArray *facts, const char *key, const char *value)
{
  sql_kit_assert_known (facts, key);
  g_assert_cmpstr (presync_fact_get_text (sql_kit_find (facts, key)), ==, value);
}

static inline void
sql_kit_assert_integer (GPtrArray *facts, const char *key, gint64 value)
{
  sql_kit_assert_known (facts, key);
  g_assert_cmpint (presync_fact_get_integer (sql_kit_find (facts, key)), ==, value);
}

/* @part: of its sentence */
static inline void
sql_kit_assert_unknown (GPtrArray *facts, const char *key, PresyncUnknown reason, const char *part)
{
  PresyncFact *fact = sql_kit_find (facts, key);

  if (presync_fact_get_unknown (fact) != reason)
    g_error ("%s: %s: %s", key, presync_unknown_nick (presync_fact_get_unknown (fact)),
             presync_fact_get_detail (fact));
  if (strstr (presync_fact_get_detail (fact), part) == NULL)
    g_error ("%s: no “%s” in: %s", key, part, presync_fact_get_detail (fact));
}
