/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * presync_libexec_find:
 * @program: name of one of our own helper programs, such as "presync-sql"
 *
 * Returns: (transfer full): where it lies: in the folder named by the environment variable
 *   PRESYNC_LIBEXEC_DIR (a program that is not installed), else where it was installed
 */
char *presync_libexec_find (const char *program);

G_END_DECLS
