/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Feeds the parsers of untrusted input with damaged input.
 *
 * fuzz TARGET SEED COUNT|SECONDS FILE…   COUNT tries, or with a trailing "s" as long as that
 *
 * Every try is a function of the seed and its number; the one that crashes is printed by the
 * sanitizer's report, and its input lies in $PRESYNC_FUZZ_INPUT if that is set. */
#include <string.h>
#include <glib/gstdio.h>

#include "assessment/assessment.h"
#include "base/error.h"
#include "catalogue/catalogue.h"
#include "sources/directory/dn.h"
#include "sources/directory/filter.h"
#include "sources/directory/ldif-reader.h"
#include "sources/directory/sid.h"
#include "sources/directory/target.h"
#include "sources/server/facts-report.h"
#include "sources/server/report-network.h"

#include "descriptor-check.h"
#include "sql-check.h"
#include "tenant-check.h"

typedef struct
{
  const char *name;
  void (*try) (GBytes *input, const char *scratch);
} FuzzTarget;

static void
fuzz_write (GBytes *input, const char *path)
{
  gsize size;
  const char *data = g_bytes_get_data (input, &size);
  g_autoptr (GError) error = NULL;

  g_file_set_contents_full (path, data, size, G_FILE_SET_CONTENTS_NONE, 0600, &error);
  g_assert_no_error (error);
}

/* A refusal must be of our domain and say something. */
static void
fuzz_check_error (const GError *error)
{
  g_assert_nonnull (error);
  g_assert_cmpuint (strlen (error->message), >, 3);
  g_assert_true (g_utf8_validate (error->message, -1, NULL));
}

static void
fuzz_entry (PresyncEntry *entry)
{
  g_autoptr (GPtrArray) names = presync_entry_list_attributes (entry);

  for (guint i = 0; i < names->len; i++)
    {
      const char *name = g_ptr_array_index (names, i);
      g_autofree char *text = presync_entry_dup_text (entry, name);
      g_auto (GStrv) texts = presync_entry_dup_texts (entry, name);
      g_autoptr (GDateTime) time = presync_entry_dup_time (entry, name);
      gint64 number;
      gboolean flag;

      presync_entry_get_integer (entry, name, &number);
      presync_entry_get_boolean (entry, name, &flag);
      g_assert_true (text == NULL || g_utf8_validate (text, -1, NULL));
    }
}

static void
fuzz_ldif (GBytes *input, const char *scratch)
{
  g_autoptr (GError) error = NULL;
  gboolean complete = FALSE;
  g_autoptr (GPtrArray) entries = presync_ldif_read (input, "fuzz.ldif", &complete, NULL, &error);
  g_autoptr (PresyncFilter) filter
      = presync_filter_parse ("(&(objectCategory=person)(!(cn=a*b)))", NULL);

  if (entries == NULL)
    {
      fuzz_check_error (error);
      return;
    }
  g_assert_no_error (error);
  for (guint i = 0; i < entries->len; i++)
    {
      fuzz_entry (g_ptr_array_index (entries, i));
      presync_filter_matches (filter, g_ptr_array_index (entries, i));
    }
}

/* The input as text, valid as command lines and widgets give it */
static char *
fuzz_text (GBytes *input)
{
  gsize size;
  const char *data = g_bytes_get_data (input, &size);

  return g_utf8_make_valid (data != NULL ? data : "", (gssize) MIN (size, 4096));
}

static void
fuzz_filter (GBytes *input, const char *scratch)
{
  g_autofree char *text = fuzz_text (input);
  g_autoptr (GError) error = NULL;
  g_autoptr (PresyncFilter) filter = presync_filter_parse (text, &error);
  g_autoptr (PresyncEntry) entry = presync_entry_new ("CN=a,DC=b");
  g_auto (GStrv) attributes = NULL;

  if (filter == NULL)
    {
      fuzz_check_error (error);
      return;
    }
  presync_entry_add (entry, "cn", g_bytes_new_static ("alpha", 5));
  presync_entry_add (entry, "userAccountControl", g_bytes_new_static ("4098", 4));
  presync_filter_matches (filter, entry);
  attributes = presync_filter_list_attributes (filter);
}

static void
fuzz_address (GBytes *input, const char *scratch)
{
  g_autofree char *text = fuzz_text (input);
  g_autoptr (GError) error = NULL;
  g_autoptr (PresyncDirectoryTarget) target = presync_directory_target_new ();

  if (!presync_directory_target_parse_uri (target, text, &error))
    fuzz_check_error (error);
}

