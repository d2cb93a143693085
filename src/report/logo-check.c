/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/logo-check.h"

#include "report/logo-scale.h"
#include <glib/gi18n.h>
#include <string.h>

/* A logo has a few dozen elements and a few kilobytes of paths. */
#define MOST_ELEMENTS 5000
#define DEEPEST 64
/* What is drawn when all that refers to other elements is followed: in characters of attributes and
 * text, and 64 for each element. The lines of one path may all cross each other: it takes as the
 * square of its length. */
#define MOST_WORK (1024 * 1024)
#define SQUARE 1024
/* Curves, and round corners of lines, are drawn in as many lines as their size asks for: a few of
 * the size of a country would fill the memory. Nothing is larger than so many times the box of the
 * drawing, whatever it is transformed and used by; no line is broader than so many times. */
#define MOST_TIMES 200.0
#define MOST_BREADTH 2.0
#define LEAST_BOX 4.0
#define MOST_BOX 100000.0
#define USUAL_BOX 100.0
/* What is measured so is as large as another thing */
#define UNIT_BOX "objectBoundingBox"
/* Nearly nothing, to divide by */
#define LEAST_SCALE 1e-6
/* A picture as large as the logo each time */
#define WORK_OF_MASK (16 * 1024)
#define WORK_OF_ELEMENT 64
/* Characters of style sheets times elements: each rule is held against each element */
#define MOST_STYLE (8 * 1024 * 1024)

/* Another element that is drawn, or used, where one is; @scale: how much larger */
typedef struct
{
  char *id;
  double scale;
} PresyncLogoReference;

/* An element with an id, and what drawing it costs by itself and by others that it refers to */
typedef struct
{
  guint64 work;
  double base;        /* how much larger than drawn all is where it stands */
  double reach;       /* its largest number, as large as it is within it */
  GArray *references; /* PresyncLogoReference */
  gboolean entered;   /* while its cost is summed up: it refers to itself */
  gboolean done;
} PresyncLogoPart;

typedef struct
{
  const char *problem;  /* the first */
  GHashTable *parts;    /* id -> PresyncLogoPart */
  GPtrArray *open;      /* (nullable elements): parts around the current place; NULL without id */
  PresyncLogoPart *all; /* everything */
  GArray *scales;       /* double: how much larger each of @open is, with all around it */
  double largest_scale;
  double box; /* the smaller side of the drawing; 0: not known yet */
  guint n_elements;
  guint style_depth; /* in a style element, at this depth; 0: in none */
  GString *style;
} PresyncLogoCheck;

static void
presync_logo_reference_clear (gpointer data)
{
  g_free (((PresyncLogoReference *) data)->id);
}

static PresyncLogoPart *
presync_logo_part_new (void)
{
  PresyncLogoPart *self = g_new0 (PresyncLogoPart, 1);

  self->base = 1;
  self->references = g_array_new (FALSE, FALSE, sizeof (PresyncLogoReference));
  g_array_set_clear_func (self->references, presync_logo_reference_clear);
  return self;
}

static void
presync_logo_part_free (gpointer data)
{
  PresyncLogoPart *self = data;

  g_array_unref (self->references);
  g_free (self);
}

static void
presync_logo_check_refuse (PresyncLogoCheck *self, const char *problem)
{
  if (self->problem == NULL)
    self->problem = problem;
}

/* Whatever is around the current place is drawn with it */
static void
presync_logo_check_add_work (PresyncLogoCheck *self, guint64 work)
{
  self->all->work += work;
  for (guint i = 0; i < self->open->len; i++)
    {
      PresyncLogoPart *part = g_ptr_array_index (self->open, i);

      if (part != NULL)
        part->work += work;
    }
}

static double
presync_logo_check_get_scale (PresyncLogoCheck *self)
{
  return self->scales->len > 0 ? g_array_index (self->scales, double, self->scales->len - 1) : 1;
}

static void
presync_logo_part_add_reference (PresyncLogoPart *self, const char *id, gsize length, double scale)
{
  PresyncLogoReference reference = { g_strndup (id, length), scale / self->base };

  g_array_append_val (self->references, reference);
}

