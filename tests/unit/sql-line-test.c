/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sources/sql/sql-line.h"

#include "base/error.h"
#include "sql-kit.h"

static PresyncSqlLine *
parse_line (const char *text, GError **error)
{
  g_autofree char *quoted = g_strdelimit (g_strdup (text), "'", '"');

  return presync_sql_line_parse (quoted, strlen (quoted), error);
}

static void
test_lines (void)
{
  static const char *const nonsense[] = { "",
                                          "hello",
                                          "{}",
                                          "{'stage':'find'}",
                                          "{'stage':'find','state':'odd'}",
                                          "{'stage':5,'state':'done'}",
                                          "{'certificate':'-----BEGIN CERTIFICATE-----'}",
                                          "{'error':{'message':'x'}}",
                                          "{'error':{'code':'failed','message':'  '}}",
                                          "{'error':'x'}",
                                          "{'result':{}}",
                                          "{'result':null}",
                                          "{'browser':true}",
                                          "{'browser':{'named-pipes':1}}",
                                          "{'prelogin':{}}" };
  g_autoptr (PresyncSqlLine) stage
      = parse_line ("{'stage':'tls','state':'failed','text':'a\\nb'}", NULL);
  g_autoptr (PresyncSqlLine) error
      = parse_line ("{'error':{'stage':'tls','code':'certificate','message':'No.'}}", NULL);
  g_autoptr (PresyncSqlLine) pipes = parse_line ("{'browser':{'named-pipes':true}}", NULL);
  g_autoptr (PresyncSqlLine) none = parse_line ("{'browser':{}}", NULL);
  g_autoptr (PresyncSqlLine) odd = parse_line ("{'error':{'code':'new','message':'No.'}}", NULL);

  g_assert_true (pipes->browser && pipes->named_pipes);
  g_assert_true (none->browser && !none->named_pipes);
  g_assert_cmpstr (stage->stage, ==, "tls");
  g_assert_cmpint (stage->state, ==, PRESYNC_STAGE_FAILED);
  g_assert_cmpstr (stage->text, ==, "a b");
  g_assert_error (error->error, PRESYNC_ERROR, PRESYNC_ERROR_CERTIFICATE);
  g_assert_cmpstr (error->stage, ==, "tls");
  g_assert_error (odd->error, PRESYNC_ERROR, PRESYNC_ERROR_FAILED);
  for (gsize i = 0; i < G_N_ELEMENTS (nonsense); i++)
    {
      g_autoptr (GError) local = NULL;
      sql_kit_say (nonsense[i]);
      g_assert_null (parse_line (nonsense[i], &local));
      g_assert_error (local, PRESYNC_ERROR, PRESYNC_ERROR_BAD_INPUT);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/sql-line/lines", test_lines);
  return g_test_run ();
}
