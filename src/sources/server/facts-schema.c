/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sources/server/facts-schema.h"

#include "base/error.h"
#include "sources/json.h"
#include "sources/server/facts-report.h"

#include <string.h>
#include <glib/gi18n.h>

/* So many unknown members are listed; more would help nobody. */
#define MAX_UNKNOWN 100
/* REG_DWORD; PowerShell shows the upper half as negative numbers. */
#define DWORD_MIN G_MININT32
#define DWORD_MAX G_MAXUINT32
/* Whole numbers up to here are exact in every JSON reader (RFC 8259, 6). */
#define EXACT ((gint64) 1 << 53)

typedef enum
{
  OBJECT,
  ARRAY,
  MAP, /* of any names, with DWORDs */
  TEXT,
  INTEGER,
  NUMBER,
  BOOLEAN,
  FLAG, /* attribute of an XML file: "true", or what a script made of it */
} PresyncFactsKind;

typedef struct
{
  const char *path; /* "[]" stands for each member of an array */
  PresyncFactsKind kind;
  gint64 min; /* of whole numbers */
  gint64 max;
  gboolean required; /* neither null nor unreadable */
} PresyncFactsMember;

#define DWORD(path)                                                                                \
  {                                                                                                \
    path, INTEGER, DWORD_MIN, DWORD_MAX, FALSE                                                     \
  }
#define COUNT(path, most)                                                                          \
  {                                                                                                \
    path, INTEGER, 0, most, FALSE                                                                  \
  }
#define PLAIN(path, kind)                                                                          \
  {                                                                                                \
    path, kind, 0, 0, FALSE                                                                        \
  }

