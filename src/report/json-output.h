/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <json-glib/json-glib.h>

#include "sources/directory/accounts.h"

G_BEGIN_DECLS

/* What the JSON of an assessment and of a catalogue have in common */

/* A member; @text: (nullable): %NULL gives null. What is not UTF-8 is made so. */
void presync_json_add_text (JsonBuilder *builder, const char *name, const char *text);
/* Opens the outermost object and its array of options, which the caller closes. @accounts:
 * (nullable): those that are named are told by their ids; %NULL: no member "accounts" */
void presync_json_begin (JsonBuilder *builder, const GDate *edition,
                         const PresyncAccounts *accounts);
/* (transfer full): closes the object; indented text that ends with a new line */
char *presync_json_end (JsonBuilder *builder);

G_END_DECLS
