/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sources/json.h"

#include "base/error.h"

#include <math.h>
#include <string.h>
#include <glib/gi18n.h>

/* So much of a strange name is shown. */
#define SHOWN_NAME 64

/* Where the reader is; @where is the JSON path of what it reads. json-glib's own parser takes
 * comments, text behind the end and members twice, and tells no path. */
typedef struct
{
  const char *at;
  const char *end;
  const char *start;
  const char *path;
  guint depth;
  guint max_depth;
  GError **error;
} PresyncJsonReader;

static JsonNode *presync_json_value (PresyncJsonReader *self, const char *where);

char *
presync_json_join (const char *parent, const char *name)
{
  gboolean plain = name[0] != '\0';
  g_autofree char *valid = NULL;
  g_autofree char *quoted = NULL;

  for (const char *p = name; *p != '\0' && plain; p++)
    plain = g_ascii_isalnum (*p) || *p == '-' || *p == '_';
  if (plain && strlen (name) <= SHOWN_NAME)
    return g_strconcat (parent, parent[0] != '\0' ? "." : "", name, NULL);
  valid = g_utf8_substring (name, 0, MIN (g_utf8_strlen (name, -1), SHOWN_NAME));
  quoted = g_strescape (valid, NULL);
  return g_strdup_printf ("%s[\"%s\"]", parent, quoted);
}

/* @why: translated, ends without a full stop */
static void
presync_json_fail_with (PresyncJsonReader *self, PresyncError code, const char *why)
{
  guint line = 1;

  for (const char *p = self->start; p < self->at && p < self->end; p++)
    line += *p == '\n' ? 1 : 0;
  /* Translators: a file name, a line number, what is wrong there */
  g_set_error (self->error, PRESYNC_ERROR, code, _ ("%s, line %u: %s."), self->path, line, why);
}

static void
presync_json_fail (PresyncJsonReader *self, const char *why)
{
  presync_json_fail_with (self, PRESYNC_ERROR_BAD_INPUT, why);
}

static void
presync_json_skip_space (PresyncJsonReader *self)
{
  while (self->at < self->end && *self->at != '\0' && strchr (" \t\r\n", *self->at) != NULL)
    self->at++;
}

static gboolean
presync_json_take (PresyncJsonReader *self, char c)
{
  presync_json_skip_space (self);
  if (self->at >= self->end || *self->at != c)
    return FALSE;
  self->at++;
  return TRUE;
}

/* Nothing fits; a file that was cut off is told as such. */
static void
presync_json_fail_here (PresyncJsonReader *self, const char *why)
{
  presync_json_fail (self, self->at >= self->end ? _ ("the file ends too early") : why);
}

static gboolean
presync_json_hex (PresyncJsonReader *self, gunichar *unit)
{
  *unit = 0;
  for (guint i = 0; i < 4; i++, self->at++)
    {
      if (self->at >= self->end || !g_ascii_isxdigit (*self->at))
        return FALSE;
      *unit = *unit * 16 + (gunichar) g_ascii_xdigit_value (*self->at);
    }
  return TRUE;
}

/* Behind "\u" */
static gboolean
presync_json_unicode (PresyncJsonReader *self, GString *text)
{
  gunichar unit, low;

  if (!presync_json_hex (self, &unit))
    return FALSE;
  if (unit >= 0xd800 && unit < 0xdc00 && self->end - self->at >= 6 && self->at[0] == '\\'
      && self->at[1] == 'u')
    {
      self->at += 2;
      if (!presync_json_hex (self, &low))
        return FALSE;
      if (low >= 0xdc00 && low < 0xe000)
        unit = 0x10000 + ((unit - 0xd800) << 10) + (low - 0xdc00);
    }
  /* No text can hold NUL or half of a pair. */
  if (unit == 0 || (unit >= 0xd800 && unit < 0xe000))
    return FALSE;
  g_string_append_unichar (text, unit);
  return TRUE;
}

static gboolean
presync_json_escape (PresyncJsonReader *self, GString *text)
{
  static const char letters[] = "\"\\/bfnrt";
  static const char meant[] = "\"\\/\b\f\n\r\t";
  const char *found;

  if (self->at >= self->end)
    return FALSE;
  if (*self->at == 'u')
    {
      self->at++;
      return presync_json_unicode (self, text);
    }
  found = *self->at != '\0' ? strchr (letters, *self->at) : NULL;
  if (found == NULL)
    return FALSE;
  g_string_append_c (text, meant[found - letters]);
  self->at++;
  return TRUE;
}

