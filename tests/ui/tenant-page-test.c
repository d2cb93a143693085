/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the tenant's page keeps of a sign-in, and what it says of the quota and in its rows; without
 * its widgets. No name server is ever asked. */
#include <string.h>
#include <libsecret/secret.h>

#include "../unit/resolver-kit.h"
#include "../unit/wait-kit.h"
#include "app/account-text.h"
#include "app/keyring.h"
#include "app/page-title.h"
#include "app/settings.h"
#include "app/tenant-quota.h"
#include "app/tenant-settings.h"
#include "app/topology.h"
#include "base/error.h"

#define CLIENT "4f1b2c8e-0d6a-4b57-9c3e-7a21d5e8b604"
#define OTHER_CLIENT "5f1b2c8e-0d6a-4b57-9c3e-7a21d5e8b604"
#define TOKEN "REFRESH-Zwiebelkuchen-7"

static PresyncTenantTarget *
page_test_new_target (const char *domain, const char *client_id)
{
  PresyncTenantTarget *target = presync_tenant_target_new ();

  g_assert_true (presync_tenant_target_parse_name (target, domain, NULL));
  target->cloud = presync_cloud_find ("worldwide");
  target->client_id = g_strdup (client_id);
  return target;
}

/* As if nothing had ever been stored */
static GSettings *
page_test_new_settings (void)
{
  GSettings *settings = presync_settings_new ();
  static const char *const keys[]
      = { "tenant-domain", "tenant-cloud", "client-id", "tenant-stay-signed-in", "network-proxy" };

  for (gsize i = 0; i < G_N_ELEMENTS (keys); i++)
    g_settings_reset (settings, keys[i]);
  return settings;
}

/* The keyring */

/* One of our own, in place of libsecret's functions of these names: it may be locked, and then what
 * is to be stored waits until somebody unlocks it. */
static GHashTable *keyring; /* address and name -> password */
static gboolean locked;
static gboolean slow;
static GTask *held;       /* nullable: of secret_password_store() */
static GTask *held_clear; /* nullable: of secret_password_clear() */

/* (transfer full): a task that is about the password of these attributes */
static GTask *
page_test_new_task (const SecretSchema *schema, va_list values, GCancellable *cancellable,
                    GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GHashTable) attributes = secret_attributes_buildv (schema, values);
  GTask *task = g_task_new (NULL, cancellable, callback, user_data);

  g_task_set_task_data (task,
                        g_strdup_printf ("%s %s",
                                         (char *) g_hash_table_lookup (attributes, "address"),
                                         (char *) g_hash_table_lookup (attributes, "name")),
                        g_free);
  return task;
}

static void
page_test_unlock (void)
{
  g_autoptr (GTask) task = g_steal_pointer (&held);

  locked = FALSE;
  g_assert_nonnull (task);
  /* As with the real one, who cancels so late comes too late. */
  g_hash_table_insert (keyring, g_strdup (g_task_get_task_data (task)), g_strdup (TOKEN));
  g_task_return_boolean (task, TRUE);
}

void
secret_password_store (const SecretSchema *schema, const gchar *collection, const gchar *label,
                       const gchar *password, GCancellable *cancellable,
                       GAsyncReadyCallback callback, gpointer user_data, ...)
{
  va_list values;

  g_assert_null (held);
  g_assert_cmpstr (password, ==, TOKEN);
  g_assert_null (strstr (label, TOKEN));
  va_start (values, user_data);
  held = page_test_new_task (schema, values, cancellable, callback, user_data);
  va_end (values);
  if (!locked)
    page_test_unlock ();
}

gboolean
secret_password_store_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

void
secret_password_lookup (const SecretSchema *schema, GCancellable *cancellable,
                        GAsyncReadyCallback callback, gpointer user_data, ...)
{
  g_autoptr (GTask) task = NULL;
  va_list values;

  va_start (values, user_data);
  task = page_test_new_task (schema, values, cancellable, callback, user_data);
  va_end (values);
  g_task_return_boolean (task, g_hash_table_contains (keyring, g_task_get_task_data (task)));
}

gchar *
secret_password_lookup_nonpageable_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error) ? g_strdup (TOKEN) : NULL;
}

void
secret_password_free (gchar *password)
{
  g_free (password);
}

void
secret_password_clear (const SecretSchema *schema, GCancellable *cancellable,
                       GAsyncReadyCallback callback, gpointer user_data, ...)
{
  g_autoptr (GTask) task = NULL;
  va_list values;

  va_start (values, user_data);
  task = page_test_new_task (schema, values, cancellable, callback, user_data);
  va_end (values);
  if (slow)
    {
      /* It was found, and is removed later. */
      g_assert_null (held_clear);
      held_clear = g_steal_pointer (&task);
      return;
    }
  g_task_return_boolean (task, g_hash_table_remove (keyring, g_task_get_task_data (task)));
}

