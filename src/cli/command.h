/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "assessment/assessment.h"

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

/**
 * presync_command_parse_named:
 * @parameters: what stands behind the options, for its help, such as "FILE"
 * @least, @most: how many there may be
 * @named: (out) (transfer full): what they are
 *
 * The same for a command that is told by position what it is about.
 */
gboolean presync_command_parse_named (const char *name, const char *parameters, const char *summary,
                                      const GOptionEntry *entries, const GOptionEntry *more,
                                      guint least, guint most, int argc, char **argv, char ***named,
                                      GError **error);

/* Prints @text as it is, on standard output or, if @path is not %NULL, into that file. */
gboolean presync_command_print (const char *text, const char *path, GError **error);

/**
 * presync_command_check_output:
 * @output: (nullable): the file that somebody wants to be written
 * @saved: (nullable): the assessment that is read or written at the same time
 *
 * Returns: %FALSE with a sentence if @output is that assessment, or any other: nothing else takes
 *   the place of one
 */
gboolean presync_command_check_output (const char *output, const char *saved, GError **error);

/* What the verdicts of both options, or of @only (nullable), come to: the less favourable counts */
PresyncExit presync_exit_from_verdicts (const PresyncVerdict *verdicts, const PresyncOption *only);
PresyncExit presync_exit_from_assessment (PresyncAssessment *assessment, const PresyncOption *only);

/* (transfer none) (nullable): @id as an option, in @option; %NULL for both if @id is %NULL.
 * @valid: (out): %FALSE with a sentence */
const PresyncOption *presync_command_parse_option (const char *id, PresyncOption *option,
                                                   gboolean *valid, GError **error);
/* @formats: (array zero-terminated=1): %FALSE with a sentence unless @format (nullable) is one */
gboolean presync_command_check_format (const char *format, const char *const *formats,
                                       GError **error);

/* The commands; @argv[0] is the command's name. */
PresyncExit presync_command_check (int argc, char **argv);
PresyncExit presync_command_sign_in (int argc, char **argv);
PresyncExit presync_command_catalogue (int argc, char **argv);
PresyncExit presync_command_record (int argc, char **argv);
PresyncExit presync_command_report (int argc, char **argv);
PresyncExit presync_command_history (int argc, char **argv);
PresyncExit presync_command_compare (int argc, char **argv);

/* Columns of the terminal, 80 if there is none */
guint presync_command_get_width (void);

G_END_DECLS
