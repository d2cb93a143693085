/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/source-text.h"

#include <glib/gi18n.h>

typedef struct
{
  const char *word;
  const char *icon;
  const char *css_class;
  int rank; /* the highest is told */
} PresyncSourceText;

/* clang-format off */
static const PresyncSourceText texts[] = {
  [PRESYNC_SOURCE_IDLE] = { N_ ("Not checked yet"), "presync-waiting-symbolic", "dim-label", 3 },
  [PRESYNC_SOURCE_TESTING] = { N_ ("Testing"), "presync-waiting-symbolic", "accent", 4 },
  [PRESYNC_SOURCE_CHECKING] = { N_ ("Checking"), "presync-check-symbolic", "accent", 4 },
  [PRESYNC_SOURCE_DONE] = { N_ ("Checked"), "presync-met-symbolic", "status-met", 1 },
  [PRESYNC_SOURCE_LIVE] = { N_ ("Live"), "presync-live-symbolic", "status-met", 2 },
  [PRESYNC_SOURCE_LOST] = { N_ ("Reconnecting"), "presync-lost-symbolic", "status-advice", 5 },
  [PRESYNC_SOURCE_FAILED] = { N_ ("Failed"), "presync-not-met-symbolic", "status-not-met", 6 },
};
/* clang-format on */

/* Of a file, and not checked since: what it told is there, and nothing is connected */
static const PresyncSourceText of_file
    = { N_ ("From the file"), "presync-assessment-symbolic", "dim-label", 3 };
/* Kept with such a source */
#define OF_FILE "presync-of-file"

static const PresyncSourceText *
presync_source_text_get (PresyncSource *source)
{
  PresyncSourceState state = presync_source_get_state (source);

  if (state == PRESYNC_SOURCE_IDLE && g_object_get_data (G_OBJECT (source), OF_FILE) != NULL)
    return &of_file;
  return &texts[(guint) state < G_N_ELEMENTS (texts) ? state : PRESYNC_SOURCE_IDLE];
}

void
presync_source_text_mark_of_file (PresyncSource *source)
{
  g_return_if_fail (PRESYNC_IS_SOURCE (source));

  g_object_set_data (G_OBJECT (source), OF_FILE, GINT_TO_POINTER (TRUE));
  /* It is told in other words now. */
  g_object_notify (G_OBJECT (source), "state");
}

PresyncSource *
presync_source_text_worst (GListModel *sources)
{
  g_autoptr (PresyncSource) worst = NULL;

  for (guint i = 0; i < g_list_model_get_n_items (sources); i++)
    {
      g_autoptr (PresyncSource) source = g_list_model_get_item (sources, i);

      if (worst == NULL
          || presync_source_text_get (source)->rank > presync_source_text_get (worst)->rank)
        g_set_object (&worst, source);
    }
  return g_steal_pointer (&worst);
}

char *
presync_source_text_dup_place (const char *target)
{
  g_return_val_if_fail (target != NULL, NULL);

  if (!g_str_has_prefix (target, "resource://"))
    return g_strdup (target);
  /* TRANSLATORS: %s is a file, such as SYNC01.json */
  return g_strdup_printf (_ ("%s of the sample"), strrchr (target, '/') + 1);
}

char *
presync_source_text_dup (PresyncSource *source)
{
  g_autofree char *target = NULL;
  const char *host;

  if (source == NULL)
    return g_strdup (_ ("Not connected"));
  target = presync_source_dup_target (source);
  /* How it is reached stands on the Sources page; here the name must not be cut. */
  host = strstr (target, "://");
  host = host != NULL ? host + strlen ("://") : target;
  if (*host == '/')
    host = strrchr (host, '/') + 1;
  return g_strdup_printf ("%s · %s", _ (presync_source_text_get (source)->word), host);
}

const char *
presync_source_text_icon (PresyncSource *source)
{
  return source != NULL ? presync_source_text_get (source)->icon : "presync-sources-symbolic";
}

const char *
presync_source_text_css_class (PresyncSource *source)
{
  return source != NULL ? presync_source_text_get (source)->css_class : "dim-label";
}

const char *
presync_source_text_word (PresyncSource *source)
{
  g_return_val_if_fail (PRESYNC_IS_SOURCE (source), NULL);

  return _ (presync_source_text_get (source)->word);
}