static void
fuzz_catalogue (GBytes *input, const char *scratch)
{
  const char *files[] = { scratch, NULL };
  g_autoptr (GError) error = NULL;
  g_autoptr (PresyncCatalogue) catalogue = NULL;

  fuzz_write (input, scratch);
  catalogue = presync_catalogue_new_from_files (files, &error);
  if (catalogue == NULL)
    fuzz_check_error (error);
}

static void
fuzz_answers (GBytes *input, const char *scratch)
{
  static PresyncCatalogue *catalogue = NULL;
  g_autoptr (PresyncAssessment) assessment = NULL;
  g_autoptr (GError) error = NULL;

  if (catalogue == NULL)
    catalogue = presync_catalogue_new_built_in ();
  assessment = presync_assessment_new (catalogue);
  fuzz_write (input, scratch);
  if (!presync_assessment_read_answers (assessment, scratch, &error))
    fuzz_check_error (error);
}

static void
fuzz_check_facts (GPtrArray *facts)
{
  for (guint i = 0; i < facts->len; i++)
    {
      g_autofree char *text = presync_fact_describe (facts->pdata[i]);
      g_assert_true (text != NULL && g_utf8_validate (text, -1, NULL));
      g_assert_null (strchr (text, '\n'));
    }
}

/* Whatever is taken tells a fact of every key, each with a value of its type or a reason; and of
 * the network as much as there is. */
static void
fuzz_facts (GBytes *input, const char *scratch)
{
  g_autoptr (GDateTime) now = g_date_time_new_utc (2026, 11, 1, 12, 0, 0.0);
  g_autoptr (GError) error = NULL;
  g_autoptr (PresyncFactsReport) report
      = presync_facts_report_parse (input, "fuzz.json", now, &error);
  g_autoptr (GPtrArray) facts = NULL;
  g_autoptr (GPtrArray) network = NULL;

  if (report == NULL)
    {
      fuzz_check_error (error);
      return;
    }
  g_assert_no_error (error);
  g_assert_cmpstr (presync_facts_report_get_name (report), !=, "");
  presync_facts_report_is_of (report, presync_facts_report_get_name (report));
  facts = presync_facts_report_list_facts (report, "SYNC01");
  g_assert_cmpuint (facts->len, ==, g_strv_length ((char **) presync_server_fact_keys ()));
  fuzz_check_facts (facts);
  network = presync_facts_report_list_network_facts (report, NULL);
  fuzz_check_facts (network);
}

static void
fuzz_descriptor (GBytes *input, const char *scratch)
{
  descriptor_check (input);
}

static void
fuzz_sql (GBytes *input, const char *scratch)
{
  sql_check (input);
}

static void
fuzz_sql_name (GBytes *input, const char *scratch)
{
  g_autofree char *text = fuzz_text (input);

  sql_check_name (text);
}

static void
fuzz_tenant (GBytes *input, const char *scratch)
{
  tenant_check (input);
}

static void
fuzz_tenant_name (GBytes *input, const char *scratch)
{
  g_autofree char *text = fuzz_text (input);

  tenant_check_name (text);
}

static void
fuzz_recording (GBytes *input, const char *scratch)
{
  fuzz_write (input, scratch);
  tenant_check_recording (scratch);
}

static const FuzzTarget targets[] = {
  { "ldif", fuzz_ldif },
  { "filter", fuzz_filter },
  { "address", fuzz_address },
  { "catalogue", fuzz_catalogue },
  { "answers", fuzz_answers },
  { "descriptor", fuzz_descriptor },
  { "facts", fuzz_facts },
  { "sql", fuzz_sql },
  { "sql-name", fuzz_sql_name },
  { "tenant", fuzz_tenant },
  { "tenant-name", fuzz_tenant_name },
  { "recording", fuzz_recording },
};