static void
presync_logo_check_add_reference (PresyncLogoCheck *self, const char *id, gsize length)
{
  double scale = presync_logo_check_get_scale (self);

  presync_logo_part_add_reference (self->all, id, length, scale);
  for (guint i = 0; i < self->open->len; i++)
    if (g_ptr_array_index (self->open, i) != NULL)
      presync_logo_part_add_reference (g_ptr_array_index (self->open, i), id, length, scale);
}

/* A number of the drawing, as large as the current place makes it */
static void
presync_logo_check_add_reach (PresyncLogoCheck *self, double reach)
{
  self->all->reach = MAX (self->all->reach, reach);
  for (guint i = 0; i < self->open->len; i++)
    {
      PresyncLogoPart *part = g_ptr_array_index (self->open, i);

      if (part != NULL)
        part->reach = MAX (part->reach, reach / part->base);
    }
}

/* @text: an attribute, or style sheet: "url(#a)" refers to another element */
static void
presync_logo_check_value (PresyncLogoCheck *self, const char *text)
{
  for (const char *p = strstr (text, "url("); p != NULL; p = strstr (p + 1, "url("))
    {
      const char *id = p + strlen ("url(");

      id += strspn (id, " \t\r\n\"'");
      if (*id == '#')
        presync_logo_check_add_reference (self, id + 1, strcspn (id + 1, ")\"' \t\r\n"));
      else
        presync_logo_check_refuse (self, _ ("it refers to other files"));
    }
}

/* Does a style transform? "text-transform" does not. */
static gboolean
presync_logo_check_transforms (const char *style)
{
  for (const char *p = strstr (style, "transform"); p != NULL; p = strstr (p + 1, "transform"))
    if (p - style < 5 || strncmp (p - 5, "text-", 5) != 0)
      return TRUE;
  return FALSE;
}

/* Properties that cost without bounds, in an attribute's name or in a style */
static void
presync_logo_check_properties (PresyncLogoCheck *self, const char *text)
{
  g_autofree char *lower = g_ascii_strdown (text, -1);

  /* "\66ilter" is a filter, too */
  if (strpbrk (lower, "\\@") != NULL || strstr (lower, "mask") != NULL
      || presync_logo_check_transforms (lower))
    presync_logo_check_refuse (self, _ ("its style is too intricate"));
  if (strstr (lower, "filter") != NULL)
    presync_logo_check_refuse (self, _ ("it has filters"));
  if (strstr (lower, "dash") != NULL)
    presync_logo_check_refuse (self, _ ("it has dashed lines"));
  if (strstr (lower, "marker") != NULL)
    presync_logo_check_refuse (self, _ ("it has markers"));
}

static const char *
presync_logo_check_local_name (const char *name)
{
  const char *colon = strrchr (name, ':');

  return colon != NULL ? colon + 1 : name;
}

static void
presync_logo_check_element (PresyncLogoCheck *self, const char *name)
{
  if (g_str_equal (name, "image") || g_str_has_prefix (name, "feImage"))
    presync_logo_check_refuse (self, _ ("it has pictures within"));
  else if (g_str_equal (name, "filter") || g_str_has_prefix (name, "fe"))
    presync_logo_check_refuse (self, _ ("it has filters"));
  else if (g_str_equal (name, "marker"))
    presync_logo_check_refuse (self, _ ("it has markers"));
  else if (g_str_equal (name, "pattern"))
    presync_logo_check_refuse (self, _ ("it has patterns"));
  else if (g_str_equal (name, "text"))
    /* its letters would be those of this computer, of any size, and are another's elsewhere */
    presync_logo_check_refuse (self, _ ("it has text, which must be changed to paths"));
  else if (g_str_equal (name, "include"))
    presync_logo_check_refuse (self, _ ("it refers to other files"));
  if (++self->n_elements > MOST_ELEMENTS)
    presync_logo_check_refuse (self, _ ("it has too many elements"));
  if (self->open->len > DEEPEST)
    presync_logo_check_refuse (self, _ ("its elements are nested too deeply"));
}

/* @times: how much stricter than of others */
static void
presync_logo_check_numbers (PresyncLogoCheck *self, const char *text, double scale, double times)
{
  double largest = presync_logo_largest_number (text);

  if (largest >= G_MAXDOUBLE)
    presync_logo_check_refuse (self, _ ("its numbers are too large"));
  else
    presync_logo_check_add_reach (self, largest * scale * times);
}

