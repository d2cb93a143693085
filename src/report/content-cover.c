/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/content-private.h"

#include "sources/directory/directory-source.h"
#include "sources/server/server-source.h"
#include "sources/network/network-source.h"
#include "sources/sql/sql-source.h"
#include "sources/tenant/tenant-source.h"
#include <glib/gi18n.h>
#include <string.h>

/* Of a summary: targets told, and characters of each value */
#define MOST_TARGETS 6
#define MOST_VALUE 96
/* A snapshot that comes with the program */
#define SAMPLE_PREFIX "resource://" PRESYNC_RESOURCE_BASE "/sample/"

/* "13 of 16 requirements are met, 2 not met, 1 needs an answer": what the donut shows */
static char *
presync_content_dup_alternate (const PresyncSummary *summary)
{
  GString *text = g_string_new (NULL);

  g_string_append_printf (text,
                          ngettext ("%u of %u requirement is met", "%u of %u requirements are met",
                                    summary->n_applicable),
                          summary->requirements[PRESYNC_STATUS_MET], summary->n_applicable);
  for (guint i = 0; i < PRESYNC_N_STATUSES; i++)
    if (i != PRESYNC_STATUS_MET && summary->requirements[i] > 0)
      g_string_append_printf (text, "; %s: %u", presync_status_title (i), summary->requirements[i]);
  return g_string_free (text, FALSE);
}

static void
presync_content_add_count (GPtrArray *prose, const char *text, PresyncSpanStyle style)
{
  if (prose->len > 0)
    presync_prose_add (prose, PRESYNC_SPAN_DIM, " · ");
  presync_prose_add (prose, style, text);
}

/* "2 blocking conditions · 13 open · 2 with advice · 1 answered by hand": the first count says that
 * conditions are counted, for the figure above counts requirements */
static void
presync_content_fill_summary (GPtrArray *prose, const PresyncSummary *summary)
{
  guint advice = summary->conditions[PRESYNC_STATUS_ADVICE];
  guint open = summary->open;
  guint answered = summary->answered;
  guint contradicted = summary->contradicted;
  guint waived = summary->waived;
  guint expired = summary->expired;
  const struct
  {
    guint n;
    const char *first;
    const char *next;
    PresyncSpanStyle style;
  } counts[] = {
    { summary->blockers,
      ngettext ("%u blocking condition", "%u blocking conditions", summary->blockers), "",
      PRESYNC_SPAN_BOLD },
    { open, ngettext ("%u open condition", "%u open conditions", open),
      ngettext ("%u open", "%u open", open), PRESYNC_SPAN_PLAIN },
    { advice, ngettext ("%u condition with advice", "%u conditions with advice", advice),
      ngettext ("%u with advice", "%u with advice", advice), PRESYNC_SPAN_PLAIN },
    { answered,
      ngettext ("%u condition answered by hand", "%u conditions answered by hand", answered),
      ngettext ("%u answered by hand", "%u answered by hand", answered), PRESYNC_SPAN_PLAIN },
    /* only what is answered can be */
    { contradicted, "",
      ngettext ("%u against a measurement", "%u against a measurement", contradicted),
      PRESYNC_SPAN_BOLD },
    { waived, ngettext ("%u condition waived", "%u conditions waived", waived),
      ngettext ("%u waived", "%u waived", waived), PRESYNC_SPAN_PLAIN },
    { expired, ngettext ("%u waiver has expired", "%u waivers have expired", expired),
      ngettext ("%u waiver has expired", "%u waivers have expired", expired), PRESYNC_SPAN_BOLD },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (counts); i++)
    {
      g_autofree char *number = g_strdup_printf ("%u", counts[i].n);
      g_auto (GStrv) parts = NULL;
      g_autofree char *text = NULL;
      g_autoptr (GString) words = NULL;

      if (counts[i].n == 0)
        continue;
      parts = g_strsplit (prose->len == 0 ? counts[i].first : counts[i].next, "%u", 2);
      text = g_strjoinv (number, parts);
      /* the number stays with its words */
      words = g_string_new (text);
      g_string_replace (words, " ", "\u00a0", 0);
      presync_content_add_count (prose, words->str, counts[i].style);
    }
  if (prose->len == 0)
    presync_prose_add (prose, PRESYNC_SPAN_PLAIN, _ ("Nothing is missing."));
}

