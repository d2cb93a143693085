/* SPDX-License-Identifier: GPL-3.0-or-later */
/* UPN suffixes are asked for at once, but not too many, and each gets its own answer. The sign-in
 * service is played here, in place of http.c and discovery.c. */
#include "sources/tenant/tenant-suffixes.h"

#define TENANT "72f988bf-86f1-41af-91ab-2d7cd011db47"
#define PATIENCE (10 * G_USEC_PER_SEC)

struct _PresyncHttp
{
  GObject parent_instance;
};

G_DEFINE_FINAL_TYPE (PresyncHttp, presync_http, G_TYPE_OBJECT)

/* Under the lock */
static GMutex lock;
static GCond changed;
static guint gathers;   /* it answers when so many questions have come */
static guint n_asked;   /* questions */
static guint n_at_once; /* that wait for an answer */
static guint most_at_once;
/* of the main thread alone */
static gboolean no_threads;
static guint n_refused;

/* In place of GLib's own, which does not fail when a test wants it to */
GThread *
g_thread_try_new (const char *name, GThreadFunc func, gpointer data, GError **error)
{
  if (!no_threads)
    return g_thread_new (name, func, data);
  n_refused++;
  g_set_error_literal (error, G_THREAD_ERROR, G_THREAD_ERROR_AGAIN, "No threads");
  return NULL;
}

static void
presync_http_class_init (PresyncHttpClass *klass)
{
}

static void
presync_http_init (PresyncHttp *self)
{
}

PresyncHttp *
presync_http_new (const PresyncTenantTarget *target)
{
  return g_object_new (PRESYNC_TYPE_HTTP, NULL);
}

GDateTime *
presync_http_dup_now (PresyncHttp *self)
{
  return g_date_time_new_now_utc ();
}

/* Nobody asks for more than discovery. */
PresyncHttpAnswer *
presync_http_get (PresyncHttp *self, const char *url, PresyncSecret *token,
                  GCancellable *cancellable, GError **error)
{
  g_test_fail ();
  return NULL;
}

PresyncHttpAnswer *
presync_http_post_form (PresyncHttp *self, const char *url, const char *const *names_and_values,
                        GCancellable *cancellable, GError **error)
{
  g_test_fail ();
  return NULL;
}

void
presync_http_answer_free (PresyncHttpAnswer *self)
{
  g_test_fail ();
}

char *
presync_http_answer_dup_text (const PresyncHttpAnswer *self, const char *member)
{
  g_test_fail ();
  return NULL;
}

char *
presync_http_dup_skew (PresyncHttp *self)
{
  return NULL;
}

void
presync_discovery_free (PresyncDiscovery *self)
{
  if (self == NULL)
    return;
  g_free (self->domain);
  g_free (self->tenant_id);
  g_free (self->url);
  g_free (self);
}

static void
cancelled_cb (GCancellable *cancellable, gpointer data)
{
  g_mutex_lock (&lock);
  g_cond_broadcast (&changed);
  g_mutex_unlock (&lock);
}

/* Waits until so many have asked, or a while if they never do. */
static void
gather (GCancellable *cancellable)
{
  gint64 end = g_get_monotonic_time () + PATIENCE;
  gulong handler = g_cancellable_connect (cancellable, G_CALLBACK (cancelled_cb), NULL, NULL);
  gboolean in_time = TRUE;

  g_mutex_lock (&lock);
  n_asked++;
  n_at_once++;
  most_at_once = MAX (most_at_once, n_at_once);
  g_cond_broadcast (&changed);
  while (in_time && !g_cancellable_is_cancelled (cancellable) && n_asked < gathers)
    in_time = g_cond_wait_until (&changed, &lock, end);
  n_at_once--;
  g_mutex_unlock (&lock);
  g_cancellable_disconnect (cancellable, handler);
}

PresyncDiscovery *
presync_discover (PresyncHttp *http, const PresyncCloud *cloud, const char *domain,
                  GCancellable *cancellable, GError **error)
{
  PresyncDiscovery *found;

  gather (cancellable);
  if (g_cancellable_set_error_if_cancelled (cancellable, error))
    return NULL;
  found = g_new0 (PresyncDiscovery, 1);
  found->domain = g_strdup (domain);
  found->exists = TRUE;
  found->tenant_id = g_strconcat ("of ", domain, NULL);
  found->cloud = cloud;
  found->url = g_strdup ("https://login.microsoftonline.com/x");
  return found;
}

