/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "catalogue/test.h"
#include "facts/fact-set.h"

G_BEGIN_DECLS

/**
 * PresyncTruth: three-valued, with two kinds of "do not know": a fact that could not be read, and
 * one that nobody collected. NOT keeps both; AND is false if one is false, else not known if one is
 * not known, else true; OR likewise. Of several that are not known the first in the test tells
 * which kind: tests name what they are about first.
 */
typedef enum
{
  PRESYNC_FALSE,
  PRESYNC_TRUE,
  PRESYNC_NOT_COLLECTED,
  PRESYNC_NOT_READ,
} PresyncTruth;

/**
 * presync_evaluate:
 * @now: the moment for "older-than"; rules have no clock of their own
 * @used: (nullable) (element-type PresyncFact): facts that the test looked at are
 *   appended, those that decided first
 *
 * Evaluates a test. A fact from an incomplete read never makes a test true: it is "not read",
 * unless its value already breaks the test for certain (a partial count above an at-most limit, a
 * value that contradicts another source's); a member that two lists share stays found, however much
 * of them was read.
 */
PresyncTruth presync_evaluate (const PresyncTest *test, PresyncFactSet *facts, GDateTime *now,
                               GPtrArray *used);

G_END_DECLS
