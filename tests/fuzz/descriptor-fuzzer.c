/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Security descriptors under libFuzzer, which follows the branches taken. `soak` builds and runs it
 * where clang is installed. */
#include "descriptor-check.h"

int LLVMFuzzerTestOneInput (const guint8 *data, gsize size);

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  g_autoptr (GBytes) input = g_bytes_new (data, size);

  descriptor_check (input);
  return 0;
}
