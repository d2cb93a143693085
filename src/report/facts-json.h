/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <json-glib/json-glib.h>

#include "assessment/assessment.h"

G_BEGIN_DECLS

/* A member "origin"; @origin: (nullable): null */
void presync_json_add_origin (JsonBuilder *builder, PresyncOrigin *origin);

/* Members "server", "sql" and "sizing": what was found of the sync server and of the SQL Server,
 * and how large both must be; the shape is that in README, "Command line" */
void presync_json_add_findings (JsonBuilder *builder, PresyncAssessment *assessment);

G_END_DECLS
