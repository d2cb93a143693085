/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "catalogue/requirement.h"

G_BEGIN_DECLS

/* The object's fields, filled by the reader before anybody else sees it. Texts are translated. */
struct _PresyncRequirement
{
  GObject parent_instance;
  char *id;
  PresyncOption option;
  PresyncSection section;
  gboolean overview;
  const char *account; /* of the table of account-role.c, or NULL */
  char *title;
  char *why;
  GPtrArray *conditions;
};

PresyncRequirement *presync_requirement_new (void);

G_END_DECLS
