/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sources/directory/probe-read.h"

#include "sources/directory/dn.h"
#include "sources/directory/ldif-directory.h"

/* primaryGroupID of read-only controllers; 516 is that of the others, [MS-ADTS] 6.1.1.6 */
#define GROUP_READ_ONLY_CONTROLLERS 521
/* userAccountControl, [MS-ADTS] 2.2.16 */
#define ACCOUNT_PARTIAL_SECRETS 0x04000000
/* Microsoft Entra Kerberos: looks like a read-only controller, has no machine */
#define ENTRA_KERBEROS "AzureADKerberos"
/* options of NTDS settings: a global catalog, [MS-ADTS] 6.1.1.2.2.1.2.1.1 */
#define OPTION_GLOBAL_CATALOG 1
/* systemFlags of a crossRef, [MS-ADTS] 2.2.10: naming context of this forest, and a domain */
#define FLAG_DOMAIN 3

/* Every controller of the forest: its server object (name, computer) and, below, its NTDS settings
 * (level, kind). (objectClass=nTDSDSA) finds the read-only ones too. */
static const PresyncProbeQuery settings_query = {
  PRESYNC_BASE_CONFIGURATION,
  "CN=Sites",
  PRESYNC_SCOPE_SUBTREE,
  "(|(objectClass=nTDSDSA)(objectClass=server))",
  { "objectClass", "objectCategory", "msDS-Behavior-Version", "dNSHostName", "serverReference",
    "options", NULL },
  0,
};

/* The domains, each of which has a controller */
static const PresyncProbeQuery domains_query = {
  PRESYNC_BASE_CONFIGURATION,
  "CN=Partitions",
  PRESYNC_SCOPE_SUBTREE,
  "(objectClass=crossRef)",
  { "nCName", "systemFlags", NULL },
  0,
};

/* primaryGroupID has an index, userAccountControl has none. */
static const PresyncProbeQuery computers_query = {
  PRESYNC_BASE_DOMAIN,
  NULL,
  PRESYNC_SCOPE_SUBTREE,
  "(&(objectCategory=computer)(|(primaryGroupID=516)(primaryGroupID=521)))",
  { "objectClass", "cn", "dNSHostName", "operatingSystem", "operatingSystemVersion",
    "userAccountControl", "primaryGroupID", NULL },
  0,
};

/* What is known of one controller of our domain */
typedef struct
{
  char *name;
  char *computer_dn;            /* nullable */
  const PresyncEntry *settings; /* nullable */
  const PresyncEntry *computer; /* nullable */
} PresyncController;

static void
presync_controller_free (PresyncController *self)
{
  g_free (self->name);
  g_free (self->computer_dn);
  g_free (self);
}

/* Those found so far
 * @list: (element-type PresyncController)
 * @by_computer: those of a known computer, by the key of its name */
typedef struct
{
  GPtrArray *list;
  GHashTable *by_computer;
} PresyncControllers;

/* @computer_dn: (nullable) */
static PresyncController *
presync_controllers_add (PresyncControllers *self, char *name, const char *computer_dn)
{
  PresyncController *controller = g_new0 (PresyncController, 1);

  controller->name = name;
  controller->computer_dn = g_strdup (computer_dn);
  g_ptr_array_add (self->list, controller);
  if (computer_dn != NULL)
    g_hash_table_insert (self->by_computer, presync_dn_normalize (computer_dn), controller);
  return controller;
}

/* (transfer full): host name of a server or computer object */
static char *
presync_controller_dup_name (const PresyncEntry *entry)
{
  g_autofree char *name = presync_entry_dup_text (entry, "dNSHostName");

  if (name != NULL && name[0] != '\0')
    return g_steal_pointer (&name);
  return presync_dn_dup_name (presync_entry_get_dn (entry));
}

/* Adds the controller that @settings belong to, if it serves our domain. */
static void
presync_controller_add_settings (PresyncProbeRun *run, const PresyncProbeRead *read,
                                 const PresyncEntry *settings, PresyncControllers *controllers)
{
  g_autofree char *server_dn = presync_dn_dup_parent (presync_entry_get_dn (settings));
  PresyncEntry *server = server_dn == NULL ? NULL : presync_probe_read_find (read, server_dn);
  g_autofree char *computer_dn = NULL;
  g_autofree char *domain = NULL;
  gboolean answers = presync_dn_equal (presync_entry_get_dn (settings), run->forest->controller_dn);
  char *name;

  if (server != NULL)
    computer_dn = presync_entry_dup_text (server, "serverReference");
  domain = presync_dn_dup_domain (computer_dn == NULL ? "" : computer_dn);
  /* Without a computer it is what a removed controller left behind. */
  if (!answers && g_ascii_strcasecmp (domain, run->forest->domain) != 0)
    return;
  name = server == NULL ? g_strdup (run->forest->controller) : presync_controller_dup_name (server);
  presync_controllers_add (controllers, name, computer_dn)->settings = settings;
}

