/* SPDX-License-Identifier: GPL-3.0-or-later */
#define _GNU_SOURCE /* memfd_create */
#include "sources/sql/helper/freetds-conf.h"

#include <errno.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>
#include <glib/gi18n.h>

#include "base/error.h"
#include "sources/sql/helper/driver.h"

struct _PresyncFreetdsConf
{
  int conf;
  int roots;
  char *roots_path;
};

static gboolean
presync_freetds_conf_fill (int descriptor, const char *data, gsize length, GError **error)
{
  while (length > 0)
    {
      gssize written = write (descriptor, data, length);
      if (written <= 0)
        {
          g_set_error (error, PRESYNC_ERROR, PRESYNC_ERROR_FAILED,
                       _ ("The ODBC driver cannot be set up on this computer (%s)"),
                       g_strerror (errno));
          return FALSE;
        }
      data += written;
      length -= (gsize) written;
    }
  return TRUE;
}

PresyncFreetdsConf *
presync_freetds_conf_new (GError **error)
{
  /* Each of them would override what the file says, or log passwords. */
  static const char *const harmful[]
      = { "TDSDUMP",  "TDSDUMPCONFIG", "TDSVER",  "TDSHOST", "TDSPORT",
          "TDSQUERY", "FREETDS",       "TDSINIT", "SYBASE",  "DSQUERY" };
  PresyncFreetdsConf *self = g_new0 (PresyncFreetdsConf, 1);
  g_autofree char *path = NULL;

  self->conf = memfd_create ("freetds.conf", MFD_CLOEXEC);
  self->roots = memfd_create ("roots.pem", MFD_CLOEXEC);
  if (self->conf < 0 || self->roots < 0)
    {
      presync_freetds_conf_fill (-1, "", 1, error);
      presync_freetds_conf_free (self);
      return NULL;
    }
  for (gsize i = 0; i < G_N_ELEMENTS (harmful); i++)
    g_unsetenv (harmful[i]);
  path = g_strdup_printf ("/proc/self/fd/%d", self->conf);
  self->roots_path = g_strdup_printf ("/proc/self/fd/%d", self->roots);
  g_setenv ("FREETDSCONF", path, TRUE);
  return self;
}

void
presync_freetds_conf_free (PresyncFreetdsConf *self)
{
  if (self->conf >= 0)
    close (self->conf);
  if (self->roots >= 0)
    close (self->roots);
  g_free (self->roots_path);
  g_free (self);
}

gboolean
presync_freetds_conf_write (PresyncFreetdsConf *self, const PresyncSqlRequest *request,
                            guint16 port, GTlsCertificate *certificate, GError **error)
{
  g_autofree char *pem = NULL;
  /* Without "ca file" FreeTDS would check nothing. The name was checked with the certificate. */
  g_autofree char *text = g_strdup_printf (
      "[%s]\nhost = 127.0.0.1\nport = %u\ntds version = 7.4\nencryption = require\n"
      "ca file = %s\ncheck certificate hostname = no\nclient charset = UTF-8\n",
      presync_sql_driver_get_section (request), port, self->roots_path);

  g_object_get (certificate, "certificate-pem", &pem, NULL);
  return presync_freetds_conf_fill (self->roots, pem, strlen (pem), error)
         && presync_freetds_conf_fill (self->conf, text, strlen (text), error);
}