static void
page_test_clear (void)
{
  g_autoptr (GTask) task = g_steal_pointer (&held_clear);

  slow = FALSE;
  g_assert_nonnull (task);
  g_hash_table_remove (keyring, g_task_get_task_data (task));
  g_task_return_boolean (task, TRUE);
}

gboolean
secret_password_clear_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

static void
page_test_looked_up_cb (GObject *object, GAsyncResult *result, gpointer data)
{
  *(GAsyncResult **) data = g_object_ref (result);
}

/* (transfer full) (nullable): what the keyring has */
static PresyncSecret *
page_test_look_up (const PresyncTenantTarget *target)
{
  g_autofree char *address = g_strdup_printf ("%s/%s", target->cloud->login, target->domain);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  PresyncSecret *secret = NULL;

  presync_keyring_lookup_async (address, target->client_id, NULL, page_test_looked_up_cb, &result);
  WAIT_FOR (result != NULL);
  secret = presync_keyring_lookup_finish (result, &error);
  g_assert_no_error (error);
  return secret;
}

static gboolean
page_test_has (const PresyncTenantTarget *target)
{
  g_autoptr (PresyncSecret) secret = page_test_look_up (target);

  g_assert_true (secret == NULL || g_str_equal (presync_secret_peek (secret), TOKEN));
  return secret != NULL;
}

static PresyncTenantSource *
page_test_new_source (const PresyncTenantTarget *target)
{
  PresyncTenantSource *source = presync_tenant_source_new (target);
  g_autoptr (PresyncSecret) token = presync_secret_new (TOKEN);

  presync_tenant_source_set_refresh_token (source, token);
  return source;
}

static void
page_test_keep (const PresyncTenantTarget *target)
{
  g_autoptr (PresyncTenantSource) source = page_test_new_source (target);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_true (
      presync_tenant_settings_keep_async (source, NULL, page_test_looked_up_cb, &result));
  WAIT_FOR (result != NULL);
  g_assert_true (presync_tenant_settings_keep_finish (result, &error));
  g_assert_no_error (error);
}

/* Who asked to stay signed in did so for one tenant and one application. */
static void
page_test_consent (void)
{
  g_autoptr (GSettings) settings = page_test_new_settings ();
  g_autoptr (PresyncTenantTarget) asked = page_test_new_target ("contoso.com", CLIENT);
  g_autoptr (PresyncTenantTarget) other = page_test_new_target ("fabrikam.com", CLIENT);
  g_autoptr (PresyncTenantTarget) application = page_test_new_target ("contoso.com", OTHER_CLIENT);
  g_autoptr (PresyncTenantTarget) cloud = page_test_new_target ("contoso.com", CLIENT);
  g_autoptr (PresyncTenantTarget) recorded = page_test_new_target ("contoso.com", CLIENT);
  g_autoptr (PresyncTenantTarget) nobody = page_test_new_target ("contoso.com", NULL);
  g_autoptr (PresyncTenantSource) source = page_test_new_source (other);
  const PresyncTenantTarget *others[] = { other, application, cloud, recorded, nobody };

  cloud->cloud = presync_cloud_find ("china");
  recorded->recording = g_strdup ("sample");
  g_assert_false (presync_tenant_settings_stays (settings, asked));
  presync_tenant_settings_begin_stay (settings, asked);
  g_assert_true (presync_tenant_settings_stays (settings, asked));
  for (gsize i = 0; i < G_N_ELEMENTS (others); i++)
    g_assert_false (presync_tenant_settings_stays (settings, others[i]));
  /* Nothing of anybody else is kept. */
  g_assert_false (presync_tenant_settings_keep_async (source, NULL, NULL, NULL));
  g_assert_false (page_test_has (other));
}

/* Another tenant, another application, none: whoever signs in next is asked, and the keyring is
 * emptied. */