static void
presync_content_add_cards (PresyncContent *self)
{
  PresyncBlock *verdicts = presync_document_add (self->document, PRESYNC_BLOCK_VERDICTS);

  for (guint i = 0; i < PRESYNC_N_OPTIONS; i++)
    {
      const PresyncSummary *summary = self->summaries[i];
      PresyncCard *card = presync_block_add_card (verdicts);

      card->title = g_strdup (presync_option_title (i));
      card->subtitle = g_strdup (presync_option_long_title (i));
      card->verdict = summary->verdict;
      memcpy (card->counts, summary->requirements, sizeof (card->counts));
      card->total = summary->n_applicable;
      card->alternate = presync_content_dup_alternate (summary);
      presync_content_fill_summary (card->summary, summary);
    }
}

/* (nullable) (transfer full): the source of facts, if it is still the one that gave @origin */
static PresyncSource *
presync_content_find_source (PresyncContent *self, PresyncOrigin *origin)
{
  GListModel *sources
      = presync_runner_get_sources (presync_assessment_get_runner (self->assessment));

  for (guint i = 0; i < g_list_model_get_n_items (sources); i++)
    {
      g_autoptr (PresyncSource) source = g_list_model_get_item (sources, i);
      g_autofree char *target = presync_source_dup_target (source);

      if (g_strcmp0 (presync_source_get_id (source), presync_origin_get_source (origin)) == 0
          && (!PRESYNC_IS_DIRECTORY_SOURCE (source)
              || g_strcmp0 (target, presync_origin_get_target (origin)) == 0))
        return g_steal_pointer (&source);
    }
  return NULL;
}

/* (nullable) (transfer none): the file that @source reads, if it is no server */
static const char *
presync_content_get_file (PresyncSource *source, PresyncOrigin *origin)
{
  if (source != NULL && PRESYNC_IS_DIRECTORY_SOURCE (source))
    return presync_directory_source_get_target (PRESYNC_DIRECTORY_SOURCE (source))->ldif;
  if (source != NULL && PRESYNC_IS_SQL_SOURCE (source))
    return presync_sql_source_get_target (PRESYNC_SQL_SOURCE (source))->recording;
  if (source != NULL && PRESYNC_IS_TENANT_SOURCE (source))
    return presync_tenant_source_get_target (PRESYNC_TENANT_SOURCE (source))->recording;
  if (source != NULL && PRESYNC_IS_NETWORK_SOURCE (source))
    return presync_network_source_get_target (PRESYNC_NETWORK_SOURCE (source))->recording;
  if (source != NULL && PRESYNC_IS_SERVER_SOURCE (source))
    {
      PresyncFactsReport *report
          = presync_server_source_get_report (PRESYNC_SERVER_SOURCE (source));

      return report != NULL ? presync_facts_report_get_path (report) : NULL;
    }
  return g_str_equal (presync_origin_get_source (origin), "server")
             ? presync_origin_get_target (origin)
             : NULL;
}

/* (transfer full): what stands for the answers of a server, a tenant or a network */
static char *
presync_content_dup_recording (const char *id, gboolean sample, const char *time)
{
  if (!sample)
    /* Translators: %s is a date and time */
    return g_strdup_printf (_ ("recording, made at %s"), time);
  if (g_str_equal (id, "tenant"))
    /* Translators: %s is a date and time */
    return g_strdup_printf (_ ("recording of the sample (not a real tenant), made at %s"), time);
  if (g_str_equal (id, "network"))
    /* Translators: %s is a date and time */
    return g_strdup_printf (_ ("recording of the sample (not a real network), made at %s"), time);
  /* Translators: %s is a date and time */
  return g_strdup_printf (_ ("recording of the sample (not a real server), made at %s"), time);
}

