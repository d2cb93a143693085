/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "store/store.h"

G_BEGIN_DECLS

/* For how long changes are gathered; for tests */
void presync_store_set_delay (PresyncStore *self, guint milliseconds);

G_END_DECLS
