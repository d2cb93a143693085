/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/secret.h"

#include <string.h>
#include <glib/gstdio.h>

#include "base/error.h"

/* Every file below holds this word, and no message may. */
#define WORD "Zwiebelkuchen-7"

typedef struct
{
  char *folder;
  char *path;
} SecretFixture;

static void
secret_test_set_up (SecretFixture *self, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  self->folder = g_dir_make_tmp ("presync-secret-XXXXXX", &error);
  g_assert_no_error (error);
  self->path = g_build_filename (self->folder, "password.txt", NULL);
}

static void
secret_test_tear_down (SecretFixture *self, gconstpointer data)
{
  g_remove (self->path);
  g_rmdir (self->folder);
  g_free (self->path);
  g_free (self->folder);
}

static void
secret_test_write (SecretFixture *self, const char *text, gssize length)
{
  g_autoptr (GError) error = NULL;

  g_file_set_contents (self->path, text, length, &error);
  g_assert_no_error (error);
}

static void
secret_test_new (void)
{
  char text[] = "pass\xc3\xb6rd";
  g_autoptr (PresyncSecret) secret = presync_secret_new (text);
  g_autoptr (PresyncSecret) empty = presync_secret_new (NULL);
  PresyncSecret *other = presync_secret_ref (secret);

  /* It is a copy, and in bytes. */
  text[0] = 'X';
  g_assert_cmpstr (presync_secret_peek (secret), ==, "pass\xc3\xb6rd");
  g_assert_cmpuint (presync_secret_get_length (secret), ==, 8);
  g_assert_true (other == secret);
  presync_secret_unref (other);
  g_assert_cmpstr (presync_secret_peek (secret), ==, "pass\xc3\xb6rd");
  g_assert_cmpstr (presync_secret_peek (empty), ==, "");
  g_assert_cmpuint (presync_secret_get_length (empty), ==, 0);
}

static void
secret_test_file_good (SecretFixture *self, gconstpointer data)
{
  static const struct
  {
    const char *content;
    const char *secret;
  } cases[] = {
    { WORD, WORD },
    { WORD "\n", WORD },
    { WORD "\r\n", WORD },
    { WORD "\nsecond line\n", WORD },
    { " " WORD " \n", " " WORD " " },
    { "p\xc3\xa4ss\n", "p\xc3\xa4ss" },
    /* Notepad of Windows writes a byte order mark; nobody's password begins with one. */
    { "\xef\xbb\xbf" WORD "\r\n", WORD },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (PresyncSecret) secret = NULL;
      secret_test_write (self, cases[i].content, -1);
      secret = presync_secret_read_file (self->path, &error);
      g_assert_no_error (error);
      g_assert_cmpstr (presync_secret_peek (secret), ==, cases[i].secret);
      g_assert_cmpuint (presync_secret_get_length (secret), ==, strlen (cases[i].secret));
    }
}

static void
secret_test_refused (SecretFixture *self)
{
  g_autoptr (GError) error = NULL;
  PresyncSecret *secret = presync_secret_read_file (self->path, &error);

  g_assert_null (secret);
  g_assert_error (error, PRESYNC_ERROR, PRESYNC_ERROR_BAD_INPUT);
  g_assert_nonnull (strstr (error->message, self->path));
  g_assert_null (strstr (error->message, WORD));
  g_assert_null (strchr (error->message, '\n'));
  g_assert_true (g_utf8_validate (error->message, -1, NULL));
  /* The file is named once. */
  g_assert_null (strstr (strstr (error->message, self->path) + 1, self->path));
}

static void
secret_test_file_bad (SecretFixture *self, gconstpointer data)
{
  static const char null_inside[] = WORD "\0tail\n";
  static const char not_utf8[] = WORD "\xff\n";

  secret_test_write (self, null_inside, sizeof null_inside - 1);
  secret_test_refused (self);
  secret_test_write (self, not_utf8, sizeof not_utf8 - 1);
  secret_test_refused (self);
  /* A first line that is empty is a mistake: an empty password would sign in as nobody. */
  secret_test_write (self, "", 0);
  secret_test_refused (self);
  secret_test_write (self, "\r\n" WORD "\n", -1);
  secret_test_refused (self);
}

static void
secret_test_file_length (SecretFixture *self, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (PresyncSecret) secret = NULL;
  g_autoptr (GString) text = g_string_new (WORD);

  while (text->len < 1024)
    g_string_append_c (text, 'x');
  secret_test_write (self, text->str, (gssize) text->len);
  secret = presync_secret_read_file (self->path, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (presync_secret_get_length (secret), ==, 1024);
  g_string_append_c (text, 'x');
  secret_test_write (self, text->str, (gssize) text->len);
  secret_test_refused (self);
  /* A short first line does not excuse a file that is no password file. */
  g_string_assign (text, WORD "\n");
  g_string_set_size (text, 100000);
  memset (text->str + strlen (WORD) + 1, 'y', text->len - strlen (WORD) - 1);
  secret_test_write (self, text->str, (gssize) text->len);
  secret_test_refused (self);
}

static void
secret_test_file_missing (SecretFixture *self, gconstpointer data)
{
  secret_test_refused (self);
  g_assert_cmpint (g_mkdir (self->path, 0700), ==, 0);
  secret_test_refused (self);
  g_assert_cmpint (g_rmdir (self->path), ==, 0);
}

#define SECRET_ADD(name, func)                                                                     \
  g_test_add ("/secret/" name, SecretFixture, NULL, secret_test_set_up, func, secret_test_tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/secret/new", secret_test_new);
  SECRET_ADD ("file-good", secret_test_file_good);
  SECRET_ADD ("file-bad", secret_test_file_bad);
  SECRET_ADD ("file-length", secret_test_file_length);
  SECRET_ADD ("file-missing", secret_test_file_missing);
  return g_test_run ();
}
