/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef COPL10N_STATUS_H
#define COPL10N_STATUS_H

/**
 * Outcome of an operation.
 *
 * A status says only *what kind* of thing happened, so that a program can
 * branch on it.  What a person needs to read (where, why, what to do next)
 * goes through the diagnostic sink, see <copl10n/diag.h>.
 *
 * Values are part of the ABI: append, never renumber.
 */
enum copl_status {
	COPL_OK = 0,
	COPL_E_INVALID = 1, /* input was read but breaks a rule; see diags */
	COPL_E_PARSE = 2, /* input is not well-formed */
	COPL_E_IO = 3, /* the file system said no */
	COPL_E_NOMEM = 4, /* out of memory; nothing was changed */
	COPL_E_NOTFOUND = 5, /* a named thing does not exist */
	COPL_E_LIMIT = 6, /* input is over a documented limit */
	COPL_E_TRUST = 7, /* signature, digest, version or expiry says no */
	COPL_E_INCOMPLETE = 8, /* some deliveries wait; the next run goes on */
	COPL_E_REFUSED = 9, /* an endpoint refused for good */
	COPL_E_LOCKED = 10, /* another run holds the lock */
	COPL_E_BUG = 11 /* our mistake: please report it */
};

#endif
