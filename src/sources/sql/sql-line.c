/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sources/sql/sql-line.h"

#include <glib/gi18n.h>

#include "base/error.h"
#include "sources/sql/sql-json.h"

void
presync_sql_line_free (PresyncSqlLine *self)
{
  if (self == NULL)
    return;
  g_free (self->stage);
  g_free (self->text);
  g_clear_object (&self->certificate);
  g_clear_pointer (&self->prelogin, presync_sql_prelogin_free);
  g_clear_error (&self->error);
  g_clear_pointer (&self->result, presync_sql_result_free);
  g_free (self);
}

static gboolean
presync_sql_line_parse_stage (PresyncSqlLine *self, JsonObject *object, GError **error)
{
  static const struct
  {
    const char *word;
    PresyncStageState state;
  } states[] = {
    { "running", PRESYNC_STAGE_RUNNING },
    { "done", PRESYNC_STAGE_DONE },
    { "failed", PRESYNC_STAGE_FAILED },
    { "skipped", PRESYNC_STAGE_SKIPPED },
  };
  const char *stage, *state, *text;

  if (!presync_sql_json_get_text (object, "stage", TRUE, &stage, error)
      || !presync_sql_json_get_text (object, "state", TRUE, &state, error)
      || !presync_sql_json_get_text (object, "text", FALSE, &text, error))
    return FALSE;
  for (gsize i = 0; i < G_N_ELEMENTS (states); i++)
    if (g_str_equal (states[i].word, state))
      {
        self->stage = g_strdup (stage);
        self->state = states[i].state;
        self->text = text != NULL ? presync_sql_json_clean (text) : NULL;
        return TRUE;
      }
  return presync_sql_json_fail (error, "state", _ ("is not known"));
}

static gboolean
presync_sql_line_parse_certificate (PresyncSqlLine *self, JsonObject *object, GError **error)
{
  const char *pem;

  if (!presync_sql_json_get_text (object, "certificate", TRUE, &pem, error))
    return FALSE;
  self->certificate = g_tls_certificate_new_from_pem (pem, -1, NULL);
  return self->certificate != NULL
         || presync_sql_json_fail (error, "certificate", _ ("is no certificate"));
}

static PresyncError
presync_sql_line_find_code (const char *word)
{
  static const struct
  {
    const char *word;
    PresyncError code;
  } codes[] = {
    { "bad-input", PRESYNC_ERROR_BAD_INPUT },     { "unreachable", PRESYNC_ERROR_UNREACHABLE },
    { "not-found", PRESYNC_ERROR_NOT_FOUND },     { "timed-out", PRESYNC_ERROR_TIMED_OUT },
    { "certificate", PRESYNC_ERROR_CERTIFICATE }, { "sign-in", PRESYNC_ERROR_SIGN_IN },
    { "no-right", PRESYNC_ERROR_NO_RIGHT },       { "not-supported", PRESYNC_ERROR_NOT_SUPPORTED },
    { "refused", PRESYNC_ERROR_REFUSED },         { "limit", PRESYNC_ERROR_LIMIT },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (codes); i++)
    if (g_strcmp0 (codes[i].word, word) == 0)
      return codes[i].code;
  return PRESYNC_ERROR_FAILED;
}

static gboolean
presync_sql_line_parse_error (PresyncSqlLine *self, JsonObject *object, GError **error)
{
  const char *stage, *code, *message;
  g_autofree char *clean = NULL;

  if (!presync_sql_json_get_text (object, "stage", FALSE, &stage, error)
      || !presync_sql_json_get_text (object, "code", TRUE, &code, error)
      || !presync_sql_json_get_text (object, "message", TRUE, &message, error))
    return FALSE;
  clean = presync_sql_json_clean (message);
  if (clean[0] == '\0')
    return presync_sql_json_fail (error, "message", _ ("is missing"));
  self->stage = g_strdup (stage);
  self->error = g_error_new_literal (PRESYNC_ERROR, presync_sql_line_find_code (code), clean);
  return TRUE;
}

PresyncSqlLine *
presync_sql_line_parse (const char *text, gsize length, GError **error)
{
  g_autoptr (JsonObject) object = presync_sql_json_parse (text, length, error);
  g_autoptr (PresyncSqlLine) self = NULL;
  g_autoptr (GError) local = NULL;
  JsonObject *part;
  gboolean ok = FALSE;

  if (object == NULL)
    return NULL;
  self = g_new0 (PresyncSqlLine, 1);
  /* An error may name its stage beside it. */
  if ((part = presync_sql_json_get_object (object, "error", &local)) != NULL)
    ok = presync_sql_line_parse_error (self, part, &local);
  else if (local == NULL && (part = presync_sql_json_get_object (object, "result", &local)) != NULL)
    ok = (self->result = presync_sql_result_parse (part, &local)) != NULL;
  else if (local == NULL
           && (part = presync_sql_json_get_object (object, "prelogin", &local)) != NULL)
    ok = (self->prelogin = presync_sql_prelogin_parse (part, &local)) != NULL;
  else if (local == NULL
           && (part = presync_sql_json_get_object (object, "browser", &local)) != NULL)
    ok = self->browser
        = presync_sql_json_get_boolean (part, "named-pipes", &self->named_pipes, &local);
  else if (local == NULL && json_object_has_member (object, "certificate"))
    ok = presync_sql_line_parse_certificate (self, object, &local);
  else if (local == NULL && json_object_has_member (object, "stage"))
    ok = presync_sql_line_parse_stage (self, object, &local);
  else if (local == NULL)
    g_set_error_literal (&local, PRESYNC_ERROR, PRESYNC_ERROR_BAD_INPUT,
                         _ ("it says nothing that is known"));
  if (ok)
    return g_steal_pointer (&self);
  g_propagate_error (error, g_steal_pointer (&local));
  return NULL;
}