static void
presync_controller_add_computer (const PresyncEntry *computer, PresyncControllers *controllers)
{
  const char *dn = presync_entry_get_dn (computer);
  g_autofree char *name = presync_dn_dup_name (dn);
  g_autofree char *key = NULL;
  PresyncController *controller;

  if (g_ascii_strcasecmp (name, ENTRA_KERBEROS) == 0)
    return;
  key = presync_dn_normalize (dn);
  controller = g_hash_table_lookup (controllers->by_computer, key);
  if (controller == NULL)
    controller = presync_controllers_add (controllers, presync_controller_dup_name (computer), dn);
  controller->computer = computer;
}

static int
presync_controller_compare (gconstpointer a, gconstpointer b)
{
  const PresyncController *const *controller_a = a;
  const PresyncController *const *controller_b = b;

  return g_ascii_strcasecmp ((*controller_a)->name, (*controller_b)->name);
}

/* (transfer full) (element-type PresyncController): by name; servers give them in any order */
static GPtrArray *
presync_controller_list (PresyncProbeRun *run, const PresyncProbeRead *settings,
                         const PresyncProbeRead *computers)
{
  g_autoptr (GHashTable) by_computer
      = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  PresyncControllers controllers
      = { g_ptr_array_new_with_free_func ((GDestroyNotify) presync_controller_free), by_computer };

  for (guint i = 0; i < settings->entries->len; i++)
    {
      PresyncEntry *entry = g_ptr_array_index (settings->entries, i);
      g_autofree char *name = presync_dn_dup_name (presync_entry_get_dn (entry));

      if (presync_entry_has_text (entry, "objectClass", "nTDSDSA")
          || g_ascii_strcasecmp (name, "NTDS Settings") == 0)
        presync_controller_add_settings (run, settings, entry, &controllers);
    }
  for (guint i = 0; i < computers->entries->len; i++)
    presync_controller_add_computer (g_ptr_array_index (computers->entries, i), &controllers);
  g_ptr_array_sort (controllers.list, presync_controller_compare);
  return controllers.list;
}

static gboolean
presync_controller_is_read_only (const PresyncController *self)
{
  g_autofree char *category
      = self->settings == NULL ? NULL : presync_entry_dup_text (self->settings, "objectCategory");
  g_autofree char *class = category == NULL ? NULL : presync_dn_dup_name (category);
  gint64 number;

  if (class != NULL && g_ascii_strcasecmp (class, "NTDS-DSA-RO") == 0)
    return TRUE;
  if (self->settings != NULL && presync_entry_has_text (self->settings, "objectClass", "nTDSDSARO"))
    return TRUE;
  if (self->computer == NULL)
    return FALSE;
  if (presync_entry_get_integer (self->computer, "primaryGroupID", &number)
      && number == GROUP_READ_ONLY_CONTROLLERS)
    return TRUE;
  return presync_entry_get_integer (self->computer, "userAccountControl", &number)
         && (number & ACCOUNT_PARTIAL_SECRETS) != 0;
}

static void
presync_probe_controllers_add_level (PresyncProbeRun *run, const PresyncProbeRead *read,
                                     GPtrArray *controllers)
{
  const char *key = "domain.newest-controller-level";
  const PresyncEntry *malformed = NULL;
  gint64 newest = -1;

  for (guint i = 0; i < controllers->len; i++)
    {
      PresyncController *controller = g_ptr_array_index (controllers, i);
      gint64 level = 0; /* absent on Windows 2000 */

      if (controller->settings == NULL
          || presync_entry_get_values (controller->settings, "objectClass") == NULL)
        continue;
      if (presync_entry_get_values (controller->settings, "msDS-Behavior-Version") != NULL
          && !presync_entry_get_integer (controller->settings, "msDS-Behavior-Version", &level))
        {
          malformed = controller->settings;
          continue;
        }
      newest = MAX (newest, level);
    }
  if (malformed != NULL)
    presync_probe_add_malformed (run, read, key, run->forest->domain, "msDS-Behavior-Version",
                                 presync_entry_get_dn (malformed));
  else if (newest < 0)
    presync_probe_add_hidden (run, read, key, run->forest->domain, "msDS-Behavior-Version",
                              read->base);
  else
    presync_probe_add (run,
                       presync_fact_new_integer (key, run->forest->domain, newest, read->origin));
}