/* Of each property of a style, or of a sheet of them */
static void
presync_logo_check_style_numbers (PresyncLogoCheck *self, const char *text, double scale)
{
  g_auto (GStrv) properties = g_strsplit_set (text, ";{}", -1);

  for (guint i = 0; properties[i] != NULL; i++)
    {
      const char *colon = strchr (properties[i], ':');
      g_autofree char *name
          = colon != NULL ? g_ascii_strdown (properties[i], colon - properties[i]) : NULL;

      if (name != NULL)
        presync_logo_check_numbers (
            self, colon + 1, scale,
            strstr (name, "stroke-width") != NULL ? MOST_TIMES / MOST_BREADTH : 1);
    }
}

/* All is drawn as large as the box of the whole drawing asks for: of a small one, much larger. */
static void
presync_logo_check_box (PresyncLogoCheck *self, const char *text)
{
  g_auto (GStrv) words = g_strsplit_set (text, " ,\t\r\n", -1);
  guint n = 0;

  if (self->open->len > 1)
    presync_logo_check_refuse (self, _ ("it has drawings within"));
  self->box = 0;
  for (guint i = 0; words[i] != NULL; i++)
    {
      double side = g_ascii_strtod (words[i], NULL);

      if (*words[i] == '\0' || n++ < 2)
        continue;
      if (!(side >= LEAST_BOX && side <= MOST_BOX))
        presync_logo_check_refuse (self, _ ("its numbers are too large"));
      self->box = self->box > 0 ? MIN (self->box, side) : side;
    }
}

/* Without a box the width and height make one */
static void
presync_logo_check_root (PresyncLogoCheck *self, const char **attributes, const char **values)
{
  self->box = USUAL_BOX;
  for (guint i = 0; attributes[i] != NULL; i++)
    if (g_str_equal (attributes[i], "width") || g_str_equal (attributes[i], "height"))
      self->box = CLAMP (g_ascii_strtod (values[i], NULL), LEAST_BOX, self->box);
}

/* How much larger all that is in an element is than what is around it */
static void
presync_logo_check_open_scale (PresyncLogoCheck *self, const char **attributes, const char **values)
{
  double scale = presync_logo_check_get_scale (self);

  for (guint i = 0; attributes[i] != NULL; i++)
    {
      double one = 1;

      if (g_str_equal (attributes[i], "transform"))
        {
          one = presync_logo_scale_of (values[i]);
          /* a line that says nothing is 1 broad */
          presync_logo_check_add_reach (self, scale * ABS (one) * MOST_TIMES / MOST_BREADTH);
        }
      else if (g_str_equal (values[i], UNIT_BOX) && !g_str_equal (attributes[i], "gradientUnits"))
        one = MOST_TIMES * self->box;
      if (one < 0)
        presync_logo_check_refuse (self, _ ("its numbers are too large"));
      scale *= ABS (one);
    }
  scale = MAX (scale, LEAST_SCALE);
  self->largest_scale = MAX (self->largest_scale, scale);
  g_array_append_val (self->scales, scale);
}

/* What tells nothing of a size */
static gboolean
presync_logo_check_is_name (const char *name)
{
  static const char *const names[] = { "id",   "href", "class",   "version",
                                       "lang", "role", "unicode", "preserveAspectRatio",
                                       NULL };

  return strchr (name, ':') != NULL || g_str_has_prefix (name, "xmlns")
         || g_str_has_prefix (name, "data-") || g_str_has_prefix (name, "aria-")
         || g_strv_contains (names, name);
}

static void
presync_logo_check_size (PresyncLogoCheck *self, const char *name, const char *value)
{
  double scale = presync_logo_check_get_scale (self);

  if (presync_logo_check_is_name (name))
    return;
  /* the drawing's own is what its logo is made as large as */
  if (self->open->len == 1 && (g_str_equal (name, "width") || g_str_equal (name, "height")))
    scale = 0;
  if (g_str_equal (name, "stroke-width"))
    presync_logo_check_numbers (self, value, scale, MOST_TIMES / MOST_BREADTH);
  else if (g_str_equal (name, "style"))
    presync_logo_check_style_numbers (self, value, scale);
  else if (g_str_equal (name, "viewBox") || g_str_has_suffix (name, "ransform"))
    presync_logo_check_numbers (self, value, 0, 1);
  else
    presync_logo_check_numbers (self, value, scale, 1);
}

