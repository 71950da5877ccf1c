/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef COPL_LEDGER_SQL_H
#define COPL_LEDGER_SQL_H

/*
 * The tables, the same in every store: natural keys, whole numbers and text,
 * checks.  KEY is what a store says of a text that is compared by bytes, END
 * what it says behind a table.  A row of "endpoint" is a struct copl_row.
 */
#define COPL_DDL_ENDPOINT(KEY, END)                                            \
	"CREATE TABLE endpoint ("                                              \
	" endpoint TEXT" KEY " NOT NULL PRIMARY KEY CHECK (endpoint <> ''),"   \
	" url TEXT NOT NULL CHECK (url <> ''),"                                \
	" origin TEXT NOT NULL,"                                               \
	" state TEXT NOT NULL CHECK (state IN ('new', 'delivered', 'waiting'," \
	"  'refused', 'gone', 'dead')),"                                       \
	" reason TEXT,"                                                        \
	" target BIGINT NOT NULL CHECK (target >= 0),"                         \
	" seal TEXT NOT NULL CHECK (length(seal) IN (0, 64)),"                 \
	" sent BIGINT NOT NULL CHECK (sent >= 0),"                             \
	" at BIGINT NOT NULL,"                                                 \
	" held BIGINT NOT NULL CHECK (held >= 0),"                             \
	" held_seal TEXT NOT NULL CHECK (length(held_seal) IN (0, 64)),"       \
	" held_since BIGINT NOT NULL,"                                         \
	" failures BIGINT NOT NULL CHECK (failures >= 0),"                     \
	" since BIGINT NOT NULL,"                                              \
	" next_at BIGINT NOT NULL,"                                            \
	" attempts BIGINT NOT NULL CHECK (attempts >= 0),"                     \
	" worker TEXT NOT NULL,"                                               \
	" lease_until BIGINT NOT NULL,"                                        \
	" facts TEXT NOT NULL CHECK (length(facts) IN (0, 64)),"               \
	" receipt TEXT NOT NULL,"                                              \
	" seq BIGINT NOT NULL CHECK (seq >= 0),"                               \
	" head TEXT NOT NULL CHECK (length(head) = CASE WHEN seq = 0"          \
	"  THEN 0 ELSE 64 END)"                                                \
	")" END ";"
/* What can be claimed, those that are nobody's first. */
#define COPL_DDL_DUE                                                           \
	"CREATE INDEX endpoint_due ON endpoint (target, lease_until, next_at)" \
	" WHERE state IN ('new', 'waiting');"
#define COPL_DDL_FACT(KEY, END)                                                \
	"CREATE TABLE fact ("                                                  \
	" endpoint TEXT" KEY " NOT NULL CHECK (endpoint <> ''),"               \
	" path TEXT" KEY " NOT NULL CHECK (path <> ''),"                       \
	" sha256 TEXT NOT NULL CHECK (length(sha256) = 64),"                   \
	" version BIGINT NOT NULL CHECK (version >= 0),"                       \
	" at BIGINT NOT NULL,"                                                 \
	" PRIMARY KEY (endpoint, path)"                                        \
	")" END ";"
#define COPL_DDL_AUDIT(KEY, END)                                               \
	"CREATE TABLE audit ("                                                 \
	" endpoint TEXT" KEY " NOT NULL CHECK (endpoint <> ''),"               \
	" seq BIGINT NOT NULL CHECK (seq > 0),"                                \
	" at BIGINT NOT NULL,"                                                 \
	" event TEXT NOT NULL CHECK (event <> ''),"                            \
	" worker TEXT NOT NULL,"                                               \
	" text TEXT NOT NULL,"                                                 \
	" prev TEXT NOT NULL CHECK (length(prev) = CASE WHEN seq = 1"          \
	"  THEN 0 ELSE 64 END),"                                               \
	" hash TEXT NOT NULL CHECK (length(hash) = 64),"                       \
	" PRIMARY KEY (endpoint, seq)"                                         \
	")" END ";"

/* ---- parts of statements ---- */

#define COPL_ROW_COLUMNS                                                       \
	"endpoint, url, origin, state, reason, target, seal, sent, at, held, " \
	"held_seal, held_since, failures, since, next_at, attempts, worker, "  \
	"lease_until, facts, receipt, seq, head"
#define COPL_ROW_UPDATE                                                        \
	" ON CONFLICT (endpoint) DO UPDATE SET url = excluded.url,"            \
	" origin = excluded.origin, state = excluded.state,"                   \
	" reason = excluded.reason, target = excluded.target,"                 \
	" seal = excluded.seal, sent = excluded.sent, at = excluded.at,"       \
	" held = excluded.held, held_seal = excluded.held_seal,"               \
	" held_since = excluded.held_since, failures = excluded.failures,"     \
	" since = excluded.since, next_at = excluded.next_at,"                 \
	" attempts = excluded.attempts, worker = excluded.worker,"             \
	" lease_until = excluded.lease_until, facts = excluded.facts,"         \
	" receipt = excluded.receipt, seq = excluded.seq,"                     \
	" head = excluded.head"
#define COPL_AUDIT_COLUMNS "endpoint, seq, at, event, worker, text, prev, hash"

#endif
