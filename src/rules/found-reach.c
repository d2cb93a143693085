/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "rules/found-reach.h"

#include <string.h>
#include <glib/gi18n.h>

/* So many addresses of one reason, and so many reasons, are told; the rest is counted. */
#define SHOWN_SUBJECTS 3
#define SHOWN_REASONS 3
/* So many keys can be told one by one, if all is well. */
#define FEW_KEYS 2

/* Subjects, each in one of the three; a set is (element-type utf8) */
typedef struct
{
  GHashTable *bad;
  GHashTable *unknown;
  GHashTable *good;
  GHashTable *keys;
} PresyncFoundReach;

static void
presync_found_reach_clear (PresyncFoundReach *self)
{
  g_hash_table_unref (self->bad);
  g_hash_table_unref (self->unknown);
  g_hash_table_unref (self->good);
  g_hash_table_unref (self->keys);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (PresyncFoundReach, presync_found_reach_clear)

gboolean
presync_found_is_reach (const char *key)
{
  /* What a certificate is like is no question of an answer. */
  static const char *const others[] = { "network.public-issuer", "network.adfs-valid",
                                        "network.adfs-self-signed", "network.adfs-chain", NULL };

  return g_str_has_prefix (key, "network.")
         && presync_fact_key_find (key)->type == PRESYNC_FACT_BOOLEAN
         && !g_strv_contains (others, key);
}

static gboolean
presync_found_reach_is (PresyncFact *fact, gboolean value)
{
  return presync_found_is_reach (presync_fact_get_key (fact))
         && presync_fact_get_unknown (fact) == PRESYNC_UNKNOWN_NONE
         && presync_fact_get_boolean (fact) == value;
}

/* One address may decide several keys: it counts once, and as what is worst of it. */
static void
presync_found_reach_count (PresyncFoundReach *self, GPtrArray *facts)
{
  for (guint i = 0; i < facts->len; i++)
    if (presync_found_reach_is (g_ptr_array_index (facts, i), FALSE))
      g_hash_table_add (self->bad,
                        (gpointer) presync_fact_get_subject (g_ptr_array_index (facts, i)));
  for (guint i = 0; i < facts->len; i++)
    {
      PresyncFact *fact = g_ptr_array_index (facts, i);
      const char *subject = presync_fact_get_subject (fact);

      if (!presync_found_is_reach (presync_fact_get_key (fact)))
        continue;
      g_hash_table_add (self->keys, (gpointer) presync_fact_get_key (fact));
      if (presync_fact_get_unknown (fact) != PRESYNC_UNKNOWN_NONE
          && !g_hash_table_contains (self->bad, subject))
        g_hash_table_add (self->unknown, (gpointer) subject);
    }
  for (guint i = 0; i < facts->len; i++)
    {
      PresyncFact *fact = g_ptr_array_index (facts, i);
      const char *subject = presync_fact_get_subject (fact);

      if (presync_found_reach_is (fact, TRUE) && !g_hash_table_contains (self->bad, subject)
          && !g_hash_table_contains (self->unknown, subject))
        g_hash_table_add (self->good, (gpointer) subject);
    }
}

static void
presync_found_reach_append_more (GString *text, guint more)
{
  if (more == 0)
    return;
  g_string_append_c (text, ' ');
  g_string_append_printf (text, ngettext ("and %u more", "and %u more", more), more);
}

/* (transfer full): the addresses that failed for the reason of @first, then that reason
 * @told: those that are told, which grows; (out) @n: how many have that reason */
static char *
presync_found_reach_dup_reason (GPtrArray *facts, PresyncFact *first, GHashTable *told, guint *n)
{
  const char *why = presync_fact_get_detail (first);
  g_autoptr (GString) text = g_string_new (NULL);
  g_autofree char *clause = NULL;

  *n = 0;
  for (guint i = 0; i < facts->len; i++)
    {
      PresyncFact *fact = g_ptr_array_index (facts, i);

      if (!presync_found_reach_is (fact, FALSE)
          || g_strcmp0 (presync_fact_get_detail (fact), why) != 0
          || !g_hash_table_add (told, (gpointer) presync_fact_get_subject (fact)))
        continue;
      if (++*n <= SHOWN_SUBJECTS)
        g_string_append_printf (text, "%s%s", *n > 1 ? ", " : "", presync_fact_get_subject (fact));
    }
  presync_found_reach_append_more (text, *n > SHOWN_SUBJECTS ? *n - SHOWN_SUBJECTS : 0);
  if (why == NULL || *why == '\0')
    return g_string_free (g_steal_pointer (&text), FALSE);
  /* More may follow. */
  clause = g_str_has_suffix (why, ".") ? g_strndup (why, strlen (why) - 1) : g_strdup (why);
  /* TRANSLATORS: what failed, and a sentence (without its full stop) that says why */
  return g_strdup_printf (_ ("%s – %s"), text->str, clause);
}

/* (transfer full): what failed, by reason */
static char *
presync_found_reach_dup_failures (GPtrArray *facts, guint n_bad)
{
  guint shown = 0;
  g_autoptr (GHashTable) told = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0, reasons = 0; i < facts->len && reasons < SHOWN_REASONS; i++)
    {
      PresyncFact *fact = g_ptr_array_index (facts, i);
      guint n = 0;
      g_autofree char *reason = NULL;

      if (!presync_found_reach_is (fact, FALSE)
          || g_hash_table_contains (told, presync_fact_get_subject (fact)))
        continue;
      reason = presync_found_reach_dup_reason (facts, fact, told, &n);
      g_string_append_printf (text, "%s%s", reasons > 0 ? "; " : "", reason);
      shown += n;
      reasons++;
    }
  presync_found_reach_append_more (text, n_bad - shown);
  return g_string_free (g_steal_pointer (&text), FALSE);
}