/* (transfer full): as many suffixes as every thread can ask for twice, and some that need no
 * question: the tenant's own, one that nobody can own, one that is there twice */
static PresyncTenantCheck
new_check (void)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_utc ();
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  PresyncDiscovery *own = g_new0 (PresyncDiscovery, 1);
  PresyncTenantCheck check = { .target = presync_tenant_target_new () };

  check.target->domain = g_strdup ("contoso.com");
  check.target->cloud = presync_cloud_find ("worldwide");
  own->domain = g_strdup ("contoso.com");
  own->exists = TRUE;
  own->tenant_id = g_strdup (TENANT);
  check.known = presync_tenant_known_new (check.target->cloud, NULL);
  check.known->own = presync_tenant_owner_new (own, now);
  for (guint i = 0; i < 2 * PRESYNC_TENANT_SUFFIXES_AT_ONCE; i++)
    {
      g_autofree char *suffix = g_strdup_printf ("S%u.com", i);

      g_strv_builder_add (builder, suffix);
    }
  g_strv_builder_add_many (builder, "Contoso.com", "contoso.local", "s0.com", NULL);
  check.suffixes = g_strv_builder_end (builder);
  gathers = PRESYNC_TENANT_SUFFIXES_AT_ONCE;
  n_asked = 0;
  most_at_once = 0;
  return check;
}

