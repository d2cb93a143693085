/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/memory.h"

#ifdef __GLIBC__
#include <malloc.h>
#endif
#ifdef G_OS_UNIX
#include <sys/resource.h>
#endif

void
presync_memory_give_back (void)
{
#ifdef __GLIBC__
  malloc_trim (0);
#endif
}

void
presync_memory_keep_out_of_dumps (void)
{
#ifdef G_OS_UNIX
  /* A core_pattern that begins with "|" disregards 0; 1 is Linux' word for none there too
   * (do_coredump() in fs/coredump.c). PR_SET_DUMPABLE would do it as well, but the portals of the
   * desktop then refuse their service, as they cannot see whose it is. */
  static const struct rlimit none = { 1, 1 };
  static const struct rlimit zero = { 0, 0 };

  /* 0 where that is the most we may ask for */
  if (setrlimit (RLIMIT_CORE, &none) != 0)
    setrlimit (RLIMIT_CORE, &zero);
#endif
}
