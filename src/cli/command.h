/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * PresyncExit: exit statuses, those of sysexits.h where it has one; README tells them to users
 */
typedef enum
{
  PRESYNC_EXIT_READY = 0,
  PRESYNC_EXIT_NOT_READY = 1,
  PRESYNC_EXIT_NOT_YET_KNOWN = 2,
  PRESYNC_EXIT_USAGE = 64,
  PRESYNC_EXIT_BAD_INPUT = 65,
  PRESYNC_EXIT_UNREACHABLE = 69,
  PRESYNC_EXIT_INTERNAL = 70,
  PRESYNC_EXIT_CANNOT_WRITE = 73,
  PRESYNC_EXIT_REFUSED = 77,
  PRESYNC_EXIT_INTERRUPTED = 130, /* as shells say it: 128 + SIGINT */
} PresyncExit;

/* The exit status that an error of the project means. */
PresyncExit presync_exit_from_error (const GError *error);

/* The same for an error of a directory that was named: whatever is wrong with a file is bad input,
 * and a server that answers with a fault of its own cannot be used. @is_file: it is a snapshot */
PresyncExit presync_exit_from_source_error (const GError *error, gboolean is_file);

/* Prints @label and @text on a line of standard error; what a server says must not speak to the
 * terminal. */
void presync_command_say (const char *label, const char *text);

/* Prints "presync-cli: <sentence>" to standard error. Returns: @status. */
PresyncExit presync_command_fail (PresyncExit status, const GError *error);

/**
 * presync_command_parse:
 * @name: the command, for its help
 * @summary: translated: what it does
 * @entries: its options; @more: (nullable): further ones
 *
 * Parses @argv (argv[0] is the command). Anything left over is an error.
 *
 * Returns: %FALSE with a sentence
 */
gboolean presync_command_parse (const char *name, const char *summary, const GOptionEntry *entries,
                                const GOptionEntry *more, int argc, char **argv, GError **error);

/* The commands; @argv[0] is the command's name. */
PresyncExit presync_command_check (int argc, char **argv);
PresyncExit presync_command_sign_in (int argc, char **argv);
PresyncExit presync_command_catalogue (int argc, char **argv);
PresyncExit presync_command_record (int argc, char **argv);

/* Columns of the terminal, 80 if there is none */
guint presync_command_get_width (void);

G_END_DECLS