/* clang-format off */
static const PresyncFactsMember members[] = {
  { "presync-server-facts", INTEGER, 1, G_MAXINT32, TRUE },
  { "collected", TEXT, 0, 0, TRUE },
  PLAIN ("collector", TEXT),
  { "computer", OBJECT, 0, 0, TRUE },
  { "computer.name", TEXT, 0, 0, TRUE },
  PLAIN ("computer.dnsName", TEXT),
  PLAIN ("computer.domain", TEXT),
  PLAIN ("computer.partOfDomain", BOOLEAN),
  COUNT ("computer.domainRole", 5),
  PLAIN ("ranAs", OBJECT),
  PLAIN ("ranAs.name", TEXT),
  PLAIN ("ranAs.sid", TEXT),
  PLAIN ("ranAs.elevated", BOOLEAN),
  PLAIN ("system", OBJECT),
  PLAIN ("system.caption", TEXT),
  PLAIN ("system.version", TEXT),
  COUNT ("system.build", G_MAXINT32),
  COUNT ("system.ubr", G_MAXINT32),
  COUNT ("system.productType", 3),
  COUNT ("system.sku", G_MAXUINT32),
  PLAIN ("system.installationType", TEXT),
  PLAIN ("system.serverLevels", MAP),
  PLAIN ("hardware", OBJECT),
  COUNT ("hardware.memoryBytes", EXACT),
  PLAIN ("hardware.processors", ARRAY),
  PLAIN ("hardware.processors[]", OBJECT),
  PLAIN ("hardware.processors[].name", TEXT),
  COUNT ("hardware.processors[].maxClockMHz", 1000000),
  COUNT ("hardware.processors[].cores", 1000000),
  PLAIN ("hardware.disks", ARRAY),
  PLAIN ("hardware.disks[]", OBJECT),
  PLAIN ("hardware.disks[].drive", TEXT),
  COUNT ("hardware.disks[].sizeBytes", G_MAXINT64),
  COUNT ("hardware.disks[].freeBytes", G_MAXINT64),
  PLAIN ("hardware.disks[].system", BOOLEAN),
  PLAIN ("hardware.tpm", OBJECT),
  PLAIN ("hardware.tpm.present", BOOLEAN),
  PLAIN ("hardware.tpm.specVersion", TEXT),
  PLAIN ("hardware.tpm.enabled", BOOLEAN),
  PLAIN ("hardware.tpm.activated", BOOLEAN),
  PLAIN ("dotnet", OBJECT),
  COUNT ("dotnet.release", G_MAXUINT32),
  PLAIN ("powershell", OBJECT),
  PLAIN ("powershell.version", TEXT),
  PLAIN ("powershell.machinePolicy", OBJECT),
  DWORD ("powershell.machinePolicy.enableScripts"),
  PLAIN ("powershell.machinePolicy.executionPolicy", TEXT),
  PLAIN ("powershell.userPolicy", OBJECT),
  DWORD ("powershell.userPolicy.enableScripts"),
  PLAIN ("powershell.userPolicy.executionPolicy", TEXT),
  PLAIN ("powershell.currentUser", TEXT),
  PLAIN ("powershell.localMachine", TEXT),
  DWORD ("powershell.transcription"),
  PLAIN ("powershell.activeDirectoryModule", BOOLEAN),
  PLAIN ("tls12", OBJECT),
  PLAIN ("tls12.client", OBJECT),
  DWORD ("tls12.client.enabled"),
  DWORD ("tls12.client.disabledByDefault"),
  PLAIN ("tls12.server", OBJECT),
  DWORD ("tls12.server.enabled"),
  DWORD ("tls12.server.disabledByDefault"),
  PLAIN ("tls12.dotnet64", OBJECT),
  DWORD ("tls12.dotnet64.schUseStrongCrypto"),
  DWORD ("tls12.dotnet64.systemDefaultTlsVersions"),
  PLAIN ("tls12.dotnet32", OBJECT),
  DWORD ("tls12.dotnet32.schUseStrongCrypto"),
  DWORD ("tls12.dotnet32.systemDefaultTlsVersions"),
  PLAIN ("services", OBJECT),
  PLAIN ("services.VaultSvc", OBJECT),
  COUNT ("services.VaultSvc.start", 4),
  PLAIN ("services.VaultSvc.state", TEXT),
  PLAIN ("security", OBJECT),
  PLAIN ("security.dcom", OBJECT),
  PLAIN ("security.dcom.machineAccessRestriction", TEXT),
  PLAIN ("security.dcom.machineLaunchRestriction", TEXT),
  PLAIN ("security.dcom.defaultLaunchPermission", TEXT),
  DWORD ("security.fips"),
  DWORD ("security.restrictSendingNtlm"),
  DWORD ("security.ieEscAdministrators"),
  PLAIN ("security.localAdministrators", ARRAY),
  PLAIN ("security.localAdministrators[]", OBJECT),
  PLAIN ("security.localAdministrators[].name", TEXT),
  PLAIN ("security.localAdministrators[].sid", TEXT),
  PLAIN ("network", OBJECT),
  PLAIN ("network.machineConfigProxy", OBJECT),
  PLAIN ("network.machineConfigProxy.enabled", FLAG),
  PLAIN ("network.machineConfigProxy.useSystemDefault", FLAG),
  PLAIN ("network.machineConfigProxy.proxyAddress", TEXT),
  PLAIN ("network.machineConfigProxy.bypassOnLocal", FLAG),
  PLAIN ("network.machineConfigProxy.useDefaultCredentials", FLAG),
  PLAIN ("network.timeOffsetMilliseconds", NUMBER),
  PLAIN ("software", ARRAY),
  PLAIN ("software[]", OBJECT),
  PLAIN ("software[].name", TEXT),
  PLAIN ("software[].version", TEXT),
  PLAIN ("sync", OBJECT),
  PLAIN ("sync.agentVersion", TEXT),
  PLAIN ("sync.connectVersion", TEXT),
  PLAIN ("sync.agentFipsExempt", BOOLEAN),
  PLAIN ("sync.engineFipsExempt", BOOLEAN),
  PLAIN ("networkProbes", OBJECT),
  PLAIN ("networkProbes.cloud", TEXT),
  PLAIN ("networkProbes.rows", ARRAY),
  PLAIN ("networkProbes.rows[]", OBJECT),
  { "networkProbes.rows[].kind", TEXT, 0, 0, TRUE },
  { "networkProbes.rows[].host", TEXT, 0, 0, TRUE },
  { "networkProbes.rows[].port", INTEGER, 1, G_MAXUINT16, FALSE },
  { "networkProbes.rows[].outcome", TEXT, 0, 0, TRUE },
  PLAIN ("networkProbes.rows[].detail", TEXT),
  PLAIN ("networkProbes.rows[].proxy", TEXT),
  PLAIN ("networkProbes.rows[].tls", BOOLEAN),
  PLAIN ("networkProbes.rows[].certificate", OBJECT),
  PLAIN ("networkProbes.rows[].certificate.subject", TEXT),
  PLAIN ("networkProbes.rows[].certificate.issuer", TEXT),
  PLAIN ("networkProbes.rows[].certificate.root", TEXT),
  PLAIN ("networkProbes.rows[].certificate.names", ARRAY),
  { "networkProbes.rows[].certificate.names[]", TEXT, 0, 0, TRUE },
  PLAIN ("networkProbes.rows[].certificate.notBefore", TEXT),
  PLAIN ("networkProbes.rows[].certificate.notAfter", TEXT),
  PLAIN ("networkProbes.rows[].certificate.selfSigned", BOOLEAN),
  PLAIN ("networkProbes.rows[].certificate.trusted", BOOLEAN),
};
/* clang-format on */

