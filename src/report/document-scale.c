/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/document.h"

static void
presync_scale_span_free (gpointer data)
{
  PresyncScaleSpan *self = data;

  g_free (self->label);
  g_free (self->figure);
  g_free (self);
}

PresyncScale *
presync_scale_new (void)
{
  PresyncScale *self = g_new0 (PresyncScale, 1);

  self->position = -1;
  self->steps = g_ptr_array_new_with_free_func (presync_scale_span_free);
  self->limits = g_ptr_array_new_with_free_func (presync_scale_span_free);
  return self;
}

void
presync_scale_free (PresyncScale *self)
{
  g_free (self->label);
  g_free (self->caption);
  g_free (self->alternate);
  g_ptr_array_unref (self->steps);
  g_ptr_array_unref (self->limits);
  g_free (self);
}

static void
presync_scale_add (GPtrArray *spans, double from, double to, const char *label, const char *figure,
                   gboolean other)
{
  PresyncScaleSpan *span = g_new0 (PresyncScaleSpan, 1);

  span->from = from;
  span->to = to;
  span->label = g_strdup (label);
  span->figure = g_strdup (figure);
  span->other = other;
  g_ptr_array_add (spans, span);
}

void
presync_scale_add_step (PresyncScale *self, double from, double to, const char *label,
                        const char *figure, gboolean other)
{
  presync_scale_add (self->steps, from, to, label, figure, other);
}

void
presync_scale_add_limit (PresyncScale *self, double to, const char *label, const char *figure,
                         gboolean other)
{
  presync_scale_add (self->limits, 0, to, label, figure, other);
}
