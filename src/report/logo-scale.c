/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/logo-scale.h"

#include <math.h>
#include <string.h>

#define MOST_DIGITS 5 /* before the point */
#define MOST_ARGUMENTS 6
#define STEEPEST 80.0 /* degrees */

#define DIGITS "0123456789"
#define BLANKS " ,\t\r\n"

/* A unit behind a number, in user units, rounded up; without one: 1 */
static double
presync_logo_scale_unit (const char *unit)
{
  static const struct
  {
    const char *name;
    double size;
  } units[] = { { "px", 1 }, { "pt", 1.4 }, { "mm", 4 }, { "cm", 38 }, { "in", 96 }, { "pc", 16 } };
  static const char *const letters[] = { "em", "ex", "rem", "ch" };

  for (gsize i = 0; i < G_N_ELEMENTS (units); i++)
    if (g_ascii_strncasecmp (unit, units[i].name, 2) == 0)
      return units[i].size;
  for (gsize i = 0; i < G_N_ELEMENTS (letters); i++)
    if (g_ascii_strncasecmp (unit, letters[i], strlen (letters[i])) == 0)
      return -1;
  return 1;
}

/* A number at @text, of which @n characters are digits before the point. @end: (out): behind it */
static double
presync_logo_scale_number (const char *text, gsize n, const char **end)
{
  const char *p = text + n;
  double unit;

  *end = p;
  if (n > MOST_DIGITS)
    return G_MAXDOUBLE;
  if (*p == '.')
    p += 1 + strspn (p + 1, DIGITS);
  *end = p;
  if (*p == 'e' || *p == 'E')
    {
      /* "5em" has no exponent; a negative one makes it smaller */
      if (g_ascii_isdigit (p[1]) || (p[1] == '+' && g_ascii_isdigit (p[2])))
        return G_MAXDOUBLE;
      if (p[1] == '-' && g_ascii_isdigit (p[2]))
        {
          *end = p + 2 + strspn (p + 2, DIGITS);
          return g_ascii_strtod (text, NULL);
        }
    }
  unit = presync_logo_scale_unit (p);
  return unit > 0 ? g_ascii_strtod (text, NULL) * unit : G_MAXDOUBLE;
}

double
presync_logo_largest_number (const char *text)
{
  double largest = 0;

  for (const char *p = text; *p != '\0';)
    {
      gsize n = strspn (p, DIGITS);
      double number;

      if (*p == '#')
        {
          /* "#1e1e1e", "url(#path12345678)" */
          p += strcspn (p, " ,;)\"'\t\r\n{}");
          continue;
        }
      if (n == 0 && !(*p == '.' && g_ascii_isdigit (p[1])))
        {
          p++;
          continue;
        }
      number = presync_logo_scale_number (p, n, &p);
      largest = MAX (largest, number);
      if (largest >= G_MAXDOUBLE)
        return G_MAXDOUBLE;
    }
  return largest;
}

/* The larger of both lengths that the sides of a square of 1 can be turned to at most */
static double
presync_logo_scale_matrix (double a, double b, double c, double d)
{
  double sum = a * a + b * b + c * c + d * d;
  double det = a * d - b * c;

  return sqrt ((sum + sqrt (MAX (sum * sum - 4 * det * det, 0))) / 2);
}

/* @n: how many of @values are there */
static double
presync_logo_scale_function (const char *name, const double *values, guint n)
{
  if (g_str_equal (name, "translate") || g_str_equal (name, "rotate"))
    return 1;
  if (g_str_equal (name, "scale") && n >= 1)
    return MAX (fabs (values[0]), n > 1 ? fabs (values[1]) : 0);
  if (g_str_equal (name, "matrix") && n == MOST_ARGUMENTS)
    return presync_logo_scale_matrix (values[0], values[1], values[2], values[3]);
  if (g_str_has_prefix (name, "skew") && n == 1 && fabs (values[0]) <= STEEPEST)
    return presync_logo_scale_matrix (1, 0, tan (values[0] * G_PI / 180), 1);
  return -1;
}

double
presync_logo_scale_of (const char *transform)
{
  double scale = 1;

  for (const char *p = transform + strspn (transform, BLANKS); *p != '\0'; p += strspn (p, BLANKS))
    {
      gsize length = strcspn (p, "( \t\r\n");
      g_autofree char *name = g_strndup (p, length);
      double values[MOST_ARGUMENTS] = { 0 };
      guint n = 0;
      double one;

      p += length + strspn (p + length, BLANKS);
      if (*p != '(')
        return -1;
      for (p++; *(p += strspn (p, BLANKS)) != ')' && n < MOST_ARGUMENTS;)
        {
          char *end;

          values[n++] = g_ascii_strtod (p, &end);
          if (end == p || !isfinite (values[n - 1]))
            return -1;
          p = end;
        }
      if (*p++ != ')')
        return -1;
      one = presync_logo_scale_function (name, values, n);
      if (one < 0)
        return -1;
      scale *= one;
    }
  return isfinite (scale) ? scale : -1;
}
