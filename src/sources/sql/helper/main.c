/* SPDX-License-Identifier: GPL-3.0-or-later */
/* presync-sql: checks one SQL Server, as ../protocol.md tells, and ends. */
#include <errno.h>
#include <string.h>
#include <unistd.h>
#include <glib/gi18n.h>

#include "base/error.h"
#include "base/locale.h"
#include "base/memory.h"
#include "sources/sql/helper/check.h"
#include "sources/sql/helper/freetds-conf.h"
#include "sources/sql/helper/reporter.h"
#include "sources/sql/helper/request.h"

/* Whoever started us may have gone wrong: the request is not waited for longer. */
#define REQUEST_SECONDS 10

/* Reads standard input to its end, into memory that does not move and is wiped. */
static PresyncSqlRequest *
presync_sql_read_request (GError **error)
{
  char *data = g_malloc (PRESYNC_SQL_REQUEST_MAX + 1);
  gsize length = 0;
  PresyncSqlRequest *request;

  alarm (REQUEST_SECONDS);
  while (length <= PRESYNC_SQL_REQUEST_MAX)
    {
      gssize got = read (STDIN_FILENO, data + length, PRESYNC_SQL_REQUEST_MAX + 1 - length);
      if (got < 0 && errno == EINTR)
        continue;
      if (got <= 0)
        break;
      length += (gsize) got;
    }
  alarm (0);
  request = presync_sql_request_parse (data, length, error);
  explicit_bzero (data, length);
  g_free (data);
  return request;
}

int
main (void)
{
  g_autoptr (PresyncSqlRequest) request = NULL;
  g_autoptr (PresyncSqlReporter) reporter = NULL;
  g_autoptr (PresyncFreetdsConf) conf = NULL;
  g_autoptr (GError) error = NULL;
  JsonNode *result = NULL;

  presync_memory_keep_out_of_dumps ();
  presync_locale_init ();
  request = presync_sql_read_request (&error);
  if (request != NULL)
    conf = presync_freetds_conf_new (&error);
  reporter = presync_sql_reporter_new (STDOUT_FILENO, request != NULL ? request->text : "",
                                       request != NULL ? request->seconds : REQUEST_SECONDS);
  if (conf != NULL)
    result = presync_sql_check (request, reporter, conf, &error);
  if (result != NULL)
    return presync_sql_reporter_finish (reporter, result) ? 0 : 1;
  presync_sql_reporter_fail (reporter, error);
  return 1;
}
