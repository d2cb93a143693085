/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "assessment/run.h"

#include <string.h>

/* With its length: texts of a directory may hold whatever could stand between them. */
static void
presync_evidence_add_text (GString *text, const char *part)
{
  gsize length = strlen (part);
  char digits[24];
  char *p = digits + sizeof (digits);

  /* of 100000 accounts, printf() would take longer than all else */
  *--p = ':';
  for (gsize n = length; n > 0 || p[0] == ':'; n /= 10)
    *--p = (char) ('0' + n % 10);
  g_string_append_len (text, p, digits + sizeof (digits) - p);
  g_string_append_len (text, part, (gssize) length);
}

static int
presync_evidence_compare_cb (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

/* A list is in no special order (PRESYNC_FACT_LIST). */
static void
presync_evidence_add_list (GString *text, const char *const *list)
{
  g_autoptr (GPtrArray) sorted = g_ptr_array_new ();

  for (guint i = 0; list[i] != NULL; i++)
    g_ptr_array_add (sorted, (gpointer) list[i]);
  g_ptr_array_sort (sorted, presync_evidence_compare_cb);
  for (guint i = 0; i < sorted->len; i++)
    presync_evidence_add_text (text, g_ptr_array_index (sorted, i));
}

static void
presync_evidence_add_value (GString *text, PresyncFact *fact)
{
  g_autofree char *time = NULL;

  if (presync_fact_get_unknown (fact) != PRESYNC_UNKNOWN_NONE)
    {
      /* The detail is of one language; and who could not read has no value to compare. */
      g_string_append_printf (text, "?%s", presync_unknown_nick (presync_fact_get_unknown (fact)));
      return;
    }
  switch (presync_fact_get_value_type (fact))
    {
    case PRESYNC_FACT_BOOLEAN:
      g_string_append (text, presync_fact_get_boolean (fact) ? "true" : "false");
      break;
    case PRESYNC_FACT_INTEGER:
      g_string_append_printf (text, "%" G_GINT64_FORMAT, presync_fact_get_integer (fact));
      break;
    case PRESYNC_FACT_LIST:
      presync_evidence_add_list (text, presync_fact_get_list (fact));
      break;
    case PRESYNC_FACT_TIME:
      time = g_date_time_format (presync_fact_get_time (fact), "%Y-%m-%dT%H:%M:%SZ");
      g_string_append (text, time);
      break;
    case PRESYNC_FACT_TEXT:
    case PRESYNC_FACT_VERSION:
    default:
      g_string_append (text, presync_fact_get_text (fact));
    }
}

/* Appends all that makes the fact another one, and not when it was read */
static void
presync_evidence_add_fact (GString *text, PresyncFact *fact)
{
  gboolean complete = presync_origin_get_complete (presync_fact_get_origin (fact));

  presync_evidence_add_text (text, presync_fact_get_key (fact));
  presync_evidence_add_text (text, presync_fact_get_subject (fact));
  g_string_append_c (text, complete ? '=' : '~');
  presync_evidence_add_value (text, fact);
}

void
presync_evidence_digest (GPtrArray *facts, char digest[PRESYNC_EVIDENCE_SIZE])
{
  g_autoptr (GString) all = g_string_new (NULL);
  g_autoptr (GArray) starts = g_array_new (FALSE, FALSE, sizeof (gsize));
  g_autoptr (GPtrArray) texts = g_ptr_array_new ();
  g_autoptr (GChecksum) sum = g_checksum_new (G_CHECKSUM_SHA256);

  g_return_if_fail (facts != NULL && digest != NULL);
  digest[0] = '\0';
  if (facts->len == 0)
    return;
  for (guint i = 0; i < facts->len; i++)
    {
      g_array_append_val (starts, all->len);
      presync_evidence_add_fact (all, g_ptr_array_index (facts, i));
      g_string_append_c (all, '\0');
    }
  for (guint i = 0; i < starts->len; i++)
    g_ptr_array_add (texts, all->str + g_array_index (starts, gsize, i));
  g_ptr_array_sort (texts, presync_evidence_compare_cb);
  for (guint i = 0; i < texts->len; i++)
    {
      const char *text = g_ptr_array_index (texts, i);
      /* its end, too, so that no two facts read as one */
      g_checksum_update (sum, (const guchar *) text, (gssize) strlen (text) + 1);
    }
  g_strlcpy (digest, g_checksum_get_string (sum), PRESYNC_EVIDENCE_SIZE);
}
