/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "assessment/place.h"

G_BEGIN_DECLS

/* Icon name of our own symbols */
const char *presync_place_icon (PresyncPlace place);

G_END_DECLS
