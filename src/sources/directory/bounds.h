/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* The bounds of everything a directory server can do to us. libldap has almost none of its own:
 * its network timeout covers connect() only, so each wait, page and byte is bounded here. */

/* Seconds */
#define PRESYNC_BOUND_RESOLVE 10
#define PRESYNC_BOUND_CONNECT 10 /* an address */
#define PRESYNC_BOUND_TLS 10
#define PRESYNC_BOUND_BIND 15
#define PRESYNC_BOUND_PAGE 15 /* from the request to its last message */

/* Of one server's name, and of one domain */
#define PRESYNC_BOUND_ADDRESSES 8
#define PRESYNC_BOUND_CONTROLLERS 8

/* Objects a page: AD's MaxPageSize */
#define PRESYNC_PAGE_SIZE 1000
/* One LDAP message. The largest that AD sends is a jpegPhoto or a security descriptor, far less. */
#define PRESYNC_BOUND_MESSAGE (32u * 1024 * 1024)
/* Entries and references in one answer, if a server ignores the page size: AD's hard cap for
 * MaxPageSize */
#define PRESYNC_BOUND_ANSWER 20000
/* Attributes of one entry; AD's whole schema has about 1500 */
#define PRESYNC_BOUND_ATTRIBUTES 4096
/* Bytes that may be held in memory while a page waits for the rest of ranged values */
#define PRESYNC_BOUND_HELD (32u * 1024 * 1024)
/* One search, over all its pages */
#define PRESYNC_BOUND_ENTRIES 20000000
#define PRESYNC_BOUND_BYTES (16ull * 1024 * 1024 * 1024)
/* Pages without any entry one after the other; AD sends some when a filter matches rarely */
#define PRESYNC_BOUND_EMPTY_PAGES 100
/* Reads that complete one ranged attribute; AD gives 1500 values each */
#define PRESYNC_BOUND_RANGES 1000

/* What accounts may do is judged on so many objects of a domain; beyond, a person of each unit */
#define PRESYNC_BOUND_RIGHT_OBJECTS 100000
/* Units of a domain whose inheritance is looked at, and those that one person is sampled of */
#define PRESYNC_BOUND_RIGHT_UNITS 5000
#define PRESYNC_BOUND_RIGHT_SAMPLES 1000
/* Places named of one right; the others are counted */
#define PRESYNC_BOUND_RIGHT_PLACES 200
/* Places held of one right while the objects are read; each further object counts as one more */
#define PRESYNC_BOUND_RIGHT_PLACES_HELD 10000
/* Different security descriptors that are remembered, so that each is judged once */
#define PRESYNC_BOUND_RIGHT_DESCRIPTORS 4096
