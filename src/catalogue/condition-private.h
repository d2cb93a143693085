/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "catalogue/condition.h"

G_BEGIN_DECLS

/* The object's fields, filled by the reader before anybody else sees it. Texts are translated. */
struct _PresyncCondition
{
  GObject parent_instance;
  char *id;
  PresyncSeverity severity;
  char *feature;       /* "plan.…" */
  const char *account; /* of the table of account-role.c, or NULL */
  char *title;
  char *needed;
  char *why;
  GDate *from;
  GDate *until;
  PresyncTest *test;
  PresyncTest *only_when;
  PresyncProvided *provided;
  GPtrArray *fact_keys;
  GPtrArray *advice;
  GPtrArray *fix;
  GPtrArray *find_out;
  GPtrArray *figures;
  GPtrArray *references;
};

PresyncCondition *presync_condition_new (void);

/* Works out fact_keys; the last thing the reader does to a condition. */
void presync_condition_seal (PresyncCondition *self);

G_END_DECLS
