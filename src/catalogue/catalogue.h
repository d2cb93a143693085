/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "catalogue/requirement.h"

G_BEGIN_DECLS

/**
 * PresyncCatalogue: all requirements, as data. Immutable once read.
 */
#define PRESYNC_TYPE_CATALOGUE (presync_catalogue_get_type ())
G_DECLARE_FINAL_TYPE (PresyncCatalogue, presync_catalogue, PRESYNC, CATALOGUE, GObject)

/**
 * presync_catalogue_new_built_in:
 *
 * Returns: (transfer full): the catalogue that is built into the program; it is known to be valid
 */
PresyncCatalogue *presync_catalogue_new_built_in (void);

/**
 * presync_catalogue_new_from_files:
 * @files: (array zero-terminated=1): file names or resource paths with "resource://"; documents
 *   must come before those who cite them
 *
 * Strict: an unknown element or attribute, a missing text, an unknown fact key, a bad date, a
 * duplicate id, a document that is cited and not defined are errors.
 *
 * Returns: (transfer full): the catalogue, or %NULL with %PRESYNC_ERROR_BAD_INPUT naming file and
 *   line: "connect-sync.xml:42: …"
 */
PresyncCatalogue *presync_catalogue_new_from_files (const char *const *files, GError **error);

/**
 * presync_catalogue_list:
 *
 * Returns: (transfer container) (element-type PresyncRequirement): an option's requirements in the
 *   order of the tables: section by section, overview rows first
 */
GPtrArray *presync_catalogue_list (PresyncCatalogue *self, PresyncOption option);

/**
 * presync_catalogue_get_newest:
 *
 * Returns: (transfer none): the newest edition: the latest date of any document or condition
 */
const GDate *presync_catalogue_get_newest (PresyncCatalogue *self);

/**
 * presync_edition_parse:
 * @text: ISO date "2026-10-06"
 *
 * Returns: %FALSE with %PRESYNC_ERROR_BAD_INPUT if @text is no such date
 */
gboolean presync_edition_parse (const char *text, GDate *edition, GError **error);

G_END_DECLS