/* What was asked and when; a file is told from a server, and the sample from all else */
static char *
presync_content_dup_target (PresyncContent *self, PresyncOrigin *origin)
{
  const char *id = presync_origin_get_source (origin);
  const char *target = presync_origin_get_target (origin);
  g_autofree char *time = presync_wording_dup_time (presync_origin_get_at (origin));
  g_autoptr (PresyncSource) source = presync_content_find_source (self, origin);
  const char *file = presync_content_get_file (source, origin);
  gboolean sample = file != NULL && g_str_has_prefix (file, SAMPLE_PREFIX);

  if (file == NULL)
    /* Translators: a server, and when it was asked */
    return g_strdup_printf (_ ("%s, asked at %s"), target, time);
  if (g_str_equal (id, "server") && sample)
    /* Translators: %s is a date and time */
    return g_strdup_printf (_ ("facts file of the sample (not a real server), written at %s"),
                            time);
  if (g_str_equal (id, "server"))
    /* Translators: a file, and when it was written */
    return g_strdup_printf (_ ("facts file %s, written at %s"), target, time);
  if (!g_str_equal (id, "directory"))
    return presync_content_dup_recording (id, sample, time);
  if (sample)
    /* Translators: %s is a date and time */
    return g_strdup_printf (_ ("bundled sample forest (not a real organisation), read at %s"),
                            time);
  /* Translators: a file, and when it was read */
  return g_strdup_printf (_ ("LDIF snapshot %s, read at %s"), target, time);
}

static void
presync_content_add_short_pair (PresyncContent *self, PresyncBlock *table, const char *name,
                                const char *value)
{
  g_autofree char *cut = presync_content_shorten (self, value, MOST_VALUE);

  presync_content_add_pair (table, name, cut);
}

static void
presync_content_add_targets (PresyncContent *self, PresyncBlock *table)
{
  g_autoptr (GPtrArray) facts
      = presync_fact_set_list (presync_assessment_get_facts (self->assessment));
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (guint i = 0; i < facts->len; i++)
    {
      PresyncOrigin *origin = presync_fact_get_origin (g_ptr_array_index (facts, i));
      const char *source = presync_origin_get_source (origin);
      const char *target = presync_origin_get_target (origin);
      g_autofree char *text = NULL;

      /* the facts file is told with the sync server's name; no SQL Server counts beside LocalDB */
      if (g_str_equal (source, "plan") || g_str_equal (source, "server")
          || (g_str_equal (source, "sql")
              && !presync_assessment_get_feature (self->assessment, "own-sql"))
          || !g_hash_table_add (seen, g_strconcat (source, "\n", target, NULL)))
        continue;
      if (self->summary && g_hash_table_size (seen) > MOST_TARGETS)
        continue;
      text = presync_content_dup_target (self, origin);
      presync_content_add_short_pair (self, table, presync_source_title (source), text);
    }
  if (self->summary && g_hash_table_size (seen) > MOST_TARGETS)
    {
      guint more = g_hash_table_size (seen) - MOST_TARGETS;
      g_autofree char *text = g_strdup_printf (ngettext ("and %u more", "and %u more", more), more);

      presync_content_add_pair (table, NULL, text);
    }
}

static char *
presync_content_dup_features (PresyncContent *self)
{
  g_autoptr (GString) text = g_string_new (NULL);
  gsize n;
  const PresyncFactKey *keys = presync_fact_keys (&n);

  for (gsize i = 0; i < n; i++)
    {
      if (!g_str_has_prefix (keys[i].id, "plan.")
          || !presync_assessment_get_feature (self->assessment, keys[i].id + strlen ("plan.")))
        continue;
      if (text->len > 0)
        g_string_append (text, ", ");
      g_string_append (text, _ (keys[i].label));
    }
  return g_strdup (text->len > 0 ? text->str : _ ("none"));
}

