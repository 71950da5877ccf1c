/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include "cli/cli.h"

/*
 * Sanitizers look for leaks from a process of their own, which must be
 * allowed to look.
 */
#if defined(__SANITIZE_ADDRESS__)
#define LOOKED_AT 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(memory_sanitizer)
#define LOOKED_AT 1
#endif
#endif
#ifndef LOOKED_AT
#define LOOKED_AT 0
#endif

/*
 * Programs of the network, those that are not whole, know tokens, keys of
 * TLS, or answers.
 */
static bool knows_secrets(const struct cli_command *c)
{
	size_t i;

	if (!cli_whole)
		return true;
	for (i = 0; i < c->noptions; i++)
		if (strcmp(c->options[i].name, "passphrase-file") == 0)
			return true;
	return false;
}

/*
 * The limit keeps the kernel from writing a core itself, but not from piping
 * one to a program that collects them.  A process that is not dumpable gives
 * none to either, and other processes of the same user cannot read its memory
 * or environment.  Programs that this one starts write no core either, but can
 * be looked into: execve makes them dumpable again.
 */
void cli_keep_secrets(const struct cli_call *call)
{
	const struct rlimit none = {0, 0};

	if (!knows_secrets(call->command))
		return;
	(void)setrlimit(RLIMIT_CORE, &none);
	if (!LOOKED_AT)
		(void)prctl(PR_SET_DUMPABLE, 0, 0, 0, 0);
}
