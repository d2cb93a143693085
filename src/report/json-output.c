/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/json-output.h"

/* Of the shape that is documented in README, "Command line" */
#define SCHEMA 1

void
presync_json_add_text (JsonBuilder *builder, const char *name, const char *text)
{
  g_autofree char *valid = text != NULL ? g_utf8_make_valid (text, -1) : NULL;

  json_builder_set_member_name (builder, name);
  if (valid == NULL)
    json_builder_add_null_value (builder);
  else
    json_builder_add_string_value (builder, valid);
}

static void
presync_json_add_accounts (JsonBuilder *builder, const PresyncAccounts *accounts)
{
  gsize n = 0;
  const PresyncAccountField *fields = presync_account_fields (&n);

  json_builder_set_member_name (builder, "accounts");
  json_builder_begin_object (builder);
  for (gsize i = 0; i < n; i++)
    if (presync_accounts_get (accounts, fields[i].id) != NULL)
      presync_json_add_text (builder, fields[i].id, presync_accounts_get (accounts, fields[i].id));
  json_builder_end_object (builder);
}

void
presync_json_begin (JsonBuilder *builder, const GDate *edition, const PresyncAccounts *accounts)
{
  char day[16];

  g_date_strftime (day, sizeof (day), "%Y-%m-%d", edition);
  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "schema");
  json_builder_add_int_value (builder, SCHEMA);
  presync_json_add_text (builder, "edition", day);
  if (accounts != NULL)
    presync_json_add_accounts (builder, accounts);
  json_builder_set_member_name (builder, "options");
  json_builder_begin_array (builder);
}

char *
presync_json_end (JsonBuilder *builder)
{
  g_autoptr (JsonNode) root = NULL;
  g_autofree char *text = NULL;

  json_builder_end_object (builder);
  root = json_builder_get_root (builder);
  text = json_to_string (root, TRUE);
  return g_strconcat (text, "\n", NULL);
}