static void
presync_logo_check_attribute (PresyncLogoCheck *self, const char *name, const char *value)
{
  const char *local = presync_logo_check_local_name (name);

  if (g_str_equal (local, "href"))
    {
      if (*value == '#')
        presync_logo_check_add_reference (self, value + 1, strlen (value + 1));
      else if (g_ascii_strncasecmp (value, "http", 4) != 0)
        /* a link of an "a" element is drawn as nothing */
        presync_logo_check_refuse (self, _ ("it refers to other files"));
    }
  else if (g_str_equal (local, "style"))
    presync_logo_check_properties (self, value);
  else if (g_str_equal (local, "viewBox"))
    presync_logo_check_box (self, value);
  else if (g_str_equal (local, "mask"))
    presync_logo_check_add_work (self, WORK_OF_MASK);
  else if (!g_str_equal (value, "none") && !g_str_has_suffix (local, "ransform"))
    presync_logo_check_properties (self, local);
  presync_logo_check_size (self, name, value);
  presync_logo_check_value (self, value);
}

static void
presync_logo_check_start_cb (GMarkupParseContext *context, const char *name,
                             const char **attributes, const char **values, gpointer user_data,
                             GError **error)
{
  PresyncLogoCheck *self = user_data;
  const char *local = presync_logo_check_local_name (name);
  PresyncLogoPart *part = NULL;
  guint64 work = WORK_OF_ELEMENT;

  for (guint i = 0; attributes[i] != NULL; i++)
    {
      gsize n = strlen (values[i]);

      work += n + (guint64) n * n / SQUARE;
      if (part == NULL && g_str_equal (presync_logo_check_local_name (attributes[i]), "id"))
        {
          part = presync_logo_part_new ();
          /* of two of one name a renderer takes the first, or the second: both are counted */
          if (g_hash_table_contains (self->parts, values[i]))
            presync_logo_check_refuse (self, _ ("two of its elements have the same name"));
          g_hash_table_replace (self->parts, g_strdup (values[i]), part);
        }
    }
  g_ptr_array_add (self->open, part);
  if (self->box <= 0)
    presync_logo_check_root (self, attributes, values);
  if (part != NULL)
    part->base = presync_logo_check_get_scale (self);
  presync_logo_check_open_scale (self, attributes, values);
  presync_logo_check_element (self, local);
  presync_logo_check_add_work (self, work);
  for (guint i = 0; attributes[i] != NULL; i++)
    presync_logo_check_attribute (self, attributes[i], values[i]);
  if (self->style_depth == 0 && g_str_equal (local, "style"))
    self->style_depth = self->open->len;
  if (self->problem != NULL)
    g_set_error_literal (error, G_MARKUP_ERROR, G_MARKUP_ERROR_INVALID_CONTENT, "refused");
}

static void
presync_logo_check_end_cb (GMarkupParseContext *context, const char *name, gpointer user_data,
                           GError **error)
{
  PresyncLogoCheck *self = user_data;

  if (self->style_depth == self->open->len)
    self->style_depth = 0;
  g_ptr_array_set_size (self->open, (int) self->open->len - 1);
  g_array_set_size (self->scales, self->scales->len - 1);
}

static void
presync_logo_check_text_cb (GMarkupParseContext *context, const char *text, gsize length,
                            gpointer user_data, GError **error)
{
  PresyncLogoCheck *self = user_data;

  presync_logo_check_add_work (self, length);
  if (self->style_depth > 0)
    g_string_append_len (self->style, text, (gssize) length);
}

/* A declaration of another encoding would make the renderer read something else than is read
 * here */
