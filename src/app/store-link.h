/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "assessment/assessment.h"
#include "store/store.h"

G_BEGIN_DECLS

/**
 * PresyncStoreLink: the file of a window's assessment, if it has one, and what closing would lose
 *
 * Signal "changed": after the file, its state, or what would be lost changed.
 */
#define PRESYNC_TYPE_STORE_LINK (presync_store_link_get_type ())
G_DECLARE_FINAL_TYPE (PresyncStoreLink, presync_store_link, PRESYNC, STORE_LINK, GObject)

/* @assessment: (transfer none): it has no file yet */
PresyncStoreLink *presync_store_link_new (PresyncAssessment *assessment);

/* (nullable) (transfer none): %NULL while the assessment has no file */
PresyncStore *presync_store_link_get_store (PresyncStoreLink *self);
/* (nullable): of its file */
const char *presync_store_link_get_path (PresyncStoreLink *self);
/* (nullable): the file's name without folder and suffix */
const char *presync_store_link_get_title (PresyncStoreLink *self);

/**
 * presync_store_link_has_content:
 *
 * Returns: is there anything in the assessment yet: a source, a statement, a run?
 */
gboolean presync_store_link_has_content (PresyncStoreLink *self);

/**
 * presync_store_link_open:
 *
 * Reads the file into the assessment, which has no content and no file. It rests then: see
 * presync_connection_rest().
 *
 * Returns: %FALSE with a sentence that names the file; nothing has changed then
 */
gboolean presync_store_link_open (PresyncStoreLink *self, const char *path, GError **error);

/**
 * presync_store_link_save_as:
 *
 * Gives the assessment a file, or another one; what was at @path is replaced.
 *
 * Returns: %FALSE with a sentence that names the file; nothing has changed then
 */
gboolean presync_store_link_save_as (PresyncStoreLink *self, const char *path, GError **error);

/**
 * presync_store_link_look:
 *
 * Looks, without blocking, whether the file is still where it was: for when a person comes back to
 * the window.
 */
void presync_store_link_look (PresyncStoreLink *self);
/* Was it not, when that was looked at last? Then it is saved nowhere else. */
gboolean presync_store_link_is_gone (PresyncStoreLink *self);

/**
 * presync_store_link_flush:
 *
 * Writes what is not written yet; that an assessment has no file, or one that is read-only, is no
 * error.
 */
gboolean presync_store_link_flush (PresyncStoreLink *self, GError **error);

/* Writes what is not written yet as far as that can be done, and lets the file go. */
void presync_store_link_close (PresyncStoreLink *self);

/**
 * presync_store_link_dup_loss:
 *
 * Returns: (transfer full) (nullable): what closing now would lose, a sentence; %NULL for nothing.
 *   Writes what is not written yet first.
 */
char *presync_store_link_dup_loss (PresyncStoreLink *self);

/* (transfer full): how things stand in a few words: "Saved 14:02", "Not saved"; "" with nothing to
 * save */
char *presync_store_link_dup_text (PresyncStoreLink *self);

G_END_DECLS
