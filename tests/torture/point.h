/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef COPL_TORTURE_POINT_H
#define COPL_TORTURE_POINT_H

#include <stdatomic.h>
#include <stdint.h>

/*
 * What the preloaded library (fail.c) and the driver (torture.c) tell each
 * other: a file that both have mapped, so that what was counted outlives a
 * process that was killed.
 */

/* Calls that can fail.  Each kind is counted for itself, from 1. */
enum point_kind {
	POINT_ALLOC,
	POINT_OPEN, /* for writing */
	POINT_WRITE,
	POINT_FSYNC,
	POINT_CLOSE, /* of a file that was written */
	POINT_RENAME,
	POINT_LINK,
	POINT_MKDIR,
	POINT_TRUNCATE,
	POINT_READ, /* of a file or a folder */
	POINT_UNLINK, /* only to be killed at: what fails there stays */
	POINT_KINDS
};

#define POINT_NAMES                                                            \
	{                                                                      \
		"alloc", "open", "write", "fsync", "close", "rename", "link",  \
		    "mkdir", "truncate", "read", "unlink"                      \
	}

#define POINT_STACKS (1U << 21)
#define POINT_WHERE 6000

struct point_page {
	_Atomic uint32_t count[POINT_KINDS];
	_Atomic uint32_t hit; /* the asked point was reached */
	char where[POINT_WHERE]; /* its stack, innermost first, a line each */
	/* Of allocation number i + 1: which way led to it; 0: not asked. */
	uint32_t stack[POINT_STACKS];
};

#endif