static void
presync_logo_check_passthrough_cb (GMarkupParseContext *context, const char *text, gsize length,
                                   gpointer user_data, GError **error)
{
  PresyncLogoCheck *self = user_data;
  g_autofree char *lower = g_ascii_strdown (text, (gssize) length);
  const char *encoding = strstr (lower, "encoding");

  if (g_str_has_prefix (lower, "<!--"))
    return;
  if (g_str_has_prefix (lower, "<?xml-"))
    presync_logo_check_refuse (self, _ ("it refers to other files"));
  else if (g_str_has_prefix (lower, "<?xml") && encoding != NULL
           && strstr (encoding, "utf-8") == NULL && strstr (encoding, "ascii") == NULL)
    presync_logo_check_refuse (self, _ ("its characters are not UTF-8"));
  else if (strstr (lower, "<!entity") != NULL)
    presync_logo_check_refuse (self, _ ("it declares entities"));
  if (self->problem != NULL)
    g_set_error_literal (error, G_MARKUP_ERROR, G_MARKUP_ERROR_INVALID_CONTENT, "refused");
}

/* All that drawing @part takes, each reference followed as often as it stands there */
static guint64
presync_logo_check_sum (PresyncLogoCheck *self, PresyncLogoPart *part)
{
  guint64 work = part->work;

  if (part->done || part->entered)
    return part->work;
  part->entered = TRUE;
  for (guint i = 0; i < part->references->len && work <= MOST_WORK; i++)
    {
      const PresyncLogoReference *reference
          = &g_array_index (part->references, PresyncLogoReference, i);
      PresyncLogoPart *other = g_hash_table_lookup (self->parts, reference->id);

      if (other == NULL)
        continue;
      if (other->entered && !other->done)
        presync_logo_check_refuse (self, _ ("an element refers to itself"));
      else
        work += presync_logo_check_sum (self, other);
      part->reach = MAX (part->reach, reference->scale * other->reach);
    }
  part->work = MIN (work, (guint64) MOST_WORK + 1);
  part->done = TRUE;
  return part->work;
}

/* What the style sheet refers to may belong to each element. */
static void
presync_logo_check_style (PresyncLogoCheck *self)
{
  PresyncLogoPart *sheet = presync_logo_part_new ();

  if (self->style->len * self->n_elements > MOST_STYLE)
    presync_logo_check_refuse (self, _ ("its style is too intricate"));
  presync_logo_check_properties (self, self->style->str);
  g_array_append_val (self->scales, self->largest_scale);
  g_ptr_array_add (self->open, sheet);
  presync_logo_check_value (self, self->style->str);
  presync_logo_check_style_numbers (self, self->style->str, self->largest_scale);
  g_ptr_array_set_size (self->open, 0);
  if (self->problem == NULL && sheet->references->len > 0
      && presync_logo_check_sum (self, sheet) * self->n_elements > MOST_WORK)
    presync_logo_check_refuse (self, _ ("drawing it would take too long"));
  self->all->reach = MAX (self->all->reach, sheet->reach);
  presync_logo_part_free (sheet);
}

const char *
presync_logo_check_svg (const char *data, gsize length)
{
  static const GMarkupParser parser = {
    presync_logo_check_start_cb,
    presync_logo_check_end_cb,
    presync_logo_check_text_cb,
    presync_logo_check_passthrough_cb,
    NULL,
  };
  PresyncLogoCheck self = { .style = g_string_new (NULL) };
  g_autoptr (GMarkupParseContext) context = NULL;

  self.parts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, presync_logo_part_free);
  self.open = g_ptr_array_new ();
  self.all = presync_logo_part_new ();
  self.scales = g_array_new (FALSE, FALSE, sizeof (double));
  self.largest_scale = 1;
  context = g_markup_parse_context_new (&parser, G_MARKUP_TREAT_CDATA_AS_TEXT, &self, NULL);
  if (!g_markup_parse_context_parse (context, data, (gssize) length, NULL)
      || !g_markup_parse_context_end_parse (context, NULL))
    presync_logo_check_refuse (&self, _ ("it is not well-formed XML"));
  if (self.problem == NULL)
    presync_logo_check_style (&self);
  if (self.problem == NULL && presync_logo_check_sum (&self, self.all) > MOST_WORK)
    presync_logo_check_refuse (&self, _ ("drawing it would take too long"));
  if (self.problem == NULL && self.all->reach > MOST_TIMES * self.box)
    presync_logo_check_refuse (&self, _ ("its numbers are too large"));
  presync_logo_part_free (self.all);
  g_ptr_array_unref (self.open);
  g_array_unref (self.scales);
  g_hash_table_unref (self.parts);
  g_string_free (self.style, TRUE);
  return self.problem;
}