/* (nullable): behind the opening quote */
static char *
presync_json_string (PresyncJsonReader *self)
{
  g_autoptr (GString) text = g_string_new (NULL);

  while (self->at < self->end && *self->at != '"')
    {
      char c = *self->at++;

      if (c == '\\')
        {
          if (!presync_json_escape (self, text))
            {
              presync_json_fail_here (self,
                                      _ ("a text has an escape that stands for no character"));
              return NULL;
            }
        }
      else if ((guchar) c < 0x20)
        {
          self->at--;
          presync_json_fail (self, _ ("a text has a control character or does not end"));
          return NULL;
        }
      else
        g_string_append_c (text, c);
    }
  if (self->at >= self->end)
    {
      presync_json_fail_here (self, "");
      return NULL;
    }
  self->at++;
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static guint
presync_json_digits (PresyncJsonReader *self)
{
  guint n = 0;

  for (; self->at < self->end && g_ascii_isdigit (*self->at); self->at++)
    n++;
  return n;
}

/* (nullable): a number; a whole one that fits is kept exactly */
static JsonNode *
presync_json_number (PresyncJsonReader *self)
{
  const char *first = self->at;
  g_autofree char *text = NULL;
  gboolean whole = TRUE, good;
  gint64 integer;
  double real;

  if (self->at < self->end && *self->at == '-')
    self->at++;
  if (self->at < self->end && *self->at == '0')
    {
      self->at++;
      good = TRUE;
    }
  else
    good = presync_json_digits (self) > 0;
  if (good && self->at < self->end && *self->at == '.')
    {
      self->at++;
      whole = FALSE;
      good = presync_json_digits (self) > 0;
    }
  if (good && self->at < self->end && (*self->at == 'e' || *self->at == 'E'))
    {
      self->at++;
      whole = FALSE;
      if (self->at < self->end && (*self->at == '+' || *self->at == '-'))
        self->at++;
      good = presync_json_digits (self) > 0;
    }
  if (!good)
    {
      presync_json_fail_here (self, _ ("this is no JSON"));
      return NULL;
    }
  text = g_strndup (first, (gsize) (self->at - first));
  if (whole && g_ascii_string_to_signed (text, 10, G_MININT64, G_MAXINT64, &integer, NULL))
    return json_node_init_int (json_node_alloc (), integer);
  real = g_ascii_strtod (text, NULL);
  if (isfinite (real) != 0)
    return json_node_init_double (json_node_alloc (), real);
  presync_json_fail (self, _ ("a number is too large"));
  return NULL;
}

static gboolean
presync_json_add_member (PresyncJsonReader *self, JsonObject *object, const char *where)
{
  g_autofree char *name = NULL;
  g_autofree char *below = NULL;
  JsonNode *value;

  if (!presync_json_take (self, '"'))
    {
      presync_json_fail_here (self, _ ("a member’s name in quotes is missing"));
      return FALSE;
    }
  name = presync_json_string (self);
  if (name == NULL)
    return FALSE;
  below = presync_json_join (where, name);
  if (json_object_has_member (object, name))
    {
      g_set_error (self->error, PRESYNC_ERROR, PRESYNC_ERROR_BAD_INPUT,
                   /* Translators: a file name and a JSON path such as "system.build" */
                   _ ("%s: %s is there twice."), self->path, below);
      return FALSE;
    }
  if (!presync_json_take (self, ':'))
    {
      presync_json_fail_here (self, _ ("a colon is missing"));
      return FALSE;
    }
  value = presync_json_value (self, below);
  if (value != NULL)
    json_object_set_member (object, name, value);
  return value != NULL;
}

static JsonNode *
presync_json_object (PresyncJsonReader *self, const char *where)
{
  g_autoptr (JsonObject) object = json_object_new ();

  if (!presync_json_take (self, '}'))
    while (TRUE)
      {
        if (!presync_json_add_member (self, object, where))
          return NULL;
        if (presync_json_take (self, '}'))
          break;
        if (!presync_json_take (self, ','))
          {
            presync_json_fail_here (self, _ ("a comma or a closing brace is missing"));
            return NULL;
          }
      }
  return json_node_init_object (json_node_alloc (), object);
}

static JsonNode *
presync_json_array (PresyncJsonReader *self, const char *where)
{
  g_autoptr (JsonArray) array = json_array_new ();

  if (!presync_json_take (self, ']'))
    while (TRUE)
      {
        g_autofree char *below = g_strdup_printf ("%s[%u]", where, json_array_get_length (array));
        JsonNode *value = presync_json_value (self, below);

        if (value == NULL)
          return NULL;
        json_array_add_element (array, value);
        if (presync_json_take (self, ']'))
          break;
        if (!presync_json_take (self, ','))
          {
            presync_json_fail_here (self, _ ("a comma or a closing bracket is missing"));
            return NULL;
          }
      }
  return json_node_init_array (json_node_alloc (), array);
}

static JsonNode *
presync_json_nested (PresyncJsonReader *self, char opening, const char *where)
{
  g_autofree char *why = NULL;
  JsonNode *node;

  if (self->depth >= self->max_depth)
    {
      why = g_strdup_printf (_ ("more than %u levels of objects and arrays"), self->max_depth);
      presync_json_fail_with (self, PRESYNC_ERROR_LIMIT, why);
      return NULL;
    }
  self->depth++;
  self->at++;
  node = opening == '{' ? presync_json_object (self, where) : presync_json_array (self, where);
  self->depth--;
  return node;
}

static gboolean
presync_json_word (PresyncJsonReader *self, const char *word)
{
  gsize length = strlen (word);

  if ((gsize) (self->end - self->at) < length || strncmp (self->at, word, length) != 0)
    return FALSE;
  self->at += length;
  return TRUE;
}

static JsonNode *
presync_json_value (PresyncJsonReader *self, const char *where)
{
  presync_json_skip_space (self);
  if (self->at < self->end && (*self->at == '{' || *self->at == '['))
    return presync_json_nested (self, *self->at, where);
  if (presync_json_take (self, '"'))
    {
      g_autofree char *text = presync_json_string (self);

      return text == NULL ? NULL : json_node_init_string (json_node_alloc (), text);
    }
  if (presync_json_word (self, "true"))
    return json_node_init_boolean (json_node_alloc (), TRUE);
  if (presync_json_word (self, "false"))
    return json_node_init_boolean (json_node_alloc (), FALSE);
  if (presync_json_word (self, "null"))
    return json_node_init_null (json_node_alloc ());
  return presync_json_number (self);
}

JsonNode *
presync_json_parse (const char *text, gsize length, const char *path, guint max_depth,
                    GError **error)
{
  PresyncJsonReader self = { text, text + length, text, path, 0, max_depth, error };
  g_autoptr (JsonNode) root = NULL;
  const char *bad = NULL;

  g_return_val_if_fail (text != NULL && path != NULL, NULL);
  /* Whoever walks through a text that came from here need not fear its end. NUL is told below. */
  if (!g_utf8_validate_len (text, length, &bad) && *bad != '\0')
    {
      self.at = bad;
      presync_json_fail (&self, _ ("this is no text in UTF-8"));
      return NULL;
    }
  presync_json_skip_space (&self);
  if (self.at == self.end)
    {
      g_set_error (error, PRESYNC_ERROR, PRESYNC_ERROR_BAD_INPUT, _ ("%s is empty."), path);
      return NULL;
    }
  root = presync_json_value (&self, "");
  if (root == NULL)
    return NULL;
  presync_json_skip_space (&self);
  if (self.at < self.end)
    {
      presync_json_fail (&self, _ ("there is text behind the end of the JSON"));
      return NULL;
    }
  return g_steal_pointer (&root);
}

/* @data: behind the byte order mark */
static char *
presync_json_from_utf16 (const guint8 *data, gsize size, gboolean big_endian, const char *path,
                         gsize *length, GError **error)
{
  g_autoptr (GError) reason = NULL;
  gsize read = 0;
  char *text = g_convert ((const char *) data, (gssize) size, "UTF-8",
                          big_endian ? "UTF-16BE" : "UTF-16LE", &read, length, &reason);

  if (text != NULL && read == size)
    return text;
  g_free (text);
  g_set_error (error, PRESYNC_ERROR, PRESYNC_ERROR_BAD_INPUT,
               _ ("%s is no text in UTF-16, as its beginning says."), path);
  return NULL;
}

char *
presync_json_decode (GBytes *data, const char *path, gsize *length, GError **error)
{
  gsize size;
  const guint8 *bytes = g_bytes_get_data (data, &size);
  const char *bad;
  guint line = 1;

  if (size >= 2
      && ((bytes[0] == 0xff && bytes[1] == 0xfe) || (bytes[0] == 0xfe && bytes[1] == 0xff)))
    return presync_json_from_utf16 (bytes + 2, size - 2, bytes[0] == 0xfe, path, length, error);
  if (size >= 3 && memcmp (bytes, "\xef\xbb\xbf", 3) == 0)
    {
      bytes += 3;
      size -= 3;
    }
  *length = size;
  if (size >= 2 && (bytes[0] == 0) != (bytes[1] == 0))
    {
      g_set_error (error, PRESYNC_ERROR, PRESYNC_ERROR_BAD_INPUT,
                   _ ("%s is in UTF-16 without a byte order mark; save it as UTF-8."), path);
      return NULL;
    }
  if (size == 0 || g_utf8_validate ((const char *) bytes, (gssize) size, &bad))
    return g_strndup (size > 0 ? (const char *) bytes : "", size);
  for (const char *p = (const char *) bytes; p < bad; p++)
    line += *p == '\n' ? 1 : 0;
  g_set_error (error, PRESYNC_ERROR, PRESYNC_ERROR_BAD_INPUT,
               _ ("%s, line %u: this is no text in UTF-8."), path, line);
  return NULL;
}
