/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "catalogue/test.h"

G_BEGIN_DECLS

/**
 * PresyncSeverity:
 * @PRESYNC_SEVERITY_REQUIRED: not met makes the option not ready
 * @PRESYNC_SEVERITY_RECOMMENDED: not met is advice
 * @PRESYNC_SEVERITY_CONDITIONAL: required if its feature is planned, else not applicable
 */
typedef enum
{
  PRESYNC_SEVERITY_REQUIRED,
  PRESYNC_SEVERITY_RECOMMENDED,
  PRESYNC_SEVERITY_CONDITIONAL,
} PresyncSeverity;

/* "required", "recommended", "conditional" */
const char *presync_severity_id (PresyncSeverity severity);
/* Translated: "Required", … */
const char *presync_severity_title (PresyncSeverity severity);

/**
 * PresyncReference: a source document that a condition rests on
 * @id: key of the document, such as "CS-PRE"
 * @title: its title, as published (not translated)
 * @url: its address
 * @date: its date, ISO 8601
 */
typedef struct
{
  char *id;
  char *title;
  char *url;
  char *date;
} PresyncReference;

/**
 * PresyncFigure: a figure of one page where pages disagree
 * @value: translated: what that page asks, such as "6 GB"
 * @reference: (transfer none): the page
 */
typedef struct
{
  char *value;
  const PresyncReference *reference;
} PresyncFigure;

/**
 * PresyncAdvice: something that is met and yet deserves a word
 * @test: true means nothing to say
 * @text: translated: what to say otherwise
 */
typedef struct
{
  PresyncTest *test;
  char *text;
} PresyncAdvice;

/**
 * PresyncProvided: what a measurement must be of to be worth anything
 * @test: false means that what was measured is of somebody or something else
 * @text: translated: why the condition is unknown then
 */
typedef struct
{
  PresyncTest *test;
  char *text;
} PresyncProvided;

/**
 * PresyncStep: one line of "how to fix" or "how to find out"
 * @is_command: %TRUE for a line to copy and run
 * @text: the step, translated, or the command, verbatim
 */
typedef struct
{
  gboolean is_command;
  char *text;
} PresyncStep;

/**
 * PresyncCondition: one testable line of a requirement. Immutable.
 *
 * Two conditions may have one id if their dates do not overlap: they are the same question with
 * another threshold.
 */
#define PRESYNC_TYPE_CONDITION (presync_condition_get_type ())
G_DECLARE_FINAL_TYPE (PresyncCondition, presync_condition, PRESYNC, CONDITION, GObject)

const char *presync_condition_get_id (PresyncCondition *self);
PresyncSeverity presync_condition_get_severity (PresyncCondition *self);
/* (nullable): key of the "plan." fact without which it does not apply */
const char *presync_condition_get_feature (PresyncCondition *self);
/* (nullable): id of the #PresyncAccountRole it is about: its own, or its requirement's */
const char *presync_condition_get_account (PresyncCondition *self);
/* Translated: "Memory" */
const char *presync_condition_get_title (PresyncCondition *self);
/* Translated: "at least 4 GB" */
const char *presync_condition_get_needed (PresyncCondition *self);
/* (nullable), translated */
const char *presync_condition_get_why (PresyncCondition *self);
/* (nullable): first and (exclusive) last day it holds; %NULL is open */
const GDate *presync_condition_get_from (PresyncCondition *self);
const GDate *presync_condition_get_until (PresyncCondition *self);
gboolean presync_condition_holds_on (PresyncCondition *self, const GDate *edition);

const PresyncTest *presync_condition_get_test (PresyncCondition *self);
/* (nullable): must be true for the condition to apply */
const PresyncTest *presync_condition_get_only_when (PresyncCondition *self);
/* (nullable): where its test is false the condition is neither met nor not met */
const PresyncProvided *presync_condition_get_provided (PresyncCondition *self);

/* (transfer none) (element-type utf8): the keys of all facts that its tests name, built-ins
 * included */
GPtrArray *presync_condition_get_fact_keys (PresyncCondition *self);

/* Each: (transfer none), NULL-free array of the struct named, may be empty. */
GPtrArray *presync_condition_get_advice (PresyncCondition *self);     /* PresyncAdvice */
GPtrArray *presync_condition_get_fix (PresyncCondition *self);        /* PresyncStep */
GPtrArray *presync_condition_get_find_out (PresyncCondition *self);   /* PresyncStep */
GPtrArray *presync_condition_get_figures (PresyncCondition *self);    /* PresyncFigure */
GPtrArray *presync_condition_get_references (PresyncCondition *self); /* PresyncReference * */

G_END_DECLS
