/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sources/directory/certificate.h"

#include <glib/gi18n.h>

#include "base/error.h"
#include "sources/directory/directory-source.h"

char *
presync_certificate_dup_fingerprint (GTlsCertificate *certificate)
{
  g_autoptr (GByteArray) der = NULL;
  g_autofree char *hex = NULL;
  g_autoptr (GString) text = g_string_new (NULL);

  g_return_val_if_fail (G_IS_TLS_CERTIFICATE (certificate), NULL);
  g_object_get (certificate, "certificate", &der, NULL);
  if (der == NULL)
    return NULL;
  hex = g_compute_checksum_for_data (G_CHECKSUM_SHA256, der->data, der->len);
  for (const char *p = hex; p[0] != '\0' && p[1] != '\0'; p += 2)
    g_string_append_printf (text, "%s%c%c", text->len > 0 ? ":" : "", g_ascii_toupper (p[0]),
                            g_ascii_toupper (p[1]));
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static char *
presync_certificate_dup_date (GDateTime *date)
{
  g_autoptr (GDateTime) utc = date != NULL ? g_date_time_to_utc (date) : NULL;

  return utc != NULL ? g_date_time_format (utc, "%Y-%m-%d %H:%M UTC") : g_strdup ("?");
}

/* Names come from the server: no line breaks or control characters from it in our sentences. */
static char *
presync_certificate_clean (char *name)
{
  g_autofree char *raw = name;
  char *valid = g_utf8_make_valid (raw != NULL ? raw : "?", -1);

  for (char *p = valid; *p != '\0'; p++)
    if ((guchar) *p < 0x20 || *p == 0x7f)
      *p = ' ';
  if (g_utf8_strlen (valid, -1) > 200)
    *g_utf8_offset_to_pointer (valid, 200) = '\0';
  return valid;
}

static char *
presync_certificate_join (GTlsCertificate *certificate, const char *separator)
{
  g_autoptr (GDateTime) from = g_tls_certificate_get_not_valid_before (certificate);
  g_autoptr (GDateTime) until = g_tls_certificate_get_not_valid_after (certificate);
  g_autofree char *from_text = presync_certificate_dup_date (from);
  g_autofree char *until_text = presync_certificate_dup_date (until);
  g_autofree char *subject
      = presync_certificate_clean (g_tls_certificate_get_subject_name (certificate));
  g_autofree char *issuer
      = presync_certificate_clean (g_tls_certificate_get_issuer_name (certificate));
  g_autofree char *fingerprint = presync_certificate_dup_fingerprint (certificate);
  g_autofree char *subject_line = g_strdup_printf (_ ("Subject: %s"), subject);
  g_autofree char *issuer_line = g_strdup_printf (_ ("Issuer: %s"), issuer);
  g_autofree char *dates_line = g_strdup_printf (_ ("Valid: %s to %s"), from_text, until_text);
  g_autofree char *sum_line
      = g_strdup_printf (_ ("SHA-256: %s"), fingerprint != NULL ? fingerprint : "?");

  return g_strjoin (separator, subject_line, issuer_line, dates_line, sum_line, NULL);
}

char *
presync_directory_describe_certificate (GTlsCertificate *certificate)
{
  g_return_val_if_fail (G_IS_TLS_CERTIFICATE (certificate), NULL);
  return presync_certificate_join (certificate, "\n");
}

static void
presync_certificate_add_flaw (GString *text, const char *flaw)
{
  if (text->len > 0)
    g_string_append (text, _ (", and "));
  g_string_append (text, flaw);
}

static void
presync_certificate_add_issuer_flaw (GString *text, GTlsCertificate *certificate)
{
  g_autofree char *subject = g_tls_certificate_get_subject_name (certificate);
  g_autofree char *issuer = g_tls_certificate_get_issuer_name (certificate);

  presync_certificate_add_flaw (text, subject != NULL && g_strcmp0 (subject, issuer) == 0
                                          ? _ ("it is signed by itself, by no known authority")
                                          : _ ("its issuer is not known to this computer"));
}

char *
presync_certificate_dup_flaws (const char *name, GTlsCertificate *certificate,
                               GTlsCertificateFlags errors)
{
  g_autoptr (GString) flaws = g_string_new (NULL);

  if ((errors & G_TLS_CERTIFICATE_BAD_IDENTITY) != 0)
    {
      g_autofree char *flaw = g_strdup_printf (_ ("it is not made out for “%s”"), name);
      presync_certificate_add_flaw (flaws, flaw);
    }
  if ((errors & G_TLS_CERTIFICATE_EXPIRED) != 0)
    presync_certificate_add_flaw (flaws, _ ("it has expired"));
  if ((errors & G_TLS_CERTIFICATE_NOT_ACTIVATED) != 0)
    presync_certificate_add_flaw (flaws, _ ("it is not valid yet"));
  if ((errors & G_TLS_CERTIFICATE_REVOKED) != 0)
    presync_certificate_add_flaw (flaws, _ ("it was revoked"));
  if ((errors & G_TLS_CERTIFICATE_INSECURE) != 0)
    presync_certificate_add_flaw (flaws, _ ("it uses an insecure algorithm or key"));
  if ((errors & G_TLS_CERTIFICATE_UNKNOWN_CA) != 0)
    presync_certificate_add_issuer_flaw (flaws, certificate);
  if (flaws->len == 0)
    presync_certificate_add_flaw (flaws, _ ("it could not be verified"));
  return g_string_free (g_steal_pointer (&flaws), FALSE);
}

void
presync_certificate_set_error (GError **error, const char *server, const char *name,
                               GTlsCertificate *certificate, GTlsCertificateFlags errors)
{
  g_autofree char *facts = presync_certificate_join (certificate, "; ");
  g_autofree char *flaws = presync_certificate_dup_flaws (name, certificate, errors);

  g_set_error (error, PRESYNC_ERROR, PRESYNC_ERROR_CERTIFICATE,
               _ ("The certificate of %s was refused: %s (%s)"), server, flaws, facts);
}