static void
page_test_consent_ends (void)
{
  for (guint i = 0; i < 4; i++)
    {
      g_autoptr (GSettings) settings = page_test_new_settings ();
      g_autoptr (PresyncTenantTarget) asked = page_test_new_target ("contoso.com", CLIENT);
      g_autoptr (PresyncTenantTarget) other
          = page_test_new_target (i == 0 ? "fabrikam.com" : "contoso.com", OTHER_CLIENT);
      g_autoptr (PresyncTenantTarget) stored = NULL;

      presync_tenant_settings_begin_stay (settings, asked);
      page_test_keep (asked);
      g_assert_true (page_test_has (asked));
      if (i < 2)
        presync_tenant_settings_save (settings, other);
      else if (i == 2)
        presync_tenant_settings_forget (asked);
      else
        presync_tenant_settings_end_stay (settings, asked);
      g_assert_false (g_settings_get_boolean (settings, "tenant-stay-signed-in"));
      g_assert_false (page_test_has (asked));
      stored = presync_tenant_settings_dup_target (settings);
      g_assert_true ((stored == NULL) == (i == 2));
      /* The next tenant is not kept, though it is the very same. */
      presync_tenant_settings_save (settings, asked);
      g_assert_false (presync_tenant_settings_stays (settings, asked));
    }
}

/* One that is not the stored one is not forgotten in its place. */
static void
page_test_forget_other (void)
{
  g_autoptr (GSettings) settings = page_test_new_settings ();
  g_autoptr (PresyncTenantTarget) asked = page_test_new_target ("contoso.com", CLIENT);
  g_autoptr (PresyncTenantTarget) other = page_test_new_target ("fabrikam.com", CLIENT);

  presync_tenant_settings_begin_stay (settings, asked);
  page_test_keep (asked);
  presync_tenant_settings_forget (other);
  g_assert_true (presync_tenant_settings_stays (settings, asked));
  g_assert_true (page_test_has (asked));
  presync_tenant_settings_end_stay (settings, asked);
  g_assert_false (page_test_has (asked));
}

/* The keyring may take minutes; who signed out meanwhile is not in it afterwards. */
static void
page_test_signed_out_meanwhile (void)
{
  for (guint i = 0; i < 2; i++)
    {
      g_autoptr (GSettings) settings = page_test_new_settings ();
      g_autoptr (PresyncTenantTarget) asked = page_test_new_target ("contoso.com", CLIENT);
      g_autoptr (PresyncTenantSource) source = page_test_new_source (asked);
      g_autoptr (GCancellable) cancellable = g_cancellable_new ();
      g_autoptr (GAsyncResult) result = NULL;
      g_autoptr (GError) error = NULL;

      locked = TRUE;
      presync_tenant_settings_begin_stay (settings, asked);
      g_assert_true (presync_tenant_settings_keep_async (source, cancellable,
                                                         page_test_looked_up_cb, &result));
      presync_tenant_settings_end_stay (settings, asked);
      if (i == 1)
        g_cancellable_cancel (cancellable);
      g_assert_false (page_test_has (asked));
      page_test_unlock ();
      WAIT_FOR (result != NULL);
      presync_tenant_settings_keep_finish (result, &error);
      g_assert_true (i == 0 ? error == NULL
                            : g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED));
      g_assert_false (page_test_has (asked));
    }
}

/* Off and on again: what the keyring still drops is not what was kept after it; and off again. */
static void
page_test_off_and_on (void)
{
  for (guint i = 0; i < 2; i++)
    {
      g_autoptr (GSettings) settings = page_test_new_settings ();
      g_autoptr (PresyncTenantTarget) asked = page_test_new_target ("contoso.com", CLIENT);
      g_autoptr (PresyncTenantSource) source = page_test_new_source (asked);
      g_autoptr (GAsyncResult) result = NULL;
      g_autoptr (GError) error = NULL;

      presync_tenant_settings_begin_stay (settings, asked);
      page_test_keep (asked);
      slow = TRUE;
      presync_tenant_settings_end_stay (settings, asked);
      presync_tenant_settings_begin_stay (settings, asked);
      g_assert_true (
          presync_tenant_settings_keep_async (source, NULL, page_test_looked_up_cb, &result));
      if (i == 1)
        presync_tenant_settings_end_stay (settings, asked);
      page_test_clear ();
      WAIT_FOR (result != NULL);
      g_assert_true (presync_tenant_settings_keep_finish (result, &error));
      g_assert_no_error (error);
      g_assert_cmpint (page_test_has (asked), ==, i == 0);
      presync_tenant_settings_end_stay (settings, asked);
      WAIT_FOR (!page_test_has (asked));
    }
}