static void
test_at_once (void)
{
  PresyncTenantCheck check = new_check ();
  g_autoptr (PresyncHttp) http = presync_http_new (check.target);
  g_autoptr (GCancellable) nobody = g_cancellable_new ();
  g_autoptr (GPtrArray) owners = NULL;
  g_autoptr (GPtrArray) again = NULL;
  g_autoptr (GError) error = NULL;
  guint n = 2 * PRESYNC_TENANT_SUFFIXES_AT_ONCE, n_offered = 7;

  owners = presync_tenant_suffixes_find (&check, http, 60, &n_offered, nobody, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (n_asked, ==, n);
  g_assert_cmpuint (most_at_once, ==, PRESYNC_TENANT_SUFFIXES_AT_ONCE);
  g_assert_cmpuint (owners->len, ==, n + 2);
  g_assert_cmpuint (n_offered, ==, 0);
  for (guint i = 0; i < owners->len; i++)
    {
      const PresyncTenantOwner *owner = g_ptr_array_index (owners, i);
      g_autofree char *domain = g_ascii_strdown (check.suffixes[i], -1);
      g_autofree char *tenant = g_strconcat ("of ", domain, NULL);

      g_assert_cmpstr (owner->domain, ==, domain);
      g_assert_cmpstr (owner->discovery->tenant_id, ==, i < n ? tenant : i == n ? TENANT : NULL);
    }
  /* What an earlier check knows is not asked for again. */
  check.earlier = check.known;
  check.known = presync_tenant_known_new (check.target->cloud, NULL);
  check.known->own = presync_tenant_owner_ref (check.earlier->own);
  check.earlier->suffixes = g_ptr_array_ref (owners);
  again = presync_tenant_suffixes_find (&check, http, 60, &n_offered, nobody, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (again->len, ==, owners->len);
  g_assert_cmpuint (n_asked, ==, n);
  presync_tenant_check_clear (&check);
}

/* Those that are merely offered come last, and each once. */
static void
test_offered (void)
{
  static const char *const offered[] = { "S1.com", "x.com", "X.COM", "y.com", NULL };
  PresyncTenantCheck check = new_check ();
  g_autoptr (PresyncHttp) http = presync_http_new (check.target);
  g_autoptr (GCancellable) nobody = g_cancellable_new ();
  g_autoptr (GPtrArray) owners = NULL;
  g_autoptr (GPtrArray) alone = NULL;
  const PresyncTenantOwner *last;
  guint n_offered = 0, n = 2 * PRESYNC_TENANT_SUFFIXES_AT_ONCE + 2;

  check.offered = g_strdupv ((char **) offered);
  owners = presync_tenant_suffixes_find (&check, http, 60, &n_offered, nobody, NULL);
  g_assert_cmpuint (owners->len, ==, n + 2);
  g_assert_cmpuint (n_offered, ==, 2);
  last = g_ptr_array_index (owners, n + 1);
  g_assert_cmpstr (last->domain, ==, "y.com");
  /* Nobody has shown one in use. */
  g_clear_pointer (&check.suffixes, g_strfreev);
  gathers = 0;
  alone = presync_tenant_suffixes_find (&check, http, 60, &n_offered, nobody, NULL);
  g_assert_cmpuint (alone->len, ==, 3);
  g_assert_cmpuint (n_offered, ==, 3);
  presync_tenant_check_clear (&check);
}

/* Where no thread can be made, the one that is there asks for all. */
static void
test_no_threads (void)
{
  PresyncTenantCheck check = new_check ();
  g_autoptr (PresyncHttp) http = presync_http_new (check.target);
  g_autoptr (GCancellable) nobody = g_cancellable_new ();
  g_autoptr (GPtrArray) owners = NULL;
  guint n_offered, n = 2 * PRESYNC_TENANT_SUFFIXES_AT_ONCE;

  gathers = 0;
  no_threads = TRUE;
  owners = presync_tenant_suffixes_find (&check, http, 60, &n_offered, nobody, NULL);
  no_threads = FALSE;
  g_assert_cmpuint (owners->len, ==, n + 2);
  g_assert_cmpuint (n_asked, ==, n);
  g_assert_cmpuint (most_at_once, ==, 1);
  g_assert_cmpuint (n_refused, ==, 1);
  presync_tenant_check_clear (&check);
}

/* The time is up: what was not asked for says so. */
static void
test_late (void)
{
  PresyncTenantCheck check = new_check ();
  g_autoptr (PresyncHttp) http = presync_http_new (check.target);
  g_autoptr (GCancellable) nobody = g_cancellable_new ();
  g_autoptr (GPtrArray) owners = NULL;
  const PresyncTenantOwner *first;
  guint n_offered;

  g_atomic_int_set (&check.timed_out, 1);
  owners = presync_tenant_suffixes_find (&check, http, 60, &n_offered, nobody, NULL);
  g_assert_cmpuint (n_asked, ==, 0);
  first = g_ptr_array_index (owners, 0);
  g_assert_cmpint (first->unknown, ==, PRESYNC_UNKNOWN_TIMED_OUT);
  presync_tenant_check_clear (&check);
}

static gpointer
cancel_when_all_wait (gpointer cancellable)
{
  gint64 end = g_get_monotonic_time () + PATIENCE;
  gboolean in_time = TRUE;

  g_mutex_lock (&lock);
  while (in_time && n_at_once < PRESYNC_TENANT_SUFFIXES_AT_ONCE)
    in_time = g_cond_wait_until (&changed, &lock, end);
  g_mutex_unlock (&lock);
  g_cancellable_cancel (cancellable);
  return NULL;
}

/* No thread begins another question, and none is left behind. */
static void
test_cancelled (void)
{
  PresyncTenantCheck check = new_check ();
  g_autoptr (PresyncHttp) http = presync_http_new (check.target);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;
  GThread *thread = g_thread_new ("cancel", cancel_when_all_wait, cancellable);
  guint n_offered;

  gathers = G_MAXUINT;
  g_assert_null (presync_tenant_suffixes_find (&check, http, 60, &n_offered, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_thread_join (thread);
  g_assert_cmpuint (n_at_once, ==, 0);
  g_assert_cmpuint (n_asked, <, 2 * PRESYNC_TENANT_SUFFIXES_AT_ONCE);
  presync_tenant_check_clear (&check);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/tenant-suffixes/at-once", test_at_once);
  g_test_add_func ("/tenant-suffixes/offered", test_offered);
  g_test_add_func ("/tenant-suffixes/no-threads", test_no_threads);
  g_test_add_func ("/tenant-suffixes/late", test_late);
  g_test_add_func ("/tenant-suffixes/cancelled", test_cancelled);
  return g_test_run ();
}