/* The forest's own name, which may differ from the assessment's */
static const char *
presync_content_get_forest (PresyncContent *self)
{
  GPtrArray *facts = presync_fact_set_lookup (presync_assessment_get_facts (self->assessment),
                                              "forest.functional-level");

  if (facts == NULL || facts->len == 0
      || *presync_fact_get_subject (g_ptr_array_index (facts, 0)) == '\0')
    return _ ("not read");
  return presync_fact_get_subject (g_ptr_array_index (facts, 0));
}

/* (transfer full): its name, and the facts file of it if there is one */
static char *
presync_content_dup_server (PresyncContent *self)
{
  const char *server = presync_assessment_get_sync_server (self->assessment);
  GPtrArray *facts = presync_fact_set_lookup (presync_assessment_get_facts (self->assessment),
                                              "server.collected");
  g_autofree char *file = NULL;

  if (server == NULL)
    return g_strdup (_ ("not named"));
  if (facts == NULL || facts->len == 0
      || presync_fact_get_unknown (g_ptr_array_index (facts, 0)) != PRESYNC_UNKNOWN_NONE)
    return g_strdup (server);
  file = presync_content_dup_target (self, presync_fact_get_origin (g_ptr_array_index (facts, 0)));
  /* Translators: the name of the sync server, and where the facts about it come from */
  return g_strdup_printf (_ ("%s; %s"), server, file);
}

/* What a reader would look for in vain; the parts that are only there when asked for are none of
 * it */
static void
presync_content_add_left_out (PresyncContent *self, PresyncBlock *table)
{
  g_autoptr (GString) text = g_string_new (NULL);
  gsize n = 0;
  const PresyncSectionInfo *sections = presync_report_sections (&n);

  for (gsize i = 0; i < n && !self->summary; i++)
    if ((sections[i].section & PRESYNC_SECTIONS_DEFAULT) != 0
        && !presync_content_wants (self, sections[i].section))
      g_string_append_printf (text, "%s%s", text->len > 0 ? ", " : "", _ (sections[i].title));
  if (text->len > 0)
    presync_content_add_pair (table, _ ("Sections left out"), text->str);
}

static void
presync_content_add_scope (PresyncContent *self)
{
  PresyncBlock *table = presync_content_begin_pairs (self);
  const GDate *edition = presync_assessment_get_edition (self->assessment);
  g_autofree char *server = presync_content_dup_server (self);
  g_autofree char *features = presync_content_dup_features (self);
  g_autofree char *time = presync_wording_dup_time (self->at);
  const char *prepared_by = self->options->prepared_by;
  g_autofree char *prepared = NULL;
  char day[16];

  g_date_strftime (day, sizeof (day), "%Y-%m-%d", edition);
  presync_content_add_short_pair (self, table, _ ("Forest"), presync_content_get_forest (self));
  presync_content_add_targets (self, table);
  presync_content_add_short_pair (self, table, _ ("Sync server"), server);
  presync_content_add_pair (table, _ ("Planned features"), features);
  presync_content_add_pair (table, _ ("Edition of requirements"), day);
  if (prepared_by != NULL && *prepared_by != '\0')
    /* Translators: date and time of the report, and a person */
    prepared = g_strdup_printf (_ ("%s, prepared by %s"), time, prepared_by);
  presync_content_add_short_pair (self, table, _ ("Date of the report"),
                                  prepared != NULL ? prepared : time);
  presync_content_add_left_out (self, table);
}

void
presync_content_add_cover (PresyncContent *self)
{
  PresyncBlock *cover = presync_document_add (self->document, PRESYNC_BLOCK_COVER);

  cover->title = g_strdup (_ ("Readiness for Microsoft Entra synchronization"));
  cover->prose = presync_prose_new_text (PRESYNC_SPAN_PLAIN, self->document->subtitle);
  cover->anchor = g_strdup ("cover");
  presync_content_add_cards (self);
  presync_document_add_heading (self->document, 3, NULL, _ ("What synchronization runs through"));
  presync_content_add_map (self);
  presync_document_add_heading (self->document, 3, NULL, _ ("Scope"));
  presync_content_add_scope (self);
}