/* One damage: bytes changed, cut, doubled, moved, or a nasty piece put in */
static void
fuzz_damage (GByteArray *data, GRand *chance)
{
  static const char *const pieces[] = { "\n",
                                        "\n ",
                                        ":: ",
                                        ":< file:///",
                                        "dn:",
                                        "\xff\xfe",
                                        "(",
                                        ")",
                                        "\\",
                                        "*",
                                        "<",
                                        ">",
                                        "]]>",
                                        "&#0;",
                                        "<!DOCTYPE a [<!ENTITY b \"c\">]>",
                                        "%s%n",
                                        "99999999999999999999",
                                        "-1",
                                        "\"",
                                        "{",
                                        "[",
                                        "version: 1\n",
                                        "changetype: modify\n",
                                        "member;range=0-1499: x\n" };
  guint size = data->len;
  guint at = size > 0 ? (guint) g_rand_int_range (chance, 0, (gint32) size) : 0;
  guint wanted = (guint) g_rand_int_range (chance, 1, 64);
  guint length = MIN (size - at, wanted);
  g_autofree guint8 *copy = g_memdup2 (data->data + at, length);
  const char *piece = pieces[g_rand_int_range (chance, 0, G_N_ELEMENTS (pieces))];

  switch (g_rand_int_range (chance, 0, 6))
    {
    case 0:
      if (size > 0)
        data->data[at] = (guint8) g_rand_int_range (chance, 0, 256);
      break;
    case 1:
      if (length > 0)
        g_byte_array_remove_range (data, at, length);
      break;
    case 2:
      g_byte_array_append (data, copy, length);
      break;
    case 3:
      g_byte_array_set_size (data, at);
      break;
    case 4:
      if (size > 0)
        data->data[at] ^= (guint8) (1u << g_rand_int_range (chance, 0, 8));
      break;
    default:
      g_byte_array_append (data, (const guint8 *) piece, (guint) strlen (piece));
      if (data->len > at + strlen (piece))
        {
          memmove (data->data + at + strlen (piece), data->data + at,
                   data->len - at - strlen (piece));
          memcpy (data->data + at, piece, strlen (piece));
        }
      break;
    }
}

static GBytes *
fuzz_make (GPtrArray *samples, GRand *chance)
{
  GBytes *sample = g_ptr_array_index (samples, g_rand_int_range (chance, 0, (gint32) samples->len));
  g_autoptr (GByteArray) data = g_byte_array_new ();
  gsize size;
  const guint8 *from = g_bytes_get_data (sample, &size);
  /* A window of large samples, so that many tries fit into a second */
  gsize window = g_rand_int_range (chance, 0, 8) == 0 ? 1u << 20 : 8192u;
  gsize length = MIN (size, window);
  gsize at
      = g_rand_boolean (chance) ? 0 : (gsize) (g_rand_double (chance) * (double) (size - length));
  gint32 times = g_rand_int_range (chance, 0, 8);

  g_byte_array_append (data, from + at, (guint) length);
  for (gint32 i = 0; i < times; i++)
    fuzz_damage (data, chance);
  return g_byte_array_free_to_bytes (g_steal_pointer (&data));
}

static GPtrArray *
fuzz_load (char **files)
{
  g_autoptr (GPtrArray) samples = g_ptr_array_new_with_free_func ((GDestroyNotify) g_bytes_unref);

  for (; *files != NULL; files++)
    {
      g_autofree char *data = NULL;
      gsize size;
      g_autoptr (GError) error = NULL;

      g_file_get_contents (*files, &data, &size, &error);
      g_assert_no_error (error);
      g_ptr_array_add (samples, g_bytes_new_take (g_steal_pointer (&data), size));
    }
  if (samples->len == 0)
    g_ptr_array_add (samples, g_bytes_new_static ("(&(cn=a)(!(b=c*d)))", 19));
  return g_steal_pointer (&samples);
}

static guint64
fuzz_run (const FuzzTarget *target, guint32 seed, const char *limit, char **files)
{
  g_autoptr (GPtrArray) samples = fuzz_load (files);
  const char *keep = g_getenv ("PRESYNC_FUZZ_INPUT");
  g_autofree char *folder = g_dir_make_tmp ("presync-fuzz-XXXXXX", NULL);
  g_autofree char *scratch = g_build_filename (folder, "input", NULL);
  guint64 count = g_ascii_strtoull (limit, NULL, 10);
  gboolean timed = g_str_has_suffix (limit, "s");
  gint64 end = g_get_monotonic_time () + (gint64) count * G_USEC_PER_SEC;
  guint64 done = 0;

  while (timed ? g_get_monotonic_time () < end : done < count)
    {
      g_autoptr (GRand) chance = g_rand_new_with_seed (seed + (guint32) done);
      g_autoptr (GBytes) input = fuzz_make (samples, chance);

      if (keep != NULL)
        fuzz_write (input, keep);
      target->try (input, scratch);
      done++;
    }
  g_remove (scratch);
  g_rmdir (folder);
  return done;
}

int
main (int argc, char **argv)
{
  g_assert_cmpint (argc, >=, 4);
  for (gsize i = 0; i < G_N_ELEMENTS (targets); i++)
    if (g_str_equal (targets[i].name, argv[1]))
      {
        guint64 done = fuzz_run (&targets[i], (guint32) g_ascii_strtoull (argv[2], NULL, 10),
                                 argv[3], argv + 4);
        g_print ("1..1\nok 1 - %s: %" G_GUINT64_FORMAT " tries\n", argv[1], done);
        return 0;
      }
  g_printerr ("fuzz: unknown target %s\n", argv[1]);
  return 64;
}