/* A proxy that cannot be used is told; it is not passed by without a word. */
static void
page_test_proxy (void)
{
  g_autoptr (GSettings) settings = page_test_new_settings ();
  g_autoptr (PresyncTenantTarget) asked = page_test_new_target ("contoso.com", CLIENT);
  g_autoptr (PresyncCatalogue) catalogue = presync_catalogue_new_built_in ();
  g_autoptr (PresyncAssessment) assessment = presync_assessment_new (catalogue);
  g_autoptr (PresyncSource) restored = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *good = NULL;

  presync_tenant_settings_save (settings, asked);
  g_assert_null (presync_tenant_settings_dup_proxy (settings, &error));
  g_assert_no_error (error);
  g_settings_set_string (settings, "network-proxy", "http://me:Zwiebelkuchen@proxy:8080");
  g_assert_null (presync_tenant_settings_dup_proxy (settings, &error));
  g_assert_error (error, PRESYNC_ERROR, PRESYNC_ERROR_BAD_INPUT);
  g_assert_nonnull (strstr (error->message, "proxy"));
  g_assert_null (strstr (error->message, "Zwiebelkuchen"));
  presync_tenant_settings_restore (assessment);
  restored = presync_assessment_dup_source (assessment, "tenant");
  g_assert_null (restored);
  g_clear_error (&error);
  g_settings_set_string (settings, "network-proxy", "http://proxy.contoso.com:8080");
  good = presync_tenant_settings_dup_proxy (settings, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (good, ==, "http://proxy.contoso.com:8080");
}

/* Who asked to stay signed in and is not is told so once. */
static void
page_test_lapsed (void)
{
  for (guint i = 0; i < 3; i++)
    {
      g_autoptr (GSettings) settings = page_test_new_settings ();
      g_autoptr (PresyncTenantTarget) asked = page_test_new_target ("contoso.com", CLIENT);
      g_autoptr (PresyncCatalogue) catalogue = presync_catalogue_new_built_in ();
      g_autoptr (PresyncAssessment) assessment = presync_assessment_new (catalogue);
      g_autoptr (PresyncSource) source = NULL;

      presync_tenant_settings_save (settings, asked);
      if (i > 0)
        presync_tenant_settings_begin_stay (settings, asked);
      if (i == 1)
        page_test_keep (asked);
      presync_tenant_settings_restore (assessment);
      WAIT_FOR ((source = presync_assessment_dup_source (assessment, "tenant")) != NULL);
      g_assert_true (presync_tenant_settings_take_lapsed (assessment) == (i == 2));
      g_assert_false (presync_tenant_settings_take_lapsed (assessment));
      g_assert_true (presync_tenant_settings_stays (settings, asked) == (i > 0));
      presync_tenant_settings_end_stay (settings, asked);
      presync_runner_close (presync_assessment_get_runner (assessment));
    }
}

/* What the rows say */

typedef struct
{
  guint not_met;
  guint open;
  guint unknown; /* of the open ones */
} PageTestRows;

/* Each row once where the options agree; one that is unknown tells why. @reason: of all unknown */
static PageTestRows
page_test_count (PresyncAssessment *assessment, const char *reason)
{
  g_autoptr (GPtrArray) items = presync_place_list_items (assessment, PRESYNC_PLACE_TENANT);
  g_autoptr (GHashTable) told = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  PageTestRows rows = { 0 };

  for (guint i = 0; i < items->len; i++)
    {
      PresyncChecklistItem *item = g_ptr_array_index (items, i);
      PresyncStatus status = presync_checklist_item_get_status (item);
      g_autofree char *found = presync_account_dup_found (item);
      gboolean unknown = status == PRESYNC_STATUS_UNKNOWN;

      if (unknown && *presync_checklist_item_get_found (item) != '\0')
        {
          g_assert_cmpstr (found, ==, reason);
          rows.unknown++;
        }
      if (!g_hash_table_add (
              told, g_strdup_printf ("%s|%s|%s|%u", presync_checklist_item_get_title (item),
                                     presync_checklist_item_get_needed (item),
                                     presync_checklist_item_get_found (item), (guint) status)))
        continue;
      rows.not_met += status == PRESYNC_STATUS_NOT_MET ? 1 : 0;
      rows.open += unknown || status == PRESYNC_STATUS_NEEDS_ANSWER ? 1 : 0;
    }
  g_assert_cmpuint (g_hash_table_size (told), <, items->len);
  return rows;
}

static void
page_test_rows (void)
{
  static const char *const keys[] = { "tenant.quota-left", "tenant.active-sync" };
  const char *reason = "Microsoft Graph refuses to tell this (403).";
  g_autoptr (PresyncCatalogue) catalogue = presync_catalogue_new_built_in ();
  g_autoptr (PresyncAssessment) assessment = presync_assessment_new (catalogue);
  g_autoptr (PresyncOrigin) origin = NULL;
  g_autoptr (GDateTime) at = g_date_time_new_utc (2026, 11, 23, 12, 0, 0);
  g_autoptr (GPtrArray) told = g_ptr_array_new_with_free_func (g_object_unref);
  PageTestRows rows;
  guint not_met;
  guint open;

  origin = presync_origin_new ("tenant", "test", "read", at, TRUE);
  g_ptr_array_add (told, presync_fact_new_integer ("forest.objects", "", 200, origin));
  for (gsize i = 0; i < G_N_ELEMENTS (keys); i++)
    g_ptr_array_add (
        told, presync_fact_new_unknown (keys[i], "", PRESYNC_UNKNOWN_NO_RIGHT, reason, origin));
  g_ptr_array_add (told, presync_fact_new_boolean ("tenant.exists", "", FALSE, origin));
  presync_fact_set_update (presync_assessment_get_facts (assessment), told);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  rows = page_test_count (assessment, reason);
  g_assert_cmpuint (rows.unknown, >, 0);
  g_assert_cmpuint (rows.not_met, >, 0);
  presync_page_count ("tenant", assessment, &not_met, &open);
  g_assert_cmpuint (not_met, ==, rows.not_met);
  g_assert_cmpuint (open, ==, rows.open);
}

/* The quota */

static void
page_test_tell (PresyncFactSet *facts, const char *key, gint64 value)
{
  g_autoptr (PresyncOrigin) origin = NULL;
  g_autoptr (GDateTime) at = g_date_time_new_utc (2026, 11, 23, 12, 0, 0);
  g_autoptr (GPtrArray) told = g_ptr_array_new_with_free_func (g_object_unref);

  if (value < 0)
    return;
  origin = presync_origin_new (g_str_has_prefix (key, "tenant.") ? "tenant" : "directory", "test",
                               "read", at, TRUE);
  g_ptr_array_add (told, presync_fact_new_integer (key, "", value, origin));
  presync_fact_set_update (facts, told);
}

static void
page_test_quota (void)
{
  static const struct
  {
    gint64 used;
    gint64 total;
    gint64 forest;
    const char *end; /* nullable: nothing is said */
  } cases[] = {
    { -1, 50000, 10, NULL },
    { 10, -1, 10, NULL },
    { 1200, 50000, -1,
      "1200 of 50000 objects are used. The objects of the forest were not "
      "counted yet." },
    { 1200, 50000, 800, "this forest adds 800 at most; 48000 remain." },
    { 49200, 50000, 800, "this forest adds 800 at most; 0 remain." },
    { 49200, 50000, 801, "this forest adds 801 at most; that may be 1 too many." },
    { 50500, 50000, 0, "this forest adds 0 at most; that may be 500 too many." },
    { 50500, 50000, 300000, "this forest adds 300000 at most; that may be 300500 too many." },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (PresyncFactSet) facts = presync_fact_set_new ();
      g_autofree char *text = NULL;

      page_test_tell (facts, "tenant.quota-used", cases[i].used);
      page_test_tell (facts, "tenant.quota-total", cases[i].total);
      page_test_tell (facts, "forest.objects", cases[i].forest);
      text = presync_tenant_quota_dup_text (facts);
      g_test_message ("%s", text != NULL ? text : "");
      g_assert_true ((text == NULL) == (cases[i].end == NULL));
      g_assert_true (text == NULL || g_str_has_suffix (text, cases[i].end));
    }
}

int
main (int argc, char **argv)
{
  /* Who keeps the order of what the keyring is asked for */
  g_autoptr (GApplication) application = g_application_new (NULL, G_APPLICATION_NON_UNIQUE);
  g_autoptr (GResolver) resolver = g_object_new (TEST_TYPE_RESOLVER, NULL);
  int failed;

  g_resolver_set_default (resolver);
  g_application_set_default (application);
  keyring = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/tenant-page/consent", page_test_consent);
  g_test_add_func ("/tenant-page/consent-ends", page_test_consent_ends);
  g_test_add_func ("/tenant-page/forget-other", page_test_forget_other);
  g_test_add_func ("/tenant-page/signed-out-meanwhile", page_test_signed_out_meanwhile);
  g_test_add_func ("/tenant-page/off-and-on", page_test_off_and_on);
  g_test_add_func ("/tenant-page/proxy", page_test_proxy);
  g_test_add_func ("/tenant-page/lapsed", page_test_lapsed);
  g_test_add_func ("/tenant-page/rows", page_test_rows);
  g_test_add_func ("/tenant-page/quota", page_test_quota);
  failed = g_test_run ();
  g_hash_table_unref (keyring);
  test_resolver_release (TEST_RESOLVER (resolver));
  return failed;
}