typedef struct
{
  const char *path;
  GPtrArray *unknown;
  GError **error;
} PresyncFactsCheck;

static gboolean presync_facts_check_node (PresyncFactsCheck *self, JsonNode *node,
                                          const char *pattern, const char *where);

static const PresyncFactsMember *
presync_facts_schema_find (const char *pattern)
{
  for (gsize i = 0; i < G_N_ELEMENTS (members); i++)
    if (strcmp (members[i].path, pattern) == 0)
      return &members[i];
  return NULL;
}

const char *
presync_facts_schema_get_problem (JsonNode *node)
{
  JsonObject *object;
  JsonNode *problem;

  if (!JSON_NODE_HOLDS_OBJECT (node))
    return NULL;
  object = json_node_get_object (node);
  problem = json_object_get_member (object, "error");
  if (json_object_get_size (object) != 1 || problem == NULL
      || json_node_get_value_type (problem) != G_TYPE_STRING)
    return NULL;
  return json_node_get_string (problem);
}

/* What @node is, for people */
static const char *
presync_facts_schema_describe (JsonNode *node)
{
  if (JSON_NODE_HOLDS_OBJECT (node))
    return _ ("an object");
  if (JSON_NODE_HOLDS_ARRAY (node))
    return _ ("a list");
  if (JSON_NODE_HOLDS_NULL (node))
    return _ ("null");
  switch (json_node_get_value_type (node))
    {
    case G_TYPE_STRING:
      return _ ("text");
    case G_TYPE_BOOLEAN:
      return _ ("true or false");
    default:
      return _ ("a number");
    }
}

static const char *
presync_facts_schema_describe_kind (PresyncFactsKind kind)
{
  switch (kind)
    {
    case OBJECT:
    case MAP:
      return _ ("an object");
    case ARRAY:
      return _ ("a list");
    case TEXT:
      return _ ("text");
    case BOOLEAN:
    case FLAG:
      return _ ("true or false");
    case INTEGER:
    case NUMBER:
    default:
      return _ ("a number");
    }
}

static gboolean
presync_facts_check_fail_kind (PresyncFactsCheck *self, JsonNode *node, PresyncFactsKind kind,
                               const char *where)
{
  g_set_error (self->error, PRESYNC_ERROR, PRESYNC_ERROR_BAD_INPUT,
               /* Translators: a file name, a JSON path, then twice one of "text", "a number",
                * "an object", "a list", "true or false", "null" */
               _ ("%s: %s is %s, not %s."), self->path, where, presync_facts_schema_describe (node),
               presync_facts_schema_describe_kind (kind));
  return FALSE;
}

static gboolean
presync_facts_check_number (PresyncFactsCheck *self, JsonNode *node,
                            const PresyncFactsMember *member, const char *where)
{
  double value;
  double least = member->kind == NUMBER ? (double) -EXACT : (double) member->min;
  double most = member->kind == NUMBER ? (double) EXACT : (double) member->max;

  if (json_node_get_value_type (node) != G_TYPE_INT64
      && json_node_get_value_type (node) != G_TYPE_DOUBLE)
    return presync_facts_check_fail_kind (self, node, member->kind, where);
  value = json_node_get_double (node);
  /* Two to the 63rd is the one double that is no gint64 and yet not above the greatest. */
  if (!(value >= least && value <= most)
      || (json_node_get_value_type (node) == G_TYPE_DOUBLE && ABS (value) > (double) EXACT))
    {
      g_set_error (self->error, PRESYNC_ERROR, PRESYNC_ERROR_BAD_INPUT,
                   /* Translators: a file name, a JSON path, a number */
                   _ ("%s: %s is %.15g, which is out of range."), self->path, where, value);
      return FALSE;
    }
  if (member->kind == INTEGER && ABS (value - (double) (gint64) value) > 0.0)
    {
      g_set_error (self->error, PRESYNC_ERROR, PRESYNC_ERROR_BAD_INPUT,
                   /* Translators: a file name, a JSON path, a number */
                   _ ("%s: %s is %.15g, not a whole number."), self->path, where, value);
      return FALSE;
    }
  return TRUE;
}

