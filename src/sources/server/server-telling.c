/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sources/server/server-telling.h"

#include "sources/network/network-source.h"
#include "sources/server/report-network.h"

struct _PresyncServerTelling
{
  PresyncSource *source;
  PresyncNetworkTarget *target; /* nullable */
  GStrv network;                /* nullable: keys of what was told of the network */
};

PresyncServerTelling *
presync_server_telling_new (PresyncSource *source)
{
  PresyncServerTelling *self = g_new0 (PresyncServerTelling, 1);

  self->source = source;
  return self;
}

void
presync_server_telling_free (PresyncServerTelling *self)
{
  presync_network_target_free (self->target);
  g_strfreev (self->network);
  g_free (self);
}

/* What was told before and is not among @facts is forgotten: then another source counts, or a
 * person may answer. */
static void
presync_server_telling_emit_network (PresyncServerTelling *self, GPtrArray *facts)
{
  g_autoptr (GPtrArray) told = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GStrvBuilder) gone = g_strv_builder_new ();
  g_auto (GStrv) before = g_steal_pointer (&self->network);
  g_auto (GStrv) forgotten = NULL;

  for (guint i = 0; i < facts->len; i++)
    {
      const char *key = presync_fact_get_key (g_ptr_array_index (facts, i));

      if (!g_ptr_array_find_with_equal_func (told, key, g_str_equal, NULL))
        g_ptr_array_add (told, g_strdup (key));
    }
  g_ptr_array_add (told, NULL);
  self->network = (GStrv) g_ptr_array_steal (told, NULL);
  for (guint i = 0; before != NULL && before[i] != NULL; i++)
    if (!g_strv_contains ((const char *const *) self->network, before[i]))
      g_strv_builder_add (gone, before[i]);
  forgotten = g_strv_builder_end (gone);
  presync_source_emit_facts (self->source, facts);
  if (forgotten[0] != NULL)
    presync_source_emit_forgotten (self->source, (const char *const *) forgotten);
}

void
presync_server_telling_report (PresyncServerTelling *self, PresyncFactsReport *report,
                               const char *subject)
{
  g_autoptr (GPtrArray) facts = presync_facts_report_list_facts (report, subject);
  g_autoptr (GPtrArray) network = presync_facts_report_list_network_facts (report, self->target);

  presync_source_emit_facts (self->source, facts);
  presync_server_telling_emit_network (self, network);
}

void
presync_server_telling_unknown (PresyncServerTelling *self, PresyncUnknown reason,
                                const char *subject, const char *why)
{
  const char *const *keys = presync_server_fact_keys ();
  g_autoptr (GPtrArray) facts = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GPtrArray) none = g_ptr_array_new ();
  g_autoptr (GDateTime) now = g_date_time_new_now_utc ();
  g_autofree char *target = presync_source_dup_target (self->source);
  g_autoptr (PresyncOrigin) origin = presync_origin_new ("server", target, "", now, FALSE);

  for (guint i = 0; keys[i] != NULL; i++)
    g_ptr_array_add (facts, presync_fact_new_unknown (keys[i], subject, reason, why, origin));
  presync_source_emit_facts (self->source, facts);
  presync_server_telling_emit_network (self, none);
}

void
presync_server_telling_remember (PresyncServerTelling *self)
{
  g_strfreev (self->network);
  self->network = g_strdupv ((char **) presync_network_fact_keys ());
}

void
presync_server_telling_nothing (PresyncServerTelling *self)
{
  g_autoptr (GPtrArray) none = g_ptr_array_new ();

  presync_source_emit_forgotten (self->source, presync_server_fact_keys ());
  presync_server_telling_emit_network (self, none);
}

void
presync_server_telling_set_target (PresyncServerTelling *self, PresyncFactsReport *report,
                                   const PresyncNetworkTarget *target)
{
  g_autoptr (GPtrArray) facts = NULL;

  if (target == NULL ? self->target == NULL
                     : self->target != NULL && presync_network_target_equal (self->target, target))
    return;
  presync_network_target_free (self->target);
  self->target = presync_network_target_copy (target);
  if (report == NULL)
    return;
  facts = presync_facts_report_list_network_facts (report, self->target);
  presync_server_telling_emit_network (self, facts);
}