/* Writable is only what has NTDS settings: a computer in the group alone may be a left-over.
 * @computers: tells which are read-only where the settings do not */
static void
presync_probe_controllers_add_list (PresyncProbeRun *run, const PresyncProbeRead *settings,
                                    const PresyncProbeRead *computers, GPtrArray *controllers,
                                    gboolean read_only)
{
  const char *key = read_only ? "domain.read-only-controllers" : "domain.writable-controllers";
  g_autoptr (GPtrArray) names = g_ptr_array_new ();
  const PresyncProbeRead *read = read_only && !computers->complete ? computers : settings;
  gboolean own = FALSE; /* is the one that answers among them? Else others may be hidden too. */

  for (guint i = 0; i < controllers->len; i++)
    {
      PresyncController *controller = g_ptr_array_index (controllers, i);

      own = own
            || (controller->settings != NULL
                && presync_dn_equal (presync_entry_get_dn (controller->settings),
                                     run->forest->controller_dn));
      if (presync_controller_is_read_only (controller) == read_only
          && (read_only || controller->settings != NULL))
        g_ptr_array_add (names, controller->name);
    }
  if (!own || read->reason != PRESYNC_UNKNOWN_NONE)
    {
      presync_probe_add_hidden (run, read, key, run->forest->domain, "nTDSDSA", read->base);
      return;
    }
  presync_probe_add_list (run, read, key, run->forest->domain, names);
}

static void
presync_probe_controllers_add_build (PresyncProbeRun *run, const PresyncProbeRead *read,
                                     const PresyncController *controller)
{
  const char *key = "controller.os-build";
  const char *dn = controller->computer_dn == NULL ? controller->name : controller->computer_dn;
  g_autofree char *version
      = controller->computer == NULL
            ? NULL
            : presync_entry_dup_text (controller->computer, "operatingSystemVersion");
  gint64 build;

  if (version == NULL && controller->computer != NULL
      && !PRESYNC_IS_LDIF_DIRECTORY (run->directory))
    presync_probe_add_no_version (run, read, key, controller->name);
  else if (version == NULL)
    presync_probe_add_hidden (run, read, key, controller->name, "operatingSystemVersion", dn);
  else if (!presync_probe_parse_build (version, &build))
    presync_probe_add_malformed (run, read, key, controller->name, "operatingSystemVersion", dn);
  else
    presync_probe_add (run, presync_fact_new_integer (key, controller->name, build, read->origin));
}

/* The writable controllers of all domains
 * @names, @catalogs: (element-type utf8): all of them; those that are global catalogs
 * @domains: (element-type utf8): their domains, as keys of names
 * @own: is the one that answers among them? Else others may be hidden too. */
typedef struct
{
  GPtrArray *names;
  GPtrArray *catalogs;
  GHashTable *domains;
  gboolean own;
} PresyncForestControllers;

static void
presync_forest_controllers_add (PresyncForestControllers *self, PresyncProbeRun *run,
                                const PresyncProbeRead *read, const PresyncEntry *settings)
{
  const PresyncController controller = { NULL, NULL, settings, NULL };
  gboolean answers = presync_dn_equal (presync_entry_get_dn (settings), run->forest->controller_dn);
  g_autofree char *server_dn = presync_dn_dup_parent (presync_entry_get_dn (settings));
  PresyncEntry *server = server_dn == NULL ? NULL : presync_probe_read_find (read, server_dn);
  g_autofree char *computer_dn
      = server == NULL ? NULL : presync_entry_dup_text (server, "serverReference");
  g_autofree char *domain = presync_dn_dup_domain (computer_dn == NULL ? "" : computer_dn);
  gint64 options = 0;
  char *name;

  self->own = self->own || answers;
  if (answers && domain[0] == '\0')
    {
      g_free (domain);
      domain = g_strdup (run->forest->domain);
    }
  /* Without a computer it is what a removed controller left behind. */
  if (domain[0] == '\0')
    return;
  if (presync_controller_is_read_only (&controller))
    return;
  /* One that is read-only alone does not show its domain: a writable one is hidden there. */
  g_hash_table_add (self->domains, g_ascii_strdown (domain, -1));
  name = server == NULL ? g_strdup (run->forest->controller) : presync_controller_dup_name (server);
  g_ptr_array_add (self->names, name);
  if (presync_entry_get_integer (settings, "options", &options)
      && (options & OPTION_GLOBAL_CATALOG) != 0)
    g_ptr_array_add (self->catalogs, g_strdup (name));
}

