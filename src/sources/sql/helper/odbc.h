/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <json-glib/json-glib.h>

#include "base/secret.h"

G_BEGIN_DECLS

/* A value longer than this, in UTF-16 units, is no answer to any question of ours. */
#define PRESYNC_ODBC_VALUE_MAX 1024

/**
 * PresyncOdbcFault: what the driver told of a call that failed
 * @natives: (element-type int): the server's or driver's numbers, in the order they were told
 * @state: SQLSTATE of the first record
 * @text: (nullable): the server's words of the first record, without control characters, at most
 *   200 characters; not for a sign-in: a server might give a password back
 * @lost: the connection is gone
 */
typedef struct
{
  GArray *natives;
  char state[6];
  char *text;
  gboolean lost;
} PresyncOdbcFault;

void presync_odbc_fault_free (PresyncOdbcFault *self);
/* (nullable) @self */
gboolean presync_odbc_fault_has (const PresyncOdbcFault *self, int native);
/* the first number that is not 0, else 0 */
int presync_odbc_fault_get_native (const PresyncOdbcFault *self);
/* did a time limit of ours run out? */
gboolean presync_odbc_fault_is_late (const PresyncOdbcFault *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PresyncOdbcFault, presync_odbc_fault_free)

/**
 * PresyncOdbc: one connection through the ODBC driver manager; reads only
 */
typedef struct _PresyncOdbc PresyncOdbc;

/* (nullable): %NULL if the driver manager cannot be used */
PresyncOdbc *presync_odbc_new (void);
void presync_odbc_free (PresyncOdbc *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PresyncOdbc, presync_odbc_free)

/* (transfer full) (array zero-terminated=1): names of the registered drivers */
char **presync_odbc_list_drivers (PresyncOdbc *self);

/**
 * presync_odbc_connect:
 * @string: connection string
 * @seconds: the driver's own limit, which it may not keep
 * @fault: (out) (nullable): set when it fails
 */
gboolean presync_odbc_connect (PresyncOdbc *self, const PresyncSecret *string, guint seconds,
                               PresyncOdbcFault **fault);

/* (transfer full): version of the connected driver, "01.03.0017" */
char *presync_odbc_dup_driver_version (PresyncOdbc *self);

/**
 * presync_odbc_select:
 * @query: constant text
 * @columns: (array zero-terminated=1): names for the columns, in order
 * @limit: at most so many rows
 * @complete: (out): %FALSE if there were more
 * @fault: (out) (nullable): set when the driver or the server failed
 *
 * Returns: (transfer full) (nullable): an array of objects; %NULL without a fault if the answer has
 *   not these columns, or a value that is too long or no text
 */
JsonArray *presync_odbc_select (PresyncOdbc *self, const char *query, const char *const *columns,
                                guint limit, guint seconds, gboolean *complete,
                                PresyncOdbcFault **fault);

G_END_DECLS