static void
presync_facts_check_add_unknown (PresyncFactsCheck *self, const char *where)
{
  if (self->unknown->len < MAX_UNKNOWN)
    g_ptr_array_add (self->unknown, g_strdup (where));
}

/* @pattern: (nullable): %NULL for a map, whose names are free */
static gboolean
presync_facts_check_object (PresyncFactsCheck *self, JsonNode *node, const char *pattern,
                            const char *where)
{
  static const PresyncFactsMember dword = DWORD ("");
  JsonObject *object = json_node_get_object (node);
  g_autoptr (GList) names = json_object_get_members (object);

  for (GList *l = names; l != NULL; l = l->next)
    {
      const char *name = l->data;
      JsonNode *child = json_object_get_member (object, name);
      g_autofree char *below = presync_json_join (where, name);
      g_autofree char *inner = NULL;

      if (pattern == NULL)
        {
          if (!JSON_NODE_HOLDS_NULL (child) && presync_facts_schema_get_problem (child) == NULL
              && !presync_facts_check_number (self, child, &dword, below))
            return FALSE;
          continue;
        }
      /* A name with a dot of its own is no way into the schema. */
      if (strpbrk (name, ".[") != NULL)
        {
          presync_facts_check_add_unknown (self, below);
          continue;
        }
      inner = g_strconcat (pattern, pattern[0] != '\0' ? "." : "", name, NULL);
      if (!presync_facts_check_node (self, child, inner, below))
        return FALSE;
    }
  return TRUE;
}

static gboolean
presync_facts_check_array (PresyncFactsCheck *self, JsonNode *node, const char *pattern,
                           const char *where)
{
  JsonArray *array = json_node_get_array (node);
  g_autofree char *inner = g_strconcat (pattern, "[]", NULL);

  for (guint i = 0; i < json_array_get_length (array); i++)
    {
      g_autofree char *below = g_strdup_printf ("%s[%u]", where, i);
      JsonNode *child = json_array_get_element (array, i);

      if (JSON_NODE_HOLDS_NULL (child))
        return presync_facts_check_fail_kind (self, child, OBJECT, below);
      if (!presync_facts_check_node (self, child, inner, below))
        return FALSE;
    }
  return TRUE;
}

static gboolean
presync_facts_check_node (PresyncFactsCheck *self, JsonNode *node, const char *pattern,
                          const char *where)
{
  const PresyncFactsMember *member = presync_facts_schema_find (pattern);

  if (member == NULL)
    {
      presync_facts_check_add_unknown (self, where);
      return TRUE;
    }
  if (!member->required
      && (JSON_NODE_HOLDS_NULL (node) || presync_facts_schema_get_problem (node) != NULL))
    return TRUE;
  switch (member->kind)
    {
    case OBJECT:
    case MAP:
      if (!JSON_NODE_HOLDS_OBJECT (node))
        break;
      return presync_facts_check_object (self, node, member->kind == MAP ? NULL : pattern, where);
    case ARRAY:
      if (!JSON_NODE_HOLDS_ARRAY (node))
        break;
      return presync_facts_check_array (self, node, pattern, where);
    case INTEGER:
    case NUMBER:
      if (!JSON_NODE_HOLDS_VALUE (node))
        break;
      return presync_facts_check_number (self, node, member, where);
    case FLAG:
      if (!JSON_NODE_HOLDS_VALUE (node))
        break;
      return TRUE;
    case TEXT:
    case BOOLEAN:
    default:
      if (JSON_NODE_HOLDS_VALUE (node)
          && json_node_get_value_type (node)
                 == (member->kind == TEXT ? G_TYPE_STRING : G_TYPE_BOOLEAN))
        return TRUE;
    }
  return presync_facts_check_fail_kind (self, node, member->kind, where);
}

gboolean
presync_facts_schema_check (JsonNode *root, const char *path, GPtrArray *unknown, GError **error)
{
  PresyncFactsCheck self = { path, unknown, error };

  for (gsize i = 0; i < G_N_ELEMENTS (members); i++)
    if (members[i].required && strchr (members[i].path, '.') == NULL
        && !json_object_has_member (json_node_get_object (root), members[i].path))
      {
        g_set_error (error, PRESYNC_ERROR, PRESYNC_ERROR_BAD_INPUT,
                     /* Translators: a file name, a JSON path such as "collected" */
                     _ ("%s: %s is missing."), path, members[i].path);
        return FALSE;
      }
  return presync_facts_check_object (&self, root, "", "");
}
