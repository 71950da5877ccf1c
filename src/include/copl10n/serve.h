/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef COPL10N_SERVE_H
#define COPL10N_SERVE_H

#include <stdbool.h>
#include <stdint.h>
#include <copl10n/diag.h>
#include <copl10n/status.h>

#pragma GCC visibility push(default)
#ifdef __cplusplus
extern "C" {
#endif

/* Enough for a school behind one address. */
#define COPL_COLLECT_RATE 1200

/*
 * Whether a server gives up all that it does not need once it is set up: any
 * file outside of what its options name, other programs, new sockets.  It
 * holds for the thread that calls copl_serve() as long as that lives, and for
 * the threads that it begins: off, unless a program asks for it.
 */
enum copl_sandbox {
	COPL_SANDBOX_OFF = 0,
	COPL_SANDBOX_AUTO = 1, /* as far as the system can; a note if not */
	COPL_SANDBOX_REQUIRE = 2 /* wholly, or it does not start */
};

struct copl_serve_options {
	const char *dir; /* where the set lives; made if missing */
	const char *listen; /* "127.0.0.1:8101 [::1]:0": one address or more,
			     * loopback only unless @open; NULL: none */
	const int *sockets; /* that listen already, of a service manager;
			     * closed at the end */
	size_t nsockets;
	const char *key; /* path of the public key to pin; NULL: pinned */
	const char *fingerprint; /* or what was read out; NULL */
	const char *token_file; /* PUT needs this bearer token; NULL: none */
	int64_t now_offset; /* seconds to add to the clock; tests */
	int stop_fd; /* ends when this becomes readable; -1: never */
	int reload_fd; /* non-blocking: when it becomes readable it is
			* emptied, and what was read at the start is read
			* again; 0 or -1: never */
	uint64_t max_seconds; /* ends by itself; 0: never */
	bool open; /* may listen beyond loopback */
	const char *origin; /* "https://forms.example.org/" as people reach
			     * it; NULL: as each request says */
	const char *tls_cert; /* PEM file with the chain; NULL: http */
	const char *tls_key;
	bool behind_proxy; /* what Forwarded and X-Forwarded-* fields say of
			    * the address that a client used is true: only a
			    * proxy can reach this server */
	const char *security_txt; /* file for /.well-known/security.txt */
	const char *access_log; /* a JSON line a request is added here */
	unsigned connections; /* at one time; 0: 6000 */
	bool read_only; /* nothing is received */
	const char *collect; /* folder for answers; NULL: none are taken */
	const char *collect_key; /* path of the public key that they are
				  * sealed to; NULL: they are not */
	unsigned collect_rate; /* posts in ten minutes from one address; 0:
				* any number */
	bool demand_match; /* a manifest is put with If-Match or
			    * If-None-Match, or not at all */
	enum copl_sandbox sandbox;
};

/**
 * Receive a recipient's set over HTTP and publish it.
 *
 * Files that are put wait aside; when the manifest arrives the whole set is
 * verified and swapped in, or refused and the old one stays.  Tells event
 * "listening" with field address once it is ready, then "installed" and
 * "refused".  Where it collects answers, "collecting" names the forms, and
 * "collecting-again" follows error collect-failing.  Returns when told to stop.
 *
 * @return COPL_OK, COPL_E_IO (cannot listen), COPL_E_TRUST, COPL_E_INVALID,
 *         COPL_E_LOCKED or COPL_E_NOMEM
 */
enum copl_status copl_serve(const struct copl_serve_options *options,
    const struct copl_sink *sink) __attribute__((warn_unused_result));

#ifdef __cplusplus
}
#endif
#pragma GCC visibility pop
#endif