/* Does each domain of the forest have a writable controller among those that show? */
static gboolean
presync_forest_controllers_is_whole (const PresyncForestControllers *self,
                                     const PresyncProbeRead *read)
{
  gboolean whole = read->reason == PRESYNC_UNKNOWN_NONE && read->complete;
  guint n = 0;

  for (guint i = 0; i < read->entries->len; i++)
    {
      PresyncEntry *entry = g_ptr_array_index (read->entries, i);
      g_autofree char *dn = presync_entry_dup_text (entry, "nCName");
      g_autofree char *name = presync_dn_dup_domain (dn == NULL ? "" : dn);
      g_autofree char *domain = g_ascii_strdown (name, -1);
      gint64 flags = 0;

      if (!presync_entry_get_integer (entry, "systemFlags", &flags)
          || (flags & FLAG_DOMAIN) != FLAG_DOMAIN)
        continue;
      n++;
      whole = whole && g_hash_table_contains (self->domains, domain);
    }
  return whole && n > 0;
}

/* Adds a list of the forest's controllers; an empty one is not to be trusted. */
static void
presync_forest_controllers_tell (const PresyncForestControllers *self, PresyncProbeRun *run,
                                 PresyncProbeRead *read, const char *key, const char *attribute,
                                 GPtrArray *names, gboolean whole)
{
  PresyncOrigin *origin = read->origin;
  g_autoptr (PresyncOrigin) part = NULL;

  if (!self->own || names->len == 0 || read->reason != PRESYNC_UNKNOWN_NONE)
    {
      presync_probe_add_hidden (run, read, key, run->forest->forest, attribute, read->base);
      return;
    }
  part = presync_origin_new (presync_origin_get_source (origin), presync_origin_get_target (origin),
                             presync_origin_get_query (origin), presync_origin_get_at (origin),
                             FALSE);
  if (!whole)
    read->origin = part;
  presync_probe_add_list (run, read, key, run->forest->forest, names);
  read->origin = origin;
}

static void
presync_probe_controllers_add_forest (PresyncProbeRun *run, PresyncProbeRead *settings,
                                      const PresyncProbeRead *domains)
{
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GPtrArray) catalogs = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GHashTable) found = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  PresyncForestControllers all = { names, catalogs, found, FALSE };
  gboolean whole;

  for (guint i = 0; i < settings->entries->len; i++)
    {
      PresyncEntry *entry = g_ptr_array_index (settings->entries, i);

      if (presync_entry_has_text (entry, "objectClass", "nTDSDSA"))
        presync_forest_controllers_add (&all, run, settings, entry);
    }
  whole = presync_forest_controllers_is_whole (&all, domains);
  presync_forest_controllers_tell (&all, run, settings, "forest.domain-controllers", "nTDSDSA",
                                   names, whole);
  presync_forest_controllers_tell (&all, run, settings, "forest.global-catalogs", "options",
                                   catalogs, whole);
}

gboolean
presync_probe_controllers (PresyncProbeRun *run, GError **error)
{
  g_autoptr (PresyncProbeRead) settings = presync_probe_read (run, &settings_query, error);
  g_autoptr (PresyncProbeRead) domains = NULL;
  g_autoptr (PresyncProbeRead) computers = NULL;
  g_autoptr (GPtrArray) controllers = NULL;

  if (settings == NULL)
    return FALSE;
  domains = presync_probe_read (run, &domains_query, error);
  if (domains == NULL)
    return FALSE;
  computers = presync_probe_read (run, &computers_query, error);
  if (computers == NULL)
    return FALSE;
  controllers = presync_controller_list (run, settings, computers);
  presync_probe_controllers_add_level (run, settings, controllers);
  presync_probe_controllers_add_list (run, settings, computers, controllers, FALSE);
  presync_probe_controllers_add_list (run, settings, computers, controllers, TRUE);
  presync_probe_controllers_add_forest (run, settings, domains);
  for (guint i = 0; i < controllers->len; i++)
    presync_probe_controllers_add_build (run, computers, g_ptr_array_index (controllers, i));
  if (controllers->len == 0)
    presync_probe_add_hidden (run, computers, "controller.os-build", run->forest->controller,
                              "operatingSystemVersion", computers->base);
  return TRUE;
}
