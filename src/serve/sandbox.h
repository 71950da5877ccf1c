/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef COPL_SERVE_SANDBOX_H
#define COPL_SERVE_SANDBOX_H

#include "serve/serve_priv.h"

/*
 * A server that has been taken over must be worth little.  Before its first
 * thread begins it gives up, for ever, what it does not need: files outside
 * of a few folders (Landlock), other programs, new sockets and a hand on
 * other processes (seccomp), new rights (no_new_privs).
 *
 * What is read again after SIGHUP may be another file by then, so the folders
 * of such files stay readable; of a link that is there now, that of the file
 * behind it, too.
 *
 * The calling thread and those that it begins are held, no others.
 */

/* What the system took on. */
#define SANDBOX_FILES 1U /* no file but those of the folders */
#define SANDBOX_CALLS 2U /* no program, socket, process of others */
/* "full", "files", "calls" or "none". */
const char *sandbox_word(unsigned got);

/*
 * Finding sandbox-none: an error with COPL_SANDBOX_REQUIRE where the kernel
 * has not all of it, else a note.  Finding io-open for a folder that is not
 * there.
 */
enum copl_status sandbox_enter(const struct serving *s, struct copl_reporter *r,
    unsigned *got) COPL_MUST_CHECK;

/*
 * Sanitizers look at memory through /proc and ptrace when a program ends, so
 * nothing is forbidden in a build that has them.
 */
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
#define SANDBOX_IN_THE_WAY 1
#elif defined(COPL_WITHOUT_SANDBOX) /* coverage is written at the end */
#define SANDBOX_IN_THE_WAY 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer) ||     \
    __has_feature(memory_sanitizer)
#define SANDBOX_IN_THE_WAY 1
#endif
#endif
#ifndef SANDBOX_IN_THE_WAY
#define SANDBOX_IN_THE_WAY 0
#endif

/* ---- its halves: 0, or why not (errno; ENOSYS: the kernel has it not) ---- */

enum sandbox_use {
	SANDBOX_READ, /* a file, or those below a folder */
	SANDBOX_APPEND, /* write and make files, read none */
	SANDBOX_ALL, /* whatever is done with files, folders and links */
	SANDBOX_LOOK /* read, and list folders */
};
struct sandbox_place {
	const char *path;
	enum sandbox_use use;
};
/* *bad: the place that could not be opened, if that is why. */
int sandbox_files(const struct sandbox_place *places, size_t n,
    const struct sandbox_place **bad);
int sandbox_calls(void);

#endif