char *
presync_found_describe_reach (GPtrArray *facts, gboolean brief)
{
  guint bad, unknown, good, total;
  g_auto (PresyncFoundReach) self = { 0 };
  g_autoptr (GString) text = g_string_new (NULL);

  g_return_val_if_fail (facts != NULL, NULL);
  self.bad = g_hash_table_new (g_str_hash, g_str_equal);
  self.unknown = g_hash_table_new (g_str_hash, g_str_equal);
  self.good = g_hash_table_new (g_str_hash, g_str_equal);
  self.keys = g_hash_table_new (g_str_hash, g_str_equal);
  presync_found_reach_count (&self, facts);
  bad = g_hash_table_size (self.bad);
  unknown = g_hash_table_size (self.unknown);
  good = g_hash_table_size (self.good);
  total = bad + unknown + good;
  if (total < 2 || unknown == total || (good == total && g_hash_table_size (self.keys) <= FEW_KEYS))
    return NULL;
  if (bad > 0 && !brief)
    {
      g_autofree char *failures = presync_found_reach_dup_failures (facts, bad);

      /* TRANSLATORS: of so many addresses that were tried: "1 of 9 failed: sts.contoso.com:443 …"
       */
      g_string_append_printf (text, ngettext ("%u of %u failed: %s", "%u of %u failed: %s", bad),
                              bad, total, failures);
    }
  else
    {
      g_string_append_printf (text, _ ("%u of %u answered"), good, total);
      if (bad > 0)
        /* TRANSLATORS: after "41 of 44 answered" */
        g_string_append_printf (text, ngettext (" · %u does not", " · %u do not", bad), bad);
    }
  if (unknown > 0)
    /* TRANSLATORS: after "41 of 44 answered" */
    g_string_append_printf (text, ngettext (" · %u is not known", " · %u are not known", unknown),
                            unknown);
  return g_string_free (g_steal_pointer (&text), FALSE);
}
