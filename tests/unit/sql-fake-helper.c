/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Plays the part of presync-sql for sql-source-test: the name of the server that it is given on its
 * standard input says what it does. Its process id goes to the file $PRESYNC_FAKE_PID. */
#include <signal.h>
#include <stdio.h>
#include <unistd.h>
#include <gio/gio.h>
#include <json-glib/json-glib.h>

#include "sql-kit.h"

static void
fake_say (const char *text)
{
  g_autofree char *line = g_strdelimit (g_strdup (text), "'", '"');

  fputs (line, stdout);
  fflush (stdout);
}

static void
fake_stage (const char *id, const char *state)
{
  g_autofree char *line = g_strdup_printf ("{'stage':'%s','state':'%s'}\n", id, state);

  fake_say (line);
}

static void
fake_hang (void)
{
  /* Deaf to everything but what cannot be refused, as a driver in a loop is */
  signal (SIGTERM, SIG_IGN);
  for (;;)
    pause ();
}

static void
fake_sign_in (void)
{
  static const char *const stages[] = { "find", "connect", "tls", "sign-in" };

  for (gsize i = 0; i < G_N_ELEMENTS (stages); i++)
    {
      fake_stage (stages[i], "running");
      fake_stage (stages[i], "done");
    }
}

static void
fake_result (void)
{
  fake_say ("{'result':" SQL_KIT_RESULT "}\n");
}

/* The password as it arrived, as the driver's name */
static void
fake_echo (JsonObject *request)
{
  g_autoptr (JsonNode) root = json_from_string ("{}", NULL);
  g_autofree char *quoted = g_strdelimit (g_strdup (SQL_KIT_RESULT), "'", '"');
  g_autoptr (JsonNode) result = json_from_string (quoted, NULL);
  g_autofree char *text = NULL;
  g_autofree char *all = json_object_has_member (request, "password")
                             ? g_strdup (json_object_get_string_member (request, "password"))
                             : g_strdup ("no password");

  json_object_set_string_member (json_node_get_object (result), "driver", all);
  json_object_set_member (json_node_get_object (root), "result", json_node_copy (result));
  text = json_to_string (root, FALSE);
  fputs (text, stdout);
  fputs ("\n", stdout);
}

static void
fake_pieces (void)
{
  g_autofree char *line = g_strdelimit (g_strdup ("{'stage':'find','state':'running'}\n"
                                                  "{'stage':'find','state':'done','text':'"
                                                  "\303\244'}\n{'result':" SQL_KIT_RESULT "}\n"),
                                        "'", '"');

  for (const char *p = line; *p != '\0'; p++)
    {
      fputc (*p, stdout);
      fflush (stdout);
      if (p - line < 120)
        g_usleep (1000);
    }
}

static void
fake_flood (gboolean lines)
{
  g_autofree char *text = g_strnfill (4096, 'x');

  for (;;)
    if (lines)
      fake_stage ("find", "running");
    else if (fputs (text, stdout) == EOF)
      return;
}

static int
fake_play (const char *mode, JsonObject *request)
{
  if (g_str_equal (mode, "ok"))
    {
      fake_sign_in ();
      if (!json_object_get_boolean_member (request, "test-only"))
        {
          fake_stage ("read", "running");
          fake_stage ("read", "done");
        }
      fake_result ();
    }
  else if (g_str_equal (mode, "late"))
    {
      fake_result ();
      fake_hang ();
    }
  else if (g_str_equal (mode, "hang"))
    {
      fake_stage ("find", "done");
      fake_stage ("connect", "running");
      fake_hang ();
    }
  else if (g_str_equal (mode, "crash"))
    {
      fake_stage ("find", "running");
      raise (SIGKILL);
    }
  else if (g_str_equal (mode, "nonsense"))
    fake_say ("Segmentation <b>fault</b>\n");
  else if (g_str_equal (mode, "odd-stage"))
    {
      fake_stage ("launch", "running");
      fake_result ();
    }
  else if (g_str_equal (mode, "unended"))
    fake_say ("{'stage':'find','state':'running'}");
  else if (g_str_equal (mode, "flood"))
    fake_flood (FALSE);
  else if (g_str_equal (mode, "flood-lines"))
    fake_flood (TRUE);
  else if (g_str_equal (mode, "much"))
    {
      for (guint i = 0; i < 30000; i++)
        fake_stage ("connect", "running");
      fake_result ();
    }
  else if (g_str_equal (mode, "pieces"))
    fake_pieces ();
  else if (g_str_equal (mode, "echo"))
    fake_echo (request);
  else if (g_str_equal (mode, "chatter"))
    {
      fputs ("the password is secret-password\n", stderr);
      fake_say ("{'error':{'stage':'sign-in','code':'sign-in','message':'chatter refused it.'}}\n");
      return 1;
    }
  else if (g_str_equal (mode, "late-refusal"))
    {
      fake_sign_in ();
      fake_say ("{'prelogin':{'version':'16.0.1000','encryption':'on','tls':'1.2','trusted':true,"
                "'problem':null}}\n");
      fake_stage ("sign-in", "failed");
      fake_say (
          "{'error':{'stage':'sign-in','code':'sign-in','message':'The login was refused.'}}\n"
          "{'stage':'read','state':'running'}\n");
      return 1;
    }
  else if (g_str_equal (mode, "browser"))
    {
      fake_stage ("find", "running");
      fake_say ("{'error':{'stage':'find','code':'not-found','message':'No answer; enter the port"
                ".'}}\n");
      return 1;
    }
  return 0;
}

int
main (void)
{
  const char *path = g_getenv ("PRESYNC_FAKE_PID");
  g_autofree char *pid = g_strdup_printf ("%d", (int) getpid ());
  g_autoptr (GString) text = g_string_new (NULL);
  g_autoptr (JsonNode) root = NULL;
  char buffer[512];
  gssize n;

  if (path != NULL)
    g_file_set_contents (path, pid, -1, NULL);
  if (g_getenv ("PRESYNC_FAKE_DEAF") != NULL)
    return 1;
  while ((n = read (0, buffer, sizeof buffer)) > 0)
    g_string_append_len (text, buffer, n);
  root = json_from_string (text->str, NULL);
  if (root == NULL)
    return 2;
  n = fake_play (json_object_get_string_member (json_node_get_object (root), "server"),
                 json_node_get_object (root));
  fflush (stdout);
  /* Without the leak check of a sanitizer: killed in the middle of that, a process stays. */
  _exit ((int) n);
}
